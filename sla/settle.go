package sla

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sla-lang/sla/credits"
)

// From missed objectives to money owed, in the order of semantics 5.

// A pendingLine is a credit on its way through the steps. exact is its amount
// before rounding, units are those of the contract's own.
type pendingLine struct {
	ev    evaluated
	line  CreditLine
	exact credits.Amount
	units map[string]credits.Ratio
}

// A round is what the settlement of one period has to know of the others.
type round struct {
	h      history
	posted []PostedCredit
	// waiting are credits that a floor or a cap carried into this period.
	waiting []PostedCredit
}

// settle takes the windows that end in a settlement period through the steps.
// It gives what is posted, and what waits for the next period.
func (v *view) settle(period Period, evs []evaluated, in round) (s SettlementResult, now, waits []PostedCredit) {
	s = SettlementResult{Period: period, State: PeriodEnded, BeforeCaps: credits.Zero(v.e.currency), Total: credits.Zero(v.e.currency)}
	lines := v.scheduled(period, evs)
	if rules := v.e.contract.Credits; rules != nil && rules.SameIncident {
		v.countOnce(lines)
	}
	v.repeat(lines, in.h)
	lines = append(lines, v.convert(period, lines)...)
	v.claims(lines)
	lines = append(lines, v.carried(in.waiting)...)
	for i := range lines {
		lines[i].line.Posted = lines[i].line.Credit
	}
	waits = v.limits(&s, period, lines, in)
	for _, p := range lines {
		l := p.line
		s.BeforeCaps.Amount = s.BeforeCaps.Amount.Add(l.Credit.Amount)
		s.Total.Amount = s.Total.Amount.Add(l.Posted.Amount)
		s.Lines = append(s.Lines, l)
		if l.Undetermined {
			s.Undetermined = append(s.Undetermined, l.ID)
		}
		now = append(now, PostedCredit{Period: period.From, Objective: l.Objective, For: l.For, Service: l.Service, Since: l.Since, Amount: l.Posted, Incidents: l.Incidents})
	}
	s.Due = s.Total
	v.timing(&s, evs)
	return s, now, waits
}

// scheduled gives each window that ends in the period its credit by its own
// schedule (step 1). A window still open has none yet.
func (v *view) scheduled(period Period, evs []evaluated) []pendingLine {
	var out []pendingLine
	for i := range evs {
		ev := &evs[i]
		o := ev.plan.written
		if o == nil || o.Credit == nil && len(o.Plus) == 0 || ev.result.Verdict == Open {
			continue
		}
		if !period.From.Before(ev.period.To) || ev.period.To.After(period.To) {
			continue // it belongs to the period in which it ends
		}
		on := v.lateOn(ev)
		if !ev.hasValue && ev.result.Verdict != Missed && len(on) == 0 {
			continue
		}
		if more := incidentsOn(on); len(more) > 0 {
			one := *ev
			one.incidents = union(ev.incidents, more)
			ev = &one
		}
		got := v.owes(ev)
		amount := got.money.Round(v.e.rounding)
		if ev.result.Verdict != Missed && amount.IsZero() && !got.unstated && len(got.units) == 0 {
			continue
		}
		line := CreditLine{
			ID: lineID(ev.plan.id, ev.service, ev.period.Name), Service: ev.partOf(), Objective: ev.plan.id,
			For: ev.service, Window: ev.period.Name, window: ev.period, Scheduled: amount, Credit: amount, Incidents: ev.incidents, Why: got.steps, Undetermined: got.unstated, Choice: got.choice,
		}
		p := pendingLine{*ev, line, got.money, got.units}
		v.free(&p, &p.ev)
		p.tellUnits()
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b pendingLine) int { return cmp.Compare(a.line.ID, b.line.ID) })
	return out
}

// set gives a line another amount, with the reason.
func (p *pendingLine) set(exact credits.Amount, r credits.Rounding, why Step) {
	p.exact = exact
	p.line.Credit = exact.Round(r)
	p.line.Why = append(p.line.Why, why)
}

// partOf is the service whose part is judged; empty where it is a service.
func (ev *evaluated) partOf() string {
	if owner := ev.owner(); owner != ev.service {
		return owner
	}
	return ""
}

// owner is the service that a line is about.
func (l *CreditLine) owner() string { return orDefault(l.Service, l.For) }

// lineID joins what tells a line from others.
func lineID(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "/")
}
