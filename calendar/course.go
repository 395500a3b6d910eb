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
	// Left is when what they held became something of which nothing is promised,
	// although under Strictest or First they hold on; zero where it did not. A
	// clock that starts later is not held by them; a Course reads it not.
	Left Instant
	// LessThan excludes the limit itself: at the instant at which the target
	// is reached it is exceeded. (semantics 2.3) One in dates falls due when
	// its open time is used up, not at its own instant, which may lie later.
	LessThan bool
	// Unpromised says that nothing was promised just before these terms: from
	// the start, or from the Until of those before. Under FromChange that time
	// does not count, for no calendar was in force in it.
	Unpromised bool
	// Rule is how the change to these terms applies, where what changes has a
	// rule of its own; empty means that of the course. Terms to which First
	// applies leave those before in force.
	Rule ChangeRule
}

// A Course is a clock whose terms change on the way. It is immutable.
type Course struct {
	rule  ChangeRule
	start Instant
	// first are the terms from the receipt on, later those that came after;
	// most courses have none.
	first courseTerms
	later []courseTerms
}

// courseTerms are terms, the clock that counts by them, and when they come into
// force. Of several, end says how they ended.
type courseTerms struct {
	since  Instant
	clock  Clock
	target Target
	end    termsEnd
}

// A termsEnd is when terms ceased to be in force, whether reaching the target
// exceeds it, and by which rule they came.
type termsEnd struct {
	at       Instant
	lessThan bool
	rule     ChangeRule
}

// NewCourse returns the course of a clock under a rule. There must be at least
// one Terms, in order of Since; an unknown rule or no terms is a *SyntaxError.
// The other errors are those of [NewClock] and [Clock.Target].
func NewCourse(rule ChangeRule, start Instant, terms []Terms, pauses ...Pause) (*Course, error) {
	c := &Course{rule: rule, start: start} // inlined, so that it may live on its caller's stack
	return c, c.begin(terms, pauses)
}

// begin fills in what the terms make of the course.
func (c *Course) begin(terms []Terms, pauses []Pause) error {
	if !c.rule.known() {
		return &SyntaxError{What: "rule for changes", Text: string(c.rule)}
	}
	if len(terms) == 0 {
		return &SyntaxError{What: "list of terms"}
	}
	if err := c.first.begin(c.start, &terms[0], pauses); err != nil || len(terms) == 1 && !terms[0].Unpromised {
		return err
	}
	c.later = make([]courseTerms, len(terms)-1)
	for i := range c.later {
		if err := c.later[i].begin(c.start, &terms[i+1], pauses); err != nil {
			return err
		}
	}
	if err := c.addEnds(terms); err != nil {
		return err
	}
	return c.countPiecewise(terms, pauses)
}

func (r ChangeRule) known() bool {
	return r == FromReceipt || r == FromChange || r == Strictest || r == First
}

// begin fills in the clock that counts by terms from the receipt.
func (c *courseTerms) begin(start Instant, t *Terms, pauses []Pause) (err error) {
	c.since = max(start, t.Since)
	c.clock.calendar, c.clock.start = t.Calendar, start
	if err = c.clock.hold(pauses); err == nil {
		c.target, err = c.clock.Target(t.Target, t.Zone, t.Business)
		if t.LessThan {
			c.target.Unpaused = nil
		}
	}
	return err
}

// addEnds says how terms came and ended: with the next that stand in their
// place. Stricter ones stand beside them.
func (c *Course) addEnds(terms []Terms) error {
	end := MaxInstant
	for i := c.last(); i >= 0; i-- {
		rule := terms[i].Rule
		if rule == "" {
			rule = c.rule
		}
		if !rule.known() {
			return &SyntaxError{What: "rule for changes", Text: string(rule)}
		}
		c.at(i).end = termsEnd{end, terms[i].LessThan, rule}
		if until := terms[i].Until; until != 0 {
			c.at(i).end.at = max(c.start, min(end, until))
		}
		if rule == FromReceipt || rule == FromChange {
			end = c.at(i).since
		}
	}
	return nil
}

// at are the i-th terms, last the index of the last ones.
func (c *Course) at(i int) *courseTerms {
	if i == 0 {
		return &c.first
	}
	return &c.later[i-1]
}

func (c *Course) last() int { return len(c.later) }

// countPiecewise makes the clocks by which each calendar counts while it is in
// force: one for terms and those that follow from a change. A target in dates is
// then a time on that clock and no instant of its own, for other calendars
// counted before.
func (c *Course) countPiecewise(terms []Terms, pauses []Pause) error {
	for i := 0; i < len(terms); {
		phases := []phase{{since: math.MinInt64, calendar: terms[i].Calendar}}
		late := c.startsLate(i, &terms[i])
		if late {
			phases = []phase{{since: math.MinInt64, closed: true}, {since: c.at(i).since, calendar: terms[i].Calendar}}
		}
		until := terms[i].Until
		next := i + 1
		for ; next < len(terms) && (c.passed(next) || c.at(next).end.rule == FromChange); next++ {
			if c.passed(next) {
				continue
			}
			if terms[next].Unpromised && until != 0 {
				phases = append(phases, phase{since: until, closed: true})
			}
			phases = append(phases, phase{since: c.at(next).since, calendar: terms[next].Calendar})
			until = terms[next].Until
		}
		if len(phases) > 1 {
			whole := Clock{start: c.start, phases: phases}
			if err := whole.hold(pauses); err != nil {
				return err
			}
			for k := i; k < next; k++ {
				c.at(k).clock = whole
				if k > i || late {
					c.at(k).target.Unpaused = nil
				}
			}
		}
		i = next
	}
	return nil
}

