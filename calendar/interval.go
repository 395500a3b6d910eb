package calendar

import "time"

// An Interval is a stretch of time that holds its start and not its end:
// [Start, End). One whose end is not after its start is empty.
// (semantics 1.1)
type Interval struct {
	Start Instant `json:"start"`
	End   Instant `json:"end"`
}

// IsEmpty reports whether the interval holds no instant.
func (v Interval) IsEmpty() bool { return v.End <= v.Start }

// Length is how long the interval lasts; an empty one lasts 0. More than a
// duration can hold (292 years) is cut to the longest duration.
func (v Interval) Length() time.Duration {
	if v.IsEmpty() {
		return 0
	}
	return v.End.Sub(v.Start)
}

// Contains reports whether t is in the interval.
func (v Interval) Contains(t Instant) bool { return v.Start <= t && t < v.End }

// Intersect returns what is in both intervals, possibly empty.
func (v Interval) Intersect(o Interval) Interval {
	return Interval{Start: max(v.Start, o.Start), End: min(v.End, o.End)}
}

// String returns the two ends in UTC, such as
// "[2026-03-29T00:00:00Z, 2026-03-30T00:00:00Z)".
func (v Interval) String() string {
	return "[" + v.Start.String() + ", " + v.End.String() + ")"
}
