package calendar

import (
	"fmt"
	"time"
)

// A Month is a month of a certain year.
type Month struct {
	Year  int
	Month time.Month
}

// ParseMonth reads "2026-03". Its errors are *SyntaxError and *RangeError.
func ParseMonth(s string) (Month, error) {
	if len(s) != 7 || s[4] != '-' {
		return Month{}, &SyntaxError{What: "month", Text: s}
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:])
	if !ok1 || !ok2 {
		return Month{}, &SyntaxError{What: "month", Text: s}
	}
	if y < 1 || m < 1 || m > 12 {
		return Month{}, &RangeError{What: "month", Text: s}
	}
	return Month{y, time.Month(m)}, nil
}

// First returns the first date of the month.
func (m Month) First() Date {
	d, _ := NewDate(m.Year, m.Month, 1) // the zero date when m is no month
	return d
}

// Last returns the last date of the month.
func (m Month) Last() Date { return m.Next().First().AddDays(-1) }

// Next returns the month after.
func (m Month) Next() Month { return m.Add(1) }

// Add returns the month n months later, or earlier when n is negative.
func (m Month) Add(n int) Month {
	k := m.Year*12 + int(m.Month) - 1 + n
	year, month := k/12, k%12
	if month < 0 {
		year, month = year-1, month+12
	}
	return Month{year, time.Month(month + 1)}
}

// Compare returns -1, 0 or +1 as m is before, the same as or after o.
func (m Month) Compare(o Month) int {
	return m.First().Compare(o.First())
}

// String returns the form "2026-03".
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }

// MarshalText writes the form "2026-03".
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what [ParseMonth] reads.
func (m *Month) UnmarshalText(text []byte) error {
	v, err := ParseMonth(string(text))
	if err == nil {
		*m = v
	}
	return err
}

// A MonthDay is a day of every year, such as 25 December.
type MonthDay struct {
	Month time.Month
	Day   int
}

// ParseMonthDay reads "12-25". 29 February is accepted and exists in leap
// years only. Its errors are *SyntaxError and *RangeError.
func ParseMonthDay(s string) (MonthDay, error) {
	if len(s) != 5 || s[2] != '-' {
		return MonthDay{}, &SyntaxError{What: "day of the year", Text: s}
	}
	m, ok1 := digits(s[:2])
	d, ok2 := digits(s[3:])
	if !ok1 || !ok2 {
		return MonthDay{}, &SyntaxError{What: "day of the year", Text: s}
	}
	const leapYear = 2024
	if m < 1 || m > 12 || d < 1 || d > daysIn(leapYear, time.Month(m)) {
		return MonthDay{}, &RangeError{What: "day of the year", Text: s}
	}
	return MonthDay{time.Month(m), d}, nil
}

// In returns the date in a year, and false when that year has none.
func (m MonthDay) In(year int) (Date, bool) {
	d, err := NewDate(year, m.Month, m.Day)
	return d, err == nil
}

// Compare returns -1, 0 or +1 as m is before, the same as or after o in the
// year.
func (m MonthDay) Compare(o MonthDay) int {
	a, b := int(m.Month)*32+m.Day, int(o.Month)*32+o.Day
	switch {
	case a < b:
		return -1
	case a > b:
		return +1
	}
	return 0
}

// String returns the form "12-25".
func (m MonthDay) String() string { return fmt.Sprintf("%02d-%02d", int(m.Month), m.Day) }

// MarshalText writes the form "12-25".
func (m MonthDay) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what [ParseMonthDay] reads.
func (m *MonthDay) UnmarshalText(text []byte) error {
	v, err := ParseMonthDay(string(text))
	if err == nil {
		*m = v
	}
	return err
}
