package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Explanations are data: each step is a code and arguments, phrased by package
// words, with the clause that says so and the facts that count.

// maxSteps is how many facts of one kind an explanation lists; the rest is
// counted.
const maxSteps = 25

// floorOf is a number of nanoseconds as a duration, rounded down.
func floorOf(nanos credits.Ratio) time.Duration { return time.Duration(measure.Floor(nanos)) }

// instantArg is an [ArgInstant] in the contract's zone.
func (e *Engine) instantArg(name string, t calendar.Instant) Arg {
	return Arg{name, ArgInstant, e.local(t).Format(time.RFC3339Nano)}
}

// local is an instant in the contract's zone.
func (e *Engine) local(t calendar.Instant) time.Time { return t.Time().In(e.zone.Location()) }

func (v *view) explainAvailability(ev *evaluated, in measure.Availability, got measure.Available, rulings []ruling) []Step {
	p := ev.plan
	steps := []Step{v.agreedStep(p, ev.period, got.Agreed)}
	steps = append(steps, v.downSteps(p, ev.subject, ev.period, in, got, rulings)...)
	steps = append(steps, v.unsureSteps(ev)...)
	if !ev.hasValue && ev.result.Measured == nil {
		return append(steps, Step{Code: "no-value", Args: []Arg{Phrase("verdict", "verdict "+slug(ev.result.Verdict))}})
	}
	steps = append(steps, v.formulaSteps(ev, in, got)...)
	if p.level != nil {
		steps = append(steps, v.targetStep(p, ev, got))
	}
	return steps
}

// downSteps tell what left the agreed time, what became of each outage, and the
// steps of the counting, so that the amounts add up.
func (v *view) downSteps(p *objectivePlan, s subject, period Period, in measure.Availability, got measure.Available, rulings []ruling) []Step {
	k := look{v: v, p: p, s: s, span: period.interval(v.e.zone).Intersect(v.e.term)}
	steps := v.awaySteps(k, in, got)
	left := maxSteps
	more := 0
	var apart time.Duration // counted, as if no two outages overlapped
	outside := v.outsideLife(p, s, k.span)
	for _, r := range rulings {
		part := in.Agreed.Within(r.at)
		if part.IsEmpty() {
			continue
		}
		if r.ignored {
			steps = append(steps, Step{Code: "outage-" + r.code, Clause: r.clauseOf(p), Facts: []string{r.outage.ID}, Args: append([]Arg{
				Duration("time", part.Measure()), Name("fact", r.outage.ID), v.e.instantArg("from", r.at.Start), v.e.instantArg("to", r.at.End),
			}, r.args...)})
			continue
		}
		if r.ofPart {
			steps = append(steps, Step{Code: "outage-of-part", Clause: p.id + "/down-when", Facts: []string{r.outage.ID}, Args: []Arg{
				Duration("time", part.Measure()), Name("fact", r.outage.ID), v.e.instantArg("from", r.at.Start), v.e.instantArg("to", r.at.End), Name("part", r.outage.Part),
			}})
			continue
		}
		if outside.Len() > 0 {
			if d := part.Intersect(outside).Measure(); d > 0 {
				steps = append(steps, Step{Code: "outage-outside-life", Clause: p.id + "/without/life", Facts: []string{r.outage.ID}, Args: []Arg{
					Duration("lasts", d), Name("fact", r.outage.ID), v.e.instantArg("from", r.at.Start), v.e.instantArg("to", r.at.End), Name("part", s.part),
				}})
				if part = part.Minus(outside); part.IsEmpty() {
					continue
				}
			}
		}
		apart += part.Minus(r.excused).Minus(in.Away).Measure()
		if left == 0 {
			more++
			continue
		}
		left--
		steps = append(steps, v.rulingSteps(p, r, part, in.Away)...)
	}
	steps = append(steps, v.evidenceSteps(k, in)...)
	if more > 0 {
		steps = append(steps, Step{Code: "more-outages", Args: []Arg{Count("n", more)}})
	}
	found, sum := v.foundSteps(k, in)
	steps, apart = append(steps, found...), apart+sum
	if twice := apart - got.Counted; twice > 0 {
		steps = append(steps, Step{Code: "overlap", Args: []Arg{Duration("time", -twice)}})
	}
	steps = append(steps, v.countingSteps(p, got)...)
	if got.Unobserved > 0 {
		args := []Arg{Duration("time", got.Unobserved), Name("source", sourceOf(p.written).Name)}
		if agreed := got.Agreed - got.Apart; agreed > got.Unobserved {
			args = append(args, Duration("observed", agreed-got.Unobserved), Duration("agreed", agreed))
		}
		steps = append(steps, Step{Code: "unobserved", Args: args, Clause: p.id + "/source"})
	}
	return steps
}

