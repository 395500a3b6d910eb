package credits

import "github.com/shopspring/decimal"

// An interval is a stretch of the values that a measure can take; an end that
// is nil is open for ever. The zero value is all of them.
type interval struct {
	low, high     *Ratio
	lowIn, highIn bool
}

// half is the stretch in which a row holds.
func (b Band) half() interval {
	level := b.Level
	if b.Op.Upward() {
		return interval{low: &level, lowIn: b.Op == AtLeast}
	}
	return interval{high: &level, highIn: b.Op == AtMost}
}

// outside is the stretch in which a row does not hold.
func (b Band) outside() interval {
	level := b.Level
	if b.Op.Upward() {
		return interval{high: &level, highIn: b.Op == Above}
	}
	return interval{low: &level, lowIn: b.Op == Below}
}

// and is the stretch that two have in common.
func (i interval) and(o interval) interval {
	if i.low == nil || o.low != nil && (o.low.Cmp(*i.low) > 0 || o.low.Cmp(*i.low) == 0 && !o.lowIn) {
		i.low, i.lowIn = o.low, o.lowIn
	}
	if i.high == nil || o.high != nil && (o.high.Cmp(*i.high) < 0 || o.high.Cmp(*i.high) == 0 && !o.highIn) {
		i.high, i.highIn = o.high, o.highIn
	}
	return i
}

// value finds a value of the stretch that is short to write down: of a long
// stretch, one unit from its better end, which is the upper one where down is
// set; false where the stretch has none.
func (i interval) value(v Values, down bool) (Ratio, bool) {
	if i.low != nil && i.high != nil {
		switch c := i.low.Cmp(*i.high); {
		case c > 0, c == 0 && (!i.lowIn || !i.highIn):
			return Ratio{}, false
		case c == 0:
			return *i.low, v.Step.Sign() <= 0 || i.low.isMultiple(v.Step)
		}
	}
	if v.Step.Sign() > 0 {
		return i.multiple(v.Step, down)
	}
	unit := v.Unit
	if unit.Sign() <= 0 {
		unit = Int(1)
	}
	switch long := i.longer(unit.Add(unit)); {
	case i.low == nil && i.high == nil:
		return Ratio{}, true
	case i.high == nil, long && !down && i.low != nil:
		return i.low.Add(unit), true
	case i.low == nil, long:
		return i.high.Sub(unit), true
	}
	return between(*i.low, *i.high, unit), true
}

func (i interval) longer(than Ratio) bool {
	return i.low == nil || i.high == nil || i.high.Sub(*i.low).Cmp(than) > 0
}

// multiple finds the multiple of a step in a stretch that is nearest to its
// better end, which is the upper one where down is set.
func (i interval) multiple(step Ratio, down bool) (Ratio, bool) {
	var n Ratio
	switch {
	case i.low == nil && i.high == nil:
		return n, true
	case i.low == nil, down && i.high != nil:
		n = i.high.floor(step)
		if n.Equal(*i.high) && !i.highIn {
			n = n.Sub(step)
		}
	default:
		n = i.low.Neg().floor(step).Neg()
		if n.Equal(*i.low) && !i.lowIn {
			n = n.Add(step)
		}
	}
	return n, i.has(n)
}

// has says whether a value lies in the stretch.
func (i interval) has(n Ratio) bool {
	if i.low != nil {
		if c := n.Cmp(*i.low); c < 0 || c == 0 && !i.lowIn {
			return false
		}
	}
	if i.high != nil {
		if c := n.Cmp(*i.high); c > 0 || c == 0 && !i.highIn {
			return false
		}
	}
	return true
}

// floor is the greatest multiple of a step, above 0, that is not above a number.
func (r Ratio) floor(step Ratio) Ratio {
	n, _ := r.Quo(step)
	whole := n.roundUnits(Down) // towards zero
	if whole.Cmp(n) > 0 {
		whole = whole.Sub(Int(1))
	}
	return whole.Mul(step)
}

func (r Ratio) isMultiple(step Ratio) bool { return r.floor(step).Equal(r) }

// between is the number of units strictly between two values that has the
// fewest decimals and lies nearest to their middle.
func between(low, high, unit Ratio) Ratio {
	low, _ = low.Quo(unit)
	high, _ = high.Quo(unit)
	middle := low.Add(high).Mul(RatioOfDecimal(decimal.New(5, -1)))
	for places := int32(0); places <= maxDecimals; places++ {
		if n := RatioOfDecimal(middle.Round(places, HalfEven)); n.Cmp(low) > 0 && n.Cmp(high) < 0 {
			return n.Mul(unit)
		}
	}
	return middle.Mul(unit)
}
