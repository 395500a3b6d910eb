// Package ics reads and writes iCalendar files (RFC 5545): holiday lists and
// maintenance windows that others publish come in, and the open time and
// holidays of a calendar go out.
//
// An event of whole days is read as local dates, never as an instant in UTC:
// that is how holidays end up a day early elsewhere. An event with times is
// read as instants, in the zone it names (of the embedded zone data), in UTC,
// or, where it names none, in the zone the caller gives. Events that cannot
// be read are listed with a reason and do not stop the others.
package ics

import (
	"github.com/sla-lang/sla/calendar"
)

// A Day is an event of whole days: a date and its title. An event of several
// days gives one Day for each.
type Day struct {
	Date  calendar.Date
	Title string
	UID   string
}

// A Span is an event with times.
type Span struct {
	calendar.Interval
	Title string
	UID   string
}

// A Refusal is an event that was not read.
type Refusal struct {
	UID    string
	Title  string
	Reason Reason
	// Text is the property at fault.
	Text string
}

// A Reason says why an event was not read.
type Reason string

// Why events are not read.
const (
	// NoStart is an event without a start.
	NoStart Reason = "no start"
	// BadTime is a date or time that is none.
	BadTime Reason = "bad time"
	// UnknownZone is a zone that the embedded data does not have.
	UnknownZone Reason = "unknown zone"
	// NoZone is a local time without a zone, where the caller gives none.
	NoZone Reason = "no zone"
	// SkippedTime is a local time that does not exist in its zone.
	SkippedTime Reason = "skipped local time"
	// Backwards is an event that ends before it begins.
	Backwards Reason = "ends before it begins"
	// BadRule is a recurrence that cannot be read, or repeats within a day.
	BadRule Reason = "bad recurrence"
	// TooMany is a recurrence that gives more dates than the limit.
	TooMany Reason = "too many recurrences"
)

// A Feed is what a file holds, in order of time.
type Feed struct {
	// Days are the events of whole days, and Spans those with times.
	Days  []Day
	Spans []Span
	// Refused are the events that could not be read. Cancelled events are in
	// none of the three.
	Refused []Refusal
	// From and To are the dates between which recurring events were repeated.
	From, To calendar.Date
}

// Holidays is the feed's whole-day events as a holiday set that covers the
// dates between which it was read.
func (f *Feed) Holidays(name, edition string) *calendar.HolidaySet {
	set := &calendar.HolidaySet{Name: name, Edition: edition, From: f.From, To: f.To}
	for _, d := range f.Days {
		if set.Covers(d.Date) {
			set.Days = append(set.Days, calendar.Holiday{Date: d.Date, Name: d.Title})
		}
	}
	return set
}

// Times is the union of the feed's events with times.
func (f *Feed) Times() calendar.Set {
	var b calendar.Builder
	for _, s := range f.Spans {
		b.Add(s.Interval)
	}
	return b.Set()
}
