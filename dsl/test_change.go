package dsl

import (
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

// What if: `change ADDRESS to "…"` replaces what follows the words of the
// address on their line, or what stands in the cell they name, and the test
// looks at the contract that this gives.

// A change is an address and what is to stand there.
type change struct {
	address []token
	to      text
	at      place
}

type changeText struct {
	Words []addressWord `parser:"'change' @@+"`
	To    text          `parser:"'to' @@"`
}

// An addressWord is a part of an address: all but the word that ends it.
type addressWord struct{ token token }

// Parse reads any word, number or text but `to`.
func (n *addressWord) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if t.EOF() || t.Value == "to" || kindOf(t) == tokComma {
		return participle.NextMatch
	}
	lx.Next()
	at := placeOf(t)
	n.token = token{kind: kindOf(t), start: at.from, end: at.to, value: t.Value}
	return nil
}

func lowerChangeLine(_ *lowering, d *draft, n *changeText) {
	c := change{to: n.To, at: n.Words[0].token.place().through(n.To.at)}
	for _, w := range n.Words {
		c.address = append(c.address, w.token)
	}
	d.changes = append(d.changes, c)
}

// changed is the contract with the changes of a test; nil where one of them
// finds nothing, or more than one place.
func (l *lowering) changed(changes []change) *Subject {
	name, source := l.test.subject.Analysis.Source()
	for i, c := range changes {
		var in *tree
		if i == 0 {
			in = l.test.subject.grown()
		} else {
			in = treeOf(newSource(name, source))
		}
		at, ok := l.placeOfChange(in, c)
		if !ok {
			return nil
		}
		source = source[:at.from] + c.to.text + source[behind(source, at, c.to.text):]
	}
	return l.test.subject.instead(source, func() *Subject { return NewSubject(l.test.analyze(name, source)) })
}

// behind is where the text goes on behind a change: where a line with a table
// becomes one with a value of its own, the table is left out.
func behind(source string, at place, text string) int {
	brace := at.to + len(source[at.to:]) - len(strings.TrimLeft(source[at.to:], " "))
	if !strings.HasPrefix(source[brace:], "{") {
		return at.to
	}
	end := strings.IndexByte(source[brace:], '}')
	tokens, _ := lex(text)
	own := slices.ContainsFunc(tokens, func(t token) bool {
		return t.kind == tokNumber || t.kind == tokPercent || t.kind == tokFraction || t.value == "none"
	})
	if rows := strings.TrimSpace(source[brace+1:]); !own || end < 0 || !strings.HasPrefix(rows, "|") {
		return at.to
	}
	return brace + end + 1
}

// instead is the contract with another text, compiled once for all tests that
// make the same of it.
func (s *Subject) instead(text string, compile func() *Subject) *Subject {
	once, _ := s.changed.LoadOrStore(text, sync.OnceValue(compile))
	return once.(func() *Subject)()
}

// grown is the tree of the contract.
func (s *Subject) grown() *tree {
	s.growing.Do(func() { s.tree = treeOf(s.Analysis.source) })
	return s.tree
}

func treeOf(src *source) *tree {
	tokens, _ := lex(src.text)
	return grow(src, tokens)
}

// placeOfChange finds the one place that an address names.
func (l *lowering) placeOfChange(t *tree, c change) (place, bool) {
	found := addressed(t.root, c.address)
	words := joined(c.address)
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		l.report(codeChangeNowhere, c.at, sla.Prose("address", words))
	default:
		l.report(codeChangeTwice, c.at, sla.Prose("address", words), sla.Count("n", len(found)))
	}
	return place{}, false
}

// addressed lists the places in a block that the words of an address name.
func addressed(b *block, address []token) []place {
	var out []place
	var heading *item
	for _, it := range b.items {
		if it.isRow() {
			if heading == nil {
				heading = it
			} else if at, ok := addressedCell(heading, it, address); ok {
				out = append(out, at)
			}
			continue
		}
		heading = nil
		out = append(out, addressedLine(it, address)...)
	}
	return out
}

// addressedLine follows an address through a line: its words, and the rest of
// them in its block. Words of the line that the address leaves out, such as
// `of workplace`, must not be all that could tell it apart.
func addressedLine(it *item, address []token) []place {
	n := 0
	for n < len(address) && n < len(it.tokens) && same(address[n], it.tokens[n]) {
		n++
	}
	switch {
	case n == 0:
		return nil
	case n == len(address) && n < len(it.tokens):
		return []place{it.tokens[n].place().through(it.tokens[len(it.tokens)-1].place())}
	case it.block != nil && n < len(address):
		return addressed(it.block, address[n:])
	}
	return nil
}

// addressedCell follows an address through a table: the heading of the first
// column may stand before the row's name, the heading of a column behind it.
func addressedCell(heading, row *item, address []token) (place, bool) {
	if len(row.cells) != len(heading.cells) {
		return place{}, false
	}
	rest, ok := strip(address, heading.cells[0])
	if !ok {
		rest = address
	}
	if rest, ok = strip(rest, row.cells[0]); !ok {
		return place{}, false
	}
	for i := range heading.cells {
		if slices.EqualFunc(rest, heading.cells[i], same) && len(rest) > 0 {
			return cellPlace(row.cells[i], row.within[i]), true
		}
	}
	return place{}, false
}

// strip takes words off the beginning of an address.
func strip(address, words []token) (rest []token, ok bool) {
	if len(words) == 0 || len(address) < len(words) || !slices.EqualFunc(address[:len(words)], words, same) {
		return nil, false
	}
	return address[len(words):], true
}

func same(a, b token) bool {
	return a.value == b.value || strings.Trim(a.value, `"`) == strings.Trim(b.value, `"`)
}
