package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// A table is sentences side by side: a heading and a cell make one line.
type table struct {
	columns []column
	rows    [][]cell
	place   place
	// twice says that a row with two limits for one clock was told.
	twice bool
}

// A column is a heading, in its words.
type column struct {
	heading string
	tokens  []token
	place   place
	// told says that what is wrong with it was reported.
	told bool
}

// A cell is what stands between two bars.
type cell struct {
	tokens []token
	place  place
}

// empty says that the cell says nothing: "-" or blank.
func (c cell) empty() bool {
	return len(c.tokens) == 0 || len(c.tokens) == 1 && c.tokens[0].value == "-"
}

// table checks the shape of consecutive rows: the first is the heading, the
// others have as many cells and leave none blank. A row that has not as many
// is reported and left out.
func (l *lowering) table(rows []*item) *table {
	t := &table{place: rows[0].place.through(rows[len(rows)-1].place)}
	for i, tokens := range rows[0].cells {
		t.columns = append(t.columns, column{heading: joined(tokens), tokens: tokens, place: cellPlace(tokens, rows[0].within[i])})
	}
	said := map[string]bool{}
	for _, c := range t.columns {
		if c.heading == "" {
			l.report(codeHeadingEmpty, c.place)
			return nil
		}
		if said[c.heading] {
			l.report(codeColumnTwice, c.place, sla.Name("column", c.heading))
			return nil
		}
		said[c.heading] = true
	}
	for _, r := range rows[1:] {
		if len(r.cells) != len(t.columns) {
			l.incomplete[l.id] = true
			for _, tokens := range r.cells {
				l.taint(tokens)
			}
			l.add((&problem{code: codeRowCells, place: r.place}).with(
				sla.Count("cells", len(r.cells)), sla.Count("columns", len(t.columns))).seeAlso(rows[0].place, "heading"))
			continue
		}
		var cells []cell
		for i, tokens := range r.cells {
			if len(tokens) == 0 {
				l.report(codeCellEmpty, r.within[i], sla.Name("column", t.columns[i].heading))
			}
			cells = append(cells, cell{tokens, cellPlace(tokens, r.within[i])})
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

func joined(tokens []token) string {
	parts := make([]string, len(tokens))
	for i, t := range tokens {
		parts[i] = t.value
	}
	return strings.Join(parts, " ")
}

// cellPlace is what stands in a cell, or the room between its bars.
func cellPlace(tokens []token, within place) place {
	if len(tokens) == 0 {
		return within
	}
	return tokens[0].place().through(tokens[len(tokens)-1].place())
}

// column finds a heading; -1 when the table has none such.
func (t *table) column(heading string) int {
	return slices.IndexFunc(t.columns, func(c column) bool { return c.heading == heading })
}

// required finds a heading that the table must have. Where another stands for
// it, that is what is told.
func (l *lowering) required(t *table, heading string) (int, bool) {
	if i := t.column(heading); i >= 0 {
		return i, true
	}
	l.incomplete[l.id] = true
	for _, row := range t.rows {
		for _, c := range row {
			l.taint(c.tokens) // it may declare what others name
		}
	}
	for i := range t.columns {
		if c := &t.columns[i]; meantColumn(c.heading, []string{heading}) != "" {
			l.unknownColumn(*c, heading, []string{heading})
			c.told = true
			return -1, false
		}
	}
	l.report(codeColumnMissing, t.columns[0].place.through(t.columns[len(t.columns)-1].place), sla.Name("column", heading))
	return -1, false
}

// onlyColumns reports headings the table has no use for.
func (l *lowering) onlyColumns(t *table, known ...string) {
	if l.headless(t, known) {
		return
	}
	for _, c := range t.columns {
		if !c.told && !slices.Contains(known, c.heading) {
			l.unknownColumn(c, meantColumn(c.heading, known), known)
		}
	}
}

// headless says that a table was told to lack a column and has no heading at
// all that it could have: its first row is one of values. One message will do.
func (l *lowering) headless(t *table, known []string) bool {
	return l.incomplete[l.id] && !slices.ContainsFunc(t.columns, func(c column) bool {
		return c.told || slices.Contains(known, c.heading) || meantColumn(c.heading, known) != ""
	})
}

// unknownColumn reports a heading; near is what it may be meant for.
func (l *lowering) unknownColumn(c column, near string, known []string) {
	p := (&problem{code: codeUnknownColumn, place: c.place}).with(sla.Prose("found", c.heading))
	if near == "" || len(known) > 1 {
		p.with(sla.List("known", known))
	}
	switch {
	case near != "":
		p.with(sla.Name("suggestion", near)).fixed(c.place, near)
	case (c.heading == "from" || c.heading == "to") && slices.Contains(known, string(credits.AtLeast)):
		p.with(sla.Phrase("hint", "hint bounds"))
	}
	l.incomplete[l.id] = true
	l.add(p)
}

// A cellOf is a cell that holds one value.
type cellOf[V any] struct {
	V V `parser:"@@"`
}

// cellGrammars are the grammars of cells, built once with the language.
type cellGrammars struct {
	length    grammar[cellOf[length]]
	share     grammar[cellOf[share]]
	rate      grammar[cellOf[rate]]
	level     grammar[cellOf[thresholdLevel]]
	threshold grammar[cellOf[thresholdAt]]
	name      grammar[cellOf[name]]
	text      grammar[cellOf[text]]
	label     grammar[cellOf[label]]
	step      grammar[cellOf[escalationCell]]
	when      grammar[cellOf[rowWhen]]
	limit     grammar[limitCell]
	words     grammar[cellOf[wordList]]
	target    grammar[cellOf[targetCell]]
	itemLimit grammar[cellOf[itemLimitCell]]
}

func newCellGrammars() cellGrammars {
	return cellGrammars{
		newGrammar[cellOf[length]](), newGrammar[cellOf[share]](), newGrammar[cellOf[rate]](), newGrammar[cellOf[thresholdLevel]](), newGrammar[cellOf[thresholdAt]](), newGrammar[cellOf[name]](),
		newGrammar[cellOf[text]](), newGrammar[cellOf[label]](),
		newGrammar[cellOf[escalationCell]](), newGrammar[cellOf[rowWhen]](), newGrammar[limitCell](),
		newGrammar[cellOf[wordList]](), newGrammar[cellOf[targetCell]](), newGrammar[cellOf[itemLimitCell]](),
	}
}

// read parses a cell; a heading in the problem says which sentence it is.
// unnamed stands for the id of a row whose name is just being read.
const unnamed = "?"

func readCell[V any](l *lowering, g grammar[cellOf[V]], t *table, col int, c cell, id string) (*V, bool) {
	n, ok := readNode(l, g, t, col, c, id)
	if !ok {
		return nil, false
	}
	return &n.V, true
}

// readNode reads a cell by a grammar of its own.
func readNode[N any](l *lowering, g grammar[N], t *table, col int, c cell, id string) (*N, bool) {
	if len(c.tokens) == 0 {
		l.broken[id] = true
		return nil, false
	}
	n, p := g.read(c.tokens, c.place.to)
	if p != nil {
		l.broken[id] = true
		l.taint(c.tokens)
		p.clause = id
		if t.columns[col].heading == "clock" && strings.HasPrefix(c.tokens[0].value, "24") {
			p.with(sla.Phrase("hint", "hint always"))
		}
		l.add(p.with(sla.Name("column", t.columns[col].heading)))
		return nil, false
	}
	if id != unnamed {
		l.places[id] = c.place
	}
	return n, true
}
