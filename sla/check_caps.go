package sla

import (
	"github.com/sla-lang/sla/credits"
)

// caps: a cap that cuts the credit of a single objective, or that no sum of
// credits can reach, is worth a second look.
func (k *checker) caps(r *CreditRules) {
	for i := range r.Caps {
		limit := &r.Caps[i]
		k.capBelowCredit(limit)
		dead := false
		for j := range r.Caps {
			dead = dead || i != j && k.capAgainst(limit, &r.Caps[j])
		}
		if !dead {
			k.capReachable(limit)
		}
	}
}

// capAmount is what a cap allows in one of its windows, and the months in that.
func (k *checker) capAmount(limit *Cap) (credits.Amount, int, bool) {
	months := monthsIn(limit.Base.Window)
	total := credits.Amount{}
	for i := range k.c.Services {
		s := &k.c.Services[i]
		if s.Fee == nil || limit.Base.Service != "" && limit.Base.Service != s.Name {
			continue
		}
		fee, ok := monthlyFee(s)
		if !ok {
			return total, 0, false
		}
		if total.Currency == "" {
			total.Currency = fee.Currency
		}
		sum, err := total.Add(fee)
		if err != nil {
			return total, 0, false // reported as a currency
		}
		total = sum
	}
	return total.Times(credits.Int(int64(months))).Times(limit.Pays.Ratio()), months, months > 0 && total.Currency != ""
}

func monthsIn(w Window) int {
	switch w {
	case CalendarMonth:
		return 1
	case CalendarQuarter:
		return 3
	case CalendarHalf:
		return 6
	case CalendarYear, ContractYear:
		return 12
	}
	return 0
}

// monthlyFee is a service's fee for one month at the volume written.
func monthlyFee(s *Service) (credits.Amount, bool) {
	if s.Fee == nil {
		return credits.Amount{}, false
	}
	n := int64(1)
	if s.Fee.Unit != "" {
		n = int64(s.Fee.Volume)
	}
	return s.Fee.Amount.Exact().Times(credits.Int(n)).Times(perMonth(s.Fee.Per)), n > 0
}

// most is the largest credit an objective can cost for one service and window.
func (k *checker) most(o *Objective, s *Service) (credits.Amount, bool) {
	share, ok := highest(o.Credit)
	if !ok {
		return credits.Amount{}, false
	}
	name := o.Credit.Base.Service
	if name == TheService {
		name = s.Name
	}
	months := max(monthsIn(o.Measure.Window), 1)
	if o.Credit.Base.Window != "" {
		months = monthsIn(o.Credit.Base.Window)
	}
	total := credits.Amount{}
	for i := range k.c.Services {
		if x := &k.c.Services[i]; x.Name == name || name == "" {
			fee, ok := monthlyFee(x)
			if !ok {
				continue
			}
			if total.Currency == "" {
				total.Currency = fee.Currency
			}
			if sum, err := total.Add(fee); err == nil {
				total = sum
			}
		}
	}
	return total.Times(credits.Int(int64(months))).Times(share.Ratio()), total.Currency != ""
}

// capBelowCredit: the highest credit of one objective alone exceeds the cap.
func (k *checker) capBelowCredit(limit *Cap) {
	allowed, _, ok := k.capAmount(limit)
	if !ok {
		return
	}
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		if o.Credit == nil || limit.Base.Service != "" && limit.Base.Service != o.Scope.Service {
			continue
		}
		for j := range k.c.Services {
			s := &k.c.Services[j]
			most, ok := k.most(o, s)
			if !o.Scope.includes(s) || !ok || most.Currency != allowed.Currency || most.Exact.Cmp(allowed.Exact) <= 0 {
				continue
			}
			rounding := credits.DefaultRounding(most.Currency)
			k.find(CodeCapBelowCredit, "cap/"+limit.Name, Money("cap", allowed.Round(rounding)), Money("credit", most.Round(rounding)), Name("objective", o.Name), Name("service", s.Name)).
				related(o.Name+"/credit", "credit-here")
			return
		}
	}
}

// capAgainst: a cap of a longer window that the caps of its parts never reach.
func (k *checker) capAgainst(long, short *Cap) (dead bool) {
	a, longMonths, ok := k.capAmount(long)
	b, shortMonths, ok2 := k.capAmount(short)
	if !ok || !ok2 || longMonths <= shortMonths || a.Currency != b.Currency || long.Base.Service != short.Base.Service {
		return false
	}
	most := b.Times(credits.Int(int64(longMonths / shortMonths)))
	if most.Exact.Cmp(a.Exact) >= 0 {
		return false
	}
	rounding := credits.DefaultRounding(a.Currency)
	k.find(CodeCapDead, "cap/"+long.Name, Money("cap", a.Round(rounding)), Money("most", most.Round(rounding)), Name("other", short.Name)).
		related("cap/"+short.Name, "other-cap-here")
	return true
}

// capReachable: all objectives at their worst in every window stay below it.
func (k *checker) capReachable(limit *Cap) {
	allowed, months, ok := k.capAmount(limit)
	if !ok || limit.Base.Service != "" {
		return
	}
	sum := credits.Amount{Currency: allowed.Currency}
	any := false
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		for j := range k.c.Services {
			s := &k.c.Services[j]
			if o.Credit == nil || !o.Scope.includes(s) {
				continue
			}
			most, bounded := k.most(o, s)
			each := monthsIn(o.Measure.Window)
			if !bounded || each == 0 || each > months {
				return // nothing bounds it, or it is not compared
			}
			total, err := sum.Add(most.Times(credits.Int(int64(months / each))))
			if err != nil {
				return
			}
			sum, any = total, true
		}
	}
	if any && sum.Exact.Cmp(allowed.Exact) < 0 {
		rounding := credits.DefaultRounding(sum.Currency)
		k.find(CodeCapDead, "cap/"+limit.Name, Money("cap", allowed.Round(rounding)), Money("most", sum.Round(rounding)))
	}
}
