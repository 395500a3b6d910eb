package dsl

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// Tickets: priorities, clocks, tiers, requests, escalation.

type prioritiesHead struct {
	Head bool `parser:"@'priorities'"`
}

func prioritiesForm() *form[sla.Contract] {
	return open(`priorities { … }`, `priorities {`,
		func(l *language) *scope[sla.Priorities] { return l.priorities },
		func(_ *lowering, c *sla.Contract, _ *prioritiesHead) (string, *sla.Priorities, func()) {
			p := &sla.Priorities{}
			return "priorities", p, func() { c.Priorities = p }
		})
}

func prioritiesScope() *scope[sla.Priorities] {
	return &scope[sla.Priorities]{key: "priorities", table: lowerPriorityTable, forms: []*form[sla.Priorities]{
		say(`set by PARTY`, `set by provider`, func(l *lowering, p *sla.Priorities, n *setByLine) {
			l.at(l.sub("set"), n.By.at)
			p.SetBy = n.By.text
		}),
		say(`contested by PARTY within LENGTH after it is set`, `contested by customer within 2 business days after it is set`,
			func(l *lowering, p *sla.Priorities, n *contestedLine) {
				l.at(l.sub("contested"), n.By.at)
				p.ContestedBy, p.ContestWithin = n.By.text, &n.Within.v
			}),
		say(`default PRIORITY [by CHANNEL]`, `default P1 by phone`, func(l *lowering, p *sla.Priorities, n *defaultLine) {
			if l.declare(l.sub("default", n.Priority.text), n.Priority.at, "default "+n.Priority.text) {
				p.Defaults = append(p.Defaults, sla.PriorityDefault{Priority: n.Priority.text, By: nameText(n.By)})
			}
		}).again(),
		say(`lower PRIORITY to PRIORITY when EVENT [by CHANNEL] [and …]`, `lower P1 to P2 when customer-unreachable`, lowerMove[moveDownLine]).again(),
		say(`raise PRIORITY to PRIORITY when EVENT [by CHANNEL] [and …]`, `raise P2 to P1 when escalated by phone`, lowerMove[moveUpLine]).again(),
		acceptForm[sla.Priorities](),
	}}
}

type defaultLine struct {
	Priority name  `parser:"'default' @@"`
	By       *name `parser:"( 'by' @@ )?"`
}

type moveLine struct {
	From name           `parser:"@@"`
	To   name           `parser:"'to' @@"`
	When []rowCondition `parser:"'when' @@ ( 'and' @@ )*"`
}

type moveDownLine struct {
	Move moveLine `parser:"'lower' @@"`
}

type moveUpLine struct {
	Move moveLine `parser:"'raise' @@"`
}

func (n moveDownLine) move() moveLine { return n.Move }
func (n moveUpLine) move() moveLine   { return n.Move }

func lowerMove[N interface{ move() moveLine }](l *lowering, p *sla.Priorities, line *N) {
	n := (*line).move()
	if l.declare(l.sub("move", n.From.text, n.To.text), n.From.at, "change of "+n.From.text) {
		l.at(l.sub("move", n.From.text), n.From.at)
		p.Moves = append(p.Moves, sla.PriorityMove{From: n.From.text, To: n.To.text, When: conditions(n.When)})
	}
}

type setByLine struct {
	By name `parser:"'set' 'by' @@"`
}

type contestedLine struct {
	By     name   `parser:"'contested' 'by' @@"`
	Within length `parser:"'within' @@ ( 'after' 'it' 'is' 'set' )?"`
}

func lowerPriorityTable(l *lowering, p *sla.Priorities, t *table) {
	if t.columns[0].heading == "impact" {
		lowerMatrix(l, p, t)
		return
	}
	key, ok := l.required(t, "priority")
	l.onlyColumns(t, "priority", "when")
	if !ok {
		return
	}
	when := t.column("when")
	for _, row := range t.rows {
		n, ok := readCell(l, l.lang.cells.name, t, key, row[key], unnamed)
		if !ok || !l.declare(l.sub(n.text), n.at, "priority "+n.text) {
			continue
		}
		r := sla.Priority{Name: n.text}
		if when >= 0 && !row[when].empty() {
			if w, ok := readCell(l, l.lang.cells.text, t, when, row[when], l.sub(n.text, "when")); ok {
				r.When = w.text
			}
		}
		p.Rows = append(p.Rows, r)
	}
}

