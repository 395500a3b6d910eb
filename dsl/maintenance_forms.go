package dsl

import (
	"strconv"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

// Maintenance: which work may be excluded, when, and after which notice.

type maintenanceHead struct {
	Kind   name `parser:"'maintenance' @@"`
	Counts bool `parser:"@( 'counts' 'as' 'downtime' )?"`
}

func maintenanceForm() *form[sla.Contract] {
	return open(`maintenance KIND { … } | KIND counts as downtime`, `maintenance planned {`,
		func(l *language) *scope[sla.MaintenanceRule] { return l.maintenance },
		func(l *lowering, c *sla.Contract, n *maintenanceHead) (string, *sla.MaintenanceRule, func()) {
			m, id := &sla.MaintenanceRule{Kind: n.Kind.text, CountsAsDowntime: n.Counts}, "maintenance/"+n.Kind.text
			if !l.declare(id, n.Kind.at, "maintenance "+m.Kind) {
				return id, m, nil
			}
			return id, m, func() { c.Maintenance = append(c.Maintenance, *m) }
		}).bare().again()
}

func maintenanceScope() *scope[sla.MaintenanceRule] {
	return &scope[sla.MaintenanceRule]{key: "maintenance", forms: []*form[sla.MaintenanceRule]{
		say(`window every DAYS HOURS [in ZONE] | every ORDINAL|last DAY of the month HOURS [in ZONE] | during CALENDAR | at any time`, `window every Sunday 02:00-06:00`, lowerWindow).again(),
		say(`notice at least LENGTH [, when longer than LENGTH | , when at most LENGTH]`, `notice at least 5 business days`, lowerNotice).again(),
		say(`limit LENGTH each PERIOD|in any LENGTH, the excess is downtime`, `limit 8 h each calendar month, the excess is downtime`,
			func(l *lowering, m *sla.MaintenanceRule, n *limitLine) {
				if l.declare(l.sub("limit", string(n.Each.v)), n.Length.at, "limit each "+string(n.Each.v)) {
					m.Limits = append(m.Limits, sla.MaintenanceLimit{Length: n.Length.v, Each: n.Each.v})
				}
			}).again(),
		acceptForm[sla.MaintenanceRule](),
	}}
}

type windowLine struct {
	Every  *windowEvery `parser:"'window' ( 'every' @@"`
	During *name        `parser:"| 'during' @@"`
	Any    bool         `parser:"| @( 'at' 'any' 'time' ) )"`
}

type windowEvery struct {
	Nth   *nth   `parser:"@@?"`
	Days  days   `parser:"@@"`
	More  []days `parser:"( ',' @@ )*"`
	Month bool   `parser:"@( 'of' 'the' 'month' )?"`
	Hours hours  `parser:"@@"`
	Zone  *name  `parser:"( 'in' @@ )?"`
}

// An nth is which of the like days of a month: 1st to 5th, or last.
type nth struct{ ordinal }

// Parse reads an ordinal, or `last`.
func (n *nth) Parse(lx *lexer.PeekingLexer) error {
	if lx.Peek().Value == "last" {
		n.n, n.at = -1, placeOf(lx.Next())
		return nil
	}
	return n.ordinal.Parse(lx)
}

func lowerWindow(l *lowering, m *sla.MaintenanceRule, n *windowLine) {
	switch {
	case n.Any:
		m.Windows = append(m.Windows, sla.MaintenanceWindow{AnyTime: true})
		return
	case n.During != nil:
		if l.declare(l.sub("window", n.During.text), n.During.at, "window") {
			m.Windows = append(m.Windows, sla.MaintenanceWindow{During: n.During.text})
		}
		return
	}
	e := n.Every
	w := sla.MaintenanceWindow{Days: e.Days.v, Hours: e.Hours.v, Zone: nameText(e.Zone)}
	for _, d := range e.More {
		w.Days |= d.v
	}
	id := w.Days.String() + "-" + e.Hours.v.From.String()
	if e.Nth != nil {
		w.Nth = e.Nth.n
		id = strconv.Itoa(w.Nth) + "-" + id
	}
	switch {
	case e.Month != (e.Nth != nil):
		l.report(codeUnfinished, e.Hours.at, sla.Name("word", "of the month"))
	case w.Nth > 5:
		l.report(codeWholeNumber, e.Nth.at, sla.Prose("found", strconv.Itoa(w.Nth)))
	case l.declare(l.sub("window", id), e.Hours.at, "window"):
		m.Windows = append(m.Windows, w)
	}
}

type noticeLine struct {
	Length length  `parser:"'notice' 'at' 'least' @@"`
	Beyond *length `parser:"( ',' 'when' ( 'longer' 'than' @@"`
	Upto   *length `parser:"| 'at' 'most' @@ ) )?"`
}

func lowerNotice(l *lowering, m *sla.MaintenanceRule, n *noticeLine) {
	if n.Beyond == nil && n.Upto == nil {
		if l.declare(l.sub("notice"), n.Length.at, "notice") {
			m.Notice = &n.Length.v
		}
		return
	}
	when := "upto"
	if n.Beyond != nil {
		when = "beyond"
	}
	if l.declare(l.sub("notice", when), n.Length.at, "notice") {
		m.Notices = append(m.Notices, sla.DependentNotice{Notice: n.Length.v, Beyond: lengthPtr(n.Beyond), Upto: lengthPtr(n.Upto)})
	}
}

type limitLine struct {
	Length length `parser:"'limit' @@"`
	Each   per    `parser:"@@ ',' 'the' 'excess' 'is' 'downtime'"`
}
