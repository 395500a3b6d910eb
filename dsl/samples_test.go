package dsl

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/words"
)

// samples.txt holds the lines of spec.md by the form that reads them.
func TestSamplesAreThoseOfTheSpecification(t *testing.T) {
	spec, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	got := gathered(string(spec))
	if flag.Lookup("update").Value.String() == "true" {
		require.NoError(t, os.WriteFile("samples.txt", []byte(got), 0o644))
		return
	}
	assert.Equal(t, got, samplesText, "go test ./dsl -update writes it anew")
}

// Every line that is shown is read by its form: the forms' own example first.
func TestSamplesAreRead(t *testing.T) {
	for reads, lines := range samples() {
		assert.NotEmpty(t, lines, reads)
		for _, line := range lines {
			assert.NotContains(t, line, "`", reads)
		}
	}
}

func TestNearestSamples(t *testing.T) {
	a := Analyze("a.sla", "sla 1\nobjective up of erp {\n  measure share of tickets in time each month\n}\n")
	var help string
	for _, p := range a.Diagnostics {
		for _, arg := range p.Args {
			if arg.Name == "lines" {
				help = arg.Value
			}
		}
	}
	assert.Contains(t, help, "`measure share of ")
	assert.Contains(t, help, " in time ")
}

// gathered is the text of samples.txt: patterns, each with its lines, the
// first of each shape.
func gathered(spec string) string {
	known := map[string][]string{}
	seen := map[string]bool{}
	note := func(f formInfo, it *item) {
		var words []string
		for _, tok := range it.tokens {
			if tok.kind == tokComma && len(words) > 0 {
				words[len(words)-1] += ","
				continue
			}
			words = append(words, tok.value)
		}
		if it.block != nil {
			words = append(words, "{")
		}
		line := strings.Join(words, " ")
		if shape := f.reads + "\n" + shapeOf(f, line); !seen[shape] && len(line) <= 120 && !strings.Contains(line, "`") {
			seen[shape] = true
			known[f.reads] = append(known[f.reads], line)
		}
	}
	contract, prelude := "", ""
	for _, block := range strings.Split("\n"+spec, "\n```")[1:] {
		kind, text, _ := strings.Cut(block, "\n")
		if (kind == "sla" || kind == "sla prelude") && !strings.HasPrefix(text, "sla 1") {
			text = prelude + text
		}
		switch kind {
		case "sla prelude":
			prelude = text
		case "sla":
			contract = text
			l := newLowering(edition1(), newSource("contract.sla", text))
			l.noted = note
			root := l.structure()
			l.edition(root)
			enter(l, l.lang.file, "", l.contract, root)
		case "sla test":
			subject := NewSubject(Analyze("contract.sla", contract))
			l := newLowering(edition1(), newSource("contract_test.sla", text))
			l.noted = note
			l.test = &testBook{load: func(string) *Subject { return subject }, analyze: Analyze, suite: &expect.Suite{File: "contract_test.sla"}}
			l.readTests()
		}
	}
	var b strings.Builder
	for _, reads := range slices.Sorted(maps.Keys(known)) {
		b.WriteString(reads + "\n")
		for _, line := range known[reads] {
			b.WriteString("\t" + line + "\n")
		}
	}
	return b.String()
}

// shapeOf is a line's keywords: the words of the pattern, in order.
func shapeOf(f formInfo, line string) string {
	keywords := strings.FieldsFunc(f.reads, func(r rune) bool { return strings.ContainsRune(" |[],…", r) })
	var out []string
	for word := range strings.FieldsSeq(line) {
		if slices.Contains(keywords, strings.TrimSuffix(word, ",")) {
			out = append(out, word)
		}
	}
	return strings.Join(out, " ")
}

// Whoever uses a name where none of its kind is declared is told how to
// declare one.
func TestEveryKindOfNameSaysHowToDeclareOne(t *testing.T) {
	for _, kind := range []string{
		"holidays", "calendar", "party", "priority", "tier", "service", "cause", "objective", "request", "milestone", "measure",
		"language", "site", "part", "event", "quantity", "pool", "unit",
	} {
		assert.True(t, words.English().Has("name "+kind), kind)
		assert.True(t, words.English().Has("declare "+kind), kind)
	}
}
