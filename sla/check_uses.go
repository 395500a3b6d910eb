package sla

import (
	"slices"

	"github.com/sla-lang/sla/internal/spelling"
)

// Words that what an objective measures has no use for: they would be read, and
// nothing would come of them.

// measureGroup says of which facts a kind of measure is made.
type measureGroup int

const (
	ofDowntime measureGroup = iota
	ofEventKind
	ofQuantity
	ofTickets
	ofAnswers
	ofFigures
	ofVerdicts
)

// groupOf is that of an objective.
func (k *checker) groupOf(o *Objective) measureGroup {
	switch kind := o.Measure.Kind; kind {
	case MeasureAvailability, MeasureDowntime, MeasureOutages:
		return ofDowntime
	case MeasureSurvey:
		return ofAnswers
	case MeasureVerdict:
		return ofVerdicts
	case MeasureValue:
		return ofFigures
	case MeasureGood, MeasureFailed, MeasureScore:
		return ofEventKind
	}
	if k.c.overTickets(o) {
		return ofTickets
	}
	return ofQuantity
}

// uses checks that each word of an objective is of use for what it measures.
func (k *checker) uses(o *Objective) {
	if o.Measure.Kind == "" {
		return
	}
	if group := k.groupOf(o); (group == ofQuantity || group == ofFigures) && len(o.Sources) > 0 && !slices.Contains(k.c.quantitiesOf(o), o.Measure.Of) {
		f := k.find(CodeUnknownName, o.Name+"/measure/of", Name("unknown", o.Measure.Of), Phrase("kind", "name quantity"))
		if near := spelling.Nearest(o.Measure.Of, k.c.quantitiesOf(o)); near != "" {
			f.Args, f.Replace = append(f.Args, Name("suggestion", near)), near
		} else {
			f.Args = append(f.Args, List("known", k.c.quantitiesOf(o)))
		}
	}
	k.qualifiers(o, &o.Measure, k.groupOf(o))
	k.assumptions(o, k.groupOf(o))
	k.downRules(o, k.groupOf(o))
}

// quantitiesOf are the quantities that the sources of an objective give.
func (c *Contract) quantitiesOf(o *Objective) (out []string) {
	for _, s := range o.Sources {
		switch kind := c.event(s.Of); {
		case s.Kind == SourceSamples || s.Kind == SourceValues:
			out = append(out, s.Of)
		case s.Kind == SourceItems && kind != nil:
			for i := range kind.Has {
				out = append(out, kind.Has[i].Name)
			}
		}
	}
	return out
}

// qualifiers are words behind the window of a measure: without them another
// number would come out.
func (k *checker) qualifiers(o *Objective, m *Measure, group measureGroup) {
	refuse := func(clause, words string) {
		k.find(CodeMeasureMisfit, clause, Prose("words", words), Name("measure", string(m.Kind)))
	}
	joins := group == ofDowntime || group == ofEventKind || group == ofQuantity
	if m.Join != nil && !joins {
		refuse(o.Name+"/measure/over", m.Join.String())
	}
	if m.WithBefore && !joins {
		refuse(o.Name+"/measure/with-before", "averaged with the window before")
	}
	if m.Slots != nil && m.Kind != MeasureGood {
		refuse(o.Name+"/measure/slots", "averaged over "+m.Slots.String()+" slots")
	}
	if m.ByStart && (group == ofDowntime || group >= ofAnswers) {
		refuse(o.Name+"/measure/started", "counted when started")
	}
	if m.AtLeast > 0 && (group == ofDowntime || group >= ofFigures) {
		refuse(o.Name+"/measure/at-least", "at least "+Count("", m.AtLeast).Value)
	}
	if m.Rounded != nil && (m.Kind == MeasureShareInTime || group == ofVerdicts) {
		refuse(o.Name+"/measure/rounded", "rounded")
	}
}

// assumptions are lines about what is not known.
func (k *checker) assumptions(o *Objective, group measureGroup) {
	counted := slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Kind == SourceCounts })
	every := slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Every != nil })
	leftOut := o.Without.Data == AssumedLeftOut && every && (group == ofEventKind || group == ofQuantity)
	if o.Without.Data != "" && group != ofDowntime && o.Measure.Slots == nil && o.Scheduled == nil && !leftOut {
		k.idle(o, "without/data", "without data")
	}
	if o.Without.Events != "" && o.Measure.Slots == nil && (group != ofDowntime || !counted) {
		k.idle(o, "without/events", "without events")
	}
	if len(o.Warn) > 0 && (o.Measure.Kind != MeasureAvailability || o.Measure.Join != nil) {
		k.idle(o, "warn/"+o.Warn[0].String(), "warn at "+o.Warn[0].String())
	}
	if len(o.Exclude) > 0 && group >= ofAnswers {
		k.idle(o, "exclude/"+o.Exclude[0], "exclude "+o.Exclude[0])
	}
	for _, cause := range o.AwayDown {
		if !slices.ContainsFunc(k.c.Maintenance, func(m MaintenanceRule) bool { return m.Cause() == cause }) {
			k.find(CodeNoAnnouncedWork, o.Name+"/exclude/"+cause, Name("cause", cause)).Unused = true
		}
	}
	if kind, _ := k.c.apart(o); o.Without.Life != "" && (group != ofDowntime || kind == nil && o.Measure.Join == nil) {
		k.idle(o, "without/life", "outside life")
	}
}

// downRules are lines that make downtime, or narrow time.
func (k *checker) downRules(o *Objective, group measureGroup) {
	has := func(kind SourceKind) bool {
		return slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Kind == kind })
	}
	if (o.Down != nil || o.Up != nil) && !has(SourceChecks) {
		k.idle(o, "down", "down after")
	}
	if group != ofDowntime {
		for _, p := range o.DownWhen {
			k.idle(o, "down-when/"+Slug(p.String()), "down when")
		}
		for range o.OnlyWhile {
			if o.Scheduled != nil {
				break // it narrows the instants that count
			}
			k.idle(o, "only-while", "only while")
		}
		return
	}
	for _, p := range o.DownWhen {
		for i := range p.All {
			if a := &p.All[i]; !has(SourceCounts) && (a.Kind == AtomErrorRate || a.Kind == AtomFailed || a.Kind == AtomQuantity && k.c.event(a.Name) != nil) {
				k.idle(o, "down-when/"+Slug(p.String()), a.String())
			}
		}
	}
	if !has(SourceOutages) && !has(SourceChecks) && !has(SourceTickets) && len(o.Sources) > 0 && len(o.DownWhen) == 0 && o.Without.Events != AssumedDown {
		k.find(CodeNothingDown, o.Name+"/measure", Name("objective", o.Name), Name("measure", string(o.Measure.Kind))).Absent = true
	}
}

// idle finds a line from which nothing comes.
func (k *checker) idle(o *Objective, clause, words string) {
	k.find(CodeIdleLine, o.Name+"/"+clause, Prose("words", words), Name("measure", string(o.Measure.Kind))).Unused = true
}
