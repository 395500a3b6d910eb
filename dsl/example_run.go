package dsl

import (
	"strings"
	"time"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
)

// Examples are run with the contract that they stand in: one that does not
// hold is an error of the contract.

// CheckExamples says which worked examples of a contract do not hold, or cannot
// be read; [Analyze] and [Compile] have done so for a contract that they read.
// It is for contracts from JSON or built in Go, and gives nothing where
// [sla.Check] finds errors. The file of each diagnostic is the clause id of its
// example, and lines count in its text.
func CheckExamples(c *sla.Contract) Diagnostics {
	engine, err := sla.Prepare(c)
	if err != nil {
		return nil
	}
	var out Diagnostics
	cost := 0
	for _, e := range c.Examples {
		src := newSource(e.ID(), e.Text)
		l := newLowering(edition1(), src)
		if p := unreadable(e.Text); p != nil {
			l.src = newSource(e.ID(), "")
			l.add(p)
		} else {
			l.exampleBlock(e.ID(), text{e.Title, place{}}, l.structure())
		}
		l.runOn(&Subject{Analysis: &Analysis{Contract: c, source: src}, Engine: engine}, &cost)
		out = append(out, l.diagnostics(nil)...)
	}
	return out
}

// runExamples runs the examples of a contract that has no errors elsewhere.
func (l *lowering) runExamples(a *Analysis, findings []sla.Finding) {
	if len(l.examples) == 0 || l.unsound(findings) {
		return
	}
	engine, err := sla.Prepare(a.Contract)
	if err != nil {
		return // its errors are findings already
	}
	a.engine = engine
	cost := 0
	l.runOn(&Subject{Analysis: a, Engine: engine}, &cost)
}

// unsound says whether a contract has errors outside its examples.
func (l *lowering) unsound(findings []sla.Finding) bool {
	for _, f := range findings {
		if f.Severity == sla.Error && f.Accepted == nil {
			return true
		}
	}
	for _, p := range l.problems {
		if p.severity != sla.Warning && !strings.HasPrefix(p.clause, "example/") {
			return true
		}
	}
	return l.unread > 0
}

// What running the examples of a contract may cost: reading a contract must
// end soon, whatever stands in it.
const (
	// maxExampleDays is how far apart the dates of one example may lie.
	maxExampleDays = 3660
	// maxExampleCost is how many windows all examples may ask for, at the
	// most that one day can have.
	maxExampleCost = 100_000
)

// runOn makes tests of the examples that could be read and runs them; cost
// adds up what that took.
func (l *lowering) runOn(s *Subject, cost *int) {
	book := &testBook{suite: &expect.Suite{File: l.src.name, Contract: l.src.name}, asked: true}
	book.about(s)
	l.test = book
	defer func() { l.test = nil }()
	perDay := windowsPerDay(s.Analysis.Contract)
	for _, e := range l.examples {
		e.draft.before = l.troubles()
		from := len(book.suite.Tests)
		l.finishTest(e.id, e.draft)
		for i := from; i < len(book.suite.Tests); i++ {
			t := &book.suite.Tests[i]
			days := int(reach(t)/(24*time.Hour)) + 1
			*cost += max(days, daysOfMonth) * perDay
			switch {
			case days > maxExampleDays:
				l.tooCostly(e.id, t, "expect example-too-long")
			case *cost > maxExampleCost:
				l.tooCostly(e.id, t, "expect example-too-many")
				return
			default:
				l.runExample(e.id, book.suite, t)
			}
		}
	}
}

// daysOfMonth is what is evaluated for a fact alone.
const daysOfMonth = 31

// windowsPerDay bounds how many windows of a contract end in one day.
func windowsPerDay(c *sla.Contract) int {
	n := 1
	for i := range c.Objectives {
		if n++; c.Objectives[i].Measure.Window == sla.ClockHour {
			n += 23
		}
	}
	return n * max(1, len(c.Services))
}

func (l *lowering) tooCostly(id string, t *expect.Test, how string) {
	l.add((&problem{code: codeExampleUndecided, place: l.src.placeOf(t.Span), clause: id}).with(sla.Phrase("how", how)))
}

// reach is how much time a test is about: that between its dates, or between
// its first and its last fact.
func reach(t *expect.Test) time.Duration {
	if t.From != t.To {
		return time.Duration(min(t.To.DaysSince(t.From), 2*maxExampleDays)) * 24 * time.Hour
	}
	var first, last time.Time
	for _, f := range t.Facts {
		at := f.Header().Occurred
		until := at
		switch f := f.(type) {
		case *sla.Coverage:
			continue
		case *sla.Outage:
			until = later(at, f.Until)
		case *sla.TicketEvent:
			until = later(at, f.Until)
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
		last = later(last, until)
	}
	return last.Sub(first)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// runExample reports each sentence of an example that does not hold.
func (l *lowering) runExample(id string, s *expect.Suite, t *expect.Test) {
	out := expect.Run(s, t, expect.Options{})
	for i := range out.Failures {
		f := &out.Failures[i]
		p := &problem{code: codeExampleWrong, place: l.src.placeOf(f.Span), clause: id, why: f.Why}
		if f.Status != expect.Failed {
			p.code = codeExampleUndecided
		}
		if f.Code != "differs" {
			p.with(sla.Phrase("how", "expect "+f.Code))
		}
		p.with(sla.Prose("expected", f.Expected), sla.Prose("got", strings.ReplaceAll(f.Got, "\n", "; ")))
		l.add(p.with(f.Args...))
	}
}
