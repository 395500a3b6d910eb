package expect

import (
	"slices"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// A Bonus claims what is paid for exceeding targets, after its caps.
type Bonus struct {
	Name string
	// Period is that of the settlement, or the window the bonus is for; ""
	// where one is tested.
	Period string
	Amount credits.Money
}

func (c Bonus) judge(w *world) judgement {
	got := credits.Zero(c.Amount.Currency)
	var why []sla.Step
	var spans []sla.Period
	for i := range w.report.Settlements {
		s := &w.report.Settlements[i]
		for _, b := range s.Bonuses {
			if b.Bonus != c.Name || c.Period != "" && c.Period != s.Period.Name && c.Period != b.Window {
				continue
			}
			sum, err := got.Add(b.Posted)
			if err != nil {
				return undecided("facts-unusable", sla.Prose("reason", err.Error()))
			}
			got, why, spans = sum, append(why, b.Why...), append(spans, windowOf(b, s.Period))
		}
	}
	if len(spans) == 0 {
		s, no := w.settlement(c.Period)
		if no != nil {
			return *no
		}
		spans = []sla.Period{s.Period}
	}
	for _, span := range spans {
		if r := w.unsettled(w.rewards(c.Name), span); r != nil {
			return undecidedValue(r)
		}
	}
	return differs(got.Equal(c.Amount), bonusText(c.Name, c.Period)+" is "+got.String(), why)
}

// windowOf is the time over which a bonus is earned: its window, where the name
// of that says which dates it has, else the period in which it is settled.
func windowOf(b sla.BonusResult, settled sla.Period) sla.Period {
	if from, to, err := sla.ParsePeriods(b.Window); err == nil {
		return sla.Period{Name: b.Window, From: from, To: to}
	}
	return settled
}

func bonusText(name, period string) string {
	if period != "" {
		period = " in " + period
	}
	return "bonus " + name + period
}

// rewards says of an objective whether a bonus depends on it.
func (w *world) rewards(bonus string) func(objective string) bool {
	return func(objective string) bool {
		return slices.ContainsFunc(w.engine.Contract().Bonuses, func(b sla.Bonus) bool {
			return b.Name == bonus && slices.ContainsFunc(b.When, func(c sla.Condition) bool { return c.Objective == objective })
		})
	}
}

// Due claims what one party owes the other for a settlement period, after
// credits, adjustments, what was earned back and bonuses.
type Due struct {
	// Provider says that the provider is paid, otherwise the customer.
	Provider bool
	Period   string
	Amount   credits.Money
}

func (c Due) judge(w *world) judgement {
	s, no := w.settlement(c.Period)
	if no != nil {
		return *no
	}
	if r := w.undecidedDue(s); r != nil {
		return undecidedValue(r)
	}
	due := s.Due
	if c.Provider {
		due.Amount = due.Amount.Neg()
	}
	if due.Amount.IsNegative() {
		due = credits.Zero(due.Currency)
	}
	var why []sla.Step
	for i := range s.Lines {
		why = append(why, s.Lines[i].Why...)
	}
	for _, e := range s.EarnedBack {
		why = append(why, e.Why...)
	}
	for _, b := range s.Bonuses {
		why = append(why, b.Why...)
	}
	return differs(due.Equal(c.Amount), dueText(s, c.Period), steps(s.Why, why))
}

// undecidedDue finds a result on which depends what is due, and which is not
// known.
func (w *world) undecidedDue(s *sla.SettlementResult) *sla.Result {
	if r := w.unsettled(w.owes, s.Period); r != nil {
		return r
	}
	for _, e := range s.EarnedBack {
		if r := w.undecidedEarnBack(e.Objective, s); r != nil {
			return r
		}
	}
	for _, b := range s.Bonuses {
		if r := w.unsettled(w.rewards(b.Bonus), windowOf(b, s.Period)); r != nil {
			return r
		}
	}
	return nil
}

// dueText says who is owed what.
func dueText(s *sla.SettlementResult, period string) string {
	to, due := "customer", s.Due
	if due.Amount.IsNegative() {
		to, due.Amount = "provider", due.Amount.Neg()
	}
	if period != "" {
		period = " in " + period
	}
	return "due to " + to + period + " is " + due.String()
}
