package dsl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sla-lang/sla/sla"
)

// Files of tests: the contract they name, tests, tables of cases.

func testsScope() *scope[testBook] {
	return &scope[testBook]{key: "tests", forms: []*form[testBook]{
		say(`test of  FILE`, `test of "acme.sla"`, lowerTestOf),
		open(`test "…" { … }`, `test "One outage in March" {`, func(l *language) *scope[draft] { return l.testBlock },
			func(l *lowering, _ *testBook, n *testHead) (string, *draft, func()) {
				return beginTest(l, n.Title, false)
			}).again(),
		open(`cases "…" { … }`, `cases "The bands of April" {`, func(l *language) *scope[draft] { return l.testBlock },
			func(l *lowering, _ *testBook, n *casesHead) (string, *draft, func()) {
				return beginTest(l, n.Title, true)
			}).again(),
	}}
}

type testOfLine struct {
	File text `parser:"'test' 'of' @@"`
}

type testHead struct {
	Title text `parser:"'test' @@"`
}

type casesHead struct {
	Title text `parser:"'cases' @@"`
}

// lowerTestOf loads the contract under test. What is wrong with the contract
// is told by its own diagnostics; here it is one message.
func lowerTestOf(l *lowering, b *testBook, n *testOfLine) {
	b.asked, b.suite.Contract = true, n.File.text
	s := b.load(n.File.text)
	if s == nil {
		l.report(codeContractNotFound, n.File.at, sla.Prose("file", n.File.text))
		return
	}
	b.about(s)
	if s.Engine == nil {
		errors := s.Analysis.Diagnostics.Count(sla.Error)
		l.report(codeContractBroken, n.File.at, sla.Prose("file", n.File.text), sla.Count("errors", errors))
	}
}

// about says which contract is tested.
func (b *testBook) about(s *Subject) {
	b.subject, b.suite.Engine = s, s.Engine
	b.known = namesOf(s)
	if s.Engine != nil {
		b.zone = s.Engine.Zone()
	}
}

// A draft is a test as it is read, before its facts are made: a table makes
// many tests of one.
type draft struct {
	title text
	// cases may have a table, whose rows are tests; example stands in a
	// contract.
	cases, example bool
	// tested is the period, at the instant.
	tested *stretch
	at     *moment
	// givens make the facts; expected are the sentences.
	givens   []given
	expected []sentence
	changes  []change
	only     bool
	table    *table
	// before is how many problems there were when the test began.
	before int
}

// A given adds facts to those of a test.
type given func(w *record)

func beginTest(l *lowering, title text, cases bool) (string, *draft, func()) {
	id := "test/" + title.text
	d := &draft{title: title, cases: cases, before: l.troubles()}
	if first, said := l.places[id]; said {
		l.add((&problem{code: codeTestTwice, place: title.at}).with(sla.Prose("name", title.text)).seeAlso(first, "said-first"))
		return id + "/" + strconv.Itoa(title.at.from), d, nil // what stands in it is not said twice
	}
	l.places[id] = title.at
	if !l.ready(title.at) {
		return id, d, nil
	}
	return id, d, func() { l.finishTest(id, d) }
}

// troubles counts what is wrong so far.
func (l *lowering) troubles() int { return len(l.problems) + l.unread }

func testBlockScope() *scope[draft] {
	return &scope[draft]{key: "test", table: lowerCases, forms: []*form[draft]{
		monthForm(), periodForm(), atForm(),
		givenForm(),
		expectForm(),
		say(`change ADDRESS … to "…"`, `change objective erp-availability target to "at least 99.90%"`, lowerChangeLine).again(),
	}}
}

func monthForm() *form[draft] {
	return say(`month YYYY-MM`, `month 2026-03`, func(l *lowering, d *draft, n *monthLine) { l.tests(d, &stretch{n.Month}) })
}

func periodForm() *form[draft] {
	return say(`period PERIOD | DATE to DATE`, `period 2026-Q1`, func(l *lowering, d *draft, n *periodLine) { l.tests(d, &n.Period) })
}

func atForm() *form[draft] {
	return say(`at INSTANT`, `at 2026-03-10 10:30`, func(_ *lowering, d *draft, n *atLine) { d.at = &n.At })
}

type monthLine struct {
	Month periodName `parser:"'month' @@"`
}

type periodLine struct {
	Period stretch `parser:"'period' @@"`
}

