package sla

import (
	"fmt"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A Period is one window: March 2026, its second quarter, a contract year.
type Period struct {
	Window Window `json:"window"`
	// Name is short and sorts by time within a kind of window: "2026-03",
	// "2026-Q1", "2026-H1", "2026", "2026-W10", "2026-03-10", "2026-03-10T09";
	// a year or a month that begins on a date of the contract's own is named
	// by that, "from 2026-01-15", a window that slides by its last date, "30
	// days to 2026-03-31", and one that is an outage by the outage's id.
	Name string `json:"name"`
	// From is its first date and To the first date behind it.
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
	// Begins and Ends are its instants where it is no whole number of dates.
	Begins *time.Time `json:"begins,omitempty"`
	Ends   *time.Time `json:"ends,omitempty"`
}

// interval is the period in a zone: from the first instant of its first date
// to the first instant of the date behind it (semantics 1.2).
func (p Period) interval(z *calendar.Zone) calendar.Interval {
	if p.Begins != nil && p.Ends != nil {
		return calendar.Interval{Start: instant(*p.Begins), End: instant(*p.Ends)}
	}
	return calendar.Interval{Start: z.StartOf(p.From), End: z.StartOf(p.To)}
}

// periodOf is the window that holds a date, of a kind that tiles the time. start
// is the first date of the contract's term, from which contract years count.
func periodOf(w Window, d, start calendar.Date) Period {
	s, _ := w.shape()
	switch {
	case s.contract:
		return contractYear(d, start)
	case s.months == 0 && s.days == 1:
		return Period{Window: w, Name: d.String(), From: d, To: d.AddDays(1)}
	case s.months == 0 && s.days == 7:
		from := d.AddDays(-((int(d.Weekday()) + 6) % 7))
		return Period{Window: w, Name: weekName(from), From: from, To: from.AddDays(7)}
	case s.months == 0 || s.day == 0:
		w, s = CalendarMonth, windowShape{months: 1, day: 1, month: 1}
	}
	month := d.Year()*12 + int(d.Month()) - 1 // counted from the year 0
	if d.Day() < s.day {
		month--
	}
	month -= ((month-(s.month-1))%s.months + s.months) % s.months
	p := Period{Window: w, From: dayOf(month, s.day), To: dayOf(month+s.months, s.day)}
	p.Name = monthsName(w, p.From)
	return p
}

// monthsName is the name of a window of whole months that begins on a date.
func monthsName(w Window, from calendar.Date) string {
	y, m := from.Year(), int(from.Month())
	switch w {
	case CalendarMonth:
		return from.String()[:len("2026-03")]
	case CalendarQuarter:
		return fmt.Sprintf("%04d-Q%d", y, (m-1)/3+1)
	case CalendarHalf:
		return fmt.Sprintf("%04d-H%d", y, (m-1)/6+1)
	case CalendarYear:
		return fmt.Sprintf("%04d", y)
	}
	return "from " + from.String()
}

// dayOf is a day of a month counted from the year 0; the day is 28 at most.
func dayOf(month, day int) calendar.Date {
	d, _ := calendar.NewDate(month/12, time.Month(month%12+1), day)
	return d
}

// months is how many months lie between its first date and the one behind it; 0
// where these are no whole number of months apart.
func (p Period) months() int {
	n := 12*(p.To.Year()-p.From.Year()) + int(p.To.Month()) - int(p.From.Month())
	if to, ok := p.From.AddMonths(n); !ok || to != p.To {
		return 0
	}
	return n
}

// next is the window that follows.
func (p Period) next(start calendar.Date) Period { return periodOf(p.Window, p.To, start) }

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
	return Period{Window: ContractYear, Name: "from " + from.String(), From: from, To: anniversary(start, year+1)}
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

// ParsePeriods reads the name of a period: a month "2026-03", a quarter
// "2026-Q1", a half-year "2026-H1", a year "2026", a week "2026-W10", a date
// "2026-03-10" or an hour of it "2026-03-10T09". It gives the first date and
// the first date behind; of a period that is named by one of its dates, "from
// 2026-01-15" or "30 days to 2026-03-31", that date alone.
func ParsePeriods(s string) (from, to calendar.Date, err error) {
	if m, err := calendar.ParseMonth(s); err == nil {
		p := periodOf(CalendarMonth, m.First(), m.First())
		return p.From, p.To, nil
	}
	var year, part int
	whole := func(month, months int) (calendar.Date, calendar.Date, error) {
		return firstOf(year, month), firstOf(year, month+months), nil
	}
	read := func(format string) bool {
		n, _ := fmt.Sscanf(s, format, &year, &part)
		return n == 2
	}
	switch {
	case read("%d-Q%d") && s == fmt.Sprintf("%04d-Q%d", year, part) && part >= 1 && part <= 4:
		return whole((part-1)*3+1, 3)
	case read("%d-H%d") && s == fmt.Sprintf("%04d-H%d", year, part) && part >= 1 && part <= 2:
		return whole((part-1)*6+1, 6)
	case read("%d-W%d") && part >= 1 && part <= 53 && year >= 1678 && year <= 2261:
		monday := periodOf(Week, firstOf(year, 1).AddDays(3), firstOf(year, 1)).From.AddDays(7 * (part - 1))
		if weekName(monday) == s {
			return monday, monday.AddDays(7), nil
		}
	}
	if n, _ := fmt.Sscanf(s, "%d", &year); n == 1 && s == fmt.Sprintf("%04d", year) && year >= 1900 && year <= 9998 {
		return whole(1, 12)
	}
	return parseDated(s)
}

// parseDated reads periods that are named by one date.
func parseDated(s string) (from, to calendar.Date, err error) {
	name := s
	if i := strings.LastIndex(s, "to "); i >= 0 {
		name = s[i+3:]
	}
	name = strings.TrimPrefix(name, "from ")
	if at, hour, found := strings.Cut(name, "T"); found && len(hour) >= 2 {
		name = at
	}
	d, perr := calendar.ParseDate(name)
	if perr != nil {
		return from, to, &PeriodError{Text: s}
	}
	return d, d.AddDays(1), nil
}

// A PeriodError is a period that cannot be read.
type PeriodError struct{ Text string }

// Error names the period.
func (e *PeriodError) Error() string {
	return fmt.Sprintf("%q is no period: write 2026-03, 2026-Q1, 2026-H1 or 2026", e.Text)
}
