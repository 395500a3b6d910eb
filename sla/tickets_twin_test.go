package sla_test

import (
	"context"
	"fmt"
	"math/big"
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

// The evaluator of tickets against a slow twin that walks each ticket minute
// by minute and follows semantics 2 to the letter.

// A ticketCase is a contract's clock rules and the tickets of some months.
type ticketCase struct {
	zone            *time.Location
	calendar        string
	respond         int // minutes
	restore         int // minutes, or
	restoreDays     int // business days
	withNote        bool
	limit           int // minutes of pauses in total, 0 for none
	restoredCounts  bool
	workaround      bool
	automatic       bool
	target          string
	small           int
	tickets         [][]slowEvent
	start, end, now time.Time
	open            []bool // by minute from the start
}

// A slowEvent is an event at a minute from the ticket's receipt.
type slowEvent struct {
	at, until             int // until 0: open
	name                  string
	note, auto, provisory bool
}

func (c *ticketCase) contract() string {
	pick := func(yes bool, a, b string) string {
		if yes {
			return a
		}
		return b
	}
	pause := "while waiting-on-customer" + pick(c.withNote, ", with a note", "")
	if c.limit > 0 {
		pause += fmt.Sprintf(", at most %d min in total", c.limit)
	}
	restore := fmt.Sprintf("%d min", c.restore)
	if c.restoreDays > 0 {
		restore = fmt.Sprintf("%d business days", c.restoreDays)
	}
	return fmt.Sprintf(`sla 1
contract "TWIN" {
  kind           fragment
  timezone       %s
  currency       EUR
  business days  of desk
}
calendar always open 24x7
calendar desk {
  open           Mon-Fri 08:00-19:00
  business day   the day of receipt is not counted, a receipt outside hours keeps its date, due at closing time
}
calendar nights {
  open           Mon-Sat 22:00-06:00
  business day   the day of receipt is not counted, a receipt outside hours keeps its date, due at closing time
}
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  source         tickets "desk"
  pause          %s
  never pause    while waiting-on-supplier
  reopen         within 48 h continues the same clock, the time while restored %s
  counted        when decided
  judged         each calendar month, for each service
  respond        means "an answer", an automatic reply %s
  restore        means "it works", a workaround %s
}
tier gold {
  | priority | respond within | restore within | clock | in time |
  | P1       | %d min         | %s             | %s    | 90%%    |
}
service erp "ERP" {
  tier           gold
  fee            1000.00 EUR per month
}
objective restored of tier gold priority P1, for each service {
  measure        share of restore in time each calendar month
  target         at least %s, or at most 1 late when fewer than %d tickets
  credit         2%% of the fee of the service for each late ticket beyond the allowance
}
`, c.zone, pause, pick(c.restoredCounts, "counts", "does not count"), pick(c.automatic, "counts", "does not count"), pick(c.workaround, "counts", "does not count"),
		c.respond, restore, c.calendar, c.target, c.small)
}

func drawTickets(t *rapid.T) *ticketCase {
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Paris", "America/New_York", "UTC"}).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	c := &ticketCase{
		zone: zone, calendar: rapid.SampledFrom([]string{"always", "desk", "nights"}).Draw(t, "calendar"),
		respond: rapid.SampledFrom([]int{15, 60, 300}).Draw(t, "respond"), restore: rapid.SampledFrom([]int{60, 240, 1200}).Draw(t, "restore"),
		withNote: rapid.Bool().Draw(t, "with note"), limit: rapid.SampledFrom([]int{0, 0, 30, 400}).Draw(t, "limit"),
		restoredCounts: rapid.Bool().Draw(t, "restored counts"), workaround: rapid.Bool().Draw(t, "workaround"), automatic: rapid.Bool().Draw(t, "automatic"),
		target: rapid.SampledFrom([]string{"95%", "80%", "100%"}).Draw(t, "target"), small: rapid.SampledFrom([]int{2, 5}).Draw(t, "small"),
		start: time.Date(2026, 3, 1, 0, 0, 0, 0, zone), end: time.Date(2026, 5, 1, 0, 0, 0, 0, zone), now: time.Date(2026, 6, 1, 0, 0, 0, 0, zone),
	}
	if rapid.IntRange(0, 2).Draw(t, "in days") == 0 {
		c.restoreDays = rapid.IntRange(1, 4).Draw(t, "days")
	}
	names := []string{"responded", "waiting-on-customer", "waiting-on-customer", "waiting-on-supplier", "resumed", "restored", "restored", "reopened"}
	for range rapid.IntRange(1, 4).Draw(t, "tickets") {
		events := []slowEvent{{name: "received"}}
		at := 0
		for range rapid.IntRange(0, 8).Draw(t, "events") {
			at += 1 + rapid.SampledFrom([]int{3, 20, 90, 700, 3000}).Draw(t, "gap") + rapid.IntRange(0, 30).Draw(t, "more")
			e := slowEvent{
				at: at, name: rapid.SampledFrom(names).Draw(t, "event"), note: rapid.Bool().Draw(t, "note"),
				auto: rapid.IntRange(0, 3).Draw(t, "auto") == 0, provisory: rapid.IntRange(0, 3).Draw(t, "provisory") == 0,
			}
			if strings.HasPrefix(e.name, "waiting") && rapid.Bool().Draw(t, "ends") {
				e.until = at + rapid.IntRange(1, 900).Draw(t, "until")
			}
			events = append(events, e)
		}
		c.tickets = append(c.tickets, events)
	}
	return c
}

