package calendar

import (
	"slices"
	"sync"
	"time"
)

const (
	day = 24 * int64(time.Hour)
	// reach bounds the distance between an instant and its local reading
	// taken as if it were UTC; the largest offset ever used is under 16 h.
	reach = 26 * Instant(time.Hour)
)

// A Zone is the history of a place's offset from UTC. It answers what the
// wall clock reads at an instant, and at which instants the wall clock reads a
// local time: none, one or two of them. Zones come from [NewZone] or from
// package zones; they are immutable. (semantics 1.2)
type Zone struct {
	name    string
	edition string
	loc     *time.Location
	// history is all of it, worked out when it is first needed: package time
	// computes years to come by rule each time it is asked.
	history func() *history
}

// NewZone returns a zone with the rules of loc under a name. A nil loc is UTC.
func NewZone(name string, loc *time.Location) *Zone {
	if loc == nil {
		loc = time.UTC
	}
	return &Zone{name: name, loc: loc, history: sync.OnceValue(func() *history { return historyOf(loc) })}
}

// WithEdition returns the same zone with the edition of its data, for
// receipts. (semantics 10)
func (z *Zone) WithEdition(edition string) *Zone {
	return &Zone{z.name, edition, z.loc, z.history}
}

// Edition is the edition of the zone's data, such as "2025c"; empty when none
// was given.
func (z *Zone) Edition() string { return z.edition }

// Name is the name the zone was made with, an IANA name as a rule.
func (z *Zone) Name() string { return z.name }

// Location is the zone as package time knows it.
func (z *Zone) Location() *time.Location { return z.loc }

// Offset is how far the local clock is ahead of UTC at an instant.
func (z *Zone) Offset(t Instant) time.Duration {
	if t < minHistory || t >= maxHistory {
		_, sec := time.Unix(0, int64(t)).In(z.loc).Zone()
		return time.Duration(sec) * time.Second
	}
	return time.Duration(z.stretches(Interval{t, t + 1})[0].offset)
}

// Local is what the calendar on the wall and the clock beside it read at an
// instant; one outside [MinInstant, MaxInstant] is taken for the nearest.
func (z *Zone) Local(t Instant) (Date, TimeOfDay) {
	t = max(MinInstant-reach, min(t, MaxInstant+reach))
	n, tod := splitLocal(int64(t) + int64(z.Offset(t)))
	return dateOfDay(n), tod
}

// DateAt is the local date at an instant.
func (z *Zone) DateAt(t Instant) Date {
	d, _ := z.Local(t)
	return d
}

// splitLocal splits a local reading, in nanoseconds as if it were UTC, into
// its day number and time of day.
func splitLocal(local int64) (int64, TimeOfDay) {
	n := local / day
	if local%day < 0 {
		n--
	}
	return n, TimeOfDay(local - n*day)
}

// localOf is the inverse of splitLocal.
func localOf(d Date, t TimeOfDay) int64 { return d.dayNumber()*day + int64(t) }

// A stretch is a run of instants with one offset from UTC; its neighbours have
// others.
type stretch struct {
	Interval
	offset Instant
}

// instants returns the instants of the stretch whose local reading is in
// [from, to), possibly empty.
func (s stretch) instants(from, to int64) Interval {
	return s.Intersect(Interval{Instant(from) - s.offset, Instant(to) - s.offset})
}

// minHistory and maxHistory bound the history of a zone.
const (
	minHistory = MinInstant - reach
	maxHistory = MaxInstant + reach
)

// A history is the stretches of a place, without a gap.
type history struct {
	all []stretch
	// first is, for each slice of time, the first stretch that meets it.
	first []uint16
}

// slice is the length of a slice of time, 52 days.
const slice = 1 << 52

// stretches returns the stretches that meet an interval, in order and without
// overlap, as far as the history goes. They are shared: nobody changes them.
func (z *Zone) stretches(v Interval) []stretch {
	h := z.history()
	first := int(h.first[sliceOf(min(max(v.Start, minHistory), maxHistory-1))])
	for first < len(h.all) && h.all[first].End <= v.Start {
		first++
	}
	last := first
	for last < len(h.all) && h.all[last].Start < v.End {
		last++
	}
	return h.all[first:last]
}

