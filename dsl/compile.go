// Package dsl is the language: it reads `.sla` files into typed contracts,
// says what is wrong with them, and lays them out.
//
// A file is read in two steps. The structure — words, blocks, lines, tables —
// is found by a grammar that knows no keyword (tree.go), so a typo costs one
// message and not the file. Each line is then read by the small grammar of its
// kind (the *_forms.go files), lowered into a [sla.Contract], and the contract
// is checked for its meaning by [sla.Check]. The language is described, with
// executed examples, in spec.md beside this file.
package dsl

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sla-lang/sla/sla"
)

// MaxFileSize bounds the source files read: a contract is far smaller, and
// no input may cost unbounded memory.
const MaxFileSize = 64 << 20

// Compile reads the contract in the named file of fsys. The error is always
// [Diagnostics] when the file could be read but has errors; the contract is
// then nil. Warnings are not errors: use [Analyze] to see them.
func Compile(fsys fs.FS, name string) (*sla.Contract, error) {
	text, err := readSource(fsys, name)
	if err != nil {
		return nil, err
	}
	a := Analyze(name, text)
	if a.Diagnostics.HasErrors() {
		return nil, a.Diagnostics
	}
	return a.Contract, nil
}

func readSource(fsys fs.FS, name string) (string, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return "", err
	}
	if info.Size() > MaxFileSize {
		return "", Diagnostics{{Code: codeTooLarge, Severity: sla.Error, Span: startOf(name), Args: []sla.Arg{sla.Count("limit", MaxFileSize>>20)}}}
	}
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return "", err
	}
	return string(b), nil
}

