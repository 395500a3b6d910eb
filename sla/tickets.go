package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Priorities declares the priorities of tickets, most urgent first, and who
// decides them (R033, P21).
type Priorities struct {
	SetBy string `json:"setBy,omitempty"`
	// ContestedBy may contest a priority within ContestWithin after it is set.
	ContestedBy   string           `json:"contestedBy,omitempty"`
	ContestWithin *calendar.Length `json:"contestWithin,omitempty"`
	Rows          []Priority       `json:"rows"`
	// Matrix finds the priority from the impact and the urgency of a ticket.
	Matrix []PriorityCell `json:"matrix,omitempty"`
	// Defaults give a ticket received without a priority one by its channel:
	// that of its own channel, else the one for any.
	Defaults []PriorityDefault `json:"defaults,omitempty"`
	// Moves lower or raise a priority once a condition holds.
	Moves []PriorityMove `json:"moves,omitempty"`
}

// A PriorityCell is the priority of one impact and one urgency.
type PriorityCell struct {
	Impact   string `json:"impact"`
	Urgency  string `json:"urgency"`
	Priority string `json:"priority"`
}

// A PriorityDefault is the priority of what comes in By a channel without one;
// empty means any channel that has none of its own.
type PriorityDefault struct {
	Priority string `json:"priority"`
	By       string `json:"by,omitempty"`
}

// Clause is the id of the line.
func (d *PriorityDefault) Clause() string {
	return "priorities/default/" + orDefault(d.By, "any")
}

// A PriorityMove changes a priority from the instant on at which its
// conditions all hold.
type PriorityMove struct {
	From string            `json:"from"`
	To   string            `json:"to"`
	When []TicketCondition `json:"when"`
}

// A Priority is one row: its name and, in prose, when it applies.
type Priority struct {
	Name string `json:"name"`
	When string `json:"when,omitempty"`
}

// Clocks says how the clocks of tickets start, stop, pause and are judged
// (semantics 2).
type Clocks struct {
	// Of lists the measures whose rules these are; empty in the contract's
	// common rules. Each kind of line written here stands in the place of the
	// common ones.
	Of []string `json:"of,omitempty" sla:"set"`
	// Source is the system whose ticket facts count.
	Source string      `json:"source,omitempty"`
	Start  *ClockStart `json:"start,omitempty"`
	// Pauses stop every clock while a ticket is in one of the states;
	// NeverPause lists states that never do.
	Pauses     []Pause  `json:"pauses,omitempty"`
	NeverPause []string `json:"neverPause,omitempty" sla:"set"`
	// RunOnly are the only states in which a clock runs.
	RunOnly []string `json:"runOnly,omitempty" sla:"set"`
	// CancelWhen are the events that end a clock without a verdict. Where it
	// is not said: duplicate, merged. Cancelled always does.
	CancelWhen []string     `json:"cancelWhen,omitempty" sla:"set"`
	Reopen     *Reopen      `json:"reopen,omitempty"`
	Changes    []ChangeRule `json:"changes,omitempty"`
	// Counted says in which period a clock counts; empty means decided.
	Counted Counted `json:"counted,omitempty"`
	// Judged is the period and grouping of the objectives that the tiers'
	// and requests' rows make (semantics 2.7).
	Judged *Judged `json:"judged,omitempty"`
	Means  []Means `json:"means,omitempty"`
	// Warn lists the shares of a target at which somebody is warned (T11).
	Warn []TicketWarn `json:"warn,omitempty"`
}

// A TicketWarn is a warning given once a clock has used a share of its target.
type TicketWarn struct {
	Share credits.Share `json:"share"`
	// Of is the measure; empty means every clock with a limit.
	Of string `json:"of,omitempty"`
	// To is the party warned; empty means whoever follows the clocks.
	To string `json:"to,omitempty"`
}

// id is the id of the block.
func (k Clocks) id() string {
	if len(k.Of) == 0 {
		return "clocks"
	}
	return "clocks/of/" + k.Of[0]
}

// A ClockStart is the `start` line: a receipt by one of the channels, or by
// all of them, starts the clock, at the latest the recording by a party; or
// another event does.
type ClockStart struct {
	// Channels whose receipts start the clock; empty means any.
	Channels []string `json:"channels,omitempty" sla:"set"`
	// RecordedBy is the party whose recording starts it at the latest.
	RecordedBy string `json:"recordedBy,omitempty"`
	// All asks for a receipt by each of the channels: the last one starts it.
	All bool `json:"all,omitempty"`
	// Event is what starts the clock in the place of a receipt.
	Event string `json:"event,omitempty"`
	// Party is by whom, or to whom, the event happens. It is for the reader:
	// that the event happened is what starts the clock.
	Party string `json:"party,omitempty"`
}

// A Pause stops the clocks while a ticket is in one of its states.
type Pause struct {
	States []string `json:"states" sla:"set"`
	// WithNote makes a wait without a note no pause.
	WithNote bool `json:"withNote,omitempty"`
	// AtMost limits the pauses of one clock, measured in its calendar; what
	// exceeds it, in time order, counts. EachTime limits each one instead of
	// their total.
	AtMost   *calendar.Length `json:"atMost,omitempty"`
	EachTime bool             `json:"eachTime,omitempty"`
}

// A Reopen says what a reopening does to a clock that had stopped (P26).
type Reopen struct {
	// Within is how long after the stop a reopening still concerns the same
	// clock; a later one is a new ticket.
	Within calendar.Length `json:"within"`
	Mode   ReopenMode      `json:"mode"`
	// RestoredCounts says whether the time while restored counts.
	RestoredCounts bool `json:"restoredCounts,omitempty"`
}

