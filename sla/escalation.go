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

// escalationSteps are the levels that a clock can reach, in the order of the
// table; none for a clock on which nothing escalates (form T10).
func (e *Engine) escalationSteps(p *promisePlan, priority string, start calendar.Instant, target time.Duration) []escalationStep {
	esc := e.contract.Escalation
	if esc == nil || p.measure.Name != orDefault(esc.CountedOn, "restore") {
		return nil
	}
	steps := make([]escalationStep, 0, len(esc.Levels))
	for i := range esc.Levels {
		l := &esc.Levels[i]
		j := slices.IndexFunc(l.After, func(a EscalationAfter) bool { return a.Priority == priority })
		if j < 0 {
			continue
		}
		if after, ok := e.stepAfter(&l.After[j], p, start, target); ok {
			shown := calendar.ExactLength(after)
			if a := l.After[j]; a.Share == nil && a.Due == "" {
				shown = a.Length
			}
			steps = append(steps, escalationStep{l, after, shown})
		}
	}
	return steps
}

// stepAfter is the time of a cell on the clock that is counted on.
func (e *Engine) stepAfter(a *EscalationAfter, p *promisePlan, start calendar.Instant, target time.Duration) (time.Duration, bool) {
	if a.Share != nil {
		return shareOf(*a.Share, target), true
	}
	after, ok := e.openTime(a.Length, p, start)
	switch a.Due {
	case BeforeDue:
		return max(0, target-after), ok
	case AfterDue:
		return target + after, ok
	}
	return after, ok
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
