package sla

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// What is measured of events, counted in slots or one by one: the share of
// good ones, the number of failed ones.

// A judgedItem is an item of a window: good or failed, with its score.
type judgedItem struct {
	at     calendar.Instant
	failed bool
	score  decimal.Decimal
	// excluded says that it is left out.
	excluded bool
}

// ofEvents is the share of good events, the number of failed ones, or their mean
// score.
func (v *view) ofEvents(p *objectivePlan, s subject, span calendar.Interval) (out number) {
	tallies, excluded := v.events(p, s, span)
	failed := int64(0)
	for _, t := range tallies {
		out.n, failed = out.n+t.Total, failed+t.Failed
	}
	switch p.kind {
	case MeasureScore:
		out.value, out.ok = v.averageScore(p, s, span)
	case MeasureGood:
		r, err := credits.NewRatio(out.n-failed, out.n)
		out.value, out.ok = r, err == nil
	default: // that nobody saw one does not say that there was none
		out.value = credits.Int(failed)
		out.ok = out.n > 0 || excluded > 0 || v.anySeen(p, s, span)
	}
	out.bounds, out.left = measure.Exactly(out.value), out.n == 0 && excluded > 0
	if unseen, _ := v.unseenTime(p, s, span); !unseen.IsEmpty() && p.written.Without.Data != AssumedLeftOut {
		switch out.bounds = measure.Unbounded(); p.kind {
		case MeasureGood:
			out.bounds = measure.ShareUnseen(out.n-failed, failed)
		case MeasureFailed:
			out.bounds.Low = measure.Bound{At: out.value}
		}
	}
	out.steps = append([]Step{{Code: "events", Clause: p.id + "/measure", Args: []Arg{
		Count("n", int(out.n)), Count("failed", int(failed)), Count("excluded", int(excluded)), Name("event", p.written.Measure.Of),
	}}}, v.unseenSteps(p, s, span)...)
	return out
}

// averageScore is the mean of what the items of a window score.
func (v *view) averageScore(p *objectivePlan, s subject, span calendar.Interval) (credits.Ratio, bool) {
	items, _ := v.itemsOf(p, s, span)
	scores := make([]decimal.Decimal, len(items))
	for i := range items {
		scores[i] = items[i].score
	}
	return measure.Average(scores)
}

// score is what an item scores.
func (p *objectivePlan) score(t *traits, failed bool) decimal.Decimal {
	best := decimal.Zero
	for i := range p.written.Scores {
		rule := &p.written.Scores[i]
		if !failed && rule.Score.GreaterThan(best) && t.meets(&rule.When) {
			best = rule.Score
		}
	}
	return best
}

// events are the counted events of a subject in a window, in order of time, and
// how many were left out.
func (v *view) events(p *objectivePlan, s subject, span calendar.Interval) (tallies []measure.Tally, excluded int64) {
	away := v.awayFor(p, s)
	excluded = v.excludedCounts(p, s, span)
	for _, t := range inSpan(v.tallied(p, s), span, func(t measure.Tally) calendar.Instant { return t.At.Start }) {
		switch {
		case !p.during(t.At.Start):
		case away.Contains(t.At.Start):
			excluded += t.Total
		default:
			tallies = append(tallies, t)
		}
	}
	items, left := v.itemsOf(p, s, span)
	for _, item := range items {
		t := measure.Tally{At: calendar.Interval{Start: item.at, End: item.at + 1}, Total: 1}
		if item.failed {
			t.Failed = 1
		}
		tallies = append(tallies, t)
	}
	slices.SortStableFunc(tallies, func(a, b measure.Tally) int { return cmp.Compare(a.At.Start, b.At.Start) })
	return tallies, excluded + left
}

// awayFor is the announced time whose items are left out, whether they failed
// or not.
func (v *view) awayFor(p *objectivePlan, s subject) calendar.Set {
	if len(p.written.AwayDown) == 0 {
		return calendar.Set{}
	}
	_, away := v.announcedWork(p, s)
	return away
}

// during says whether an instant is in the agreed calendar.
func (p *objectivePlan) during(t calendar.Instant) bool {
	return p.agreed == nil || !p.agreed.Open(calendar.Interval{Start: t, End: t + 1}).IsEmpty()
}

// excludedCounts is how many counted events of a window are left out.
func (v *view) excludedCounts(p *objectivePlan, s subject, span calendar.Interval) (n int64) {
	if v.leavesDowntimeOnly() {
		return 0
	}
	for _, f := range inSpan(v.recordOf(s.service).counters, span, func(f *Counter) calendar.Instant { return instant(f.Occurred) }) {
		if v.e.excludes(p.written, f.Cause) && v.recordOf(s.service).within(f.Part, s.part) {
			n += f.Total
		}
	}
	return n
}

