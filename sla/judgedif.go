package sla

import "github.com/sla-lang/sla/credits"

// Windows that are judged only under a condition on quantities: relief above a
// forecast, no verdict below a volume.

// A WindowCondition compares what a quantity comes to in a window with a
// number, or with a share of what another comes to.
type WindowCondition struct {
	// Quantity and Of are quantities of the contract.
	Quantity string         `json:"quantity"`
	Op       credits.Op     `json:"op"`
	Number   *Quantity      `json:"number,omitempty"`
	Share    *credits.Share `json:"share,omitempty"`
	Of       string         `json:"of,omitempty"`
}

// String writes the condition as contracts do.
func (c WindowCondition) String() string {
	s := c.Quantity + " " + string(c.Op) + " "
	switch {
	case c.Number != nil:
		return s + c.Number.String()
	case c.Share != nil:
		return s + c.Share.String() + " of " + c.Of
	}
	return s
}

// notJudged is why a window is not judged: a condition that fails makes it not
// applicable; one of which a quantity is not known leaves open whether it is,
// so that nothing is measured.
func (v *view) notJudged(p *objectivePlan, s subject, period Period) (verdict Verdict, why Step, ok bool) {
	for i := range p.written.JudgedIf {
		c := &p.written.JudgedIf[i]
		step := Step{Code: "not-judged", Clause: p.id + "/judged-if/" + Slug(c.String()), Args: []Arg{Prose("rule", c.String()), Name("quantity", c.Quantity)}}
		n, known := v.quantity(c.Quantity, s.service, period)
		if known {
			step.Args = append(step.Args, Arg{"n", ArgNumber, numberText(n)})
		}
		level := credits.Ratio{}
		if c.Number != nil {
			level = credits.RatioOfDecimal(c.Number.Value)
		} else {
			of, found := v.quantity(c.Of, s.service, period)
			if level, known = of.Mul(c.Share.Ratio()), known && found; found {
				step.Args = append(step.Args, Name("of", c.Of), Arg{"m", ArgNumber, numberText(of)})
			}
		}
		switch {
		case !known && !ok:
			step.Code = "not-judged-unknown"
			verdict, why, ok = NotMeasured, step, true
		case known && !c.Op.Holds(n, level):
			return NotApplicable, step, true
		}
	}
	return verdict, why, ok
}

// judgedConditions: conditions on windows compare what has one unit.
func (k *checker) judgedConditions(o *Objective) {
	for i := range o.JudgedIf {
		c := &o.JudgedIf[i]
		clause := o.Name + "/judged-if/" + Slug(c.String())
		k.lacks(c.Number == nil && (c.Share == nil || c.Of == ""), clause, "level")
		k.refer(quantityName, c.Quantity, clause)
		q, of := k.c.quantityNamed(c.Quantity), k.c.quantityNamed(c.Of)
		if c.Of != "" {
			k.refer(quantityName, c.Of, clause+"/of")
		}
		switch {
		case q == nil:
		case c.Number != nil && c.Number.Unit != q.Unit && (c.Number.Unit != "" || q.IsMoney()):
			k.find(CodeConditionUnit, clause, Prose("found", c.String()), Name("name", q.Name), Prose("unit", q.Unit))
		case of != nil && of.Unit != q.Unit:
			k.find(CodeConditionUnit, clause, Prose("found", c.String()), Name("name", q.Name), Prose("unit", q.Unit))
		}
	}
}
