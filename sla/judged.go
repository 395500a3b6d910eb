package sla

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// What becomes of each fact is decided once, for all the windows of a report
// and for all objectives that ask the same of it; a window then takes what lies
// in it.

// A judgedFacts holds what was decided.
type judgedFacts struct {
	outages map[outagesAsked]*ruledOutages
	// others are outages that other sources tell of.
	others map[eventsAsked][]*Outage
	counts map[eventsAsked][]measure.Tally
	items  map[eventsAsked][]judgedItem
	// runs are those that a schedule asks for, as they were done.
	runs   map[eventsAsked]*performed
	values map[eventsAsked][]judgedValue
	// came are the instants of readings, by part.
	came map[eventsAsked]map[string][]calendar.Instant
	held map[samplesAsked]heldSamples
}

// An outagesAsked is what is asked of outages: by objectives that ask alike, of
// a service or one of its parts.
type outagesAsked struct {
	question, service, part string
}

// An eventsAsked is what an objective asks of events: those of one of its
// sources, or with -1 of all.
type eventsAsked struct {
	o      *Objective
	s      subject
	source int
}

// A samplesAsked is what a condition asks of samples, or with nil what they
// observe.
type samplesAsked struct {
	o    *Objective
	s    subject
	of   string
	cond *Atom
}

// A heldSamples is when a condition holds of samples, and what they observe.
type heldSamples struct{ held, seen calendar.Set }

// A ruledOutages is what became of the outages of a subject, by their starts.
type ruledOutages struct {
	rulings []ruling
	// reach is the latest end of each ruling and those before it.
	reach []calendar.Instant
}

// near are the rulings that may overlap an interval.
func (r *ruledOutages) near(span calendar.Interval) []ruling {
	last, _ := slices.BinarySearchFunc(r.rulings, span.End, func(x ruling, t calendar.Instant) int { return cmp.Compare(x.at.Start, t) })
	first, _ := slices.BinarySearch(r.reach[:last], span.Start+1)
	return r.rulings[first:last:last]
}

// ruledOf decides of each outage what becomes of it for an objective.
func (v *view) ruledOf(p *objectivePlan, s subject) *ruledOutages {
	key := outagesAsked{p.question, s.service, s.part}
	if known := v.judged.outages[key]; known != nil {
		return known
	}
	r := v.recordOf(s.service)
	out := &ruledOutages{}
	for _, f := range r.outages {
		own := r.concerns(f.Part, s.part)
		if !fromAny(p.written, f.Source) || !own && !r.within(f.Part, s.part) {
			continue
		}
		ruled := v.rule(f, p.written)
		if ruled.ofPart = !own; !ruled.at.IsEmpty() {
			out.rulings = append(out.rulings, ruled)
		}
	}
	slices.SortFunc(out.rulings, byStart)
	reach := calendar.MinInstant
	for i := range out.rulings {
		reach = max(reach, out.rulings[i].at.End)
		out.reach = append(out.reach, reach)
	}
	if v.judged.outages == nil {
		v.judged.outages = map[outagesAsked]*ruledOutages{}
	}
	v.judged.outages[key] = out
	return out
}

// evidence are the outages of a subject that other sources tell of.
func (v *view) evidence(o *Objective, s subject) []*Outage {
	return remembered(&v.judged.others, eventsAsked{o, s, -1}, func() (out []*Outage) {
		r := v.recordOf(s.service)
		for _, f := range r.outages {
			if !fromAny(o, f.Source) && r.concerns(f.Part, s.part) {
				out = append(out, f)
			}
		}
		return out
	})
}

// asksOfOutages is what an objective asks of outages, in one text: whose answer
// depends on the same things is the same.
func (o *Objective) asksOfOutages() string {
	var b strings.Builder
	for _, s := range o.Sources {
		fmt.Fprintf(&b, "%q ", s.Name)
	}
	fmt.Fprintf(&b, "%q", sorted(o.Exclude))
	if k := o.Count; k != nil {
		fmt.Fprintf(&b, "%q %v %t %t", sorted(k.CausedBy), k.ReportedWithin, k.FromReport, k.ToClosed)
		if k.NotCredited { // which were, depends on the objective
			b.WriteString(o.Name)
		}
	}
	return b.String()
}

func sorted(names []string) []string { return slices.Sorted(slices.Values(names)) }

// inSpan are the elements, in order of time, whose instant lies in an interval.
func inSpan[T any](list []T, span calendar.Interval, at func(T) calendar.Instant) []T {
	compare := func(x T, t calendar.Instant) int { return cmp.Compare(at(x), t) }
	first, _ := slices.BinarySearchFunc(list, span.Start, compare)
	last, _ := slices.BinarySearchFunc(list, span.End, compare)
	return list[first:max(first, last)]
}

// remembered gives what was made for a key, made when first asked for.
func remembered[K comparable, V any](known *map[K]V, key K, make func() V) V {
	if v, ok := (*known)[key]; ok {
		return v
	}
	if *known == nil {
		*known = map[K]V{}
	}
	v := make()
	(*known)[key] = v
	return v
}
