package calendar

import (
	"cmp"
	"slices"
)

// DefaultBusinessDay is the rule of the language edition for a calendar that
// does not write one: the day of receipt is not counted, a receipt keeps its
// date, and it falls due at closing time; at the end of the day where the
// calendar is open around the clock. A combination of calendars in several
// zones, or open around the clock, falls due at the end of the day too, which
// is known when it is compiled: see [Calendar.BusinessDay]. (form T2)
func DefaultBusinessDay(def Definition) BusinessDayRule {
	rule := BusinessDayRule{LateReceipt: KeepsItsDate, Due: AtClosing}
	if def.Always {
		rule.Due = AtEndOfDay
	}
	return rule
}

// BusinessDay is the rule in force: the one written or the edition's.
func (c *Calendar) BusinessDay() BusinessDayRule { return c.rule }

// bindBusinessDay settles the rule and the zone whose dates it counts.
func (c *Calendar) bindBusinessDay(def Definition, severalZones bool, env Environment) error {
	c.countZone = c.zone
	usual := DefaultBusinessDay(def)
	if severalZones || c.continuous {
		usual.Due = AtEndOfDay
	}
	if def.BusinessDay == nil {
		c.rule = usual
		return nil
	}
	c.rule = *def.BusinessDay
	c.rule.LateReceipt = cmp.Or(c.rule.LateReceipt, usual.LateReceipt)
	c.rule.Due = cmp.Or(c.rule.Due, usual.Due)
	if c.rule.Zone == "" || c.rule.Zone == c.zone.name {
		return nil
	}
	zone, err := env.zone(c.rule.Zone)
	if err != nil {
		return err
	}
	c.countZone = zone
	if d, ok := c.editionOf(zone); ok {
		c.editions = tidyEditions(append(c.editions, d))
	}
	return nil
}

func (c *Calendar) editionOf(z *Zone) (Edition, bool) {
	e := Edition{"zone", z.name, z.edition}
	return e, !slices.Contains(c.editions, e)
}

// BusinessDays returns when n business days from an event fall due, by the
// calendar's business-day rule: the receipt gets its date, n open dates are
// counted, and the last gives the instant. n = 0 is the first open date that
// is not before the date of receipt. A negative n counts open dates before
// the date of receipt; 0 never falls due before the receipt itself.
// (semantics 1.5, form T2)
//
// The errors are *UnreachableError, *CoverageError and *RangeError, as for
// [Calendar.Add].
func (c *Calendar) BusinessDays(from Instant, n int) (Instant, error) {
	if from < MinInstant || from >= MaxInstant {
		return 0, &RangeError{What: "instant", Text: from.String()}
	}
	received, err := c.receipt(from)
	if err != nil {
		return 0, err
	}
	date, tod := c.countZone.Local(received)
	last, err := c.lastDay(date, n)
	if err != nil {
		return 0, c.from(from, n, err)
	}
	due, err := c.landing(last, tod)
	if err == nil && n == 0 {
		due = max(due, from)
	}
	return due, c.from(from, n, err)
}

// from completes the error of a count that is never reached.
func (c *Calendar) from(at Instant, n int, err error) error {
	if e, ok := err.(*UnreachableError); ok {
		e.From, e.Target = at, NewLength(n, BusinessDays)
	}
	return err
}

// BusinessDaysAfter is [Calendar.BusinessDays] from a date without a time of
// day. The date is the day of receipt and is taken as it is: nothing is late
// within it. Where the rule says the same time of day, it falls due at the
// end of the day.
func (c *Calendar) BusinessDaysAfter(d Date, n int) (Instant, error) {
	last, err := c.lastDay(d, n)
	if err == nil {
		return c.landing(last, EndOfDay)
	}
	return 0, c.from(c.countZone.StartOf(d), n, err)
}

// NthBusinessDay returns the n-th open date of a month, from 1, or counted
// from its end for a negative n: -1 is the last. The error is an
// *UnreachableError when the month has fewer, or a *CoverageError.
func (c *Calendar) NthBusinessDay(m Month, n int) (Date, error) {
	if err := c.checkDates(m.First(), m.Last()); err != nil {
		return Date{}, err
	}
	t := c.growDates(m.First(), m.Last())
	first, _ := slices.BinarySearch(t.counted, m.First().dayNumber())
	end, _ := slices.BinarySearch(t.counted, m.Last().dayNumber()+1)
	i := first + n - 1
	if n < 0 {
		i = end + n
	}
	if n == 0 || i < first || i >= end {
		return Date{}, &UnreachableError{Calendar: c.name, From: c.countZone.StartOf(m.First()), Target: NewLength(n, BusinessDays)}
	}
	return dateOfDay(t.counted[i]), nil
}

// mostMonths is how many months without an N-th business day are passed over.
const mostMonths = 12 * 12

// nextNth is when the first N-th business day of a month falls due that does
// not do so before an instant.
func (c *Calendar) nextNth(from Instant, n int) (Instant, error) {
	if from < MinInstant || from >= MaxInstant {
		return 0, &RangeError{What: "instant", Text: from.String()}
	}
	never := &UnreachableError{Calendar: c.name, From: from, Target: NewLength(n, MonthBusinessDay)}
	if n == 0 || n > 31 || n < -31 {
		return 0, never
	}
	date, tod := c.countZone.Local(from)
	first := date.MonthOf()
	for i := -1; i < mostMonths; i++ { // a shift of the month before may close in this one
		last, err := c.NthBusinessDay(first.Add(i), n)
		if _, fewer := err.(*UnreachableError); fewer || err != nil && i < 0 {
			continue
		}
		if err != nil {
			return 0, err
		}
		at, err := c.landing(last, tod)
		if err != nil {
			return 0, err
		}
		if at >= from {
			return at, nil
		}
	}
	return 0, never
}

// receipt is the instant a receipt counts as: itself, or the next open day or
// opening where the rule moves receipts there.
func (c *Calendar) receipt(from Instant) (Instant, error) {
	if c.rule.ClosedDayMoves {
		var err error
		if from, err = c.openDay(from); err != nil {
			return 0, err
		}
	}
	if c.rule.LateReceipt != NextOpening {
		return from, nil
	}
	if c.rule.Cutoff == nil {
		return c.openingFrom(from)
	}
	date, tod := c.countZone.Local(from)
	if tod < *c.rule.Cutoff {
		return from, nil
	}
	next, err := c.countedDate(date.dayNumber(), 1)
	if err != nil {
		return 0, err
	}
	return c.opening(next)
}

// openDay is an instant on an open date, or the same time of day on the next.
func (c *Calendar) openDay(from Instant) (Instant, error) {
	date, tod := c.countZone.Local(from)
	open, err := c.countedDate(date.dayNumber()-1, 1)
	if err != nil || open == date {
		return from, err
	}
	return c.countZone.FirstAtOrAfter(open, tod), nil
}

// openingFrom is NextOpening with the reason when there is none.
func (c *Calendar) openingFrom(from Instant) (Instant, error) {
	at, ok := c.NextOpening(from)
	if !ok {
		return 0, c.beyond(from, c.bounds().End)
	}
	return at, c.Check(Interval{from, at})
}
