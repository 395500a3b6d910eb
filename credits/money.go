package credits

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Money is an amount of a currency, as it is written, shown and posted. The
// zero value is nothing in no currency.
type Money struct {
	Amount   decimal.Decimal
	Currency Currency
}

// ParseMoney reads "6000.00 EUR": a decimal number, with a sign where needed,
// one space, and a currency in use. The error is a *SyntaxError.
func ParseMoney(s string) (Money, error) {
	number, code, ok := strings.Cut(s, " ")
	amount, err := decimal.NewFromString(number)
	if !ok || err != nil || len(s) > maxText || !isDecimal(strings.TrimPrefix(number, "-")) || !Currency(code).Valid() {
		return Money{}, &SyntaxError{What: "amount of money", Text: clipped(s)}
	}
	return Money{amount, Currency(code)}, nil
}

// MustMoney is ParseMoney for amounts known to be right; it panics on others.
func MustMoney(s string) Money {
	m, err := ParseMoney(s)
	if err != nil {
		panic(err)
	}
	return m
}

// Zero is nothing of a currency.
func Zero(c Currency) Money { return Money{decimal.Zero, c} }

// String writes the amount with at least the currency's decimals: "6000.00 EUR".
func (m Money) String() string {
	return m.Amount.StringFixed(max(m.Currency.Digits(), -m.Amount.Exponent())) + " " + string(m.Currency)
}

// MarshalText writes it as String does.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads it as [ParseMoney] does.
func (m *Money) UnmarshalText(text []byte) error {
	v, err := ParseMoney(string(text))
	if err == nil {
		*m = v
	}
	return err
}

// Add is m + o. The error is a *CurrencyError.
func (m Money) Add(o Money) (Money, error) {
	if err := m.same(o.Currency); err != nil {
		return Money{}, err
	}
	return Money{m.Amount.Add(o.Amount), m.Currency}, nil
}

// Sub is m − o. The error is a *CurrencyError.
func (m Money) Sub(o Money) (Money, error) {
	if err := m.same(o.Currency); err != nil {
		return Money{}, err
	}
	return Money{m.Amount.Sub(o.Amount), m.Currency}, nil
}

// Cmp is −1, 0 or 1 as the amount is below, equal to or above the other; the
// error is a *CurrencyError.
func (m Money) Cmp(o Money) (int, error) {
	if err := m.same(o.Currency); err != nil {
		return 0, err
	}
	return m.Amount.Cmp(o.Amount), nil
}

// Equal reports whether both are the same amount of the same currency.
func (m Money) Equal(o Money) bool { return m.Currency == o.Currency && m.Amount.Equal(o.Amount) }

// IsZero reports whether the amount is 0.
func (m Money) IsZero() bool { return m.Amount.IsZero() }

// Sign is −1, 0 or 1 as the amount is below, equal to or above 0.
func (m Money) Sign() int { return m.Amount.Sign() }

// Exact is the amount before any rounding.
func (m Money) Exact() Amount { return Amount{RatioOfDecimal(m.Amount), m.Currency} }

func (m Money) same(c Currency) error {
	if m.Currency != c {
		return &CurrencyError{m.Currency, c}
	}
	return nil
}

// An Amount is money before rounding, exact. The zero value is nothing in no
// currency.
type Amount struct {
	Exact    Ratio
	Currency Currency
}

// Times is a share, or a multiple, of the amount.
func (a Amount) Times(r Ratio) Amount { return Amount{a.Exact.Mul(r), a.Currency} }

// Add is a + b. The error is a *CurrencyError.
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, &CurrencyError{a.Currency, b.Currency}
	}
	return Amount{a.Exact.Add(b.Exact), a.Currency}, nil
}

// Round is the amount as it is posted.
func (a Amount) Round(r Rounding) Money {
	unit := r.To
	if unit.Sign() <= 0 {
		unit = minorUnit(a.Currency)
	}
	return Money{a.Exact.roundTo(unit, r.Mode), a.Currency}
}

// Floor is the amount rounded down to the currency's minor unit, as caps are
// (semantics 5.5).
func (a Amount) Floor() Money { return a.Round(Rounding{Down, minorUnit(a.Currency)}) }
