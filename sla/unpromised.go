package sla

import (
	"errors"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// Clocks that no promise holds any more, and those that cannot be judged.

// unpromised is when a ticket changed into something that promises a measure
// nothing, and stayed so until an instant; false where a promise holds it, or
// a change applies otherwise (semantics 2.5).
func (e *Engine) unpromised(v *ticketView, scopes []*scope, m *clock.Measure, asOf calendar.Instant) (calendar.Instant, bool) {
	n := len(v.changes) - 1
	if n == 0 {
		return 0, false
	}
	for n > 0 && v.changes[n].since > asOf {
		n--
	}
	first := n
	for first >= 0 && !e.promised(scopes[first], m) {
		first--
	}
	if first == n || first < 0 {
		return 0, false
	}
	switch e.changeRule(e.changed(&v.changes[first], &v.changes[first+1])) {
	case calendar.Strictest, calendar.First:
		return 0, false
	}
	return v.changes[first+1].since, true
}

// lostLife says why a life of a clock has no verdict, and since when: nothing
// was promised when it ended, unless it was late before that; or nothing had
// been until it stopped, or has been yet.
func (e *Engine) lostLife(v *ticketView, scopes []*scope, c *heldClock, n int, o *clock.Outcome, asOf, promised calendar.Instant) (loss, calendar.Instant, error) {
	if len(v.changes) == 1 || o.State == clock.CancelledAs {
		return "", 0, nil
	}
	if t := &c.terms[o.Terms]; t.Left != 0 && c.measure.Leaves(t, o.Start) {
		return lostPromise, t.Left, nil // a new clock is held to what the ticket is then
	}
	end := asOf
	switch {
	case o.Stopped && promised >= o.Stop && promised > o.Start: // what it becomes as it stops holds it no more
		return lostStopped, o.Stop, nil
	case o.Stopped:
		end = o.Stop - 1
	case promised > asOf: // what comes later holds nothing yet
		return lostNotYet, promised, nil
	}
	cut, ok := e.unpromised(v, scopes, c.measure, end)
	if !ok {
		return "", 0, nil
	}
	late, err := c.wasLate(v, n, o.Start, cut-1) // the change holds from its instant on
	if err != nil || late {
		return "", 0, err
	}
	return lostPromise, cut, nil
}

// wasLate says whether the n-th life, begun at an instant, was late at another
// by a promise that held it until then, or until it stopped.
func (c *heldClock) wasLate(v *ticketView, n int, start, at calendar.Instant) (bool, error) {
	lives, err := c.judge(nil, v, at)
	if err != nil || n >= len(lives) || lives[n].Start != start || !lives[n].IsLate() {
		return false, err
	}
	o := &lives[n]
	if !o.Stopped {
		return true, nil
	}
	terms := &c.terms[o.Terms]
	if terms.Until != 0 && terms.Until <= o.Stop { // nothing held it when it stopped
		return c.wasLate(v, n, start, terms.Until-1)
	}
	return terms.Since <= o.Stop, nil
}

// promised says whether one of a row's promises is of a measure.
func (e *Engine) promised(s *scope, m *clock.Measure) bool {
	return slices.ContainsFunc(s.all(), func(i int) bool { return e.promises[i].measure.Name == m.Name })
}

// A loss is why a clock has no verdict, or "".
type loss string

// Why a clock has no verdict.
const (
	// lostPromise: nothing is promised any more.
	lostPromise loss = "unpromised"
	// lostStopped: it had stopped before anything was promised; lostNotYet: what
	// is promised is so from a later instant on, as by an amendment.
	lostStopped loss = "promised-later"
	lostNotYet  loss = "not-yet-promised"
	// lostHolidays: the holiday tables do not reach so far; lostDate: the date
	// on which it falls due does not exist; lostReach: it is out of reach.
	lostHolidays loss = "undecided-holidays"
	lostDate     loss = "undecided-date"
	lostReach    loss = "undecided-reach"
)

// decided says whether a clock was judged.
func (l loss) decided() bool {
	return l == "" || l == lostPromise || l == lostStopped || l == lostNotYet
}

// undecided says why a clock cannot be judged: how far the calendars reach, or
// that a date does not exist.
func undecided(err error) loss {
	var cover *calendar.CoverageError
	var missing *calendar.MissingDateError
	switch {
	case errors.As(err, &cover):
		return lostHolidays
	case errors.As(err, &missing):
		return lostDate
	}
	return lostReach
}
