package sla_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// What a change of priority does to a clock, one rule at a time. The ticket is
// received at midnight from Thursday to Friday; P1 runs always, P2 during desk
// hours, P3 promises nothing.
func TestChangesOfPriority(t *testing.T) {
	lower := func(at int, to string) kindEvent { return kindEvent{at: at, priority: to} }
	event := func(at int, name string) kindEvent { return kindEvent{at: at, name: name} }
	for name, c := range map[string]struct {
		change, reopen string
		p1, p2         int
		less           bool
		first          string
		events         []kindEvent
		want           []string
		promise        string
		measure        string // restore where it is not said
	}{
		"late before the change is late by the terms before it": {
			p1: 20, p2: 20, events: []kindEvent{lower(25, "P2")}, want: []string{"0 late, open, 600 of 20, held 0, due 05 23:20"}, promise: "gold/P1/restore",
		},
		"a limit that is excluded is exceeded where it is reached": {
			p1: 20, p2: 700, less: true, events: []kindEvent{event(20, "waiting-on-customer"), lower(25, "P2")}, want: []string{"0 late, open, 20 of 20, held 580, due 05 23:20"}, promise: "gold/P1/restore",
		},
		"a limit that is included is not": {
			p1: 20, p2: 700, events: []kindEvent{event(20, "waiting-on-customer"), lower(25, "P2")}, want: []string{"0 paused"},
		},
		"late at the change, not before it": {
			first: "P2", p1: 60, p2: 700, events: []kindEvent{lower(300, "P1")}, want: []string{"0 late, open, 600 of 60, held 0, due 06 04:00"}, promise: "gold/P1/restore",
		},
		"nothing is promised meanwhile": {
			p1: 60, p2: 700, events: []kindEvent{lower(30, "P3"), lower(300, "P2")}, want: []string{"0 running"},
		},
		"nothing was promised until it stopped": {
			first: "P3", p1: 60, p2: 700, events: []kindEvent{event(100, "restored"), lower(110, "P1")}, want: []string{"not covered"},
		},
		"nor by what it becomes at its stop": {
			first: "P3", p1: 60, p2: 700, events: []kindEvent{lower(100, "P1"), event(100, "restored")}, want: []string{"not covered"},
		},
		"nothing is promised when it stops": {
			p1: 60, p2: 700, events: []kindEvent{lower(30, "P3"), event(100, "restored")}, want: []string{"not covered"},
		},
		"a verdict before stays": {
			p1: 60, p2: 700, events: []kindEvent{event(50, "restored"), lower(55, "P3")}, want: []string{"0 met, 50 of 60, held 0"}, promise: "gold/P1/restore",
		},
		"unless the ticket is taken up again": {
			p1: 60, p2: 700, events: []kindEvent{event(50, "restored"), lower(55, "P3"), event(100, "reopened")}, want: []string{"not covered"},
		},
		"a new clock has no promise either": {
			reopen: "starts a new clock", p1: 60, p2: 700, events: []kindEvent{event(50, "restored"), lower(55, "P3"), event(100, "reopened")},
			want: []string{"0 met, 50 of 60, held 0", "not covered"}, promise: "gold/P1/restore",
		},
		"nor where the first promise holds on for the clock before": {
			change: "the first", reopen: "starts a new clock", p1: 60, p2: 700, events: []kindEvent{lower(30, "P3"), event(50, "restored"), event(100, "reopened")},
			want: []string{"0 met, 50 of 60, held 0", "not covered"}, promise: "gold/P1/restore",
		},
		"nor where the strictest does, if it restarts": {
			change: "the strictest", reopen: "restarts", p1: 60, p2: 700, events: []kindEvent{event(50, "restored"), lower(55, "P3"), event(100, "reopened")},
			want: []string{"not covered"},
		},
		"a new clock has what is promised of it first": {
			change: "the first", reopen: "starts a new clock", p1: 60, p2: 700, events: []kindEvent{event(50, "restored"), lower(55, "P3"), event(100, "reopened"), lower(130, "P1")},
			want: []string{"0 met, 50 of 60, held 0", "1 late, open, 500 of 60, held 0, due 06 01:40"}, promise: "gold/P1/restore",
		},
		"a wait that ends after the stop does not tell which was the strictest": {
			change: "the strictest", p1: 80, p2: 60, events: []kindEvent{event(10, "waiting-on-customer"), lower(20, "P2"), event(30, "responded"), event(100, "resumed")},
			want: []string{"0 met"}, promise: "gold/P2/respond", measure: "respond",
		},
		"what was exceeded first is the strictest": {
			change: "the strictest", first: "P2", p1: 30, p2: 20, events: []kindEvent{event(500, "waiting-on-customer"), lower(505, "P1")},
			want: []string{"0 late, open, 500 of 30, held 100, due 06 07:25"}, promise: "gold/P1/restore",
		},
		"what came and went while it was restored decides nothing": {
			first: "P2", p1: 20, p2: 700, events: []kindEvent{event(30, "restored"), lower(40, "P1"), lower(50, "P2"), event(60, "reopened")}, want: []string{"0 running"},
		},
		"what stays is late at the change": {
			first: "P2", p1: 20, p2: 700, events: []kindEvent{event(30, "restored"), lower(40, "P1"), event(60, "reopened")},
			want: []string{"0 late, open, 570 of 20, held 0, due 05 23:40"}, promise: "gold/P1/restore",
		},
		"a stricter one stays beside what comes later": {
			change: "the strictest", first: "P2", p1: 20, p2: 700, events: []kindEvent{event(30, "restored"), lower(40, "P1"), lower(50, "P2"), event(60, "reopened")},
			want: []string{"0 late, open, 570 of 20, held 0, due 05 23:40"}, promise: "gold/P1/restore",
		},
		"a promise that came and went while it was restored holds nothing": {
			first: "P3", p1: 20, p2: 700, events: []kindEvent{event(30, "restored"), lower(40, "P1"), lower(50, "P3"), event(60, "reopened")}, want: []string{"not covered"},
		},
		"nor does it restart a clock that was not late": {
			first: "P3", reopen: "restarts", p1: 20, p2: 700, events: []kindEvent{event(30, "restored"), event(60, "reopened"), lower(590, "P1")}, want: []string{"0 late, open, 540 of 20, held 0, due 06 08:50"}, promise: "gold/P1/restore",
		},
		"from the change, nothing counted before anything was promised": {
			change: "from the change", first: "P3", p1: 60, p2: 700, events: []kindEvent{lower(300, "P1")},
			want: []string{"0 late, open, 300 of 60, held 0, due 06 05:00"}, promise: "gold/P1/restore",
		},
		"nor while nothing was": {
			change: "from the change", p1: 60, p2: 700, events: []kindEvent{lower(30, "P3"), lower(580, "P1")}, want: []string{"0 running"},
		},
		"nor by what came and went while it was restored": {
			change: "from the change", first: "P3", p1: 60, p2: 700,
			events: []kindEvent{event(300, "restored"), lower(310, "P2"), lower(320, "P1"), event(580, "reopened")}, want: []string{"0 running"},
		},
		"a change that has not come changes nothing": {
			p1: 700, p2: 20, events: []kindEvent{lower(900, "P2")}, want: []string{"0 running"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			zone, err := time.LoadLocation("Europe/Paris")
			require.NoError(t, err)
			k := &kindsCase{
				zone: zone, change: orElse(c.change, "from receipt"), reopen: orElse(c.reopen, "continues the same clock, the time while restored does not count"),
				clock: map[string]string{"P1": "always", "P2": "desk"}, columns: []kindColumn{{orElse(c.measure, "restore"), map[string]int{"P1": c.p1, "P2": c.p2}, c.less}},
				received: time.Date(2026, 3, 6, 0, 0, 0, 0, zone), events: c.events, first: orElse(c.first, "P1"), now: 600,
			}
			a := dsl.Analyze("changes.sla", k.contract())
			require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
			engine, err := sla.Prepare(a.Contract)
			require.NoError(t, err)
			from, to, err := sla.ParsePeriods("2026")
			require.NoError(t, err)
			rep, err := sla.Evaluate(context.Background(), engine, slices.Values(k.facts(math.MaxInt)), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: k.at(k.now), Known: k.at(2000)}, AllTickets: true})
			require.NoError(t, err)
			var got []string
			for _, r := range rep.Tickets {
				got = append(got, k.told(&r))
			}
			assert.Equal(t, c.want, got)
			if c.promise != "" {
				assert.Equal(t, c.promise, rep.Tickets[0].Promise)
			}
		})
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Of an act that is owed again and again, a change concerns the gap in which it
// comes and no other, also in whether the limit itself is late.
func TestChangeToALimitThatIsExcluded(t *testing.T) {
	a := dsl.Analyze("rhythm.sla", `sla 1
contract "RHYTHM" {
  kind           fragment
  timezone       Europe/Paris
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
}
tier gold {
  | priority | update every | clock  |
  | P1       | 60 min       | always |
  | P2       | 60 min       | always |
}
service erp {
  tier           gold
}
`)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	for _, less := range []bool{false, true} {
		a.Contract.Tiers[0].Rows[1].Promises[0].LessThan = less
		e, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		run, err := e.Open(nil)
		require.NoError(t, err)
		event := func(name string, at int) *sla.TicketEvent {
			return &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at)}, Ticket: "T", Event: name}
		}
		received := event("received", 0)
		received.Service, received.Priority = "erp", "P1"
		lowered := &sla.PriorityChange{Head: sla.Head{Occurred: minuteOfMarch(70)}, Ticket: "T", Priority: "P2"}
		for _, f := range []sla.Fact{received, lowered, event("updated", 60)} {
			require.Nil(t, run.Add(f))
		}
		w, err := run.Watch(minuteOfMarch(100))
		require.NoError(t, err)
		missed := func() int {
			clocks, err := w.Ticket("T")
			require.NoError(t, err)
			return clocks[0].Missed
		}
		assert.Zero(t, missed(), "60 min by P1, which includes the limit")
		next, ok := w.Next()
		require.True(t, ok)
		late := minuteOfMarch(120)
		if !less {
			late = late.Add(1)
		}
		assert.Equal(t, late.UTC(), next.UTC())
		_, err = w.Advance(minuteOfMarch(120))
		require.NoError(t, err)
		assert.Equal(t, less, missed() == 1, "60 min by P2")
	}
}

