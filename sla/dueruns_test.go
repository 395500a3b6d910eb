package sla_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A run days later makes up for one that failed where the next is due a month
// later; one of centuries ago costs nothing.
func TestRunsFarApart(t *testing.T) {
	a := dsl.Analyze("due.sla", `sla 1
contract "DUE" {
  kind           fragment
  timezone       UTC
}
service jobs
event run of jobs
objective monthly of jobs {
  measure        share of good runs each calendar month
  source         runs "log" one by one
  scheduled      every 1st day of the month at 02:00
  started        before the next
  target         at least 100%
  report only
}
objective constant of jobs {
  measure        number of failed runs each calendar month
  source         runs "log" one by one
  scheduled      every 1 min
  started        before the next
  target         at most 0
  report only
}
`)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	run := func(id string, year int, month time.Month, day int, failed bool) *sla.Item {
		at := time.Date(year, month, day, 2, 0, 0, 0, time.UTC)
		return &sla.Item{Head: sla.Head{ID: id, Occurred: at, Source: "log"}, Service: "jobs", Event: "run", Until: at.Add(time.Minute), Failed: failed}
	}
	covered := &sla.Coverage{Head: sla.Head{ID: "C", Occurred: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Source: "log"}, Service: "jobs", Until: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)}
	facts := []sla.Fact{covered, run("R-0", 101, 3, 4, false), run("R-1", 2026, 6, 1, true), run("R-2", 2026, 6, 9, false), run("R-3", 2026, 6, 20, false)}
	june := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{
		From: dateOf(june), To: dateOf(june.AddDate(0, 1, 0)), AsOf: sla.AsOf{Valid: june.AddDate(0, 2, 0)},
	})
	require.NoError(t, err)
	got := map[string]string{}
	for _, r := range rep.Results {
		got[r.Objective] = r.Measured.Exact + " " + string(r.Verdict)
	}
	assert.Equal(t, map[string]string{"monthly": "1 met", "constant": "43198 missed"}, got)
}
