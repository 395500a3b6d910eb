package measure

import (
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/credits"
)

// A Bound is an end of what a number may have been: no less, or no more, than
// At. With Open nothing bounds it; with Short it comes as near to At as one
// likes and never reaches it.
type Bound struct {
	At          credits.Ratio
	Open, Short bool
}

// Bounds are the least and the most that a number may have been, of which some
// was not observed.
type Bounds struct{ Low, High Bound }

// Exactly are the bounds of a number of which all is known.
func Exactly(value credits.Ratio) Bounds { return Bounds{Bound{At: value}, Bound{At: value}} }

// Between are the bounds of a number from one end to the other, in any order.
func Between(a, b credits.Ratio) Bounds {
	if a.Cmp(b) > 0 {
		a, b = b, a
	}
	return Bounds{Bound{At: a}, Bound{At: b}}
}

// Unbounded are those of a number that may have been any.
func Unbounded() Bounds { return Bounds{Bound{Open: true}, Bound{Open: true}} }

// ShareUnseen are the bounds of a share of good things of which some were seen:
// those that nobody saw may be many, all good or all failed.
func ShareUnseen(good, failed int64) Bounds {
	return Bounds{Bound{Short: good > 0}, Bound{At: credits.Int(1), Short: failed > 0}}
}

// PercentileBounds are those of a percentile of values, in order, of which so
// many are missing: by its nearest rank among all of them.
func PercentileBounds(sorted []decimal.Decimal, missing int64, share credits.Ratio) Bounds {
	rank := Rank(share, int64(len(sorted))+missing)
	return Bounds{ranked(sorted, rank-missing), ranked(sorted, rank)}
}

// MedianBounds are those of a median of values, in order, of which so many are
// missing: all of them lower, or all of them higher, than what was seen.
func MedianBounds(sorted []decimal.Decimal, missing int64) Bounds {
	all := int64(len(sorted)) + missing
	of := func(shift int64) Bound {
		return ranked(sorted, (all+1)/2-shift).mean(ranked(sorted, all/2+1-shift))
	}
	return Bounds{of(missing), of(0)}
}

// ranked is the value at a rank from 1 of sorted ones, beyond which values that
// nobody saw may lie.
func ranked(sorted []decimal.Decimal, rank int64) Bound {
	if rank < 1 || rank > int64(len(sorted)) {
		return Bound{Open: true}
	}
	return Bound{At: credits.RatioOfDecimal(sorted[rank-1])}
}

// Sure says that both ends are one number.
func (b Bounds) Sure() bool {
	return !b.Low.Open && !b.High.Open && !b.Low.Short && !b.High.Short && b.Low.At.Equal(b.High.At)
}

// Mean are the bounds of the mean of two numbers.
func (b Bounds) Mean(o Bounds) Bounds { return Bounds{b.Low.mean(o.Low), b.High.mean(o.High)} }

func (b Bound) mean(o Bound) Bound {
	at, _ := b.At.Add(o.At).Quo(credits.Int(2))
	return Bound{At: at, Open: b.Open || o.Open, Short: b.Short || o.Short}
}
