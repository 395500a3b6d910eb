package sla

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// Rights to end the contract: what opens them, until when notice may be given,
// and how a cure ends them (P10; semantics 6). A right is one right until it is
// exercised, has lapsed or is cured; lapsing consumes no misses, curing does.

// rights folds the windows that are over into rights, in order of time.
func (v *view) rights(h history, to calendar.Date) []Right {
	var out []Right
	for i := range v.e.contract.Terminations {
		f := rightsFold{v: v, h: h, t: &v.e.contract.Terminations[i], first: h.begin(to)}
		f.clause = "termination/" + f.t.By
		for _, w := range f.windows(to) {
			if names, missed := f.triggers(w); len(names) > 0 {
				f.fire(w, names, missed)
			}
		}
		for i := range f.rights {
			f.refund(&f.rights[i], f.missed[i])
		}
		out = append(out, f.rights...)
	}
	return out
}

// A rightsFold is the state while windows are gone through.
type rightsFold struct {
	v      *view
	h      history
	t      *Termination
	clause string
	// first is the first date whose misses still count, and consumed the one
	// behind those that a cure consumed.
	first, consumed calendar.Date
	rights          []Right
	cures           []calendar.Date
	// missed are the windows by which each right arose.
	missed [][]Period
}

// windows lists those that the triggers are judged at, by their end.
func (f *rightsFold) windows(to calendar.Date) []Period {
	var out []Period
	for _, when := range f.t.When {
		for _, p := range periods(when.Condition.Window, f.first.AddDays(-1), to, f.v.e.termFrom) {
			if !p.To.After(to) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Period) int {
		return cmp.Or(a.To.Compare(b.To), cmp.Compare(a.Window, b.Window))
	})
	return out
}

// triggers lists the `when` lines that hold at the end of a window.
func (f *rightsFold) triggers(w Period) (names []string, missed []Period) {
	from := later(f.first.AddDays(-1), f.consumed)
	for _, when := range f.t.When {
		if when.Condition.Window != w.Window {
			continue
		}
		for _, service := range f.v.e.servicesJudged(when.Condition.Objective) {
			windows := f.v.missedWindows(f.h, when.Condition, service, from, w)
			if len(windows) > 0 && !slices.Contains(names, when.Name) {
				names = append(names, when.Name)
			}
			missed = append(missed, windows...)
		}
	}
	return names, missed
}

// fire opens a right, or adds to the one that is open.
func (f *rightsFold) fire(w Period, names []string, missed []Period) {
	if n := len(f.rights); n > 0 && f.continues(&f.rights[n-1], w) {
		r := &f.rights[n-1]
		if r.Noticed == nil || w.interval(f.v.e.zone).End <= instant(*r.Noticed) { // what comes after the notice made nobody leave
			f.missed[n-1] = append(f.missed[n-1], missed...)
		}
		for _, name := range names {
			if !slices.Contains(r.Triggers, name) {
				r.Triggers = append(r.Triggers, name)
			}
		}
		r.Why = append(r.Why, f.step(w, names))
		return
	}
	r := Right{Clause: f.clause, By: f.t.By, Window: w.Name, To: w.To, Triggers: names, State: RightWaits, Why: []Step{f.step(w, names)}}
	f.open(&r, w)
	f.rights, f.missed = append(f.rights, r), append(f.missed, missed)
	if r.State == RightCured {
		f.consumed = w.To
	}
}

func (f *rightsFold) step(w Period, names []string) Step {
	var clauses []string
	for _, name := range names {
		clauses = append(clauses, f.clause+"/when/"+name)
	}
	return Step{Code: "right-triggered", Clause: clauses[0], Args: []Arg{{"period", ArgPeriod, w.Name}, List("triggers", names)}}
}

// continues says whether a right is still the same when another window holds.
func (f *rightsFold) continues(r *Right, w Period) bool {
	if r.State == RightCured {
		return false
	}
	opens := f.v.reported(f.clause, w)
	return r.LastDay == nil || r.Noticed != nil || opens == nil || !f.v.localDate(*opens).After(*r.LastDay)
}

