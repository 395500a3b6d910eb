package calendar

import "slices"

// lastDay is the last of n open dates counted from a day of receipt.
func (c *Calendar) lastDay(received Date, n int) (Date, error) {
	at := received.dayNumber()
	switch {
	case n > 0 && c.rule.CountReceipt, n == 0:
		at-- // an open day of receipt is the first one counted
		n = max(n, 1)
	case n < 0 && c.rule.CountReceipt:
		at++
	}
	return c.countedDate(at, n)
}

// countedDate is the n-th open date after the date with number at, or before
// it for a negative n.
func (c *Calendar) countedDate(at int64, n int) (Date, error) {
	d := dateOfDay(at)
	if err := c.checkDates(d, d); err != nil {
		return Date{}, err
	}
	for t := c.growDates(d, d); ; {
		i, found := slices.BinarySearch(t.counted, at)
		switch {
		case n < 0:
			i += n
		case found:
			i += n
		default:
			i += n - 1
		}
		if i >= 0 && i < len(t.counted) {
			last := dateOfDay(t.counted[i])
			return last, c.checkDates(minDate(d, last), maxDate(d, last))
		}
		next, ok := c.furtherYear(t, n)
		if !ok {
			return Date{}, c.beyondDates(n)
		}
		t = c.grow(next, next)
	}
}

// furtherYear is an instant of the year before or after the table.
func (c *Calendar) furtherYear(t *table, n int) (Instant, bool) {
	b := c.bounds()
	if n < 0 {
		return t.base - 1, t.base > b.Start
	}
	return t.end, t.end < b.End
}

// beyondDates is the error for a count that leaves what is known.
func (c *Calendar) beyondDates(n int) error {
	b := c.bounds()
	if n < 0 {
		return c.beyond(b.Start, b.Start-1)
	}
	return c.beyond(b.End, b.End)
}

// checkDates is Check for dates, both included, of the zone counted in.
func (c *Calendar) checkDates(from, to Date) error {
	if from.dayNumber() <= firstDay || to.dayNumber() >= lastDay {
		return &RangeError{What: "date", Text: from.String()}
	}
	v := Interval{c.countZone.StartOf(from), c.countZone.StartOf(to.AddDays(1))}
	return c.Check(v.Intersect(Interval{MinInstant, MaxInstant}))
}

func minDate(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

func maxDate(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}

// landing is the instant of a last day at which the rule lets it fall due.
// Unless that is the time of day of the receipt, it is that of the date alone,
// and remembered.
func (c *Calendar) landing(last Date, tod TimeOfDay) (Instant, error) {
	if c.rule.Due == AtSameTime {
		return c.countZone.FirstAtOrAfter(last, tod), nil
	}
	t := c.growDates(last, last)
	i, found := slices.BinarySearch(t.counted, last.dayNumber())
	if found {
		if at := t.landings[i].Load(); at != 0 {
			return Instant(at), nil
		}
	}
	at, err := c.landingOn(last)
	if found && err == nil {
		t.landings[i].Store(int64(at))
	}
	return at, err
}

func (c *Calendar) landingOn(last Date) (Instant, error) {
	switch c.rule.Due {
	case AtFixedTime:
		return c.countZone.FirstAtOrAfter(last, *c.rule.At), nil
	case AtEndOfDay:
		return c.countZone.StartOf(last.AddDays(1)), nil
	case AtNextOpening:
		next, err := c.countedDate(last.dayNumber(), 1)
		if err != nil {
			return 0, err
		}
		return c.opening(next)
	}
	hours := c.countedHours(last)
	if len(hours) == 0 {
		return 0, &NeverOpenError{Calendar: c.name} // not reached: last is an open date
	}
	return hours[len(hours)-1].End, nil
}

// opening is the first opening of an open date.
func (c *Calendar) opening(d Date) (Instant, error) {
	hours := c.countedHours(d)
	if len(hours) == 0 {
		return 0, &NeverOpenError{Calendar: c.name} // not reached: d is an open date
	}
	return hours[0].Start, nil
}

// countedHours is Hours for a date of the zone counted in.
func (c *Calendar) countedHours(d Date) []Interval {
	if c.countZone == c.zone {
		return c.Hours(d)
	}
	return c.hoursOn(d, c.countZone, func(p piece) Date { return c.countZone.DateAt(p.opens) })
}