// ReopenMode is what a reopening does.
type ReopenMode string

// What a reopening does.
const (
	ReopenContinues ReopenMode = "continues the same clock"
	ReopenRestarts  ReopenMode = "restarts"
	ReopenNew       ReopenMode = "starts a new clock"
)

// A ChangeRule says how a change in mid-ticket applies (semantics 2.5); without
// one it applies from receipt.
type ChangeRule struct {
	// Of lists what changes: priority, tier, site, calendar.
	Of      []string            `json:"of" sla:"set"`
	Applies calendar.ChangeRule `json:"applies"`
}

// Counted says in which period a ticket clock counts (semantics 2.6).
type Counted string

// When a clock counts; the default is decided.
const (
	CountedDecided  Counted = "decided"
	CountedReceived Counted = "received"
	CountedClosed   Counted = "closed"
)

// Judged is the period over which ticket clocks are judged, and for each of
// what: "service", or nothing for all together.
type Judged struct {
	Window  Window `json:"window"`
	ForEach string `json:"forEach,omitempty"`
}

// Means says what fulfils a measure, in prose with typed qualifiers (P06).
type Means struct {
	// Measure is respond, restore, resolve, …
	Measure string `json:"measure"`
	Texts   []Text `json:"texts,omitempty"`
	// AutomaticCounts lets an automatic reply stop the clock.
	AutomaticCounts bool `json:"automaticCounts,omitempty"`
	// Workaround, when set, says whether a workaround stops the clock; nil
	// is the edition's default: for restore yes, else no.
	Workaround *bool `json:"workaround,omitempty"`
	// StopsAt are the events that stop the clock in the place of the one of
	// its own name.
	StopsAt []string `json:"stopsAt,omitempty" sla:"set"`
}

// A Tier is a table of commitments by priority.
type Tier struct {
	Name string       `json:"name"`
	Rows []Commitment `json:"rows"`
}

// A Commitment is one row of a tier or requests table.
type Commitment struct {
	// Priority is the row's key in a tier, Request in a requests table.
	Priority string `json:"priority,omitempty"`
	Request  string `json:"request,omitempty"`
	// Kind, By, At and ReceivedDuring narrow the row to a kind of ticket, a
	// channel, a site, and a calendar that was open at the receipt; When to
	// conditions that all hold. A row with more of them wins; Otherwise marks
	// the row for when no such condition holds.
	Kind           string            `json:"kind,omitempty"`
	By             string            `json:"by,omitempty"`
	At             string            `json:"at,omitempty"`
	ReceivedDuring string            `json:"receivedDuring,omitempty"`
	When           []TicketCondition `json:"when,omitempty"`
	Otherwise      bool              `json:"otherwise,omitempty"`
	// Promises are the row's limits.
	Promises []Promise `json:"promises"`
	// CountedFrom names the event or milestone that starts the clock; empty
	// means the receipt.
	CountedFrom string `json:"countedFrom,omitempty"`
	// Clock names the calendar the row's clocks run on.
	Clock string `json:"clock,omitempty"`
	// InTime is the share of clocks that must be in time; nil makes no
	// objective.
	InTime *credits.Share `json:"inTime,omitempty"`
}

// A Promise is one limit of a row: "restore within 3 h". Within includes the
// limit (semantics 2.3); LessThan excludes it.
type Promise struct {
	Measure  string          `json:"measure"`
	Within   calendar.Length `json:"within"`
	LessThan bool            `json:"lessThan,omitempty"`
	// During names the calendar of this limit alone; empty means that of the
	// row.
	During string `json:"during,omitempty"`
	// Every owes the act again and again, each within so long of the last.
	Every bool `json:"every,omitempty"`
}

// Requests is the table of service requests of one service.
type Requests struct {
	Service    string       `json:"service"`
	Milestones []Milestone  `json:"milestones,omitempty"`
	Rows       []Commitment `json:"rows"`
}

// A Milestone is an event of the contract's own that facts may name.
type Milestone struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Escalation is the table of who is called when (R076).
type Escalation struct {
	// CountedOn is the measure whose clock is read; empty means restore.
	CountedOn string `json:"countedOn,omitempty"`
	// OpenTime counts the time on the wall since the clock started, pauses
	// and nights included, instead of the time on the clock.
	OpenTime bool              `json:"openTime,omitempty"`
	Levels   []EscalationLevel `json:"levels"`
}

// An EscalationLevel is one row: after how long for each priority.
type EscalationLevel struct {
	Level string `json:"level"`
	Who   string `json:"who"`
	// By is the channel through which they are called.
	By string `json:"by,omitempty"`
	// After has an entry for each priority that reaches the level.
	After []EscalationAfter `json:"after,omitempty"`
}

// EscalationAfter is how long a ticket of a priority takes to reach a level: a
// length from the start, a share of the target, or a length before or after
// the target is used up.
type EscalationAfter struct {
	Priority string          `json:"priority"`
	Length   calendar.Length `json:"length,omitzero"`
	// Share of the target of the clock, in the place of Length; Of is the
	// measure whose target it is, the one counted on.
	Share *credits.Share `json:"share,omitempty"`
	Of    string         `json:"of,omitempty"`
	// Due relates Length to the end of the target; empty counts it from the
	// start.
	Due DueSide `json:"due,omitempty"`
}

// DueSide is a side of the instant at which a clock falls due.
type DueSide string

// The sides.
const (
	BeforeDue DueSide = "before due"
	AfterDue  DueSide = "after due"
)
