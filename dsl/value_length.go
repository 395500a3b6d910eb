package dsl

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// units are the words for time and what each stands for.
var units = map[string]calendar.Unit{
	"s": calendar.Exact, "min": calendar.Exact, "h": calendar.Exact,
	"day": calendar.Days, "days": calendar.Days, "week": calendar.Weeks, "weeks": calendar.Weeks,
	"month": calendar.Months, "months": calendar.Months, "year": calendar.Years, "years": calendar.Years,
	"business": calendar.BusinessDays,
}

// otherUnits are words people write for a unit, and the unit they mean.
var otherUnits = map[string]string{
	"sec": "s", "secs": "s", "second": "s", "seconds": "s", "seconde": "s", "secondes": "s",
	"m": "min", "mn": "min", "mins": "min", "minute": "min", "minutes": "min",
	"H": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "heure": "h", "heures": "h",
	"d": "days", "j": "days", "jour": "days", "jours": "days", "mois": "months", "an": "years", "ans": "years",
	"semaine": "weeks", "semaines": "weeks", "working": "business", "ouvrés": "business days",
	"workday": "business day", "workdays": "business days", "working-day": "business day", "working-days": "business days",
	"business-day": "business day", "business-days": "business days",
	"Sekunden": "s", "Minute": "min", "Minuten": "min", "Std": "h", "Std.": "h", "Stunde": "h", "Stunden": "h",
	"Tag": "days", "Tage": "days", "Wochen": "weeks", "Monate": "months", "Jahre": "years",
}

func isUnit(s string) bool {
	_, ok := units[s]
	return ok
}

// A length is a length of time: 15 min, 2 h 30, 3 business days, 36 months,
// the 5th business day of the month.
type length struct {
	v  calendar.Length
	at place
}

// Parse reads a number, its unit and, behind hours, minutes, behind months and
// years what stands for a day that does not exist.
func (n *length) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if t.Value == "the" && n.monthDay(lx) {
		return nil
	}
	switch kindOf(t) {
	case tokNumber:
		lx.Next()
	case tokWord:
		if glued := splitUnit(t.Value); glued != "" {
			return (&problem{code: codeUnitGlued, place: placeOf(t)}).with(
				sla.Prose("found", t.Value), sla.Prose("suggestion", glued)).fixed(placeOf(t), glued)
		}
		return participle.NextMatch
	case tokPercent, tokFraction:
		return (&problem{code: codeUnitMismatch, place: placeOf(t)}).with(
			sla.Prose("found", t.Value), sla.Phrase("is", "kind share"), sla.Phrase("expected", "value length"))
	default:
		return participle.NextMatch
	}
	unit := lx.Peek()
	if kindOf(unit) != tokWord || !isUnit(unit.Value) {
		return notAUnit(t, unit)
	}
	lx.Next()
	n.at = placeOf(t).through(placeOf(unit))
	if unit.Value == "business" {
		if err := n.businessDays(lx); err != nil {
			return err
		}
	}
	return n.set(lx, t, unit)
}

// phrase reads words that must all stand there, or none of them.
func phrase(lx *lexer.PeekingLexer, words ...string) (at place, ok bool) {
	before := lx.MakeCheckpoint()
	at = placeOf(lx.Peek())
	for _, w := range words {
		if lx.Peek().Value != w || kindOf(lx.Peek()) != tokWord {
			lx.LoadCheckpoint(before)
			return at, false
		}
		at = at.through(placeOf(lx.Next()))
	}
	return at, true
}

// orLastDay reads "or the last day of the month".
func (n *length) orLastDay(lx *lexer.PeekingLexer) {
	if n.v.OrLastDay() == n.v {
		return
	}
	if at, ok := phrase(lx, "or", "the", "last", "day", "of", "the", "month"); ok {
		n.v, n.at = n.v.OrLastDay(), n.at.through(at)
	}
}

// longestMonthDay is how many words "the 2nd last business day of the month"
// has.
const longestMonthDay = 8

// monthDay reads "the 5th business day of the month"; false where something
// else stands.
func (n *length) monthDay(lx *lexer.PeekingLexer) bool {
	before := lx.MakeCheckpoint()
	n.at = placeOf(lx.Peek())
	var words []string
	for len(words) < longestMonthDay && kindOf(lx.Peek()) == tokWord {
		t := lx.Next()
		words, n.at = append(words, t.Value), n.at.through(placeOf(t))
		if v, err := calendar.ParseLength(strings.Join(words, " ")); err == nil {
			n.v = v
			return true
		}
	}
	lx.LoadCheckpoint(before)
	return false
}

func (n *length) businessDays(lx *lexer.PeekingLexer) error {
	days := lx.Peek()
	if days.Value != "days" && days.Value != "day" {
		return (&problem{code: codeUnfinished, place: n.at}).with(sla.Name("word", "days"))
	}
	n.at = n.at.through(placeOf(lx.Next()))
	return nil
}

