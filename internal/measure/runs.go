package measure

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A Performed is something that was to be done again and again, as it was done once.
type Performed struct {
	Start calendar.Instant
	// End is when it ended, with Ended.
	End   calendar.Instant
	Ended bool
	// Rank orders runs that may answer the same instant: those of a lower rank
	// do, and what they leave the others.
	Rank int
}

// Punctual says when a run is in time for the instant at which it was due: it
// never begins before it.
type Punctual struct {
	// StartWithin is how much later it may begin, EndWithin how much later it
	// may end; 0 without that limit.
	StartWithin, EndWithin time.Duration
	// BeforeNext has it begin before the next instant at which one is due.
	BeforeNext bool
}

// inTime says whether a run is in time for an instant; next is the following
// one.
func (p Punctual) inTime(r Performed, due, next calendar.Instant) bool {
	return r.Start >= due && r.Start < next &&
		(p.StartWithin == 0 || r.Start <= due.Add(p.StartWithin)) &&
		(p.EndWithin == 0 || r.Ended && r.End <= due.Add(p.EndWithin))
}

// Answer finds, for each instant at which a run is due, in order, the run that
// answers it, as its place in runs, which are in the order of their starts; -1
// where none does. Of each rank in turn, each instant in its order takes the
// first run that is in time for it and answers no other: so as many instants
// are answered as can be.
func (p Punctual) Answer(due []calendar.Instant, runs []Performed) []int {
	answers := make([]int, len(due))
	for i := range answers {
		answers[i] = -1
	}
	ranks := map[int][]int{}
	for i, r := range runs {
		ranks[r.Rank] = append(ranks[r.Rank], i)
	}
	var order []int
	for rank := range ranks {
		order = append(order, rank)
	}
	slices.Sort(order)
	for _, rank := range order {
		p.answer(due, runs, ranks[rank], answers)
	}
	return answers
}

// answer lets the runs of one rank answer what is not answered.
func (p Punctual) answer(due []calendar.Instant, runs []Performed, of, answers []int) {
	taken := make([]bool, len(of))
	first := 0
	for i, at := range due {
		if answers[i] >= 0 {
			continue
		}
		for first < len(of) && (taken[first] || runs[of[first]].Start < at) {
			first++
		}
		next := p.next(due, i)
		for n := first; n < len(of) && runs[of[n]].Start <= p.last(at, next); n++ {
			if !taken[n] && p.inTime(runs[of[n]], at, next) {
				answers[i], taken[n] = of[n], true
				break
			}
		}
	}
}

// next is the instant before which a run begins that is in time for one.
func (p Punctual) next(due []calendar.Instant, i int) calendar.Instant {
	if p.BeforeNext && i+1 < len(due) {
		return due[i+1]
	}
	return calendar.MaxInstant
}

// last is the latest instant at which a run begins that is in time for one.
func (p Punctual) last(at, next calendar.Instant) calendar.Instant {
	last := next - 1
	if p.StartWithin > 0 {
		last = min(last, at.Add(p.StartWithin))
	}
	if p.EndWithin > 0 {
		last = min(last, at.Add(p.EndWithin))
	}
	return last
}

// Decided is the last instant at which something may still answer an instant at
// which a run was due, next being the following one, or MaxInstant where none is
// known; begun says that a run did begin in time, and may still end so.
func (p Punctual) Decided(due, next calendar.Instant, begun bool) calendar.Instant {
	if begun && p.EndWithin > 0 {
		return due.Add(p.EndWithin)
	}
	if !p.BeforeNext {
		next = calendar.MaxInstant
	}
	return p.last(due, next)
}

// Begun says whether a run began in time for an instant, whenever it ended.
func (p Punctual) Begun(r Performed, due, next calendar.Instant) bool {
	p.EndWithin = 0
	if !p.BeforeNext {
		next = calendar.MaxInstant
	}
	return p.inTime(r, due, next)
}
