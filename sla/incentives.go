package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/memory"
)

// What goes back to the provider: shares of credits earned back, and bonuses.
// Both come after the caps of the credits, which they do not change (semantics
// 5).

// earnedBack are the shares of earlier credits that return because the last of
// the windows asked for ended in this period.
func (v *view) earnedBack(h history, period Period, posted []PostedCredit) []EarnedBack {
	rules := v.e.contract.Credits
	if rules == nil || rules.EarnBack == nil {
		return nil
	}
	rule := rules.EarnBack
	var out []EarnedBack
	for _, c := range sumsPosted(posted) {
		if c.Objective == "" || c.Amount.Sign() <= 0 || !c.Period.Before(period.From) {
			continue
		}
		after := periodOf(v.e.settlementWindow(), c.Period, v.e.termFrom).To
		seen := v.outcomes(h, judgedKey{c.Objective, c.For}, rule.Window, after, v.lastDate(period.To), byVerdict)
		n, ok := memory.HeldAfter(seen, rule.Periods)
		if !ok {
			continue
		}
		windows := periods(rule.Window, after, period.To, v.e.termFrom)[:n]
		if last := windows[n-1].To; !period.From.Before(last) || last.After(period.To) {
			continue // it returned in an earlier period
		}
		amount := c.Amount.Exact().Times(rule.Share.Ratio()).Round(v.e.rounding)
		out = append(out, EarnedBack{Objective: c.Objective, For: c.For, Of: c.Period, Posted: c.Amount, Amount: amount, Why: []Step{{
			Code: "earned-back", Clause: "credits/earn-back", Args: []Arg{
				ShareArg("share", rule.Share), Money("posted", c.Amount), Money("amount", amount), DateArg("of", c.Period), List("windows", namesOf(windows)),
			},
		}}})
	}
	return out
}

// lastDate cuts a date off at the end of the term: what comes behind is not
// earned.
func (v *view) lastDate(to calendar.Date) calendar.Date {
	if v.e.term.End == calendar.MaxInstant {
		return to
	}
	end, _ := v.e.zone.Local(v.e.term.End - 1)
	return earlier(to, end.AddDays(1))
}

func namesOf(windows []Period) []string {
	var out []string
	for _, p := range windows {
		out = append(out, p.Name)
	}
	return out
}

// sumsPosted adds up what was posted for each period, objective and service,
// corrections among it.
func sumsPosted(posted []PostedCredit) []PostedCredit {
	type key struct {
		period             calendar.Date
		objective, service string
	}
	at := map[key]int{}
	var out []PostedCredit
	for _, c := range posted {
		k := key{c.Period, c.Objective, c.For}
		i, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, PostedCredit{Period: c.Period, Objective: c.Objective, For: c.For, Service: c.Service, Amount: c.Amount})
			continue
		}
		out[i].Amount.Amount = out[i].Amount.Amount.Add(c.Amount.Amount)
	}
	slices.SortFunc(out, func(a, b PostedCredit) int {
		return cmp.Or(cmp.Compare(a.Period.String(), b.Period.String()), cmp.Compare(a.Objective, b.Objective), cmp.Compare(a.For, b.For))
	})
	return out
}

// bonuses are those for windows that ended in a period, by name. paid are
// those of earlier windows, which their caps have to know.
func (v *view) bonuses(h history, period Period, paid []LedgerBonus) []BonusResult {
	if v.valid < period.interval(v.e.zone).End {
		return nil
	}
	var out []BonusResult
	for i := range v.e.contract.Bonuses {
		b := &v.e.contract.Bonuses[i]
		for _, w := range periods(b.window(v.e.settlementWindow()), period.From, period.To, v.e.termFrom) {
			if !period.From.Before(w.To) || w.To.After(period.To) || w.interval(v.e.zone).Intersect(v.e.term).IsEmpty() {
				continue
			}
			r := v.bonus(h, b, w)
			v.capBonus(b, &r, w, paid)
			paid = append(paid, LedgerBonus{Period: period.From, Bonus: b.Name, Window: w.Name, Amount: r.Posted})
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b BonusResult) int {
		return cmp.Or(cmp.Compare(a.Bonus, b.Bonus), cmp.Compare(a.Window, b.Window))
	})
	return out
}

