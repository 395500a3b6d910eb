package sla_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A watch tells of what a change of priority does to a rhythm at the very instant
// of the change, and names the next one; the instants are by hand. P1 owes word
// every hour, P2 every four.
func TestWatchOfARhythmWhosePriorityChanges(t *testing.T) {
	const contract = `sla 1
contract "RHYTHM" {
  kind           fragment
  timezone       UTC
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
}
clocks {
  change         of priority applies RULE
}
tier gold {
  | priority | update every | clock  |
  | P1       | 1 h          | always |
  | P2       | 4 h          | always |
}
service erp {
  tier           gold
}
`
	for name, c := range map[string]struct {
		first, then, change string
		// updated are the times of the updates.
		updated []string
		// told by rule: instants and what is told of the clock then.
		told map[string][]string
	}{
		"raised": {
			first: "P2", then: "P1", change: "11:30",
			told: map[string][]string{
				// The gap since 09:00 is 2 h 30: by P1 it has missed the words of 10:00 and 11:00. A
				// change makes nothing late before itself, so it is late at 11:30.
				"from receipt":    {"09:00 running due 13:00", "11:30 late, open due 11:30 missed 2"},
				"from the change": {"09:00 running due 13:00", "11:30 late, open due 11:30 missed 2"},
				"the strictest":   {"09:00 running due 13:00", "11:30 late, open due 11:30 missed 2"},
				"the first":       {"09:00 running due 13:00", "13:00 late, open due 13:00 missed 1"},
			},
		},
		"lowered in time": {
			first: "P1", then: "P2", change: "09:40", updated: []string{"12:00"},
			told: map[string][]string{
				// Four hours from 09:00, then from the update at 12:00. The strictest of both holds the
				// gap in which the change comes, which misses the words of 10:00 and 11:00.
				"from receipt":    {"09:00 running due 10:00", "09:40 running due 13:00", "12:00 running due 16:00"},
				"from the change": {"09:00 running due 10:00", "09:40 running due 13:00", "12:00 running due 16:00"},
				"the strictest":   {"09:00 running due 10:00", "10:00 late, open due 10:00 missed 1", "12:00 late, open due 16:00 missed 2"},
				"the first":       {"09:00 running due 10:00", "10:00 late, open due 10:00 missed 1", "12:00 late, open due 13:00 missed 2"},
			},
		},
		"lowered too late": {
			first: "P1", then: "P2", change: "10:30", updated: []string{"12:00"},
			told: map[string][]string{
				// The word of 10:00 is missed by P1 and stays so; by P2 none is missed before 13:00, so
				// at the change nothing is new.
				"from receipt":    {"09:00 running due 10:00", "10:00 late, open due 10:00 missed 1", "12:00 late, open due 16:00 missed 1"},
				"from the change": {"09:00 running due 10:00", "10:00 late, open due 10:00 missed 1", "12:00 late, open due 16:00 missed 1"},
			},
		},
	} {
		for rule, want := range c.told {
			t.Run(name+" "+rule, func(t *testing.T) {
				a := dsl.Analyze("rhythm.sla", strings.Replace(contract, "RULE", rule, 1))
				require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
				engine, err := sla.Prepare(a.Contract)
				require.NoError(t, err)
				run, err := engine.Open(nil)
				require.NoError(t, err)
				at := func(clock string) time.Time {
					got, err := time.Parse(time.RFC3339, "2026-03-10T"+clock+":00Z")
					require.NoError(t, err)
					return got
				}
				event := func(clock, name string) *sla.TicketEvent {
					return &sla.TicketEvent{Head: sla.Head{Occurred: at(clock)}, Ticket: "T-1", Event: name}
				}
				receipt := event("09:00", "received")
				receipt.Service, receipt.Priority = "erp", c.first
				require.Nil(t, run.Add(receipt))
				require.Nil(t, run.Add(&sla.PriorityChange{Head: sla.Head{Occurred: at(c.change)}, Ticket: "T-1", Priority: c.then}))
				for _, clock := range c.updated {
					require.Nil(t, run.Add(event(clock, "updated")))
				}
				w, err := run.Watch(at("08:00"))
				require.NoError(t, err)
				changes, err := w.Advance(at("13:00").Add(time.Second))
				require.NoError(t, err)
				var told []string
				for _, ch := range changes {
					line := fmt.Sprintf("%s %s due %s", ch.At.Format("15:04"), ch.Verdict, ch.Due.Format("15:04"))
					if ch.Missed > 0 {
						line += fmt.Sprintf(" missed %d", ch.Missed)
					}
					told = append(told, line)
				}
				assert.Equal(t, want, told)
			})
		}
	}
}

