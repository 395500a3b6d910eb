package sla_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// A contract that comes as JSON has been through no language: anything may be
// missing, doubled or out of range. It is refused with findings, or evaluated;
// it never panics.
func TestContractsFromJSONNeverPanic(t *testing.T) { rapid.Check(t, contractsFromJSON(t)) }

func FuzzContractJSON(f *testing.F) { f.Fuzz(rapid.MakeFuzz(contractsFromJSON(f))) }

func contractsFromJSON(tb testing.TB) func(*rapid.T) {
	originals, given := jsonContracts(tb)
	return func(t *rapid.T) {
		which := rapid.IntRange(0, len(originals)-1).Draw(t, "contract")
		text := mutant(t, originals[which], 3)
		defer neverPanics(t)
		evaluateJSON(text, given[which])
	}
}

// mutant is a JSON document changed in one to so many places.
func mutant(t *rapid.T, original []byte, most int) []byte {
	var tree any
	require.NoError(t, json.Unmarshal(original, &tree))
	for range rapid.IntRange(1, most).Draw(t, "mutations") {
		tree = mutate(t, tree)
	}
	text, err := json.Marshal(tree)
	require.NoError(t, err)
	return text
}

func neverPanics(t *rapid.T) {
	if r := recover(); r != nil {
		t.Fatalf("%v\n%s", r, debug.Stack())
	}
}

// evaluateJSON goes as far as a contract lets it.
func evaluateJSON(text []byte, given string) {
	var c sla.Contract
	if json.Unmarshal(text, &c) != nil {
		return
	}
	sla.Check(&c)
	engine, err := sla.Prepare(&c)
	if err != nil {
		return
	}
	run, err := engine.Open(nil)
	if err != nil {
		return
	}
	if facts.Read(run, "facts.ndjson", strings.NewReader(given), facts.Options{}) != nil {
		return
	}
	_, _ = run.Report(sla.Options{AllTickets: true})
}

// jsonContracts are the contracts of the specification that have facts.
func jsonContracts(t testing.TB) (contracts [][]byte, given []string) {
	spec, err := os.ReadFile(filepath.Join("..", "dsl", "spec.md"))
	require.NoError(t, err)
	prelude, blocks := "", strings.Split(string(spec), "```")
	for i := 1; i+2 < len(blocks); i += 2 {
		kind, text, _ := strings.Cut(blocks[i], "\n")
		_, f, _ := strings.Cut(blocks[i+2], "\n")
		switch {
		case kind == "sla prelude":
			prelude = text
		case kind == "sla" && strings.HasPrefix(blocks[i+2], "facts"):
			if !strings.HasPrefix(text, "sla 1") {
				text = prelude + text
			}
			a := dsl.Analyze("spec.sla", text)
			b, err := json.Marshal(a.Contract)
			require.NoError(t, err)
			contracts, given = append(contracts, b), append(given, f)
		}
	}
	require.NotEmpty(t, contracts)
	return contracts, given
}

// mutate changes one place of a tree: leaves it out, empties it, puts in what
// stands at another place, or a value at an edge.
func mutate(t *rapid.T, tree any) any {
	var places []func(any)
	var values []any
	var walk func(v any, set func(any))
	walk = func(v any, set func(any)) {
		places, values = append(places, set), append(values, v)
		switch v := v.(type) {
		case map[string]any:
			keys := make([]string, 0, len(v))
			for k := range v {
				keys = append(keys, k)
			}
			slices.Sort(keys)
			for _, k := range keys {
				if k != "spans" && k != "sources" {
					walk(v[k], func(n any) { v[k] = n })
				}
			}
		case []any:
			for i := range v {
				walk(v[i], func(n any) { v[i] = n })
			}
		}
	}
	walk(tree, func(n any) { tree = n })
	at := rapid.IntRange(1, len(places)-1).Draw(t, "place")
	switch rapid.IntRange(0, 3).Draw(t, "how") {
	case 0:
		places[at](nil)
	case 1:
		places[at](copied(t, values[rapid.IntRange(1, len(values)-1).Draw(t, "from")]))
	case 2:
		places[at](edge(t, values[at]))
	case 3:
		if list, ok := values[at].([]any); ok && len(list) > 0 {
			places[at](append(slices.Clone(list), copied(t, list[0])))
		} else {
			places[at](edge(t, values[at]))
		}
	}
	return tree
}

// copied is a value that shares nothing with the original.
func copied(t *rapid.T, v any) (out any) {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &out))
	return out
}

// edge is a value of the same kind that is unlikely to have been meant.
func edge(t *rapid.T, v any) any {
	switch v := v.(type) {
	case string:
		return rapid.SampledFrom([]string{"", "-", "0", "-1", "0%", "200%", "1/0", "0 EUR", "-5.00 EUR", "9999-12-31", "0001-01-01", v + v, "PT0S", "0 s", "-1 h", "99999999 months", "each", fmt.Sprintf("%0300d", 1)}).Draw(t, "text")
	case float64:
		return rapid.SampledFrom([]float64{0, -1, 1, 1 << 31, -(1 << 62), 0.5}).Draw(t, "number")
	case bool:
		return !v
	case []any:
		return []any{}
	}
	return map[string]any{}
}
