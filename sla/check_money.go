package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
)

// money checks amounts, the fees that shares are taken of, and caps.
func (k *checker) money() {
	k.currencies()
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		for _, c := range o.priced() {
			k.creditHasBase(o, c.Credit, c.id)
			k.basePeriod(o, c.Base, c.paysShare(), c.id+"/base")
		}
		for _, limit := range o.Caps {
			if id := limitID("cap", o.Name, limit.Name) + "/base"; limit.Pays.Of() {
				k.baseHasFee(limit.Base, id, k.index.in(o.Scope))
				k.basePeriod(o, limit.Base, limit.Pays.Kind != credits.PayDays, id)
			}
		}
	}
	if r := k.c.Credits; r != nil {
		for _, limit := range r.Caps {
			if limit.Pays.Of() {
				k.baseHasFee(limit.Base, limitID("cap", "", limit.Name), nil)
			}
		}
		k.caps(r)
	}
	for _, t := range k.c.Terminations {
		for i := range t.Refunds {
			r, id := &t.Refunds[i], t.Refunds[i].id("termination/"+t.By)
			k.baseHasFee(Base{Service: r.Service}, id, nil)
			k.refundWindow(&t, r, id)
			if k.c.Term == nil && r.Missed == "" {
				k.find(CodeIncomplete, "contract/term", Phrase("what", "part term")).Absent = true
			}
		}
	}
	for _, b := range k.c.Bonuses {
		k.baseHasFee(b.Base, "bonus/"+b.Name+"/pay/base", nil)
	}
}

// refundWindow: fees are paid back of windows that a trigger counts.
func (k *checker) refundWindow(t *Termination, r *Refund, id string) {
	if r.Missed == "" || len(t.When) == 0 {
		return
	}
	for _, w := range t.When {
		if w.Condition.Window == r.Missed {
			return
		}
	}
	w := t.When[0].Condition
	k.find(CodeWindow, id, Name("objective", w.Objective), Name("window", string(r.Missed)), Name("measured", string(w.Window))).
		related("termination/"+t.By+"/when/"+t.When[0].Name, "measure-here")
}

// creditHasBase looks at the base of one component of a credit.
func (k *checker) creditHasBase(o *Objective, c *Credit, id string) {
	if k.c.DayOfFee == "" && c.paysDays() {
		k.find(CodeDayOfFee, id)
	}
	if c.None == "" && c.paysPart() {
		k.baseHasFee(c.Base, id+"/base", k.index.in(o.Scope))
	}
}

// basePeriod: fees are agreed for a month or more, and the part of one for an
// outage, a day or a week is hardly what a share of the fee means (rule A2).
func (k *checker) basePeriod(o *Objective, b Base, share bool, clause string) {
	s, ok := o.Measure.Window.shape()
	if short := ok && s.months == 0 && s.days <= 7; !short || !share || b.Of != BaseFees || b.Window != "" || b.Trailing != nil || b.Lost {
		return
	}
	k.find(CodeBasePeriod, clause, Name("objective", o.Name), Name("window", string(o.Measure.Window)))
}

// paysShare says whether any amount of a credit is a share of its base, or so
// many times that.
func (c *Credit) paysShare() bool {
	return slices.ContainsFunc(c.amounts(), func(p credits.Pay) bool { return p.Of() && p.Kind != credits.PayDays })
}

// paysPart says whether any amount of a credit is a part of its base.
func (c *Credit) paysPart() bool {
	return c.Pays == nil && len(c.Bands) == 0 || c.Pays != nil && c.Pays.Of() || slices.ContainsFunc(c.Bands, func(b Band) bool { return b.Pays.Of() })
}

// paysDays says whether an amount is in days of a fee.
func (c *Credit) paysDays() bool {
	if c.Pays != nil && c.Pays.Kind == credits.PayDays {
		return true
	}
	return slices.ContainsFunc(c.Bands, func(b Band) bool { return b.Pays.Kind == credits.PayDays })
}

// once keeps the first finding of a code about a clause.
func (k *checker) once(code Code, clause string) {
	seen := false
	k.findings = slices.DeleteFunc(k.findings, func(f Finding) bool {
		if f.Code != code || f.Clause != clause {
			return false
		}
		again := seen
		seen = true
		return again
	})
}

// baseHasFee: a share of a fee needs a fee; a share of all fees needs one of
// them.
func (k *checker) baseHasFee(b Base, clause string, judged []*Service) {
	for _, more := range b.And {
		k.baseHasFee(more, clause, judged)
	}
	if b.Of != BaseFees {
		return
	}
	of := k.index.in(ObjectiveScope{Service: b.Service})
	if b.Service == TheService {
		of = judged
	}
	if b.Dependents {
		for _, s := range of {
			if slices.ContainsFunc(k.c.dependents(s.Name), func(name string) bool { d := k.index.services[name]; return d != nil && d.Fee != nil }) {
				return
			}
		}
	}
	if b.Service == "" && slices.ContainsFunc(of, func(s *Service) bool { return s.Fee != nil }) {
		return
	}
	for _, s := range of {
		if s.Fee == nil {
			k.find(CodeFeeMissing, clause, Name("service", s.Name)).related("service/"+s.Name+"/fee", "no-fee-here").Absent = true
			return
		}
	}
}

// feeOf is the fee of one month of the base of an objective's credit, where it
// is one service's.
func (k *checker) feeOf(o *Objective) (credits.Money, bool) {
	name := o.Credit.Base.Service
	if name == TheService {
		name = o.Scope.Service
	}
	s := k.index.services[name]
	if s == nil || s.Fee == nil {
		return credits.Money{}, false
	}
	amount, _ := monthlyFee(s)
	return amount.Round(credits.DefaultRounding(s.Fee.Amount.Currency)), true
}

// highest is the largest share of the fee of so many months that an objective's
// credit may pay once; ok is false where something is paid for, or it is no
// share.
func (k *checker) highest(c *Credit, months int) (share credits.Ratio, ok bool) {
	if c.Each != nil || len(c.Times) > 0 {
		return share, false
	}
	for _, p := range c.amounts() {
		size, ok := k.shareOf(p, months)
		if !ok {
			return share, false
		}
		if size.Cmp(share) > 0 {
			share = size
		}
	}
	return share, true
}
