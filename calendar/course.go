package calendar

import (
	"math"
	"time"
)

// A ChangeRule says what a change of priority, tier, site or calendar does to
// a clock that is already running. (semantics 2.5)
type ChangeRule string

// The rules for changes.
const (
	// FromReceipt counts the new target and calendar from the receipt, with
	// the pauses so far: as if they had always been in force.
	FromReceipt ChangeRule = "from receipt"
	// FromChange keeps the time elapsed and counts on by the new calendar,
	// towards the new target.
	FromChange ChangeRule = "from the change"
	// Strictest holds to whichever of the terms so far falls due first.
	Strictest ChangeRule = "the strictest"
	// First holds to the first terms, whatever comes later.
	First ChangeRule = "the first"
)

// Terms are what a clock is held to from an instant on.
type Terms struct {
	// Since is when the terms come into force, at the earliest with the
	// receipt. The first terms decide from the receipt on, but never make a
	// clock due before their Since.
	Since Instant
	// Calendar is the clock's calendar; nil for the wall clock.
	Calendar *Calendar
	// Target is the length promised. Zone and Business resolve one in dates
	// or business days, as in [Due].
	Target   Length
	Zone     *Zone
	Business *Calendar
}

// A Course is a clock whose terms change on the way. It is immutable.
type Course struct {
	rule    ChangeRule
	start   Instant
	since   []Instant
	clocks  []Clock
	targets []Target
	// whole counts piecewise, for FromChange; nil while nothing has changed.
	whole *Clock
	// first holds the terms of a course that never changes, so that it is
	// made in one piece.
	first struct {
		since  [1]Instant
		clock  [1]Clock
		target [1]Target
	}
}

// NewCourse returns the course of a clock under a rule. There must be at least
// one Terms, in order of Since; an unknown rule or no terms is a *SyntaxError.
// The other errors are those of [NewClock] and [Clock.Target].
func NewCourse(rule ChangeRule, start Instant, terms []Terms, pauses ...Pause) (*Course, error) {
	switch rule {
	case FromReceipt, FromChange, Strictest, First:
	default:
		return nil, &SyntaxError{What: "rule for changes", Text: string(rule)}
	}
	if len(terms) == 0 {
		return nil, &SyntaxError{What: "list of terms"}
	}
	c := &Course{rule: rule, start: start}
	c.since, c.clocks, c.targets = c.first.since[:0], c.first.clock[:0], c.first.target[:0]
	for i := range terms {
		if err := c.append(&terms[i], pauses); err != nil {
			return nil, err
		}
	}
	if rule == FromChange && len(terms) > 1 {
		return c, c.countPiecewise(terms, pauses)
	}
	return c, nil
}

// append adds terms with the clock that counts by them from the receipt.
func (c *Course) append(t *Terms, pauses []Pause) error {
	c.clocks = append(c.clocks, Clock{})
	clock := &c.clocks[len(c.clocks)-1]
	if err := clock.begin(t.Calendar, c.start, pauses); err != nil {
		return err
	}
	target, err := clock.Target(t.Target, t.Zone, t.Business)
	if err != nil {
		return err
	}
	c.since, c.targets = append(c.since, max(c.start, t.Since)), append(c.targets, target)
	return nil
}

// countPiecewise makes the clock by which each calendar counts while it is in
// force. A target in dates is then a time on that clock and no instant of its
// own, for other calendars counted before.
func (c *Course) countPiecewise(terms []Terms, pauses []Pause) error {
	phases := make([]phase, len(terms))
	for i := range terms {
		phases[i] = phase{c.since[i], terms[i].Calendar}
		if i > 0 {
			c.targets[i].Unpaused = nil
		}
	}
	phases[0].since = math.MinInt64
	var err error
	c.whole, err = newClock(phases, c.start, pauses)
	return err
}

// InForce is the index of the terms that decide at t.
func (c *Course) InForce(t Instant) (int, error) {
	last := len(c.since) - 1
	for last > 0 && c.since[last] > t {
		last--
	}
	switch c.rule {
	case First:
		return 0, nil
	case Strictest:
		return c.strictest(last, t, nil)
	}
	return last, nil
}

// strictest is the index, up to last, of the terms that fall due first; of
// those not known to fall due, the one with the least time left at t.
func (c *Course) strictest(last int, t Instant, asOf *Instant) (int, error) {
	best, bestDue, bestKnown := 0, Instant(0), false
	var bestLeft time.Duration
	for i := 0; i <= last; i++ {
		due, known, err := c.dueUnder(i, asOf)
		if err != nil {
			return 0, err
		}
		left, err := c.clocks[i].Remaining(c.targets[i], t)
		if err != nil {
			return 0, err
		}
		earlier := known && (!bestKnown || due < bestDue)
		tighter := !known && !bestKnown && left < bestLeft
		if i == 0 || earlier || tighter {
			best, bestDue, bestKnown, bestLeft = i, due, known, left
		}
	}
	return best, nil
}

// dueUnder is when the i-th terms fall due: never before they apply.
func (c *Course) dueUnder(i int, asOf *Instant) (Instant, bool, error) {
	at, known, err := c.clock(i).dueAsOf(c.targets[i], asOf)
	if at != 0 || known {
		at = max(at, c.since[i])
	}
	return at, known, err
}

// clock is the clock that measures under the i-th terms.
func (c *Course) clock(i int) *Clock {
	if c.whole != nil {
		return c.whole
	}
	return &c.clocks[i]
}

// Clock returns the clock that decides at t, and its target.
func (c *Course) Clock(t Instant) (*Clock, Target, error) {
	i, err := c.InForce(t)
	if err != nil {
		return nil, Target{}, err
	}
	return c.clock(i), c.targets[i], nil
}

// Elapsed is the time that counts at t under the terms that decide then.
func (c *Course) Elapsed(t Instant) (time.Duration, error) {
	k, _, err := c.Clock(t)
	if err != nil {
		return 0, err
	}
	return k.Elapsed(t)
}

// Remaining is what is left at t under the terms that decide then.
func (c *Course) Remaining(t Instant) (time.Duration, error) {
	k, target, err := c.Clock(t)
	if err != nil {
		return 0, err
	}
	return k.Remaining(target, t)
}

// Due is when the course falls due, all its changes known: the earliest
// instant at which the terms then deciding are used up. Terms that were
// exceeded while they were in force have decided, whatever came later; and a
// change never makes it due earlier than the change itself. It is not known,
// and false, as for [Clock.Due]. (semantics 2.5)
func (c *Course) Due() (at Instant, known bool, err error) { return c.due(nil) }

// DueAsOf is [Course.Due] as known at an instant, as for [Clock.DueAsOf].
func (c *Course) DueAsOf(asOf Instant) (at Instant, known bool, err error) { return c.due(&asOf) }

func (c *Course) due(asOf *Instant) (at Instant, known bool, err error) {
	switch c.rule {
	case First:
		return c.dueUnder(0, asOf)
	case Strictest:
		i, err := c.strictest(len(c.since)-1, c.since[len(c.since)-1], asOf)
		if err != nil {
			return 0, false, err
		}
		return c.dueUnder(i, asOf)
	}
	last := len(c.since) - 1
	for i := range last {
		if late, err := c.clock(i).Late(c.targets[i], c.since[i+1]); err != nil {
			return 0, false, err
		} else if late {
			return c.dueUnder(i, asOf)
		}
	}
	return c.dueUnder(last, asOf)
}
