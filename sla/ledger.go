package sla

import (
	"slices"
	"time"

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
	// Waiting are credits that a floor or a cap carries into the next period;
	// Period is the one they arose in.
	Waiting []PostedCredit `json:"waiting,omitempty"`
	// Results are the verdicts of settled windows.
	Results []LedgerResult `json:"results,omitempty"`
	// EarnedBack are the credits of which a share has returned.
	EarnedBack []LedgerEarned `json:"earnedBack,omitempty"`
	// Bonuses are those of settled windows, for their caps.
	Bonuses []LedgerBonus `json:"bonuses,omitempty"`
	// Late counts late tickets that a condition may ask for.
	Late []LedgerLate `json:"late,omitempty"`
	// Work is what limits on work were used for, of windows that may not be over.
	Work []LedgerWork `json:"work,omitempty"`
	// Rights are those opened by settled windows, as they stood.
	Rights []Right `json:"rights,omitempty"`
	// Settled says by which facts each period was settled.
	Settled []LedgerPeriod `json:"settled,omitempty"`
}

// A LedgerEarned is a share of a credit that returned in a settled period.
type LedgerEarned struct {
	// Period is the one it returned in, Of the one of the credit.
	Period    calendar.Date `json:"period"`
	Of        calendar.Date `json:"of"`
	Objective string        `json:"objective"`
	For       string        `json:"for,omitempty"`
	Amount    credits.Money `json:"amount"`
}

// A LedgerBonus is a bonus paid in a settled period.
type LedgerBonus struct {
	Period calendar.Date `json:"period"`
	Bonus  string        `json:"bonus"`
	Window string        `json:"window"`
	Amount credits.Money `json:"amount"`
}

// A LedgerLate counts the late clocks of a measure in a settled period.
type LedgerLate struct {
	Period   calendar.Date `json:"period"`
	Service  string        `json:"service"`
	Priority string        `json:"priority"`
	Measure  string        `json:"measure"`
	Count    int           `json:"count"`
}

// A LedgerPeriod is a settled period and the record it was settled by.
type LedgerPeriod struct {
	Period calendar.Date `json:"period"`
	// Known is the instant of knowledge, and Facts the hash of the facts known
	// then. A later fact is evaluated together with that same record.
	Known time.Time `json:"known"`
	Facts string    `json:"facts"`
	// Waiting are the credits that earlier periods had carried into it.
	Waiting []PostedCredit `json:"waiting,omitempty"`
}

// A PostedCredit is a credit of a settled period.
type PostedCredit struct {
	// Period is the settlement period's first date.
	Period calendar.Date `json:"period"`
	// Objective is empty for a sum that is not told apart.
	Objective string        `json:"objective"`
	For       string        `json:"for,omitempty"`
	Amount    credits.Money `json:"amount"`
	// Service is the one that For is a part of; empty where that is a service.
	Service string `json:"service,omitempty"`
	// Since is the first date of the settlement period that a carried credit
	// arose in; nil where that is Period.
	Since *calendar.Date `json:"since,omitempty"`
	// Incidents are those the line credits.
	Incidents []string `json:"incidents,omitempty"`
	// In is the first date of the settlement period that posted it, where that
	// is another: an adjustment.
	In *calendar.Date `json:"in,omitempty"`
}

// owner is the service that a credit is about.
func (p *PostedCredit) owner() string { return orDefault(p.Service, p.For) }

// A LedgerResult is the verdict of an objective in a settled window.
type LedgerResult struct {
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	Window    string `json:"window"`
	// To is the first date behind the window.
	To      calendar.Date `json:"to"`
	Verdict Verdict       `json:"verdict"`
	// Measured is the exact value, where there is one.
	Measured string `json:"measured,omitempty"`
	// Excused says why a miss costs nothing and is not counted.
	Excused Excuse `json:"excused,omitempty"`
	// Notified is when the miss was notified, where the contract asks for that.
	Notified *time.Time `json:"notified,omitempty"`
}

// An Excuse is why a window costs nothing although its objective was missed.
type Excuse string

// The excuses.
const (
	// ExcusedStartUp: the window ended in the start-up time; conditions over
	// several windows skip it.
	ExcusedStartUp Excuse = "start-up"
	// ExcusedTolerance: the miss is within the tolerance; it is no miss for
	// conditions that count misses, and not met for those that ask for that.
	ExcusedTolerance Excuse = "tolerance"
)

// priorLedger is a copy of what was settled before, to be gone on with. Rights
// are worked out anew from its results.
func (v *view) priorLedger() *Ledger {
	led := &Ledger{Schema: LedgerSchema, Contract: v.e.contract.ID, Meaning: v.e.meaning}
	if p := v.prior; p != nil {
		led.SettledThrough = p.SettledThrough
		led.Posted = slices.Clone(p.Posted)
		led.Waiting = slices.Clone(p.Waiting)
		led.Results = slices.Clone(p.Results)
		led.EarnedBack = slices.Clone(p.EarnedBack)
		led.Bonuses = slices.Clone(p.Bonuses)
		led.Late = slices.Clone(p.Late)
		led.Settled = slices.Clone(p.Settled)
	}
	return led
}

// settle writes a period into the ledger.
func (l *Ledger) settle(s *SettlementResult, posted []PostedCredit) {
	p := s.Period
	l.SettledThrough = ptrTo(p.To)
	l.Posted = append(l.Posted, posted...)
	for _, b := range s.EarnedBack {
		l.EarnedBack = append(l.EarnedBack, LedgerEarned{Period: p.From, Of: b.Of, Objective: b.Objective, For: b.For, Amount: b.Amount})
	}
	for _, b := range s.Bonuses {
		l.Bonuses = append(l.Bonuses, LedgerBonus{Period: p.From, Bonus: b.Bonus, Window: b.Window, Amount: b.Posted})
	}
}

// settled says whether a period is settled.
func (l *Ledger) settled(p Period) bool {
	return l != nil && l.SettledThrough != nil && !p.To.After(*l.SettledThrough)
}
