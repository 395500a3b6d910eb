package dsl

import "github.com/sla-lang/sla/sla"

// Claims of credits: within or by when, step by step, with what evidence.

type claimLine struct {
	NotNeeded bool         `parser:"'claim' ( @( 'not' 'needed' )"`
	Within    *claimWithin `parser:"| 'within' @@"`
	By        *claimBy     `parser:"| 'by' @@"`
	Named     *namedClaim  `parser:"| @@ )"`
	Quals     []claimQual  `parser:"( ',' @@ )*"`
}

// A claimQual is evidence that goes with a claim, or what is lost without.
type claimQual struct {
	Lost bool  `parser:"( 'otherwise' @'lost' )"`
	With *text `parser:"| 'with' @@"`
	More *text `parser:"| @@"`
}

type namedClaim struct {
	Name   name         `parser:"@@"`
	Within *claimWithin `parser:"( 'within' @@"`
	By     *claimBy     `parser:"| 'by' @@ )"`
}

type claimWithin struct {
	Length length  `parser:"@@"`
	After  *anchor `parser:"( 'of' @@ )?"`
}

type claimBy struct {
	Ordinal ordinal `parser:"'the' 'end' 'of' 'the' @@"`
	Window  window  `parser:"@@ 'after'"`
	After   anchor  `parser:"@@"`
}

// An anchor is what a deadline is counted from.
type anchor struct {
	Incident bool  `parser:"'the' ( @'incident'"`
	End      bool  `parser:"| @( 'end' 'of' 'the' ( 'month' | 'quarter' | 'period' | 'window' | 'year' ) )"`
	Report   bool  `parser:"| @'report'"`
	Other    *name `parser:"| @@ )"`
	Eligible bool  `parser:"| @( 'becoming' 'eligible' )"`
	Word     *name `parser:"| @@"`
}

func (n *anchor) value() sla.Anchor {
	switch {
	case n == nil || n.End || n.Eligible:
		return sla.AnchorEnd
	case n.Incident:
		return sla.AnchorIncident
	case n.Report:
		return sla.AnchorReport
	case n.Other != nil:
		return sla.Anchor(n.Other.text)
	}
	return sla.Anchor(n.Word.text)
}

func lowerClaimRule(l *lowering, r *sla.CreditRules, n *claimLine) {
	if r.Claim == nil {
		r.Claim = &sla.ClaimRule{}
	}
	if n.NotNeeded {
		return
	}
	r.Claim.Needed = true
	within, by, step := n.Within, n.By, sla.ClaimStep{}
	if n.Named != nil {
		within, by, step.Name = n.Named.Within, n.Named.By, n.Named.Name.text
	}
	switch {
	case within != nil:
		step.Within, step.After = &within.Length.v, within.After.value()
		l.at(l.sub("claim"), within.Length.at)
	case by != nil:
		step.Ordinal, step.Window, step.After = by.Ordinal.n, by.Window.v, by.After.value()
		l.at(l.sub("claim"), by.Ordinal.at)
	}
	for _, q := range n.Quals {
		for _, t := range []*text{q.With, q.More} {
			if t != nil {
				step.With = append(step.With, t.text)
			}
		}
	}
	r.Claim.Steps = append(r.Claim.Steps, step)
}
