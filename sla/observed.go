package sla

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// What the sources of an objective saw of what it judges. Of predicates over
// parts, time is seen where what is seen of some of the parts decides them:
// `all down` by one part that is up, `any down` by one that is down (semantics
// 3.3: unknown is not zero, and no more is unknown than may change something).

// always is all of time.
func always() calendar.Set {
	return calendar.NewSet(calendar.Interval{Start: calendar.MinInstant, End: calendar.MaxInstant})
}

// observed is what the sources saw of a subject: where there are several, what
// all of them saw. Windows of other objectives of which downtime would be made and
// that were not measured are not seen.
func (k look) observed() calendar.Set {
	return k.sourcesSaw().Intersect(k.decided((*Predicate).ofOthers))
}

// ofOthers says that a predicate asks about other objectives, and not about parts.
func (p *Predicate) ofOthers() bool {
	return !p.ofParts() && slices.ContainsFunc(p.All, func(a Atom) bool { return a.Kind == AtomMissed || a.Kind == AtomBelowMinimum })
}

// sourcesSaw is what the sources saw, parts apart.
func (k look) sourcesSaw() calendar.Set {
	parts := k.partsAsked()
	if len(parts) == 0 {
		return k.seenByAll(func(Source) bool { return true })
	}
	some := k.lives(parts)
	ofParts := k.seenByAll(func(s Source) bool { return !s.inSlots() }).Minus(some).Union(k.decided((*Predicate).ofParts).Intersect(some))
	if k.slotsAlone() {
		return ofParts.Intersect(k.seenByAll(Source.inSlots))
	}
	return ofParts
}

// seenByAll is what all of some sources saw; all of time, where there is none of
// them, though others.
func (k look) seenByAll(which func(Source) bool) calendar.Set {
	all := always()
	for i, source := range k.p.written.Sources {
		if which(source) {
			all = all.Intersect(k.seenBy(i).Union(k.v.covered(k.s, source.Name)))
		}
	}
	if len(k.p.written.Sources) == 0 {
		return k.v.covered(k.s, "")
	}
	return all
}

// inSlots says that a source gives something for each slot, from which
// predicates make downtime of a subject as a whole.
func (s Source) inSlots() bool { return s.Kind == SourceCounts || s.Kind == SourceSamples }

// slotsAlone says that what is given for slots makes downtime by itself, not
// only beside the state of parts.
func (k look) slotsAlone() bool {
	return k.p.written.Without.Events != "" || slices.ContainsFunc(k.p.written.DownWhen, func(p Predicate) bool { return !p.ofParts() })
}

// ofParts says that a predicate asks about the state of parts.
func (p *Predicate) ofParts() bool {
	return slices.ContainsFunc(p.All, func(a Atom) bool { return a.Kind == AtomParts })
}

// seenBy is what one of the objective's sources saw.
func (k look) seenBy(i int) calendar.Set {
	source := k.p.written.Sources[i]
	switch source.Kind {
	case SourceChecks:
		if len(k.partsAsked()) == 0 {
			return k.v.watch(k.s, source, k.p.written).Seen
		}
	case SourceCounts:
		var b calendar.Builder
		spanning := 0
		measure.Slots(k.span, k.slotLength(), k.v.talliedBy(k.p, k.s, i), func(s measure.Slot) {
			spanning += s.Spanning
			if s.Seen {
				b.Add(s.At)
			}
		})
		if k.p.ofTime() { // a share of the whole window takes each count whole
			k.v.spans(k.p, k.s, k.span, spanning)
		}
		return b.Set()
	case SourceSamples:
		return k.readings(source.Of, nil, func(*Source, decimal.Decimal) bool { return false }).seen
	}
	return calendar.Set{}
}

// lives is when any of some parts was in service.
func (k look) lives(parts []subject) (some calendar.Set) {
	for _, part := range parts {
		life, said := k.v.lifeOf(part)
		if !said {
			life = always()
		}
		some = some.Union(life)
	}
	return some
}

// decided is when what was seen decides some predicates, whatever the rest was:
// with all that was not seen taken for up they say the same as with all of it
// taken for down.
func (k look) decided(which func(*Predicate) bool) calendar.Set {
	var least, most calendar.Set
	dark := k
	dark.dark = true
	for i := range k.p.written.DownWhen {
		if p := &k.p.written.DownWhen[i]; which(p) {
			least, most = least.Union(k.downWhen(p)), most.Union(dark.downWhen(p))
		}
	}
	return always().Minus(most.Minus(least))
}

// ownSeen is what the sources that tell the state of parts saw of one part:
// what they watched of it, and what they say that they covered.
func (k look) ownSeen(part subject) calendar.Set {
	if len(k.p.written.Sources) == 0 {
		return k.v.covered(part, "")
	}
	all := always()
	for _, source := range k.p.written.Sources {
		if source.inSlots() {
			continue
		}
		seen := k.v.covered(part, source.Name)
		if source.Kind == SourceChecks {
			seen = seen.Union(k.v.watch(part, source, k.p.written).Seen)
		}
		all = all.Intersect(seen)
	}
	return all
}

// seenFor is what was seen of that which a condition beside one on parts asks
// about.
func (k look) seenFor(a *Atom) calendar.Set {
	named := k.v.e.contract.event(a.Name)
	all := always()
	for i, source := range k.p.written.Sources {
		asked := false
		switch a.Kind {
		case AtomErrorRate, AtomFailed, AtomQuantity:
			asked = source.Kind == SourceCounts && (named == nil && a.Kind != AtomQuantity || named != nil && k.v.e.contract.event(source.Of) == named) ||
				source.Kind == SourceSamples && a.Kind == AtomQuantity && source.Of == a.Name
		}
		if asked {
			all = all.Intersect(k.seenBy(i).Union(k.v.covered(k.s, source.Name)))
		}
	}
	return all
}

// partsAsked are the parts that the predicates of an objective ask about.
func (k look) partsAsked() (out []subject) {
	for _, p := range k.p.written.DownWhen {
		for i := range p.All {
			if kind := k.v.e.contract.part(p.All[i].Name); p.All[i].Kind == AtomParts && kind != nil {
				out = append(out, k.v.recordOf(k.s.service).partsIn(k.s, kind.Name, k.span.End-1)...)
			}
		}
	}
	return out
}
