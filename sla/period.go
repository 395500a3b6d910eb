package sla

import (
	"fmt"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A Period is one window: March 2026, its second quarter, a contract year.
type Period struct {
	Window Window `json:"window"`
	// Name is short and sorts by time within a kind of window: "2026-03",
	// "2026-Q1", "2026-H1", "2026", "2026-W10", "2026-03-10"; a contract year
	// is named by its first date, "from 2026-01-01".
	Name string `json:"name"`
	// From is its first date and To the first date behind it.
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
}

// interval is the period in a zone: from the first instant of its first date
// to the first instant of the date behind it (semantics 1.2).
func (p Period) interval(z *calendar.Zone) calendar.Interval {
	return calendar.Interval{Start: z.StartOf(p.From), End: z.StartOf(p.To)}
}

// periodOf is the window that holds a date. start is the first date of the
// contract's term, from which contract years count.
func periodOf(w Window, d, start calendar.Date) Period {
	y, m := d.Year(), int(d.Month())
	switch w {
	case Day:
		return Period{w, d.String(), d, d.AddDays(1)}
	case Week:
		from := d.AddDays(-((int(d.Weekday()) + 6) % 7))
		return Period{w, weekName(from), from, from.AddDays(7)}
	case CalendarQuarter:
		q := (m - 1) / 3
		return months(w, fmt.Sprintf("%04d-Q%d", y, q+1), y, q*3+1, 3)
	case CalendarHalf:
		h := (m - 1) / 6
		return months(w, fmt.Sprintf("%04d-H%d", y, h+1), y, h*6+1, 6)
	case CalendarYear:
		return months(w, fmt.Sprintf("%04d", y), y, 1, 12)
	case ContractYear:
		return contractYear(d, start)
	}
	return months(CalendarMonth, fmt.Sprintf("%04d-%02d", y, m), y, m, 1)
}

// next is the window that follows.
func (p Period) next(start calendar.Date) Period { return periodOf(p.Window, p.To, start) }

func months(w Window, name string, year, month, n int) Period {
	return Period{w, name, firstOf(year, month), firstOf(year, month+n)}
}

// firstOf is the first date of a month; months above 12 belong to later years.
func firstOf(year, month int) calendar.Date {
	year, month = year+(month-1)/12, (month-1)%12+1
	d, _ := calendar.NewDate(year, time.Month(month), 1) // always exists
	return d
}

// weekName names a week by the ISO 8601 year and number of its Thursday.
func weekName(monday calendar.Date) string {
	thursday := monday.AddDays(3)
	n := (thursday.DaysSince(firstOf(thursday.Year(), 1)))/7 + 1
	return fmt.Sprintf("%04d-W%02d", thursday.Year(), n)
}

// contractYear is the year of the contract that holds a date: it begins on
// the day and month of start; 29 February begins on the 28th in other years.
func contractYear(d, start calendar.Date) Period {
	year := d.Year()
	from := anniversary(start, year)
	if d.Before(from) {
		year--
		from = anniversary(start, year)
	}
	return Period{ContractYear, "from " + from.String(), from, anniversary(start, year+1)}
}

func anniversary(start calendar.Date, year int) calendar.Date {
	if d, err := calendar.NewDate(year, start.Month(), start.Day()); err == nil {
		return d
	}
	d, _ := calendar.NewDate(year, start.Month(), start.Day()-1) // only 29 February is missing
	return d
}

// periods lists the windows that overlap an interval of dates [from, to).
func periods(w Window, from, to, start calendar.Date) []Period {
	var out []Period
	for p := periodOf(w, from, start); p.From.Before(to); p = p.next(start) {
		out = append(out, p)
	}
	return out
}

// ParsePeriods reads the period a person asks for: a month "2026-03", a
// quarter "2026-Q1", a half-year "2026-H1" or a year "2026". It gives the
// first date and the first date behind.
func ParsePeriods(s string) (from, to calendar.Date, err error) {
	if m, err := calendar.ParseMonth(s); err == nil {
		p := periodOf(CalendarMonth, m.First(), m.First())
		return p.From, p.To, nil
	}
	var year, part int
	switch n, _ := fmt.Sscanf(s, "%d-Q%d", &year, &part); {
	case n == 2 && s == fmt.Sprintf("%04d-Q%d", year, part) && part >= 1 && part <= 4:
		p := months(CalendarQuarter, s, year, (part-1)*3+1, 3)
		return p.From, p.To, nil
	}
	switch n, _ := fmt.Sscanf(s, "%d-H%d", &year, &part); {
	case n == 2 && s == fmt.Sprintf("%04d-H%d", year, part) && part >= 1 && part <= 2:
		p := months(CalendarHalf, s, year, (part-1)*6+1, 6)
		return p.From, p.To, nil
	}
	if n, _ := fmt.Sscanf(s, "%d", &year); n == 1 && s == fmt.Sprintf("%04d", year) && year >= 1900 && year <= 9998 {
		p := months(CalendarYear, s, year, 1, 12)
		return p.From, p.To, nil
	}
	return from, to, &PeriodError{Text: s}
}

// A PeriodError is a period that cannot be read.
type PeriodError struct{ Text string }

// Error names the period.
func (e *PeriodError) Error() string {
	return fmt.Sprintf("%q is no period: write 2026-03, 2026-Q1, 2026-H1 or 2026", e.Text)
}
