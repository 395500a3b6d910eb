package sla

import (
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// CreditRules is the `credits` block: how the credits of a settlement period
// become money owed (semantics 5).
type CreditRules struct {
	Settled *Settlement `json:"settled,omitempty"`
	Paid    *Paid       `json:"paid,omitempty"`
	// Claim is how a credit is asked for; nil means not said.
	Claim *ClaimRule `json:"claim,omitempty"`
	// FormalNotice says whether a formal notice is needed; nil: not said.
	FormalNotice *bool   `json:"formalNotice,omitempty"`
	Nature       *Nature `json:"nature,omitempty"`
	// SameIncident makes one incident count once; false is the default.
	SameIncident bool `json:"sameIncidentOnce,omitempty"`
	// SameService and SamePeriod leave only the highest credit of each
	// service, or of each settlement period.
	SameService bool      `json:"sameServiceOnce,omitempty"`
	SamePeriod  bool      `json:"samePeriodOnce,omitempty"`
	Caps        []Cap     `json:"caps,omitempty"`
	Floors      []Floor   `json:"floors,omitempty"`
	EarnBack    *EarnBack `json:"earnBack,omitempty"`
}

// Settlement says when the credits of a window are settled: After its end.
type Settlement struct {
	Window Window          `json:"window"`
	After  calendar.Length `json:"after"`
}

// Paid says how a credit reaches the customer (P09).
type Paid struct {
	// SetOff is true when it is deducted from the first invoice issued after
	// the credit is settled.
	SetOff bool `json:"setOff"`
	// CashWithin is how soon it is paid in cash when no invoice is issued
	// within IfNoneWithin; both nil when it never is.
	CashWithin   *calendar.Length `json:"cashWithin,omitempty"`
	IfNoneWithin *calendar.Length `json:"ifNoneWithin,omitempty"`
}

// ClaimRule says whether and how soon a credit must be claimed (P07).
type ClaimRule struct {
	Needed bool `json:"needed"`
	// Steps must all be made, each in time; what is not is lost.
	Steps []ClaimStep `json:"steps,omitempty"`
}

// A ClaimStep is one step of a claim and its deadline.
type ClaimStep struct {
	Name string `json:"name,omitempty"`
	// Within is counted from After; or the deadline is the end of the
	// Ordinal-th Window after it.
	Within  *calendar.Length `json:"within,omitempty"`
	Ordinal int              `json:"ordinal,omitempty"`
	Window  Window           `json:"window,omitzero"`
	After   Anchor           `json:"after"`
	// With lists what must be sent along, in words.
	With []string `json:"with,omitempty"`
}

// Anchor is what a deadline is counted from; any name that is not one of the
// constants is the delivery of that name.
type Anchor string

// The anchors that the facts of a credit give.
const (
	// AnchorEnd is the end of the window judged, AnchorIncident the beginning
	// of the first outage that counts, AnchorReport the report of the period.
	AnchorEnd      Anchor = "the end of the window"
	AnchorIncident Anchor = "the incident"
	AnchorReport   Anchor = "the report"
)

// A Repeat multiplies the credit of a miss that follows others (step 3).
type Repeat struct {
	Times decimal.Decimal `json:"times"`
	// From is the ordinal of the first miss that is multiplied: 2 for the
	// second in a row, or in any Of windows.
	From int `json:"from"`
	Of   int `json:"of,omitempty"`
}

// Nature is the legal kind of the credits (P11).
type Nature struct {
	Kind  NatureKind `json:"kind"`
	Texts []Text     `json:"texts,omitempty"`
}

// NatureKind is a legal kind of remedy.
type NatureKind string

// The legal kinds of remedy.
const (
	NaturePriceReduction    NatureKind = "price-reduction"
	NaturePenalty           NatureKind = "penalty"
	NatureLiquidatedDamages NatureKind = "liquidated-damages"
)

// A Cap limits the credits of a window to an amount: a share of a base, days
// of a fee, or money. One that stands in an objective limits the credits of
// that alone.
type Cap struct {
	Name string      `json:"name,omitempty"`
	Pays credits.Pay `json:"pays"`
	Base Base        `json:"base,omitzero"`
	// Each is the window over which credits add up; zero means that of the
	// base, and where that says none, that of the objective or the settlement.
	Each Window `json:"each,omitzero"`
	// Months makes that window slide: the so many months that end with the
	// settlement period.
	Months int `json:"months,omitempty"`
	// PerService limits each service on its own.
	PerService bool `json:"perService,omitempty"`
	// Carried carries what is cut to the next settlement period.
	Carried bool `json:"carried,omitempty"`
}

// A Floor is an amount that credits must reach before anything is due; then
// all of it is. It compares exact amounts, before rounding.
type Floor struct {
	Name string `json:"name,omitempty"`
	// Op is above or at least.
	Op     credits.Op    `json:"op"`
	Amount credits.Money `json:"amount"`
	// PerService compares each service on its own.
	PerService bool `json:"perService,omitempty"`
	// Each is the window over which credits add up; zero means the settlement
	// period.
	Each Window `json:"each,omitzero"`
	// Kept lets what is below it wait and add up in the next periods, instead
	// of being lost; PaidAtEnd pays it in the last period of the term.
	Kept      bool `json:"kept,omitempty"`
	PaidAtEnd bool `json:"paidAtEnd,omitempty"`
}

// EarnBack returns a share of a posted credit when its objective is met in
// each of the following windows (P15).
type EarnBack struct {
	Share credits.Share `json:"share"`
	// Periods is how many windows in a row must be met.
	Periods int    `json:"periods"`
	Window  Window `json:"window"`
}

// A Bonus pays the provider for exceeding targets (R071).
type Bonus struct {
	Name string `json:"name"`
	// When are conditions that must all hold.
	When []Condition   `json:"when,omitempty"`
	Pays credits.Share `json:"pays"`
	Base Base          `json:"base"`
	Caps []MoneyCap    `json:"caps,omitempty"`
}

// A MoneyCap limits an amount of money in each window.
type MoneyCap struct {
	Name   string        `json:"name"`
	Amount credits.Money `json:"amount"`
	Each   Window        `json:"each"`
}

// A Condition speaks about the results of an objective over several windows,
// or about tickets that were late.
type Condition struct {
	Kind ConditionKind `json:"kind"`
	// Objective is the objective spoken of; Service, Priority and Measure
	// name the tickets of ConditionNoneLate.
	Objective string `json:"objective,omitempty"`
	Service   string `json:"service,omitempty"`
	Priority  string `json:"priority,omitempty"`
	Measure   string `json:"measure,omitempty"`
	// Threshold is the level of ConditionLevelEach and ConditionLevelAny; where
	// ConditionInARow or ConditionOfAny have one, windows beyond it count in the
	// place of those that were missed.
	Threshold *Threshold `json:"threshold,omitempty"`
	// Count of Of windows: in Count in a row, or in Count of any Of.
	Count  int    `json:"count,omitempty"`
	Of     int    `json:"of,omitempty"`
	Window Window `json:"window,omitzero"`
	// Notified is the time after the end of a window in which its miss must be
	// notified to count; nil counts all misses.
	Notified *calendar.Length `json:"notified,omitempty"`
	// Within is the larger window whose parts are spoken of ("in each
	// calendar month of a calendar quarter").
	Within Window `json:"within,omitzero"`
}

// ConditionKind is a kind of condition.
type ConditionKind string

// The kinds of condition.
const (
	ConditionInARow    ConditionKind = "missed in a row"
	ConditionOfAny     ConditionKind = "missed of any"
	ConditionLevelAny  ConditionKind = "level in any"
	ConditionLevelEach ConditionKind = "level in each"
	ConditionNoneLate  ConditionKind = "none late"
)

// A RemedyPlan is a document owed after a miss (R072).
type RemedyPlan struct {
	Name string `json:"name"`
	Text string `json:"text"`
	// Within is counted from the report.
	Within calendar.Length `json:"within"`
}

// A Termination is a party's right to end the contract (P10).
type Termination struct {
	By    string            `json:"by"`
	When  []TerminationWhen `json:"when"`
	Cure  *Cure             `json:"cure,omitempty"`
	Terms *TerminationTerms `json:"notice,omitempty"`
	// Refunds are what the provider pays back when notice is given, added up.
	Refunds []Refund `json:"refunds,omitempty"`
}

// A Refund is a share of fees that were paid: of the rest of the term, from the
// day after the contract ended, prorated by calendar day; or of the windows
// that were missed, by which the right arose.
type Refund struct {
	Share credits.Share `json:"share"`
	// Service whose fee it is; empty means the fees of all services.
	Service string `json:"service,omitempty"`
	// Missed is the kind of the windows that were missed; empty means the rest
	// of the term.
	Missed Window `json:"missed,omitempty"`
}

// id is the clause of a refund of a termination.
func (r *Refund) id(termination string) string {
	if r.Missed != "" {
		return termination + "/refund/missed"
	}
	return termination + "/refund"
}

// A TerminationWhen is one named trigger; several are alternatives.
type TerminationWhen struct {
	Name      string    `json:"name"`
	Condition Condition `json:"condition"`
}

// A Cure is the time after notice in which the miss may be repaired.
type Cure struct {
	Length calendar.Length `json:"length"`
	// Once is the window in which a cure may happen once; zero: always.
	Once Window `json:"once,omitzero"`
}

// TerminationTerms are the notice and until when it may be given.
type TerminationTerms struct {
	Length calendar.Length `json:"length"`
	// GivenWithin is counted from the report that shows the trigger.
	GivenWithin *calendar.Length `json:"givenWithin,omitempty"`
}
