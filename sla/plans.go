package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// planDuties are the documents owed for a period with missed objectives (R072).
func (v *view) planDuties(evs []evaluated, from, to calendar.Date) []PlanDuty {
	var out []PlanDuty
	if len(v.e.contract.RemedyPlans) == 0 {
		return nil
	}
	for _, p := range periods(CalendarMonth, from, to, v.e.termFrom) {
		var missed []string
		for i := range evs {
			ev := &evs[i]
			if ev.result.Verdict == Missed && p.From.Before(ev.period.To) && !ev.period.To.After(p.To) && !slices.Contains(missed, ev.plan.id) {
				missed = append(missed, ev.plan.id)
			}
		}
		if len(missed) == 0 {
			continue
		}
		slices.Sort(missed)
		for i := range v.e.contract.RemedyPlans {
			out = append(out, v.planDuty(&v.e.contract.RemedyPlans[i], p, missed))
		}
	}
	return out
}

func (v *view) planDuty(plan *RemedyPlan, p Period, missed []string) PlanDuty {
	d := PlanDuty{Clause: "remedy-plan/" + plan.Name, Period: p.Name, After: missed, State: DutyWaits}
	d.Delivered = v.dutyDone(plan.Name, d.Clause, p.Name)
	report := v.reportOf(p)
	if report == nil {
		if d.Delivered != nil {
			d.State = DutyMet
		}
		return d
	}
	due, err := calendar.Due(instant(*report), plan.Within, v.e.zone, nil, v.e.business)
	if err != nil {
		return d
	}
	d.Due = ptrTo(v.e.local(due))
	d.State = v.dutyState(d.Due, d.Delivered, &plan.Within)
	return d
}

// dutyDone is when a duty was done, by its name or clause, as is known by now.
func (v *view) dutyDone(name, clause, period string) *time.Time {
	done := v.delivered(name, period)
	if done == nil {
		done = v.delivered(clause, period)
	}
	if done == nil || instant(*done) > v.valid {
		return nil
	}
	return done
}

// dutyState is where a duty stands that is due within a length, or without one by
// the end of a date.
func (v *view) dutyState(due, delivered *time.Time, within *calendar.Length) DutyState {
	switch {
	case delivered != nil && v.timely(*delivered, within, instant(*due)):
		return DutyMet
	case delivered != nil || v.valid > instant(*due):
		return DutyLate
	}
	return DutyOpen
}
