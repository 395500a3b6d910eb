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
		say(`open 24x7 | DAYS HOURS, … | HOLIDAYS HOURS, … | on DATE HOURS, … [, although closed] | when any|all of CALENDAR, … [except CALENDAR] [from DATE [to DATE]] [until DATE] [yearly from MM-DD to MM-DD]`,
			`open Mon-Fri 08:00-12:00, 13:00-19:00`, func(l *lowering, d *calendar.Definition, n *openLine) { n.Open.lower(l, d) }).again(),
		say(`closed HOLIDAYS | DATE [to DATE] | yearly MM-DD [to MM-DD] | CALENDAR | dates in any|all of HOLIDAYS, … [HOURS, …] [from DATE] [until DATE] | from DATE TIME to [DATE] TIME | dates cut a shift at midnight`,
			`closed public-holidays FR`, lowerClosed).again(),
		say(`business day  the day of receipt is [not] counted, a receipt on a closed day counts as the next open day, a receipt outside hours|after TIME keeps its date|counts as the next opening, due at closing time|the same time of day|the end of the day|the next opening|TIME`,
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
	Always   bool          `parser:"@'24x7'"`
	When     *combination  `parser:"| 'when' @@"`
	On       *openOn       `parser:"| 'on' @@"`
	Holidays *openHolidays `parser:"| @@"`
	Days     *openDays     `parser:"| @@"`
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

type openHolidays struct {
	Holidays holidayName `parser:"@@"`
	Hours    hours       `parser:"@@"`
	More     []lineMore  `parser:"@@*"`
}

type openDays struct {
	Days     days       `parser:"@@"`
	MoreDays []days     `parser:"( ',' @@ )*"`
	Hours    hours      `parser:"@@"`
	More     []lineMore `parser:"@@*"`
}

// lineMore is what may follow the first hours of a line: more hours, and when
// the line is in effect, with a comma in front or not.
type lineMore struct {
	Hours  *hours  `parser:"',' ( @@"`
	Effect *effect `parser:"| @@ )"`
	Bare   *effect `parser:"| @@"`
}

// effect bounds the dates on which a line is in effect.
type effect struct {
	Season *season `parser:"'yearly' 'from' @@"`
	From   *day    `parser:"| 'from' @@"`
	To     *day    `parser:"  ( 'to' @@ )?"`
	Until  *day    `parser:"| 'until' @@"`
}

type season struct {
	From yearly `parser:"@@"`
	To   yearly `parser:"'to' @@"`
}

// inEffect gathers what follows the first hours of a line. What is said twice
// is reported.
func (l *lowering) inEffect(more []lineMore) (list []calendar.Hours, from, to *calendar.Date, year *calendar.Season) {
	bound := func(into **calendar.Date, d *day) {
		if d == nil {
			return
		}
		if *into != nil {
			l.report(codeSaidTwice, d.at, sla.Name("what", "date"))
		}
		*into = &d.v
	}
	for _, m := range more {
		if m.Hours != nil {
			list = append(list, m.Hours.v)
		}
		for _, e := range []*effect{m.Effect, m.Bare} {
			if e == nil {
				continue
			}
			bound(&from, e.From)
			bound(&to, e.To)
			bound(&to, e.Until)
			if e.Season != nil {
				year = &calendar.Season{From: e.Season.From.v, To: e.Season.To.v}
			}
		}
	}
	return list, from, to, year
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
		set := n.Holidays.Holidays.set()
		o := calendar.Opening{Holidays: set}
		o.Hours, o.From, o.To, o.Season = l.inEffect(n.Holidays.More)
		o.Hours = append([]calendar.Hours{n.Holidays.Hours.v}, o.Hours...)
		if l.opening(d, o, n.Holidays.Hours.at) {
			l.at(l.sub(sla.OpeningName(o), "holidays"), n.Holidays.Holidays.at())
		}
	default:
		n.Days.lower(l, d)
	}
}

func (n *openDays) lower(l *lowering, d *calendar.Definition) {
	o := calendar.Opening{Days: n.Days.v}
	o.Hours, o.From, o.To, o.Season = l.inEffect(n.More)
	o.Hours = append([]calendar.Hours{n.Hours.v}, o.Hours...)
	for _, more := range n.MoreDays {
		o.Days |= more.v
	}
	l.opening(d, o, n.Hours.at)
}

// opening adds an opening and remembers where its hours stand.
func (l *lowering) opening(d *calendar.Definition, o calendar.Opening, at place) bool {
	if !l.anew(l.sub(sla.OpeningName(o)), at, "open") {
		return false
	}
	d.Open = append(d.Open, o)
	return true
}

// anew is declare for lines of a set, which say no more the second time: the
// repetition is a warning.
func (l *lowering) anew(id string, at place, what string) bool {
	before := len(l.problems)
	if l.declare(id, at, what) {
		return true
	}
	if len(l.problems) > before {
		l.problems[before].severity = sla.Warning
	}
	return false
}

type closedLine struct {
	Between  *closedStretch `parser:"'closed' ( 'from' @@"`
	Holidays *holidayName   `parser:"| @@"`
	Yearly   *closedYearly  `parser:"| 'yearly' @@"`
	Dates    *closedDates   `parser:"| 'dates' @@"`
	On       *closedOn      `parser:"| @@"`
	Calendar *name          `parser:"| @@ )"`
	Hours    *hours         `parser:"@@?"`
	More     []lineMore     `parser:"@@*"`
}

type closedOn struct {
	Date day  `parser:"@@"`
	To   *day `parser:"( 'to' @@ )?"`
}

type closedYearly struct {
	Day yearly  `parser:"@@"`
	To  *yearly `parser:"( 'to' @@ )?"`
}

