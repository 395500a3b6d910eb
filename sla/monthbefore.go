package sla

import (
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// The mean with the number of the window before (form F16, `averaged with the
// month before`).

// A numberBefore is the number of the window before as far as it was observed,
// and what it may have been; of time, the least downtime and the most.
type numberBefore struct {
	value  credits.Ratio
	bounds measure.Bounds
	// unknown says that there is a window before, and no number of it.
	unknown bool
}

// before is the number of the window before; nil where there is none: before
// the term, and where nothing of it was to be judged.
func (v *view) before(ev *evaluated) *numberBefore {
	p := ev.plan
	prior := p.begin(ev.subject, v.windowBefore(p, ev.period))
	if v.byFigure(&prior, nil) {
		if !prior.hasValue {
			return nil
		}
		return &numberBefore{value: prior.exact, bounds: measure.Exactly(prior.exact)}
	}
	if !p.ofTime() {
		span := prior.period.interval(v.e.zone).Intersect(v.e.term)
		got := v.numberOf(p, ev.subject, span)
		if span.IsEmpty() || got.left {
			return nil
		}
		return &numberBefore{value: got.value, bounds: got.bounds, unknown: !got.ok}
	}
	if p.written.Measure.Join != nil {
		parts, _ := v.joinedParts(&prior, nil)
		best, _, _, ok := p.join(parts, partValue.asUp)
		worst, _, _, _ := p.join(parts, partValue.asDown)
		if !ok {
			return nil
		}
		return beforeOfTime(best, worst)
	}
	in, _, whole := v.input(p, ev.subject, prior.period, nil)
	got := in.Compute()
	if whole.IsEmpty() || !got.Applicable {
		return nil
	}
	if p.kind == MeasureOutages {
		return &numberBefore{value: p.number(in, got), bounds: outageBounds(in)}
	}
	return beforeOfTime(p.number(in, got), p.number(in.Worst(), in.AllDown()))
}

// beforeOfTime is a number of time, with the least downtime that there may have
// been and with the most.
func beforeOfTime(best, worst credits.Ratio) *numberBefore {
	return &numberBefore{value: best, bounds: measure.Bounds{Low: measure.Bound{At: best}, High: measure.Bound{At: worst}}}
}

// asUp is what was measured of a part, taking time that nobody observed as up,
// and asDown taking it as down.
func (x partValue) asUp() (measure.Availability, measure.Available) { return x.in, x.got }

func (x partValue) asDown() (measure.Availability, measure.Available) {
	return x.in.Worst(), x.in.AllDown()
}

// A smoothing is how the numbers of a window become those that are compared:
// with the number before, where the contract says so.
type smoothing struct {
	asked, alone bool
	with         *numberBefore
}

// smoothing gathers it for a window.
func (v *view) smoothing(ev *evaluated) smoothing {
	m := &ev.plan.written.Measure
	s := smoothing{asked: m.WithBefore, alone: m.Alone}
	if s.asked {
		s.with = v.before(ev)
	}
	return s
}

// An end is which of the numbers that one may have been is meant.
type end int

// The ends: as far as it was seen, and with most of the downtime that there may
// have been.
const (
	asSeen end = iota
	atMost
)

// mean of a number and that of the window before at the same end; false where
// there is none and the first may not stand alone.
func (s smoothing) mean(value credits.Ratio, at end) (credits.Ratio, bool) {
	switch {
	case !s.asked || s.with == nil:
		return value, !s.asked || s.alone
	case s.with.unknown:
		return value, false
	}
	other := s.with.value
	if at == atMost {
		other = s.with.bounds.High.At
	}
	mean, _ := value.Add(other).Quo(credits.Int(2))
	return mean, true
}

// bounds are what the mean may be where both numbers may have been several.
func (s smoothing) bounds(own measure.Bounds) measure.Bounds {
	if !s.asked || s.with == nil || s.with.unknown {
		return own
	}
	return own.Mean(s.with.bounds)
}

// unsure says that time of the window before was not observed, and matters.
func (s smoothing) unsure() bool {
	return s.with != nil && (s.with.unknown || !s.with.bounds.Sure())
}

// beforeSteps tell the number of the window before, or that there is none, or
// that it is not known.
func (v *view) beforeSteps(ev *evaluated, s smoothing, own credits.Ratio) []Step {
	p := ev.plan
	args := []Arg{Name("before", v.windowBefore(p, ev.period).Name)}
	var steps []Step
	if s.unsure() {
		unknown := append(args, Name("source", sourceOf(p.written).Name))
		if b := s.with.bounds; !s.with.unknown && !b.Low.Open && !b.High.Open {
			best, worst := b.Low.At, b.High.At
			if !p.ofTime() {
				best, worst = worst, best
			}
			unknown = append(unknown, Shown("best", p.show(best)), Shown("worst", p.show(worst)))
		}
		steps = append(steps, Step{Code: "before-unobserved", Clause: p.id + "/source", Args: unknown})
	}
	switch {
	case s.with == nil:
		return append(steps, Step{Code: "alone", Clause: p.id + "/measure", Args: args})
	case s.with.unknown:
		return steps
	}
	return append(steps, Step{Code: "with-before", Clause: p.id + "/measure", Args: append(args,
		Shown("measured", p.show(ev.exact)), Shown("here", p.show(own)), Shown("there", p.show(s.with.value)))})
}