func startOf(name string) sla.Span {
	return sla.Span{File: name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

// An Analysis is all there is to know about one file: the contract as far as
// it could be read, never nil, and everything there is to say about it.
type Analysis struct {
	Contract    *sla.Contract
	Diagnostics Diagnostics
	source      *source
	// engine is what its examples were run with; nil where it has none.
	engine *sla.Engine
}

// Source is the text of the file, for drawing diagnostics.
func (a *Analysis) Source() (name, text string) { return a.source.name, a.source.text }

// Analyze reads a file's text; it never fails and never stops at the first
// mistake. Editors use it on every keystroke.
func Analyze(name, text string) *Analysis {
	if len(text) > MaxFileSize {
		return unread(newSource(name, ""), unreadable(text))
	}
	src := newSource(name, text)
	if p := unreadable(text); p != nil {
		return unread(src, p)
	}
	l := lower(src)
	l.contract.Sources = []sla.SourceFile{{Name: name, SHA256: hash(text)}}
	l.contract.Spans = make(map[string]sla.Span, len(l.places))
	for _, id := range slices.SortedFunc(maps.Keys(l.places), func(a, b string) int {
		return cmp.Compare(l.places[a].from, l.places[b].from)
	}) {
		l.contract.Spans[id] = src.span(l.places[id])
	}
	var findings []sla.Finding
	if !l.hopeless() {
		findings = l.independent(sla.Check(l.contract))
	}
	a := &Analysis{Contract: l.contract, source: src}
	l.runExamples(a, findings)
	a.Diagnostics = l.diagnostics(findings)
	return a
}

// unread is the analysis of a file that is no contract at all.
func unread(src *source, p *problem) *Analysis {
	l := newLowering(edition1(), src)
	l.add(p)
	l.contract.Edition = sla.Edition
	return &Analysis{Contract: l.contract, Diagnostics: l.diagnostics(nil), source: src}
}

func unreadable(text string) *problem {
	if len(text) > MaxFileSize {
		return (&problem{code: codeTooLarge}).with(sla.Count("limit", MaxFileSize>>20))
	}
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		at := 0
		for at < len(text) {
			r, size := utf8.DecodeRuneInString(text[at:])
			if r == utf8.RuneError && size == 1 || r == 0 {
				break
			}
			at += size
		}
		return &problem{code: codeNotText, place: place{at, at + 1}}
	}
	return nil
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// lower reads the tree of a file into a contract.
func lower(src *source) *lowering {
	l := newLowering(edition1(), src)
	root := l.structure()
	l.edition(root)
	enter(l, l.lang.file, "", l.contract, root)
	return l
}

// structure finds the lines, blocks and tables of the file.
func (l *lowering) structure() *block {
	tokens, odd := lex(l.src.text)
	for _, o := range odd {
		p := (&problem{code: o.code, place: o.place}).with(sla.Prose("character", fmt.Sprintf("U+%04X", o.char)))
		if o.removable {
			p.fixed(o.place, "")
		}
		l.add(p)
	}
	t := grow(l.src, tokens)
	for i := range t.problems {
		l.add(&t.problems[i])
	}
	return t.root
}

// edition reads the first line, `sla 1`, and takes it out of the tree.
func (l *lowering) edition(root *block) {
	l.contract.Edition = sla.Edition
	if len(root.items) == 0 || len(root.items[0].tokens) == 0 || root.items[0].tokens[0].value != "sla" {
		l.add((&problem{code: codeEditionMissing, place: place{0, 0}}).fixed(place{0, 0}, "sla "+strconv.Itoa(sla.Edition)+"\n"))
		return
	}
	line := root.items[0].tokens
	root.items = root.items[1:]
	if len(line) < 2 {
		l.add((&problem{code: codeEditionMissing, place: line[0].place()}).fixed(line[0].place(), "sla "+strconv.Itoa(sla.Edition)))
		return
	}
	n, err := strconv.Atoi(line[1].value)
	if err != nil || n < 1 || n > sla.Edition {
		l.report(codeUnknownEdition, line[1].place(), sla.Prose("found", line[1].value), sla.Count("newest", sla.Edition))
		return
	}
	if len(line) > 2 {
		l.report(codeTrailing, line[2].place(), sla.Prose("found", line[2].value), sla.Prose("reads", "sla 1"), sla.Prose("example", "sla 1"), sla.Name("head", "sla"))
	}
	l.contract.Edition = n
}

// hopeless says that so little could be read that checking the meaning would
// only repeat it: the file has problems and not one clause.
func (l *lowering) hopeless() bool { return len(l.problems) > 0 && len(l.places) == 0 }

// independent leaves out findings that follow from what could not be read.
func (l *lowering) independent(findings []sla.Finding) []sla.Finding {
	var out []sla.Finding
	for _, f := range findings {
		if !l.follows(f) {
			out = append(out, f)
		}
	}
	return out
}

func (l *lowering) follows(f sla.Finding) bool {
	if l.within(f.Clause, l.broken) {
		return true
	}
	for _, r := range f.Related {
		if l.broken[r.Clause] {
			return true
		}
	}
	if f.Absent && (l.within(f.Clause, l.incomplete) || f.Code == sla.CodeIncomplete && l.wholeUnread()) {
		return true
	}
	if f.Code == sla.CodeUnknownName && l.unreadName(f) {
		return true
	}
	return f.Unused && slices.ContainsFunc(l.problems, func(p *problem) bool { return p.severity != sla.Warning })
}

// unreadName says that the name a finding does not know may have been declared
// by a line that could not be read. One that is like a declared name is more
// likely a slip for that.
func (l *lowering) unreadName(f sla.Finding) bool {
	var unknown string
	for _, a := range f.Args {
		if a.Name == "unknown" {
			unknown = a.Value
		}
	}
	if l.tainted[unknown] {
		return true
	}
	return f.Replace == "" && nearest(unknown, slices.Sorted(maps.Keys(l.tainted))) != ""
}

// within says whether a set holds a clause or one around it.
func (l *lowering) within(id string, set map[string]bool) bool {
	for ; id != ""; id = sla.Parent(id) {
		if set[id] {
			return true
		}
	}
	return false
}

// wholeUnread says that a line which may be what a whole contract lacks, or
// which may call it a fragment, could not be read.
func (l *lowering) wholeUnread() bool {
	return l.incomplete[""] || l.incomplete["contract"] || l.broken["contract"] || l.broken["contract/kind"]
}

// diagnostics gives all problems and findings their places.
func (l *lowering) diagnostics(findings []sla.Finding) Diagnostics {
	slices.SortStableFunc(l.problems, func(a, b *problem) int { return cmp.Compare(a.place.from, b.place.from) })
	out := make(Diagnostics, 0, len(l.problems)+len(findings))
	for _, p := range l.problems {
		out = append(out, l.fromProblem(p))
	}
	for _, f := range findings {
		out = append(out, l.fromFinding(f))
	}
	return l.capped(out)
}

// capped keeps the first of very many diagnostics and says how many there are
// more: nobody reads thousands, and no input may cost memory without bound.
func (l *lowering) capped(ds Diagnostics) Diagnostics {
	ds = ordered(ds)
	if len(ds) <= maxProblems && l.unread == 0 {
		return ds
	}
	kept := ds[:min(len(ds), maxProblems)]
	rest := Diagnostic{Code: codeTooMany, Severity: sla.Warning, Span: kept[len(kept)-1].Span}
	if l.unread > 0 || ds[len(kept):].HasErrors() {
		rest.Severity = sla.Error
	}
	rest.Args = []sla.Arg{sla.Count("more", l.unread+len(ds)-len(kept))}
	return append(kept[:len(kept):len(kept)], rest)
}

func (l *lowering) fromProblem(p *problem) Diagnostic {
	d := Diagnostic{Code: p.code, Severity: sla.Error, Span: l.src.span(p.place), Clause: p.clause, Args: p.args, Why: p.why}
	if p.severity != "" {
		d.Severity = p.severity
	}
	for _, r := range p.related {
		at := l.src.span(r.place)
		d.Related = append(d.Related, Related{at, r.label, append(r.args, sla.Count("line", at.Line))})
	}
	if p.fix != nil {
		d.Fix = &Fix{l.src.span(p.fix.place), p.fix.text}
	}
	return d
}

func (l *lowering) fromFinding(f sla.Finding) Diagnostic {
	d := Diagnostic{Code: f.Code, Severity: f.Severity, Span: l.spanOf(f.Clause), Clause: f.Clause, Args: f.Args}
	for _, r := range f.Related {
		d.Related = append(d.Related, Related{l.spanOf(r.Clause), r.Label, r.Args})
	}
	if f.Replace != "" {
		if at, ok := l.places[f.Clause]; ok {
			d.Fix = &Fix{l.src.span(at), f.Replace}
		}
	}
	if f.Suggest != "" {
		if at, ok := l.places[f.Clause]; ok {
			d.Suggest = &Fix{l.src.span(at), f.Suggest}
		}
	} else if e, ok := l.closing[f.Clause]; ok {
		d.Suggest = &Fix{l.src.span(e.place), e.text}
	}
	if f.Accepted != nil {
		d.Accepted = f.Accepted.Reason
	}
	return d
}

// spanOf is the place of a clause, of the nearest one around it, or of the
// start of the file.
func (l *lowering) spanOf(id string) sla.Span {
	if s, ok := l.contract.SpanOf(id); ok {
		return s
	}
	if at, ok := l.places["contract"]; ok {
		return l.src.span(at)
	}
	return startOf(l.src.name)
}

// AsDiagnostics unwraps the diagnostics of an error of [Compile].
func AsDiagnostics(err error) (Diagnostics, bool) {
	var ds Diagnostics
	ok := errors.As(err, &ds)
	return ds, ok
}
