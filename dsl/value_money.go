package dsl

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// A money is an amount with its currency behind it.
type money struct {
	v  credits.Money
	at place
}

// Parse reads 6000.00 EUR.
func (n *money) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	switch kindOf(t) {
	case tokNumber:
	case tokPercent, tokFraction:
		return (&problem{code: codeUnitMismatch, place: placeOf(t)}).with(
			sla.Prose("found", t.Value), sla.Phrase("is", "kind share"), sla.Phrase("expected", "value money"))
	case tokWord, tokOdd:
		return moneyWord(lx)
	default:
		return participle.NextMatch
	}
	lx.Next()
	unit := lx.Peek()
	at := placeOf(t)
	switch {
	case kindOf(unit) == tokNumber || kindOf(unit) == tokMalformed:
		return thousands(lx, t)
	case currencyNamed(unit.Value) != "":
		return notACurrency(t, unit)
	case kindOf(unit) != tokWord || slices.Contains(behindMoney, unit.Value):
		return (&problem{code: codeUnitMissing, place: at}).with(sla.Prose("found", t.Value), sla.Phrase("expected", "value money"))
	case !isCurrency(unit.Value):
		return notACurrency(t, unit)
	}
	lx.Next()
	at = at.through(placeOf(unit))
	if len(t.Value) > maxDigits {
		return tooLong(t)
	}
	v, err := credits.ParseMoney(t.Value + " " + unit.Value)
	if err != nil {
		return tooLong(t)
	}
	if looksGrouped(t.Value) && v.Currency.Digits() != 3 {
		return threeDecimals(t.Value, v.Currency, at)
	}
	n.v, n.at = v, at
	return nil
}

// behindMoney are keywords that follow an amount: one of them directly behind
// the number says that the currency was forgotten.
var behindMoney = []string{"per", "each", "for", "of", "below", "above"}

// currencyNames are other ways to write a currency that leave no doubt; a
// dollar sign could be many.
var currencyNames = map[string]credits.Currency{"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP"}

// currencyNamed is the code of a currency written in another way, "" if s is
// none.
func currencyNamed(s string) string {
	upper := strings.ToUpper(s)
	if code, ok := currencyNames[upper]; ok {
		return string(code)
	}
	if upper != s && isCurrency(upper) {
		return upper
	}
	return ""
}

// moneyWord reports what stands in front of an amount, or glued to it.
func moneyWord(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if isCurrency(t.Value) || kindOf(t) == tokOdd && currencyNamed(t.Value) != "" {
		return currencyInFront(lx)
	}
	i := strings.IndexFunc(t.Value, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
	if i > 0 && isCurrency(t.Value[i:]) {
		mended := t.Value[:i] + " " + t.Value[i:]
		return (&problem{code: codeUnitGlued, place: placeOf(t)}).with(
			sla.Prose("found", t.Value), sla.Prose("suggestion", mended)).fixed(placeOf(t), mended)
	}
	return participle.NextMatch
}

// currencyInFront reports EUR 5000.00; the order is fixed so that an amount
// reads alike everywhere.
func currencyInFront(lx *lexer.PeekingLexer) *problem {
	unit := lx.Next()
	amount := lx.Peek()
	code := orElse(currencyNamed(unit.Value), unit.Value)
	p := (&problem{code: codeCurrencyInFront, place: placeOf(unit)}).with(sla.Name("currency", code))
	if kindOf(amount) == tokNumber {
		p.place = p.place.through(placeOf(amount))
		if i := strings.IndexByte(amount.Value, '.'); i < 0 || len(amount.Value)-i-1 != 3 {
			return p.with(sla.Prose("amount", amount.Value)).fixed(p.place, amount.Value+" "+code)
		}
		// 5.000 may be five or five thousand: no edit is certain.
	}
	return p
}

// thousands reports 6 000.00 EUR.
func thousands(lx *lexer.PeekingLexer, first *lexer.Token) *problem {
	at, joined := placeOf(first), first.Value
	for k := kindOf(lx.Peek()); k == tokNumber; k = kindOf(lx.Peek()) {
		t := lx.Next()
		at, joined = at.through(placeOf(t)), joined+t.Value
	}
	return (&problem{code: codeThousands, place: at}).with(sla.Prose("joined", joined)).fixed(at, joined)
}

// looksGrouped says whether a number may be one of thousands with a point
// between them: one to three digits, and three behind the point.
func looksGrouped(s string) bool {
	whole, behind, _ := strings.Cut(s, ".")
	return len(behind) == 3 && len(whole) <= 3 && whole[0] != '0'
}

// threeDecimals reports 5.000 EUR; no edit is certain.
func threeDecimals(s string, c credits.Currency, at place) *problem {
	whole, behind, _ := strings.Cut(s, ".")
	small := s + "0"
	if behind[2] == '0' {
		small = s[:len(s)-1]
	}
	amount := func(name, number string) sla.Arg { return sla.Prose(name, number+" "+string(c)) }
	return (&problem{code: codeThreeDecimals, place: at}).with(amount("found", s), amount("small", small), amount("large", whole+behind+".00"), amount("four", s+"0"))
}

func notACurrency(amount, unit *lexer.Token) *problem {
	at := placeOf(amount).through(placeOf(unit))
	if isUnit(unit.Value) || unit.Value == "points" {
		return (&problem{code: codeUnitMismatch, place: at}).with(
			sla.Prose("found", amount.Value+" "+unit.Value), sla.Phrase("is", "kind "+unitKind(unit.Value)), sla.Phrase("expected", "value money"))
	}
	p := (&problem{code: codeUnknownCurrency, place: placeOf(unit)}).with(sla.Prose("found", unit.Value))
	if code := currencyNamed(unit.Value); code != "" {
		return p.with(sla.Name("suggestion", code)).fixed(placeOf(unit), code)
	}
	return p
}
