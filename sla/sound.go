package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// sound says at a glance that nothing is wrong with an event of a ticket, of
// which there are more than of anything else, and on which way a ticket begins
// with it, if any; where it says no, examine tells why (a property test
// compares the two).
func (r *Run) sound(f *TicketEvent) (begun *ticketWay, ok bool) {
	if f.Ticket == "" || f.Event == "" || f.Revision < 0 || !representable(f.Occurred) {
		return nil, false
	}
	if !f.Recorded.IsZero() && !representable(f.Recorded) || !f.Until.IsZero() && (!representable(f.Until) || f.Until.Before(f.Occurred)) {
		return nil, false
	}
	if f.Request != "" && !r.engine.names.has(requestName, f.Request) {
		return nil, false
	}
	return r.startOf(f)
}

// startOf says that the contract has the service and the priority of an event, if
// it tells any, and on which way a ticket begins with it.
func (r *Run) startOf(f *TicketEvent) (begun *ticketWay, ok bool) {
	if len(f.Service)|len(f.Priority) == 0 {
		return nil, true // most events say nothing of them
	}
	if begun = r.ways.beginning(f.Service, f.Priority); begun != nil {
		return begun, true
	}
	if !r.engine.declares(f.Service, f.Priority) {
		return nil, false
	}
	return r.ways.begin(f.Service, f.Priority), true
}

// declares says that the contract has a service and a priority, as far as they
// are told.
func (e *Engine) declares(service, priority string) bool {
	if e.byPriority[service][priority] != nil {
		return true // what is promised is declared
	}
	return (service == "" || e.services[service] != nil) && (priority == "" || e.names.has(priorityName, priority))
}

func representable(t time.Time) bool {
	_, err := calendar.InstantOf(t)
	return err == nil
}
