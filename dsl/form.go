package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/sla"
)

// The registry of statements. A scope lists the forms that may stand in one
// kind of block; a form is one kind of line. Dispatch, "did you mean", the
// reference and the formatter's alignment all read this one list.

// A scope is what may stand in a kind of block whose lines fill in a C.
type scope[C any] struct {
	// key names the kind of block in the catalogue: "scope.service".
	key   string
	forms []*form[C]
	// other reads lines that begin with a free word, where suits says so.
	other *form[C]
	suits func(tokens []token) bool
	// table reads the tables of the block; nil where none may stand.
	table func(*lowering, *C, *table)
}

// A form is one kind of line.
type form[C any] struct {
	formInfo
	lower func(l *lowering, c *C, it *item)
}

// formInfo is what people are told about a form.
type formInfo struct {
	// head are the words that begin it; none for a line that begins with a
	// name of its own.
	head []string
	// reads is its pattern, with what is to be filled in in capitals and
	// what may be left out in brackets; example is one line of it.
	reads, example string
	// many lets the line stand several times in a block.
	many bool
	// block says whether a block may or must follow.
	block blockUse
}

type blockUse uint8

const (
	noBlock blockUse = iota
	mayHaveBlock
	needsBlock
)

// say is a form that is one line.
func say[C, N any](reads, example string, lower func(l *lowering, c *C, n *N)) *form[C] {
	g := newGrammar[N]()
	head, shown := patternOf(reads)
	f := &form[C]{formInfo: formInfo{head: head, reads: shown, example: example}}
	f.lower = func(l *lowering, c *C, it *item) {
		if it.block != nil {
			l.report(codeBlockUnexpected, it.block.open.place(), sla.Name("head", strings.Join(f.head, " ")))
		}
		n, ok := parseLine(l, g, f.formInfo, it)
		if ok && l.once(f.formInfo, it) {
			lower(l, c, n)
		}
	}
	return f
}

// open is a form with a block. begin makes what the block fills in: its
// clause id, the thing itself, and what to do with it when it is complete.
func open[C, N, B any](reads, example string, inside func(*language) *scope[B],
	begin func(l *lowering, c *C, n *N) (id string, thing *B, done func())) *form[C] {
	g := newGrammar[N]()
	head, shown := patternOf(reads)
	f := &form[C]{formInfo: formInfo{head: head, reads: shown, example: example, block: needsBlock}}
	f.lower = func(l *lowering, c *C, it *item) {
		n, ok := parseLine(l, g, f.formInfo, it)
		if !ok || !l.once(f.formInfo, it) {
			l.taint(it.tokens)
			if it.block != nil { // its lines are still read for their own mistakes
				enter(l, inside(l.lang), "?", new(B), it.block)
			}
			return
		}
		id, thing, done := begin(l, c, n)
		switch {
		case it.block != nil:
			enter(l, inside(l.lang), id, thing, it.block)
		case f.block == needsBlock:
			l.incomplete[id] = true
			l.report(codeBlockNeeded, place{it.place.to, it.place.to}, sla.Name("head", strings.Join(f.head, " ")), sla.Prose("example", f.example))
		}
		if done != nil {
			done()
		}
	}
	return f
}

// again lets a form stand several times in its block.
func (f *form[C]) again() *form[C] { f.many = true; return f }

// bare lets a form stand without its block.
func (f *form[C]) bare() *form[C] { f.block = mayHaveBlock; return f }

// patternOf splits a pattern into the words that begin the line and the whole
// as it is shown. The head is the first word, or what stands before two spaces.
func patternOf(reads string) (head []string, shown string) {
	words := strings.Fields(reads)
	if before, _, ok := strings.Cut(reads, "  "); ok {
		return strings.Fields(before), strings.Join(words, " ")
	}
	if strings.ToUpper(words[0]) == words[0] {
		return nil, reads // it begins with a name
	}
	return words[:1], reads
}