// itemsOf are the items of a window that count, and how many were left out.
func (v *view) itemsOf(p *objectivePlan, s subject, span calendar.Interval) (out []judgedItem, excluded int64) {
	for _, item := range inSpan(v.allItems(p, s), span, func(i judgedItem) calendar.Instant { return i.at }) {
		switch {
		case !p.during(item.at):
		case item.excluded:
			excluded++
		default:
			out = append(out, item)
		}
	}
	return out, excluded
}

// allItems are the items of a subject in the order in which they count: an item
// belongs to the window in which it ended, or with `counted when started`,
// began; one that never ended to that in which it began.
func (v *view) allItems(p *objectivePlan, s subject) []judgedItem {
	return remembered(&v.judged.items, eventsAsked{p.written, s, -1}, func() (out []judgedItem) {
		away := v.awayFor(p, s)
		for i := range p.written.Sources {
			source := &p.written.Sources[i]
			kind := v.e.contract.event(source.Of)
			if source.Kind != SourceItems || kind == nil {
				continue
			}
			for _, f := range v.recordOf(s.service).items {
				if f.Source != "" && f.Source != source.Name {
					continue
				}
				if t := v.traitsOfItem(p, f, kind, s); v.counts(f.Event, &t, s) && p.only(&t) {
					out = append(out, v.judgeItem(p, f, &t, away))
				}
			}
		}
		slices.SortStableFunc(out, func(a, b judgedItem) int { return cmp.Compare(a.at, b.at) })
		return out
	})
}

// judgeItem says whether an item failed, what it scores, and whether it is left
// out.
func (v *view) judgeItem(p *objectivePlan, f *Item, t *traits, away calendar.Set) judgedItem {
	item := judgedItem{at: p.itemAt(f), failed: p.failed(t)}
	switch left := v.e.excludes(p.written, f.Cause); {
	case away.Contains(instant(f.Occurred)), left && !v.leavesDowntimeOnly():
		item.excluded = true
	case left:
		item.failed = false
	}
	item.score = p.score(t, item.failed)
	return item
}

// itemAt is the instant at which an item counts.
func (p *objectivePlan) itemAt(f *Item) calendar.Instant {
	if f.Until.IsZero() || p.written.Measure.ByStart {
		return instant(f.Occurred)
	}
	return instant(f.Until)
}

// only says whether an item is one that the objective is about.
func (p *objectivePlan) only(t *traits) bool {
	for i := range p.written.OnlyWhen {
		if !t.meets(&p.written.OnlyWhen[i]) {
			return false
		}
	}
	return true
}

// failed says whether an item failed: by its own result, or by any predicate.
func (p *objectivePlan) failed(t *traits) bool {
	if t.item.Failed {
		return true
	}
	for i := range p.written.FailedWhen {
		if t.meets(&p.written.FailedWhen[i]) {
			return true
		}
	}
	return false
}

// judgeNumber compares a number that does not come from time with the target;
// without one, nothing is measured, or nothing was there to be.
func (v *view) judgeNumber(ev *evaluated, value credits.Ratio, ok, nothingLeft bool, steps []Step) {
	p, r := ev.plan, &ev.result
	running := v.valid < ev.period.interval(v.e.zone).Intersect(v.e.term).End
	verdict := NotMeasured
	switch {
	case ok:
		ev.exact, ev.value, ev.hasValue = value, p.compared(value), !running
		r.Measured = &Measurement{Exact: ev.exact.String(), Shown: p.show(ev.value)}
		verdict = p.verdict(ev.value)
	case nothingLeft:
		verdict = NotApplicable
	}
	r.Verdict = verdict
	if running {
		r.Verdict, r.SoFar = Open, verdict
	}
	r.Why = steps
	if !ok {
		r.Why = append(r.Why, Step{Code: "no-value", Args: []Arg{Phrase("verdict", "verdict "+slug(verdict))}})
		return
	}
	if m := p.written.Measure.Rounded; m != nil {
		r.Why = append(r.Why, Step{Code: "rounded", Clause: p.id + "/measure", Args: []Arg{
			Shown("measured", r.Measured.Shown), Count("decimals", m.Decimals), Prose("mode", string(m.Mode)), Prose("exact", ev.exact.String()),
		}})
	}
	if p.level != nil {
		r.Why = append(r.Why, Step{Code: "level-" + slug(verdict), Clause: p.id + "/target", Args: []Arg{Prose("target", r.Target), Prose("measured", r.Measured.Shown)}})
	}
}
