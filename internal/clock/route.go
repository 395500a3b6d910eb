package clock

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// A Route is how a clock went that ran once from one event of its ticket to
// another and was never held: the indexes of the two. It is the same for all
// tickets to which the same things happened in the same order.
type Route struct{ Start, Stop int }

// Route finds that of a clock by a ticket's events in their order, each with
// nothing but its name. It is false for a clock that went
// otherwise, or for which it may matter when the events were.
func (r *Rules) Route(m *Measure, events []Event) (Route, bool) {
	if m.Kind != Once || r.RunOnly != nil || r.paused(events) {
		return Route{}, false
	}
	for i := range events {
		if events[i].Word == wordReopened {
			return Route{}, false
		}
	}
	events = slices.Clone(events)
	for i := range events {
		events[i].At = calendar.Instant(i) // any will do that rise
	}
	var notes []Note
	runs, err := r.runs(nil, m, nil, events, calendar.Instant(len(events)), &notes)
	if err != nil || len(runs) != 1 || !runs[0].straight() {
		return Route{}, false
	}
	return Route{int(runs[0].start), int(runs[0].stop)}, true
}

// JudgeRoute is [Rules.Judge] for the verdict of a clock with a route and one
// target, by when it started and stopped.
func (r *Rules) JudgeRoute(o *Outcome, m *Measure, terms *calendar.Terms, start, stop, asOf calendar.Instant) error {
	*o = Outcome{}
	if err := o.straight(&run{start: start, stop: stop, stopped: true}, terms); err != nil {
		return err
	}
	return r.provisional(m, o, asOf)
}
