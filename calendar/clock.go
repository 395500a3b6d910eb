package calendar

import (
	"math"
	"time"
)

// A Clock measures the time that counts between a start and any later
// instant: elapsed(t) = measure([start, t) ∩ calendar ∖ pauses). It is plain
// arithmetic over facts already known, immutable and safe for many
// goroutines; it reads no other clock. (semantics 2)
type Clock struct {
	start Instant
	// calendar is the one by which time counts; nil is the wall clock. phases
	// stand in its place where a change applies piecewise, in order.
	calendar *Calendar
	phases   []phase
	pauses   []Pause
	// held is when the clock stands: the pauses as far as their limits reach.
	held Set
	// open are the pauses that have not ended, each up to where its limit is
	// used up.
	open []Interval
	// spent is when a pause goes on beyond its limit.
	spent Set
}

// A phase is a calendar and when it comes into force; nil is the wall clock. In
// a closed one no time counts.
type phase struct {
	since    Instant
	calendar *Calendar
	closed   bool
}

// A Pause is one reason for a clock to stand: the times at which it applied
// and a limit on how much it may hold the clock. Pauses of a clock may
// overlap; what any of them holds stands still once.
type Pause struct {
	// Times are the pauses that have ended. What lies outside the calendar
	// or before the start takes nothing.
	Times Set
	// Since, when set, starts a pause that has not ended.
	Since *Instant
	// AtMost, when set, limits the pauses: open time, measured in the clock's
	// calendar. What exceeds it, in order of time, counts.
	AtMost *time.Duration
	// Limit, when set, limits them in dates or business days instead.
	Limit *PauseLimit
	// EachTime applies the limit to each run of pauses on its own, instead of
	// to all together.
	EachTime bool
}

// A PauseLimit is a limit on pauses in dates or business days. It is the open
// time from the beginning of the first pause, of each where that is said, to
// when Length ends that is counted from it (semantics 2.2 does the same with a
// target): three business days asked for on a Friday end on Wednesday, and the
// clock's hours up to then may be paused.
type PauseLimit struct {
	Length Length
	// Zone and Business resolve it, as in [Due].
	Zone     *Zone
	Business *Calendar
}

// NewClock returns a clock that starts at an instant and counts by a
// calendar, or by the wall clock when c is nil. Where a limit on pauses cannot
// be measured, the error is a *CoverageError or one of those of [Due].
func NewClock(c *Calendar, start Instant, pauses ...Pause) (*Clock, error) {
	k := &Clock{calendar: c, start: start} // inlined, so that it may live on its caller's stack
	return k, k.hold(pauses)
}

// with is the same clock, held by other pauses.
func (k *Clock) with(pauses []Pause) (*Clock, error) {
	other := &Clock{calendar: k.calendar, phases: k.phases, start: k.start}
	if err := other.hold(pauses); err != nil {
		return nil, err
	}
	return other, nil
}

// hold works out when pauses hold the clock.
func (k *Clock) hold(pauses []Pause) error {
	k.pauses = pauses
	for i := range pauses {
		held, all, err := k.holds(&pauses[i])
		if err != nil {
			return err
		}
		k.held = k.held.Union(held)
		k.spent = k.spent.Union(all.Minus(held))
		if s := pauses[i].Since; s != nil {
			k.open = append(k.open, Interval{*s, held.endAfter(*s)})
		}
	}
	k.spent = k.spent.Minus(k.held)
	return nil
}

// endAfter is the end of the interval that t is in, or t itself.
func (s Set) endAfter(t Instant) Instant {
	if i := s.after(t); i < len(s.parts) && s.parts[i].Start <= t {
		return s.parts[i].End
	}
	return t
}

// forever ends a pause that has not ended: no instant is asked about after it.
const forever = math.MaxInt64

// holds returns when a pause holds the clock, and when it applies.
func (k *Clock) holds(p *Pause) (held, all Set, err error) {
	all = p.Times
	if p.Since != nil {
		all = all.Union(NewSet(Interval{*p.Since, forever}))
	}
	all = all.Within(Interval{k.start, forever})
	if p.AtMost == nil && p.Limit == nil {
		return all, all, nil
	}
	var b Builder
	var left time.Duration
	for i := range all.parts {
		v := all.parts[i]
		if i == 0 || p.EachTime {
			if left, err = k.limit(p, v.Start); err != nil {
				return Set{}, Set{}, err
			}
		}
		end, rest, reached, err := k.run(v, left)
		if _, endless := err.(*UnreachableError); err != nil && !endless {
			return Set{}, Set{}, err
		}
		if !reached {
			end = v.End
		}
		b.Add(Interval{v.Start, end})
		left = rest
	}
	return b.Set(), all, nil
}

// limit is how long pauses may hold the clock from the beginning of one.
func (k *Clock) limit(p *Pause, began Instant) (time.Duration, error) {
	if p.Limit == nil {
		return *p.AtMost, nil
	}
	_, open, err := k.resolve(began, p.Limit.Length, p.Limit.Zone, p.Limit.Business)
	return open, err
}

// Start is when the clock starts.
func (k *Clock) Start() Instant { return k.start }

// Elapsed is the time that counts from the start to t; 0 before the start.
// The error is a *CoverageError when the calendar is not known up to t.
func (k *Clock) Elapsed(t Instant) (time.Duration, error) {
	return k.counted(Interval{k.start, t})
}

// Paused is the open time from the start to t in which pauses hold the clock.
func (k *Clock) Paused(t Instant) (time.Duration, error) {
	if err := k.check(Interval{k.start, t}); err != nil {
		return 0, err
	}
	var total uint64
	for _, v := range k.held.parts {
		if v = v.Intersect(Interval{k.start, t}); !v.IsEmpty() {
			total += uint64(k.measure(v))
		}
	}
	return saturate(total), nil
}

// PausedAt reports whether a pause holds the clock at t, in its calendar's
// hours or not.
func (k *Clock) PausedAt(t Instant) bool { return k.held.Contains(t) }

// Held is when pauses hold the clock, as far as their limits reach. A pause
// that has not ended reaches to the end of time.
func (k *Clock) Held() Set { return k.held }

// Spent is when a pause goes on although its limit is used up: the clock runs.
func (k *Clock) Spent() Set { return k.spent }
