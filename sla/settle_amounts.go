package sla

import (
	"maps"
	"slices"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/memory"
)

// Misses that come again, and units that become money (semantics 5, step 3).

// tellUnits writes the units of a line, in the order of their names.
func (p *pendingLine) tellUnits() {
	p.line.Units = nil
	for _, u := range slices.Sorted(maps.Keys(p.units)) {
		if p.units[u].Sign() != 0 {
			p.line.Units = append(p.line.Units, numberText(p.units[u])+" "+u)
		}
	}
}

// allUnits is the number of units of a line, to order lines that pay no money.
func (p *pendingLine) allUnits() credits.Ratio {
	sum := credits.Ratio{}
	for _, n := range p.units {
		sum = sum.Add(n)
	}
	return sum
}

// repeat multiplies the credits of misses that follow others (step 3).
func (v *view) repeat(lines []pendingLine, h history) {
	for i := range lines {
		p := &lines[i]
		rule := p.ev.plan.written.Repeat
		if rule == nil || p.ev.result.Verdict != Missed {
			continue
		}
		w := p.ev.period
		seen := v.outcomes(h, judgedKey{p.ev.plan.id, p.ev.service}, w.Window, earlier(h.begin(w.To).AddDays(-1), w.From), w.To, byMiss)
		hit := memory.InARow(seen, rule.From)
		if rule.Of > 0 {
			hit = memory.OfAny(seen, rule.From, rule.Of)
		}
		if !hit {
			continue
		}
		times := credits.RatioOfDecimal(rule.Times)
		for u := range p.units {
			p.units[u] = p.units[u].Mul(times)
		}
		p.set(p.exact.Times(times), v.e.rounding, Step{Code: "repeated", Clause: p.ev.plan.id + "/repeat", Args: []Arg{
			{"times", ArgNumber, rule.Times.String()}, Count("from", rule.From), Money("credit", p.exact.Times(times).Round(v.e.rounding)),
		}})
		p.tellUnits()
	}
}

// convert makes money of the units of a period (step 3): one line for each
// conversion.
func (v *view) convert(period Period, lines []pendingLine) []pendingLine {
	var out []pendingLine
	for i := range v.e.contract.Conversions {
		c := &v.e.contract.Conversions[i]
		sum, unit := credits.Ratio{}, v.e.contract.oneUnit(c.Unit)
		unstated := false
		for _, l := range lines {
			sum = sum.Add(l.units[unit])
			unstated = unstated || l.line.Undetermined && v.e.contract.paysUnit(l.ev.plan.written, unit)
		}
		if sum.Sign() == 0 {
			continue
		}
		id := "convert/" + unit
		p := pendingLine{ev: evaluated{plan: &objectivePlan{written: &Objective{}}, period: period}, exact: v.zero()}
		p.line = CreditLine{ID: id + "/" + period.Name, Objective: id, Window: period.Name, window: period, Undetermined: unstated}
		pays, count, args := c.Pays, sum, []Arg{{"n", ArgNumber, numberText(sum)}, Name("unit", unit)}
		if len(c.Bands) > 0 {
			s := make(credits.Schedule, 0, len(c.Bands))
			for _, b := range c.Bands {
				s = append(s, b.against(credits.AtMost, credits.Ratio{}, ""))
			}
			row, ok := s.Row(sum)
			if !ok {
				continue
			}
			pays, count = &c.Bands[row].Pays, credits.Int(1)
			args = append(args, Phrase("op", c.Bands[row].opPhrase()), Prose("level", c.Bands[row].Text()))
		}
		switch pays.Kind {
		case credits.PayUnstated:
			p.line.Undetermined = true
		case credits.PayMoney:
			p.exact = pays.Money.Exact().Times(count)
		case credits.PayShare, credits.PayTimes:
			base := v.base(c.Base, "", period)
			if base.missing != "" {
				p.line.Undetermined = true
			}
			p.exact = base.amount.Times(pays.Size()).Times(count)
			args = append(args, Money("base", v.shownBase(base.amount)), Name("of", base.of))
		}
		p.line.Scheduled = p.exact.Round(v.e.rounding)
		p.line.Credit = p.line.Scheduled
		p.line.Why = []Step{{Code: "converted", Clause: id, Args: append(args, PayArg("pays", *pays), Money("credit", p.line.Scheduled))}}
		out = append(out, p)
	}
	return out
}