// lowerMatrix reads a table of priorities by impact, down, and urgency, across.
func lowerMatrix(l *lowering, p *sla.Priorities, t *table) {
	for _, row := range t.rows {
		impact, ok := readCell(l, l.lang.cells.name, t, 0, row[0], unnamed)
		if !ok {
			continue
		}
		for i, c := range t.columns[1:] {
			id := l.sub("matrix", impact.text, c.heading)
			v, ok := readCell(l, l.lang.cells.name, t, i+1, row[i+1], unnamed)
			if ok && l.declare(id, v.at, "impact "+impact.text+", urgency "+c.heading) {
				p.Matrix = append(p.Matrix, sla.PriorityCell{Impact: impact.text, Urgency: c.heading, Priority: v.text})
			}
		}
	}
}

type clocksHead struct {
	Head name   `parser:"@@"`
	Of   []name `parser:"( 'of' @@ ( ',' @@ )* )?"`
}

func clocksForm() *form[sla.Contract] {
	return open(`clocks  [of MEASURE, …] { … }`, `clocks {`,
		func(l *language) *scope[sla.Clocks] { return l.clocks },
		func(l *lowering, c *sla.Contract, n *clocksHead) (string, *sla.Clocks, func()) {
			k := &sla.Clocks{}
			if len(n.Of) == 0 {
				if !l.declare("clocks", n.Head.at, "clocks") {
					return "clocks", k, nil
				}
				return "clocks", k, func() { c.Clocks = k }
			}
			for _, of := range n.Of {
				k.Of = append(k.Of, of.text)
			}
			id := "clocks/of/" + k.Of[0]
			if !l.declare(id, n.Of[0].at, "clocks of "+k.Of[0]) {
				return id, k, nil
			}
			return id, k, func() { c.ClocksOf = append(c.ClocksOf, *k) }
		}).again()
}

func clocksScope() *scope[sla.Clocks] {
	return &scope[sla.Clocks]{key: "clocks", forms: []*form[sla.Clocks]{
		say(`source tickets "…"`, `source tickets "GLPI"`, func(_ *lowering, k *sla.Clocks, n *clockSourceLine) { k.Source = n.Name.text }),
		say(`start when received [by CHANNEL, … or|and CHANNEL] [, at the latest when recorded by PARTY]|EVENT [by|to NAME]`,
			`start when received by phone, portal or monitoring, at the latest when recorded by provider`, lowerClockStart),
		say(`pause while STATE, … [, with a note] [, at most LENGTH in total|each time]`, `pause while waiting-on-customer, with a note, at most 165 h in total`, lowerPause).again(),
		say(`never pause  while STATE, …`, `never pause while waiting-on-supplier`, lowerNeverPause),
		say(`run only  while STATE, …`, `run only while waiting-on-provider`, lowerRunOnly),
		say(`cancel when EVENT, … or EVENT`, `cancel when duplicate or withdrawn`, lowerCancel),
		say(`reopen within LENGTH continues the same clock|restarts|starts a new clock [, the time while restored counts|does not count]`,
			`reopen within 5 business days continues the same clock, the time while restored does not count`, lowerReopen),
		say(`change of priority|tier|site|clock, … applies from receipt|from the change|the strictest|the first`, `change of priority, tier or site applies from receipt`, lowerChange).again(),
		say(`counted when decided|received|closed`, `counted when decided`, lowerCounted),
		say(`judged each PERIOD [, for each service]`, `judged each calendar month, for each service`, lowerJudged),
		say(`warn at SHARE of MEASURE|the target [to PARTY]`, `warn at 75% of restore to provider`, lowerTicketWarn).again(),
		acceptForm[sla.Clocks](),
	}, other: meansForm(), suits: func(t []token) bool { return len(t) > 1 && t[0].kind == tokWord && t[1].value == "means" }}
}

type clockSourceLine struct {
	Name text `parser:"'source' 'tickets' @@"`
}

type clockStartLine struct {
	Received bool             `parser:"'start' 'when' ( @'received'"`
	First    *name            `parser:"( 'by' @@"`
	More     []clockStartMore `parser:"@@* )?"`
	Event    *name            `parser:"| @@"`
	By       *name            `parser:"( ( 'by' | 'to' ) @@ )? )"`
}

type clockStartMore struct {
	Or   *name           `parser:"'or' @@"`
	And  *name           `parser:"| 'and' @@"`
	Then *clockStartThen `parser:"| ',' @@"`
}

type clockStartThen struct {
	Recorded *name `parser:"'at' 'the' 'latest' 'when' 'recorded' 'by' @@"`
	Channel  *name `parser:"| @@"`
}

