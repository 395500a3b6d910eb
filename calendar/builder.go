package calendar

import "slices"

// A Builder gathers intervals that come in any order into a [Set]. Its memory
// grows with the number of disjoint intervals, not with the number added: a
// year of overlapping outages takes what its union takes. The zero value is
// ready; a Builder must not be used by several goroutines at once.
type Builder struct {
	merged  []Interval // normal
	pending []Interval
}

// pendingLeast is the number of intervals gathered before they are merged.
const pendingLeast = 1024

// Add adds an interval; an empty one adds nothing.
func (b *Builder) Add(v Interval) {
	if v.IsEmpty() {
		return
	}
	if len(b.merged) > 0 && len(b.pending) == 0 && v.Start >= b.merged[len(b.merged)-1].Start {
		b.merged = appendMerged(b.merged, v) // input in order needs no sorting
		return
	}
	b.pending = append(b.pending, v)
	if len(b.pending) >= max(pendingLeast, len(b.merged)) {
		b.flush()
	}
}

// AddSet adds all intervals of a set.
func (b *Builder) AddSet(s Set) {
	for _, p := range s.parts {
		b.Add(p)
	}
}

// flush merges what is pending. Pending intervals are at least as many as the
// merged ones, so each interval is copied a bounded number of times.
func (b *Builder) flush() {
	fresh := normalize(b.pending)
	if len(b.merged) == 0 {
		b.merged, b.pending = fresh, nil // the storage now belongs to merged
		return
	}
	b.merged = Set{b.merged}.Union(Set{fresh}).parts
	b.pending = b.pending[:0]
}

// Set returns the union of everything added so far. The builder can go on
// gathering; the returned set does not change.
func (b *Builder) Set() Set {
	b.flush()
	return Set{slices.Clone(b.merged)}
}
