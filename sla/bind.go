package sla

import (
	"errors"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// A binding is a contract's zone and calendars, compiled.
type binding struct {
	zone      *calendar.Zone
	calendars map[string]*calendar.Calendar
	failed    map[string]error
	editions  []EditionUsed
}

// bind compiles the zone and the calendars of a contract. Calendars that
// cannot be compiled are in failed; the error is about the zone, or the first
// of them.
func bind(c *Contract) (*binding, error) {
	zone, err := zones.Load(orUTC(c.Timezone))
	if err != nil {
		return nil, err
	}
	b := &binding{zone: zone}
	b.calendars, b.failed = calendar.CompileAll(c.Calendars, zone, environment())
	seen := map[EditionUsed]bool{}
	use := func(name, edition string) {
		u := EditionUsed{name, edition}
		if !seen[u] {
			seen[u] = true
			b.editions = append(b.editions, u)
		}
	}
	use("time zones", zones.Edition)
	var errs []error
	for _, d := range c.Calendars {
		if err := b.failed[d.Name]; err != nil {
			errs = append(errs, err)
			continue
		}
		compiled := b.calendars[d.Name]
		if compiled == nil {
			continue // it is made of one that failed
		}
		for _, ed := range compiled.Editions() {
			if ed.Name != zone.Name() {
				use(ed.Name, ed.Edition)
			}
		}
	}
	return b, errors.Join(errs...)
}

// environment finds zones and public holidays in the embedded tables.
func environment() calendar.Environment {
	return calendar.Environment{Zone: zones.Load, Holidays: holidays.Load}
}

func orUTC(zone string) string {
	if zone == "" {
		return "UTC"
	}
	return zone
}
