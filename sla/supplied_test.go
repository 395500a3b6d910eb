package sla_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

const supplied = `objective up of hub {
  measure        availability each day
  source         outages "portal"
  target         at least 99.00%
  report only
}
objective slow of hub {
  measure        maximum latency each day
  source         samples of latency in ms "portal"
  target         at most 200 ms
  report only
}
`

func figure(id, objective, source, field, value string) string {
	return `{"kind":"measured","id":"` + id + `","objective":"` + objective + `","period":"2026-06-10","source":"` + source +
		`","` + field + `":"` + value + `","occurred":"2026-06-11"}`
}

// Of two figures for a window that of the source named decides, whatever their
// order; of two that none decides between, none holds unless they come to the
// same.
func TestFiguresThatDiffer(t *testing.T) {
	for name, c := range map[string]struct {
		lines   []string
		verdict sla.Verdict
		shown   string
	}{
		"one, of another source":        {[]string{figure("M-1", "up", "them", "share", "98%")}, sla.Missed, "98.0000%"},
		"the source named decides":      {[]string{figure("M-1", "up", "them", "share", "98%"), figure("M-2", "up", "portal", "share", "99.5%")}, sla.Met, "99.5000%"},
		"no source before another":      {[]string{figure("M-1", "up", "them", "share", "98%"), figure("M-2", "up", "", "share", "99.5%")}, sla.Met, "99.5000%"},
		"none decides":                  {[]string{figure("M-1", "up", "them", "share", "98%"), figure("M-2", "up", "us", "share", "99.5%")}, sla.Disputed, ""},
		"none decides, both the same":   {[]string{figure("M-1", "up", "them", "share", "98%"), figure("M-2", "up", "us", "share", "98.5%")}, sla.Missed, "98.0000%"},
		"two of the source named":       {[]string{figure("M-1", "up", "portal", "share", "98%"), figure("M-2", "up", "portal", "share", "99.5%")}, sla.Disputed, ""},
		"a figure that is no share":     {[]string{figure("M-1", "up", "portal", "value", "98")}, sla.NotMeasured, ""},
		"a verdict against a figure":    {[]string{figure("M-1", "up", "us", "verdict", "met"), figure("M-2", "up", "them", "share", "98%")}, sla.Disputed, ""},
		"figures of a quantity":         {[]string{figure("M-1", "slow", "us", "value", "150"), figure("M-2", "slow", "them", "value", "250")}, sla.Disputed, ""},
		"a share of a quantity, unused": {[]string{figure("M-1", "slow", "portal", "share", "98%"), figure("M-2", "slow", "portal", "value", "150")}, sla.Met, "150 ms"},
	} {
		t.Run(name, func(t *testing.T) {
			objective := "up"
			if strings.Contains(c.lines[0], "slow") {
				objective = "slow"
			}
			rep, said := badFacts(t, supplied, c.lines...)
			backwards := append([]string{}, c.lines...)
			backwards[0], backwards[len(backwards)-1] = backwards[len(backwards)-1], backwards[0]
			again, _ := badFacts(t, supplied, backwards...)
			require.Equal(t, rep.Results, again.Results)
			got := result(t, rep, objective, "")
			assert.Equal(t, c.verdict, got.Verdict)
			if c.shown != "" {
				assert.Equal(t, c.shown, got.Measured.Shown)
			}
			told := 0 // each figure of several is told
			for _, s := range got.Why {
				told += len(s.Facts)
			}
			if len(c.lines) > 1 {
				assert.Equal(t, len(c.lines), told+len(said))
			}
		})
	}
}

