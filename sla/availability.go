package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// What is measured over time, of one service in one window: availability,
// downtime, number of outages. The facts are gathered here, the number is
// computed by internal/measure.

// evaluated is a result with what the steps after it need.
type evaluated struct {
	plan    *objectivePlan
	period  Period
	service string
	result  Result
	// value is what was measured, as it is compared, in the unit of the
	// target: a share as a ratio, time in seconds. exact is the same before
	// it was rounded.
	value, exact credits.Ratio
	hasValue     bool
	// down is the downtime that counts, in nanoseconds, of agreed time.
	down credits.Ratio
	of   time.Duration
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
	if p.count.AcrossWindows {
		input.Around = v.agreedAround(p, input)
	}
	got := input.Compute()
	v.judgeTime(&ev, input, got, whole)
	ev.incidents = incidentsOf(rulings, got.CountedSet)
	ev.result.Provisional = anyOpen(rulings, input.Agreed)
	ev.result.Why = v.explainAvailability(&ev, input, got, rulings)
	return ev
}

// agreedAround is the agreed time wherever anything was down, for runs that
// are tested before the window's ends cut them.
func (v *view) agreedAround(p *objectivePlan, in measure.Availability) calendar.Set {
	span := in.Down.Bounds().Intersect(v.e.term)
	if span.IsEmpty() || p.agreed == nil {
		return calendar.NewSet(span)
	}
	return p.agreed.Open(span)
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
	in := measure.Availability{LeavesDowntimeOnly: v.e.contract.Exclusions != nil && v.e.contract.Exclusions.Effect == LeavesDowntime, Count: p.count}
	var down, excused calendar.Builder
	var rulings []ruling
	var weights []measure.Weighted
	source := sourceOf(o)
	for _, f := range v.outagesOf(service, source.Name) {
		if leaveOut[incidentOf(f)] {
			continue
		}
		r := v.rule(f, o)
		rulings = append(rulings, r)
		if r.ignored || r.at.IsEmpty() {
			continue
		}
		down.Add(r.at)
		excused.AddSet(r.excused)
		if o.Count != nil && o.Count.Share != nil {
			weights = append(weights, measure.Weighted{At: r.at, Share: affected(f)})
		}
	}
	everything := calendar.NewSet(calendar.Interval{Start: calendar.MinInstant, End: calendar.MaxInstant})
	observed := calendar.Set{}
	if source.Kind == SourceChecks {
		w := v.watch(service, source, o.Down)
		down.AddSet(w.Down)
		observed = w.Seen
		for at := range w.Down.All() {
			weights = append(weights, measure.Weighted{At: at, Share: credits.Int(1)})
		}
	}
	if o.Count != nil && o.Count.Share != nil {
		in.Weights = measure.Weigh(weights, o.Count.Share.Sum)
	}
	observed = observed.Union(v.covered(service, source.Name))
	in.Down, in.Excused, in.Unobserved = down.Set().Within(within), excused.Set(), everything.Minus(observed)
	slices.SortFunc(rulings, byStart)
	return in, rulings
}

