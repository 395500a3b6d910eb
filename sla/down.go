package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// From checks, counters, samples, parts and other objectives to time that is
// down (form F11).

// A look is what predicates are evaluated for.
type look struct {
	v *view
	p *objectivePlan
	s subject
	// span is the window, whose start slots count from.
	span calendar.Interval
	// dark takes what was not seen of parts, or of what is asked beside them, for
	// what makes a predicate hold.
	dark bool
}

// downWhen evaluates a predicate: where all its conditions hold, for as long
// as it asks.
func (k look) downWhen(p *Predicate) calendar.Set {
	var set calendar.Set
	for i := range p.All {
		holds := k.holds(&p.All[i])
		if k.dark {
			holds = holds.Union(k.seenFor(&p.All[i]).Complement(k.span))
		}
		if i == 0 {
			set = holds
		} else {
			set = set.Intersect(holds)
		}
	}
	if p.For == nil {
		return set
	}
	least := exactOf(p.For.Length)
	if p.For.Slots > 0 {
		least = time.Duration(p.For.Slots) * k.slotLength()
	}
	var long calendar.Builder
	for run := range set.All() {
		if n := run.Length(); n > least || n == least && !p.For.Longer {
			long.Add(run)
		}
	}
	return long.Set()
}

// holds is the set of instants at which a condition holds.
func (k look) holds(a *Atom) calendar.Set {
	switch a.Kind {
	case AtomErrorRate, AtomFailed:
		return k.slots(a)
	case AtomQuantity:
		if k.v.e.contract.event(a.Name) != nil {
			return k.slots(a)
		}
		if k.samples(a.Name) {
			return k.sampled(a)
		}
		return k.whileTrait(a)
	case AtomParts:
		return k.partsHold(a)
	case AtomMissed, AtomBelowMinimum:
		return k.missed(a)
	case AtomIs, AtomFlag:
		return k.whileTrait(a)
	}
	return calendar.Set{}
}

// slotLength is the slot in which the objective's events are counted.
func (k look) slotLength() time.Duration {
	for _, s := range k.p.written.Sources {
		if s.Every != nil && (s.Kind == SourceCounts || s.Kind == SourceSamples) {
			return s.Every.Duration()
		}
	}
	return time.Minute
}

// slots are the slots of which a condition on counts holds: on those of the
// event it names, or where it names none, on all.
func (k look) slots(a *Atom) calendar.Set {
	var b calendar.Builder
	level, tallies := a.level(""), k.v.tallied(k.p, k.s)
	if named := k.v.e.contract.event(a.Name); named != nil {
		tallies = nil
		for i, source := range k.p.written.Sources {
			if k.v.e.contract.event(source.Of) == named {
				tallies = append(tallies, k.v.talliedBy(k.p, k.s, i)...)
			}
		}
		tallies = byStartOf(tallies)
	}
	measure.Slots(k.span, k.slotLength(), tallies, func(s measure.Slot) {
		n := credits.Ratio{}
		switch {
		case a.Kind == AtomErrorRate && s.Total == 0:
			return
		case a.Kind == AtomErrorRate:
			n, _ = credits.NewRatio(s.Failed, s.Total)
		case a.Kind == AtomFailed:
			n = credits.Int(s.Failed)
		default:
			n = credits.Int(s.Total)
		}
		if a.Op.Holds(n, level) {
			b.Add(s.At)
		}
	})
	return b.Set()
}

// sampled is when a sampled quantity is beyond a level.
func (k look) sampled(a *Atom) calendar.Set {
	return k.readings(a.Name, a, func(source *Source, value decimal.Decimal) bool {
		return a.Op.Holds(credits.RatioOfDecimal(value), a.level(source.Unit))
	}).held
}

// samples says whether the objective has a source of samples of a quantity.
func (k look) samples(of string) bool {
	return slices.ContainsFunc(k.p.written.Sources, func(s Source) bool { return s.Kind == SourceSamples && s.Of == of })
}