// Two figures that none decides between may come to the same verdict and not to
// the same credit; a verdict alone contradicts no figure that comes to it.
func TestFiguresThatCostDifferently(t *testing.T) {
	figure := func(id, source, field, value string) string {
		return `{"kind":"measured","id":"` + id + `","objective":"downtime","period":"2026-03","source":"` + source + `","` + field + `":"` + value + `","occurred":"2026-04-01"}`
	}
	for name, c := range map[string]struct {
		lines   []string
		verdict sla.Verdict
		posted  []string
	}{
		"an hour and three":           {[]string{figure("M-1", "us", "down", "1 h"), figure("M-2", "them", "down", "3 h")}, sla.Disputed, nil},
		"one started hour of both":    {[]string{figure("M-1", "us", "down", "40 min"), figure("M-2", "them", "down", "50 min")}, sla.Missed, []string{"downtime/erp/2026-03 100.00 EUR"}},
		"a verdict before the figure": {[]string{figure("M-1", "us", "verdict", "missed"), figure("M-2", "us", "down", "3 h")}, sla.Missed, []string{"downtime/erp/2026-03 300.00 EUR"}},
		"another verdict":             {[]string{figure("M-1", "us", "verdict", "met"), figure("M-2", "us", "down", "3 h")}, sla.Disputed, nil},
	} {
		r := ruled(t, byTheHour)
		r.lines = c.lines
		rep := r.report("2026-03", "2026-03", "2026-06-15", nil)
		assert.Equal(t, c.verdict, result(t, rep, "downtime", "").Verdict, name)
		assert.Equal(t, c.posted, posted(rep), name)
	}
}

// A fact may give several figures: the one that the objective measures counts.
func TestFiguresOfSeveralKinds(t *testing.T) {
	both := func(id, objective string) string {
		return `{"kind":"measured","id":"` + id + `","objective":"` + objective + `","period":"2026-06-10","share":"98%","down":"3 h","value":"2","occurred":"2026-06-11"}`
	}
	rep, said := badFacts(t, supplied+`objective often of hub {
  measure        number of outages each day
  source         outages "portal"
  target         at most 2
  report only
}
objective failing of hub {
  measure        number of failed requests each day
  source         requests "gateway" one by one
  target         at most 2
  report only
}
objective good of hub {
  measure        share of good requests each day
  source         requests "gateway" one by one
  target         at least 98.00%
  report only
}
`, both("M-1", "up"), both("M-2", "often"), both("M-3", "failing"), both("M-4", "good"), both("M-5", "slow"))
	assert.Empty(t, said)
	for objective, want := range map[string]string{"up": "87.5000%", "often": "2", "failing": "2", "good": "98.0000%", "slow": "2 ms"} {
		assert.Equal(t, want, result(t, rep, objective, "").Measured.Shown, objective)
	}
}

// A figure that stands for nothing is told, with what would.
func TestFiguresThatStandForNothing(t *testing.T) {
	_, said := badFacts(t, supplied, figure("M-1", "up", "portal", "value", "98"), figure("M-2", "slow", "portal", "down", "1 h"),
		`{"kind":"measured","id":"M-3","objective":"up","period":"2026-06","share":"99%","occurred":"2026-07-01"}`)
	assert.ElementsMatch(t, []string{
		"M-1 stands for nothing: up takes share, down or verdict, and it gives value",
		"M-2 stands for nothing: slow takes value or verdict, and it gives down",
		"M-3 stands for nothing: up has no window 2026-06, but 2026-06-01",
	}, said)
}

// Who recorded a correction is named where names of people are asked for.
func TestAuthorsOfCorrections(t *testing.T) {
	r := ruledBy(t, "sla 1\n\ncontract \"BAD\" {\n  kind           fragment\n  timezone       Europe/Paris\n}\nservice hub \"Hub\"\n"+supplied)
	run, err := r.engine.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, "a.ndjson", strings.NewReader(
		`{"kind":"outage","id":"O-3","service":"hub","occurred":"2026-06-10 12:00","until":"2026-06-10 13:00"}`+"\n"+
			`{"kind":"correction","id":"K-1","of":"O-3","ofKind":"outage","author":"Jeanne Martin","occurred":"2026-06-16 10:00","reason":"wrong customer"}`), facts.Options{}))
	for _, asked := range []bool{false, true} {
		day := time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC)
		rep, err := run.Report(sla.Options{From: dateOf(day), To: dateOf(day.AddDate(0, 0, 1)), Authors: asked})
		require.NoError(t, err)
		require.Len(t, rep.Findings, 1)
		named := false
		for _, a := range rep.Findings[0].Args {
			named = named || a.Value == "Jeanne Martin"
		}
		assert.Equal(t, asked, named)
	}
}
