package dsl

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
)

// Facts that a test cannot see: they lie behind its instant, or outside its
// period and all windows that reach into it.

// outOfTime reports a fact that the test cannot see.
func (l *lowering) outOfTime(t *expect.Test, f placedFact) bool {
	how := ""
	switch h := f.fact.Header(); {
	case !t.At.IsZero() && h.Occurred.After(t.At):
		how = "outside after"
	case t.From == t.To || l.test.zone == nil:
	case l.test.known.outside(f.fact, l.test.zone.StartOf(t.From).Time(), l.test.zone.StartOf(t.To).Time()):
		how = "outside period"
	}
	if how != "" {
		l.report(codeFactOutside, f.at, sla.Phrase("how", how))
	}
	return how != ""
}

// aYear is a little more than one: the longest window.
const aYear = 400 * 24 * time.Hour

// outside says whether a fact lies where nothing that is tested looks: behind
// it, or an outage or an answer of a survey before it. Claims, proofs, reports
// and tickets may lie anywhere around; what began before may reach into it, and
// what is supplied for earlier periods may be remembered.
func (k *knownNames) outside(f sla.Fact, from, to time.Time) bool {
	begin, end, service := f.Header().Occurred, time.Time{}, ""
	switch f := f.(type) {
	case *sla.Outage:
		service, end = f.Service, f.Until
	case *sla.Survey:
		service, end = f.Service, begin
	case *sla.Probe:
		service = f.Service
	case *sla.Counter:
		service = f.Service
	case *sla.Item:
		service = f.Service
	case *sla.Sample:
		service = f.Service
	case *sla.Maintenance:
		service = f.Service
	case *sla.TicketCount:
		service = f.Service
	case *sla.Measured:
		if service = f.For; service == "" {
			service = k.only(f.Objective)
		}
	default:
		return false
	}
	switch long := k.longWindows(service); {
	case long:
		from, to = from.Add(-aYear), to.Add(aYear)
	case k.remembers():
		from = from.Add(-aYear)
	}
	return !begin.Before(to) || !end.IsZero() && end.Before(from)
}

// remembers says whether months before a period matter in it.
func (k *knownNames) remembers() bool {
	return k.contract.Credits != nil && k.contract.Credits.EarnBack != nil || len(k.contract.Terminations)+len(k.contract.Bonuses) > 0
}

// longWindows says whether something about a service, "" for any, is looked at
// in windows that may reach beyond a month.
func (k *knownNames) longWindows(service string) bool {
	about := k.service(service)
	for i := range k.contract.Objectives {
		o := &k.contract.Objectives[i]
		if (o.Measure.WithBefore || !withinMonth(o.Measure.Window)) && (about == nil || o.Measure.Kind == sla.MeasureVerdict || k.judges(o, about)) {
			return true
		}
	}
	return slices.ContainsFunc(k.contract.Maintenance, func(m sla.MaintenanceRule) bool {
		return slices.ContainsFunc(m.Limits, func(l sla.MaintenanceLimit) bool { return !withinMonth(l.Each) })
	})
}

// withinMonth says whether windows of a kind lie within months of the calendar.
func withinMonth(w sla.Window) bool {
	return w == sla.CalendarMonth || w == sla.Day || w == sla.ClockHour || w == sla.EachOutage
}
