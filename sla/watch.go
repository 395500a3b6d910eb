package sla

import (
	"cmp"
	"container/heap"
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
// ([Run.Facts]) and instant says the same from there on. It belongs to one
// goroutine at a time.
type Watch struct {
	run     *Run
	now     calendar.Instant
	tickets map[string]*watched
	queue   watchQueue
	// fresh are tickets with facts that have not been looked at.
	fresh map[string]bool
}

// A watched is a ticket and what was last said of it.
type watched struct {
	id     string
	clocks []TicketResult
	// next is when something changes by itself; place is its index in the
	// queue, -1 outside.
	next  calendar.Instant
	place int
}

// A Change is a clock of which something has changed.
type Change struct {
	// At is when it changed: an event, or an instant between events.
	At time.Time `json:"at"`
	// What lists what changed: verdict, due, level, warned, priority, service.
	What []string `json:"what"`
	// Was is the verdict before, where that changed; empty for a new clock.
	Was string `json:"was,omitempty"`
	TicketResult
}

// Watch follows the tickets of a run from an instant on; what was so by then
// is where it starts from and no change. The error is an *[EvaluationError].
func (r *Run) Watch(now time.Time) (*Watch, error) {
	w := &Watch{run: r, now: instant(now), tickets: map[string]*watched{}, fresh: map[string]bool{}}
	v := r.glance(w.now)
	for id := range r.tickets {
		if _, err := w.look(v, id, w.now); err != nil {
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
	w.touch(f)
	return no
}

// AddFrom is [Watch.Add] for a fact that stands in a file.
func (w *Watch) AddFrom(f Fact, file string, line int) *Refusal {
	no := w.run.AddFrom(f, file, line)
	w.touch(f)
	return no
}

// Refuse counts a fact that could not be read.
func (w *Watch) Refuse(no Refusal) { w.run.Refuse(no) }

// touch remembers which tickets a fact concerns.
func (w *Watch) touch(f Fact) {
	switch f := f.(type) {
	case *TicketEvent:
		w.fresh[f.Ticket] = true
	case *PriorityChange:
		w.fresh[f.Ticket] = true
	case *Contest:
		w.fresh[f.Ticket] = true
	case *Correction:
		for id, log := range w.run.tickets {
			if slices.ContainsFunc(log.facts, func(t ticketFact) bool { return t.fact.Header().ID == f.Of }) {
				w.fresh[id] = true
			}
		}
	}
}

// Advance lets time go on to an instant and gives what has changed since, in
// the order in which it happened. An instant that is not later only looks at
// facts that came in. The error is an *[EvaluationError].
func (w *Watch) Advance(now time.Time) ([]Change, error) {
	var out []Change
	if err := w.catchUp(&out); err != nil {
		return nil, err
	}
	for to := instant(now); ; {
		at := to
		if len(w.queue) > 0 {
			at = min(at, w.queue[0].next)
		}
		w.now = max(w.now, at)
		v := w.run.glance(w.now)
		for len(w.queue) > 0 && w.queue[0].next <= w.now {
			changes, err := w.look(v, w.queue[0].id, w.now)
			if err != nil {
				return nil, err
			}
			out = append(out, changes...)
		}
		if w.now >= to {
			return out, nil
		}
	}
}

// catchUp looks at the tickets with new facts.
func (w *Watch) catchUp(out *[]Change) error {
	if len(w.fresh) == 0 {
		return nil
	}
	ids := make([]string, 0, len(w.fresh))
	for id := range w.fresh {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	v := w.run.glance(w.now)
	for _, id := range ids {
		changes, err := w.look(v, id, w.now)
		if err != nil {
			return err
		}
		*out = append(*out, changes...)
		delete(w.fresh, id)
	}
	return nil
}

// Next is when something changes by itself next: an event that is known
// already, a clock that falls due, a warning, a level of escalation, a pause
// or a time for reopening that runs out. It is false when nothing will.
func (w *Watch) Next() (time.Time, bool) {
	if len(w.fresh) > 0 {
		return w.Now(), true
	}
	if len(w.queue) == 0 {
		return time.Time{}, false
	}
	return w.run.engine.local(w.queue[0].next), true
}

// Ticket gives the clocks of a ticket as they stand now, with why.
func (w *Watch) Ticket(id string) ([]TicketResult, error) {
	v := w.run.glance(w.now)
	err := v.ahead(w.run, id)
	return v.tickets, err
}

// look judges a ticket at an instant, says what changed since it was last
// looked at, and puts it where it belongs in the queue.
func (w *Watch) look(v *view, id string, at calendar.Instant) ([]Change, error) {
	v.tickets, v.unexplained = v.tickets[:0:0], true
	ticket, js, err := v.stand(w.run, id)
	if err != nil {
		return nil, &EvaluationError{err}
	}
	t := w.tickets[id]
	if t == nil {
		t = &watched{id: id, place: -1}
		w.tickets[id] = t
	}
	changes := differences(t.clocks, v.tickets, v.e.local(at))
	for i := range v.tickets {
		v.tickets[i].Why = nil
	}
	t.clocks = v.tickets
	next, err := w.nextOf(ticket, js, id, at)
	if err != nil {
		return nil, &EvaluationError{err}
	}
	w.place(t, next)
	return changes, nil
}

// place queues a ticket for its next instant, or takes it out for none.
func (w *Watch) place(t *watched, next calendar.Instant) {
	t.next = next
	switch {
	case next == calendar.MaxInstant && t.place >= 0:
		heap.Remove(&w.queue, t.place)
	case next == calendar.MaxInstant:
		if w.run.tickets[t.id] == nil {
			delete(w.tickets, t.id) // it was folded away
		}
	case t.place >= 0:
		heap.Fix(&w.queue, t.place)
	default:
		heap.Push(&w.queue, t)
	}
}

// glance is [Run.look] for tickets alone.
func (r *Run) glance(at calendar.Instant) *view {
	v := &view{e: r.engine, prior: r.prior, valid: at, known: at, tilings: map[tiled][]Period{}, fees: feesKnown{}}
	if r.takesBack {
		v.gone = r.withdrawnBy(at)
	}
	return v
}

// stand lists the clocks of one ticket as a report at the view's instant
// would; nothing before its first event.
func (v *view) stand(r *Run, id string) (t *ticketView, js []judgement, err error) {
	log := r.tickets[id]
	if log == nil {
		return nil, nil, nil
	}
	t = &ticketView{}
	log.view(t, v.e, id, v.known, v.gone)
	if len(t.events) == 0 || t.events[0].At > v.valid {
		return nil, nil, nil
	}
	if r.contests != nil {
		v.contested(r, t)
	}
	if js, err = v.e.judgeTicket(nil, t, v.valid); err != nil {
		return nil, nil, err
	}
	v.listTicket(t, js, true)
	return t, js, nil
}

// differences compares the clocks of a ticket with what was said before. A
// clock is known by its measure and by which life of it it is.
func differences(before, after []TicketResult, at time.Time) []Change {
	var out []Change
	left := before
	if !slices.EqualFunc(before, after, sameClock) {
		left = slices.Clone(before)
	}
	for i := range after {
		now := &after[i]
		var was TicketResult
		if len(left) > 0 && sameClock(left[0], *now) {
			was, left = left[0], left[1:]
		} else if j := slices.IndexFunc(left, func(b TicketResult) bool { return sameClock(b, *now) }); j >= 0 {
			was = left[j]
			left = slices.Delete(left, j, j+1)
		}
		what := whatChanged(&was, now)
		if len(what) == 0 {
			continue
		}
		c := Change{At: at, What: what, TicketResult: *now}
		c.Why = nil
		if was.Verdict != now.Verdict {
			c.Was = was.Verdict
		}
		out = append(out, c)
	}
	for _, gone := range left {
		out = append(out, Change{At: at, What: []string{"withdrawn"}, Was: gone.Verdict, TicketResult: TicketResult{Ticket: gone.Ticket, Clock: gone.Clock, Life: gone.Life, Verdict: "withdrawn"}})
	}
	return out
}

func sameClock(a, b TicketResult) bool { return a.Clock == b.Clock && a.Life == b.Life }

func whatChanged(was, now *TicketResult) (what []string) {
	say := func(differs bool, name string) {
		if differs {
			what = append(what, name)
		}
	}
	known := was.Ticket != ""
	say(was.Verdict != now.Verdict, "verdict")
	say(!sameInstant(was.Due, now.Due), "due")
	say(was.Level != now.Level, "level")
	say(was.Warned != now.Warned, "warned")
	say(known && was.Priority != now.Priority, "priority")
	say(known && was.Service != now.Service, "service")
	say(was.Provisional && !now.Provisional && was.Verdict == now.Verdict, "final")
	return what
}

func sameInstant(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
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
	if log := w.run.tickets[id]; log != nil {
		for i := range log.facts {
			f := log.facts[i].fact
			soon(recordedAt(f), true)
			soon(instant(f.Header().Occurred), true)
			if ev, ok := f.(*TicketEvent); ok && !ev.Until.IsZero() {
				soon(instant(ev.Until), true)
			}
		}
	}
	e := w.run.engine
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
	held := e.termsOf(holding{changed: "priority"}, t, e.scopesOf(nil, t), p.measure)
	ahead, err := e.rules(p.measure.Name).Ahead(p.measure, e.changeRule(held.changed), held.terms, t.events, now)
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
	for _, step := range e.escalationSteps(p, j.attr.priority, j.outcome.Start, ahead.Target) {
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
	v := w.run.glance(w.now)
	ids := make([]string, 0, len(w.run.tickets))
	for id := range w.run.tickets {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if err := v.ahead(w.run, id); err != nil {
			return nil, &EvaluationError{err}
		}
	}
	return v.tickets, nil
}

// A watchQueue is a heap of tickets by when they change.
type watchQueue []*watched

func (q watchQueue) Len() int { return len(q) }
func (q watchQueue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].next, q[j].next), cmp.Compare(q[i].id, q[j].id)) < 0
}
func (q watchQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i, j
}

// Push adds a ticket.
func (q *watchQueue) Push(x any) {
	t := x.(*watched)
	t.place = len(*q)
	*q = append(*q, t)
}

// Pop takes the last.
func (q *watchQueue) Pop() any {
	last := (*q)[len(*q)-1]
	last.place = -1
	*q = (*q)[:len(*q)-1]
	return last
}
