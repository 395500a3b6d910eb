package sla

import (
	"maps"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// What a schedule gives for a measured value (semantics 5, step 1): amount ×
// base × count, exactly. Rounding comes later.

// An owed is what a credit or one of its components gives: money, and units of
// the contract's own. Unstated says that the contract is silent, or a fact it
// needs is missing: the rest is the total without it.
type owed struct {
	money    credits.Amount
	units    map[string]credits.Ratio
	unstated bool
	steps    []Step
	choice   *ChoiceResult
	// count is how often the amount is due, base what it is a part of.
	count credits.Ratio
	base  feeBase
}

// equal says whether two come to the same, exactly.
func (o owed) equal(other owed) bool {
	return o.unstated == other.unstated && o.money.Exact.Equal(other.money.Exact) && maps.EqualFunc(o.units, other.units, credits.Ratio.Equal)
}

func exactRatio(d time.Duration) credits.Ratio { return measure.Exact(d) }

// owes is the credit of an objective for a window: its schedule and what is
// added to that.
func (v *view) owes(ev *evaluated) owed {
	o := ev.plan.written
	total := owed{money: v.zero(), units: map[string]credits.Ratio{}}
	parts := 0
	addOf := func(ev *evaluated, c *Credit, id string) {
		got := v.component(ev, c, id)
		total.money = plus(total.money, got.money)
		for u, n := range got.units {
			total.units[u] = total.units[u].Add(n)
		}
		total.unstated = total.unstated || got.unstated
		total.steps = append(total.steps, got.steps...)
		parts++
	}
	add := func(c *Credit, id string) { addOf(ev, c, id) }
	valued := ev.hasValue || ev.result.Verdict == Missed
	if valued && o.Credit != nil {
		add(o.Credit, o.Name+"/credit")
	}
	for i := range o.Plus {
		if valued {
			add(&o.Plus[i], o.Name+"/plus/"+o.Plus[i].name())
		}
	}
	if v.owesOn(ev, addOf); parts == 0 {
		return total
	}
	if parts > 1 && total.money.Exact.Sign() > 0 {
		total.steps = append(total.steps, Step{Code: "credit-sum", Clause: o.Name + "/credit", Args: []Arg{Money("credit", total.money.Round(v.e.rounding))}})
	}
	return v.chosen(ev, total)
}

// name tells a component from others of its objective.
func (c *Credit) name() string {
	if c.Pays != nil {
		return slugOf(c.Pays.String())
	}
	return "table"
}

// schedule compiles the thresholds of a credit for an objective.
func (p *objectivePlan) schedule(c *Credit) credits.Schedule {
	if len(p.mean) > 0 {
		if mean := p.meanSchedule(c); mean != nil {
			return mean
		}
	}
	var target credits.Ratio
	if p.level != nil {
		target = *p.level
	}
	if len(c.Bands) == 0 {
		if c.When == nil || c.Pays == nil {
			return nil
		}
		return credits.Schedule{c.When.against(p.op, target, p.unit)}
	}
	out := make(credits.Schedule, 0, len(c.Bands))
	for i := range c.Bands {
		out = append(out, c.Bands[i].against(p.op, target, p.unit))
	}
	return out
}

// component evaluates one schedule.
func (v *view) component(ev *evaluated, c *Credit, id string) owed {
	out := owed{money: v.zero()}
	if c.None != "" {
		out.steps = []Step{{Code: "credit-none", Clause: id, Args: []Arg{Prose("why", c.None)}}}
		return out
	}
	pay, row, s := c.Pays, -1, ev.plan.schedule(c)
	switch {
	case ev.lastRow && len(s) > 0:
		row = s.Last()
		if len(c.Bands) > 0 {
			pay = &c.Bands[row].Pays
		}
	case ev.lastRow && c.Each == nil && !c.Base.Lost: // the worst there is
	case !ev.hasValue && (len(s) > 0 || c.BelowMinimum || c.Each.ofMeasured() || c.Base.Lost):
		v.missing(&out, id, "word missing-value", ev.plan.id) // only the verdict is known
		return out
	case len(s) > 0:
		i, ok := s.Row(ev.value)
		if !ok {
			out.steps = []Step{{Code: "credit-no-row", Clause: id, Args: []Arg{Prose("level", c.threshold(0).Text())}}}
			return out
		}
		row = i
		if len(c.Bands) > 0 {
			pay = &c.Bands[i].Pays
		}
	case c.BelowMinimum && !ev.plan.belowMinimum(ev.value):
		out.steps = []Step{{Code: "above-minimum", Clause: ev.plan.id + "/minimum", Args: []Arg{Prose("minimum", ev.plan.written.Minimum.Text())}}}
		return out
	case ev.result.Verdict == Missed:
	case c.AlsoMet:
		out.steps = []Step{{Code: "credit-also-met", Clause: id}}
	case c.Each == nil || !c.Each.BeyondAllowance:
		return out
	}
	if pay == nil || pay.Kind == credits.PayNone {
		return out
	}
	if pay.Kind == credits.PayUnstated {
		out.unstated = true
		out.steps = []Step{{Code: "credit-unstated", Clause: id + "/" + BandName(c.threshold(row)), Args: []Arg{Prose("measured", ev.shown())}}}
		return out
	}
	v.pay(ev, c, id, pay, &out)
	if !out.unstated {
		out.steps = append(out.steps, v.rowStep(ev, c, id, pay, row, s, &out)...)
	}
	return out
}

func (c *Credit) threshold(i int) Threshold {
	if len(c.Bands) > 0 && i >= 0 {
		return c.Bands[i].Threshold
	}
	if c.When != nil {
		return *c.When
	}
	return Threshold{}
}

func (ev *evaluated) shown() string {
	if ev.result.Measured == nil {
		return ev.value.String()
	}
	return ev.result.Measured.Shown
}

// pay is the amount of a pay, for each of what it is due for.
func (v *view) pay(ev *evaluated, c *Credit, id string, pay *credits.Pay, out *owed) {
	count := credits.Int(1)
	if c.Each != nil {
		n, missing := v.countEach(ev, c.Each)
		if missing != "" {
			v.missing(out, id, missing, orDefault(c.Each.Quantity, ev.plan.id))
			return
		}
		count = n
		out.steps = append(out.steps, lateOnStep(v, ev)...)
		out.steps = append(out.steps, eachSteps(ev, c, id, pay, count)...)
	}
	for _, name := range c.Times {
		n, ok := v.quantity(name, ev.owner(), ev.period)
		if !ok {
			v.missing(out, id, missingQuantity, name)
			return
		}
		count = count.Mul(n)
		out.steps = append(out.steps, Step{Code: "credit-times", Clause: id, Args: []Arg{Name("quantity", name), {"n", ArgNumber, numberText(n)}}})
	}
	out.count = count
	switch pay.Kind {
	case credits.PayMoney:
		out.money = pay.Money.Exact().Times(count)
	case credits.PayUnits:
		unit := v.e.contract.oneUnit(pay.Unit)
		out.units = map[string]credits.Ratio{unit: credits.RatioOfDecimal(pay.Number).Mul(count)}
	case credits.PayDays:
		day, base := v.dayOfFee(c.Base, ev, ev.period)
		if base.missing != "" {
			v.missing(out, id, "word missing-charge", base.missing)
			return
		}
		days := credits.RatioOfDecimal(pay.Number).Mul(count)
		out.money, out.base = day.Times(days), base
		out.steps = append(out.steps, Step{Code: "credit-days", Clause: id, Args: []Arg{
			{"days", ArgNumber, numberText(days)}, Money("base", v.shownBase(base.amount)), Name("of", base.of), Prose("day", string(v.e.contract.DayOfFee)),
		}})
	default:
		base := v.baseOf(c.Base, ev, ev.period)
		if base.missing != "" {
			v.missing(out, id, "word missing-charge", base.missing)
			return
		}
		out.steps = append(out.steps, base.steps...)
		out.money, out.base = base.amount.Times(pay.Size()).Times(count), base
		if c.Base.Of == BaseNamed && base.unit != "" {
			out.units = map[string]credits.Ratio{base.unit: out.money.Exact}
			out.money = v.zero()
		}
	}
	if out.money.Exact.Sign() < 0 { // more was taken off an invoice than was on it
		out.money = v.zero()
	}
}

// missing marks a credit that a missing fact leaves undetermined.
func (v *view) missing(out *owed, id, what, name string) {
	out.unstated = true
	out.steps = append(out.steps, Step{Code: "credit-missing", Clause: id, Args: []Arg{Phrase("what", what), Name("name", name)}})
}

// lost is the downtime of a window and the time it is a part of, in seconds.
// For a ready-made share it follows from that and from the agreed time.
func (v *view) lost(ev *evaluated) (down, of credits.Ratio) {
	if ev.of > 0 {
		return inSeconds(ev.down), inSeconds(measure.Exact(ev.of))
	}
	of = inSeconds(measure.Exact(v.agreedTime(ev.plan, ev.subject, ev.period).Measure()))
	switch ev.plan.kind {
	case MeasureDowntime:
		return ev.value, of
	case MeasureAvailability:
		return credits.Int(1).Sub(ev.value).Mul(of), of
	}
	return credits.Ratio{}, of
}

// allowance is the downtime that a target allows, in seconds.
func (p *objectivePlan) allowance(of credits.Ratio) credits.Ratio {
	switch {
	case p.level == nil:
		return credits.Ratio{}
	case p.kind == MeasureDowntime:
		return *p.level
	}
	return credits.Int(1).Sub(*p.level).Mul(of)
}

// beyond takes an allowance and a time of its own from a time.
func beyond(down, allowed credits.Ratio, useAllowance bool, own *calendar.Length) credits.Ratio {
	if useAllowance {
		down = down.Sub(allowed)
	}
	if own != nil {
		down = down.Sub(inSeconds(measure.Exact(own.Duration())))
	}
	if down.Sign() < 0 {
		return credits.Ratio{}
	}
	return down
}

// quantity is a number supplied for a window: for the service judged, or for
// none in particular. The sum of those of the parts of a longer window.
func (v *view) quantity(name, service string, window Period) (credits.Ratio, bool) {
	sum, found := credits.Ratio{}, false
	for _, f := range knownFacts[*QuantityFact](v) {
		if f.What != name || f.Service != "" && v.e.own(f.Service) != service {
			continue
		}
		from, to, err := ParsePeriods(f.Period)
		if err != nil || from.Before(window.From) || to.After(window.To) {
			continue
		}
		sum, found = sum.Add(credits.RatioOfDecimal(f.Value)), true
	}
	return sum, found
}

// numberText writes a ratio as a decimal number where it is one.
func numberText(r credits.Ratio) string {
	d := r.Round(6, credits.HalfUp)
	if credits.RatioOfDecimal(d).Equal(r) {
		return d.String()
	}
	return r.String()
}

// belowMinimum says whether a value is on the wrong side of an objective's
// second level.
func (p *objectivePlan) belowMinimum(value credits.Ratio) bool {
	m := p.written.Minimum
	return !m.Op.Holds(value, m.size(p.unit))
}

// owner is the service whose fee and quantities a result is about.
func (ev *evaluated) owner() string { return orDefault(ev.subject.service, ev.service) }
