package measure_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// By their definitions: a percentile is the smallest value that at least that
// share of the values do not exceed, the mean is the sum over the number, and
// the median leaves as many below as above.
func TestValuesAgainstDefinitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ints := rapid.SliceOfN(rapid.IntRange(-20, 20), 1, 40).Draw(t, "values")
		values := make([]decimal.Decimal, len(ints))
		sum := int64(0)
		for i, n := range ints {
			values[i], sum = decimal.New(int64(n), -1), sum+int64(n)
		}
		atMost := func(level int) (n int) {
			for _, v := range ints {
				if v <= level {
					n++
				}
			}
			return n
		}
		percent := rapid.IntRange(1, 100).Draw(t, "percent")
		want := -20
		for atMost(want)*100 < percent*len(ints) {
			want++
		}
		share, err := credits.NewRatio(int64(percent), 100)
		require.NoError(t, err)
		got, ok := measure.Percentile(values, share)
		require.True(t, ok)
		require.True(t, decimal.New(int64(want), -1).Equal(got), "%d%% of %v: %s", percent, ints, got)

		mean, ok := measure.Average(values)
		require.True(t, ok)
		require.Equal(t, big.NewRat(sum, int64(10*len(ints))).RatString(), new(big.Rat).SetFrac(mean.Num(), mean.Den()).RatString())

		// The median is the mean of the lower and the upper middle value.
		low, high := -20, -20
		for atMost(low)*2 < len(ints) {
			low++
		}
		for atMost(high)*2 <= len(ints) && high < 20 {
			high++
		}
		median, ok := measure.Median(values)
		require.True(t, ok)
		require.Equal(t, big.NewRat(int64(low+high), 20).RatString(), new(big.Rat).SetFrac(median.Num(), median.Den()).RatString(), ints)
	})
}

// A sample holds until the next, at most one period and no longer than what is
// known; several may be of one instant.
func TestHoldBySecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every, end := rapid.IntRange(1, 30).Draw(t, "every"), rapid.IntRange(1, seconds).Draw(t, "end")
		var readings []measure.Reading
		for at := rapid.IntRange(0, 20).Draw(t, "first"); at < end && len(readings) < 100; at += rapid.IntRange(0, 50).Draw(t, "step") {
			readings = append(readings, measure.Reading{At: second(at), Value: decimal.New(int64(rapid.IntRange(0, 9).Draw(t, "value")), 0)})
		}
		level := decimal.New(5, 0)
		held, seen := measure.Hold(readings, time.Duration(every)*time.Second, second(end), func(v decimal.Decimal) bool { return v.GreaterThan(level) })
		var above, known [seconds]bool
		for i := range end {
			last := -1
			for k, r := range readings {
				if r.At <= second(i) {
					last = k
				}
			}
			if last >= 0 && second(i) < readings[last].At.Add(time.Duration(every)*time.Second) {
				known[i] = true
				for k := range readings { // of several at one instant any is enough
					above[i] = above[i] || readings[k].At == readings[last].At && readings[k].Value.GreaterThan(level)
				}
			}
		}
		same(t, held, above, "held")
		same(t, seen, known, "seen")
	})
}

// Slots cut a window from its start on; each tally is in the slot in which it
// begins, and their mean is that of the ratios.
func TestSlotsAgainstTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, length, every := rapid.IntRange(0, 50).Draw(t, "start"), rapid.IntRange(1, 300).Draw(t, "length"), rapid.IntRange(1, 60).Draw(t, "every")
		var tallies []measure.Tally
		for at := 0; at < seconds; at += rapid.IntRange(1, 40).Draw(t, "step") {
			total := int64(rapid.IntRange(0, 9).Draw(t, "total"))
			tallies = append(tallies, measure.Tally{
				At:    calendar.Interval{Start: second(at), End: second(at + rapid.IntRange(1, 60).Draw(t, "lasts"))},
				Total: total, Failed: total * int64(rapid.IntRange(0, 2).Draw(t, "failed")) / 2,
			})
		}
		var got []measure.Slot
		var mean measure.Mean
		measure.Slots(calendar.Interval{Start: second(start), End: second(start + length)}, time.Duration(every)*time.Second, tallies, func(s measure.Slot) {
			got = append(got, s)
			if s.Total > 0 {
				mean.Add(s.Total-s.Failed, s.Total)
			}
		})
		sum, n := new(big.Rat), int64(0)
		require.Len(t, got, (length+every-1)/every)
		for i := range got {
			from, to := start+i*every, min(start+length, start+(i+1)*every)
			want := measure.Slot{At: calendar.Interval{Start: second(from), End: second(to)}}
			for _, tally := range tallies {
				if want.At.Contains(tally.At.Start) {
					want.Total, want.Failed, want.Seen = want.Total+tally.Total, want.Failed+tally.Failed, true
					if tally.At.End > want.At.End {
						want.Spanning++
					}
				}
			}
			require.Equal(t, want, got[i])
			if want.Total > 0 {
				sum, n = sum.Add(sum, big.NewRat(want.Total-want.Failed, want.Total)), n+1
			}
		}
		value, ok := mean.Value()
		require.Equal(t, n > 0, ok)
		if ok {
			require.Equal(t, new(big.Rat).Quo(sum, big.NewRat(n, 1)).RatString(), new(big.Rat).SetFrac(value.Num(), value.Den()).RatString())
		}
	})
}
