package sla

import (
	"fmt"

	"github.com/sla-lang/sla/calendar"
)

// What a ledger must be to be gone on with.

// A LedgerError is a ledger that cannot be gone on with: one of another contract
// or schema, or with a date that cannot be.
type LedgerError struct {
	// Want and Found are the contract's id and the ledger's.
	Want, Found string
	Schema      string
	// Entry is the one whose date cannot be, such as "results 3 (up, 2026-02)".
	// Date is that date, the zero date where there is none, and Through the first
	// date behind what the ledger says is settled.
	Entry         string
	Date, Through calendar.Date
}

// Error names both contracts, or the entry and its date.
func (e *LedgerError) Error() string {
	switch {
	case e.Schema != "":
		return fmt.Sprintf("the ledger has schema %q, this version reads %q", e.Schema, LedgerSchema)
	case e.Entry == "":
		return fmt.Sprintf("the ledger belongs to contract %q, not to %q", e.Found, e.Want)
	case e.Date == calendar.Date{}:
		return fmt.Sprintf("%s of the ledger has no date; go on with the ledger as it was written", e.Entry)
	}
	return fmt.Sprintf("%s of the ledger has the date %s, and what is settled ends before %s; go on with the ledger as it was written", e.Entry, e.Date, e.Through)
}

// fits checks that a ledger belongs to an engine's contract; nil fits all.
func (l *Ledger) fits(e *Engine) error {
	switch {
	case l == nil:
		return nil
	case l.Schema != "" && l.Schema != LedgerSchema:
		return &LedgerError{Schema: l.Schema}
	case l.Contract != e.contract.ID:
		return &LedgerError{Want: e.contract.ID, Found: l.Contract}
	}
	return l.datesFit()
}

// ledgerYears is how far back a ledger may reach. Windows are listed from its
// first date on, and no contract is that old.
const ledgerYears = 100

// datesFit checks that every date is one of what the ledger says is settled.
func (l *Ledger) datesFit() error {
	if l.SettledThrough == nil {
		if len(l.Results)+len(l.Posted)+len(l.EarnedBack)+len(l.Bonuses)+len(l.Late)+len(l.Work)+len(l.Settled) == 0 {
			return nil
		}
		return &LedgerError{Entry: "settledThrough"}
	}
	through := *l.SettledThrough
	first, _ := through.AddMonths(-12 * ledgerYears)
	var wrong error
	check := func(what string, n int, name string, date calendar.Date, last calendar.Date) {
		if wrong == nil && (date.Before(first) || date.After(last)) {
			wrong = &LedgerError{Entry: fmt.Sprintf("%s %d (%s)", what, n+1, name), Date: date, Through: through}
		}
	}
	before := through.AddDays(-1)
	for i := range l.Results {
		r := &l.Results[i]
		check("results", i, r.Objective+", "+r.Window, r.To, through)
	}
	for i := range l.Posted {
		check("posted", i, l.Posted[i].Objective, l.Posted[i].Period, before)
	}
	for i := range l.EarnedBack {
		check("earnedBack", i, l.EarnedBack[i].Objective, l.EarnedBack[i].Period, before)
	}
	for i := range l.Bonuses {
		check("bonuses", i, l.Bonuses[i].Bonus, l.Bonuses[i].Period, before)
	}
	for i := range l.Late {
		check("late", i, l.Late[i].Measure, l.Late[i].Period, before)
	}
	for i := range l.Work {
		check("work", i, l.Work[i].Work, l.Work[i].Period, before)
	}
	for i := range l.Settled {
		check("settled", i, l.Settled[i].Period.String(), l.Settled[i].Period, before)
	}
	return wrong
}
