package sla

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Window is a measurement or settlement period, in the words of the
// language (semantics 1.4): one of [Windows], or one that carries a number or
// a month of its own:
//
//	billing month from day 15      from that day of each month (1 to 28)
//	fiscal year from April         also fiscal half-year, fiscal quarter
//	30 days, 3 months              that long, up to the end of each settlement period
//	any 30 days                    each run of so many dates, whichever it is
//	365 days before the claim      that long, up to the date of a claim
//
// The zero value means "not said".
type Window string

// The windows of edition 1 that are one word or two.
const (
	// EachOutage is each outage on its own.
	EachOutage      Window = "outage"
	ClockHour       Window = "clock hour"
	Day             Window = "day"
	Week            Window = "week"
	CalendarMonth   Window = "calendar month"
	CalendarQuarter Window = "calendar quarter"
	CalendarHalf    Window = "calendar half-year"
	CalendarYear    Window = "calendar year"
	ContractYear    Window = "contract year"
)

// Windows lists the windows of the edition that have a fixed name, from the
// narrow to the wide.
func Windows() []Window {
	return []Window{EachOutage, ClockHour, Day, Week, CalendarMonth, CalendarQuarter, CalendarHalf, CalendarYear, ContractYear}
}

// Valid says whether w is a window of the edition.
func (w Window) Valid() bool {
	_, ok := w.shape()
	return ok
}

// Tiles says whether windows of the kind follow one another without gap or
// overlap and are made of whole dates: fees, caps and settlements need that.
func (w Window) Tiles() bool {
	s, ok := w.shape()
	return ok && (s.days == 1 || s.days == 7 || s.months > 0) && s.slides == slidesNot
}

// windowPattern is the shape of every window, for schemas.
const windowPattern = `^(outage|clock hour|day|week|calendar (month|quarter|half-year|year)|contract year|billing month from day \d+|` +
	`term|fiscal (year|half-year|quarter) from [A-Z][a-z]+|(any )?\d+ (days|months)|\d+ days before the claim)$`

// WindowPattern is a regular expression that every window matches.
func WindowPattern() string { return windowPattern }

// A windowShape is what a window is made of: so many dates or months, from a
// day of the month and a month of the year.
type windowShape struct {
	days, months int
	// day is the day of the month on which it begins, month the month of the
	// year from which half-years, quarters and years count.
	day, month int
	slides     sliding
	// contract years begin with the term.
	contract bool
}

// sliding says where the windows of a kind lie when they do not follow one
// another.
type sliding uint8

const (
	slidesNot    sliding = iota
	slidesEnd            // up to the end of each settlement period
	slidesAny            // wherever
	slidesClaim          // up to a claim
	slidesHour           // hours of the clock
	slidesOutage         // outages
)

// maxWindowDays and maxWindowMonths bound windows that carry a number.
const (
	maxWindowDays   = 3660
	maxWindowMonths = 120
)

func (w Window) shape() (windowShape, bool) {
	switch w {
	case EachOutage:
		return windowShape{slides: slidesOutage}, true
	case ClockHour:
		return windowShape{slides: slidesHour}, true
	case Day:
		return windowShape{days: 1}, true
	case Week:
		return windowShape{days: 7}, true
	case CalendarMonth:
		return windowShape{months: 1, day: 1, month: 1}, true
	case CalendarQuarter:
		return windowShape{months: 3, day: 1, month: 1}, true
	case CalendarHalf:
		return windowShape{months: 6, day: 1, month: 1}, true
	case CalendarYear:
		return windowShape{months: 12, day: 1, month: 1}, true
	case ContractYear:
		return windowShape{months: 12, contract: true}, true
	}
	return w.numbered()
}

// numbered reads the windows that carry a number or a month.
func (w Window) numbered() (s windowShape, ok bool) {
	text := string(w)
	if day, found := strings.CutPrefix(text, "billing month from day "); found {
		n, err := wholeNumber(day)
		return windowShape{months: 1, day: n, month: 1}, err == nil && n >= 1 && n <= 28
	}
	if rest, found := strings.CutPrefix(text, "fiscal "); found {
		part, month, _ := strings.Cut(rest, " from ")
		length := map[string]int{"quarter": 3, "half-year": 6, "year": 12}[part]
		return windowShape{months: length, day: 1, month: monthNamed(month)}, length > 0 && monthNamed(month) > 0
	}
	s.slides = slidesEnd
	if rest, found := strings.CutPrefix(text, "any "); found {
		text, s.slides = rest, slidesAny
	}
	if rest, found := strings.CutSuffix(text, " before the claim"); found && s.slides == slidesEnd {
		text, s.slides = rest, slidesClaim
	}
	number, unit, _ := strings.Cut(text, " ")
	n, err := wholeNumber(number)
	switch {
	case err != nil || n < 1:
		return s, false
	case unit == "days" && n <= maxWindowDays:
		s.days = n
		return s, true
	case unit == "months" && n <= maxWindowMonths && s.slides == slidesEnd:
		s.months = n
		return s, true
	}
	return s, false
}

func wholeNumber(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err == nil && strconv.Itoa(n) != s {
		return 0, fmt.Errorf("%q is no plain number", s)
	}
	return n, err
}

// monthNamed is the number of a month by its English name; 0 for none.
func monthNamed(name string) int {
	for m := time.January; m <= time.December; m++ {
		if m.String() == name {
			return int(m)
		}
	}
	return 0
}
