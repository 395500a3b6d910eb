package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A condition on an event looks at that event alone, though the objective has
// sources of others; a slot is observed where all sources saw it.
func TestConditionsOnSeveralEvents(t *testing.T) {
	r := ruled(t, "event call of erp\nevent late-start of erp\n", `objective slots of erp {
  measure        downtime each day
  source         calls "gateway" counted every 6 h
  source         late-starts "gateway" counted every 6 h
  down when      failed calls at least 1
  down when      late-starts at least 2
  target         at most 0 min
  report only
}
`)
	for i, c := range []struct{ calls, failed, late int }{{20, 0, 0}, {20, 1, 1}, {20, 0, 2}, {0, 0, 1}} {
		at := [][]any{{"10 00:00", "10 06:00"}, {"10 06:00", "10 12:00"}, {"10 12:00", "10 18:00"}, {"10 18:00", "11 00:00"}}[i]
		r.fact(`{"kind":"counter","id":"C-%d","service":"erp","event":"call","source":"gateway","occurred":"2026-03-%s","until":"2026-03-%s","total":%d,"failed":%d}`, i, at[0], at[1], c.calls, c.failed)
		r.fact(`{"kind":"counter","id":"L-%d","service":"erp","event":"late-start","source":"gateway","occurred":"2026-03-%s","until":"2026-03-%s","total":%d}`, i, at[0], at[1], c.late)
	}
	for _, got := range r.report("2026-03", "2026-03", "2026-06-01", nil).Results {
		if got.Period.Name == "2026-03-10" {
			assert.Equal(t, "12 h", got.Measured.Shown)
			return
		}
	}
	t.Fatal("the day is not reported")
}

// Outages that are none of the objective's take no part down.
func TestPartsAreDownByOutagesThatCount(t *testing.T) {
	r := ruled(t, "part outlet of erp\n", `objective power of erp {
  measure        downtime each calendar month
  source         outages "monitoring"
  down when      all outlets down
  count          outages reported within 5 days
  target         at most 0 min
  report only
}
`)
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
	for _, id := range []string{"a", "b"} {
		r.fact(`{"kind":"part","id":"P-%s","part":"%[1]s","type":"outlet","service":"erp","occurred":"2026-01-01"}`, id)
	}
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-03-10 08:00","until":"2026-03-10 08:10","reported":"2026-03-15 08:00"}`)
	r.fact(`{"kind":"outage","id":"O-2","service":"erp","occurred":"2026-03-11 08:00","until":"2026-03-11 08:10","reported":"2026-03-17 08:00"}`)
	assert.Equal(t, "10 min", result(t, r.report("2026-03", "2026-03", "2026-06-01", nil), "power", "").Measured.Shown)
}
