package sla

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
)

// Checks of what is measured and counted: units that fit, windows that can be
// settled, times that are exact.

// measures checks each objective's measure against its target and counting.
func (k *checker) measures() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		k.targetUnit(o)
		k.countable(o)
		k.emptySlots(o)
		k.scheduled(o)
		k.joinable(o)
		k.uses(o)
		k.attributes(o)
		if k.reaches(o.Name, o.Name, map[string]bool{}) {
			k.find(CodeObjectiveCycle, o.Name+"/measure", Name("objective", o.Name))
		}
	}
	k.partsBelong()
	for i := range k.c.Objectives {
		k.scored(&k.c.Objectives[i])
	}
	k.windowsTile()
}

// unitOf is the kind of number that a measure gives; also the key of its
// phrase.
func unitOf(kind MeasureKind) string {
	switch kind {
	case MeasureDowntime:
		return "time"
	case MeasureOutages, MeasureFailed, MeasureLate, MeasureTickets:
		return "count"
	case MeasureVerdict:
		return "verdict"
	case MeasureAverage, MeasureMedian, MeasureMaximum, MeasureMinimum, MeasureSum, MeasurePercentile, MeasureValue:
		return "quantity"
	case MeasureSurvey:
		return "score"
	}
	return "share"
}

// targetUnit: a target is of the unit of what is measured.
func (k *checker) targetUnit(o *Objective) {
	t := o.Target
	if t == nil || t.AsInTier != "" || o.Measure.Kind == "" {
		return
	}
	if t.Table != nil {
		for i := range t.Table.Rows {
			if row := &t.Table.Rows[i]; !row.None() {
				k.levelUnit(o, row.target(t.Op), o.Name+"/target/"+row.Name())
			}
		}
		return
	}
	k.levelUnit(o, t, o.Name+"/target")
}

// levelUnit: a level is of the unit of what is measured.
func (k *checker) levelUnit(o *Objective, t *Target, clause string) {
	found := ""
	switch {
	case t.Share != nil:
		found = "share"
	case t.Time != nil && t.Time.IsExact():
		found = "time"
	case t.Time != nil:
		found = "dates"
	case t.Number != nil && t.Number.Unit == "":
		found = "count"
	case t.Number != nil:
		found = "number"
	case t.Score != nil:
		found = "score"
	}
	want := unitOf(o.Measure.Kind)
	if want == "quantity" && !k.c.overTickets(o) && len(o.Sources) > 0 && !slices.Contains(k.c.quantitiesOf(o), o.Measure.Of) {
		return // told already: no source gives it
	}
	if want == "quantity" {
		a := Atom{Share: t.Share, Time: t.Time, Number: t.Number}
		if unit := k.c.quantityUnit(o); t.Score == nil && a.sameUnit(unit) {
			return
		}
	}
	if found != "" && found != want {
		k.find(CodeTargetUnit, clause, Prose("found", targetText(t)), Phrase("unit", "unit "+want), Name("measure", string(o.Measure.Kind)))
	}
}

// emptySlots: a mean over slots says what a slot without events counts as.
func (k *checker) emptySlots(o *Objective) {
	if o.Measure.Slots == nil || o.Measure.Kind != MeasureGood {
		return
	}
	if o.Without.Events == "" {
		k.find(CodeEmptySlots, o.Name+"/measure", Name("objective", o.Name), Name("event", o.Measure.Of)).Absent = true
	}
	if !o.Measure.Slots.IsExact() || o.Measure.Slots.Duration() < time.Second {
		k.find(CodeCountLength, o.Name+"/measure", Length("found", *o.Measure.Slots))
	}
}

// joinable: where a service has parts, an objective over its time says for
// which of them it is, or how their numbers become one.
func (k *checker) joinable(o *Objective) {
	switch o.Measure.Kind {
	case MeasureAvailability, MeasureDowntime, MeasureOutages:
	default:
		if e := k.c.event(o.Measure.Of); o.Scheduled == nil || e == nil || k.c.part(e.Of) == nil {
			return // a number of events is that of all parts; each has a schedule of its own
		}
	}
	if kind, _ := k.c.apart(o); kind != nil || o.Measure.Join != nil || len(o.DownWhen) > 0 || o.Scope.Service == "" {
		return
	}
	for _, p := range k.c.Parts {
		if k.c.serviceOf(p.Name) == o.Scope.Service {
			k.find(CodeJoinMissing, o.Name+"/measure", Name("objective", o.Name), Name("part", p.Name), Name("service", o.Scope.Service)).Absent = true
			return
		}
	}
}

