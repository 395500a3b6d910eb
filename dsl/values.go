package dsl

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/spelling"
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
	}
	n.v = calendar.ExactLength(d)
	return nil
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

// A day is a civil date.
type day struct {
	v  calendar.Date
	at place
}

// Parse reads 2026-01-31.
func (n *day) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokDate)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseDate(t.Value)
	if perr != nil {
		return &problem{code: codeNoSuchDate, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// A yearly is a date of every year: 12-25.
type yearly struct {
	v  calendar.MonthDay
	at place
}

// Parse reads MM-DD.
func (n *yearly) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokMonthDay)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseMonthDay(t.Value)
	if perr != nil {
		return &problem{code: codeNoSuchDate, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// A clockTime is a time of day.
type clockTime struct {
	v  calendar.TimeOfDay
	at place
}

// Parse reads 18:30.
func (n *clockTime) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokTime)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseTimeOfDay(t.Value)
	if perr != nil {
		return noSuchTime(t.Value, t.Value, placeOf(t))
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// An instant is a date and time in one word, with its offset as a rule:
// 2026-10-25T02:30:00+02:00.
type instant struct {
	v  calendar.Moment
	at place
}

// Parse reads an instant.
func (n *instant) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokInstant)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseMoment(t.Value)
	if perr != nil {
		return &problem{code: codeNoSuchTime, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// An hours is a stretch of the day: 08:00-19:00.
type hours struct {
	v  calendar.Hours
	at place
}

// Parse reads HH:MM-HH:MM.
func (n *hours) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokHours)
	if err != nil {
		return err
	}
	from, to, _ := strings.Cut(t.Value, "-")
	for _, end := range []struct {
		text string
		into *calendar.TimeOfDay
	}{{from, &n.v.From}, {to, &n.v.To}} {
		v, perr := calendar.ParseTimeOfDay(end.text)
		if perr != nil {
			return noSuchTime(end.text, t.Value, placeOf(t))
		}
		*end.into = v
	}
	n.at = placeOf(t)
	return nil
}

// A days is a set of days of the week: Mon-Fri, or Sunday.
type days struct {
	v  calendar.Weekdays
	at place
}

// Parse reads one day or a range of days.
func (n *days) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokWord)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseWeekdays(shortDays(t.Value))
	if perr != nil {
		p := (&problem{code: codeNoSuchDay, place: placeOf(t)}).with(sla.Prose("found", t.Value))
		if meant := otherDays(t.Value); meant != "" {
			p.with(sla.Name("suggestion", meant)).fixed(p.place, meant)
		}
		return p
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// dayNames are the first letters of days in other languages, where they leave
// no doubt, and words for several days.
var dayNames = map[string]string{
	"lun": "Mon", "mar": "Tue", "mer": "Wed", "jeu": "Thu", "ven": "Fri", "sam": "Sat", "dim": "Sun",
	"mo": "Mon", "di": "Tue", "mi": "Wed", "do": "Thu", "fr": "Fri", "sa": "Sat", "so": "Sun",
	"montag": "Mon", "dienstag": "Tue", "mittwoch": "Wed", "donnerstag": "Thu", "freitag": "Fri", "samstag": "Sat", "sonntag": "Sun",
	"lundi": "Mon", "mardi": "Tue", "mercredi": "Wed", "jeudi": "Thu", "vendredi": "Fri", "samedi": "Sat", "dimanche": "Sun",
	"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun",
	"tues": "Tue", "weds": "Wed", "thur": "Thu", "thurs": "Thu",
	"monday": "Mon", "tuesday": "Tue", "wednesday": "Wed", "thursday": "Thu", "friday": "Fri", "saturday": "Sat", "sunday": "Sun",
	"weekdays": "Mon-Fri", "workdays": "Mon-Fri", "weekends": "Sat-Sun", "weekend": "Sat-Sun", "daily": "Mon-Sun", "everyday": "Mon-Sun",
}

// otherDays gives the days that are meant, "" where it is not sure.
func otherDays(s string) string {
	parts := strings.Split(strings.ToLower(s), "-")
	for i, p := range parts {
		day, ok := dayNames[p]
		if !ok || len(parts) > 1 && strings.Contains(day, "-") {
			return ""
		}
		parts[i] = day
	}
	return strings.Join(parts, "-")
}

// shortDays turns the full English names of days into the short ones.
func shortDays(s string) string {
	parts := strings.Split(s, "-")
	for i, p := range parts {
		for _, d := range []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} {
			if p == d {
				parts[i] = d[:3]
			}
		}
	}
	return strings.Join(parts, "-")
}

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

// otherOps are signs and words people write for an operator.
var otherOps = map[string]string{
	">=": "at least", "≥": "at least", "=>": "at least", ">": "above", "over": "above", "exceeds": "above",
	"more": "above", "greater": "above", "less": "below", "fewer": "below",
	"<=": "at most", "≤": "at most", "=<": "at most", "<": "below", "under": "below", "minimum": "at least", "maximum": "at most",
}

// A window is a measurement period: calendar month, contract year, 30 days.
type window struct {
	v  sla.Window
	at place
}

// windowWords are the words that follow the first word of a window with more
// than one; "#" is a number and "*" a name.
var windowWords = map[string]string{
	"calendar": "*", "contract": "*", "clock": "*", "billing": "month from day #", "fiscal": "* from *", "any": "# *",
}

// Parse reads the longest window that fits.
func (n *window) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if kindOf(t) == tokNumber {
		return n.counted(lx)
	}
	if kindOf(t) != tokWord {
		return participle.NextMatch
	}
	if w := sla.Window(t.Value); w.Valid() {
		n.v, n.at = w, placeOf(lx.Next())
		return nil
	}
	follow, ok := windowWords[t.Value]
	if !ok {
		p := (&problem{code: codeUnknownWindow, place: placeOf(t)}).with(sla.Prose("found", t.Value))
		if w := sla.Window("calendar " + t.Value); w.Valid() {
			p.with(sla.Name("suggestion", string(w))).fixed(placeOf(t), string(w))
		}
		return p
	}
	n.at = placeOf(lx.Next())
	text := t.Value
	for _, want := range strings.Fields(follow) {
		next := lx.Peek()
		if next.EOF() || want != "*" && want != "#" && next.Value != want || want == "#" && kindOf(next) != tokNumber {
			return n.unknown(text+" "+next.Value, n.at.through(placeOf(next)))
		}
		text += " " + next.Value
		n.at = n.at.through(placeOf(lx.Next()))
	}
	if text = inPlural(text); !sla.Window(text).Valid() {
		return n.unknown(text, n.at)
	}
	n.v = sla.Window(text)
	return nil
}

