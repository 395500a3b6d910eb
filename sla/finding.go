package sla

// A Finding is a problem in what a contract means, or something a report has
// to say. It is data: a code and arguments; package words phrases it.
type Finding struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	// Clause is the id of the clause the finding is about, with a trailing
	// path to the part concerned ("erp-availability/target").
	Clause string `json:"clause"`
	Args   []Arg  `json:"args,omitempty"`
	// Related are other clauses that matter, such as the one it clashes with.
	Related []Related `json:"related,omitempty"`
	// Replace is the text that would mend the part, empty where no edit is
	// certain.
	Replace string `json:"replace,omitempty"`
	// Suggest is a text for the part that would mend it by changing what is
	// owed. Whether it is meant is for people to decide, so that no program
	// writes it by itself.
	Suggest string `json:"suggest,omitempty"`
	// Accepted is the waiver that answers a warning.
	Accepted *Accept `json:"accepted,omitempty"`
	// Absent marks findings about something that is not there: they are
	// silent where a line could not be read.
	Absent bool `json:"-"`
	// Unused marks findings about something nothing refers to: they are
	// silent where any line could not be read.
	Unused bool `json:"-"`
}

// A Related is a second place of a finding and what is to be seen there.
type Related struct {
	Clause string `json:"clause"`
	// Label is a key of the catalogue, phrased with the finding's Args.
	Label string `json:"label,omitempty"`
	Args  []Arg  `json:"args,omitempty"`
}

// Severity is how bad a finding is.
type Severity string

// The severities. Only an error stops a contract from being evaluated.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// A Code names a kind of finding for good: it never changes its meaning.
type Code string
