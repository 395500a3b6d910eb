package clock

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// An Ahead is a clock that has not stopped, seen from an instant: what it
// will come to if nothing more happens to the ticket.
type Ahead struct {
	asOf  calendar.Instant
	clock calendar.Clock
	// Target is what the clock runs towards by the terms in force.
	Target time.Duration
	less   bool
	// base is what had counted when the present stretch of a rhythm began,
	// late how often its act was missed since, and cadence when it is owed.
	base    time.Duration
	late    int
	cadence *cadence // nil for an act that is owed once
	// under is the clock, or the stretch, by each of the terms that hold it at
	// once: the first by which it is late decides.
	under []Ahead
}

// Ahead looks ahead from asOf along the last life of a clock; the arguments are
// those of [Rules.Judge]. It is nil for a clock that does not run: not
// started, stopped or cancelled.
func (r *Rules) Ahead(m *Measure, terms []calendar.Terms, events []Event, asOf calendar.Instant) (*Ahead, error) {
	var notes []Note
	var usual [1]run
	runs, err := r.runs(usual[:0], m, terms, events, asOf, &notes)
	if err != nil || len(runs) == 0 || runs[len(runs)-1].stopped {
		return nil, err
	}
	one := &runs[len(runs)-1]
	pauses, err := r.pauses(m, events, asOf, &notes)
	if err != nil {
		return nil, err
	}
	if m.Kind == Rhythm {
		return m.aheadOfRhythm(one, terms, pauses, events, asOf)
	}
	own, _ := m.inForce(terms, one, asOf)
	own, _ = awake(own, one.idle)
	if len(one.idle) > 0 {
		pauses = append(pauses, calendar.Pause{Times: calendar.NewSet(one.idle...)})
	}
	course, err := calendar.NewCourse(calendar.FromReceipt, one.start, own, pauses...)
	if err != nil {
		return nil, err
	}
	i, err := course.InForce(asOf)
	if err != nil {
		return nil, err
	}
	k, target, _ := course.Under(i)
	a := &Ahead{asOf: asOf, clock: *k, Target: target.Time, less: own[i].LessThan}
	if len(own) > 1 {
		a.under = sideBySide(course, own, asOf)
	}
	return a, nil
}

// sideBySide is a clock by each of the terms that hold it at once; nil where
// there is but one.
func sideBySide(course *calendar.Course, terms []calendar.Terms, asOf calendar.Instant) (under []Ahead) {
	for i := range terms {
		k, target, until := course.Under(i)
		if terms[i].Since <= asOf && asOf < until && (i == 0 || terms[i].Rule != calendar.First) {
			under = append(under, Ahead{asOf: asOf, clock: *k, Target: target.Time, less: terms[i].LessThan})
		}
	}
	if len(under) == 1 {
		return nil
	}
	return under
}

// Reaches is the earliest instant at which the clock has counted d; false
// while that cannot be known, because a pause is open, or never happens.
func (a *Ahead) Reaches(d time.Duration) (calendar.Instant, bool) {
	at, known, err := a.clock.DueAsOf(calendar.ExactTarget(a.base+d), a.asOf)
	return at, known && err == nil
}

// LateAt is the first instant at which the clock is late: the one at which
// more than the target has counted, or the target itself for a limit that is
// excluded (semantics 2.3).
func (a *Ahead) LateAt() (first calendar.Instant, known bool) {
	for i := range a.under {
		if at, ok := a.under[i].LateAt(); ok && (!known || at < first) {
			first, known = at, true
		}
	}
	if len(a.under) > 0 {
		return first, known
	}
	limit := a.Target
	if a.cadence != nil {
		var err error
		if limit, err = a.cadence.owed(a.late + 1); err != nil {
			return 0, false
		}
	}
	if a.less {
		return a.Reaches(limit)
	}
	return a.Reaches(limit + 1)
}

// Turns is when the clock next begins or ceases to be held by what is known
// already: a limit on pauses that is used up, a wait that is not excused any
// more. It is false where nothing such is known.
func (a *Ahead) Turns() (calendar.Instant, bool) { return a.clock.Turns(a.asOf) }
