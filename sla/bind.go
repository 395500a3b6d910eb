package sla

import (
	"errors"
	"strings"

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
	b.calendars, b.failed = calendar.CompileAll(c.Calendars, zone, environment(c))
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

// environment finds zones in the embedded database, and holidays in the
// contract's lists, its pinned tables and the embedded ones, in this order.
func environment(c *Contract) calendar.Environment {
	tables := func(name string) (*calendar.HolidaySet, error) {
		for i := range c.Tables {
			if c.Tables[i].Name == name {
				return &c.Tables[i], nil
			}
		}
		return holidays.Load(name)
	}
	bound := map[string]*calendar.HolidaySet{}
	return calendar.Environment{Zone: zones.Load, Holidays: func(name string) (*calendar.HolidaySet, error) {
		if set := bound[name]; set != nil {
			return set, nil
		}
		for i := range c.Holidays {
			if c.Holidays[i].Name != name {
				continue
			}
			set, err := c.Holidays[i].Bind(calendar.Environment{Holidays: tables})
			if err == nil {
				bound[name] = set
			}
			return set, err
		}
		if !strings.HasPrefix(name, holidays.Prefix) {
			return nil, &calendar.UnknownError{Kind: "holiday list", Name: name}
		}
		return tables(name)
	}}
}

func orUTC(zone string) string {
	if zone == "" {
		return "UTC"
	}
	return zone
}
