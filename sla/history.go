package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/memory"
)

// What conditions over several windows look back on: the verdicts of the
// ledger and those of this evaluation (semantics 6).

// judgedKey is an objective and the service judged.
type judgedKey struct{ objective, service string }

// A past is one window of an objective that is over.
type past struct {
	to       calendar.Date
	verdict  Verdict
	value    credits.Ratio
	hasValue bool
	excused  Excuse
	// noticed is when the miss was notified; nil where it was not.
	noticed *time.Time
}

// A history is every window that is over, by its name.
type history map[judgedKey]map[string]past

// remember gathers the ledger's results and those evaluated; the latter know
// better where both have one.
func (v *view) remember(evs []evaluated, cs []correction) history {
	h := history{}
	put := func(k judgedKey, window string, p past) {
		if h[k] == nil {
			h[k] = map[string]past{}
		}
		h[k][window] = p
	}
	if v.prior != nil {
		results := slices.Clone(v.prior.Results)
		for _, c := range cs {
			results = append(results, c.results...)
		}
		for _, r := range results {
			p := pastOf(r)
			if p.noticed == nil || v.allSupplied {
				p.noticed = v.notified(r.Objective, r.Window)
			}
			put(judgedKey{r.Objective, r.For}, r.Window, p)
		}
	}
	for i := range evs {
		if ev := &evs[i]; ev.result.Verdict != Open && !v.prior.settled(ev.period) {
			put(judgedKey{ev.plan.id, ev.service}, ev.period.Name, past{ev.period.To, ev.result.Verdict, ev.value, ev.hasValue, v.excuse(ev), v.notified(ev.plan.id, ev.period.Name)})
		}
	}
	return h
}

// pastOf is a window as the ledger remembers it.
func pastOf(r LedgerResult) past {
	p := past{to: r.To, verdict: r.Verdict, excused: r.Excused, noticed: r.Notified}
	if value, err := credits.ParseRatio(r.Measured); err == nil {
		p.value, p.hasValue = value, true
	}
	return p
}

// begin is the first date of the windows remembered; at the latest to.
func (h history) begin(to calendar.Date) calendar.Date {
	first := to
	for _, windows := range h {
		for _, p := range windows {
			first = earlier(first, p.to)
		}
	}
	return first
}

// outcomes puts the windows that end by a date in order; a window without a
// result is unknown.
func (v *view) outcomes(h history, k judgedKey, w Window, first, to calendar.Date, hold func(past) memory.Outcome) []memory.Outcome {
	windows := v.tiles(w, first, to)
	out := make([]memory.Outcome, 0, len(windows))
	for _, p := range windows {
		if p.To.After(to) {
			break
		}
		if got, ok := h[k][p.Name]; ok {
			out = append(out, hold(got))
		} else {
			out = append(out, memory.Unknown)
		}
	}
	return out
}

// byMiss: a miss that is not tolerated fails. Windows of the start-up time do
// not count.
func byMiss(p past) memory.Outcome {
	if p.excused == ExcusedTolerance {
		return memory.Held
	}
	return byVerdict(p)
}

// byVerdict: a miss fails, tolerated or not. Windows of the start-up time do
// not count.
func byVerdict(p past) memory.Outcome {
	switch {
	case p.excused == ExcusedStartUp:
		return memory.NotApplicable
	case p.verdict == Met:
		return memory.Held
	case p.verdict == Missed:
		return memory.Failed
	case p.verdict == NotApplicable:
		return memory.NotApplicable
	}
	return memory.Unknown
}

// byLevel: a value beyond the level of a condition holds, or fails where that is
// what is asked for.
func (v *view) byLevel(c Condition, reached, not memory.Outcome) func(past) memory.Outcome {
	unit := ""
	if p := v.e.plan(c.Objective); p != nil {
		unit = p.unit
	}
	level := c.Threshold.size(unit)
	return func(p past) memory.Outcome {
		switch {
		case p.verdict == NotApplicable, p.excused == ExcusedStartUp:
			return memory.NotApplicable
		case !p.hasValue:
			return memory.Unknown
		case c.Threshold.Op.Holds(p.value, level):
			return reached
		}
		return not
	}
}

// servicesJudged lists those whose results an objective has.
func (e *Engine) servicesJudged(objective string) []string {
	if p := e.plan(objective); p != nil {
		return p.services
	}
	return nil
}

// fires says whether a condition holds at the end of a window, for one service
// judged. from is the first date that counts.
func (v *view) fires(h history, c Condition, service string, from calendar.Date, window Period) bool {
	return len(v.missedWindows(h, c, service, from, window)) > 0
}

// missedWindows are those by which a condition holds at the end of a window;
// none where it does not.
func (v *view) missedWindows(h history, c Condition, service string, from calendar.Date, window Period) []Period {
	hold, count := byMiss, c.Count
	if c.Threshold != nil {
		hold = v.byLevel(c, memory.Failed, memory.Held)
	}
	if c.Kind == ConditionLevelAny {
		from, count = window.From, 1
	}
	seen := v.outcomes(h, judgedKey{c.Objective, service}, c.Window, from, window.To, v.counting(c, hold))
	at := memory.RowEnding(seen, count)
	if c.Kind == ConditionOfAny {
		at = memory.Among(seen, count, c.Of)
	}
	if len(at) == 0 {
		return nil
	}
	tiles := v.tiles(c.Window, from, window.To)
	out := make([]Period, 0, len(at))
	for _, i := range at {
		out = append(out, tiles[i])
	}
	return out
}

// holdsThrough says of a bonus condition whether it holds over a window.
func (v *view) holdsThrough(h history, c Condition, window Period) bool {
	switch c.Kind {
	case ConditionNoneLate:
		return v.lateIn(c, window) == 0
	case ConditionLevelEach:
		for _, service := range v.e.servicesJudged(c.Objective) {
			seen := v.outcomes(h, judgedKey{c.Objective, service}, c.Window, window.From, window.To, v.byLevel(c, memory.Held, memory.Failed))
			if !memory.All(seen) {
				return false
			}
		}
		return true
	}
	for _, service := range v.e.servicesJudged(c.Objective) {
		if v.fires(h, c, service, window.From, window) {
			return true
		}
	}
	return false
}

// lateIn counts the late tickets a condition speaks of, decided in a window:
// those of settled periods by the ledger, the others by the facts.
func (v *view) lateIn(c Condition, window Period) int {
	n := 0
	from := window.From
	if v.prior != nil && v.prior.SettledThrough != nil {
		for _, l := range v.prior.Late {
			if !v.countsAnew(l.Period) && l.Service == c.Service && l.Priority == c.Priority && l.Measure == c.Measure && !l.Period.Before(window.From) && l.Period.Before(window.To) {
				n += l.Count
			}
		}
		from = later(from, *v.prior.SettledThrough)
	}
	for _, l := range v.tallies.late {
		p := &v.e.promises[l.promise]
		if l.service == c.Service && p.priority == c.Priority && p.measure.Name == c.Measure && !l.date.Before(window.From) && l.date.Before(window.To) && (!l.date.Before(from) || v.countsAnew(l.date)) {
			n++
		}
	}
	return n
}

// countsAnew says whether a date lies in a settled period whose late tickets
// are counted by its record and not by the ledger.
func (v *view) countsAnew(d calendar.Date) bool {
	return slices.ContainsFunc(v.recounted, func(p Period) bool { return !d.Before(p.From) && d.Before(p.To) })
}
