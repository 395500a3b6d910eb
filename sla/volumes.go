package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// A volume is how many units of a service there are from a date on.
type volume struct {
	from  calendar.Date
	units int
}

// volumes are the volumes of a service in the order of time, the first for all
// time before the second: 1 for a flat fee, else what the contract says and
// then what facts said; of several facts on a date the last counts.
type volumes []volume

func (v *view) volumes(s *Service) volumes {
	switch {
	case s == nil || s.Fee == nil:
		return nil
	case s.Fee.Unit == "":
		return volumes{{units: 1}}
	}
	said := knownFacts[*Volume](v)
	slices.SortStableFunc(said, func(a, b *Volume) int { return a.Occurred.Compare(b.Occurred) })
	out := volumes{{units: s.Fee.Volume}}
	for _, f := range said {
		if v.e.own(f.Service) == s.Name {
			out = append(out, volume{v.e.zone.DateAt(instant(f.Occurred)), f.Units})
		}
	}
	return out
}

// daily adds up the units of each date from one to another, which is not of them.
func (vs volumes) daily(from, to calendar.Date) int {
	sum := 0
	for i, v := range vs {
		begins, ends := from, to
		if i > 0 {
			begins = later(from, v.from)
		}
		if i+1 < len(vs) {
			ends = earlier(to, vs[i+1].from)
		}
		if begins.Before(ends) {
			sum += v.units * ends.DaysSince(begins)
		}
	}
	return sum
}
