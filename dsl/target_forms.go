package dsl

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// The line `target …`: the level that a measure must reach.

type targetLine struct {
	AsIn    *name        `parser:"'target' ( 'as' 'in' 'tier' @@"`
	Applies *name        `parser:"| 'the' @@ 'that' 'applies'"`
	ByTable *lineEnd     `parser:"| @@"`
	Level   *targetLevel `parser:"| @@ )"`
	Small   *smallVolume `parser:"( ',' @@ )?"`
}

// A lineEnd is the end of a line, where its block says the rest.
type lineEnd struct{ at bool }

// Parse reads nothing, at the end of a line.
func (n *lineEnd) Parse(lx *lexer.PeekingLexer) error {
	if !lx.Peek().EOF() {
		return participle.NextMatch
	}
	n.at = true
	return nil
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

func (n *targetLine) lower(l *lowering) *sla.Target {
	t := &sla.Target{}
	switch {
	case n.Applies != nil:
		t.Table = &sla.TargetTable{}
		if l.choice(*n.Applies, "the", "lowest", "highest") {
			t.Table.Of = n.Applies.text
		}
	case n.ByTable != nil:
		t.Table = &sla.TargetTable{}
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
	return t
}

// targetUnit reports a time, or a number without a unit, where a share is
// measured: then the percent sign was forgotten.
func (l *lowering) targetUnit(o *sla.Objective) {
	t := o.Target
	if t == nil || t.Number == nil && t.Time == nil || o.Measure.Kind != sla.MeasureAvailability && o.Measure.Kind != sla.MeasureShareInTime {
		return
	}
	at := l.places[l.sub(o.Name)+"/target"]
	found := l.src.text[at.from:at.to]
	p := (&problem{code: codeUnitMismatch, place: at, clause: l.sub(o.Name)}).with(
		sla.Prose("found", found), sla.Phrase("is", "kind length"), sla.Phrase("expected", "value share"))
	if t.Number != nil {
		found, _, _ = strings.Cut(found, " ")
		number := place{at.from, at.from + len(found)}
		p = (&problem{code: codeUnitMissing, place: number, clause: l.sub(o.Name)}).with(
			sla.Prose("found", found), sla.Phrase("expected", "value share")).fixed(number, found+"%")
	}
	l.add(p)
	l.broken[l.sub(o.Name, "target")] = true
	o.Target = nil
}

// targetForm is the target line, and the table that may stand for a level.
func targetForm() *form[sla.Objective] {
	return open(`target OPERATOR SHARE|LENGTH|NUMBER | OPERATOR NUMBER out of NUMBER | as in tier TIER [, or at most NUMBER late when fewer than NUMBER tickets] | [the lowest|highest that applies] { TABLE }`,
		`target at least 99.50%`,
		func(l *language) *scope[sla.Target] { return l.targetTable },
		func(l *lowering, o *sla.Objective, n *targetLine) (string, *sla.Target, func()) {
			t, id := n.lower(l), l.sub("target")
			return id, t, func() {
				switch {
				case t.Table != nil && len(t.Table.Rows) == 0:
					if !l.incomplete[id] {
						l.report(codeUnfinished, l.places[id], sla.Name("word", "at least"))
					}
					l.broken[id] = true
				default:
					o.Target = t
				}
			}
		}).bare()
}

// targetTableScope reads a level by attributes: a column for each of these,
// and one headed by an operator.
func targetTableScope() *scope[sla.Target] {
	return &scope[sla.Target]{key: "target", forms: []*form[sla.Target]{acceptForm[sla.Target]()}, table: func(l *lowering, target *sla.Target, t *table) {
		if target.Table == nil { // the line says a level already
			l.report(codeBlockUnexpected, t.place, sla.Name("head", "target"))
			return
		}
		target.Op, target.Table.By, target.Table.Rows = lowerTargets(l, t)
	}}
}

func lowerTargets(l *lowering, t *table) (op credits.Op, by []string, rows []sla.TargetRow) {
	last := len(t.columns) - 1
	heading, p := l.lang.ops.read(t.columns[last].tokens, t.columns[last].place.to)
	if p != nil {
		l.incomplete[l.id] = true
		l.add((&problem{code: codeOperator, place: t.columns[last].place, fix: p.fix}).with(sla.Prose("found", t.columns[last].heading)))
		return op, nil, nil
	}
	by = l.attributeColumns(t, last)
	for _, cells := range t.rows {
		row := sla.TargetRow{}
		var ok bool
		if row.When, ok = l.attributeCells(t, cells, last); !ok {
			continue
		}
		id := l.sub(row.Name())
		if !l.declare(id, cells[0].place, row.Name()) {
			continue
		}
		v, ok := readCell(l, l.lang.cells.target, t, last, cells[last], id+"/level")
		if !ok {
			l.incomplete[l.id] = true
			continue
		}
		if v.Level != nil {
			row.Share, row.Time, row.Number = v.Level.share, v.Level.time, v.Level.number
		}
		rows = append(rows, row)
	}
	return heading.V.v, by, rows
}

// A targetCell is a level, or the word that there is no commitment.
type targetCell struct {
	None  bool   `parser:"@'none'"`
	Level *level `parser:"| @@"`
}

// attributeColumns reads the headings of a table that name attributes, those
// before the last.
func (l *lowering) attributeColumns(t *table, last int) (by []string) {
	for _, c := range t.columns[:last] {
		by = append(by, c.heading)
		l.at(l.sub("by", c.heading), c.place)
	}
	return by
}

// wordList is a cell of words, or any.
type wordList struct {
	First label   `parser:"@@"`
	More  []label `parser:"( ',' @@ )*"`
}

// attributeCells reads the words of a row; an empty list is any.
func (l *lowering) attributeCells(t *table, cells []cell, last int) (when [][]string, ok bool) {
	for i := range last {
		v, ok := readCell(l, l.lang.cells.words, t, i, cells[i], unnamed)
		if !ok {
			l.incomplete[l.id] = true
			return nil, false
		}
		words := []string{v.First.text}
		for _, m := range v.More {
			words = append(words, m.text)
		}
		if len(words) == 1 && (words[0] == "any" || words[0] == "other") {
			words = []string{}
		}
		when = append(when, words)
	}
	return when, true
}
