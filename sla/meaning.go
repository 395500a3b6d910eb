package sla

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"
)

// A contract has a twin in JSON, and a hash of what it means.

// WriteJSON writes the contract in its JSON form.
func (c *Contract) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(c)
}

// ReadContract reads the JSON form. Unknown fields and another schema are
// errors; what the contract means is not checked: see [Check].
func ReadContract(r io.Reader) (*Contract, error) {
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	c := &Contract{}
	if err := dec.Decode(c); err != nil {
		return nil, err
	}
	if c.Schema != ContractSchema {
		return nil, &SchemaError{Want: ContractSchema, Found: c.Schema}
	}
	return c, nil
}

// A SchemaError is JSON of another kind or version.
type SchemaError struct{ Want, Found string }

// Error names both schemas.
func (e *SchemaError) Error() string {
	return "schema " + strings.TrimSpace(e.Found+" is not "+e.Want)
}

// MeaningHash is a hash of what the contract means: the same for two texts
// that differ in comments, layout, or an order that carries no meaning, and
// with or without worked examples, which follow from the rest. It is a SHA-256
// in lower-case hexadecimal.
func (c *Contract) MeaningHash() string {
	bare := *c
	bare.Sources, bare.Spans, bare.Tables, bare.Examples = nil, nil, nil, nil
	sum := sha256.Sum256([]byte(canonicalText(bare)))
	return hex.EncodeToString(sum[:])
}

// canonicalText is the same for two values that mean the same.
func canonicalText(v any) string {
	var b bytes.Buffer
	canonical(&b, reflect.ValueOf(v))
	return b.String()
}

// canonical writes a value so that equal meanings give equal bytes: lists of
// things with names in the order of their bytes, unless their order says
// something; absent and empty alike.
func canonical(b *bytes.Buffer, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			b.WriteString("nil;")
			return
		}
		canonical(b, v.Elem())
	case reflect.Slice:
		canonicalList(b, v, ordered(v.Type().Elem()))
	case reflect.Struct:
		canonicalStruct(b, v)
	default:
		canonicalLeaf(b, v)
	}
}

func canonicalStruct(b *bytes.Buffer, v reflect.Value) {
	if text, ok := textOf(v); ok {
		writeText(b, text)
		return
	}
	b.WriteByte('{')
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || !says(v.Field(i)) {
			continue
		}
		b.WriteString(field.Name + ":")
		if field.Type.Kind() == reflect.Slice && field.Tag.Get("sla") == "set" {
			canonicalList(b, v.Field(i), false)
			continue
		}
		canonical(b, v.Field(i))
	}
	b.WriteByte('}')
}

// says is false of a field that is zero, left out by JSON, or written as its
// zero is, as a share of 0% that was read.
func says(v reflect.Value) bool {
	if v.IsZero() || v.Kind() != reflect.Struct {
		return !v.IsZero()
	}
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok {
		return !z.IsZero()
	}
	text, ok := textOf(v)
	if !ok {
		return true
	}
	zero, _ := textOf(reflect.Zero(v.Type()))
	return text != zero
}

// textOf is how a value writes itself as a text, if it does.
func textOf(v reflect.Value) (string, bool) {
	m, ok := v.Interface().(interface{ MarshalText() ([]byte, error) })
	if !ok {
		return "", false
	}
	text, err := m.MarshalText()
	return string(text), err == nil
}

// ordered says whether the order of a list means something: it does for plain
// names and for the priorities and levels, which are ranked.
func ordered(elem reflect.Type) bool {
	switch elem {
	case reflect.TypeFor[Priority](), reflect.TypeFor[EscalationLevel]():
		return true
	}
	return elem.Kind() == reflect.String
}

func canonicalList(b *bytes.Buffer, v reflect.Value, keepOrder bool) {
	items := make([]string, v.Len())
	for i := range items {
		var item bytes.Buffer
		canonical(&item, v.Index(i))
		items[i] = item.String()
	}
	if !keepOrder {
		slices.Sort(items)
	}
	b.WriteString("[" + strings.Join(items, ",") + "]")
}

func canonicalLeaf(b *bytes.Buffer, v reflect.Value) {
	if text, ok := textOf(v); ok {
		writeText(b, text)
		return
	}
	text, _ := json.Marshal(v.Interface())
	b.Write(text)
	b.WriteByte(';')
}

func writeText(b *bytes.Buffer, s string) {
	text, _ := json.Marshal(s)
	b.Write(text)
	b.WriteByte(';')
}
