package dsl

import (
	"fmt"
	"slices"
	"time"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// The values of tests: instants in the contract's local time, periods,
// answers.

// A moment is an instant as tests write it: a date, and mostly a time of day,
// on the clocks of the contract; one that happens twice says which is meant.
type moment struct {
	day     calendar.Date
	time    calendar.TimeOfDay
	hasTime bool
	// which is 1 or 2 for a time that happens twice and says (first) or
	// (second), 0 otherwise.
	which int
	at    place
}

// Parse reads 2026-03-10 09:05 [(first)|(second)].
func (n *moment) Parse(lx *lexer.PeekingLexer) error {
	var d day
	if err := d.Parse(lx); err != nil {
		return err
	}
	n.day, n.at = d.v, d.at
	return n.clock(lx)
}

// clock reads the time of day behind a date.
func (n *moment) clock(lx *lexer.PeekingLexer) error {
	var c clockTime
	if kindOf(lx.Peek()) != tokTime {
		return nil
	}
	if err := c.Parse(lx); err != nil {
		return err
	}
	n.time, n.hasTime, n.at = c.v, true, n.at.through(c.at)
	switch t := lx.Peek(); t.Value {
	case "(first)":
		n.which = 1
	case "(second)":
		n.which = 2
	default:
		return nil
	}
	n.at = n.at.through(placeOf(lx.Next()))
	return nil
}

// An ending is the end of a stretch of time; a time of day alone is on the
// date of its beginning.
type ending struct {
	moment
	sameDay bool
}

// Parse reads a time of day or a moment.
func (n *ending) Parse(lx *lexer.PeekingLexer) error {
	if kindOf(lx.Peek()) == tokTime {
		n.sameDay, n.at = true, placeOf(lx.Peek())
		return n.clock(lx)
	}
	return n.moment.Parse(lx)
}

// A periodName is a month, quarter, half-year or year, or one that begins on a
// date of its own.
type periodName struct {
	text     string
	from, to calendar.Date
	at       place
}

// Parse reads 2026-03, 2026-Q1, 2026-H1, 2026, a date, or from 2026-01-15.
func (n *periodName) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	ahead := *lx
	if ahead.Next(); t.Value == "from" && kindOf(ahead.Peek()) == tokDate {
		date := ahead.Next()
		*lx = ahead
		n.text, n.at = "from "+date.Value, placeOf(t).through(placeOf(date))
		var err error
		if n.from, n.to, err = sla.ParsePeriods(n.text); err != nil {
			return &problem{code: codeNoSuchPeriod, place: n.at, args: []sla.Arg{sla.Prose("found", n.text)}}
		}
		return nil
	}
	switch kindOf(t) {
	case tokMonth, tokDate, tokNumber, tokWord:
	default:
		return participle.NextMatch
	}
	from, to, err := sla.ParsePeriods(t.Value)
	if err != nil {
		return &problem{code: codeNoSuchPeriod, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	lx.Next()
	n.text, n.from, n.to, n.at = t.Value, from, to, placeOf(t)
	return nil
}

// A periodSpan is a period, or all of its kind up to another.
type periodSpan struct {
	First periodName  `parser:"@@"`
	Last  *periodName `parser:"( 'to' @@ )?"`
}

// all lists the periods of a span, each named like the first.
func (n *periodSpan) all() []periodName {
	out := []periodName{n.First}
	for n.Last != nil && out[len(out)-1].to.Before(n.Last.to) {
		next := out[len(out)-1].following()
		if next.to.Before(out[len(out)-1].to) {
			break // a kind of period that has no name of this form
		}
		out = append(out, next)
	}
	return out
}

// following is the period of the same kind behind this one.
func (n periodName) following() periodName {
	d := n.to
	name := d.String()
	switch len(n.text) {
	case len("2026"):
		name = name[:4]
	case len("2026-03"):
		name = name[:7]
		if kind := n.text[5]; kind == 'Q' || kind == 'H' {
			months := map[byte]int{'Q': 3, 'H': 6}[kind]
			name = fmt.Sprintf("%s-%c%d", name[:4], kind, (int(d.Month())-1)/months+1)
		}
	}
	out := periodName{text: name, at: n.at}
	out.from, out.to, _ = sla.ParsePeriods(name)
	return out
}

// A stretch is what is tested: a period by its name, or two dates of which
// both belong to it.
type stretch struct {
	periodName
}

// Parse reads a period, or DATE to DATE.
func (n *stretch) Parse(lx *lexer.PeekingLexer) error {
	if kindOf(lx.Peek()) != tokDate {
		return n.periodName.Parse(lx)
	}
	var from, to day
	if err := from.Parse(lx); err != nil {
		return err
	}
	if lx.Peek().Value != "to" {
		return (&problem{code: codeUnfinished, place: from.at}).with(sla.Name("word", "to"))
	}
	lx.Next()
	if err := to.Parse(lx); err != nil {
		if err == participle.NextMatch {
			return (&problem{code: codeUnfinished, place: from.at}).with(sla.Phrase("expected", "value day"))
		}
		return err
	}
	n.from, n.to, n.at = from.v, to.v.AddDays(1), from.at.through(to.at)
	return nil
}

// An answer is one thing that a sentence with "is" says.
type answer struct {
	// value is a measured value as written, with its unit where it is not a
	// share; took is one that is a time.
	value, unit string
	took        *time.Duration
	// word is a verdict or the state of a clock; soFar marks the verdict of
	// an open window.
	word  string
	soFar bool
	// length is what is left of a limit, or over it.
	left, over *time.Duration
	due        *moment
	dueUnknown bool
	at         place
}

// answerWords are the words an answer may be, and dueWord what one about a
// due time begins with.
var answerWords = []string{
	"met", "missed", "open", "disputed", "not measured", "not applicable", "provisional",
	"running", "paused", "late", "cancelled", "not started", "not covered",
}

// Parse reads a value, a verdict or state, a time left or over, or a due time.
func (n *answer) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	n.at = placeOf(t)
	switch kindOf(t) {
	case tokPercent, tokFraction:
		n.value = lx.Next().Value
		if len(n.value) > maxDigits {
			return tooLong(t)
		}
		return nil
	case tokNumber:
		return n.number(lx)
	case tokWord:
		return n.words(lx)
	}
	return participle.NextMatch
}

func (n *answer) number(lx *lexer.PeekingLexer) error {
	ahead := *lx
	t := ahead.Next()
	if unit := ahead.Peek(); kindOf(unit) != tokWord || unit.Value == "because" {
		n.value = lx.Next().Value
		if len(n.value) > maxDigits {
			return tooLong(t)
		}
		return nil
	}
	if unit := ahead.Peek(); !isUnit(unit.Value) {
		n.value, n.unit = lx.Next().Value, unit.Value
		n.at = n.at.through(placeOf(lx.Next()))
		return nil
	}
	var v length
	if err := v.Parse(lx); err != nil {
		return err
	}
	n.at = v.at
	if !v.v.IsExact() {
		return &problem{code: codeExactNeeded, place: v.at, args: []sla.Arg{sla.Prose("found", v.v.String())}}
	}
	d := v.v.Duration()
	switch side := lx.Peek(); side.Value {
	case "left":
		n.left = &d
	case "over":
		n.over = &d
	default:
		n.took = &d
		return nil
	}
	n.at = n.at.through(placeOf(lx.Next()))
	return nil
}

func (n *answer) words(lx *lexer.PeekingLexer) error {
	first := lx.Next()
	said := first.Value
	if said == "due" {
		return n.dueTime(lx)
	}
	if said == "so" && lx.Peek().Value == "far" {
		lx.Next()
		n.soFar = true
		said = lx.Peek().Value
		if kindOf(lx.Peek()) == tokWord {
			n.at = n.at.through(placeOf(lx.Next()))
		}
	}
	if said == "not" && kindOf(lx.Peek()) == tokWord {
		said += " " + lx.Peek().Value
		n.at = n.at.through(placeOf(lx.Next()))
	}
	if !slices.Contains(answerWords, said) {
		p := (&problem{code: codeNotOneOf, place: n.at}).with(sla.Prose("found", said), sla.Name("what", "is"), sla.List("allowed", append(answerWords, "due")))
		if near := spelling.Nearest(said, answerWords); near != "" {
			p.with(sla.Name("suggestion", near)).fixed(n.at, near)
		}
		return p
	}
	n.word = said
	return nil
}

func (n *answer) dueTime(lx *lexer.PeekingLexer) error {
	if t := lx.Peek(); t.Value == "unknown" {
		n.dueUnknown, n.at = true, n.at.through(placeOf(lx.Next()))
		return nil
	}
	var due moment
	err := due.Parse(lx)
	switch {
	case err == participle.NextMatch:
		return (&problem{code: codeUnfinished, place: n.at}).with(sla.Phrase("expected", "value moment"))
	case err != nil:
		return err
	}
	n.due, n.at = &due, n.at.through(due.at)
	return nil
}

// An exactTime is a length without days: what clocks and outages take.
type exactTime struct {
	v  time.Duration
	at place
}

// Parse reads 3 h 45, 217 min or 90 s.
func (n *exactTime) Parse(lx *lexer.PeekingLexer) error {
	var v length
	if err := v.Parse(lx); err != nil {
		return err
	}
	if !v.v.IsExact() {
		return &problem{code: codeExactNeeded, place: v.at, args: []sla.Arg{sla.Prose("found", v.v.String())}}
	}
	n.v, n.at = v.v.Duration(), v.at
	return nil
}

// resolve finds the instant of a moment on the contract's clocks. end makes of
// a date alone its end, last its last instant; otherwise it is its first.
func (l *lowering) resolve(n *moment, alone dateAlone) (time.Time, bool) {
	z := l.test.zone
	if z == nil {
		return time.Time{}, false
	}
	if !n.hasTime {
		at := z.StartOf(n.day)
		switch alone {
		case itsEnd:
			at = z.StartOf(n.day.AddDays(1))
		case itsLast:
			at = z.StartOf(n.day.AddDays(1)) - 1
		}
		return at.Time().In(z.Location()), true
	}
	first, second, times := z.Resolve(n.day, n.time)
	switch {
	case times == 0:
		l.report(codeTimeSkipped, n.at, sla.Prose("found", n.day.String()+" "+n.time.String()), sla.Name("zone", z.Name()))
		return time.Time{}, false
	case times == 2 && n.which == 0:
		l.report(codeTimeTwice, n.at, sla.Prose("found", n.day.String()+" "+n.time.String()), sla.Name("zone", z.Name()))
		return time.Time{}, false
	case n.which == 2 && times == 2:
		first = second
	}
	return first.Time().In(z.Location()), true
}

// dateAlone says what a date without a time of day stands for.
type dateAlone uint8

const (
	itsStart dateAlone = iota
	itsEnd
	itsLast
)

// until resolves an ending for a stretch that begins at a moment.
func (l *lowering) until(n *ending, from *moment) (time.Time, bool) {
	m := n.moment
	if n.sameDay {
		m.day = from.day
	}
	return l.resolve(&m, itsEnd)
}
