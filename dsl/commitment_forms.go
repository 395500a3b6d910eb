package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/sla"
)

type tierHead struct {
	Name name `parser:"'tier' @@"`
}

func tierForm() *form[sla.Contract] {
	return open(`tier NAME { … }`, `tier gold {`,
		func(l *language) *scope[sla.Tier] { return l.tier },
		func(l *lowering, c *sla.Contract, n *tierHead) (string, *sla.Tier, func()) {
			t := &sla.Tier{Name: n.Name.text}
			id := l.sub(t.Name)
			if !l.declare(id, n.Name.at, "tier "+t.Name) {
				return id, t, nil
			}
			return id, t, func() { c.Tiers = append(c.Tiers, *t) }
		}).again()
}

func tierScope() *scope[sla.Tier] {
	return &scope[sla.Tier]{key: "tier", forms: []*form[sla.Tier]{acceptForm[sla.Tier]()},
		table: func(l *lowering, t *sla.Tier, tb *table) {
			t.Rows = append(t.Rows, l.commitments(tb, "priority", "")...)
		}}
}

type requestsHead struct {
	Service name `parser:"'requests' 'of' @@"`
}

func requestsForm() *form[sla.Contract] {
	return open(`requests of  SERVICE { … }`, `requests of workplace {`,
		func(l *language) *scope[sla.Requests] { return l.requests },
		func(l *lowering, c *sla.Contract, n *requestsHead) (string, *sla.Requests, func()) {
			r, id := &sla.Requests{Service: n.Service.text}, l.sub("requests", n.Service.text)
			if !l.declare(id, n.Service.at, "requests of "+r.Service) {
				return id, r, nil
			}
			return id, r, func() { c.Requests = append(c.Requests, *r) }
		}).again()
}

func requestsScope() *scope[sla.Requests] {
	return &scope[sla.Requests]{key: "requests",
		forms: []*form[sla.Requests]{
			say(`milestone NAME "…"`, `milestone form-complete "the request form has been received complete"`,
				func(l *lowering, r *sla.Requests, n *milestoneLine) {
					if l.declare(l.sub("milestone", n.Name.text), n.Name.at, "milestone "+n.Name.text) {
						r.Milestones = append(r.Milestones, sla.Milestone{Name: n.Name.text, Text: n.Text.text})
					}
				}).again(),
			acceptForm[sla.Requests](),
		},
		table: func(l *lowering, r *sla.Requests, tb *table) {
			r.Rows = append(r.Rows, l.commitments(tb, "request", "deliver")...)
		}}
}

type milestoneLine struct {
	Name name `parser:"'milestone' @@"`
	Text text `parser:"@@"`
}

// promised are the headings of the promises that most contracts make.
var promised = []string{
	"acknowledge within", "respond within", "reply within", "update every", "arrive within", "escalate within", "restore within",
	"workaround within", "resolve within", "close within", "deliver within",
}

// keyColumns tell rows apart, beside the priority or the request.
var keyColumns = []string{"kind", "by", "at", "received during", "when"}

// commitments reads a table of promises. key is the heading of the rows'
// names; bare is the measure that the heading `within` alone stands for.
func (l *lowering) commitments(t *table, key, bare string) []sla.Commitment {
	keyed := slices.ContainsFunc(t.columns, func(c column) bool { return c.heading == key || slices.Contains(keyColumns, c.heading) })
	if !keyed {
		l.required(t, key)
	}
	if l.promiseColumns(t, key, bare); !keyed {
		return nil
	}
	var out []sla.Commitment
	for _, row := range t.rows {
		c, at, ok := l.rowKeys(t, row, key)
		if !ok {
			l.incomplete[l.id] = true
			continue
		}
		if l.declare(l.sub(c.Name()), at, key+" "+c.Name()) {
			l.commitment(t, row, &c, bare)
			out = append(out, c)
		}
	}
	return out
}

// promiseColumns reports the headings that a table of promises has no use for,
// or that it makes none. In one that makes none, `respond` stands for `respond
// within`.
func (l *lowering) promiseColumns(t *table, key, bare string) {
	promise := func(c column) bool { return promiseOf(c.heading, bare) != "" }
	within := orElse(bare, "respond") + " within"
	known := append([]string{key, within, "clock", "in time", "counted from"}, keyColumns...)
	promises, meant := slices.ContainsFunc(t.columns, promise), false
	if !promises && l.headless(t, slices.Concat(known, promised)) {
		return
	}
	for i, c := range t.columns {
		if promise(c) || slices.Contains(known, c.heading) {
			continue
		}
		near := meantColumn(c.heading, slices.Concat(known, promised))
		if near == "" && i > 0 && slices.Contains(promised, c.heading+" within") {
			near = c.heading + " within"
		}
		meant = meant || strings.HasSuffix(near, " within")
		l.unknownColumn(c, near, known)
		t.columns[i].told = true
	}
	if !promises && !meant {
		l.incomplete[l.id] = true
		l.report(codeColumnMissing, t.columns[0].place, sla.Name("column", within))
	}
}

