package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// cover: hours that nobody can keep for everything, and hours in which nothing is
// promised of what is most urgent (R037, R038).
func (k *checker) cover() {
	if k.c.Kind == KindFragment {
		return
	}
	k.allAround()
	k.outsideHours()
}

// allAround finds a contract that promises every service at every hour.
func (k *checker) allAround() {
	kept := 0
	for i := range k.c.Services {
		t := k.index.tiers[k.c.Services[i].Tier]
		if t == nil || slices.ContainsFunc(t.Rows, func(r Commitment) bool { return !k.declared.has(calendarName, r.Clock) || !k.isAlways(r.Clock) }) {
			return
		}
		kept++
	}
	if kept > 1 {
		k.find(CodeAllAround, k.c.Services[0].Tier, Count("n", kept))
	}
}

// outsideHours finds a most urgent priority with hours of which nothing else says
// what holds outside of them.
func (k *checker) outsideHours() {
	if k.c.Priorities == nil || len(k.c.Priorities.Rows) == 0 {
		return
	}
	urgent := k.c.Priorities.Rows[0].Name
	for i := range k.c.Tiers {
		t := &k.c.Tiers[i]
		covered := slices.ContainsFunc(t.Rows, func(r Commitment) bool {
			return r.Priority == urgent && (r.ReceivedDuring != "" || len(r.When) > 0 || k.isAlways(r.Clock))
		})
		for j := range t.Rows {
			r := &t.Rows[j]
			charged := slices.ContainsFunc(k.c.Charges, func(c Charge) bool { return c.Outside == r.Clock || c.During != "" && c.During != r.Clock })
			if covered || charged || r.Priority != urgent || r.Clock == "" || slices.ContainsFunc(r.Promises, func(p Promise) bool { return p.During != "" }) {
				continue
			}
			f := k.find(CodeOutsideHours, t.Name+"/"+r.Name(), Name("priority", urgent), Name("hours", r.Clock))
			f.related("calendar/"+r.Clock, "declared")
			f.Severity = Info
		}
	}
}

// isAlways says whether a calendar is open at every instant of a week of the
// term; one that nobody could compile is taken to be.
func (k *checker) isAlways(name string) bool {
	b := k.bound()
	if b == nil || b.zone == nil || b.calendars[name] == nil {
		return true
	}
	first := k.termFrom()
	week := calendar.Interval{Start: b.zone.StartOf(first), End: b.zone.StartOf(first.AddDays(7))}
	return b.calendars[name].Check(week) == nil && b.calendars[name].Open(week).Measure() == week.End.Sub(week.Start)
}
