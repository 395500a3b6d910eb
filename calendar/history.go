package calendar

import (
	"iter"
	"math"
	"time"
)

// A SpanState says what a clock did in a [Span].
type SpanState string

// What a clock does.
const (
	// SpanRuns is open time that counts.
	SpanRuns SpanState = "runs"
	// SpanClosed is time outside the calendar's hours, paused or not.
	SpanClosed SpanState = "closed"
	// SpanPaused is open time that a pause takes.
	SpanPaused SpanState = "paused"
	// SpanSpent is open time in a pause whose limit is used up: it counts.
	SpanSpent SpanState = "runs, the limit on pauses is used up"
)

// A Span is a stretch in the history of a clock in which nothing changes.
type Span struct {
	Interval
	State SpanState `json:"state"`
	// Elapsed is what the clock shows at the end of the span.
	Elapsed time.Duration `json:"elapsed"`
	// Calendar is the name of the calendar in force; empty for the wall
	// clock.
	Calendar string `json:"calendar,omitempty"`
}

// History iterates over what the clock did from its start to t, span by span
// in order, for explanations: their ends meet, and the last shows Elapsed(t).
// Times at which the calendar is not known count as closed; see Elapsed for
// the error.
func (k *Clock) History(t Instant) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		var elapsed uint64
		phases := k.phases
		if phases == nil {
			phases = []phase{{since: math.MinInt64, calendar: k.calendar}}
		}
		for i := range phases {
			v := inForce(phases, i).Intersect(Interval{k.start, t})
			for s := range k.spans(v, &phases[i]) {
				if s.State == SpanRuns || s.State == SpanSpent {
					elapsed += lengthOf(s.Interval)
				}
				s.Elapsed = saturate(elapsed)
				if !yield(s) {
					return
				}
			}
		}
	}
}

// spans cuts an interval where the calendar of a phase opens or closes and where
// pauses begin, end or are used up.
func (k *Clock) spans(v Interval, p *phase) iter.Seq[Span] {
	c := p.calendar
	return func(yield func(Span) bool) {
		for at := v.Start; at < v.End; {
			s := Span{Interval: Interval{at, v.End}, State: SpanRuns}
			if c != nil {
				s.Calendar = c.name
			}
			if in := s.narrow(k.spent); in {
				s.State = SpanSpent
			}
			if in := s.narrow(k.held); in {
				s.State = SpanPaused
			}
			if c != nil {
				if in := s.narrowBy(c); !in {
					s.State = SpanClosed
				}
			}
			if p.closed {
				s.State = SpanClosed
			}
			if !yield(s) {
				return
			}
			at = s.End
		}
	}
}

// narrow cuts the span where the set changes first, and reports whether the
// span is in it.
func (s *Span) narrow(set Set) bool {
	i := set.after(s.Start)
	if i == len(set.parts) {
		return false
	}
	if set.parts[i].Start > s.Start {
		s.End = min(s.End, set.parts[i].Start)
		return false
	}
	s.End = min(s.End, set.parts[i].End)
	return true
}

// narrowBy is narrow for a calendar.
func (s *Span) narrowBy(c *Calendar) bool {
	w, ok := c.windowFrom(s.Start)
	if !ok {
		return false
	}
	if w.Start > s.Start {
		s.End = min(s.End, w.Start)
		return false
	}
	s.End = min(s.End, w.End)
	return true
}
