package measure_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// A may is what the number of a part may have been: its bounds, numbers within
// them that reach or come near each end, and its weight.
type may struct {
	bounds measure.Bounds
	tries  []credits.Ratio
	weight credits.Ratio
}

// near is how close tries come to an end that is not reached; far is how far they
// go where there is none.
var (
	near = credits.RatioOf(big.NewRat(1, 1_000_000))
	far  = credits.Int(1_000_000)
)

func drawMay(t *rapid.T) may {
	a, b := credits.Int(rapid.Int64Range(0, 2).Draw(t, "one")), credits.Int(rapid.Int64Range(0, 2).Draw(t, "other"))
	m := may{bounds: measure.Between(a, b), weight: credits.Int(rapid.Int64Range(0, 2).Draw(t, "weight"))}
	low, high := &m.bounds.Low, &m.bounds.High
	end := func(b *measure.Bound, side int64) {
		switch rapid.SampledFrom([]string{"reached", "open", "short"}).Draw(t, "end") {
		case "open":
			b.Open = true
			m.tries = append(m.tries, b.At.Add(credits.Int(side).Mul(far)))
		case "short":
			if low.At.Equal(high.At) {
				m.tries = append(m.tries, b.At)
				return
			}
			b.Short = true
			m.tries = append(m.tries, b.At.Sub(credits.Int(side).Mul(near)))
		default:
			m.tries = append(m.tries, b.At)
		}
	}
	end(low, -1)
	end(high, 1)
	return m
}

// joinLiterally makes one number of several by the words for it.
func joinLiterally(joining measure.Joining, values, weights []credits.Ratio) (credits.Ratio, bool) {
	sum, mass, weight := credits.Int(0), credits.Int(0), credits.Int(0)
	for i, v := range values {
		sum, mass, weight = sum.Add(v), mass.Add(v.Mul(weights[i])), weight.Add(weights[i])
	}
	switch joining {
	case measure.JoinSum:
		return sum, true
	case measure.JoinLowest:
		return slices.MinFunc(values, credits.Ratio.Cmp), true
	case measure.JoinHighest:
		return slices.MaxFunc(values, credits.Ratio.Cmp), true
	case measure.JoinWeighted:
		mean, err := mass.Quo(weight)
		return mean, err == nil
	}
	mean, _ := sum.Quo(credits.Int(int64(len(values))))
	return mean, true
}

// The bounds of a joined number, against every way of choosing those of its parts:
// none is beyond them, an end that is reached is reached by one, an end that is
// short is only come near to, and beyond an open end there is no bound.
func TestJoinedBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		joining := rapid.SampledFrom([]measure.Joining{measure.JoinSum, measure.JoinMean, measure.JoinLowest, measure.JoinHighest, measure.JoinWeighted}).Draw(t, "joining")
		parts := rapid.SliceOfN(rapid.Custom(drawMay), 1, 4).Draw(t, "parts")
		j := measure.NewJoiner(joining)
		var weights, firsts []credits.Ratio
		ways := [][]credits.Ratio{nil}
		for _, m := range parts {
			j.Take(m.tries[0], m.bounds, m.weight)
			weights, firsts = append(weights, m.weight), append(firsts, m.tries[0])
			var more [][]credits.Ratio
			for _, way := range ways {
				for _, v := range m.tries {
					more = append(more, append(slices.Clone(way), v))
				}
			}
			ways = more
		}
		value, got, ok := j.Joined()
		want, known := joinLiterally(joining, firsts, weights)
		require.Equal(t, known, ok)
		if !ok {
			return
		}
		require.True(t, want.Equal(value))
		var all []credits.Ratio
		for _, way := range ways {
			one, _ := joinLiterally(joining, way, weights)
			all = append(all, one)
		}
		endsAt(t, got.Low, slices.MinFunc(all, credits.Ratio.Cmp), -1)
		endsAt(t, got.High, slices.MaxFunc(all, credits.Ratio.Cmp), 1)
	})
}

// endsAt says whether an end is where the furthest of all tries came.
func endsAt(t *rapid.T, b measure.Bound, furthest credits.Ratio, side int64) {
	beyond := furthest.Sub(b.At).Mul(credits.Int(side))
	switch {
	case b.Open:
		require.Positive(t, furthest.Mul(credits.Int(side)).Cmp(credits.Int(1000)), "%v", furthest)
	case b.Short:
		require.Negative(t, beyond.Sign(), "%v of %v", furthest, b.At)
		require.Positive(t, beyond.Add(near.Mul(credits.Int(8))).Sign(), "%v of %v", furthest, b.At)
	default:
		require.True(t, beyond.IsZero(), "%v of %v", furthest, b.At)
	}
}
