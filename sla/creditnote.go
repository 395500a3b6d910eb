package sla

import (
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A NoteLine is one line of a credit note, for an accounting system: what is
// owed for one reason in one settlement period. The lines of a period add up
// to its Due.
type NoteLine struct {
	Contract string   `json:"contract"`
	Kind     NoteKind `json:"kind"`
	// Period is the settlement period that posts it, From and To its first and
	// last date.
	Period string        `json:"period"`
	From   calendar.Date `json:"from"`
	To     calendar.Date `json:"to"`
	// Clause is what it is owed by, For the service or part, Window what it is
	// about; of an adjustment and what is earned back, the period corrected.
	Clause string `json:"clause"`
	For    string `json:"for,omitempty"`
	Window string `json:"window"`
	// Amount is above 0 where the provider owes it.
	Amount credits.Money `json:"amount"`
	// Nature is the legal kind of credits, where the contract says it.
	Nature NatureKind `json:"nature,omitempty"`
	// Final says that nothing can change it any more: the period is settled,
	// the amount determined.
	Final bool `json:"final"`
	// SettledOn and Invoice are when the period settles, and when the invoice
	// that carries it is issued; nil where the contract does not say.
	SettledOn *time.Time `json:"settledOn,omitempty"`
	Invoice   *time.Time `json:"invoice,omitempty"`
}

// NoteKind is what a line of a credit note is.
type NoteKind string

// The kinds of line.
const (
	NoteCredit     NoteKind = "credit"
	NoteAdjustment NoteKind = "adjustment"
	NoteEarnedBack NoteKind = "earned back"
	NoteBonus      NoteKind = "bonus"
)

// CreditNotes lists what a report posts, in the order of its periods; lines of
// nothing are left out.
func (e *Engine) CreditNotes(r *Report) []NoteLine {
	var out []NoteLine
	for i := range r.Settlements {
		s := &r.Settlements[i]
		add := func(kind NoteKind, clause, about, window string, amount credits.Money, open bool) {
			if amount.IsZero() {
				return
			}
			n := NoteLine{
				Contract: r.Contract, Kind: kind, Period: s.Period.Name, From: s.Period.From, To: s.Period.To.AddDays(-1), Clause: clause, For: about, Window: window,
				Amount: amount, Final: s.State == PeriodSettled && !open, SettledOn: s.SettledOn, Invoice: s.Invoice,
			}
			if c := e.contract.Credits; c != nil && c.Nature != nil && (kind == NoteCredit || kind == NoteAdjustment && !strings.HasPrefix(clause, "bonus/")) {
				n.Nature = c.Nature.Kind
			}
			out = append(out, n)
		}
		periodName := func(d calendar.Date) string { return periodOf(e.settlementWindow(), d, e.termFrom).Name }
		for _, l := range s.Lines {
			add(NoteCredit, l.Objective, l.For, l.Window, l.Posted, l.Undetermined || l.Claim == ClaimOpen)
		}
		for _, a := range s.Adjustments {
			add(NoteAdjustment, a.Objective, a.For, periodName(a.Period), a.Amount, false)
		}
		for _, b := range s.EarnedBack {
			add(NoteEarnedBack, b.Objective, b.For, periodName(b.Of), negative(b.Amount), false)
		}
		for _, b := range s.Bonuses {
			add(NoteBonus, "bonus/"+b.Bonus, "", b.Window, negative(b.Posted), false)
		}
	}
	return out
}

func negative(m credits.Money) credits.Money {
	return credits.Money{Amount: m.Amount.Neg(), Currency: m.Currency}
}
