package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/credits"
)

// Credits that wait for the next settlement period.

// carried are the credits that waited for this period.
func (v *view) carried(waiting []PostedCredit) []pendingLine {
	var out []pendingLine
	for _, w := range waiting {
		since := periodOf(v.e.settlementWindow(), w.Period, v.e.termFrom)
		p := pendingLine{ev: evaluated{plan: &objectivePlan{id: w.Objective, written: &Objective{}}, service: w.For, subject: subject{service: w.owner()}}, exact: w.Amount.Exact()}
		p.line = CreditLine{
			ID: lineID(w.Objective, w.For, since.Name, "carried"), Objective: w.Objective, For: w.For, Service: w.Service, Window: since.Name, Since: ptrTo(w.Period),
			Scheduled: w.Amount, Credit: w.Amount, Incidents: w.Incidents, Why: []Step{{Code: "carried", Args: []Arg{DateArg("from", w.Period), Money("credit", w.Amount)}}},
		}
		out = append(out, p)
	}
	return out
}

// carry is what a line carries on to the next period, of the period in which
// it arose.
func (l *CreditLine) carry(amount credits.Money, period Period) PostedCredit {
	out := PostedCredit{Period: period.From, Objective: l.Objective, For: l.For, Service: l.Service, Amount: amount, Incidents: l.Incidents}
	if l.Since != nil {
		out.Period = *l.Since
	}
	return out
}

// gathered adds up what waits of the same objective and period.
func gathered(waits []PostedCredit) []PostedCredit {
	var out []PostedCredit
	for _, w := range waits {
		i := slices.IndexFunc(out, func(o PostedCredit) bool {
			return o.Period == w.Period && o.Objective == w.Objective && o.For == w.For
		})
		if i < 0 {
			out = append(out, w)
			continue
		}
		out[i].Amount.Amount = out[i].Amount.Amount.Add(w.Amount.Amount)
		out[i].Incidents = union(out[i].Incidents, w.Incidents)
	}
	slices.SortFunc(out, func(a, b PostedCredit) int {
		return cmp.Or(cmp.Compare(a.Period.String(), b.Period.String()), cmp.Compare(a.Objective, b.Objective), cmp.Compare(a.For, b.For))
	})
	return out
}

// union is the sorted union of two lists of names.
func union(a, b []string) []string {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}
