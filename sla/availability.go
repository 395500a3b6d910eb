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
	plan   *objectivePlan
	period Period
	// service is the label of what is judged: of a part, the part's.
	service string
	subject subject
	result  Result
	// value is what was measured, as it is compared, in the unit of the
	// target: a share as a ratio, time in seconds. exact is the same before
	// it was rounded.
	value, exact credits.Ratio
	hasValue     bool
	// lastRow says that nothing was measured and the most severe row counts.
	lastRow bool
	// down is the downtime that counts, in nanoseconds, of agreed time.
	down credits.Ratio
	of   time.Duration
	// runs are the nanoseconds of each outage that counts; nil where the
	// figure was supplied without them.
	runs []credits.Ratio
	// counts of tickets, for a credit by the late ticket.
	total, allowed int
	late           []lateClock
	// without measures again with the facts of incidents taken out.
	without func(incidents map[string]bool) evaluated
	// incidents are those whose facts the value was made of.
	incidents []string
	// excluded are incidents that are credited elsewhere.
	excluded map[string]bool
	// beyondTerm asks for fees as if the term filled all periods.
	beyondTerm bool
}

// begin starts a result.
func (p *objectivePlan) begin(s subject, period Period) evaluated {
	o := p.written
	ev := evaluated{plan: p, period: period, service: s.label(), subject: s}
	ev.result = Result{Objective: p.id, For: s.label(), Period: period, ReportOnly: o.ReportOnly, Target: p.goalText()}
	return ev
}

// overTime evaluates an objective over time for a subject and a window,
// leaving the outages of some incidents out (semantics 5, step 2); nil leaves
// none out.
func (v *view) overTime(p *objectivePlan, s subject, period Period, leaveOut map[string]bool) evaluated {
	ev := p.begin(s, period)
	ev.without = func(in map[string]bool) evaluated { return v.overTime(p, s, period, in) }
	if v.byFigure(&ev, leaveOut) {
		return ev
	}
	if p.written.Measure.Join != nil {
		v.joined(&ev, leaveOut)
		return ev
	}
	input, rulings, whole := v.input(p, s, period, leaveOut)
	got := input.Compute()
	v.judgeTime(&ev, input, got, whole)
	ev.incidents = incidentsOf(rulings, got.CountedSet())
	ev.result.Provisional = anyOpen(rulings, input.Agreed) || v.mayYetBeMissed(p, s, period)
	if v.tells(period) {
		ev.result.Why = v.explainAvailability(&ev, input, got, rulings)
	}
	return ev
}

