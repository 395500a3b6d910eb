package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// A lowering turns a file's tree into a contract. It never stops: what cannot
// be read is reported and left out, and remembered so that nothing which
// follows from it is reported as well.
type lowering struct {
	lang     *language
	src      *source
	contract *sla.Contract
	problems []*problem
	// unread counts the problems beyond the most that are told.
	unread int
	// id is the clause whose block is being read, "" for the file.
	id string
	// places says where each clause stands, by id.
	places map[string]place
	// broken are the ids of lines that could not be read; incomplete those
	// of blocks in which some line could not; tainted the words of such
	// lines, which may have declared a name.
	broken, incomplete, tainted map[string]bool
	// ranges are the rows of tables of ranges, by the clause of the table.
	ranges map[string][]rangeRow
	// closing are edits that would close a hole between ranges, by the clause
	// of what is paid in the hole.
	closing map[string]edit
	// test is set while tests are read.
	test *testBook
	// meant is the form that a line most likely is which begins with a free word;
	// nil for none.
	meant *formInfo
	// noted is told of each line that is read, where samples are gathered.
	noted func(f formInfo, it *item)
	// examples are those of the contract that could be read.
	examples []exampleRead
}

func newLowering(lang *language, src *source) *lowering {
	return &lowering{
		lang: lang, src: src,
		contract: &sla.Contract{Schema: sla.ContractSchema},
		places:   map[string]place{}, ranges: map[string][]rangeRow{}, closing: map[string]edit{}, broken: map[string]bool{}, incomplete: map[string]bool{}, tainted: map[string]bool{},
	}
}

func (l *lowering) add(p *problem) {
	if p.clause == "" {
		p.clause = l.id
	}
	if l.full() {
		l.unread++
		return
	}
	l.problems = append(l.problems, p)
}

// full says that no further problem is told.
func (l *lowering) full() bool { return len(l.problems) == maxProblems }

// maxProblems is how many problems of a file are told.
const maxProblems = 1000

func (l *lowering) report(code sla.Code, at place, args ...sla.Arg) {
	l.add(&problem{code: code, place: at, args: args})
}

// child is the id of a part of the clause being read.
func (l *lowering) child(parts ...[]string) string {
	words := []string{}
	if l.id != "" {
		words = append(words, l.id)
	}
	for _, p := range parts {
		words = append(words, strings.Join(p, "-"))
	}
	return strings.Join(words, "/")
}

// sub is the id of a named part of the clause being read.
func (l *lowering) sub(names ...string) string {
	if l.id == "" {
		return strings.Join(names, "/")
	}
	return l.id + "/" + strings.Join(names, "/")
}

// once declares a line that may stand once in its block.
func (l *lowering) once(f formInfo, it *item) bool {
	if f.many {
		return true
	}
	return l.declare(l.child(f.head), it.place, strings.Join(f.head, " "))
}

// declare gives a clause its place. A second clause with the same id is
// reported and must be left out.
func (l *lowering) declare(id string, at place, what string) bool {
	if first, said := l.places[id]; said {
		l.add((&problem{code: codeSaidTwice, place: at, clause: id}).with(sla.Name("what", what)).seeAlso(first, "said-first"))
		return false
	}
	l.places[id] = at
	return true
}

// at moves the place of a clause to the part of its line that matters.
func (l *lowering) at(id string, at place) { l.places[id] = at }

// taint remembers the words of a line that could not be read: any of them may
// have been meant to declare a name.
func (l *lowering) taint(tokens []token) {
	for _, t := range tokens {
		switch t.kind {
		case tokWord:
			l.tainted[t.value] = true
		case tokText:
			l.tainted[t.text()] = true
		}
	}
}

// choice checks a word against the few it may be.
func (l *lowering) choice(n name, what string, allowed ...string) bool {
	if slices.Contains(allowed, n.text) {
		return true
	}
	p := (&problem{code: codeNotOneOf, place: n.at}).with(sla.Prose("found", n.text), sla.Name("what", what), sla.List("allowed", allowed))
	if near := spelling.Nearest(n.text, allowed); near != "" {
		p.with(sla.Name("suggestion", near)).fixed(n.at, near)
	}
	l.broken[l.sub(strings.ReplaceAll(what, " ", "-"))] = true
	l.add(p)
	return false
}

// endOf checks the word in "8 days after month end": that of the line's period.
func (l *lowering) endOf(n name, w sla.Window) bool {
	word := string(w)
	word, _, _ = strings.Cut(word, " from ") // of a fiscal year, a billing month
	return l.choice(n, "after", word[strings.LastIndexByte(word, ' ')+1:])
}

func nearest(word string, candidates []string) string { return spelling.Nearest(word, candidates) }

func names(first name, more []name) []string {
	out := []string{first.text}
	for _, n := range more {
		out = append(out, n.text)
	}
	return out
}

func ptr[T any](v T) *T { return &v }

func datePtr(d *day) *calendar.Date {
	if d == nil {
		return nil
	}
	return &d.v
}

func lengthPtr(n *length) *calendar.Length {
	if n == nil {
		return nil
	}
	return &n.v
}

func nameText(n *name) string {
	if n == nil {
		return ""
	}
	return n.text
}

func textOf(n *text) string {
	if n == nil {
		return ""
	}
	return n.text
}
