package sla_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A contract with one calendar counts by that; one with none around the clock. The
// calendar is then of use, also where no line names it.
func TestTimesByTheOnlyCalendar(t *testing.T) {
	const text = `sla 1
contract "HOURS" {
  kind           fragment
  timezone       UTC
}
calendar desk open Mon-Fri 08:00-18:00
priorities {
  | priority | when   |
  | P1       | "down" |
}
tier gold {
  | priority | restore within |
  | P1       | 4 h            |
}
service erp {
  tier           gold
}
requests of erp {
  | request  | within |
  | new-user | 3 h    |
}
`
	received := time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC) // a Monday
	facts := []sla.Fact{
		&sla.TicketEvent{Head: sla.Head{Occurred: received}, Ticket: "A", Event: "received", Service: "erp", Priority: "P1"},
		&sla.TicketEvent{Head: sla.Head{Occurred: received}, Ticket: "B", Event: "received", Service: "erp", Request: "new-user"},
	}
	for calendars, want := range map[string][]string{
		"calendar desk open Mon-Fri 08:00-18:00\n": {"2026-03-03 12:00", "2026-03-03 11:00"},
		"": {"2026-03-03 00:00", "2026-03-02 23:00"},
	} {
		text := strings.Replace(text, "calendar desk open Mon-Fri 08:00-18:00\n", calendars, 1)
		a := dsl.Analyze("hours.sla", strings.Replace(text, "  kind           fragment\n", "", 1))
		assert.False(t, slices.ContainsFunc(a.Diagnostics, func(d dsl.Diagnostic) bool { return d.Code == sla.CodeUnusedName }), calendars)
		o := sla.Options{AllTickets: true, AsOf: sla.AsOf{Valid: received.Add(time.Hour), Known: received.Add(time.Hour)}}
		rep, err := sla.Evaluate(context.Background(), prepared(t, text), slices.Values(facts), o)
		require.NoError(t, err)
		require.Len(t, rep.Tickets, 2)
		for i := range want {
			assert.Equal(t, want[i], rep.Tickets[i].Due.UTC().Format("2006-01-02 15:04"), rep.Tickets[i].Ticket)
		}
	}
}
