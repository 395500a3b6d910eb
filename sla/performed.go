package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// The runs of an event that has a schedule, and which instant each answers.

// A performed is what is known of the runs of a subject: those that had begun,
// in order, and which of them answers what instant.
type performed struct {
	items []*Item
	runs  []measure.Performed
	of    map[calendar.Instant]int
	used  []bool
	err   error
}

// The ranks of runs: a good one answers before one that failed for a cause that
// is excluded, and that before any other that failed.
const (
	rankGood = iota
	rankExcused
	rankFailed
)

var rankOutcome = []runOutcome{runGood, runLeftOut, runFailed}

// firstFrom is the place of the first run that began at an instant or later.
func (done *performed) firstFrom(at calendar.Instant) int {
	i, _ := slices.BinarySearchFunc(done.runs, at, func(r measure.Performed, t calendar.Instant) int { return cmp.Compare(r.Start, t) })
	return i
}

// runsOn says that a run began in time for an instant and has not ended.
func (done *performed) runsOn(rule measure.Punctual, due, next calendar.Instant) bool {
	for i := done.firstFrom(due); i < len(done.runs) && rule.Begun(done.runs[i], due, next); i++ {
		if !done.runs[i].Ended {
			return true
		}
	}
	return false
}

// late is the first run between two instants that answers to none.
func (done *performed) late(from, to calendar.Instant) *Item {
	for i := done.firstFrom(from); i < len(done.runs) && done.runs[i].Start < to; i++ {
		if !done.used[i] {
			return done.items[i]
		}
	}
	return nil
}

// performedBy are the runs of a subject and what they answer.
func (v *view) performedBy(p *objectivePlan, s subject) *performed {
	return remembered(&v.judged.runs, eventsAsked{p.written, s, -1}, func() *performed {
		done := &performed{of: map[calendar.Instant]int{}, items: v.runItems(p, s)}
		if len(done.items) == 0 {
			return done
		}
		for _, f := range done.items {
			done.runs = append(done.runs, v.performance(p, f, s))
		}
		done.used = make([]bool, len(done.runs))
		for first := 0; first < len(done.runs) && done.err == nil; {
			first = done.answer(v, p, first)
		}
		return done
	})
}

// apart is how long after a run no other must begin for the next to be looked
// at by itself: what is due in a long silence is answered by none.
const apart = 48 * time.Hour

// answer finds what the runs answer from one on up to a silence, and gives the
// next behind it.
func (done *performed) answer(v *view, p *objectivePlan, first int) (next int) {
	rule := p.written.Scheduled.punctual()
	reach := max(rule.StartWithin, rule.EndWithin)
	for next = first + 1; next < len(done.runs) && !done.silent(v, p, next, reach); {
		next++
	}
	span := calendar.Interval{Start: done.runs[first].Start.Add(-reach), End: done.runs[next-1].Start + 1}
	if reach == 0 {
		span.Start, done.err = v.dueBefore(p, done.runs[first].Start)
	}
	var due []calendar.Instant
	if done.err == nil {
		due, done.err = v.dueTimes(p, span)
	}
	for i, n := range rule.Answer(due, done.runs[first:next]) {
		if n >= 0 {
			done.of[due[i]], done.used[first+n] = first+n, true
		}
	}
	return next
}

// silent says that no instant can be answered by a run and by one before it.
func (done *performed) silent(v *view, p *objectivePlan, n int, reach time.Duration) bool {
	before, at := done.runs[n-1].Start, done.runs[n].Start
	if at <= before.Add(reach+apart) {
		return false
	}
	if reach > 0 {
		return true
	}
	due, err := v.dueBefore(p, at)
	return err == nil && due > before
}

// runItems are the runs of a subject that had begun by the instant of the
// report, in order, from any source of the objective.
func (v *view) runItems(p *objectivePlan, s subject) (out []*Item) {
	kind := v.e.contract.event(p.written.Measure.Of)
	for _, f := range v.recordOf(s.service).items {
		if kind == nil || instant(f.Occurred) >= v.valid || !fromAny(p.written, f.Source) {
			continue
		}
		if t := v.traitsOfItem(p, f, kind, s); v.counts(f.Event, &t, s) && p.only(&t) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *Item) int { return cmp.Or(a.Occurred.Compare(b.Occurred), cmp.Compare(a.ID, b.ID)) })
	return out
}

// performance is a run as it was done, and what it is worth.
func (v *view) performance(p *objectivePlan, f *Item, s subject) measure.Performed {
	r := measure.Performed{Start: instant(f.Occurred), End: instant(f.Until), Ended: !f.Until.IsZero() && instant(f.Until) <= v.valid}
	t := v.traitsOfItem(p, f, v.e.contract.event(p.written.Measure.Of), s)
	switch excluded := v.e.excludes(p.written, f.Cause); {
	case !p.failed(&t), excluded && v.leavesDowntimeOnly():
	case excluded:
		r.Rank = rankExcused
	default:
		r.Rank = rankFailed
	}
	return r
}
