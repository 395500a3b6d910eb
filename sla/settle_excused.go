package sla

import "github.com/sla-lang/sla/credits"

// Misses that cost nothing: in the start-up time, or within a tolerance.

// excuse says why a window costs nothing although its objective was missed.
func (v *view) excuse(ev *evaluated) Excuse {
	o := ev.plan.written
	switch {
	case o == nil:
		return ""
	case v.starting(o, ev.period):
		return ExcusedStartUp
	case o.Tolerance == nil || ev.plan.level == nil || !ev.hasValue || ev.result.Verdict != Missed:
		return ""
	case ev.plan.short(ev.value).Cmp(o.Tolerance.Ratio()) <= 0:
		return ExcusedTolerance
	}
	return ""
}

// short is how far a value is on the wrong side of the target.
func (p *objectivePlan) short(value credits.Ratio) credits.Ratio {
	if p.level == nil {
		return credits.Ratio{}
	}
	if p.op.Upward() {
		return p.level.Sub(value)
	}
	return value.Sub(*p.level)
}

// free leaves a line without a credit where the start-up or a tolerance says so
// of what it was measured by.
func (v *view) free(p *pendingLine, by *evaluated) {
	o := p.ev.plan.written
	switch v.excuse(by) {
	case ExcusedStartUp:
		p.set(v.zero(), v.e.rounding, Step{Code: "start-up", Clause: o.Name + "/start-up", Args: []Arg{Length("length", *o.StartUp)}})
	case ExcusedTolerance:
		p.set(v.zero(), v.e.rounding, Step{Code: "tolerated", Clause: o.Name + "/tolerance", Args: []Arg{Prose("tolerance", o.Tolerance.String())}})
	default:
		return
	}
	p.units, p.line.Undetermined = nil, false
}

// starting says whether a window ends in the start-up time of an objective.
func (v *view) starting(o *Objective, p Period) bool {
	if o == nil || o.StartUp == nil {
		return false
	}
	end, err := endOf(v.e.termFrom, *o.StartUp)
	return err == nil && !p.To.After(end)
}
