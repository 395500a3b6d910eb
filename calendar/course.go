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
	// Until is when they cease to be in force without others in their place;
	// zero where they hold until the next.
	Until Instant
	// LessThan excludes the limit itself: at the instant at which the target
	// is reached it is exceeded. (semantics 2.3)
	LessThan bool
}

// A Course is a clock whose terms change on the way. It is immutable.
type Course struct {
	rule    ChangeRule
	start   Instant
	since   []Instant
	clocks  []Clock
	targets []Target
	// ends say of several terms how each ended.
	ends []termsEnd
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

// A termsEnd is when terms ceased to be in force, and whether reaching the
// target exceeds it.
type termsEnd struct {
	at       Instant
	lessThan bool
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
	if len(terms) == 1 {
		return c, nil
	}
	c.addEnds(terms)
	if rule == FromChange {
		return c, c.countPiecewise(terms, pauses)
	}
	return c, nil
}

// addEnds says how terms ended.
func (c *Course) addEnds(terms []Terms) {
	for i := range terms {
		end := termsEnd{MaxInstant, terms[i].LessThan}
		if i+1 < len(terms) {
			end.at = c.since[i+1]
		}
		if until := terms[i].Until; until != 0 {
			end.at = max(c.start, min(end.at, until))
		}
		c.ends = append(c.ends, end)
	}
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

// InForce is the index of the terms that decide at t: those in force, unless
// earlier ones were exceeded while they were; these have decided, whatever came
// later.
func (c *Course) InForce(t Instant) (int, error) { return c.inForce(t, nil) }

func (c *Course) inForce(t Instant, asOf *Instant) (int, error) {
	last := len(c.since) - 1
	for last > 0 && c.since[last] > t {
		last--
	}
	switch c.rule {
	case First:
		return 0, nil
	case Strictest:
		return c.strictest(last, t, asOf)
	}
	for i := range last {
		if exceeded, err := c.exceeded(i); err != nil || exceeded {
			return i, err
		}
	}
	return last, nil
}

// exceeded says whether terms that ended were exceeded before.
func (c *Course) exceeded(i int) (bool, error) {
	k, end := c.clock(i), c.ends[i]
	if !end.lessThan {
		return k.Late(c.targets[i], end.at)
	}
	left, err := k.Remaining(c.targets[i], end.at)
	if err != nil || left > 0 {
		return false, err
	}
	at, _, err := k.DueAsOf(c.targets[i], end.at)
	return at < end.at, err
}

// strictest is the index, up to last, of the terms that were exceeded first by
// t; where none were, of those that fall due first; of those not known to fall
// due, the one with the least time left at t.
func (c *Course) strictest(last int, t Instant, asOf *Instant) (int, error) {
	var best strictness
	at := 0
	for i := 0; i <= last; i++ {
		due, known, err := c.dueUnder(i, asOf)
		if err != nil {
			return 0, err
		}
		left, err := c.clocks[i].Remaining(c.targets[i], t)
		if err != nil {
			return 0, err
		}
		exceeded := left < 0 || left == 0 && len(c.ends) > 0 && c.ends[i].lessThan
		if is := (strictness{exceeded, known, due, left}); i == 0 || is.before(best) {
			best, at = is, i
		}
	}
	return at, nil
}

// strictness is what tells which of several terms decides.
type strictness struct {
	exceeded, known bool
	due             Instant
	left            time.Duration
}

func (s strictness) before(o strictness) bool {
	switch {
	case s.exceeded != o.exceeded:
		return s.exceeded
	case s.known && o.known:
		return s.due < o.due
	case s.known || o.known:
		return s.known
	}
	return s.left < o.left
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

// DueAsOf is [Course.Due] as known at an instant, as for [Clock.DueAsOf];
// changes after it have not come.
func (c *Course) DueAsOf(asOf Instant) (at Instant, known bool, err error) { return c.due(&asOf) }

func (c *Course) due(asOf *Instant) (at Instant, known bool, err error) {
	t := c.since[len(c.since)-1]
	if asOf != nil {
		t = *asOf
	}
	i, err := c.inForce(t, asOf)
	if err != nil {
		return 0, false, err
	}
	return c.dueUnder(i, asOf)
}
