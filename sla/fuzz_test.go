package sla_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// Whatever contract compiles and whatever facts there are, a report is made or
// refused with a reason, and asking changes nothing.
func FuzzEvaluate(f *testing.F) {
	contracts, err := filepath.Glob("../examples/*/*.sla")
	require.NoError(f, err)
	spec, err := os.ReadFile("../dsl/spec.md")
	require.NoError(f, err)
	for _, file := range contracts {
		text, err := os.ReadFile(file)
		require.NoError(f, err)
		for _, part := range []string{"tickets.ndjson", "notices.ndjson"} {
			if b, err := os.ReadFile(filepath.Join(filepath.Dir(file), "facts", part)); err == nil {
				f.Add(string(text), string(b[:min(len(b), 3000)]))
			}
		}
	}
	prelude, blocks := "", strings.Split(string(spec), "```")
	for i := 1; i+2 < len(blocks); i += 2 {
		kind, text, _ := strings.Cut(blocks[i], "\n")
		_, given, _ := strings.Cut(blocks[i+2], "\n")
		switch {
		case kind == "sla prelude":
			prelude = text
		case kind == "sla" && strings.HasPrefix(blocks[i+2], "facts"):
			f.Add(prelude+text, given)
		}
	}
	f.Fuzz(func(t *testing.T, contract, given string) {
		a := dsl.Analyze("fuzz.sla", contract)
		if a.Diagnostics.HasErrors() {
			return
		}
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		run, err := engine.Open(nil)
		require.NoError(t, err)
		require.NoError(t, facts.Read(run, "fuzz.ndjson", strings.NewReader(given), facts.Options{}))
		rep, err := run.Report(sla.Options{AllTickets: true})
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		first, err := json.Marshal(rep)
		require.NoError(t, err)
		again, err := run.Report(sla.Options{AllTickets: true})
		require.NoError(t, err)
		second, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
	})
}
