package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// An unorderedPair is two events or priorities of a ticket at one instant of
// which the facts do not say which came first, where that matters. The first is
// taken to have come first: a ticket is taken up before it waits or is done.
type unorderedPair struct {
	ticket, first, second string
	at                    calendar.Instant
}

// maxUnordered is how many are named.
const maxUnordered = 100

// unordered gathers the pairs of a ticket known by asOf.
func (t *tallies) unordered(e *Engine, v *ticketView, asOf calendar.Instant) {
	for i := 1; i < len(v.events); i++ {
		second := &v.events[i]
		for j := i - 1; j >= 0 && v.events[j].At == second.At && second.At <= asOf; j-- {
			if first := &v.events[j]; (first.ID == "" || second.ID == "") && e.orderMatters(first, second) {
				t.addUnordered(unorderedPair{v.id, first.Name, second.Name, second.At})
			}
		}
	}
	for i := 1; i < len(v.facts); i++ {
		a, b := v.facts[i-1], v.facts[i]
		if a.at != b.at || b.at > asOf || a.fact.Header().ID != "" && b.fact.Header().ID != "" {
			continue
		}
		if first, second := prioritySaid(a.fact), prioritySaid(b.fact); first != "" && second != "" && first != second {
			t.addUnordered(unorderedPair{v.id, first, second, b.at})
		}
	}
}

// countLater counts the facts of a ticket, in order of time, that are of later
// than the view's instant.
func (v *view) countLater(facts []*ticketFact) {
	for i := len(facts) - 1; i >= 0 && facts[i].at > v.valid; i-- {
		v.later++
	}
}

// prioritySaid is the priority that a fact gives its ticket.
func prioritySaid(f Fact) string {
	switch f := f.(type) {
	case *TicketEvent:
		return f.Priority
	case *PriorityChange:
		return f.Priority
	}
	return ""
}

// orderMatters says whether a ticket stands otherwise where one of two events of
// an instant came after the other and not before it: one takes it up, and by
// the other it waits or is done; it is put into two states; it is done and
// cancelled; or a message and its answer are one or not.
func (e *Engine) orderMatters(a, b *clock.Event) bool {
	return a.Name != b.Name && (e.undoes(a, b) || e.undoes(b, a))
}

// undoes says whether an event does away with what another has done.
func (e *Engine) undoes(a, b *clock.Event) bool {
	waits := b.Until == nil && !e.tickets.Milestones.Has(b.Word)
	isDone := func(again bool) bool {
		return slices.ContainsFunc(e.promises, func(p promisePlan) bool {
			m := p.measure
			return m.Stops.Has(b.Word) && (m.Kind == clock.Exchange) == (a.Name == clock.Message) && (m.Reopens || !again)
		})
	}
	switch a.Name {
	case clock.Resumed:
		return waits
	case clock.Reopened:
		return waits || isDone(true)
	case clock.Message, clock.Cancelled:
		return isDone(false)
	}
	if e.tickets.Cancels.Has(a.Word) {
		return isDone(false)
	}
	return waits && a.Until == nil && !e.tickets.Milestones.Has(a.Word)
}

// addUnordered keeps the first ones by ticket, whatever the order they come in.
func (t *tallies) addUnordered(p unorderedPair) {
	at, found := slices.BinarySearchFunc(t.atOnce, p, func(a, b unorderedPair) int {
		return cmp.Or(cmp.Compare(a.ticket, b.ticket), cmp.Compare(a.at, b.at), cmp.Compare(a.second, b.second), cmp.Compare(a.first, b.first))
	})
	if at < maxUnordered && !found {
		t.atOnce = slices.Insert(t.atOnce, at, p)
		t.atOnce = t.atOnce[:min(len(t.atOnce), maxUnordered)]
	}
}

// unorderedEvents tells of them.
func (v *view) unorderedEvents() {
	for i := range v.tallies.atOnce {
		p := &v.tallies.atOnce[i]
		v.found(CodeOrderUnknown, "clocks", Name("ticket", p.ticket), Name("first", p.first), Name("second", p.second), v.e.instantArg("at", p.at))
	}
}
