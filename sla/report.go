package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
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
	// Rights are those that conditions over several windows have opened.
	Rights []Right `json:"rights,omitempty"`
	// Duties are the plans owed after missed objectives, and what parties
	// must have done by a date.
	Duties []PlanDuty `json:"duties,omitempty"`
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
	Target string `json:"target,omitempty"`
	// Allows is the downtime with which a target for availability still holds.
	Allows  *Allows `json:"allows,omitempty"`
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
	Ticket string `json:"ticket"`
	Clock  string `json:"clock"`
	// Life counts the lives of a clock that started anew, from 2 on.
	Life     int    `json:"life,omitempty"`
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
	// Missed is how often an act that is owed again and again never came.
	Missed int `json:"missed,omitempty"`
	// Percent is the share of the target used, rounded down to two decimals;
	// it stands still while the clock is paused.
	Percent string `json:"percent,omitempty"`
	// Level is the escalation level reached, Who is called then and By which
	// channel. Warned is the greatest share of the target written in a `warn`
	// line that is used, WarnTo who is warned then.
	Level string `json:"level,omitempty"`
	Who   string `json:"who,omitempty"`
	By    string `json:"by,omitempty"`
	// NextLevel is the level of escalation that comes next, NextWho is called
	// then, and NextAt when, by what is known; it is nil while a pause is open.
	// They are for clocks of a [Watch] that run on.
	NextLevel string     `json:"nextLevel,omitempty"`
	NextWho   string     `json:"nextWho,omitempty"`
	NextAt    *time.Time `json:"nextAt,omitempty"`
	Warned    string     `json:"warned,omitempty"`
	WarnTo    string     `json:"warnTo,omitempty"`
	// Provisional says that a reopening may still undo the stop.
	Provisional bool   `json:"provisional,omitempty"`
	Why         []Step `json:"why,omitempty"`
}

// A Right is a party's right to end the contract, opened by results of several
// windows (P10).
type Right struct {
	// Clause is its id, such as "termination/customer"; By the party.
	Clause string `json:"clause"`
	By     string `json:"by"`
	// Window is the one that opened it, Triggers the `when` lines that held.
	Window string `json:"window"`
	// To is the first date behind that window.
	To       calendar.Date `json:"to"`
	Triggers []string      `json:"triggers"`
	State    RightState    `json:"state"`
	// From is when it opens and LastDay the last date of notice; nil while
	// that is not known, or where nothing limits it.
	From    *time.Time     `json:"from,omitempty"`
	LastDay *calendar.Date `json:"lastDay,omitempty"`
	// Noticed is when notice was given, CureUntil the last date of a cure,
	// Cured when it was made, and Ends the date on which the contract then ends.
	Noticed   *time.Time     `json:"noticed,omitempty"`
	CureUntil *calendar.Date `json:"cureUntil,omitempty"`
	Cured     *time.Time     `json:"cured,omitempty"`
	Ends      *calendar.Date `json:"ends,omitempty"`
	// Refund is what is paid back of fees; nil where nothing is, or while it is
	// not known when the contract ends.
	Refund *credits.Money `json:"refund,omitempty"`
	Why    []Step         `json:"why,omitempty"`
}

// RightState is where in its life a right is.
type RightState string

// The states of a right.
const (
	// RightWaits for the report that shows its trigger.
	RightWaits RightState = "waits for the report"
	RightOpen  RightState = "open"
	// RightLapsed without notice; RightNoticed after it.
	RightLapsed  RightState = "lapsed"
	RightNoticed RightState = "noticed"
	// RightCured ends it and consumes the misses.
	RightCured RightState = "cured"
)

// A PlanDuty is a document owed after missed objectives (R072), or what a
// party must have done by a date.
type PlanDuty struct {
	// Clause is the id of the plan, such as "remedy-plan/root-cause".
	Clause string `json:"clause"`
	// Period is that of the misses, After the objectives missed; empty for
	// a date.
	Period string    `json:"period,omitempty"`
	After  []string  `json:"after,omitempty"`
	State  DutyState `json:"state"`
	// Due is nil until the report it is counted from is delivered.
	Due       *time.Time `json:"due,omitempty"`
	Delivered *time.Time `json:"delivered,omitempty"`
}

// DutyState is where in its life a duty is.
type DutyState string

// The states of a duty.
const (
	DutyWaits DutyState = "waits for the report"
	DutyOpen  DutyState = "open"
	DutyMet   DutyState = "met"
	// DutyLate is past its due time, delivered or not.
	DutyLate DutyState = "late"
)

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
