// Package measure turns intervals, checks and answers into the numbers that
// objectives are judged by. It knows no contract; its rules are those of
// semantics 3 and 4.
package measure

import (
	"cmp"
	"math/big"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// The whole meaning of availability (semantics 3.1):
//
//	S  the agreed service time: calendar ∩ period ∩ term
//	D  the time down: the union of the outages
//	X  the part of D that exclusions which hold take out
//
//	leaves both            A = 1 − |D ∩ S ∖ X| / |S ∖ X|
//	leaves downtime only   A = 1 − |D ∩ S ∖ X| / |S|
//
// A is an exact ratio. Where nobody observed, both bounds are computed: as if
// all of that time had been up, and as if all of it had been down.

// Availability is what the number is made of.
type Availability struct {
	// Agreed is S.
	Agreed calendar.Set
	// Down is D, Excused is what exclusions that hold ask to take out of it.
	Down, Excused calendar.Set
	// Unobserved is the time in which the source saw nothing.
	Unobserved calendar.Set
	// LeavesDowntimeOnly keeps excluded time in the agreed time.
	LeavesDowntimeOnly bool
	// Away is agreed time that leaves both, whether or not anything was down
	// in it: announced work that is excluded `down or not`.
	Away calendar.Set
	// Count is how time that was down becomes downtime that counts; Weights
	// are the shares of step 5, and Around is S before the window cut it, for
	// runs that are tested across windows.
	Count   Counting
	Weights []Weighted
	Around  calendar.Set
}

// Available is the availability of a period and what it was made of. All
// durations are exact.
type Available struct {
	// Agreed is |S|, Excluded is |X ∩ S|, Counted is |D ∩ S ∖ X|, Apart is
	// what was taken out of S whether or not it was down.
	Agreed, Excluded, Counted, Apart time.Duration
	// Lost is what is left of Counted after the steps of [Counting], in
	// nanoseconds; Runs are the outages that count, Stages the steps.
	Lost   credits.Ratio
	Runs   []Run
	Stages []Stage
	// Of is the denominator.
	Of time.Duration
	// Unobserved is the agreed time that nobody observed.
	Unobserved time.Duration
	// Applicable is false when no agreed time is left.
	Applicable bool
	// counted makes D ∩ S ∖ X when it is asked for.
	counted *countedSet
}

// A countedSet is D ∩ S ∖ X of something, made once.
type countedSet struct {
	of   *Availability
	made calendar.Set
}

// CountedSet is D ∩ S ∖ X, for explanations and for the instant at which a share
// of the allowance is used.
func (r Available) CountedSet() calendar.Set {
	if c := r.counted; c != nil && c.of != nil {
		c.made, c.of = c.of.Down.Intersect(c.of.Agreed.Minus(c.of.Away)).Minus(c.of.Excused), nil
	}
	if r.counted == nil {
		return calendar.Set{}
	}
	return r.counted.made
}

// Compute measures the availability, taking unobserved time as up.
func (a Availability) Compute() Available {
	r := a.Pass(a.Down.All())
	r.counted = &countedSet{of: &a}
	if a.Count.plain() && len(a.Weights) == 0 {
		return r
	}
	left := r.CountedSet()
	c := a.Count.count(left, a.uncut(left, a.Down.Intersect(a.Agreed.Minus(a.Away))), a.Weights)
	r.Lost, r.Runs, r.Stages = c.Down, c.Runs, c.Stages
	return r
}

// Counts are the nanoseconds that count of each outage.
func (r Available) Counts() []credits.Ratio {
	var out []credits.Ratio
	if len(r.Stages) == 0 { // nothing was cut: the set is what counts
		for v := range r.CountedSet().All() {
			out = append(out, Exact(v.Length()))
		}
		return out
	}
	for i := range r.Runs {
		out = append(out, r.Runs[i].Count())
	}
	return out
}

// Outages are the runs that count as outages: those of step 3.
func (a Availability) Outages(r Available) []calendar.Interval {
	left := r.CountedSet()
	if a.Count.Run > 0 {
		left = a.Count.longRuns(left, a.uncut(left, a.Down.Intersect(a.Agreed.Minus(a.Away))))
	}
	out := make([]calendar.Interval, 0, left.Len())
	for v := range left.All() {
		out = append(out, v)
	}
	return out
}

// uncut is what step 3 tests: the runs as exclusions and the window left
// them, or as they were before.
func (a Availability) uncut(counted, down calendar.Set) calendar.Set {
	if !a.Count.BeforeExclusions && !a.Count.AcrossWindows {
		return counted
	}
	if a.Count.AcrossWindows {
		down = a.Down.Intersect(a.Agreed.Union(a.Around).Minus(a.Away))
	}
	if a.Count.BeforeExclusions {
		return down
	}
	return down.Minus(a.Excused)
}

// AndDown is the same with more time down. What was not down before was down
// for everybody.
func (a Availability) AndDown(more calendar.Set) Availability {
	more = more.Minus(a.Down)
	if len(a.Weights) > 0 {
		a.Weights = slices.Clone(a.Weights)
		for at := range more.All() {
			a.Weights = append(a.Weights, Weighted{At: at, Share: credits.Int(1)})
		}
		slices.SortFunc(a.Weights, func(x, y Weighted) int { return cmp.Compare(x.At.Start, y.At.Start) })
	}
	a.Down = a.Down.Union(more)
	return a
}

// Worst is the same with unobserved time taken as down.
func (a Availability) Worst() Availability {
	worst := a.AndDown(a.Unobserved.Intersect(a.Agreed))
	worst.Excused = a.Excused.Intersect(a.Down) // nothing excuses what nobody saw
	worst.Unobserved = calendar.Set{}
	return worst
}

// AllDown measures it taking unobserved time as down.
func (a Availability) AllDown() Available { return a.Worst().Compute() }

// Ratio is A; 0 when it is not applicable, or where rounding up has made more
// downtime than there was time.
func (r Available) Ratio() credits.Ratio {
	if !r.Applicable {
		return credits.Ratio{}
	}
	if r.Stages == nil {
		ratio, _ := credits.NewRatio(int64(r.Of-r.Counted), int64(r.Of)) // Of is above 0
		return ratio
	}
	up := Exact(r.Of).Sub(r.Lost)
	if up.Sign() < 0 {
		return credits.Ratio{}
	}
	ratio, _ := up.Quo(Exact(r.Of))
	return ratio
}

// Allowed is the downtime with which a target still holds, rounded down to
// the nanosecond: (1 − target) × Of.
func (r Available) Allowed(target credits.Ratio) time.Duration {
	spare := credits.Int(1).Sub(target).Mul(credits.Int(int64(r.Of)))
	if spare.Sign() <= 0 {
		return 0
	}
	whole := new(big.Int).Quo(spare.Num(), spare.Den())
	return time.Duration(whole.Int64())
}

// Exact is a duration as a number of nanoseconds.
func Exact(d time.Duration) credits.Ratio { return credits.Int(int64(d)) }

// Floor is the whole part of a number that is not below 0.
func Floor(r credits.Ratio) int64 { return new(big.Int).Quo(r.Num(), r.Den()).Int64() }
