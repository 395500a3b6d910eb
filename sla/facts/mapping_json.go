package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// mappedJSON reads an export that is one document: a list of objects, or an
// object that holds one. Objects of a list are read one by one.
func (r *reader) mappedJSON(m *Mapping) error {
	if mark, _ := r.lines.in.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = r.lines.in.Discard(len(mark)) // they were just seen
	}
	f, text := r.mapped(m), &lineCount{in: r.lines.in}
	d := json.NewDecoder(text)
	d.UseNumber()
	start, err := d.Token()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil && start == json.Delim('['):
		for err == nil && d.More() {
			var o json.RawMessage
			if err = d.Decode(&o); err == nil {
				f.object(o, text.at(d.InputOffset()-int64(len(o))))
			}
		}
		if err == nil {
			_, err = d.Token()
		}
	case err == nil && start == json.Delim('{'):
		object := map[string]any{}
		for err == nil && d.More() {
			var name json.Token
			if name, err = d.Token(); err == nil {
				var v any
				err = d.Decode(&v)
				object[name.(string)] = v
			}
		}
		if err == nil {
			f.document(object)
		}
	case err == nil:
		r.refuse(1, "", "", unreadable("not-an-object"))
	}
	var wrong *json.SyntaxError
	if errors.As(err, &wrong) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		r.refuse(text.at(d.InputOffset()), "", "", unreadable("not-json"))
		return nil
	}
	return err
}

// document reads an object that holds the list of rows.
func (f *mappedFile) document(object map[string]any) {
	if len(f.m.list) > 0 {
		list, ok := object[f.m.list[0]]
		if rows, isList := list.([]any); isList && len(rows) == 0 {
			return
		}
		if !ok {
			args := []sla.Arg{sla.Prose("found", f.m.list[0]), sla.Prose("mapping", f.m.Name)}
			if near := spelling.Nearest(f.m.list[0], slices.Sorted(maps.Keys(object))); near != "" {
				args = append(args, sla.Prose("suggestion", near))
			}
			f.reader.refuse(1, "", "", &refused{sla.RefusedColumn, args})
			return
		}
	}
	f.rowsOf(object, 1)
}

// A lineCount knows on which line a byte of what was read stands.
type lineCount struct {
	in   io.Reader
	read int64
	// ends are the places of the ends of lines that were not passed yet, line
	// how many were.
	ends []int64
	line int
}

// Read reads on.
func (l *lineCount) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.ends = append(l.ends, l.read+int64(i))
		}
	}
	l.read += int64(n)
	return n, err
}

// at is the line behind a place; places are asked for in order.
func (l *lineCount) at(offset int64) int {
	for len(l.ends) > 0 && l.ends[0] < offset {
		l.ends, l.line = l.ends[1:], l.line+1
	}
	return l.line + 1
}

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

// object reads the rows of an object that begins on a line.
func (f *mappedFile) object(line []byte, number int) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var all map[string]any
	if d.Decode(&all) != nil || d.More() {
		f.reader.refuse(number, "", "", unreadable("not-an-object"))
		return
	}
	f.rowsOf(all, number)
}

// rowsOf reads the rows of an object: the object itself, or each of the list
// that the mapping names, with what the objects around it say.
func (f *mappedFile) rowsOf(object map[string]any, number int) {
	for _, flat := range rowsIn(object, nil, "", f.m.list) {
		f.flat(flat, number)
	}
}

// rowsIn walks into lists by their names. An object whose list is empty or is
// not there is a row by itself.
func rowsIn(object map[string]any, outer map[string]string, prefix string, list []string) (rows []map[string]string) {
	flat := map[string]string{}
	maps.Copy(flat, outer)
	flatten(flat, prefix, object, 0)
	if len(list) > 0 {
		prefix += list[0] + "."
		switch within := object[list[0]].(type) {
		case map[string]any:
			rows = rowsIn(within, flat, prefix, list[1:])
		case []any:
			for _, v := range within {
				if o, ok := v.(map[string]any); ok {
					rows = append(rows, rowsIn(o, flat, prefix, list[1:])...)
				}
			}
		}
	}
	if len(rows) == 0 {
		rows = append(rows, flat)
	}
	return rows
}

// flat reads the row of plain values. What an object does not have is empty.
func (f *mappedFile) flat(flat map[string]string, number int) {
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
