package sla

import (
	"cmp"
	"math"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// withdrawn are the facts that corrections take back, and those that others
// supersede, as known at an instant.
type withdrawn struct{ keys map[factKey]bool }

func (w *withdrawn) none() bool { return w == nil || len(w.keys) == 0 }

func (w *withdrawn) has(f Fact) bool {
	return w != nil && w.keys[factKey{f.Kind(), f.Header().ID}]
}

// withdrawnBy gives what the corrections and replacements known at an instant
// take back; nil for nothing. The answer is kept until it becomes another.
func (r *Run) withdrawnBy(known calendar.Instant) *withdrawn {
	if len(r.backs) == 0 {
		return nil
	}
	if g := r.gone; g.of != nil && g.from <= known && known < g.until {
		return g.of
	}
	w := &withdrawn{keys: map[factKey]bool{}}
	from, until := calendar.Instant(math.MinInt64), calendar.Instant(math.MaxInt64)
	for key := range r.backs {
		e := r.store[key]
		if e == nil {
			continue
		}
		for i := range e.revisions {
			if at := recordedAt(e.revisions[i].fact); at <= known {
				from = max(from, at)
			} else {
				until = min(until, at)
			}
		}
		rev := e.current(known)
		if rev == nil {
			continue
		}
		if c, ok := rev.fact.(*Correction); ok {
			w.keys[factKey{c.OfKind, c.Of}] = true
		}
		if s := rev.fact.Header().Supersedes; s != "" {
			w.keys[factKey{rev.fact.Kind(), s}] = true
		}
	}
	r.gone = goneBetween{w, from, until}
	return w
}

// goneBetween is what is taken back by what is known from an instant on, until
// another.
type goneBetween struct {
	of          *withdrawn
	from, until calendar.Instant
}

// takesBack remembers a fact that withdraws or replaces another.
func (r *Run) takesBack(f Fact, key factKey) {
	if f.Kind() == FactCorrection || f.Header().Supersedes != "" {
		if r.backs == nil {
			r.backs = map[factKey]bool{}
		}
		r.backs[key] = true
	}
	if r.backs[key] {
		r.gone = goneBetween{}
	}
}

// tooLate refuses a new fact that speaks of a ticket which a stream has counted
// and forgotten: of none that it still knows.
func (r *Run) tooLate(f Fact, key factKey) *Refusal {
	if r.folded == 0 || r.store[key] != nil {
		return nil
	}
	no := &Refusal{Reason: RefusedTooLate, Kind: key.kind, ID: key.id}
	switch f := f.(type) {
	case *Contest:
		if r.tickets.get(f.Ticket) == nil {
			no.Args = []Arg{Name("ticket", f.Ticket)}
			return no
		}
	case *Correction:
		if (f.OfKind == FactTicket || f.OfKind == FactPriority) && !r.inTicket(factKey{f.OfKind, f.Of}) {
			return no
		}
	}
	return nil
}

// inTicket says whether a fact is one of a ticket that is open to change.
func (r *Run) inTicket(key factKey) bool {
	is := func(t ticketFact) bool { return t.fact.Header().ID == key.id && t.fact.Kind() == key.kind }
	for log := range r.tickets.all() {
		if slices.ContainsFunc(log.facts, is) {
			return true
		}
	}
	return false
}

// knownFacts lists the facts of a kind that count by what is known at an instant,
// in the order of their ids.
func knownFacts[F Fact](v *view) []F {
	var of F
	first, found := slices.BinarySearchFunc(v.facts, of.Kind(), func(f Fact, kind FactKind) int { return cmp.Compare(f.Kind(), kind) })
	if !found {
		return nil
	}
	var out []F
	for _, f := range v.facts[first:] {
		g, ok := f.(F)
		if !ok {
			break
		}
		out = append(out, g)
	}
	return out
}
