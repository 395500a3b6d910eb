package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A settled period is never rewritten: facts recorded later are evaluated
// against the whole record, and what that changes becomes an adjustment in the
// first period that is not settled yet (semantics 7).

// A correction is what a settled period comes to by all that is known now:
// lines of credits, and of what went back to the provider.
type correction struct {
	period Period
	lines  []Adjustment
	back   returned
	// results are those that differ from what was settled.
	results []LedgerResult
	// waiting was carried into it, waits is what it carries on now.
	waiting, waits []PostedCredit
}

// changes says whether later periods may come to something else by it.
func (c *correction) changes() bool {
	return len(c.lines) > 0 || len(c.back.lines) > 0 || len(c.results) > 0 || len(c.back.late) > 0
}

// posted are the amounts of a correction as credits of the period corrected.
func (c *correction) posted() []PostedCredit {
	var out []PostedCredit
	for _, a := range c.lines {
		out = append(out, PostedCredit{Period: a.Period, Objective: a.Objective, For: a.For, Service: a.Service, Amount: a.Amount})
	}
	return out
}

// factsBy is the hash of the facts known at an instant; false where some were
// folded away in a stream and cannot be told apart any more.
func (r *Run) factsBy(known calendar.Instant) (string, bool) {
	if (r.folded > 0 || r.foldedProbes) && known < r.foldedKnown {
		return "", false
	}
	hash := r.hash
	for _, en := range r.store {
		for i := range en.revisions {
			if rev := &en.revisions[i]; !rev.refused && recordedAt(rev.fact) <= known {
				hash.add(rev.digest)
			}
		}
	}
	for log := range r.tickets.all() {
		hash.addTicket(log, known, &r.forms)
	}
	return hash.String(), true
}

// corrections evaluates anew the settled periods that later facts touch, and
// those behind them once something has changed: misses that come again, moving
// targets, caps of several periods and what is carried look back. A period
// whose record is not supplied whole is left alone, and the report says so.
func (v *view) corrections(r *Run) ([]correction, error) {
	if v.prior == nil {
		return nil, nil
	}
	var out []correction
	posted, paid := slices.Clone(v.prior.Posted), slices.Clone(v.prior.Bonuses)
	var carried []PostedCredit // into the period after the last one corrected
	carries := false
	var causes []string // facts that changed an earlier period
	for _, settled := range v.prior.lastSettled() {
		p := periodOf(v.e.settlementWindow(), settled.Period, v.e.termFrom)
		late := r.lateFor(v.reach(p), instant(settled.Known), v.known)
		waiting := settled.Waiting
		if carries {
			waiting, carries = carried, !sameWaiting(carried, settled.Waiting)
		}
		if len(late) == 0 {
			late = causes
		}
		if len(late) == 0 && !carries {
			continue
		}
		carries = false
		if hash, ok := r.factsBy(instant(settled.Known)); !ok || hash != settled.Facts {
			for _, id := range late {
				v.found(CodeSettledFact, "credits/settled", Name("fact", id), Arg{"period", ArgPeriod, p.Name})
			}
			continue
		}
		evs, err := v.evaluateAll(p.From, p.To, nil)
		if err != nil {
			return nil, err
		}
		v.recounted = append(v.recounted, p)
		c := v.correct(p, evs, out, round{posted: posted, waiting: waiting}, paid, late)
		out = append(out, c)
		posted, paid = append(posted, c.posted()...), append(paid, c.back.bonuses...)
		carried, carries = c.waits, true
		if c.changes() {
			causes = union(causes, late)
			v.corrected = append(v.corrected, c.results...)
			v.ratchets = map[judgedKey]*ratchetState{} // what was corrected may move targets
		}
	}
	return out, nil
}

// lastSettled lists the settled periods in order of time, each as it was
// settled or corrected last.
func (l *Ledger) lastSettled() []LedgerPeriod {
	out := slices.Clone(l.Settled)
	slices.SortStableFunc(out, func(a, b LedgerPeriod) int { return cmp.Compare(a.Period.String(), b.Period.String()) })
	kept := out[:0]
	for i, s := range out {
		if i+1 == len(out) || out[i+1].Period != s.Period {
			kept = append(kept, s)
		}
	}
	return kept
}

