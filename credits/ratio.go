package credits

import (
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// A Ratio is an exact rational number. It is an immutable value; the zero
// value is 0.
type Ratio struct{ rat *big.Rat }

// NewRatio is num ÷ den. The error is a *ZeroError when den is 0.
func NewRatio(num, den int64) (Ratio, error) {
	if den == 0 {
		return Ratio{}, &ZeroError{}
	}
	return Ratio{big.NewRat(num, den)}, nil
}

// RatioOf is a rational number of package math/big, copied.
func RatioOf(r *big.Rat) Ratio { return Ratio{new(big.Rat).Set(r)} }

// Int is a whole number.
func Int(n int64) Ratio { return Ratio{new(big.Rat).SetInt64(n)} }

// RatioOfDecimal is a decimal number, exactly.
func RatioOfDecimal(d decimal.Decimal) Ratio { return Ratio{d.Rat()} }

func (r Ratio) value() *big.Rat {
	if r.rat == nil {
		return new(big.Rat)
	}
	return r.rat
}

// Add is r + o.
func (r Ratio) Add(o Ratio) Ratio { return Ratio{new(big.Rat).Add(r.value(), o.value())} }

// Sub is r − o.
func (r Ratio) Sub(o Ratio) Ratio { return Ratio{new(big.Rat).Sub(r.value(), o.value())} }

// Mul is r × o.
func (r Ratio) Mul(o Ratio) Ratio { return Ratio{new(big.Rat).Mul(r.value(), o.value())} }

// Quo is r ÷ o. The error is a *ZeroError when o is 0.
func (r Ratio) Quo(o Ratio) (Ratio, error) {
	if o.Sign() == 0 {
		return Ratio{}, &ZeroError{}
	}
	return Ratio{new(big.Rat).Quo(r.value(), o.value())}, nil
}

// Neg is −r.
func (r Ratio) Neg() Ratio { return Ratio{new(big.Rat).Neg(r.value())} }

// Cmp is −1, 0 or 1 as r is below, equal to or above o.
func (r Ratio) Cmp(o Ratio) int { return r.value().Cmp(o.value()) }

// Equal reports whether both are the same number.
func (r Ratio) Equal(o Ratio) bool { return r.Cmp(o) == 0 }

// Sign is −1, 0 or 1 as r is below, equal to or above 0.
func (r Ratio) Sign() int { return r.value().Sign() }

// IsZero reports whether r is 0.
func (r Ratio) IsZero() bool { return r.Sign() == 0 }

// Num is the numerator in lowest terms, and Den the denominator, above 0. The
// results are the caller's own.
func (r Ratio) Num() *big.Int { return new(big.Int).Set(r.value().Num()) }

// Den is the denominator in lowest terms.
func (r Ratio) Den() *big.Int { return new(big.Int).Set(r.value().Denom()) }

// String is "22140/22215" in lowest terms, or "1" for a whole number.
func (r Ratio) String() string { return r.value().RatString() }

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
	return Ratio{rat}, nil
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
