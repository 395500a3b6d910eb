package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// sound says at a glance that nothing is wrong with an event of a ticket, of
// which there are more than of anything else; where it says no, examine tells
// why (a property test compares the two).
func (e *Engine) sound(f *TicketEvent) bool {
	if f.Ticket == "" || f.Event == "" || f.Revision < 0 || f.Occurred.IsZero() || !representable(f.Occurred) {
		return false
	}
	if !f.Recorded.IsZero() && !representable(f.Recorded) {
		return false
	}
	if !f.Until.IsZero() && (!representable(f.Until) || f.Until.Before(f.Occurred)) {
		return false
	}
	if f.Request != "" && !e.names.has(requestName, f.Request) {
		return false
	}
	if f.Service == "" && f.Priority == "" || e.byPriority[f.Service][f.Priority] != nil {
		return true // most events say nothing of them; and what is promised is declared
	}
	return (f.Service == "" || e.services[f.Service] != nil) && (f.Priority == "" || e.names.has(priorityName, f.Priority))
}

func representable(t time.Time) bool {
	_, err := calendar.InstantOf(t)
	return err == nil
}
