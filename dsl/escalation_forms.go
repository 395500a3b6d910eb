package dsl

import (
	"github.com/sla-lang/sla/sla"
)

type escalationHead struct {
	Head bool `parser:"@'escalation'"`
}

func escalationForm() *form[sla.Contract] {
	return open(`escalation { … }`, `escalation {`,
		func(l *language) *scope[sla.Escalation] { return l.escalation },
		func(_ *lowering, c *sla.Contract, _ *escalationHead) (string, *sla.Escalation, func()) {
			e := &sla.Escalation{}
			return "escalation", e, func() { c.Escalation = e }
		})
}

func escalationScope() *scope[sla.Escalation] {
	return &scope[sla.Escalation]{key: "escalation", table: lowerEscalationTable, forms: []*form[sla.Escalation]{
		say(`counted on the MEASURE clock|open time`, `counted on the restore clock`, func(l *lowering, e *sla.Escalation, n *countedOnLine) {
			if e.OpenTime = n.Open; !n.Open {
				l.at(l.sub("counted"), n.Measure.at)
				e.CountedOn = n.Measure.text
			}
		}),
		acceptForm[sla.Escalation](),
	}}
}

type countedOnLine struct {
	Open    bool  `parser:"'counted' 'on' ( @( 'open' 'time' )"`
	Measure *name `parser:"| 'the' @@ 'clock' )"`
}

func lowerEscalationTable(l *lowering, e *sla.Escalation, t *table) {
	level, ok := l.required(t, "level")
	who, ok2 := l.required(t, "who")
	if !ok || !ok2 {
		return
	}
	by := t.column("by")
	for _, row := range t.rows {
		n, ok := readCell(l, l.lang.cells.name, t, level, row[level], unnamed)
		if !ok || !l.declare(l.sub(n.text), n.at, "level "+n.text) {
			continue
		}
		lv := sla.EscalationLevel{Level: n.text}
		for i, c := range t.columns {
			switch {
			case i == level:
			case i == who:
				if v, ok := readCell(l, l.lang.cells.text, t, i, row[i], l.sub(n.text, "who")); ok {
					lv.Who = v.text
				}
			case row[i].empty():
			case i == by:
				if v, ok := readCell(l, l.lang.cells.name, t, i, row[i], l.sub(n.text, "by")); ok {
					lv.By = v.text
				}
			default:
				if v, ok := readCell(l, l.lang.cells.step, t, i, row[i], l.sub(n.text, c.heading)); ok {
					lv.After = append(lv.After, v.after(c.heading))
				}
			}
		}
		e.Levels = append(e.Levels, lv)
	}
}

// An escalationCell is 30 min, 75% of restore, 15 min before due.
type escalationCell struct {
	Share  *escalationShare  `parser:"( @@"`
	Length *escalationLength `parser:"| @@ )"`
}

type escalationShare struct {
	Share shareHere `parser:"@@"`
	Of    name      `parser:"'of' @@"`
}

type escalationLength struct {
	Length length `parser:"@@"`
	Before bool   `parser:"( ( @'before'"`
	After  bool   `parser:"| @'after' ) 'due' )?"`
}

func (c escalationCell) after(priority string) sla.EscalationAfter {
	if c.Share != nil {
		return sla.EscalationAfter{Priority: priority, Share: &c.Share.Share.share.v, Of: c.Share.Of.text}
	}
	a := sla.EscalationAfter{Priority: priority, Length: c.Length.Length.v}
	switch {
	case c.Length.Before:
		a.Due = sla.BeforeDue
	case c.Length.After:
		a.Due = sla.AfterDue
	}
	return a
}
