package sla

import "github.com/sla-lang/sla/internal/measure"

// Figures that are supplied ready-made, in the place of the raw facts.

// measuredFact finds a figure supplied ready-made for a window.
func (v *view) measuredFact(objective, service string, period Period) *Measured {
	for _, m := range knownFacts[*Measured](v) {
		if m.Objective == objective && m.Period == period.Name && (m.For == "" || v.e.own(m.For) == service) {
			return m
		}
	}
	return nil
}

// suppliedAvailability judges a figure supplied ready-made: the raw facts are
// set aside, and the result says so.
func (v *view) suppliedAvailability(ev *evaluated, m *Measured, leaveOut map[string]bool) {
	p, r := ev.plan, &ev.result
	got := measure.Available{Applicable: true}
	if m.Down != nil {
		got.Agreed = v.agreedTime(p, ev.subject, ev.period).Measure()
		got.Of, got.Counted = got.Agreed, min(*m.Down, got.Agreed)
		got.Lost = measure.Exact(got.Counted)
		got.Applicable = got.Of > 0
		ev.down, ev.of = got.Lost, got.Of
		ev.exact = got.Ratio()
		if p.kind == MeasureDowntime {
			ev.exact = inSeconds(got.Lost)
		}
	} else {
		ev.exact = m.Share.Ratio()
	}
	ev.value = p.compared(ev.exact)
	r.Measured = &Measurement{Exact: ev.exact.String(), Shown: p.show(ev.value)}
	if m.Down != nil {
		r.Measured = v.measurement(ev, got)
	}
	ev.hasValue = got.Applicable
	r.Verdict = p.verdict(ev.value)
	ev.incidents = []string{orDefault(m.ID, p.id)}
	if leaveOut[ev.incidents[0]] {
		ev.hasValue, r.Verdict = false, NotApplicable
	}
	r.Why = append(r.Why, Step{Code: "supplied", Args: []Arg{Shown("measured", r.Measured.Shown)}, Clause: p.id, Facts: []string{m.ID}})
}

// suppliedVerdict is a verdict supplied ready-made, without a figure.
func suppliedVerdict(p *objectivePlan, service string, period Period, m *Measured) evaluated {
	ev := evaluated{plan: p, period: period, service: service}
	ev.result = Result{
		Objective: p.id, For: service, Period: period, Verdict: m.Verdict, Target: p.targetShown(),
		ReportOnly: p.written == nil || p.written.ReportOnly,
		Why:        []Step{{Code: "supplied-verdict", Clause: p.id, Facts: []string{m.ID}, Args: []Arg{Phrase("verdict", "verdict "+slug(m.Verdict))}}},
	}
	ev.without = func(map[string]bool) evaluated { return ev }
	return ev
}
