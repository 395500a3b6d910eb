package sla_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// An edit that is suggested mends what it is about and brings no error; nobody
// makes it but the one who decides so.
func TestSuggestionsMend(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.sla")
	require.NoError(t, err)
	tried := map[sla.Code]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		before := dsl.Analyze(file, string(text)).Diagnostics
		for _, d := range before {
			if d.Suggest == nil {
				continue
			}
			tried[d.Code]++
			assert.Nil(t, d.Fix, "%s is certain and to be decided at once", d.Clause)
			after := dsl.Analyze(file, edited(string(text), d.Suggest)).Diagnostics
			assert.Equal(t, before.Count(sla.Error), after.Count(sla.Error), "%s of %s brings an error", d.Suggest.Replace, d.Clause)
			assert.Less(t, len(after), len(before), "%s of %s mends nothing", d.Suggest.Replace, d.Clause)
			for _, o := range after {
				assert.False(t, o.Code == d.Code && o.Clause == d.Clause, "%s of %s is not mended", d.Code, d.Clause)
			}
		}
		mended, _ := dsl.Mend(file, string(text))
		for _, d := range dsl.Analyze(file, mended).Diagnostics {
			if d.Suggest != nil {
				tried[d.Code]--
			}
		}
	}
	for code, n := range tried {
		assert.Zero(t, n, "%s: certain edits made suggested ones", code)
	}
	for _, code := range []sla.Code{sla.CodeCreditGap, sla.CodeCreditBeforeMiss, sla.CodeUnstatedRow} {
		assert.Contains(t, tried, code)
	}
}

// edited makes an edit of one line.
func edited(text string, f *dsl.Fix) string {
	lines := strings.Split(text, "\n")
	line := []rune(lines[f.Span.Line-1])
	lines[f.Span.Line-1] = string(line[:f.Span.Column-1]) + f.Replace + string(line[f.Span.EndColumn-1:])
	return strings.Join(lines, "\n")
}
