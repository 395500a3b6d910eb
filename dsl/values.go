package dsl

import (
	"strconv"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// The values of the language: each reads its own tokens, knows its place, and
// returns a problem of its own when what stands there is almost a value. Their
// lower-case type names are the keys of the phrases that say what was expected.

// next is the shape all values share: NextMatch unless the first token is of
// the kind wanted.
func take(lx *lexer.PeekingLexer, kind tokenKind) (*lexer.Token, error) {
	if kindOf(lx.Peek()) != kind {
		return nil, participle.NextMatch
	}
	return lx.Next(), nil
}

// A name is a word that is declared somewhere, or declares itself.
type name struct {
	text string
	at   place
}

// Parse reads a word.
func (n *name) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokWord)
	if err != nil {
		return err
	}
	if t.Value == "-" {
		return &problem{code: codeNameNeeded, place: placeOf(t), args: []sla.Arg{sla.Prose("found", "-")}}
	}
	n.text, n.at = t.Value, placeOf(t)
	return nil
}

// A word is one of a few that a form knows, see [lowering.choice].
type word struct{ name }

// A text is quoted prose.
type text struct {
	text string
	at   place
}

// Parse reads a quoted text.
func (n *text) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokText)
	if err != nil {
		return err
	}
	n.text, n.at = token{value: t.Value}.text(), placeOf(t)
	return nil
}

// A label is a name or a quoted text, where either identifies something.
type label struct {
	text string
	at   place
}

// Parse reads a word or a text.
func (n *label) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	switch kindOf(t) {
	case tokText:
		n.text = token{value: t.Value}.text()
	case tokWord, tokNumber:
		n.text = t.Value
	default:
		return participle.NextMatch
	}
	n.at = placeOf(lx.Next())
	return nil
}

// A count is a whole number.
type count struct {
	n  int
	at place
}

// Parse reads a whole number of at most nine digits.
func (n *count) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokNumber)
	if err != nil {
		return err
	}
	v, err := strconv.Atoi(t.Value)
	if err != nil || len(t.Value) > 9 {
		return &problem{code: codeWholeNumber, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.n, n.at = v, placeOf(t)
	return nil
}

// A number is a decimal number without a unit.
type number struct {
	v  decimal.Decimal
	at place
}

// Parse reads a decimal number.
func (n *number) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokNumber)
	if err != nil {
		return err
	}
	if len(t.Value) > maxDigits {
		return tooLong(t)
	}
	v, err := decimal.NewFromString(t.Value)
	if err != nil {
		return tooLong(t)
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// maxDigits bounds numbers: longer ones are slips, and arithmetic on them
// could be made to cost without limit.
const maxDigits = 24

func tooLong(t *lexer.Token) *problem {
	return &problem{code: codeNumberTooLong, place: placeOf(t), args: []sla.Arg{sla.Count("limit", maxDigits)}}
}

// A share is a percentage or a fraction.
type share struct {
	v  credits.Share
	at place
}

// Parse reads 99.50% or 1/3000. A number with another unit, or none, is a
// problem that shows what it is.
func (n *share) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	switch kindOf(t) {
	case tokPercent, tokFraction:
		lx.Next()
	case tokNumber:
		return shareWithoutPercent(lx)
	default:
		return participle.NextMatch
	}
	if len(t.Value) > maxDigits {
		return tooLong(t)
	}
	v, err := credits.ParseShare(t.Value)
	if err != nil {
		return &problem{code: codeMalformedNumber, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// A shareHere is a share where something else may stand as well.
type shareHere struct{ share }

// Parse reads a share if there is one.
func (n *shareHere) Parse(lx *lexer.PeekingLexer) error {
	if k := kindOf(lx.Peek()); k != tokPercent && k != tokFraction {
		return participle.NextMatch
	}
	return n.share.Parse(lx)
}

// shareWithoutPercent reports a number that lacks its percent sign, or has
// the unit of something else.
func shareWithoutPercent(lx *lexer.PeekingLexer) *problem {
	t := lx.Next()
	unit := lx.Peek()
	at := placeOf(t)
	if kindOf(unit) == tokWord && (isCurrency(unit.Value) || isUnit(unit.Value) || unit.Value == "points") {
		return (&problem{code: codeUnitMismatch, place: at.through(placeOf(unit))}).with(
			sla.Prose("found", t.Value+" "+unit.Value), sla.Phrase("is", "kind "+unitKind(unit.Value)), sla.Phrase("expected", "value share"))
	}
	return (&problem{code: codeUnitMissing, place: at}).with(
		sla.Prose("found", t.Value), sla.Phrase("expected", "value share")).fixed(at, t.Value+"%")
}

func unitKind(unit string) string {
	switch {
	case isCurrency(unit):
		return "money"
	case unit == "points":
		return "points"
	}
	return "length"
}

func isCurrency(s string) bool { return credits.Currency(s).Valid() }

// A points is a difference of percentages: 0.20 points.
type points struct {
	v  credits.Points
	at place
}

// Parse reads a number that is followed by "points".
func (n *points) Parse(lx *lexer.PeekingLexer) error {
	ahead := *lx
	if kindOf(ahead.Next()) != tokNumber || ahead.Peek().Value != "points" && ahead.Peek().Value != "point" {
		return participle.NextMatch
	}
	t, unit := lx.Next(), lx.Next()
	if len(t.Value) > maxDigits {
		return tooLong(t)
	}
	v, err := credits.ParsePoints(t.Value + " points")
	if err != nil {
		return tooLong(t)
	}
	n.v, n.at = v, placeOf(t).through(placeOf(unit))
	return nil
}
