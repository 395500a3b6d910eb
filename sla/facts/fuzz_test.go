package facts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// Whatever a file holds, reading ends, and nothing is dropped in silence: each
// line with anything on it is a fact, a header or a refusal.
func FuzzNDJSON(f *testing.F) { fuzz(f, "a.ndjson", "*.ndjson") }

// The same for CSV.
func FuzzCSV(f *testing.F) { fuzz(f, "outages.csv", "*.csv") }

func fuzz(f *testing.F, name, pattern string) {
	files, err := filepath.Glob("../../examples/*/facts/" + pattern)
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(f, err)
		for part := range bytes.SplitSeq(b, []byte("\n")) {
			f.Add(part)
		}
		f.Add(b[:min(len(b), 2000)])
	}
	f.Add([]byte(`{"file":{"source":"x","timezone":"Asia/Tokyo","covered":{"from":"2026-01-01","until":"2026-02-01"}}}`))
	e := engine(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		run, err := e.Open(nil)
		require.NoError(t, err)
		require.NoError(t, facts.Read(run, name, bytes.NewReader(text), facts.Options{}))
		in := run.Intake()
		for _, r := range in.Refusals {
			assert.Equal(t, name, r.File)
			assert.Positive(t, r.Line)
		}
		assert.NotContains(t, said(in), "{")
		if name == "a.ndjson" {
			lines, headers := 0, bytes.Count(text, []byte(`file`))
			for line := range bytes.SplitSeq(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n")) {
				if len(bytes.TrimSpace(bytes.TrimRight(line, "\r\n"))) > 0 {
					lines++
				}
			}
			assert.GreaterOrEqual(t, in.Accepted+in.Repeated+in.Refused+headers, lines)
		}
		_, err = run.Report(reportAll())
		require.NoError(t, err)
	})
}

func reportAll() sla.Options {
	from, to, _ := sla.ParsePeriods("2026-Q1")
	return sla.Options{From: from, To: to, AllTickets: true}
}
