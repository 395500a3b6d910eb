package dsl

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxFixRounds bounds how often [Mend] looks again: an edit may bring to light
// another mistake behind the one it mended.
const maxFixRounds = 10

// Mend makes all edits that are certain, such as a decimal point for a decimal
// comma, and says how many it made. Everything else stays as it is.
func Mend(name, text string) (fixed string, edits int) {
	for range maxFixRounds {
		a := Analyze(name, text)
		next, n := a.mendOnce(text)
		if n == 0 {
			break
		}
		text, edits = next, edits+n
	}
	return text, edits
}

// mendOnce makes the edits of an analysis, leaving out those that overlap an
// earlier one.
func (a *Analysis) mendOnce(text string) (string, int) {
	var fixes []*Fix
	for i := range a.Diagnostics {
		if d := &a.Diagnostics[i]; d.Fix != nil && d.Accepted == "" {
			fixes = append(fixes, d.Fix)
		}
	}
	slices.SortStableFunc(fixes, func(x, y *Fix) int {
		return cmp.Or(cmp.Compare(x.Span.Line, y.Span.Line), cmp.Compare(x.Span.Column, y.Span.Column))
	})
	var b strings.Builder
	done, n := 0, 0
	for _, f := range fixes {
		from, to := a.source.offset(f.Span.Line, f.Span.Column), a.source.offset(f.Span.EndLine, f.Span.EndColumn)
		if n > 0 && from < done || to < from || text[from:to] == f.Replace {
			continue
		}
		b.WriteString(text[done:from])
		b.WriteString(f.Replace)
		done, n = to, n+1
	}
	b.WriteString(text[done:])
	return b.String(), n
}

// offset is the byte at a line and column, both counted from 1.
func (s *source) offset(line, column int) int {
	if line < 1 || line > len(s.lines) {
		return len(s.text)
	}
	at := s.lines[line-1]
	for ; column > 1 && at < len(s.text); column-- {
		_, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
	}
	return at
}
