package calendar

import (
	"math"
	"math/bits"
	"slices"
	"sync/atomic"
	"time"
)

// A table answers questions about a run of years in constant time. It is the
// open time of these years as windows in order, each with the total before
// it, and two indexes: from a UTC day to the first window that ends in or
// after it, and from a total to a window near the one that reaches it. A
// table is immutable; [Calendar.grow] replaces it by a longer one.
type table struct {
	// lo and hi bound the instants the fast paths may ask about; they are
	// the years of the table as far as the holiday sets cover them.
	lo, hi Instant
	// base is the start of the first year, end that of the one after the last.
	base, end Instant
	// windows end with a sentinel after all time.
	windows []window
	days    []uint32
	// reaches is indexed by a total shifted right by scale.
	reaches []uint32
	scale   int
	total   uint64

	firstYear int
	years     []yearTable
	// dates are the open dates, and counted those of the zone in which
	// business days are counted, in order.
	dates, counted []int64
	// landings are when each of the counted dates falls due as a last one; 0
	// where nobody has asked.
	landings []atomic.Int64
}

// A window is an interval of open time and the open time of the table before
// it. Totals are unsigned: they may exceed the 292 years of a duration.
type window struct {
	start, end Instant
	before     uint64
}

// A yearTable is the open time and the open dates of one UTC year.
type yearTable struct {
	open           []Interval
	dates, counted []int64
}

// The years of the range of this package.
const (
	minYear = 1678
	maxYear = 2261
)

// yearStart is the first instant of a UTC year.
func yearStart(y int) Instant {
	d, _ := NewDate(y, time.January, 1) // y is in range
	return Instant(d.dayNumber() * day)
}

// newTable joins consecutive years from firstYear on.
func newTable(firstYear int, years []yearTable, known Set) *table {
	end := yearStart(firstYear + len(years))
	t := &table{base: yearStart(firstYear), end: end, firstYear: firstYear, years: years}
	t.lo, t.hi = math.MaxInt64, math.MinInt64 // no fast path over several runs
	if known.Len() == 1 {
		t.lo, t.hi = max(t.base, known.At(0).Start), min(end, known.At(0).End)
	}
	n := 1
	for i := range years {
		n += len(years[i].open)
	}
	t.windows = make([]window, 0, n)
	for i := range years {
		t.appendYear(&years[i])
	}
	t.windows = append(t.windows, window{math.MaxInt64, math.MaxInt64, t.total})
	t.indexDays(int((uint64(end) - uint64(t.base)) / uint64(day)))
	t.indexTotals()
	t.dates, t.counted = slices.Compact(t.dates), slices.Compact(t.counted)
	t.landings = make([]atomic.Int64, len(t.counted))
	return t
}

func (t *table) appendYear(y *yearTable) {
	for _, v := range y.open {
		if n := len(t.windows); n > 0 && t.windows[n-1].end == v.Start {
			t.windows[n-1].end = v.End
		} else {
			t.windows = append(t.windows, window{v.Start, v.End, t.total})
		}
		t.total += lengthOf(v)
	}
	t.dates = append(t.dates, y.dates...)
	t.counted = append(t.counted, y.counted...)
}

// indexDays has an entry for each day and one for the instant after the last.
func (t *table) indexDays(n int) {
	t.days = make([]uint32, n+2)
	i := 0
	for d := range t.days {
		start := uint64(t.base) + uint64(d)*uint64(day)
		for i < len(t.windows)-1 && t.windows[i].end <= Instant(start) {
			i++
		}
		t.days[d] = uint32(i)
	}
}

// indexTotals has about as many entries as there are windows: each stands for
// a power of two of open time no longer than the mean window.
func (t *table) indexTotals() {
	n := len(t.windows) - 1
	if n == 0 {
		return
	}
	t.scale = max(0, bits.Len64(t.total/uint64(n))-1)
	t.reaches = make([]uint32, t.total>>t.scale+2)
	i := 0
	for k := range t.reaches {
		least := max(1, uint64(k)<<t.scale)
		for i+1 < n && t.windows[i+1].before < least {
			i++
		}
		t.reaches[k] = uint32(i)
	}
}

// few is the number of windows up to which stepping beats a binary search.
const few = 16

// at returns the index of the first window that ends after x, which is within
// the table.
func (t *table) at(x Instant) int {
	d := (uint64(x) - uint64(t.base)) / uint64(day)
	i, next := int(t.days[d]), int(t.days[d+1])
	if next-i > few {
		j, _ := slices.BinarySearchFunc(t.windows[i:next], x, endsBy)
		i += j
	}
	for t.windows[i].end <= x {
		i++
	}
	return i
}

func endsBy(w window, x Instant) int {
	if w.end <= x {
		return -1
	}
	return +1
}

// measure is the open time of the table before x.
func (t *table) measure(x Instant) uint64 {
	w := &t.windows[t.at(x)]
	if x > w.start {
		return w.before + (uint64(x) - uint64(w.start))
	}
	return w.before
}

// earliest is the first instant before which the table has target open time,
// 0 < target ≤ total: a closing instant rather than the next opening.
func (t *table) earliest(target uint64) Instant {
	i := t.near(target)
	for t.windows[i+1].before < target {
		i++
	}
	w := &t.windows[i]
	return Instant(uint64(w.start) + target - w.before)
}

// latest is the last instant before which the table has target open time,
// 0 ≤ target < total: an opening instant rather than the closing before.
func (t *table) latest(target uint64) Instant {
	i := t.near(target)
	for t.windows[i+1].before <= target {
		i++
	}
	w := &t.windows[i]
	return Instant(uint64(w.start) + target - w.before)
}

// near returns a window at or a little before the one that reaches a total.
func (t *table) near(target uint64) int {
	k := target >> t.scale
	i, next := int(t.reaches[k]), int(t.reaches[k+1])
	if next-i > few {
		j, _ := slices.BinarySearchFunc(t.windows[i:next+1], target, func(w window, target uint64) int {
			if w.before < target {
				return -1
			}
			return +1
		})
		i += max(0, j-1)
	}
	return i
}
