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
			f.rights[i].Why = append(f.rights[i].Why, f.grounds[i].after...)
			f.refund(&f.rights[i], f.grounds[i].missed)
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
	// first is the first date whose misses still count.
	first   calendar.Date
	rights  []Right
	grounds []grounds
}

// grounds are what a right arose by: the windows that were missed and those at
// whose end it arose; and what came after them.
type grounds struct {
	missed, arose []Period
	after         []Step
}

// windows lists those that the triggers are judged at, by their end.
func (f *rightsFold) windows(to calendar.Date) []Period {
	var out []Period
	for _, when := range f.t.When {
		for _, p := range periods(when.Condition.Window, f.first.AddDays(-1), to, f.v.e.termFrom) {
			if !p.To.After(to) {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Period) int {
		return cmp.Or(a.To.Compare(b.To), cmp.Compare(a.Window, b.Window))
	})
	return slices.Compact(out) // several conditions have the same
}

// triggers lists the `when` lines that hold at the end of a window.
func (f *rightsFold) triggers(w Period) (names []string, missed []Period) {
	from := later(f.first.AddDays(-1), f.consumed(w))
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
	last := len(f.rights) - 1
	if last < 0 || !f.continues(&f.rights[last], w) {
		r := Right{Clause: f.clause, By: f.t.By, Window: w.Name, To: w.To, State: RightWaits}
		f.rights, f.grounds = append(f.rights, r), append(f.grounds, grounds{})
		last++
	}
	r, g := &f.rights[last], &f.grounds[last]
	for _, name := range names {
		if !slices.Contains(r.Triggers, name) {
			r.Triggers = append(r.Triggers, name)
		}
	}
	r.Why = append(r.Why, f.step(w, names))
	if r.Noticed != nil && !f.before(w, *r.Noticed) {
		return // what comes after the notice made nobody leave
	}
	g.missed, g.arose = append(g.missed, missed...), append(g.arose, w)
	if r.From == nil {
		f.open(r, w)
	}
	if r.From != nil {
		f.notice(r, g)
	}
}

// before says whether a window was over at an instant.
func (f *rightsFold) before(w Period, at time.Time) bool {
	return w.interval(f.v.e.zone).End <= instant(at)
}

// consumed is the date behind the misses that a cure before the end of a window
// has consumed: those by which the right had arisen until its notice.
func (f *rightsFold) consumed(w Period) (to calendar.Date) {
	for i := range f.rights {
		if r := &f.rights[i]; r.State == RightCured && !f.before(w, *r.Noticed) {
			for _, a := range f.grounds[i].arose {
				to = later(to, a.To)
			}
		}
	}
	return to
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
		return f.before(w, *r.Noticed)
	}
	opens := f.v.reported(f.clause, w)
	return r.LastDay == nil || r.Noticed != nil || opens == nil || !f.v.localDate(*opens).After(*r.LastDay)
}

// open fills in the dates of a right from the report of a window, as far as the
// facts know them.
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
}

// notice reads whether the right was exercised, and whether a cure followed:
// both may name any window at whose end it arose.
func (f *rightsFold) notice(r *Right, g *grounds) {
	v := f.v
	r.State, r.Noticed, r.Cured, r.CureUntil, r.Ends, g.after = RightOpen, nil, nil, nil, nil, nil
	if r.LastDay != nil && v.valid >= v.e.zone.StartOf(r.LastDay.AddDays(1)) {
		r.State = RightLapsed
	}
	noticed := v.deliveredFor(f.clause+"/notice", g.arose, func(at time.Time) bool {
		return !at.Before(*r.From) && (r.LastDay == nil || !v.localDate(at).After(*r.LastDay))
	})
	if noticed == nil {
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
	if c.Once != "" && slices.ContainsFunc(f.rights[:len(f.rights)-1], func(before Right) bool {
		return before.Cured != nil && periodOf(c.Once, v.localDate(*before.Noticed), v.e.termFrom) == periodOf(c.Once, v.localDate(*noticed), v.e.termFrom)
	}) {
		g.after = append(g.after, Step{Code: "right-cured-before", Clause: f.clause + "/cure", Args: []Arg{Name("once", string(c.Once))}})
		return
	}
	r.CureUntil = v.lastDay(*noticed, c.Length)
	if cured := v.deliveredFor(f.clause+"/cure", g.arose, func(at time.Time) bool {
		return !at.Before(*noticed) && r.CureUntil != nil && !v.localDate(at).After(*r.CureUntil)
	}); cured != nil {
		r.State, r.Cured, r.Ends = RightCured, cured, nil
		g.after = append(g.after, Step{Code: "right-cured", Clause: f.clause + "/cure", Args: []Arg{v.e.instantArg("at", instant(*cured))}})
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
	for i := range v.rightsBefore() {
		if r := &v.prior.Rights[i]; r.Clause == clause && r.Window == w.Name {
			return r.From
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

// deliveredFor is when something was first delivered in time for any of some
// periods, or for none that the fact names.
func (v *view) deliveredFor(what string, periods []Period, inTime func(time.Time) bool) (first *time.Time) {
	take := func(at time.Time, period string) {
		named := period == "" || slices.ContainsFunc(periods, func(p Period) bool { return p.Name == period })
		if named && inTime(at) && (first == nil || at.Before(*first)) {
			first = &at
		}
	}
	for _, d := range knownFacts[*Delivery](v) {
		if d.What == what {
			take(v.e.local(instant(d.Occurred)), d.Period)
		}
	}
	for i := range v.rightsBefore() {
		r := &v.prior.Rights[i]
		if what == r.Clause+"/notice" && r.Noticed != nil {
			take(*r.Noticed, r.Window)
		}
		if what == r.Clause+"/cure" && r.Cured != nil {
			take(*r.Cured, r.Window)
		}
	}
	return first
}

// delivered is when something was first delivered, for a period where the fact
// names one.
func (v *view) delivered(what, period string) *time.Time {
	return v.deliveredFor(what, []Period{{Name: period}}, func(time.Time) bool { return true })
}

// rightsBefore are the rights of the ledger, which tell of reports, notices and
// cures that are not among the facts any more.
func (v *view) rightsBefore() []Right {
	if v.prior == nil || v.allSupplied {
		return nil
	}
	return v.prior.Rights
}

// suppliedWhole says whether the record of the last settled period is among the
// facts, of a contract that can be ended: then they alone know what was delivered.
func (r *Run) suppliedWhole() bool {
	if r.prior == nil || len(r.engine.contract.Terminations) == 0 {
		return false
	}
	settled := r.prior.lastSettled()
	if len(settled) == 0 {
		return false
	}
	last := settled[len(settled)-1]
	hash, ok := r.factsBy(instant(last.Known))
	return ok && hash == last.Facts
}