// window is the one over which a bonus is earned: the larger one its
// conditions speak of, else that of its base, else the settlement period.
func (b *Bonus) window(settlement Window) Window {
	for _, c := range b.When {
		if c.Within != "" {
			return c.Within
		}
	}
	if b.Base.Window != "" {
		return b.Base.Window
	}
	return settlement
}

func (v *view) bonus(h history, b *Bonus, w Period) BonusResult {
	id := "bonus/" + b.Name
	r := BonusResult{Bonus: b.Name, Window: w.Name, Due: credits.Zero(v.e.currency), Posted: credits.Zero(v.e.currency)}
	for _, c := range b.When {
		if !v.holdsThrough(h, c, w) {
			r.Why = []Step{{Code: "bonus-not-earned", Clause: id + "/when", Args: append(conditionArgs(c), Arg{"period", ArgPeriod, w.Name})}}
			return r
		}
	}
	base := v.base(b.Base, "", w)
	r.Due = base.amount.Times(b.Pays.Ratio()).Round(v.e.rounding)
	r.Posted = r.Due
	r.Why = []Step{{Code: "bonus-earned", Clause: id + "/pay", Args: []Arg{
		ShareArg("pays", b.Pays), Money("base", v.shownBase(base.amount)), Name("of", base.of), Money("bonus", r.Due), {"period", ArgPeriod, w.Name},
	}}}
	return r
}

// conditionArgs say which condition did not hold.
func conditionArgs(c Condition) []Arg {
	if c.Kind == ConditionNoneLate {
		return []Arg{Phrase("what", "word ticket-late"), Name("objective", c.Priority+" "+c.Measure+" of "+c.Service)}
	}
	return []Arg{Phrase("what", "word level-not-kept"), Name("objective", c.Objective)}
}

// capBonus cuts a bonus to the room of its caps.
func (v *view) capBonus(b *Bonus, r *BonusResult, w Period, paid []LedgerBonus) {
	for _, limit := range b.Caps {
		from, to := v.settledIn(periodOf(limit.Each, v.countsOn(w), v.e.termFrom))
		used := credits.Zero(v.e.currency)
		for _, p := range paid {
			if p.Bonus == b.Name && !p.Period.Before(from) && p.Period.Before(to) {
				used.Amount = used.Amount.Add(p.Amount.Amount)
			}
		}
		room, err := credits.Room(limit.Amount.Exact(), used)
		if err != nil || r.Posted.Amount.LessThanOrEqual(room.Amount) {
			continue // one currency: Check refuses others
		}
		id := "cap/" + limit.Name
		r.Cuts = append(r.Cuts, Cut{id, credits.Money{Amount: r.Posted.Amount.Sub(room.Amount), Currency: v.e.currency}})
		r.Posted = room
		r.Why = append(r.Why, cutStep(id, limit.Amount, used, room, room, nil))
	}
}

// lateCounts are the late tickets of a settled period that a bonus may ask
// for, for the ledger.
func (v *view) lateCounts(period Period) []LedgerLate {
	var out []LedgerLate
	for _, b := range v.e.contract.Bonuses {
		for _, c := range b.When {
			l := LedgerLate{Period: period.From, Service: c.Service, Priority: c.Priority, Measure: c.Measure}
			if c.Kind != ConditionNoneLate || slices.ContainsFunc(out, func(o LedgerLate) bool {
				return o.Service == l.Service && o.Priority == l.Priority && o.Measure == l.Measure
			}) {
				continue
			}
			if l.Count = v.lateIn(c, period); l.Count > 0 {
				out = append(out, l)
			}
		}
	}
	slices.SortFunc(out, func(a, b LedgerLate) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Measure, b.Measure))
	})
	return out
}
