package sla

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// A ticketLog is what is known of one ticket.
type ticketLog struct {
	// id is the ticket, idHash where it lies in the table.
	id     string
	idHash uint64
	facts  []ticketFact
	// way is the one that the ticket goes; nil where it goes its own.
	way *ticketWay
	// tangled says that a fact has a second revision, replaces another, or was
	// refused: not all of them count.
	tangled bool
	// disordered says that the facts did not come in their order.
	disordered bool
	closed     bool
	// byID finds facts with an id among many; built when there are many.
	byID map[string][]int
	// serial is how many came before it.
	serial int
	// final and place are for a stream in order of time: when a closed ticket
	// can be folded, and where it waits for that, from 1.
	final calendar.Instant
	place int
	// hash is that of the facts when there were so many as hashed says, all of
	// them known by hashedBy.
	hash     digest
	hashed   int
	hashedBy calendar.Instant
	room     [usualFacts]ticketFact
}

// usualFacts is how many facts most tickets have at least.
const usualFacts = 4

// manyFacts is from how many facts on a ticket has an index.
const manyFacts = 32

// addToTicket adds a fact to the log of its ticket; begun is the way of a ticket
// that begins with it.
func (r *Run) addToTicket(id string, tf *ticketFact, begun *ticketWay) *Refusal {
	hash, log := r.tickets.find(id)
	if r.comesTooLate(log, tf.at, tf.word) {
		return tooLateFor(id, tf.fact)
	}
	if log == nil {
		log = r.newLog(id, hash)
	}
	a, first := log.add(tf, &r.buf)
	if a != isRepeated {
		r.ways.follow(log, begun)
	}
	if a == isNew {
		r.touched.addToTicket(tf)
	}
	no := r.count(tf.fact, a, first)
	if r.order.InTime && no == nil {
		r.advance(log, tf)
	}
	return no
}

// addBare adds an event that tells no more than what happened when, later than
// all that is known of its ticket, as most do; false for any other. It is what
// sound and addToTicket come to for such events, written into its place at once.
func (r *Run) addBare(f *TicketEvent) (no *Refusal, done bool) {
	hash, log := r.tickets.find(f.Ticket)
	at, err := calendar.InstantOf(f.Occurred)
	word := r.engine.words.Find(f.Event)
	if err != nil || !f.bare() || f.Ticket == "" || f.Event == "" || !log.precedes(at, word, !r.ways.none && len(f.Service)|len(f.Priority) == 0) {
		return nil, false
	}
	begun, ok := r.startOf(f)
	if !ok {
		return nil, false
	}
	if r.comesTooLate(log, at, word) {
		return tooLateFor(f.Ticket, f), true
	}
	if log == nil {
		log = r.newLog(f.Ticket, hash)
	}
	n := len(log.facts)
	log.facts = slices.Grow(log.facts, 1)[:n+1]
	tf := &log.facts[n]
	tf.fact, tf.at, tf.known, tf.word, tf.from = f, at, at, word, r.at
	tf.bare, tf.mute, tf.refused = true, len(f.Service)|len(f.Priority) == 0, false
	r.ways.follow(log, begun)
	r.touched.addToTicket(tf)
	r.intake.Accepted++
	if r.order.InTime {
		r.advance(log, tf)
	}
	return nil, true
}

// precedes says that all that is known of a ticket, nil for nothing, came in the
// order of time and before an event; or that it is its receipt at the same
// instant, where the event changes nothing about its ticket.
func (log *ticketLog) precedes(at calendar.Instant, word clock.Word, changesNothing bool) bool {
	if log == nil {
		return true
	}
	if log.disordered || log.tangled || log.byID != nil {
		return false
	}
	last := &log.facts[len(log.facts)-1]
	return at > last.at || changesNothing && at == last.at && len(log.facts) == 1 && last.bare && last.word.Received() && word.AtOnce()
}

// comesTooLate says that a stream has gone on beyond an instant, or has counted and
// forgotten the ticket.
func (r *Run) comesTooLate(log *ticketLog, at calendar.Instant, word clock.Word) bool {
	return r.order.InTime && (at < r.watermark || log == nil && r.folded > 0 && !word.Opens())
}

func tooLateFor(ticket string, f Fact) *Refusal {
	return &Refusal{Reason: RefusedTooLate, Kind: f.Kind(), ID: f.Header().ID, Ticket: ticket, Args: []Arg{Name("ticket", ticket)}}
}

// newLog gives a ticket a log, found by the hash of its id: the room of one that
// was folded, if any.
func (r *Run) newLog(id string, hash uint64) *ticketLog {
	r.serial++
	var log *ticketLog
	if n := len(r.spare); n > 0 {
		log, r.spare = r.spare[n-1], r.spare[:n-1]
	} else {
		log = new(ticketLog)
		log.facts = log.room[:0]
	}
	log.id, log.serial = id, r.serial
	r.tickets.put(hash, log)
	return log
}

