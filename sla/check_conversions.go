package sla

import "github.com/sla-lang/sla/credits"

// scheduleOfConversion are the rows of a conversion, against the sums that
// credits can make.
func (c *Contract) scheduleOfConversion(v *Conversion) writtenSchedule {
	s := writtenSchedule{id: "convert/" + v.Unit, values: credits.Values{Low: &credits.Ratio{}, Step: c.stepOfUnit(v.Unit)}, unit: v.Unit, bands: v.Bands}
	for _, b := range v.Bands {
		s.rows = append(s.rows, credits.Row{Band: b.against(credits.AtMost, credits.Ratio{}, ""), Pays: b.Pays})
	}
	return s
}

// stepOfUnit is the greatest number of which every sum of credits in a unit is a
// multiple; 0 where there may be sums of any size, as of a quantity that facts
// supply.
func (c *Contract) stepOfUnit(unit string) credits.Ratio {
	step := credits.Ratio{}
	for i := range c.Objectives {
		o := &c.Objectives[i]
		if !c.paysUnit(o, unit) {
			continue
		}
		times := credits.Int(1)
		if o.Repeat != nil {
			times = credits.RatioOfDecimal(o.Repeat.Times)
		}
		for _, p := range o.priced() {
			if len(p.Times) > 0 || p.Base.Name != "" || !p.Each.wholeTimes() {
				return credits.Ratio{}
			}
			for _, pays := range p.amounts() {
				if pays.Kind == credits.PayUnits && c.oneUnit(pays.Unit) == unit {
					size := credits.RatioOfDecimal(pays.Number)
					step = step.CommonStep(size).CommonStep(size.Mul(times))
				}
			}
		}
	}
	return step
}

// wholeTimes says that an amount is due a whole number of times.
func (e *Each) wholeTimes() bool {
	switch {
	case e == nil, e.Thing == ThingOutage, e.Thing == ThingLateTicket:
		return true
	case e.Thing == ThingQuantity:
		return false
	}
	return e.Counted == credits.Started || e.Counted == credits.Whole
}

// amounts are all that a credit may pay once.
func (c *Credit) amounts() []credits.Pay {
	var out []credits.Pay
	if c.Pays != nil {
		out = append(out, *c.Pays)
	}
	for _, b := range c.Bands {
		out = append(out, b.Pays)
	}
	return out
}
