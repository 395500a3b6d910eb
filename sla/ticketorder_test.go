package sla_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// Two priorities of one instant: the order of their ids decides, and where they
// have none, that is told. The order in which the facts come never matters.
func TestPrioritiesAtOnce(t *testing.T) {
	a := dsl.Analyze("order.sla", `sla 1
contract "ORDER" {
  kind           fragment
  timezone       Europe/Paris
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
  | P3       | "wish" |
}
tier gold {
  | priority | restore within | clock  |
  | P1       | 1 h            | always |
  | P2       | 4 h            | always |
  | P3       | 8 h            | always |
}
service erp {
  tier           gold
}
`)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	for _, c := range []struct {
		ids  [2]string
		want []string
	}{
		{[2]string{"1", "2"}, []string{"P2 2026-03-01 03:00"}},
		{[2]string{"2", "1"}, []string{"P3 2026-03-01 07:00"}},
		{[2]string{"", ""}, nil},
	} {
		received := &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(0)}, Ticket: "T", Event: "received", Service: "erp", Priority: "P1"}
		third := &sla.PriorityChange{Head: sla.Head{Occurred: minuteOfMarch(10), ID: c.ids[0]}, Ticket: "T", Priority: "P3"}
		second := &sla.PriorityChange{Head: sla.Head{Occurred: minuteOfMarch(10), ID: c.ids[1]}, Ticket: "T", Priority: "P2"}
		var told [][]string
		for _, facts := range [][]sla.Fact{{received, third, second}, {second, received, third}} {
			at := minuteOfMarch(20)
			rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: at, Known: at}, AllTickets: true})
			require.NoError(t, err)
			said := []string{rep.Tickets[0].Priority + " " + rep.Tickets[0].Due.UTC().Format("2006-01-02 15:04")}
			for _, f := range rep.Findings {
				said = append(said, words.English().Finding(f.Code, f.Args).Title)
			}
			told = append(told, said)
		}
		assert.Equal(t, told[0], told[1])
		if c.want != nil {
			assert.Equal(t, c.want, told[0])
			continue
		}
		require.Len(t, told[0], 2)
		assert.Contains(t, told[0][1], "are both dated 2026-03-01 00:10, and nothing says which came first")
	}
}

// A priority set at the very instant of the receipt holds from it, whichever of
// the two is told first.
func TestPriorityAtTheReceipt(t *testing.T) {
	a := dsl.Analyze("order.sla", `sla 1
contract "ORDER" {
  kind           fragment
  timezone       Europe/Paris
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
  | P3       | "wish" |
}
tier gold {
  | priority | restore within | clock  |
  | P1       | 1 h            | always |
  | P2       | 4 h            | always |
  accept         priority-not-in-tier "Wishes are done when there is time"
}
service erp {
  tier           gold
}
`)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	for _, c := range []struct{ received, set, priority, want string }{
		{"1", "2", "P1", "P1 running 2026-03-01 00:00"},
		{"2", "1", "P1", "P1 running 2026-03-01 00:00"}, // what is not received yet cannot be set
		{"", "", "P1", "P1 running 2026-03-01 00:00"},
		{"1", "2", "P3", "P2 not covered"},
	} {
		received := &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(0), ID: c.received}, Ticket: "T", Event: "received", Service: "erp", Priority: "P2"}
		set := &sla.PriorityChange{Head: sla.Head{Occurred: minuteOfMarch(0), ID: c.set}, Ticket: "T", Priority: c.priority}
		for _, facts := range [][]sla.Fact{{received, set}, {set, received}} {
			at := minuteOfMarch(20)
			rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: at, Known: at}, AllTickets: true})
			require.NoError(t, err)
			got := rep.Tickets[0].Priority + " " + rep.Tickets[0].Verdict
			if due := rep.Tickets[0].Due; due != nil {
				got += " " + due.UTC().Format("2006-01-02 15:04")
			}
			assert.Equal(t, c.want, got)
		}
	}
}

// A priority that comes and goes at one instant is no change: what follows stands
// as if it had not come.
func TestPriorityForNoTime(t *testing.T) {
	for _, rule := range []string{"from receipt", "from the change"} {
		e := prepared(t, `sla 1
contract "ORDER" {
  kind           fragment
  timezone       Europe/Paris
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
  | P3       | "wish" |
}
clocks {
  change         of priority applies `+rule+`
}
tier gold {
  | priority | restore within | clock  |
  | P1       | 2 h            | always |
  | P2       | 8 h            | always |
  accept         priority-not-in-tier "Wishes are done when there is time"
}
service erp {
  tier           gold
}
`)
		set := func(id string, minute int, priority string) sla.Fact {
			return &sla.PriorityChange{Head: sla.Head{Occurred: minuteOfMarch(minute), ID: id}, Ticket: "T", Priority: priority}
		}
		facts := []sla.Fact{
			&sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(0), ID: "1"}, Ticket: "T", Event: "received", Service: "erp", Priority: "P1"},
			set("2", 10, "P2"), set("3", 10, "P1"), set("4", 30, "P3"), set("5", 300, "P2"),
		}
		assert.Equal(t, []string{"restore running"}, verdictsAt(t, e, facts, minuteOfMarch(310)), rule)
	}
}
