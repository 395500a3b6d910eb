package expect

import (
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// An EarnBack claims how much of earlier credits returns to the provider.
type EarnBack struct {
	Whose
	Amount credits.Money
}

func (c EarnBack) judge(w *world) judgement {
	if sla.UseOf(w.engine.Contract(), "credits/earn-back") != sla.Evaluated {
		return unready("earn back")
	}
	s, no := w.settlement(c.Period)
	if no != nil {
		return *no
	}
	if r := w.undecidedEarnBack(c.Objective, s); r != nil {
		return undecidedValue(r)
	}
	got := credits.Zero(c.Amount.Currency)
	var why []sla.Step
	for _, e := range s.EarnedBack {
		if e.Objective != c.Objective || c.For != "" && e.For != c.For {
			continue
		}
		sum, err := got.Add(e.Amount)
		if err != nil {
			return undecided("facts-unusable", sla.Prose("reason", err.Error()))
		}
		got, why = sum, append(why, e.Why...)
	}
	return differs(got.Equal(c.Amount), "earn back of "+subject(c.Objective, c.For, c.Period)+" is "+got.String(), why)
}

// undecidedEarnBack finds a result of an objective that is not known and that
// what returns of its credits in a period may depend on.
func (w *world) undecidedEarnBack(objective string, s *sla.SettlementResult) *sla.Result {
	return w.unsettled(func(o string) bool { return o == objective }, sla.Period{From: w.test.From, To: s.Period.To})
}

// A Termination claims whether a party may end the contract.
type Termination struct {
	By   string
	Open bool
	// From and To bound the notice, Trigger names the condition; nil and ""
	// claim none.
	From    *time.Time
	To      *calendar.Date
	Trigger string
}

func (c Termination) judge(w *world) judgement {
	if sla.UseOf(w.engine.Contract(), "termination/"+c.By) != sla.Evaluated {
		return unready("termination")
	}
	var got []string
	var why []sla.Step
	open := false
	for i := range w.report.Rights {
		r := &w.report.Rights[i]
		if r.By != c.By {
			continue
		}
		why = append(why, r.Why...)
		got = append(got, w.right(r))
		if r.State == sla.RightOpen {
			open = true
			if c.Open && c.matches(r) {
				return judgement{holds: true, got: w.right(r), why: r.Why}
			}
		}
	}
	if !c.Open && !open {
		if r := w.unmeasured(w.opens(c.By), sla.Period{From: w.test.From, To: w.test.To}); r != nil {
			return undecidedValue(r)
		}
	}
	if len(got) == 0 {
		got = []string{"termination by " + c.By + " is not open"}
	}
	return differs(!c.Open && !open, strings.Join(got, "\n"), why)
}

// opens says of an objective whether its misses may open a right of a party.
func (w *world) opens(party string) func(objective string) bool {
	return func(objective string) bool {
		for _, t := range w.engine.Contract().Terminations {
			for _, when := range t.When {
				if t.By == party && when.Condition.Objective == objective {
					return true
				}
			}
		}
		return false
	}
}

func (c Termination) matches(r *sla.Right) bool {
	return (c.From == nil || r.From != nil && r.From.Equal(*c.From)) && (c.To == nil || r.LastDay != nil && *r.LastDay == *c.To) &&
		(c.Trigger == "" || slices.Contains(r.Triggers, c.Trigger))
}

func (w *world) right(r *sla.Right) string { return rightText(r, r.Triggers, w.engine.Zone()) }

func rightText(r *sla.Right, triggers []string, z *calendar.Zone) string {
	text := "termination by " + r.By + " is " + string(r.State)
	if r.From != nil {
		text += " from " + instant(*r.From, z)
	}
	if r.LastDay != nil {
		text += " to " + r.LastDay.String()
	}
	if len(triggers) > 0 {
		text += ", by " + strings.Join(triggers, ", ")
	}
	return text
}

// A Refund claims what is paid back to a party that ended the contract.
type Refund struct {
	To     string
	Amount credits.Money
}

func (c Refund) judge(w *world) judgement {
	got := credits.Zero(c.Amount.Currency)
	var why []sla.Step
	for i := range w.report.Rights {
		r := &w.report.Rights[i]
		if r.By != c.To {
			continue
		}
		why = append(why, r.Why...)
		if r.Refund != nil {
			got = *r.Refund
		}
	}
	if got.IsZero() {
		if r := w.unmeasured(w.opens(c.To), sla.Period{From: w.test.From, To: w.test.To}); r != nil {
			return undecidedValue(r)
		}
	}
	return differs(got.Equal(c.Amount), "refund to "+c.To+" is "+got.String(), why)
}
