package dsl

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// Calendars: when it is open, when it is closed, what a business day is.

type calendarHead struct {
	Name name      `parser:"'calendar' @@"`
	Open *openPart `parser:"( 'open' @@ )?"`
}

func calendarForm() *form[sla.Contract] {
	return open(`calendar NAME [open 24x7 | open DAYS HOURS | open when any|all of CALENDAR, … [except CALENDAR]] [{ … }]`, `calendar always open 24x7`,
		func(l *language) *scope[calendar.Definition] { return l.calendar },
		func(l *lowering, c *sla.Contract, n *calendarHead) (string, *calendar.Definition, func()) {
			d, id := &calendar.Definition{Name: n.Name.text}, "calendar/"+n.Name.text
			if !l.declare(id, n.Name.at, "calendar "+n.Name.text) {
				return id, d, nil
			}
			if n.Open != nil {
				outer := l.id
				l.id = id
				n.Open.lower(l, d)
				l.id = outer
			}
			return id, d, func() { c.Calendars = append(c.Calendars, *d) }
		}).bare().again()
}

func calendarScope() *scope[calendar.Definition] {
	return &scope[calendar.Definition]{key: "calendar", forms: []*form[calendar.Definition]{
		say(`zone ZONE`, `zone Europe/Paris`, func(l *lowering, d *calendar.Definition, n *zoneLine) {
			l.at(l.sub("zone"), n.Zone.at)
			d.Zone = n.Zone.text
		}),
		say(`open 24x7 | DAYS HOURS, … [from DATE to DATE] | public-holidays COUNTRY HOURS | on DATE HOURS [, although closed] | when any|all of CALENDAR, … [except CALENDAR]`,
			`open Mon-Fri 08:00-12:00, 13:00-19:00`, func(l *lowering, d *calendar.Definition, n *openLine) { n.Open.lower(l, d) }).again(),
		say(`closed public-holidays COUNTRY | DATE [to DATE] | yearly MM-DD | CALENDAR | dates in any|all of public-holidays COUNTRY, … [HOURS] | dates cut a shift at midnight`,
			`closed public-holidays FR`, lowerClosed).again(),
		say(`business day  the day of receipt is [not] counted, a receipt outside hours|after TIME keeps its date|counts as the next opening, due at closing time|the same time of day|the end of the day|the next opening`,
			`business day the day of receipt is not counted, a receipt outside hours keeps its date, due at closing time`, lowerBusinessDay),
		acceptForm[calendar.Definition](),
	}}
}

type zoneLine struct {
	Zone name `parser:"'zone' @@"`
}

type openLine struct {
	Open openPart `parser:"'open' @@"`
}

// openPart is what may follow the word open.
type openPart struct {
	Always   bool         `parser:"@'24x7'"`
	When     *combination `parser:"| 'when' @@"`
	On       *openOn      `parser:"| 'on' @@"`
	Holidays *openHoliday `parser:"| 'public-holidays' @@"`
	Days     *openDays    `parser:"| @@"`
}

type combination struct {
	All    bool   `parser:"( 'any' | @'all' ) 'of'"`
	First  name   `parser:"@@"`
	More   []name `parser:"( ',' @@ )*"`
	Except *name  `parser:"( 'except' @@ )?"`
}

type openOn struct {
	Date  day          `parser:"@@"`
	Hours hours        `parser:"@@"`
	More  []openOnMore `parser:"( ',' @@ )*"`
}

type openOnMore struct {
	Although bool   `parser:"@( 'although' 'closed' )"`
	Hours    *hours `parser:"| @@"`
}

type openHoliday struct {
	Country name    `parser:"@@"`
	Hours   hours   `parser:"@@"`
	More    []hours `parser:"( ',' @@ )*"`
}

type openDays struct {
	Days     days       `parser:"@@"`
	MoreDays []days     `parser:"( ',' @@ )*"`
	Hours    hours      `parser:"@@"`
	More     []hours    `parser:"( ',' @@ )*"`
	Between  *dateRange `parser:"( 'from' @@"`
	Season   *season    `parser:"| 'yearly' 'from' @@ )?"`
}

type dateRange struct {
	From day `parser:"@@"`
	To   day `parser:"'to' @@"`
}

type season struct {
	From yearly `parser:"@@"`
	To   yearly `parser:"'to' @@"`
}

func (n *openPart) lower(l *lowering, d *calendar.Definition) {
	switch {
	case n.Always:
		d.Always = true
	case n.When != nil:
		d.Combine = &calendar.Combination{All: n.When.All, Of: names(n.When.First, n.When.More), Except: nameText(n.When.Except)}
		for _, c := range append([]name{n.When.First}, n.When.More...) {
			l.at(l.sub("of", c.text), c.at)
		}
		if n.When.Except != nil {
			l.at(l.sub("except", n.When.Except.text), n.When.Except.at)
		}
	case n.On != nil:
		o := calendar.Opening{On: &n.On.Date.v, Hours: []calendar.Hours{n.On.Hours.v}}
		for _, m := range n.On.More {
			o.AlthoughClosed = o.AlthoughClosed || m.Although
			if m.Hours != nil {
				o.Hours = append(o.Hours, m.Hours.v)
			}
		}
		l.opening(d, o, n.On.Hours.at)
	case n.Holidays != nil:
		set := "public-holidays " + n.Holidays.Country.text
		l.at(l.sub("holidays", set), n.Holidays.Country.at)
		l.opening(d, calendar.Opening{Holidays: set, Hours: hoursList(n.Holidays.Hours, n.Holidays.More)}, n.Holidays.Hours.at)
	default:
		n.Days.lower(l, d)
	}
}

