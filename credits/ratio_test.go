package credits

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// edges are numbers at which terms stop to fit in a machine word.
var edges = []int64{0, 1, -1, 2, 3, 10, 1 << 31, 1<<32 - 1, 1 << 32, 1 << 62, math.MaxInt64 - 1, math.MaxInt64, math.MinInt64, math.MinInt64 + 1}

func drawTerm(t *rapid.T, what string) int64 {
	if rapid.Bool().Draw(t, what+" at an edge") {
		return rapid.SampledFrom(edges).Draw(t, what)
	}
	return rapid.Int64().Draw(t, what) >> rapid.IntRange(0, 62).Draw(t, what+" bits")
}

// drawRatio is a number and the same in the form of package math/big, some of
// them beyond any machine word.
func drawRatio(t *rapid.T, what string) (Ratio, *big.Rat) {
	num, den := drawTerm(t, what), drawTerm(t, what+" ÷")
	r, err := NewRatio(num, den)
	if den == 0 {
		require.Error(t, err)
		return drawRatio(t, what+" again")
	}
	twin := big.NewRat(num, den)
	if rapid.IntRange(0, 5).Draw(t, what+" is large") == 0 {
		r, twin = r.Mul(r), new(big.Rat).Mul(twin, twin)
	}
	return r, twin
}

// Arithmetic agrees with math/big, and each number has one form, whichever way
// it came about.
func TestRatioAgainstBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, x := drawRatio(t, "a")
		b, y := drawRatio(t, "b")
		same := func(got Ratio, want *big.Rat, what string) {
			require.Equal(t, want.RatString(), got.String(), what)
			require.Equal(t, RatioOf(want), got, what)
			parsed, err := ParseRatio(want.RatString())
			if len(want.RatString()) <= maxText {
				require.NoError(t, err)
				require.Equal(t, got, parsed, what)
			}
			require.Equal(t, want.Num().String(), got.Num().String())
			require.Equal(t, want.Denom().String(), got.Den().String())
			require.Equal(t, want.Sign(), got.Sign())
		}
		same(a, x, "a")
		same(a.Add(b), new(big.Rat).Add(x, y), "a + b")
		same(a.Sub(b), new(big.Rat).Sub(x, y), "a - b")
		same(a.Mul(b), new(big.Rat).Mul(x, y), "a × b")
		same(a.Neg(), new(big.Rat).Neg(x), "-a")
		require.Equal(t, x.Cmp(y), a.Cmp(b), "%s <=> %s", x, y)
		quotient, err := a.Quo(b)
		if y.Sign() == 0 {
			require.Error(t, err)
		} else {
			require.NoError(t, err)
			same(quotient, new(big.Rat).Quo(x, y), "a ÷ b")
		}
		d := decimal.New(drawTerm(t, "digits"), int32(rapid.IntRange(-25, 25).Draw(t, "places")))
		same(RatioOfDecimal(d), d.Rat(), "decimal")

		mode, places := rapid.SampledFrom([]Mode{HalfUp, Up, Down, HalfDown, HalfEven}).Draw(t, "mode"), int32(rapid.IntRange(0, 4).Draw(t, "to"))
		scaled := new(big.Rat).Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)))
		require.Equal(t, decimal.NewFromBigInt(roundInt(scaled, mode), -places).StringFixed(places), a.Round(places, mode).StringFixed(places))
	})
}
