package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// Only is what a partial report is asked for beside its tickets. What it says
// is what a whole report says; findings, duties, the state of settlements and
// the ledger are left out.
type Only struct {
	// Objectives are those whose results are reported.
	Objectives []string
	// Money adds settlements, and the results that these are made of; without it
	// no result has a credit.
	Money bool
	// Rights adds rights to terminate.
	Rights bool
}

// asks says whether the results of an objective are worked out; of nil, all
// are.
func (o *Only) asks(e *Engine, objective string) bool {
	return o == nil || slices.Contains(o.Objectives, objective) || o.Money && e.owing[objective] || o.Rights && e.giving[objective]
}

// prepareOwing finds the objectives of whose results money and rights are
// made: those with credits, and those that conditions name.
func (e *Engine) prepareOwing() {
	e.owing, e.giving = map[string]bool{}, map[string]bool{}
	for _, o := range e.contract.allObjectives() {
		if len(o.priced()) > 0 || o.Repeat != nil {
			e.owing[o.Name] = true
		}
	}
	for i := range e.contract.Terminations {
		for _, when := range e.contract.Terminations[i].When {
			e.giving[when.Condition.Objective] = true
		}
	}
	for i := range e.contract.Bonuses {
		for _, c := range e.contract.Bonuses[i].When {
			e.owing[c.Objective] = true
		}
	}
}

// part adds to a report what is asked for.
func (v *view) part(r *Run, rep *Report, cs []correction, only *Only, from, to calendar.Date) error {
	first := from
	if only.Money || only.Rights {
		first = v.firstDate(from)
	}
	evs, err := v.evaluateAll(first, to, only)
	if err != nil {
		return err
	}
	if only.Rights {
		for _, right := range v.rights(v.remember(evs, cs), to) {
			if right.reported(from) {
				rep.Rights = append(rep.Rights, right)
			}
		}
	}
	if only.Money {
		v.settleAll(r, rep, evs, cs, from, to)
		v.unclaimable(rep.Settlements)
		rep.Ledger = nil
		for i := range rep.Settlements {
			rep.Settlements[i].State = ""
		}
	}
	rep.Results = resultsIn(evs, from, to)
	return nil
}
