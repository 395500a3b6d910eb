package bench

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A month of facts of a large provider: outages and tickets of 20 services in
// the order of time, each ticket received, responded, restored and closed.

const services = 20

// MonthEngine is the contract of the month.
func MonthEngine() *sla.Engine {
	var b strings.Builder
	b.WriteString(head)
	b.WriteString("tier gold {\n  | priority | respond within | restore within | clock | in time |\n")
	b.WriteString("  | P1 | 15 min | 3 h | always | 95% |\n  | P2 | 2 h | 8 h | support-hours | 90% |\n}\n")
	for i := range services {
		fmt.Fprintf(&b, "service s%d \"S\" {\n  tier gold\n  fee 6000.00 EUR per month\n  excludes \"Licences\"\n}\n", i)
		fmt.Fprintf(&b, "objective a%d of s%d {\n  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.50%%\n  exclude customer-cause\n  credit 5%% of the fee of s%d below 99.50%%\n}\n", i, i, i)
	}
	a := dsl.Analyze("month.sla", b.String())
	e, err := sla.Prepare(a.Contract)
	if err != nil {
		panic(fmt.Sprint(err, a.Diagnostics))
	}
	return e
}

// MonthFacts is the coverage of the month, outages and ticket events of March
// 2026, in the order of time.
func MonthFacts(outages, events int) []sla.Fact {
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	span := 30 * 24 * time.Hour
	var facts []sla.Fact
	for i := range services {
		head := sla.Head{ID: fmt.Sprint("c", i), Occurred: start.AddDate(0, 0, -1), Source: "m"}
		facts = append(facts, &sla.Coverage{Head: head, Service: fmt.Sprint("s", i), Until: start.AddDate(0, 1, 1)})
	}
	for n := range outages {
		at := start.Add(span / time.Duration(outages) * time.Duration(n))
		head := sla.Head{ID: fmt.Sprint("o", n), Occurred: at, Source: "m"}
		facts = append(facts, &sla.Outage{Head: head, Service: fmt.Sprint("s", n%services), Until: at.Add(time.Duration(n%50+1) * time.Second), Incident: fmt.Sprint("i", n)})
	}
	tickets := events / 4
	for n := range tickets {
		for _, ev := range life(n, start.Add(span/time.Duration(tickets)*time.Duration(n))) {
			facts = append(facts, ev)
		}
	}
	slices.SortStableFunc(facts, func(a, b sla.Fact) int { return a.Header().Occurred.Compare(b.Header().Occurred) })
	return facts
}

func life(n int, at time.Time) []*sla.TicketEvent {
	id := fmt.Sprint("T-", n)
	event := func(name string, after time.Duration) *sla.TicketEvent {
		return &sla.TicketEvent{Head: sla.Head{Occurred: at.Add(after)}, Ticket: id, Event: name}
	}
	received := event("received", 0)
	received.Service, received.Priority, received.Channel = fmt.Sprint("s", n%services), fmt.Sprint("P", n%2+1), "phone"
	return []*sla.TicketEvent{
		received, event("responded", time.Duration(n%20)*time.Minute), event("restored", time.Duration(30+n%200)*time.Minute), event("closed", time.Duration(240)*time.Minute),
	}
}
