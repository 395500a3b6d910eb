package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/clock"
	"github.com/sla-lang/sla/internal/measure"
)

// A step of a ticket's escalation: a level and the time at which it is reached,
// also as it is shown.
type escalationStep struct {
	level *EscalationLevel
	after time.Duration
	shown calendar.Length
}

// escalationSteps appends to out the levels that a clock can reach, in the order
// of the table; none for a clock on which nothing escalates (form T10).
func (e *Engine) escalationSteps(out []escalationStep, p *promisePlan, priority string, o *clock.Outcome) []escalationStep {
	esc := e.contract.Escalation
	if esc == nil || p.measure.Name != orDefault(esc.CountedOn, "restore") {
		return out
	}
	for i := range esc.Levels {
		l := &esc.Levels[i]
		j := slices.IndexFunc(l.After, func(a EscalationAfter) bool { return a.Priority == priority })
		if j < 0 {
			continue
		}
		if after, ok := e.stepAfter(&l.After[j], p, o); ok {
			shown := calendar.ExactLength(after)
			if a := l.After[j]; a.Share == nil && a.Due == "" {
				shown = a.Length
			}
			out = append(out, escalationStep{l, after, shown})
		}
	}
	return out
}

// stepAfter is the time of a cell on the clock that is counted on; false where
// that is not known.
func (e *Engine) stepAfter(a *EscalationAfter, p *promisePlan, o *clock.Outcome) (time.Duration, bool) {
	if a.Share != nil {
		return shareOf(*a.Share, o.Target), true
	}
	if e.contract.Escalation.OpenTime {
		return e.wallAfter(a, p, o)
	}
	after, ok := e.openTime(a.Length, p, o.Start)
	switch a.Due {
	case BeforeDue:
		return max(0, o.Target-after), ok
	case AfterDue:
		return o.Target + after, ok
	}
	return after, ok
}

// wallAfter is the time of a cell on the wall: from the start, or from when the
// clock falls due, which is not known while it is paused.
func (e *Engine) wallAfter(a *EscalationAfter, p *promisePlan, o *clock.Outcome) (time.Duration, bool) {
	from := o.Start
	if a.Due != "" {
		if from = o.Due; !o.DueKnown {
			return 0, false
		}
	}
	length := a.Length
	if a.Due == BeforeDue {
		length = backwards(length)
	}
	at, err := calendar.Due(from, length, e.zone, nil, p.business)
	return max(0, at.Sub(o.Start)), err == nil
}

// backwards is a length that ends before the event.
func backwards(l calendar.Length) calendar.Length {
	switch {
	case l.IsExact():
		return calendar.ExactLength(-l.Duration())
	case l.LastDay():
		return calendar.NewLength(-l.Count(), l.Unit()).OrLastDay()
	}
	return calendar.NewLength(-l.Count(), l.Unit())
}

// shareOf is the first instant at which a share of a time has passed.
func shareOf(s credits.Share, of time.Duration) time.Duration {
	part := s.Ratio().Mul(measure.Exact(of))
	whole := time.Duration(measure.Floor(part))
	if measure.Exact(whole).Cmp(part) < 0 {
		whole++
	}
	return whole
}

// escalationLevel is the last level whose time has been reached, and the one
// that follows; its index is -1 before the first.
func (e *Engine) escalationLevel(steps []escalationStep, o *clock.Outcome) (level, next int) {
	counted := o.Elapsed
	if e.contract.Escalation != nil && e.contract.Escalation.OpenTime {
		counted = o.Gross
	}
	level, next = -1, -1
	for i := range steps {
		if steps[i].after <= counted {
			level = i
		} else if next < 0 {
			next = i
		}
	}
	return level, next
}

// listAhead lists all clocks of a ticket with the next level of escalation of
// each that runs on.
func (v *view) listAhead(t *ticketView, js []judgement) error {
	from := len(v.tickets)
	v.listTicket(t, js, true)
	for i := range js {
		j, o := &js[i], js[i].outcome
		if j.promise < 0 || j.lost != "" || o.Stopped || o.State == clock.NotStarted || v.e.contract.Escalation == nil {
			continue
		}
		if err := v.nextLevel(&v.tickets[from+i], t, j); err != nil {
			return err
		}
	}
	return nil
}

// nextLevel fills in the level that a clock comes to next, and when.
func (v *view) nextLevel(res *TicketResult, t *ticketView, j *judgement) error {
	p, o := &v.e.promises[j.promise], j.outcome
	ahead, err := v.e.clockOf(t, p.measure).ahead(t, v.valid)
	if ahead == nil || err != nil {
		return err
	}
	steps := v.e.escalationSteps(nil, p, j.attr.priority, o)
	_, next := v.e.escalationLevel(steps, o)
	if next < 0 {
		return nil
	}
	res.NextLevel, res.NextWho = steps[next].level.Level, steps[next].level.Who
	at, known := ahead.Reaches(steps[next].after)
	if v.e.contract.Escalation.OpenTime {
		at, known = o.Start.Add(steps[next].after), true
	}
	if known {
		res.NextAt = v.at(at)
	}
	return nil
}

// warned is the greatest written share of the target that a clock has used;
// nil for none.
func (e *Engine) warned(name string, o *clock.Outcome) *TicketWarn {
	if e.contract.Clocks == nil {
		return nil
	}
	var best *TicketWarn
	for i := range e.contract.Clocks.Warn {
		w := &e.contract.Clocks.Warn[i]
		if w.Of != "" && w.Of != name || o.Elapsed < shareOf(w.Share, o.Target) {
			continue
		}
		if best == nil || best.Share.Ratio().Cmp(w.Share.Ratio()) < 0 {
			best = w
		}
	}
	return best
}
