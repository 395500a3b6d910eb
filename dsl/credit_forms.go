package dsl

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

// Remedies: how credits become money, bonuses, plans, the right to leave.

type creditsHead struct {
	Head bool `parser:"@'credits'"`
}

func creditsForm() *form[sla.Contract] {
	return open(`credits { … }`, `credits {`,
		func(l *language) *scope[sla.CreditRules] { return l.credits },
		func(_ *lowering, c *sla.Contract, _ *creditsHead) (string, *sla.CreditRules, func()) {
			r := &sla.CreditRules{}
			return "credits", r, func() { c.Credits = r }
		})
}

func creditsScope() *scope[sla.CreditRules] {
	return &scope[sla.CreditRules]{key: "credits", forms: []*form[sla.CreditRules]{
		say(`settled each PERIOD, LENGTH after month|quarter|half-year|year end`, `settled each calendar month, 8 business days after month end`,
			func(l *lowering, r *sla.CreditRules, n *settledLine) {
				l.endOf(n.End, n.Window.v)
				l.at(l.sub("settled"), n.After.at)
				r.Settled = &sla.Settlement{Window: n.Window.v, After: n.After.v}
			}),
		say(`paid as a set-off on the first invoice issued after the credit is settled [, in cash within LENGTH if none is issued within LENGTH]`,
			`paid as a set-off on the first invoice issued after the credit is settled, in cash within 30 days if none is issued within 45 days`, lowerPaid),
		say(`claim not needed | [NAME] within LENGTH of ANCHOR | by the end of the ORDINAL PERIOD after ANCHOR [, with "…"] [, otherwise lost]`, `claim not needed`, lowerClaimRule).again(),
		say(`formal notice  [not] required`, `formal notice not required`, func(_ *lowering, r *sla.CreditRules, n *formalNoticeLine) {
			r.FormalNotice = ptr(!n.Not)
		}),
		say(`nature price-reduction|penalty|liquidated-damages [, LANGUAGE "…"]`, `nature penalty, fr "Pénalité forfaitaire"`, lowerNature),
		say(`same incident  counts once, for the highest credit | each time`, `same incident counts once, for the highest credit`,
			func(_ *lowering, r *sla.CreditRules, n *sameIncidentLine) { r.SameIncident = n.Once }),
		say(`same service  counts once, for the highest credit`, `same service counts once, for the highest credit`,
			func(_ *lowering, r *sla.CreditRules, _ *sameServiceLine) { r.SameService = true }),
		say(`same period  counts once, for the highest credit`, `same period counts once, for the highest credit`,
			func(_ *lowering, r *sla.CreditRules, _ *samePeriodLine) { r.SamePeriod = true }),
		say(capPattern, `cap monthly 15% of the fees of the month`, func(l *lowering, r *sla.CreditRules, n *capLine) {
			if c, ok := n.lower(l); ok {
				r.Caps = append(r.Caps, c)
			}
		}).again(),
		say(floorPattern, `floor above 1.00 EUR per service, otherwise lost`, func(l *lowering, r *sla.CreditRules, n *floorLine) {
			if f, ok := n.lower(l); ok {
				r.Floors = append(r.Floors, f)
			}
		}).again(),
		say(`earn back  SHARE of a credit when the objective is met in each of the NUMBER following months`,
			`earn back 50% of a credit when the objective is met in each of the 3 following months`, lowerEarnBack),
		acceptForm[sla.CreditRules](),
	}}
}

type settledLine struct {
	Window window `parser:"'settled' 'each' @@"`
	After  length `parser:"',' @@ 'after'"`
	End    name   `parser:"@@ 'end'"`
}

type paidLine struct {
	SetOff bool      `parser:"'paid' 'as' 'a' @'set-off' 'on' 'the' 'first' 'invoice' 'issued' 'after' 'the' 'credit' 'is' 'settled'"`
	Cash   *paidCash `parser:"( ',' @@ )?"`
}

type paidCash struct {
	Within length `parser:"'in' 'cash' 'within' @@"`
	IfNone length `parser:"'if' 'none' 'is' 'issued' 'within' @@"`
}

func lowerPaid(_ *lowering, r *sla.CreditRules, n *paidLine) {
	r.Paid = &sla.Paid{SetOff: n.SetOff}
	if n.Cash != nil {
		r.Paid.CashWithin, r.Paid.IfNoneWithin = &n.Cash.Within.v, &n.Cash.IfNone.v
	}
}

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

type formalNoticeLine struct {
	Not bool `parser:"'formal' 'notice' @'not'? 'required'"`
}

