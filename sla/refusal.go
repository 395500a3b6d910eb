package sla

import (
	"cmp"
	"slices"
)

// A Refusal says why a fact was not taken in. Nothing is ever dropped without
// one (semantics 9).
type Refusal struct {
	Reason RefusalReason `json:"reason"`
	Kind   FactKind      `json:"kind,omitempty"`
	ID     string        `json:"id,omitempty"`
	// Ticket is the one that the fact is of, of those that are of a ticket.
	Ticket string `json:"ticket,omitempty"`
	Args   []Arg  `json:"args,omitempty"`
	// File and Line are where the fact stands, filled in by the readers of
	// package facts.
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
}

// ticketOf is the ticket that a fact is of; "" for none.
func ticketOf(f Fact) string {
	switch f := f.(type) {
	case *TicketEvent:
		return f.Ticket
	case *PriorityChange:
		return f.Ticket
	case *Contest:
		return f.Ticket
	}
	return ""
}

// RefusalReason is why a fact was refused; also its key in the catalogue.
type RefusalReason string

// The reasons.
const (
	// RefusedNoID: a fact that needs an id has none.
	RefusedNoID RefusalReason = "id-missing"
	// RefusedNoTime: a fact without the instant at which it occurred.
	RefusedNoTime RefusalReason = "time-missing"
	// RefusedRange: an instant outside the years 1678 to 2261.
	RefusedRange RefusalReason = "time-out-of-range"
	// RefusedBackwards: an end that is not after its start.
	RefusedBackwards RefusalReason = "ends-before-it-begins"
	// RefusedMissing: a fact lacks a field its kind needs.
	RefusedMissing RefusalReason = "field-missing"
	// RefusedUnknown: a name that the contract does not declare.
	RefusedUnknown RefusalReason = "unknown-name"
	// RefusedValue: a value that cannot be, such as a negative count.
	RefusedValue RefusalReason = "value-impossible"
	// RefusedCurrency: an amount in another currency than the contract's.
	RefusedCurrency RefusalReason = "other-currency"
	// RefusedConflict: same id and revision, other content; both are refused.
	RefusedConflict RefusalReason = "same-id-other-content"
	// RefusedTooLate: a fact that came after what it concerns was settled in a
	// stream declared in order of time.
	RefusedTooLate RefusalReason = "too-late-for-the-stream"
	// RefusedSettled: a fact about a period that the ledger says is settled.
	RefusedSettled RefusalReason = "period-settled"
	// RefusedUnreadable: a row that cannot be read (package facts).
	RefusedUnreadable RefusalReason = "row-unreadable"
	// RefusedField: a field that cannot be read (package facts).
	RefusedField RefusalReason = "field-unreadable"
	// RefusedFieldUnknown: a field that no fact of the kind has (package facts).
	RefusedFieldUnknown RefusalReason = "field-unknown"
	// RefusedKind: a kind of fact that does not exist (package facts).
	RefusedKind RefusalReason = "kind-unknown"
	// RefusedLocalTime: a local time that happens twice or never (package
	// facts; semantics 1.6).
	RefusedLocalTime RefusalReason = "local-time"
	// RefusedUnmapped: a value of an export of which its mapping says nothing
	// (package facts).
	RefusedUnmapped RefusalReason = "value-unmapped"
	// RefusedColumn: an export has no column that its mapping reads (package
	// facts).
	RefusedColumn RefusalReason = "column-missing"
)

// maxRefusals is how many refusals are kept in full; all are counted.
const maxRefusals = 100

func (in *Intake) refuse(r *Refusal) {
	in.Refused++
	i := slices.IndexFunc(in.Reasons, func(c ReasonCount) bool { return c.Reason == r.Reason })
	if i < 0 {
		in.Reasons = append(in.Reasons, ReasonCount{r.Reason, 1})
	} else {
		in.Reasons[i].Count++
	}
	at, _ := slices.BinarySearchFunc(in.Refusals, *r, compareRefusals)
	if at == maxRefusals {
		return
	}
	if len(in.Refusals) == maxRefusals {
		in.Refusals = in.Refusals[:maxRefusals-1]
	}
	in.Refusals = slices.Insert(in.Refusals, at, *r)
}

// compareRefusals orders them by place and content, so that which ones are
// kept does not depend on which came first.
func compareRefusals(a, b Refusal) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Ticket, b.Ticket),
		cmp.Compare(a.Reason, b.Reason), slices.CompareFunc(a.Args, b.Args, func(x, y Arg) int {
			return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Value, y.Value))
		}))
}
