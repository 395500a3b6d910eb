package dsl

import (
	"github.com/sla-lang/sla/sla"
)

// What the time of an objective leaves out, and how that is proved.

type exclusionsHead struct {
	Head bool `parser:"@'exclusions'"`
}

func exclusionsForm() *form[sla.Contract] {
	return open(`exclusions { … }`, `exclusions {`,
		func(l *language) *scope[sla.Exclusions] { return l.exclusions },
		func(_ *lowering, c *sla.Contract, _ *exclusionsHead) (string, *sla.Exclusions, func()) {
			e := &sla.Exclusions{}
			return "exclusions", e, func() { c.Exclusions = e }
		})
}

func exclusionsScope() *scope[sla.Exclusions] {
	return &scope[sla.Exclusions]{key: "exclusions", forms: []*form[sla.Exclusions]{
		say(`proof of CAUSE, … by PARTY within LENGTH of the end of the outage, otherwise the time counts`,
			`proof of customer-cause by provider within 5 business days of the end of the outage, otherwise the time counts`, lowerProof).again(),
		say(`activities of PARTY are CAUSE`, `activities of customer are customer-cause`, func(l *lowering, e *sla.Exclusions, n *activitiesLine) {
			if l.declare(l.sub("activities", n.Party.text), n.Party.at, "activities of "+n.Party.text) {
				l.at(l.sub("activities", n.Party.text, "cause"), n.Cause.at)
				e.Activities = append(e.Activities, sla.ActivityCause{Party: n.Party.text, Cause: n.Cause.text})
			}
		}).again(),
		say(`effect leaves both | leaves downtime only`, `effect leaves both`, func(_ *lowering, e *sla.Exclusions, n *effectLine) {
			e.Effect = sla.LeavesBoth
			if n.DowntimeOnly {
				e.Effect = sla.LeavesDowntime
			}
		}),
		say(`judged only if at least LENGTH of agreed time remain`, `judged only if at least 100 h of agreed time remain`,
			func(l *lowering, e *sla.Exclusions, n *judgedOnlyLine) {
				l.at(l.sub("judged"), n.Length.at)
				e.JudgedOnlyIf = &n.Length.v
			}),
		acceptForm[sla.Exclusions](),
	}, other: say(`CAUSE "…"`, `force-majeure "Article 1218 du Code civil"`, func(l *lowering, e *sla.Exclusions, n *causeLine) {
		if l.declare(l.sub(n.Name.text), n.Name.at, n.Name.text) {
			e.Causes = append(e.Causes, sla.Cause{Name: n.Name.text, Text: n.Text.text})
		}
	}).again(), suits: func(t []token) bool { return len(t) > 1 && t[0].kind == tokWord && t[1].kind == tokText }}
}

type causeLine struct {
	Name name `parser:"@@"`
	Text text `parser:"@@"`
}

type proofLine struct {
	First  name   `parser:"'proof' 'of' @@"`
	More   []name `parser:"( ',' @@ )*"`
	By     name   `parser:"'by' @@"`
	Within length `parser:"'within' @@ 'of' 'the' 'end' 'of' 'the' 'outage' ',' 'otherwise' 'the' 'time' 'counts'"`
}

func lowerProof(l *lowering, e *sla.Exclusions, n *proofLine) {
	p := sla.ProofRule{By: n.By.text, Within: n.Within.v}
	l.at(l.sub("proof-by", n.By.text), n.By.at)
	for _, of := range append([]name{n.First}, n.More...) {
		if l.declare(l.sub("proof", of.text), of.at, "proof of "+of.text) {
			p.Of = append(p.Of, of.text)
		}
	}
	e.Proofs = append(e.Proofs, p)
}

type activitiesLine struct {
	Party name `parser:"'activities' 'of' @@"`
	Cause name `parser:"'are' @@"`
}

type effectLine struct {
	Both         bool `parser:"'effect' 'leaves' ( @'both'"`
	DowntimeOnly bool `parser:"| @( 'downtime' 'only' ) )"`
}

type judgedOnlyLine struct {
	Length length `parser:"'judged' 'only' 'if' 'at' 'least' @@ 'of' 'agreed' 'time' 'remain'"`
}

type excludeLine struct {
	First name          `parser:"'exclude' @@"`
	More  []excludeMore `parser:"( ',' @@ )*"`
}

type excludeMore struct {
	DownOrNot bool  `parser:"@( 'down' 'or' 'not' )"`
	Cause     *name `parser:"| @@"`
}

func lowerExclude(l *lowering, o *sla.Objective, n *excludeLine) {
	causes, downOrNot := []name{n.First}, false
	for _, m := range n.More {
		downOrNot = downOrNot || m.DownOrNot
		if m.Cause != nil {
			causes = append(causes, *m.Cause)
		}
	}
	for _, c := range causes {
		if l.declare(l.sub("exclude", c.text), c.at, "exclude "+c.text) {
			o.Exclude = append(o.Exclude, c.text)
			if downOrNot {
				o.AwayDown = append(o.AwayDown, c.text)
			}
		}
	}
}
