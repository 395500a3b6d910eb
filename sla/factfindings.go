package sla

import "github.com/sla-lang/sla/calendar"

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
	v.takenBack()
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
