package sla

import (
	"slices"

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
	d.Delivered = v.delivered(plan.Name, p.Name)
	if d.Delivered == nil {
		d.Delivered = v.delivered(d.Clause, p.Name)
	}
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
	switch {
	case d.Delivered != nil && instant(*d.Delivered) <= due:
		d.State = DutyMet
	case d.Delivered != nil || v.valid > due:
		d.State = DutyLate
	default:
		d.State = DutyOpen
	}
	return d
}
