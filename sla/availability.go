package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// The availability of one service in one window: the facts are gathered here,
// the number is computed by internal/measure/availability.go.

// evaluated is a result with what the steps after it need.
type evaluated struct {
	plan    *objectivePlan
	period  Period
	service string
	result  Result
	// value is what was measured, for the credit schedule.
	value    credits.Ratio
	hasValue bool
	// counts of tickets, for a credit by the late ticket.
	total, allowed int
	late           []lateClock
	// without measures again with the facts of incidents taken out.
	without func(incidents map[string]bool) evaluated
	// incidents are those whose facts the value was made of.
	incidents []string
}

// availability evaluates an objective for a service and a window, leaving the
// outages of some incidents out (semantics 5, step 2); nil leaves none out.
func (v *view) availability(p *objectivePlan, service string, period Period, leaveOut map[string]bool) evaluated {
	o := p.written
	ev := evaluated{plan: p, period: period, service: service}
	ev.result = Result{Objective: p.id, For: service, Period: period, ReportOnly: o.ReportOnly, Target: targetText(o.Target)}
	ev.without = func(in map[string]bool) evaluated { return v.availability(p, service, period, in) }
	if m := v.measuredFact(p.id, service, period); m != nil && (m.Share != nil || m.Down != nil) {
		v.suppliedAvailability(&ev, m, leaveOut)
		return ev
	}
	whole := v.agreedTime(p, period)
	input, rulings := v.gather(p, service, calendar.Interval{Start: calendar.MinInstant, End: v.valid}, leaveOut)
	input.Agreed = whole.Within(calendar.Interval{Start: calendar.MinInstant, End: v.valid})
	got := input.Compute()
	v.judgeAvailability(&ev, input, got, whole)
	ev.incidents = incidentsOf(rulings, got.CountedSet)
	ev.result.Provisional = anyOpen(rulings, input.Agreed)
	ev.result.Why = v.explainAvailability(&ev, input, got, rulings)
	return ev
}

// agreedTime is S over the whole window: calendar ∩ period ∩ term.
func (v *view) agreedTime(p *objectivePlan, period Period) calendar.Set {
	span := period.interval(v.e.zone).Intersect(v.e.term)
	if span.IsEmpty() {
		return calendar.Set{}
	}
	if p.agreed == nil {
		return calendar.NewSet(span)
	}
	return p.agreed.Open(span)
}

// gather collects the downtime, what is excused of it, and what nobody saw.
func (v *view) gather(p *objectivePlan, service string, within calendar.Interval, leaveOut map[string]bool) (measure.Availability, []ruling) {
	o := p.written
	in := measure.Availability{LeavesDowntimeOnly: v.e.contract.Exclusions != nil && v.e.contract.Exclusions.Effect == LeavesDowntime}
	var down, excused calendar.Builder
	var rulings []ruling
	source := sourceOf(o)
	for _, f := range v.outagesOf(service, source.Name) {
		if leaveOut[incidentOf(f)] {
			continue
		}
		r := v.rule(f, o)
		rulings = append(rulings, r)
		down.Add(r.at)
		excused.AddSet(r.excused)
	}
	everything := calendar.NewSet(calendar.Interval{Start: calendar.MinInstant, End: calendar.MaxInstant})
	observed := calendar.Set{}
	if source.Kind == SourceChecks {
		w := v.watch(service, source, o.Down)
		down.AddSet(w.Down)
		observed = w.Seen
	}
	observed = observed.Union(v.covered(service, source.Name))
	in.Down, in.Excused, in.Unobserved = down.Set().Within(within), excused.Set(), everything.Minus(observed)
	slices.SortFunc(rulings, byStart)
	return in, rulings
}

// sourceOf is the measuring source of an objective (semantics 3.3).
func sourceOf(o *Objective) Source {
	if len(o.Sources) > 0 {
		return o.Sources[0]
	}
	return Source{}
}

// incidentOf groups an outage with other facts of one cause; alone it is its
// own incident.
func incidentOf(o *Outage) string { return orDefault(o.Incident, o.ID) }

