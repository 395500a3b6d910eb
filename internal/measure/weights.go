package measure

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Weigh gives the weight of each instant at which anything was open: the
// highest share of what was, or the sum of the shares, at most 1. The result
// is disjoint and in order of time.
func Weigh(open []Weighted, sum bool) []Weighted {
	type event struct {
		at    calendar.Instant
		index int
		begin bool
	}
	var events []event
	for i, w := range open {
		if !w.At.IsEmpty() {
			events = append(events, event{w.At.Start, i, true}, event{w.At.End, i, false})
		}
	}
	slices.SortFunc(events, func(a, b event) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.index, b.index)) })
	active := map[int]bool{}
	var out []Weighted
	for i, e := range events {
		if e.begin {
			active[e.index] = true
		} else {
			delete(active, e.index)
		}
		if len(active) == 0 || i+1 == len(events) || events[i+1].at == e.at {
			continue
		}
		out = append(out, Weighted{calendar.Interval{Start: e.at, End: events[i+1].at}, weightOf(open, active, sum)})
	}
	return out
}

func weightOf(open []Weighted, active map[int]bool, sum bool) credits.Ratio {
	weight := credits.Int(0)
	for i := range active {
		switch s := open[i].Share; {
		case sum:
			weight = weight.Add(s)
		case s.Cmp(weight) > 0:
			weight = s
		}
	}
	return least(weight, credits.Int(1))
}
