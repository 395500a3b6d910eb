package sla

import (
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Predicate says when something is down, or when an item has failed: all of
// its conditions hold.
type Predicate struct {
	All []Atom `json:"all"`
	// For keeps only runs of instants or slots that are so long; nil keeps all.
	For *PredicateRun `json:"for,omitempty"`
}

// A PredicateRun is how long a predicate must hold: so many slots, or a time;
// with Longer, more than that.
type PredicateRun struct {
	Slots  int              `json:"slots,omitempty"`
	Length *calendar.Length `json:"length,omitempty"`
	Longer bool             `json:"longer,omitempty"`
}

// An Atom is one condition.
type Atom struct {
	Kind AtomKind `json:"kind"`
	// Name is the quantity, event, attribute, kind of part or objective, and
	// Text a judgement in prose that is supplied with the fact.
	Name string `json:"name,omitempty"`
	Text string `json:"text,omitempty"`
	// Op and the one of Share, Time and Number that is set are a threshold.
	Op     credits.Op       `json:"op,omitempty"`
	Share  *credits.Share   `json:"share,omitempty"`
	Time   *calendar.Length `json:"time,omitempty"`
	Number *Quantity        `json:"number,omitempty"`
	// Word is a level among words that are in order, ItsLimit the limit that
	// the objective sets for the item.
	Word     string `json:"word,omitempty"`
	ItsLimit bool   `json:"itsLimit,omitempty"`
	// Values are the words that an attribute must be one of; Not, none of.
	Values []string `json:"values,omitempty" sla:"set"`
	Not    bool     `json:"not,omitempty"`
	// Any, Every, Op with Count or Share say how many parts, and State what
	// they must be.
	Any   bool      `json:"any,omitempty"`
	Every bool      `json:"every,omitempty"`
	Count int       `json:"count,omitempty"`
	State PartState `json:"state,omitempty"`
}

// AtomKind is a kind of condition.
type AtomKind string

// The kinds of condition.
const (
	// AtomErrorRate is the share of failed events of a slot.
	AtomErrorRate AtomKind = "error rate"
	// AtomFailed is the number of failed events, AtomNumber that of all, of a
	// slot.
	AtomFailed AtomKind = "failed"
	// AtomQuantity is an attribute, a sampled value, or the number of events
	// of a slot, compared with a level.
	AtomQuantity AtomKind = "quantity"
	// AtomIs is an attribute that is one of some words.
	AtomIs AtomKind = "is"
	// AtomFlag is an attribute that is yes, or with Not, no.
	AtomFlag AtomKind = "flag"
	// AtomParts is a number of parts in a state.
	AtomParts AtomKind = "parts"
	// AtomUnfinished is an item without an end.
	AtomUnfinished AtomKind = "unfinished"
	// AtomMissed is an objective that is missed, AtomBelowMinimum one that is
	// beyond its second level.
	AtomMissed       AtomKind = "missed"
	AtomBelowMinimum AtomKind = "below minimum"
)

// PartState is what a part is, of which the parts in it are counted.
type PartState string

// The states of parts.
const (
	PartDown PartState = "down"
	PartRun  PartState = "run"
)

// String writes a condition as contracts do.
func (a Atom) String() string {
	not := ""
	if a.Not {
		not = "not "
	}
	level := string(a.Op) + " "
	switch {
	case a.Share != nil:
		level += a.Share.String()
	case a.Time != nil:
		level += a.Time.String()
	case a.Number != nil:
		level += a.Number.String()
	case a.Word != "":
		level += a.Word
	case a.ItsLimit:
		level += "its limit"
	}
	switch a.Kind {
	case AtomErrorRate:
		return "error rate " + level
	case AtomFailed:
		return "failed " + a.Name + " " + level
	case AtomQuantity:
		return a.Name + " " + level
	case AtomIs:
		return a.Name + " is " + not + strings.Join(a.Values, " or ")
	case AtomFlag:
		return not + a.Name
	case AtomMissed, AtomBelowMinimum:
		return a.Name + " is " + string(a.Kind)
	case AtomParts:
		return a.quantifier() + " " + a.Name + " " + string(a.State)
	}
	return string(a.Kind)
}

func (a Atom) quantifier() string {
	switch {
	case a.Every:
		return "all"
	case a.Any:
		return "any"
	case a.Share != nil && a.Op == credits.Above:
		return "more than " + a.Share.String() + " of"
	case a.Share != nil:
		return "at least " + a.Share.String() + " of"
	case a.Op == credits.Above:
		return "more than " + credits.Int(int64(a.Count)).String()
	}
	return "at least " + credits.Int(int64(a.Count)).String()
}

// String writes a predicate as contracts do.
func (p Predicate) String() string {
	parts := make([]string, len(p.All))
	for i, a := range p.All {
		parts[i] = a.String()
	}
	return strings.Join(parts, " and ")
}

// level is the threshold of a condition as a number in a unit: a ratio,
// seconds times the unit's, or the number itself.
func (a *Atom) level(unit string) credits.Ratio {
	switch {
	case a.Share != nil:
		if inPercents(unit) {
			return a.Share.Ratio().Mul(credits.Int(100))
		}
		return a.Share.Ratio()
	case a.Time != nil:
		return inUnit(a.Time.Duration(), unit)
	case a.Number != nil:
		return credits.RatioOfDecimal(a.Number.Value)
	}
	return credits.Ratio{}
}
