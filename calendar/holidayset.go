package calendar

import (
	"slices"
)

// A Holiday is a date with the name of what is celebrated or observed on it.
type Holiday struct {
	Date Date `json:"date"`
	// Name is in the language of the place, English behind a slash where it
	// differs: "Lundi de Pâques / Easter Monday".
	Name string `json:"name"`
}

// A HolidaySet is a dated list of holidays: plain data with an edition, and
// the range of dates it knows. It says nothing about dates outside that
// range; a calendar that needs such a date refuses (*CoverageError) rather
// than take it for a working day.
type HolidaySet struct {
	// Name is how contracts call it, such as "public-holidays FR".
	Name string `json:"name"`
	// Edition identifies the data; it goes into receipts. (semantics 10)
	Edition string `json:"edition"`
	// From and To bound what the set covers, both included.
	From Date `json:"from"`
	To   Date `json:"to"`
	// Days are the holidays, in any order.
	Days []Holiday `json:"days"`
}

// Covers reports whether the set knows about a date.
func (h *HolidaySet) Covers(d Date) bool { return !d.Before(h.From) && !d.After(h.To) }

// On returns the holidays on a date. A date the set does not cover is a
// *CoverageError.
func (h *HolidaySet) On(d Date) ([]Holiday, error) {
	if !h.Covers(d) {
		return nil, &CoverageError{Holidays: h.Name, Edition: h.Edition, From: h.From, To: h.To, Date: d}
	}
	var found []Holiday
	for _, day := range h.Days {
		if day.Date == d {
			found = append(found, day)
		}
	}
	return found, nil
}

// Between returns the set's days from one date to another, both included, in
// order. Dates the set does not cover are a *CoverageError.
func (h *HolidaySet) Between(from, to Date) ([]Holiday, error) {
	for _, d := range []Date{from, to} {
		if !h.Covers(d) {
			return nil, &CoverageError{Holidays: h.Name, Edition: h.Edition, From: h.From, To: h.To, Date: d}
		}
	}
	var found []Holiday
	for _, day := range h.Days {
		if !day.Date.Before(from) && !day.Date.After(to) {
			found = append(found, day)
		}
	}
	slices.SortStableFunc(found, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return found, nil
}
