package sla

import (
	"container/heap"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// What a watch no longer holds: facts that are taken back, and tickets of which
// nothing is left to tell.

// takeBack remembers the tickets of which other facts are taken back now than
// when it was last asked.
func (w *Watch) takeBack() {
	was := w.gone
	if w.gone = w.run.withdrawnBy(w.now); w.gone == was {
		return
	}
	differs := func(f Fact) bool { return was.has(f) != w.gone.has(f) }
	for log := range w.run.tickets.all() {
		if slices.ContainsFunc(log.facts, func(t ticketFact) bool { return differs(t.fact) }) {
			w.fresh[log.id] = true
		}
	}
	for id, keys := range w.run.contests {
		if slices.ContainsFunc(keys, func(key factKey) bool { return differs(w.run.store[key].revisions[0].fact) }) {
			w.fresh[id] = true
		}
	}
}

// fold lets a stream in order of time forget the tickets of which nothing is
// left to tell.
func (w *Watch) fold() {
	r := w.run
	if r.withdrawnBy(w.now) != nil && r.gone.until < calendar.MaxInstant {
		return // something that is not known yet takes facts back
	}
	for len(r.waiting) > 0 && r.waiting[0].final < min(r.watermark, w.now) {
		log := heap.Pop(&r.waiting).(*ticketLog)
		if t := w.tickets[log.id]; t != nil && t.place >= 0 {
			log.final = w.queue[t.place].next
			heap.Push(&r.waiting, log)
			continue
		}
		id := log.id
		if r.fold(log); r.tickets.get(id) == nil {
			w.forget(id)
		}
	}
}

// forget lets a ticket go.
func (w *Watch) forget(id string) {
	if t := w.tickets[id]; t != nil {
		w.queue.put(t, calendar.MaxInstant)
		delete(w.tickets, id)
	}
}
