package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// What tells one row of a table of commitments from another, beside the
// priority: the kind of ticket, the channel, the site, the hours in which it
// was received, and conditions on its events (form T7).

// A TicketCondition holds from the event on that fulfils it: "escalated by
// phone".
type TicketCondition struct {
	Event string `json:"event"`
	// Channel, if not empty, is that of the event.
	Channel string `json:"channel,omitempty"`
}

// String is the condition as it is written.
func (c TicketCondition) String() string {
	if c.Channel == "" {
		return c.Event
	}
	return c.Event + " by " + c.Channel
}

// Name identifies a row in its table: its keys, joined by "/"; a row without
// any is called "all".
func (c *Commitment) Name() string {
	if len(c.When) == 0 && c.By == "" && c.At == "" && c.Kind == "" && c.ReceivedDuring == "" && !c.Otherwise && c.Priority+c.Request != "" {
		return c.Priority + c.Request // one of them is empty
	}
	var parts []string
	for _, key := range []string{c.Priority, c.Request, c.Kind, c.By, c.At, c.ReceivedDuring} {
		if key != "" {
			parts = append(parts, key)
		}
	}
	for _, w := range c.When {
		parts = append(parts, Slug(w.String()))
	}
	if c.Otherwise {
		parts = append(parts, "otherwise")
	}
	if len(parts) == 0 {
		return "all"
	}
	return strings.Join(parts, "/")
}

// keys counts the filled keys of a row; `otherwise` is none.
func (c *Commitment) keys() (n int) {
	for _, key := range []string{c.Priority, c.Request, c.Kind, c.By, c.At, c.ReceivedDuring} {
		if key != "" {
			n++
		}
	}
	return n + len(c.When)
}

// keyed says that a row has keys beside its priority or request.
func (c *Commitment) keyed() bool {
	own := 0
	if c.Priority != "" || c.Request != "" {
		own = 1
	}
	return c.keys() != own || own == 0 || c.Otherwise
}

// A rowPlan is a row of a table with such keys, compiled.
type rowPlan struct {
	row   *Commitment
	scope *scope
	// conditions are bits of [Engine.conditions], hours one of
	// [Engine.receivedIn].
	conditions, hours uint64
}

// prepareKeys lists the conditions and hours that tell rows apart.
func (e *Engine) prepareKeys() {
	visit := func(rows []Commitment) {
		for i := range rows {
			for _, w := range rows[i].When {
				e.conditionBit(w)
			}
			if d := rows[i].ReceivedDuring; d != "" && !slices.Contains(e.receivedIn, d) {
				e.receivedIn = append(e.receivedIn, d)
			}
			e.keyed = e.keyed || rows[i].keyed()
		}
	}
	for _, t := range e.contract.allTiers() {
		visit(t.Rows)
	}
	for _, t := range e.contract.allRequests() {
		visit(t.Rows)
	}
	if p := e.contract.Priorities; p != nil {
		for _, m := range p.Moves {
			for _, w := range m.When {
				e.conditionBit(w)
			}
		}
		e.keyed = e.keyed || len(p.Moves) > 0 || len(p.Defaults) > 0 || len(p.Matrix) > 0
	}
}

func (e *Engine) conditionBit(w TicketCondition) uint64 {
	i := slices.Index(e.conditions, w)
	if i < 0 {
		i = len(e.conditions)
		e.conditions = append(e.conditions, w)
	}
	return 1 << (i % 64)
}

func (e *Engine) conditionBits(all []TicketCondition) (bits uint64) {
	for _, w := range all {
		bits |= e.conditionBit(w)
	}
	return bits
}

// addRow remembers a row of a table whose rows have more keys.
func (e *Engine) addRow(key scopeKey, row *Commitment, promises []int) {
	plan := rowPlan{row: row, scope: &scope{promises: promises}, conditions: e.conditionBits(row.When)}
	if i := slices.Index(e.receivedIn, row.ReceivedDuring); i >= 0 {
		plan.hours = 1 << (i % 64)
	}
	e.rows[key] = append(e.rows[key], plan)
}

// pick gives the promises of the row with the most filled keys that fits.
func pick(rows []rowPlan, a *attributes) *scope {
	best, most := -1, -1
	for i := range rows {
		r := rows[i].row
		fits := func(key, value string) bool { return key == "" || key == value }
		if fits(r.Priority, a.priority) && fits(r.Request, a.request) && fits(r.Kind, a.kind) && fits(r.By, a.channel) && fits(r.At, a.site) &&
			rows[i].conditions&^a.flags == 0 && rows[i].hours&^a.hours == 0 && r.keys() > most {
			best, most = i, r.keys()
		}
	}
	if best < 0 {
		return nil
	}
	return rows[best].scope
}

// keysOf completes the attributes of a ticket by an event of it, for contracts
// that ask for more than a service, a priority and a site. first says that
// nothing had been received before.
func (e *Engine) keysOf(next *attributes, f *TicketEvent, at calendar.Instant, first bool) {
	next.kind = orDefault(f.Type, next.kind)
	if f.Event == clock.Received && first {
		next.channel = f.Channel
		for i, name := range e.receivedIn {
			if e.calendars[name].Contains(at) {
				next.hours |= 1 << (i % 64)
			}
		}
	}
	for i, c := range e.conditions {
		if f.Event == c.Event && (c.Channel == "" || c.Channel == f.Channel) {
			next.flags |= 1 << (i % 64)
		}
	}
	e.priorityOf(next, f, first)
}

// priorityOf finds the priority by the contract's own rules: a matrix of two
// facts, a default by channel, and conditions that lower or raise it.
func (e *Engine) priorityOf(next *attributes, f *TicketEvent, first bool) {
	p := e.contract.Priorities
	if p == nil {
		return
	}
	if len(p.Matrix) > 0 {
		next.impact, next.urgency = orDefault(f.Impact, next.impact), orDefault(f.Urgency, next.urgency)
		if f.Priority == "" && (f.Impact != "" || f.Urgency != "") {
			next.priority = orDefault(p.inMatrix(next.impact, next.urgency), next.priority)
		}
	}
	if next.priority == "" && f.Event == clock.Received && first {
		next.priority = p.defaultFor(f.Channel)
	}
	for _, m := range p.Moves {
		if next.priority == m.From && e.conditionBits(m.When)&^next.flags == 0 {
			next.priority = m.To
			break
		}
	}
}

// defaultFor is the priority of what comes in by a channel: its own before that
// of all.
func (p *Priorities) defaultFor(channel string) string {
	others := ""
	for i := range p.Defaults {
		switch d := &p.Defaults[i]; d.By {
		case channel:
			return d.Priority
		case "":
			others = d.Priority
		}
	}
	return others
}

// inMatrix is the priority of two values; "" where one is not known.
func (p *Priorities) inMatrix(impact, urgency string) string {
	for _, c := range p.Matrix {
		if c.Impact == impact && c.Urgency == urgency {
			return c.Priority
		}
	}
	return ""
}
