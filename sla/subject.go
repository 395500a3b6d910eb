package sla

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
)

// What is known of one service, sorted once for all objectives and windows.

// A subject is what is judged: a service, or one of its parts.
type subject struct {
	service string
	// part is the id of a part; empty for the whole service.
	part string
	// group are the values of the attributes by which an objective is judged
	// apart, as [groupOf] writes them; empty where it is not.
	group string
}

// label is how results and credits name it.
func (s subject) label() string {
	if s.group == "" {
		return orDefault(s.part, s.service)
	}
	values := strings.Join(s.values(), "/")
	if s.part != "" {
		return s.part + "/" + values
	}
	return values
}

// A record holds the facts of a service by kind, in order of time.
type record struct {
	outages  []*Outage
	probes   []*Probe
	counters []*Counter
	items    []*Item
	samples  []*Sample
	covers   []*Coverage
	work     []*Maintenance
	parts    map[string]*partKnown
	// order are the ids of the parts, sorted.
	order []string
}

// A partKnown is what is known of a part.
type partKnown struct {
	id, kind, of string
	// life is when it was in service; always where nobody says.
	life  calendar.Set
	lived bool
	// pieces are what it had from an instant on, in order of time.
	pieces []partPiece
}

// A partPiece is what a part had from an instant on.
type partPiece struct {
	from calendar.Instant
	has  map[string]string
}

// recordOf gives the record of a service.
func (v *view) recordOf(service string) *record {
	if v.records == nil {
		v.records = map[string]*record{}
		for _, f := range v.facts {
			v.put(f)
		}
		for key := range v.streams {
			if own := v.e.own(key.service); v.records[own] == nil {
				v.records[own] = &record{parts: map[string]*partKnown{}}
			}
		}
		for service, r := range v.records {
			v.complete(service, r)
		}
	}
	if v.records[service] == nil {
		v.records[service] = &record{parts: map[string]*partKnown{}}
	}
	return v.records[service]
}

// put files a fact under its service; what had not begun by the instant of
// the report is not there yet.
func (v *view) put(f Fact) {
	if instant(f.Header().Occurred) >= v.valid {
		if _, announced := f.(*Maintenance); !announced {
			return
		}
	}
	of := func(service string) *record {
		own := v.e.own(service)
		if v.records[own] == nil {
			v.records[own] = &record{parts: map[string]*partKnown{}}
		}
		return v.records[own]
	}
	switch f := f.(type) {
	case *Outage:
		r := of(f.Service)
		r.outages = append(r.outages, f)
	case *Probe:
		r := of(f.Service)
		r.probes = append(r.probes, f)
	case *Counter:
		r := of(f.Service)
		r.counters = append(r.counters, f)
	case *Item:
		r := of(f.Service)
		r.items = append(r.items, f)
	case *Sample:
		r := of(f.Service)
		r.samples = append(r.samples, f)
	case *Maintenance:
		r := of(f.Service)
		r.work = append(r.work, f)
	case *PartLife:
		v.addPart(of(f.Service), f)
	case *Coverage:
		if f.Service != "" {
			r := of(f.Service)
			r.covers = append(r.covers, f)
			return
		}
		for i := range v.e.contract.Services {
			r := of(v.e.contract.Services[i].Name)
			r.covers = append(r.covers, f)
		}
	}
}

// addPart adds a piece of a part's life and what it has from then on.
func (v *view) addPart(r *record, f *PartLife) {
	p := r.parts[f.ID]
	if p == nil {
		p = &partKnown{id: f.ID}
		r.parts[f.ID] = p
	}
	if kind := v.e.contract.part(f.Type); kind != nil {
		p.kind = kind.Name
	}
	p.of = orDefault(f.Of, p.of)
	end := v.valid
	if !f.Until.IsZero() {
		end = min(end, instant(f.Until))
	}
	p.life, p.lived = p.life.Union(calendar.NewSet(calendar.Interval{Start: instant(f.Occurred), End: end})), true
	p.pieces = append(p.pieces, partPiece{instant(f.Occurred), f.Has})
}

// complete adds the parts that facts name and nobody declares, and sorts.
func (v *view) complete(service string, r *record) {
	only := v.onlyKind(service)
	name := func(part string) {
		if part != "" && r.parts[part] == nil {
			r.parts[part] = &partKnown{id: part, kind: only}
		}
	}
	for _, f := range r.outages {
		name(f.Part)
	}
	for _, f := range r.probes {
		name(f.Part)
	}
	for key, stream := range v.streams {
		if v.e.own(key.service) == service && len(stream.runs) > 0 {
			name(key.part)
		}
	}
	for _, f := range r.counters {
		name(f.Part)
	}
	for _, f := range r.items {
		name(f.Part)
	}
	for _, f := range r.samples {
		name(f.Part)
	}
	for _, f := range r.covers { // what is watched is there, though nothing happened to it
		if f.Service != "" {
			name(f.Part)
		}
	}
	for _, p := range r.parts {
		r.order = append(r.order, p.id)
		slices.SortStableFunc(p.pieces, func(a, b partPiece) int { return cmp.Compare(a.from, b.from) })
	}
	slices.Sort(r.order)
	byTime(r.outages)
	byTime(r.counters)
	byTime(r.items)
	byTime(r.samples)
}

// byTime puts facts of one kind, which come in the order of their ids, in the
// order of time.
func byTime[F Fact](facts []F) {
	slices.SortStableFunc(facts, func(a, b F) int { return a.Header().Occurred.Compare(b.Header().Occurred) })
}

// onlyKind is the kind of part of a service that has only one; then a fact may
// name a part of which nothing else is known.
func (v *view) onlyKind(service string) string {
	kind := ""
	for _, k := range v.e.contract.Parts {
		if v.e.contract.serviceOf(k.Name) != service {
			continue
		}
		if kind != "" {
			return ""
		}
		kind = k.Name
	}
	return kind
}

// within says whether a part is another or lies in it; every part lies in the
// whole.
func (r *record) within(part, of string) bool {
	for range len(r.parts) + 1 {
		if part == of || of == "" {
			return true
		}
		p := r.parts[part]
		if p == nil || p.of == "" {
			return false
		}
		part = p.of
	}
	return false
}

// concerns says whether a fact about one part is about another as well: about
// itself, what it lies in, and the whole.
func (r *record) concerns(fact, part string) bool {
	return fact == "" || r.within(part, fact) && part != ""
}

// partsIn lists the parts of a kind within a subject; of a group, those that
// are of it at an instant.
func (r *record) partsIn(s subject, kind string, at calendar.Instant) []subject {
	var out []subject
	for _, id := range r.order {
		if p := r.parts[id]; p.kind == kind && r.within(id, s.part) && r.inGroup(s, id, nil, at) {
			out = append(out, subject{service: s.service, part: id})
		}
	}
	return out
}

// lifeOf is when a part was in service: as said of it, else as said of the
// parts in it, else always.
func (r *record) lifeOf(part string) (calendar.Set, bool) {
	p := r.parts[part]
	if p == nil {
		return calendar.Set{}, false
	}
	if p.lived {
		return p.life, true
	}
	var all calendar.Set
	any := false
	for _, id := range r.order {
		if r.parts[id].of == part {
			if life, said := r.lifeOf(id); said {
				all, any = all.Union(life), true
			}
		}
	}
	return all, any
}