// Where a ticket comes to a priority of which no updates are promised, what was
// missed by then stays, and no more is: neither in the gap in which it comes nor
// after an update. Where it comes back, the next gap is held again.
func TestUpdatesNoLongerPromised(t *testing.T) {
	e := prepared(t, `sla 1
contract "RHYTHM" {
  kind           fragment
  timezone       UTC
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
}
clocks {
  reopen         within 2 days continues the same clock, the time while restored does not count
  change         of priority applies from the change
}
tier gold {
  | priority | update every | restore within | clock  |
  | P1       | 1 h          | 90 h           | always |
  | P2       | -            | 90 h           | always |
}
service erp {
  tier           gold
}
`)
	run, err := e.Open(nil)
	require.NoError(t, err)
	at := func(s string) time.Time {
		got, err := time.Parse(time.RFC3339, "2026-03-"+s+":00Z")
		require.NoError(t, err)
		return got
	}
	for _, f := range []sla.Fact{
		&sla.TicketEvent{Head: sla.Head{Occurred: at("10T09:00")}, Ticket: "T", Event: "received", Service: "erp", Priority: "P1"},
		&sla.PriorityChange{Head: sla.Head{Occurred: at("10T11:30")}, Ticket: "T", Priority: "P2"},
		&sla.TicketEvent{Head: sla.Head{Occurred: at("10T18:00")}, Ticket: "T", Event: "updated"},
		&sla.TicketEvent{Head: sla.Head{Occurred: at("11T09:00")}, Ticket: "T", Event: "restored"},
		&sla.TicketEvent{Head: sla.Head{Occurred: at("12T09:00")}, Ticket: "T", Event: "reopened"},
		&sla.PriorityChange{Head: sla.Head{Occurred: at("13T09:00")}, Ticket: "T", Priority: "P1"},
		&sla.TicketEvent{Head: sla.Head{Occurred: at("13T09:00")}, Ticket: "T", Event: "updated"},
	} {
		require.Nil(t, run.Add(f))
	}
	w, err := run.Watch(at("10T08:00"))
	require.NoError(t, err)
	for _, c := range []struct {
		now    string
		missed int
		due    string
	}{
		{"10T11:00", 1, "10T10:00"}, // the word of 10:00; that of 11:00 is in time until 11:00
		{"10T17:00", 2, "10T10:00"},
		{"10T20:00", 2, "10T10:00"},
		{"12T20:00", 2, "10T10:00"},
		{"13T10:00", 2, "13T10:00"},
		{"13T10:01", 3, "13T10:00"},
	} {
		_, err := w.Advance(at(c.now))
		require.NoError(t, err)
		clocks, err := w.Ticket("T")
		require.NoError(t, err)
		require.NotNil(t, clocks[0].Due, c.now)
		assert.Equal(t, []any{"update", "late, open", c.missed, c.due}, []any{clocks[0].Clock, clocks[0].Verdict, clocks[0].Missed, clocks[0].Due.UTC().Format("02T15:04")}, c.now)
	}
}

// Two limits hold a gap at once, the strictest of both: by one, on hours that
// close as it falls due, the word is late only when they open again; by the other
// it is missed before that, and the watch tells so then.
func TestWatchOfAnActOwedBySeveralLimits(t *testing.T) {
	e := prepared(t, `sla 1
contract "RHYTHM" {
  kind           fragment
  timezone       UTC
}
calendar always open 24x7
calendar early open Mon-Sun 08:00-10:00
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
}
clocks {
  change         of priority applies the strictest
}
tier gold {
  | priority | update every | clock  |
  | P1       | 1 h          | early  |
  | P2       | 3 h          | always |
}
service erp {
  tier           gold
}
`)
	at := func(clock string) time.Time {
		got, err := time.Parse(time.RFC3339, "2026-03-10T"+clock+":00Z")
		require.NoError(t, err)
		return got
	}
	run, err := e.Open(nil)
	require.NoError(t, err)
	require.Nil(t, run.Add(&sla.TicketEvent{Head: sla.Head{Occurred: at("09:00")}, Ticket: "T", Event: "received", Service: "erp", Priority: "P1"}))
	require.Nil(t, run.Add(&sla.PriorityChange{Head: sla.Head{Occurred: at("09:30")}, Ticket: "T", Priority: "P2"}))
	w, err := run.Watch(at("09:45"))
	require.NoError(t, err)
	changes, err := w.Advance(at("11:59"))
	require.NoError(t, err)
	require.Empty(t, changes)
	changes, err = w.Advance(at("12:01"))
	require.NoError(t, err)
	require.Len(t, changes, 1)
	assert.EqualValues(t, "late, open", changes[0].Verdict)
	assert.Equal(t, "12:00", changes[0].At.Format("15:04"))
}
