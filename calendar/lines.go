package calendar

// A source gives the pieces of the shifts that meet an interval, whole, and
// possibly more of them.
type source interface {
	pieces(v Interval, known memo) []piece
	// hull holds all instants that can be open.
	hull() Interval
}

// A memo keeps what calendars gave while one question is answered, so that a
// calendar that several combinations share is worked out once. What it keeps
// is not to be changed.
type memo map[memoKey][]piece

type memoKey struct {
	of *Calendar
	in Interval
}

// pieces of a calendar that is part of another.
func (m memo) pieces(c *Calendar, v Interval) []piece {
	key := memoKey{c, v}
	if p, done := m[key]; done {
		return p
	}
	p := c.source.pieces(v, m)
	m[key] = p
	return p
}

// weekly is the source of a calendar written with `open` lines.
type weekly struct {
	zone  *Zone
	lines []openLine
	// dated holds the dates whose hours `open on` replaces.
	dated map[int64]datedHours
	closings
}

// An openLine is an `open` line for days of the week or holidays, bound to
// its dates.
type openLine struct {
	days   Weekdays
	dates  dateSet // in effect; of a line for holidays, those holidays
	always bool    // in effect on all dates: dates need no looking up
	hours  []span
}

// datedHours are the `open on` lines of one date.
type datedHours struct {
	plain, although []span
}

func (l *openLine) on(n int64) bool {
	return l.days&(1<<weekdayOf(n)) != 0 && (l.always || l.dates.has(n))
}

func (w *weekly) pieces(v Interval, _ memo) []piece {
	t := terrainOf(w.zone, v)
	out := make([]piece, 0, t.last-t.first+1)
	for n := t.first; n <= t.last; n++ {
		out = w.appendDate(out, &t, n)
	}
	return w.take(out, v)
}

// hull is where any line is in effect, with room for offsets and shifts.
func (w *weekly) hull() Interval {
	dates := Set{}
	for i := range w.lines {
		if len(w.lines[i].hours) > 0 {
			dates = dates.Union(w.lines[i].dates.Set)
		}
	}
	for n, hours := range w.dated {
		if len(hours.plain)+len(hours.although) > 0 {
			dates = dates.Union(NewSet(oneDay(n)))
		}
	}
	return dayBounds(dates)
}

// dayBounds is an interval around all instants of some dates.
func dayBounds(dates Set) Interval {
	if dates.IsEmpty() {
		return Interval{}
	}
	b := dates.Bounds()
	return widened(Interval{b.Start * Instant(day), b.End * Instant(day)})
}

// appendDate appends the shifts of a date: those of its own `open on` lines,
// else of the lines for its day of the week and its holidays.
func (w *weekly) appendDate(out []piece, t *terrain, n int64) []piece {
	dated, isDated := w.dated[n]
	closed := w.dates.has(n)
	if isDated {
		out = appendSpans(out, t, n, dated.although, true)
		if !closed {
			out = appendSpans(out, t, n, dated.plain, false)
		}
		return out
	}
	if closed {
		return out
	}
	for i := range w.lines {
		if l := &w.lines[i]; l.on(n) {
			out = appendSpans(out, t, n, l.hours, false)
		}
	}
	return out
}

func appendSpans(out []piece, t *terrain, n int64, spans []span, although bool) []piece {
	for _, s := range spans {
		out = t.appendPieces(out, n, s, although)
	}
	return out
}

// closings are the `closed` lines of a calendar, bound to their dates.
type closings struct {
	zone *Zone
	// dates are closed altogether.
	dates dateSet
	// cut is `closed dates cut a shift at midnight`.
	cut   bool
	hours []closedHours
	cals  []closedCalendar
	// stretches are instants that are closed whatever their dates.
	stretches Set
}

// closedHours are hours closed on some dates.
type closedHours struct {
	dates dateSet
	hours []span
}

// A closedCalendar closes the open time of another calendar, on the dates
// and, unless nil, in the hours of the line.
type closedCalendar struct {
	of    *Calendar
	dates dateSet
	hours []span
}

// take takes the closings out of pieces that are not on closed dates.
func (c *closings) take(pieces []piece, v Interval) []piece {
	if len(c.hours) == 0 && len(c.cals) == 0 && !c.cut && c.stretches.IsEmpty() {
		return pieces
	}
	t := terrainOf(c.zone, v)
	var closed Builder
	closed.AddSet(c.stretches.Within(widened(v)))
	for _, h := range c.hours {
		closed.AddSet(instantsOf(&t, h.dates, h.hours))
	}
	if c.cut {
		closed.AddSet(instantsOf(&t, c.dates, []span{{0, day}}))
	}
	for _, o := range c.cals {
		closed.AddSet(o.instants(&t, v))
	}
	return minus(pieces, closed.Set())
}

func (o *closedCalendar) instants(t *terrain, v Interval) Set {
	hours := o.hours
	if hours == nil {
		hours = []span{{0, day}}
	}
	return o.of.Open(widened(v)).Intersect(instantsOf(t, o.dates, hours))
}

// widened is an interval with room for the shifts that meet it.
func widened(v Interval) Interval {
	const margin = Instant(4 * day)
	return Interval{v.Start - margin, v.End + margin}
}

// instantsOf returns the instants of some hours of some dates.
func instantsOf(t *terrain, dates dateSet, hours []span) Set {
	var out []piece
	dates.days(t.first, t.last, func(n int64) {
		out = appendSpans(out, t, n, hours, false)
	})
	return setOf(out)
}
