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

// A judgedValue is a value of a window.
type judgedValue struct {
	at       calendar.Instant
	value    decimal.Decimal
	excluded bool
}

// overItems evaluates an objective over events.
func (v *view) overItems(p *objectivePlan, s subject, period Period) evaluated {
	ev := p.begin(s, period)
	ev.without = func(map[string]bool) evaluated { return v.overItems(p, s, period) }
	if m := v.measuredFact(p, s.label(), period); m != nil && m.Share != nil {
		v.suppliedAvailability(&ev, m, nil)
		return ev
	} else if m != nil && m.Value != nil && p.kind != MeasureGood {
		v.suppliedNumber(&ev, m)
		return ev
	}
	span := period.interval(v.e.zone).Intersect(v.e.term)
	tallies, excluded := v.events(p, s, span)
	if p.kind == MeasureGood && p.written.Measure.Slots != nil {
		v.judgeSlots(&ev, span, tallies, excluded)
		return ev
	}
	total, failed := int64(0), int64(0)
	for _, t := range tallies {
		total, failed = total+t.Total, failed+t.Failed
	}
	value, ok := credits.Int(failed), true
	if p.kind == MeasureScore {
		value, ok = v.averageScore(p, s, span)
	}
	if p.kind == MeasureGood {
		r, err := credits.NewRatio(total-failed, total)
		value, ok = r, err == nil
	}
	enough := total >= int64(p.written.Measure.AtLeast)
	steps := []Step{{Code: "events", Clause: p.id + "/measure", Args: []Arg{
		Count("n", int(total)), Count("failed", int(failed)), Count("excluded", int(excluded)), Name("event", p.written.Measure.Of),
	}}}
	v.judgeNumber(&ev, value, ok && enough, total == 0 && excluded > 0, steps)
	return ev
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
	for _, t := range inSpan(v.tallied(p, s), span, func(t measure.Tally) calendar.Instant { return t.At.Start }) {
		if p.during(t.At.Start) {
			tallies = append(tallies, t)
		}
	}
	excluded = v.excludedCounts(p, s, span)
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
		away := calendar.Set{}
		if len(p.written.AwayDown) > 0 {
			_, away = v.announcedWork(p, s)
		}
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

// judgeSlots takes the mean of the ratios of slots. What a slot without events
// counts as, the contract says; a slot of which the source said nothing is not
// observed.
func (v *view) judgeSlots(ev *evaluated, span calendar.Interval, tallies []measure.Tally, excluded int64) {
	p := ev.plan
	covered := v.coveredAny(p, ev.subject)
	known := span.Intersect(calendar.Interval{Start: calendar.MinInstant, End: v.valid})
	var best, worst measure.Mean
	slots, empty, silent, spanning := 0, 0, 0, 0
	measure.Slots(known, p.written.Measure.Slots.Duration(), tallies, func(s measure.Slot) {
		if !p.during(s.At.Start) {
			return
		}
		slots, spanning = slots+1, spanning+s.Spanning
		switch {
		case s.Total > 0:
			best.Add(s.Total-s.Failed, s.Total)
			worst.Add(s.Total-s.Failed, s.Total)
			return
		case !s.Seen && !covered.Contains(s.At.Start):
			silent++
			best.Add(1, 1)
			worst.Add(0, 1)
			return
		}
		empty++
		switch p.written.Without.Events {
		case AssumedUp:
			best.Add(1, 1)
			worst.Add(1, 1)
		case AssumedDown:
			best.Add(0, 1)
			worst.Add(0, 1)
		}
	})
	v.spans(p, ev.subject, span, spanning)
	value, ok := best.Value()
	low, _ := worst.Value()
	steps := []Step{{Code: "slots", Clause: p.id + "/measure", Args: []Arg{
		Count("n", slots), Length("each", *p.written.Measure.Slots), Count("empty", empty), Phrase("as", orDefault("assumed "+Slug(string(p.written.Without.Events)), "")),
	}}}
	if silent > 0 {
		steps = append(steps, Step{Code: "silent-slots", Clause: p.id + "/source", Args: []Arg{Count("n", silent)}})
		ok = ok && !v.differs(p, p.compared(value), p.compared(low))
	}
	v.judgeNumber(ev, value, ok, slots == 0 && excluded > 0, steps)
}

// coveredAny is when any of the objective's sources covered a subject.
func (v *view) coveredAny(p *objectivePlan, s subject) (all calendar.Set) {
	for _, source := range p.written.Sources {
		all = all.Union(v.covered(s, source.Name))
	}
	return all
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

// suppliedNumber judges a number supplied ready-made: raw facts are set aside.
func (v *view) suppliedNumber(ev *evaluated, m *Measured) {
	steps := []Step{{Code: "supplied", Clause: ev.plan.id, Facts: []string{m.ID}, Args: []Arg{Shown("measured", m.Value.String())}}}
	v.judgeNumber(ev, credits.RatioOfDecimal(*m.Value), true, false, steps)
}

// overValues evaluates an objective over the values of a quantity: samples,
// an attribute of items, or a number supplied ready-made.
func (v *view) overValues(p *objectivePlan, s subject, period Period) evaluated {
	ev := p.begin(s, period)
	ev.without = func(map[string]bool) evaluated { return v.overValues(p, s, period) }
	if m := v.measuredFact(p, s.label(), period); m != nil && m.Value != nil {
		v.suppliedNumber(&ev, m)
		return ev
	}
	values, excluded := v.valuesOf(p, s, period.interval(v.e.zone).Intersect(v.e.term))
	value, ok := credits.Ratio{}, len(values) > 0
	switch {
	case p.kind == MeasureValue || !ok:
		ok = false
	case p.kind == MeasureAverage:
		value, ok = measure.Average(values)
	case p.kind == MeasureMedian:
		value, ok = measure.Median(values)
	case p.kind == MeasureSum:
		value = credits.RatioOfDecimal(decimal.Sum(values[0], values[1:]...))
	case p.kind == MeasureMaximum:
		value = credits.RatioOfDecimal(slices.MaxFunc(values, decimal.Decimal.Cmp))
	case p.kind == MeasureMinimum:
		value = credits.RatioOfDecimal(slices.MinFunc(values, decimal.Decimal.Cmp))
	default:
		d, found := measure.Percentile(values, p.written.Measure.Percentile.Ratio())
		value, ok = credits.RatioOfDecimal(d), found
	}
	steps := []Step{{Code: "values", Clause: p.id + "/measure", Args: []Arg{Count("n", len(values)), Count("excluded", excluded), Name("of", p.written.Measure.Of)}}}
	v.judgeNumber(&ev, value, ok && len(values) >= p.written.Measure.AtLeast, len(values) == 0 && excluded > 0, steps)
	return ev
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
		r, of := v.recordOf(s.service), p.written.Measure.Of
		take := func(at calendar.Instant, cause, part, from string, source *Source, value decimal.Decimal) {
			if r.within(part, s.part) && (from == "" || from == source.Name) {
				out = append(out, judgedValue{at, value, v.e.excludes(p.written, cause)})
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
