package sla

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// A Run takes facts and reports, at any instant. Batch is "add all, report";
// live is the same run asked again and again. A Run belongs to one goroutine
// at a time; facts added must not be changed afterwards.
type Run struct {
	engine *Engine
	order  Order
	prior  *Ledger
	intake Intake
	// store holds facts by kind and id; ticket events and priority changes
	// stand with their tickets.
	store   map[factKey]*entry
	tickets ticketTable
	tallies tallies
	hash    factsHash // of what has been folded away
	touched touched
	// watermark is the instant before which a stream in order of time
	// brings nothing more.
	watermark calendar.Instant
	waiting   waitingHeap
	// streams are the answers of probes in a stream in order of time.
	streams      map[probeKey]*probeStream
	foldedProbes bool
	folded       int
	serial       int          // of the last ticket
	spare        []*ticketLog // of tickets that were folded
	ways         ticketWays
	// folding is the room in which tickets are judged when they are folded.
	folding struct {
		view   ticketView
		judged []judgement
		// outcomes are those of a ticket that goes a way.
		outcomes [maxWay]clock.Outcome
	}
	// foldedKnown is when the last of what was folded became known.
	foldedKnown calendar.Instant
	buf         []byte
	forms       ticketForms
	// at is where the fact being added stands.
	at      origin
	origins origins
	// backs are the facts that withdraw or replace others, gone what they take
	// back, as last asked.
	backs map[factKey]bool
	gone  goneBetween
	// contests are those of each ticket.
	contests map[string][]factKey
	// watched says that a watch folds tickets when it has told of them.
	watched bool
}

// factKey identifies a fact that is not part of a ticket.
type factKey struct {
	kind FactKind
	id   string
}

// An entry is a fact with all its revisions.
type entry struct {
	revisions []revision
	only      [1]revision // room for the one that most facts have
}

// A revision is one version of a fact.
type revision struct {
	fact   Fact
	digest digest
	from   origin
	// refused marks a revision that came twice with different content.
	refused bool
}

// Order says in which order facts come, which bounds what must be remembered
// (semantics 9). The zero value is any order.
type Order struct {
	// InTime declares facts to come in order of their instants, none later
	// than Late after a fact with a later instant. Tickets that are closed and
	// cannot be reopened are then folded into counts: the same id received
	// after that is another ticket.
	InTime bool
	Late   time.Duration
}

// Open begins a run on top of what a ledger says is settled; nil for none. The
// error is a *LedgerError when the ledger belongs to another contract.
func (e *Engine) Open(prior *Ledger) (*Run, error) {
	if err := prior.fits(e); err != nil {
		return nil, err
	}
	return &Run{
		engine: e, prior: prior, store: map[factKey]*entry{}, tickets: newTicketTable(), ways: ticketWays{none: e.keyed || len(e.amended) > 0}, tallies: tallies{},
		touched: touched{recorded: calendar.MinInstant}, watermark: calendar.MinInstant, foldedKnown: calendar.MinInstant,
	}, nil
}

// Declare says in which order facts come; it must precede the first.
func (r *Run) Declare(o Order) { r.order = o }

// Add takes a fact in. It returns nil, or why the fact was refused; refusals
// are counted in the report as well.
func (r *Run) Add(f Fact) *Refusal {
	if no := r.add(f); no != nil {
		r.intake.refuse(no)
		return no
	}
	return nil
}

// AddFrom is [Run.Add] for a fact that stands in a file; the place is told in
// the intake if the fact is refused.
func (r *Run) AddFrom(f Fact, file string, line int) *Refusal {
	r.at = r.origins.of(file, line)
	no := r.add(f)
	r.at = origin{}
	if no != nil {
		no.File, no.Line = file, line
		r.intake.refuse(no)
	}
	return no
}

// Engine is what the run evaluates with.
func (r *Run) Engine() *Engine { return r.engine }

