package dsl

import "github.com/sla-lang/sla/sla"

// Amendments: what reads otherwise from a date on.

type amendmentHead struct {
	ID   label `parser:"'amendment' @@"`
	From day   `parser:"'in' 'force' 'from' @@"`
	Open bool  `parser:"( ',' @( 'also' 'for' 'open' 'tickets' ) )?"`
}

func amendmentForm() *form[sla.Contract] {
	return open(`amendment "ID" in force from DATE [, also for open tickets] { … }`, `amendment "A3" in force from 2026-03-16 {`,
		func(l *language) *scope[sla.Contract] { return l.amendment },
		func(l *lowering, c *sla.Contract, n *amendmentHead) (string, *sla.Contract, func()) {
			id, blocks := "amendment/"+n.ID.text, &sla.Contract{}
			if !l.declare(id, n.ID.at, "amendment "+n.ID.text) {
				return id, blocks, nil
			}
			return id, blocks, func() {
				c.Amendments = append(c.Amendments, sla.Amendment{
					ID: n.ID.text, InForceFrom: n.From.v, OpenTickets: n.Open, Tiers: blocks.Tiers, Requests: blocks.Requests, Objectives: blocks.Objectives,
				})
			}
		}).again()
}

func amendmentScope() *scope[sla.Contract] {
	return &scope[sla.Contract]{key: "amendment", forms: []*form[sla.Contract]{tierForm(), requestsForm(), objectiveForm()}}
}
