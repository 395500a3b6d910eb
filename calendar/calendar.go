package calendar

import (
	"sync"
	"sync/atomic"
	"time"
)

// A Calendar is a set of instants at which something is open: a
// [Definition] bound to its zone and holidays by [Compile]. It is safe for
// use by many goroutines. Years are computed when first asked about, after
// which a question costs the same for an hour and for ten years.
//
// A calendar answers between [MinInstant] and [MaxInstant], where all the
// holiday sets it uses have dates. Outside, nothing is known to be open:
// Contains is false, Between counts nothing, [Calendar.Check] tells, and
// everything that returns an error returns a *CoverageError.
type Calendar struct {
	name       string
	zone       *Zone
	source     source
	hull       Interval // holds all instants that can be open
	continuous bool
	rule       BusinessDayRule
	// countZone is the zone whose dates are business days.
	countZone    *Zone
	severalZones bool
	// nesting is how deep the combinations go that it is made of.
	nesting   int
	overnight bool
	known     Set
	gaps      []gap
	uses      []*HolidaySet
	editions  []Edition

	table   atomic.Pointer[table]
	growing sync.Mutex
}

// Name is the name the definition gives.
func (c *Calendar) Name() string { return c.name }

// Zone is the zone of the calendar's wall clock.
func (c *Calendar) Zone() *Zone { return c.zone }

// Editions lists the zone and holiday data that answers depend on, those of
// combined calendars included, for receipts. (semantics 10)
func (c *Calendar) Editions() []Edition { return append([]Edition(nil), c.editions...) }

// Contains reports whether the calendar is open at t.
func (c *Calendar) Contains(t Instant) bool {
	at := c.table.Load()
	if at == nil || t < at.lo || t >= at.hi {
		if !c.known.Contains(t) {
			return false
		}
		at = c.grow(t, t)
	}
	return at.windows[at.at(t)].start <= t
}

// Between returns the open time from one instant to another, negative when
// from is after to. More than a duration can hold (292 years) is cut.
func (c *Calendar) Between(from, to Instant) time.Duration {
	if from > to {
		return -c.Between(to, from)
	}
	t := c.table.Load()
	if t == nil || from < t.lo || to > t.hi {
		b := c.bounds()
		from, to = max(b.Start, min(from, b.End)), max(b.Start, min(to, b.End))
		if t = c.grow(from, to); from >= to {
			return 0
		}
	}
	return saturate(t.measure(to) - t.measure(from))
}

// Open returns the open time inside an interval.
func (c *Calendar) Open(v Interval) Set {
	v = v.Intersect(c.bounds())
	if v.IsEmpty() {
		return Set{}
	}
	t := c.grow(v.Start, v.End)
	first, last := t.at(v.Start), t.at(v.End)
	parts := make([]Interval, 0, last-first+1)
	for _, w := range t.windows[first : last+1] {
		if p := v.Intersect(Interval{w.start, w.end}); !p.IsEmpty() {
			parts = append(parts, p)
		}
	}
	return Set{parts}
}

// Add returns the earliest instant at which the open time from "from" on has
// reached d: the closing instant rather than the next opening. For d = 0 that
// is from itself, open or not. A negative d goes backward, to the latest
// instant from which the open time to from is -d. (semantics 2.2)
//
// The error is an *UnreachableError when the calendar does not hold so much
// open time, a *CoverageError when it is not known whether it does, and a
// *RangeError for a from outside [MinInstant, MaxInstant].
func (c *Calendar) Add(from Instant, d time.Duration) (Instant, error) {
	t := c.table.Load()
	if t == nil || from < t.lo || from > t.hi {
		return c.search(from, d, false)
	}
	if d > 0 {
		if target := t.measure(from) + uint64(d); target <= t.total {
			return t.earliest(target), nil
		}
	} else if m, back := t.measure(from), magnitude(d); d < 0 && back <= m {
		return t.latest(m - back), nil
	}
	return c.search(from, d, false)
}

// AddLatest is [Calendar.Add] with the other convention for a target that is
// reached when the calendar closes: the latest instant instead of the
// earliest, which is the next opening (and the previous closing for a
// negative d). For d = 0 it is the next opening unless from is open. No form
// of the language uses it; it is for data computed elsewhere that does.
func (c *Calendar) AddLatest(from Instant, d time.Duration) (Instant, error) {
	return c.search(from, d, true)
}

// magnitude is -d without overflow.
func magnitude(d time.Duration) uint64 { return uint64(-(d + 1)) + 1 }

// Check returns a *CoverageError when the calendar is not known throughout
// the interval, because one of its holiday sets does not cover a date of it,
// and a *RangeError when it reaches over the range of this package. Callers
// of Contains and Between, which cannot fail, check their bounds once.
func (c *Calendar) Check(v Interval) error {
	if v.IsEmpty() {
		return nil
	}
	if beyond := c.known.Complement(v); !beyond.IsEmpty() {
		return c.unknownAt(beyond.At(0).Start)
	}
	return nil
}

// unknownAt is the error for an instant at which the calendar is not known.
func (c *Calendar) unknownAt(t Instant) error {
	for _, g := range c.gaps {
		if g.unknown.Contains(t) {
			return &CoverageError{Holidays: g.set.Name, Edition: g.set.Edition, From: g.set.From, To: g.set.To, Date: c.zone.DateAt(t)}
		}
	}
	if len(c.gaps) > 0 && t >= MinInstant && t < MaxInstant {
		g := c.gaps[0] // no instant is known: the sets do not overlap
		return &CoverageError{Holidays: g.set.Name, Edition: g.set.Edition, From: g.set.From, To: g.set.To, Date: c.zone.DateAt(t)}
	}
	return &RangeError{What: "instant", Text: t.String()}
}
