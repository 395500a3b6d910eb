package sla

import (
	"strings"

	"github.com/sla-lang/sla/credits"
)

// What facts may say of money: amounts in the currency of the contract, of the
// time that they are for.

// otherCurrency is the amount of a fact that is in another currency than the
// contract's: amounts of two never add up. ok is false where there is none.
func (e *Engine) otherCurrency(f Fact) (amount credits.Money, ok bool) {
	switch f := f.(type) {
	case *AgreedFee:
		amount = f.Amount
	case *ChargeFact:
		amount = f.Amount
	case *Invoice:
		amount = f.Amount
	}
	return amount, amount.Currency != "" && e.currency != "" && amount.Currency != e.currency
}

// aMonth says whether a period is a month, of the calendar or one that begins on
// a date of its own: fees are agreed for those.
func aMonth(period string) bool {
	from, to, err := ParsePeriods(period)
	return err == nil && (strings.HasPrefix(period, "from ") || Period{From: from, To: to}.months() == 1)
}
