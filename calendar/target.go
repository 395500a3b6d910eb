package calendar

import (
	"slices"
	"time"
)

// A Target is what a clock runs towards: a duration on the clock. Make one
// with [ExactTarget] or [Clock.Target].
type Target struct {
	// Time is the target on the clock.
	Time time.Duration
	// Unpaused is, for a target in dates or business days, when it falls due
	// if nothing pauses the clock. It is nil for exact time.
	Unpaused *Instant
}

// ExactTarget is a target of exact time.
func ExactTarget(d time.Duration) Target { return Target{Time: d} }

// Target resolves a length into a target of this clock. Days, months and
// business days are first resolved without pauses to an instant, as [Due]
// does from the start of the clock; the target is the time that counts from
// the start to that instant, pauses aside. (semantics 2.2)
func (k *Clock) Target(l Length, zone *Zone, business *Calendar) (Target, error) {
	if l.IsExact() {
		return ExactTarget(l.Duration()), nil
	}
	at, open, err := k.resolve(k.start, l, zone, business)
	if err != nil {
		return Target{}, err
	}
	return Target{Time: open, Unpaused: &at}, nil
}

// Straight is what a clock comes to that runs by these terms alone from a start
// to a later instant and is never held: what counts, and the target. The errors
// are those of [Clock.Elapsed] and [Clock.Target].
func (t *Terms) Straight(start, to Instant) (elapsed, target time.Duration, err error) {
	if t.Target.IsExact() {
		v := Interval{start, to}
		if err = t.Calendar.checkOrWall(v); err == nil {
			elapsed = (&phase{calendar: t.Calendar}).measure(v)
		}
		return elapsed, t.Target.Duration(), err
	}
	k := Clock{start: start, calendar: t.Calendar}
	towards, err := k.Target(t.Target, t.Zone, t.Business)
	if err == nil {
		elapsed, err = k.Elapsed(to)
	}
	return elapsed, towards.Time, err
}

// resolve is when a length in dates or business days ends that is counted from
// an instant, and the open time up to then.
func (k *Clock) resolve(from Instant, l Length, zone *Zone, business *Calendar) (at Instant, open time.Duration, err error) {
	first := k.calendar
	if i := slices.IndexFunc(k.phases, func(p phase) bool { return !p.closed }); i >= 0 {
		first = k.phases[i].calendar
	}
	if at, err = Due(from, l, zone, first, business); err != nil {
		return 0, 0, err
	}
	v := Interval{from, at}
	if err = k.check(v); err != nil || v.IsEmpty() {
		return at, 0, err
	}
	return at, k.measure(v), nil
}

// Due is the earliest instant at which the clock reaches the target. It is not
// known, and false, while a pause is open that holds time which counts before the
// target is reached; the instant is then the latest possible one where a limit on the
// pause gives one, and 0 otherwise. See [Clock.DueAsOf] for a pause whose
// limit is used up. (semantics 2.2)
//
// A target in dates that no pause delays falls due at its own instant, which
// may lie outside the calendar's hours.
//
// The errors are *UnreachableError and *CoverageError, as for [Calendar.Add].
func (k *Clock) Due(target Target) (at Instant, known bool, err error) {
	return k.dueAsOf(target, nil)
}

// DueAsOf is [Clock.Due] as known at an instant: a pause that is open, but
// whose limit is used up by then, no longer matters.
func (k *Clock) DueAsOf(target Target, asOf Instant) (at Instant, known bool, err error) {
	return k.dueAsOf(target, &asOf)
}

func (k *Clock) dueAsOf(target Target, asOf *Instant) (Instant, bool, error) {
	at, err := k.reach(target)
	if _, endless := err.(*UnreachableError); endless && k.heldForever() {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	for _, p := range k.open {
		if (asOf == nil || *asOf < p.End) && k.measure(p.Intersect(Interval{k.start, at})) > 0 {
			return at, false, nil
		}
	}
	return at, true, nil
}

// Turns is the first instant after another at which the clock begins or ceases to
// be held by what is known already, or at which the limit on an open pause is
// used up; false where nothing such is known.
func (k *Clock) Turns(after Instant) (at Instant, known bool) {
	soon := func(t Instant) {
		if t > after && t < forever && (!known || t < at) {
			at, known = t, true
		}
	}
	for v := range k.held.All() {
		soon(v.Start)
		soon(v.End)
		if v.End > after {
			break
		}
	}
	for _, p := range k.open {
		soon(p.End)
	}
	return at, known
}

func (k *Clock) heldForever() bool {
	n := len(k.held.parts)
	return n > 0 && k.held.parts[n-1].End == forever
}

// reach is when the clock reaches the target, if open pauses last as long as
// their limits let them.
func (k *Clock) reach(target Target) (Instant, error) {
	if target.Unpaused != nil {
		if paused, err := k.Paused(*target.Unpaused); err != nil || paused == 0 {
			return *target.Unpaused, err
		}
	}
	if target.Time <= 0 {
		return k.start, nil
	}
	left := target.Time
	if k.held.IsEmpty() { // as below, without the iterator: most clocks never stand
		if at, _, reached, err := k.run(Interval{k.start, forever}, left); reached || err != nil {
			return at, err
		}
	}
	for v := range k.running(Interval{k.start, forever}) {
		at, rest, reached, err := k.run(v, left)
		if reached || err != nil {
			return at, err
		}
		left = rest
	}
	return 0, &UnreachableError{From: k.start, Target: ExactLength(target.Time)}
}

// Remaining is what is left of the target at t, negative once it is exceeded.
func (k *Clock) Remaining(target Target, t Instant) (time.Duration, error) {
	elapsed, err := k.Elapsed(t)
	return target.Time - elapsed, err
}

// Percent is the share of the target used at t, as an exact ratio of two
// durations: nothing is rounded.
func (k *Clock) Percent(target Target, t Instant) (elapsed, of time.Duration, err error) {
	elapsed, err = k.Elapsed(t)
	return elapsed, target.Time, err
}

// Late reports whether at t the target is exceeded: late means elapsed >
// target, for within includes the limit. (semantics 2.3)
func (k *Clock) Late(target Target, t Instant) (bool, error) {
	elapsed, err := k.Elapsed(t)
	return elapsed > target.Time, err
}

// WithPause answers "what if": the same clock with one more pause.
func (k *Clock) WithPause(p Pause) (*Clock, error) {
	return k.with(append(append([]Pause(nil), k.pauses...), p))
}

// ResumedAt answers "what if it goes on at t": the same clock with its open
// pauses ended at t.
func (k *Clock) ResumedAt(t Instant) (*Clock, error) {
	pauses := append([]Pause(nil), k.pauses...)
	for i := range pauses {
		if p := &pauses[i]; p.Since != nil {
			p.Times = p.Times.Union(NewSet(Interval{*p.Since, t}))
			p.Since = nil
		}
	}
	return k.with(pauses)
}