// readings says when a condition holds of the samples of a quantity: of those
// of several parts, when it holds of any, and what is observed of all.
func (k look) readings(of string, cond *Atom, holds func(*Source, decimal.Decimal) bool) heldSamples {
	return remembered(&k.v.judged.held, samplesAsked{k.p.written, k.s, of, cond}, func() (got heldSamples) {
		i := slices.IndexFunc(k.p.written.Sources, func(s Source) bool { return s.Kind == SourceSamples && s.Of == of })
		if i < 0 {
			return got
		}
		source, r := &k.p.written.Sources[i], k.v.recordOf(k.s.service)
		lists := map[string][]measure.Reading{}
		for _, f := range r.samples {
			if f.Of == of && (f.Source == "" || f.Source == source.Name) && r.within(f.Part, k.s.part) {
				lists[f.Part] = append(lists[f.Part], measure.Reading{At: instant(f.Occurred), Value: f.Value})
			}
		}
		first := true
		for part, list := range lists {
			held, seen := measure.Hold(list, exactOf(source.Every), k.v.valid, func(v decimal.Decimal) bool { return holds(source, v) })
			seen = seen.Union(k.v.covered(subject{service: k.s.service, part: part}, source.Name))
			if got.held = got.held.Union(held); first {
				got.seen, first = seen, false
			} else {
				got.seen = got.seen.Intersect(seen)
			}
		}
		return got
	})
}

// partsHold is when enough of the parts that run are in a state; with none
// running it does not hold.
func (k look) partsHold(a *Atom) calendar.Set {
	kind := k.v.e.contract.part(a.Name)
	if kind == nil {
		return calendar.Set{}
	}
	r := k.v.recordOf(k.s.service)
	type change struct {
		at        calendar.Instant
		run, down int
	}
	var changes []change
	for _, part := range r.partsIn(k.s, kind.Name, k.span.End-1) {
		run := calendar.NewSet(calendar.Interval{Start: calendar.MinInstant, End: calendar.MaxInstant})
		if life, said := r.lifeOf(part.part); said {
			run = life
		}
		for at := range run.All() {
			changes = append(changes, change{at.Start, 1, 0}, change{at.End, -1, 0})
		}
		for at := range k.ownDown(part).Intersect(run).All() {
			changes = append(changes, change{at.Start, 0, 1}, change{at.End, 0, -1})
		}
	}
	slices.SortFunc(changes, func(x, y change) int { return cmp.Compare(x.at, y.at) })
	var b calendar.Builder
	run, down := 0, 0
	for i, c := range changes {
		run, down = run+c.run, down+c.down
		if i+1 < len(changes) && changes[i+1].at > c.at && a.enough(run, down) {
			b.Add(calendar.Interval{Start: c.at, End: changes[i+1].at})
		}
	}
	return b.Set()
}

// enough says whether the number of parts in the state is what is asked.
func (a *Atom) enough(run, down int) bool {
	n := down
	if a.State == PartRun {
		n = run
	}
	switch {
	case run == 0 && a.State == PartDown:
		return false
	case a.Every:
		return n == run
	case a.Any:
		return n > 0
	case a.Share != nil:
		share, err := credits.NewRatio(int64(n), int64(run))
		return err == nil && a.Op.Holds(share, a.Share.Ratio())
	}
	return a.Op.Holds(credits.Int(int64(n)), credits.Int(int64(a.Count)))
}

// ownDown is when a part is down by itself or by what it lies in, of outages
// that are the objective's (step 1 of the counting).
func (k look) ownDown(s subject) calendar.Set {
	v, p := k.v, k.p
	r := v.recordOf(s.service)
	var b calendar.Builder
	for _, o := range r.outages {
		if !r.concerns(o.Part, s.part) || !fromAny(p.written, o.Source) {
			continue
		}
		chosen := ruling{outage: o, at: v.span(o)}
		if v.choose(&chosen, p.written); !chosen.ignored && !chosen.at.IsEmpty() {
			b.Add(chosen.at)
		}
	}
	for _, source := range p.written.Sources {
		if source.Kind != SourceChecks {
			continue
		}
		b.AddSet(v.watch(s, source, p.written).Down)
	}
	if k.dark {
		b.AddSet(k.ownSeen(s).Complement(k.span))
	}
	return b.Set()
}

