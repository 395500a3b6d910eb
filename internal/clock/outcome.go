package clock

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// State is where a clock stands (semantics 2.4).
type State string

// The states of a clock.
const (
	NotStarted  State = "not started"
	Running     State = "running"
	Paused      State = "paused"
	Met         State = "met"
	LateOpen    State = "late, open"
	Late        State = "late"
	CancelledAs State = "cancelled"
)

// An Outcome is a clock at an instant.
type Outcome struct {
	State State
	// Start and Stop are when it started and stopped; Stop only when Stopped.
	Start, Stop calendar.Instant
	Stopped     bool
	// Cancelled says that it stopped because its ticket was cancelled or became
	// part of another.
	Cancelled bool
	// Due is when it falls due; not known while a pause is open before it.
	Due      calendar.Instant
	DueKnown bool
	// Decided is when the verdict was decided: at the stop in time, or at the
	// due time that passed unmet. Only for met and late clocks.
	Decided calendar.Instant
	// Target is what it runs towards, Elapsed what has counted, Held the time
	// that pauses took, Restored the time while stopped before a reopening,
	// Gross the time on the wall.
	Target, Elapsed, Held, Restored, Gross time.Duration
	// Terms is the index of the terms that decided.
	Terms int
	// Provisional says that a reopening may still change the verdict, until
	// ReopenUntil.
	Provisional bool
	ReopenUntil calendar.Instant
	// Missed is how often the act of a rhythm was missed.
	Missed int
	Notes  []Note
}

// IsLate says whether the clock is late, open or stopped.
func (o *Outcome) IsLate() bool { return o.State == Late || o.State == LateOpen }

// Counts says whether the clock has a verdict.
func (o *Outcome) Counts() bool { return o.State == Met || o.IsLate() }

// Running says whether the clock is on its way in time: nothing has decided it.
func (o *Outcome) Running() bool {
	return o.State == Running || o.State == Paused || o.State == NotStarted
}

// Left is what is left of the target, negative once it is exceeded.
func (o *Outcome) Left() time.Duration { return o.Target - o.Elapsed }

// A Note is something to be said about a ticket's events.
type Note struct {
	Code NoteCode
	// Event is the id of the event concerned, Name its name.
	Event, Name string
	// Channel is that of the event; empty where it has none.
	Channel string
}

// NoteCode is what a note says.
type NoteCode string

// The notes.
const (
	// NoteChannel: a receipt by a channel that starts no clock.
	NoteChannel NoteCode = "channel-starts-nothing"
	// NoteBeforeStart: an event that would have stopped the clock, dated before
	// it started.
	NoteBeforeStart NoteCode = "before-start"
	// NotePauseWithoutNote: a wait that lacks the note that would make it a pause.
	NotePauseWithoutNote NoteCode = "pause-without-note"
	// NoteUnknownState: a state that no rule mentions; the clock ran.
	NoteUnknownState NoteCode = "state-unknown"
	// NoteAutomatic: an automatic act that does not stop the clock.
	NoteAutomatic NoteCode = "automatic-act"
	// NoteWorkaround: a workaround that does not stop the clock.
	NoteWorkaround NoteCode = "workaround"
	// NoteReopenLate: a reopening after its window: a new clock.
	NoteReopenLate NoteCode = "reopened-late"
	// NoteStoppedAlready: the act that stopped the clock, once more; the first
	// counts.
	NoteStoppedAlready NoteCode = "stopped-already"
	// NoteClosed: the ticket was closed, and nothing says that the clock stopped.
	NoteClosed NoteCode = "closed-running"
	// NoteCancelledLate: the clock was late when its ticket was cancelled.
	NoteCancelledLate NoteCode = "cancelled-late"
	// NotePauseLimit: pauses beyond their limit; the clock ran.
	NotePauseLimit NoteCode = "pause-limit"
)
