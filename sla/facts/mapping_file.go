package facts

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sla-lang/sla/sla"
)

// mappedCSV reads an export of rows. Cells are separated by commas, semicolons
// or tabs, whichever the header has; a cell between quotes may go on over
// several lines, as descriptions and comments do.
func (r *reader) mappedCSV(m *Mapping) error {
	f, lines := r.mapped(m), recordReader{lines: &r.lines}
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
		case len(cells) != len(f.header):
			r.refuse(number, "", "", unreadable("cells", sla.Count("found", len(cells)), sla.Count("wanted", len(f.header))))
		default:
			f.row(number, cells)
		}
	}
}

// separator is the mark between the cells of a header.
func separator(line []byte) rune {
	best := ','
	for _, other := range ";\t" {
		if bytes.Count(line, []byte(string(other))) > bytes.Count(line, []byte(string(best))) {
			best = other
		}
	}
	return best
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

// mappedNDJSON reads an export of objects, one a line; a column is the name of
// a field, or several with dots where fields stand within fields:
// "fields.status.name".
func (r *reader) mappedNDJSON(m *Mapping) error {
	f := r.mapped(m)
	for {
		line, tooLong, err := r.lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case tooLong:
			r.refuse(r.lines.number, "", "", unreadable("too-long"))
		case !utf8.Valid(line):
			r.refuse(r.lines.number, "", "", unreadable("not-text"))
		case len(bytes.TrimSpace(line)) > 0:
			f.object(line, r.lines.number)
		}
	}
}

// object reads the row of an object. What an object does not have is empty.
func (f *mappedFile) object(line []byte, number int) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var all map[string]any
	if d.Decode(&all) != nil || d.More() {
		f.reader.refuse(number, "", "", unreadable("not-an-object"))
		return
	}
	flat := map[string]string{}
	flatten(flat, "", all, 0)
	header := make([]string, 0, len(flat))
	for name := range flat {
		header = append(header, name)
	}
	for _, c := range f.m.sources() {
		if !slices.ContainsFunc(c.columns, func(n string) bool { _, has := flat[n]; return has }) {
			header = append(header, c.columns[0])
		}
	}
	f.begin(header)
	cells := make([]string, len(header))
	for i, name := range header {
		cells[i] = flat[name]
	}
	f.row(number, cells)
}

// flatten gives the plain values of an object and those within it; lists have
// no names and are left out.
func flatten(into map[string]string, prefix string, object map[string]any, depth int) {
	for name, v := range object {
		switch v := v.(type) {
		case map[string]any:
			if depth < 8 {
				flatten(into, prefix+name+".", v, depth+1)
			}
		case string:
			into[prefix+name] = v
		case json.Number:
			into[prefix+name] = v.String()
		case bool:
			into[prefix+name] = map[bool]string{false: "false", true: "true"}[v]
		}
	}
}

// sources lists every column that a mapping reads.
func (m *Mapping) sources() (out []*columnSource) {
	add := func(r *rules) {
		for _, c := range []*columnSource{r.ticket, r.number, r.time, r.state} {
			if c != nil {
				out = append(out, c)
			}
		}
		for i := range r.fields {
			if from := r.fields[i].from; from != nil {
				out = append(out, from)
			}
		}
		for i := range r.events {
			out = append(out, &r.events[i].at)
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
