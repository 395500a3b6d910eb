package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/memory"
)

// Misses that must be notified in time to count towards a right.

// counting says what a window counts as for a condition: a miss that was not
// notified in time, or not yet, is none.
func (v *view) counting(c Condition, hold func(past) memory.Outcome) func(past) memory.Outcome {
	if c.Notified == nil {
		return hold
	}
	return func(p past) memory.Outcome {
		got := hold(p)
		if got == memory.Failed && !v.noticeInTime(p, *c.Notified) {
			return memory.Held
		}
		return got
	}
}

// noticeInTime says whether a miss was notified within a length of the end of
// its window.
func (v *view) noticeInTime(p past, within calendar.Length) bool {
	last := v.lastDay(v.e.local(v.e.zone.StartOf(p.to)-1), within)
	return p.noticed != nil && last != nil && !v.localDate(*p.noticed).After(*last)
}

// notified is when the miss of a window was first notified, where a condition
// asks for that.
func (v *view) notified(objective, window string) *time.Time {
	if !v.e.asksNotice(objective) {
		return nil
	}
	return v.delivered(objective+"/notified", window)
}

// asksNotice says whether misses of an objective must be notified to count.
func (e *Engine) asksNotice(objective string) bool {
	return slices.ContainsFunc(e.contract.Terminations, func(t Termination) bool {
		return slices.ContainsFunc(t.When, func(w TerminationWhen) bool { return w.Condition.Objective == objective && w.Condition.Notified != nil })
	})
}