// startsLate says that time counts from the i-th terms on alone: nothing was
// promised from the start until a change brought them.
func (c *Course) startsLate(i int, t *Terms) bool {
	return i == 0 && t.Unpromised && c.first.end.rule == FromChange && c.first.since > c.start
}

// InForce is the index of the terms that decide at t, by what is known then:
// those in force, unless earlier ones were exceeded while they were; these have
// decided, whatever came later.
func (c *Course) InForce(t Instant) (int, error) { return c.inForce(t, &t) }

func (c *Course) inForce(t Instant, asOf *Instant) (int, error) {
	last := c.last()
	for last > 0 && (c.at(last).since > t || c.at(last).end.rule == First) {
		last--
	}
	if last == 0 {
		return 0, nil
	}
	for i := range c.group(last) {
		if c.passed(i) {
			continue
		}
		if exceeded, err := c.exceeded(i); err != nil {
			return i, err
		} else if exceeded {
			return c.decided(i, asOf)
		}
	}
	return c.strictest(last, t, asOf)
}

// passed says whether a change to terms had no effect.
func (c *Course) passed(i int) bool { return i > 0 && c.at(i).end.rule == First }

// group is the first of the terms that hold beside the i-th: those to which it
// was added as a stricter one.
func (c *Course) group(i int) int {
	for i > 0 && (c.at(i).end.rule == Strictest || c.at(i).end.rule == First) {
		i--
	}
	return i
}

// decided is the index of the terms that decided where the i-th were exceeded
// while they were in force, the first of those beside it.
func (c *Course) decided(i int, asOf *Instant) (int, error) {
	last := i
	for last < c.last() && (c.at(last+1).end.rule == Strictest || c.at(last+1).end.rule == First) {
		last++
	}
	if last == i {
		return i, nil
	}
	return c.strictest(last, c.at(i).end.at, asOf)
}

// exceeded says whether terms that ended were exceeded before.
func (c *Course) exceeded(i int) (bool, error) {
	k, end, target := &c.at(i).clock, c.at(i).end, c.at(i).target
	if !end.lessThan {
		return k.Late(target, end.at)
	}
	left, err := k.Remaining(target, end.at)
	if err != nil || left > 0 {
		return false, err
	}
	at, _, err := k.DueAsOf(target, end.at)
	return at < end.at, err
}

// strictest is the index, up to last and of those that hold beside it, of the
// terms that were exceeded first by t; where none were, of those that fall due
// first; of those not known to fall due, the one with the least time left at t.
func (c *Course) strictest(last int, t Instant, asOf *Instant) (int, error) {
	var best strictness
	first := c.group(last)
	at := first
	if first == last {
		return at, nil
	}
	for i := first; i <= last; i++ {
		if c.passed(i) {
			continue
		}
		is, err := c.strictness(i, t, asOf)
		if err != nil {
			return 0, err
		}
		if i == first || is.before(&best) {
			best, at = is, i
		}
	}
	return at, nil
}

// A strictness is what tells which of several terms decides at an instant.
type strictness struct {
	exceeded, known bool
	since, due      Instant // since when exceeded
	left            time.Duration
}

func (c *Course) strictness(i int, t Instant, asOf *Instant) (s strictness, err error) {
	if s.due, s.known, err = c.dueUnder(i, asOf); err != nil {
		return s, err
	}
	terms := c.at(i)
	if s.left, err = terms.clock.Remaining(terms.target, t); err != nil {
		return s, err
	}
	if s.exceeded = s.left < 0 || s.left == 0 && terms.end.lessThan; s.exceeded {
		s.since, err = c.exceededSince(i, t)
	}
	return s, err
}

// exceededSince is the first instant at which the i-th terms, exceeded at t,
// were. A limit that is reached when its hours close is exceeded when they open.
func (c *Course) exceededSince(i int, t Instant) (Instant, error) {
	terms := c.at(i)
	over := terms.target.Time
	if !terms.end.lessThan {
		over++
	}
	at, _, err := terms.clock.dueAsOf(ExactTarget(over), &t)
	return max(at, terms.since), err
}

func (s *strictness) before(o *strictness) bool {
	switch {
	case s.exceeded != o.exceeded:
		return s.exceeded
	case s.since != o.since:
		return s.since < o.since
	case s.known && o.known:
		return s.due < o.due
	case s.known || o.known:
		return s.known
	}
	return s.left < o.left
}

// dueUnder is when the i-th terms fall due: never before they apply.
func (c *Course) dueUnder(i int, asOf *Instant) (Instant, bool, error) {
	at, known, err := c.at(i).clock.dueAsOf(c.at(i).target, asOf)
	if at != 0 || known {
		at = max(at, c.at(i).since)
	}
	return at, known, err
}

// Under returns the clock that counts by the i-th terms, its target, and when
// these terms cease to be in force, MaxInstant where they do not.
func (c *Course) Under(i int) (k *Clock, target Target, until Instant) {
	t := c.at(i)
	if c.last() == 0 {
		return &t.clock, t.target, MaxInstant
	}
	return &t.clock, t.target, t.end.at
}

// Clock returns the clock that decides at t, and its target.
func (c *Course) Clock(t Instant) (*Clock, Target, error) {
	i, err := c.InForce(t)
	if err != nil {
		return nil, Target{}, err
	}
	return &c.at(i).clock, c.at(i).target, nil
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
	t := c.at(c.last()).since
	if asOf != nil {
		t = *asOf
	}
	i, err := c.inForce(t, asOf)
	if err != nil {
		return 0, false, err
	}
	return c.dueUnder(i, asOf)
}
