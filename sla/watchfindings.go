package sla

import "github.com/sla-lang/sla/calendar"

// Findings gives the warnings about the facts and about the windows that are not
// over, as a report of now would, and what was taken in. The error is an
// *[EvaluationError].
func (w *Watch) Findings() ([]Finding, Intake, error) {
	v, today, err := w.whole()
	if err != nil {
		return nil, Intake{}, err
	}
	evs, err := v.evaluateAll(today, today.AddDays(1), nil)
	if err != nil {
		evs = nil // what cannot be evaluated is told by Outlook
	}
	in := w.run.intakeOf(v)
	in.Later = w.later()
	return v.findAll(evs, today, today.AddDays(1)), in, nil
}

// whole is all that is known now, with its tickets judged, and the date.
func (w *Watch) whole() (*view, calendar.Date, error) {
	v := w.run.look(AsOf{Valid: w.now.Time(), Known: w.now.Time()})
	today, _ := v.e.zone.Local(w.now)
	if err := v.judgeTickets(w.run, false); err != nil {
		return nil, today, &EvaluationError{err}
	}
	return v, today, nil
}

// later counts the facts that were taken in and are dated after now: of tickets,
// and outages.
func (w *Watch) later() (n int) {
	r := w.run
	gone := r.withdrawnBy(calendar.MaxInstant)
	for log := range r.tickets.all() {
		for _, tf := range log.current(nil, calendar.MaxInstant, gone) {
			n += boolInt(tf.at > w.now)
		}
	}
	for key, e := range r.store {
		if key.kind != FactOutage {
			continue
		}
		if rev := e.current(calendar.MaxInstant); rev != nil && !gone.has(rev.fact) && instant(rev.fact.Header().Occurred) > w.now {
			n++
		}
	}
	return n
}
