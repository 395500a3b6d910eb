package sla

import "github.com/sla-lang/sla/credits"

// currencies: every amount is in the one currency of the contract.
func (k *checker) currencies() {
	for _, s := range k.c.Services {
		if s.Fee != nil {
			k.inCurrency(s.Fee.Amount, "service/"+s.Name+"/fee")
		}
	}
	for _, ch := range k.c.Charges {
		k.inCurrency(ch.Amount, "charge/"+ch.Name)
	}
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		for _, c := range o.priced() {
			if c.Pays != nil {
				k.inCurrency(c.Pays.Money, c.id)
			}
			k.bandsInCurrency(c.Bands, c.id)
		}
		k.limitsInCurrency(o.Name, o.Caps, o.Floors)
	}
	for _, c := range k.c.Conversions {
		if c.Pays != nil {
			k.inCurrency(c.Pays.Money, "convert/"+c.Unit)
		}
		k.bandsInCurrency(c.Bands, "convert/"+c.Unit)
	}
	if r := k.c.Credits; r != nil {
		k.limitsInCurrency("", r.Caps, r.Floors)
	}
	for _, b := range k.c.Bonuses {
		for _, limit := range b.Caps {
			k.inCurrency(limit.Amount, "cap/"+limit.Name)
		}
	}
	for _, q := range k.c.Quantities {
		if q.IsMoney() {
			k.quantityCurrency(&q)
		}
	}
	k.once(CodeIncomplete, "contract/currency")
}

func (k *checker) inCurrency(m credits.Money, clause string) {
	switch rule := k.c.Currency; {
	case m.Currency == "":
	case rule == nil:
		k.incomplete(CodeIncomplete, "contract/currency", Phrase("what", "part currency"))
	case m.Currency != rule.Code:
		k.find(CodeCurrency, clause, Money("amount", m), Name("currency", string(rule.Code))).related("contract/currency", "currency-here")
	}
}

// quantityCurrency: a quantity of money is of the contract's currency.
func (k *checker) quantityCurrency(q *QuantityRule) {
	switch rule := k.c.Currency; {
	case rule == nil:
		k.incomplete(CodeIncomplete, "contract/currency", Phrase("what", "part currency"))
	case q.Unit != string(rule.Code):
		k.find(CodeCurrency, "quantity/"+q.Name+"/unit", Prose("unit", q.Unit), Name("currency", string(rule.Code))).related("contract/currency", "currency-here")
	}
}

func (k *checker) bandsInCurrency(bands []Band, id string) {
	for _, b := range bands {
		k.inCurrency(b.Pays.Money, id+"/"+BandName(b.Threshold)+"/credit")
	}
}

func (k *checker) limitsInCurrency(objective string, caps []Cap, floors []Floor) {
	for _, c := range caps {
		k.inCurrency(c.Pays.Money, limitID("cap", objective, c.Name))
	}
	for _, f := range floors {
		k.inCurrency(f.Amount, limitID("floor", objective, f.Name))
	}
}