func parseLine[N any](l *lowering, g grammar[N], f formInfo, it *item) (*N, bool) {
	n, p := g.read(it.tokens, it.place.to)
	if p == nil {
		if l.noted != nil {
			l.noted(f, it)
		}
		return n, true
	}
	hints := f.hints
	if l.meant != nil {
		hints = l.meant.hints
	}
	l.tell(p, it.tokens, func(mended []token) *problem {
		_, p := g.read(mended, it.place.to)
		return p
	}, hints)
	if f.many {
		l.incomplete[l.id] = true
	} else {
		l.broken[l.child(f.head)] = true
	}
	l.taint(it.tokens)
	return nil, false
}

// match finds the form whose head begins the line; the longest head wins.
func (s *scope[C]) match(tokens []token) *form[C] {
	var best *form[C]
	for _, f := range s.forms {
		if f.begins(tokens) && (best == nil || len(f.head) > len(best.head)) {
			best = f
		}
	}
	if best == nil && s.other != nil && s.suits(tokens) {
		return s.other
	}
	return best
}

// headed is the form of several words that begins as a line does which is none of
// it: "credit erp-availability is …" for "credit of erp-availability is …".
func (s *scope[C]) headed(first token) *formInfo {
	for _, f := range s.forms {
		if len(f.head) > 1 && first.kind == tokWord && f.head[0] == first.value {
			return &f.formInfo
		}
	}
	return nil
}

func (f formInfo) begins(tokens []token) bool {
	if len(tokens) < len(f.head) {
		return false
	}
	for i, w := range f.head {
		if tokens[i].kind != tokWord || tokens[i].value != w {
			return false
		}
	}
	return true
}

// infos lists the forms of a scope for people and tools.
func (s *scope[C]) infos() []formInfo {
	out := make([]formInfo, 0, len(s.forms)+1)
	for _, f := range s.forms {
		out = append(out, f.formInfo)
	}
	if s.other != nil {
		out = append(out, s.other.formInfo)
	}
	return out
}

// scopeKey is the catalogue key of the scope's name.
func (s *scope[C]) scopeKey() string { return "scope " + s.key }

// An anyScope is a scope whatever its lines fill in.
type anyScope interface {
	scopeKey() string
	infos() []formInfo
	takes(tokens []token) bool
}

// takes says whether a line is one that begins with a name of its own.
func (s *scope[C]) takes(tokens []token) bool { return s.other != nil && s.suits(tokens) }

// enter reads the lines and tables of a block into thing.
func enter[C any](l *lowering, s *scope[C], id string, thing *C, b *block) {
	outer := l.id
	l.id = id
	defer func() { l.id = outer }()
	for i := 0; i < len(b.items); i++ {
		it := b.items[i]
		if !it.isRow() {
			statement(l, s, thing, it)
			continue
		}
		rows := []*item{it}
		for i+1 < len(b.items) && b.items[i+1].isRow() {
			i++
			rows = append(rows, b.items[i])
		}
		readTable(l, s, thing, rows)
	}
}

func statement[C any](l *lowering, s *scope[C], thing *C, it *item) {
	if len(it.tokens) == 0 {
		l.report(codeBlockWithoutHead, it.place)
		return
	}
	if f := s.match(it.tokens); f != nil {
		if l.meant = nil; f == s.other {
			l.meant = s.headed(it.tokens[0])
		}
		f.lower(l, thing, it)
		l.meant = nil
		return
	}
	l.incomplete[l.id] = true
	l.taint(it.tokens)
	if l.full() { // nobody reads it: no word is looked for
		l.unread++
		return
	}
	l.add(l.unknownStatement(s, it))
}

func readTable[C any](l *lowering, s *scope[C], thing *C, rows []*item) {
	if s.table == nil {
		at := rows[0].place.through(rows[len(rows)-1].place)
		l.report(codeTableMisplaced, at, sla.Phrase("scope", s.scopeKey()))
		return
	}
	if t := l.table(rows); t != nil {
		s.table(l, thing, t)
	}
}

