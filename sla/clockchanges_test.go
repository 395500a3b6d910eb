package sla_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// The nights on which the clocks change, by hand: hours of a calendar are those
// that the clocks on the wall show, elapsed time is that which passes.
func TestNightsOnWhichTheClocksChange(t *testing.T) {
	const contract = `sla 1
contract "NIGHTS" {
  kind           fragment
  timezone       ZONE
}
calendar hours open HOURS
priorities {
  | priority | when   |
  | P1       | "down" |
}
tier gold {
  | priority | restore within | clock |
  | P1       | LIMIT          | hours |
}
service erp {
  tier           gold
}
`
	for name, c := range map[string]struct{ zone, hours, limit, received, due string }{
		// 02:30 comes twice on 25 October; the hour after the first is the second.
		"an hour added in the hour that comes twice":  {"Europe/Paris", "24x7", "1 h", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"},
		"an hour added over the hour that is skipped": {"Europe/Paris", "24x7", "1 h", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"},
		// 02:00 to 04:00 lasts three hours on that night: it opens at the first 02:00.
		"open at two in the night when the clocks go back": {"Europe/Paris", "Mon-Sun 02:00-04:00", "3 h", "2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z"},
		"open at two in the night when the clocks go on":   {"Europe/Paris", "Mon-Sun 02:00-04:00", "1 h", "2026-03-28T23:00:00Z", "2026-03-29T02:00:00Z"},
		// By membership 01:30 to 02:30 is 00:30 to 01:00 and 01:30 to 02:30 in UTC: 90 min.
		"half past one to half past two, twice in part": {"Europe/London", "Mon-Sun 01:30-02:30", "90 min", "2026-10-25T00:00:00Z", "2026-10-25T02:30:00Z"},
		// In the afternoon of the change the hours are those of the new offset.
		"an afternoon on the date of the change": {"Europe/Paris", "Mon-Sun 14:00-16:00", "30 min", "2026-03-29T08:00:00Z", "2026-03-29T12:30:00Z"},
		"the offset of the date, not today's":    {"Europe/Paris", "Mon-Fri 09:00-17:00", "1 h", "2026-01-12T06:00:00Z", "2026-01-12T09:00:00Z"},
		"hours do not shift for half a year":     {"America/New_York", "Mon-Fri 09:00-17:00", "1 h", "2026-07-13T06:00:00Z", "2026-07-13T14:00:00Z"},
		// São Paulo began summer time at midnight: 4 November 2018 begins at 01:00, 03:00 in UTC.
		"midnight that does not exist": {"America/Sao_Paulo", "Mon-Sun 00:00-08:00", "2 h", "2018-11-04T02:30:00Z", "2018-11-04T05:00:00Z"},
		// A whole date of 25 h, and one of 23 h.
		"a date of twenty-five hours": {"Europe/Paris", "24x7", "1 day", "2026-10-24T10:00:00Z", "2026-10-25T23:00:00Z"},
		"a date of twenty-three":      {"Europe/Paris", "24x7", "1 day", "2026-03-28T10:00:00Z", "2026-03-29T22:00:00Z"},
		// A night shift over each change: 22:00 to 06:00 lasts nine hours, and seven.
		"a night shift of nine hours":  {"Europe/Paris", "Mon-Sun 22:00-06:00", "9 h", "2026-10-24T10:00:00Z", "2026-10-25T05:00:00Z"},
		"a night shift of seven hours": {"Europe/Paris", "Mon-Sun 22:00-06:00", "7 h", "2026-03-28T10:00:00Z", "2026-03-29T04:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			e := prepared(t, strings.NewReplacer("ZONE", c.zone, "HOURS", c.hours, "LIMIT", c.limit).Replace(contract))
			received, err := time.Parse(time.RFC3339, c.received)
			require.NoError(t, err)
			facts := []sla.Fact{&sla.TicketEvent{Head: sla.Head{Occurred: received}, Ticket: "T-1", Event: "received", Service: "erp", Priority: "P1"}}
			rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: received.Add(time.Second), Known: received.Add(time.Second)}})
			require.NoError(t, err)
			require.Len(t, rep.Tickets, 1)
			require.NotNil(t, rep.Tickets[0].Due)
			assert.Equal(t, c.due, rep.Tickets[0].Due.UTC().Format(time.RFC3339))
		})
	}
}

// Several messages before an answer are one exchange, due by the first of them,
// and the longest exchange is what a maximum tells.
func TestLongestExchange(t *testing.T) {
	e := prepared(t, `sla 1
contract "EXCHANGES" {
  kind           fragment
  timezone       UTC
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
}
tier gold {
  | priority | reply within | clock  |
  | P1       | 2 h          | always |
}
service erp {
  tier           gold
}
objective longest-reply of erp {
  measure        maximum reply each calendar month
  source         tickets "desk"
  target         at most 1 h
  report only
}
`)
	var facts []sla.Fact
	for i, act := range []string{"09:00 received", "09:00 message", "09:20 message", "10:15 replied", "11:00 message", "11:10 replied", "12:00 message", "12:40 replied"} {
		clock, name, _ := strings.Cut(act, " ")
		at, err := time.Parse(time.RFC3339, "2026-03-10T"+clock+":00Z")
		require.NoError(t, err)
		ev := &sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: "T-1", Event: name}
		if i == 0 {
			ev.Service, ev.Priority = "erp", "P1"
		}
		facts = append(facts, ev)
	}
	rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AllTickets: true})
	require.NoError(t, err)
	require.Len(t, rep.Tickets, 3)
	for i, elapsed := range []string{"4500", "600", "2400"} {
		assert.Equal(t, elapsed, rep.Tickets[i].Elapsed)
	}
	require.Len(t, rep.Results, 1)
	assert.Equal(t, sla.Missed, rep.Results[0].Verdict)
	assert.Equal(t, "4500", rep.Results[0].Measured.Exact)
}
