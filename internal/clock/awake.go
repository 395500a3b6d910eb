package clock

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// awake leaves out the terms that came and went between a stop and the
// reopening that undid it: the clock never ran by them, and a stopped clock
// does not become late (semantics 2.4). Leading ones are cut off, slept of
// them; others are made to have no effect. At least one is left.
func awake(terms []calendar.Terms, idle []calendar.Interval) (own []calendar.Terms, slept int) {
	if len(idle) == 0 {
		return terms, 0
	}
	for slept < len(terms)-1 && cameAndWent(terms, slept, idle) {
		slept++
	}
	own = terms[slept:]
	held, copied := 0, false
	if slept > 0 && terms[0].Unpromised && own[0].Rule == calendar.FromChange {
		own, copied = slices.Clone(own), true
		own[0].Unpromised = true
	}
	for i := 1; i < len(own); i++ {
		switch {
		case own[i].Rule == calendar.First:
			continue
		case !cameAndWent(own, i, idle):
			held = i
			continue
		case !copied:
			own, copied = slices.Clone(own), true
		}
		if own[i].Until != 0 && own[held].Until == 0 { // nothing came in their place
			own[held].Until = own[i].Since
		}
		if own[i].Unpromised && i+1 < len(own) {
			own[i+1].Unpromised = true
		}
		own[i].Rule = calendar.First
	}
	return own, slept
}

// cameAndWent says whether the i-th terms were in force only while a clock was
// stopped. Stricter ones stand beside those that come later, not in their place.
func cameAndWent(terms []calendar.Terms, i int, idle []calendar.Interval) bool {
	end := calendar.MaxInstant
	for _, next := range terms[i+1:] {
		if next.Rule != calendar.Strictest && next.Rule != calendar.First {
			end = next.Since
			break
		}
	}
	if until := terms[i].Until; until != 0 {
		end = min(end, until)
	}
	return slices.ContainsFunc(idle, func(v calendar.Interval) bool { return v.Start <= terms[i].Since && end <= v.End })
}
