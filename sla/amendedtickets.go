package sla

import (
	"maps"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// What holds tickets once a contract is amended: the tables of each amendment
// stand beside those of the contract, and a ticket has the number of those that
// hold it among its attributes.

// commitmentTables find what is promised of a ticket.
type commitmentTables struct {
	byScope map[scopeKey]*scope
	// byPriority are the promises of the tier of each service.
	byPriority map[string]map[string]*scope
	// rows are the tables whose rows have more keys than one.
	rows map[scopeKey][]rowPlan
}

// An amended is an amendment, compiled.
type amended struct {
	amendment *Amendment
	from      calendar.Instant
	tables    *commitmentTables
}

// prepareAmended compiles the tables of the amendments, each on top of those
// before it.
func (e *Engine) prepareAmended() {
	base := e.commitmentTables
	for i := range e.contract.Amendments {
		a := &e.contract.Amendments[i]
		e.amended = append(e.amended, amended{amendment: a, from: e.zone.StartOf(a.InForceFrom)})
		e.commitmentTables = &commitmentTables{byScope: maps.Clone(e.byScope), rows: maps.Clone(e.rows)}
		for j := range a.Tiers {
			e.replaceTable(a.Tiers[j].Rows, a.Tiers[j].Name, scopeKey{tier: a.Tiers[j].Name})
		}
		for j := range a.Requests {
			e.replaceTable(a.Requests[j].Rows, "requests/"+a.Requests[j].Service, scopeKey{service: a.Requests[j].Service})
		}
		e.prepareScopes()
		e.amended[i].tables = e.commitmentTables
	}
	e.commitmentTables = base
}

// replaceTable puts the rows of a table in the place of those there were.
func (e *Engine) replaceTable(rows []Commitment, id string, key scopeKey) {
	maps.DeleteFunc(e.byScope, func(k scopeKey, _ *scope) bool {
		return k.tier == key.tier && k.service == key.service && !e.duty[k.request]
	})
	delete(e.rows, key)
	e.addTable(rows, id, key)
}

// tablesFor are those that hold what a ticket is: of the last amendment that
// holds it and has its table; the tables of each have those before it in them.
func (e *Engine) tablesFor(a *attributes) *commitmentTables {
	n := int(a.amended)
	for n > int(a.signed) && !(e.amended[n-1].amendment.OpenTickets && e.amends(n-1, a)) {
		n--
	}
	if n == 0 {
		return e.commitmentTables
	}
	return e.amended[n-1].tables
}

// amends says whether an amendment, by its number from 0, has the table that
// holds what a ticket is.
func (e *Engine) amends(i int, a *attributes) bool {
	tier := ""
	if s := e.services[a.service]; s != nil && a.request == "" {
		tier = s.Tier
	}
	return e.amended[i].amendment.amends(tier, a.service)
}

// amendedBy says whether an amendment, by its number from 0, holds a ticket:
// it was in force at its receipt, or holds open ones too.
func (e *Engine) amendedBy(a *attributes, i int) bool {
	return i < int(a.signed) || i < int(a.amended) && e.amended[i].amendment.OpenTickets
}

// byAmendments says which amendments hold a ticket: those in force at its
// receipt, and those that hold for tickets that are open (semantics 2.6). The
// latter are a change on the way.
func (e *Engine) byAmendments(v *ticketView) {
	if len(v.events) == 0 {
		return
	}
	began := v.begins()
	n := 0
	for n < len(e.amended) && e.amended[n].from <= began {
		n++
	}
	for i := range v.changes {
		v.changes[i].amended, v.changes[i].signed = int32(n), int32(n)
	}
	for ; n < len(e.amended); n++ {
		if !e.amended[n].amendment.OpenTickets {
			continue
		}
		at := 0
		for at < len(v.changes) && v.changes[at].since < e.amended[n].from {
			at++
		}
		switch {
		case at < len(v.changes) && v.changes[at].since == e.amended[n].from:
		case e.amends(n, &v.changes[at-1]):
			change := v.changes[at-1]
			change.since = e.amended[n].from
			v.changes = slices.Insert(v.changes, at, change)
		default: // it is no change for what the ticket is at that time
			at--
		}
		for ; at < len(v.changes); at++ {
			v.changes[at].amended = int32(n + 1)
		}
	}
}

// clauseOf is the id of the cell of a promise, which may stand in an amendment.
func (e *Engine) clauseOf(p *promisePlan) string {
	if p.amended == 0 {
		return p.id
	}
	return e.amended[p.amended-1].amendment.prefix() + p.id
}

// amendedStep says by which amendment a promise holds a ticket: the last that
// does; else before which it was received: the first that it missed.
func (v *view) amendedStep(j *judgement, p *promisePlan) (Step, bool) {
	code, of := "", (*amended)(nil)
	for i := range v.e.amended {
		switch a := &v.e.amended[i]; {
		case !a.amendment.amends(p.tier, p.service):
		case !v.e.amendedBy(j.attr, i):
			if of == nil && a.from <= v.valid {
				code, of = "ticket-before-amendment", a
			}
		case a.from > j.outcome.Start:
			code, of = "ticket-amended-open", a
		default:
			code, of = "ticket-amended", a
		}
	}
	if of == nil {
		return Step{}, false
	}
	return Step{Code: code, Clause: "amendment/" + of.amendment.ID, Args: []Arg{Name("amendment", of.amendment.ID), DateArg("from", of.amendment.InForceFrom)}}, true
}

// amends says whether an amendment holds the table of a tier, or that of the
// requests of a service where there is no tier.
func (a *Amendment) amends(tier, service string) bool {
	if tier != "" {
		return slices.ContainsFunc(a.Tiers, func(t Tier) bool { return t.Name == tier })
	}
	return slices.ContainsFunc(a.Requests, func(r Requests) bool { return r.Service == service })
}

// nextAmendment is when the next amendment that changes open tickets is in
// force.
func (e *Engine) nextAmendment(now calendar.Instant) (calendar.Instant, bool) {
	for i := range e.amended {
		if e.amended[i].from > now && e.amended[i].amendment.OpenTickets {
			return e.amended[i].from, true
		}
	}
	return 0, false
}
