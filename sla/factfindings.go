package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/spelling"
)

// Facts that were taken in and resolved by a rule of the language, not by what
// they say alone: the report lists them (semantics 9).

const (
	// CodeAnswersDiffer: two facts answer for one instant and say different
	// things; neither is used.
	CodeAnswersDiffer Code = "answers-contradict"
	// CodeAcrossSlots: a counter spans more than one slot; all it counted is
	// taken for the slot in which it begins.
	CodeAcrossSlots Code = "counter-across-slots"
	// CodeOutsideTerm: facts about a time in which the contract is not in force;
	// they count for nothing.
	CodeOutsideTerm Code = "fact-outside-term"
	// CodeOfNoSource: facts of a source, or of a quantity, that no objective of
	// their service names.
	CodeOfNoSource Code = "fact-of-no-source"
	// CodeCorrected: a fact was withdrawn or replaced by a later one.
	CodeCorrected Code = "fact-corrected"
)

// A spanningKey is a window of an objective whose events are counted in slots.
type spanningKey struct {
	objective, of string
	window        calendar.Interval
}

// contradictions are the instants at which the answers of one source about one
// thing differ.
type contradictions struct {
	n     int
	first calendar.Instant
}

// resolved finds the facts that a rule of the language decided about.
func (v *view) resolved() {
	for k, c := range v.differing {
		of := k.service
		if k.part != "" {
			of = k.part
		}
		v.found(CodeAnswersDiffer, "service/"+k.service, Name("source", k.source), Name("of", of), Count("n", c.n), v.e.instantArg("at", c.first))
	}
	for k, n := range v.spanning {
		v.found(CodeAcrossSlots, k.objective+"/source", Name("objective", k.objective), Name("of", k.of), Count("n", n), v.e.instantArg("from", k.window.Start), v.e.instantArg("to", k.window.End))
	}
	v.outsideTerm()
	v.ofNoSource()
	v.takenBack()
}

// A sourced is what facts are of: the source they name, and of samples the
// quantity.
type sourced struct {
	kind                FactKind
	service, source, of string
}

// ofNoSource counts answers, counters, items and samples that are of no source
// which an objective of their service names. Outages of such sources are told
// beside each result, as evidence.
func (v *view) ofNoSource() {
	found := map[sourced]int{}
	for _, f := range v.facts {
		var s sourced
		switch f := f.(type) {
		case *Probe:
			s = sourced{service: f.Service}
		case *Counter:
			s = sourced{service: f.Service}
		case *Item:
			s = sourced{service: f.Service}
		case *Sample:
			s = sourced{service: f.Service, of: f.Of}
		default:
			continue
		}
		s.kind, s.source, s.service = f.Kind(), f.Header().Source, v.e.own(s.service)
		found[s]++
	}
	for key := range v.streams {
		found[sourced{FactProbe, v.e.own(key.service), key.source, ""}]++
	}
	for s, n := range found {
		names, used := v.e.sourcesFor(s)
		if used {
			continue
		}
		args := []Arg{Name("kind", string(s.kind)), Count("n", n), Name("service", s.service)}
		if s.source != "" {
			args = append(args, Prose("source", s.source))
		}
		if s.of != "" {
			args = append(args, Prose("of", s.of))
		}
		near := spelling.Nearest(s.source, names)
		if s.kind == FactSample && near == "" {
			near = spelling.Nearest(s.of, names)
		}
		if near != "" {
			args = append(args, Name("suggestion", near))
		}
		v.findings = append(v.findings, Finding{Code: CodeOfNoSource, Severity: Info, Clause: "service/" + s.service, Args: args})
	}
}

// sourcesFor says whether an objective of a service has a source of facts, and
// the names that would have been one.
func (e *Engine) sourcesFor(s sourced) (names []string, used bool) {
	kinds := map[FactKind]SourceKind{FactProbe: SourceChecks, FactCounter: SourceCounts, FactItem: SourceItems, FactSample: SourceSamples}
	for i := range e.plans {
		for _, p := range e.plans[i].ways() {
			if p.written == nil || !slices.Contains(p.services, s.service) {
				continue
			}
			for _, source := range p.written.Sources {
				if source.Kind != kinds[s.kind] {
					continue
				}
				named := s.source == "" || s.source == source.Name
				if of := s.kind != FactSample || s.of == source.Of; named && of {
					return nil, true
				}
				names = append(names, source.Name)
				if named {
					names = append(names, source.Of)
				}
			}
		}
	}
	return names, false
}

// spans notes that counters of a window span several slots.
func (v *view) spans(p *objectivePlan, s subject, window calendar.Interval, n int) {
	if key := (spanningKey{p.id, s.label(), window}); n > v.spanning[key] {
		v.spanning[key] = n
	}
}

// outsideTerm counts measured facts that lie wholly outside the term, by kind.
func (v *view) outsideTerm() {
	type outside struct {
		n     int
		first Fact
	}
	found := map[FactKind]outside{}
	for _, f := range v.facts {
		switch f.Kind() {
		case FactOutage, FactProbe, FactCounter, FactItem, FactSample, FactMaintenance:
		default:
			continue
		}
		at := timeOf(f, v.valid)
		if at.End > v.e.term.Start && at.Start < v.e.term.End {
			continue
		}
		o := found[f.Kind()]
		if o.n++; o.n == 1 {
			o.first = f
		}
		found[f.Kind()] = o
	}
	for kind, o := range found {
		args := []Arg{Name("kind", string(kind)), Count("n", o.n), v.e.instantArg("at", instant(o.first.Header().Occurred))}
		if id := o.first.Header().ID; id != "" {
			args = append(args, Name("fact", id))
		}
		v.found(CodeOutsideTerm, "contract/term", args...)
	}
}

// timeOf is the time that a measured fact is about.
func timeOf(f Fact, valid calendar.Instant) calendar.Interval {
	at := calendar.Interval{Start: instant(f.Header().Occurred)}
	at.End = at.Start + 1
	switch p, series := f.(*Probe); {
	case series && p.Series != "":
		if answers := answersOf(nil, p); len(answers) > 0 {
			at.End = answers[len(answers)-1].Last() + 1
		}
	case !untilOf(f).IsZero():
		at.End = max(at.End, instant(untilOf(f)))
	case f.Kind() == FactOutage:
		at.End = max(at.End, valid)
	}
	return at
}

// takenBack lists what later facts withdrew or replaced, when, why, and by
// which party; who else recorded it only where names of people are asked for
// (semantics 10).
func (v *view) takenBack() {
	for _, f := range v.facts {
		h := f.Header()
		kind, of := f.Kind(), h.Supersedes
		if c, ok := f.(*Correction); ok {
			kind, of = c.OfKind, c.Of
		}
		if of == "" {
			continue
		}
		recorded := h.Recorded
		if recorded.IsZero() {
			recorded = h.Occurred
		}
		args := []Arg{Name("fact", h.ID), Name("kind", string(kind)), Name("of", of), v.e.instantArg("at", instant(recorded))}
		if v.e.names.has(partyName, h.Author) || v.authors && h.Author != "" {
			args = append(args, Prose("by", h.Author))
		}
		if h.Reason != "" {
			args = append(args, Prose("reason", h.Reason))
		}
		v.findings = append(v.findings, Finding{Code: CodeCorrected, Severity: Info, Args: args})
	}
}
