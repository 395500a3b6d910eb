package sla

import (
	"slices"
	"strings"
)

// A PartKind is a kind of thing that a service is made of, or that a larger
// part is made of: a region, a zone, an instance. Facts name the parts
// themselves.
type PartKind struct {
	Name string `json:"name"`
	// Of is the service or the kind of part that it belongs to.
	Of  string      `json:"of"`
	Has []Attribute `json:"has,omitempty"`
}

// An EventKind is a kind of item that is counted or judged one by one: a
// request, a job, a transfer.
type EventKind struct {
	Name string `json:"name"`
	// Of is the service or the kind of part to which the events happen.
	Of  string      `json:"of"`
	Has []Attribute `json:"has,omitempty"`
}

// An Attribute is something a part or an item has: a number of a unit, yes or
// no, or one of some words.
type Attribute struct {
	Name  string   `json:"name"`
	Unit  string   `json:"unit,omitempty"`
	YesNo bool     `json:"yesNo,omitempty"`
	OneOf []string `json:"oneOf,omitempty"`
	// Many says that a part may have several of the words at once, Ordered
	// that they are written from the lowest to the highest.
	Many    bool `json:"many,omitempty"`
	Ordered bool `json:"ordered,omitempty"`
}

// SingularOf finds a declared name by how a contract writes it: as it stands,
// or in the plural.
func SingularOf(written string, declared func(string) bool) (string, bool) {
	for _, name := range []string{written, strings.TrimSuffix(written, "s"), strings.TrimSuffix(written, "ies") + "y", strings.TrimSuffix(written, "es")} {
		if name != "" && declared(name) {
			return name, true
		}
	}
	return "", false
}

// event is a declared kind of event by how it is written; nil for none.
func (c *Contract) event(written string) *EventKind {
	find := func(name string) int {
		return slices.IndexFunc(c.Events, func(k EventKind) bool { return k.Name == name })
	}
	name, ok := SingularOf(written, func(s string) bool { return find(s) >= 0 })
	if !ok {
		return nil
	}
	return &c.Events[find(name)]
}

// part is a declared kind of part by how it is written; nil for none.
func (c *Contract) part(written string) *PartKind {
	find := func(name string) int {
		return slices.IndexFunc(c.Parts, func(k PartKind) bool { return k.Name == name })
	}
	name, ok := SingularOf(written, func(s string) bool { return find(s) >= 0 })
	if !ok {
		return nil
	}
	return &c.Parts[find(name)]
}

func attribute(has []Attribute, name string) *Attribute {
	if i := slices.IndexFunc(has, func(a Attribute) bool { return a.Name == name }); i >= 0 {
		return &has[i]
	}
	return nil
}

// serviceOf is the service that a kind of part or event belongs to, through
// the kinds above it; "" where they run in a circle or to nothing.
func (c *Contract) serviceOf(owner string) string {
	for range len(c.Parts) + 1 {
		kind := c.part(owner)
		if kind == nil {
			break
		}
		owner = kind.Of
	}
	if slices.ContainsFunc(c.Services, func(s Service) bool { return s.Name == owner }) {
		return owner
	}
	return ""
}