// What promised nothing holds to nothing: where the first priority does, the
// first limit is that of what came after it, and an amendment changes that one.
func TestFirstOfWhatIsPromised(t *testing.T) {
	const text = `sla 1
contract "FIRST" {
  kind           fragment
  timezone       UTC
  term           12 months from 2026-01-01
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
  | P3       | "wish" |
}
clocks {
  change         of priority applies the first
  change         of amendment applies from the change
}
tier gold {
  | priority | respond within | restore within | clock  |
  | P1       | 1 h            | %s             | always |
  accept         priority-not-in-tier "Wishes are done when there is time"
}
service erp {
  tier           gold
}
amendment "A" in force from 2026-03-16, also for open tickets {
  tier           gold {
    | priority | restore within | clock  |
    | P1       | 2 h            | always |
    accept       priority-not-in-tier "Wishes are done when there is time"
  }
}
`
	at := func(s string) sla.Head {
		at, err := time.Parse(time.RFC3339, "2026-03-"+s+":00Z")
		require.NoError(t, err)
		return sla.Head{Occurred: at}
	}
	facts := []sla.Fact{
		&sla.TicketEvent{Head: at("15T22:00"), Ticket: "T", Event: "received", Service: "erp", Priority: "P3"},
		&sla.PriorityChange{Head: at("15T23:00"), Ticket: "T", Priority: "P1"},
		&sla.TicketEvent{Head: at("15T23:00"), Ticket: "T", Event: "responded"},
	}
	for old, want := range map[string]string{
		"8 h": "T restore late, open 2026-03-16 00:00", // 2 h since the receipt
		"-":   "T restore late, open 2026-03-16 02:00", // promised since the amendment, 2 h from then
	} {
		o := month(t, "2026-03")
		o.AsOf, o.AllTickets = sla.AsOf{Valid: at("16T05:00").Occurred, Known: at("16T05:00").Occurred}, true
		rep, err := sla.Evaluate(context.Background(), prepared(t, fmt.Sprintf(text, old)), slices.Values(facts), o)
		require.NoError(t, err)
		i := slices.IndexFunc(rep.Tickets, func(r sla.TicketResult) bool { return r.Clock == "restore" })
		require.GreaterOrEqual(t, i, 0, old)
		r := rep.Tickets[i]
		require.NotNil(t, r.Due, "%s %+v", old, r)
		assert.Equal(t, want, fmt.Sprint(r.Ticket, " ", r.Clock, " ", r.Verdict, " ", r.Due.UTC().Format("2006-01-02 15:04")), old)
	}
}
