package sla

import (
	"cmp"
	"iter"
	"slices"
)

// Facts gives every revision of every fact that was taken in and that has not
// been folded away, in an order that depends on nothing but the facts: what a
// run must be given to be made again.
func (r *Run) Facts() iter.Seq[Fact] {
	return func(yield func(Fact) bool) {
		var all []Fact
		for _, e := range r.store {
			for i := range e.revisions {
				all = append(all, e.revisions[i].fact)
			}
		}
		for log := range r.tickets.all() {
			for i := range log.facts {
				all = append(all, log.facts[i].fact)
			}
		}
		slices.SortStableFunc(all, func(a, b Fact) int {
			x, y := a.Header(), b.Header()
			return cmp.Or(x.Occurred.Compare(y.Occurred), cmp.Compare(a.Kind(), b.Kind()), cmp.Compare(idOf(a), idOf(b)), cmp.Compare(x.Revision, y.Revision))
		})
		for _, f := range all {
			if !yield(f) {
				return
			}
		}
	}
}
