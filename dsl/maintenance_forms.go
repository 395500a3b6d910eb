package dsl

import (
	"cmp"

	"github.com/alecthomas/participle/v2"
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
		say(`window every DATES HOURS [in ZONE] | during CALENDAR | at any time`, `window every Sunday 02:00-06:00`, lowerWindow).again(),
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
	Any    bool         `parser:"| @( 'at' 'any' 'time' )"`
	Other  *otherDates  `parser:"| @@ )"`
}

// otherDates are dates as other systems write them, in quotes; none is read.
type otherDates struct{}

// Parse teaches how dates are written.
func (*otherDates) Parse(lx *lexer.PeekingLexer) error {
	if t := lx.Peek(); kindOf(t) == tokText {
		return notDates(t)
	}
	return participle.NextMatch
}

type windowEvery struct {
	Dates recurring `parser:"@@"`
	Hours hours     `parser:"@@"`
	Zone  *name     `parser:"( 'in' @@ )?"`
}

// An nth is which of like days: 1st, 2nd, …, or last.
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
	w := sla.MaintenanceWindow{Recurrence: n.Every.Dates.v, Hours: n.Every.Hours.v, Zone: nameText(n.Every.Zone)}
	id := l.sub("window", w.Name())
	if l.declare(id, n.Every.Hours.at, "window") {
		l.at(id+"/dates", n.Every.Dates.at)
		if n.Every.Zone != nil {
			l.at(id+"/zone", n.Every.Zone.at)
		}
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
		l.at(l.sub("notice", when, "than"), cmp.Or(n.Beyond, n.Upto).at)
		m.Notices = append(m.Notices, sla.DependentNotice{Notice: n.Length.v, Beyond: lengthPtr(n.Beyond), Upto: lengthPtr(n.Upto)})
	}
}

type limitLine struct {
	Length length `parser:"'limit' @@"`
	Each   per    `parser:"@@ ',' 'the' 'excess' 'is' 'downtime'"`
}
