package dsl

import (
	"errors"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// An operator is one of the four operators of every threshold.
type operator struct {
	v  credits.Op
	at place
}

// Parse reads at least, above, at most or below. The signs and words people
// write instead are problems that name the operator.
func (n *operator) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if other, ok := otherOps[t.Value]; ok {
		return notAnOperator(lx, other)
	}
	if p := notAnOperatorPhrase(lx); p != nil {
		return p
	}
	switch t.Value {
	case "above", "below":
		n.v, n.at = credits.Op(t.Value), placeOf(lx.Next())
		return nil
	case "at":
		lx.Next()
		second := lx.Peek()
		if second.Value != "least" && second.Value != "most" {
			return (&problem{code: codeOperator, place: placeOf(t).through(placeOf(second))}).with(sla.Prose("found", "at "+second.Value))
		}
		lx.Next()
		n.v, n.at = credits.Op("at "+second.Value), placeOf(t).through(placeOf(second))
		return nil
	}
	return participle.NextMatch
}

// A targetOp is the operator of a target, which nothing replaces.
type targetOp struct{ operator }

// Parse reads an operator; a value without one is a problem of its own.
func (n *targetOp) Parse(lx *lexer.PeekingLexer) error {
	err := n.operator.Parse(lx)
	t := lx.Peek()
	if !errors.Is(err, participle.NextMatch) || t.EOF() || t.Value == "as" {
		return err
	}
	switch kindOf(t) {
	case tokMalformed, tokOdd, tokUnclosed:
		return err
	case tokNumber, tokPercent, tokFraction:
		return (&problem{code: codeOperator, place: placeOf(t)}).with(sla.Prose("value", t.Value))
	}
	return (&problem{code: codeOperator, place: placeOf(t)}).with(sla.Prose("found", t.Value))
}

// notAnOperator reports a sign or words such as "more than".
func notAnOperator(lx *lexer.PeekingLexer, meant string) *problem {
	t := lx.Next()
	at, found := placeOf(t), t.Value
	if than := lx.Peek(); than.Value == "than" {
		at, found = at.through(placeOf(than)), found+" than"
	}
	return (&problem{code: codeOperator, place: at}).with(sla.Prose("found", found), sla.Name("suggestion", meant)).fixed(at, meant)
}

// notAnOperatorPhrase reports two words that people write for an operator.
func notAnOperatorPhrase(lx *lexer.PeekingLexer) *problem {
	before := lx.MakeCheckpoint()
	first := lx.Next()
	last := lx.Next()
	found := first.Value + " " + last.Value
	meant, ok := otherPhrases[found]
	if !ok {
		lx.LoadCheckpoint(before)
		return nil
	}
	at := placeOf(first)
	if than := lx.Peek(); than.Value == "than" {
		last, found = lx.Next(), found+" than"
	}
	at = at.through(placeOf(last))
	return (&problem{code: codeOperator, place: at}).with(sla.Prose("found", found), sla.Name("suggestion", meant)).fixed(at, meant)
}

// otherPhrases are those of two words.
var otherPhrases = map[string]string{
	"no less": "at least", "not less": "at least", "no more": "at most", "not more": "at most", "up to": "at most",
	"au moins": "at least", "au plus": "at most", "plus de": "above", "moins de": "below", "mehr als": "above", "weniger als": "below",
}

// otherOps are signs and words people write for an operator.
var otherOps = map[string]string{
	">=": "at least", "≥": "at least", "=>": "at least", ">": "above", "over": "above", "exceeds": "above",
	"more": "above", "greater": "above", "less": "below", "fewer": "below",
	"<=": "at most", "≤": "at most", "=<": "at most", "<": "below", "under": "below", "minimum": "at least", "maximum": "at most",
	"mindestens": "at least", "höchstens": "at most",
}

// A level is what a target is compared with: a share, exact time, or a number
// with its unit or without.
type level struct {
	share  *credits.Share
	time   *calendar.Length
	number *sla.Quantity
	at     place
}

// periodFollows says whether the word that comes next begins "in 2026-03", so
// that it is no unit, such as inches.
func periodFollows(lx *lexer.PeekingLexer) bool {
	ahead := *lx
	ahead.Next()
	kind := kindOf(ahead.Peek())
	return kind == tokMonth || kind == tokDate || kind == tokNumber || kind == tokWord
}

// Parse reads 99.50%, 6 min, 36 ms or 1.
func (n *level) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	switch kindOf(t) {
	case tokPercent, tokFraction:
		var v share
		if err := v.Parse(lx); err != nil {
			return err
		}
		n.share, n.at = &v.v, v.at
		return nil
	case tokNumber:
	default:
		return participle.NextMatch
	}
	ahead := *lx
	ahead.Next()
	switch unit := ahead.Peek(); {
	case kindOf(unit) == tokWord && (isCurrency(unit.Value) || unit.Value == "points"):
		return shareWithoutPercent(lx)
	case kindOf(unit) == tokWord && isUnit(unit.Value):
		var v length
		if err := v.Parse(lx); err != nil {
			return err
		}
		n.time, n.at = &v.v, v.at
		return nil
	}
	var v number
	if err := v.Parse(lx); err != nil {
		return err
	}
	n.number, n.at = &sla.Quantity{Value: v.v}, v.at
	if unit := lx.Peek(); kindOf(unit) == tokWord && !(unit.Value == "in" && periodFollows(lx)) {
		n.number.Unit = unit.Value
		n.at = n.at.through(placeOf(lx.Next()))
	}
	return nil
}

// A scoreValue is a number that is followed by "out of": it looks one token
// further so that a share without its percent sign is still reported as one.
type scoreValue struct {
	v  decimal.Decimal
	at place
}

// Parse reads the number in front of "out".
func (n *scoreValue) Parse(lx *lexer.PeekingLexer) error {
	ahead := *lx
	if kindOf(ahead.Next()) != tokNumber || ahead.Peek().Value != "out" {
		return participle.NextMatch
	}
	var v number
	err := v.Parse(lx)
	n.v, n.at = v.v, v.at
	return err
}