// affected is the share that an outage counts for; all where none is said.
func affected(o *Outage) credits.Ratio {
	if o.Affected == nil {
		return credits.Int(1)
	}
	return o.Affected.Ratio()
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
		if !r.ignored && !counted.Within(r.at).IsEmpty() {
			out = append(out, incidentOf(r.outage))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func anyOpen(rulings []ruling, agreed calendar.Set) bool {
	return slices.ContainsFunc(rulings, func(r ruling) bool { return r.open && !agreed.Within(r.at).IsEmpty() })
}

// judgeTime compares the number with the target. Unobserved time is taken as
// up and as down; only if that makes a difference to the verdict or to the
// credit is the window not measured (semantics 3.3).
func (v *view) judgeTime(ev *evaluated, in measure.Availability, got measure.Available, whole calendar.Set) {
	p, r := ev.plan, &ev.result
	running := v.valid < ev.period.interval(v.e.zone).Intersect(v.e.term).End
	switch {
	case !got.Applicable && !running, v.tooLittle(got) && !running:
		r.Verdict = NotApplicable
		return
	case !got.Applicable:
		r.Verdict, r.SoFar = Open, NotApplicable
		return
	}
	value, ok := v.withBefore(ev, p.number(in, got))
	ev.down, ev.of = got.Lost, got.Of
	ev.exact, ev.value, ev.hasValue = value, p.compared(value), ok
	verdict := NotMeasured
	if ok {
		r.Measured = v.measurement(ev, got)
		verdict = p.verdict(ev.value)
	}
	if got.Unobserved > 0 && ok {
		down := in.AllDown()
		worst, _ := v.withBefore(ev, p.number(in.Worst(), down))
		if v.differs(p, ev.value, p.compared(worst)) {
			verdict, ev.hasValue, r.Measured = NotMeasured, false, nil
		}
	}
	if !running {
		r.Verdict = verdict
		return
	}
	r.Verdict, r.SoFar = Open, verdict
	r.Certain = p.window == EachOutage && verdict == Missed || p.window != EachOutage && v.certain(ev, in, whole)
	ev.hasValue = ev.hasValue && r.Certain
}

// number is what an objective measures: a ratio, seconds, or a count.
func (p *objectivePlan) number(in measure.Availability, got measure.Available) credits.Ratio {
	switch p.kind {
	case MeasureDowntime:
		return inSeconds(got.Lost)
	case MeasureOutages:
		return credits.Int(int64(len(in.Outages(got))))
	}
	return got.Ratio()
}

// inSeconds is a number of nanoseconds as seconds.
func inSeconds(nanos credits.Ratio) credits.Ratio {
	s, _ := nanos.Quo(measure.Exact(time.Second))
	return s
}

// compared is a number as it is compared with levels: rounded where the
// contract says so, else exactly.
func (p *objectivePlan) compared(value credits.Ratio) credits.Ratio {
	if p.written == nil || p.written.Measure.Rounded == nil {
		return value
	}
	r := p.written.Measure.Rounded
	places := r.Decimals
	if p.inPercent() {
		places += 2
	}
	return credits.RatioOfDecimal(value.Round(int32(min(places, maxDecimals)), r.Mode))
}

// maxDecimals bounds the decimals to which a contract may round.
const maxDecimals = 12

// inPercent says that the number is a share, shown as a percentage.
func (p *objectivePlan) inPercent() bool {
	return p.kind == MeasureAvailability || p.kind == MeasureShareInTime
}

// withBefore averages a number with that of the window before, where the
// contract says so; false when there is none and the first may not stand alone.
func (v *view) withBefore(ev *evaluated, value credits.Ratio) (credits.Ratio, bool) {
	p := ev.plan
	if !p.written.Measure.WithBefore {
		return value, true
	}
	before := v.windowBefore(p, ev.period)
	whole := v.agreedTime(p, before)
	if whole.IsEmpty() {
		return value, p.written.Measure.Alone
	}
	in, _ := v.gather(p, ev.service, calendar.Interval{Start: calendar.MinInstant, End: v.valid}, nil)
	in.Agreed = whole
	got := in.Compute()
	if !got.Applicable {
		return value, p.written.Measure.Alone
	}
	mean, _ := value.Add(p.number(in, got)).Quo(credits.Int(2))
	return mean, true
}

// windowBefore is the window of the same kind before a period.
func (v *view) windowBefore(p *objectivePlan, period Period) Period {
	return periodOf(p.window, period.From.AddDays(-1), v.e.termFrom)
}

// tooLittle says that less agreed time remains than a verdict needs.
func (v *view) tooLittle(got measure.Available) bool {
	x := v.e.contract.Exclusions
	return x != nil && x.JudgedOnlyIf != nil && x.JudgedOnlyIf.IsExact() && got.Of < x.JudgedOnlyIf.Duration()
}

// verdict compares a value with the target; without a target it is met.
func (p *objectivePlan) verdict(value credits.Ratio) Verdict {
	if p.level == nil || p.op.Holds(value, *p.level) {
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
func (v *view) certain(ev *evaluated, in measure.Availability, whole calendar.Set) bool {
	p := ev.plan
	rest := whole.Minus(in.Agreed)
	in.Agreed = whole
	best := p.compared(p.number(in, in.Compute()))
	in.Down = in.Down.Union(rest)
	worst := p.compared(p.number(in, in.Compute()))
	return !p.written.Measure.WithBefore && p.verdict(best) == p.verdict(worst)
}

func (v *view) measurement(ev *evaluated, got measure.Available) *Measurement {
	return &Measurement{
		Exact: ev.exact.String(), Shown: ev.plan.show(ev.value),
		Agreed: seconds(got.Of), Excluded: seconds(got.Excluded), Down: seconds(time.Duration(measure.Floor(got.Lost))),
	}
}

// show writes a number that was measured in its unit, never on or across a
// threshold that it does not reach.
func (p *objectivePlan) show(value credits.Ratio) string {
	switch p.kind {
	case MeasureDowntime:
		return calendar.ExactLength(time.Duration(measure.Floor(value.Mul(measure.Exact(time.Second))))).String()
	case MeasureOutages:
		return value.String()
	}
	return credits.ShowPercent(value, p.thresholds()...)
}

// thresholds are the levels that a shown value must not seem to reach.
func (p *objectivePlan) thresholds() []credits.Ratio {
	var out []credits.Ratio
	if p.level != nil {
		out = append(out, *p.level)
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
		got.Lost = measure.Exact(got.Counted)
		got.Applicable = got.Of > 0
		ev.down, ev.of = got.Lost, got.Of
		ev.exact = got.Ratio()
		if p.kind == MeasureDowntime {
			ev.exact = inSeconds(got.Lost)
		}
	} else {
		ev.exact = m.Share.Ratio()
	}
	ev.value = p.compared(ev.exact)
	r.Measured = &Measurement{Exact: ev.exact.String(), Shown: p.show(ev.value)}
	if m.Down != nil {
		r.Measured = v.measurement(ev, got)
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
	case t.Time != nil:
		return string(t.Op) + " " + t.Time.String()
	case t.Number != nil:
		return string(t.Op) + " " + t.Number.String()
	case t.Score != nil:
		return string(t.Op) + " " + t.Score.Value.String() + " out of " + t.Score.OutOf.String()
	}
	return "as in tier " + t.AsInTier
}
