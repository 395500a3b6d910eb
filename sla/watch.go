package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// A Watch follows the clocks of tickets as time goes on. It is the run's own
// evaluation asked at one instant after another, so that it never says
// anything that a report would not: facts go in with [Watch.Add], time goes on
// with [Watch.Advance], which tells what has changed, and [Watch.Next] is when
// that is worth asking again.
//
// A Watch has no state of its own to save: one made anew from the same facts
// ([Run.Facts]) and instant says the same from there on. Tickets that a stream in
// order of time folds away ([Order]) are told of to their end before they are
// forgotten. It belongs to one goroutine at a time.
type Watch struct {
	run     *Run
	now     calendar.Instant
	tickets map[string]*watched
	queue   watchQueue
	// fresh are tickets with facts that have not been looked at.
	fresh map[string]bool
	// gone is what corrections took back when it was last asked.
	gone *withdrawn
	// seen and ticket are the room in which tickets are looked at, one after
	// the other.
	seen   view
	ticket ticketView
	judged []judgement
	stand  []standing
}

// A watched is a ticket and what was last said of it.
type watched struct {
	id     string
	clocks []standing
	// place is its index in the queue, -1 outside.
	place int
}

// A Change is a clock of which something has changed.
type Change struct {
	// At is when it changed: an event, or an instant between events.
	At time.Time `json:"at"`
	// What lists what changed: verdict, due, level, warned, priority, service;
	// final, where a reopening can change the verdict no more, or provisional,
	// where it can again; or withdrawn, where the clock is there no more.
	What []string `json:"what"`
	// Was is the verdict before, where that changed; empty for a new clock.
	Was string `json:"was,omitempty"`
	TicketResult
}

