package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/internal/display"
)

// The formatter works on tokens: it writes every token and comment of the
// file again, in the same order and on the same line, and decides nothing but
// the white space between them. It cannot change what a contract says.

// Columns of the one layout.
const (
	indentWidth   = 2
	valueColumn   = 17  // where the rest of a line begins, behind its head
	commentColumn = 56  // where comments behind a line stand
	maxPadding    = 120 // a cell wider than this stands out and widens no other
)

// Format lays a file out in the one canonical way. It changes white space
// only. A file whose braces or quotes do not pair, or with characters that
// cannot be seen, is not formatted: ok is false and the text comes back as it
// was.
func Format(text string) (formatted string, ok bool) {
	if unreadable(text) != nil {
		return text, false
	}
	src := newSource("", text)
	tokens, odd := lex(text)
	unclosed := slices.ContainsFunc(tokens, func(t token) bool { return t.kind == tokUnclosed })
	if len(odd) > 0 || unclosed || len(grow(src, tokens).problems) > 0 {
		return text, false
	}
	lines := physicalLines(tokens)
	f := &formatter{lang: edition1(), source: text, sentences: slices.ContainsFunc(lines, beginsTests)}
	f.layOut(lines)
	return f.out.String(), !f.failed
}

func (f *formatter) layOut(lines [][]token) {
	f.columns = columnsOf(lines)
	for i, line := range lines {
		f.at = i
		f.add(line)
	}
	f.flushTable()
}

type formatter struct {
	lang   *language
	source string
	out    strings.Builder
	depth  int
	// blank remembers an empty line to be written before the next.
	blank, any, opened bool
	// rows are the rows of the table being collected.
	rows [][]token
	// goesOn says that the line before ended with a comma.
	goesOn bool
	failed bool
	// columns are those of the sentences of tests, line by line; at is the line
	// being written.
	columns []sentenceColumns
	at      int
	// sentences says that lines are those of tests, which read as sentences
	// and are not aligned behind their first words: all of a file of tests, or
	// of the block of depth example that is open.
	sentences bool
	example   bool
}

// beginsTests says whether a line is one that only files of tests have at
// their top.
func beginsTests(line []token) bool {
	if len(line) < 2 {
		return false
	}
	switch line[0].value {
	case "test":
		return line[1].value == "of" || line[1].kind == tokText
	case "cases":
		return line[1].kind == tokText
	}
	return false
}

// physicalLines cuts tokens at line ends.
func physicalLines(tokens []token) [][]token {
	var lines [][]token
	from := 0
	for i, t := range tokens {
		if t.kind == tokNewline || t.kind == tokEnd {
			lines = append(lines, tokens[from:i])
			from = i + 1
		}
	}
	return lines
}

func (f *formatter) add(line []token) {
	if len(line) == 0 {
		f.flushTable()
		f.blank = f.any
		return
	}
	if line[0].kind == tokBar {
		f.rows = append(f.rows, line)
		return
	}
	f.flushTable()
	code, comment := splitComment(line)
	if len(code) == 0 {
		f.begin(f.depth)
		f.out.WriteString(comment)
		f.end()
		return
	}
	f.line(code, comment)
}

func splitComment(line []token) (code []token, comment string) {
	if n := len(line) - 1; line[n].kind == tokComment {
		return line[:n], strings.TrimRight(line[n].value, " \t")
	}
	return line, ""
}

// line writes one line of statements or braces.
func (f *formatter) line(code []token, comment string) {
	depth := f.depth
	if code[0].kind == tokClose {
		depth, f.blank = depth-1, false
	}
	f.begin(depth)
	column := depth * indentWidth
	put := func(text string) {
		f.out.WriteString(text)
		column += display.Width(text)
	}
	if f.goesOn {
		put(strings.Repeat(" ", valueColumn-column))
	}
	if depth == 0 && code[0].value == "example" {
		f.sentences, f.example = true, true
	}
	gap := f.gaps(code, depth)
	for i, t := range code {
		if i > 0 && t.kind != tokComma {
			put(strings.Repeat(" ", gap(i, column)))
		}
		put(f.text(t))
		f.count(t)
	}
	if f.example && f.depth == 0 {
		f.sentences, f.example = false, false
	}
	f.goesOn = code[len(code)-1].kind == tokComma
	f.opened = code[len(code)-1].kind == tokOpen
	if comment != "" {
		f.comment(column, comment)
	}
	f.end()
}

