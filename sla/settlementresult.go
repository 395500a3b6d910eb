package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// What a settlement period comes to, as a report tells it.

// SettlementState is where in its life a settlement period is (semantics 7).
type SettlementState string

// The states of a settlement period.
const (
	PeriodRunning SettlementState = "running"
	PeriodEnded   SettlementState = "ended"
	PeriodSettled SettlementState = "settled"
)

// A SettlementResult is what a settlement period comes to.
type SettlementResult struct {
	Period Period          `json:"period"`
	State  SettlementState `json:"state"`
	// Lines are the credits, in the order of their ids.
	Lines []CreditLine `json:"lines,omitempty"`
	// BeforeCaps is the sum of the lines' credits, Total what is posted.
	BeforeCaps credits.Money `json:"beforeCaps"`
	Total      credits.Money `json:"total"`
	Caps       []CapResult   `json:"caps,omitempty"`
	// EarnedBack are the shares of earlier credits that return to the
	// provider in this period, Bonuses what is paid for exceeding targets. They
	// are no part of Total: credits are capped before them, and nothing is
	// netted (semantics 5).
	EarnedBack []EarnedBack  `json:"earnedBack,omitempty"`
	Bonuses    []BonusResult `json:"bonuses,omitempty"`
	// Adjustments correct the credits of settled periods (semantics 7).
	Adjustments []Adjustment `json:"adjustments,omitempty"`
	// Due is what the provider owes for the period after all of these: Total
	// and the adjustments, less what is earned back and the bonuses; below 0
	// the customer owes it.
	Due credits.Money `json:"due"`
	// Undetermined lists the lines about which the contract is silent or a
	// fact is missing; the sums are those without them.
	Undetermined []string `json:"undetermined,omitempty"`
	// SettledOn is when the period settles, Invoice when the invoice that
	// carries the credit is issued; nil where the contract does not say.
	SettledOn *time.Time `json:"settledOn,omitempty"`
	Invoice   *time.Time `json:"invoice,omitempty"`
	Why       []Step     `json:"why,omitempty"`
}

// A CreditLine is the credit of one objective for one window.
type CreditLine struct {
	// ID is objective, thing judged and window, joined by "/"; of a credit
	// carried from an earlier period, with "/carried" behind it.
	ID        string `json:"id"`
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	// Service is the one that For is a part of; empty where that is a service.
	Service string `json:"service,omitempty"`
	Window  string `json:"window"`
	// Since is the first date of the settlement period in which a credit arose
	// that a cap or a floor carried into this one; nil for all others.
	Since *calendar.Date `json:"since,omitempty"`
	// Scheduled is what the schedule gives, Credit what is left once one
	// incident counts once, Posted what is owed after the caps.
	Scheduled credits.Money `json:"scheduled"`
	Credit    credits.Money `json:"credit"`
	Posted    credits.Money `json:"posted"`
	// Cuts are what each cap took.
	Cuts []Cut `json:"cuts,omitempty"`
	// Incidents are those this line credits.
	Incidents []string `json:"incidents,omitempty"`
	// Units are those of the contract's own that it gives: "2 service-point".
	Units []string `json:"units,omitempty"`
	// Choice says what may be chosen in its place.
	Choice *ChoiceResult `json:"choice,omitempty"`
	// Undetermined says that the contract is silent about this case, or that a
	// fact is missing: the amounts are those without it. AtMost is what may be
	// owed at the most, where that is known.
	Undetermined bool           `json:"undetermined,omitempty"`
	AtMost       *credits.Money `json:"atMost,omitempty"`
	// Claim is where its claim stands, and ClaimBy its deadline.
	Claim   ClaimState `json:"claim,omitempty"`
	ClaimBy *time.Time `json:"claimBy,omitempty"`
	Why     []Step     `json:"why,omitempty"`

	// window is the one that Window names.
	window Period
}

// A Cut is what a cap took from a line.
type Cut struct {
	Cap    string        `json:"cap"`
	Amount credits.Money `json:"amount"`
}

// A CapResult is a cap in a settlement period.
type CapResult struct {
	// Cap is its id, such as "cap/monthly"; For the service, where each has its
	// own.
	Cap   string        `json:"cap"`
	For   string        `json:"for,omitempty"`
	Limit credits.Money `json:"limit"`
	// Used is what earlier periods of its window took, Room what was left.
	Used credits.Money `json:"used"`
	Room credits.Money `json:"room"`
	// Cut says that it took something away.
	Cut bool `json:"cut"`
}

// EarnedBack is a share of a posted credit that returns to the provider,
// because the objective was met for long enough afterwards (P15).
type EarnedBack struct {
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	// Of is the settlement period whose credit it is, by its first date.
	Of calendar.Date `json:"of"`
	// Posted is that credit, Amount what returns of it.
	Posted credits.Money `json:"posted"`
	Amount credits.Money `json:"amount"`
	Why    []Step        `json:"why,omitempty"`
}

// A BonusResult is a bonus for a window that ended in the period.
type BonusResult struct {
	Bonus  string `json:"bonus"`
	Window string `json:"window"`
	// Due is before its caps, Posted what is paid.
	Due    credits.Money `json:"due"`
	Posted credits.Money `json:"posted"`
	Cuts   []Cut         `json:"cuts,omitempty"`
	Why    []Step        `json:"why,omitempty"`
}

// An Adjustment corrects the credit of one objective in a settled period: what
// it comes to now, less what was posted. The settled period itself is never
// rewritten (semantics 7).
type Adjustment struct {
	// Kind is what is corrected: empty for a credit. What goes back to the
	// provider stands with the sign of what is owed to the customer: below 0.
	Kind NoteKind `json:"kind,omitempty"`
	// Period is the settlement period corrected, by its first date.
	Period calendar.Date `json:"period"`
	// Objective is the clause of a bonus, "bonus/NAME".
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	// Service is the one that For is a part of; empty where that is a service.
	Service string        `json:"service,omitempty"`
	Was     credits.Money `json:"was"`
	Now     credits.Money `json:"now"`
	Amount  credits.Money `json:"amount"`
	// Facts are the ids of those recorded since the period was settled.
	Facts []string `json:"facts,omitempty"`
	Why   []Step   `json:"why,omitempty"`
}
