package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// ofSlots is the mean of the ratios of slots. What a slot without events counts
// as, the contract says; a slot of which the source said nothing is not
// observed. Slots of announced work that is left out do not count.
func (v *view) ofSlots(p *objectivePlan, s subject, span calendar.Interval) (out number) {
	tallies, excluded := v.events(p, s, span)
	covered, away := v.coveredAny(p, s), v.awayFor(p, s)
	known := span.Intersect(calendar.Interval{Start: calendar.MinInstant, End: v.valid})
	var m slotMean
	apart, spanning := 0, 0
	measure.Slots(known, p.written.Measure.Slots.Duration(), tallies, func(s measure.Slot) {
		switch {
		case !p.during(s.At.Start):
			return
		case away.Contains(s.At.Start):
			apart++
			return
		}
		spanning, out.n = spanning+s.Spanning, out.n+s.Total
		m.take(s, s.Seen || covered.Contains(s.At.Start), &p.written.Without)
	})
	v.spans(p, s, span, spanning)
	out.value, out.ok = m.best.Value()
	worst, _ := m.worst.Value()
	out.bounds = measure.Between(worst, out.value)
	out.left = m.slots == 0 && excluded+int64(apart) > 0
	out.steps = []Step{{Code: "slots", Clause: p.id + "/measure", Args: []Arg{
		Count("n", m.slots), Length("each", *p.written.Measure.Slots), Count("empty", m.empty), Phrase("as", orDefault("assumed "+Slug(string(p.written.Without.Events)), "")),
	}}}
	if apart > 0 {
		out.steps = append(out.steps, Step{Code: "away-work-slots", Clause: p.id + "/exclude", Args: []Arg{Count("n", apart), List("causes", p.written.AwayDown)}})
	}
	if m.silent > 0 {
		step := Step{Code: "silent-slots", Clause: p.id + "/source", Args: []Arg{Count("n", m.silent)}}
		if as := p.written.Without.Data; as != "" {
			step.Args = append(step.Args, Phrase("as", "assumed "+Slug(string(as))))
		}
		out.steps = append(out.steps, step)
	}
	return out
}

// A slotMean takes in slots one by one: the mean at its best and at its worst,
// which differ by slots of which nothing is known nor assumed.
type slotMean struct {
	best, worst          measure.Mean
	slots, empty, silent int
}

func (m *slotMean) take(s measure.Slot, seen bool, without *Without) {
	m.slots++
	assumed := without.Events
	switch {
	case s.Total > 0:
		m.add(s.Total-s.Failed, s.Total)
		return
	case seen:
		m.empty++
	default:
		m.silent++
		assumed = without.Data
	}
	switch {
	case assumed == AssumedUp:
		m.add(1, 1)
	case assumed == AssumedDown:
		m.add(0, 1)
	case assumed == "" && !seen:
		m.best.Add(1, 1)
		m.worst.Add(0, 1)
	}
}

func (m *slotMean) add(good, total int64) {
	m.best.Add(good, total)
	m.worst.Add(good, total)
}

// coveredAny is when any of the objective's sources covered a subject.
func (v *view) coveredAny(p *objectivePlan, s subject) (all calendar.Set) {
	for _, source := range p.written.Sources {
		all = all.Union(v.covered(s, source.Name))
	}
	return all
}
