package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// judgeSlots takes the mean of the ratios of slots. What a slot without events
// counts as, the contract says; a slot of which the source said nothing is not
// observed.
func (v *view) judgeSlots(ev *evaluated, span calendar.Interval, tallies []measure.Tally, excluded int64) {
	p := ev.plan
	covered := v.coveredAny(p, ev.subject)
	known := span.Intersect(calendar.Interval{Start: calendar.MinInstant, End: v.valid})
	var best, worst measure.Mean
	slots, empty, silent, spanning := 0, 0, 0, 0
	measure.Slots(known, p.written.Measure.Slots.Duration(), tallies, func(s measure.Slot) {
		if !p.during(s.At.Start) {
			return
		}
		slots, spanning = slots+1, spanning+s.Spanning
		switch {
		case s.Total > 0:
			best.Add(s.Total-s.Failed, s.Total)
			worst.Add(s.Total-s.Failed, s.Total)
			return
		case !s.Seen && !covered.Contains(s.At.Start):
			silent++
			best.Add(1, 1)
			worst.Add(0, 1)
			return
		}
		empty++
		switch p.written.Without.Events {
		case AssumedUp:
			best.Add(1, 1)
			worst.Add(1, 1)
		case AssumedDown:
			best.Add(0, 1)
			worst.Add(0, 1)
		}
	})
	v.spans(p, ev.subject, span, spanning)
	value, ok := best.Value()
	low, _ := worst.Value()
	steps := []Step{{Code: "slots", Clause: p.id + "/measure", Args: []Arg{
		Count("n", slots), Length("each", *p.written.Measure.Slots), Count("empty", empty), Phrase("as", orDefault("assumed "+Slug(string(p.written.Without.Events)), "")),
	}}}
	if silent > 0 {
		steps = append(steps, Step{Code: "silent-slots", Clause: p.id + "/source", Args: []Arg{Count("n", silent)}})
		is, other := *ev, *ev
		is.value, other.value = p.compared(value), p.compared(low)
		ok = ok && !v.differs(is, other)
	}
	v.judgeNumber(ev, value, ok, slots == 0 && excluded > 0, steps)
}

// coveredAny is when any of the objective's sources covered a subject.
func (v *view) coveredAny(p *objectivePlan, s subject) (all calendar.Set) {
	for _, source := range p.written.Sources {
		all = all.Union(v.covered(s, source.Name))
	}
	return all
}
