package clock

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// Judge gives the clock of a measure as it stands at asOf, from the ticket's
// events in the order of [Sort]. terms are what the clock is held to, the
// first from its start on; each later one says how it applies. There is
// one outcome for each life of the clock, at least one; more than one when a
// reopening started it anew. They are appended to out.
//
// Where only the verdict is asked, it is not worked out when a clock that
// nothing held, and that stopped in time, would have fallen due.
func (r *Rules) Judge(out []Outcome, m *Measure, terms []calendar.Terms, events []Event, asOf calendar.Instant, verdict bool) ([]Outcome, error) {
	var notes []Note
	var usual [1]run // most clocks live once
	runs, err := r.runs(usual[:0], m, terms, events, asOf, &notes)
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return append(out, Outcome{State: NotStarted, Notes: notes}), nil
	}
	pauses, err := r.pauses(m, events, asOf, &notes)
	if err != nil {
		return nil, err
	}
	r.unknownStates(events, asOf, &notes)
	for i := range runs {
		if m.Kind == Rhythm {
			o, err := m.rhythm(&runs[i], terms, pauses, events, asOf)
			if err != nil {
				return nil, err
			}
			out = append(out, o)
			continue
		}
		own, first := m.inForce(terms, &runs[i], asOf)
		out = append(out, Outcome{})
		o := &out[len(out)-1]
		if verdict && len(own) == 1 && own[0].Since <= runs[i].start && own[0].Until == 0 && len(pauses) == 0 && runs[i].straight() {
			err = o.straight(&runs[i], &own[0])
		} else {
			held := pauses
			if len(pauses) > 0 && runs[i].stopped && runs[i].stop < asOf { // what comes later is none of its business
				var told []Note
				if held, err = r.pauses(m, events, runs[i].stop, &told); err != nil {
					return nil, err
				}
			}
			err = r.judge(o, m, &runs[i], own, held, asOf)
		}
		if err == nil {
			err = r.provisional(m, o, asOf)
		}
		if err != nil {
			return nil, err
		}
		o.Terms += first
		if e := closing(&runs[i], events, asOf); e != nil {
			note(&o.Notes, NoteClosed, e)
		}
	}
	if len(notes) > 0 {
		first := &out[len(out)-len(runs)]
		first.Notes = append(notes, first.Notes...)
	}
	return out, nil
}

// inForce leaves out the terms that were over before the run started, those
// that came after it had stopped and those that are still to come at asOf, as
// by an amendment; first is how many were over.
func (m *Measure) inForce(terms []calendar.Terms, r *run, asOf calendar.Instant) (own []calendar.Terms, first int) {
	last := len(terms)
	first = termsAt(terms, r.start, m.Kind == Exchange)
	for last > first+1 && (terms[last-1].Since > asOf || r.stopped && terms[last-1].Since >= r.stop) {
		last--
	}
	if last > first+1 && m.Leaves(&terms[first], r.start) {
		first++ // nothing was promised when it started
	}
	return terms[first:last], first
}

// Leaves says that terms do not hold a clock that starts at an instant: nothing
// was promised any more. An exchange follows those before it.
func (m *Measure) Leaves(t *calendar.Terms, start calendar.Instant) bool {
	return t.Until != 0 && t.Until <= start || t.Left != 0 && t.Left <= start && m.Kind == Once
}

// termsAt is the index of the terms to which a clock, an exchange or a gap is
// held that starts at an instant. A change that leaves alone what a ticket is
// held to does so for all that follows but a new clock.
func termsAt(terms []calendar.Terms, start calendar.Instant, follows bool) (at int) {
	for i := 1; i < len(terms) && terms[i].Since <= start; i++ {
		if !follows || terms[i].Rule != calendar.First {
			at = i
		}
	}
	return at
}

// closing is the event by which a ticket was closed whose clock runs on; nil
// where it is not.
func closing(one *run, events []Event, asOf calendar.Instant) *Event {
	if one.stopped {
		return nil
	}
	for i := len(events) - 1; i >= 0; i-- {
		switch e := &events[i]; {
		case e.At > asOf:
		case e.Word == wordClosed && e.At >= one.start:
			return e
		case e.Word == wordReopened:
			return nil
		}
	}
	return nil
}

// judge fills in what one life of a clock comes to.
func (r *Rules) judge(o *Outcome, m *Measure, one *run, terms []calendar.Terms, pauses []calendar.Pause, asOf calendar.Instant) error {
	at := asOf
	if one.stopped {
		at = one.stop
	}
	o.Start, o.Stop, o.Stopped, o.Gross = one.start, one.stop, one.stopped, at.Sub(one.start)
	held := pauses
	if len(one.idle) > 0 {
		held = append(append([]calendar.Pause{}, pauses...), calendar.Pause{Times: calendar.NewSet(one.idle...)})
	}
	terms, slept := awake(terms, one.idle)
	course, err := calendar.NewCourse(calendar.FromReceipt, one.start, terms, held...)
	if err != nil {
		return err
	}
	if err := o.measure(course, pauses, one, terms, at); err != nil {
		return err
	}
	o.state(o.late(terms), course, at)
	o.Terms += slept
	if one.cancelled {
		o.cancel()
	}
	return nil
}

// straight says that a clock ran from its start to its stop, never reopened.
func (one *run) straight() bool { return one.stopped && !one.cancelled && len(one.idle) == 0 }

