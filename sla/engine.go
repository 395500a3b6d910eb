package sla

import (
	"fmt"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/clock"
)

// EngineVersion names the evaluator in receipts. Results of a language edition
// never change with it; it is there to say who computed them.
const EngineVersion = "0.1.0"

// An Engine is a contract compiled for evaluation: calendars, tables and
// objectives resolved once. It is immutable and safe for concurrent use.
type Engine struct {
	contract *Contract
	zone     *calendar.Zone
	// term is when the contract is in force.
	term     calendar.Interval
	termFrom calendar.Date
	// version is when the version of the contract came into force.
	version   calendar.Instant
	calendars map[string]*calendar.Calendar
	business  *calendar.Calendar
	services  map[string]*Service
	known     map[string]string // other systems' names of services
	names     *names
	promises  []promisePlan
	*commitmentTables
	// amended are the amendments, in the order in which they come into force.
	amended []amended
	instead map[insteadKey]*Instead
	// conditions and receivedIn are what tells the rows of tables apart that
	// have more keys than one; keyed says that there is such a thing.
	conditions []TicketCondition
	receivedIn []string
	keyed      bool
	// reopens are the rules for reopening, common and of single measures.
	reopens []*clock.ReopenRule
	// duty are the requests that duties of the contract are called by.
	duty map[string]bool
	// timed are the promises of whose clocks the times are needed.
	timed map[int][]Window
	// lateness are the windows in each of which it is needed by how much the
	// clocks of a promise were late.
	lateness map[int][]Window
	tickets  *clock.Rules
	// words are the names of events that rules speak of.
	words clock.Words
	// ruleOf are the rules of measures that have their own.
	ruleOf map[string]*clock.Rules
	// begins are the events beside receipts that may start a clock.
	begins map[string]bool
	// workWindows are the windows of each kind of maintenance.
	workWindows map[string][]workWindow
	change      map[string]calendar.ChangeRule
	plans       []objectivePlan
	// activities are those of the RACI table that give outages a cause.
	activities map[string]answering
	// owing are the objectives of whose results money is made, giving those of
	// whose rights are.
	owing    map[string]bool
	giving   map[string]bool
	rounding credits.Rounding
	currency credits.Currency
	meaning  string
	editions []EditionUsed
}

// Contract is the contract the engine was prepared from; it must not be
// changed.
func (e *Engine) Contract() *Contract { return e.contract }

// Zone is the contract's time zone.
func (e *Engine) Zone() *calendar.Zone { return e.zone }

// Calendar is a calendar that the contract declares, compiled; nil where it
// declares none of that name.
func (e *Engine) Calendar(name string) *calendar.Calendar { return e.calendars[name] }

// A CheckError is a contract that cannot be evaluated because [Check] finds
// errors in it.
type CheckError struct{ Findings []Finding }

// Error names the clauses and codes.
func (e *CheckError) Error() string {
	var parts []string
	for _, f := range e.Findings {
		parts = append(parts, fmt.Sprintf("%s: %s", f.Clause, f.Code))
	}
	return "the contract has errors: " + strings.Join(parts, "; ")
}

// Prepare compiles a contract. It refuses a contract with errors, with a
// *[CheckError]. The contract must not be changed afterwards.
func Prepare(c *Contract) (*Engine, error) {
	var errs []Finding
	for _, f := range Check(c) {
		if f.Severity == Error {
			errs = append(errs, f)
		}
	}
	if len(errs) > 0 {
		return nil, &CheckError{errs}
	}
	e := &Engine{contract: c, services: map[string]*Service{}, known: map[string]string{}, names: declare(c)}
	b, err := bind(c)
	if err != nil {
		return nil, err
	}
	e.zone, e.calendars, e.editions = b.zone, b.calendars, b.editions
	e.business = e.calendars[c.BusinessDays]
	if c.BusinessDays == "" {
		e.business = e.calendars[onlyHours(c)]
	}
	if err := e.prepareTerm(); err != nil {
		return nil, err
	}
	e.prepareVersion()
	for i := range c.Services {
		s := &c.Services[i]
		e.services[s.Name] = s
		for _, k := range s.Known {
			e.known[k] = s.Name
		}
	}
	e.prepareMoney()
	if err := e.prepareTickets(); err != nil {
		return nil, err
	}
	if err := e.prepareWork(); err != nil {
		return nil, err
	}
	e.prepareActivities()
	e.prepareObjectives()
	e.prepareOwing()
	e.keepTimes()
	e.prepareLateness()
	e.meaning = c.MeaningHash()
	return e, nil
}

// prepareTerm finds when the contract is in force: from local midnight of its
// first date, to that of the date behind its last; an ended contract ends
// with the date of its end (R007).
func (e *Engine) prepareTerm() error {
	e.term = calendar.Interval{Start: calendar.MinInstant, End: calendar.MaxInstant}
	t := e.contract.Term
	if t == nil {
		e.termFrom = firstOf(2000, 1)
		return nil
	}
	e.termFrom = t.From
	e.term.Start = e.zone.StartOf(t.From)
	end, err := endOf(t.From, t.Length)
	if err != nil {
		return err
	}
	if t.Renewal == nil {
		e.term.End = e.zone.StartOf(end)
	}
	if s := e.contract.Status; s.State == StatusEnded && s.On != nil {
		e.term.End = e.zone.StartOf(s.On.AddDays(1))
	}
	return nil
}

// prepareVersion finds when this version of the contract came into force: before
// that another text holds.
func (e *Engine) prepareVersion() {
	e.version = calendar.MinInstant
	if v := e.contract.Version; v != nil && v.InForceFrom != nil {
		e.version = e.zone.StartOf(*v.InForceFrom)
	}
	e.term.Start = max(e.term.Start, e.version)
}

// endOf is the first date behind a term that begins on a date.
func endOf(from calendar.Date, l calendar.Length) (calendar.Date, error) {
	switch l.Unit() {
	case calendar.Days:
		return from.AddDays(l.Count()), nil
	case calendar.Weeks:
		return from.AddDays(7 * l.Count()), nil
	case calendar.Years:
		return monthsAfter(from, 12*l.Count())
	case calendar.Months:
		return monthsAfter(from, l.Count())
	}
	return from, fmt.Errorf("a term of %s cannot be counted", l)
}

func monthsAfter(from calendar.Date, n int) (calendar.Date, error) {
	d, ok := from.AddMonths(n)
	if !ok {
		return d, &calendar.MissingDateError{}
	}
	return d, nil
}

// prepareMoney settles the currency and its rounding.
func (e *Engine) prepareMoney() {
	if cur := e.contract.Currency; cur != nil {
		e.currency = cur.Code
		e.rounding = credits.DefaultRounding(cur.Code)
		if cur.Rounding != nil {
			e.rounding = *cur.Rounding
		}
		return
	}
	for _, s := range e.contract.Services {
		if s.Fee != nil {
			e.currency = s.Fee.Amount.Currency
		}
	}
	e.rounding = credits.DefaultRounding(e.currency)
}
