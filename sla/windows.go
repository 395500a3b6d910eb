package sla

import (
	"fmt"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// The windows of an objective that overlap the dates of a report: those that
// tile the time are found by the calendar; the others lie where settlement
// periods end, where the clock strikes, where claims or outages are.

// windowsOf lists the windows of a kind for a report on [from, to).
func (v *view) windowsOf(p *objectivePlan, judged subject, from, to calendar.Date) []Period {
	s, _ := p.window.shape()
	switch s.slides {
	case slidesEnd, slidesAny:
		return v.upToSettlement(p.window, s, from, to)
	case slidesClaim:
		return v.upToClaims(p, s, from, to)
	case slidesHour:
		return v.clockHours(from, to)
	case slidesOutage:
		return v.outageWindows(p, judged, from, to)
	}
	return v.tiles(p.window, from, to)
}

// What windows of a kind tile from a date on.
type tiled struct {
	window Window
	from   calendar.Date
}

// tiles lists the windows of a kind that overlap an interval of dates, once
// for all objectives and all ends; nobody changes them.
func (v *view) tiles(w Window, from, to calendar.Date) []Period {
	key := tiled{w, from}
	all := v.tilings[key]
	if len(all) == 0 || all[len(all)-1].To.Before(to) {
		next := from
		if len(all) > 0 {
			next = all[len(all)-1].To
		}
		all = append(all, periods(w, next, to, v.e.termFrom)...)
		v.tilings[key] = all
	}
	n, _ := slices.BinarySearchFunc(all, to, func(p Period, to calendar.Date) int { return p.From.Compare(to) })
	return all[:n:n]
}

// upToSettlement gives a sliding window at the end of each settlement period
// (semantics 1.4); of a window that may lie anywhere, the settlement period
// itself, at each date of which one ends.
func (v *view) upToSettlement(w Window, s windowShape, from, to calendar.Date) []Period {
	var out []Period
	for _, settled := range periods(v.e.settlementWindow(), from, to, v.e.termFrom) {
		if s.slides == slidesAny {
			settled.Window, settled.Name = w, string(w)+" in "+settled.Name
			out = append(out, settled)
			continue
		}
		out = append(out, slidingTo(w, s, settled.To))
	}
	return out
}

// slidingTo is the window of a kind that ends with the date before to.
func slidingTo(w Window, s windowShape, to calendar.Date) Period {
	p := Period{Window: w, To: to, From: to.AddDays(-s.days)}
	if s.months > 0 {
		p.From, _ = to.AddMonths(-s.months) // the last day of its month where the date does not exist
	}
	p.Name = string(w) + " to " + to.AddDays(-1).String()
	return p
}

// upToClaims gives a window for each claim made of the objective by the
// instant of the report: it ends with the date before the claim's.
func (v *view) upToClaims(p *objectivePlan, s windowShape, from, to calendar.Date) []Period {
	var out []Period
	for _, c := range knownFacts[*Claim](v) {
		d := v.e.zone.DateAt(instant(c.Occurred))
		if c.Objective == p.id && !d.Before(from) && d.Before(to) {
			w := slidingTo(p.window, s, d)
			w.Name += claimSuffix(c)
			out = append(out, w)
		}
	}
	return out
}

// clockHours are the hours of the local clock: each runs from an instant at
// which the clock shows a full hour to the next such instant, so an hour that
// comes twice is two windows. Only those touched by downtime or by missing
// data are worth a line: the caller leaves the others out.
func (v *view) clockHours(from, to calendar.Date) []Period {
	var out []Period
	for d := from; d.Before(to); d = d.AddDays(1) {
		var strikes []calendar.Instant
		for h := range 24 {
			first, second, n := v.e.zone.Resolve(d, calendar.TimeOfDay(time.Duration(h)*time.Hour))
			if n > 0 {
				strikes = append(strikes, first)
			}
			if n > 1 {
				strikes = append(strikes, second)
			}
		}
		out = append(out, v.hoursBetween(d, strikes)...)
	}
	return out
}

func (v *view) hoursBetween(d calendar.Date, strikes []calendar.Instant) []Period {
	day := v.e.zone.Day(d)
	bounds := calendar.Builder{}
	for _, at := range strikes {
		bounds.Add(calendar.Interval{Start: at, End: at + 1})
	}
	var out []Period
	seen := map[string]int{}
	starts := bounds.Set()
	for i := range starts.Len() {
		begin, end := starts.At(i).Start, day.End
		if i == 0 {
			begin = day.Start
		}
		if i+1 < starts.Len() {
			end = starts.At(i + 1).Start
		}
		_, clock := v.e.zone.Local(starts.At(i).Start)
		name := fmt.Sprintf("%sT%02d", d, int(time.Duration(clock)/time.Hour))
		if seen[name]++; seen[name] > 1 {
			name += fmt.Sprintf("/%d", seen[name])
		}
		out = append(out, Period{Window: ClockHour, Name: name, From: d, To: d.AddDays(1), Begins: ptrTo(v.e.local(begin)), Ends: ptrTo(v.e.local(end))})
	}
	return out
}

// outageWindows are the outages that count and end in the dates reported,
// each a window of its own; one that lasts ends at the instant of the report.
func (v *view) outageWindows(p *objectivePlan, s subject, from, to calendar.Date) []Period {
	reported := calendar.Interval{Start: v.e.zone.StartOf(from), End: v.e.zone.StartOf(to)}
	in, rulings := v.gather(p, s, reported.Intersect(v.e.term), nil, true)
	if in.Down.IsEmpty() {
		return nil
	}
	span := in.Down.Bounds().Intersect(v.e.term)
	in.Agreed = calendar.NewSet(span)
	if p.agreed != nil && p.agreed.Check(span) == nil {
		in.Agreed = p.agreed.Open(span)
	}
	var out []Period
	for _, run := range in.Outages(in.Compute()) {
		last := v.e.zone.DateAt(run.End - 1)
		if last.Before(from) || !last.Before(to) {
			continue
		}
		w := Period{Window: EachOutage, Name: v.e.local(run.Start).Format("2006-01-02T15:04:05"), From: v.e.zone.DateAt(run.Start), To: last.AddDays(1)}
		w.Begins, w.Ends = ptrTo(v.e.local(run.Start)), ptrTo(v.e.local(run.End))
		if run.End == v.valid && slices.ContainsFunc(rulings, func(r ruling) bool { return r.at.End == v.valid && r.lasts(v.valid) }) {
			w.Ends = ptrTo(v.e.local(run.End + 1)) // it is not over
		}
		for _, r := range v.ruledOf(p, s).near(run) {
			if !r.at.Intersect(run).IsEmpty() {
				w.Name = r.outage.ID
				break
			}
		}
		out = append(out, w)
	}
	return out
}

// judgeWindow evaluates a window, of those that may lie anywhere each that
// fails; of hours of the clock, none in which nothing was down.
func (v *view) judgeWindow(out []evaluated, p *objectivePlan, judged subject, period Period) []evaluated {
	s, _ := p.window.shape()
	switch s.slides {
	case slidesAny:
		return append(out, v.judgeAnywhere(p, s, judged, period)...)
	case slidesHour:
		ev := v.evaluate(p, judged, period)
		if ev.result.Verdict == Met && ev.down.IsZero() {
			return out
		}
		return append(out, ev)
	}
	return append(out, v.evaluate(p, judged, period))
}

// judgeAnywhere looks at the window that ends with each date of a settlement
// period: each run of dates at which it fails is one failure, in the period in
// which the run begins, shown by its first window. Without a failure the last
// window is shown.
func (v *view) judgeAnywhere(p *objectivePlan, s windowShape, judged subject, settled Period) []evaluated {
	at := func(d calendar.Date) evaluated { return v.evaluate(p, judged, slidingTo(p.window, s, d.AddDays(1))) }
	var out []evaluated
	var last evaluated
	failing := at(settled.From.AddDays(-1)).result.Verdict == Missed
	for d := settled.From; d.Before(settled.To) && v.e.zone.StartOf(d) < v.valid; d = d.AddDays(1) {
		last = at(d)
		missed := last.result.Verdict == Missed || last.result.SoFar == Missed && last.result.Certain
		if missed && !failing {
			out = append(out, last)
		}
		failing = missed
	}
	if len(out) == 0 && last.plan != nil && !failing {
		out = append(out, last)
	}
	return out
}
