package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// An Objective is something measured over a window and compared with a target
// (ISO 19086: SLO).
type Objective struct {
	// Name is also the objective's id.
	Name  string         `json:"name"`
	Scope ObjectiveScope `json:"scope"`
	// ForEach is "service" when each service in scope is judged on its own, or
	// a kind of part when each of those is, or an attribute when each of its
	// values is.
	ForEach string `json:"forEach,omitempty"`
	// By are further ones: each combination is judged on its own.
	By      []string `json:"by,omitempty"`
	Measure Measure  `json:"measure"`
	Sources []Source `json:"sources,omitempty"`
	// Down and Up say how probes make downtime and end it; nil where outages
	// are supplied, and Up nil for the first good check.
	Down *DownRule `json:"down,omitempty"`
	Up   *DownRule `json:"up,omitempty"`
	// DownWhen are predicates over slots, samples, parts or objectives: any of
	// them makes downtime. FailedWhen makes an item a failed one.
	DownWhen   []Predicate `json:"downWhen,omitempty"`
	FailedWhen []Predicate `json:"failedWhen,omitempty"`
	// Scheduled says when runs of the event are due: then those instants count,
	// not the runs.
	Scheduled *RunSchedule `json:"scheduled,omitempty"`
	// Limits are those to which conditions `above its limit` refer.
	Limits []ItemLimit `json:"limits,omitempty"`
	// OnlyWhile are conditions on the agreed time, OnlyWhen on each item: all
	// must hold.
	OnlyWhile []Predicate `json:"onlyWhile,omitempty"`
	OnlyWhen  []Predicate `json:"onlyWhen,omitempty"`
	// JudgedIf are conditions on quantities without which a window is not judged:
	// all must hold.
	JudgedIf []WindowCondition `json:"judgedIf,omitempty"`
	// MissedWhen names objectives of which any that is missed makes this one
	// missed.
	MissedWhen []string `json:"missedWhen,omitempty" sla:"set"`
	// MissedTogether are rows of objectives of which all must be missed, each
	// in some window within this one's.
	MissedTogether [][]string `json:"missedTogether,omitempty" sla:"set"`
	// AwayDown names causes whose announced time leaves the agreed time
	// whether or not anything was down.
	AwayDown []string `json:"downOrNot,omitempty" sla:"set"`
	// Scores are what an item that did not fail scores: the highest whose
	// conditions hold, 0 where none does.
	Scores []ScoreRule `json:"scores,omitempty"`
	// Without says what is assumed where nothing is known.
	Without Without `json:"without,omitzero"`
	// Count says how time that was down becomes downtime; nil counts all.
	Count *Counting `json:"count,omitempty"`
	// Target is what the measure must reach; nil only in a draft.
	Target *Target `json:"target,omitempty"`
	// Exclude names causes whose time does not count.
	Exclude []string `json:"exclude,omitempty" sla:"set"`
	// Warn lists shares of the allowed downtime at which to warn.
	Warn []credits.Share `json:"warn,omitempty" sla:"set"`
	// Credit is what a miss costs; nil with ReportOnly or NoCredit.
	Credit *Credit `json:"credit,omitempty"`
	// Plus are further components of the credit: all are added up exactly
	// before the sum is rounded.
	Plus []Credit `json:"plus,omitempty"`
	// Choice lets a party choose another remedy than the credit; nil none.
	Choice *Choice `json:"choice,omitempty"`
	// Caps and Floors limit the credits of this objective alone.
	Caps   []Cap   `json:"caps,omitempty"`
	Floors []Floor `json:"floors,omitempty"`
	// Repeat multiplies the credit of misses that follow others.
	Repeat *Repeat `json:"repeat,omitempty"`
	// Minimum is a second level: between it and the target the objective is
	// missed and, where the credit says so, costs nothing (P18).
	Minimum *Threshold `json:"minimum,omitempty"`
	// Tolerance is how far below the target a miss is reported without a
	// credit (P17).
	Tolerance *credits.Points `json:"tolerance,omitempty"`
	// StartUp is the time from the beginning of the term in which misses cost
	// nothing and do not count in conditions (P20).
	StartUp *calendar.Length `json:"startUp,omitempty"`
	// Ratchet moves the target after windows that were better; nil leaves it.
	Ratchet *Ratchet `json:"ratchet,omitempty"`
	// Missing says what a window is worth that was not measured; empty: it is
	// not measured, and nothing is due (B5 of the catalogue of remedies).
	Missing MissingData `json:"missing,omitempty"`
	// LateReport deems a window missed whose report came too late; nil never.
	LateReport *LateReport `json:"lateReport,omitempty"`
	// ReportOnly marks a figure without a promise of money (R062).
	ReportOnly bool `json:"reportOnly,omitempty"`
	// SoThat is the customer outcome the objective serves (R065).
	SoThat []Text `json:"soThat,omitempty"`
}

// An ObjectiveScope says what an objective is about: a service, or the
// tickets of a tier, narrowed to priorities.
type ObjectiveScope struct {
	Service    string   `json:"service,omitempty"`
	Tier       string   `json:"tier,omitempty"`
	Priorities []string `json:"priorities,omitempty" sla:"set"`
}
