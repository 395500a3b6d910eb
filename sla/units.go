package sla

import (
	"time"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// timeUnits are the units of quantities that are time.
var timeUnits = map[string]time.Duration{
	"ns": time.Nanosecond, "us": time.Microsecond, "ms": time.Millisecond, "s": time.Second, "min": time.Minute, "h": time.Hour,
}

// inUnit is exact time as a number of a unit; of one that is no time, seconds.
func inUnit(d time.Duration, unit string) credits.Ratio {
	u, ok := timeUnits[unit]
	if !ok {
		u = time.Second
	}
	n, _ := measure.Exact(d).Quo(measure.Exact(u))
	return n
}

// quantityUnit is the unit of the quantity that an objective measures; empty
// for what is a share, a time or a count.
func (c *Contract) quantityUnit(o *Objective) string {
	switch o.Measure.Kind {
	case MeasureAverage, MeasureMedian, MeasureMaximum, MeasureMinimum, MeasureSum, MeasurePercentile, MeasureValue:
	default:
		return ""
	}
	if c.overTickets(o) {
		return "s"
	}
	for _, s := range o.Sources {
		if s.Of == o.Measure.Of && s.Unit != "" {
			return s.Unit
		}
		if kind := c.event(s.Of); kind != nil {
			if a := attribute(kind.Has, o.Measure.Of); a != nil {
				return a.Unit
			}
		}
	}
	return ""
}

// sameUnit says whether a level can be compared with quantities of a unit.
func (a *Atom) sameUnit(unit string) bool {
	_, isTime := timeUnits[unit]
	switch {
	case a.Share != nil:
		return inPercents(unit)
	case a.Time != nil:
		return isTime && a.Time.IsExact()
	case a.Number != nil:
		return a.Number.Unit == unit
	}
	return false
}

// inPercents says that numbers of a unit are percentages, so that a share is a
// level of theirs.
func inPercents(unit string) bool { return unit == "percent" || unit == "%" }
