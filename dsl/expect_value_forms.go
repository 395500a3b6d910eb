package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
)

// Sentences about what was measured, and those that begin with a name of the
// contract.

// ofLine is whose value is meant.
type ofLine struct {
	Objective name        `parser:"@@"`
	For       *name       `parser:"( 'of' @@ )?"`
	In        *periodName `parser:"( 'in' @@ )?"`
}

type agreedLine struct {
	Of ofLine    `parser:"'agreed' 'service' 'time' 'of' @@"`
	Is exactTime `parser:"'is' @@"`
}

type excludedLine struct {
	Of ofLine    `parser:"'excluded' 'time' 'of' @@"`
	Is exactTime `parser:"'is' @@"`
}

type downtimeLine struct {
	Of ofLine    `parser:"'downtime' 'of' @@"`
	Is exactTime `parser:"'is' @@"`
}

type targetIs struct {
	Of    ofLine   `parser:"'target' 'of' @@ 'is'"`
	Is    operator `parser:"@@"`
	Level level    `parser:"@@"`
}

// whose checks the names of whose value is meant.
func (l *lowering) whose(n *ofLine) expect.Whose {
	l.refer(n.Objective.text, n.Objective.at, "objective", l.test.known.objectives)
	w := expect.Whose{Objective: n.Objective.text, Period: periodText(n.In)}
	if n.For != nil {
		if o := l.test.known.objective(n.Objective.text); o == nil || o.ForEach == "" || o.ForEach == "service" {
			l.refer(n.For.text, n.For.at, "service", l.test.known.services)
		}
		w.For = n.For.text
	}
	return w
}

func (l *lowering) timeClaim(part expect.Part, of *ofLine, is exactTime) expect.Claim {
	return expect.Time{Whose: l.whose(of), Part: part, Time: is.v}
}

type isLine struct {
	Name name        `parser:"@@"`
	Of   *label      `parser:"( 'of' @@ )?"`
	In   *periodName `parser:"( 'in' @@ )?"`
	Took *tookLine   `parser:"( 'took' @@"`
	Miss *count      `parser:"| 'missed' @@"`
	Is   []answer    `parser:"| 'is' @@ ( ',' @@ )* )"`
}

// isClaim tells an objective from a clock of a ticket by what the contract and
// the test know.
func isClaim(l *lowering, w *record, n *isLine) expect.Claim {
	k := &l.test.known
	clock := n.Of != nil && !slices.Contains(k.objectives, n.Name.text) &&
		(w.ticket(n.Of.text) != nil || slices.Contains(k.measures, n.Name.text) || n.Took != nil || n.Miss != nil)
	if clock {
		return l.clockClaim(w, n)
	}
	of := ofLine{Objective: n.Name, In: n.In}
	if n.Of != nil {
		of.For = &name{n.Of.text, n.Of.at}
	}
	if l.otherClaim(n.Name) {
		return expect.Measured{}
	}
	c := expect.Measured{Whose: l.whose(&of)}
	wrong := func(at place) {
		l.report(codeWrongAnswer, at, sla.Name("subject", n.Name.text), sla.Phrase("kind", "name objective"))
	}
	switch {
	case n.Miss != nil:
		wrong(n.Miss.at)
	case n.Took != nil:
		wrong(n.Took.Time.at)
	}
	for _, a := range n.Is {
		switch {
		case a.value != "":
			c.Value, c.Unit = a.value, a.unit
		case a.took != nil:
			c.Took = a.took
		case a.soFar:
			c.SoFar = sla.Verdict(a.word)
		case a.word == "provisional":
			c.Provisional = true
		case slices.Contains([]string{"met", "missed", "open", "disputed", "not measured", "not applicable"}, a.word):
			c.Verdict = sla.Verdict(a.word)
		default:
			wrong(a.at)
		}
	}
	return c
}

// otherClaim reports a sentence whose first word is no objective, but one that
// sentences of another form begin with: `credit is` for `credit of … is`.
func (l *lowering) otherClaim(n name) bool {
	if slices.Contains(l.test.known.objectives, n.text) || l.test.subject.Engine == nil {
		return false
	}
	f, where, ok := l.meantBy(l.lang.expects, n.text)
	if !ok || where != l.lang.expects.scopeKey() {
		return false
	}
	l.add((&problem{code: codeUnknownStatement, place: n.at}).with(sla.Name("found", n.text), sla.Phrase("scope", where),
		sla.Name("suggestion", strings.Join(f.head, " ")), sla.Prose("example", f.example)))
	return true
}