// outsideLife is the time in which a part was not there and is taken for up.
func (v *view) outsideLife(p *objectivePlan, s subject, span calendar.Interval) calendar.Set {
	if life, said := v.lifeOf(s); said && p.written.Without.Life == AssumedUp {
		return life.Complement(span)
	}
	return calendar.Set{}
}

// awaySteps tell what left the agreed time whether or not anything was down in
// it: announced work, slots without events, time that nobody observed.
func (v *view) awaySteps(k look, in measure.Availability, got measure.Available) (steps []Step) {
	p, rest := k.p, in.Agreed.Intersect(in.Away)
	tell := func(code, clause string, set calendar.Set, args ...Arg) {
		if d := rest.Intersect(set).Measure(); d > 0 {
			steps = append(steps, Step{Code: code, Clause: p.id + "/" + clause, Args: append([]Arg{Duration("time", -d)}, args...)})
		}
		rest = rest.Minus(set)
	}
	if got.Apart == 0 {
		return nil
	}
	if len(p.written.AwayDown) > 0 {
		_, work := v.announcedWork(p, k.s)
		tell("away-work", "exclude", work, List("causes", p.written.AwayDown))
	}
	if empty := k.emptySlots(AssumedLeftOut); empty != nil {
		tell("away-slots", "without/events", *empty)
	}
	tell("away-unobserved", "without", rest, Name("source", sourceOf(p.written).Name))
	return steps
}

// evidenceSteps tells what other sources say of the window: where the parties
// record different things, both stay in the record, and the source that the
// contract names decides (semantics 3.3).
func (v *view) evidenceSteps(k look, in measure.Availability) (steps []Step) {
	p := k.p
	for _, o := range v.evidence(p.written, k.s) {
		if len(steps) == maxSteps {
			break
		}
		at := v.span(o)
		if part := in.Agreed.Within(at); !part.IsEmpty() {
			steps = append(steps, Step{Code: "outage-evidence", Clause: p.id + "/source", Facts: []string{o.ID}, Args: []Arg{
				Name("fact", o.ID), v.e.instantArg("from", at.Start), v.e.instantArg("to", at.End), Duration("lasts", part.Measure()),
				Prose("source", o.Source), Prose("decides", orDefault(sourceOf(p.written).Name, string(sourceOf(p.written).Kind))),
			}})
		}
	}
	return steps
}

// foundSteps tells what checks and predicates found down, less what is
// excluded.
func (v *view) foundSteps(k look, in measure.Availability) (steps []Step, sum time.Duration) {
	p := k.p
	tell := func(set calendar.Set, clause, rule string) {
		if d := set.Intersect(in.Agreed).Minus(in.Excused).Minus(in.Away).Measure(); d > 0 {
			steps, sum = append(steps, Step{Code: "down-found", Clause: p.id + "/" + clause, Args: []Arg{Duration("time", d), Prose("rule", rule)}}), sum+d
		}
	}
	for _, source := range p.written.Sources {
		if source.Kind == SourceChecks && len(k.partsAsked()) == 0 {
			tell(v.watch(k.s, source, p.written).Down, "source", source.Name)
		}
	}
	for i := range p.written.DownWhen {
		tell(k.downWhen(&p.written.DownWhen[i]), "down-when/"+Slug(p.written.DownWhen[i].String()), p.written.DownWhen[i].String())
	}
	if empty := k.emptySlots(AssumedDown); empty != nil {
		tell(*empty, "without/events", "a slot without events is down")
	}
	if p.written.Without.Data == AssumedDown {
		everything := calendar.NewSet(calendar.Interval{Start: calendar.MinInstant, End: v.valid})
		tell(everything.Minus(k.observed()), "without", "time without data is down")
	}
	return steps, sum
}

