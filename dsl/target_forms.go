package dsl

import (
	"strings"

	"github.com/sla-lang/sla/sla"
)

// The line `target …`: the level that a measure must reach.

type targetLine struct {
	AsIn  *name        `parser:"'target' ( 'as' 'in' 'tier' @@"`
	Level *targetLevel `parser:"| @@ )"`
	Small *smallVolume `parser:"( ',' @@ )?"`
}

type targetLevel struct {
	Op    targetOp     `parser:"@@"`
	Score *scoreTarget `parser:"( @@"`
	Level *level       `parser:"| @@ )"`
}

// scoreTarget reads `4.2 out of 5`.
type scoreTarget struct {
	Value scoreValue `parser:"@@ 'out' 'of'"`
	OutOf number     `parser:"@@"`
}

type smallVolume struct {
	Late  count `parser:"'or' 'at' 'most' @@ 'late'"`
	Fewer count `parser:"'when' 'fewer' 'than' @@ 'tickets'"`
}

func lowerTarget(l *lowering, o *sla.Objective, n *targetLine) {
	t := &sla.Target{}
	switch {
	case n.AsIn != nil:
		t.AsInTier = n.AsIn.text
		l.at(l.sub("target"), n.AsIn.at)
	case n.Level.Score != nil:
		t.Op, t.Score = n.Level.Op.v, &sla.Score{Value: n.Level.Score.Value.v, OutOf: n.Level.Score.OutOf.v}
		l.at(l.sub("target"), n.Level.Score.Value.at)
	default:
		v := n.Level.Level
		t.Op, t.Share, t.Time, t.Number = n.Level.Op.v, v.share, v.time, v.number
		l.at(l.sub("target"), v.at)
	}
	if n.Small != nil {
		t.SmallVolume = &sla.SmallVolume{AtMostLate: n.Small.Late.n, FewerThan: n.Small.Fewer.n}
	}
	o.Target = t
}

// targetUnit reports a time, or a number without a unit, where a share is
// measured: then the percent sign was forgotten.
func (l *lowering) targetUnit(o *sla.Objective) {
	t := o.Target
	if t == nil || t.Number == nil && t.Time == nil || o.Measure.Kind != sla.MeasureAvailability && o.Measure.Kind != sla.MeasureShareInTime {
		return
	}
	at := l.places[o.Name+"/target"]
	found := l.src.text[at.from:at.to]
	p := (&problem{code: codeUnitMismatch, place: at, clause: o.Name}).with(
		sla.Prose("found", found), sla.Phrase("is", "kind length"), sla.Phrase("expected", "value share"))
	if t.Number != nil {
		found, _, _ = strings.Cut(found, " ")
		number := place{at.from, at.from + len(found)}
		p = (&problem{code: codeUnitMissing, place: number, clause: o.Name}).with(
			sla.Prose("found", found), sla.Phrase("expected", "value share")).fixed(number, found+"%")
	}
	l.add(p)
	l.broken[o.Name+"/target"] = true
	o.Target = nil
}