// incidentsOf lists the incidents whose outages are part of what counted.
func incidentsOf(rulings []ruling, counted calendar.Set) []string {
	var out []string
	for _, r := range rulings {
		if !counted.Within(r.at).IsEmpty() {
			out = append(out, incidentOf(r.outage))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func anyOpen(rulings []ruling, agreed calendar.Set) bool {
	return slices.ContainsFunc(rulings, func(r ruling) bool { return r.open && !agreed.Within(r.at).IsEmpty() })
}

// judgeAvailability compares the number with the target. Unobserved time is
// taken as up and as down; only if that makes a difference to the verdict or
// to the credit is the window not measured (semantics 3.3).
func (v *view) judgeAvailability(ev *evaluated, in measure.Availability, got measure.Available, whole calendar.Set) {
	p, r := ev.plan, &ev.result
	running := v.valid < ev.period.interval(v.e.zone).Intersect(v.e.term).End
	left := whole.Minus(in.Agreed).Measure()
	switch {
	case !got.Applicable && !running, v.tooLittle(got) && !running:
		r.Verdict = NotApplicable
		return
	case !got.Applicable:
		r.Verdict, r.SoFar = Open, NotApplicable
		return
	}
	ev.value, ev.hasValue = got.Ratio(), true
	r.Measured = v.measurement(p, got)
	verdict := p.verdict(ev.value)
	if worst := in.AllDown(); got.Unobserved > 0 && v.differs(p, ev.value, worst.Ratio()) {
		verdict, ev.hasValue, r.Measured = NotMeasured, false, nil
	}
	if !running {
		r.Verdict = verdict
		return
	}
	r.Verdict, r.SoFar = Open, verdict
	r.Certain = p.certain(got, left)
	ev.hasValue = ev.hasValue && r.Certain
}

// tooLittle says that less agreed time remains than a verdict needs.
func (v *view) tooLittle(got measure.Available) bool {
	x := v.e.contract.Exclusions
	return x != nil && x.JudgedOnlyIf != nil && x.JudgedOnlyIf.IsExact() && got.Of < x.JudgedOnlyIf.Duration()
}

// verdict compares a value with the target; without a target it is met.
func (p *objectivePlan) verdict(value credits.Ratio) Verdict {
	if p.target == nil || p.op.Holds(value, p.target.Ratio()) {
		return Met
	}
	return Missed
}

// differs says whether two values give another verdict or another credit.
func (v *view) differs(p *objectivePlan, a, b credits.Ratio) bool {
	if p.verdict(a) != p.verdict(b) {
		return true
	}
	s := scheduleOf(p)
	i, ok := s.Row(a)
	j, also := s.Row(b)
	return ok != also || ok && i != j
}

// certain says of a window that is not over that nothing which may still
// happen changes the verdict: missed although all the rest will be up, or met
// although all the rest will be down.
func (p *objectivePlan) certain(got measure.Available, left time.Duration) bool {
	best, worst := got, got
	best.Of, worst.Of = got.Of+left, got.Of+left
	worst.Counted += left
	return p.verdict(best.Ratio()) == p.verdict(worst.Ratio())
}

func (v *view) measurement(p *objectivePlan, got measure.Available) *Measurement {
	ratio := got.Ratio()
	return &Measurement{
		Exact: ratio.String(), Shown: credits.ShowPercent(ratio, p.thresholds()...),
		Agreed: seconds(got.Of), Excluded: seconds(got.Excluded), Down: seconds(got.Counted),
	}
}

// thresholds are the levels that a shown value must not seem to reach.
func (p *objectivePlan) thresholds() []credits.Ratio {
	var out []credits.Ratio
	if p.target != nil {
		out = append(out, p.target.Ratio())
	}
	for _, b := range scheduleOf(p) {
		out = append(out, b.Level.Ratio())
	}
	return out
}

// scheduleOf is the credit schedule of an objective; empty where it has none.
func scheduleOf(p *objectivePlan) credits.Schedule {
	if p.written == nil || p.written.Credit == nil {
		return nil
	}
	c := p.written.Credit
	switch {
	case len(c.Bands) > 0:
		var s credits.Schedule
		for _, b := range c.Bands {
			s = append(s, credits.Band{Op: b.Op, Level: b.Share, Pays: b.Pays})
		}
		return s
	case c.When != nil && c.Pays != nil:
		return credits.Schedule{{Op: c.When.Op, Level: c.When.Share, Pays: *c.Pays}}
	}
	return nil
}

// measuredFact finds a figure supplied ready-made for a window.
func (v *view) measuredFact(objective, service string, period Period) *Measured {
	for _, m := range knownFacts[*Measured](v) {
		if m.Objective == objective && m.Period == period.Name && (m.For == "" || v.e.own(m.For) == service) {
			return m
		}
	}
	return nil
}

// suppliedAvailability judges a figure supplied ready-made: the raw facts are
// set aside, and the result says so.
func (v *view) suppliedAvailability(ev *evaluated, m *Measured, leaveOut map[string]bool) {
	p, r := ev.plan, &ev.result
	got := measure.Available{Applicable: true}
	if m.Down != nil {
		got.Agreed = v.agreedTime(p, ev.period).Measure()
		got.Of, got.Counted = got.Agreed, min(*m.Down, got.Agreed)
		got.Applicable = got.Of > 0
		r.Measured = v.measurement(p, got)
		ev.value = got.Ratio()
	} else {
		ev.value = m.Share.Ratio()
		r.Measured = &Measurement{Exact: ev.value.String(), Shown: credits.ShowPercent(ev.value, p.thresholds()...)}
	}
	ev.hasValue = got.Applicable
	r.Verdict = p.verdict(ev.value)
	ev.incidents = []string{orDefault(m.ID, p.id)}
	if leaveOut[ev.incidents[0]] {
		ev.hasValue = false
	}
	r.Why = append(r.Why, Step{Code: "supplied", Args: []Arg{Shown("measured", r.Measured.Shown)}, Clause: p.id, Facts: []string{m.ID}})
}

// suppliedVerdict is a verdict supplied ready-made, without a figure.
func suppliedVerdict(p *objectivePlan, service string, period Period, m *Measured) evaluated {
	ev := evaluated{plan: p, period: period, service: service}
	ev.result = Result{
		Objective: p.id, For: service, Period: period, Verdict: m.Verdict, Target: p.targetShown(),
		ReportOnly: p.written == nil || p.written.ReportOnly,
		Why:        []Step{{Code: "supplied-verdict", Clause: p.id, Facts: []string{m.ID}, Args: []Arg{Phrase("verdict", "verdict "+slug(m.Verdict))}}},
	}
	ev.without = func(map[string]bool) evaluated { return ev }
	return ev
}

// targetText is a target as written.
func targetText(t *Target) string {
	switch {
	case t == nil:
		return ""
	case t.Share != nil:
		return string(t.Op) + " " + t.Share.String()
	case t.Score != nil:
		return string(t.Op) + " " + t.Score.Value.String() + " out of " + t.Score.OutOf.String()
	}
	return "as in tier " + t.AsInTier
}