func lowerClockStart(l *lowering, k *sla.Clocks, n *clockStartLine) {
	s := &sla.ClockStart{}
	l.places[l.sub("start")] = l.places[l.id]
	if n.Event != nil {
		s.Event = n.Event.text
		l.at(l.sub("start"), n.Event.at)
	}
	if n.First != nil {
		s.Channels = append(s.Channels, n.First.text)
		l.at(l.sub("start"), n.First.at)
	}
	for _, m := range n.More {
		switch {
		case m.Or != nil:
			s.Channels = append(s.Channels, m.Or.text)
		case m.And != nil:
			s.Channels, s.All = append(s.Channels, m.And.text), true
		case m.Then.Recorded != nil:
			s.RecordedBy = m.Then.Recorded.text
			l.at(l.sub("start", "recorded-by"), m.Then.Recorded.at)
		default:
			s.Channels = append(s.Channels, m.Then.Channel.text)
		}
	}
	k.Start = s
}

type runOnlyLine struct {
	States []name `parser:"'run' 'only' 'while' @@ ( ',' @@ )*"`
}

func lowerRunOnly(l *lowering, k *sla.Clocks, n *runOnlyLine) {
	for _, s := range n.States {
		if l.declare(l.sub("run-only", s.text), s.at, "run only while "+s.text) {
			k.RunOnly = append(k.RunOnly, s.text)
		}
	}
}

type cancelLine struct {
	Events []name `parser:"'cancel' 'when' @@ ( ( ',' | 'or' ) @@ )*"`
}

func lowerCancel(l *lowering, k *sla.Clocks, n *cancelLine) {
	for _, e := range n.Events {
		if l.declare(l.sub("cancel", e.text), e.at, "cancel when "+e.text) {
			k.CancelWhen = append(k.CancelWhen, e.text)
		}
	}
}

type pauseLine struct {
	State name             `parser:"'pause' 'while' @@"`
	Quals []pauseQualifier `parser:"( ',' @@ )*"`
}

type pauseQualifier struct {
	Note   bool        `parser:"@( 'with' 'a' 'note' )"`
	AtMost *pauseLimit `parser:"| 'at' 'most' @@"`
	State  *name       `parser:"| @@"`
}

type pauseLimit struct {
	Length   length `parser:"@@"`
	EachTime bool   `parser:"( 'in' 'total' | @( 'each' 'time' ) )?"`
}

func lowerPause(l *lowering, k *sla.Clocks, n *pauseLine) {
	p, id := sla.Pause{States: []string{n.State.text}}, l.sub("pause", n.State.text)
	for _, q := range n.Quals {
		switch {
		case q.Note:
			p.WithNote = true
		case q.AtMost != nil:
			p.AtMost, p.EachTime = &q.AtMost.Length.v, q.AtMost.EachTime
			l.at(id+"/at-most", q.AtMost.Length.at)
		default:
			p.States = append(p.States, q.State.text)
		}
	}
	if l.declare(id, n.State.at, "pause while "+n.State.text) {
		k.Pauses = append(k.Pauses, p)
	}
}

type neverPauseLine struct {
	First name   `parser:"'never' 'pause' 'while' @@"`
	More  []name `parser:"( ',' @@ )*"`
}

func lowerNeverPause(l *lowering, k *sla.Clocks, n *neverPauseLine) {
	for _, s := range append([]name{n.First}, n.More...) {
		if l.declare(l.sub("never-pause", s.text), s.at, "never pause while "+s.text) {
			k.NeverPause = append(k.NeverPause, s.text)
		}
	}
}

type reopenLine struct {
	Within   length          `parser:"'reopen' 'within' @@"`
	Same     bool            `parser:"( @( 'continues' 'the' 'same' 'clock' )"`
	Restarts bool            `parser:"| @'restarts'"`
	New      bool            `parser:"| @( 'starts' 'a' 'new' 'clock' ) )"`
	Restored *restoredCounts `parser:"( ',' 'the' 'time' 'while' 'restored' @@ )?"`
}

type restoredCounts struct {
	Counts bool `parser:"( @'counts' | 'does' 'not' 'count' )"`
}

func lowerReopen(l *lowering, k *sla.Clocks, n *reopenLine) {
	l.at(l.sub("reopen"), n.Within.at)
	k.Reopen = &sla.Reopen{Within: n.Within.v, Mode: sla.ReopenContinues}
	switch {
	case n.Restarts:
		k.Reopen.Mode = sla.ReopenRestarts
	case n.New:
		k.Reopen.Mode = sla.ReopenNew
	}
	k.Reopen.RestoredCounts = n.Restored != nil && n.Restored.Counts
}

type changeLine struct {
	First   name         `parser:"'change' 'of' @@"`
	More    []changeMore `parser:"@@*"`
	Receipt bool         `parser:"'applies' ( 'from' ( @'receipt'"`
	Change  bool         `parser:"| 'the' @'change' )"`
	Which   *name        `parser:"| 'the' @@ )"`
}

