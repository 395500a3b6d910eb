package facts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// Whatever a file holds, reading ends, and nothing is dropped in silence: each
// line with anything on it is a fact, a header or a refusal.
func FuzzNDJSON(f *testing.F) { fuzz(f, "a.ndjson", "*.ndjson") }

// The same for CSV.
func FuzzCSV(f *testing.F) { fuzz(f, "outages.csv", "*.csv") }

// Whatever a mapping and an export hold, reading ends: a mapping is refused
// with its lines, and a row is facts, a refusal, or left out by its mapping.
func FuzzMapping(f *testing.F) {
	const rows = "Id;Status;Priority;Created at;Solved at\n1;new;Urgent;2026-03-10 09:05;\n2;\"so\nlved\";High;10/03/2026 09:05;x\n"
	for _, name := range facts.ReadyMappings() {
		text, err := facts.ReadyMappingText(name)
		require.NoError(f, err)
		f.Add(text, rows)
	}
	f.Add(desk, "Kind;Ticket;When;Urgency;By;State\nIncident;T-1 / erp;10/03/2026 09:05;1 - Now;Robot;New\n{}")
	f.Add("sla mapping 1\nas zendesk\nwhen \"A\" is \"b\", \"c\" {\n  urgency from \"U\"\n}\n", `{"A":{"b":[1,{"c":2}]}}`)
	f.Fuzz(func(t *testing.T, mapping, rows string) {
		m, err := facts.ParseMapping("m", mapping)
		if err != nil {
			for _, e := range err.(facts.MappingErrors) {
				assert.Positive(t, e.Line)
				assert.NotContains(t, words.English().Phrase("mapping "+e.Code, e.Args...), "mapping-")
			}
			return
		}
		for _, name := range []string{"a.csv", "a.ndjson"} {
			k := &kept{t: t}
			require.NoError(t, facts.Read(k, name, strings.NewReader(rows), facts.Options{Mapping: m}))
		}
	})
}

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
