package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// How many things there were that an amount is due for each of (semantics 5,
// step 1).

// countEach is the number of things an amount is due for, or the phrase that says
// which fact is missing to know it.
func (v *view) countEach(ev *evaluated, e *Each) (n credits.Ratio, missing string) {
	if e.unsized() {
		return n, missingQuantity
	}
	switch e.Thing {
	case ThingLateTicket, ThingLateness:
		return v.countLate(ev, e)
	case ThingDowntime:
		down, of := v.lost(ev)
		return credits.Units(beyond(down, ev.plan.allowance(of), e.BeyondAllowance, e.Beyond), e.size(), e.Counted), ""
	case ThingOutages, ThingOutage:
		return countOutages(ev, e)
	case ThingPoints:
		return credits.Units(ev.plan.short(ev.value), e.Points.Ratio(), e.Counted), ""
	}
	n, ok := v.quantity(e.Quantity, ev.owner(), ev.period)
	if !ok {
		return n, missingQuantity
	}
	size := credits.Int(1)
	if e.Number != nil {
		size = credits.RatioOfDecimal(e.Number.Value)
	}
	if e.BeyondAllowance && ev.plan.level != nil {
		n = n.Sub(*ev.plan.level)
	}
	return credits.Units(n, size, e.Counted), ""
}

// What a credit cannot be known without.
const (
	missingQuantity = "word missing-quantity"
	missingRuns     = "word missing-runs"
	missingTimes    = "word missing-times"
)

// countLate is the number of late tickets that pay, or of units of time by
// which they were late, rounded for each.
func (v *view) countLate(ev *evaluated, e *Each) (n credits.Ratio, missing string) {
	late := v.beyondAllowance(ev, e)
	if (e.Thing == ThingLateness || e.LongerThan != nil) && slices.ContainsFunc(late, func(l lateClock) bool { return l.counted }) {
		return n, missingTimes
	}
	for _, l := range late {
		switch {
		case e.LongerThan != nil && (l.target+l.overdue <= e.LongerThan.Duration() || l.on && l.target+l.before > e.LongerThan.Duration()):
		case e.Thing == ThingLateTicket:
			n = n.Add(credits.Int(1))
		default:
			units := func(late time.Duration) credits.Ratio {
				return credits.Units(beyond(inSeconds(measure.Exact(late)), credits.Ratio{}, false, e.Beyond), e.size(), e.Counted)
			}
			n = n.Add(units(l.overdue).Sub(units(l.before)))
		}
	}
	return n, ""
}

// countOutages is the number of outages that pay, or of units of time that they
// lasted, rounded for each. Of a figure supplied ready-made no more is known
// than its value: the number of them, or that there were none.
func countOutages(ev *evaluated, e *Each) (n credits.Ratio, missing string) {
	if ev.runs == nil {
		none := credits.Ratio{}
		if ev.plan.kind == MeasureAvailability {
			none = credits.Int(1)
		}
		switch {
		case ev.exact.Equal(none):
			return n, ""
		case e.Thing == ThingOutage && e.LongerThan == nil && ev.plan.kind == MeasureOutages:
			return ev.value, ""
		}
		return n, missingRuns
	}
	for _, run := range ev.runs {
		switch {
		case e.Thing == ThingOutages:
			n = n.Add(credits.Units(beyond(inSeconds(run), credits.Ratio{}, false, e.Beyond), e.size(), e.Counted))
		case e.LongerThan == nil || inSeconds(run).Cmp(inSeconds(measure.Exact(e.LongerThan.Duration()))) > 0:
			n = n.Add(credits.Int(1))
		}
	}
	return n, ""
}

// size is one unit of time, in seconds.
func (e *Each) size() credits.Ratio { return inSeconds(measure.Exact(e.Time.Duration())) }

// unsized says that the unit is missing by which something is counted, as a
// contract built without the language may have it.
func (e *Each) unsized() bool {
	switch e.Thing {
	case ThingLateness, ThingDowntime, ThingOutages:
		return e.Time == nil
	case ThingPoints:
		return e.Points == nil
	}
	return false
}

// beyondAllowance lists the late tickets that may pay: all of them, or those that
// the allowance does not absorb, where it is spoken of.
func (v *view) beyondAllowance(ev *evaluated, e *Each) []lateClock {
	if e.BeyondAllowance && len(ev.late) > 0 && ev.late[0].on { // decided before, allowed then
		return slices.DeleteFunc(slices.Clone(ev.late), func(l lateClock) bool { return l.absorbed })
	}
	if e.BeyondAllowance {
		return ev.late[min(ev.allowed, len(ev.late)):]
	}
	return ev.late
}
