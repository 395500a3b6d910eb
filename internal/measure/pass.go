package measure

import (
	"iter"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A long record of outages is measured in one pass that makes no set: outages
// in order of their starts are joined as they come, and what they share with
// the agreed time and with the exclusions is added up beside them.

// Pass is [Availability.Compute] of outages in order of their starts, which may
// overlap, in the place of Down, where no step of the counting is written.
func (a Availability) Pass(down iter.Seq[calendar.Interval]) Available {
	agreed := a.Agreed.Minus(a.Away)
	p := pass{agreed: agreed, excused: cursor{set: a.Excused}, unseen: cursor{set: a.Unobserved}}
	var run calendar.Interval
	for v := range down {
		if v.Start <= run.End && !run.IsEmpty() {
			run.End = max(run.End, v.End)
			continue
		}
		p.take(run)
		run = v
	}
	p.take(run)
	r := Available{Agreed: a.Agreed.Measure(), Excluded: p.excluded, Counted: p.down - p.excluded}
	r.Apart = r.Agreed - agreed.Measure()
	if !a.Unobserved.IsEmpty() {
		r.Unobserved = agreed.Intersect(a.Unobserved).Measure() - p.unseenDown
	}
	r.Of = r.Agreed - r.Apart
	if !a.LeavesDowntimeOnly {
		r.Of -= r.Excluded
	}
	r.Applicable, r.Lost = r.Of > 0, Exact(r.Counted)
	return r
}

// A pass adds up what runs of downtime share with three sets. Each is part of
// the run before it: down of the agreed time, excluded and unseen of that.
type pass struct {
	agreed          calendar.Set
	at              int // the first interval of agreed that may hold anything yet
	excused, unseen cursor

	down, excluded, unseenDown time.Duration
}

// take takes the next run; they neither overlap nor touch.
func (p *pass) take(run calendar.Interval) {
	if run.IsEmpty() {
		return
	}
	for ; p.at < p.agreed.Len(); p.at++ {
		open := p.agreed.At(p.at)
		if open.Start >= run.End {
			return
		}
		if part := open.Intersect(run); !part.IsEmpty() {
			p.down += part.Length()
			p.excluded += p.excused.shared(part)
			p.unseenDown += p.unseen.shared(part)
		}
		if open.End > run.End {
			return // it may hold some of the next run
		}
	}
}

// A cursor goes along a set with intervals in order of time.
type cursor struct {
	set calendar.Set
	at  int
}

// shared is how much of the set lies in an interval.
func (c *cursor) shared(v calendar.Interval) (length time.Duration) {
	for ; c.at < c.set.Len(); c.at++ {
		part := c.set.At(c.at)
		if part.Start >= v.End {
			break
		}
		if both := part.Intersect(v); !both.IsEmpty() {
			length += both.Length()
		}
		if part.End > v.End {
			break // it may hold some of the next
		}
	}
	return length
}
