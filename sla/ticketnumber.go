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
	promise                   int
	service, ticket, incident string
	decided                   calendar.Instant
	date                      calendar.Date
	elapsed, target, overdue  time.Duration
	late                      bool
	// then is the time of a late clock that ran on past its window, as it was
	// at the end of it.
	then []windowTime
	// grown is by how much it was late in each window, where that is needed.
	grown []lateIn
}

// A windowTime is what a clock showed at the end of a window.
type windowTime struct {
	window  Window
	elapsed time.Duration
}

// in is the time by which a clock counts in a window.
func (c *spentClock) in(w Window) time.Duration {
	for _, t := range c.then {
		if t.window == w {
			return t.elapsed
		}
	}
	return c.elapsed
}

// spentBy remembers a decided clock with its time. A late one that is open at
// the end of the window in which it counts, counts with its time until then:
// what a window came to does not change when the ticket is closed in the next
// (semantics 4).
func (e *Engine) spentBy(v *ticketView, j *judgement, date calendar.Date, asOf calendar.Instant) spentClock {
	o := j.outcome
	c := spentClock{promise: j.promise, service: j.attr.service, ticket: v.id, incident: orDefault(v.incident, v.id), decided: o.Decided, date: date, elapsed: o.Elapsed, target: o.Target, overdue: o.Overdue(), late: o.IsLate()}
	if !c.late {
		return c
	}
	c.grown = e.lateInEach(v, j, date, asOf)
	end := asOf
	if o.Stopped {
		end = o.Stop
	}
	for _, w := range e.timed[j.promise] {
		if p := periodOf(w, date, e.termFrom); p.Window == w && p.interval(e.zone).End < end {
			at := p.interval(e.zone).End
			if elapsed, ok := e.elapsedAt(v, j, at); ok {
				c.then = append(c.then, windowTime{w, elapsed})
			}
		}
	}
	return c
}

// elapsedAt is what the clock of a judgement showed at an instant.
func (e *Engine) elapsedAt(v *ticketView, j *judgement, at calendar.Instant) (time.Duration, bool) {
	then, err := e.clockOf(v, e.promises[j.promise].measure).judge(nil, v, at)
	if err != nil || j.reopened >= len(then) {
		return 0, false
	}
	return then[j.reopened].Elapsed, true
}

