package sla

import (
	"time"

	"github.com/sla-lang/sla/credits"
)

// ReportSchema names the JSON form of a [Report].
const ReportSchema = "sla-report/1"

// A Report says what a contract and facts come to as of an instant: what each
// objective measured, its verdict, what is owed, and why. It is plain data; the
// same contract, facts and instant always give the same bytes.
type Report struct {
	Schema   string `json:"schema"`
	Contract string `json:"contract"`
	Version  string `json:"version,omitempty"`
	// Zone is the zone in which instants are written.
	Zone string `json:"zone"`
	AsOf AsOf   `json:"asOf"`
	// Results has one entry for each objective, thing judged and window.
	Results []Result `json:"results"`
	// Tickets are the clocks that are open or late, or all if asked for.
	Tickets []TicketResult `json:"tickets,omitempty"`
	// Settlements has one entry for each settlement period.
	Settlements []SettlementResult `json:"settlements"`
	// Findings are warnings about the facts and the results.
	Findings []Finding `json:"findings,omitempty"`
	// Intake counts the facts taken in and refused.
	Intake  Intake  `json:"intake"`
	Receipt Receipt `json:"receipt"`
	// Ledger is what the next evaluation needs to know of this one.
	Ledger *Ledger `json:"ledger,omitempty"`
}

// AsOf is the instant a report speaks for: what was so at Valid, by the facts
// recorded by Known (semantics 7).
type AsOf struct {
	Valid time.Time `json:"valid"`
	Known time.Time `json:"known"`
}

// Verdict is the outcome of an objective in a window (semantics 4).
type Verdict string

// The verdicts.
const (
	Met           Verdict = "met"
	Missed        Verdict = "missed"
	Open          Verdict = "open"
	NotMeasured   Verdict = "not measured"
	NotApplicable Verdict = "not applicable"
	Disputed      Verdict = "disputed"
)

// A Result is one objective in one window.
type Result struct {
	// Objective is its id; derived objectives have that of their cell.
	Objective string `json:"objective"`
	// For is the service judged.
	For    string `json:"for,omitempty"`
	Period Period `json:"period"`
	// Target is what had to be reached, as written.
	Target  string  `json:"target,omitempty"`
	Verdict Verdict `json:"verdict"`
	// SoFar and Certain tell of an open window how it stands, and whether
	// that can still change.
	SoFar   Verdict `json:"soFar,omitempty"`
	Certain bool    `json:"certain,omitempty"`
	// Measured is what was measured; nil when nothing was.
	Measured *Measurement `json:"measured,omitempty"`
	// ReportOnly marks results without a promise of money.
	ReportOnly bool `json:"reportOnly,omitempty"`
	// Credit is what the miss costs after one incident was counted once,
	// rounded, before caps; nil where the objective has no credit.
	Credit *credits.Money `json:"credit,omitempty"`
	// Provisional says that a proof, a reopening or a claim may still change
	// the result.
	Provisional bool `json:"provisional,omitempty"`
	// Why explains it, in order.
	Why []Step `json:"why,omitempty"`
}

// A Measurement is a measured number, exact and as shown, with its parts.
type Measurement struct {
	// Exact is a ratio such as "44200/44430", or a decimal number.
	Exact string `json:"exact"`
	// Shown is rounded to four decimals, never across a threshold.
	Shown string `json:"shown"`
	// Agreed, Excluded and Down are exact times in decimal seconds, of an
	// availability: agreed time that remains, excluded, counted as down.
	Agreed   string `json:"agreed,omitempty"`
	Excluded string `json:"excluded,omitempty"`
	Down     string `json:"down,omitempty"`
	// Total, Late and Allowed count tickets; Allowed is the allowance.
	Total   *int `json:"total,omitempty"`
	Late    *int `json:"late,omitempty"`
	Allowed *int `json:"allowed,omitempty"`
}

// A Step is one line of an explanation: a code and its arguments, the clause
// that says so and the facts that count.
type Step struct {
	Code   string   `json:"code"`
	Args   []Arg    `json:"args,omitempty"`
	Clause string   `json:"clause,omitempty"`
	Facts  []string `json:"facts,omitempty"`
}

// A TicketResult is one clock of a ticket.
type TicketResult struct {
	Ticket   string `json:"ticket"`
	Clock    string `json:"clock"`
	Service  string `json:"service,omitempty"`
	Priority string `json:"priority,omitempty"`
	Site     string `json:"site,omitempty"`
	// Verdict is the state of the clock in the words of semantics 2.4.
	Verdict string `json:"verdict"`
	// Promise is the id of the cell that sets the limit.
	Promise  string     `json:"promise,omitempty"`
	Received *time.Time `json:"received,omitempty"`
	Stopped  *time.Time `json:"stopped,omitempty"`
	// Due is nil while it is not known.
	Due *time.Time `json:"due,omitempty"`
	// Target, Elapsed, Paused, Gross and Left are exact decimal seconds; Left
	// is negative when late.
	Target  string `json:"target,omitempty"`
	Elapsed string `json:"elapsed,omitempty"`
	Paused  string `json:"paused,omitempty"`
	Gross   string `json:"gross,omitempty"`
	Left    string `json:"left,omitempty"`
	// Level is the escalation level reached.
	Level string `json:"level,omitempty"`
	Why   []Step `json:"why,omitempty"`
}

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
	// SettledOn is when the period settles, Invoice when the invoice that
	// carries the credit is issued; nil where the contract does not say.
	SettledOn *time.Time `json:"settledOn,omitempty"`
	Invoice   *time.Time `json:"invoice,omitempty"`
	Why       []Step     `json:"why,omitempty"`
}

// A CreditLine is the credit of one objective for one window.
type CreditLine struct {
	// ID is objective, thing judged and window, joined by "/".
	ID        string `json:"id"`
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	Window    string `json:"window"`
	// Scheduled is what the schedule gives, Credit what is left once one
	// incident counts once, Posted what is owed after the caps.
	Scheduled credits.Money `json:"scheduled"`
	Credit    credits.Money `json:"credit"`
	Posted    credits.Money `json:"posted"`
	// Cuts are what each cap took.
	Cuts []Cut `json:"cuts,omitempty"`
	// Incidents are those this line credits.
	Incidents []string `json:"incidents,omitempty"`
	Why       []Step   `json:"why,omitempty"`
}

// A Cut is what a cap took from a line.
type Cut struct {
	Cap    string        `json:"cap"`
	Amount credits.Money `json:"amount"`
}

// A CapResult is a cap in a settlement period.
type CapResult struct {
	// Cap is its id, such as "cap/monthly".
	Cap   string        `json:"cap"`
	Limit credits.Money `json:"limit"`
	// Used is what earlier periods of its window took, Room what was left.
	Used credits.Money `json:"used"`
	Room credits.Money `json:"room"`
	// Cut says that it took something away.
	Cut bool `json:"cut"`
}

// A Receipt says what a report was made of, so that it can be made again
// (semantics 10, P27).
type Receipt struct {
	Edition int `json:"edition"`
	// Engine is the version of this package.
	Engine string `json:"engine"`
	// Source is the hash of the contract's files, Meaning that of what they
	// mean, Facts an order-independent hash of the facts used.
	Source  string `json:"source,omitempty"`
	Meaning string `json:"meaning"`
	Facts   string `json:"facts"`
	// Editions are those of the zone data and the holiday tables.
	Editions []EditionUsed `json:"editions,omitempty"`
}

// An EditionUsed is the edition of a table of zones or holidays.
type EditionUsed struct {
	Name    string `json:"name"`
	Edition string `json:"edition"`
}
