package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/internal/spelling"
)

// Checks of attributes: that they exist, that conditions and tables ask of
// them what they can be, that tables say something for every case.

// attributes checks every use of an attribute in an objective.
func (k *checker) attributes(o *Objective) {
	for _, list := range []struct {
		clause string
		of     []Predicate
	}{{"down-when", o.DownWhen}, {"failed-when", o.FailedWhen}, {"only-while", o.OnlyWhile}, {"only-when", o.OnlyWhen}, {"score", scoredWhen(o)}} {
		for i := range list.of {
			p := &list.of[i]
			for j := range p.All {
				k.condition(o, &p.All[j], o.Name+"/"+list.clause+"/"+Slug(p.String()))
			}
		}
	}
	if j := o.Measure.Join; j != nil && j.Kind == JoinWeighted {
		if k.refer(attributeName, j.By, o.Name+"/measure/by") {
			k.isNumber(j.By, o.Name+"/measure/by")
		}
	}
	if o.Target != nil && o.Target.Table != nil {
		k.targetTable(o, o.Target.Table)
	}
	for i := range o.Limits {
		k.itemLimit(o, &o.Limits[i])
	}
}

func scoredWhen(o *Objective) (out []Predicate) {
	for i := range o.Scores {
		out = append(out, o.Scores[i].When)
	}
	return out
}

// condition checks the name of a condition and what it is compared with.
func (k *checker) condition(o *Objective, a *Atom, clause string) {
	switch a.Kind {
	case AtomIs, AtomFlag:
	case AtomQuantity:
		if a.Name == "duration" || a.Name == "life" || k.c.event(a.Name) != nil || slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Of == a.Name }) {
			k.unitOfCondition(o, a, clause)
			return
		}
	default:
		return
	}
	if !k.refer(attributeName, a.Name, clause) {
		return
	}
	attr := k.c.attributeNamed(a.Name)
	switch {
	case attr == nil:
	case a.Kind == AtomFlag:
		if !attr.YesNo {
			k.find(CodeAttributeKind, clause, Name("attribute", a.Name), Phrase("needed", "attribute yes-no"))
		}
	case a.Kind == AtomIs:
		for _, w := range a.Values {
			k.isValue(attr, w, clause)
		}
	case a.Word != "" && !attr.Ordered:
		k.find(CodeAttributeKind, clause, Name("attribute", a.Name), Phrase("needed", "attribute in-order"))
	case a.Word != "":
		k.isValue(attr, a.Word, clause)
	case a.ItsLimit:
		if !slices.ContainsFunc(o.Limits, func(l ItemLimit) bool { return l.Of == a.Name }) {
			k.find(CodeLimitMissing, clause, Name("attribute", a.Name), Name("objective", o.Name))
		}
	default:
		k.isNumber(a.Name, clause)
		k.unitOfCondition(o, a, clause)
	}
}

// unitOfCondition: a level is of the unit of the quantity it is compared with.
func (k *checker) unitOfCondition(o *Objective, a *Atom, clause string) {
	unit, known := "", false
	if attr := k.c.attributeNamed(a.Name); attr != nil {
		unit, known = attr.Unit, true
	}
	for _, s := range o.Sources {
		if s.Kind == SourceSamples && s.Of == a.Name {
			unit, known = s.Unit, true
		}
	}
	switch {
	case a.Name == "duration" || a.Name == "life":
		unit, known = "s", true
	case k.c.event(a.Name) != nil:
		known = true
	}
	if known && !a.sameUnit(unit) {
		k.find(CodeConditionUnit, clause, Prose("found", a.String()), Name("name", a.Name), Prose("unit", orDefault(unit, "")))
	}
}

// isNumber: what is compared or weighs has a unit, or at least no words.
func (k *checker) isNumber(name, clause string) {
	if attr := k.c.attributeNamed(name); attr != nil && (attr.YesNo || len(attr.OneOf) > 0) {
		k.find(CodeAttributeKind, clause, Name("attribute", name), Phrase("needed", "attribute number"))
	}
}

// isValue: a word is one that the attribute may be.
func (k *checker) isValue(attr *Attribute, word, clause string) bool {
	if len(attr.OneOf) == 0 || slices.Contains(attr.OneOf, word) {
		return true
	}
	f := k.find(CodeAttributeValue, clause, Prose("found", word), Name("attribute", attr.Name), List("known", attr.OneOf))
	if near := spelling.Nearest(word, attr.OneOf); near != "" {
		f.Args, f.Replace = append(f.Args, Name("suggestion", near)), near
	}
	return false
}

// columns checks the attributes of a table and the words of its rows.
func (k *checker) columns(by []string, rows [][][]string, clause string) (ok bool) {
	for _, row := range rows {
		if len(row) != len(by) { // in data; a table in a text has all its cells
			k.lacks(true, clause, "when")
			return false
		}
	}
	ok = true
	for i, name := range by {
		if k.c.isPartColumn(name) {
			k.use(partName, name)
			continue
		}
		if !k.refer(attributeName, name, clause+"/by/"+name) {
			ok = false
			continue
		}
		attr := k.c.attributeNamed(name)
		if attr == nil {
			k.lacks(true, clause, "by")
			return false
		}
		for _, row := range rows {
			for _, w := range row[i] {
				ok = k.isValue(attr, w, clause+"/"+(&TargetRow{When: row}).Name()) && ok
			}
		}
	}
	return ok
}

