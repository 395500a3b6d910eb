package sla

import (
	"fmt"

	"github.com/sla-lang/sla/calendar"
)

// Counts of tickets supplied ready-made, in the place of the tickets.

// countsFor lists the counts that concern an objective, a service and a
// window, in the order of their ids.
func (v *view) countsFor(p *objectivePlan, service string, period Period) []*TicketCount {
	var out []*TicketCount
	for _, c := range knownFacts[*TicketCount](v) {
		from, to, err := ParsePeriods(c.Period)
		if err != nil || from.Before(period.From) || to.After(period.To) {
			continue // a count that straddles windows cannot be divided
		}
		if v.concerns(c, p, service) {
			out = append(out, c)
		}
	}
	return out
}

// concerns says whether a count is about clocks that an objective judges.
func (v *view) concerns(c *TicketCount, p *objectivePlan, service string) bool {
	own := v.e.own(c.Service)
	if service != "" && own != "" && own != service {
		return false
	}
	if ev := (evaluated{plan: p}); service == "" && own != "" && len(p.promises) > 0 && !v.belongs(p, &ev, p.promises[0], own) {
		return false
	}
	for _, i := range p.promises {
		if v.promised(c, i, orDefault(own, service)) {
			return true
		}
	}
	return false
}

// promised says whether a count is about the clocks of a promise, for tickets
// of a service.
func (v *view) promised(c *TicketCount, promise int, service string) bool {
	p := &v.e.promises[promise]
	switch {
	case p.measure.Name != c.Measure,
		c.Priority != "" && p.priority != c.Priority,
		c.Request != "" && p.request != c.Request:
		return false
	case p.service != "":
		return service == "" || p.service == service
	}
	s := v.e.services[service]
	return s == nil || s.Tier == p.tier
}

// setAside says whether a clock decided on a date stands in the scope and
// period of a count.
func (v *view) setAside(counts []*TicketCount, promise int, service string, date calendar.Date) bool {
	for _, c := range counts {
		from, to, err := ParsePeriods(c.Period)
		own := v.e.own(c.Service)
		if err == nil && !date.Before(from) && date.Before(to) && (own == "" || own == service) && v.promised(c, promise, service) {
			return true
		}
	}
	return false
}

// suppliedCounts adds counts to a result and says so.
func (v *view) suppliedCounts(ev *evaluated, counts []*TicketCount, leaveOut map[string]bool) {
	for _, c := range counts {
		late := 0
		for i := range c.Late {
			incident := orDefault(c.Incident, fmt.Sprintf("%s#%d", c.ID, i+1))
			if leaveOut[incident] {
				continue
			}
			late++
			ev.late = append(ev.late, lateClock{incident: incident, counted: true})
		}
		ev.total += c.Total - (c.Late - late)
		ev.result.Why = append(ev.result.Why, Step{
			Code: "supplied-count", Clause: ev.plan.id, Facts: []string{c.ID}, Args: []Arg{Count("late", c.Late), Count("total", c.Total)},
		})
	}
}
