package dsl

import (
	"strings"

	"github.com/sla-lang/sla/sla"
)

// Worked examples inside a contract: a test that stands in it, in the words of
// tests. It speaks of facts and results alone, so that the contract can be read
// and checked without another file.

func exampleForm() *form[sla.Contract] {
	g := newGrammar[exampleHead]()
	head, reads := patternOf(`example "…" { … }`)
	f := &form[sla.Contract]{formInfo: formInfo{head: head, reads: reads, example: `example "217 minutes down in April earn 300.00 EUR" {`, many: true, block: needsBlock}}
	f.lower = func(l *lowering, c *sla.Contract, it *item) {
		n, ok := parseLine(l, g, f.formInfo, it)
		switch {
		case !ok:
			l.taint(it.tokens)
		case it.block == nil:
			l.report(codeBlockNeeded, place{it.place.to, it.place.to}, sla.Name("head", "example"), sla.Prose("example", f.example))
		default:
			readExample(l, c, n.Title, it.block)
		}
	}
	return f
}

type exampleHead struct {
	Title text `parser:"'example' @@"`
}

// exampleScope is a `test` block without what reaches beyond the contract.
func exampleScope() *scope[draft] {
	return &scope[draft]{key: "example", table: lowerCases, forms: []*form[draft]{monthForm(), periodForm(), atForm(), givenForm(), expectForm()}}
}

func readExample(l *lowering, c *sla.Contract, title text, b *block) {
	e := sla.Example{Title: title.text, Text: l.bodyOf(b)}
	if l.declare(e.ID(), title.at, "example "+e.Title) {
		c.Examples = append(c.Examples, e)
		l.exampleBlock(e.ID(), title, b)
	}
}

// exampleBlock reads the lines of an example; it is made into tests and run
// once the contract is known to be sound.
func (l *lowering) exampleBlock(id string, title text, b *block) {
	d := &draft{title: title, cases: true, example: true, before: l.troubles()}
	enter(l, l.lang.example, id, d, b)
	if l.troubles() == d.before {
		l.examples = append(l.examples, exampleRead{id, d})
	}
}

// An exampleRead is an example whose lines could all be read.
type exampleRead struct {
	id    string
	draft *draft
}

// bodyOf is what stands in a block as the formatter lays it out, without
// comments.
func (l *lowering) bodyOf(b *block) string {
	if b.close == b.open {
		return "" // it is not closed, which is an error
	}
	text := l.src.text[b.open.end:b.close.start]
	tokens, _ := lex(text)
	f := &formatter{lang: l.lang, source: text, sentences: true}
	var lines [][]token
	for _, line := range physicalLines(tokens) {
		if len(line) == 0 {
			continue
		}
		if code, _ := splitComment(line); len(code) > 0 {
			lines = append(lines, code)
		}
	}
	f.layOut(lines)
	return strings.TrimSuffix(f.out.String(), "\n")
}

// onlyInTests reports what an example may not say: it speaks of facts and
// results, and needs nothing but its contract.
func (w *record) onlyInTests(at place, what string) {
	if w.d.example {
		w.l.report(codeNotInExample, at, sla.Prose("what", what))
	}
}