type closedDates struct {
	Cut bool          `parser:"@( 'cut' 'a' 'shift' 'at' 'midnight' )"`
	All bool          `parser:"| 'in' ( 'any' | @'all' ) 'of'"`
	In  []holidayName `parser:"@@ ( ',' @@ )*"`
}

// A closedStretch is DATE TIME to [DATE] TIME.
type closedStretch struct {
	From momentValue `parser:"@@"`
	To   stretchEnd  `parser:"'to' @@"`
}

type momentValue struct {
	Instant *instant   `parser:"@@"`
	Date    *day       `parser:"| @@"`
	Time    *clockTime `parser:"@@"`
}

type stretchEnd struct {
	Time   *clockTime   `parser:"@@"`
	Moment *momentValue `parser:"| @@"`
}

func (n *momentValue) moment() (calendar.Moment, place) {
	if n.Instant != nil {
		return n.Instant.v, n.Instant.at
	}
	return calendar.LocalMoment(n.Date.v, n.Time.v), n.Date.at.through(n.Time.at)
}

// lower gives the stretch and its place. An end without a date is on the date
// of the beginning.
func (n *closedStretch) lower() (*calendar.Stretch, place) {
	from, at := n.From.moment()
	if n.To.Moment != nil {
		to, end := n.To.Moment.moment()
		return &calendar.Stretch{From: from, To: to}, at.through(end)
	}
	return &calendar.Stretch{From: from, To: from.At(n.To.Time.v)}, at.through(n.To.Time.at)
}

func lowerClosed(l *lowering, d *calendar.Definition, n *closedLine) {
	if n.Dates != nil && n.Dates.Cut {
		d.CutShifts = true
		return
	}
	c, at := n.about()
	if n.Hours != nil {
		c.Hours = append(c.Hours, n.Hours.v)
	}
	more, since, until, year := l.inEffect(n.More)
	c.Hours, c.Since, c.Until = append(c.Hours, more...), since, until
	if year != nil {
		l.report(codeTrailing, at, sla.Prose("found", "yearly"), sla.Prose("reads", "closed … [from DATE] [until DATE]"), sla.Prose("example", "closed yearly 12-25"), sla.Name("head", "closed"))
	}
	if !l.anew(l.sub(sla.ClosingName(c)), at, "closed") {
		return
	}
	d.Closed = append(d.Closed, c)
	for i, h := range n.holidays() {
		l.at(l.sub(sla.ClosingName(c), "holidays", c.Holidays[i]), h.at())
	}
}

// about is what a line closes, and where that stands.
func (n *closedLine) about() (c calendar.Closing, at place) {
	switch {
	case n.Between != nil:
		c.Between, at = n.Between.lower()
	case n.Yearly != nil:
		c.Yearly, at = &n.Yearly.Day.v, n.Yearly.Day.at
		if n.Yearly.To != nil {
			c.YearlyTo = &n.Yearly.To.v
		}
	case n.On != nil:
		c.On, c.To, at = &n.On.Date.v, datePtr(n.On.To), n.On.Date.at
	case n.Calendar != nil:
		c.Calendar, at = n.Calendar.text, n.Calendar.at
	}
	for _, h := range n.holidays() {
		c.Holidays, at = append(c.Holidays, h.set()), h.at()
	}
	c.AllOf = n.Dates != nil && n.Dates.All
	return c, at
}

// holidays are the sets that a line names.
func (n *closedLine) holidays() []holidayName {
	switch {
	case n.Holidays != nil:
		return []holidayName{*n.Holidays}
	case n.Dates != nil:
		return n.Dates.In
	}
	return nil
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
	Closed bool       `parser:"( @( 'on' 'a' 'closed' 'day' 'counts' 'as' 'the' 'next' 'open' 'day' )"`
	Cutoff *clockTime `parser:"| ( 'outside' 'hours' | 'after' @@ )"`
	Keeps  bool       `parser:"( @( 'keeps' 'its' 'date' ) | 'counts' 'as' 'the' 'next' 'opening' ) )"`
}

type landing struct {
	Closing bool       `parser:"@( 'closing' 'time' )"`
	Same    bool       `parser:"| 'the' ( @( 'same' 'time' 'of' 'day' )"`
	End     bool       `parser:"| @( 'end' 'of' 'the' 'day' )"`
	Next    bool       `parser:"| @( 'next' 'opening' ) )"`
	Time    *clockTime `parser:"| @@"`
}

func lowerBusinessDay(_ *lowering, d *calendar.Definition, n *businessDayLine) {
	rule := &calendar.BusinessDayRule{Zone: nameText(n.Zone)}
	for _, p := range append([]businessDayPart{n.First}, n.More...) {
		switch {
		case p.Counted != nil:
			rule.CountReceipt = !p.Counted.Not
		case p.Receipt != nil && p.Receipt.Closed:
			rule.ClosedDayMoves = true
		case p.Receipt != nil:
			if p.Receipt.Cutoff != nil {
				rule.Cutoff = &p.Receipt.Cutoff.v
			}
			rule.LateReceipt = calendar.KeepsItsDate
			if !p.Receipt.Keeps {
				rule.LateReceipt = calendar.NextOpening
			}
		case p.Due.Closing:
			rule.Due = calendar.AtClosing
		case p.Due.Same:
			rule.Due = calendar.AtSameTime
		case p.Due.End:
			rule.Due = calendar.AtEndOfDay
		case p.Due.Next:
			rule.Due = calendar.AtNextOpening
		case p.Due.Time != nil:
			rule.Due, rule.At = calendar.AtFixedTime, &p.Due.Time.v
		}
	}
	d.BusinessDay = rule
}
