package sla

import (
	"github.com/shopspring/decimal"

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

// A MaintenanceWindow is a local time in which work may be excluded: weekly,
// or with Nth on that weekday of each month, the last one being -1; or the
// open time of a calendar; or any time.
type MaintenanceWindow struct {
	Days    calendar.Weekdays `json:"days,omitempty"`
	Hours   calendar.Hours    `json:"hours,omitzero"`
	Zone    string            `json:"zone,omitempty"`
	Nth     int               `json:"nth,omitempty"`
	During  string            `json:"during,omitempty"`
	AnyTime bool              `json:"anyTime,omitempty"`
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
