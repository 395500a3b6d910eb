package sla_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// An amendedCase is a contract whose limits change on 16 March, and tickets around
// that date.
type amendedCase struct {
	rule, hours string
	before      [2]int // limits in minutes of P1 and P2
	after       [2]int
	facts       []sla.Fact
	now         time.Time
}

// theDate is when the amendment of a case is in force: 16 March, 00:00 in Paris.
var theDate = time.Date(2026, 3, 15, 23, 0, 0, 0, time.UTC)

func drawAmended(t *rapid.T) *amendedCase {
	limit := func() int { return rapid.SampledFrom([]int{30, 90, 240, 601, 1500}).Draw(t, "limit") }
	c := &amendedCase{
		rule:   rapid.SampledFrom([]string{"from receipt", "from the change", "the strictest", "the first"}).Draw(t, "rule"),
		hours:  rapid.SampledFrom([]string{"always", "desk"}).Draw(t, "hours"),
		before: [2]int{limit(), limit()}, after: [2]int{limit(), limit()},
	}
	for n := range rapid.IntRange(1, 3).Draw(t, "tickets") {
		id := fmt.Sprint("T-", n)
		at := theDate.Add(time.Duration(rapid.SampledFrom([]int{-3000, -700, -61, -1, 0, 1, 200}).Draw(t, "received")) * time.Minute)
		event := func(name string) *sla.TicketEvent {
			return &sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: id, Event: name}
		}
		receipt := event("received")
		receipt.Service, receipt.Priority = "erp", rapid.SampledFrom([]string{"P1", "P2"}).Draw(t, "priority")
		c.facts = append(c.facts, receipt)
		for range rapid.IntRange(0, 4).Draw(t, "events") {
			at = at.Add(time.Duration(rapid.SampledFrom([]int{1, 29, 61, 500, 1400}).Draw(t, "gap")) * time.Minute)
			c.facts = append(c.facts, event(rapid.SampledFrom([]string{"updated", "restored", "reopened", "waiting-on-customer", "resumed", "cancelled"}).Draw(t, "event")))
		}
		c.now = at.Add(time.Duration(rapid.SampledFrom([]int{0, 45, 3000}).Draw(t, "asked after")) * time.Minute)
	}
	return c
}

// tier is the table with limits; P1a and P2a are the priorities that stand for the
// amended rows.
func (c *amendedCase) tier(limits map[string]int) string {
	var b strings.Builder
	b.WriteString("tier gold {\n  | priority | restore within | update every | clock |\n")
	for _, p := range []string{"P1", "P2", "P1a", "P2a"} {
		if limit, ok := limits[p]; ok {
			fmt.Fprintf(&b, "  | %s | %d min | %d min | %s |\n", p, limit, limit, c.hours)
		}
	}
	return b.String() + "}\n"
}

func (c *amendedCase) contract(limits map[string]int, rest string) string {
	return fmt.Sprintf(`sla 1
contract "AMENDED" {
  kind           fragment
  timezone       Europe/Paris
  term           12 months from 2026-01-01
}
calendar always open 24x7
calendar desk open Mon-Fri 08:00-19:00
priorities {
  | priority | when |
  | P1       | "1"  |
  | P2       | "2"  |
  | P1a      | "3"  |
  | P2a      | "4"  |
}
clocks {
  pause          while waiting-on-customer
  reopen         within 48 h continues the same clock, the time while restored does not count
  change         of priority, amendment applies %s
}
service erp {
  tier           gold
}
%s%s`, c.rule, c.tier(limits), rest)
}

func (c *amendedCase) old() map[string]int {
	return map[string]int{"P1": c.before[0], "P2": c.before[1]}
}
func (c *amendedCase) new() map[string]int { return map[string]int{"P1": c.after[0], "P2": c.after[1]} }

func prepared(t require.TestingT, text string) *sla.Engine {
	a := dsl.Analyze("amended.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), "%s\n%s", a.Diagnostics.Error(), text)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	return e
}

// clocksAt are the clocks at an instant, without how they came there.
func clocksAt(t require.TestingT, e *sla.Engine, facts []sla.Fact, now time.Time) (out []string) {
	from, to, err := sla.ParsePeriods("2026")
	require.NoError(t, err)
	rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: now, Known: now.AddDate(1, 0, 0)}, AllTickets: true})
	require.NoError(t, err)
	for _, r := range rep.Tickets {
		r.Why, r.Promise, r.Priority = nil, "", strings.TrimSuffix(r.Priority, "a")
		b, err := json.Marshal(r)
		require.NoError(t, err)
		out = append(out, string(b))
	}
	return out
}

// A ticket is judged by what the contract said at its receipt: as by a contract
// that has always said that.
func TestAmendmentsHoldFromTheReceipt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAmended(t)
		e := prepared(t, c.contract(c.old(), "amendment \"A\" in force from 2026-03-16 {\n"+c.tier(c.new())+"}\n"))
		byTicket := map[string][]sla.Fact{}
		received := map[string]time.Time{}
		for _, f := range c.facts {
			ev := f.(*sla.TicketEvent)
			byTicket[ev.Ticket] = append(byTicket[ev.Ticket], f)
			if ev.Event == "received" {
				received[ev.Ticket] = ev.Occurred
			}
		}
		var want []string
		for n := range len(byTicket) {
			id, limits := fmt.Sprint("T-", n), c.old()
			if !received[id].Before(theDate) {
				limits = c.new()
			}
			want = append(want, clocksAt(t, prepared(t, c.contract(limits, "")), byTicket[id], c.now)...)
		}
		require.Equal(t, want, clocksAt(t, e, c.facts, c.now))
	})
}

