package sla

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// A judgedValue is a value of a window.
type judgedValue struct {
	at       calendar.Instant
	value    decimal.Decimal
	excluded bool
}

// ofValues is the mean, the median, … of the values of a quantity: samples, or
// an attribute of items. A number supplied ready-made is none of them.
func (v *view) ofValues(p *objectivePlan, s subject, span calendar.Interval) (out number) {
	values, excluded := v.valuesOf(p, s, span)
	out.n, out.left = int64(len(values)), len(values) == 0 && excluded > 0
	if p.kind == MeasureValue || len(values) == 0 {
		return out.told(p, excluded, v.unseenSteps(p, s, span))
	}
	slices.SortFunc(values, decimal.Decimal.Cmp)
	missing := int64(0)
	if p.written.Without.Data != AssumedLeftOut {
		missing = v.missingReadings(p, s, span)
	}
	least, most := credits.RatioOfDecimal(values[0]), credits.RatioOfDecimal(values[len(values)-1])
	switch out.ok = true; p.kind {
	case MeasureAverage:
		out.value, _ = measure.Average(values)
		out.bounds = measure.Unbounded()
	case MeasureSum:
		out.value, out.bounds = credits.RatioOfDecimal(decimal.Sum(values[0], values[1:]...)), measure.Unbounded()
	case MeasureMedian:
		out.value, _ = measure.Median(values)
		out.bounds = measure.MedianBounds(values, missing)
	case MeasureMaximum:
		out.value, out.bounds = most, measure.Bounds{Low: measure.Bound{At: most}, High: measure.Bound{Open: true}}
	case MeasureMinimum:
		out.value, out.bounds = least, measure.Bounds{Low: measure.Bound{Open: true}, High: measure.Bound{At: least}}
	default:
		share := p.written.Measure.Percentile.Ratio()
		d, _ := measure.Percentile(values, share)
		out.value = credits.RatioOfDecimal(d)
		out.bounds = measure.PercentileBounds(values, missing, share)
	}
	if missing == 0 {
		out.bounds = measure.Exactly(out.value)
	}
	return out.told(p, excluded, v.unseenSteps(p, s, span))
}

// told adds what a number of values was made of.
func (out number) told(p *objectivePlan, excluded int, unseen []Step) number {
	out.steps = append([]Step{{Code: "values", Clause: p.id + "/measure", Args: []Arg{
		Count("n", int(out.n)), Count("excluded", excluded), Name("of", p.written.Measure.Of),
	}}}, unseen...)
	return out
}

// valuesOf are the values of a quantity in a window, and how many were left
// out.
func (v *view) valuesOf(p *objectivePlan, s subject, span calendar.Interval) (out []decimal.Decimal, excluded int) {
	for _, x := range inSpan(v.allValues(p, s), span, func(x judgedValue) calendar.Instant { return x.at }) {
		switch {
		case !p.during(x.at):
		case x.excluded:
			excluded++
		default:
			out = append(out, x.value)
		}
	}
	return out, excluded
}

// allValues are the values of a quantity that a subject has, in order of time.
func (v *view) allValues(p *objectivePlan, s subject) []judgedValue {
	return remembered(&v.judged.values, eventsAsked{p.written, s, -1}, func() (out []judgedValue) {
		r, of, away := v.recordOf(s.service), p.written.Measure.Of, v.awayFor(p, s)
		take := func(at calendar.Instant, cause, part, from string, source *Source, value decimal.Decimal) {
			if r.within(part, s.part) && (from == "" || from == source.Name) {
				out = append(out, judgedValue{at, value, v.e.excludes(p.written, cause) || away.Contains(at)})
			}
		}
		for i := range p.written.Sources {
			source := &p.written.Sources[i]
			kind := v.e.contract.event(source.Of)
			if source.Kind == SourceSamples && source.Of == of {
				for _, f := range r.samples {
					if f.Of == of {
						take(instant(f.Occurred), f.Cause, f.Part, f.Source, source, f.Value)
					}
				}
			}
			if source.Kind != SourceItems || kind == nil {
				continue
			}
			for _, f := range r.items {
				t := v.traitsOfItem(p, f, kind, s)
				d, err := decimal.NewFromString(f.Has[of])
				if err == nil && v.counts(f.Event, &t, s) && p.only(&t) {
					take(p.itemAt(f), f.Cause, f.Part, f.Source, source, d)
				}
			}
		}
		slices.SortStableFunc(out, func(a, b judgedValue) int { return cmp.Compare(a.at, b.at) })
		return out
	})
}
