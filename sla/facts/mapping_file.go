package facts

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/sla-lang/sla/sla"
)

// mappedCSV reads an export of rows. Cells are separated by commas, semicolons
// or tabs, whichever the header has; a cell between quotes may go on over
// several lines, as descriptions and comments do.
func (r *reader) mappedCSV(m *Mapping) error {
	f, lines := r.mapped(m), recordReader{lines: &r.lines}
	for range m.heading - 1 {
		if _, _, err := r.lines.next(); err != nil {
			return endOfFile(err)
		}
	}
	var comma rune
	for {
		text, number, no, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case no != nil:
			r.refuse(number, "", "", no)
			continue
		case len(bytes.TrimSpace(text)) == 0:
			continue
		}
		if comma == 0 {
			if comma = separatorSaid(text); comma != 0 {
				continue
			}
			comma = separator(text)
		}
		in := csv.NewReader(bytes.NewReader(text))
		in.Comma, in.FieldsPerRecord = comma, -1
		cells, err := in.Read()
		switch {
		case err != nil:
			r.refuse(number, "", "", unreadable("quotes"))
		case f.header == nil:
			f.begin(cells)
		case len(withoutEmptyEnd(cells, len(f.header))) != len(f.header):
			r.refuse(number, "", "", unreadable("cells", sla.Count("found", len(cells)), sla.Count("wanted", len(f.header))))
		default:
			f.row(number, cells)
		}
	}
}

// separator is the mark between the cells of a header, found outside quotes.
func separator(line []byte) rune {
	const marks = ",;\t|"
	var n [len(marks)]int
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		} else if i := strings.IndexByte(marks, c); i >= 0 && !quoted {
			n[i]++
		}
	}
	best := 0
	for i := range n {
		if n[i] > n[best] {
			best = i
		}
	}
	return rune(marks[best])
}

// separatorSaid is the mark in a line such as `sep=;` before the header, which
// spreadsheets write; 0 in another.
func separatorSaid(line []byte) rune {
	said, ok := bytes.CutPrefix(bytes.Trim(bytes.TrimRight(line, " "), `"`), []byte("sep="))
	if !ok || len(said) != 1 {
		return 0
	}
	return rune(said[0])
}

// withoutEmptyEnd leaves out empty cells behind the last column.
func withoutEmptyEnd(cells []string, columns int) []string {
	for len(cells) > columns && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// endOfFile is no error where a file just ends.
func endOfFile(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// A recordReader joins lines into records: one goes on while a quote is open.
// A quote that is never closed costs its own line.
type recordReader struct {
	lines *lineReader
	// again are lines to be read once more, with their numbers.
	again []numbered
}

type numbered struct {
	text   []byte
	number int
	no     *refused
}

// line is the next line.
func (r *recordReader) line() (numbered, error) {
	if len(r.again) > 0 {
		l := r.again[0]
		r.again = r.again[1:]
		return l, nil
	}
	text, tooLong, err := r.lines.next()
	l := numbered{text: bytes.Clone(text), number: r.lines.number}
	switch {
	case err != nil:
		return l, err
	case tooLong:
		l.no = unreadable("too-long")
	case !utf8.Valid(text):
		l.no = unreadable("not-text")
	}
	return l, nil
}

// next is the next record with the number of its first line, or why it cannot
// be read.
func (r *recordReader) next() (text []byte, number int, no *refused, err error) {
	first, err := r.line()
	if err != nil || first.no != nil || bytes.Count(first.text, quote)%2 == 0 {
		return first.text, first.number, first.no, err
	}
	record, taken := first.text, []numbered(nil)
	for len(taken) < maxRecordLines && len(record) < maxLine {
		l, err := r.line()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, l.number, nil, err
		}
		taken = append(taken, l)
		if l.no != nil {
			break
		}
		record = append(append(record, '\n'), l.text...)
		if bytes.Count(l.text, quote)%2 == 1 {
			return record, first.number, nil, nil
		}
	}
	r.again = append(taken, r.again...)
	return nil, first.number, unreadable("quotes"), nil
}

var quote = []byte{'"'}

// maxRecordLines bounds the lines of one cell.
const maxRecordLines = 2000

// sources lists every column that a mapping reads.
func (m *Mapping) sources() (out []*columnSource) {
	add := func(r *rules) {
		for _, c := range []*columnSource{r.ticket, r.number, r.time, r.state} {
			for ; c != nil; c = c.and {
				out = append(out, c)
			}
		}
		for i := range r.fields {
			for from := r.fields[i].from; from != nil; from = from.and {
				out = append(out, from)
			}
		}
		for i := range r.events {
			for at := &r.events[i].at; at != nil; at = at.and {
				out = append(out, at)
			}
		}
	}
	add(&m.rules)
	for i := range m.only {
		out = append(out, &m.only[i].column)
	}
	for i := range m.branches {
		out = append(out, &m.branches[i].filter.column)
		add(&m.branches[i].rules)
	}
	return out
}

// mappingSuffix is the ending of the file of a mapping beside an export of the
// same name.
const mappingSuffix = ".mapping"

// besideName is the name of the mapping that would stand beside a file.
func besideName(file string) string {
	if dot := strings.LastIndexByte(file, '.'); dot > strings.LastIndexByte(file, '/') {
		file = file[:dot]
	}
	return file + mappingSuffix
}
