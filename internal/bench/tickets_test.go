package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	segment "github.com/segmentio/encoding/json"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// TicketsEngine is a contract of one tier with hours of business.
func TicketsEngine() *sla.Engine {
	a := dsl.Analyze("tickets.sla", head+`tier gold {
  | priority | respond within | close within | clock         | in time |
  | P1       | 30 min         | 4 h          | support-hours | 95%     |
  | P2       | 2 h            | 8 h          | support-hours | 90%     |
}
service s0 "S" {
  tier gold
}
`)
	e, err := sla.Prepare(a.Contract)
	if err != nil {
		panic(fmt.Sprint(err, a.Diagnostics))
	}
	return e
}

// TicketFacts are tickets with three events each – received, responded
// and closed – in the order of time, one after the other in memory as a reader
// makes them.
func TicketFacts(tickets int) []sla.Fact {
	start, span := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), 30*24*time.Hour
	events := make([]sla.TicketEvent, 0, 3*tickets)
	for n := range tickets {
		at := start.Add(span / time.Duration(tickets) * time.Duration(n))
		id := fmt.Sprint("T-", n)
		events = append(events,
			sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: id, Event: "received", Service: "s0", Priority: fmt.Sprint("P", n%2+1)},
			sla.TicketEvent{Head: sla.Head{Occurred: at.Add(time.Duration(n%40) * time.Minute)}, Ticket: id, Event: "responded"},
			sla.TicketEvent{Head: sla.Head{Occurred: at.Add(time.Duration(40+n%200) * time.Minute)}, Ticket: id, Event: "closed"})
	}
	slices.SortStableFunc(events, func(a, b sla.TicketEvent) int { return a.Occurred.Compare(b.Occurred) })
	facts := make([]sla.Fact, len(events))
	for i := range events {
		facts[i] = &events[i]
	}
	return facts
}

// plainTickets judges the same tickets as one writes it first: a map of what is
// known of each, and a walk over local days when one is closed.
func plainTickets(w *dayWalk, facts []sla.Fact) (met, late int) {
	type ticket struct {
		received, responded time.Time
		priority            string
	}
	open := map[string]*ticket{}
	limits := map[string][2]time.Duration{"P1": {30 * time.Minute, 4 * time.Hour}, "P2": {2 * time.Hour, 8 * time.Hour}}
	for _, f := range facts {
		e := f.(*sla.TicketEvent)
		switch e.Event {
		case "received":
			open[e.Ticket] = &ticket{received: e.Occurred, priority: e.Priority}
		case "responded":
			open[e.Ticket].responded = e.Occurred
		case "closed":
			t := open[e.Ticket]
			for i, stop := range []time.Time{t.responded, e.Occurred} {
				if w.between(t.received, stop) <= limits[t.priority][i] {
					met++
				} else {
					late++
				}
			}
			delete(open, e.Ticket)
		}
	}
	return met, late
}

// BenchmarkTickets evaluates tickets with three events each and clocks on
// hours of business from a stream in memory: taken in, judged, counted and
// explained, in order of time, where closed tickets are forgotten, and in any
// order; beside the plain way to judge them alone.
func BenchmarkTickets(b *testing.B) {
	tickets := 200_000
	if testing.Short() {
		tickets = 2_000
	}
	e, events := TicketsEngine(), TicketFacts(tickets)
	from, to, _ := sla.ParsePeriods("2026-03")
	for _, order := range []struct {
		name string
		sla.Order
	}{{"in-time", sla.Order{InTime: true}}, {"any-order", sla.Order{}}} {
		b.Run(order.name, func(b *testing.B) {
			measured(b, tickets, "ticket", func() {
				o := sla.Options{From: from, To: to, Order: order.Order}
				rep, err := sla.Evaluate(context.Background(), e, slices.Values(events), o)
				if err != nil || rep.Intake.Refused > 0 {
					b.Fatal(err, rep.Intake)
				}
			})
		})
	}
	b.Run("plain", func(b *testing.B) {
		w := walker(b)
		measured(b, tickets, "ticket", func() {
			if met, late := plainTickets(w, events); met+late != 2*tickets {
				b.Fatal(met, late)
			}
		})
	})
}

// BenchmarkTicketsRead evaluates the same tickets from rows of NDJSON, beside
// what segmentio takes to decode the rows.
func BenchmarkTicketsRead(b *testing.B) {
	tickets := 100_000
	if testing.Short() {
		tickets = 2_000
	}
	e, rows := TicketsEngine(), rowsOf(TicketFacts(tickets))
	from, to, _ := sla.ParsePeriods("2026-03")
	b.Run("sla", func(b *testing.B) {
		measured(b, 3*tickets, "row", func() {
			run, err := e.Open(nil)
			if err != nil {
				b.Fatal(err)
			}
			run.Declare(sla.Order{InTime: true})
			if err := facts.Read(run, "tickets.ndjson", bytes.NewReader(rows), facts.Options{}); err != nil {
				b.Fatal(err)
			}
			if rep, err := run.Report(sla.Options{From: from, To: to}); err != nil || rep.Intake.Refused > 0 {
				b.Fatal(err, rep.Intake)
			}
		})
	})
	b.Run("segmentio-decode", func(b *testing.B) {
		measured(b, 3*tickets, "row", func() {
			dec := segment.NewDecoder(bytes.NewReader(rows))
			for {
				var r row
				if err := dec.Decode(&r); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}

// BenchmarkLive follows open tickets, 100,000 of them: one event and what it
// changes, with the next instant at which anything does; and where one ticket
// stands, with why. The plain way looks for the next instant among all.
func BenchmarkLive(b *testing.B) {
	tickets := 100_000
	if testing.Short() {
		tickets = 1_000
	}
	start := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	ids := make([]string, tickets)
	for n := range ids {
		ids[n] = fmt.Sprint("T-", n)
	}
	w := watchOf(b, ids, start)
	n := 0
	b.Run("event", func(b *testing.B) {
		measured(b, 1, "event", func() {
			at := w.Now().Add(time.Microsecond)
			n++
			w.Add(&sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: ids[n*7919%tickets], Event: "updated"})
			if _, err := w.Advance(at); err != nil {
				b.Fatal(err)
			}
			if _, ok := w.Next(); !ok {
				b.Fatal("nothing is due")
			}
		})
	})
	b.Run("query", func(b *testing.B) {
		measured(b, 1, "query", func() {
			n++
			if clocks, err := w.Ticket(ids[n*7919%tickets]); err != nil || len(clocks) != 2 {
				b.Fatal(clocks, err)
			}
		})
	})
	b.Run("plain", func(b *testing.B) {
		walk := walker(b)
		due := map[string]time.Time{}
		for _, id := range ids {
			due[id] = walk.add(start, 4*time.Hour)
		}
		measured(b, 1, "event", func() {
			n++
			due[ids[n*7919%tickets]] = walk.add(start, 4*time.Hour)
			next := time.Time{}
			for _, at := range due {
				if next.IsZero() || at.Before(next) {
					next = at
				}
			}
		})
	})
}

// watchOf follows tickets that were received one millisecond after the other.
func watchOf(b *testing.B, ids []string, start time.Time) *sla.Watch {
	run, err := TicketsEngine().Open(nil)
	if err != nil {
		b.Fatal(err)
	}
	for n, id := range ids {
		at := start.Add(time.Duration(n) * time.Millisecond)
		run.Add(&sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: id, Event: "received", Service: "s0", Priority: fmt.Sprint("P", n%2+1)})
	}
	w, err := run.Watch(start.Add(10 * time.Minute))
	if err != nil {
		b.Fatal(err)
	}
	return w
}
