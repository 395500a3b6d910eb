package credits

import (
	"strings"

	"github.com/shopspring/decimal"
)

// A Pay is what one row or line of a schedule gives, in the unit it is written
// in: a share of a base (5%), a multiple of it (10 times), days of a fee
// (3 days), money (30.00 USD), or a number of a unit of the contract's own
// (2 service-points). None is nothing, and Unstated is what the contract is
// silent about. The zero value is no pay at all.
type Pay struct {
	Kind PayKind
	// Share is set for PayShare, Money for PayMoney.
	Share Share
	Money Money
	// Number is the factor of PayTimes, the days of PayDays, the count of
	// PayUnits; Unit names those.
	Number decimal.Decimal
	Unit   string
}

// PayKind is the unit of a [Pay].
type PayKind string

// The kinds of pay.
const (
	PayShare    PayKind = "share"
	PayTimes    PayKind = "times"
	PayDays     PayKind = "days"
	PayMoney    PayKind = "money"
	PayUnits    PayKind = "units"
	PayNone     PayKind = "none"
	PayUnstated PayKind = "unstated"
)

// ShareOf is the pay of a share.
func ShareOf(s Share) Pay { return Pay{Kind: PayShare, Share: s} }

// ParsePay reads "5%", "1/3000", "10 times", "3 days", "30.00 USD",
// "2 service-points", "none" or "unstated". The error is a *SyntaxError.
func ParsePay(s string) (Pay, error) {
	fail := &SyntaxError{What: "amount of a credit", Text: clipped(s)}
	switch s {
	case "none":
		return Pay{Kind: PayNone}, nil
	case "unstated":
		return Pay{Kind: PayUnstated}, nil
	}
	number, unit, two := strings.Cut(s, " ")
	if !two {
		share, err := ParseShare(s)
		if err != nil {
			return Pay{}, fail
		}
		return ShareOf(share), nil
	}
	if Currency(unit).Valid() {
		m, err := ParseMoney(s)
		return Pay{Kind: PayMoney, Money: m}, err
	}
	n, err := decimal.NewFromString(number)
	if err != nil || len(s) > maxText || !isDecimal(number) || unit == "" || strings.ContainsAny(unit, " \t") {
		return Pay{}, fail
	}
	switch unit {
	case "times":
		return Pay{Kind: PayTimes, Number: n}, nil
	case "day", "days":
		return Pay{Kind: PayDays, Number: n}, nil
	}
	return Pay{Kind: PayUnits, Number: n, Unit: unit}, nil
}

// MustPay is ParsePay for pays known to be right; it panics on others.
func MustPay(s string) Pay {
	p, err := ParsePay(s)
	if err != nil {
		panic(err)
	}
	return p
}

// IsZero reports whether it is no pay at all.
func (p Pay) IsZero() bool { return p.Kind == "" }

// Of says whether the pay is a part of a base.
func (p Pay) Of() bool { return p.Kind == PayShare || p.Kind == PayTimes || p.Kind == PayDays }

// Size is the number of its unit, to compare pays of one kind: 5% is 1/20,
// 3 days are 3. None and what is unstated are 0.
func (p Pay) Size() Ratio {
	switch p.Kind {
	case PayShare:
		return p.Share.Ratio()
	case PayMoney:
		return RatioOfDecimal(p.Money.Amount)
	}
	return RatioOfDecimal(p.Number)
}

// Comparable says whether the sizes of two pays mean the same: a share and a
// factor do, and nothing is less than anything.
func (p Pay) Comparable(o Pay) bool {
	factor := func(k PayKind) bool { return k == PayShare || k == PayTimes }
	switch {
	case p.Kind == PayUnstated || o.Kind == PayUnstated:
		return false
	case p.Kind == PayNone || o.Kind == PayNone, factor(p.Kind) && factor(o.Kind):
		return true
	}
	return p.Kind == o.Kind && p.Unit == o.Unit && p.Money.Currency == o.Money.Currency
}

// String is the pay as written.
func (p Pay) String() string {
	switch p.Kind {
	case "":
		return ""
	case PayShare:
		return p.Share.String()
	case PayMoney:
		return p.Money.String()
	case PayNone, PayUnstated:
		return string(p.Kind)
	case PayTimes, PayDays:
		return p.Number.String() + " " + string(p.Kind)
	}
	return p.Number.String() + " " + p.Unit
}

// MarshalText writes it as String does.
func (p Pay) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads it as [ParsePay] does; an empty text is no pay.
func (p *Pay) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Pay{}
		return nil
	}
	v, err := ParsePay(string(text))
	if err == nil {
		*p = v
	}
	return err
}

// UnitCount is how the units of something divisible are counted.
type UnitCount string

// The ways to count units.
const (
	Started      UnitCount = "started"
	Whole        UnitCount = "whole"
	InProportion UnitCount = "in proportion"
)

// Units is how many units of a size a total makes: each started one, each
// whole one, or in proportion. A total below 0 makes none. The size must be
// above 0.
func Units(total, size Ratio, count UnitCount) Ratio {
	if total.Sign() <= 0 || size.Sign() <= 0 {
		return Ratio{}
	}
	n, _ := total.Quo(size)
	switch count {
	case Started:
		return n.roundUnits(Up)
	case Whole:
		return n.roundUnits(Down)
	}
	return n
}

func (r Ratio) roundUnits(m Mode) Ratio { return RatioOfDecimal(r.Round(0, m)) }
