package sla_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Counted when closed: a ticket that was reopened is not closed, and counts
// when it is closed again.
func TestCountedWhenClosed(t *testing.T) {
	a := dsl.Analyze("closed.sla", `sla 1
contract "CLOSED" {
  kind           fragment
  timezone       UTC
  term           12 months from 2026-01-01
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  reopen         within 40 days continues the same clock, the time while restored does not count
  counted        when closed
  judged         each calendar month, for each service
}
tier gold {
  | priority | restore within | clock  | in time |
  | P1       | 4 h            | always | 90%     |
}
service erp {
  tier           gold
}
`)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	const day = 1440
	event := func(name string, at int) sla.Fact {
		return &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at)}, Ticket: "T", Event: name, Service: "erp", Priority: "P1"}
	}
	facts := []sla.Fact{event("received", 20*day), event("restored", 20*day+60), event("closed", 21*day), event("reopened", 35*day), event("restored", 35*day+30), event("closed", 36*day)}
	from, to, err := sla.ParsePeriods("2026-Q2")
	require.NoError(t, err)
	for now, want := range map[int][2]sla.Verdict{
		22 * day:    {sla.Open, ""}, // April has not begun
		35*day + 10: {sla.NotMeasured, sla.Open},
		80 * day:    {sla.NotMeasured, sla.Met},
	} {
		at := minuteOfMarch(now)
		rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: from.AddDays(-31), To: to, AsOf: sla.AsOf{Valid: at, Known: at}})
		require.NoError(t, err)
		got := map[string]sla.Result{}
		for _, r := range rep.Results {
			got[r.Period.Name] = r
		}
		assert.Equal(t, want, [2]sla.Verdict{got["2026-03"].Verdict, got["2026-04"].Verdict}, now)
		if now == 22*day {
			assert.Equal(t, 1, *got["2026-03"].Measured.Total, "closed on the 22nd")
		}
	}
}