func (n *length) set(lx *lexer.PeekingLexer, amount, unit *lexer.Token) error {
	if units[unit.Value] != calendar.Exact {
		v, err := strconv.Atoi(amount.Value)
		if err != nil || len(amount.Value) > 6 {
			return &problem{code: codeWholeNumber, place: placeOf(amount), args: []sla.Arg{sla.Prose("found", amount.Value)}}
		}
		n.v = calendar.NewLength(v, units[unit.Value])
		n.orLastDay(lx)
		return nil
	}
	d, ok := exact(amount.Value, unit.Value)
	if !ok {
		return tooLong(amount)
	}
	if more, ok := n.seconds(lx, unit.Value); ok {
		n.v = calendar.ExactLength(d + more)
		return nil
	}
	if t := lx.Peek(); unit.Value == "h" && kindOf(t) == tokNumber {
		minutes, ok := exact(t.Value, "min")
		if !ok || minutes >= time.Hour || strings.Contains(t.Value, ".") {
			return &problem{code: codeMinutes, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
		}
		n.at = n.at.through(placeOf(lx.Next()))
		if next := lx.Peek(); next.Value == "min" {
			n.at = n.at.through(placeOf(lx.Next()))
		}
		d += minutes
		if more, ok := n.seconds(lx, "min"); ok {
			d += more
		}
	}
	n.v = calendar.ExactLength(d)
	return nil
}

// seconds reads the seconds behind minutes or hours, as in "43 min 12 s"; false
// where there are none.
func (n *length) seconds(lx *lexer.PeekingLexer, behind string) (time.Duration, bool) {
	before, t := lx.MakeCheckpoint(), lx.Peek()
	if kindOf(t) != tokNumber || behind != "min" && behind != "h" {
		return 0, false
	}
	lx.Next()
	d, ok := exact(t.Value, "s")
	if unit := lx.Peek(); !ok || kindOf(unit) != tokWord || unit.Value != "s" || d >= time.Minute {
		lx.LoadCheckpoint(before)
		return 0, false
	}
	n.at = n.at.through(placeOf(lx.Next()))
	return d, true
}

// exact is amount units as exact time; false when it is too long (a century)
// or finer than a nanosecond.
func exact(amount, unit string) (time.Duration, bool) {
	if len(amount) > maxDigits {
		return 0, false
	}
	v, err := decimal.NewFromString(amount)
	if err != nil {
		return 0, false
	}
	scale := map[string]time.Duration{"s": time.Second, "min": time.Minute, "h": time.Hour}[unit]
	ns := v.Mul(decimal.NewFromInt(int64(scale)))
	const century = 100 * 366 * 24 * time.Hour
	if !ns.IsInteger() || ns.GreaterThan(decimal.NewFromInt(int64(century))) {
		return 0, false
	}
	return time.Duration(ns.IntPart()), true
}

// splitUnit turns 4h into "4 h"; empty when the word is no such thing.
func splitUnit(word string) string {
	i := strings.IndexFunc(word, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
	if i <= 0 {
		return ""
	}
	unit := word[i:]
	if other, ok := otherUnits[unit]; ok {
		unit = other
	}
	if !isUnit(unit) {
		return ""
	}
	return word[:i] + " " + unit
}

// behindLength are keywords that follow a length: one of them directly behind
// the number says that the unit was forgotten.
var behindLength = []string{"after", "before", "during", "each", "for", "from", "in", "of", "to", "within"}

// notAUnit reports a number whose unit is missing, foreign or misspelt.
func notAUnit(amount, unit *lexer.Token) *problem {
	at := placeOf(amount)
	if kindOf(unit) != tokWord || slices.Contains(behindLength, unit.Value) {
		return (&problem{code: codeUnitMissing, place: at}).with(sla.Prose("found", amount.Value), sla.Phrase("expected", "value length"))
	}
	p := &problem{code: codeUnknownUnit, place: placeOf(unit), args: []sla.Arg{sla.Prose("found", unit.Value)}}
	if isCurrency(unit.Value) || unit.Value == "points" {
		return (&problem{code: codeUnitMismatch, place: at.through(placeOf(unit))}).with(
			sla.Prose("found", amount.Value+" "+unit.Value), sla.Phrase("is", "kind "+unitKind(unit.Value)), sla.Phrase("expected", "value length"))
	}
	if other, ok := otherUnits[unit.Value]; ok {
		return p.with(sla.Name("suggestion", other)).fixed(placeOf(unit), other)
	}
	known := []string{"s", "min", "h", "days", "weeks", "months", "years", "business days"}
	if near := spelling.Nearest(unit.Value, known); near != "" {
		return p.with(sla.Name("suggestion", near))
	}
	return p
}

// lengthWord reports a word where a length was wanted: a number glued to its
// unit was handled before, so this is a vague word or a name.
func lengthWord(found *lexer.Token) *problem {
	return &problem{code: codeVagueDuration, place: placeOf(found), args: []sla.Arg{sla.Prose("found", found.Value)}}
}