// rowKeys reads the cells that tell a row from the others.
func (l *lowering) rowKeys(t *table, row []cell, key string) (c sla.Commitment, at place, ok bool) {
	at, ok = row[0].place, true
	for i, col := range t.columns {
		if col.heading == "when" && !row[i].empty() {
			ok = l.rowCondition(t, i, row[i], &c) && ok
			continue
		}
		into := map[string]*string{"priority": &c.Priority, "request": &c.Request, "kind": &c.Kind, "by": &c.By, "at": &c.At, "received during": &c.ReceivedDuring}[col.heading]
		if into == nil || col.heading != key && (!slices.Contains(keyColumns, col.heading) || row[i].empty()) || row[i].empty() && (len(row[i].tokens) == 1 || l.hasOtherKeys(t)) {
			continue
		}
		v, read := readCell(l, l.lang.cells.name, t, i, row[i], unnamed)
		if !read {
			ok = false
			continue
		}
		if *into = v.text; col.heading == key {
			at = v.at
		}
	}
	return c, at, ok
}

func (l *lowering) hasOtherKeys(t *table) bool {
	return slices.ContainsFunc(t.columns, func(c column) bool { return slices.Contains(keyColumns, c.heading) })
}

// A rowWhen is a cell of the column `when`: conditions joined by "and", or
// otherwise.
type rowWhen struct {
	Otherwise bool           `parser:"@'otherwise'"`
	All       []rowCondition `parser:"| @@ ( 'and' @@ )*"`
}

type rowCondition struct {
	Event   name  `parser:"@@"`
	Channel *name `parser:"( 'by' @@ )?"`
}

func (l *lowering) rowCondition(t *table, col int, at cell, c *sla.Commitment) bool {
	v, ok := readCell(l, l.lang.cells.when, t, col, at, unnamed)
	if !ok {
		return false
	}
	c.Otherwise, c.When = v.Otherwise, conditions(v.All)
	return true
}

func conditions(all []rowCondition) (out []sla.TicketCondition) {
	for _, w := range all {
		out = append(out, sla.TicketCondition{Event: w.Event.text, Channel: nameText(w.Channel)})
	}
	return out
}

// A limitCell is 4 h, or 30 min during desk.
type limitCell struct {
	Length length `parser:"@@"`
	During *name  `parser:"( 'during' @@ )?"`
}

// promiseOf gives the measure of a promise column: "restore within".
func promiseOf(heading, bare string) string {
	if heading == "within" {
		return bare
	}
	for _, how := range []string{" within", " in less than", " every"} {
		if m, ok := strings.CutSuffix(heading, how); ok && m != "" && !strings.Contains(m, " ") {
			return m
		}
	}
	return ""
}

// commitment reads the promises of a row.
func (l *lowering) commitment(t *table, row []cell, c *sla.Commitment, bare string) {
	for i, col := range t.columns {
		id := l.sub(c.Name(), strings.ReplaceAll(col.heading, " ", "-"))
		switch measure := promiseOf(col.heading, bare); {
		case measure != "":
			if row[i].empty() && len(row[i].tokens) == 1 {
				continue
			}
			if twice := slices.IndexFunc(c.Promises, func(p sla.Promise) bool { return p.Measure == measure }); twice >= 0 {
				if !t.twice {
					l.report(codeColumnTwice, row[i].place, sla.Name("measure", measure))
				}
				t.twice = true
				continue
			}
			if v, ok := readNode(l, l.lang.cells.limit, t, i, row[i], l.sub(c.Name(), measure)); ok {
				l.places[l.sub(c.Name(), measure, "measure")] = col.place
				if v.During != nil {
					l.at(l.sub(c.Name(), measure, "during"), v.During.at)
				}
				c.Promises = append(c.Promises, sla.Promise{
					Measure: measure, Within: v.Length.v, During: nameText(v.During), LessThan: strings.HasSuffix(col.heading, "less than"), Every: strings.HasSuffix(col.heading, " every"),
				})
			}
		case col.heading == "clock" && !row[i].empty():
			if v, ok := readCell(l, l.lang.cells.name, t, i, row[i], id); ok {
				c.Clock = v.text
			}
		case col.heading == "counted from" && !row[i].empty():
			if v, ok := readCell(l, l.lang.cells.name, t, i, row[i], id); ok && v.text != "received" {
				c.CountedFrom = v.text
			}
		case col.heading == "in time" && !row[i].empty():
			if v, ok := readCell(l, l.lang.cells.share, t, i, row[i], id); ok {
				c.InTime = &v.v
				l.at(id, row[i].place)
			}
		}
	}
}
