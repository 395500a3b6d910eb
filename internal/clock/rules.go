// Package clock is the life of a ticket's clocks: what starts one, what stops
// it, what holds it and what a reopening or a change does, from the events of
// the ticket to a verdict at an instant. It knows no contract and no facts'
// files; the arithmetic of time is package calendar's. The rules are those of
// semantics 2.
package clock

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// An Event is one thing that happened to a ticket: a milestone, or the
// beginning of a state.
type Event struct {
	At   calendar.Instant
	Name string
	// Word is the name among those that the rules speak of.
	Word Word
	// Until ends a state; nil leaves it to the next event.
	Until *calendar.Instant
	// Channel of a receipt; empty when not said.
	Channel string
	// Noted says that the event carries a note.
	Noted bool
	// Automatic marks the act of a machine, Workaround a restore by one.
	Automatic, Workaround bool
	// ID identifies the fact and orders events of one instant.
	ID string
}

// The milestones that every ticket may have. Any other name is a state.
const (
	Received  = "received"
	Recorded  = "recorded"
	Reopened  = "reopened"
	Cancelled = "cancelled"
	Resumed   = "resumed"
	Closed    = "closed"
	Message   = "message"
	// RecoveredTo is the instant to which data were recovered.
	RecoveredTo = "recovered-to"
)

// Rules are what all clocks of a contract share.
type Rules struct {
	// Start is the event that starts a clock; 0 means a receipt.
	Start Word
	// Channels whose receipts start a clock; nil means any. AllChannels
	// starts it at the last of them only, once each has had a receipt.
	Channels    map[string]bool
	AllChannels bool
	// Recorded lets the recording of a ticket start it at the latest.
	Recorded bool
	// Milestones are the names of events that are no states.
	Milestones Set
	Pauses     []PauseRule
	// RunOnly are the only states in which a clock runs; nil for any.
	RunOnly Set
	// Cancels are the events that end a clock without a verdict, beside
	// [Cancelled]; one that was late by then stays late.
	Cancels Set
	// Never lists states that never hold a clock.
	Never  Set
	Reopen *ReopenRule

	// pausing are the states of all pauses, known all words that the rules
	// speak of.
	pausing, known Set
}

// Index works out what is asked for every event. It must be called once the
// rules stand.
func (r *Rules) Index() {
	for i := range r.Pauses {
		r.pausing = r.pausing.with(r.Pauses[i].States)
	}
	for _, set := range []Set{r.pausing, r.Milestones, r.Never, r.RunOnly, r.Cancels} {
		r.known = r.known.with(set)
	}
}

// Knows makes the words that other rules of the contract speak of known here
// too: a state that holds another clock is no state that nobody knows.
func (r *Rules) Knows(others *Rules) { r.known = r.known.with(others.known) }

// A PauseRule says which states hold a clock.
type PauseRule struct {
	States   Set
	WithNote bool
	// AtMost limits the pauses in the clock's calendar; nil for no limit.
	AtMost *time.Duration
	// Limit limits them in dates or business days instead.
	Limit    *calendar.PauseLimit
	EachTime bool
	// After is when a wait that began at an instant begins to hold the clock;
	// nil means at once. Who has a time of their own to answer is not excused
	// from that.
	After func(began calendar.Instant) (calendar.Instant, error)
}

// A ReopenRule says what a reopening does to a clock that had stopped.
type ReopenRule struct {
	// Until is the last instant at which a reopening after a stop still
	// concerns the same clock.
	Until func(stopped calendar.Instant) (calendar.Instant, error)
	Mode  ReopenMode
	// RestoredCounts lets the time while it was stopped count.
	RestoredCounts bool
}

// ReopenMode is what a reopening does.
type ReopenMode uint8

// What a reopening does.
const (
	Continues ReopenMode = iota
	Restarts
	StartsNew
)

// A Measure is one clock of a ticket, such as restore.
type Measure struct {
	Name string
	Kind MeasureKind
	// Start is the event that starts it; 0 means the receipt.
	Start Word
	// Stops are the milestones that stop it; Acts, of a rhythm, those that
	// are owed again and again until then.
	Stops, Acts Set
	// AutomaticCounts and WorkaroundCounts let such acts stop it.
	AutomaticCounts, WorkaroundCounts bool
	// Reopens says that a reopening concerns it.
	Reopens bool
}

// MeasureKind is how a clock starts and what it counts.
type MeasureKind uint8

// The kinds of measure.
const (
	// Once runs from one start to one stop.
	Once MeasureKind = iota
	// Exchange runs from the first message that nobody has answered to the
	// answer, and starts anew with the next message.
	Exchange
	// Rhythm is an act owed at the latest so long after the one before it.
	Rhythm
)