// An amendment that holds for open tickets does what a change of their priority to
// rows of the same limits would do, at the date.
func TestAmendmentsOfOpenTickets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAmended(t)
		e := prepared(t, c.contract(c.old(), "amendment \"A\" in force from 2026-03-16, also for open tickets {\n"+c.tier(c.new())+"}\n"))
		rows := map[string]int{"P1": c.before[0], "P2": c.before[1], "P1a": c.after[0], "P2a": c.after[1]}
		facts := []sla.Fact{}
		for _, f := range c.facts {
			ev := *f.(*sla.TicketEvent)
			if ev.Event == "received" {
				if priority := ev.Priority + "a"; ev.Occurred.Before(theDate) {
					facts = append(facts, &sla.PriorityChange{Head: sla.Head{Occurred: theDate}, Ticket: ev.Ticket, Priority: priority})
				} else {
					ev.Priority = priority
				}
			}
			facts = append(facts, &ev)
		}
		require.Equal(t, clocksAt(t, prepared(t, c.contract(rows, "")), facts, c.now), clocksAt(t, e, c.facts, c.now))
	})
}

// An amendment of another tier changes nothing for a ticket, whether or not it holds
// for open ones: what one before it did not give it, it does not give either.
func TestAmendmentsOfAnotherTier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAmended(t)
		open := rapid.SampledFrom([]string{"", ", also for open tickets"})
		c.now = c.now.Add(48 * time.Hour) // B is in force
		other := strings.Replace(c.tier(c.new()), "gold", "silver", 1)
		text := other + "service mail {\n  tier           silver\n}\namendment \"A\" in force from 2026-03-16" + open.Draw(t, "open") + " {\n" + c.tier(c.new()) + "}\n"
		alone := prepared(t, c.contract(c.old(), text))
		beside := prepared(t, c.contract(c.old(), text+"amendment \"B\" in force from 2026-03-17, also for open tickets {\n"+other+"}\n"))
		require.Equal(t, clocksAt(t, alone, c.facts, c.now), clocksAt(t, beside, c.facts, c.now))
	})
}

// The live view says of amended contracts what a report says.
func TestWatchOfAmendedContract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAmended(t)
		open := rapid.SampledFrom([]string{"", ", also for open tickets"}).Draw(t, "open")
		watchAgrees(t, c.contract(c.old(), "amendment \"A\" in force from 2026-03-16"+open+" {\n"+c.tier(c.new())+"}\n"), theDate.Add(-3001*time.Minute), c.facts)
	})
}

// Tables of requests, rows with more keys, rows that go and rows that come; by
// hand.
func TestAmendmentsOfOtherTables(t *testing.T) {
	e := prepared(t, `sla 1
contract "TABLES" {
  kind           fragment
  timezone       UTC
  term           12 months from 2026-01-01
}
calendar always open 24x7
calendar desk open Mon-Fri 08:00-18:00
calendar nights open when any of always except desk
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
}
tier gold {
  | priority | received during | restore within | clock  |
  | P1       | desk            | 2 h            | always |
  | P1       | nights          | 6 h            | always |
  | P2       | -               | 10 h           | always |
}
service erp {
  tier           gold
}
requests of erp {
  | request  | within | clock  |
  | new-user | 8 h    | always |
  | leaver   | 4 h    | always |
}
site aurillac "Aurillac" {
  instead        tier gold priority P1 restore within 9 h
}
amendment "A" in force from 2026-03-16, also for open tickets {
  tier gold {
    | priority | received during | restore within | clock  |
    | P1       | desk            | 1 h            | always |
    | P1       | nights          | 3 h            | always |
  }
  requests of erp {
    | request  | within | clock  |
    | new-user | 2 h    | always |
    | printer  | 5 h    | always |
  }
}
`)
	var facts []sla.Fact
	start := func(id, when, priority, request, site string) {
		at, err := time.Parse(time.RFC3339, "2026-03-"+when+":00Z")
		require.NoError(t, err)
		facts = append(facts, &sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: id, Event: "received", Service: "erp", Priority: priority, Request: request, Site: site})
	}
	start("D-old", "13T17:30", "P1", "", "")   // Friday, at the desk; late long before
	start("N-open", "15T22:00", "P1", "", "")  // by night, 3 h of 6 when it changes to 3: due 01:00
	start("N-new", "16T00:00", "P1", "", "")   // by night
	start("P2-open", "15T20:00", "P2", "", "") // nothing is promised of P2 any more
	start("P2-new", "16T00:30", "P2", "", "")
	start("U-open", "15T23:30", "", "new-user", "")
	start("L-open", "15T23:30", "", "leaver", "")
	start("R-new", "16T01:00", "", "printer", "")
	start("A-new", "16T09:00", "P1", "", "aurillac") // what a site says stays
	at := time.Date(2026, 3, 16, 10, 0, 0, 0, time.UTC)
	rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: at, Known: at}, AllTickets: true})
	require.NoError(t, err)
	require.Empty(t, rep.Intake.Refusals)
	var got []string
	for _, r := range rep.Tickets {
		due := "-"
		if r.Due != nil {
			due = r.Due.UTC().Format("02 15:04")
		}
		got = append(got, fmt.Sprint(r.Ticket, " ", r.Clock, " ", r.Verdict, " ", due))
	}
	assert.Equal(t, []string{
		"A-new restore running 16 18:00",
		"D-old restore late, open 13 19:30",
		"L-open deliver not covered -",
		"N-new restore late, open 16 03:00",
		"N-open restore late, open 16 01:00",
		"P2-new  not covered -",
		"P2-open restore not covered -",
		"R-new deliver late, open 16 06:00",
		"U-open deliver late, open 16 01:30",
	}, got)
}
