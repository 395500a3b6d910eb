package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Measure is what is computed in each window.
type Measure struct {
	Kind MeasureKind `json:"kind"`
	// Of is the ticket measure of a number over tickets ("restore").
	Of     string `json:"of,omitempty"`
	Window Window `json:"window"`
	// During names the calendar of the agreed service time; empty means all
	// time.
	During string `json:"during,omitempty"`
	// AtLeast is the number of items below which nothing is measured.
	AtLeast int `json:"atLeast,omitempty"`
	// Join makes one number of those of parts; nil where only one is.
	Join *Join `json:"join,omitempty"`
	// Percentile is the share of values that the number is at least as high
	// as: nearest rank.
	Percentile *credits.Share `json:"percentile,omitempty"`
	// ByStart counts an item in the window in which it began.
	ByStart bool `json:"byStart,omitempty"`
	// Slots averages the ratios of slots so long, each counting the same.
	Slots *calendar.Length `json:"slots,omitempty"`
	// WithBefore averages the number with that of the window before; Alone
	// says that the first window stands alone, otherwise it is not measured.
	WithBefore bool `json:"withBefore,omitempty"`
	Alone      bool `json:"alone,omitempty"`
	// Rounded is how the number is rounded before it is compared; nil
	// compares it exactly.
	Rounded *Rounded `json:"rounded,omitempty"`
}

// A Join makes one number of those of the parts of a kind: pooled adds what
// each number is made of, the others take the mean, the lowest or the highest.
type Join struct {
	Kind JoinKind `json:"kind"`
	Over string   `json:"over"`
	// By is the attribute that weighs.
	By string `json:"by,omitempty"`
}

// String is the join as contracts write it.
func (j *Join) String() string {
	if j.Kind == JoinWeighted {
		return "weighted by " + j.By + " over " + j.Over
	}
	return string(j.Kind) + " " + j.Over
}

// JoinKind is how the numbers of parts become one.
type JoinKind string

// The joins.
const (
	JoinPooled  JoinKind = "pooled over"
	JoinAverage JoinKind = "averaged over"
	JoinLowest  JoinKind = "lowest among"
	JoinHighest JoinKind = "highest among"
	// JoinWeighted is the mean weighted by an attribute of the parts.
	JoinWeighted JoinKind = "weighted over"
)

// Rounded says to how many decimals a number is rounded, in the unit in which
// it is shown: of a share, percent.
type Rounded struct {
	Decimals int          `json:"decimals"`
	Mode     credits.Mode `json:"mode"`
}

// MeasureKind is a kind of measure.
type MeasureKind string

// The kinds of measure.
const (
	// MeasureAvailability is 1 − downtime ÷ agreed time (semantics 3).
	MeasureAvailability MeasureKind = "availability"
	// MeasureDowntime is the downtime that counts, and MeasureOutages the
	// number of outages that do (semantics 3).
	MeasureDowntime MeasureKind = "downtime"
	MeasureOutages  MeasureKind = "number of outages"
	// MeasureGood is the share of good events among all, MeasureFailed the
	// number of failed ones, MeasureScore the average score of all.
	MeasureScore  MeasureKind = "average score"
	MeasureGood   MeasureKind = "share of good"
	MeasureFailed MeasureKind = "number of failed"
	// MeasureAverage and the others are over the values of a quantity.
	MeasureAverage    MeasureKind = "average"
	MeasureMaximum    MeasureKind = "maximum"
	MeasureMinimum    MeasureKind = "minimum"
	MeasureMedian     MeasureKind = "median"
	MeasureSum        MeasureKind = "total"
	MeasurePercentile MeasureKind = "percentile"
	// MeasureValue is a number supplied ready-made, MeasureVerdict none at
	// all: other objectives decide.
	MeasureValue   MeasureKind = "value"
	MeasureVerdict MeasureKind = "verdict"
	// MeasureShareInTime is the share of ticket clocks in time (semantics 4).
	MeasureShareInTime MeasureKind = "share in time"
	// MeasureLate is the number of ticket clocks that were late,
	// MeasureTickets the number of all. MeasureAverage, MeasureMaximum,
	// MeasureMinimum and MeasurePercentile of a measure of tickets are over
	// the times of its clocks.
	MeasureLate    MeasureKind = "number late"
	MeasureTickets MeasureKind = "number of tickets"
	// MeasureSurvey is the average score of survey answers (R063).
	MeasureSurvey MeasureKind = "average survey score"
)

// known says whether a kind is one of them.
func (m MeasureKind) known() bool {
	switch m {
	case MeasureAvailability, MeasureDowntime, MeasureOutages, MeasureScore, MeasureGood, MeasureFailed, MeasureAverage, MeasureMaximum, MeasureMinimum,
		MeasureMedian, MeasureSum, MeasurePercentile, MeasureValue, MeasureVerdict, MeasureShareInTime, MeasureLate, MeasureTickets, MeasureSurvey:
		return true
	}
	return false
}
