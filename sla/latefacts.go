package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
)

// Facts that were recorded after a period was settled, and may change it.

// reach is the time that the windows which end in a settlement period are
// about: some of them begin before it.
func (v *view) reach(p Period) calendar.Interval {
	first := p.From
	for i := range v.e.plans {
		plan := &v.e.plans[i]
		s, _ := plan.window.shape()
		var windows []Period
		switch s.slides {
		case slidesNot:
			windows = v.tiles(plan.window, p.From, p.To)
		case slidesEnd:
			windows = []Period{slidingTo(plan.window, s, p.To)}
		case slidesAny:
			windows = []Period{slidingTo(plan.window, s, p.From)}
		case slidesClaim:
			windows = v.upToClaims(plan, s, p.From, p.To)
		}
		for _, w := range windows {
			if w.To.After(p.To) {
				continue // it belongs to the period in which it ends
			}
			first = earlier(first, w.From)
			if plan.written != nil && plan.written.Measure.WithBefore {
				first = earlier(first, periodOf(w.Window, w.From.AddDays(-1), v.e.termFrom).From)
			}
		}
	}
	span := p.interval(v.e.zone)
	span.Start = min(span.Start, v.e.zone.StartOf(first))
	return span
}

// lateFor lists the facts recorded after a period was settled, and by now, that
// may change it.
func (r *Run) lateFor(span calendar.Interval, settled, known calendar.Instant) []string {
	var out []string
	within := func(at calendar.Instant) bool { return at > settled && at <= known }
	for _, en := range r.store {
		for i := range en.revisions {
			if rev := &en.revisions[i]; !rev.refused && within(recordedAt(rev.fact)) && r.engine.touches(rev.fact, span) {
				out = append(out, idOf(rev.fact))
			}
		}
	}
	for log := range r.tickets.all() {
		for i := range log.facts {
			f := &log.facts[i]
			if !f.refused && within(f.known) && (f.fact.Header().Revision > 0 || f.at < span.End) {
				out = append(out, log.id)
				break
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// touches says whether a fact may change what a span of time comes to. A
// revision, a replacement and a withdrawal may concern any time.
func (e *Engine) touches(f Fact, span calendar.Interval) bool {
	h := f.Header()
	if h.Revision > 0 || h.Supersedes != "" {
		return true
	}
	from := instant(h.Occurred)
	switch f := f.(type) {
	case *Correction:
		return true
	case *Outage, *Coverage, *Maintenance, *Counter:
		end := untilOf(f)
		return from < span.End && (end.IsZero() || instant(end) > span.Start)
	case *Item:
		return span.Contains(from) || !f.Until.IsZero() && from < span.End && instant(f.Until) > span.Start
	case *PartLife:
		return from < span.End // what it has holds until a later piece says otherwise
	case *Proof, *Contest, *Volume:
		return true
	case *Claim:
		return e.periodMeets(f.Period, span)
	case *Measured:
		return e.periodMeets(f.Period, span)
	case *TicketCount:
		return e.periodMeets(f.Period, span)
	case *AgreedFee, *ChargeFact, *QuantityFact:
		return true // a base may speak of another period
	case *Delivery:
		return e.paysBy(f.What) && (f.Period == "" || e.periodMeets(f.Period, span))
	case *Invoice:
		return false
	case *Probe:
		end := from + 1
		if f.Series != "" {
			end = calendar.MaxInstant
		}
		return from < span.End && end > span.Start
	}
	return span.Contains(from)
}

func (e *Engine) periodMeets(name string, span calendar.Interval) bool {
	from, to, err := ParsePeriods(name)
	return err != nil || e.zone.StartOf(from) < span.End && e.zone.StartOf(to) > span.Start
}

// paysBy says whether what is owed depends on when something was delivered: a
// report whose lateness counts as a miss, or what a claim is counted from. What
// a party chose after the settlement changes nothing.
func (e *Engine) paysBy(what string) bool {
	report := what == "report" || strings.HasPrefix(what, "report/")
	if report && slices.ContainsFunc(e.contract.allObjectives(), func(o *Objective) bool { return o.LateReport != nil }) {
		return true
	}
	rules := e.contract.Credits
	return rules != nil && rules.Claim != nil && slices.ContainsFunc(rules.Claim.Steps, func(s ClaimStep) bool {
		return report && s.After == AnchorReport || string(s.After) == what
	})
}
