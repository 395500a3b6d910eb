package calendar

// NextOpening returns the first instant, at t or after it, at which the
// calendar is open: t itself when it is open. It is false when there is none,
// or none that the holiday sets cover.
func (c *Calendar) NextOpening(t Instant) (Instant, bool) {
	w, ok := c.windowFrom(t)
	return max(t, w.Start), ok
}

// NextClosing returns the end of the open time that t is in, or of the next
// when t is closed. It is false when there is none: the calendar never opens
// again, or never closes.
func (c *Calendar) NextClosing(t Instant) (Instant, bool) {
	w, ok := c.windowFrom(t)
	for ok {
		end := c.grow(w.End, w.End).windowAt(w.End - 1).End
		if end == w.End {
			return end, end < c.bounds().End
		}
		w.End = end // the year after goes on where this one ends
	}
	return 0, false
}

// PrevClosing returns the last instant, at t or before it, up to which the
// calendar was open: t itself when it is open just before t. It is false when
// there is none.
func (c *Calendar) PrevClosing(t Instant) (Instant, bool) {
	w, ok := c.windowTo(t)
	return min(t, w.End), ok
}

// PrevOpening returns the start of the open time that t is in or that ended
// last before t: the opening from which open time leads up to PrevClosing. It
// is false when there is none, or when the calendar has always been open.
func (c *Calendar) PrevOpening(t Instant) (Instant, bool) {
	w, ok := c.windowTo(t)
	for ok {
		start := c.grow(w.Start-1, w.Start).windowAt(w.Start).Start
		if start == w.Start {
			return start, start > c.bounds().Start
		}
		w.Start = start
	}
	return 0, false
}

// windowAt is the open time around an instant of the table that is open, as
// far as the table goes.
func (t *table) windowAt(x Instant) Interval {
	w := t.windows[t.at(x)]
	return Interval{w.start, w.end}
}

// windowFrom is the first open time that ends after t.
func (c *Calendar) windowFrom(t Instant) (Interval, bool) {
	b := c.bounds()
	if t = max(t, b.Start); t >= b.End {
		return Interval{}, false
	}
	for at := c.grow(t, t); ; {
		if i := at.at(t); i < len(at.windows)-1 {
			return Interval{at.windows[i].start, at.windows[i].end}, true
		}
		end := at.end
		if end >= b.End {
			return Interval{}, false
		}
		at = c.grow(t, end)
	}
}

// windowTo is the last open time that starts before t.
func (c *Calendar) windowTo(t Instant) (Interval, bool) {
	b := c.bounds()
	if t = min(t, b.End); t <= b.Start {
		return Interval{}, false
	}
	for at := c.grow(t-1, t); ; {
		i := at.at(t - 1)
		if at.windows[i].start >= t {
			i--
		}
		if i >= 0 {
			return Interval{at.windows[i].start, at.windows[i].end}, true
		}
		if at.base <= b.Start {
			return Interval{}, false
		}
		at = c.grow(at.base-1, t)
	}
}
