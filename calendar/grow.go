package calendar

import "slices"

// bounds is the range in which the calendar's open time is known, as one
// interval; holes inside it count as closed and are told by [Calendar.Check].
func (c *Calendar) bounds() Interval { return c.known.Bounds() }

// grow returns a table that holds both instants, cut to the range in which the
// calendar is known. Years are compiled when they are first asked about; the
// table grows at least by its own length, so that asking about ever later
// years costs a constant per year.
func (c *Calendar) grow(from, to Instant) *table {
	if t := c.table.Load(); t != nil && t.holds(from) && t.holds(to) {
		return t
	}
	c.growing.Lock()
	defer c.growing.Unlock()
	t := c.table.Load()
	first, last := c.yearOf(from), c.yearOf(to)
	if t == nil {
		t = c.tableOf(first, last, nil)
		c.table.Store(t)
		return t
	}
	lowest, highest := t.firstYear, t.firstYear+len(t.years)-1
	if first >= lowest && last <= highest {
		return t
	}
	if first < lowest {
		first = min(first, lowest-len(t.years))
	}
	if last > highest {
		last = max(last, highest+len(t.years))
	}
	least, most := c.yearOf(MinInstant), c.yearOf(MaxInstant)
	t = c.tableOf(max(least, min(first, lowest)), min(most, max(last, highest)), t)
	c.table.Store(t)
	return t
}

// holds reports whether an instant is in the years of the table.
func (t *table) holds(x Instant) bool {
	return t.base <= x && x < t.end
}

// yearOf is the UTC year of an instant, cut to the range in which the
// calendar is known.
func (c *Calendar) yearOf(x Instant) int {
	b := c.bounds()
	x = max(b.Start, min(x, b.End-1))
	n, _ := splitLocal(int64(x))
	return max(minYear, min(maxYear, dateOfDay(n).Year()))
}

// tableOf compiles the years of a range that are not in an older table yet.
func (c *Calendar) tableOf(first, last int, old *table) *table {
	years := make([]yearTable, 0, last-first+1)
	for y := first; y <= last; y++ {
		if old != nil && y >= old.firstYear && y < old.firstYear+len(old.years) {
			years = append(years, old.years[y-old.firstYear])
		} else {
			years = append(years, c.compileYear(y))
		}
	}
	return newTable(first, years, c.known)
}

// compileYear computes the open time of a UTC year, and the dates of the
// shifts that open in it.
func (c *Calendar) compileYear(y int) yearTable {
	v := Interval{yearStart(y), yearStart(y + 1)}
	pieces := c.piecesIn(v)
	out := yearTable{open: setOf(pieces).Within(v).parts, dates: make([]int64, 0, 366)}
	for _, p := range pieces {
		if !v.Contains(p.opens) {
			continue
		}
		out.dates = append(out.dates, p.owner)
		if c.countZone != c.zone {
			out.counted = append(out.counted, c.countZone.DateAt(p.opens).dayNumber())
		}
	}
	slices.Sort(out.dates)
	out.dates = slices.Compact(out.dates)
	if c.countZone == c.zone {
		out.counted = out.dates
	}
	slices.Sort(out.counted)
	out.counted = slices.Compact(out.counted)
	return out
}

// piecesIn returns the pieces of the shifts that meet an interval, as far as
// they are known.
func (c *Calendar) piecesIn(v Interval) []piece {
	pieces := c.source.pieces(v, memo{})
	if c.known.Len() == 1 && c.bounds().Start <= v.Start-Instant(10*day) && c.bounds().End >= v.End+Instant(10*day) {
		return pieces
	}
	return within(pieces, c.known)
}

// likelyYear is where the search for an opening begins: most calendars that
// are ever open are open in it, and it decides nothing else.
const likelyYear = 2025

// mustOpen refuses a calendar that is never open. It looks at the years in
// which its lines are in effect, one by one, and keeps the first open one.
func (c *Calendar) mustOpen() error {
	if c.known.IsEmpty() {
		return c.unknownAt(yearStart(likelyYear))
	}
	hull := c.hull.Intersect(c.bounds())
	if hull.IsEmpty() {
		return &NeverOpenError{Calendar: c.name}
	}
	first, last := c.yearOf(hull.Start), c.yearOf(hull.End)
	likely := max(first, min(likelyYear, last))
	for y := likely; y <= last; y++ {
		if c.openIn(y) {
			return nil
		}
	}
	for y := likely - 1; y >= first; y-- {
		if c.openIn(y) {
			return nil
		}
	}
	return &NeverOpenError{Calendar: c.name}
}

// openIn reports whether a calendar is open in a year, and if so begins its
// table with that year.
func (c *Calendar) openIn(y int) bool {
	year := c.compileYear(y)
	if len(year.open) == 0 {
		return false
	}
	c.table.Store(newTable(y, []yearTable{year}, c.known))
	return true
}
