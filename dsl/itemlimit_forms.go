package dsl

import "github.com/sla-lang/sla/sla"

// The table `limit NAME { … }`: limits that depend on the item.

type limitTableHead struct {
	Of name `parser:"'limit' @@"`
}

func limitTableForm() *form[sla.Objective] {
	return open(`limit ATTRIBUTE { TABLE }`, `limit latency {`,
		func(l *language) *scope[sla.ItemLimit] { return l.itemLimit },
		func(l *lowering, o *sla.Objective, n *limitTableHead) (string, *sla.ItemLimit, func()) {
			limit, id := &sla.ItemLimit{Of: n.Of.text}, l.sub("limit", n.Of.text)
			if !l.declare(id, n.Of.at, "limit "+n.Of.text) {
				return id, limit, nil
			}
			return id, limit, func() {
				if len(limit.Rows) > 0 {
					o.Limits = append(o.Limits, *limit)
				}
			}
		}).again()
}

// itemLimitScope reads one limit a row: a column for each attribute that it
// depends on, and one headed `within`.
func itemLimitScope() *scope[sla.ItemLimit] {
	return &scope[sla.ItemLimit]{key: "item-limit", forms: []*form[sla.ItemLimit]{acceptForm[sla.ItemLimit]()}, table: func(l *lowering, limit *sla.ItemLimit, t *table) {
		last := len(t.columns) - 1
		if within, ok := l.required(t, "within"); !ok || within != last {
			return
		}
		limit.By = l.attributeColumns(t, last)
		for _, cells := range t.rows {
			when, ok := l.attributeCells(t, cells, last)
			if !ok {
				continue
			}
			row := sla.LimitRow{When: when}
			id := l.sub((&sla.TargetRow{When: when}).Name())
			if !l.declare(id, cells[0].place, (&sla.TargetRow{When: when}).Name()) {
				continue
			}
			v, ok := readCell(l, l.lang.cells.itemLimit, t, last, cells[last], id+"/within")
			if !ok {
				l.incomplete[l.id] = true
				continue
			}
			row.Time, row.Number, row.Per = v.Level.time, v.Level.number, nameText(v.Per)
			if v.Level.share != nil {
				l.report(codeUnitMismatch, cells[last].place, sla.Prose("found", v.Level.share.String()), sla.Phrase("is", "kind share"), sla.Phrase("expected", "value length"))
				continue
			}
			limit.Rows = append(limit.Rows, row)
		}
	}}
}

// An itemLimitCell is a level, for each unit of the size of the item where
// that is written.
type itemLimitCell struct {
	Level level `parser:"@@"`
	Per   *name `parser:"( 'per' @@ )?"`
}
