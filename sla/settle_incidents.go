package sla

import (
	"cmp"
	"slices"
)

// One incident once, where it is written (semantics 5, step 2).

// countOnce lets one incident count once, for the highest credit (step 2):
// lines are taken in descending amount; the facts of incidents already
// credited are taken out of the lines that follow and their schedule is run
// again. Verdicts do not change.
func (v *view) countOnce(lines []pendingLine) {
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(lines[b].exact.Exact.Cmp(lines[a].exact.Exact), lines[b].allUnits().Cmp(lines[a].allUnits()), cmp.Compare(lines[a].line.ID, lines[b].line.ID))
	})
	creditedIn := map[string]*CreditLine{}
	for _, i := range order {
		l := &lines[i].line
		again := map[string]bool{}
		var elsewhere []string
		for _, in := range v.incidentsIn(&lines[i].ev) {
			if by, ok := creditedIn[in]; ok && !by.sameJudged(l) {
				again[in] = true
				elsewhere = append(elsewhere, in)
			}
		}
		if len(again) > 0 {
			rest := lines[i].ev.without(again)
			rest.excluded = again
			got := v.owes(&rest)
			l.Incidents, lines[i].units = rest.incidents, got.units
			lines[i].set(got.money, v.e.rounding, Step{Code: "same-incident", Clause: "credits/same-incident", Args: []Arg{
				List("incidents", elsewhere), Name("line", creditedIn[elsewhere[0]].Objective), Money("credit", got.money.Round(v.e.rounding)), Count("allowed", min(rest.allowed, len(rest.late))), absorbedBy(&rest),
			}})
			l.Undetermined, l.Choice = got.unstated, got.choice
			v.free(&lines[i], &rest)
			lines[i].tellUnits()
		}
		if lines[i].exact.Exact.Sign() > 0 || len(l.Units) > 0 {
			for _, in := range l.Incidents {
				if _, ok := creditedIn[in]; !ok {
					creditedIn[in] = l
				}
			}
		}
	}
}

// absorbedBy lists the incidents that the allowance of a result takes.
func absorbedBy(ev *evaluated) Arg {
	var out []string
	for _, l := range ev.late[:min(ev.allowed, len(ev.late))] {
		out = append(out, l.incident)
	}
	slices.Sort(out)
	return List("absorbed", slices.Compact(out))
}

// sameJudged says that two lines are about the same objective and service: an
// outage that a window's end cuts is not the same incident in both windows.
func (l *CreditLine) sameJudged(o *CreditLine) bool {
	return l.Objective == o.Objective && l.For == o.For
}

// incidentsIn lists all incidents of a line's facts, those absorbed by an
// allowance among them.
func (v *view) incidentsIn(ev *evaluated) []string {
	out := slices.Clone(ev.incidents)
	for _, l := range ev.late {
		if !slices.Contains(out, l.incident) {
			out = append(out, l.incident)
		}
	}
	slices.Sort(out)
	return out
}
