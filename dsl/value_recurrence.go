package dsl

import (
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// A recurring is on which dates something comes again: behind `every`, days of
// the week, `business day` or `day`, perhaps a certain one in each period or
// from a date on.
type recurring struct {
	v  calendar.Recurrence
	at place
}

// Parse reads `Sunday`, `business day`, `2nd Sat of the month`, `last day of the
// quarter`, `2nd Sunday from 2026-01-04`, `Sunday of July, August`.
func (n *recurring) Parse(lx *lexer.PeekingLexer) error {
	n.at = placeOf(lx.Peek())
	if kindOf(lx.Peek()) == tokText {
		return notDates(lx.Peek())
	}
	var which nth
	switch err := which.Parse(lx); {
	case err == nil:
		n.v.Nth = which.n
	case err != participle.NextMatch:
		return err
	default:
		if p := ordinalInWords(lx); p != nil {
			return p
		}
	}
	if err := n.days(lx); err != nil {
		return err
	}
	return n.counted(lx)
}

// ordinalWords are ordinals that people write out; every other is every second.
var ordinalWords = map[string]string{
	"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "other": "2nd", "alternate": "2nd",
}

func ordinalInWords(lx *lexer.PeekingLexer) *problem {
	t := lx.Peek()
	digits, ok := ordinalWords[strings.ToLower(t.Value)]
	if !ok {
		return nil
	}
	return (&problem{code: codeNumberInWords, place: placeOf(t)}).with(sla.Prose("suggestion", digits)).fixed(placeOf(t), digits)
}

// notDates teaches how dates that come again are written.
func notDates(t *lexer.Token) *problem {
	return (&problem{code: codeUnexpected, place: placeOf(t)}).with(sla.Prose("found", t.Value), sla.Phrase("lesson", "lesson recurrence"))
}

// days reads which days are counted.
func (n *recurring) days(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	switch t.Value {
	case "day":
		if n.at = n.at.through(placeOf(lx.Next())); n.v.Nth == 0 {
			n.v.Days = calendar.EveryDay
		}
		return nil
	case "business", "working", "work":
		lx.Next()
		day := lx.Peek()
		at := placeOf(t).through(placeOf(day))
		switch {
		case day.Value != "day":
			return (&problem{code: codeUnfinished, place: placeOf(day)}).with(sla.Name("word", "day"))
		case t.Value != "business":
			return (&problem{code: codeNoSuchDay, place: at}).with(sla.Prose("found", t.Value+" day"), sla.Name("suggestion", "business day")).fixed(at, "business day")
		}
		n.v.Business, n.at = true, n.at.through(placeOf(lx.Next()))
		return nil
	case "week", "month", "quarter", "half-year", "year":
		return notDates(t)
	case "hour", "minute":
		one := map[string]string{"hour": "1 h", "minute": "1 min"}[t.Value]
		return (&problem{code: codeNumberInWords, place: placeOf(t)}).with(sla.Prose("suggestion", one)).fixed(placeOf(t), one)
	case "and", ",":
		if n.v.Nth != 0 { // the 1st and 3rd Sunday
			return (&problem{code: codeUnexpected, place: placeOf(t)}).with(sla.Prose("found", t.Value), sla.Phrase("lesson", "lesson recurrence-each"))
		}
	}
	for {
		var d days
		if err := d.Parse(lx); err != nil {
			return err
		}
		n.v.Days, n.at = n.v.Days|d.v, n.at.through(d.at)
		if lx.Peek().Value != "," {
			return nil
		}
		lx.Next()
	}
}

// counted reads what the days are counted in, or from when.
func (n *recurring) counted(lx *lexer.PeekingLexer) error {
	switch lx.Peek().Value {
	case "from":
		lx.Next()
		var d day
		if err := d.Parse(lx); err != nil {
			return err
		}
		n.v.From, n.at = &d.v, n.at.through(d.at)
	case "of":
		lx.Next()
		return n.period(lx)
	default:
		if n.v.Nth != 0 {
			return (&problem{code: codeUnfinished, place: placeOf(lx.Peek())}).with(sla.Name("word", "of the month` or `from 2026-01-04"))
		}
	}
	return nil
}

// period reads the period, or months by their names.
func (n *recurring) period(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if t.Value == "the" || t.Value == "each" || t.Value == "every" {
		lx.Next()
		p := lx.Peek()
		known := []string{string(calendar.OfMonth), string(calendar.OfQuarter), string(calendar.OfHalfYear), string(calendar.OfYear)}
		if !slices.Contains(known, p.Value) {
			return (&problem{code: codeNotOneOf, place: placeOf(p)}).with(sla.Prose("found", p.Value), sla.Name("what", t.Value), sla.List("allowed", known))
		}
		n.v.Of, n.at = calendar.RecurrencePeriod(p.Value), n.at.through(placeOf(lx.Next()))
		return nil
	}
	for {
		t := lx.Peek()
		month := slices.IndexFunc(monthNames(), func(name string) bool { return name == t.Value })
		if month < 0 {
			return (&problem{code: codeNotOneOf, place: placeOf(t)}).with(sla.Prose("found", t.Value), sla.Name("what", "of"), sla.List("allowed", append([]string{"the month"}, monthNames()...)))
		}
		n.v.Months, n.at = append(n.v.Months, month+1), n.at.through(placeOf(lx.Next()))
		if lx.Peek().Value != "," {
			return nil
		}
		lx.Next()
	}
}

func monthNames() []string {
	out := make([]string, 12)
	for i := range out {
		out[i] = time.Month(i + 1).String()
	}
	return out
}
