package sla

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// A ticketLog is what is known of one ticket.
type ticketLog struct {
	facts []ticketFact
	// byID finds facts with an id among many; built when there are many.
	byID map[string][]int
	// plain says that no fact has a second revision, replaces another, or was
	// refused: all of them count.
	tangled bool
	closed  bool
	// id, final and place are for a stream in order of time: which ticket it
	// is, when a closed one can be folded, and where it waits for that, from 1.
	id    string
	final time.Time
	place int
}

// A ticketFact is an event or a change of a ticket.
type ticketFact struct {
	fact    Fact
	digest  digest
	from    origin
	refused bool
}

// usualFacts is how many facts most tickets have at least.
const usualFacts = 4

// manyFacts is from how many facts on a ticket has an index.
const manyFacts = 32

func (r *Run) addToTicket(id string, f Fact, d digest) *Refusal {
	h := f.Header()
	log := r.tickets[id]
	if r.order.InTime && (h.Occurred.Before(r.watermark) || log == nil && r.folded > 0 && !opensTicket(f)) {
		return &Refusal{Reason: RefusedTooLate, Kind: f.Kind(), ID: h.ID, Args: []Arg{Name("ticket", id)}}
	}
	if log == nil {
		log = r.newLog(id)
		r.tickets[id] = log
	}
	a, first := log.add(f, d, r.at)
	no := r.count(f, a, first)
	if r.order.InTime && no == nil {
		r.advance(log, f)
	}
	return no
}

// newLog gives a ticket a log: the room of one that was folded, if any.
func (r *Run) newLog(id string) *ticketLog {
	n := len(r.spare)
	if n == 0 {
		return &ticketLog{id: id, facts: make([]ticketFact, 0, usualFacts)}
	}
	log := r.spare[n-1]
	r.spare = r.spare[:n-1]
	*log = ticketLog{id: id, facts: log.facts}
	return log
}

// opensTicket says whether a ticket may begin with a fact. In a stream, anything
// else about a ticket that is not known is about one that was folded.
func opensTicket(f Fact) bool {
	ev, ok := f.(*TicketEvent)
	return ok && (ev.Event == clock.Received || ev.Event == clock.Recorded)
}

// add puts a fact into the log. A fact without an id is identified by what it
// says, so only its repetition is found.
func (log *ticketLog) add(f Fact, d digest, from origin) (a arrival, first origin) {
	h := f.Header()
	for _, i := range log.same(f) {
		have := &log.facts[i]
		switch {
		case have.digest == d:
			return isRepeated, first
		case h.ID == "" || have.fact.Header().Revision != h.Revision:
			continue
		case have.refused:
			a = conflictsAgain
			continue
		}
		have.refused, log.tangled = true, true
		a, first = conflicts, have.from
	}
	if h.Supersedes != "" || h.Revision > 0 {
		log.tangled = true
	}
	log.facts = append(log.facts, ticketFact{fact: f, digest: d, from: from, refused: a != isNew})
	if log.byID != nil {
		log.byID[sameKey(f)] = append(log.byID[sameKey(f)], len(log.facts)-1)
	}
	return a, first
}

// same lists the facts that may be the same one: those of the same kind with
// the same id.
func (log *ticketLog) same(f Fact) []int {
	if len(log.facts) >= manyFacts && log.byID == nil {
		log.byID = make(map[string][]int, 2*manyFacts)
		for i := range log.facts {
			key := sameKey(log.facts[i].fact)
			log.byID[key] = append(log.byID[key], i)
		}
	}
	if log.byID != nil {
		return log.byID[sameKey(f)]
	}
	var few []int
	h := f.Header()
	for i := range log.facts {
		o := log.facts[i].fact
		if o.Kind() == f.Kind() && o.Header().ID == h.ID && (h.ID != "" || o.Header().Occurred.Equal(h.Occurred)) {
			few = append(few, i)
		}
	}
	return few
}

func sameKey(f Fact) string {
	h := f.Header()
	if h.ID == "" {
		return string(f.Kind()) + "@" + h.Occurred.UTC().Format(time.RFC3339Nano)
	}
	return string(f.Kind()) + "/" + h.ID
}

// A ticketView is a ticket as known at an instant.
type ticketView struct {
	id     string
	events []clock.Event
	// changes are the attributes from each instant on, the first from the
	// beginning.
	changes  []attributes
	incident string
	received bool
	facts    []*ticketFact // what view sorts
	// contests say what became of objections to the priority.
	contests []Step
}

// attributes are what decides which promises hold a ticket.
type attributes struct {
	since                            calendar.Instant
	service, priority, site, request string
	// The rest is filled in where the contract asks for it.
	kind, channel, impact, urgency string
	flags, hours                   uint64
}