// Refuse counts a fact that could not even be read, so that the report tells
// of it.
func (r *Run) Refuse(no Refusal) { r.intake.refuse(&no) }

// Intake says what was taken in and refused so far.
func (r *Run) Intake() Intake {
	in := r.intake
	in.Reasons, in.Refusals = slices.Clone(in.Reasons), slices.Clone(in.Refusals)
	return in
}

func (r *Run) add(f Fact) *Refusal {
	if ev, ok := f.(*TicketEvent); ok {
		if no, done := r.addBare(ev); done {
			return no
		}
		if begun, ok := r.sound(ev); ok {
			return r.addToTicket(ev.Ticket, r.engine.ticketFact(ev, r.at), begun)
		}
	}
	if no := r.engine.examine(f); no != nil {
		return no
	}
	if k := f.Kind(); k == FactTicket || k == FactPriority {
		return r.addToTicket(ticketOf(f), r.engine.ticketFact(f, r.at), nil)
	}
	var d digest
	d, r.buf = digestOf(f, r.buf)
	key := factKey{f.Kind(), idOf(f)}
	if no := r.tooLate(f, key); no != nil {
		return no
	}
	if c, ok := f.(*Contest); ok {
		r.contest(c)
	}
	r.takesBack(f, key)
	e := r.store[key]
	if p, ok := f.(*Probe); ok && r.order.InTime && foldable(p) {
		s := r.streamOf(p)
		if p.Occurred.Before(s.mark) {
			return &Refusal{Reason: RefusedTooLate, Kind: FactProbe, ID: key.id}
		}
		if e == nil {
			waiting := &pendingProbe{key: key, probe: p}
			e = &waiting.entry
			defer r.follow(s, waiting)
		}
	}
	if e == nil {
		e = &entry{}
	}
	if e.revisions == nil {
		e.revisions = e.only[:0]
		r.store[key] = e
	}
	a, first := e.add(f, d, r.at)
	if a == isNew {
		r.touched.add(f)
	}
	return r.count(f, a, first)
}

// idOf is a fact's id, or what identifies one that has none of its own: a
// probe, a sample, a piece of the life of a part.
func idOf(f Fact) string {
	h := f.Header()
	switch f := f.(type) {
	case *Probe:
		if h.ID == "" {
			return idAt(h.Occurred, h.Source, f.Service, f.Part)
		}
	case *Sample:
		if h.ID == "" {
			return idAt(h.Occurred, h.Source, f.Service, f.Part, f.Of)
		}
	case *PartLife:
		if h.ID != "" { // its life may have several pieces
			return idAt(h.Occurred, h.ID)
		}
	}
	return h.ID
}

// idAt joins names and an instant. There may be one for each of millions of
// answers, so it is made in one piece.
func idAt(at time.Time, names ...string) string {
	var room [160]byte
	b := room[:0]
	for _, name := range names {
		b = append(append(b, name...), '|')
	}
	return string(at.UTC().AppendFormat(b, time.RFC3339Nano))
}

// An arrival is what adding a fact came to.
type arrival uint8

const (
	isNew arrival = iota
	isRepeated
	// conflicts with the one fact that had its id and revision: both are
	// refused; conflictsAgain with one that was refused before.
	conflicts
	conflictsAgain
)

// add puts a revision in its place. The same content again changes nothing;
// other content under the same revision refuses all that came with it. first
// is where the one that was taken in until then came from.
func (e *entry) add(f Fact, d digest, from origin) (a arrival, first origin) {
	rev := f.Header().Revision
	for i := range e.revisions {
		have := &e.revisions[i]
		switch {
		case have.fact.Header().Revision != rev:
			continue
		case have.digest == d:
			return isRepeated, first
		case have.refused:
			a = conflictsAgain
			continue
		}
		have.refused = true
		a, first = conflicts, have.from
	}
	e.revisions = append(e.revisions, revision{fact: f, digest: d, from: from, refused: a != isNew})
	return a, first
}

