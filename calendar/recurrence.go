package calendar

import (
	"slices"
	"strings"
	"time"
)

// A Recurrence says on which dates something comes again: on days of the
// week, on business days, or on a certain one of these, or of all days, in
// each month or longer period, or from a date on. The zero value is no date.
type Recurrence struct {
	// Days are days of the week; none with Business, and none for days of the
	// month, whatever they are called.
	Days Weekdays `json:"days,omitempty"`
	// Business means the business days.
	Business bool `json:"businessDays,omitempty"`
	// Nth picks the n-th of each day of the week, of the business days or of all
	// days in each period, -1 the last; with From, every n-th of them from then on.
	Nth int `json:"nth,omitempty"`
	// Of is the period of which Nth is counted; a month where it is empty.
	Of RecurrencePeriod `json:"of,omitempty"`
	// Months are those in which it comes, from 1 to 12; all where there are none.
	Months []int `json:"months,omitempty" sla:"set"`
	// From is the first date; nil means without beginning.
	From *Date `json:"from,omitempty"`
}

// A RecurrencePeriod is what the n-th day is counted in.
type RecurrencePeriod string

// The periods of the calendar. The zero value is a month.
const (
	OfMonth    RecurrencePeriod = "month"
	OfQuarter  RecurrencePeriod = "quarter"
	OfHalfYear RecurrencePeriod = "half-year"
	OfYear     RecurrencePeriod = "year"
)

// months is how many months the period has; 0 where there is none of the name.
func (p RecurrencePeriod) months() int {
	switch p {
	case "", OfMonth:
		return 1
	case OfQuarter:
		return 3
	case OfHalfYear:
		return 6
	case OfYear:
		return 12
	}
	return 0
}

// String writes the recurrence as contracts do: "every 2nd Sat of the month".
func (r Recurrence) String() string {
	words := []string{"every"}
	switch {
	case r.Nth < 0:
		words = append(words, "last")
	case r.Nth > 0:
		words = append(words, ordinalOf(int64(r.Nth)))
	}
	switch {
	case r.Business:
		words = append(words, "business day")
	case r.Days == 0, r.Days == EveryDay && r.Nth == 0:
		words = append(words, "day")
	default:
		words = append(words, strings.ReplaceAll(r.Days.String(), ",", ", "))
	}
	switch {
	case r.From != nil:
		words = append(words, "from", r.From.String())
	case len(r.Months) > 0:
		names := make([]string, len(r.Months))
		for i, m := range r.sortedMonths() {
			names[i] = time.Month(m).String()
		}
		words = append(words, "of", strings.Join(names, ", "))
	case r.Nth != 0, r.Of != "":
		words = append(words, "of the", string(r.period()))
	}
	return strings.Join(words, " ")
}

// Weekly says that it comes on days of the week, without anything more.
func (r Recurrence) Weekly() bool {
	return r.Days != 0 && r.Nth == 0 && len(r.Months) == 0 && r.From == nil
}

func (r Recurrence) sortedMonths() []int {
	return slices.Compact(slices.Sorted(slices.Values(r.Months)))
}

func (r Recurrence) isZero() bool {
	return r.Days == 0 && !r.Business && r.Nth == 0 && r.Of == "" && len(r.Months) == 0 && r.From == nil
}

func (r Recurrence) period() RecurrencePeriod {
	if r.Of == "" {
		return OfMonth
	}
	return r.Of
}

// Check returns a *RangeError where the recurrence is none: it says nothing, two
// things at once, or a day that no period has, such as the 32nd of a month.
func (r Recurrence) Check() error {
	months := r.period().months()
	switch {
	case months == 0,
		r.Days == 0 && !r.Business && r.Nth == 0,
		r.Days != 0 && r.Business,
		r.Nth < -1,
		len(r.Months) > 0 && (months > 1 || r.From != nil),
		slices.ContainsFunc(r.Months, func(m int) bool { return m < 1 || m > 12 }),
		r.From != nil && (r.Nth < 0 || r.Of != "" || r.Business),
		r.From == nil && r.Nth == 0 && r.Of != "":
		return &RangeError{What: "recurrence", Text: r.String()}
	}
	if r.From == nil && r.Nth > r.most() {
		return &RangeError{What: "recurrence", Text: r.String()}
	}
	return nil
}