// counted reads `30 days`, `3 months` and `365 days before the claim`.
func (n *window) counted(lx *lexer.PeekingLexer) error {
	number := lx.Next()
	unit := lx.Peek()
	if kindOf(unit) != tokWord {
		return n.unknown(number.Value, placeOf(number))
	}
	n.at = placeOf(number).through(placeOf(lx.Next()))
	text := inPlural(number.Value + " " + unit.Value)
	if lx.Peek().Value == "before" {
		for _, want := range []string{"before", "the", "claim"} {
			next := lx.Peek()
			if next.Value != want {
				return n.unknown(text, n.at)
			}
			text += " " + want
			n.at = n.at.through(placeOf(lx.Next()))
		}
	}
	if n.v = sla.Window(text); !n.v.Valid() {
		return n.unknown(text, n.at)
	}
	return nil
}

// inPlural writes "1 month" as the windows with a number are called.
func inPlural(text string) string {
	for _, unit := range []string{" day", " month"} {
		if before, found := strings.CutSuffix(text, unit); found && strings.HasSuffix(before, "1") {
			return text + "s"
		}
	}
	return text
}

func (n *window) unknown(found string, at place) *problem {
	return (&problem{code: codeUnknownWindow, place: at}).with(sla.Prose("found", strings.TrimSpace(found)))
}

// A level is what a target is compared with: a share, exact time, or a number
// with its unit or without.
type level struct {
	share  *credits.Share
	time   *calendar.Length
	number *sla.Quantity
	at     place
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
	if unit := lx.Peek(); kindOf(unit) == tokWord {
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