func (n *openDays) lower(l *lowering, d *calendar.Definition) {
	o := calendar.Opening{Days: n.Days.v, Hours: hoursList(n.Hours, n.More)}
	for _, more := range n.MoreDays {
		o.Days |= more.v
	}
	if n.Between != nil {
		o.From, o.To = &n.Between.From.v, &n.Between.To.v
	}
	if n.Season != nil {
		o.Season = &calendar.Season{From: n.Season.From.v, To: n.Season.To.v}
	}
	l.opening(d, o, n.Hours.at)
}

// opening adds an opening and remembers where its hours stand.
func (l *lowering) opening(d *calendar.Definition, o calendar.Opening, at place) {
	id := l.sub(sla.OpeningName(o))
	if l.declare(id, at, "open") {
		d.Open = append(d.Open, o)
	}
}

func hoursList(first hours, more []hours) []calendar.Hours {
	out := []calendar.Hours{first.v}
	for _, h := range more {
		out = append(out, h.v)
	}
	return out
}

type closedLine struct {
	Holidays *name        `parser:"'closed' ( 'public-holidays' @@"`
	Yearly   *yearly      `parser:"| 'yearly' @@"`
	Dates    *closedDates `parser:"| 'dates' @@"`
	On       *closedOn    `parser:"| @@"`
	Calendar *name        `parser:"| @@ )"`
	Hours    []hours      `parser:"( @@ ( ',' @@ )* )?"`
}

type closedOn struct {
	Date day  `parser:"@@"`
	To   *day `parser:"( 'to' @@ )?"`
}

type closedDates struct {
	Cut bool   `parser:"@( 'cut' 'a' 'shift' 'at' 'midnight' )"`
	All bool   `parser:"| 'in' ( 'any' | @'all' ) 'of'"`
	In  []name `parser:"'public-holidays' @@ ( ',' 'public-holidays' @@ )*"`
}

func lowerClosed(l *lowering, d *calendar.Definition, n *closedLine) {
	c := calendar.Closing{}
	for _, h := range n.Hours {
		c.Hours = append(c.Hours, h.v)
	}
	at := place{}
	switch {
	case n.Holidays != nil:
		c.Holidays, at = []string{"public-holidays " + n.Holidays.text}, n.Holidays.at
	case n.Yearly != nil:
		c.Yearly, at = &n.Yearly.v, n.Yearly.at
	case n.Dates != nil && n.Dates.Cut:
		d.CutShifts = true
		return
	case n.Dates != nil:
		c.AllOf = n.Dates.All
		for _, h := range n.Dates.In {
			c.Holidays, at = append(c.Holidays, "public-holidays "+h.text), h.at
		}
	case n.On != nil:
		c.On, c.To, at = &n.On.Date.v, datePtr(n.On.To), n.On.Date.at
	default:
		c.Calendar, at = n.Calendar.text, n.Calendar.at
	}
	for _, h := range c.Holidays {
		l.at(l.sub("holidays", h), at)
	}
	if l.declare(l.sub(sla.ClosingName(c)), at, "closed") {
		d.Closed = append(d.Closed, c)
	}
}

type businessDayLine struct {
	Zone  *name             `parser:"'business' 'day' ( 'in' @@ ',' )?"`
	First businessDayPart   `parser:"@@"`
	More  []businessDayPart `parser:"( ',' @@ )*"`
}

type businessDayPart struct {
	Counted *receiptCounted `parser:"'the' 'day' 'of' 'receipt' 'is' @@"`
	Receipt *receiptLate    `parser:"| 'a' 'receipt' @@"`
	Due     *landing        `parser:"| 'due' 'at' @@"`
}

type receiptCounted struct {
	Not bool `parser:"@'not'? 'counted'"`
}

type receiptLate struct {
	Cutoff *clockTime `parser:"( 'outside' 'hours' | 'after' @@ )"`
	Keeps  bool       `parser:"( @( 'keeps' 'its' 'date' ) | 'counts' 'as' 'the' 'next' 'opening' )"`
}

type landing struct {
	Closing bool `parser:"@( 'closing' 'time' )"`
	Same    bool `parser:"| 'the' ( @( 'same' 'time' 'of' 'day' )"`
	End     bool `parser:"| @( 'end' 'of' 'the' 'day' )"`
	Next    bool `parser:"| @( 'next' 'opening' ) )"`
}

func lowerBusinessDay(_ *lowering, d *calendar.Definition, n *businessDayLine) {
	rule := &calendar.BusinessDayRule{Zone: nameText(n.Zone), LateReceipt: calendar.KeepsItsDate, Due: calendar.AtClosing}
	for _, p := range append([]businessDayPart{n.First}, n.More...) {
		switch {
		case p.Counted != nil:
			rule.CountReceipt = !p.Counted.Not
		case p.Receipt != nil:
			if p.Receipt.Cutoff != nil {
				rule.Cutoff = &p.Receipt.Cutoff.v
			}
			if !p.Receipt.Keeps {
				rule.LateReceipt = calendar.NextOpening
			}
		case p.Due.Same:
			rule.Due = calendar.AtSameTime
		case p.Due.End:
			rule.Due = calendar.AtEndOfDay
		case p.Due.Next:
			rule.Due = calendar.AtNextOpening
		}
	}
	d.BusinessDay = rule
}