func (c *ticketCase) received(i int) time.Time {
	return c.start.Add(time.Duration(37+i*7213) * time.Minute)
}

func (c *ticketCase) facts() (out []sla.Fact) {
	for i, events := range c.tickets {
		for _, e := range events {
			f := &sla.TicketEvent{
				Head: sla.Head{Occurred: c.received(i).Add(time.Duration(e.at) * time.Minute)}, Ticket: fmt.Sprintf("T-%d", i), Event: e.name,
				Automatic: e.auto && e.name == "responded", Workaround: e.provisory && e.name == "restored",
			}
			if e.name == "received" {
				f.Service, f.Priority = "erp", "P1"
			}
			if e.note {
				f.Note = "asked"
			}
			if e.until > 0 {
				f.Until = c.received(i).Add(time.Duration(e.until) * time.Minute)
			}
			out = append(out, f)
		}
	}
	return out
}

// A slowClock is what the twin makes of one clock.
type slowClock struct {
	elapsed, held int
	target        int
	state         string
	decided       time.Time
	// date is when a target in business days falls due if nothing delays it;
	// delayed says that something did.
	date    time.Time
	delayed bool
}

// targetOf is the target in minutes of open time from the receipt, and the
// date's end for one in business days.
func (c *ticketCase) targetOf(measure string, received time.Time) (minutes int, date time.Time) {
	if measure == "respond" {
		return c.respond, date
	}
	if c.restoreDays == 0 {
		return c.restore, date
	}
	business := &downtimeCase{zone: c.zone}
	due := business.deadline(received, c.restoreDays)
	n := 0
	for m := received; m.Before(due); m = m.Add(time.Minute) {
		if c.isOpen(m) {
			n++
		}
	}
	return n, due
}

// isOpen looks a minute up in a table made once.
func (c *ticketCase) isOpen(at time.Time) bool {
	if c.open == nil {
		for m := c.start; m.Before(c.now.AddDate(0, 0, 30)); m = m.Add(time.Minute) {
			c.open = append(c.open, openAt(c.calendar, m.In(c.zone)))
		}
	}
	return c.open[int(at.Sub(c.start)/time.Minute)]
}

// walk follows one clock of a ticket until it is asked about.
func (c *ticketCase) walk(i int, measure string) slowClock {
	events, received := c.tickets[i], c.received(i)
	k := slowClock{state: "running"}
	k.target, k.date = c.targetOf(measure, received)
	stopped, stoppedAt, waits, ends := false, 0, false, 0 // an open wait; the last end of stated ones
	var idle []bool                                       // by minute since the stop, whether a pause holds it
	next := 0
	for m := 0; ; m++ {
		now := received.Add(time.Duration(m) * time.Minute)
		if !now.Before(c.now) {
			break
		}
		for ; next < len(events) && events[next].at == m; next++ {
			e := events[next]
			switch e.name {
			case "waiting-on-customer":
				switch {
				case c.withNote && !e.note:
				case e.until > 0:
					ends = max(ends, e.until)
				default:
					waits = true
				}
			case "waiting-on-supplier":
				waits = waits && e.until > 0
			case "resumed":
				waits, ends = false, 0
			case "responded":
				if measure == "respond" && !stopped && (!e.auto || c.automatic) {
					stopped, stoppedAt = true, m
				}
			case "restored":
				if measure == "restore" {
					waits, ends = false, 0
					if !stopped && (!e.provisory || c.workaround) {
						stopped, stoppedAt = true, m
					}
				}
			case "reopened":
				waits, ends = false, 0
				if measure == "restore" && stopped && m <= stoppedAt+48*60 {
					for s, held := range idle {
						c.tick(&k, received.Add(time.Duration(stoppedAt+s)*time.Minute), held, !c.restoredCounts)
					}
					stopped = false
				}
			}
		}
		paused := waits || m < ends
		if stopped {
			idle = append(idle, paused)
			continue
		}
		idle = idle[:0]
		c.tick(&k, now, paused, false)
	}
	switch {
	case k.elapsed > k.target && stopped:
		k.state = "late"
	case k.elapsed > k.target:
		k.state = "late, open"
	case stopped:
		k.state, k.decided = "met", received.Add(time.Duration(stoppedAt)*time.Minute)
	}
	return k
}

// tick lets one minute pass; one that is forgiven does not count, paused or not.
func (c *ticketCase) tick(k *slowClock, now time.Time, paused, forgiven bool) {
	if !c.isOpen(now) {
		return
	}
	if paused && (c.limit == 0 || k.held < c.limit) {
		k.held++
		k.delayed = true
		return
	}
	if forgiven {
		k.delayed = true
		return
	}
	if k.elapsed++; k.elapsed == k.target {
		k.decided = now.Add(time.Minute) // the earliest instant at which the target is reached
		if !k.date.IsZero() && !k.delayed {
			k.decided = k.date
		}
	}
}

