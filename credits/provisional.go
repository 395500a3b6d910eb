// Package credits holds money, shares, schedules and caps; this file is a first cut of its types.
package credits

import (
	"errors"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

var errForm = errors.New("form")

type Ratio struct{ r *big.Rat }

func (r Ratio) rat() *big.Rat {
	if r.r == nil {
		return new(big.Rat)
	}
	return r.r
}
func NewRatio(num, den int64) (Ratio, error) {
	if den == 0 {
		return Ratio{}, errForm
	}
	return Ratio{big.NewRat(num, den)}, nil
}
func Int(n int64) Ratio                            { return Ratio{big.NewRat(n, 1)} }
func RatioOfDecimal(d decimal.Decimal) Ratio       { return Ratio{d.Rat()} }
func (r Ratio) Add(o Ratio) Ratio                  { return Ratio{new(big.Rat).Add(r.rat(), o.rat())} }
func (r Ratio) Sub(o Ratio) Ratio                  { return Ratio{new(big.Rat).Sub(r.rat(), o.rat())} }
func (r Ratio) Mul(o Ratio) Ratio                  { return Ratio{new(big.Rat).Mul(r.rat(), o.rat())} }
func (r Ratio) Cmp(o Ratio) int                    { return r.rat().Cmp(o.rat()) }
func (r Ratio) String() string                     { return r.rat().RatString() }

type Share struct{ text string }

func ParseShare(s string) (Share, error) {
	if s == "" {
		return Share{}, errForm
	}
	return Share{s}, nil
}
func (s Share) String() string { return s.text }
func (s Share) Ratio() Ratio {
	if t, ok := strings.CutSuffix(s.text, "%"); ok {
		r, _ := new(big.Rat).SetString(t)
		return Ratio{r.Quo(r, big.NewRat(100, 1))}
	}
	r, _ := new(big.Rat).SetString(s.text)
	return Ratio{r}
}
func (s Share) MarshalText() ([]byte, error)  { return []byte(s.text), nil }
func (s *Share) UnmarshalText(b []byte) error { s.text = string(b); return nil }

type Points struct{ text string }

func ParsePoints(s string) (Points, error)     { return Points{s}, nil }
func (s Points) String() string                { return s.text }
func (s Points) MarshalText() ([]byte, error)  { return []byte(s.text), nil }
func (s *Points) UnmarshalText(b []byte) error { s.text = string(b); return nil }

type Currency string

func (c Currency) Valid() bool { return c == "EUR" || c == "USD" || c == "GBP" || c == "CHF" || c == "JPY" }

type Money struct {
	Amount   decimal.Decimal
	Currency Currency
}

func ParseMoney(s string) (Money, error) {
	a, c, ok := strings.Cut(s, " ")
	d, err := decimal.NewFromString(a)
	if !ok || err != nil {
		return Money{}, errForm
	}
	return Money{d, Currency(c)}, nil
}
func (m Money) String() string                { return m.Amount.StringFixed(2) + " " + string(m.Currency) }
func (m Money) MarshalText() ([]byte, error)  { return []byte(m.String()), nil }
func (m *Money) UnmarshalText(b []byte) error { v, err := ParseMoney(string(b)); *m = v; return err }

type Mode string
type Rounding struct {
	Mode Mode            `json:"mode"`
	To   decimal.Decimal `json:"to"`
}
type Op string

const (
	AtLeast Op = "at least"
	Above   Op = "above"
	AtMost  Op = "at most"
	Below   Op = "below"
)
