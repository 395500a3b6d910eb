package measure

import (
	"math/big"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Reading is the value of a quantity at an instant.
type Reading struct {
	At    calendar.Instant
	Value decimal.Decimal
}

// Hold gives the time in which a predicate holds of readings in order of time,
// and the time that they observe: a reading holds until the next, at most one
// period (form F7); with every 0, until the next. Of several at one instant it is
// enough that it holds of any.
func Hold(readings []Reading, every time.Duration, end calendar.Instant, holds func(decimal.Decimal) bool) (held, seen calendar.Set) {
	var in, all calendar.Builder
	holding := false
	for i, r := range readings {
		holding = holds(r.Value) || holding && readings[i-1].At == r.At
		until := end
		if every > 0 {
			until = min(end, r.At.Add(every))
		}
		if i+1 < len(readings) {
			until = min(until, readings[i+1].At)
		}
		all.Add(calendar.Interval{Start: r.At, End: until})
		if holding {
			in.Add(calendar.Interval{Start: r.At, End: until})
		}
	}
	return in.Set(), all.Set()
}

// Average is the exact mean of values; false for none.
func Average(values []decimal.Decimal) (credits.Ratio, bool) {
	sum := decimal.Zero
	for _, v := range values {
		sum = sum.Add(v)
	}
	mean, err := credits.RatioOfDecimal(sum).Quo(credits.Int(int64(len(values))))
	return mean, err == nil
}

// Median is the value in the middle, or the mean of the two there. It is false
// for no values.
func Median(values []decimal.Decimal) (credits.Ratio, bool) {
	sorted := slices.Clone(values)
	slices.SortFunc(sorted, decimal.Decimal.Cmp)
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return credits.RatioOfDecimal(sorted[middle]), true
	}
	return Average(sorted[max(0, middle-1):min(len(sorted), middle+1)])
}

// Percentile is the smallest value that at least a share of the values do not
// exceed: the nearest rank. It is false for no values.
func Percentile(values []decimal.Decimal, share credits.Ratio) (decimal.Decimal, bool) {
	if len(values) == 0 {
		return decimal.Zero, false
	}
	sorted := slices.Clone(values)
	slices.SortFunc(sorted, decimal.Decimal.Cmp)
	return sorted[Rank(share, int64(len(values)))-1], true
}

// Rank is the nearest rank of a percentile among n values, from 1.
func Rank(share credits.Ratio, n int64) int64 {
	exact := share.Mul(credits.Int(n))
	rank, rest := new(big.Int).QuoRem(exact.Num(), exact.Den(), new(big.Int))
	if rest.Sign() > 0 {
		rank.Add(rank, big.NewInt(1))
	}
	return max(1, min(rank.Int64(), n))
}