// targetTable: every row is of the unit measured and can apply, and every
// combination of closed attributes has one.
func (k *checker) targetTable(o *Objective, t *TargetTable) {
	clause := o.Name + "/target"
	rows := make([][][]string, len(t.Rows))
	for i := range t.Rows {
		rows[i] = t.Rows[i].When
	}
	if !k.columns(t.By, rows, clause) {
		return
	}
	for _, name := range t.By {
		if k.c.isPartColumn(name) && !k.liesIn(o.ForEach, k.c.part(name).Name) {
			k.find(CodeTargetHole, clause, Name("objective", o.Name), Prose("values", "no "+name)).Absent = true
			return
		}
	}
	hole, unused := k.covers(t.By, rows)
	if t.Of == "" {
		for _, i := range unused {
			k.find(CodeRowUnused, clause+"/"+t.Rows[i].Name(), Name("row", t.Rows[i].Name()), Name("objective", o.Name))
		}
	}
	if hole != nil {
		k.find(CodeTargetHole, clause, Name("objective", o.Name), Prose("values", strings.Join(hole, ", ")))
	}
}

// liesIn says whether a kind of part is another, or is made to lie in it.
func (k *checker) liesIn(kind, of string) bool {
	for range len(k.c.Parts) + 1 {
		p := k.c.part(kind)
		if p == nil {
			return false
		}
		if p.Name == of {
			return true
		}
		kind = p.Of
	}
	return false
}

// maxCombinations bounds the combinations of a table that are looked at.
const maxCombinations = 10_000

// elsewhere is any word of an attribute that no row of a table names.
const elsewhere = "\x00"

// covers tries every combination of the values of some attributes: hole is the
// first for which no row fits, where all its attributes are closed, and unused
// are the rows that no combination reaches first.
func (k *checker) covers(by []string, rows [][][]string) (hole []string, unused []int) {
	domains, combinations := make([][]string, len(by)), 1
	for i, name := range by {
		domains[i] = k.valuesOf(name, i, rows)
		if combinations *= len(domains[i]); combinations > maxCombinations {
			return nil, nil
		}
	}
	reached := make([]bool, len(rows))
	values := make([]string, len(by))
	for n := range combinations {
		for i, rest := 0, n; i < len(by); i++ {
			values[i], rest = domains[i][rest%len(domains[i])], rest/len(domains[i])
		}
		first := slices.IndexFunc(rows, func(row [][]string) bool {
			return !slices.ContainsFunc(by, func(name string) bool {
				i := slices.Index(by, name)
				return len(row[i]) > 0 && !slices.Contains(row[i], values[i])
			})
		})
		switch {
		case first >= 0:
			reached[first] = true
		case hole == nil && !slices.Contains(values, elsewhere):
			hole = slices.Clone(values)
		}
	}
	for i := range rows {
		if !reached[i] {
			unused = append(unused, i)
		}
	}
	return hole, unused
}

// valuesOf are the values that an attribute may have: of one that is not
// closed, those that rows name and any other.
func (k *checker) valuesOf(name string, column int, rows [][][]string) []string {
	attr := k.c.attributeNamed(name)
	switch {
	case attr != nil && len(attr.OneOf) > 0:
		return attr.OneOf
	case attr != nil && attr.YesNo:
		return []string{"yes", "no"}
	}
	out := []string{elsewhere}
	for _, row := range rows {
		for _, w := range row[column] {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// itemLimit: a limit is of an attribute that is a number, in its unit, and one
// for each unit of size has an attribute that says the size.
func (k *checker) itemLimit(o *Objective, l *ItemLimit) {
	clause := o.Name + "/limit/" + l.Of
	if !k.refer(attributeName, l.Of, clause) {
		return
	}
	k.isNumber(l.Of, clause)
	rows := make([][][]string, len(l.Rows))
	for i := range l.Rows {
		rows[i] = l.Rows[i].When
	}
	if !k.columns(l.By, rows, clause) {
		return
	}
	if len(l.By) > 0 {
		hole, unused := k.covers(l.By, rows)
		for _, i := range unused {
			k.find(CodeRowUnused, clause+"/"+(&TargetRow{When: rows[i]}).Name(), Name("row", (&TargetRow{When: rows[i]}).Name()), Name("objective", o.Name))
		}
		if hole != nil {
			k.find(CodeTargetHole, clause, Name("objective", o.Name), Prose("values", strings.Join(hole, ", ")))
		}
	}
	for i := range l.Rows {
		k.limitRow(o, l, &l.Rows[i], clause)
	}
}

func (k *checker) limitRow(o *Objective, l *ItemLimit, row *LimitRow, clause string) {
	attr := k.c.attributeNamed(l.Of)
	within := Atom{Name: l.Of, Kind: AtomQuantity, Time: row.Time, Number: row.Number}
	at := clause + "/" + (&TargetRow{When: row.When}).Name()
	if attr != nil && !within.sameUnit(attr.Unit) {
		k.find(CodeConditionUnit, at, Prose("found", "within"+strings.TrimPrefix(within.String(), l.Of+" ")), Name("name", l.Of), Prose("unit", attr.Unit))
	}
	if row.Per == "" {
		return
	}
	sized := slices.ContainsFunc(o.Sources, func(s Source) bool {
		kind := k.c.event(s.Of)
		return kind != nil && kind.sized(row.Per) != nil
	})
	if !sized {
		k.find(CodeLimitSize, at, Name("unit", row.Per), Name("objective", o.Name))
	}
}