// reaches says whether an objective depends on itself through others.
func (k *checker) reaches(from, to string, seen map[string]bool) bool {
	o := k.index.objectives[from]
	if o == nil {
		return false // an unknown name
	}
	next := slices.Concat(o.MissedWhen, slices.Concat(o.MissedTogether...))
	for _, p := range o.DownWhen {
		for _, a := range p.All {
			if a.Kind == AtomMissed || a.Kind == AtomBelowMinimum {
				next = append(next, a.Name)
			}
		}
	}
	for _, n := range next {
		if n == to {
			return true
		}
		if !seen[n] {
			seen[n] = true
			if k.reaches(n, to, seen) {
				return true
			}
		}
	}
	return false
}

// scored: scores lie between 0 and 1, so that their mean is a share, and there
// are some where an average of them is measured.
func (k *checker) scored(o *Objective) {
	for _, s := range o.Scores {
		if s.Score.Sign() < 0 || s.Score.GreaterThan(decimal.NewFromInt(1)) {
			k.find(CodeScores, o.Name+"/score/"+s.Score.String(), Name("objective", o.Name), Prose("found", s.Score.String()))
		}
	}
	if (o.Measure.Kind == MeasureScore) != (len(o.Scores) > 0) {
		k.find(CodeScores, o.Name+"/measure", Name("objective", o.Name)).Absent = true
	}
}

// partsBelong: parts and events belong to a service in the end.
func (k *checker) partsBelong() {
	for _, p := range k.c.Parts {
		if k.c.serviceOf(p.Of) == "" {
			k.find(CodePartOwner, "part/"+p.Name+"/of", Name("name", p.Name), Name("of", p.Of))
		}
	}
	for _, e := range k.c.Events {
		if k.c.serviceOf(e.Of) == "" {
			k.find(CodePartOwner, "event/"+e.Name+"/of", Name("name", e.Name), Name("of", e.Of))
		}
	}
}

// periodic: what is counted or checked every so often has an exact period of a
// second or more, and a percentile a share of the values.
func (k *checker) periodic(o *Objective) {
	for _, s := range o.Sources {
		if s.Every != nil && (!s.Every.IsExact() || s.Every.Duration() < time.Second) || s.Every == nil && s.Kind == SourceCounts {
			found := calendar.Length{}
			if s.Every != nil {
				found = *s.Every
			}
			k.find(CodeCountLength, o.Name+"/source/"+orDefault(s.Of, string(s.Kind)), Length("found", found))
		}
	}
	if p := o.Measure.Percentile; o.Measure.Kind == MeasurePercentile && (p == nil || !inRange(*p)) {
		found := ""
		if p != nil {
			found = p.String()
		}
		k.find(CodeTargetRange, o.Name+"/measure", Prose("found", found), Phrase("range", "range share"))
	}
}

// countable: the counting is of downtime.
func (k *checker) countable(o *Objective) {
	k.periodic(o)
	c := o.Count
	if c == nil {
		return
	}
	if kind := o.Measure.Kind; kind != MeasureAvailability && kind != MeasureDowntime && kind != MeasureOutages {
		k.find(CodeCountNothing, o.Name+"/count", Name("measure", string(kind)))
	}
}

// windowsTile: what is settled, capped or limited in each window needs
// windows that follow one another.
func (k *checker) windowsTile() {
	need := func(w Window, clause string) {
		if w != "" && w.Valid() && !w.Tiles() {
			k.find(CodeWindowSlides, clause, Name("window", string(w)))
		}
	}
	c := k.c
	if c.Credits != nil && c.Credits.Settled != nil {
		need(c.Credits.Settled.Window, "credits/settled")
	}
	k.limitWindows(need)
	if c.Payment != nil {
		need(c.Payment.Invoiced, "payment")
	}
	for _, m := range c.Maintenance {
		for _, l := range m.Limits {
			need(l.Each, "maintenance/"+m.Kind+"/limit/"+string(l.Each))
		}
	}
	for i := range c.Objectives {
		o := &c.Objectives[i]
		if o.Credit != nil {
			need(o.Credit.Base.Window, o.Name+"/credit/base")
		}
		if o.Measure.WithBefore {
			need(o.Measure.Window, o.Name+"/measure")
		}
		if kind := o.Measure.Kind; kind == MeasureShareInTime || kind == MeasureSurvey {
			if s, ok := o.Measure.Window.shape(); ok && s.slides > slidesClaim {
				k.find(CodeWindowSlides, o.Name+"/measure", Name("window", string(o.Measure.Window)))
			}
		}
	}
}
