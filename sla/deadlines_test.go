package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// Who has days has until the end of the last: what came on that date is in time,
// and what came on the next is late, also at its midnight. An exact time includes
// its limit (semantics 1.5, 2.3).
func TestDeadlinesInDates(t *testing.T) {
	parties := "party provider \"P\"\nparty customer \"C\"\n"
	verdictBy := func(objective, rest, fact string) func(*testing.T, string) bool {
		return func(t *testing.T, at string) bool {
			r := ruled(t, parties, rest, objective)
			r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
			r.fact(fact, at)
			return result(t, r.report("2026-03", "2026-03", "2026-06-15", nil), "availability", "").Verdict == sla.Met
		}
	}
	proof := `{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-03-10 00:00","until":"2026-03-11 00:00","cause":"storm"}` + "\n" + `{"kind":"proof","id":"P-1","of":"O-1","by":"provider","occurred":%q}`
	reported := `{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-03-10 00:00","until":"2026-03-11 00:00","reported":%q}`
	delivered := `{"kind":"delivery","id":"D-1","what":"report","period":"2026-03","occurred":%q}`
	exclusions := func(within string) string {
		return "exclusions {\n  storm \"A storm\"\n  proof of storm by provider within " + within + " of the end of the outage, otherwise the time counts\n}\n"
	}
	plan := func(t *testing.T, at string) bool {
		r := ruled(t, parties, available("availability", "erp", "credit 5% of the fee of erp"), "remedy plan cause \"Root cause\" within 5 days of the report, after any missed objective\n")
		r.down("availability", "erp", "2026-03", 300)
		r.fact(delivered, "2026-04-05 12:00")
		r.fact(`{"kind":"delivery","id":"D-2","what":"cause","period":"2026-03","occurred":%q}`, at)
		duties := r.report("2026-03", "2026-03", "2026-06-15", nil).Duties
		require.Len(t, duties, 1)
		return duties[0].State == sla.DutyMet
	}
	for name, c := range map[string]struct {
		inTime     func(*testing.T, string) bool
		last, late []string
	}{
		"a report": {verdictBy(available("availability", "erp", "late report counts as missed, 10 days after the window ends", "credit 5% of the fee of erp"), "", delivered),
			[]string{"2026-04-10", "2026-04-10 23:59:59"}, []string{"2026-04-11", "2026-04-11 00:00", "2026-04-11 00:01"}},
		"a proof": {verdictBy(available("availability", "erp", "exclude storm", "credit 5% of the fee of erp"), exclusions("5 days"), proof),
			[]string{"2026-03-16", "2026-03-16 23:59:59"}, []string{"2026-03-17", "2026-03-17 00:00", "2026-03-17 00:01"}},
		"a proof within hours": {verdictBy(available("availability", "erp", "exclude storm", "credit 5% of the fee of erp"), exclusions("24 h"), proof),
			[]string{"2026-03-12 00:00:00"}, []string{"2026-03-12 00:00:01"}},
		"a remedy plan": {plan, []string{"2026-04-10", "2026-04-10 23:59:59"}, []string{"2026-04-11", "2026-04-11 00:00", "2026-04-11 00:01"}},
	} {
		for _, at := range c.last {
			assert.True(t, c.inTime(t, at), "%s at %s", name, at)
		}
		for _, at := range c.late {
			assert.False(t, c.inTime(t, at), "%s at %s", name, at)
		}
	}
	for at, counts := range map[string]bool{"2026-03-12": true, "2026-03-12 23:59": true, "2026-03-13": false, "2026-03-13 00:01": false} {
		met := verdictBy(available("availability", "erp", "count outages reported within 2 days", "credit 5% of the fee of erp"), "", reported)(t, at)
		assert.Equal(t, counts, !met, "reported at %s", at)
	}
}
