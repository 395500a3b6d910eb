package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
)

// What is paid back to a party that ends the contract.

// refund adds up the refunds of a right of which notice was given.
func (f *rightsFold) refund(r *Right, missed []Period) {
	if r.State != RightNoticed {
		return
	}
	sum, any := f.v.zero(), false
	for i := range f.t.Refunds {
		rule := &f.t.Refunds[i]
		var back credits.Amount
		ok := true
		if rule.Missed != "" {
			back = f.refundMissed(r, rule, missed)
		} else {
			back, ok = f.refundRest(r, rule)
		}
		sum, any = plus(sum, back), any || ok
	}
	if any {
		r.Refund = ptrTo(sum.Round(f.v.e.rounding))
	}
}

// refundRest is a share of the fees of the rest of the term, from the day after
// the contract ended; false where it is not known when that is.
func (f *rightsFold) refundRest(r *Right, rule *Refund) (credits.Amount, bool) {
	term := f.v.e.contract.Term
	if r.Ends == nil || term == nil {
		return f.v.zero(), false
	}
	end, err := endOf(term.From, term.Length)
	if err != nil {
		return f.v.zero(), false
	}
	rest := Period{From: r.Ends.AddDays(1), To: later(end, r.Ends.AddDays(1))}
	fees := f.v.base(Base{Service: rule.Service}, "", rest).amount
	back := fees.Times(rule.Share.Ratio())
	r.Why = append(r.Why, Step{Code: "refund", Clause: rule.id(f.clause), Args: []Arg{
		ShareArg("share", rule.Share), Money("fees", f.v.shownBase(fees)), DateArg("from", rest.From), DateArg("to", rest.To.AddDays(-1)), Money("refund", back.Round(f.v.e.rounding)),
	}})
	return back, true
}

// refundMissed is a share of the fees of the windows by which the right arose,
// each counted once, however many services missed it.
func (f *rightsFold) refundMissed(r *Right, rule *Refund, missed []Period) credits.Amount {
	missed = slices.DeleteFunc(slices.Clone(missed), func(p Period) bool { return p.Window != rule.Missed })
	slices.SortFunc(missed, func(a, b Period) int { return a.From.DaysSince(b.From) })
	missed = slices.Compact(missed)
	fees := f.v.zero()
	var names []string
	for _, p := range missed {
		fees = plus(fees, f.v.base(Base{Service: rule.Service}, "", p).amount)
		names = append(names, p.Name)
	}
	back := fees.Times(rule.Share.Ratio())
	r.Why = append(r.Why, Step{Code: "refund-missed", Clause: rule.id(f.clause), Args: []Arg{
		ShareArg("share", rule.Share), Money("fees", f.v.shownBase(fees)), List("windows", names), Money("refund", back.Round(f.v.e.rounding)),
	}})
	return back
}
