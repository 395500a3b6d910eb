package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// An Outlook is an objective in a window that is not over: how it stands, what
// is left to spend, and how it ends if things go on as they did.
type Outlook struct {
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	Period    Period `json:"period"`
	// SoFar is the verdict if nothing more happens; Certain says that nothing
	// can change it.
	SoFar   Verdict `json:"soFar"`
	Certain bool    `json:"certain,omitempty"`
	// AtRisk says that it is missed so far, will be at the pace so far, or
	// will be by one more late ticket because others have used its allowance.
	AtRisk   bool         `json:"atRisk"`
	Measured *Measurement `json:"measured,omitempty"`
	// Allowed is the downtime that the target allows in the whole window, Left
	// what remains of it (negative when it is overspent), Projected what will
	// be down at the end at the pace so far: exact decimal seconds.
	Allowed   string `json:"allowed,omitempty"`
	Left      string `json:"left,omitempty"`
	Projected string `json:"projected,omitempty"`
	// LateLeft is how many more late tickets the target bears as of now.
	LateLeft *int `json:"lateLeft,omitempty"`
}

// Outlook tells how the objectives stand in the windows that are not over, in
// the order of a report. The error is an *[EvaluationError].
func (w *Watch) Outlook() ([]Outlook, error) {
	v, today, err := w.whole()
	if err != nil {
		return nil, err
	}
	evs, err := v.evaluateAll(today, today.AddDays(1), nil)
	if err != nil {
		return nil, err
	}
	out := []Outlook{}
	for i := range evs {
		if r := &evs[i].result; r.Verdict == Open {
			out = append(out, v.outlook(&evs[i]))
		}
	}
	return out, nil
}

func (v *view) outlook(ev *evaluated) Outlook {
	r := &ev.result
	o := Outlook{Objective: r.Objective, For: r.For, Period: r.Period, SoFar: r.SoFar, Certain: r.Certain, Measured: r.Measured, AtRisk: r.SoFar == Missed}
	switch {
	case r.Measured == nil:
	case r.Measured.Allowed != nil:
		left := *r.Measured.Allowed - *r.Measured.Late
		o.LateLeft = &left
		o.AtRisk = o.AtRisk || left <= 0 && *r.Measured.Late > 0
	case ev.plan.kind == MeasureAvailability && ev.plan.target != nil && r.Measured.Down != "":
		v.downtimeLeft(&o, ev)
	}
	return o
}

// downtimeLeft says what is left of the allowed downtime of the whole window,
// and where the pace so far leads (R081).
func (v *view) downtimeLeft(o *Outlook, ev *evaluated) {
	if ev.plan.written.Measure.Join != nil {
		return
	}
	in, _, whole := v.input(ev.plan, ev.subject, ev.period, nil)
	past := whole.Within(calendar.Interval{Start: calendar.MinInstant, End: v.valid}).Measure()
	in.Agreed = whole
	got := in.Compute()
	allowed := got.Allowed(*ev.plan.level)
	o.Allowed, o.Left = seconds(allowed), seconds(allowed-got.Counted)
	if past <= 0 {
		return
	}
	pace, err := measure.Exact(got.Counted).Mul(measure.Exact(whole.Measure())).Quo(measure.Exact(past))
	if err != nil {
		return
	}
	projected := time.Duration(measure.Floor(pace))
	o.Projected, o.AtRisk = seconds(projected), o.AtRisk || projected > allowed
}
