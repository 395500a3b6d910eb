package sla

import (
	"cmp"
	"maps"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// What went back to the provider in a settled period, and what of it comes to
// something else by facts recorded later: shares earned back, and bonuses.

// returned are the corrections of a period beside its credits. lines show them;
// the others are what the ledger adds to what it has.
type returned struct {
	lines   []Adjustment
	earned  []LedgerEarned
	bonuses []LedgerBonus
	late    []LedgerLate
}

// correctBack compares what is earned back in a settled period, and its
// bonuses, with what the ledger has of them.
func (v *view) correctBack(p Period, h history, posted []PostedCredit, paid []LedgerBonus, late []string) returned {
	var out returned
	line := func(kind NoteKind, about, service, clause string, was, now credits.Money) credits.Money {
		a := Adjustment{Kind: kind, Period: p.From, Objective: about, For: service, Was: negative(was), Now: negative(now), Facts: late}
		a.Amount = credits.Money{Amount: was.Amount.Sub(now.Amount), Currency: v.e.currency}
		a.Why = []Step{{Code: "adjustment", Clause: clause, Facts: late, Args: []Arg{
			Money("was", a.Was), Money("now", a.Now), Money("amount", a.Amount), {"period", ArgPeriod, p.Name}, List("facts", late),
		}}}
		if !a.Amount.IsZero() {
			out.lines = append(out.lines, a)
		}
		return negative(a.Amount)
	}
	earned := map[earnedKey][2]credits.Money{}
	for _, b := range v.prior.EarnedBack {
		if b.Period == p.From {
			put(earned, earnedKey{b.Of, b.Objective, b.For}, 0, b.Amount)
		}
	}
	for _, b := range v.earnedBack(h, p, posted) {
		put(earned, earnedKey{b.Of, b.Objective, b.For}, 1, b.Amount)
	}
	for _, k := range slices.SortedFunc(maps.Keys(earned), earnedKey.compare) {
		if more := line(NoteEarnedBack, k.objective, k.service, "credits/earn-back", earned[k][0], earned[k][1]); !more.IsZero() {
			out.earned = append(out.earned, LedgerEarned{Period: p.From, Of: k.of, Objective: k.objective, For: k.service, Amount: more})
		}
	}
	bonuses := map[bonusKey][2]credits.Money{}
	var others []LedgerBonus
	for _, b := range paid {
		if b.Period == p.From {
			put(bonuses, bonusKey{b.Bonus, b.Window}, 0, b.Amount)
		} else {
			others = append(others, b)
		}
	}
	for _, b := range v.bonuses(h, p, others) {
		put(bonuses, bonusKey{b.Bonus, b.Window}, 1, b.Posted)
	}
	for _, k := range slices.SortedFunc(maps.Keys(bonuses), bonusKey.compare) {
		if more := line(NoteBonus, "bonus/"+k.bonus, "", "bonus/"+k.bonus+"/pay", bonuses[k][0], bonuses[k][1]); !more.IsZero() {
			out.bonuses = append(out.bonuses, LedgerBonus{Period: p.From, Bonus: k.bonus, Window: k.window, Amount: more})
		}
	}
	out.late = v.lateSince(p)
	return out
}

// lateSince are the late tickets of a period that its record has now and the
// ledger does not, or the other way round.
func (v *view) lateSince(p Period) []LedgerLate {
	out := v.lateCounts(p)
	for _, l := range v.prior.Late {
		if l.Period != p.From {
			continue
		}
		i := slices.IndexFunc(out, func(o LedgerLate) bool {
			return o.Service == l.Service && o.Priority == l.Priority && o.Measure == l.Measure
		})
		if i < 0 {
			l.Count = -l.Count
			out = append(out, l)
			continue
		}
		out[i].Count -= l.Count
	}
	return slices.DeleteFunc(out, func(l LedgerLate) bool { return l.Count == 0 })
}

// An earnedKey is a credit of which a share returned.
type earnedKey struct {
	of                 calendar.Date
	objective, service string
}

func (k earnedKey) compare(o earnedKey) int {
	return cmp.Or(k.of.Compare(o.of), cmp.Compare(k.objective, o.objective), cmp.Compare(k.service, o.service))
}

// A bonusKey is a bonus of a window.
type bonusKey struct{ bonus, window string }

func (k bonusKey) compare(o bonusKey) int {
	return cmp.Or(cmp.Compare(k.bonus, o.bonus), cmp.Compare(k.window, o.window))
}

// put adds to what was (0) or is now (1).
func put[K comparable](to map[K][2]credits.Money, k K, at int, amount credits.Money) {
	both, known := to[k]
	if !known {
		both = [2]credits.Money{credits.Zero(amount.Currency), credits.Zero(amount.Currency)}
	}
	both[at].Amount = both[at].Amount.Add(amount.Amount)
	to[k] = both
}
