package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/clock"
)

// Duties with a deadline are clocks like those of requests (form T9): a patch
// has so long from its release, a breach from its discovery until it is told,
// a report from the end of its month, an answer of the customer from when it
// was asked for; and what is owed again and again – backups, restore tests,
// audits, reviews – has a rhythm. Their facts are events of tickets with the
// request that the duty is called by.

// A dutyRow is a duty as a row of a table of requests.
type dutyRow struct {
	// clause is the line of the contract, service the one it is about; empty
	// for the whole contract.
	clause, service string
	row             Commitment
}

// Duties lists what is owed by a deadline, beside tickets and requests, as rows
// of requests: under these names facts and tests speak of it.
func (c *Contract) Duties() (rows []Commitment) {
	for _, d := range c.duties() {
		rows = append(rows, d.row)
	}
	return rows
}

// duties lists the duties of a contract that have a deadline.
func (c *Contract) duties() (out []dutyRow) {
	row := func(clause, service string, c Commitment) { out = append(out, dutyRow{clause, service, c}) }
	add := func(clause, service, request, from string, within *calendar.Length, every bool) {
		if within != nil {
			row(clause, service, Commitment{Request: request, CountedFrom: from, Promises: []Promise{{Measure: "deliver", Within: *within, Every: every}}})
		}
	}
	for i := range c.Parties {
		for _, d := range c.Parties[i].Duties {
			clause, owed := "party/"+c.Parties[i].Role+"/must/"+d.Name, Commitment{Request: c.requestOf(&d, c.Parties[i].Role), Clock: d.During}
			switch {
			case d.Within != nil:
				owed.CountedFrom, owed.Promises = d.After, []Promise{{Measure: "deliver", Within: *d.Within}}
				row(clause, "", owed)
			case d.Every != nil:
				owed.Promises = []Promise{{Measure: "deliver", Within: *d.Every, Every: true}}
				row(clause, "", owed)
			}
		}
	}
	if s := c.Security; s != nil {
		for i := range s.Patches {
			p := &s.Patches[i]
			add("security/patches/"+p.Kind, "", "patch-"+p.Kind, "release", &p.Within, false)
		}
		add("security/breach-notice", "", "breach-notice", "discovery", s.BreachNotice, false)
		add("security/audit", "", "audit", "", s.AuditEvery, true)
	}
	for i := range c.Backups {
		b := &c.Backups[i]
		add("backup/"+b.Service+"/every", b.Service, "backup", "", &b.Every, true)
		add("backup/"+b.Service+"/restore-test", b.Service, "restore-test", "", b.RestoreTest, true)
	}
	for i := range c.Recoveries {
		r := &c.Recoveries[i]
		add("recovery/"+r.Service+"/rto", r.Service, "recovery", "", &r.RTO, false)
		row("recovery/"+r.Service+"/rpo", r.Service, Commitment{Request: "recovery", CountedFrom: recoveredTo, Promises: []Promise{{Measure: recoveryPoint, Within: r.RPO}}})
		if !r.RPO.IsZero() { // what is kept at every instant is no series of copies
			row("recovery/"+r.Service+"/rpo", r.Service, Commitment{Request: "backup", Promises: []Promise{{Measure: recoveryPoint, Within: r.RPO, Every: true}}})
		}
		add("recovery/"+r.Service+"/test", r.Service, "recovery-test", "", r.Test, true)
	}
	for i := range c.Reports {
		r := &c.Reports[i]
		add("report/"+r.Rhythm, "", "report-"+r.Rhythm, "period-end", r.Due, false)
	}
	for i := range c.Reviews {
		r := &c.Reviews[i]
		add("review/"+r.Name, "", "review-"+r.Name, "", &r.Every, true)
	}
	return out
}

// requestOf is the request by which the facts of a party's duty speak of it; its
// role is part of it where another party has a duty of the same name.
func (c *Contract) requestOf(d *Duty, role string) string {
	for i := range c.Parties {
		p := &c.Parties[i]
		if p.Role != role && slices.ContainsFunc(p.Duties, func(o Duty) bool { return o.Name == d.Name && (o.Within != nil || o.Every != nil) }) {
			return "must-" + role + "-" + d.Name
		}
	}
	return "must-" + d.Name
}

// dutyStarts are the events that begin duties.
func (c *Contract) dutyStarts() []string {
	out := []string{"release", "discovery", "period-end", recoveredTo}
	for i := range c.Parties {
		for _, d := range c.Parties[i].Duties {
			if d.After != "" {
				out = append(out, d.After)
			}
		}
	}
	return out
}

// datedDuties are what parties must have done by a date, until a report has
// told that it was.
func (v *view) datedDuties(from calendar.Date) (out []PlanDuty) {
	for i := range v.e.contract.Parties {
		p := &v.e.contract.Parties[i]
		for j := range p.Duties {
			d := &p.Duties[j]
			if d.By == nil {
				continue
			}
			clause := "party/" + p.Role + "/must/" + d.Name
			owed := PlanDuty{Clause: clause, Due: v.at(v.e.zone.StartOf(d.By.AddDays(1))), Delivered: v.dutyDone(d.Name, clause, "")}
			if owed.Delivered == nil || !instant(*owed.Delivered).Time().Before(v.e.zone.StartOf(from).Time()) {
				owed.State = v.dutyState(owed.Due, owed.Delivered, nil)
				out = append(out, owed)
			}
		}
	}
	return out
}

// What is lost in a recovery point objective (RPO) is the time from the
// instant to which data were recovered up to the failure, which is the receipt
// of the recovery; and at any other instant the time since the last backup.
const (
	recoveryPoint = "recovery-point"
	recoveredTo   = clock.RecoveredTo
)

// addDuties compiles the duties. A table of requests that has the name of one
// says itself what is promised.
func (e *Engine) addDuties() {
	e.duty = map[string]bool{}
	for _, d := range e.contract.duties() {
		if e.names.has(requestName, d.row.Request) {
			continue
		}
		e.duty[d.row.Request] = true
		key := scopeKey{service: d.service, request: d.row.Request}
		if e.byScope[key] == nil {
			e.byScope[key] = &scope{}
		}
		s := e.byScope[key]
		s.promises = append(s.promises, e.addPromises(&d.row, d.clause, promisePlan{service: d.service, request: d.row.Request})...)
	}
}

// dutyOf finds the promise of a duty: that of its service, or of the contract.
func (e *Engine) dutyOf(a *attributes) *scope {
	if of := e.byScope[scopeKey{service: a.service, request: a.request}]; of != nil {
		return of
	}
	return e.byScope[scopeKey{request: a.request}]
}
