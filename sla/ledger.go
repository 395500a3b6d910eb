package sla

import (
	"fmt"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// LedgerSchema names the JSON form of a [Ledger].
const LedgerSchema = "sla-ledger/1"

// A Ledger is what one evaluation must remember for the next: what is settled
// and never rewritten, and what was posted (semantics 6). It is plain data.
type Ledger struct {
	Schema   string `json:"schema"`
	Contract string `json:"contract"`
	// Meaning is the hash of the contract's meaning when it was written.
	Meaning string `json:"meaning,omitempty"`
	// SettledThrough is the first date behind the last settled period; nil
	// when nothing is settled.
	SettledThrough *calendar.Date `json:"settledThrough,omitempty"`
	// Posted are the credits of settled periods.
	Posted []PostedCredit `json:"posted,omitempty"`
	// Results are the verdicts of settled windows.
	Results []LedgerResult `json:"results,omitempty"`
}

// A PostedCredit is a credit of a settled period.
type PostedCredit struct {
	// Period is the settlement period's first date.
	Period    calendar.Date `json:"period"`
	Objective string        `json:"objective"`
	For       string        `json:"for,omitempty"`
	Amount    credits.Money `json:"amount"`
	// Incidents are those the line credits.
	Incidents []string `json:"incidents,omitempty"`
}

// A LedgerResult is the verdict of an objective in a settled window.
type LedgerResult struct {
	Objective string  `json:"objective"`
	For       string  `json:"for,omitempty"`
	Window    string  `json:"window"`
	Verdict   Verdict `json:"verdict"`
	// Measured is the exact value, where there is one.
	Measured string `json:"measured,omitempty"`
}

// A LedgerError is a ledger that does not belong to the contract.
type LedgerError struct {
	// Want and Found are the contract's id and the ledger's.
	Want, Found string
	Schema      string
}

// Error names both contracts.
func (e *LedgerError) Error() string {
	if e.Schema != "" {
		return fmt.Sprintf("the ledger has schema %q, this version reads %q", e.Schema, LedgerSchema)
	}
	return fmt.Sprintf("the ledger belongs to contract %q, not to %q", e.Found, e.Want)
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
	return nil
}

// settled says whether a period is settled.
func (l *Ledger) settled(p Period) bool {
	return l != nil && l.SettledThrough != nil && !p.To.After(*l.SettledThrough)
}
