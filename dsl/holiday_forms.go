package dsl

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// Lists of holidays: dates of a contract's own, with names and an edition.

// publicHolidays begins the names of the embedded sets in the model.
const publicHolidays = "public-holidays "

// A holidayName is how a line names holidays: the public ones of a country or
// region, or a list of the contract.
type holidayName struct {
	Country *name `parser:"'public-holidays' @@"`
	List    *name `parser:"| 'holidays' @@"`
}

// set is the name of the set as the model has it.
func (n *holidayName) set() string {
	if n.Country != nil {
		return publicHolidays + n.Country.text
	}
	return n.List.text
}

func (n *holidayName) at() place {
	if n.Country != nil {
		return n.Country.at
	}
	return n.List.at
}

type holidaysHead struct {
	Name    name  `parser:"'holidays' @@"`
	Edition *text `parser:"( 'edition' @@ )?"`
	From    *day  `parser:"( 'from' @@"`
	To      *day  `parser:"  'to' @@ )?"`
}

func holidaysForm() *form[sla.Contract] {
	return open(`holidays NAME [edition "…"] [from DATE to DATE] { … }`, `holidays plant edition "2026-01" {`,
		func(l *language) *scope[calendar.HolidayDefinition] { return l.holidays },
		func(l *lowering, c *sla.Contract, n *holidaysHead) (string, *calendar.HolidayDefinition, func()) {
			h, id := &calendar.HolidayDefinition{Name: n.Name.text, Edition: textOf(n.Edition), From: datePtr(n.From), To: datePtr(n.To)}, "holidays/"+n.Name.text
			if !l.declare(id, n.Name.at, "holidays "+n.Name.text) {
				return id, h, nil
			}
			return id, h, func() { c.Holidays = append(c.Holidays, *h) }
		}).again()
}

func holidaysScope() *scope[calendar.HolidayDefinition] {
	return &scope[calendar.HolidayDefinition]{key: "holidays", forms: []*form[calendar.HolidayDefinition]{
		say(`yearly MM-DD ["…"]`, `yearly 12-24 "Christmas Eve"`, func(l *lowering, h *calendar.HolidayDefinition, n *yearlyHolidayLine) {
			if l.anew(l.sub("yearly", n.Day.v.String()), n.Day.at, "yearly") {
				h.Yearly = append(h.Yearly, calendar.YearlyHoliday{Day: n.Day.v, Name: textOf(n.Name)})
			}
		}).again(),
		say(`as public-holidays COUNTRY`, `as public-holidays FR`, func(l *lowering, h *calendar.HolidayDefinition, n *asHolidaysLine) {
			if l.anew(l.sub("as", n.Country.text), n.Country.at, "as") {
				h.As = append(h.As, publicHolidays+n.Country.text)
			}
		}).again(),
		say(`except DATE, …`, `except 2026-05-08`, func(l *lowering, h *calendar.HolidayDefinition, n *exceptHolidayLine) {
			for _, d := range append([]day{n.Date}, n.More...) {
				if l.anew(l.sub("except", d.v.String()), d.at, "except") {
					h.Except = append(h.Except, d.v)
				}
			}
		}).again(),
		acceptForm[calendar.HolidayDefinition](),
	}, other: say(`DATE ["…"]`, `2026-08-14 "Bridge day"`, func(l *lowering, h *calendar.HolidayDefinition, n *holidayLine) {
		if l.anew(l.sub(n.Date.v.String()), n.Date.at, n.Date.v.String()) {
			h.Days = append(h.Days, calendar.Holiday{Date: n.Date.v, Name: textOf(n.Name)})
		}
	}).again(), suits: func(t []token) bool { return t[0].kind == tokDate }}
}

type holidayLine struct {
	Date day   `parser:"@@"`
	Name *text `parser:"@@?"`
}

type yearlyHolidayLine struct {
	Day  yearly `parser:"'yearly' @@"`
	Name *text  `parser:"@@?"`
}

type asHolidaysLine struct {
	Country name `parser:"'as' 'public-holidays' @@"`
}

type exceptHolidayLine struct {
	Date day   `parser:"'except' @@"`
	More []day `parser:"( ',' @@ )*"`
}