// open fills in the dates of a right, as far as the facts know them.
func (f *rightsFold) open(r *Right, w Period) {
	v, terms := f.v, f.t.Terms
	from := v.reported(f.clause, w)
	if terms == nil || terms.GivenWithin == nil {
		if from == nil {
			from = ptrTo(v.e.local(w.interval(v.e.zone).End))
		}
	}
	if from == nil {
		return
	}
	r.From = from
	if terms != nil && terms.GivenWithin != nil {
		r.LastDay = v.lastDay(*from, *terms.GivenWithin)
	}
	r.State = RightOpen
	if r.LastDay != nil && v.valid >= v.e.zone.StartOf(r.LastDay.AddDays(1)) {
		r.State = RightLapsed
	}
	f.notice(r, w)
}

// notice reads whether the right was exercised, and whether a cure followed.
func (f *rightsFold) notice(r *Right, w Period) {
	v := f.v
	noticed := v.delivered(f.clause+"/notice", w.Name)
	if noticed == nil || noticed.Before(*r.From) || r.LastDay != nil && v.localDate(*noticed).After(*r.LastDay) {
		return
	}
	r.Noticed, r.State = noticed, RightNoticed
	if f.t.Terms != nil {
		r.Ends = v.lastDay(*noticed, f.t.Terms.Length)
	}
	c := f.t.Cure
	if c == nil {
		return
	}
	if c.Once != "" && slices.ContainsFunc(f.cures, func(d calendar.Date) bool {
		return periodOf(c.Once, d, v.e.termFrom) == periodOf(c.Once, v.localDate(*noticed), v.e.termFrom)
	}) {
		r.Why = append(r.Why, Step{Code: "right-cured-before", Clause: f.clause + "/cure", Args: []Arg{Name("once", string(c.Once))}})
		return
	}
	r.CureUntil = v.lastDay(*noticed, c.Length)
	if cured := v.delivered(f.clause+"/cure", w.Name); cured != nil && !cured.Before(*noticed) && r.CureUntil != nil && !v.localDate(*cured).After(*r.CureUntil) {
		r.State, r.Ends = RightCured, nil
		f.cures = append(f.cures, v.localDate(*noticed))
		r.Why = append(r.Why, Step{Code: "right-cured", Clause: f.clause + "/cure", Args: []Arg{v.e.instantArg("at", instant(*cured))}})
	}
}

// lastDay is the last date of a length counted from an instant.
func (v *view) lastDay(from time.Time, l calendar.Length) *calendar.Date {
	due, err := calendar.Due(instant(from), l, v.e.zone, nil, v.e.business)
	if err != nil {
		return nil
	}
	d, _ := v.e.zone.Local(due - 1)
	return &d
}

func (v *view) localDate(t time.Time) calendar.Date {
	d, _ := v.e.zone.Local(instant(t))
	return d
}

// reported is when the report of the period that a window ended in was
// delivered: by the facts, else as the ledger remembers it for a right.
func (v *view) reported(clause string, w Period) *time.Time {
	if at := v.reportOf(w); at != nil {
		return at
	}
	if v.prior != nil {
		for i := range v.prior.Rights {
			if r := &v.prior.Rights[i]; r.Clause == clause && r.Window == w.Name {
				return r.From
			}
		}
	}
	return nil
}

// reportOf is when the report of the period that holds the end of a window was
// first delivered.
func (v *view) reportOf(w Period) *time.Time {
	var first *time.Time
	for _, d := range knownFacts[*Delivery](v) {
		if d.What != "report" && !strings.HasPrefix(d.What, "report/") {
			continue
		}
		from, to, err := ParsePeriods(d.Period)
		if err != nil || w.To.After(to) || !from.Before(w.To) {
			continue
		}
		if first == nil || d.Occurred.Before(*first) {
			first = ptrTo(v.e.local(instant(d.Occurred)))
		}
	}
	return first
}

// delivered is when something was first delivered, for a period where the fact
// names one.
func (v *view) delivered(what, period string) *time.Time {
	var first *time.Time
	for _, d := range knownFacts[*Delivery](v) {
		if d.What == what && (d.Period == "" || d.Period == period) && (first == nil || d.Occurred.Before(*first)) {
			first = ptrTo(v.e.local(instant(d.Occurred)))
		}
	}
	if first != nil || v.prior == nil {
		return first
	}
	for i := range v.prior.Rights {
		r := &v.prior.Rights[i]
		if what == r.Clause+"/notice" && r.Window == period {
			return r.Noticed
		}
		if what == r.Clause+"/cure" && r.Window == period && r.State == RightCured {
			return r.Noticed
		}
	}
	return nil
}