// countingSteps tells what each written step of the counting took away or
// added, so that the amounts add up.
func (v *view) countingSteps(p *objectivePlan, got measure.Available) []Step {
	var steps []Step
	for _, s := range got.Stages {
		change := measure.Floor(s.After) - measure.Floor(s.Before)
		step := Step{Code: string(s.Name), Clause: p.id + "/count", Args: []Arg{Duration("time", time.Duration(change)), Count("left", s.Runs)}}
		if rule := p.written.Count.sentence(s.Name); rule != "" {
			step.Args = append(step.Args, Prose("rule", rule))
		}
		steps = append(steps, step)
	}
	return steps
}

// formulaSteps tells how the number comes of what was counted.
func (v *view) formulaSteps(ev *evaluated, in measure.Availability, got measure.Available) []Step {
	p, clause := ev.plan, ev.plan.id+"/measure"
	own := p.number(in, got)
	down := Duration("down", floorOf(got.Lost))
	var steps []Step
	switch p.kind {
	case MeasureDowntime:
		steps = append(steps, Step{Code: "downtime", Clause: clause, Args: []Arg{down, Duration("agreed", got.Of)}})
	case MeasureOutages:
		steps = append(steps, Step{Code: "outages", Clause: clause, Args: []Arg{Count("n", len(in.Outages(got))), down}})
	default:
		steps = append(steps, Step{Code: formulaCode(in, got), Clause: clause, Args: []Arg{
			down, Duration("agreed", got.Agreed-got.Apart), Duration("excluded", got.Excluded), Shown("measured", p.show(own)),
		}})
	}
	return append(steps, v.finishSteps(ev, own)...)
}

// unsureSteps tell that the window before was not observed as a whole.
func (v *view) unsureSteps(ev *evaluated) []Step {
	if ev.result.Measured != nil {
		return nil // it is told with the mean
	}
	steps := v.beforeSteps(ev, v.smoothing(ev), ev.exact)
	return slices.DeleteFunc(steps, func(s Step) bool { return s.Code != "before-unobserved" })
}

// finishSteps tell how a number becomes the one that is compared: by the mean
// with that of the window before, and by rounding.
func (v *view) finishSteps(ev *evaluated, own credits.Ratio) (steps []Step) {
	m, clause := ev.plan.written.Measure, ev.plan.id+"/measure"
	if m.WithBefore {
		steps = v.beforeSteps(ev, v.smoothing(ev), own)
	}
	if m.Rounded != nil {
		steps = append(steps, Step{Code: "rounded", Clause: clause, Args: []Arg{Shown("measured", ev.result.Measured.Shown), Count("decimals", m.Rounded.Decimals), Prose("mode", string(m.Rounded.Mode)), Prose("exact", ev.exact.String())}})
	}
	return steps
}

func formulaCode(in measure.Availability, got measure.Available) string {
	switch {
	case got.Excluded == 0:
		return "availability"
	case in.LeavesDowntimeOnly:
		return "availability-downtime-only"
	}
	return "availability-excluded"
}

