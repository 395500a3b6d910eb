package sla

import (
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
)

// A Source names the system whose facts decide an objective (semantics 3.3).
type Source struct {
	Kind SourceKind `json:"kind"`
	// Of is the event counted, or the quantity sampled, of Unit.
	Of   string `json:"of,omitempty"`
	Unit string `json:"unit,omitempty"`
	Name string `json:"name,omitempty"`
	// By is the party that measures; empty when not said.
	By string `json:"by,omitempty"`
	// Every is the time between two checks or samples, or the slot in which
	// events are counted.
	Every *calendar.Length `json:"every,omitempty"`
}

// SourceKind is the kind of facts a source gives.
type SourceKind string

// The kinds of source.
const (
	SourceOutages SourceKind = "outages"
	SourceChecks  SourceKind = "checks"
	SourceAnswers SourceKind = "answers"
	SourceTickets SourceKind = "tickets"
	// SourceCounts are events counted in slots, SourceItems one by one.
	SourceCounts  SourceKind = "counted"
	SourceItems   SourceKind = "one by one"
	SourceSamples SourceKind = "samples"
	SourceValues  SourceKind = "values"
)

// A ScoreRule gives a score to items that meet a predicate.
type ScoreRule struct {
	Score decimal.Decimal `json:"score"`
	When  Predicate       `json:"when"`
}

// Without says what is assumed of time and slots of which nothing is known;
// empty means that nothing is assumed.
type Without struct {
	// Data is for time that the source did not observe, Events for slots in
	// which it saw none, Life for the time in which a part was not there.
	Data   Assumed `json:"data,omitempty"`
	Events Assumed `json:"events,omitempty"`
	Life   Assumed `json:"life,omitempty"`
}

// Assumed is what is taken for known.
type Assumed string

// What may be assumed.
const (
	AssumedUp      Assumed = "up"
	AssumedDown    Assumed = "down"
	AssumedLeftOut Assumed = "left out"
)

// A DownRule turns checks into a change of state: After failed (or, for what
// is down, good) checks in a row, counted from the first of them or from the
// last.
type DownRule struct {
	After     int  `json:"after"`
	FromFirst bool `json:"fromFirst"`
}
