package sla

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/credits"
)

// Explanations of credits: the row that applies, what it is a share of, and how
// many of something are paid for.

// rowStep tells which row of a schedule applies, and which does not yet.
func (v *view) rowStep(ev *evaluated, c *Credit, id string, pay *credits.Pay, row int, s credits.Schedule, got *owed) []Step {
	args := []Arg{PayArg("pays", *pay), Money("credit", got.money.Round(v.e.rounding))}
	if pay.Of() {
		name := "base"
		if pay.Kind == credits.PayTimes {
			name = "timesBase"
		}
		args = append(args, Money(name, v.shownBase(got.base.amount)), Name("of", got.base.of))
	}
	if !got.count.Equal(credits.Int(1)) {
		args = append(args, Arg{"times", ArgNumber, numberText(got.count)})
	}
	for _, unit := range slices.Sorted(maps.Keys(got.units)) {
		if pay.Kind == credits.PayUnits && got.count.Equal(credits.Int(1)) {
			break // as the amount says
		}
		args = append(args, Prose("units", numberText(got.units[unit])+" "+unit))
	}
	if row < 0 {
		return []Step{{Code: "credit-flat", Clause: id, Args: args}}
	}
	t := c.threshold(row)
	step := Step{Code: "credit-row", Clause: id, Args: append([]Arg{Phrase("op", t.opPhrase()), Prose("level", t.Text())}, args...)}
	if len(c.Bands) > 0 {
		step.Clause = id + "/" + BandName(t)
	}
	if next, ok := s.Next(row); ok {
		n := c.threshold(next)
		step.Args = append(step.Args, Phrase("nextOp", n.opPhrase()), Prose("nextLevel", n.Text()))
	}
	return []Step{step}
}

// baseDecimals is how many decimals a base is shown with at the most.
const baseDecimals = 6

// shownBase is an amount that a credit is a share of: the fee for the lost
// time, say, is no round number, and rounding it would not give the credit.
func (v *view) shownBase(a credits.Amount) credits.Money {
	if m := a.Round(v.e.rounding); credits.RatioOfDecimal(m.Amount).Equal(a.Exact) {
		return m
	}
	m := a.Round(credits.Rounding{Mode: credits.HalfUp, To: decimal.New(1, -baseDecimals)})
	for places := v.e.currency.Digits(); places < baseDecimals; places++ {
		if short := m.Amount.Truncate(places); short.Equal(m.Amount) {
			return credits.Money{Amount: short, Currency: m.Currency}
		}
	}
	return m
}

func (t Threshold) opPhrase() string {
	if t.MissedBy {
		return "op missed-by-" + Slug(string(t.Op))
	}
	return "op " + Slug(string(t.Op))
}

// eachSteps tell how many of something are paid for.
func eachSteps(ev *evaluated, c *Credit, id string, pay *credits.Pay, count credits.Ratio) []Step {
	e := c.Each
	if e.Thing == ThingLateTicket {
		return []Step{{Code: "credit-each-late", Clause: id, Args: []Arg{
			Count("late", len(ev.late)), Count("allowed", min(ev.allowed, len(ev.late))), {"n", ArgNumber, numberText(count)}, PayArg("pays", *pay),
		}}}
	}
	args := []Arg{{"n", ArgNumber, numberText(count)}, Phrase("thing", "thing "+Slug(string(e.Thing)))}
	switch {
	case e.Time != nil:
		args = append(args, Prose("unit", e.Time.String()))
	case e.Points != nil:
		args = append(args, Prose("unit", e.Points.String()))
	case e.Number != nil:
		args = append(args, Prose("unit", e.Number.String()))
	}
	if e.Counted != "" {
		args = append(args, Phrase("counted", "counted "+Slug(string(e.Counted))))
	}
	if e.Quantity != "" {
		args = append(args, Name("quantity", e.Quantity))
	}
	return []Step{{Code: "credit-each", Clause: id, Args: args}}
}
