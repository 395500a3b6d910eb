package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// What promises hold a ticket, over its life.

// A scope is what one row of a table promises, or a duty; nil promises nothing.
type scope struct {
	promises []int
	// clocks are those of a ticket that is in the scope from its beginning to
	// its end, at no site.
	clocks []heldClock
}

// A heldClock is a clock of a ticket and what it is held to: terms, and of each
// the promise and what the ticket was taken to be.
type heldClock struct {
	measure  *clock.Measure
	rules    *clock.Rules
	terms    []calendar.Terms
	promises []int
	by       []*attributes
}

// attributes are what the ticket was taken to be for one of the terms.
func (c *heldClock) attributes(v *ticketView, terms int) *attributes {
	if len(v.changes) == 1 {
		return &v.changes[0]
	}
	return c.by[terms]
}

// judge gives the lives of the clock as they stand at an instant and appends
// them to out.
func (c *heldClock) judge(out []clock.Outcome, v *ticketView, asOf calendar.Instant) ([]clock.Outcome, error) {
	return c.rules.Judge(out, c.measure, c.terms, v.events, asOf, v.counted)
}

// ahead looks ahead along the last life of the clock.
func (c *heldClock) ahead(v *ticketView, asOf calendar.Instant) (*clock.Ahead, error) {
	return c.rules.Ahead(c.measure, c.terms, v.events, asOf)
}

// prepareScopes compiles the clocks of each scope, and finds the scopes of the
// tier of each service by priority.
func (e *Engine) prepareScopes() {
	e.byPriority = map[string]map[string]*scope{}
	tiers := map[string]map[string]*scope{}
	for key, s := range e.byScope {
		e.prepareScope(s)
		if key.service == "" && key.request == "" {
			if tiers[key.tier] == nil {
				tiers[key.tier] = map[string]*scope{}
			}
			tiers[key.tier][key.priority] = s
		}
	}
	for _, rows := range e.rows {
		for i := range rows {
			e.prepareScope(rows[i].scope)
		}
	}
	for name, s := range e.services {
		e.byPriority[name] = tiers[s.Tier]
	}
}

func (e *Engine) prepareScope(s *scope) {
	always := ticketView{changes: []attributes{{since: calendar.MinInstant}}}
	s.clocks = e.heldClocks(&always, []*scope{s})
}

// clocksOf lists the clocks of a ticket, whose scopes are given.
func (e *Engine) clocksOf(v *ticketView, scopes []*scope) []heldClock {
	if first := &v.changes[0]; len(v.changes) == 1 && (first.site == "" || len(e.instead) == 0) && first.since == calendar.MinInstant {
		return scopes[0].always()
	}
	return e.heldClocks(v, scopes)
}

// always are the clocks of a ticket that stays in a scope.
func (s *scope) always() []heldClock {
	if s == nil {
		return nil
	}
	return s.clocks
}

// heldClocks lists clocks: each measure once, with the rules of the first
// promise that has it.
func (e *Engine) heldClocks(v *ticketView, scopes []*scope) (out []heldClock) {
	for _, s := range scopes {
		for _, i := range s.all() {
			m := e.promises[i].measure
			if !slices.ContainsFunc(out, func(c heldClock) bool { return c.measure.Name == m.Name }) {
				out = append(out, e.holdClock(v, scopes, m))
			}
		}
	}
	return out
}

// all are the promises of a scope.
func (s *scope) all() []int {
	if s == nil {
		return nil
	}
	return s.promises
}

// clockOf is the clock of a measure.
func (e *Engine) clockOf(v *ticketView, m *clock.Measure) *heldClock {
	var usual [1]*scope
	clocks := e.clocksOf(v, e.scopesOf(usual[:0], v))
	i := slices.IndexFunc(clocks, func(c heldClock) bool { return c.measure.Name == m.Name })
	return &clocks[i]
}