// view reads the facts of a ticket that are known, in order of time, into v,
// whose room it uses again.
func (log *ticketLog) view(v *ticketView, e *Engine, id string, known calendar.Instant, gone *withdrawn) {
	facts := log.current(v.facts[:0], known, gone)
	*v = ticketView{id: id, events: v.events[:0], changes: v.changes[:0], facts: facts}
	slices.SortFunc(facts, func(x, y *ticketFact) int {
		a, b := x.fact.Header(), y.fact.Header()
		if c := a.Occurred.Compare(b.Occurred); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(x.fact.Kind(), y.fact.Kind()), cmp.Compare(a.ID, b.ID), bytes.Compare(x.digest[:], y.digest[:]))
	})
	var now attributes
	for _, tf := range facts {
		at := instant(tf.fact.Header().Occurred)
		next := now
		switch f := tf.fact.(type) {
		case *TicketEvent:
			v.events = append(v.events, eventOf(f, at))
			v.incident = orDefault(v.incident, f.Incident)
			first := !v.received
			v.received = v.received || f.Event == clock.Received || f.Event == clock.Recorded
			next.service = orDefault(e.own(f.Service), now.service)
			next.priority = orDefault(f.Priority, now.priority)
			next.site = orDefault(f.Site, now.site)
			next.request = orDefault(f.Request, now.request)
			if e.keyed {
				e.keysOf(&next, f, at, first)
			}
		case *PriorityChange:
			next.priority = f.Priority
		}
		v.change(&now, next, at)
	}
	if len(v.changes) == 0 {
		v.changes = append(v.changes, now)
	}
	clock.Sort(v.events)
}

// change records what is new. An attribute that was not known before holds
// from the beginning; one that had another value changes at the instant.
func (v *ticketView) change(now *attributes, next attributes, at calendar.Instant) {
	next.since = now.since
	if next == *now {
		return
	}
	if len(v.changes) == 0 {
		v.changes = append(v.changes, attributes{since: calendar.MinInstant})
	}
	fill := func(old, fresh string, set func(*attributes)) bool {
		if old == fresh || old != "" {
			return old != fresh
		}
		for i := range v.changes {
			set(&v.changes[i])
		}
		return false
	}
	differs := fill(now.service, next.service, func(a *attributes) { a.service = next.service })
	differs = fill(now.priority, next.priority, func(a *attributes) { a.priority = next.priority }) || differs
	differs = fill(now.site, next.site, func(a *attributes) { a.site = next.site }) || differs
	differs = fill(now.request, next.request, func(a *attributes) { a.request = next.request }) || differs
	differs = v.changeKeys(now, &next, at, fill) || differs
	if differs {
		next.since = at
		v.changes = append(v.changes, next)
	}
	*now = next
}

// changeKeys does the same for the rest. The kind of a ticket and the matters
// of its receipt hold from the beginning; so do conditions fulfilled with its
// first event.
func (v *ticketView) changeKeys(now, next *attributes, at calendar.Instant, fill func(old, fresh string, set func(*attributes)) bool) bool {
	differs := fill(now.kind, next.kind, func(a *attributes) { a.kind = next.kind })
	for i := range v.changes {
		a := &v.changes[i]
		a.channel, a.hours, a.impact, a.urgency = next.channel, next.hours, next.impact, next.urgency
	}
	if now.flags == next.flags {
		return differs
	}
	if len(v.changes) > 1 || len(v.events) > 0 && v.events[0].At < at {
		return true
	}
	v.changes[0].flags = next.flags
	return differs
}

func eventOf(f *TicketEvent, at calendar.Instant) clock.Event {
	ev := clock.Event{
		At: at, Name: f.Event, Channel: f.Channel, Noted: f.Note != "",
		Automatic: f.Automatic, Workaround: f.Workaround, ID: f.ID,
	}
	if !f.Until.IsZero() {
		until := instant(f.Until)
		ev.Until = &until
	}
	return ev
}

// current appends to out the facts that count by what is known at an instant:
// of each the highest revision recorded by then, without those withdrawn.
func (log *ticketLog) current(out []*ticketFact, known calendar.Instant, gone *withdrawn) []*ticketFact {
	if !log.tangled && known == calendar.MaxInstant && gone.none() {
		for i := range log.facts {
			out = append(out, &log.facts[i])
		}
		return out
	}
	best := map[string]int{}
	for i := range log.facts {
		f := log.facts[i].fact
		if log.facts[i].refused || recordedAt(f) > known || gone.has(f) {
			continue
		}
		if f.Header().ID == "" {
			out = append(out, &log.facts[i])
			continue
		}
		key := sameKey(f)
		if j, ok := best[key]; !ok || f.Header().Revision > log.facts[j].fact.Header().Revision {
			best[key] = i
		}
	}
	replaced := map[string]bool{}
	for _, i := range best {
		if h := log.facts[i].fact.Header(); h.Supersedes != "" {
			replaced[string(log.facts[i].fact.Kind())+"/"+h.Supersedes] = true
		}
	}
	for key, i := range best {
		if !replaced[key] {
			out = append(out, &log.facts[i])
		}
	}
	return out
}
