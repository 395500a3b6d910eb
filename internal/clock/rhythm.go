package clock

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A gap is a stretch of a rhythm: from the start or an act to the next act,
// the stop, or the instant asked about. missed counts the acts that were owed
// in it and never came: ⌈gap ÷ limit⌉ − 1 where the limit is exact time, by each
// of its terms as long as they were in force, and of these the most.
type gap struct {
	clock *calendar.Clock
	// base had counted when it began; elapsed is its own time.
	base, elapsed time.Duration
	target        time.Duration
	missed        int
	// terms are those that decide, and how; due is when they fall due.
	terms    int
	cadence  *cadence
	lessThan bool
	due      calendar.Instant
	dueKnown bool
	// under is the stretch by each of its terms that is still in force at its end.
	under []Ahead
}

// rhythm judges an act that is owed again and again (forms T7 `every`, T9).
func (m *Measure) rhythm(one *run, terms []calendar.Terms, pauses []calendar.Pause, events []Event, asOf calendar.Instant) (Outcome, error) {
	at := asOf
	if one.stopped {
		at = one.stop
	}
	o := Outcome{Start: one.start, Stop: one.stop, Stopped: one.stopped, Gross: at.Sub(one.start)}
	gaps, err := m.gaps(one, terms, pauses, events, at)
	if err != nil {
		return o, err
	}
	for i := range gaps {
		g := &gaps[i]
		if g.missed > 0 && o.Missed == 0 {
			o.Decided = g.due
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
	o.Due, o.DueKnown = last.due, last.dueKnown
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
	if one.cancelled {
		o.cancel()
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
	for i, b := range all {
		known := b.to - 1 // a change at the end of a gap comes too late for it
		if i == len(all)-1 && !one.stopped {
			known = b.to
		}
		if i > 0 && nothingOwed(terms, b.from, known) {
			continue
		}
		g, err := m.gap(one.start, b.from, b.to, known, terms, pauses)
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// nothingOwed says whether no terms hold a gap: those before it ceased to be in
// force, and none have come.
func nothingOwed(terms []calendar.Terms, from, known calendar.Instant) bool {
	last := len(terms) - 1
	for last > 0 && terms[last].Since > known {
		last--
	}
	return terms[last].Until != 0 && terms[last].Until <= from
}

// gap measures one stretch, by the terms in force when it began and those that
// came in it: a change applies to it from its beginning, as to other clocks
// from the receipt (semantics 2.5). known is until when changes concern it.
func (m *Measure) gap(start, from, to, known calendar.Instant, terms []calendar.Terms, pauses []calendar.Pause) (g gap, err error) {
	first := termsAt(terms, start, false)
	first += termsAt(terms[first:], from, true)
	last := first
	for last+1 < len(terms) && terms[last+1].Since <= known {
		last++
	}
	own, base := append([]calendar.Terms{}, terms[first:last+1]...), make([]time.Duration, last+1-first)
	cadences := make([]*cadence, len(own))
	for i, before := 0, 0; i < len(own); i++ {
		t := &own[i]
		t.Unpromised = false // what came in a stretch concerns it from its beginning on
		if i > 0 && t.Rule == calendar.First {
			continue
		}
		if cadences[i], err = newCadence(&terms[first+i], from); err != nil {
			return g, err
		}
		owed, err := cadences[i].owed(1)
		if err != nil {
			return g, err
		}
		if i > 0 && t.Rule == calendar.FromChange {
			base[i] = base[before] // what had counted then had by the calendars before
		} else {
			k, err := calendar.NewClock(t.Calendar, start, pauses...)
			if err != nil {
				return g, err
			}
			if base[i], err = k.Elapsed(from); err != nil {
				return g, err
			}
		}
		t.Target, before = calendar.ExactLength(base[i]+owed), i
	}
	course, err := calendar.NewCourse(calendar.FromReceipt, start, own, pauses...)
	if err != nil {
		return g, err
	}
	return g, g.measure(course, own, base, cadences, first, to)
}

// measure fills in what a stretch comes to at its end.
func (g *gap) measure(course *calendar.Course, terms []calendar.Terms, base []time.Duration, cadences []*cadence, first int, to calendar.Instant) error {
	for i := range terms {
		if i > 0 && terms[i].Rule == calendar.First {
			continue
		}
		k, _, until := course.Under(i)
		if terms[i].Until != 0 {
			until = min(until, terms[i].Until) // nothing is owed from then on
		}
		if until > to {
			g.under = append(g.under, Ahead{clock: *k, Target: terms[i].Target.Duration() - base[i], less: terms[i].LessThan, base: base[i], cadence: cadences[i]})
		}
		reached, err := k.Elapsed(min(to, until))
		if err != nil {
			return err
		}
		if over := reached - base[i]; over > 0 {
			if !terms[i].LessThan {
				over--
			}
			missed, err := cadences[i].missed(over)
			if err != nil {
				return err
			}
			g.missed = max(g.missed, missed)
		}
	}
	i, err := course.InForce(to)
	if err != nil {
		return err
	}
	if g.due, g.dueKnown, err = course.DueAsOf(to); err != nil {
		return err
	}
	g.clock, _, _ = course.Under(i)
	if terms[i].Until != 0 {
		to = min(to, terms[i].Until)
	}
	reached, err := g.clock.Elapsed(to)
	if err != nil {
		return err
	}
	g.terms, g.base, g.cadence, g.lessThan = first+i, base[i], cadences[i], terms[i].LessThan
	g.elapsed, g.target = reached-base[i], terms[i].Target.Duration()-base[i]
	return nil
}

// aheadOfRhythm looks ahead from the present stretch.
func (m *Measure) aheadOfRhythm(one *run, terms []calendar.Terms, pauses []calendar.Pause, events []Event, asOf calendar.Instant) (*Ahead, error) {
	gaps, err := m.gaps(one, terms, pauses, events, asOf)
	if err != nil {
		return nil, err
	}
	last := &gaps[len(gaps)-1]
	for i := range last.under {
		last.under[i].asOf, last.under[i].late = asOf, last.missed
	}
	return &Ahead{asOf: asOf, clock: *last.clock, Target: last.target, less: last.lessThan, base: last.base, late: last.missed, cadence: last.cadence, under: last.under}, nil
}
