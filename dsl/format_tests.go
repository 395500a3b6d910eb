package dsl

import (
	"slices"

	"github.com/sla-lang/sla/internal/display"
)

// The sentences of tests read as sentences. Three things are put in columns:
// what a reader compares in consecutive lines, which are the instants behind
// the events of a ticket and the braces of facts on one line, and, like
// comments, what is said of a fact or a result behind it: `incident INC-1`,
// `note "…"`, `because "…"`, the words of a warning.

// Columns of sentences.
const (
	maxEvent = 12 // an event longer than this stands out and moves no other
	maxHead  = 64 // facts longer than this move no other's braces
)

// sentenceColumns are how wide, counted from the beginning of the line, its
// first word is written, and what stands before its brace; 0 as they are.
type sentenceColumns struct{ event, brace int }

// columnsOf looks for lines that follow each other and are alike.
func columnsOf(lines [][]token) []sentenceColumns {
	out := make([]sentenceColumns, len(lines))
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && len(lines[to]) > 0 && sameRun(lines[to-1], lines[to]) {
			to++
		}
		var wide sentenceColumns
		for _, line := range lines[from:to] {
			if w := eventWidth(line); w <= maxEvent {
				wide.event = max(wide.event, w)
			}
			if w := headWidth(line); w <= maxHead {
				wide.brace = max(wide.brace, w)
			}
		}
		for i := from; i < to; i++ {
			if w := eventWidth(lines[i]); w > 0 && w <= maxEvent {
				out[i].event = wide.event
			}
			if w := headWidth(lines[i]); w > 0 && w <= maxHead {
				out[i].brace = wide.brace
			}
		}
		from = to
	}
	return out
}

// sameRun says whether two lines stand in one block, without a line between
// them that opens or closes one.
func sameRun(a, b []token) bool {
	return len(a) > 0 && balanced(a) && balanced(b)
}

func balanced(line []token) bool {
	depth := 0
	for _, t := range line {
		switch t.kind {
		case tokOpen:
			depth++
		case tokClose:
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// eventWidth is the width of the event that a line begins with, 0 for others.
func eventWidth(line []token) int {
	if len(line) < 2 || line[0].kind != tokWord || line[1].kind != tokDate || !balanced(line) {
		return 0
	}
	return display.Width(line[0].value)
}

// headWidth is the width of what stands before the braces of a line that holds
// all of a block, 0 for others.
func headWidth(line []token) int {
	open := slices.IndexFunc(line, func(t token) bool { return t.kind == tokOpen })
	if open < 1 || !balanced(line) {
		return 0
	}
	return display.Width(joined(line[:open]))
}

// gaps are the blanks before the tokens of a sentence.
func (c sentenceColumns) gaps(code []token, goesOn bool) func(i, column int) int {
	tail := 0
	if !goesOn {
		tail = tailOf(code)
	}
	begin := -1
	return func(i, column int) int {
		if begin < 0 {
			begin = column - display.Width(code[0].value)
		}
		switch {
		case i == 1 && c.event > 0:
			return max(1, begin+c.event+1-column)
		case code[i].kind == tokOpen && c.brace > 0:
			return max(1, begin+c.brace+1-column)
		case i == tail:
			return max(2, commentColumn-column)
		}
		return 1
	}
}

// tailOf is the token at which a sentence has said its fact or result and goes
// on with what belongs to it; 0 where it does not.
func tailOf(code []token) int {
	if slices.ContainsFunc(code, func(t token) bool { return t.kind == tokOpen || t.kind == tokClose }) {
		return 0
	}
	for i := 2; i < len(code); i++ {
		before := code[i-1]
		instant := before.kind == tokTime || before.kind == tokDate || before.value == "(first)" || before.value == "(second)"
		switch code[i].value {
		case "because", "note":
			return i
		case "incident", "cause", "announced", "proved":
			if instant {
				return i
			}
		}
		if code[i].kind == tokText && slices.Contains([]string{"error", "warning", "info", "refused"}, code[i-2].value) {
			return i
		}
	}
	return 0
}
