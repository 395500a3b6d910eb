package clock

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A gap is a stretch of a rhythm: from the start or an act to the next act,
// the stop, or the instant asked about. missed counts the acts that were owed
// in it and never came: ⌈gap ÷ limit⌉ − 1.
type gap struct {
	clock *calendar.Clock
	from  calendar.Instant
	// base had counted when it began; elapsed is its own time.
	base, elapsed time.Duration
	target        time.Duration
	missed        int
	terms         int
}

// rhythm judges an act that is owed again and again (forms T7 `every`, T9).
func (m *Measure) rhythm(one *run, terms []calendar.Terms, pauses []calendar.Pause, events []Event, asOf calendar.Instant) (Outcome, error) {
	at := asOf
	if one.stopped {
		at = one.stop
	}
	o := Outcome{Start: one.start, Stop: one.stop, Stopped: one.stopped, Gross: at.Sub(one.start)}
	if one.cancelled {
		o.State = CancelledAs
		return o, nil
	}
	gaps, err := m.gaps(one, terms, pauses, events, at)
	if err != nil {
		return o, err
	}
	for i := range gaps {
		g := &gaps[i]
		if g.missed > 0 && o.Missed == 0 {
			if o.Decided, _, err = g.clock.DueAsOf(calendar.ExactTarget(g.base+g.target), at); err != nil {
				return o, err
			}
		}
		o.Missed += g.missed
		if !one.stopped || g.elapsed >= o.Elapsed {
			o.Elapsed, o.Target, o.Terms = g.elapsed, g.target, g.terms
		}
	}
	last := &gaps[len(gaps)-1]
	if o.Held, err = last.clock.Paused(at); err != nil {
		return o, err
	}
	if o.Due, o.DueKnown, err = last.clock.DueAsOf(calendar.ExactTarget(last.base+last.target), at); err != nil {
		return o, err
	}
	switch {
	case o.Missed > 0 && o.Stopped:
		o.State = Late
	case o.Missed > 0:
		o.State = LateOpen
	case o.Stopped:
		o.State, o.Decided = Met, o.Stop
	case last.clock.PausedAt(at):
		o.State = Paused
	default:
		o.State = Running
	}
	return o, nil
}

// gaps cuts a run at its acts, and at the times while it was stopped.
func (m *Measure) gaps(one *run, terms []calendar.Terms, pauses []calendar.Pause, events []Event, at calendar.Instant) ([]gap, error) {
	type bounds struct{ from, to calendar.Instant }
	var all []bounds
	from, idle := one.start, one.idle
	var notes []Note
	for i := range events {
		e := &events[i]
		if e.At <= from || e.At > at {
			continue
		}
		for len(idle) > 0 && idle[0].Start < e.At {
			all = append(all, bounds{from, idle[0].Start})
			from, idle = idle[0].End, idle[1:]
		}
		if e.At > from && m.Acts.Has(e.Word) && m.stopsAt(e, &notes) {
			all = append(all, bounds{from, e.At})
			from = e.At
		}
	}
	all = append(all, bounds{from, max(from, at)})
	out := make([]gap, 0, len(all))
	for _, b := range all {
		g, err := m.gap(one.start, b.from, b.to, terms, pauses)
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// gap measures one stretch by the terms in force when it began.
func (m *Measure) gap(start, from, to calendar.Instant, terms []calendar.Terms, pauses []calendar.Pause) (g gap, err error) {
	g.from = from
	for g.terms+1 < len(terms) && terms[g.terms+1].Since <= from {
		g.terms++
	}
	t := &terms[g.terms]
	if g.clock, err = calendar.NewClock(t.Calendar, start, pauses...); err != nil {
		return g, err
	}
	fresh, err := calendar.NewClock(t.Calendar, from)
	if err != nil {
		return g, err
	}
	target, err := fresh.Target(t.Target, t.Zone, t.Business)
	if err != nil {
		return g, err
	}
	g.target = max(1, target.Time)
	if g.base, err = g.clock.Elapsed(from); err != nil {
		return g, err
	}
	reached, err := g.clock.Elapsed(to)
	if err != nil {
		return g, err
	}
	g.elapsed = reached - g.base
	over := g.elapsed
	if !t.LessThan {
		over--
	}
	if g.elapsed > 0 {
		g.missed = int(over / g.target)
	}
	return g, nil
}

// aheadOfRhythm looks ahead from the present stretch.
func (m *Measure) aheadOfRhythm(one *run, terms []calendar.Terms, pauses []calendar.Pause, events []Event, asOf calendar.Instant) (*Ahead, error) {
	gaps, err := m.gaps(one, terms, pauses, events, asOf)
	if err != nil {
		return nil, err
	}
	last := &gaps[len(gaps)-1]
	return &Ahead{asOf: asOf, clock: *last.clock, Target: last.target, less: terms[last.terms].LessThan, base: last.base, late: last.missed}, nil
}
