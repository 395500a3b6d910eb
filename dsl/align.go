package dsl

import (
	"strings"

	"github.com/sla-lang/sla/internal/display"
)

// What the formatter knows of the registry: how many words begin a line, so
// that what they say can be aligned behind them.

// headInBlock is the number of words that begin a line inside a block: those
// of the longest form that fits, else the first word. Texts that only name
// their language are not aligned.
func (l *language) headInBlock(code []token) int {
	best := 0
	for _, s := range l.scopes()[1:] {
		for _, f := range s.infos() {
			if f.begins(code) {
				best = max(best, len(f.head))
			}
		}
	}
	if best == 0 && len(code) > 1 && code[1].kind == tokText && len(code[0].value) <= 3 {
		return 0
	}
	return max(best, 1)
}

// headAtTop is the same for a line outside all blocks. Lines that may open a
// block are not aligned; a name that follows the head counts as part of it
// where both fit before the column.
func (l *language) headAtTop(code []token) int {
	var form *formInfo
	for _, f := range l.file.infos() {
		if f.begins(code) && (form == nil || len(f.head) > len(form.head)) {
			form = &f
		}
	}
	if form == nil || form.block != noBlock {
		return 0
	}
	n := len(form.head)
	if form.named() && n < len(code) && display.Width(joined(code[:n+1])) < valueColumn {
		n++
	}
	return n
}

// named says whether a name follows the head in the form's pattern, as in
// `review NAME every …`.
func (f formInfo) named() bool {
	parts := strings.Fields(f.reads)
	n := len(f.head)
	return n < len(parts) && (strings.Trim(parts[n], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && parts[n] != "SHARE" || strings.HasPrefix(parts[n], "monthly"))
}
