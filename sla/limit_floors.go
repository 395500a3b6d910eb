package sla

import "github.com/sla-lang/sla/credits"

// Floors: below them nothing is due, or it waits.

// floor leaves lines that do not reach an amount without a credit: lost, or
// waiting. The exact amounts are compared, with what the window posted before.
func (v *view) floor(l limit, period Period, lines []pendingLine, group limitGroup, posted []PostedCredit) (waits []PostedCredit) {
	f := l.floor
	sum := v.usedIn(l, group, period, &lines[group.lines[0]].line, posted).Exact()
	for _, i := range group.lines {
		sum = plus(sum, lines[i].exact)
	}
	if f.Op.Holds(sum.Exact, credits.RatioOfDecimal(f.Amount.Amount)) || f.Kept && f.PaidAtEnd && v.lastOfTerm(period) {
		return nil
	}
	for _, i := range group.lines {
		line := &lines[i].line
		if line.Posted.IsZero() && lines[i].exact.Exact.Sign() == 0 {
			continue
		}
		code := "below-floor"
		if f.Kept {
			code = "below-floor-kept"
			if line.Posted.Sign() > 0 {
				waits = append(waits, line.carry(line.Posted, period))
			}
		}
		line.Cuts = append(line.Cuts, Cut{l.clause, line.Posted})
		line.Posted, lines[i].exact = credits.Zero(v.e.currency), v.zero()
		line.Why = append(line.Why, Step{Code: code, Clause: l.clause, Args: []Arg{
			Phrase("op", "op "+Slug(string(f.Op))), Money("floor", f.Amount), Money("sum", v.shownBase(sum)),
		}})
	}
	return waits
}

// lastOfTerm says whether a period is the last of the term.
func (v *view) lastOfTerm(p Period) bool {
	return p.interval(v.e.zone).End >= v.e.term.End
}
