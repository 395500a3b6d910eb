package sla_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/sla"
)

// verdictOf is an objective over other objectives.
func verdictOf(name string, lines ...string) string {
	out := "objective " + name + " of erp {\n  measure        verdict each calendar month\n"
	for _, l := range lines {
		out += "  missed when    " + l + "\n"
	}
	return out + "  report only\n}\n"
}

// A verdict of verdicts, by the three-valued tables: one line is missed where
// all that it names are, several lines are alternatives, and what turns on a
// verdict that nobody knows is not known.
func TestVerdictOfVerdicts(t *testing.T) {
	written := ruled(t, available("a", "erp", "report only"), available("b", "erp", "report only"), available("c", "erp", "report only"),
		verdictOf("either", "a is missed", "b is missed"), verdictOf("both", "a is missed and b is missed"),
		verdictOf("mixed", "c is missed", "a is missed and b is missed"))
	three := []sla.Verdict{sla.Met, sla.NotMeasured, sla.Missed}
	for i := range three {
		for j := range three {
			for k := range three {
				r := &ruling{t: t, engine: written.engine}
				for name, v := range map[string]sla.Verdict{"a": three[i], "b": three[j], "c": three[k]} {
					r.fact(`{"kind":"measured","id":"M-%s","occurred":"2026-03-31","objective":"%[1]s","period":"2026-03","verdict":"%s"}`, name, v)
				}
				rep := r.report("2026-03", "2026-03", "2026-06-01", nil)
				both := min(i, j)
				want := map[string]sla.Verdict{"either": three[max(i, j)], "both": three[both], "mixed": three[max(k, both)]}
				for name, v := range want {
					assert.Equal(t, v, result(t, rep, name, "").Verdict, fmt.Sprint(name, three[i], three[j], three[k]))
				}
			}
		}
	}
}

// Each of those that a line names may be missed in a window of its own.
func TestVerdictOfShorterWindows(t *testing.T) {
	daily := func(name string) string {
		return "objective " + name + " of erp {\n  measure        downtime each day\n  source         outages \"monitoring\"\n  target         at most 0 min\n  report only\n}\n"
	}
	r := ruled(t, daily("a"), daily("b"), verdictOf("both", "a is missed and b is missed"))
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
	r.fact(`{"kind":"measured","id":"M-1","occurred":"2026-03-10","objective":"a","period":"2026-03-10","verdict":"missed"}`)
	assert.Equal(t, sla.Met, result(t, r.report("2026-03", "2026-03", "2026-06-01", nil), "both", "").Verdict)
	r.fact(`{"kind":"measured","id":"M-2","occurred":"2026-03-20","objective":"b","period":"2026-03-20","verdict":"missed"}`)
	assert.Equal(t, sla.Missed, result(t, r.report("2026-03", "2026-03", "2026-06-01", nil), "both", "").Verdict)
}

// A claim of a month asks for all outages that ended in it, one of an outage
// for that alone; a number supplied stands for that of the outages.
func TestClaimsOfOutages(t *testing.T) {
	r := ruled(t, "objective length of erp {\n  measure        downtime each outage\n  source         outages \"monitoring\"\n  target         at most 0 min\n  credit         10.00 EUR\n}\n",
		"credits {\n  claim within 14 days of the incident, otherwise lost\n}\n")
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-02-01","until":"2026-04-30"}}}`)
	for id, at := range map[string]string{"O-1": "2026-02-28 09:00", "O-2": "2026-03-10 09:00", "O-3": "2026-03-12 09:00"} {
		r.fact(`{"kind":"outage","id":"%s","service":"erp","occurred":"%s","until":"%[2]s:30"}`, id, at)
	}
	r.fact(`{"kind":"claim","id":"C-1","objective":"length","period":"2026-03","occurred":"2026-03-14 09:00"}`)
	rep := r.report("2026-02", "2026-03", "2026-06-01", nil)
	assert.Equal(t, []string{"length/erp/O-1 0.00 EUR", "length/erp/O-2 10.00 EUR", "length/erp/O-3 10.00 EUR"}, posted(rep))
}

func TestNumberOfOutagesSupplied(t *testing.T) {
	r := ruled(t, "objective often of erp {\n  measure        number of outages each calendar month\n  source         outages \"monitoring\"\n  target         at most 2\n  credit         10.00 EUR for each outage\n}\n")
	r.fact(`{"kind":"measured","id":"M-1","occurred":"2026-03-31","objective":"often","period":"2026-03","value":"3"}`)
	assert.Equal(t, []string{"often/erp/2026-03 30.00 EUR"}, posted(r.report("2026-03", "2026-03", "2026-06-01", nil)))
}