// scopeOf finds the promises for attributes of a ticket.
func (e *Engine) scopeOf(a *attributes) *scope {
	if a.request != "" && e.duty[a.request] {
		return e.dutyOf(a)
	}
	t := e.tablesFor(a)
	if a.request != "" {
		if e.keyed && t.rows[scopeKey{service: a.service}] != nil {
			return pick(t.rows[scopeKey{service: a.service}], a)
		}
		return t.byScope[scopeKey{service: a.service, request: a.request}]
	}
	if e.keyed {
		if s := e.services[a.service]; s != nil && t.rows[scopeKey{tier: s.Tier}] != nil {
			return pick(t.rows[scopeKey{tier: s.Tier}], a)
		}
	}
	return t.byPriority[a.service][a.priority]
}

// scopesOf finds the promises for each of the attributes that a ticket had
// and appends them to out.
func (e *Engine) scopesOf(out []*scope, v *ticketView) []*scope {
	for n := range v.changes {
		out = append(out, e.scopeOf(&v.changes[n]))
	}
	return out
}

// holdClock is what a measure is held to over the life of a ticket.
func (e *Engine) holdClock(v *ticketView, scopes []*scope, m *clock.Measure) heldClock {
	c := heldClock{measure: m, rules: e.rules(m.Name)}
	held := &v.changes[0]
	for n := range v.changes {
		a, s, rule := &v.changes[n], scopes[n], calendar.ChangeRule("")
		if n > 0 {
			as, by := e.follow(held, &v.changes[n-1], a)
			switch rule = by; {
			case len(c.terms) == 0:
				held = a // nothing held it: what does now is the first
			case rule != calendar.First:
				if held = as; *as != *a {
					a, s = as, e.scopeOf(as)
				}
			}
		}
		if last := len(c.terms) - 1; last >= 0 && c.terms[last].Until == 0 && c.terms[last].Left == 0 && !e.promised(s, m) {
			if rule == calendar.First || rule == calendar.Strictest {
				c.terms[last].Left = a.since
			} else {
				c.terms[last].Until = a.since
			}
		}
		for _, i := range s.all() {
			if p := &e.promises[i]; p.measure.Name == m.Name {
				terms := e.terms(p, a.site, a.since)
				terms.Rule = rule
				terms.Unpromised = rule == calendar.FromChange && (len(c.terms) == 0 || c.terms[len(c.terms)-1].Until != 0)
				c.terms, c.promises, c.by = append(c.terms, terms), append(c.promises, i), append(c.by, a)
			}
		}
	}
	return c
}

// follow is what a ticket that was held as it was is taken to be after a change:
// what the change leaves alone, by the rule of each thing that changed, stays.
// The rule is that of the first thing that does not.
func (e *Engine) follow(held, before, after *attributes) (*attributes, calendar.ChangeRule) {
	as, rule := *after, calendar.First
	stays := func(differs bool, of string) bool {
		applies := e.changeRule(of)
		if differs && applies != calendar.First && rule == calendar.First {
			rule = applies
		}
		return applies == calendar.First
	}
	if stays(before.priority != after.priority, "priority") {
		as.priority = held.priority
	}
	if stays(before.site != after.site, "site") {
		as.site = held.site
	}
	if stays(before.service != after.service, "tier") {
		as.service = held.service
	}
	if stays(before.flags != after.flags, "clock") {
		as.flags = held.flags
	}
	if stays(before.amended != after.amended, "amendment") {
		as.amended = held.amended
	}
	stays(before.request != after.request || before.kind != after.kind, "priority")
	return &as, rule
}

// changed names what changed between two sets of attributes.
func (e *Engine) changed(before, after *attributes) string {
	switch {
	case before.priority != after.priority:
		return "priority"
	case before.site != after.site:
		return "site"
	case before.service != after.service:
		return "tier"
	case before.flags != after.flags:
		return "clock"
	case before.amended != after.amended:
		return "amendment"
	}
	return "priority"
}
