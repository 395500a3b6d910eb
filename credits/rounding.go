package credits

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// Mode is how a number between two others is rounded.
type Mode string

// The modes of rounding; all treat amounts below 0 as the mirror of those
// above.
const (
	// HalfUp rounds a half away from zero.
	HalfUp Mode = "half up"
	// HalfEven rounds a half to the even neighbour.
	HalfEven Mode = "half even"
	// HalfDown rounds a half towards zero.
	HalfDown Mode = "half down"
	// Down rounds towards zero, Up away from it.
	Down Mode = "down"
	Up   Mode = "up"
)

// Valid says whether m is one of the modes.
func (m Mode) Valid() bool {
	switch m {
	case HalfUp, HalfEven, HalfDown, Down, Up:
		return true
	}
	return false
}

// Rounding says how and to what multiple amounts are rounded: half up to 0.01.
type Rounding struct {
	Mode Mode `json:"mode"`
	// To is the unit rounded to, above 0, in units of the currency.
	To decimal.Decimal `json:"to"`
}

// DefaultRounding is half up to the currency's minor unit (semantics 5.4).
func DefaultRounding(c Currency) Rounding { return Rounding{HalfUp, minorUnit(c)} }

func minorUnit(c Currency) decimal.Decimal { return decimal.New(1, -c.Digits()) }

// Round rounds once, to so many decimals. A mode that is none counts as HalfUp.
func (r Ratio) Round(places int32, mode Mode) decimal.Decimal {
	return r.roundTo(decimal.New(1, -places), mode)
}

// roundTo rounds once, to a multiple of unit, which is above 0.
func (r Ratio) roundTo(unit decimal.Decimal, mode Mode) decimal.Decimal {
	units, err := r.Quo(RatioOfDecimal(unit))
	if err != nil {
		return decimal.Zero
	}
	if units.rat == nil {
		return decimal.New(roundSmall(units.num, units.den(), mode), 0).Mul(unit)
	}
	return decimal.NewFromBigInt(roundInt(units.rat, mode), 0).Mul(unit)
}

// roundSmall is roundInt for terms that fit in a machine word.
func roundSmall(num, den int64, mode Mode) int64 {
	whole, rest := num/den, num%den
	if rest == 0 || mode == Down {
		return whole
	}
	left := uint64(den) - size(rest) // to the next whole number
	if away := mode == Up || size(rest) > left || size(rest) == left && !(mode == HalfDown || mode == HalfEven && whole%2 == 0); !away {
		return whole
	}
	if num < 0 {
		return whole - 1
	}
	return whole + 1
}

// roundInt rounds a rational to a whole number.
func roundInt(r *big.Rat, mode Mode) *big.Int {
	num, den := new(big.Int).Abs(r.Num()), r.Denom()
	whole, rest := new(big.Int).QuoRem(num, den, new(big.Int))
	half := rest.Lsh(rest, 1).Cmp(den) // of twice the rest with the whole
	away := false
	switch mode {
	case Down:
	case Up:
		away = rest.Sign() != 0
	case HalfDown:
		away = half > 0
	case HalfEven:
		away = half > 0 || half == 0 && whole.Bit(0) == 1
	default:
		away = half >= 0
	}
	if away {
		whole.Add(whole, big.NewInt(1))
	}
	if r.Sign() < 0 {
		whole.Neg(whole)
	}
	return whole
}
