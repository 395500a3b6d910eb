package calendar

import "slices"

// radixFrom is the number of intervals from which a radix sort beats
// comparing: its passes cost the same however few intervals there are.
const radixFrom = 2048

// normalize sorts the intervals in place, drops empty ones and joins those
// that overlap or touch. It returns nil when nothing is left.
func normalize(parts []Interval) []Interval {
	parts = slices.DeleteFunc(parts, Interval.IsEmpty)
	if len(parts) == 0 {
		return nil
	}
	if !slices.IsSortedFunc(parts, byStart) {
		parts = sortByStart(parts)
	}
	out := parts[:1]
	for _, p := range parts[1:] {
		out = appendMerged(out, p)
	}
	return out
}

func byStart(a, b Interval) int {
	switch {
	case a.Start < b.Start:
		return -1
	case a.Start > b.Start:
		return +1
	}
	return 0
}

func sortByStart(parts []Interval) []Interval {
	if len(parts) < radixFrom {
		slices.SortFunc(parts, byStart)
		return parts
	}
	return radixSort(parts)
}

// digitBits is the width of a radix digit; 2¹¹ counters fit the first-level
// cache, and six digits cover 64 bits.
const digitBits = 11

// radixSort sorts by start, least significant digit first, skipping digits
// that all intervals share: facts of one year share most of their high bits.
// It may return either its argument or a copy.
func radixSort(parts []Interval) []Interval {
	from, to := parts, make([]Interval, len(parts))
	low := slices.MinFunc(parts, byStart).Start
	width := uint64(slices.MaxFunc(parts, byStart).Start) - uint64(low)
	for shift := 0; shift < 64 && width>>shift != 0; shift += digitBits {
		if radixPass(from, to, low, shift) {
			from, to = to, from
		}
	}
	return from
}

// radixPass distributes the intervals by one digit of their distance from
// low, keeping the order of equals. It reports false, having moved nothing,
// when all have the same digit.
func radixPass(from, to []Interval, low Instant, shift int) bool {
	const digits = 1 << digitBits
	digit := func(p Interval) uint64 {
		return (uint64(p.Start) - uint64(low)) >> shift & (digits - 1)
	}
	var place [digits]int
	for _, p := range from {
		place[digit(p)]++
	}
	if place[digit(from[0])] == len(from) {
		return false
	}
	sum := 0
	for i, n := range place {
		place[i] = sum
		sum += n
	}
	for _, p := range from {
		d := digit(p)
		to[place[d]] = p
		place[d]++
	}
	return true
}
