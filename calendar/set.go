package calendar

import (
	"iter"
	"math"
	"slices"
	"sort"
	"time"
)

// A Set is a set of instants, kept as its normal form: sorted, disjoint,
// non-empty half-open intervals that do not touch. Sets are immutable; the
// zero value is the empty set. All durations of this package are measures of
// sets: totals are never subtracted from totals. (semantics 1.1)
type Set struct{ parts []Interval }

// NewSet returns the union of the intervals, which may overlap, be empty and
// come in any order. It costs little more than sorting them.
func NewSet(intervals ...Interval) Set {
	return Set{normalize(slices.Clone(intervals))}
}

// IsEmpty reports whether the set holds no instant.
func (s Set) IsEmpty() bool { return len(s.parts) == 0 }

// Len is the number of intervals of the normal form.
func (s Set) Len() int { return len(s.parts) }

// At returns the i-th interval in order of time, 0 ≤ i < Len.
func (s Set) At(i int) Interval { return s.parts[i] }

// All iterates over the intervals in order of time.
func (s Set) All() iter.Seq[Interval] { return slices.Values(s.parts) }

// Bounds returns the smallest interval that holds the whole set; it is empty
// for the empty set.
func (s Set) Bounds() Interval {
	if s.IsEmpty() {
		return Interval{}
	}
	return Interval{s.parts[0].Start, s.parts[len(s.parts)-1].End}
}

// Equal reports whether both sets hold the same instants.
func (s Set) Equal(o Set) bool { return slices.Equal(s.parts, o.parts) }

// Contains reports whether t is in the set. It costs a binary search.
func (s Set) Contains(t Instant) bool {
	i := s.after(t)
	return i < len(s.parts) && s.parts[i].Start <= t
}

// after is the index of the first interval that ends after t.
func (s Set) after(t Instant) int {
	lo, hi := 0, len(s.parts)
	for lo < hi {
		if m := int(uint(lo+hi) >> 1); s.parts[m].End <= t {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// Measure is the total length of the set. More than a duration can hold (292
// years) is cut to the longest duration.
func (s Set) Measure() time.Duration {
	var total uint64
	for _, p := range s.parts {
		total += lengthOf(p)
	}
	return saturate(total)
}

// lengthOf is the length of a non-empty interval; unsigned, so that it never
// overflows.
func lengthOf(p Interval) uint64 { return uint64(p.End) - uint64(p.Start) }

// saturate makes a duration of a total, the longest one if it is too long.
func saturate(total uint64) time.Duration {
	return time.Duration(min(total, math.MaxInt64))
}

// Nth returns the earliest instant at which the measure of the set from
// "from" on has reached d: the closing instant rather than the next opening.
// It is from itself when d is not positive, and false when the set holds less
// than d after from.
func (s Set) Nth(from Instant, d time.Duration) (Instant, bool) {
	if d <= 0 {
		return from, true
	}
	for _, p := range s.parts[s.after(from):] {
		p.Start = max(p.Start, from)
		if l := lengthOf(p); l < uint64(d) {
			d -= time.Duration(l)
			continue
		}
		return p.Start + Instant(d), true
	}
	return 0, false
}

// NthBack returns the latest instant such that the measure of the set from
// there to "from" is d, the mirror image of [Set.Nth]. It is from itself when
// d is not positive, and false when the set holds less than d before from.
func (s Set) NthBack(from Instant, d time.Duration) (Instant, bool) {
	if d <= 0 {
		return from, true
	}
	end := sort.Search(len(s.parts), func(i int) bool { return s.parts[i].Start >= from })
	for i := end - 1; i >= 0; i-- {
		p := s.parts[i]
		p.End = min(p.End, from)
		if l := lengthOf(p); l < uint64(d) {
			d -= time.Duration(l)
			continue
		}
		return p.End - Instant(d), true
	}
	return 0, false
}