// tests says which period a test is about; one.
func (l *lowering) tests(d *draft, period *stretch) {
	if d.tested != nil {
		l.add((&problem{code: codeSaidTwice, place: period.at}).with(sla.Name("what", "period")).seeAlso(d.tested.at, "said-first"))
		return
	}
	d.tested = period
}

type atLine struct {
	At moment `parser:"'at' @@"`
}

// givenForm is `given FACT` and `given { FACTS }`: the facts have a scope of
// their own.
func givenForm() *form[draft] {
	f := &form[draft]{formInfo: formInfo{
		head: []string{"given"}, reads: "given FACT | { FACTS }", example: "given outage erp 2026-03-10 09:00 to 12:50", many: true, block: mayHaveBlock,
	}}
	f.lower = func(l *lowering, d *draft, it *item) { within(l, l.lang.facts, d, it, f.formInfo) }
	return f
}

// expectForm is `expect SENTENCE` and `expect { SENTENCES }`; `only` makes
// them exhaustive.
func expectForm() *form[draft] {
	f := &form[draft]{formInfo: formInfo{
		head: []string{"expect"}, reads: "expect [only] SENTENCE | [only] { SENTENCES }", example: "expect erp-availability is 99.4823%, missed", many: true, block: mayHaveBlock,
	}}
	f.lower = func(l *lowering, d *draft, it *item) {
		if len(it.tokens) > 1 && it.tokens[1].value == "only" {
			d.only = true
			rest := *it
			rest.tokens = slices.Delete(slices.Clone(it.tokens), 1, 2)
			it = &rest
		}
		within(l, l.lang.expects, d, it, f.formInfo)
	}
	return f
}

// within reads what follows a head word as a line, or a block of lines, of
// another scope.
func within(l *lowering, s *scope[draft], d *draft, it *item, f formInfo) {
	rest := it.tokens[1:]
	switch {
	case len(rest) > 0:
		statement(l, s, d, &item{tokens: rest, block: it.block, place: place{rest[0].start, it.place.to}})
	case it.block != nil:
		enter(l, s, l.id, d, it.block)
	default:
		l.report(codeBlockNeeded, place{it.place.to, it.place.to}, sla.Name("head", f.head[0]), sla.Prose("example", f.example))
	}
}

// lowerCases keeps the table of a `cases` block until the block is read.
func lowerCases(l *lowering, d *draft, t *table) {
	switch {
	case !d.cases:
		l.report(codeTableMisplaced, t.place, sla.Phrase("scope", "scope test"))
	case d.table != nil:
		l.report(codeSaidTwice, t.place, sla.Name("what", "table"))
	default:
		d.table = t
	}
}

// caseHeadings reports headings of a table of cases that begin no sentence:
// facts without `given`, and the bare name of an objective.
func (l *lowering) caseHeadings(t *table) bool {
	ok := true
	for _, c := range t.columns {
		first, meant := c.tokens[0], ""
		switch {
		case first.value == "given":
		case slices.Contains(l.test.known.objectives, c.heading):
			meant = c.heading + " is"
		case len(c.tokens) == 1 && first.value == "credit":
			meant = "credit of … is"
		case l.lang.expects.match(c.tokens) == nil && l.lang.facts.match(c.tokens) != nil:
			meant = "given " + c.heading
		}
		if meant != "" {
			ok = false
			l.add((&problem{code: codeUnknownColumn, place: c.place}).with(sla.Prose("found", c.heading), sla.Name("suggestion", meant)))
		}
	}
	return ok
}

// row reads one row of a table of cases: each heading goes on in its cell.
func (l *lowering) row(t *table, cells []cell) (row *draft, name string) {
	row = &draft{}
	var said []string
	for i, c := range cells {
		heading := t.columns[i]
		isGiven := heading.tokens[0].value == "given"
		if isGiven {
			said = append(said, written(c.tokens))
		}
		if c.empty() {
			continue
		}
		tokens := append(slices.Clone(heading.tokens), c.tokens...)
		if isGiven {
			tokens = tokens[1:]
		}
		it := &item{tokens: tokens, place: c.place}
		if isGiven {
			statement(l, l.lang.facts, row, it)
		} else {
			statement(l, l.lang.expects, row, it)
		}
	}
	return row, strings.ReplaceAll(strings.Join(said, ", "), `"`, "")
}
