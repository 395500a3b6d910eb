package sla

import (
	"github.com/sla-lang/sla/credits"
)

// amounts: nothing is below 0, and no share of a fee is above all of it.
func (k *checker) amounts() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		if o.Credit != nil {
			k.creditAmounts(o.Credit, o.Name+"/credit")
		}
		for j := range o.Plus {
			k.creditAmounts(&o.Plus[j], o.Name+"/plus/"+o.Plus[j].name())
		}
		k.limitAmounts(o.Name, o.Caps, o.Floors)
	}
	if r := k.c.Credits; r != nil {
		k.limitAmounts("", r.Caps, r.Floors)
	}
	for _, s := range k.c.Services {
		if s.Fee != nil {
			k.notBelowZero("service/"+s.Name+"/fee", s.Fee.Amount.String(), s.Fee.Amount.Sign())
		}
	}
	for _, b := range k.c.Bonuses {
		k.notBelowZero("bonus/"+b.Name+"/pay", b.Pays.String(), b.Pays.Ratio().Sign())
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

func (k *checker) notBelowZero(clause, amount string, sign int) {
	if sign < 0 {
		k.find(CodeNegativeAmount, clause, Prose("found", amount))
	}
}
