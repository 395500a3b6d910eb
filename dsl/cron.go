package dsl

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// Schedules as programs write them, `0 2 * * 1-5`. None is read: a contract says
// when a run is due in words, and the message about one shows them.

// mostTimes is how many times of day one line of a contract may sensibly say.
const mostTimes = 6

// fromCron is what a cron expression of five fields says, in the words of a
// contract; false where it is none, or takes more than one line.
func fromCron(text string) (string, bool) {
	fields := strings.Fields(text)
	if len(fields) != 5 {
		return "", false
	}
	minutes, ok1 := cronField(fields[0], 0, 59, nil)
	hours, ok2 := cronField(fields[1], 0, 23, nil)
	dates, ok3 := cronDates(fields[2], fields[3], fields[4])
	if !ok1 || !ok2 || !ok3 {
		return "", false
	}
	t := calendar.Timetable{Recurrence: dates}
	if step := cronStep(fields); step > 0 {
		every := calendar.ExactLength(step)
		t = calendar.Timetable{Every: &every}
	} else if len(minutes)*len(hours) > mostTimes {
		return "", false
	}
	if t.Every == nil {
		for _, h := range hours {
			for _, m := range minutes {
				t.At = append(t.At, calendar.TimeOfDay(time.Duration(h)*time.Hour+time.Duration(m)*time.Minute))
			}
		}
	}
	return t.String(), t.Check() == nil
}

// cronStep is the even step of the clock that an expression of every day says; 0
// where it says none.
func cronStep(fields []string) time.Duration {
	if !slices.Equal(fields[2:], []string{"*", "*", "*"}) {
		return 0
	}
	step := func(field string, of int) int {
		n, err := strconv.Atoi(strings.TrimPrefix(field, "*/"))
		switch {
		case field == "*":
			return 1
		case !strings.HasPrefix(field, "*/") || err != nil || n < 1 || of%n != 0:
			return 0
		}
		return n
	}
	if fields[0] == "0" {
		return time.Duration(step(fields[1], 24)) * time.Hour
	}
	if fields[1] == "*" {
		return time.Duration(step(fields[0], 60)) * time.Minute
	}
	return 0
}

// cronDates are the dates of an expression: of days of the week or of one day of
// the month, in all months or in some.
func cronDates(day, month, weekday string) (r calendar.Recurrence, ok bool) {
	if month != "*" {
		if r.Months, ok = cronField(month, 1, 12, shortNames(monthNames())); !ok {
			return r, false
		}
	}
	switch {
	case day != "*" && weekday != "*":
		return r, false // either of them: two lines
	case day != "*":
		n, err := strconv.Atoi(day)
		r.Nth = n
		return r, err == nil && n > 0
	case weekday == "*":
		r.Days = calendar.EveryDay
		return r, true
	}
	days, ok := cronField(weekday, 0, 7, []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"})
	for _, d := range days {
		r.Days |= calendar.WeekdaysOf(time.Weekday(d % 7))
	}
	return r, ok
}

// cronField reads a field: numbers or names, ranges of them and lists.
func cronField(text string, least, most int, names []string) (out []int, ok bool) {
	number := func(s string) int {
		if i := slices.Index(names, strings.ToUpper(s)); i >= 0 {
			return least + i
		}
		if n, err := strconv.Atoi(s); err == nil && n >= least && n <= most {
			return n
		}
		return -1
	}
	for part := range strings.SplitSeq(text, ",") {
		span, by, stepped := strings.Cut(part, "/")
		step, err := strconv.Atoi(by)
		if stepped && (err != nil || step < 1) {
			return nil, false
		}
		from, to, ranged := strings.Cut(span, "-")
		first, last := number(from), number(to)
		switch {
		case span == "*":
			first, last = least, most
		case !ranged && stepped:
			last = most
		case !ranged:
			last = first
		}
		if first < 0 || last < first {
			return nil, false
		}
		for n := first; n <= last; n += max(step, 1) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), true
}

// shortNames are the first three letters, in capitals.
func shortNames(names []string) (out []string) {
	for _, n := range names {
		out = append(out, strings.ToUpper(n[:3]))
	}
	return out
}
