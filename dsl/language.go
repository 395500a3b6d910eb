package dsl

import (
	"slices"
	"strings"
	"sync"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// The language of edition 1: every kind of block and what may stand in it. It
// is built once and never changes.
type language struct {
	file, contract *scope[sla.Contract]
	party          *scope[sla.Party]
	holidays       *scope[calendar.HolidayDefinition]
	calendar       *scope[calendar.Definition]
	priorities     *scope[sla.Priorities]
	clocks         *scope[sla.Clocks]
	tier           *scope[sla.Tier]
	service        *scope[sla.Service]
	has            *scope[[]sla.Attribute]
	maintenance    *scope[sla.MaintenanceRule]
	exclusions     *scope[sla.Exclusions]
	objective      *scope[sla.Objective]
	targetTable    *scope[sla.Target]
	itemLimit      *scope[sla.ItemLimit]
	creditTable    *scope[sla.Credit]
	requests       *scope[sla.Requests]
	site           *scope[sla.Site]
	security       *scope[sla.Security]
	raci           *scope[sla.RACI]
	escalation     *scope[sla.Escalation]
	credits        *scope[sla.CreditRules]
	bonus          *scope[sla.Bonus]
	termination    *scope[sla.Termination]
	underpinning   *scope[sla.Underpinning]
	clause         *scope[sla.ProseClause]
	amendment      *scope[sla.Contract]
	// Those of files of tests.
	tests        *scope[testBook]
	testBlock    *scope[draft]
	example      *scope[draft]
	facts        *scope[draft]
	acts         *scope[ticketGiven]
	expects      *scope[draft]
	cells        cellGrammars
	ops          grammar[cellOf[operator]]
	thresholdOps grammar[cellOf[thresholdOp]]
	conversion   *scope[sla.Conversion]
}

// edition1 builds the language on first use.
var edition1 = sync.OnceValue(func() *language {
	return &language{
		file: fileScope(), contract: contractScope(), party: partyScope(),
		holidays: holidaysScope(), calendar: calendarScope(),
		priorities: prioritiesScope(), clocks: clocksScope(), tier: tierScope(), service: serviceScope(),
		has: hasScope(), maintenance: maintenanceScope(), exclusions: exclusionsScope(), objective: objectiveScope(),
		targetTable: targetTableScope(), itemLimit: itemLimitScope(), creditTable: creditTableScope(), requests: requestsScope(), site: siteScope(), security: securityScope(),
		raci: raciScope(), escalation: escalationScope(), credits: creditsScope(), bonus: bonusScope(),
		termination: terminationScope(), underpinning: underpinningScope(), clause: clauseScope(), amendment: amendmentScope(),
		tests: testsScope(), testBlock: testBlockScope(), example: exampleScope(), facts: factsScope(), acts: actsScope(), expects: expectsScope(),
		cells: newCellGrammars(), ops: newGrammar[cellOf[operator]](),
		thresholdOps: newGrammar[cellOf[thresholdOp]](), conversion: conversionScope(),
	}
})

// scopes lists every kind of block, the file first.
func (l *language) scopes() []anyScope {
	return []anyScope{
		l.file, l.contract, l.party, l.holidays, l.calendar, l.priorities, l.clocks, l.tier, l.service, l.has, l.maintenance,
		l.exclusions, l.objective, l.targetTable, l.itemLimit, l.creditTable, l.requests, l.site, l.security, l.raci, l.escalation,
		l.credits, l.conversion, l.bonus, l.termination, l.underpinning, l.clause, l.amendment,
	}
}

// testScopes lists the kinds of block of files of tests, the file first.
func (l *language) testScopes() []anyScope {
	return []anyScope{l.tests, l.testBlock, l.facts, l.acts, l.expects}
}

// scopes are those of the kind of file that is being read, the nearest first.
func (l *lowering) scopes() []anyScope {
	switch {
	case l.test != nil:
		return l.lang.testScopes()
	case strings.HasPrefix(l.id, "example/"):
		return slices.Concat([]anyScope{l.lang.example}, l.lang.testScopes(), l.lang.scopes())
	}
	return append(l.lang.scopes(), l.lang.example)
}

// fileScope is what stands at the top of a file.
func fileScope() *scope[sla.Contract] {
	return &scope[sla.Contract]{key: "file", forms: []*form[sla.Contract]{
		contractForm(), partyForm(), holidaysForm(), calendarForm(), prioritiesForm(), clocksForm(), tierForm(), serviceForm(), partForm(), eventForm(),
		chargeForm(), paymentForm(), discountForm(), maintenanceForm(), exclusionsForm(), objectiveForm(),
		requestsForm(), siteForm(), securityForm(), backupForm(), recoveryForm(), raciForm(), escalationForm(),
		unitForm(), quantityForm(), poolForm(), convertForm(), dayOfFeeForm(), creditsForm(), bonusForm(), remedyPlanForm(), terminationForm(), underpinningForm(), reportForm(),
		disputeForm(), reviewForm(), clauseForm(), amendmentForm(), exampleForm(), acceptForm[sla.Contract](),
	}}
}
