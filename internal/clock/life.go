package clock

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// Sort puts events in the order in which they are read: by instant, then by
// id; events alike in all of them stay as they were.
func Sort(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int {
		if a.At != b.At {
			return cmp.Compare(a.At, b.At)
		}
		return cmp.Or(cmp.Compare(rank(a.Name), rank(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}

// rank orders events of one instant: a receipt comes before what it makes
// possible, a closing after everything.
func rank(name string) int {
	switch name {
	case Received:
		return 0
	case Recorded:
		return 1
	case Closed, Cancelled:
		return 3
	}
	return 2
}

// A run is one life of a clock: from a start to its last stop.
type run struct {
	start     calendar.Instant
	stop      calendar.Instant
	stopped   bool
	cancelled bool
	// idle are the times between a stop and the reopening that undid it.
	idle []calendar.Interval
}

// runs cuts the events, sorted, into the lives of a clock, as known at asOf.
// There is more than one when a reopening starts a new clock. They are
// appended to all.
func (r *Rules) runs(all []run, m *Measure, events []Event, asOf calendar.Instant, notes *[]Note) ([]run, error) {
	var cur *run
	for i := range events {
		e := &events[i]
		if e.At > asOf {
			break
		}
		switch {
		case cur == nil:
			if r.starts(m, e, notes) {
				all = append(all, run{start: e.At})
				cur = &all[len(all)-1]
			}
		case e.Name == Cancelled && !cur.stopped:
			cur.cancelled, cur.stopped, cur.stop = true, true, e.At
		case m.Stops[e.Name] && !cur.stopped:
			if m.stopsAt(e, notes) {
				cur.stopped, cur.stop = true, e.At
			}
		case e.Name == Reopened && m.Reopens && cur.stopped && !cur.cancelled:
			fresh, err := r.reopen(cur, e, notes)
			if err != nil {
				return nil, err
			}
			if fresh {
				all = append(all, run{start: e.At})
				cur = &all[len(all)-1]
			}
		}
	}
	return all, nil
}

// starts says whether an event starts the clock.
func (r *Rules) starts(m *Measure, e *Event, notes *[]Note) bool {
	if m.Start != "" && m.Start != Received {
		return e.Name == m.Start
	}
	switch e.Name {
	case Received:
		if r.Channels == nil || e.Channel == "" || r.Channels[e.Channel] {
			return true
		}
		note(notes, NoteChannel, e)
	case Recorded:
		return r.Recorded
	}
	return false
}

// stopsAt says whether a milestone really stops the clock.
func (m *Measure) stopsAt(e *Event, notes *[]Note) bool {
	if e.Automatic && !m.AutomaticCounts {
		note(notes, NoteAutomatic, e)
		return false
	}
	if e.Workaround && !m.WorkaroundCounts {
		note(notes, NoteWorkaround, e)
		return false
	}
	return true
}

// reopen undoes a stop, or says that a new clock starts.
func (r *Rules) reopen(cur *run, e *Event, notes *[]Note) (fresh bool, err error) {
	if r.Reopen == nil {
		note(notes, NoteReopenLate, e)
		return true, nil
	}
	until, err := r.Reopen.Until(cur.stop)
	if err != nil {
		return false, err
	}
	if e.At > until {
		note(notes, NoteReopenLate, e)
		return true, nil
	}
	switch r.Reopen.Mode {
	case StartsNew:
		return true, nil
	case Restarts:
		*cur = run{start: e.At}
	default:
		if !r.Reopen.RestoredCounts {
			cur.idle = append(cur.idle, calendar.Interval{Start: cur.stop, End: e.At})
		}
		cur.stopped = false
	}
	return false, nil
}

func note(notes *[]Note, code NoteCode, e *Event) {
	*notes = append(*notes, Note{code, e.ID, e.Name})
}

// pauses gives for each rule the times its states held, as known at asOf.
// A state lasts until its own end, the next state, a stop or a reopening.
func (r *Rules) pauses(m *Measure, events []Event, asOf calendar.Instant, notes *[]Note) []calendar.Pause {
	var out []calendar.Pause
	for i := range r.Pauses {
		rule := &r.Pauses[i]
		p := calendar.Pause{AtMost: rule.AtMost, EachTime: rule.EachTime}
		var times calendar.Builder
		for j := range events {
			e := &events[j]
			if e.At > asOf || r.Milestones[e.Name] || !rule.States[e.Name] {
				continue
			}
			if rule.WithNote && !e.Noted {
				note(notes, NotePauseWithoutNote, e)
				continue
			}
			if end, ended := r.stateEnd(m, events[j:], asOf); ended {
				times.Add(calendar.Interval{Start: e.At, End: end})
			} else if p.Since == nil || e.At < *p.Since {
				p.Since = &e.At
			}
		}
		p.Times = times.Set()
		if !p.Times.IsEmpty() || p.Since != nil {
			out = append(out, p)
		}
	}
	return out
}

// stateEnd finds when the state that the first event begins ends; false when
// it goes on at asOf.
func (r *Rules) stateEnd(m *Measure, events []Event, asOf calendar.Instant) (calendar.Instant, bool) {
	e := &events[0]
	for i := 1; i < len(events) && events[i].At <= asOf; i++ {
		next := &events[i]
		if e.Until != nil && next.At >= *e.Until {
			break
		}
		ends := !r.Milestones[next.Name] || next.Name == Resumed || next.Name == Reopened || next.Name == Closed || next.Name == Cancelled || m.Reopens && m.Stops[next.Name]
		if ends && next.At > e.At {
			return next.At, true
		}
	}
	if e.Until != nil && *e.Until <= asOf {
		return *e.Until, true
	}
	return 0, false
}

// unknownStates reports states that no rule mentions.
func (r *Rules) unknownStates(events []Event, asOf calendar.Instant, notes *[]Note) {
	for i := range events {
		e := &events[i]
		if e.At > asOf || r.Milestones[e.Name] || r.Never[e.Name] {
			continue
		}
		if !slices.ContainsFunc(r.Pauses, func(p PauseRule) bool { return p.States[e.Name] }) {
			note(notes, NoteUnknownState, e)
		}
	}
}
