package sla

import (
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Target is the level an objective must reach. Exactly one of Share, Time,
// Number, Score, AsInTier and Table is set.
type Target struct {
	Op    credits.Op     `json:"op,omitempty"`
	Share *credits.Share `json:"share,omitempty"`
	// Time is exact, Number a count or a value in a unit.
	Time   *calendar.Length `json:"time,omitempty"`
	Number *Quantity        `json:"number,omitempty"`
	Score  *Score           `json:"score,omitempty"`
	// AsInTier takes the share from the tier's `in time` column.
	AsInTier string `json:"asInTier,omitempty"`
	// Table gives the level by what is judged; Op is that of its heading.
	Table *TargetTable `json:"table,omitempty"`
	// SmallVolume lets a few late tickets pass when there are few tickets.
	SmallVolume *SmallVolume `json:"smallVolume,omitempty"`
}

// A Quantity is a number of a unit, such as 36 ms; of a count, without one.
type Quantity struct {
	Value decimal.Decimal `json:"value"`
	Unit  string          `json:"unit,omitempty"`
}

// String is the number and its unit.
func (q Quantity) String() string {
	if q.Unit == "" {
		return q.Value.String()
	}
	return q.Value.String() + " " + q.Unit
}

// A Score is a figure on a scale: 4.2 out of 5.
type Score struct {
	Value decimal.Decimal `json:"value"`
	OutOf decimal.Decimal `json:"outOf"`
}

// SmallVolume is `or at most 1 late when fewer than 20 tickets` (P16).
type SmallVolume struct {
	AtMostLate int `json:"atMostLate"`
	FewerThan  int `json:"fewerThan"`
}