// input is what the number of a window is made of, and the agreed time of all
// of the window, that to come included.
func (v *view) input(p *objectivePlan, s subject, period Period, leaveOut map[string]bool) (measure.Availability, []ruling, calendar.Set) {
	span := period.interval(v.e.zone).Intersect(v.e.term)
	in, rulings := v.gather(p, s, span, leaveOut, p.count.AcrossWindows)
	whole := v.agreedTime(p, s, period)
	in.Agreed = whole.Within(calendar.Interval{Start: calendar.MinInstant, End: v.valid})
	switch p.written.Without.Data {
	case AssumedUp:
		in.Unobserved = calendar.Set{}
	case AssumedDown:
		in = in.AndDown(in.Unobserved.Intersect(in.Agreed))
		in.Unobserved = calendar.Set{}
	case AssumedLeftOut: // what is known to have been down is known
		in.Away, in.Unobserved = in.Away.Union(in.Unobserved.Minus(in.Down)), calendar.Set{}
	}
	if p.count.AcrossWindows {
		in.Around = v.agreedAround(p, in)
	}
	return in, rulings, whole
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

// agreedTime is S over the whole window: calendar ∩ period ∩ term, as far as a
// part was in service and the conditions for its being measured hold.
func (v *view) agreedTime(p *objectivePlan, s subject, period Period) calendar.Set {
	return v.agreedIn(p, s, period.interval(v.e.zone).Intersect(v.e.term))
}

// agreedIn is S within an interval.
func (v *view) agreedIn(p *objectivePlan, s subject, span calendar.Interval) calendar.Set {
	if span.IsEmpty() {
		return calendar.Set{}
	}
	agreed := calendar.NewSet(span)
	if p.agreed != nil {
		agreed = p.agreed.Open(span)
	}
	if life, said := v.lifeOf(s); said && p.written.Without.Life != AssumedUp {
		agreed = agreed.Intersect(life)
	}
	for i := range p.written.OnlyWhile {
		agreed = agreed.Intersect(look{v: v, p: p, s: s, span: span}.downWhen(&p.written.OnlyWhile[i]))
	}
	return agreed
}

// lifeOf is when a part was in service; false for a service, and where nobody
// says.
func (v *view) lifeOf(s subject) (calendar.Set, bool) {
	if s.part == "" {
		return calendar.Set{}, false
	}
	return v.recordOf(s.service).lifeOf(s.part)
}

// gather collects the downtime of a window, what is excused of it, and what
// nobody saw; with beyond, the downtime outside the window as well.
func (v *view) gather(p *objectivePlan, s subject, span calendar.Interval, leaveOut map[string]bool, beyond bool) (measure.Availability, []ruling) {
	o := p.written
	in := measure.Availability{LeavesDowntimeOnly: v.leavesDowntimeOnly(), Count: p.count}
	k := look{v: v, p: p, s: s, span: span}
	known := calendar.Interval{Start: calendar.MinInstant, End: v.valid}
	rulings := v.rulings(p, s, span, leaveOut, beyond)
	var down, excused calendar.Builder
	var weights []measure.Weighted
	for _, r := range rulings {
		if r.ignored {
			continue
		}
		excused.AddSet(r.excused)
		if !r.ofPart {
			down.Add(r.at)
			weights = append(weights, measure.Weighted{At: r.at, Share: affected(r.outage)})
		}
	}
	for _, other := range k.otherDown() {
		if !beyond {
			other = other.Within(span)
		}
		down.AddSet(other)
		for at := range other.All() {
			weights = append(weights, measure.Weighted{At: at, Share: credits.Int(1)})
		}
	}
	if o.Count != nil && o.Count.Share != nil {
		in.Weights = measure.Weigh(weights, o.Count.Share.Sum)
	}
	work, apart := v.announcedWork(p, s)
	excused.AddSet(work)
	in.Away = apart
	if k.emptySlots(AssumedLeftOut) != nil {
		in.Away = in.Away.Union(*k.emptySlots(AssumedLeftOut))
	}
	in.Down, in.Excused, in.Unobserved = down.Set().Within(known), excused.Set(), k.observed().Complement(span)
	if life, said := v.lifeOf(s); said && o.Without.Life == AssumedUp {
		in.Down, in.Unobserved = in.Down.Intersect(life), in.Unobserved.Intersect(life)
	}
	return in, rulings
}

// rulings are what became of the outages of a window, with beyond of all, but
// for those of some incidents.
func (v *view) rulings(p *objectivePlan, s subject, span calendar.Interval, leaveOut map[string]bool, beyond bool) []ruling {
	list := v.ruledOf(p, s).rulings
	if !beyond {
		list = v.ruledOf(p, s).near(span)
	}
	if len(leaveOut) == 0 {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(r ruling) bool { return leaveOut[incidentOf(r.outage)] })
}

// otherDown is what checks and predicates find down, each on its own.
func (k look) otherDown() []calendar.Set {
	o := k.p.written
	var out []calendar.Set
	for _, source := range o.Sources {
		if source.Kind == SourceChecks && len(k.partsAsked()) == 0 {
			out = append(out, k.v.watch(k.s, source, o).Down)
		}
	}
	for i := range o.DownWhen {
		out = append(out, k.downWhen(&o.DownWhen[i]))
	}
	if empty := k.emptySlots(AssumedDown); empty != nil {
		out = append(out, *empty)
	}
	return out
}

// emptySlots are the slots without events, where that is what they are taken
// for; nil where it is not.
func (k look) emptySlots(as Assumed) *calendar.Set {
	if k.p.written.Without.Events != as {
		return nil
	}
	var b calendar.Builder
	measure.Slots(k.span, k.slotLength(), k.v.tallied(k.p, k.s), func(s measure.Slot) {
		if s.Seen && s.Total == 0 {
			b.Add(s.At)
		}
	})
	return ptrTo(b.Set())
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
	r.Allows = v.allows(ev, got, 1)
	smooth := v.smoothing(ev)
	value, ok := smooth.mean(p.number(in, got), asSeen)
	ev.down, ev.of = got.Lost, got.Of
	if !p.written.ReportOnly { // an amount may be for each outage
		ev.runs = append([]credits.Ratio{}, got.Counts()...)
	}
	ev.exact, ev.value, ev.hasValue = value, p.compared(value), ok
	verdict := NotMeasured
	if ok {
		r.Measured = v.measurement(ev, got)
		verdict = p.verdict(ev.value)
	}
	if (got.Unobserved > 0 || smooth.unsure()) && ok {
		down := in.AllDown()
		worst, _ := smooth.mean(p.number(in.Worst(), down), atMost)
		other := *ev
		other.value, other.down, other.of, other.runs = p.compared(worst), down.Lost, down.Of, append([]credits.Ratio{}, down.Counts()...)
		if v.differs(*ev, other) || got.Unobserved > 0 && v.differsInPieces(ev, other, smooth, in) {
			verdict, ev.hasValue, r.Measured = NotMeasured, false, nil
		}
	}
	if !running {
		r.Verdict = verdict
		return
	}
	r.Verdict, r.SoFar = Open, verdict
	r.Certain = p.window == EachOutage && verdict == Missed || p.window != EachOutage && verdict != NotMeasured && v.certain(ev, in, whole)
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

// maxDecimals bounds the decimals to which a contract may round.
const maxDecimals = 12

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

// differs says whether what was measured of a window comes to another verdict
// or another credit than something else that may have been: another row, a miss
// that is tolerated, or another amount by the same, as of one for each hour
// (semantics 3.3).
func (v *view) differs(is, other evaluated) bool {
	p := is.plan
	verdict := p.verdict(is.value)
	if verdict != p.verdict(other.value) {
		return true
	}
	o := p.written
	if o == nil {
		return false
	}
	is.hasValue, other.hasValue = true, true
	is.result.Verdict, other.result.Verdict = verdict, verdict
	switch excuse := v.excuse(&is); {
	case excuse != v.excuse(&other):
		return true
	case excuse != "": // it costs nothing, whatever it was
		return false
	case o.Credit != nil && p.otherRow(o.Credit, is.value, other.value):
		return true
	case !slices.ContainsFunc(o.priced(), func(c pricedCredit) bool { return p.mayDiffer(c.Credit, is.value, other.value) }):
		return false
	}
	return !v.owes(&is).equal(v.owes(&other))
}

// mayDiffer says that a credit may come to something else for another value of a
// window with the same verdict: by another row, or because it is counted by, or
// is a part of, what was measured.
func (p *objectivePlan) mayDiffer(c *Credit, is, other credits.Ratio) bool {
	return c.BelowMinimum || c.Each.ofMeasured() || c.Base.ofLost() || p.otherRow(c, is, other)
}

// ofLost says that time that was lost is among what a base adds up.
func (b Base) ofLost() bool { return b.Lost || slices.ContainsFunc(b.And, Base.ofLost) }

// otherRow says that two values stand in different rows of a credit.
func (p *objectivePlan) otherRow(c *Credit, is, other credits.Ratio) bool {
	s := p.schedule(c)
	i, ok := s.Row(is)
	j, also := s.Row(other)
	return i != j || ok != also
}

// certain says of a window that is not over that nothing which may still
// happen changes the verdict: missed although all the rest will be up, or met
// although all the rest will be down, in however many pieces.
func (v *view) certain(ev *evaluated, in measure.Availability, whole calendar.Set) bool {
	p := ev.plan
	rest := whole.Minus(in.Agreed)
	in.Agreed = whole
	best := p.verdict(p.compared(p.number(in, in.Compute())))
	if !rest.IsEmpty() && (p.kind == MeasureOutages || in.Count.Grows()) {
		return !p.written.Measure.WithBefore && best == Missed
	}
	if !in.Unobserved.Minus(rest).IsEmpty() { // what nobody saw so far may have been down as well
		in = in.Worst()
	}
	in = in.AndDown(rest)
	worst := p.compared(p.number(in, in.Compute()))
	return !p.written.Measure.WithBefore && best == p.verdict(worst)
}

func (v *view) measurement(ev *evaluated, got measure.Available) *Measurement {
	return &Measurement{
		Exact: ev.exact.String(), Shown: ev.plan.show(ev.value),
		Agreed: seconds(got.Of), Excluded: seconds(got.Excluded), Down: seconds(floorOf(got.Lost)),
	}
}
