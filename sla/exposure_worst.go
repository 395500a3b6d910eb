package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
)

// The worst month, quarter and year: the windows at their worst, settled.

// fold settles some settlement periods with nothing before them; what nothing
// bounds is taken so many times.
func (x *exposing) fold(periods []Period, evs []evaluated, times int64) []SettlementResult {
	var out []SettlementResult
	var posted, waiting []PostedCredit
	h := x.remember(evs, nil)
	for _, p := range periods {
		s, now, waits := x.settleWorst(p, evs, round{h, posted, waiting}, credits.Int(times))
		posted, waiting = append(posted, now...), waits
		out = append(out, s)
	}
	return out
}

// settleWorst is the settlement of a period in which everything was claimed
// and no two misses had one cause.
func (x *exposing) settleWorst(p Period, evs []evaluated, in round, times credits.Ratio) (SettlementResult, []PostedCredit, []PostedCredit) {
	s := SettlementResult{Period: p, BeforeCaps: credits.Zero(x.e.currency), Total: credits.Zero(x.e.currency)}
	lines := x.scheduled(p, evs)
	for i := range lines {
		if l := &lines[i]; x.boundless[l.ev.plan.id] {
			l.exact = l.exact.Times(times)
			l.line.Credit = l.exact.Round(x.e.rounding)
			for u := range l.units {
				l.units[u] = l.units[u].Mul(times)
			}
		}
	}
	x.repeat(lines, in.h)
	lines = append(lines, x.convert(p, lines)...)
	lines = x.dearestOnce(p, lines, in)
	lines = append(lines, x.carried(in.waiting)...)
	for i := range lines {
		lines[i].line.Posted = lines[i].line.Credit
	}
	waits := x.limits(&s, p, lines, in)
	var now []PostedCredit
	for _, l := range lines {
		s.Total.Amount = s.Total.Amount.Add(l.line.Posted.Amount)
		s.Lines = append(s.Lines, l.line)
		if l.line.Undetermined {
			s.Undetermined = append(s.Undetermined, l.line.ID)
		}
		now = append(now, PostedCredit{Period: p.From, Objective: l.line.Objective, For: l.line.For, Amount: l.line.Posted})
	}
	return s, now, waits
}

// dearestOnce keeps one credit of each service or of the period, where only the
// highest counts: at the worst only the one is missed that costs most once
// the caps are through, which need not be the highest before them.
func (x *exposing) dearestOnce(p Period, lines []pendingLine, in round) []pendingLine {
	rules := x.e.contract.Credits
	if rules == nil || !rules.SameService && !rules.SamePeriod {
		return lines
	}
	best, most := map[string]int{}, map[string]credits.Money{}
	var groups []string
	for i := range lines {
		key := lines[i].line.For
		if rules.SamePeriod {
			key = ""
		}
		alone := slices.Clone(lines[i : i+1])
		alone[0].line.Posted = alone[0].line.Credit
		x.limits(&SettlementResult{}, p, alone, in)
		had, ok := most[key]
		if !ok {
			groups = append(groups, key)
		}
		if posted := alone[0].line.Posted; !ok || posted.Amount.GreaterThan(had.Amount) {
			best[key], most[key] = i, posted
		}
	}
	var out []pendingLine
	for _, key := range groups {
		out = append(out, lines[best[key]])
	}
	return out
}

// worstCase is the worst of some windows in a month, a quarter and a year.
func (x *exposing) worstCase(evs []evaluated) WorstCase {
	month, quarter, year := x.runs()
	return WorstCase{x.worstRun(evs, month), x.worstRun(evs, quarter), x.worstRun(evs, year)}
}

// runs are how many settlement periods can end in a month, a quarter and a
// year; 0 where settlements are further apart.
func (x *exposing) runs() (month, quarter, year int) {
	s, _ := x.e.settlementWindow().shape()
	switch {
	case s.months > 0:
		return 1 / s.months, 3 / s.months, 12 / s.months
	case s.days == 7:
		return 5, 14, 53
	}
	return 31, 92, 366
}

// worstRun is the dearest run of so many settlement periods in the year.
func (x *exposing) worstRun(evs []evaluated, n int) *WorstAmount {
	if n == 0 || len(x.periods) == 0 {
		return nil
	}
	n = min(n, len(x.periods))
	var worst *WorstAmount
	for first := 0; first+n <= len(x.periods); first++ {
		run := x.periods[first : first+n]
		once, unknown := total(x.fold(run, evs, many))
		w := &WorstAmount{Amount: &credits.Money{Amount: once.Amount, Currency: x.e.currency}, Unknown: unknown, From: run[0].From, To: run[n-1].To}
		if twice, _ := total(x.fold(run, evs, 2*many)); !twice.Equal(once) {
			w.Amount, w.Unlimited = nil, true
			return w
		}
		if worst == nil || w.Amount.Amount.GreaterThan(worst.Amount.Amount) {
			worst = w
		}
	}
	return worst
}

func total(settled []SettlementResult) (sum credits.Money, unknown bool) {
	for _, s := range settled {
		sum.Currency = s.Total.Currency
		sum.Amount = sum.Amount.Add(s.Total.Amount)
		unknown = unknown || len(s.Undetermined) > 0
	}
	return sum, unknown
}

// unknown lists the credits that cannot be determined, once each.
func (x *exposing) unknown() []UnknownCredit {
	var out []UnknownCredit
	seen := map[string]bool{}
	for _, s := range x.fold(x.periods, x.evs, 1) {
		for _, l := range s.Lines {
			for _, step := range l.Why {
				key := l.Objective + "\x00" + l.For + "\x00" + step.Code + "\x00" + step.Clause
				if code := step.Code; (code == "credit-missing" || code == "credit-unstated" || code == "cap-unknown") && !seen[key] {
					seen[key] = true
					out = append(out, UnknownCredit{l.Objective, l.For, step})
				}
			}
		}
	}
	return out
}
