package dsl_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
)

// Each file in testdata/format is laid out as its .formatted says.
func TestFormatGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/format/*.sla")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		formatted, ok := dsl.Format(readFile(t, file))
		require.True(t, ok, file)
		golden(t, file+".formatted", formatted)
	}
}

// Formatting changes white space only: twice is once, every comment stays, and
// the contract says what it said, with its comments or without.
func TestFormatKeepsMeaning(t *testing.T) {
	formatted := 0
	for _, text := range corpus(t) {
		if _, ok := dsl.Format(text); ok {
			formatted++
		}
		formatLaws(t, text)
	}
	assert.Greater(t, formatted, 30)
}

func formatLaws(t *testing.T, text string) {
	t.Helper()
	once, ok := dsl.Format(text)
	if !ok {
		assert.Equal(t, text, once, "what cannot be formatted comes back as it was")
		return
	}
	twice, ok := dsl.Format(once)
	assert.True(t, ok)
	assert.Equal(t, once, twice)
	assert.Equal(t, inked(text), inked(once))
	before, after := dsl.Analyze("a.sla", text), dsl.Analyze("a.sla", once)
	assert.Equal(t, before.Contract.MeaningHash(), after.Contract.MeaningHash())
	assert.Equal(t, codesOf(before.Diagnostics), codesOf(after.Diagnostics))
	assert.Equal(t, before.Contract.MeaningHash(), dsl.Analyze("a.sla", withoutComments(text)).Contract.MeaningHash())
	assert.Equal(t, before.Contract.Examples, after.Contract.Examples)
	assert.Equal(t, testsIn(text), testsIn(once))
}

// testsIn is what a text says as a file of tests: its mistakes, the tests with
// their facts, and the sentences, as JSON and without places.
func testsIn(text string) (said []string) {
	a := dsl.AnalyzeTests("a_test.sla", text, subject)
	for code, n := range codesOf(a.Diagnostics) {
		said = append(said, fmt.Sprint(code, n))
	}
	slices.Sort(said)
	for i := range a.Suite.Tests {
		test := &a.Suite.Tests[i]
		facts, _ := json.Marshal(test.Facts)
		ledger, _ := json.Marshal(test.Ledger)
		said = append(said, fmt.Sprint(test.Name, test.From, test.To, test.At, test.Only, test.Files, string(facts), string(ledger), test.Changed, test.Findings))
		for _, e := range test.Expectations {
			said = append(said, fmt.Sprint(e.Text, e.Because))
		}
	}
	return said
}

// inked is the text without its white space, apart from line ends, and without
// bars: the formatter closes a row that was left open.
func inked(text string) []string {
	var out []string
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		if line = strings.Join(strings.FieldsFunc(line, isBlank), ""); line != "" {
			out = append(out, strings.NewReplacer("|", "", "｜", "").Replace(line))
		}
	}
	return out
}

func isBlank(c rune) bool {
	return strings.ContainsRune(" \t\r\n\v\f\u00a0\u3000\u202f", c) || c >= '\u2000' && c <= '\u200a'
}

func codesOf(ds dsl.Diagnostics) map[string]int {
	out := map[string]int{}
	for _, d := range ds {
		out[string(d.Code)]++
	}
	return out
}

// withoutComments cuts comments by hand: a # outside of quotes. Texts that
// hold one are left alone.
func withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		before, _, found := strings.Cut(line, "#")
		if found && !strings.ContainsAny(before, "\"“”„«»＃") {
			line = before + "\n"
		}
		b.WriteString(line)
	}
	return b.String()
}

// corpus is every contract of the repository, right and wrong.
func corpus(t testing.TB) []string {
	var out []string
	for _, pattern := range []string{"testdata/*/*.sla", "../examples/*/*.sla", "../examples/published/*/*.sla", "../sla/slatest/testdata/*/*.sla", "../sla/testdata/*/*.sla"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			b, err := os.ReadFile(file)
			require.NoError(t, err)
			out = append(out, string(b))
		}
	}
	spec, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	for _, f := range fences(string(spec)) {
		if strings.HasPrefix(f.kind, "sla") {
			out = append(out, f.text)
		}
	}
	return out
}

// One wide cell must not make every row as wide.
func TestFormatBoundsPadding(t *testing.T) {
	text := "sla 1\npriorities {\n  | priority | when |\n  | P1 | \"" + strings.Repeat("x", 100000) + "\" |\n" + strings.Repeat("  | P2 | \"y\" |\n", 2000) + "}\n"
	formatted, ok := dsl.Format(text)
	require.True(t, ok)
	assert.Less(t, len(formatted), 3*len(text))
}
