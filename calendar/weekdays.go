package calendar

import (
	"slices"
	"strings"
	"time"
)

// Weekdays is a set of days of the week. The zero value is empty.
type Weekdays uint8

// EveryDay is all seven days.
const EveryDay Weekdays = 1<<7 - 1

// WeekdaysOf returns the set of the given days.
func WeekdaysOf(days ...time.Weekday) Weekdays {
	var w Weekdays
	for _, d := range days {
		w |= 1 << d
	}
	return w
}

// after returns the days that follow those of the set.
func (w Weekdays) after() Weekdays { return (w<<1 | w>>6) & EveryDay }

// ParseWeekdays reads days and ranges of days joined by commas, such as
// "Mon-Fri" or "Mon,Wed,Sat-Sun"; a range may run over the end of the week
// ("Sat-Mon"). Full names and "every day" are read too. Anything else is a
// *SyntaxError.
func ParseWeekdays(s string) (Weekdays, error) {
	if s == "every day" {
		return EveryDay, nil
	}
	var w Weekdays
	for part := range strings.SplitSeq(s, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(part), "-")
		from, ok := weekdayNamed(first)
		to := from
		if ok && isRange {
			to, ok = weekdayNamed(last)
		}
		if !ok {
			return 0, &SyntaxError{What: "list of days of the week", Text: s}
		}
		for w |= 1 << from; from != to; w |= 1 << from {
			from = (from + 1) % 7
		}
	}
	return w, nil
}

// weekFromMonday lists the days as contracts write them.
func weekFromMonday() []string {
	return []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
}

// weekdayNamed finds a day by its three letters or its full name.
func weekdayNamed(name string) (time.Weekday, bool) {
	i := slices.IndexFunc(weekFromMonday(), func(full string) bool { return name == full || name == full[:3] })
	return time.Weekday((i + 1) % 7), i >= 0
}

// Has reports whether the day is in the set.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// String returns the days from Monday on, runs of them as ranges: "Mon-Fri",
// "Mon,Wed,Sat-Sun", "Mon-Sun"; an empty set gives "".
func (w Weekdays) String() string {
	var parts []string
	week := weekFromMonday()
	for i := 0; i < 7; i++ {
		if !w.Has(time.Weekday((i + 1) % 7)) {
			continue
		}
		first := i
		for i+1 < 7 && w.Has(time.Weekday((i+2)%7)) {
			i++
		}
		part := week[first][:3]
		if i > first {
			part += "-" + week[i][:3]
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ",")
}

// MarshalText writes what String returns.
func (w Weekdays) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what [ParseWeekdays] reads, and nothing as no days.
func (w *Weekdays) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*w = 0
		return nil
	}
	v, err := ParseWeekdays(string(text))
	if err == nil {
		*w = v
	}
	return err
}