// unknownStatement says what a line's first word most likely means: a form of
// another block, a misspelt one of this, or nothing known.
func (l *lowering) unknownStatement(s anyScope, it *item) *problem {
	first := it.tokens[0]
	at := first.place()
	if first.kind == tokMalformed || first.kind == tokOdd || first.kind == tokUnclosed {
		return firstTokenProblem(first)
	}
	if first.kind != tokWord {
		return (&problem{code: codeLineStart, place: at}).with(sla.Prose("found", first.value), sla.Phrase("scope", s.scopeKey()))
	}
	p := (&problem{code: codeUnknownStatement, place: at}).with(sla.Name("found", first.value), sla.Phrase("scope", s.scopeKey()))
	if lesson, ok := lessonOf(s, first.value); ok {
		return p.with(lesson)
	}
	if f, where, ok := l.meantBy(s, first.value); ok && where == s.scopeKey() {
		return p.with(sla.Name("suggestion", strings.Join(f.head, " ")), sla.Prose("example", f.nearest(it.tokens)[0]))
	}
	if l.misplaced(p, s, l.scopes(), it) {
		return p
	}
	if f, where, ok := l.meantBy(s, first.value); ok {
		p.with(sla.Name("suggestion", strings.Join(f.head, " ")), sla.Prose("example", f.nearest(it.tokens)[0]))
		if where != s.scopeKey() {
			p.with(sla.Phrase("belongs", where))
		}
		return p
	}
	if l.misplaced(p, s, []anyScope{l.lang.tests, l.lang.testBlock, l.lang.file}, it) { // of the other kind of file
		return p
	}
	if whole, ok := hyphenated(s, it.tokens); ok {
		return p.with(sla.Name("suggestion", whole), sla.Prose("example", whole+" "+it.tokens[2].value)).fixed(at.through(it.tokens[1].place()), whole)
	}
	if word, f, where := l.nearestHead(s, first.value); word != "" {
		p.with(sla.Name("suggestion", word), sla.Prose("example", f.example))
		if where != s.scopeKey() {
			return p.with(sla.Phrase("belongs", where))
		}
		return p.fixed(at, word)
	}
	return p.with(sla.List("known", heads(s)))
}

// misplaced makes the problem one of a line that belongs in a block of another
// kind, if it does.
func (l *lowering) misplaced(p *problem, s anyScope, among []anyScope, it *item) bool {
	for _, other := range among {
		for _, f := range other.infos() {
			if !f.begins(it.tokens) || len(f.head) == 0 {
				continue
			}
			p.code, p.args = codeWrongPlace, nil
			belongs := other.scopeKey()
			switch {
			case other == anyScope(l.lang.tests):
				belongs = "scope tests-beside"
			case other == anyScope(l.lang.file) && l.test != nil:
				belongs = "scope file-tested"
			}
			p.with(sla.Phrase("scope", s.scopeKey()), sla.Name("head", strings.Join(f.head, " ")), sla.Phrase("belongs", belongs), sla.Prose("example", f.nearest(it.tokens)[0]))
			if other == anyScope(l.lang.file) && l.test == nil {
				p.with(sla.Phrase("behind", s.scopeKey()))
			}
			return true
		}
	}
	return false
}

// hyphenated joins the first two words where the line would then be one that
// begins with a name: names of several words have hyphens.
func hyphenated(s anyScope, tokens []token) (string, bool) {
	if len(tokens) < 3 || tokens[0].kind != tokWord || tokens[1].kind != tokWord {
		return "", false
	}
	whole := token{kind: tokWord, value: tokens[0].value + "-" + tokens[1].value}
	return whole.value, s.takes(append([]token{whole}, tokens[2:]...))
}

// nearestHead looks for a near first word in this block, then in all others,
// in which it must begin with the same letter.
func (l *lowering) nearestHead(s anyScope, word string) (near string, f formInfo, where string) {
	for _, sc := range append([]anyScope{s}, l.scopes()...) {
		var words []string
		for _, f := range sc.infos() {
			if len(f.head) > 0 && (sc == s || f.head[0][0] == word[0]) {
				words = append(words, f.head[0])
			}
		}
		if near := nearest(word, words); near != "" {
			i := slices.IndexFunc(sc.infos(), func(f formInfo) bool { return len(f.head) > 0 && f.head[0] == near })
			return near, sc.infos()[i], sc.scopeKey()
		}
	}
	return "", formInfo{}, ""
}

func heads(s anyScope) []string {
	var out []string
	for _, f := range s.infos() {
		if h := strings.Join(f.head, " "); h != "" && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return out
}
