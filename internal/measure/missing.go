package measure

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// Missing is how many readings should have come in a set of time and did not,
// by the instants of those that came, in order: one is due a period after the
// last, and between two as many as periods fit there, to the nearest, so that
// readings which come a little early or late miss none. Before the first they
// are counted back from it; where none came at all, one is due at the beginning
// of each interval and every period from there. The period is above 0.
func Missing(came []calendar.Instant, every time.Duration, in calendar.Set) (n int64) {
	bounds := in.Bounds()
	if bounds.IsEmpty() {
		return 0
	}
	if len(came) == 0 {
		for v := range in.All() {
			n += ceil(v.Length(), every)
		}
		return n
	}
	const unlimited = 1 << 62
	first, last := came[0], came[len(came)-1]
	if first > bounds.Start { // counted back from it: as many as whole periods fit
		for v := range in.Within(calendar.Interval{Start: bounds.Start, End: first}).All() {
			n += ceil(first.Sub(v.Start)+1, every) - ceil(first.Sub(v.End)+1, every)
		}
	}
	i, _ := slices.BinarySearch(came, bounds.Start)
	for i = max(0, i-1); i+1 < len(came) && came[i] < bounds.End; i++ {
		if gap := came[i+1].Sub(came[i]); gap > every {
			n += dueIn(in.Within(calendar.Interval{Start: came[i], End: came[i+1]}), came[i], every, int64((gap+every/2)/every)-1)
		}
	}
	if last < bounds.End {
		n += dueIn(in.Within(calendar.Interval{Start: last, End: bounds.End}), last, every, unlimited)
	}
	return n
}

// dueIn is how many of the first so many instants, one every period after
// another, lie in a set.
func dueIn(in calendar.Set, from calendar.Instant, every time.Duration, most int64) (n int64) {
	for v := range in.All() {
		least, end := max(1, ceil(v.Start.Sub(from), every)), ceil(v.End.Sub(from), every)
		n += max(0, min(end-1, most)-least+1)
	}
	return n
}

// ceil is how many periods it takes to fill a length, 0 or more.
func ceil(d, every time.Duration) int64 {
	if d <= 0 {
		return 0
	}
	return int64((d-1)/every) + 1
}