// straight fills in what judge does for a clock that nothing held. When one that
// stopped in time would have fallen due is not worked out.
func (o *Outcome) straight(one *run, terms *calendar.Terms) error {
	elapsed, target, err := terms.Straight(one.start, one.stop)
	if err != nil {
		return err
	}
	o.Start, o.Stop, o.Stopped, o.Gross = one.start, one.stop, true, one.stop.Sub(one.start)
	o.Elapsed, o.Target, o.Decided = elapsed, target, one.stop
	if elapsed < target || elapsed == target && !terms.LessThan {
		o.State = Met
		return nil
	}
	if o.Due, err = due(terms, one.start); err != nil {
		return err
	}
	o.State, o.DueKnown, o.Decided = Late, true, min(o.Due, one.stop)
	return nil
}

// due is when a clock falls due that starts at an instant and is never held.
func due(terms *calendar.Terms, start calendar.Instant) (calendar.Instant, error) {
	if d := terms.Target; d.IsExact() && d.Duration() > 0 && terms.Calendar != nil {
		return terms.Calendar.Add(start, d.Duration())
	}
	k, err := calendar.NewClock(terms.Calendar, start)
	if err != nil {
		return 0, err
	}
	towards, err := k.Target(terms.Target, terms.Zone, terms.Business)
	if err != nil {
		return 0, err
	}
	if terms.LessThan { // exceeded where it is reached, which may be before its own instant
		towards.Unpaused = nil
	}
	at, _, err := k.Due(towards)
	return at, err
}

// cancel ends a clock without a verdict, where it had none by then: once late,
// it stays late (semantics 2.4).
func (o *Outcome) cancel() {
	if o.Cancelled = true; !o.IsLate() {
		o.Void()
		return
	}
	o.Notes = append(o.Notes, Note{Code: NoteCancelledLate})
}

// Void takes the verdict from a clock that was cancelled.
func (o *Outcome) Void() {
	*o = Outcome{State: CancelledAs, Start: o.Start, Stop: o.Stop, Stopped: true, Cancelled: true, Gross: o.Gross, Terms: o.Terms}
}

// measure fills in what the clock shows at an instant.
func (o *Outcome) measure(course *calendar.Course, pauses []calendar.Pause, one *run, terms []calendar.Terms, at calendar.Instant) error {
	k, target, err := course.Clock(at)
	if err != nil {
		return err
	}
	if o.Elapsed, err = k.Elapsed(at); err != nil {
		return err
	}
	o.Target = target.Time
	if !k.Held().IsEmpty() {
		if o.Held, err = k.Paused(at); err != nil {
			return err
		}
	}
	if o.Due, o.DueKnown, err = course.DueAsOf(at); err != nil {
		return err
	}
	if o.Terms, err = course.InForce(at); err != nil {
		return err
	}
	if len(one.idle) > 0 {
		if err := o.splitRestored(pauses, one, terms, at); err != nil {
			return err
		}
	}
	if !k.Spent().IsEmpty() && !k.Spent().Within(calendar.Interval{Start: one.start, End: at}).IsEmpty() {
		o.Notes = append(o.Notes, Note{Code: NotePauseLimit})
	}
	return nil
}

// splitRestored tells the time held by pauses from the time while restored.
func (o *Outcome) splitRestored(pauses []calendar.Pause, one *run, terms []calendar.Terms, at calendar.Instant) error {
	course, err := calendar.NewCourse(calendar.FromReceipt, one.start, terms, pauses...)
	if err != nil {
		return err
	}
	without, _, _ := course.Under(o.Terms)
	paused, err := without.Paused(at)
	if err != nil {
		return err
	}
	o.Restored, o.Held = o.Held-paused, paused
	return nil
}

// late says whether the target was exceeded. Once late a clock stays late: terms
// exceeded while they were in force have decided.
func (o *Outcome) late(terms []calendar.Terms) bool {
	if terms[o.Terms].LessThan {
		return o.Elapsed >= o.Target
	}
	return o.Elapsed > o.Target
}

// state names the state and says when the verdict was decided.
func (o *Outcome) state(late bool, course *calendar.Course, at calendar.Instant) {
	switch {
	case late && o.Stopped:
		o.State = Late
	case late:
		o.State = LateOpen
	case o.Stopped:
		o.State, o.Decided = Met, o.Stop
		return
	case o.pausedAt(course, at):
		o.State = Paused
		return
	default:
		o.State = Running
		return
	}
	o.Decided = at
	if o.DueKnown && o.Due < at {
		o.Decided = o.Due
	}
}

func (o *Outcome) pausedAt(course *calendar.Course, at calendar.Instant) bool {
	k, _, err := course.Clock(at)
	return err == nil && k.PausedAt(at)
}

// provisional says until when a reopening may still undo a stop.
func (r *Rules) provisional(m *Measure, o *Outcome, asOf calendar.Instant) error {
	if !o.Stopped || o.Cancelled || !m.Reopens || r.Reopen == nil || r.Reopen.Mode == StartsNew {
		return nil
	}
	until, err := r.Reopen.Until(o.Stop)
	if err != nil {
		return err
	}
	o.ReopenUntil, o.Provisional = until, asOf <= until
	return nil
}

// Overdue is by how much a late clock exceeds its target.
func (o *Outcome) Overdue() time.Duration { return max(0, o.Elapsed-o.Target) }