func TestTicketsAgainstTwin(t *testing.T) {
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		c := drawTickets(t)
		if startsNewClock(c) {
			t.Skip("a second clock of one ticket is another test")
		}
		a := dsl.Analyze("twin.sla", c.contract())
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		o := sla.Options{From: dateOf(c.start), To: dateOf(c.end), AsOf: sla.AsOf{Valid: c.now, Known: c.now}, AllTickets: true}
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(c.facts()), o)
		require.NoError(t, err)
		countsAlike(t, engine, c.facts(), o, rep)
		require.Empty(t, rep.Intake.Refusals)
		decided := map[string][2]int{} // month: total, late
		for i := range c.tickets {
			for _, measure := range []string{"respond", "restore"} {
				want := c.walk(i, measure)
				seen[want.state]++
				got := ticketResult(t, rep, fmt.Sprintf("T-%d", i), measure)
				if got.Verdict == "paused" {
					got.Verdict = "running"
				}
				require.Equal(t, want.state, got.Verdict, "T-%d %s %+v", i, measure, want)
				minutes := func(n int) string { return fmt.Sprint(n * 60) }
				if want.state == "met" || want.state == "late" {
					require.Equal(t, []string{minutes(want.target), minutes(want.elapsed), minutes(want.held)}, []string{got.Target, got.Elapsed, got.Paused}, "T-%d %s %+v %+v", i, measure, c.tickets[i], c.restoredCounts)
				}
				if strings.HasPrefix(want.state, "late") && got.Due != nil {
					require.Equal(t, want.decided.UTC(), got.Due.UTC(), "T-%d %s %+v", i, measure, c.tickets[i])
				}
				if measure == "restore" && want.state != "running" {
					month := want.decided.In(c.zone).Format("2006-01")
					n := decided[month]
					n[0]++
					if want.state != "met" {
						n[1]++
					}
					decided[month] = n
				}
			}
		}
		for _, month := range []string{"2026-03", "2026-04"} {
			c.compareMonth(t, rep, month, decided[month])
		}
	}, "met", "late", "late, open", "running")
}

// countsAlike says that clocks which are only counted, and not listed, come to
// the same results.
func countsAlike(t require.TestingT, e *sla.Engine, facts []sla.Fact, o sla.Options, listed *sla.Report) {
	o.AllTickets = false
	counted, err := sla.Evaluate(context.Background(), e, slices.Values(facts), o)
	require.NoError(t, err)
	require.Equal(t, listed.Results, counted.Results)
	require.Equal(t, listed.Receipt, counted.Receipt)
	require.Equal(t, listed.Findings, counted.Findings)
	for _, clock := range counted.Tickets {
		require.Contains(t, listed.Tickets, clock)
	}
}

// compareMonth judges the share of a month from its counts.
func (c *ticketCase) compareMonth(t *rapid.T, rep *sla.Report, month string, n [2]int) {
	for _, r := range rep.Results {
		if r.Objective != "restored" || r.Period.Name != month {
			continue
		}
		if n[0] == 0 {
			assert.Equal(t, sla.NotMeasured, r.Verdict, month)
			return
		}
		target, _ := new(big.Rat).SetString(strings.TrimSuffix(c.target, "%"))
		allowed := 0
		for allowed < n[0] && new(big.Rat).Mul(big.NewRat(int64(n[0]-allowed-1), int64(n[0])), big.NewRat(100, 1)).Cmp(target) >= 0 {
			allowed++
		}
		if n[0] < c.small {
			allowed = max(allowed, 1)
		}
		verdict, credit := sla.Met, 0
		if n[1] > allowed {
			verdict, credit = sla.Missed, 20*(n[1]-allowed)
		}
		assert.Equal(t, verdict, r.Verdict, month)
		assert.Equal(t, []int{n[0], n[1], allowed}, []int{*r.Measured.Total, *r.Measured.Late, *r.Measured.Allowed}, month)
		if verdict == sla.Missed {
			assert.Equal(t, fmt.Sprintf("%d.00 EUR", credit), r.Credit.String(), month)
		}
		return
	}
	t.Fatalf("no result for %s", month)
}

func ticketResult(t *rapid.T, rep *sla.Report, ticket, measure string) sla.TicketResult {
	for _, r := range rep.Tickets {
		if r.Ticket == ticket && r.Clock == measure {
			return r
		}
	}
	t.Fatalf("no clock %s of %s", measure, ticket)
	return sla.TicketResult{}
}

// startsNewClock says whether a reopening comes too late for the same clock.
func startsNewClock(c *ticketCase) bool {
	for _, events := range c.tickets {
		stopped := -1
		for _, e := range events {
			switch {
			case e.name == "restored" && stopped < 0 && (!e.provisory || c.workaround):
				stopped = e.at
			case e.name == "reopened" && stopped >= 0:
				if e.at > stopped+48*60 {
					return true
				}
				stopped = -1
			}
		}
	}
	return false
}
