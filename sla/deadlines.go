package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// Deadlines of what is claimed, proved, reported, delivered and reopened.

// lastMoment is the last instant that is in time where something is due within a
// length: of an exact time the limit itself, which is included (semantics 2.3);
// of dates, or without a length, the last moment of the last date (semantics
// 1.5), behind which due is the next midnight.
func (v *view) lastMoment(within *calendar.Length, due calendar.Instant) calendar.Instant {
	return v.e.lastMoment(within, due)
}

func (e *Engine) lastMoment(within *calendar.Length, due calendar.Instant) calendar.Instant {
	if exact := within != nil && within.IsExact(); !exact && e.zone.StartOf(e.zone.DateAt(due)) == due {
		return due - 1
	}
	return due
}

// timely says whether something that happened was in time.
func (v *view) timely(at time.Time, within *calendar.Length, due calendar.Instant) bool {
	return instant(at) <= v.lastMoment(within, due)
}
