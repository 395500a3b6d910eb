package clock

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// Sort puts events in the order in which they are read: by instant, then by
// id; without ids what is taken up or asked comes before what is done. Events alike
// in all of them stay as they were.
func Sort(events []Event) {
	for i := 1; i < len(events); i++ {
		if compare(&events[i-1], &events[i]) > 0 { // mostly they come in their order
			slices.SortStableFunc(events, func(a, b Event) int { return compare(&a, &b) })
			return
		}
	}
}

func compare(a, b *Event) int {
	if a.At != b.At {
		return cmp.Compare(a.At, b.At)
	}
	return cmp.Or(cmp.Compare(rank(a.Word), rank(b.Word)), cmp.Compare(a.ID, b.ID), cmp.Compare(begins(a), begins(b)))
}

// begins orders events of one instant without ids: what is asked or taken up
// comes before what is answered, waits or is done, and that before the end of a
// ticket as another.
func begins(e *Event) int {
	switch e.Name {
	case Resumed, Reopened, Message:
		return 0
	case "duplicate", "merged":
		return 2
	}
	return 1
}

// rank orders events of one instant: a receipt comes before what it makes
// possible, a closing after everything; data that were recovered up to the
// very failure were there before it.
func rank(w Word) int {
	switch w {
	case wordRecoveredTo:
		return -1
	case wordReceived:
		return 0
	case wordRecorded:
		return 1
	case wordClosed, wordCancelled:
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
	// by is the event that stopped it; 0 for a cancelled one.
	by Word
	// idle are the times between a stop and the reopening that undid it.
	idle []calendar.Interval
}

// runs cuts the events, sorted, into the lives of a clock, as known at asOf.
// There is more than one when a reopening or a message starts a new clock.
// They are appended to all.
func (r *Rules) runs(all []run, m *Measure, terms []calendar.Terms, events []Event, asOf calendar.Instant, notes *[]Note) ([]run, error) {
	var cur *run
	for i := range events {
		e := &events[i]
		if e.At > asOf {
			break
		}
		switch {
		case cur == nil || m.Kind == Exchange && cur.stopped && !cur.cancelled && e.Word == wordMessage:
			if r.starts(m, events[:i+1], notes) {
				all = append(all, run{start: e.At})
				cur = &all[len(all)-1]
			} else if cur == nil && m.Kind != Exchange && !m.pointUnknown(events) && (m.Stops.Has(e.Word) || e.Word == wordCancelled || r.Cancels.Has(e.Word)) {
				note(notes, NoteBeforeStart, e)
			}
		case (e.Word == wordCancelled || r.Cancels.Has(e.Word)) && !cur.stopped:
			cur.cancelled, cur.stopped, cur.stop = true, true, e.At
		case m.Stops.Has(e.Word) && !cur.stopped:
			if m.stopsAt(e, notes) {
				cur.stopped, cur.stop, cur.by = true, e.At, e.Word
			}
		case cur.stopped && m.Reopens && m.Kind == Once && cur.by != 0 && cur.by == e.Word && e.At > cur.stop:
			note(notes, NoteStoppedAlready, e)
		case e.Word == wordReopened && m.Reopens && cur.stopped && !cur.cancelled:
			fresh, err := r.reopen(cur, e, m, terms, events, notes)
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

// pointUnknown says that a clock runs from the instant to which data were
// recovered, and nobody has said which that is.
func (m *Measure) pointUnknown(events []Event) bool {
	return m.Start == wordRecoveredTo && !slices.ContainsFunc(events, func(e Event) bool { return e.Word == wordRecoveredTo })
}

// starts says whether the last of the events so far starts the clock.
func (r *Rules) starts(m *Measure, events []Event, notes *[]Note) bool {
	e := &events[len(events)-1]
	start := m.Start
	if start == 0 {
		start = r.Start
	}
	switch {
	case m.Kind == Exchange:
		return e.Word == wordMessage
	case start != 0 && start != wordReceived:
		return e.Word == start
	case e.Word == wordRecorded:
		return r.Recorded
	case e.Word != wordReceived:
		return false
	case r.Channels == nil || e.Channel == "" && !r.AllChannels:
		return true
	case !r.Channels[e.Channel]:
		note(notes, NoteChannel, e)
		return false
	}
	return !r.AllChannels || r.heardByAll(events)
}

// heardByAll says whether each of the channels has had a receipt.
func (r *Rules) heardByAll(events []Event) bool {
	heard := map[string]bool{}
	for i := range events {
		if e := &events[i]; e.Word == wordReceived && r.Channels[e.Channel] {
			heard[e.Channel] = true
		}
	}
	return len(heard) == len(r.Channels)
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
func (r *Rules) reopen(cur *run, e *Event, m *Measure, terms []calendar.Terms, events []Event, notes *[]Note) (fresh bool, err error) {
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
	late := false
	if r.Reopen.Mode == Restarts {
		if late, err = r.wasLate(cur, m, terms, events); err != nil {
			return false, err
		}
	}
	switch {
	case r.Reopen.Mode == StartsNew:
		return true, nil
	case r.Reopen.Mode == Restarts && !late:
		*cur = run{start: e.At}
	default: // a clock that is late stays late, and goes on (semantics 2.4)
		if !r.Reopen.RestoredCounts {
			cur.idle = append(cur.idle, calendar.Interval{Start: cur.stop, End: e.At})
		}
		cur.stopped = false
	}
	return false, nil
}

// wasLate says whether a life that was stopped was late by then.
func (r *Rules) wasLate(one *run, m *Measure, terms []calendar.Terms, events []Event) (bool, error) {
	var notes []Note
	pauses, err := r.pauses(m, events, one.stop, &notes)
	if err != nil {
		return false, err
	}
	if m.Kind == Rhythm {
		o, err := m.rhythm(one, terms, pauses, events, one.stop)
		return o.IsLate(), err
	}
	own, _ := m.inForce(terms, one, one.stop)
	if own[0].Since > one.stop || own[0].Left != 0 && m.Leaves(&own[0], one.start) {
		return false, nil // nothing was promised until it stopped
	}
	held := *one
	if until := own[len(own)-1].Until; until != 0 && until <= one.stop { // nor any more
		held.stop = until - 1
	}
	var o Outcome
	err = r.judge(&o, m, &held, own, pauses, held.stop)
	return o.IsLate(), err
}

func note(notes *[]Note, code NoteCode, e *Event) {
	*notes = append(*notes, Note{Code: code, Event: e.ID, Name: e.Name, Channel: e.Channel})
}

// pauses gives for each rule the times its states held, as known at asOf.
// A state with an end of its own lasts until then, another until the next state;
// both at the latest until a stop or a reopening.
func (r *Rules) pauses(m *Measure, events []Event, asOf calendar.Instant, notes *[]Note) ([]calendar.Pause, error) {
	var out []calendar.Pause
	rules := r.Pauses
	if !r.paused(events) {
		rules = nil
	}
	for i := range rules {
		p, err := r.pause(&rules[i], m, events, asOf, notes)
		if err != nil {
			return nil, err
		}
		if !p.Times.IsEmpty() || p.Since != nil {
			out = append(out, p)
		}
	}
	if r.RunOnly != nil {
		out = append(out, r.outside(m, events, asOf))
	}
	return out, nil
}

// paused says whether any event begins a state that may hold a clock.
func (r *Rules) paused(events []Event) bool {
	for i := range events {
		if r.pausing.Has(events[i].Word) {
			return true
		}
	}
	return false
}

// pause is what one rule holds.
func (r *Rules) pause(rule *PauseRule, m *Measure, events []Event, asOf calendar.Instant, notes *[]Note) (calendar.Pause, error) {
	p := calendar.Pause{AtMost: rule.AtMost, Limit: rule.Limit, EachTime: rule.EachTime}
	var times calendar.Builder
	for j := range events {
		e := &events[j]
		if e.At > asOf || r.Milestones.Has(e.Word) || !rule.States.Has(e.Word) {
			continue
		}
		if rule.WithNote && !e.Noted {
			note(notes, NotePauseWithoutNote, e)
			continue
		}
		from := e.At
		if rule.After != nil {
			var err error
			if from, err = rule.After(from); err != nil {
				return p, err
			}
		}
		if end, ended := r.stateEnd(m, events[j:], asOf); ended {
			times.Add(calendar.Interval{Start: from, End: end})
		} else if p.Since == nil || from < *p.Since {
			p.Since = &from
		}
	}
	p.Times = times.Set()
	return p, nil
}

// outside is when none of the states holds in which alone a clock runs, or a
// stated stretch of another.
func (r *Rules) outside(m *Measure, events []Event, asOf calendar.Instant) calendar.Pause {
	var in, apart calendar.Builder
	for j := range events {
		e := &events[j]
		if e.At > asOf || r.Milestones.Has(e.Word) || !r.RunOnly.Has(e.Word) && e.Until == nil {
			continue
		}
		end, ended := r.stateEnd(m, events[j:], asOf)
		if !ended {
			end = calendar.MaxInstant
		}
		if r.RunOnly.Has(e.Word) {
			in.Add(calendar.Interval{Start: e.At, End: end})
		} else {
			apart.Add(calendar.Interval{Start: e.At, End: end})
		}
	}
	all := calendar.Interval{Start: calendar.MinInstant, End: calendar.MaxInstant}
	p := calendar.Pause{Times: in.Set().Minus(apart.Set()).Complement(all)}
	if n := p.Times.Len(); n > 0 && p.Times.At(n-1).End == all.End {
		last := p.Times.At(n - 1)
		p.Times = p.Times.Minus(calendar.NewSet(last))
		p.Since = &last.Start
	}
	return p
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
		if (next.At > e.At || ordered(e, next)) && r.ends(m, e, next) {
			return next.At, true
		}
	}
	if e.Until != nil && *e.Until <= asOf {
		return *e.Until, true
	}
	return 0, false
}

// ordered says that of two events of one instant, in the order of [Sort], the
// second is known to have come after the first: their ids say so.
func ordered(e, next *Event) bool { return e.ID != "" && e.ID < next.ID }

// ends says whether an event ends a state. States with a written end are
// stretches, united with all others (semantics 2.1): only what takes the ticket
// up again or stops the clock ends one sooner. A state without an end lasts
// until the ticket is put into another.
func (r *Rules) ends(m *Measure, state, next *Event) bool {
	switch next.Word {
	case wordResumed, wordReopened, wordClosed, wordCancelled:
		return true
	}
	if r.Cancels.Has(next.Word) || m.Reopens && m.Stops.Has(next.Word) {
		return true
	}
	return !r.Milestones.Has(next.Word) && next.Name != state.Name && state.Until == nil && next.Until == nil
}

// unknownStates reports states that no rule mentions, in which the clock ran. One
// that runs in certain states only stands in all others.
func (r *Rules) unknownStates(events []Event, asOf calendar.Instant, notes *[]Note) {
	if r.RunOnly != nil {
		return
	}
	for i := range events {
		e := &events[i]
		if e.At <= asOf && !r.known.Has(e.Word) {
			note(notes, NoteUnknownState, e)
		}
	}
}
