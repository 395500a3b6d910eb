// Package measure turns intervals, checks and answers into the numbers that
// objectives are judged by. It knows no contract; its rules are those of
// semantics 3 and 4.
package measure

import (
	"math/big"
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
}

// Available is the availability of a period and what it was made of. All
// durations are exact.
type Available struct {
	// Agreed is |S|, Excluded is |X ∩ S|, Counted is |D ∩ S ∖ X|.
	Agreed, Excluded, Counted time.Duration
	// Of is the denominator.
	Of time.Duration
	// Unobserved is the agreed time that nobody observed.
	Unobserved time.Duration
	// Applicable is false when no agreed time is left.
	Applicable bool
	// CountedSet is D ∩ S ∖ X, for explanations and for the instant at which
	// a share of the allowance is used.
	CountedSet calendar.Set
}

// Compute measures the availability, taking unobserved time as up.
func (a Availability) Compute() Available {
	down := a.Down.Intersect(a.Agreed)
	excluded := down.Intersect(a.Excused)
	counted := down.Minus(excluded)
	r := Available{
		Agreed: a.Agreed.Measure(), Excluded: excluded.Measure(), Counted: counted.Measure(),
		Unobserved: a.Agreed.Intersect(a.Unobserved).Minus(down).Measure(), CountedSet: counted,
	}
	r.Of = r.Agreed
	if !a.LeavesDowntimeOnly {
		r.Of -= r.Excluded
	}
	r.Applicable = r.Of > 0
	return r
}

// AllDown measures it taking unobserved time as down.
func (a Availability) AllDown() Available {
	worst := a
	worst.Down = a.Down.Union(a.Unobserved.Minus(a.Down).Intersect(a.Agreed))
	worst.Excused = a.Excused.Intersect(a.Down) // nothing excuses what nobody saw
	worst.Unobserved = calendar.Set{}
	return worst.Compute()
}

// Ratio is A; 0 when it is not applicable.
func (r Available) Ratio() credits.Ratio {
	if !r.Applicable {
		return credits.Ratio{}
	}
	ratio, _ := credits.NewRatio(int64(r.Of-r.Counted), int64(r.Of)) // Of is above 0
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
