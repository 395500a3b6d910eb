package facts

import (
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// A row is the fields of one fact as they stand in the file. Values are valid
// until the next row is read.
type row struct {
	line   int
	set    fieldSet
	values [fieldCount][]byte
}

func (r *row) clear(line int) { r.line, r.set = line, 0 }

// put says a field; one with no text is not said.
func (r *row) put(f field, value []byte) {
	if len(value) == 0 {
		return
	}
	r.set |= 1 << f
	r.values[f] = value
}

func (r *row) get(f field) []byte {
	if r.set.has(f) {
		return r.values[f]
	}
	return nil
}

// A refused is why a row cannot be read: the refusal without its place.
type refused struct {
	reason sla.RefusalReason
	args   []sla.Arg
}

// unknownField refuses a field that no fact, or not this kind of fact, has.
func unknownField(name string, kind sla.FactKind, known []string) *refused {
	args := []sla.Arg{sla.Name("field", name)}
	if kind != "" {
		args = append(args, sla.Name("kind", string(kind)))
	}
	if near := spelling.Nearest(name, known); near != "" {
		args = append(args, sla.Name("suggestion", near))
	} else {
		args = append(args, sla.List("known", known))
	}
	return &refused{sla.RefusedFieldUnknown, args}
}

// badField refuses the value of a field; expected is a key of the catalogue.
func badField(f field, found, expected string) *refused {
	return badNamed(f.String(), found, expected)
}

// badNamed refuses the value of a field or column of a name.
func badNamed(name, found, expected string) *refused {
	return &refused{sla.RefusedField, []sla.Arg{sla.Name("field", name), sla.Prose("found", clip(found)), sla.Phrase("expected", "expected "+expected)}}
}

// unreadable refuses a whole row; why is a key of the catalogue.
func unreadable(why string, args ...sla.Arg) *refused {
	return &refused{sla.RefusedUnreadable, append([]sla.Arg{{Name: "why", Kind: sla.ArgPhrase, Value: "unreadable " + why}}, args...)}
}

// clip shortens what was found, which may be anything.
func clip(s string) string {
	const limit = 60
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}
