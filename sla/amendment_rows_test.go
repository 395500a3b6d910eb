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

// What an amendment promises for the first time holds an open ticket from its date
// on: before it, the clock is neither running nor late, also by what is already
// written.
func TestAmendmentPromisesMore(t *testing.T) {
	for _, rule := range []string{"from receipt", "from the change", "the strictest", "the first"} {
		e := prepared(t, `sla 1
contract "AMENDED" {
  kind           fragment
  timezone       Europe/Paris
  term           12 months from 2026-01-01
}
calendar always open 24x7
priorities {
  | priority | when |
  | P1       | "1"  |
}
clocks {
  change         of amendment applies `+rule+`
}
service erp {
  tier           gold
}
tier gold {
  | priority | respond within | restore within | clock  |
  | P1       | 500 h          | -              | always |
}
amendment "A" in force from 2026-03-16, also for open tickets {
  tier gold {
    | priority | respond within | restore within | clock  |
    | P1       | 500 h          | 2 h            | always |
  }
}
`)
		facts := []sla.Fact{&sla.TicketEvent{Head: sla.Head{Occurred: theDate.Add(-72 * time.Hour)}, Ticket: "T", Event: "received", Service: "erp", Priority: "P1"}}
		for _, before := range []time.Duration{time.Hour, time.Nanosecond} {
			assert.Equal(t, []string{"respond running", "restore not covered"}, verdictsAt(t, e, facts, theDate.Add(-before)), rule)
		}
		assert.Equal(t, []string{"respond running", "restore late, open"}, verdictsAt(t, e, facts, theDate.Add(3*time.Hour)), rule)
	}
}

// verdictsAt is the verdict of each clock of a ticket at an instant.
func verdictsAt(t *testing.T, e *sla.Engine, facts []sla.Fact, now time.Time) (out []string) {
	t.Helper()
	rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: now, Known: now}, AllTickets: true})
	require.NoError(t, err)
	for _, r := range rep.Tickets {
		out = append(out, r.Clock+" "+r.Verdict)
	}
	return out
}

// Before an amendment is in force, its hours do not tell when a clock falls due
// that it will hold.
func TestHoursOfAnAmendmentToCome(t *testing.T) {
	e := prepared(t, `sla 1
contract "AMENDED" {
  kind           fragment
  timezone       Europe/Paris
  term           12 months from 2026-01-01
}
calendar always open 24x7
calendar desk open Mon-Fri 08:00-18:00
priorities {
  | priority | when |
  | P1       | "1"  |
}
clocks {
  change         of amendment applies from the change
}
service erp {
  tier           gold
}
tier gold {
  | priority | restore within | clock  |
  | P1       | 10 h           | always |
}
amendment "A" in force from 2026-03-16, also for open tickets {
  tier gold {
    | priority | restore within | clock |
    | P1       | 20 h           | desk  |
  }
}
`)
	facts := []sla.Fact{&sla.TicketEvent{Head: sla.Head{Occurred: theDate.Add(-4 * time.Hour)}, Ticket: "T", Event: "received", Service: "erp", Priority: "P1"}}
	for now, want := range map[time.Time]time.Time{
		theDate.Add(-time.Hour): theDate.Add(6 * time.Hour),
		theDate:                 theDate.Add(24*time.Hour + 14*time.Hour), // 10 h on Monday, 6 h on Tuesday
	} {
		rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: now, Known: now}, AllTickets: true})
		require.NoError(t, err)
		assert.Equal(t, want, rep.Tickets[0].Due.UTC())
	}
}
