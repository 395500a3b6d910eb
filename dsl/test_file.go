package dsl

import (
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
)

// Files of tests. They have the structure of all files of the language, and
// statements of their own; each names the contract it tests.

// testSuffix is what the names of files of tests end in.
const testSuffix = "_test.sla"

// IsTest says whether a file holds tests, by its name.
func IsTest(name string) bool { return strings.HasSuffix(name, testSuffix) }

// A Subject is a contract under test: what there is to say about it, and its
// engine, which is nil when it has errors.
type Subject struct {
	Analysis *Analysis
	Engine   *sla.Engine
	// changed are the contracts that tests made of this one, by their text; tree
	// is how they find their way in it.
	changed sync.Map
	tree    *tree
	growing sync.Once
}

// NewSubject prepares a contract for its tests, once for all of them.
func NewSubject(a *Analysis) *Subject {
	s := &Subject{Analysis: a}
	switch {
	case a.Diagnostics.HasErrors():
	case a.engine != nil:
		s.Engine = a.engine
	default:
		s.Engine, _ = sla.Prepare(a.Contract) // errors are diagnostics already
	}
	return s
}

// A TestAnalysis is all there is to know about a file of tests: the tests as
// far as they could be read, and everything there is to say about the file.
type TestAnalysis struct {
	Suite       *expect.Suite
	Diagnostics Diagnostics
	source      *source
}

// Source is the text of the file, for drawing diagnostics.
func (a *TestAnalysis) Source() (name, text string) { return a.source.name, a.source.text }

// AnalyzeTests reads a file of tests. The contract is asked for by the path
// that the file names, seen from the file; nil means that there is none. It
// never fails and never stops at the first mistake.
func AnalyzeTests(name, text string, contract func(file string) *Subject) *TestAnalysis {
	src := newSource(name, text)
	l := newLowering(edition1(), src)
	l.test = &testBook{load: contract, analyze: Analyze, suite: &expect.Suite{File: name}}
	if p := unreadable(text); p != nil {
		l.src = newSource(name, "")
		l.add(p)
	} else {
		l.readTests()
	}
	return &TestAnalysis{Suite: l.test.suite, Diagnostics: l.diagnostics(nil), source: l.src}
}

// CompileTests reads the tests in the named file of fsys, and their contract.
// The error is [Diagnostics] when the file or its contract has errors.
func CompileTests(fsys fs.FS, name string) (*expect.Suite, error) {
	text, err := readSource(fsys, name)
	if err != nil {
		return nil, err
	}
	var broken Diagnostics
	a := AnalyzeTests(name, text, func(file string) *Subject {
		s := subjectIn(fsys, path.Join(path.Dir(name), file))
		if s != nil && s.Engine == nil {
			broken = s.Analysis.Diagnostics
		}
		return s
	})
	switch {
	case broken != nil:
		return nil, broken
	case a.Diagnostics.HasErrors():
		return nil, a.Diagnostics
	}
	return a.Suite, nil
}

func subjectIn(fsys fs.FS, name string) *Subject {
	text, err := readSource(fsys, name)
	if err != nil {
		return nil
	}
	return NewSubject(Analyze(name, text))
}

// A testBook is what a lowering knows while it reads tests.
type testBook struct {
	load func(file string) *Subject
	// analyze is [Analyze], for contracts with changes.
	analyze func(name, text string) *Analysis
	suite   *expect.Suite
	subject *Subject
	zone    *calendar.Zone
	known   knownNames
	// asked says that a contract was named, found or not.
	asked bool
}

// readTests reads the tree of a file of tests.
func (l *lowering) readTests() {
	root := l.structure()
	l.edition(root)
	enter(l, l.lang.tests, "", l.test, root)
	if !l.test.asked && len(l.problems) == 0 {
		l.report(codeTestOfMissing, place{0, 0})
	}
}

// ready says whether the contract under test can be evaluated; a file without
// one is told once.
func (l *lowering) ready(at place) bool {
	if !l.test.asked {
		l.test.asked = true
		l.report(codeTestOfMissing, at)
	}
	return l.test.subject != nil
}
