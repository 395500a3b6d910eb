package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Numbers that are no time: of events, of slots, of values. Those of parts are
// joined, and with the number of the window before their mean is taken, as
// those of time are.

// A number is what was measured of a subject in a window.
type number struct {
	// value is what was observed, bounds what it may have been with what nobody
	// observed; ok is false where there is no number at all, and left where there
	// is nothing it could be of.
	value    credits.Ratio
	bounds   measure.Bounds
	ok, left bool
	// waits says that something of the window may still come.
	waits bool
	// n is how many events or values it was made of.
	n     int64
	steps []Step
}

// numberOf measures a subject in a window.
func (v *view) numberOf(p *objectivePlan, s subject, span calendar.Interval) number {
	if join := p.written.Measure.Join; join != nil && join.Kind != JoinPooled {
		return v.joinedNumber(p, s, span)
	}
	return v.ownNumber(p, s, span)
}

// ownNumber measures it without a look at its parts.
func (v *view) ownNumber(p *objectivePlan, s subject, span calendar.Interval) number {
	switch {
	case p.written.Scheduled != nil:
		return v.ofSchedule(p, s, span)
	case p.kind == MeasureGood && p.written.Measure.Slots != nil:
		return v.ofSlots(p, s, span)
	case p.kind == MeasureGood, p.kind == MeasureFailed, p.kind == MeasureScore:
		return v.ofEvents(p, s, span)
	}
	return v.ofValues(p, s, span)
}

// joinedNumber makes one number of those of the parts that have one. Where a
// part has none because nobody observed it, there is none.
func (v *view) joinedNumber(p *objectivePlan, s subject, span calendar.Interval) (out number) {
	join := p.written.Measure.Join
	kind := v.e.contract.part(join.Over)
	if kind == nil {
		return out // Check refuses it
	}
	j := measure.NewJoiner(join.Kind.joining())
	out.ok, out.left = true, true
	end := instantBefore(span.End, v.valid)
	for _, part := range v.recordOf(s.service).partsIn(s, kind.Name, end) {
		if v.ineligible(p, part, end) != nil {
			continue
		}
		one := v.numberOfPart(p, part, span)
		weight, weighed := v.weightOf(join, part, end)
		shown := "–"
		out.waits = out.waits || one.waits
		if out.n += one.n; one.ok {
			shown, out.ok = p.show(one.value), out.ok && weighed
			j.Take(one.value, one.bounds, weight)
		}
		out.left = out.left && (one.left || one.ok)
		if len(out.steps) < 2*maxSteps {
			out.steps = append(append(out.steps, one.steps...), Step{Code: "part-number", Clause: p.id + "/measure", Args: []Arg{Name("part", part.part), Shown("measured", shown)}})
		}
	}
	out.ok, out.left = out.ok && out.left && j.N() > 0, j.N() == 0 && out.left
	if !out.ok {
		return out
	}
	if out.value, out.bounds, out.ok = j.Joined(); out.ok {
		out.steps = append(out.steps, Step{Code: "joined-number", Clause: p.id + "/measure", Args: []Arg{Shown("measured", p.show(out.value)), Prose("join", join.String())}})
	}
	return out
}

// numberOfPart is that of one part. One in which nothing happened, as its source
// saw, has nothing that a number could be of.
func (v *view) numberOfPart(p *objectivePlan, part subject, span calendar.Interval) number {
	one := v.ownNumber(p, part, span)
	if !one.ok && one.n == 0 {
		counted := p.kind == MeasureFailed || slices.ContainsFunc(p.written.Sources, func(s Source) bool { return s.Every != nil })
		one.left = one.left || !counted || !look{v: v, p: p, s: part, span: span}.observed().Within(span).IsEmpty()
	}
	return one
}

// ofTime says that the number is made of time that was down.
func (p *objectivePlan) ofTime() bool {
	return p.kind == MeasureAvailability || p.kind == MeasureDowntime || p.kind == MeasureOutages
}

// joining is how numbers become one.
func (k JoinKind) joining() measure.Joining {
	switch k {
	case JoinPooled:
		return measure.JoinSum
	case JoinLowest:
		return measure.JoinLowest
	case JoinHighest:
		return measure.JoinHighest
	case JoinWeighted:
		return measure.JoinWeighted
	}
	return measure.JoinMean
}

// judgeNumberOf measures and judges a window.
func (v *view) judgeNumberOf(p *objectivePlan, s subject, period Period) evaluated {
	ev := p.begin(s, period)
	ev.without = func(map[string]bool) evaluated { return v.judgeNumberOf(p, s, period) }
	if v.byFigure(&ev, nil) {
		return ev
	}
	got := v.numberOf(p, s, period.interval(v.e.zone).Intersect(v.e.term))
	smooth := v.smoothing(&ev)
	value, known := smooth.mean(got.value, asSeen)
	ok := got.ok && known && got.n >= int64(p.written.Measure.AtLeast)
	steps := got.steps
	if ok && (!got.bounds.Sure() || smooth.unsure()) {
		may := smooth.bounds(got.bounds)
		is, other := ev, ev
		is.value, other.value = p.lower(may.Low), p.higher(may.High)
		ok = !v.differs(is, other)
		steps = append(steps, Step{Code: "unseen-bounds", Clause: p.id + "/source", Args: p.boundArgs(may)})
	}
	if got.ok && smooth.asked {
		ev.exact = value
		steps = append(steps, v.beforeSteps(&ev, smooth, got.value)...)
	}
	v.judgeNumber(&ev, value, ok, got.left, steps)
	if r := &ev.result; got.waits && r.Verdict != Open {
		r.SoFar, r.Verdict, ev.hasValue = r.Verdict, Open, false
	}
	return ev
}
