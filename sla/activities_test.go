package sla_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

const answered = `sla 1

contract "RACI" {
  kind           fragment
  timezone       Europe/Paris
}
party provider "P"
party customer "C"
party supplier "S"
service hub "Hub"
event request of hub
exclusions {
  theirs         "Caused by the customer"
  outside        "Caused by a supplier of the customer"
  proof          of outside by provider within 2 days of the end of the outage, otherwise the time counts
  activities     of customer are theirs
  activities     of supplier are outside
}
objective down of hub {
  measure        downtime each day
  source         outages "log"
  target         at most 0 min
  exclude        theirs, outside
  report only
}
objective theirs-alone of hub {
  measure        downtime each day
  source         outages "log"
  target         at most 0 min
  count          outages caused by theirs
  report only
}
objective good of hub {
  measure        share of good requests each day
  source         requests "trace" one by one
  target         at least 99%
  exclude        theirs
  report only
}
raci {
  | activity     | provider | customer | supplier |
  | "Patches"    | A R      | I        | -        |
  | "ERP set-up" | C        | A R      | -        |
  | "Line"       | -        | I        | A R      |
}
`

// What is tagged with an activity counts as what has the cause of the party
// accountable for it.
func TestActivitiesAreCauses(t *testing.T) {
	a := dsl.Analyze("raci.sla", answered)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	tags := map[string]string{"Patches": "provider", "patches": "provider", "ERP set-up": "theirs", "erp-set-up": "theirs", "line": "outside", "theirs": "theirs", "": ""}
	rapid.Check(t, func(t *rapid.T) {
		var tagged, caused []string
		for i := range rapid.IntRange(0, 5).Draw(t, "n") {
			tag := rapid.SampledFrom([]string{"Patches", "patches", "ERP set-up", "erp-set-up", "line", "theirs", ""}).Draw(t, "tag")
			from := rapid.IntRange(0, 22).Draw(t, "from")
			kind := rapid.SampledFrom([]string{"outage", "item"}).Draw(t, "kind")
			line := func(cause string) string {
				return fmt.Sprintf(`{"kind":%q,"id":"F-%d","service":"hub","occurred":"2026-06-10 %02d:00","until":"2026-06-10 %02d:30","cause":%q}`, kind, i, from, from+1, cause)
			}
			tagged, caused = append(tagged, line(tag)), append(caused, line(tags[tag]))
			if rapid.Bool().Draw(t, "proved") {
				proof := fmt.Sprintf(`{"kind":"proof","id":"P-%d","of":"F-%d","by":"provider","occurred":"2026-06-%02d 12:00"}`, i, i, rapid.IntRange(11, 14).Draw(t, "day"))
				tagged, caused = append(tagged, proof), append(caused, proof)
			}
		}
		require.Equal(t, verdictsOn(t, e, caused), verdictsOn(t, e, tagged))
	})
}

// verdictsOn gives the results of 10 June, without their explanations.
func verdictsOn(t require.TestingT, e *sla.Engine, lines []string) (out []string) {
	run, err := e.Open(nil)
	require.NoError(t, err)
	readInto(t, run, append([]string{`{"file":{"source":"log","covered":{"from":"2026-06-10","until":"2026-06-10"}}}`}, lines...)...)
	day := time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC)
	rep, err := run.Report(sla.Options{From: dateOf(day), To: dateOf(day.AddDate(0, 0, 1)), AsOf: sla.AsOf{Valid: day.AddDate(0, 0, 9)}})
	require.NoError(t, err)
	for _, f := range rep.Findings {
		out = append(out, string(f.Code))
	}
	for _, r := range rep.Results {
		shown := ""
		if r.Measured != nil {
			shown = r.Measured.Shown
		}
		out = append(out, fmt.Sprint(r.Objective, r.Verdict, shown, r.Provisional))
	}
	return out
}

// readInto reads facts in NDJSON, none of which may be refused.
func readInto(t require.TestingT, run *sla.Run, lines ...string) {
	require.NoError(t, facts.Read(run, "a.ndjson", strings.NewReader(strings.Join(lines, "\n")), facts.Options{}))
	require.Zero(t, run.Intake().Refused, run.Intake().Refusals)
}