// forget empties a log for another ticket.
func (log *ticketLog) forget() {
	if len(log.facts) > usualFacts { // what few facts hold on to is replaced soon
		clear(log.facts)
	}
	log.facts, log.byID, log.tangled, log.disordered, log.closed, log.way = log.facts[:0], nil, false, false, false, nil
	log.id, log.final, log.place, log.hashed = "", 0, 0, 0
}

// add puts a fact into the log; buf is scratch space. A fact without an id is
// identified by what it says, so only its repetition is found.
func (log *ticketLog) add(tf *ticketFact, buf *[]byte) (a arrival, first origin) {
	h := tf.fact.Header()
	for _, i := range log.same(tf, buf) {
		have := &log.facts[i]
		switch {
		case saysTheSame(have.fact, tf.fact, buf):
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
	tf.refused = a != isNew
	if n := len(log.facts); n > 0 && tf.at <= log.facts[n-1].at {
		log.disordered = true
	}
	log.facts = append(log.facts, *tf)
	if log.byID != nil {
		key := indexKey(tf.fact, buf)
		log.byID[key] = append(log.byID[key], len(log.facts)-1)
	}
	return a, first
}

// saysTheSame compares the contents of two facts.
func saysTheSame(a, b Fact, buf *[]byte) bool {
	var x, y digest
	x, *buf = digestOf(a, *buf)
	y, *buf = digestOf(b, *buf)
	return x == y
}

// same lists the facts that may be the same one: those of the same kind with
// the same id; without an id, events of one name at the same instant.
func (log *ticketLog) same(tf *ticketFact, buf *[]byte) []int {
	if len(log.facts) >= manyFacts && log.byID == nil {
		log.byID = make(map[string][]int, 2*manyFacts)
		for i := range log.facts {
			key := indexKey(log.facts[i].fact, buf)
			log.byID[key] = append(log.byID[key], i)
		}
	}
	if log.byID != nil {
		return log.byID[indexKey(tf.fact, buf)]
	}
	var few []int
	id := tf.fact.Header().ID
	for i := range log.facts {
		o := &log.facts[i]
		if (id != "" || o.at == tf.at && o.word == tf.word) && o.fact.Header().ID == id && o.fact.Kind() == tf.fact.Kind() {
			few = append(few, i)
		}
	}
	return few
}

// indexKey is what identifies a fact of a ticket: its kind and id, or its
// content.
func indexKey(f Fact, buf *[]byte) string {
	if f.Header().ID != "" {
		return sameKey(f)
	}
	var d digest
	d, *buf = digestOf(f, *buf)
	return string(d[:])
}

// sameKey identifies a fact that has an id.
func sameKey(f Fact) string { return string(f.Kind()) + "/" + f.Header().ID }

// A ticketView is a ticket as known at an instant.
type ticketView struct {
	id     string
	events []clock.Event
	// changes are the attributes from each instant on, the first from the
	// beginning.
	changes  []attributes
	incident string
	received bool
	// counted says that clocks in time are only counted: when they would have
	// fallen due is not asked.
	counted bool
	// outcomes are room for those of its clocks.
	outcomes []clock.Outcome
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
	// amended is the number of the last amendment that holds it, and signed how many
	// were in force at its receipt: of those between, only some do.
	amended, signed int32
}

// view reads the facts of a ticket that are known, in order of time, into v,
// whose room it uses again.
func (log *ticketLog) view(v *ticketView, e *Engine, id string, known calendar.Instant, gone *withdrawn) {
	facts := log.current(v.facts[:0], known, gone)
	v.id, v.events, v.changes, v.facts, v.outcomes = id, v.events[:0], v.changes[:0], facts, v.outcomes[:0]
	v.incident, v.received, v.counted, v.contests = "", false, false, nil
	if log.disordered || log.tangled {
		slices.SortFunc(facts, beforeOrAfter)
	}
	var now attributes
	for _, tf := range facts {
		at := tf.at
		if tf.mute && !e.keyed { // it changes nothing about its ticket
			v.received = v.received || tf.word.Opens()
			v.events = append(v.events, clock.Event{At: at, Name: tf.name(), Word: tf.word})
			continue
		}
		switch f := tf.fact.(type) {
		case *TicketEvent:
			first := !v.received
			v.received = v.received || tf.word.Opens()
			v.events = append(v.events, clock.Event{At: at, Name: f.Event, Word: tf.word})
			if !tf.bare {
				tellMore(&v.events[len(v.events)-1], f)
				v.incident = orDefault(v.incident, f.Incident)
			}
			if !e.keyed && f.Service == "" && f.Priority == "" && f.Site == "" && f.Request == "" {
				continue // most events change nothing about their ticket
			}
			next := now
			next.service = orDefault(e.own(f.Service), now.service)
			next.priority = orDefault(f.Priority, now.priority)
			next.site = orDefault(f.Site, now.site)
			next.request = orDefault(f.Request, now.request)
			if e.keyed {
				e.keysOf(&next, f, at, first)
			}
			v.change(&now, &next, at)
		case *PriorityChange:
			next := now
			next.priority = f.Priority
			v.change(&now, &next, at)
		}
	}
	if len(v.changes) == 0 {
		v.changes = append(v.changes, attributes{since: calendar.MinInstant})
	}
	if log.disordered || log.tangled {
		clock.Sort(v.events)
	}
	if len(e.amended) > 0 {
		e.byAmendments(v)
	}
}

// beforeOrAfter compares facts of a ticket by time, then a receipt before what
// else, then by id, kind, name and content: what a ticket is received as comes
// before what it is made at once, and that in the order of the ids.
func beforeOrAfter(x, y *ticketFact) int {
	if c := cmp.Compare(x.at, y.at); c != 0 {
		return c
	}
	if x.word.Opens() != y.word.Opens() {
		if x.word.Opens() {
			return -1
		}
		return 1
	}
	if c := cmp.Or(cmp.Compare(x.fact.Header().ID, y.fact.Header().ID), cmp.Compare(x.fact.Kind(), y.fact.Kind())); c != 0 {
		return c
	}
	if c := cmp.Compare(x.name(), y.name()); c != 0 {
		return c
	}
	a, buf := digestOf(x.fact, nil)
	b, _ := digestOf(y.fact, buf)
	return bytes.Compare(a[:], b[:])
}

// change records what is new. An attribute that was not known before holds
// from the beginning; one that had another value changes at the instant.
func (v *ticketView) change(now, next *attributes, at calendar.Instant) {
	next.since = now.since
	if *next == *now {
		return
	}
	if len(v.changes) == 0 && next.flags == 0 { // what is said first holds from the beginning
		v.changes = append(v.changes, *next)
		v.changes[0].since = calendar.MinInstant
		*now = *next
		return
	}
	if len(v.changes) == 0 {
		v.changes = append(v.changes, attributes{since: calendar.MinInstant})
	}
	differs := false
	for n := range filledIn {
		old, fresh := *now.field(n), *next.field(n)
		differs = differs || old != fresh && old != ""
		if old == "" && fresh != "" {
			for i := range v.changes {
				*v.changes[i].field(n) = fresh
			}
		}
	}
	for i := range v.changes { // what belongs to the receipt
		a := &v.changes[i]
		a.channel, a.hours, a.impact, a.urgency = next.channel, next.hours, next.impact, next.urgency
	}
	differs = v.changeFlags(now, next, at) || differs
	if differs {
		next.since = at
		if last := len(v.changes) - 1; v.changes[last].since == at { // it was so for no time
			v.changes = v.changes[:last]
			if last > 0 && v.changes[last-1].from(at) == *next { // and is what it had been
				*now = *next
				return
			}
		}
		v.changes = append(v.changes, *next)
	}
	*now = *next
}

// from are the same attributes from another instant on.
func (a attributes) from(at calendar.Instant) attributes {
	a.since = at
	return a
}

// filledIn is the number of attributes that hold from the beginning where they
// were not known before.
const filledIn = 5

func (a *attributes) field(n int) *string {
	switch n {
	case 0:
		return &a.service
	case 1:
		return &a.priority
	case 2:
		return &a.site
	case 3:
		return &a.request
	}
	return &a.kind
}

// changeFlags says whether conditions were fulfilled by a change. Those
// fulfilled with the first event hold from the beginning.
func (v *ticketView) changeFlags(now, next *attributes, at calendar.Instant) bool {
	if now.flags == next.flags {
		return false
	}
	if len(v.changes) > 1 || len(v.events) > 0 && v.events[0].At < at {
		return true
	}
	v.changes[0].flags = next.flags
	return false
}

// tellMore adds what clocks read of an event that is not bare.
func tellMore(ev *clock.Event, f *TicketEvent) {
	ev.Channel, ev.ID = f.Channel, f.ID
	ev.Noted, ev.Automatic, ev.Workaround = f.Note != "", f.Automatic, f.Workaround
	if !f.Until.IsZero() {
		until := instant(f.Until)
		ev.Until = &until
	}
}

// current appends to out the facts that count by what is known at an instant:
// of each the highest revision recorded by then, without those withdrawn.
func (log *ticketLog) current(out []*ticketFact, known calendar.Instant, gone *withdrawn) []*ticketFact {
	if !log.tangled {
		for i := range log.facts {
			if tf := &log.facts[i]; tf.known <= known && (gone.none() || !gone.has(tf.fact)) {
				out = append(out, tf)
			}
		}
		return out
	}
	best := map[string]int{}
	for i := range log.facts {
		f := log.facts[i].fact
		if log.facts[i].refused || log.facts[i].known > known || gone.has(f) {
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