type changeMore struct {
	Comma *name `parser:"',' @@"`
	Or    *name `parser:"| 'or' @@"`
}

func lowerChange(l *lowering, k *sla.Clocks, n *changeLine) {
	r := sla.ChangeRule{Applies: calendar.FromReceipt}
	switch {
	case n.Change:
		r.Applies = calendar.FromChange
	case n.Which != nil:
		if !l.choice(*n.Which, "change", "strictest", "first") {
			return
		}
		r.Applies = calendar.ChangeRule("the " + n.Which.text)
	}
	all := []name{n.First}
	for _, m := range n.More {
		if m.Comma != nil {
			all = append(all, *m.Comma)
		} else {
			all = append(all, *m.Or)
		}
	}
	for _, of := range all {
		if l.choice(of, "change", "priority", "tier", "site", "clock") && l.declare(l.sub("change", of.text), of.at, "change of "+of.text) {
			r.Of = append(r.Of, of.text)
		}
	}
	if len(r.Of) > 0 {
		k.Changes = append(k.Changes, r)
	}
}

type countedLine struct {
	When word `parser:"'counted' 'when' @@"`
}

func lowerCounted(l *lowering, k *sla.Clocks, n *countedLine) {
	if l.choice(n.When.name, "counted", "decided", "received", "closed") {
		k.Counted = sla.Counted(n.When.text)
	}
}

type judgedLine struct {
	Window  window `parser:"'judged' 'each' @@"`
	ForEach *name  `parser:"( ',' 'for' 'each' @@ )?"`
}

func lowerJudged(l *lowering, k *sla.Clocks, n *judgedLine) {
	l.at(l.sub("judged"), n.Window.at)
	k.Judged = &sla.Judged{Window: n.Window.v}
	if n.ForEach != nil && l.choice(*n.ForEach, "judged", "service") {
		k.Judged.ForEach = n.ForEach.text
	}
}

type ticketWarnLine struct {
	At     share `parser:"'warn' 'at' @@ 'of'"`
	Target bool  `parser:"( @( 'the' 'target' )"`
	Of     *name `parser:"| @@ )"`
	To     *name `parser:"( ','? 'to' @@ )?"`
}

func lowerTicketWarn(l *lowering, k *sla.Clocks, n *ticketWarnLine) {
	w := sla.TicketWarn{Share: n.At.v, Of: nameText(n.Of), To: nameText(n.To)}
	id := l.sub("warn", orElse(w.Of, "target"), n.At.v.String())
	if l.declare(id, n.At.at, "warn at "+n.At.v.String()) {
		l.at(id+"/of", n.At.at)
		k.Warn = append(k.Warn, w)
	}
}

type meansLine struct {
	Measure name             `parser:"@@ 'means'"`
	First   langText         `parser:"@@"`
	More    []meansQualifier `parser:"( ',' @@ )*"`
}

type langText struct {
	Lang *name `parser:"@@?"`
	Text text  `parser:"@@"`
}

type meansQualifier struct {
	Automatic  *countsOrNot `parser:"'an' 'automatic' ( 'reply' | 'action' ) @@"`
	Workaround *countsOrNot `parser:"| 'a' 'workaround' @@"`
	StopsAt    []name       `parser:"| 'stops' 'at' @@ ( 'or' @@ )*"`
	Text       *langText    `parser:"| @@"`
}

type countsOrNot struct {
	Counts bool `parser:"( @'counts' | 'does' 'not' 'count' )"`
}

func meansForm() *form[sla.Clocks] {
	return say(`MEASURE means [LANGUAGE] "…" [, an automatic reply counts|does not count] [, a workaround counts|does not count] [, stops at EVENT or EVENT]`,
		`respond means "a named engineer has answered", an automatic reply does not count`,
		func(l *lowering, k *sla.Clocks, n *meansLine) {
			m := sla.Means{Measure: n.Measure.text, Texts: []sla.Text{n.First.value()}}
			for _, q := range n.More {
				switch {
				case q.Automatic != nil:
					m.AutomaticCounts = q.Automatic.Counts
				case q.Workaround != nil:
					m.Workaround = &q.Workaround.Counts
				case len(q.StopsAt) > 0:
					for _, at := range q.StopsAt {
						m.StopsAt = append(m.StopsAt, at.text)
					}
				default:
					m.Texts = append(m.Texts, q.Text.value())
				}
			}
			if l.declare(l.sub("means", m.Measure), n.Measure.at, m.Measure+" means") {
				k.Means = append(k.Means, m)
			}
		}).again()
}

