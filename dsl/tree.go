package dsl

import "github.com/sla-lang/sla/sla"

// The structure of a file: lines, blocks and table rows. This small grammar
// knows no keyword, so it reads files of later editions too, and it always
// yields a tree: a missing brace or quote costs its own message and nothing
// around it.

// maxDepth bounds the nesting of blocks; contracts need three levels.
const maxDepth = 8

// An item is one line or one table row of a block.
type item struct {
	// tokens of the line up to its block, without comments and line ends;
	// empty for a table row.
	tokens []token
	// block that ends the line, or nil.
	block *block
	// cells of a table row and the places between its bars; nil for a line.
	cells  [][]token
	within []place
	place  place
}

func (i *item) isRow() bool { return i.cells != nil }

// A block is what stands between braces, or the whole file.
type block struct {
	items []*item
	// open is the brace that opens it, close that which closes it; close is
	// the same as open while it is missing.
	open, close token
}

// A tree is a file's structure and what was wrong with its shape.
type tree struct {
	root     *block
	problems []problem
}

type treeBuilder struct {
	all    []token // every token of the file
	at     int
	kept   []token // tokens of lines, in one backing array
	depth  int
	indent func(token) (column int, first bool) // non-nil: a line at or left of its block's line ends the block
	tree   *tree
}

// grow builds the tree. When braces do not balance it builds it again and
// lets indentation tell where a block was left open.
func grow(src *source, tokens []token) *tree {
	b := &treeBuilder{all: tokens, kept: make([]token, 0, len(tokens)), tree: &tree{}}
	b.tree.root = b.block(token{}, -1)
	if len(b.tree.problems) == 0 {
		return b.tree
	}
	byIndent := &treeBuilder{all: tokens, kept: make([]token, 0, len(tokens)), tree: &tree{}, indent: src.indentation}
	byIndent.tree.root = byIndent.block(token{}, -1)
	return byIndent.tree
}

// indentation gives the column of a token and whether it is its line's first.
func (s *source) indentation(t token) (column int, first bool) {
	for i := t.start; i > 0; i-- {
		c := s.text[i-1]
		if c == '\n' {
			return t.start - i, true
		}
		if !isSpaceByte(c) {
			return 0, false
		}
	}
	return t.start, true
}

func (b *treeBuilder) peek() token { return b.all[b.at] }

func (b *treeBuilder) skipBlank() {
	for k := b.peek().kind; k == tokNewline || k == tokComment; k = b.peek().kind {
		b.at++
	}
}

// block reads items until the closing brace; openColumn is the column of the
// line that opened it, -1 for the file.
func (b *treeBuilder) block(open token, openColumn int) *block {
	blk := &block{open: open, close: open}
	top := openColumn < 0
	for {
		b.skipBlank()
		t := b.peek()
		switch {
		case t.kind == tokEnd:
			if !top {
				b.problem(codeBlockNotClosed, open.place())
			}
			return blk
		case t.kind == tokClose && !top:
			blk.close = t
			b.at++
			return blk
		case t.kind == tokClose:
			b.problem(codeBraceExtra, t.place())
			b.at++
			continue
		case !top && b.outdented(t, openColumn):
			b.problem(codeBlockNotClosed, open.place())
			return blk
		}
		if t.kind == tokBar {
			blk.items = append(blk.items, b.row())
		} else {
			blk.items = append(blk.items, b.line())
		}
	}
}

// outdented says whether a line stands where only a line outside the block
// would: at or left of the column of the block's own line.
func (b *treeBuilder) outdented(t token, openColumn int) bool {
	if b.indent == nil {
		return false
	}
	column, first := b.indent(t)
	return first && column <= openColumn
}

// line reads one statement: to the end of the source line, or further where
// it ends with a comma, and the block that follows.
func (b *treeBuilder) line() *item {
	from := len(b.kept)
	first := b.peek()
	it := &item{place: first.place()}
	for {
		t := b.peek()
		switch t.kind {
		case tokEnd, tokClose:
			return b.finish(it, from)
		case tokComment:
			b.at++
			continue
		case tokNewline:
			if !b.goesOn(from) {
				return b.finish(it, from)
			}
			b.at++
			continue
		case tokOpen:
			b.at++
			b.finish(it, from)
			it.block = b.nested(t, first)
			return it
		}
		b.kept = append(b.kept, t)
		b.at++
	}
}

// goesOn says whether the line goes on after this line end: it does after a
// comma, when the next source line has anything to go on with.
func (b *treeBuilder) goesOn(from int) bool {
	if len(b.kept) == from || b.kept[len(b.kept)-1].kind != tokComma {
		return false
	}
	i := b.at
	for k := b.all[i].kind; k == tokNewline || k == tokComment; k = b.all[i].kind {
		i++
	}
	next := b.all[i].kind
	return next != tokEnd && next != tokClose && next != tokBar
}

func (b *treeBuilder) finish(it *item, from int) *item {
	it.tokens = b.kept[from:len(b.kept):len(b.kept)]
	if n := len(it.tokens); n > 0 {
		it.place = it.place.through(it.tokens[n-1].place())
	}
	return it
}

func (b *treeBuilder) nested(open, first token) *block {
	column := 0
	if b.indent != nil {
		column, _ = b.indent(first)
	}
	if b.depth >= maxDepth {
		b.problem(codeTooDeep, open.place())
		return b.skipBlock(open)
	}
	b.depth++
	blk := b.block(open, column)
	b.depth--
	return blk
}

// skipBlock passes over a block without building it, however deep it nests.
func (b *treeBuilder) skipBlock(open token) *block {
	for depth := 1; depth > 0; b.at++ {
		switch b.peek().kind {
		case tokEnd:
			return &block{open: open, close: open}
		case tokOpen:
			depth++
		case tokClose:
			depth--
		}
	}
	return &block{open: open, close: b.all[b.at-1]}
}

// row reads a table row: cells between bars, to the end of the source line.
func (b *treeBuilder) row() *item {
	it := &item{place: b.peek().place(), cells: [][]token{}}
	behind := b.peek().end // where the cell begins
	b.at++                 // the first bar
	from := len(b.kept)
	closed := false
	for {
		t := b.peek()
		switch t.kind {
		case tokNewline, tokEnd, tokComment, tokClose:
			if cell := b.kept[from:]; len(cell) > 0 || !closed {
				it.cells = append(it.cells, b.kept[from:len(b.kept):len(b.kept)])
				it.within = append(it.within, place{behind, max(behind, it.place.to)})
			}
			return it
		case tokOpen:
			b.problem(codeBraceInTable, t.place()) // and no block: the brace is passed over
		case tokBar:
			it.cells = append(it.cells, b.kept[from:len(b.kept):len(b.kept)])
			it.within = append(it.within, place{behind, t.start})
			from, closed, behind = len(b.kept), true, t.end
		default:
			b.kept = append(b.kept, t)
			closed = false
		}
		it.place.to = t.end
		b.at++
	}
}

func (b *treeBuilder) problem(code sla.Code, at place) {
	b.tree.problems = append(b.tree.problems, problem{code: code, place: at})
}
