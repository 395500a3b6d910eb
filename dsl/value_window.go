package dsl

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

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

// A per is how often something is measured: `each calendar month`, and `in any
// 30 days` where the window may lie anywhere.
type per struct{ window }

// Parse reads "each" or "in" and the window behind it.
func (n *per) Parse(lx *lexer.PeekingLexer) error {
	ahead := *lx
	head := ahead.Next()
	anywhere := ahead.Peek().Value == "any"
	if head.Value != "each" && (head.Value != "in" || !anywhere) {
		return participle.NextMatch
	}
	if anywhere && head.Value == "each" {
		at := placeOf(head).through(placeOf(ahead.Peek()))
		return (&problem{code: codeUnknownWindow, place: at}).with(sla.Prose("found", "each any"), sla.Name("suggestion", "in any")).fixed(placeOf(head), "in")
	}
	lx.Next()
	return n.window.Parse(lx)
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
