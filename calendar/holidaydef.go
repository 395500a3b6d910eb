package calendar

import (
	"cmp"
	"slices"
)

// A HolidayDefinition is a list of holidays as a contract writes it: dates of
// its own, days of every year, other sets, and exceptions. (form T3)
type HolidayDefinition struct {
	// Name is how the contract calls it, and Edition its own edition.
	Name    string `json:"name"`
	Edition string `json:"edition,omitempty"`
	// Days are single dates with their names.
	Days []Holiday `json:"days,omitempty"`
	// Yearly are days of every year.
	Yearly []YearlyHoliday `json:"yearly,omitempty"`
	// As names sets whose days are in the list too.
	As []string `json:"as,omitempty"`
	// Except are dates that are not in it, whatever else says so.
	Except []Date `json:"except,omitempty"`
	// From and To bound what the list covers, both included. Where neither is
	// given it covers what the sets under As cover; without such sets, a list
	// with single dates covers the years from its first date to its last, for
	// nothing is known of others, and one of yearly days covers all time.
	From *Date `json:"from,omitempty"`
	To   *Date `json:"to,omitempty"`
}

// A YearlyHoliday is a holiday on the same day of every year.
type YearlyHoliday struct {
	Day  MonthDay `json:"day"`
	Name string   `json:"name"`
}

// Bind finds the sets the definition names and returns the list as a set. It
// covers what all of them cover, for a date that one of them does not know is
// not known. Where the definition has no edition of its own, the set's is
// those of the sets it takes. The error is an *UnknownError, or a
// *CoverageError where the sets have no date in common.
func (h HolidayDefinition) Bind(env Environment) (*HolidaySet, error) {
	out := &HolidaySet{Name: h.Name, Edition: h.Edition, From: dateOfDay(firstDay), To: dateOfDay(lastDay), Days: slices.Clone(h.Days)}
	if h.From != nil {
		out.From = maxDate(out.From, *h.From)
	}
	if h.To != nil {
		out.To = minDate(out.To, *h.To)
	}
	if h.From == nil && h.To == nil && len(h.As) == 0 {
		out.coverYears(h.Days)
	}
	for _, name := range h.As {
		set, err := env.holidays(name)
		if err != nil {
			return nil, err
		}
		out.take(set, h.Edition == "")
		if out.To.Before(out.From) {
			return nil, &CoverageError{Holidays: set.Name, Edition: set.Edition, From: set.From, To: set.To, Date: out.From}
		}
	}
	out.repeat(h.Yearly)
	out.Days = slices.DeleteFunc(out.Days, func(d Holiday) bool {
		return !out.Covers(d.Date) || slices.Contains(h.Except, d.Date)
	})
	slices.SortStableFunc(out.Days, byDate)
	out.Days = slices.Compact(out.Days)
	return out, nil
}

func byDate(a, b Holiday) int {
	return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Name, b.Name))
}

// take adds another set's days and edition, and keeps to what it covers.
func (h *HolidaySet) take(o *HolidaySet, withEdition bool) {
	h.From, h.To = maxDate(h.From, o.From), minDate(h.To, o.To)
	h.Days = append(h.Days, o.Days...)
	if withEdition {
		edition := o.Name + " " + o.Edition
		if h.Edition != "" {
			edition = h.Edition + ", " + edition
		}
		h.Edition = edition
	}
}

// coverYears bounds a list to the years of single dates, if there are any.
func (h *HolidaySet) coverYears(days []Holiday) {
	if len(days) == 0 {
		return
	}
	first := slices.MinFunc(days, byDate).Date.Year()
	last := slices.MaxFunc(days, byDate).Date.Year()
	h.From = maxDate(h.From, Month{first, 1}.First())
	h.To = minDate(h.To, Month{last, 12}.Last())
}

// repeat adds the days of every year it covers.
func (h *HolidaySet) repeat(yearly []YearlyHoliday) {
	for _, y := range yearly {
		for year := h.From.Year(); year <= h.To.Year(); year++ {
			if d, exists := y.Day.In(year); exists {
				h.Days = append(h.Days, Holiday{d, y.Name})
			}
		}
	}
}

// Holidays returns the holidays on a date in the sets that the calendar and
// those it is made of use, by name, each once. A set that does not cover the
// date has none; see [Calendar.Check].
func (c *Calendar) Holidays(d Date) []Holiday {
	var out []Holiday
	for _, set := range c.uses {
		if found, err := set.On(d); err == nil {
			out = append(out, found...)
		}
	}
	slices.SortFunc(out, byDate)
	return slices.Compact(out)
}
