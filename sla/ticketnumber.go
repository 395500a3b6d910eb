package sla

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Numbers over the clocks counted in a window: how many there were, how many
// of them late, and the mean, median, maximum or a percentile of their times
// (semantics 4, form T8).

// A spentClock is a decided clock with its time, kept for these numbers.
type spentClock struct {
	promise           int
	service, incident string
	date              calendar.Date
	elapsed, overdue  time.Duration
	late              bool
}

// overTickets says whether an objective is a number over ticket clocks: a
// share in time, how many were late, how many there were; or the average, the
// extremes or a percentile of a measure of tickets.
func (c *Contract) overTickets(o *Objective) bool {
	switch o.Measure.Kind {
	case MeasureShareInTime, MeasureLate, MeasureTickets:
		return true
	case MeasureAverage, MeasureMaximum, MeasureMinimum, MeasurePercentile:
		return c.ticketMeasure(o.Measure.Of) && !slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Kind != SourceTickets })
	}
	return false
}

// ticketMeasure says whether a name is that of a measure of tickets.
func (c *Contract) ticketMeasure(name string) bool {
	has := func(k Clocks) bool {
		return slices.ContainsFunc(k.Means, func(m Means) bool { return m.Measure == name })
	}
	return slices.Contains(builtinMeasures(), name) || has(ptrOr(c.Clocks)) || slices.ContainsFunc(c.ClocksOf, has)
}

// keepTimes remembers of which promises the times of clocks are needed.
func (e *Engine) keepTimes() {
	e.timed = map[int]bool{}
	for i := range e.plans {
		if p := &e.plans[i]; p.overClocks {
			for _, promise := range p.promises {
				e.timed[promise] = true
			}
		}
	}
}

// ticketNumber evaluates a number over the clocks of a service and a window,
// leaving the tickets of some incidents out.
func (v *view) ticketNumber(p *objectivePlan, s subject, period Period, leaveOut map[string]bool) evaluated {
	ev := p.begin(s, period)
	ev.without = func(in map[string]bool) evaluated { return v.ticketNumber(p, s, period, in) }
	var times []decimal.Decimal
	for _, c := range v.tallies.spent {
		if !v.belongs(p, &ev, c.promise, c.service) || c.date.Before(period.From) || !c.date.Before(period.To) || leaveOut[c.incident] {
			continue
		}
		times = append(times, decimal.New(int64(c.elapsed), -9))
		if c.late {
			ev.late = append(ev.late, lateClock{promise: c.promise, service: c.service, incident: c.incident, date: c.date, overdue: c.overdue})
			ev.incidents = append(ev.incidents, c.incident)
		}
	}
	slices.Sort(ev.incidents)
	ev.incidents = slices.Compact(ev.incidents)
	ev.total = len(times)
	value, ok := p.overTimes(times, len(ev.late))
	steps := []Step{{Code: "over-clocks", Clause: p.id + "/measure", Args: []Arg{Count("total", ev.total), Count("late", len(ev.late)), Name("of", p.written.Measure.Of)}}}
	v.judgeNumber(&ev, value, ok && ev.total >= p.written.Measure.AtLeast, false, steps)
	if m := ev.result.Measured; m != nil {
		m.Total, m.Late = ptrTo(ev.total), ptrTo(len(ev.late))
	}
	return ev
}

// overTimes is the number: a count, or seconds; false where there is no clock
// to take it of.
func (p *objectivePlan) overTimes(times []decimal.Decimal, late int) (credits.Ratio, bool) {
	switch {
	case p.kind == MeasureLate:
		return credits.Int(int64(late)), true
	case p.kind == MeasureTickets:
		return credits.Int(int64(len(times))), true
	case len(times) == 0:
		return credits.Ratio{}, false
	case p.kind == MeasureMaximum:
		return credits.RatioOfDecimal(slices.MaxFunc(times, decimal.Decimal.Cmp)), true
	case p.kind == MeasureMinimum:
		return credits.RatioOfDecimal(slices.MinFunc(times, decimal.Decimal.Cmp)), true
	case p.kind == MeasurePercentile:
		d, ok := measure.Percentile(times, p.written.Measure.Percentile.Ratio())
		return credits.RatioOfDecimal(d), ok
	}
	return measure.Average(times)
}
