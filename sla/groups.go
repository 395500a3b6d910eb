package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
)

// Groups: what is judged apart for each value of an attribute.

// unsaid is the value of an attribute that a fact does not have: what nobody
// says is a group of its own, so that nothing vanishes.
const unsaid = "not-said"

// apart says what an objective is judged for, each on its own: the parts of a
// kind, if it names one, and the values of attributes.
func (c *Contract) apart(o *Objective) (kind *PartKind, by []string) {
	if o == nil || o.ForEach == "" || o.ForEach == "service" {
		return nil, nil
	}
	for _, name := range append([]string{o.ForEach}, o.By...) {
		if k := c.part(name); k != nil && kind == nil {
			kind = k
		} else {
			by = append(by, name)
		}
	}
	return kind, by
}

// groupOf writes the values of attributes, by name.
func groupOf(by, values []string) string {
	parts := make([]string, len(by))
	for i := range by {
		parts[i] = by[i] + "=" + values[i]
	}
	return strings.Join(parts, "\x00")
}

// values are the values of a group, in the order in which the contract names
// the attributes.
func (s subject) values() (out []string) {
	for _, part := range strings.Split(s.group, "\x00") {
		_, value, _ := strings.Cut(part, "=")
		out = append(out, value)
	}
	return out
}

// inGroup says whether what has some attributes, and happened to a part, is of
// the group of a subject.
func (r *record) inGroup(s subject, part string, has map[string]string, at calendar.Instant) bool {
	if s.group == "" {
		return true
	}
	t := traits{has: has, in: r, part: part, at: at}
	for _, pair := range strings.Split(s.group, "\x00") {
		name, want, _ := strings.Cut(pair, "=")
		if value, _ := t.value(name); orDefault(value, unsaid) != want {
			return false
		}
	}
	return true
}

// grouped lists the subjects within one, for each combination of values that
// the parts and events of it have.
func (v *view) grouped(p *objectivePlan, s subject, by []string) []subject {
	if len(by) == 0 {
		return []subject{s}
	}
	r, found := v.recordOf(s.service), map[string]bool{}
	take := func(t traits) {
		values, said := make([]string, len(by)), false
		for i, name := range by {
			value, ok := t.value(name)
			values[i], said = orDefault(value, unsaid), said || ok
		}
		if said || t.kind != nil {
			found[groupOf(by, values)] = true
		}
	}
	for _, id := range r.order {
		if r.within(id, s.part) {
			for _, piece := range r.parts[id].pieces {
				take(traits{in: r, part: id, at: piece.from})
			}
		}
	}
	for _, source := range p.written.Sources {
		kind := v.e.contract.event(source.Of)
		if kind == nil {
			continue
		}
		for _, f := range r.items {
			if t := v.traitsOfItem(p, f, kind, s); source.Kind == SourceItems && v.counts(f.Event, &t, s) {
				take(t)
			}
		}
		for _, f := range r.counters {
			if t := v.traitsOfCounter(f, kind, s); source.Kind == SourceCounts && v.counts(f.Event, &t, s) {
				take(t)
			}
		}
	}
	var out []subject
	for group := range found {
		s.group = group
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b subject) int { return strings.Compare(a.group, b.group) })
	return out
}
