package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/display"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

type calendarShow struct {
	calendarName
	calendarRange
	Format string `enum:"text,json" default:"text" help:"How to show it: ${enum}."`
}

// A calendarRange says which months are wanted.
type calendarRange struct {
	Year  int    `help:"The year. Default: this year in the calendar's zone." placeholder:"YEAR"`
	Month string `help:"One month, such as 2026-05." placeholder:"MONTH"`
}

// Help shows examples.
func (*calendarShow) Help() string {
	return `Dates in brackets are holidays, those with a dot are closed, those with a star have other hours than usual.

Examples:
  sla calendar show acme.sla support-hours --year 2026
  sla calendar show acme.sla support-hours --month 2026-05 --format json`
}

// months gives the first and last month wanted, which the calendar must know.
func (r *calendarRange) months(t *terminal, c *calendar.Calendar) (from, to calendar.Month, err error) {
	if r.Month != "" {
		if from, err = calendar.ParseMonth(r.Month); err != nil {
			return from, to, fail(exitUsage, "--month: %q is no month: write 2026-05", r.Month)
		}
		to = from
	} else {
		year := r.Year
		if year == 0 {
			year = t.now().In(c.Zone().Location()).Year()
		}
		if from, err = calendar.ParseMonth(fmt.Sprintf("%04d-01", year)); err != nil {
			return from, to, fail(exitUsage, "--year: there is no year %d", year)
		}
		to = from.Add(11)
	}
	z := c.Zone()
	if err := c.Check(calendar.Interval{Start: z.StartOf(from.First()), End: z.StartOf(to.Next().First())}); err != nil {
		return from, to, fail(exitFindings, "%s", calendarReason(c, err))
	}
	return from, to, nil
}

// Run prints months.
func (s *calendarShow) Run(t *terminal) error {
	_, c, err := s.load(t)
	if err != nil {
		return err
	}
	from, to, err := s.months(t, c)
	if err != nil {
		return err
	}
	days := daysOf(c, from, to)
	if s.Format == "json" {
		return writeJSON(t.out, shownCalendar{c.Name(), c.Zone().Name(), days})
	}
	usual := usualHours(days)
	fmt.Fprintf(t.out, "%s (%s)\n", c.Name(), c.Zone().Name())
	for _, line := range usualLines(usual) {
		fmt.Fprintln(t.out, line)
	}
	for m := from; m.Compare(to) <= 0; m = m.Next() {
		fmt.Fprintln(t.out)
		writeMonth(t.out, c, m, days, usual)
	}
	return nil
}

// A shownCalendar is the JSON form of what is shown.
type shownCalendar struct {
	Calendar string     `json:"calendar"`
	Zone     string     `json:"zone"`
	Dates    []shownDay `json:"dates"`
}

// A shownDay is a date with the shifts that open on it.
type shownDay struct {
	Date     calendar.Date `json:"date"`
	Open     []stretch     `json:"open"`
	Holidays []string      `json:"holidays,omitempty"`
	// hours is Open as the wall clock shows it.
	hours string
}

func daysOf(c *calendar.Calendar, from, to calendar.Month) (out []shownDay) {
	for d := from.First(); !d.After(to.Last()); d = d.AddDays(1) {
		day := shownDay{Date: d, Open: []stretch{}}
		var hours []string
		for _, v := range c.Hours(d) {
			day.Open = append(day.Open, stretch{written(c.Zone(), v.Start), written(c.Zone(), v.End)})
			hours = append(hours, shiftText(c.Zone(), v))
		}
		day.hours = strings.Join(hours, ", ")
		for _, h := range c.Holidays(d) {
			day.Holidays = append(day.Holidays, h.Name)
		}
		out = append(out, day)
	}
	return out
}

// shiftText is a shift by its hours on the wall, "24:00" for a midnight at
// its end.
func shiftText(z *calendar.Zone, v calendar.Interval) string {
	first, _ := z.Local(v.Start)
	last, tod := z.Local(v.End)
	switch {
	case tod == 0 && last == first.AddDays(1):
		return clockOf(z, v.Start) + "-24:00"
	case last.DaysSince(first) > 1:
		return clockOf(z, v.Start) + "-" + clockOf(z, v.End) + " " + shortDay(last)
	}
	return clockOf(z, v.Start) + "-" + clockOf(z, v.End)
}