// historyOf lists the stretches of a place.
func historyOf(loc *time.Location) *history {
	h := &history{}
	for t := minHistory; t < maxHistory; {
		s := stretchAt(loc, t)
		t = s.End
		if n := len(h.all); n > 0 && h.all[n-1].offset == s.offset {
			h.all[n-1].End = s.End
			continue
		}
		h.all = append(h.all, s)
	}
	h.first = make([]uint16, sliceOf(maxHistory-1)+1)
	for i, s := range slices.Backward(h.all) {
		for n := sliceOf(s.Start); n <= sliceOf(s.End-1); n++ {
			h.first[n] = uint16(i)
		}
	}
	return h
}

// sliceOf is the slice of time that holds an instant of the history.
func sliceOf(t Instant) uint64 { return uint64(t-minHistory) / slice }

// stretchAt returns the stretch around an instant. Its ends are cut to the
// range of this package.
func stretchAt(loc *time.Location, t Instant) stretch {
	at := time.Unix(0, int64(t)).In(loc)
	_, sec := at.Zone()
	_, end := at.ZoneBounds()
	s := stretch{Interval{t, maxHistory}, Instant(sec) * Instant(time.Second)}
	if !end.IsZero() && end.Unix() < int64(s.End)/int64(time.Second) {
		s.End = Instant(end.Unix()) * Instant(time.Second)
	}
	if s.End <= t {
		// ZoneBounds takes every year computed by rule for one of 365 days:
		// on 31 December of a leap year the end it gives has passed. No
		// offset changes on that day.
		s.End = t - t%Instant(day) + Instant(day)
	}
	return s
}

// around returns the stretches in which a local reading can lie.
func (z *Zone) around(local int64) []stretch {
	return z.stretches(Interval{Instant(local) - reach, Instant(local) + reach})
}

// Resolve returns the instants at which the local calendar and clock read d
// and t: n is 0 where the local time is skipped, 1 as a rule, and 2 where the
// clock went back over it; first is before second. 24:00 is 00:00 of the next
// date. Dates outside the range of this package have no instants. This is the
// only place where local time becomes absolute time. (semantics 1.2)
func (z *Zone) Resolve(d Date, t TimeOfDay) (first, second Instant, n int) {
	if !inRange(d) {
		return 0, 0, 0
	}
	local := localOf(d, t)
	var found [2]Instant
	for _, s := range z.around(local) {
		if at := s.instants(local, local+1); !at.IsEmpty() && n < 2 {
			found[n] = at.Start
			n++
		}
	}
	return found[0], found[1], n
}

// inRange reports whether instants of a date can be computed.
func inRange(d Date) bool { return d.dayNumber() > firstDay && d.dayNumber() < lastDay }

// outside is the instant that stands for all of a date out of range.
func outside(d Date) Instant {
	if d.dayNumber() <= firstDay {
		return MinInstant
	}
	return MaxInstant
}

// FirstAtOrAfter returns the instant of a local time; the first of two, and
// for a skipped local time the first instant after it. A date outside the
// range of this package gives [MinInstant] or [MaxInstant].
func (z *Zone) FirstAtOrAfter(d Date, t TimeOfDay) Instant {
	if !inRange(d) {
		return outside(d)
	}
	local := localOf(d, t)
	stretches := z.around(local)
	for _, s := range stretches {
		if at := s.instants(local, local+1); !at.IsEmpty() {
			return at.Start
		}
	}
	for _, s := range stretches {
		if at := s.instants(local, local+2*day); !at.IsEmpty() {
			return at.Start
		}
	}
	return Instant(local) // not reached: a clock cannot skip more than a day
}

// StartOf returns the first instant whose local date is d, which is midnight
// unless the zone skipped it or lived it twice. For a date the zone skipped
// altogether it is the first instant after. A date outside the range of this
// package gives [MinInstant] or [MaxInstant]. (semantics 1.2)
func (z *Zone) StartOf(d Date) Instant {
	if !inRange(d) {
		return outside(d)
	}
	local := localOf(d, 0)
	for _, s := range z.around(local) {
		if at := s.instants(local, local+day); !at.IsEmpty() {
			return at.Start
		}
	}
	return z.FirstAtOrAfter(d, 0)
}

// Day returns the interval from the first instant of d to the first instant
// of the next date; it is empty for a date the zone skipped.
func (z *Zone) Day(d Date) Interval {
	return Interval{z.StartOf(d), z.StartOf(d.AddDays(1))}
}
