package calendar

// A dateSet is a set of civil dates. It is an interval set whose unit is the
// day number (days since 1970-01-01), so that the algebra is that of [Set].
type dateSet struct{ Set }

// The day numbers between which calendars have rules: a few days more than
// [MinInstant, MaxInstant], for shifts and offsets that reach over the ends.
const (
	firstDay = int64(MinInstant)/day - 3
	lastDay  = int64(MaxInstant)/day + 3
)

// dateRange returns the dates from a to b, both included; a nil end is
// without bound.
func dateRange(a, b *Date) dateSet {
	first, last := firstDay, lastDay
	if a != nil {
		first = max(first, a.dayNumber())
	}
	if b != nil {
		last = min(last, b.dayNumber())
	}
	return dateSet{NewSet(Interval{Instant(first), Instant(last + 1)})}
}

// datesOf returns the dates of holidays.
func datesOf(days []Holiday) dateSet {
	var b Builder
	for _, d := range days {
		b.Add(oneDay(d.Date.dayNumber()))
	}
	return dateSet{b.Set()}
}

func oneDay(n int64) Interval { return Interval{Instant(n), Instant(n + 1)} }

// everyYear returns the dates from one day of each year to another, both
// included, running over the turn of the year when to is before from. An end
// that a year does not have (29 February) is the day before it.
func everyYear(from, to MonthDay) dateSet {
	var b Builder
	lastYear := dateOfDay(lastDay).Year()
	for y := dateOfDay(firstDay).Year() - 1; y <= lastYear; y++ {
		endYear := y
		if to.Compare(from) < 0 {
			endYear++
		}
		first, exists := from.In(y)
		if !exists {
			if from == to {
				continue // a single day that this year does not have
			}
			first = Month{y, from.Month}.Next().First()
		}
		last, exists := to.In(endYear)
		if !exists {
			last = Month{endYear, to.Month}.Last()
		}
		b.Add(Interval{Instant(first.dayNumber()), Instant(last.dayNumber() + 1)})
	}
	return dateSet{b.Set()}
}

func (s dateSet) has(n int64) bool { return s.Contains(Instant(n)) }

func (s dateSet) and(o dateSet) dateSet { return dateSet{s.Intersect(o.Set)} }

func (s dateSet) or(o dateSet) dateSet { return dateSet{s.Union(o.Set)} }

// days calls yield for each date of the set from a to b, both included.
func (s dateSet) days(a, b int64, yield func(n int64)) {
	for _, r := range s.Within(Interval{Instant(a), Instant(b + 1)}).parts {
		for n := r.Start; n < r.End; n++ {
			yield(int64(n))
		}
	}
}

// weekdayOf is the day of the week of a day number; 1970-01-01 was a Thursday.
func weekdayOf(n int64) int {
	return int((n%7 + 7 + 4) % 7)
}
