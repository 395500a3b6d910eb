package dsl

import "github.com/sla-lang/sla/sla"

// How credits become money: settlement, payment, what counts once, plans after
// misses.

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
