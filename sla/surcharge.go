package sla

import "github.com/sla-lang/sla/credits"

// A Surcharge is added to the fee of a service: a share of the fee, or an amount
// of money for the same time as the fee.
type Surcharge struct {
	Name string      `json:"name"`
	Pays credits.Pay `json:"pays"`
}

// monthlyRate is what a service costs a month: for each unit, and what is due
// once however many units there are.
func (s *Service) monthlyRate() (unit, once credits.Amount) {
	whole := credits.Int(1)
	once = credits.Amount{Currency: s.Fee.Amount.Currency}
	for _, x := range s.Surcharges {
		switch x.Pays.Kind {
		case credits.PayShare:
			whole = whole.Add(x.Pays.Size())
		case credits.PayMoney:
			once = plus(once, x.Pays.Money.Exact())
		}
	}
	per := perMonth(s.Fee.Per)
	return s.Fee.Amount.Exact().Times(per).Times(whole), once.Times(per)
}

// surcharges: they are added to a fee, and take nothing away.
func (k *checker) surcharges(s *Service) {
	for _, x := range s.Surcharges {
		id := "service/" + s.Name + "/surcharge/" + x.Name
		k.notBelowZero(id, x.Pays.String(), x.Pays.Size().Sign())
		if s.Fee == nil {
			k.find(CodeFeeMissing, id, Name("service", s.Name)).related("service/"+s.Name+"/fee", "no-fee-here").Absent = true
		}
		if x.Pays.Kind == credits.PayMoney {
			k.inCurrency(x.Pays.Money, id)
		}
	}
}
