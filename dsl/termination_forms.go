package dsl

import "github.com/sla-lang/sla/sla"

// The right to end the contract: when it arises, notice, cure, refunds.

type terminationHead struct {
	By name `parser:"'termination' 'by' @@"`
}

func terminationForm() *form[sla.Contract] {
	return open(`termination by  PARTY { … }`, `termination by customer {`,
		func(l *language) *scope[sla.Termination] { return l.termination },
		func(l *lowering, c *sla.Contract, n *terminationHead) (string, *sla.Termination, func()) {
			t, id := &sla.Termination{By: n.By.text}, "termination/"+n.By.text
			if !l.declare(id, n.By.at, "termination by "+n.By.text) {
				return id, t, nil
			}
			return id, t, func() { c.Terminations = append(c.Terminations, *t) }
		}).again()
}

func terminationScope() *scope[sla.Termination] {
	return &scope[sla.Termination]{key: "termination", forms: []*form[sla.Termination]{
		say(`when NAME OBJECTIVE is missed|OPERATOR SHARE in NUMBER PERIODs in a row | missed|OPERATOR SHARE in NUMBER of any NUMBER PERIODs | OPERATOR SHARE in any PERIOD [, each notified within LENGTH of its end]`,
			`when three-in-a-row erp-availability is missed in 3 calendar months in a row`, lowerTerminationWhen).again(),
		say(`cure LENGTH after notice [, once per PERIOD]`, `cure 30 days after notice, once per contract year`,
			func(_ *lowering, t *sla.Termination, n *cureLine) {
				t.Cure = &sla.Cure{Length: n.Length.v}
				if n.Once != nil {
					t.Cure.Once = n.Once.v
				}
			}),
		say(`notice LENGTH [, given within LENGTH of the report]`, `notice 30 days, given within 60 days of the report`,
			func(_ *lowering, t *sla.Termination, n *terminationNoticeLine) {
				t.Terms = &sla.TerminationTerms{Length: n.Length.v, GivenWithin: lengthPtr(n.Given)}
			}),
		say(`refund SHARE of the fees [of SERVICE] during the rest of the term | during the missed PERIODs`, `refund 100% of the fees during the rest of the term`, lowerRefund).again(),
		acceptForm[sla.Termination](),
	}}
}

type terminationWhenLine struct {
	Name      name      `parser:"'when' @@"`
	Condition condition `parser:"@@"`
	Notified  *length   `parser:"( ',' 'each' 'notified' 'within' @@ 'of' 'its' 'end' )?"`
}

func lowerTerminationWhen(l *lowering, t *sla.Termination, n *terminationWhenLine) {
	id := l.sub("when", n.Name.text)
	if l.declare(id, n.Name.at, "when "+n.Name.text) {
		n.Condition.places(l, id)
		c := n.Condition.value()
		c.Notified = lengthPtr(n.Notified)
		t.When = append(t.When, sla.TerminationWhen{Name: n.Name.text, Condition: c})
	}
}

type cureLine struct {
	Length length  `parser:"'cure' @@ 'after' 'notice'"`
	Once   *window `parser:"( ',' 'once' 'per' @@ )?"`
}

type refundLine struct {
	Share  share   `parser:"'refund' @@ 'of' 'the' ( 'fees' | 'fee' )"`
	Of     *name   `parser:"( 'of' @@ )? 'during' 'the'"`
	Rest   bool    `parser:"( @( 'rest' 'of' 'the' 'term' )"`
	Missed *plural `parser:"| 'missed' @@ )"`
}

func lowerRefund(l *lowering, t *sla.Termination, n *refundLine) {
	r, id := sla.Refund{Share: n.Share.v, Service: nameText(n.Of)}, l.sub("refund")
	if n.Missed != nil {
		r.Missed, id = n.Missed.v, l.sub("refund", "missed")
	}
	if !l.declare(id, n.Share.at, "refund") {
		return
	}
	if n.Of != nil {
		l.at(id+"/"+n.Of.text, n.Of.at)
	}
	t.Refunds = append(t.Refunds, r)
}

type terminationNoticeLine struct {
	Length length  `parser:"'notice' @@"`
	Given  *length `parser:"( ',' 'given' 'within' @@ 'of' 'the' 'report' )?"`
}
