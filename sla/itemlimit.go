package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Limits that depend on the item: what it is, and how large.

// An ItemLimit is the limit of an attribute of items, by the values of others:
// the first row that fits holds.
type ItemLimit struct {
	// Of is the attribute limited, By those of the columns.
	Of   string     `json:"of"`
	By   []string   `json:"by,omitempty"`
	Rows []LimitRow `json:"rows"`
}

// A LimitRow is a limit for some values; an empty list is any. With Per it is
// multiplied by the one attribute of the item that has that unit: 2 s per MB.
type LimitRow struct {
	When   [][]string       `json:"when,omitempty"`
	Time   *calendar.Length `json:"time,omitempty"`
	Number *Quantity        `json:"number,omitempty"`
	Per    string           `json:"per,omitempty"`
}

// sized is the attribute of an event that has a unit; nil for none, or several.
func (k *EventKind) sized(unit string) *Attribute {
	var found *Attribute
	for i := range k.Has {
		if k.Has[i].Unit != unit {
			continue
		}
		if found != nil {
			return nil
		}
		found = &k.Has[i]
	}
	return found
}

// limitOf is the limit of an attribute for an item, in the attribute's unit;
// false where none is set or the item does not say its size.
func (t *traits) limitOf(name, unit string) (limit credits.Ratio, ok bool) {
	i := slices.IndexFunc(t.limits, func(l ItemLimit) bool { return l.Of == name })
	if i < 0 {
		return limit, false
	}
	l := &t.limits[i]
	for j := range l.Rows {
		row := &l.Rows[j]
		fit := TargetRow{When: row.When}
		if !fit.fits(l.By, func(name string) string { v, _ := t.value(name); return v }) {
			continue
		}
		a := Atom{Time: row.Time, Number: row.Number}
		limit = a.level(unit)
		if row.Per == "" {
			return limit, true
		}
		attr := t.kind.sized(row.Per)
		if attr == nil {
			return limit, false
		}
		size, _, said := t.quantity(attr.Name)
		return limit.Mul(size), said
	}
	return limit, false
}