// Watch follows the tickets of a run from an instant on; what was so by then
// is where it starts from and no change. The error is an *[EvaluationError].
func (r *Run) Watch(now time.Time) (*Watch, error) {
	r.watched = true
	w := &Watch{run: r, now: instant(now), tickets: map[string]*watched{}, fresh: map[string]bool{}}
	w.seen.e, w.gone = r.engine, r.withdrawnBy(w.now)
	for log := range r.tickets.all() {
		if _, err := w.look(log.id); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Now is the instant the watch has come to.
func (w *Watch) Now() time.Time { return w.run.engine.local(w.now) }

// Run is the run that is followed; facts must be added to the watch instead.
func (w *Watch) Run() *Run { return w.run }

// Add takes a fact in, in any order: one about the past corrects what was
// said of its ticket, one about the future waits. It returns why the fact was
// refused, or nil.
func (w *Watch) Add(f Fact) *Refusal {
	no := w.run.Add(f)
	w.touch(f, no)
	return no
}

// AddFrom is [Watch.Add] for a fact that stands in a file.
func (w *Watch) AddFrom(f Fact, file string, line int) *Refusal {
	no := w.run.AddFrom(f, file, line)
	w.touch(f, no)
	return no
}

// Refuse counts a fact that could not be read.
func (w *Watch) Refuse(no Refusal) { w.run.Refuse(no) }

// touch remembers which tickets a fact concerns.
func (w *Watch) touch(f Fact, no *Refusal) {
	switch f := f.(type) {
	case *TicketEvent:
		w.touchTicket(f.Ticket, f, no)
	case *PriorityChange:
		w.touchTicket(f.Ticket, f, no)
	case *Contest:
		w.fresh[f.Ticket] = true
	case *Correction:
		w.takeBack()
	}
}

// touchTicket remembers that a ticket has a new fact. One that is not known yet
// changes nothing about how a ticket stands: it is looked at in its time.
func (w *Watch) touchTicket(id string, f Fact, no *Refusal) {
	t, known := w.tickets[id], recordedAt(f)
	if no != nil || t == nil || w.fresh[id] || known <= w.now {
		w.fresh[id] = true
		return
	}
	next := known
	if t.place >= 0 {
		next = min(next, w.queue[t.place].next)
	}
	if at := instant(f.Header().Occurred); at > w.now {
		next = min(next, at)
	}
	if until := untilOf(f); !until.IsZero() && instant(until) > w.now {
		next = min(next, instant(until))
	}
	w.queue.put(t, next)
}

// Advance lets time go on to an instant and gives what has changed since, in
// the order in which it happened. An instant that is not later only looks at
// facts that came in. The error is an *[EvaluationError].
func (w *Watch) Advance(now time.Time) ([]Change, error) {
	var out []Change
	for to := instant(now); ; {
		if err := w.catchUp(&out); err != nil {
			return nil, err
		}
		if w.now >= to {
			w.fold()
			return out, nil
		}
		w.now = min(to, w.next())
		for len(w.queue) > 0 && w.queue[0].next <= w.now {
			changes, err := w.look(w.queue[0].ticket.id)
			if err != nil {
				return nil, err
			}
			out = append(out, changes...)
		}
	}
}

// next is when a ticket changes by itself next, or something that is taken back
// becomes known; MaxInstant for never.
func (w *Watch) next() calendar.Instant {
	next := calendar.MaxInstant
	if len(w.queue) > 0 {
		next = w.queue[0].next
	}
	if w.run.withdrawnBy(w.now) != nil {
		next = min(next, w.run.gone.until)
	}
	return next
}

// catchUp looks at the tickets with new facts, or with others taken back.
func (w *Watch) catchUp(out *[]Change) error {
	w.takeBack()
	if len(w.fresh) == 0 {
		return nil
	}
	ids := make([]string, 0, len(w.fresh))
	for id := range w.fresh {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		changes, err := w.look(id)
		if err != nil {
			return err
		}
		*out = append(*out, changes...)
		delete(w.fresh, id)
	}
	return nil
}

// Next is when something changes by itself next: an event that is known
// already, a correction that becomes known, a clock that falls due, a warning, a
// level of escalation, a pause or a time for reopening that runs out. It is
// false when nothing will.
func (w *Watch) Next() (time.Time, bool) {
	if len(w.fresh) > 0 {
		return w.Now(), true
	}
	next := w.next()
	if next == calendar.MaxInstant {
		return time.Time{}, false
	}
	return w.run.engine.local(next), true
}

// Ticket gives the clocks of a ticket as they stand now, with why.
func (w *Watch) Ticket(id string) ([]TicketResult, error) {
	return w.list([]string{id})
}

// list gives the clocks of tickets as they stand now.
func (w *Watch) list(ids []string) ([]TicketResult, error) {
	v := &w.seen
	v.refocus(w.run, w.now)
	v.tickets = nil
	for _, id := range ids {
		js, err := v.judgeOne(w.run, id, &w.ticket, w.judged[:0])
		if err == nil {
			err = v.listAhead(&w.ticket, js)
		}
		if err != nil {
			return nil, &EvaluationError{err}
		}
		w.judged = js
	}
	return v.tickets, nil
}

// look judges a ticket as it stands now, says what changed since it was last
// looked at, and puts it where it belongs in the queue.
func (w *Watch) look(id string) ([]Change, error) {
	if w.run.tickets.get(id) == nil {
		w.forget(id) // nothing is known of it yet, or another watch let it go
		return nil, nil
	}
	v := &w.seen
	v.refocus(w.run, w.now)
	js, err := v.judgeOne(w.run, id, &w.ticket, w.judged[:0])
	if err != nil {
		return nil, &EvaluationError{err}
	}
	w.judged, w.stand = js, w.stand[:0]
	for i := range js {
		w.stand = append(w.stand, v.standingOf(&js[i]))
	}
	t := w.tickets[id]
	if t == nil {
		t = &watched{id: id, place: -1}
		w.tickets[id] = t
	}
	changes := v.differences(&w.ticket, js, t.clocks, w.stand, v.e.local(w.now))
	t.clocks = append(t.clocks[:0], w.stand...)
	next, err := w.nextOf(&w.ticket, js, id, w.now)
	if err != nil {
		return nil, &EvaluationError{err}
	}
	w.queue.put(t, next)
	return changes, nil
}

// refocus lets a view of tickets alone see what is known at an instant.
func (v *view) refocus(r *Run, at calendar.Instant) {
	v.valid, v.known, v.gone = at, at, r.withdrawnBy(at)
}

// judgeOne judges the clocks of one ticket as a report at the view's instant
// would; none before its first event. They are appended to out, with the
// ticket in t.
func (v *view) judgeOne(r *Run, id string, t *ticketView, out []judgement) ([]judgement, error) {
	log := r.tickets.get(id)
	if log == nil {
		*t = ticketView{id: id, events: t.events[:0], changes: t.changes[:0], facts: t.facts[:0]}
		return out, nil
	}
	log.view(t, v.e, id, v.known, v.gone)
	if len(t.events) == 0 || t.events[0].At > v.valid {
		return out, nil
	}
	if r.contests != nil {
		v.contested(r, t)
	}
	return v.e.judgeTicket(out, t, v.valid)
}

// nextOf is when something changes for a ticket after an instant, MaxInstant
// for never.
func (w *Watch) nextOf(t *ticketView, js []judgement, id string, now calendar.Instant) (calendar.Instant, error) {
	next := calendar.MaxInstant
	soon := func(at calendar.Instant, known bool) {
		if known && at > now && at < next {
			next = at
		}
	}
	for _, key := range w.run.contests[id] {
		for _, rev := range w.run.store[key].revisions {
			soon(recordedAt(rev.fact), true)
			soon(instant(rev.fact.Header().Occurred), true)
			if at := rev.fact.(*Contest).Accepted; !at.IsZero() {
				soon(instant(at), true)
			}
		}
	}
	if log := w.run.tickets.get(id); log != nil {
		for i := range log.facts {
			f := &log.facts[i]
			soon(f.known, true)
			soon(f.at, true)
			if ev, ok := f.fact.(*TicketEvent); ok && !ev.Until.IsZero() {
				soon(instant(ev.Until), true)
			}
		}
	}
	e := w.run.engine
	if len(js) > 0 {
		soon(e.nextAmendment(now))
	}
	for i := range js {
		j := &js[i]
		if j.promise < 0 || j.lost != "" {
			continue
		}
		if j.outcome.Provisional {
			soon(j.outcome.ReopenUntil+1, true)
		}
		if j.outcome.Stopped || j.outcome.State == clock.NotStarted {
			continue
		}
		if err := e.nextOfClock(t, j, now, soon); err != nil {
			return next, err
		}
	}
	return next, nil
}

// nextOfClock offers the instants at which a clock that runs changes.
func (e *Engine) nextOfClock(t *ticketView, j *judgement, now calendar.Instant, soon func(calendar.Instant, bool)) error {
	p := &e.promises[j.promise]
	ahead, err := e.clockOf(t, p.measure).ahead(t, now)
	if ahead == nil || err != nil {
		return err
	}
	soon(ahead.Turns())
	soon(ahead.LateAt())
	if e.contract.Clocks != nil {
		for _, warn := range e.contract.Clocks.Warn {
			if warn.Of == "" || warn.Of == p.measure.Name {
				soon(ahead.Reaches(shareOf(warn.Share, ahead.Target)))
			}
		}
	}
	for _, step := range e.escalationSteps(nil, p, j.attr.priority, j.outcome) {
		if e.contract.Escalation.OpenTime {
			soon(j.outcome.Start.Add(step.after), true)
			continue
		}
		soon(ahead.Reaches(step.after))
	}
	return nil
}

// Tickets lists every clock as it stands now, in the order of the tickets.
func (w *Watch) Tickets() ([]TicketResult, error) {
	ids := make([]string, 0, w.run.tickets.n)
	for log := range w.run.tickets.all() {
		ids = append(ids, log.id)
	}
	slices.Sort(ids)
	return w.list(ids)
}
