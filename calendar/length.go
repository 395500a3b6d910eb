package calendar

import (
	"math"
	"strconv"
	"time"
)

// A Unit is what a [Length] counts.
type Unit string

// The units of lengths. (semantics 1.5)
const (
	// Exact is exact time: seconds, minutes and hours inside a clock.
	Exact Unit = "exact time"
	// Days, Weeks, Months and Years step civil dates.
	Days   Unit = "days"
	Weeks  Unit = "weeks"
	Months Unit = "months"
	Years  Unit = "years"
	// BusinessDays counts the open dates of a calendar.
	BusinessDays Unit = "business days"
	// MonthBusinessDay is not a count but an ordinal: the N-th open date of a
	// month of a calendar, from its end for a negative N.
	MonthBusinessDay Unit = "business day of the month"
)

// A Length is a length of time as a contract writes it: exact time such as
// "2 h 30", or a count of days, weeks, months, years or business days, which
// is no fixed time ("7 days" is not 168 h), or up to "the 5th business day of
// the month". Lengths are comparable with ==;
// the zero value is no time at all. (semantics 1.5)
type Length struct {
	// n is nanoseconds for exact time and a count otherwise. Exact time is
	// stored with an empty unit so that the zero value is one of its values.
	n       int64
	unit    Unit
	lastDay bool
}

// ExactLength returns exact time.
func ExactLength(d time.Duration) Length { return Length{n: int64(d)} }

// NewLength returns a count of units other than [Exact]; with Exact, n is a
// count of nanoseconds, as in [ExactLength].
func NewLength(n int, unit Unit) Length {
	if unit == Exact {
		unit = ""
	}
	return Length{n: int64(n), unit: unit}
}

// OrLastDay returns the length with "or the last day of the month" added: a
// date some months later that does not exist becomes the last of its month.
// Lengths other than months and years are returned unchanged.
func (l Length) OrLastDay() Length {
	l.lastDay = l.unit == Months || l.unit == Years
	return l
}

// LastDay reports whether "or the last day of the month" is written.
func (l Length) LastDay() bool { return l.lastDay }

// IsExact reports whether the length is exact time.
func (l Length) IsExact() bool { return l.unit == "" }

// IsZero reports whether the length is no time: zero of its unit.
func (l Length) IsZero() bool { return l.n == 0 }

// Duration returns exact time, and 0 for a length that is not exact.
func (l Length) Duration() time.Duration {
	if !l.IsExact() {
		return 0
	}
	return time.Duration(l.n)
}

// Count returns the number of units; of exact time, nanoseconds.
func (l Length) Count() int { return int(l.n) }

// Unit returns what is counted.
func (l Length) Unit() Unit {
	if l.unit == "" {
		return Exact
	}
	return l.unit
}

// String returns the canonical text, which [ParseLength] reads back: "15 min",
// "2 h 30", "165 h", "59.7 s", "1 business day", "36 months", "the 5th business
// day of the month".
func (l Length) String() string {
	switch l.Unit() {
	case Exact:
		return exactText(l.n)
	case MonthBusinessDay:
		return ordinalText(l.n)
	}
	s := strconv.FormatInt(l.n, 10) + " " + string(l.unit)
	if l.n == 1 || l.n == -1 {
		s = s[:len(s)-1] // every unit's plural ends in s
	}
	if l.lastDay {
		s += orLastDay
	}
	return s
}

// exactText writes nanoseconds as hours and minutes, or with seconds.
func exactText(n int64) string {
	if n < 0 {
		if n == math.MinInt64 { // has no positive counterpart
			n++
		}
		return "-" + exactText(-n)
	}
	d := time.Duration(n)
	h, m, rest := d/time.Hour, d/time.Minute%60, d%time.Minute
	switch {
	case rest != 0 && h == 0:
		return secondsText(d)
	case rest != 0:
		return itoa(h) + " h " + itoa(m) + " min " + secondsText(rest)
	case h == 0:
		return itoa(m) + " min"
	case m == 0:
		return itoa(h) + " h"
	case m < 10:
		return itoa(h) + " h 0" + itoa(m)
	}
	return itoa(h) + " h " + itoa(m)
}

// secondsText writes seconds with no more decimals than needed.
func secondsText(d time.Duration) string {
	s := itoa(d / time.Second)
	if nanos := d % time.Second; nanos != 0 {
		f := itoa(nanos + time.Second)[1:] // keeps the leading zeros
		for f[len(f)-1] == '0' {
			f = f[:len(f)-1]
		}
		s += "." + f
	}
	return s + " s"
}

func itoa(d time.Duration) string { return strconv.FormatInt(int64(d), 10) }

// MarshalText writes the canonical text.
func (l Length) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what [ParseLength] reads.
func (l *Length) UnmarshalText(text []byte) error {
	v, err := ParseLength(string(text))
	if err == nil {
		*l = v
	}
	return err
}
