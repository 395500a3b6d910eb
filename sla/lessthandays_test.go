package sla_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// A limit in business days that is excluded is exceeded where its open time is
// used up, at closing time, and falls due there: no clock is late before it is
// due. One that is included falls due when its calendar says, at the end of the
// day, and is late once time counts again.
func TestLessThanBusinessDays(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour-1, 0, 0, 0, time.UTC) } // in Paris
	for _, c := range []struct {
		limit string
		due   time.Time
		state map[time.Time]string
	}{
		{"in less than", at(10, 18), map[time.Time]string{at(10, 17): "running", at(10, 18): "late, open", at(10, 20): "late, open"}},
		{"within", at(11, 0), map[time.Time]string{at(10, 18): "running", at(10, 20): "running", at(11, 8): "running", at(11, 9): "late, open"}},
	} {
		e := prepared(t, `sla 1
contract "DAYS" {
  kind           fragment
  timezone       Europe/Paris
  business days  of desk
}
calendar desk {
  open           Mon-Fri 08:00-18:00
  business day   the day of receipt is not counted, a receipt outside hours keeps its date, due at the end of the day
}
priorities {
  | priority | when |
  | P1       | "1"  |
}
tier gold {
  | priority | restore `+c.limit+` | clock |
  | P1       | 1 business day | desk  |
}
service erp {
  tier           gold
}
`)
		facts := []sla.Fact{&sla.TicketEvent{Head: sla.Head{Occurred: at(9, 10)}, Ticket: "T", Event: "received", Service: "erp", Priority: "P1"}}
		for now, want := range c.state {
			rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: now, Known: now}, AllTickets: true})
			require.NoError(t, err)
			assert.Equal(t, want, rep.Tickets[0].Verdict, "%s, %s", c.limit, now)
			assert.Equal(t, c.due, rep.Tickets[0].Due.UTC(), "%s, %s", c.limit, now)
		}
		stopped := append(facts, &sla.TicketEvent{Head: sla.Head{Occurred: at(10, 20)}, Ticket: "T", Event: "restored"})
		from, to, err := sla.ParsePeriods("2026-03")
		require.NoError(t, err)
		rep, err := sla.Evaluate(context.Background(), e, slices.Values(stopped), sla.Options{From: from, To: to, AllTickets: true})
		require.NoError(t, err)
		assert.Equal(t, c.due, rep.Tickets[0].Due.UTC(), c.limit)
	}
}
