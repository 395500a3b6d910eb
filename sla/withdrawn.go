package sla

import (
	"cmp"
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

// withdrawnBy reads the corrections and replacements known at an instant.
func (r *Run) withdrawnBy(known calendar.Instant) *withdrawn {
	w := &withdrawn{keys: map[factKey]bool{}}
	for _, e := range r.store {
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
	return w
}

// known lists the facts of a kind that count by what is known at an instant,
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
