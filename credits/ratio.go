package credits

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// A Ratio is an exact rational number, however large. It is an immutable value;
// the zero value is 0. Numbers whose terms fit in a machine word are kept
// there: nearly all are.
type Ratio struct {
	// num ÷ (over + 1), in lowest terms, where rat is nil, so that one number
	// has one form.
	num, over int64
	rat       *big.Rat
}

// NewRatio is num ÷ den. The error is a *ZeroError when den is 0.
func NewRatio(num, den int64) (Ratio, error) {
	if den == 0 {
		return Ratio{}, &ZeroError{}
	}
	if num == math.MinInt64 || den == math.MinInt64 {
		return large(big.NewRat(num, den)), nil
	}
	if den < 0 {
		num, den = -num, -den
	}
	g := gcd(size(num), uint64(den))
	return small(num/int64(g), den/int64(g)), nil
}

// RatioOf is a rational number of package math/big, copied.
func RatioOf(r *big.Rat) Ratio { return large(new(big.Rat).Set(r)) }

// Int is a whole number.
func Int(n int64) Ratio {
	if n == math.MinInt64 {
		return Ratio{rat: new(big.Rat).SetInt64(n)}
	}
	return small(n, 1)
}

// RatioOfDecimal is a decimal number, exactly.
func RatioOfDecimal(d decimal.Decimal) Ratio {
	if d.NumDigits() <= maxDigits && d.Exponent() <= 0 && d.Exponent() >= -maxDigits {
		r, _ := NewRatio(d.CoefficientInt64(), powerOfTen(-d.Exponent()))
		return r
	}
	return large(d.Rat())
}

// maxDigits is how many decimal digits surely fit in a machine word.
const maxDigits = 18

func powerOfTen(n int32) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// small is a number in lowest terms.
func small(num, den int64) Ratio { return Ratio{num: num, over: den - 1} }

// large is a number of any size, whose memory it takes over.
func large(r *big.Rat) Ratio {
	if num, den := r.Num(), r.Denom(); num.IsInt64() && den.IsInt64() && num.Int64() != math.MinInt64 {
		return small(num.Int64(), den.Int64())
	}
	return Ratio{rat: r}
}

func (r Ratio) den() int64 { return r.over + 1 }

// value is the number in the form of package math/big, to be read only.
func (r Ratio) value() *big.Rat {
	if r.rat == nil {
		return big.NewRat(r.num, r.den())
	}
	return r.rat
}

// Add is r + o.
func (r Ratio) Add(o Ratio) Ratio {
	if r.rat == nil && o.rat == nil {
		if sum, ok := addSmall(r, o); ok {
			return sum
		}
	}
	return large(new(big.Rat).Add(r.value(), o.value()))
}

// Sub is r − o.
func (r Ratio) Sub(o Ratio) Ratio { return r.Add(o.Neg()) }

// Mul is r × o.
func (r Ratio) Mul(o Ratio) Ratio {
	if r.rat == nil && o.rat == nil {
		if product, ok := mulSmall(r, o); ok {
			return product
		}
	}
	return large(new(big.Rat).Mul(r.value(), o.value()))
}

// Quo is r ÷ o. The error is a *ZeroError when o is 0.
func (r Ratio) Quo(o Ratio) (Ratio, error) {
	switch {
	case o.Sign() == 0:
		return Ratio{}, &ZeroError{}
	case o.rat != nil:
		return large(new(big.Rat).Quo(r.value(), o.rat)), nil
	case o.num < 0:
		return r.Neg().Mul(small(o.den(), -o.num)), nil
	}
	return r.Mul(small(o.den(), o.num)), nil
}

// CommonStep is the greatest ratio of which both are whole multiples, such as
// 1/10 of 1/2 and 6/5; of 0 and another it is the other, without its sign.
func (r Ratio) CommonStep(o Ratio) Ratio {
	a, b := r.value(), o.value()
	num := new(big.Int).GCD(nil, nil, new(big.Int).Abs(new(big.Int).Mul(a.Num(), b.Denom())), new(big.Int).Abs(new(big.Int).Mul(b.Num(), a.Denom())))
	return large(new(big.Rat).SetFrac(num, new(big.Int).Mul(a.Denom(), b.Denom())))
}

// Neg is −r.
func (r Ratio) Neg() Ratio {
	if r.rat == nil {
		r.num = -r.num
		return r
	}
	return large(new(big.Rat).Neg(r.rat))
}

// Cmp is −1, 0 or 1 as r is below, equal to or above o.
func (r Ratio) Cmp(o Ratio) int {
	if r.rat != nil || o.rat != nil {
		return r.value().Cmp(o.value())
	}
	if r.Sign() != o.Sign() {
		return cmp.Compare(r.Sign(), o.Sign())
	}
	high, low := bits.Mul64(size(r.num), uint64(o.den()))
	high2, low2 := bits.Mul64(size(o.num), uint64(r.den()))
	return cmp.Or(cmp.Compare(high, high2), cmp.Compare(low, low2)) * r.Sign()
}

// Equal reports whether both are the same number.
func (r Ratio) Equal(o Ratio) bool { return r.Cmp(o) == 0 }

// Sign is −1, 0 or 1 as r is below, equal to or above 0.
func (r Ratio) Sign() int {
	if r.rat != nil {
		return r.rat.Sign()
	}
	return cmp.Compare(r.num, 0)
}

// IsZero reports whether r is 0.
func (r Ratio) IsZero() bool { return r.Sign() == 0 }

// Num is the numerator in lowest terms, and Den the denominator, above 0. The
// results are the caller's own.
func (r Ratio) Num() *big.Int {
	if r.rat == nil {
		return big.NewInt(r.num)
	}
	return new(big.Int).Set(r.rat.Num())
}

// Den is the denominator in lowest terms.
func (r Ratio) Den() *big.Int {
	if r.rat == nil {
		return big.NewInt(r.den())
	}
	return new(big.Int).Set(r.rat.Denom())
}

// String is "22140/22215" in lowest terms, or "1" for a whole number.
func (r Ratio) String() string {
	switch {
	case r.rat != nil:
		return r.rat.RatString()
	case r.over == 0:
		return strconv.FormatInt(r.num, 10)
	}
	return strconv.FormatInt(r.num, 10) + "/" + strconv.FormatInt(r.den(), 10)
}

// maxText bounds the texts that are parsed: longer ones are slips, and
// arithmetic on them could be made to cost without limit.
const maxText = 64

// ParseRatio reads what String writes: a whole number or a fraction of two.
func ParseRatio(s string) (Ratio, error) {
	num, den, fraction := strings.Cut(s, "/")
	if len(s) > maxText || !isInteger(strings.TrimPrefix(num, "-")) || fraction && !isInteger(den) {
		return Ratio{}, &SyntaxError{What: "ratio", Text: clipped(s)}
	}
	rat, ok := new(big.Rat).SetString(s)
	if !ok {
		return Ratio{}, &SyntaxError{What: "ratio", Text: s}
	}
	return large(rat), nil
}

// MarshalText writes it as String does.
func (r Ratio) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads it as [ParseRatio] does.
func (r *Ratio) UnmarshalText(text []byte) error {
	v, err := ParseRatio(string(text))
	if err == nil {
		*r = v
	}
	return err
}

func isInteger(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func isDecimal(s string) bool {
	whole, frac, point := strings.Cut(s, ".")
	return isInteger(whole) && (!point || isInteger(frac))
}

func clipped(s string) string {
	if len(s) > maxText {
		return s[:maxText] + "…"
	}
	return s
}
