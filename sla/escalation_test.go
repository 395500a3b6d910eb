package sla_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Nobody is called at night, at the weekend or on a holiday for a clock that
// runs in hours: levels are reached in its time, also those around its due time.
func TestEscalationInHours(t *testing.T) {
	a := dsl.Analyze("escalation.sla", `sla 1
contract "ESCALATION" {
  kind           fragment
  timezone       Europe/Paris
}
calendar desk {
  open           Mon-Fri 08:00-18:00
  closed         2026-03-12
}
priorities {
  | priority | when   |
  | P2       | "slow" |
}
tier gold {
  | priority | restore within | clock |
  | P2       | 20 h           | desk  |
}
service erp {
  tier           gold
}
escalation {
  | level | who        | P2               |
  | L1    | "Desk"     | 0 min            |
  | L2    | "Engineer" | 50% of restore   |
  | L3    | "Lead"     | 5 h before due   |
  | DIR   | "Director" | 5 h after due    |
}
`)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	run, err := e.Open(nil)
	require.NoError(t, err)
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, e.Zone().Location()) }
	w, err := run.Watch(at(11, 13))
	require.NoError(t, err)
	require.Nil(t, w.Add(&sla.TicketEvent{Head: sla.Head{Occurred: at(11, 14)}, Ticket: "T", Event: "received", Service: "erp", Priority: "P2"}))
	changes, err := w.Advance(at(20, 0))
	require.NoError(t, err)
	var called []string
	for _, c := range changes {
		for _, what := range c.What {
			if what == "level" {
				called = append(called, c.At.In(e.Zone().Location()).Format("02 15:04 ")+c.Level)
			}
		}
	}
	// 4 h on Wednesday, none on the holiday, 10 h on Friday, none at the weekend.
	assert.Equal(t, []string{"11 14:00 L1", "13 14:00 L2", "16 09:00 L3", "17 09:00 DIR"}, called)
}
