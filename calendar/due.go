package calendar

// Add returns the date a length after d: days, weeks, months and years step
// civil dates. A date that does not exist (a month after 31 January) is a
// *MissingDateError unless the length says "or the last day of the month".
// Exact time and business days are not steps of dates: *UnitError. The end of
// a term of N months from d is the start of the date returned.
// (semantics 1.5)
func (d Date) Add(l Length) (Date, error) {
	var to Date
	exists := true
	switch l.Unit() {
	case Days:
		to = d.AddDays(l.Count())
	case Weeks:
		to = d.AddDays(7 * l.Count())
	case Months:
		to, exists = d.AddMonths(l.Count())
	case Years:
		to, exists = d.AddMonths(12 * l.Count())
	default:
		return Date{}, &UnitError{Unit: l.Unit()}
	}
	if !exists && !l.LastDay() {
		return Date{}, &MissingDateError{From: d, Length: l}
	}
	if y := to.Year(); y < 1 || y > 9999 {
		return Date{}, &RangeError{What: "date", Text: d.String() + " + " + l.String()}
	}
	return to, nil
}

// Due returns when a length of time from an event ends. (semantics 1.5)
//
//   - Exact time runs inside the clock, to the earliest instant at which it
//     has passed; on the wall when clock is nil.
//   - Days and weeks are dates of the zone: the day of the event is not
//     counted, and they end at the end of the last. 7 days is not 168 h.
//   - Months and years end at the end of the same date that much later; see
//     [Date.Add] for a date that does not exist.
//   - Business days are those of the calendar business, by its rule.
//   - "The 5th business day of the month" is the first such day of business,
//     by its rule for when a day falls due, that is not over at the event; see
//     [Calendar.NthBusinessDay]. A month with fewer business days is passed over.
//
// A negative length ends before the event: notice periods count backward.
// Without a zone the dates are those of the clock, or of UTC. Business days
// without a calendar are a *UnitError; the other errors are those of
// [Calendar.Add], [Calendar.BusinessDays] and [Date.Add].
func Due(from Instant, l Length, zone *Zone, clock, business *Calendar) (Instant, error) {
	switch l.Unit() {
	case Exact:
		return clock.addOrWall(from, l)
	case BusinessDays:
		if business == nil {
			return 0, &UnitError{Unit: BusinessDays}
		}
		return business.BusinessDays(from, l.Count())
	case MonthBusinessDay:
		if business == nil {
			return 0, &UnitError{Unit: MonthBusinessDay}
		}
		return business.nextNth(from, l.Count())
	}
	zone = zoneOr(zone, clock)
	return endOf(zone.DateAt(from), l, zone)
}

// DueFromDate is [Due] for an event of which only the date is known. Exact
// time runs from the first instant of the date; the N-th business day of a
// month is one after the date. (semantics 1.5, 1.6)
func DueFromDate(d Date, l Length, zone *Zone, clock, business *Calendar) (Instant, error) {
	switch l.Unit() {
	case Exact:
		return clock.addOrWall(zoneOr(zone, clock).StartOf(d), l)
	case BusinessDays:
		if business == nil {
			return 0, &UnitError{Unit: BusinessDays}
		}
		return business.BusinessDaysAfter(d, l.Count())
	case MonthBusinessDay:
		if business == nil {
			return 0, &UnitError{Unit: MonthBusinessDay}
		}
		end := business.countZone.StartOf(d.AddDays(1))
		if end <= MinInstant || end >= MaxInstant {
			return 0, &RangeError{What: "date", Text: d.String()}
		}
		return business.nextNth(end, l.Count())
	}
	return endOf(d, l, zoneOr(zone, clock))
}

// endOf is the end of the date a length after d.
func endOf(d Date, l Length, zone *Zone) (Instant, error) {
	last, err := d.Add(l)
	if err != nil {
		return 0, err
	}
	end := zone.StartOf(last.AddDays(1))
	if end <= MinInstant || end >= MaxInstant { // also what stands for dates out of range
		return 0, &RangeError{What: "date", Text: last.String()}
	}
	return end, nil
}

func zoneOr(zone *Zone, clock *Calendar) *Zone {
	switch {
	case zone != nil:
		return zone
	case clock != nil:
		return clock.zone
	}
	return NewZone("UTC", nil)
}

// addOrWall is Add, on the wall for no calendar.
func (c *Calendar) addOrWall(from Instant, l Length) (Instant, error) {
	if c != nil {
		return c.Add(from, l.Duration())
	}
	to := from.Add(l.Duration())
	if to < MinInstant || to > MaxInstant {
		return 0, &RangeError{What: "instant", Text: to.String()}
	}
	return to, nil
}
