package calendar

import "slices"

// OpenDate reports whether a shift opens on a date of the calendar's zone. A
// shift across midnight opens on the first of its dates only. A calendar open
// around the clock opens on every date on which it is not closed.
// (semantics 1.3, 1.5)
func (c *Calendar) OpenDate(d Date) bool {
	t := c.growDates(d, d)
	_, found := slices.BinarySearch(t.dates, d.dayNumber())
	return found
}

// Hours returns the open time of the shifts that open on a date, which may
// reach into the next, as intervals in order. It is empty when none does.
func (c *Calendar) Hours(d Date) []Interval {
	return c.hoursOn(d, c.zone, func(p piece) Date { return dateOfDay(p.owner) })
}

// hoursOn gathers the shifts of a date of a zone, by the date that dateOf
// gives a shift.
func (c *Calendar) hoursOn(d Date, zone *Zone, dateOf func(piece) Date) []Interval {
	v := Interval{zone.StartOf(d), zone.StartOf(d.AddDays(1))}.Intersect(Interval{MinInstant, MaxInstant})
	if v.IsEmpty() {
		return nil
	}
	pieces := slices.DeleteFunc(c.piecesIn(v), func(p piece) bool { return dateOf(p) != d })
	return setOf(pieces).parts
}

// OpenDates returns the dates from one date to another, both included, on
// which a shift opens, in order.
func (c *Calendar) OpenDates(from, to Date) []Date {
	if to.Before(from) {
		return nil
	}
	t := c.growDates(from, to)
	i, _ := slices.BinarySearch(t.dates, from.dayNumber())
	var out []Date
	for ; i < len(t.dates) && t.dates[i] <= to.dayNumber(); i++ {
		out = append(out, dateOfDay(t.dates[i]))
	}
	return out
}

// growDates returns a table that knows the open dates of a range.
func (c *Calendar) growDates(from, to Date) *table {
	return c.grow(dateSpan(from).Start, dateSpan(to).End)
}

// dateSpan is an interval around all instants that can have a local date,
// whatever the zone.
func dateSpan(d Date) Interval {
	n := min(max(d.dayNumber(), firstDay), lastDay)
	return Interval{max(Instant(n*day)-reach, MinInstant), min(Instant((n+1)*day)+reach, MaxInstant-1)}
}
