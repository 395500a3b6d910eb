package dsl

import (
	"sort"
	"unicode/utf8"

	"github.com/sla-lang/sla/sla"
)

// A source is one file's name and text with the table of its lines.
type source struct {
	name  string
	text  string
	lines []int // byte offset at which each line begins
	// last is the position given last: places are asked for in their order,
	// and counting on from there keeps one very long line from costing its
	// length each time.
	last struct{ offset, line, column int }
}

func newSource(name, text string) *source {
	s := &source{name: name, text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// A place is a stretch of the source in byte offsets, [from, to).
type place struct{ from, to int }

func (t token) place() place { return place{t.start, t.end} }

// through is the smallest place that holds both.
func (p place) through(q place) place {
	return place{min(p.from, q.from), max(p.to, q.to)}
}

// span gives a place in lines and columns, which people count in characters.
func (s *source) span(p place) sla.Span {
	line, column := s.position(p.from)
	s.last.offset, s.last.line, s.last.column = max(0, min(p.from, len(s.text))), line, column
	endLine, endColumn := s.position(p.to)
	return sla.Span{File: s.name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

func (s *source) position(offset int) (line, column int) {
	offset = max(0, min(offset, len(s.text)))
	i := sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > offset }) - 1
	from, column := s.lines[i], 1
	if s.last.line == i+1 && s.last.offset <= offset {
		from, column = s.last.offset, s.last.column
	}
	return i + 1, column + utf8.RuneCountInString(s.text[from:offset])
}

// placeOf gives back the place of a span of this source.
func (s *source) placeOf(at sla.Span) place {
	return place{s.offset(at.Line, at.Column), s.offset(at.EndLine, at.EndColumn)}
}

// line returns the text of a line, counted from 1, without its line end.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	from, to := s.lines[n-1], len(s.text)
	if n < len(s.lines) {
		to = s.lines[n] - 1
	}
	for to > from && s.text[to-1] == '\r' {
		to--
	}
	return s.text[from:to]
}
