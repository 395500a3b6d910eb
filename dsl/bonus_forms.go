package dsl

import "github.com/sla-lang/sla/sla"

// Bonuses for exceeding targets (R071).

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
				for _, c := range append([]condition{n.First}, n.And...) {
					c.places(l, l.sub("when"))
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
