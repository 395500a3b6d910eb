package main

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
)

// The years the tables cover.
const (
	firstYear = 1990
	lastYear  = 2040
)

// A rule says on which dates a holiday falls and in which years it is one.
// The source computes the dates; what it has wrong or does not know about a
// country's history is said here.
type rule struct {
	local, english string
	on             func(year int) []time.Time
	from, to       int
	except         []int
	// moved adds the day observed instead of a weekend's.
	moved func(time.Time) int
	note  string
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// named takes a holiday of the source under a local and an English name.
func named(h *cal.Holiday, local, english string) rule {
	return rule{local: local, english: english, from: firstYear, to: lastYear, on: func(y int) []time.Time {
		d, _ := h.Calc(y)
		if d.IsZero() {
			return nil
		}
		return []time.Time{date(d.Year(), d.Month(), d.Day())}
	}}
}

// own is a holiday the source does not have.
func own(local, english string, on func(y int) time.Time) rule {
	return rule{local: local, english: english, from: firstYear, to: lastYear, on: func(y int) []time.Time {
		return []time.Time{on(y)}
	}}
}

// each is a fixed day of every year.
func each(m time.Month, d int) func(int) time.Time {
	return func(y int) time.Time { return date(y, m, d) }
}

// once is a single date.
func once(local, english string, y int, m time.Month, d int) rule {
	return own(local, english, each(m, d)).since(y).until(y)
}

// nth is the n-th day of the week of a month; -1 is the last.
func nth(n int, w time.Weekday, m time.Month) func(int) time.Time {
	return func(y int) time.Time {
		if n < 0 {
			last := date(y, m+1, 0)
			return last.AddDate(0, 0, -((int(last.Weekday()) - int(w) + 7) % 7))
		}
		first := date(y, m, 1)
		return first.AddDate(0, 0, (int(w)-int(first.Weekday())+7)%7+7*(n-1))
	}
}

// easter is a day relative to Easter Sunday, which the source computes.
func easter(offset int) func(int) time.Time {
	return func(y int) time.Time {
		d, _ := aa.Easter.Calc(y)
		return date(d.Year(), d.Month(), d.Day()).AddDate(0, 0, offset)
	}
}

func (r rule) since(y int) rule { r.from = y; return r }
func (r rule) until(y int) rule { r.to = y; return r }
func (r rule) notIn(years ...int) rule {
	r.except = append(r.except[:len(r.except):len(r.except)], years...)
	return r
}
func (r rule) noted(note string) rule             { r.note = note; return r }
func (r rule) shifted(f func(time.Time) int) rule { r.moved = f; return r }

// mondayIfWeekend moves a Saturday by two days and a Sunday by one.
func mondayIfWeekend(d time.Time) int {
	switch d.Weekday() {
	case time.Saturday:
		return 2
	case time.Sunday:
		return 1
	}
	return 0
}

// tuesdayIfWeekend moves both by two: the Monday is taken by the other day of
// a pair.
func tuesdayIfWeekend(d time.Time) int {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return 2
	}
	return 0
}

// nearestWeekday moves a Saturday to the Friday before, a Sunday to Monday.
func nearestWeekday(d time.Time) int {
	switch d.Weekday() {
	case time.Saturday:
		return -1
	case time.Sunday:
		return 1
	}
	return 0
}

// holiday is a dated holiday.
type holiday struct {
	date time.Time
	name string
}

// dates expands a rule over the years.
func (r rule) dates() []holiday {
	var out []holiday
	for y := r.from; y <= r.to; y++ {
		if contains(r.except, y) {
			continue
		}
		for _, d := range r.on(y) {
			out = append(out, holiday{d, r.name("")})
			if r.moved != nil && r.moved(d) != 0 {
				out = append(out, holiday{d.AddDate(0, 0, r.moved(d)), r.name(r.note)})
			}
		}
	}
	return out
}

func contains(years []int, y int) bool {
	for _, e := range years {
		if e == y {
			return true
		}
	}
	return false
}

// name is "local / english", the English alone where they are the same.
func (r rule) name(note string) string {
	english := r.english
	if note != "" {
		english += " (" + note + ")"
	}
	if r.local == r.english || r.local == "" {
		return english
	}
	return r.local + " / " + english
}

// A region is a country or a part of one with its rules.
type region struct {
	code  string
	title string
	rules []rule
}

// plus is a list of rules with more behind it.
func plus(base []rule, more ...rule) []rule {
	return append(base[:len(base):len(base)], more...)
}
