package dsl_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// Whatever stands in a file, reading it ends, says where, and is drawable.
func FuzzAnalyze(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		analysisLaws(t, text)
	})
}

// The laws hold for what is too long to be a seed.
func TestAnalysisLaws(t *testing.T) {
	for _, text := range corpus(t) {
		if len(text) > maxSeed {
			analysisLaws(t, text)
		}
	}
}

func analysisLaws(t *testing.T, text string) {
	t.Helper()
	a := dsl.Analyze("a.sla", text)
	require.NotNil(t, a.Contract)
	lines := strings.Split(text, "\n")
	for _, d := range a.Diagnostics {
		spanInside(t, lines, d.Span)
		for _, r := range d.Related {
			spanInside(t, lines, r.Span)
		}
		assert.NotEmpty(t, d.Message(words.English()), d.Code)
	}
	for _, s := range a.Contract.Spans {
		spanInside(t, lines, s)
	}
	drawn := a.Diagnostics.Draw(words.English(), text, false)
	assert.NotContains(t, drawn, "\x1b", "no input writes to the terminal")
	if !a.Diagnostics.HasErrors() {
		_, err := sla.Prepare(a.Contract)
		assert.NoError(t, err, "what compiles can be prepared")
	}
}

func spanInside(t *testing.T, lines []string, s sla.Span) {
	t.Helper()
	require.GreaterOrEqual(t, s.Line, 1)
	require.LessOrEqual(t, s.Line, s.EndLine)
	require.LessOrEqual(t, s.EndLine, len(lines))
	require.GreaterOrEqual(t, s.Column, 1)
	require.LessOrEqual(t, s.EndColumn, utf8.RuneCountInString(lines[s.EndLine-1])+2)
	if s.Line == s.EndLine {
		require.LessOrEqual(t, s.Column, s.EndColumn)
	}
}

// Formatting changes white space only, whatever stands in the file.
func FuzzFormat(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { formatLaws(t, text) })
}

const maxSeed = 2000 // bytes

// seeds are the short texts of the corpus: going through them all must leave
// time to try new ones.
func seeds(f *testing.F) []string {
	return slices.DeleteFunc(corpus(f), func(text string) bool { return len(text) > maxSeed })
}

// Mending ends, and never makes a file worse.
func FuzzMend(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		mended, edits := dsl.Mend("a.sla", text)
		if edits == 0 {
			assert.Equal(t, text, mended)
		}
	})
}

// Inputs that have brought other readers down.
func TestHostileInput(t *testing.T) {
	deep := strings.Repeat("service a {\n", 200_000)
	for name, text := range map[string]string{
		"open blocks":      "sla 1\n" + deep,
		"open and shut":    "sla 1\n" + deep + strings.Repeat("}\n", 200_000),
		"braces":           strings.Repeat("{", 300_000) + strings.Repeat("}", 300_000),
		"shut":             strings.Repeat("}", 100_000),
		"one long line":    "sla 1\nservice erp " + strings.Repeat("erp ", 300_000),
		"one long word":    "sla 1\n" + strings.Repeat("a", 2_000_000),
		"one long number":  "sla 1\nservice a {\n fee " + strings.Repeat("9", 1_000_000) + " EUR per month\n}",
		"quotes":           "sla 1\n" + strings.Repeat("title \"\n", 50_000),
		"bars":             "sla 1\npriorities {\n" + strings.Repeat("|", 300_000) + "\n}",
		"commas":           "sla 1\nprecedence a" + strings.Repeat(",\n", 200_000),
		"rows":             "sla 1\npriorities {\n| priority | when |\n" + strings.Repeat("| P1 | x\n", 20_000) + "}",
		"unknown names":    "sla 1\n" + strings.Repeat("service a {\n tier b\n}\n", 5_000),
		"odd characters":   strings.Repeat("€", 200_000),
		"zero width":       "sla 1\nservice a" + strings.Repeat("\u200b", 20_000),
		"combining marks":  "sla 1\nservice a" + strings.Repeat("\u0301", 200_000),
		"no bytes":         "",
		"carriage returns": strings.Repeat("\r", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			analysisLaws(t, text)
			dsl.Format(text)
			dsl.Mend("a.sla", text)
		})
	}
}
