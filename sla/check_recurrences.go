package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

// recurs: dates that come again are such as there are, by days that somebody
// knows, in a zone that exists.
func (k *checker) recurs(r calendar.Recurrence, zone, clause string) {
	if r.Check() != nil {
		k.find(CodeRecurrence, clause+"/dates", Prose("found", r.String()))
	} else if r.Business && len(k.c.Calendars) == 0 {
		k.find(CodeBusinessDays, clause+"/dates")
	}
	if _, err := zones.Load(orUTC(zone)); err != nil {
		k.unknownTable(err, clause+"/zone")
	}
}
