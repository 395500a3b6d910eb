package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// An earlyEvent is an event of a ticket that is dated before the receipt. It
// is about a ticket that nobody had heard of, so it stops and cancels nothing,
// and of a wait only what lies after the receipt counts: most likely one of
// the two instants is wrong.
type earlyEvent struct {
	ticket, name string
	at, received calendar.Instant
}

// maxEarly is how many are named.
const maxEarly = 100

// earlier gathers the events of a ticket that are dated before its receipt and
// known by asOf. What a contract lets start a clock may come before, and so
// may messages.
func (t *tallies) earlier(e *Engine, v *ticketView, asOf calendar.Instant) {
	isReceipt := func(ev clock.Event) bool { return ev.Name == clock.Received || ev.Name == clock.Recorded }
	first := slices.IndexFunc(v.events, isReceipt)
	if first <= 0 || v.events[first].At > asOf {
		return
	}
	received := v.events[first].At
	for i := range v.events[:first] {
		ev := &v.events[i]
		if ev.At >= received || ev.Name == clock.Message || e.begins[ev.Name] {
			continue
		}
		t.addEarly(earlyEvent{v.id, ev.Name, ev.At, received})
	}
}

// addEarly keeps the first ones by ticket, whatever the order they come in.
func (t *tallies) addEarly(ev earlyEvent) {
	at, _ := slices.BinarySearchFunc(t.early, ev, func(a, b earlyEvent) int {
		return cmp.Or(cmp.Compare(a.ticket, b.ticket), cmp.Compare(a.at, b.at), cmp.Compare(a.name, b.name))
	})
	if at < maxEarly {
		t.early = slices.Insert(t.early, at, ev)
		t.early = t.early[:min(len(t.early), maxEarly)]
	}
}

// beginnings are the events that may start a clock, beside receipts: they come
// when they come.
func (e *Engine) beginnings() map[string]bool {
	names := setOf(append(e.contract.dutyStarts(), "assigned", "detected"))
	for _, m := range e.names.list(milestoneName) {
		names[m] = true
	}
	for _, k := range append([]Clocks{ptrOr(e.contract.Clocks)}, e.contract.ClocksOf...) {
		if k.Start != nil && k.Start.Event != "" {
			names[k.Start.Event] = true
		}
	}
	for _, t := range e.contract.allTiers() {
		for _, row := range t.Rows {
			names[row.CountedFrom] = true
		}
	}
	for _, t := range e.contract.allRequests() {
		for _, row := range t.Rows {
			names[row.CountedFrom] = true
		}
	}
	return names
}

// earlyEvents tells of them.
func (v *view) earlyEvents() {
	for i := range v.tallies.early {
		ev := &v.tallies.early[i]
		v.found(CodeBeforeReceipt, "clocks/start", Name("ticket", ev.ticket), Name("event", ev.name), v.e.instantArg("at", ev.at), v.e.instantArg("received", ev.received))
	}
}
