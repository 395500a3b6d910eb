package sla

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// What things have: attributes of items and of parts, and the conditions that
// are decided by them.

// traits are what conditions on attributes are asked of: an item, if there is
// one, then the part at an instant, then what the part lies in.
type traits struct {
	c    *Contract
	item *Item
	// limits are those of the objective for its items.
	limits []ItemLimit
	// has are attributes of the fact itself, kind is what it is of.
	has  map[string]string
	kind *EventKind
	in   *record
	part string
	at   calendar.Instant
}

// value is what an attribute is, as facts write it; of a kind of part, the part
// of the kind that it is or lies in.
func (t *traits) value(name string) (string, bool) {
	if v, ok := t.has[name]; ok {
		return v, true
	}
	if v, said := t.in.attributeAt(t.part, name, t.at); said || t.c == nil || !t.c.isPartColumn(name) {
		return v, said
	}
	return t.in.ofKind(t.part, t.c.part(name).Name)
}

// isPartColumn says that a column of a table names a kind of part, and no
// attribute.
func (c *Contract) isPartColumn(name string) bool {
	return c.part(name) != nil && c.attributeNamed(name) == nil
}

// ofKind is the part of a kind that a part is or lies in.
func (r *record) ofKind(part, kind string) (string, bool) {
	for range len(r.parts) + 1 {
		p := r.parts[part]
		if p == nil {
			break
		}
		if p.kind == kind {
			return part, true
		}
		part = p.of
	}
	return "", false
}

// attributeAt is an attribute of a part as last said by an instant, else that
// of what it lies in.
func (r *record) attributeAt(part, name string, at calendar.Instant) (string, bool) {
	for range len(r.parts) + 1 {
		p := r.parts[part]
		if p == nil {
			return "", false
		}
		for i := len(p.pieces) - 1; i >= 0; i-- {
			if v, said := p.pieces[i].has[name]; said && p.pieces[i].from <= at {
				return v, true
			}
		}
		part = p.of
	}
	return "", false
}

// meets says whether all conditions of a predicate hold. A value that is not
// there meets none.
func (t *traits) meets(p *Predicate) bool {
	for i := range p.All {
		if !t.is(&p.All[i]) {
			return false
		}
	}
	return true
}

func (t *traits) is(a *Atom) bool {
	if a.Kind == AtomUnfinished {
		return t.item != nil && t.item.Until.IsZero()
	}
	if a.Kind == AtomQuantity {
		return t.compares(a)
	}
	value, said := t.value(a.Name)
	switch a.Kind {
	case AtomFlag:
		return said && (value == "yes" || value == "true") != a.Not || !said && a.Not
	case AtomIs:
		return said && slices.ContainsFunc(wordsOf(value), func(w string) bool { return slices.Contains(a.Values, w) }) != a.Not
	}
	return false
}

// wordsOf are the values of an attribute of which there may be many.
func wordsOf(value string) []string { return strings.Fields(value) }

// compares says whether a quantity stands as a condition asks to its level.
func (t *traits) compares(a *Atom) bool {
	if a.Word != "" {
		return t.ranks(a)
	}
	n, unit, ok := t.quantity(a.Name)
	if !ok {
		return false
	}
	if a.ItsLimit {
		limit, set := t.limitOf(a.Name, unit)
		return set && a.Op.Holds(n, limit)
	}
	return a.Op.Holds(n, a.level(unit))
}

// ranks compares words that are written from the lowest to the highest.
func (t *traits) ranks(a *Atom) bool {
	attr := t.attribute(a.Name)
	value, said := t.value(a.Name)
	if attr == nil || !said {
		return false
	}
	have, want := slices.Index(attr.OneOf, value), slices.Index(attr.OneOf, a.Word)
	return have >= 0 && want >= 0 && a.Op.Holds(credits.Int(int64(have)), credits.Int(int64(want)))
}

// quantity is the value of an attribute as a number of its unit; of an item,
// `duration` is the time from start to end, and of a part, `life` how long it
// has been in service, in seconds.
func (t *traits) quantity(name string) (n credits.Ratio, unit string, ok bool) {
	attr := t.attribute(name)
	switch {
	case attr != nil:
	case name == "duration" && t.item != nil && !t.item.Until.IsZero():
		return inUnit(t.item.Until.Sub(t.item.Occurred), "s"), "s", true
	case name == "life" && t.part != "":
		life, said := t.in.lifeOf(t.part)
		return inUnit(life.Within(calendar.Interval{Start: calendar.MinInstant, End: t.at + 1}).Measure(), "s"), "s", said
	default:
		return n, "", false
	}
	value, said := t.value(name)
	d, err := decimal.NewFromString(value)
	if !said || err != nil {
		return n, attr.Unit, false
	}
	return credits.RatioOfDecimal(d), attr.Unit, true
}

// attribute is the declaration of an attribute: that of the event, else that
// of the kind of part, or any other.
func (t *traits) attribute(name string) *Attribute {
	if t.kind != nil {
		if a := attribute(t.kind.Has, name); a != nil {
			return a
		}
	}
	if p := t.in.parts[t.part]; p != nil {
		if kind := t.c.part(p.kind); kind != nil && attribute(kind.Has, name) != nil {
			return attribute(kind.Has, name)
		}
	}
	return t.c.attributeNamed(name)
}

// attributeNamed finds a declared attribute of any event or part; nil for
// none.
func (c *Contract) attributeNamed(name string) *Attribute {
	for i := range c.Events {
		if a := attribute(c.Events[i].Has, name); a != nil {
			return a
		}
	}
	for i := range c.Parts {
		if a := attribute(c.Parts[i].Has, name); a != nil {
			return a
		}
	}
	return nil
}

// traitsOf are those of a part at an instant.
func (v *view) traitsOf(s subject, at calendar.Instant) traits {
	return traits{c: v.e.contract, in: v.recordOf(s.service), part: s.part, at: at}
}

// traitsOfItem are those of an item and its part.
func (v *view) traitsOfItem(p *objectivePlan, f *Item, kind *EventKind, s subject) traits {
	return traits{c: v.e.contract, limits: p.written.Limits, item: f, has: f.Has, kind: kind, in: v.recordOf(s.service), part: f.Part, at: instant(f.Occurred)}
}

// traitsOfCounter are those of the events of a counter and their part.
func (v *view) traitsOfCounter(f *Counter, kind *EventKind, s subject) traits {
	return traits{c: v.e.contract, has: f.Has, kind: kind, in: v.recordOf(s.service), part: f.Part, at: instant(f.Occurred)}
}

// whileTrait is when a part has an attribute that a condition asks for.
func (k look) whileTrait(a *Atom) calendar.Set {
	r := k.v.recordOf(k.s.service)
	cuts := []calendar.Instant{k.span.Start, k.span.End}
	for id, n := k.s.part, 0; n <= len(r.parts) && r.parts[id] != nil; id, n = r.parts[id].of, n+1 {
		for _, piece := range r.parts[id].pieces {
			if piece.from > k.span.Start && piece.from < k.span.End {
				cuts = append(cuts, piece.from)
			}
		}
	}
	slices.Sort(cuts)
	var b calendar.Builder
	for i := range len(cuts) - 1 {
		t := k.v.traitsOf(k.s, cuts[i])
		if cuts[i] < cuts[i+1] && t.is(a) {
			b.Add(calendar.Interval{Start: cuts[i], End: cuts[i+1]})
		}
	}
	return b.Set()
}