// fromAny says whether a fact comes from one of an objective's sources; one
// that names none does.
func fromAny(o *Objective, source string) bool {
	return source == "" || slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Name == source })
}

// missed is the windows in which another objective was missed, or beyond its
// second level: all of each, also of one that this window cuts. Of one that is
// not over only what is certain counts. In the dark those that were not measured
// are among them.
func (k look) missed(a *Atom) calendar.Set {
	var b calendar.Builder
	for _, ev := range k.v.others(a.Name, k.s, k.span, true) {
		missed := ev.result.Verdict == Missed || ev.result.SoFar == Missed && ev.result.Certain
		if a.Kind == AtomBelowMinimum {
			missed = missed && ev.hasValue && ev.plan.written.Minimum != nil && ev.plan.belowMinimum(ev.value)
		}
		if missed || k.dark && ev.result.unknown() {
			b.Add(ev.period.interval(k.v.e.zone))
		}
	}
	return b.Set()
}

// unknown says that nobody can tell whether a window is met or missed.
func (r *Result) unknown() bool {
	return r.Verdict == NotMeasured || r.Verdict == Disputed || r.SoFar == NotMeasured
}

// mayYetBeMissed says that a window of another objective, of which downtime is
// made, is cut by the end of this one and not decided.
func (v *view) mayYetBeMissed(p *objectivePlan, s subject, period Period) bool {
	span := period.interval(v.e.zone).Intersect(v.e.term)
	for _, when := range p.written.DownWhen {
		for i := range when.All {
			if a := &when.All[i]; a.Kind != AtomMissed && a.Kind != AtomBelowMinimum {
				continue
			}
			if slices.ContainsFunc(v.others(when.All[i].Name, s, span, true), func(ev evaluated) bool { return ev.result.Verdict == Open && !ev.result.Certain }) {
				return true
			}
		}
	}
	return false
}

// tallied are the counted events of a subject, in order of time, without
// those whose cause is excluded.
func (v *view) tallied(p *objectivePlan, s subject) (out []measure.Tally) {
	return remembered(&v.judged.counts, eventsAsked{p.written, s, -1}, func() []measure.Tally {
		var all []measure.Tally
		for i := range p.written.Sources {
			all = append(all, v.talliedBy(p, s, i)...)
		}
		return byStartOf(all)
	})
}

func byStartOf(list []measure.Tally) []measure.Tally {
	slices.SortStableFunc(list, func(a, b measure.Tally) int { return cmp.Compare(a.At.Start, b.At.Start) })
	return list
}

// talliedBy are those that one of the objective's sources counted.
func (v *view) talliedBy(p *objectivePlan, s subject, i int) []measure.Tally {
	return remembered(&v.judged.counts, eventsAsked{p.written, s, i}, func() (out []measure.Tally) {
		source := &p.written.Sources[i]
		kind := v.e.contract.event(source.Of)
		if source.Kind != SourceCounts || kind == nil {
			return nil
		}
		for _, f := range v.recordOf(s.service).counters {
			if f.Source != "" && f.Source != source.Name {
				continue
			}
			if of := v.traitsOfCounter(f, kind, s); !v.counts(f.Event, &of, s) {
				continue
			}
			t := measure.Tally{At: calendar.Interval{Start: instant(f.Occurred), End: instant(f.Until)}, Total: f.Total, Failed: f.Failed}
			switch {
			case !v.e.excludes(p.written, f.Cause):
			case v.leavesDowntimeOnly():
				t.Failed = 0
			default:
				t.Total, t.Failed = 0, 0
			}
			out = append(out, t)
		}
		return out
	})
}

// counts says whether a counter or an item is about an event and a subject.
func (v *view) counts(event string, t *traits, s subject) bool {
	if event != "" {
		if own := v.e.contract.event(event); own == nil || own.Name != t.kind.Name {
			return false
		}
	}
	return t.in.within(t.part, s.part) && t.in.inGroup(s, t.part, t.has, t.at)
}

func (v *view) leavesDowntimeOnly() bool {
	x := v.e.contract.Exclusions
	return x != nil && x.Effect == LeavesDowntime
}
