package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
)

// amounts: nothing is below 0, and no share of a fee is above all of it.
func (k *checker) amounts() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		for _, c := range o.priced() {
			k.creditAmounts(c.Credit, c.id)
			k.unitRounding(c.Each, c.id)
			k.unmeasured(o, c)
			k.eachUnit(c.Each, c.id)
		}
		k.limitAmounts(o.Name, o.Caps, o.Floors)
	}
	if r := k.c.Credits; r != nil {
		k.limitAmounts("", r.Caps, r.Floors)
	}
	for i := range k.c.Services {
		s := &k.c.Services[i]
		k.surcharges(s)
		if s.Fee != nil {
			k.notBelowZero("service/"+s.Name+"/fee", s.Fee.Amount.String(), s.Fee.Amount.Sign())
		}
	}
	for _, b := range k.c.Bonuses {
		k.notBelowZero("bonus/"+b.Name+"/pay", b.Pays.String(), b.Pays.Ratio().Sign())
	}
	for _, t := range k.c.Terminations {
		for _, r := range t.Refunds {
			id := r.id("termination/" + t.By)
			k.notBelowZero(id, r.Share.String(), r.Share.Ratio().Sign())
			if r.Share.Ratio().Cmp(credits.Int(1)) > 0 {
				k.find(CodeCreditAbove100, id, PayArg("pays", credits.ShareOf(r.Share)))
			}
		}
	}
	for _, p := range k.c.Pools {
		k.notBelowZero("pool/"+p.Name, p.Pays.String(), p.Pays.Ratio().Sign())
	}
}

// creditAmounts looks at what one component of a credit pays. What is paid for
// each of something is not bounded by one fee, nor meant to be; nor is the fee
// for the time lost, which may be paid several times over.
func (k *checker) creditAmounts(c *Credit, id string) {
	look := func(p credits.Pay, at string) {
		k.notBelowZero(at, p.String(), p.Size().Sign())
		if p.Kind == credits.PayShare && c.Each == nil && !c.Base.Lost && c.Base.Of == BaseFees && p.Size().Cmp(credits.Int(1)) > 0 {
			k.find(CodeCreditAbove100, at, PayArg("pays", p))
		}
	}
	if c.Pays != nil {
		look(*c.Pays, id)
	}
	for _, b := range c.Bands {
		look(b.Pays, id+"/"+BandName(b.Threshold)+"/credit")
	}
}

func (k *checker) limitAmounts(objective string, caps []Cap, floors []Floor) {
	for _, c := range caps {
		k.notBelowZero(limitID("cap", objective, c.Name), c.Pays.String(), c.Pays.Size().Sign())
	}
	for _, f := range floors {
		k.notBelowZero(limitID("floor", objective, f.Name), f.Amount.String(), f.Amount.Sign())
	}
}

// capped: what nothing bounds has a cap in a whole contract.
func (k *checker) capped() {
	if k.c.Kind == KindFragment {
		return
	}
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		if len(o.Caps) > 0 || !o.boundless() && !o.grows() || k.c.Credits != nil && slices.ContainsFunc(k.c.Credits.Caps, func(c Cap) bool {
			return c.Base.Service == "" || c.Base.Service == TheService || c.Base.Service == o.Scope.Service
		}) {
			continue
		}
		k.find(CodeUncapped, o.Name+"/credit", Name("objective", o.Name)).Absent = true
	}
}

// pools: what draws on a pool at the worst is not above all of it.
func (k *checker) pools() {
	for _, pool := range k.c.Pools {
		sum, last := credits.Ratio{}, ""
		for i := range k.c.Objectives {
			o := &k.c.Objectives[i]
			for _, c := range o.components() {
				if c.Base.Of != BaseNamed || c.Base.Name != pool.Name {
					continue
				}
				if most, ok := k.highest(c, 0); ok {
					sum, last = sum.Add(most), o.Name+"/credit"
				}
			}
		}
		if sum.Cmp(credits.Int(1)) > 0 {
			k.find(CodePoolOver, last, Name("pool", pool.Name), Shown("sum", numberText(sum.Mul(credits.Int(100)))+"%")).related("pool/"+pool.Name, "pool-here")
		}
	}
}

func (k *checker) notBelowZero(clause, amount string, sign int) {
	if sign < 0 {
		k.find(CodeNegativeAmount, clause, Prose("found", amount))
	}
}
