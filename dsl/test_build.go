package dsl

import (
	"strconv"
	"strings"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/words"
)

// finishTest makes the tests of a block that has been read. A block with
// mistakes makes none: a test never runs on part of what it says.
func (l *lowering) finishTest(id string, d *draft) {
	outer := l.id
	l.id = id
	defer func() { l.id = outer }()
	switch {
	case d.cases && d.table == nil && !d.example:
		l.report(codeCasesWithoutTable, d.title.at)
	case d.table != nil:
		l.finishCases(d)
	default:
		if t, ok := l.makeTest(d, &draft{}, d.title.text, d.title.at); ok && l.troubles() == d.before {
			l.test.suite.Tests = append(l.test.suite.Tests, t)
		}
	}
}

func (l *lowering) finishCases(d *draft) {
	if !l.caseHeadings(d.table) {
		return
	}
	seen := map[string]bool{}
	var tests []expect.Test
	for _, cells := range d.table.rows {
		at := cells[0].place.through(cells[len(cells)-1].place)
		row, name := l.row(d.table, cells)
		if seen[name] || name == "" {
			name += " (row " + strconv.Itoa(len(seen)+1) + ")"
		}
		seen[name] = true
		if t, ok := l.makeTest(d, row, d.title.text+": "+name, at); ok {
			tests = append(tests, t)
		}
	}
	if l.troubles() == d.before {
		l.test.suite.Tests = append(l.test.suite.Tests, tests...)
	}
}

// makeTest makes one test of the shared lines and those of a row.
func (l *lowering) makeTest(d, row *draft, name string, at place) (expect.Test, bool) {
	t := expect.Test{Name: name, Span: l.src.span(at), Only: d.only || row.only}
	subject := l.test.subject
	if len(d.changes) > 0 {
		subject = l.changed(d.changes)
		if subject == nil {
			return t, false
		}
		t.Changed, t.Engine = true, subject.Engine
	}
	w := &record{l: l, d: d, covered: map[string]bool{}, tested: d.tested}
	for _, g := range d.givens {
		g(w)
	}
	for _, g := range row.givens {
		g(w)
	}
	given := len(w.facts)+len(w.tickets)+len(w.outages) > 0
	w.finish()
	l.time(&t, d)
	for _, s := range d.expected {
		l.expect(&t, w, s)
	}
	for _, s := range row.expected {
		l.expect(&t, w, s)
	}
	if len(t.Expectations) == 0 && l.troubles() == d.before { // else it may be what could not be read
		l.report(codeNoExpectation, at)
	}
	l.oneSnapshot(&t, at)
	if l.troubles() > d.before {
		return t, false
	}
	l.takeFacts(&t, w, given)
	if needsFindings(&t) {
		t.Findings = findingsOf(subject.Analysis)
	}
	return t, true
}

// time says what is tested.
func (l *lowering) time(t *expect.Test, d *draft) {
	if d.tested != nil {
		t.From, t.To = d.tested.from, d.tested.to
	}
	if d.at != nil {
		t.At, _ = l.resolve(d.at, itsStart)
	}
}

// oneSnapshot reports a second snapshot in a test: there is one report.
func (l *lowering) oneSnapshot(t *expect.Test, at place) {
	snapshots := 0
	for i := range t.Expectations {
		if _, ok := t.Expectations[i].Claim.(expect.Snapshot); ok {
			snapshots++
		}
	}
	if snapshots > 1 {
		l.report(codeSaidTwice, at, sla.Name("what", "snapshot"))
	}
}

func (l *lowering) expect(t *expect.Test, w *record, s sentence) {
	claim := s.claim(w)
	t.Expectations = append(t.Expectations, expect.Expectation{Span: l.src.span(s.at), Text: s.text, Claim: claim, Because: s.because})
}

// takeFacts gives a test its facts: those that lie outside what is tested
// decide nothing and are mistakes.
func (l *lowering) takeFacts(t *expect.Test, w *record, given bool) {
	t.Files, t.Ledger = w.files, w.ledger
	if !given && len(w.files) == 0 && t.From == t.To && t.At.IsZero() {
		return // only the contract is tested
	}
	var told place // a line may make many facts; what the test implies has no place
	for _, f := range w.facts {
		if f.at != told && f.at != (place{}) && l.outOfTime(t, f) {
			told = f.at
		}
		t.Facts = append(t.Facts, f.fact)
	}
}

// needsFindings says whether a test looks at what there is to say about its
// contract.
func needsFindings(t *expect.Test) bool {
	if t.Only {
		return true
	}
	for i := range t.Expectations {
		switch t.Expectations[i].Claim.(type) {
		case expect.Found, expect.None:
			return true
		}
	}
	return false
}

// findingsOf puts what there is to say about a contract into words, without
// what was accepted.
func findingsOf(a *Analysis) []expect.Finding {
	var out []expect.Finding
	w := words.English()
	for _, d := range a.Diagnostics {
		if d.Accepted == "" {
			text := strings.TrimSpace(d.Message(w) + "\n" + d.Help(w))
			out = append(out, expect.Finding{Severity: d.Severity, Code: d.Code, Text: text})
		}
	}
	return out
}