// agreedStep tells the agreed time: how many days, on which calendar, and
// what the clocks did to days that are whole.
func (v *view) agreedStep(p *objectivePlan, period Period, agreed time.Duration) Step {
	args := []Arg{Duration("time", agreed), Count("days", period.To.DaysSince(period.From)), Name("calendar", orDefault(p.written.Measure.During, "always"))}
	span := period.interval(v.e.zone)
	date := v.shiftDate(period)
	whole := span.Start == v.e.zone.Day(period.From).Start && span.End == v.e.zone.Day(period.To.AddDays(-1)).End
	if shift := span.Length() - time.Duration(period.To.DaysSince(period.From))*24*time.Hour; whole && shift != 0 && v.openAtNight(p, date) {
		key := "clocks-forward"
		if shift > 0 {
			key = "clocks-back"
		}
		args = append(args, DateArg(key, date))
	}
	return Step{Code: "agreed", Args: args, Clause: p.id + "/measure"}
}

// shiftDate is the first date of a period that does not have 24 hours.
func (v *view) shiftDate(p Period) calendar.Date {
	for d := p.From; d.Before(p.To); d = d.AddDays(1) {
		if v.e.zone.Day(d).Length() != 24*time.Hour {
			return d
		}
	}
	return p.From
}

// openAtNight says whether a calendar is open around the clock on a date, so
// that a change of the clocks changes the agreed time.
func (v *view) openAtNight(p *objectivePlan, d calendar.Date) bool {
	day := v.e.zone.Day(d)
	return p.agreed == nil || p.agreed.Open(day).Measure() == day.Length()
}

// rulingSteps tells what of an outage is excluded and what counts.
func (v *view) rulingSteps(p *objectivePlan, r ruling, agreed, away calendar.Set) []Step {
	inside := agreed.Minus(away)
	excused := inside.Intersect(r.excused).Measure()
	counted := inside.Measure() - excused
	base := []Arg{Name("fact", r.outage.ID), v.e.instantArg("from", r.at.Start), v.e.instantArg("to", r.at.End)}
	var steps []Step
	if left := agreed.Measure() - inside.Measure(); left > 0 {
		steps = append(steps, Step{
			Code: "outage-left-out", Clause: p.id + "/exclude", Facts: []string{r.outage.ID}, Args: append([]Arg{Duration("lasts", left)}, base...),
		})
	}
	if excused > 0 {
		steps = append(steps, Step{
			Code: "outage-" + r.code, Clause: r.clauseOf(p), Facts: []string{r.outage.ID},
			Args: append(append([]Arg{Duration("time", excused)}, base...), r.args...),
		})
	}
	if counted > 0 {
		code := r.code
		if excused > 0 {
			code = "counted-rest"
		}
		args := append([]Arg{Duration("time", counted)}, base...)
		if r.outage.Until.IsZero() {
			args = append(args, Phrase("lasting", "word lasting"))
		}
		steps = append(steps, Step{Code: "outage-" + code, Clause: r.clauseOf(p), Facts: []string{r.outage.ID}, Args: append(args, r.args...)})
	}
	return steps
}

// targetStep says what the target allows in this window, and in a year.
func (v *view) targetStep(p *objectivePlan, ev *evaluated, got measure.Available) Step {
	verdict := ev.result.Verdict
	if verdict == Open {
		verdict = ev.result.SoFar
	}
	step := Step{Code: "target-" + slug(verdict), Clause: p.id + "/target", Args: []Arg{Prose("target", ev.result.Target)}}
	allows := ev.result.Allows
	if allows == nil {
		step.Code = "level-" + slug(verdict)
		step.Args = append(step.Args, Prose("measured", ev.result.Measured.Shown))
		return step
	}
	step.Args = append(step.Args, Arg{"allowed", ArgDuration, allows.Window}, Duration("down", floorOf(got.Lost)))
	if allows.Year != "" {
		step.Args = append(step.Args, Arg{"yearly", ArgDuration, allows.Year})
	}
	return step
}

func slug(v Verdict) string {
	switch v {
	case NotMeasured:
		return "not-measured"
	case NotApplicable:
		return "not-applicable"
	}
	return string(v)
}