// sameWaiting says whether the same credits wait.
func sameWaiting(a, b []PostedCredit) bool {
	return slices.EqualFunc(a, b, func(x, y PostedCredit) bool {
		return x.Period == y.Period && x.Objective == y.Objective && x.For == y.For && x.Amount.Equal(y.Amount)
	})
}

// correct compares what a settled period comes to now with what was posted,
// after the corrections of earlier periods.
func (v *view) correct(p Period, evs []evaluated, before []correction, in round, paid []LedgerBonus, late []string) correction {
	c := correction{period: p, waiting: in.waiting, results: v.settledResults(evs, p)}
	in.h = v.remember(evs, append(slices.Clone(before), c))
	c.results = v.resultsAnew(c.results)
	others := slices.DeleteFunc(slices.Clone(in.posted), func(x PostedCredit) bool { return x.Period == p.From })
	_, now, waits := v.settle(p, evs, round{h: in.h, posted: others, waiting: in.waiting})
	c.waits = waits
	was := slices.DeleteFunc(sumsPosted(in.posted), func(x PostedCredit) bool { return x.Period != p.From })
	for _, x := range append(sumsPosted(now), was...) {
		same := func(o PostedCredit) bool { return o.Objective == x.Objective && o.For == x.For }
		if slices.ContainsFunc(c.lines, func(a Adjustment) bool { return a.Objective == x.Objective && a.For == x.For }) {
			continue
		}
		a := Adjustment{Period: p.From, Objective: x.Objective, For: x.For, Service: x.Service, Was: sumOf(was, same, v.e.currency), Now: sumOf(sumsPosted(now), same, v.e.currency), Facts: late}
		a.Amount = credits.Money{Amount: a.Now.Amount.Sub(a.Was.Amount), Currency: v.e.currency}
		if x.Objective == "" || a.Amount.IsZero() {
			continue // a sum that is not told apart cannot be corrected
		}
		a.Why = []Step{{Code: "adjustment", Clause: x.Objective + "/credit", Facts: late, Args: []Arg{
			Money("was", a.Was), Money("now", a.Now), Money("amount", a.Amount), {"period", ArgPeriod, p.Name}, List("facts", late),
		}}}
		c.lines = append(c.lines, a)
	}
	slices.SortFunc(c.lines, func(a, b Adjustment) int {
		return cmp.Or(cmp.Compare(a.Objective, b.Objective), cmp.Compare(a.For, b.For))
	})
	c.back = v.correctBack(p, in.h, append(slices.Clone(in.posted), c.posted()...), paid, late)
	return c
}

// resultsAnew leaves of the results of a period those that are not as they were
// settled or corrected last.
func (v *view) resultsAnew(results []LedgerResult) []LedgerResult {
	return slices.DeleteFunc(results, func(r LedgerResult) bool {
		was, known := LedgerResult{}, false
		for _, of := range [][]LedgerResult{v.prior.Results, v.corrected} {
			for _, x := range of {
				if x.Objective == r.Objective && x.For == r.For && x.Window == r.Window {
					was, known = x, true
				}
			}
		}
		return known && was.Verdict == r.Verdict && was.Measured == r.Measured && was.Excused == r.Excused
	})
}

func sumOf(posted []PostedCredit, which func(PostedCredit) bool, c credits.Currency) credits.Money {
	sum := credits.Zero(c)
	for _, p := range posted {
		if which(p) {
			sum.Amount = sum.Amount.Add(p.Amount.Amount)
		}
	}
	return sum
}

// adjust brings the corrections into a period and its ledger entry.
func (v *view) adjust(s *SettlementResult, cs []correction) {
	for _, c := range cs {
		s.Adjustments = append(append(s.Adjustments, c.lines...), c.back.lines...)
	}
}

// book writes the corrections into the ledger, as of a record.
func (l *Ledger) book(s *SettlementResult, cs []correction, known time.Time, facts string) {
	for _, c := range cs {
		for _, p := range c.posted() {
			p.In = ptrTo(s.Period.From)
			l.Posted = append(l.Posted, p)
		}
		l.Results = append(l.Results, c.results...)
		l.EarnedBack = append(l.EarnedBack, c.back.earned...)
		l.Bonuses = append(l.Bonuses, c.back.bonuses...)
		l.Late = append(l.Late, c.back.late...)
		l.Settled = append(l.Settled, LedgerPeriod{Period: c.period.From, Known: known, Facts: facts, Waiting: c.waiting})
	}
}
