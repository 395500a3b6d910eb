package credits

import (
	"strings"

	"github.com/shopspring/decimal"
)

// A Share is a part of a whole as it was written: "99.50%" keeps its digits
// and "1/3000" its form. The zero value is no share at all and counts as 0.
type Share struct {
	num decimal.Decimal
	den int64 // 100 for a percentage written with %, 0 for none
	pct bool
}

// ParseShare reads a percentage or a fraction of whole numbers, without spaces
// or sign. The error is a *SyntaxError.
func ParseShare(s string) (Share, error) {
	fail := &SyntaxError{What: "share", Text: clipped(s)}
	if len(s) > maxText {
		return Share{}, fail
	}
	if percent, ok := strings.CutSuffix(s, "%"); ok {
		num, err := decimal.NewFromString(percent)
		if err != nil || !isDecimal(percent) {
			return Share{}, fail
		}
		return Share{num, 100, true}, nil
	}
	top, bottom, ok := strings.Cut(s, "/")
	if !ok || !isInteger(top) || !isInteger(bottom) || len(bottom) > 18 {
		return Share{}, fail
	}
	num, _ := decimal.NewFromString(top)
	den, _ := decimal.NewFromString(bottom)
	if den.IsZero() {
		return Share{}, fail
	}
	return Share{num, den.IntPart(), false}, nil
}

// MustShare is ParseShare for shares known to be right, as in tests and in
// contracts built in Go; it panics on others.
func MustShare(s string) Share {
	v, err := ParseShare(s)
	if err != nil {
		panic(err)
	}
	return v
}

// Percent is the share of so many percent.
func Percent(p decimal.Decimal) Share { return Share{p, 100, true} }

// Ratio is the share as a number: 99.50% is 199/200.
func (s Share) Ratio() Ratio {
	if s.den == 0 {
		return Ratio{}
	}
	r, _ := RatioOfDecimal(s.num).Quo(Int(s.den))
	return r
}

// IsZero reports whether it is no share, or none of the whole.
func (s Share) IsZero() bool { return s.den == 0 || s.num.IsZero() }

// Equal reports whether both are the same part, however written.
func (s Share) Equal(o Share) bool { return s.Ratio().Equal(o.Ratio()) }

// String is the share as written: "99.50%", "1/3000".
func (s Share) String() string {
	switch {
	case s.den == 0:
		return "0%"
	case s.pct:
		return s.num.StringFixed(max(0, -s.num.Exponent())) + "%"
	}
	return s.num.String() + "/" + decimal.NewFromInt(s.den).String()
}

// MarshalText writes it as String does.
func (s Share) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads it as [ParseShare] does.
func (s *Share) UnmarshalText(text []byte) error {
	v, err := ParseShare(string(text))
	if err == nil {
		*s = v
	}
	return err
}

// shownDecimals is how many decimals a percentage is shown with; up to
// maxDecimals are added where fewer would hide on which side of a threshold
// it lies.
const (
	shownDecimals = 4
	maxDecimals   = 30
)

// ShowPercent shows a ratio as a percentage, rounded half up to four decimals;
// digits are added while the rounded value would lie on or across a threshold
// that the ratio itself does not reach (semantics 3.1).
func ShowPercent(r Ratio, thresholds ...Ratio) string {
	percent := r.Mul(Int(100))
	for places := int32(shownDecimals); places <= maxDecimals; places++ {
		shown := percent.Round(places, HalfUp)
		if honest(RatioOfDecimal(shown), percent, thresholds) {
			return shown.StringFixed(places) + "%"
		}
	}
	return r.String()
}

func honest(shown, exact Ratio, thresholds []Ratio) bool {
	for _, t := range thresholds {
		t = t.Mul(Int(100))
		if shown.Cmp(t) != exact.Cmp(t) {
			return false
		}
	}
	return true
}

// A Points is a difference of two percentages, in percentage points.
type Points struct{ n decimal.Decimal }

// ParsePoints reads "0.20 points". The error is a *SyntaxError.
func ParsePoints(s string) (Points, error) {
	number, ok := strings.CutSuffix(s, " points")
	if !ok {
		number, ok = strings.CutSuffix(s, " point")
	}
	n, err := decimal.NewFromString(number)
	if !ok || err != nil || len(s) > maxText || !isDecimal(number) {
		return Points{}, &SyntaxError{What: "number of points", Text: clipped(s)}
	}
	return Points{n}, nil
}

// Ratio is the difference as a number: 0.20 points is 1/500.
func (p Points) Ratio() Ratio {
	r, _ := RatioOfDecimal(p.n).Quo(Int(100))
	return r
}

// String writes it with its digits: "0.20 points".
func (p Points) String() string { return p.n.StringFixed(max(0, -p.n.Exponent())) + " points" }

// MarshalText writes it as String does.
func (p Points) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads it as [ParsePoints] does.
func (p *Points) UnmarshalText(text []byte) error {
	v, err := ParsePoints(string(text))
	if err == nil {
		*p = v
	}
	return err
}
