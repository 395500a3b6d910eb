package calendar

import (
	"fmt"
	"time"

	"github.com/rickb777/date/v2"
)

// A Date is a day of the civil (proleptic Gregorian) calendar, in no zone.
// Dates are comparable with == and usable as map keys. The zero Date is
// 0001-01-01. Dates run over the years 1 to 9999.
type Date struct{ d date.Date }

// NewDate returns the date of a year (1 to 9999), month and day. A day that
// does not exist, such as 31 February, is a *RangeError.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) {
		return Date{date.New(year, month, day)}, nil
	}
	return Date{}, &RangeError{What: "date", Text: fmt.Sprintf("%04d-%02d-%02d", year, int(month), day)}
}

// ParseDate reads an ISO date such as "2026-03-29", strictly: ten characters
// and a day that exists. Its errors are *SyntaxError, and *RangeError for
// days such as "2026-02-31".
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, &SyntaxError{What: "date", Text: s}
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	if !ok1 || !ok2 || !ok3 {
		return Date{}, &SyntaxError{What: "date", Text: s}
	}
	v, err := NewDate(y, time.Month(m), d)
	if err != nil {
		return Date{}, &RangeError{What: "date", Text: s}
	}
	return v, nil
}

// digits reads a run of ASCII digits; the callers bound its length.
func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) > 0
}

// daysIn is the number of days of a month.
func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Year returns the year.
func (d Date) Year() int { return d.d.Year() }

// Month returns the month of the year.
func (d Date) Month() time.Month { return d.d.Month() }

// Day returns the day of the month.
func (d Date) Day() int { return d.d.Day() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.d.Weekday() }

// MonthOf returns the month of its year that the date is in.
func (d Date) MonthOf() Month { return Month{d.Year(), d.Month()} }

// AddDays returns the date n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return Date{d.d + date.Date(n)} }

// DaysSince returns the number of days from o to d.
func (d Date) DaysSince(o Date) int { return int(d.d - o.d) }

// AddMonths returns the same day of the month n months later, or earlier when
// n is negative. When that month has no such day it returns the month's last
// day and false: a month from 31 January exists only by a stated rule.
// (semantics 1.5)
func (d Date) AddMonths(n int) (Date, bool) {
	y, m, day := d.d.Date()
	to := Month{y, m}.Add(n)
	last := daysIn(to.Year, to.Month)
	return Date{date.New(to.Year, to.Month, min(day, last))}, day <= last
}

// Compare returns -1, 0 or +1 as d is before, the same as or after o.
func (d Date) Compare(o Date) int {
	switch {
	case d.d < o.d:
		return -1
	case d.d > o.d:
		return +1
	}
	return 0
}

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.d < o.d }

// After reports whether d is later than o.
func (d Date) After(o Date) bool { return d.d > o.d }

// String returns the ISO form, such as "2026-03-29".
func (d Date) String() string {
	y, m, n := d.d.Date()
	if y < 0 || y > 9999 {
		return d.d.String()
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	return string([]byte{
		digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(int(m) / 10), digit(int(m)), '-', digit(n / 10), digit(n),
	})
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(text []byte) error {
	v, err := ParseDate(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// unixEpoch is 1970-01-01 as the civil-date library counts days.
const unixEpoch = 719162

// dayNumber is the number of days since 1970-01-01.
func (d Date) dayNumber() int64 { return int64(d.d) - unixEpoch }

// dateOfDay is the date n days after 1970-01-01.
func dateOfDay(n int64) Date { return Date{date.Date(n + unixEpoch)} }