// gaps says how many blanks stand before each token of a line but the first,
// given the column where the text before it ends.
func (f *formatter) gaps(code []token, depth int) func(i, column int) int {
	if f.sentences {
		return f.columns[f.at].gaps(code, f.goesOn)
	}
	head := f.headLength(code, depth)
	return func(i, column int) int {
		if i == head {
			return max(1, valueColumn-column)
		}
		return 1
	}
}

func (f *formatter) count(t token) {
	switch t.kind {
	case tokOpen:
		f.depth++
	case tokClose:
		f.depth--
	}
}

// text is the token as it stands in the file: the formatter does not know
// better than the author which quotes to use.
func (f *formatter) text(t token) string {
	text := f.source[t.start:t.end]
	if t.kind != tokText && t.kind != tokComment && t.kind != tokUnclosed && strings.HasSuffix(t.value, "%") {
		text = strings.Map(func(c rune) rune { // 99.50 % is written 99.50%
			if isSpace(c) {
				return -1
			}
			return c
		}, text)
	}
	return text
}

func (f *formatter) comment(column int, comment string) {
	f.out.WriteString(strings.Repeat(" ", max(2, commentColumn-column)))
	f.out.WriteString(comment)
}

// begin starts a line at a depth, after at most one empty line.
func (f *formatter) begin(depth int) {
	if depth < 0 {
		depth, f.failed = 0, true
	}
	if f.blank && !f.opened {
		f.out.WriteByte('\n')
	}
	f.blank, f.opened = false, false
	f.out.WriteString(strings.Repeat(" ", depth*indentWidth))
}

func (f *formatter) end() {
	f.out.WriteByte('\n')
	f.any = true
}

// headLength is the number of tokens before the aligned column; 0 for lines
// that are not aligned, such as those that open a block.
func (f *formatter) headLength(code []token, depth int) int {
	if f.goesOn || code[0].kind != tokWord || depth == 0 && code[len(code)-1].kind == tokOpen {
		return 0
	}
	if depth > 0 {
		return f.lang.headInBlock(code)
	}
	return f.lang.headAtTop(code)
}

// flushTable writes the rows collected, with their cells aligned.
func (f *formatter) flushTable() {
	if len(f.rows) == 0 {
		return
	}
	rows, comments := make([][]string, len(f.rows)), make([]string, len(f.rows))
	closing := make([][]token, len(f.rows))
	var widths []int
	for i, line := range f.rows {
		code, comment := splitComment(line)
		comments[i] = comment
		rows[i], closing[i] = f.cells(code)
		for j, c := range rows[i] {
			if j == len(widths) {
				widths = append(widths, 0)
			}
			if w := display.Width(c); w <= maxPadding {
				widths[j] = max(widths[j], w)
			}
		}
	}
	for i, cells := range rows {
		f.begin(f.depth)
		var b strings.Builder
		b.WriteByte('|')
		for j, c := range cells {
			b.WriteString(" " + display.Pad(c, widths[j]) + " |")
		}
		for _, t := range closing[i] {
			b.WriteString(" " + f.text(t))
			f.count(t)
		}
		f.out.WriteString(b.String())
		if comments[i] != "" {
			f.comment(f.depth*indentWidth+display.Width(b.String()), comments[i])
		}
		f.end()
	}
	f.rows = nil
}

// cells joins the tokens of each cell of a row; a brace behind the row is
// given back to be written after it.
func (f *formatter) cells(code []token) (cells []string, closing []token) {
	var cell []string
	bar := true
	for i, t := range code {
		switch {
		case t.kind == tokClose:
			if len(cell) > 0 {
				cells = append(cells, strings.Join(cell, " "))
			}
			return cells, code[i:]
		case t.kind == tokBar:
			if i > 0 {
				cells = append(cells, strings.Join(cell, " "))
			}
			cell, bar = nil, true
		case t.kind == tokComma && len(cell) > 0:
			cell[len(cell)-1] += f.text(t)
			bar = false
		default:
			cell, bar = append(cell, f.text(t)), false
		}
	}
	if !bar {
		cells = append(cells, strings.Join(cell, " "))
	}
	return cells, nil
}
