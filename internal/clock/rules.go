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
)

// Rules are what all clocks of a contract share.
type Rules struct {
	// Channels whose receipts start a clock; nil means any.
	Channels map[string]bool
	// Recorded lets the recording of a ticket start it at the latest.
	Recorded bool
	// Milestones are the names of events that are no states.
	Milestones map[string]bool
	Pauses     []PauseRule
	// Never lists states that never hold a clock.
	Never  map[string]bool
	Reopen *ReopenRule
}

// A PauseRule says which states hold a clock.
type PauseRule struct {
	States   map[string]bool
	WithNote bool
	// AtMost limits the pauses in the clock's calendar; nil for no limit.
	AtMost   *time.Duration
	EachTime bool
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
	// Start is the event that starts it; empty means the receipt.
	Start string
	// Stops are the milestones that stop it.
	Stops map[string]bool
	// AutomaticCounts and WorkaroundCounts let such acts stop it.
	AutomaticCounts, WorkaroundCounts bool
	// Reopens says that a reopening concerns it.
	Reopens bool
	// LessThan excludes the limit itself (semantics 2.3).
	LessThan bool
}
