package calendar

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// orLastDay is the qualifier of [Length.OrLastDay], as contracts write it.
const orLastDay = " or the last day of the month"

// ParseLength reads a length as contracts write it: "15 min", "2 h 30",
// "2 h 30 min", "90 s", "59.7 s", "7 days", "3 business days", "36 months",
// "1 month or the last day of the month", "the 5th business day of the month",
// "the last business day of the month", "the 2nd last business day of the
// month". A number and its unit are separate words; a leading "-" makes the whole length negative. Its errors are
// *SyntaxError, and *RangeError for more than 292 years or less than a
// nanosecond of exact time.
func ParseLength(s string) (Length, error) {
	if l, ok := monthBusinessDay(s); ok {
		return l, nil
	}
	body, last := strings.CutSuffix(s, orLastDay)
	body, negative := strings.CutPrefix(body, "-")
	words := strings.Split(body, " ")
	if l, ok := datedLength(words, negative); ok {
		if last && l.OrLastDay() == l {
			return Length{}, &SyntaxError{What: "length", Text: s}
		}
		if last {
			l = l.OrLastDay()
		}
		return l, nil
	}
	if last {
		return Length{}, &SyntaxError{What: "length", Text: s}
	}
	d, err := exactLength(words)
	if err != nil {
		return Length{}, err.of(s)
	}
	if negative {
		d = -d
	}
	return ExactLength(d), nil
}

// datedLength reads a count of days, weeks, months, years or business days.
func datedLength(words []string, negative bool) (Length, bool) {
	if len(words) < 2 || len(words[0]) > 9 {
		return Length{}, false
	}
	n, ok := digits(words[0])
	if !ok {
		return Length{}, false
	}
	if negative {
		n = -n
	}
	unit := strings.Join(words[1:], " ")
	for _, u := range []Unit{Days, Weeks, Months, Years, BusinessDays} {
		if unit == string(u) || unit+"s" == string(u) {
			return NewLength(n, u), true
		}
	}
	return Length{}, false
}

// monthBusinessDay reads "the 5th business day of the month", from the end with
// "last".
func monthBusinessDay(s string) (Length, bool) {
	s, ok := strings.CutSuffix(s, " "+string(MonthBusinessDay))
	s, the := strings.CutPrefix(s, "the ")
	if !ok || !the {
		return Length{}, false
	}
	if s == "last" {
		return NewLength(-1, MonthBusinessDay), true
	}
	s, fromEnd := strings.CutSuffix(s, " last")
	n, ok := ordinal(s)
	if fromEnd {
		n = -n
	}
	return NewLength(n, MonthBusinessDay), ok
}

// ordinal reads "1st", "22nd", "3rd", "14th", up to 31.
func ordinal(s string) (int, bool) {
	for n := 1; n <= 31 && len(s) <= len("31st"); n++ {
		if s == ordinalOf(int64(n)) {
			return n, true
		}
	}
	return 0, false
}

func ordinalOf(n int64) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.FormatInt(n, 10) + ending
}

// ordinalText is what monthBusinessDay reads.
func ordinalText(n int64) string {
	which := ordinalOf(n)
	switch {
	case n == -1:
		which = "last"
	case n < 0:
		which = ordinalOf(-n) + " last"
	}
	return "the " + which + " " + string(MonthBusinessDay)
}

// lengthFault is what is wrong with exact time, before its text is known.
type lengthFault int

const (
	notALength lengthFault = 1 + iota
	outOfRange
)

func (f lengthFault) of(text string) error {
	if f == outOfRange {
		return &RangeError{What: "length", Text: text}
	}
	return &SyntaxError{What: "length", Text: text}
}

// exactLength reads amounts with the units h, min and s, larger before
// smaller. The minutes behind hours need no unit: "2 h 30".
func exactLength(words []string) (d time.Duration, fault *lengthFault) {
	smallest := 24 * time.Hour
	for i := 0; i < len(words); i += 2 {
		unit := time.Minute
		if i+1 < len(words) {
			unit = exactUnit(words[i+1])
		} else if smallest != time.Hour {
			return 0, new(notALength)
		}
		if unit == 0 || unit >= smallest {
			return 0, new(notALength)
		}
		part, f := amount(words[i], unit)
		if f != nil {
			return 0, f
		}
		if i > 0 && part >= smallest {
			return 0, new(notALength)
		}
		if d > math.MaxInt64-part {
			return 0, new(outOfRange)
		}
		d, smallest = d+part, unit
	}
	return d, nil
}

// exactUnit is what a unit of exact time stands for; 0 for another word.
func exactUnit(word string) time.Duration {
	switch word {
	case "h":
		return time.Hour
	case "min":
		return time.Minute
	case "s":
		return time.Second
	}
	return 0
}

// amount is a decimal number of units, exactly: more decimals than
// nanoseconds can say are refused.
func amount(number string, unit time.Duration) (time.Duration, *lengthFault) {
	whole, fraction, hasFraction := strings.Cut(number, ".")
	if _, ok := digits(whole); !ok || hasFraction && fraction == "" || len(fraction) > 12 {
		return 0, new(notALength)
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > math.MaxInt64/int64(unit) {
		return 0, new(outOfRange)
	}
	d := time.Duration(n) * unit
	if !hasFraction {
		return d, nil
	}
	f, ok := digits(fraction)
	if !ok {
		return 0, new(notALength)
	}
	return fractionOf(d, int64(f), len(fraction), unit)
}

// fractionOf adds f/10^places units to d, where they are whole nanoseconds.
func fractionOf(d time.Duration, f int64, places int, unit time.Duration) (time.Duration, *lengthFault) {
	scale := int64(1)
	for range places {
		scale *= 10
	}
	step := int64(unit)
	for scale%10 == 0 && step%10 == 0 {
		scale, step = scale/10, step/10
	}
	if f*step%scale != 0 {
		return 0, new(outOfRange)
	}
	part := time.Duration(f * step / scale)
	if d > math.MaxInt64-part {
		return 0, new(outOfRange)
	}
	return d + part, nil
}
