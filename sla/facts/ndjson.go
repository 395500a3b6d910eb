package facts

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"

	"github.com/sla-lang/sla/sla"
)

// ndjson reads a file of one JSON object a line.
func (r *reader) ndjson() error {
	for {
		line, tooLong, err := r.lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case tooLong:
			r.refuse(r.lines.number, "", "", unreadable("too-long"))
		case len(bytes.TrimSpace(line)) > 0:
			r.object(line)
		}
	}
}

// object reads one line.
func (r *reader) object(line []byte) {
	r.row.clear(r.lines.number)
	file, no := r.fields(line)
	switch {
	case no != nil:
		r.refuseRow(sla.FactKind(clip(string(r.row.get(fKind)))), no)
	case file != nil:
		r.header(file)
	default:
		r.add()
	}
}

// header reads the value of a `file` line.
func (r *reader) header(text []byte) {
	var h header
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&h); err != nil {
		r.refuse(r.row.line, "", "", unreadable("header", sla.List("known", headerKeys)))
		return
	}
	r.begin(h)
}

// fields takes a flat object apart into the row; for a `file` line it gives
// the object within.
func (r *reader) fields(line []byte) (file []byte, no *refused) {
	if !utf8.Valid(line) {
		return nil, unreadable("not-text")
	}
	if file, no = r.flat(line); no != nil && !json.Valid(line) {
		r.row.set = 0 // what was read before cannot be relied on
		return nil, unreadable("not-json")
	}
	return file, no
}

// flat takes an object apart token by token, each in its place, so that a good
// line is gone through once.
func (r *reader) flat(line []byte) (file []byte, no *refused) {
	t := json.NewTokenizer(line)
	if !t.Next() || t.Delim != '{' {
		return nil, unreadable("not-an-object")
	}
	for empty := true; ; empty = false {
		switch more := t.Next(); {
		case more && t.Delim == '}' && empty:
			return nil, r.atEnd(t)
		case !more || t.Delim != 0 || !t.Value.String():
			return nil, unreadable("not-json")
		}
		name := t.String()
		if !t.Next() || t.Delim != ':' || !t.Next() {
			return nil, unreadable("not-json")
		}
		if string(name) == "file" {
			return fileObject(line)
		}
		if no := r.field(name, t); no != nil {
			return nil, no
		}
		switch {
		case !t.Next() || t.Delim != ',' && t.Delim != '}':
			return nil, unreadable("not-json")
		case t.Delim == '}':
			return nil, r.atEnd(t)
		}
	}
}

// atEnd says that nothing comes behind an object.
func (r *reader) atEnd(t *json.Tokenizer) *refused {
	if t.Next() || t.Err != nil {
		return unreadable("not-json")
	}
	return nil
}

// field takes one name and value into the row.
func (r *reader) field(name []byte, t *json.Tokenizer) *refused {
	f, known := fieldNamed(name)
	switch {
	case !known:
		return unknownField(string(name), "", fieldSet(1<<fieldCount-1).names())
	case t.Delim != 0:
		return badField(f, string(t.Value), "plain")
	case r.row.set.has(f):
		return &refused{sla.RefusedField, []sla.Arg{sla.Name("field", f.String()), sla.Phrase("expected", "expected once")}}
	}
	switch {
	case t.Value.Null():
	case t.Value.String():
		r.row.put(f, t.String())
	default:
		r.row.put(f, t.Value)
	}
	return nil
}

// fileObject is the value of the only name of a `file` line.
func fileObject(line []byte) ([]byte, *refused) {
	var outer map[string]json.RawMessage
	if err := json.Unmarshal(line, &outer); err != nil || len(outer) != 1 {
		return nil, unreadable("header", sla.List("known", headerKeys))
	}
	return outer["file"], nil
}
