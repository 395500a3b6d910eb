package sla

import (
	"strings"

	"github.com/sla-lang/sla/calendar"
)

// Causes of downtime that may be excluded: planned work, and what is declared.

// MaintenanceRule declares a kind of planned or emergency work and, with windows,
// the cause KIND-maintenance whose announced time may be excluded (R044).
type MaintenanceRule struct {
	// Kind is planned, emergency, …
	Kind string `json:"kind"`
	// CountsAsDowntime says that this work is never excluded.
	CountsAsDowntime bool                `json:"countsAsDowntime,omitempty"`
	Windows          []MaintenanceWindow `json:"windows,omitempty"`
	// Notice is how long before the work it must be announced; Notices are
	// those that depend on how long it lasts, of which the first that fits
	// counts.
	Notice  *calendar.Length   `json:"notice,omitempty"`
	Notices []DependentNotice  `json:"notices,omitempty"`
	Limits  []MaintenanceLimit `json:"limits,omitempty"`
}

// A DependentNotice is the notice asked of work that lasts longer than Beyond,
// or, with Upto, at most so long.
type DependentNotice struct {
	Notice calendar.Length  `json:"notice"`
	Beyond *calendar.Length `json:"beyond,omitempty"`
	Upto   *calendar.Length `json:"upto,omitempty"`
}

// noticeFor is the notice asked of work of a length; nil where none is.
func (m *MaintenanceRule) noticeFor(at calendar.Interval) *calendar.Length {
	for i := range m.Notices {
		n := &m.Notices[i]
		if n.Beyond != nil && at.Length() > n.Beyond.Duration() || n.Upto != nil && at.Length() <= n.Upto.Duration() {
			return &n.Notice
		}
	}
	return m.Notice
}

// Cause is the name by which `exclude` and facts speak of the work.
func (m MaintenanceRule) Cause() string { return m.Kind + "-maintenance" }

// A MaintenanceWindow is a local time in which work may be excluded: hours of
// dates that recur, a shift belonging to the date on which it opens; or the
// open time of a calendar; or any time.
type MaintenanceWindow struct {
	calendar.Recurrence
	Hours   calendar.Hours `json:"hours,omitzero"`
	Zone    string         `json:"zone,omitempty"`
	During  string         `json:"during,omitempty"`
	AnyTime bool           `json:"anyTime,omitempty"`
}

// Name tells a window of dates that recur from others of its kind of work.
func (w MaintenanceWindow) Name() string {
	dates := strings.ReplaceAll(strings.TrimPrefix(w.Recurrence.String(), "every "), ", ", ",")
	return strings.ReplaceAll(dates, " ", "-") + "-" + w.Hours.From.String()
}

// A MaintenanceLimit is how much may be excluded in a window; what exceeds
// it, in time order, is downtime (semantics 3.4).
type MaintenanceLimit struct {
	Length calendar.Length `json:"length"`
	Each   Window          `json:"each"`
}

// Exclusions declares causes whose time may be excluded, how they are proved,
// and what excluded time leaves.
type Exclusions struct {
	Causes []Cause     `json:"causes,omitempty"`
	Proofs []ProofRule `json:"proofs,omitempty"`
	// Activities give outages that are tagged with an activity a cause.
	Activities []ActivityCause `json:"activities,omitempty"`
	// Effect is what excluded time leaves; empty means both (semantics 3.1).
	Effect Effect `json:"effect,omitempty"`
	// JudgedOnlyIf is the agreed time that must remain for a verdict.
	JudgedOnlyIf *calendar.Length `json:"judgedOnlyIf,omitempty"`
}

// A Cause is a named reason for downtime.
type Cause struct {
	Name string `json:"name"`
	Text string `json:"text,omitempty"`
}

// A ProofRule says that time with these causes is excluded only when a party
// proves the cause in time; otherwise the time counts.
type ProofRule struct {
	Of []string `json:"of" sla:"set"`
	By string   `json:"by"`
	// Within is counted from the end of the outage.
	Within calendar.Length `json:"within"`
}

// Effect is what excluded time leaves.
type Effect string

// The effects of an exclusion.
const (
	// LeavesBoth takes the time out of downtime and agreed time.
	LeavesBoth Effect = "leaves both"
	// LeavesDowntime takes it out of downtime only: it counts as up.
	LeavesDowntime Effect = "leaves downtime only"
)