type natureLine struct {
	Kind  word       `parser:"'nature' @@"`
	Texts []langText `parser:"( ',' @@ )*"`
}

func lowerNature(l *lowering, r *sla.CreditRules, n *natureLine) {
	if !l.choice(n.Kind.name, "nature", string(sla.NaturePriceReduction), string(sla.NaturePenalty), string(sla.NatureLiquidatedDamages)) {
		return
	}
	r.Nature = &sla.Nature{Kind: sla.NatureKind(n.Kind.text)}
	for _, t := range n.Texts {
		r.Nature.Texts = append(r.Nature.Texts, t.value())
	}
}

type sameIncidentLine struct {
	Once     bool `parser:"'same' 'incident' 'counts' ( @( 'once' ',' 'for' 'the' 'highest' 'credit' )"`
	EachTime bool `parser:"| @( 'each' 'time' ) )"`
}

type sameServiceLine struct {
	Once bool `parser:"'same' 'service' 'counts' @( 'once' ',' 'for' 'the' 'highest' 'credit' )"`
}

type samePeriodLine struct {
	Once bool `parser:"'same' 'period' 'counts' @( 'once' ',' 'for' 'the' 'highest' 'credit' )"`
}

type earnBackLine struct {
	Share   share `parser:"'earn' 'back' @@ 'of' 'a' 'credit' 'when' 'the' 'objective' 'is' 'met' 'in' 'each' 'of' 'the'"`
	Periods count `parser:"@@ 'following' 'months'"`
}

func lowerEarnBack(l *lowering, r *sla.CreditRules, n *earnBackLine) {
	l.at(l.sub("earn-back"), n.Share.at)
	r.EarnBack = &sla.EarnBack{Share: n.Share.v, Periods: n.Periods.n, Window: sla.CalendarMonth}
}

type bonusHead struct {
	Name name `parser:"'bonus' @@"`
}

func bonusForm() *form[sla.Contract] {
	return open(`bonus NAME { … }`, `bonus erp-excellence {`,
		func(l *language) *scope[sla.Bonus] { return l.bonus },
		func(l *lowering, c *sla.Contract, n *bonusHead) (string, *sla.Bonus, func()) {
			b, id := &sla.Bonus{Name: n.Name.text}, "bonus/"+n.Name.text
			if !l.declare(id, n.Name.at, "bonus "+n.Name.text) {
				return id, b, nil
			}
			return id, b, func() { c.Bonuses = append(c.Bonuses, *b) }
		}).again()
}

func bonusScope() *scope[sla.Bonus] {
	return &scope[sla.Bonus]{key: "bonus", forms: []*form[sla.Bonus]{
		say(`when OBJECTIVE is OPERATOR SHARE in each PERIOD of a PERIOD [, and no PRIORITY MEASURE of SERVICE was late]`,
			`when erp-availability is at least 99.95% in each calendar month of a calendar quarter, and no P1 restore of erp was late`,
			func(l *lowering, b *sla.Bonus, n *bonusWhenLine) {
				for i, c := range append([]condition{n.First}, n.And...) {
					c.places(l, l.sub("when"))
					_ = i
					b.When = append(b.When, c.value())
				}
			}),
		say(`pay SHARE of BASE`, `pay 1% of the fees of erp during the calendar quarter`, func(l *lowering, b *sla.Bonus, n *payLine) {
			l.at(l.sub("pay"), n.Pays.at)
			n.Base.places(l, l.sub("pay"))
			b.Pays, b.Base = n.Pays.v, n.Base.value()
		}),
		say(`cap NAME AMOUNT each PERIOD`, `cap bonus-yearly 600.00 EUR each contract year`, func(l *lowering, b *sla.Bonus, n *moneyCapLine) {
			if l.declare("cap/"+n.Name.text, n.Amount.at, "cap "+n.Name.text) {
				b.Caps = append(b.Caps, sla.MoneyCap{Name: n.Name.text, Amount: n.Amount.v, Each: n.Each.v})
			}
		}).again(),
		acceptForm[sla.Bonus](),
	}}
}

type bonusWhenLine struct {
	First condition   `parser:"'when' @@"`
	And   []condition `parser:"( ',' 'and' @@ )*"`
}

type payLine struct {
	Pays share `parser:"'pay' @@ 'of'"`
	Base base  `parser:"@@"`
}

type moneyCapLine struct {
	Name   name   `parser:"'cap' @@"`
	Amount money  `parser:"@@"`
	Each   window `parser:"'each' @@"`
}

