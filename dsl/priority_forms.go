package dsl

import (
	"strings"

	"github.com/sla-lang/sla/sla"
)

type prioritiesHead struct {
	Head bool `parser:"@'priorities'"`
}

func prioritiesForm() *form[sla.Contract] {
	return open(`priorities { … }`, `priorities {`,
		func(l *language) *scope[sla.Priorities] { return l.priorities },
		func(_ *lowering, c *sla.Contract, _ *prioritiesHead) (string, *sla.Priorities, func()) {
			p := &sla.Priorities{}
			return "priorities", p, func() { c.Priorities = p }
		})
}

func prioritiesScope() *scope[sla.Priorities] {
	return &scope[sla.Priorities]{key: "priorities", table: lowerPriorityTable, forms: []*form[sla.Priorities]{
		say(`set by PARTY`, `set by provider`, func(l *lowering, p *sla.Priorities, n *setByLine) {
			l.at(l.sub("set"), n.By.at)
			p.SetBy = n.By.text
		}),
		say(`contested by PARTY within LENGTH after it is set`, `contested by customer within 2 business days after it is set`,
			func(l *lowering, p *sla.Priorities, n *contestedLine) {
				l.at(l.sub("contested"), n.By.at)
				p.ContestedBy, p.ContestWithin = n.By.text, &n.Within.v
			}),
		say(`default PRIORITY [by CHANNEL, …]`, `default P1 by phone`, lowerDefault).again(),
		say(`lower PRIORITY to PRIORITY when EVENT [by CHANNEL] [and …]`, `lower P1 to P2 when customer-unreachable`, lowerMove[moveDownLine]).again(),
		say(`raise PRIORITY to PRIORITY when EVENT [by CHANNEL] [and …]`, `raise P2 to P1 when escalated by phone`, lowerMove[moveUpLine]).again(),
		acceptForm[sla.Priorities](),
	}}
}

type defaultLine struct {
	Priority name   `parser:"'default' @@"`
	By       *name  `parser:"( 'by' @@"`
	More     []name `parser:"( ( ',' | 'or' ) @@ )* )?"`
}

// lowerDefault makes a default of each channel, or of all others.
func lowerDefault(l *lowering, p *sla.Priorities, n *defaultLine) {
	channels := []name{{"", n.Priority.at}}
	if n.By != nil {
		channels = append([]name{*n.By}, n.More...)
	}
	for _, by := range channels {
		d := sla.PriorityDefault{Priority: n.Priority.text, By: by.text}
		if l.declare(d.Clause(), by.at, strings.TrimSuffix("default by "+by.text, " by ")) {
			l.at(d.Clause(), n.Priority.at)
			p.Defaults = append(p.Defaults, d)
		}
	}
}

type moveLine struct {
	From name           `parser:"@@"`
	To   name           `parser:"'to' @@"`
	When []rowCondition `parser:"'when' @@ ( 'and' @@ )*"`
}

type moveDownLine struct {
	Move moveLine `parser:"'lower' @@"`
}

type moveUpLine struct {
	Move moveLine `parser:"'raise' @@"`
}

func (n moveDownLine) move() moveLine { return n.Move }
func (n moveUpLine) move() moveLine   { return n.Move }

func lowerMove[N interface{ move() moveLine }](l *lowering, p *sla.Priorities, line *N) {
	n := (*line).move()
	if l.declare(l.sub("move", n.From.text, n.To.text), n.From.at, "change of "+n.From.text) {
		l.at(l.sub("move", n.From.text), n.From.at)
		p.Moves = append(p.Moves, sla.PriorityMove{From: n.From.text, To: n.To.text, When: conditions(n.When)})
	}
}

type setByLine struct {
	By name `parser:"'set' 'by' @@"`
}

type contestedLine struct {
	By     name   `parser:"'contested' 'by' @@"`
	Within length `parser:"'within' @@ ( 'after' 'it' 'is' 'set' )?"`
}

func lowerPriorityTable(l *lowering, p *sla.Priorities, t *table) {
	if t.columns[0].heading == "impact" {
		lowerMatrix(l, p, t)
		return
	}
	key, ok := l.required(t, "priority")
	l.onlyColumns(t, "priority", "when")
	if !ok {
		return
	}
	when := t.column("when")
	for _, row := range t.rows {
		n, ok := readCell(l, l.lang.cells.name, t, key, row[key], unnamed)
		if !ok || !l.declare(l.sub(n.text), n.at, "priority "+n.text) {
			continue
		}
		r := sla.Priority{Name: n.text}
		if when >= 0 && !row[when].empty() {
			if w, ok := readCell(l, l.lang.cells.text, t, when, row[when], l.sub(n.text, "when")); ok {
				r.When = w.text
			}
		}
		p.Rows = append(p.Rows, r)
	}
}

// lowerMatrix reads a table of priorities by impact, down, and urgency, across.
func lowerMatrix(l *lowering, p *sla.Priorities, t *table) {
	for _, row := range t.rows {
		impact, ok := readCell(l, l.lang.cells.name, t, 0, row[0], unnamed)
		if !ok {
			continue
		}
		for i, c := range t.columns[1:] {
			id := l.sub("matrix", impact.text, c.heading)
			v, ok := readCell(l, l.lang.cells.name, t, i+1, row[i+1], unnamed)
			if ok && l.declare(id, v.at, "impact "+impact.text+", urgency "+c.heading) {
				p.Matrix = append(p.Matrix, sla.PriorityCell{Impact: impact.text, Urgency: c.heading, Priority: v.text})
			}
		}
	}
}