// overTickets says whether an objective is a number over ticket clocks: a
// share in time, how many were late, how many there were; or the average, the
// extremes or a percentile of a measure of tickets.
func (c *Contract) overTickets(o *Objective) bool {
	switch o.Measure.Kind {
	case MeasureShareInTime, MeasureLate, MeasureTickets:
		return true
	case MeasureAverage, MeasureMedian, MeasureMaximum, MeasureMinimum, MeasurePercentile:
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
	e.timed = map[int][]Window{}
	for i := range e.plans {
		p := &e.plans[i]
		if p.overClocks {
			e.keepTimesOf(p)
		}
		for _, t := range p.turns {
			if t.plan.overClocks {
				e.keepTimesOf(t.plan)
			}
		}
	}
}

func (e *Engine) keepTimesOf(p *objectivePlan) {
	w := p.written.Measure.Window
	for _, promise := range p.promises {
		if !slices.Contains(e.timed[promise], w) {
			e.timed[promise] = append(e.timed[promise], w)
		}
	}
}

// ticketNumber evaluates a number over the clocks of a service and a window,
// leaving the tickets of some incidents out. Counts supplied ready-made stand in
// the place of tickets where clocks are counted; they have no times.
func (v *view) ticketNumber(p *objectivePlan, s subject, period Period, leaveOut map[string]bool) evaluated {
	ev := p.begin(s, period)
	ev.without = func(in map[string]bool) evaluated { return v.ticketNumber(p, s, period, in) }
	var counts []*TicketCount
	if p.kind == MeasureLate || p.kind == MeasureTickets {
		counts = v.countsFor(p, ev.service, period)
	}
	var times []decimal.Decimal
	for _, c := range v.tallies.spent {
		if !v.belongs(p, &ev, c.promise, c.service) || c.date.Before(period.From) || !c.date.Before(period.To) || leaveOut[c.incident] || v.setAside(counts, c.promise, c.service, c.date) {
			continue
		}
		times = append(times, decimal.New(int64(c.in(period.Window)), -9))
		if c.late {
			l, _ := lateClock{promise: c.promise, service: c.service, ticket: c.ticket, incident: c.incident, decided: c.decided, date: c.date, target: c.target, overdue: c.overdue, grown: c.grown}.in(period)
			ev.late = append(ev.late, l)
		}
	}
	ev.total = len(times)
	v.suppliedCounts(&ev, counts, leaveOut)
	supplied := ev.result.Why
	sortLate(ev.late)
	ev.allowed = p.lateAllowed()
	ev.incidents = beyondAllowance(ev.late, ev.allowed)
	value, ok := p.overTimes(times, ev.total, len(ev.late))
	steps := append(supplied, Step{Code: "over-clocks", Clause: p.id + "/measure", Args: []Arg{Count("total", ev.total), Count("late", len(ev.late)), Name("of", p.written.Measure.Of)}})
	if p.kind == MeasureLate {
		steps = append(steps, v.lateSteps(&ev)...)
	}
	unknown := v.undecidedIn(&ev, counts)
	if unknown > 0 {
		steps = append(steps, Step{Code: "undecided-tickets", Clause: p.id, Args: []Arg{Count("n", unknown)}})
	}
	v.judgeNumber(&ev, value, ok && unknown == 0 && ev.total >= p.written.Measure.AtLeast, false, steps)
	if m := ev.result.Measured; m != nil {
		m.Total, m.Late = ptrTo(ev.total), ptrTo(len(ev.late))
	}
	return ev
}

// lateAllowed is how many late clocks a target on their number lets pass
// (semantics 4): the greatest number with which it holds.
func (p *objectivePlan) lateAllowed() int {
	if p.kind != MeasureLate || p.level == nil {
		return 0
	}
	n := int(p.level.Round(0, credits.Down).IntPart())
	if p.op == credits.Below && p.level.Equal(credits.Int(int64(n))) {
		n--
	}
	if p.op != credits.Below && p.op != credits.AtMost {
		return 0
	}
	return max(n, 0)
}

// undecidedIn counts the clocks of a window that could not be judged, without
// those that counts stand for.
func (v *view) undecidedIn(ev *evaluated, counts []*TicketCount) (n int) {
	for key, c := range v.tallies.counts {
		if v.setAside(counts, key.promise, key.service, key.date) {
			continue
		}
		if c.undecided > 0 && v.belongs(ev.plan, ev, key.promise, key.service) && !key.date.Before(ev.period.From) && key.date.Before(ev.period.To) {
			n += c.undecided
		}
	}
	return n
}

// overTimes is the number: a count, or seconds; false where there is no clock
// to take it of.
func (p *objectivePlan) overTimes(times []decimal.Decimal, total, late int) (credits.Ratio, bool) {
	switch {
	case p.kind == MeasureLate:
		return credits.Int(int64(late)), true
	case p.kind == MeasureTickets:
		return credits.Int(int64(total)), true
	case len(times) == 0:
		return credits.Ratio{}, false
	case p.kind == MeasureMaximum:
		return credits.RatioOfDecimal(slices.MaxFunc(times, decimal.Decimal.Cmp)), true
	case p.kind == MeasureMinimum:
		return credits.RatioOfDecimal(slices.MinFunc(times, decimal.Decimal.Cmp)), true
	case p.kind == MeasureMedian:
		return measure.Median(times)
	case p.kind == MeasurePercentile:
		d, ok := measure.Percentile(times, p.written.Measure.Percentile.Ratio())
		return credits.RatioOfDecimal(d), ok
	}
	return measure.Average(times)
}
