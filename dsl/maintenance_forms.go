package dsl

import (
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
		say(`window every DAYS HOURS [in ZONE]`, `window every Sunday 02:00-06:00`, func(l *lowering, m *sla.MaintenanceRule, n *windowLine) {
			w := sla.MaintenanceWindow{Days: n.Days.v, Hours: n.Hours.v, Zone: nameText(n.Zone)}
			for _, d := range n.More {
				w.Days |= d.v
			}
			if l.declare(l.sub("window", w.Days.String()+"-"+n.Hours.v.From.String()), n.Hours.at, "window") {
				m.Windows = append(m.Windows, w)
			}
		}).again(),
		say(`notice at least LENGTH [, when longer than LENGTH | , when at most LENGTH]`, `notice at least 5 business days`, lowerNotice).again(),
		say(`limit LENGTH each PERIOD, the excess is downtime`, `limit 8 h each calendar month, the excess is downtime`,
			func(l *lowering, m *sla.MaintenanceRule, n *limitLine) {
				if l.declare(l.sub("limit", string(n.Each.v)), n.Length.at, "limit each "+string(n.Each.v)) {
					m.Limits = append(m.Limits, sla.MaintenanceLimit{Length: n.Length.v, Each: n.Each.v})
				}
			}).again(),
		acceptForm[sla.MaintenanceRule](),
	}}
}

type windowLine struct {
	Days  days   `parser:"'window' 'every' @@"`
	More  []days `parser:"( ',' @@ )*"`
	Hours hours  `parser:"@@"`
	Zone  *name  `parser:"( 'in' @@ )?"`
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
	Each   window `parser:"'each' @@ ',' 'the' 'excess' 'is' 'downtime'"`
}
