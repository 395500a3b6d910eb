package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// What nobody saw of that which is no time by itself: slots without a count,
// readings that did not come.

// unseenTime is the agreed time of a window, so far, of which sources that give
// something every so often gave nothing, and all the agreed time. The last slot
// may not be over where the window is not.
func (v *view) unseenTime(p *objectivePlan, s subject, span calendar.Interval) (unseen, agreed calendar.Set) {
	if slices.ContainsFunc(p.written.Sources, func(s Source) bool { return s.Every == nil }) || len(p.written.Sources) == 0 {
		return unseen, agreed
	}
	if agreed = v.agreedSoFar(p, s, span); agreed.IsEmpty() {
		return unseen, agreed
	}
	var told calendar.Builder // a count for more than a slot tells of all of them
	for _, t := range inSpan(v.tallied(p, s), span, func(t measure.Tally) calendar.Instant { return t.At.Start }) {
		told.Add(t.At)
	}
	return agreed.Minus(look{v: v, p: p, s: s, span: span}.observed()).Minus(told.Set()), agreed
}

// agreedSoFar is the agreed time of a window of which sources should have given
// something.
func (v *view) agreedSoFar(p *objectivePlan, s subject, span calendar.Interval) calendar.Set {
	if v.valid < span.End {
		longest := time.Duration(0)
		for _, s := range p.written.Sources {
			longest = max(longest, exactOf(s.Every))
		}
		span.End = v.valid.Add(-longest)
	}
	if span.IsEmpty() {
		return calendar.Set{}
	}
	agreed := calendar.NewSet(span)
	if p.agreed != nil && p.agreed.Check(span) == nil {
		agreed = p.agreed.Open(span)
	}
	return agreed.Minus(v.awayFor(p, s))
}

// unseenSteps tell how much of a window was not observed.
func (v *view) unseenSteps(p *objectivePlan, s subject, span calendar.Interval) []Step {
	set, all := v.unseenTime(p, s, span)
	unseen, agreed := set.Measure(), all.Measure()
	if unseen == 0 {
		return nil
	}
	args := []Arg{Duration("time", unseen), Name("source", sourceOf(p.written).Name)}
	if agreed > unseen {
		args = append(args, Duration("observed", agreed-unseen), Duration("agreed", agreed))
	}
	return []Step{{Code: "unobserved", Args: args, Clause: p.id + "/source"}}
}

// anySeen says that the sources of an objective saw something of a window, if
// only that nothing happened.
func (v *view) anySeen(p *objectivePlan, s subject, span calendar.Interval) bool {
	return !look{v: v, p: p, s: s, span: span}.observed().Within(span).IsEmpty()
}

// missingReadings is how many readings of a quantity should have come in a
// window and did not, of each part that gave any.
func (v *view) missingReadings(p *objectivePlan, s subject, span calendar.Interval) (n int64) {
	agreed, r := v.agreedSoFar(p, s, span), v.recordOf(s.service)
	for i := range p.written.Sources {
		source := &p.written.Sources[i]
		if source.Kind != SourceSamples || source.Of != p.written.Measure.Of || exactOf(source.Every) <= 0 {
			continue
		}
		for part, at := range v.readingsCame(p, s, i) {
			due := agreed.Minus(v.covered(subject{service: s.service, part: part}, source.Name))
			if life, said := r.lifeOf(part); said && part != "" {
				due = due.Intersect(life)
			}
			n += measure.Missing(at, source.Every.Duration(), due)
		}
	}
	return n
}

// readingsCame are the instants of the readings that one of an objective's
// sources gave of each part of a subject, in order.
func (v *view) readingsCame(p *objectivePlan, s subject, i int) map[string][]calendar.Instant {
	return remembered(&v.judged.came, eventsAsked{p.written, s, i}, func() map[string][]calendar.Instant {
		source, r, came := &p.written.Sources[i], v.recordOf(s.service), map[string][]calendar.Instant{}
		for _, f := range r.samples {
			if f.Of == source.Of && (f.Source == "" || f.Source == source.Name) && r.within(f.Part, s.part) {
				came[f.Part] = append(came[f.Part], instant(f.Occurred))
			}
		}
		for _, at := range came {
			slices.Sort(at)
		}
		return came
	})
}
