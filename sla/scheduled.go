package sla

import (
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
	"github.com/sla-lang/sla/internal/measure"
)

// Runs that a schedule asks for: what is counted is not the runs but the
// instants at which one was due, so that a run that never came is a failed one.

// A RunSchedule says when a run of the event measured is due, and when one is
// in time for that.
type RunSchedule struct {
	// Times are all those at which a run is due; an instant in several of them
	// is one.
	Times []calendar.Timetable `json:"times,omitempty"`
	// StartWithin is how much later a run may begin, EndWithin how much later it
	// may end; nil without that limit.
	StartWithin *calendar.Length `json:"startWithin,omitempty"`
	EndWithin   *calendar.Length `json:"endWithin,omitempty"`
	// BeforeNext has it begin before the next one is due.
	BeforeNext bool `json:"beforeNext,omitempty"`
}

// ScheduleName tells times at which runs are due from others of an objective.
func ScheduleName(t calendar.Timetable) string {
	return Slug(strings.ReplaceAll(t.String(), ", ", " and "))
}

// punctual is the rule by which runs are in time.
func (s *RunSchedule) punctual() measure.Punctual {
	p := measure.Punctual{BeforeNext: s.BeforeNext}
	if s.StartWithin != nil {
		p.StartWithin = s.StartWithin.Duration()
	}
	if s.EndWithin != nil {
		p.EndWithin = s.EndWithin.Duration()
	}
	return p
}

// scheduled: runs are due at times that exist, of an event whose runs come one
// by one and are counted as good or failed, and something says when one is in
// time.
func (k *checker) scheduled(o *Objective) {
	s := o.Scheduled
	if s == nil {
		return
	}
	because := func(clause, why string) *Finding {
		return k.find(CodeScheduled, o.Name+"/"+clause, Name("objective", o.Name), Phrase("because", "scheduled "+why), Name("event", orDefault(o.Measure.Of, "EVENTS")))
	}
	for _, t := range s.Times {
		k.timetable(t, o.Name+"/scheduled/"+ScheduleName(t))
	}
	_, by := k.c.apart(o)
	switch {
	case len(s.Times) == 0:
		because("scheduled", "no-times").Absent = true
	case s.StartWithin == nil && s.EndWithin == nil && !s.BeforeNext:
		because("started", "no-limit").Absent = true
	case o.Measure.Kind != MeasureGood && o.Measure.Kind != MeasureFailed, o.Measure.Slots != nil, o.Measure.ByStart:
		because("measure", "not-counted")
	case len(by) > 0:
		because("for-each", "apart")
	}
	items := 0
	for _, source := range o.Sources {
		switch source.Kind {
		case SourceItems:
			items++
		case SourceOutages:
		default:
			because("source/"+orDefault(source.Of, string(source.Kind)), "other-source")
		}
	}
	if items == 0 && len(o.Sources) > 0 {
		because("source", "no-runs").Absent = true
	}
	for _, l := range []struct {
		clause string
		length *calendar.Length
	}{{"started", s.StartWithin}, {"ended", s.EndWithin}} {
		if l.length != nil && (!l.length.IsExact() || l.length.Duration() <= 0) {
			k.find(CodeCountLength, o.Name+"/"+l.clause, Length("found", *l.length))
		}
	}
}

// timetable: times that come again are such as there are.
func (k *checker) timetable(t calendar.Timetable, clause string) {
	if t.Every == nil {
		k.recurs(t.Recurrence, t.Zone, clause)
		if t.Recurrence.Check() == nil {
			k.lacks(len(t.At) == 0, clause, "at")
		}
		return
	}
	if t.Check() != nil {
		k.find(CodeScheduleStep, clause, Length("found", *t.Every))
	}
	if _, err := zones.Load(orUTC(t.Zone)); err != nil {
		k.unknownTable(err, clause+"/zone")
	}
}

// A dueTable is a timetable with the zone of its clock.
type dueTable struct {
	calendar.Timetable
	zone *calendar.Zone
}

// prepareSchedule finds the zones of the times at which runs are due.
func (e *Engine) prepareSchedule(p *objectivePlan) {
	if p.written.Scheduled == nil {
		return
	}
	for _, t := range p.written.Scheduled.Times {
		zone := e.zone
		if t.Zone != "" {
			if z, err := zones.Load(t.Zone); err == nil { // Check has found others
				zone = z
			}
		}
		p.due = append(p.due, dueTable{t, zone})
	}
}

// dueTimes are the instants of an interval at which a run is due, in order.
func (p *objectivePlan) dueTimes(span calendar.Interval, business *calendar.Calendar) ([]calendar.Instant, error) {
	var out []calendar.Instant
	for _, t := range p.due {
		due, err := t.Instants(span, t.zone, business)
		if err != nil {
			return nil, err
		}
		out = append(out, due...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// DueRuns lists the instants from one up to another, without it, at which the
// schedule of an objective wants a run, in order; none where it has no schedule.
// The error is a *[calendar.CoverageError] where nobody knows which days are
// business days.
func (e *Engine) DueRuns(objective string, from, until time.Time) ([]time.Time, error) {
	p := e.plan(objective)
	if p == nil {
		return nil, nil
	}
	due, err := p.dueTimes(calendar.Interval{Start: instant(from), End: instant(until)}.Intersect(e.term), e.business)
	if err != nil {
		return nil, err
	}
	out := make([]time.Time, len(due))
	for i, at := range due {
		out[i] = e.local(at)
	}
	return out, nil
}