func (t langText) value() sla.Text { return sla.Text{Lang: nameText(t.Lang), Text: t.Text.text} }

type tierHead struct {
	Name name `parser:"'tier' @@"`
}

func tierForm() *form[sla.Contract] {
	return open(`tier NAME { … }`, `tier gold {`,
		func(l *language) *scope[sla.Tier] { return l.tier },
		func(l *lowering, c *sla.Contract, n *tierHead) (string, *sla.Tier, func()) {
			t := &sla.Tier{Name: n.Name.text}
			if !l.declare(t.Name, n.Name.at, "tier "+t.Name) {
				return t.Name, t, nil
			}
			return t.Name, t, func() { c.Tiers = append(c.Tiers, *t) }
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
			r, id := &sla.Requests{Service: n.Service.text}, "requests/"+n.Service.text
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
	l.promiseColumns(t, key, bare)
	if !slices.ContainsFunc(t.columns, func(c column) bool { return c.heading == key || slices.Contains(keyColumns, c.heading) }) {
		l.required(t, key)
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
			}
		}
	}
}

type escalationHead struct {
	Head bool `parser:"@'escalation'"`
}

func escalationForm() *form[sla.Contract] {
	return open(`escalation { … }`, `escalation {`,
		func(l *language) *scope[sla.Escalation] { return l.escalation },
		func(_ *lowering, c *sla.Contract, _ *escalationHead) (string, *sla.Escalation, func()) {
			e := &sla.Escalation{}
			return "escalation", e, func() { c.Escalation = e }
		})
}

func escalationScope() *scope[sla.Escalation] {
	return &scope[sla.Escalation]{key: "escalation", table: lowerEscalationTable, forms: []*form[sla.Escalation]{
		say(`counted on the MEASURE clock|open time`, `counted on the restore clock`, func(l *lowering, e *sla.Escalation, n *countedOnLine) {
			if e.OpenTime = n.Open; !n.Open {
				l.at(l.sub("counted"), n.Measure.at)
				e.CountedOn = n.Measure.text
			}
		}),
		acceptForm[sla.Escalation](),
	}}
}

type countedOnLine struct {
	Open    bool  `parser:"'counted' 'on' ( @( 'open' 'time' )"`
	Measure *name `parser:"| 'the' @@ 'clock' )"`
}

func lowerEscalationTable(l *lowering, e *sla.Escalation, t *table) {
	level, ok := l.required(t, "level")
	who, ok2 := l.required(t, "who")
	if !ok || !ok2 {
		return
	}
	by := t.column("by")
	for _, row := range t.rows {
		n, ok := readCell(l, l.lang.cells.name, t, level, row[level], unnamed)
		if !ok || !l.declare(l.sub(n.text), n.at, "level "+n.text) {
			continue
		}
		lv := sla.EscalationLevel{Level: n.text}
		for i, c := range t.columns {
			switch {
			case i == level:
			case i == who:
				if v, ok := readCell(l, l.lang.cells.text, t, i, row[i], l.sub(n.text, "who")); ok {
					lv.Who = v.text
				}
			case row[i].empty():
			case i == by:
				if v, ok := readCell(l, l.lang.cells.name, t, i, row[i], l.sub(n.text, "by")); ok {
					lv.By = v.text
				}
			default:
				if v, ok := readCell(l, l.lang.cells.step, t, i, row[i], l.sub(n.text, c.heading)); ok {
					lv.After = append(lv.After, v.after(c.heading))
				}
			}
		}
		e.Levels = append(e.Levels, lv)
	}
}

// An escalationCell is 30 min, 75% of restore, 15 min before due.
type escalationCell struct {
	Share  *escalationShare  `parser:"( @@"`
	Length *escalationLength `parser:"| @@ )"`
}

type escalationShare struct {
	Share shareHere `parser:"@@"`
	Of    name      `parser:"'of' @@"`
}

type escalationLength struct {
	Length length `parser:"@@"`
	Before bool   `parser:"( ( @'before'"`
	After  bool   `parser:"| @'after' ) 'due' )?"`
}

func (c escalationCell) after(priority string) sla.EscalationAfter {
	if c.Share != nil {
		return sla.EscalationAfter{Priority: priority, Share: &c.Share.Share.share.v, Of: c.Share.Of.text}
	}
	a := sla.EscalationAfter{Priority: priority, Length: c.Length.Length.v}
	switch {
	case c.Length.Before:
		a.Due = sla.BeforeDue
	case c.Length.After:
		a.Due = sla.AfterDue
	}
	return a
}
