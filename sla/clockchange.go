package sla

import (
	"sort"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// maxClockDays bounds the days in which a change of the clocks is looked for.
const maxClockDays = 62

// clockChange tells of the first change of the clocks between two instants:
// the local time that is passed over, or that happens twice.
func (e *Engine) clockChange(from, to calendar.Instant) []Step {
	if to <= from || e.zone.Offset(from) == e.zone.Offset(to) || to.Sub(from) > maxClockDays*24*time.Hour {
		return nil
	}
	before, after := e.zone.Offset(from), e.zone.Offset(to)
	seconds := int(to.Sub(from) / time.Second)
	at := from.Add(time.Duration(sort.Search(seconds, func(n int) bool {
		return e.zone.Offset(from.Add(time.Duration(n)*time.Second)) != before
	})) * time.Second)
	wall := func(offset time.Duration) string { return at.Add(offset).Time().Format("15:04") }
	code := "ticket-clocks-forward"
	if after < before {
		code = "ticket-clocks-back"
	}
	day, _ := e.zone.Local(at)
	return []Step{{Code: code, Args: []Arg{DateArg("date", day), Prose("gone", wall(before)), Prose("again", wall(after))}}}
}