// condition speaks of several windows of an objective, or of late tickets.
type condition struct {
	NoneLate  *noneLate       `parser:"'no' @@"`
	Objective *name           `parser:"| @@"`
	Missed    *missedIn       `parser:"'is' ( 'missed' 'in' @@"`
	Level     *levelCondition `parser:"| @@ )"`
}

type noneLate struct {
	Priority name `parser:"@@"`
	Measure  name `parser:"@@"`
	Service  name `parser:"'of' @@ 'was' 'late'"`
}

type missedIn struct {
	Count count   `parser:"@@"`
	Of    *ofAny  `parser:"( 'of' 'any' @@"`
	Row   *plural `parser:"| @@ 'in' 'a' 'row' )"`
}

type ofAny struct {
	Of      count  `parser:"@@"`
	Windows plural `parser:"@@"`
}

type levelCondition struct {
	Level  threshold `parser:"@@ 'in'"`
	Any    *window   `parser:"( 'any' @@"`
	Each   *window   `parser:"| 'each' @@"`
	Within *window   `parser:"( 'of' 'a' @@ )? )"`
}

// plural is a period in the plural: calendar months.
type plural struct{ window }

// Parse reads the period word by word and takes the s off its last.
func (n *plural) Parse(lx *lexer.PeekingLexer) error {
	if kindOf(lx.Peek()) != tokWord {
		return participle.NextMatch
	}
	first := lx.Next()
	text, at := first.Value, placeOf(first)
	if text == "calendar" || text == "contract" {
		second := lx.Next()
		text, at = text+" "+second.Value, at.through(placeOf(second))
	}
	w := sla.Window(text)
	if i := len(text) - 1; i > 0 && text[i] == 's' {
		w = sla.Window(text[:i])
	}
	if !w.Valid() {
		return (&problem{code: codeUnknownWindow, place: at}).with(sla.Prose("found", text))
	}
	n.v, n.at = w, at
	return nil
}

func (n condition) value() sla.Condition {
	switch {
	case n.NoneLate != nil:
		return sla.Condition{Kind: sla.ConditionNoneLate, Priority: n.NoneLate.Priority.text, Measure: n.NoneLate.Measure.text, Service: n.NoneLate.Service.text}
	case n.Missed != nil && n.Missed.Of != nil:
		return sla.Condition{Kind: sla.ConditionOfAny, Objective: n.Objective.text, Count: n.Missed.Count.n, Of: n.Missed.Of.Of.n, Window: n.Missed.Of.Windows.v}
	case n.Missed != nil:
		return sla.Condition{Kind: sla.ConditionInARow, Objective: n.Objective.text, Count: n.Missed.Count.n, Window: n.Missed.Row.v}
	}
	c := sla.Condition{Objective: n.Objective.text, Threshold: &sla.Threshold{Op: n.Level.Level.Op.v, Share: n.Level.Level.Share.v}}
	if n.Level.Any != nil {
		c.Kind, c.Window = sla.ConditionLevelAny, n.Level.Any.v
		return c
	}
	c.Kind, c.Window = sla.ConditionLevelEach, n.Level.Each.v
	if n.Level.Within != nil {
		c.Within = n.Level.Within.v
	}
	return c
}

func (n condition) places(l *lowering, id string) {
	if n.Objective != nil {
		l.at(id+"/"+n.Objective.text, n.Objective.at)
	}
	if n.NoneLate != nil {
		l.at(id+"/"+n.NoneLate.Service.text, n.NoneLate.Service.at)
		l.at(id+"/"+n.NoneLate.Priority.text, n.NoneLate.Priority.at)
	}
}

type remedyPlanLine struct {
	Name   name   `parser:"'remedy' 'plan' @@"`
	Text   text   `parser:"@@"`
	Within length `parser:"'within' @@ 'of' 'the' 'report' ',' 'after' 'any' 'missed' 'objective'"`
}

func remedyPlanForm() *form[sla.Contract] {
	return say(`remedy plan  NAME "…" within LENGTH of the report, after any missed objective`,
		`remedy plan root-cause "Root cause analysis" within 5 business days of the report, after any missed objective`,
		func(l *lowering, c *sla.Contract, n *remedyPlanLine) {
			if l.declare("remedy-plan/"+n.Name.text, n.Name.at, "remedy plan "+n.Name.text) {
				c.RemedyPlans = append(c.RemedyPlans, sla.RemedyPlan{Name: n.Name.text, Text: n.Text.text, Within: n.Within.v})
			}
		}).again()
}

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
		say(`when NAME OBJECTIVE is missed in NUMBER PERIODs in a row | missed in NUMBER of any NUMBER PERIODs | OPERATOR SHARE in any PERIOD [, each notified within LENGTH of its end]`,
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