// usualHours are the commonest hours of each day of the week, "" where it is
// closed as a rule.
func usualHours(days []shownDay) (usual [7]string) {
	var counts [7]map[string]int
	for _, d := range days {
		w := d.Date.Weekday()
		if counts[w] == nil {
			counts[w] = map[string]int{}
		}
		if len(d.Holidays) == 0 {
			counts[w][d.hours]++
		}
	}
	for w, count := range counts {
		best := -1
		for hours, n := range count {
			if n > best || n == best && hours < usual[w] {
				usual[w], best = hours, n
			}
		}
	}
	return usual
}

// week is the order of a printed week.
var week = []int{1, 2, 3, 4, 5, 6, 0}

// usualLines are the usual hours, days alike together: "Mon-Fri 08:00-19:00".
func usualLines(usual [7]string) (out []string) {
	name := func(w int) string { return []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}[w] }
	for i := 0; i < len(week); i++ {
		first, hours := week[i], usual[week[i]]
		last := first
		for i+1 < len(week) && usual[week[i+1]] == hours {
			i++
			last = week[i]
		}
		if hours == "" {
			continue
		}
		days := name(first)
		if last != first {
			days += "-" + name(last)
		}
		out = append(out, "  "+display.Pad(days, 8)+" "+hours)
	}
	return out
}

// writeMonth draws a month: weeks of dates, the holidays and other hours
// below.
func writeMonth(w io.Writer, c *calendar.Calendar, m calendar.Month, days []shownDay, usual [7]string) {
	first := slices.IndexFunc(days, func(d shownDay) bool { return d.Date == m.First() })
	month := days[first : first+m.Last().Day()]
	open, total := 0, calendar.Builder{}
	var notes []string
	line := strings.Repeat("     ", slices.Index(week, int(month[0].Date.Weekday())))
	fmt.Fprintf(w, "%s %d\n  Mo   Tu   We   Th   Fr   Sa   Su\n", month[0].Date.Month(), month[0].Date.Year())
	for _, d := range month {
		if d.hours != "" {
			open++
		}
		for _, v := range c.Hours(d.Date) {
			total.Add(v)
		}
		line += dayCell(d, usual)
		if d.Date.Weekday() == 0 || d.Date == m.Last() {
			fmt.Fprintln(w, strings.TrimRight(line, " "))
			line = ""
		}
		notes = append(notes, dayNotes(c.Zone(), d, usual)...)
	}
	for _, note := range notes {
		fmt.Fprintln(w, "  "+note)
	}
	fmt.Fprintln(w, "  "+words.English().Phrase("calendar total", sla.Count("days", open), sla.Prose("time", calendar.ExactLength(total.Set().Measure()).String())))
}

// dayCell is five columns for a date: " 4   " as usual, "(4)" a holiday, "4·"
// closed, "4*" with other hours.
func dayCell(d shownDay, usual [7]string) string {
	n := fmt.Sprintf("%2d", d.Date.Day())
	switch {
	case len(d.Holidays) > 0:
		return display.Pad(strings.Repeat(" ", 2-len(fmt.Sprint(d.Date.Day())))+" ("+fmt.Sprint(d.Date.Day())+")", 5)
	case d.hours == "":
		n += "·"
	case d.hours != usual[d.Date.Weekday()]:
		n += "*"
	}
	return display.Pad("  "+n, 5)
}

// dayNotes say what is special about a date.
func dayNotes(z *calendar.Zone, d shownDay, usual [7]string) (out []string) {
	head := fmt.Sprintf("%2d %s  ", d.Date.Day(), shortDay(d.Date))
	hours := d.hours
	if hours == "" {
		hours = words.English().Phrase("calendar closed")
	}
	special := d.hours != usual[d.Date.Weekday()]
	for _, name := range d.Holidays {
		out = append(out, head+name)
	}
	switch {
	case len(out) > 0 && d.hours != "":
		out[len(out)-1] += ": " + hours
	case len(out) == 0 && special:
		out = append(out, head+hours)
	}
	day := z.Day(d.Date)
	switch change := z.Offset(day.End) - z.Offset(day.Start); {
	case change > 0:
		out = append(out, head+words.English().Phrase("calendar skipped"))
	case change < 0:
		out = append(out, head+words.English().Phrase("calendar repeated"))
	}
	return out
}
