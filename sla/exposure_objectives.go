package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// The windows of a year, each objective at its worst.

// gather makes the windows of all objectives with a credit.
func (x *exposing) gather(from, to calendar.Date) error {
	x.boundless = map[string]bool{}
	for i := range x.e.plans {
		p := &x.e.plans[i]
		if !slices.ContainsFunc(p.ways(), func(w *objectivePlan) bool { return w.written != nil && len(w.written.priced()) > 0 }) {
			continue
		}
		for _, service := range p.services {
			s := subject{service: service}
			for _, w := range x.windowsAtWorst(p, s, from, to) {
				span := w.interval(x.e.zone).Intersect(x.e.term)
				if span.IsEmpty() {
					continue
				}
				of, _ := x.inTurn(p, w)
				if of.agreed != nil {
					if err := of.agreed.Check(span); err != nil {
						return &EvaluationError{err}
					}
				}
				x.evs = append(x.evs, x.at(of, s, w, nil))
			}
		}
		x.boundless[p.id] = p.written.boundless() || p.written.grows()
	}
	slices.SortStableFunc(x.evs, func(a, b evaluated) int { return cmp.Compare(a.period.Name, b.period.Name) })
	return nil
}

// windowsAtWorst are the windows of an objective in the year; of those that
// facts make, one for each settlement period stands for all.
func (x *exposing) windowsAtWorst(p *objectivePlan, s subject, from, to calendar.Date) []Period {
	if shape, _ := p.window.shape(); shape.slides == slidesOutage || shape.slides == slidesClaim {
		return slices.Clone(x.periods)
	}
	return x.windowsInTurn(p, s, from, to)
}

// boundless says that the credit of an objective grows with a number that
// nothing bounds: of tickets, outages, claims or parts.
func (o *Objective) boundless() bool {
	if shape, _ := o.Measure.Window.shape(); shape.slides == slidesOutage || shape.slides == slidesClaim || o.ForEach != "" && o.ForEach != "service" {
		return true
	}
	for _, c := range o.priced() {
		if c.Each == nil {
			continue
		}
		switch c.Each.Thing {
		case ThingLateTicket, ThingLateness:
			return true
		case ThingOutage:
			if o.Measure.Kind != MeasureOutages || c.Each.LongerThan != nil {
				return true
			}
		case ThingOutages:
			if c.Each.Counted == credits.Started {
				return true
			}
		}
	}
	return false
}

// grows says that what is measured is itself a number that nothing bounds and
// that the credit is for each of.
func (o *Objective) grows() bool {
	return o.Measure.Kind == MeasureOutages && !o.boundless() && slices.ContainsFunc(o.priced(), func(c pricedCredit) bool { return c.Each != nil })
}

// many stands for a number that nothing bounds.
const many = 1_000_000_000_000

// at is a window with a measured value; nil is the worst there is.
func (x *exposing) at(p *objectivePlan, s subject, w Period, value *credits.Ratio) evaluated {
	if value == nil {
		p = p.tightest()
	}
	ev := p.begin(s, w)
	agreed := x.agreedTime(p, s, w).Measure()
	if value == nil {
		value = ptrTo(x.worst(p, agreed))
	}
	ev.exact, ev.value, ev.hasValue = *value, p.compared(*value), true
	ev.result.Verdict = p.verdict(ev.value)
	if p.kind == MeasureVerdict {
		ev.result.Verdict = Missed
	}
	switch p.kind {
	case MeasureAvailability:
		ev.of = agreed
		ev.down = credits.Int(1).Sub(*value).Mul(measure.Exact(agreed))
	case MeasureDowntime:
		ev.of = agreed
		ev.down = value.Mul(measure.Exact(time.Second))
	case MeasureOutages:
		ev.of, ev.down = agreed, measure.Exact(agreed)
	}
	if ev.of > 0 && ev.down.Sign() > 0 && !p.written.grows() {
		ev.runs = []credits.Ratio{ev.down}
	}
	if len(p.promises) > 0 && ev.result.Verdict == Missed {
		ev.late = []lateClock{{promise: p.longest(x.e), service: s.service, overdue: time.Second}}
		for _, c := range p.written.priced() {
			if c.Each != nil && c.Each.LongerThan != nil {
				ev.late[0].overdue = max(ev.late[0].overdue, c.Each.LongerThan.Duration()+time.Second)
			}
		}
		ev.total = 1
	}
	return ev
}

// tightest is an objective with the target to which a ratchet may move it at
// the most; where nothing bounds that, as it is written.
func (p *objectivePlan) tightest() *objectivePlan {
	r := p.written.Ratchet
	if r == nil || p.level == nil {
		return p
	}
	of, level := *p, credits.Ratio{}
	switch {
	case r.Goal != nil:
		level = r.Goal.size(p.unit)
	case r.Limit != nil:
		level = r.Limit.size(p.unit)
	case p.inPercent() && p.op.Upward():
		level = credits.Int(1)
	case !p.inPercent():
		return p
	}
	of.level = &level
	return &of
}

// longest is the promise of an objective that gives most time.
func (p *objectivePlan) longest(e *Engine) int {
	return slices.MaxFunc(p.promises, func(a, b int) int {
		order, _ := compareLengths(e.promises[a].within, e.promises[b].within)
		return order
	})
}

// worst is the number furthest on the wrong side of a target.
func (x *exposing) worst(p *objectivePlan, agreed time.Duration) credits.Ratio {
	upward := p.op.Upward() || p.level == nil && unitOf(p.kind) == "share"
	switch unit := unitOf(p.kind); {
	case upward && unit == "quantity":
		return credits.Int(-many)
	case upward:
		return credits.Ratio{}
	case unit == "share":
		return credits.Int(1)
	case p.kind == MeasureDowntime:
		return inSeconds(measure.Exact(agreed))
	}
	return credits.Int(many)
}
