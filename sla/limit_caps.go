package sla

import (
	"github.com/sla-lang/sla/credits"
)

// Caps: what they allow in a window, and what is left of it.

// spanDays orders the windows of caps from narrow to wide.
func spanDays(c *Cap, window Window) int {
	if c.Months > 0 {
		return 31 * c.Months
	}
	return daysOf(c.window(window))
}

// window is the one over which a cap's credits add up.
func (c *Cap) window(other Window) Window {
	switch {
	case c.Each != "":
		return c.Each
	case c.Base.Window != "":
		return c.Base.Window
	}
	return other
}

// cap cuts lines to the room of a cap.
func (v *view) cap(s *SettlementResult, l limit, period Period, lines []pendingLine, group limitGroup, posted []PostedCredit) (waits []PostedCredit) {
	c, first := l.cap, &lines[group.lines[0]]
	amount, missing := v.capAmount(c, first, group.window)
	if missing != "" {
		for _, i := range group.lines {
			v.capUnknown(l, &lines[i], missing)
		}
		return nil
	}
	used := v.usedIn(l, group, period, &first.line, posted)
	room, err := credits.Room(amount, used)
	if err != nil {
		return nil // one currency: Check refuses others
	}
	var under []credits.Line
	for _, i := range group.lines {
		under = append(under, credits.Line{ID: lines[i].line.ID, Amount: lines[i].line.Posted})
	}
	cut, err := credits.CutTo(under, room)
	if err != nil {
		return nil
	}
	result := CapResult{Cap: l.clause, Limit: amount.Floor(), Used: used, Room: room}
	switch {
	case l.objective != "":
		result.For = first.line.For
	case l.perService():
		result.For = first.line.owner()
	}
	for n, i := range group.lines {
		line := &lines[i].line
		if line.Undetermined && (line.AtMost == nil || line.AtMost.Amount.GreaterThan(room.Amount)) {
			line.AtMost = ptrTo(room)
		}
		taken := line.Posted.Amount.Sub(cut[n].Amount.Amount)
		if taken.Sign() <= 0 {
			continue
		}
		result.Cut = true
		line.Cuts = append(line.Cuts, Cut{result.Cap, credits.Money{Amount: taken, Currency: v.e.currency}})
		line.Posted = cut[n].Amount
		lines[i].exact = line.Posted.Exact()
		line.Why = append(line.Why, cutStep(result.Cap, result.Limit, used, room, line.Posted, under))
		if c.Carried {
			waits = append(waits, line.carry(credits.Money{Amount: taken, Currency: v.e.currency}, period))
		}
	}
	s.Caps = append(s.Caps, result)
	return waits
}

// capUnknown leaves a line without an amount, because a fact is missing that
// says where its cap lies: not nothing, and not all of it either.
func (v *view) capUnknown(l limit, p *pendingLine, missing string) {
	line := &p.line
	if line.Posted.Sign() <= 0 && line.AtMost == nil {
		return
	}
	if line.AtMost == nil {
		line.AtMost = ptrTo(line.Posted)
	}
	line.Why = append(line.Why, Step{Code: "cap-unknown", Clause: l.clause, Args: []Arg{Name("name", missing), Money("most", *line.AtMost)}})
	line.Undetermined, line.Credit, line.Posted, line.Cuts, p.exact = true, credits.Zero(v.e.currency), credits.Zero(v.e.currency), nil, v.zero()
}

// cutStep says what a cap allows, what of it is used already, and which credits
// share what is left.
func cutStep(id string, allowed, used, room, posted credits.Money, under []credits.Line) Step {
	args := []Arg{ClauseArg("cap", id), Money("limit", allowed), Money("posted", posted)}
	if used.Sign() != 0 {
		args = append(args, Money("used", used), Money("room", room))
	}
	sum, n := credits.Zero(posted.Currency), 0
	for _, l := range under {
		if l.Amount.Sign() > 0 {
			sum.Amount, n = sum.Amount.Add(l.Amount.Amount), n+1
		}
	}
	if n > 1 {
		args = append(args, Count("n", n), Money("sum", sum))
	}
	return Step{Code: "cut", Clause: id, Args: args}
}

// capAmount is what a cap allows in a window; missing names the charge that it
// needs and nobody supplied.
func (v *view) capAmount(c *Cap, first *pendingLine, window Period) (amount credits.Amount, missing string) {
	if c.Pays.Kind == credits.PayMoney {
		return c.Pays.Money.Exact(), ""
	}
	ev := first.ev
	ev.service = first.line.For
	if c.Pays.Kind == credits.PayDays {
		day, base := v.dayOfFee(c.Base, &ev, window)
		return day.Times(credits.RatioOfDecimal(c.Pays.Number)), base.missing
	}
	base := v.baseOf(c.Base, &ev, window)
	if base.missing != "" {
		return base.amount, base.missing
	}
	return base.amount.Times(c.Pays.Size()), ""
}

// usedIn is what other settlement periods posted under a limit in the window of
// a group.
func (v *view) usedIn(l limit, group limitGroup, period Period, line *CreditLine, posted []PostedCredit) credits.Money {
	used := credits.Zero(v.e.currency)
	if group.own {
		return used
	}
	from, to := v.settledIn(group.window)
	for _, p := range posted {
		switch {
		case p.Period.Before(from) || !p.Period.Before(to) || p.Period == period.From:
		case l.objective != "" && (p.Objective != l.objective || p.For != line.For):
		case l.objective != "":
			used.Amount = used.Amount.Add(p.Amount.Amount)
		case l.perService() && p.owner() != line.owner():
		case l.cap != nil && l.cap.Base.Service != "" && l.cap.Base.Service != TheService && p.owner() != l.cap.Base.Service:
		default:
			used.Amount = used.Amount.Add(p.Amount.Amount)
		}
	}
	return used
}