// most is the greatest number of its days that one of its periods has.
func (r Recurrence) most() int {
	longest := map[RecurrencePeriod]int{OfMonth: 31, OfQuarter: 92, OfHalfYear: 184, OfYear: 366}[r.period()]
	if len(r.Months) > 0 {
		const leapYear = 2024
		longest = 0
		for _, m := range r.Months {
			longest = max(longest, daysIn(leapYear, time.Month(m)))
		}
	}
	if r.Days != 0 {
		return (longest + 6) / 7
	}
	return longest
}

// Dates lists the dates from one date up to another, without it, on which it
// comes, in order. Business days are those of a calendar; the error is a
// *CoverageError where it does not know which dates are, or a *RangeError where
// there is no calendar or the recurrence is none.
func (r Recurrence) Dates(from, to Date, business *Calendar) ([]Date, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	if r.Business {
		return r.businessDates(from, to, business)
	}
	var out []Date
	for d := from; d.Before(to); d = d.AddDays(1) {
		if r.on(d) {
			out = append(out, d)
		}
	}
	return out, nil
}

// on says whether it comes on a date, of a recurrence that does not ask for
// business days.
func (r Recurrence) on(d Date) bool {
	if r.Days != 0 && !r.Days.Has(d.Weekday()) || len(r.Months) > 0 && !slices.Contains(r.Months, int(d.Month())) {
		return false
	}
	like := 7 // days between two like ones
	if r.Days == 0 {
		like = 1
	}
	switch {
	case r.From != nil && d.Before(*r.From):
		return false
	case r.Nth == 0:
		return true
	case r.From != nil:
		return d.DaysSince(*r.From)/like%r.Nth == 0
	}
	first, end := r.periodAround(d)
	if r.Nth < 0 {
		return !d.AddDays(like).Before(end)
	}
	return d.DaysSince(first)/like == r.Nth-1
}

// periodAround is the first date of the period that holds a date, and the one
// behind its last.
func (r Recurrence) periodAround(d Date) (first, end Date) {
	n := r.period().months()
	begin := Month{d.Year(), d.Month()}.Add(-((int(d.Month()) - 1) % n))
	return begin.First(), begin.Add(n).First()
}

// businessDates are the business days that it takes.
func (r Recurrence) businessDates(from, to Date, business *Calendar) ([]Date, error) {
	if business == nil {
		return nil, &RangeError{What: "recurrence", Text: r.String()}
	}
	var out []Date
	for from.Before(to) {
		first, end := from, to
		if r.Nth != 0 {
			first, end = r.periodAround(from)
		}
		all, err := business.businessDatesIn(first, end)
		if err != nil {
			return nil, err
		}
		if r.Nth != 0 {
			i := r.Nth - 1
			if r.Nth < 0 {
				i = len(all) - 1
			}
			all = all[min(max(i, 0), len(all)):min(max(i, -1)+1, len(all))]
		}
		for _, d := range all {
			if !d.Before(from) && d.Before(to) && (len(r.Months) == 0 || slices.Contains(r.Months, int(d.Month()))) {
				out = append(out, d)
			}
		}
		from = end
	}
	return out, nil
}

// businessDatesIn lists the open dates from one date up to another, without it.
// The error is a *CoverageError.
func (c *Calendar) businessDatesIn(from, to Date) ([]Date, error) {
	if !from.Before(to) {
		return nil, nil
	}
	if err := c.checkDates(from, to.AddDays(-1)); err != nil {
		return nil, err
	}
	t := c.growDates(from, to.AddDays(-1))
	i, _ := slices.BinarySearch(t.counted, from.dayNumber())
	end, _ := slices.BinarySearch(t.counted, to.dayNumber())
	out := make([]Date, 0, end-i)
	for _, n := range t.counted[i:end] {
		out = append(out, dateOfDay(n))
	}
	return out, nil
}