// count keeps the intake.
func (r *Run) count(f Fact, a arrival, from origin) *Refusal {
	switch a {
	case isRepeated:
		r.intake.Repeated++
		return nil
	case isNew:
		r.intake.Accepted++
		return nil
	}
	same := "id"
	if f.Header().ID == "" {
		same = "instant"
	}
	no := &Refusal{Reason: RefusedConflict, Kind: f.Kind(), ID: f.Header().ID, Ticket: ticketOf(f), Args: []Arg{Count("revision", f.Header().Revision), Phrase("same", "same "+same)}}
	if a == conflicts {
		r.intake.Accepted-- // the first of the two is refused as well
		first := *no
		first.File, first.Line = r.origins.place(from)
		r.intake.refuse(&first)
	}
	return no
}

// current is the revision of a fact used by what is known at an instant: the
// highest recorded by then.
func (e *entry) current(known calendar.Instant) *revision {
	var best *revision
	for i := range e.revisions {
		rev := &e.revisions[i]
		if rev.refused || recordedAt(rev.fact) > known {
			continue
		}
		if best == nil || rev.fact.Header().Revision > best.fact.Header().Revision {
			best = rev
		}
	}
	return best
}

// recordedAt is when a fact became known: as soon as it had happened where
// nothing else is said.
func recordedAt(f Fact) calendar.Instant {
	h := f.Header()
	if !h.Recorded.IsZero() {
		return instant(h.Recorded)
	}
	return instant(h.Occurred)
}

// instant converts a time that was examined before.
func instant(t time.Time) calendar.Instant {
	i, _ := calendar.InstantOf(t)
	return i
}

// touched is the span of time that facts are about.
type touched struct {
	any      bool
	from, to calendar.Instant
	recorded calendar.Instant
}

func (t *touched) add(f Fact) {
	t.recorded = max(t.recorded, recordedAt(f))
	switch f.(type) {
	case *Outage, *Probe, *Counter, *Survey, *Item, *Sample:
	default:
		return // evidence and declarations touch no period by themselves
	}
	t.span(instant(f.Header().Occurred), untilOf(f))
}

// addToTicket is add for what is known of a ticket.
func (t *touched) addToTicket(tf *ticketFact) {
	t.recorded = max(t.recorded, tf.known)
	if tf.bare {
		t.span(tf.at, time.Time{})
	} else if ev, ok := tf.fact.(*TicketEvent); ok {
		t.span(tf.at, ev.Until)
	}
}

func (t *touched) span(from calendar.Instant, until time.Time) {
	to := from
	if !until.IsZero() {
		to = instant(until)
	}
	if !t.any {
		t.any, t.from, t.to = true, from, to
	}
	t.from, t.to = min(t.from, from), max(t.to, to)
}

// Options say what an evaluation is asked for.
type Options struct {
	// AsOf is the instant of the report; the zero Valid means the end of the
	// last period the facts touch, the zero Known all facts given.
	AsOf AsOf
	// From and To bound the dates reported, To excluded; zero means the
	// periods that the facts touch.
	From, To calendar.Date
	// AllTickets lists every clock of every ticket, not just those that are
	// open or late.
	AllTickets bool
	// Authors names the people who recorded corrections; otherwise only
	// parties are named.
	Authors bool
	// Only, where set, reports no more than it lists.
	Only *Only
	// Ledger is what earlier evaluations settled.
	Ledger *Ledger
	// Order says in which order the facts come.
	Order Order
}

// Evaluate adds all facts and reports: the same as [Engine.Open], [Run.Add]
// and [Run.Report]. The errors are those of Open and Report, or ctx's.
func Evaluate(ctx context.Context, e *Engine, facts iter.Seq[Fact], o Options) (*Report, error) {
	run, err := e.Open(o.Ledger)
	if err != nil {
		return nil, err
	}
	run.Declare(o.Order)
	n := 0
	for f := range facts {
		run.Add(f)
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return run.Report(o)
}
