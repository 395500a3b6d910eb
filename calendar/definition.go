package calendar

import "time"

// A Definition is a calendar as a contract writes it: plain data, not yet
// bound to a zone or to holiday tables. [Compile] turns it into a [Calendar].
//
// The open time is the union of what the Open lines give, minus the union of
// what the Closed lines take; Closed always wins, but for an opening that says
// AlthoughClosed. A Definition with Always or Combine set has no Open lines.
type Definition struct {
	// Name is how the contract calls it, such as "support-hours".
	Name string `json:"name"`
	// Zone is an IANA zone name; empty means the contract's zone.
	Zone string `json:"zone,omitempty"`
	// Always means open at every instant (`open 24x7`) but for Closed lines.
	Always bool `json:"always,omitempty"`
	// Open lists the openings; their order never matters.
	Open []Opening `json:"open,omitempty"`
	// Closed lists the closings; their order never matters.
	Closed []Closing `json:"closed,omitempty"`
	// Combine, when set, builds the open time out of other calendars.
	Combine *Combination `json:"combine,omitempty"`
	// CutShifts ends a shift that crosses midnight at the midnight which
	// begins a closed date (`closed dates cut a shift at midnight`). Without
	// it a shift belongs wholly to the date on which it opens.
	CutShifts bool `json:"cutShifts,omitempty"`
	// BusinessDay says how business days are counted; nil means the
	// language edition's default, [DefaultBusinessDay].
	BusinessDay *BusinessDayRule `json:"businessDay,omitempty"`
}

// An Opening is one `open` line. Exactly one of Days, Holidays and On says
// which dates it is about.
type Opening struct {
	// Days are the days of the week.
	Days Weekdays `json:"days,omitempty"`
	// Holidays names a holiday set on whose dates the hours are open.
	Holidays string `json:"holidays,omitempty"`
	// On is a single date; its hours replace that date's other rules.
	On *Date `json:"on,omitempty"`
	// Hours are local times of day, each half-open. An `open on` a date
	// without hours replaces that date's hours with none.
	Hours []Hours `json:"hours"`
	// From and To bound the dates on which the line is in effect, both
	// included; nil means without bound.
	From *Date `json:"from,omitempty"`
	To   *Date `json:"to,omitempty"`
	// Season bounds it to a part of every year.
	Season *Season `json:"season,omitempty"`
	// AlthoughClosed lets an opening On a date win over Closed lines.
	AlthoughClosed bool `json:"althoughClosed,omitempty"`
}

// A Closing is one `closed` line. Exactly one of Holidays, On, Yearly,
// Calendar and Between says what it is about.
type Closing struct {
	// Holidays names holiday sets, such as "public-holidays FR"; with
	// several, AllOf says whether a date must be in all of them or in any.
	Holidays []string `json:"holidays,omitempty"`
	AllOf    bool     `json:"allOf,omitempty"`
	// On is a date, or with To the first of a range of dates, To included.
	On *Date `json:"on,omitempty"`
	To *Date `json:"to,omitempty"`
	// Yearly is a date of every year, or with YearlyTo the first of a range of
	// dates of every year, YearlyTo included; one before Yearly is of the next
	// year.
	Yearly   *MonthDay `json:"yearly,omitempty"`
	YearlyTo *MonthDay `json:"yearlyTo,omitempty"`
	// Calendar names a calendar whose open time is closed here.
	Calendar string `json:"calendar,omitempty"`
	// Between is a stretch of time, closed whatever its dates; it has no
	// Hours, Since and Until.
	Between *Stretch `json:"between,omitempty"`
	// Hours, when given, close only these hours of the dates.
	Hours []Hours `json:"hours,omitempty"`
	// Since and Until bound the dates on which the line is in effect, both
	// included; nil means without bound.
	Since *Date `json:"since,omitempty"`
	Until *Date `json:"until,omitempty"`
}

// A Stretch is the time from one moment up to another, which is not in it.
// Local times are those of the calendar's zone.
type Stretch struct {
	From Moment `json:"from"`
	To   Moment `json:"to"`
}

// A Combination is calendar algebra: `open when any of a, b except c`. Each
// calendar is taken in its own zone.
type Combination struct {
	// All takes the intersection of Of; otherwise the union.
	All bool `json:"all,omitempty"`
	// Of names the calendars combined.
	Of []string `json:"of"`
	// Except names a calendar whose open time is taken out; empty for none.
	Except string `json:"except,omitempty"`
}

// Hours is a half-open stretch of local times of day, [From, To). A To that
// is not later than From ends on the next date; equal times are empty, and
// To may be 24:00, the end of the day.
type Hours struct {
	From TimeOfDay `json:"from"`
	To   TimeOfDay `json:"to"`
}

// Length is how long the hours last on a day without a change of the clocks,
// less than 24 hours but for 00:00 to 24:00.
func (h Hours) Length() time.Duration {
	for _, s := range spansOf([]Hours{h}) {
		return time.Duration(s.to - s.from)
	}
	return 0
}

// A Season is a part of every year, both ends included; a To before From runs
// over the turn of the year.
type Season struct {
	From MonthDay `json:"from"`
	To   MonthDay `json:"to"`
}

// A BusinessDayRule is the `business day` line of a calendar: how N business
// days from an event are counted.
type BusinessDayRule struct {
	// Zone whose dates are counted; empty means the calendar's.
	Zone string `json:"zone,omitempty"`
	// CountReceipt counts the day of receipt as the first day.
	CountReceipt bool `json:"countReceipt,omitempty"`
	// ClosedDayMoves gives a receipt on a date that is not open the next date
	// that is, at the same time of day; the rest of the rule follows.
	ClosedDayMoves bool `json:"closedDayMoves,omitempty"`
	// Cutoff is the time of day at and after which a receipt is late; nil
	// means that receipts outside the calendar's hours are.
	Cutoff *TimeOfDay `json:"cutoff,omitempty"`
	// LateReceipt says what date such a receipt has, and Due when on the last
	// day it falls due; empty stands for the edition's, [DefaultBusinessDay].
	LateReceipt LateReceipt `json:"lateReceipt,omitempty"`
	Due         Landing     `json:"due,omitempty"`
	// At is the time of day at which it falls due, for AtFixedTime only.
	At *TimeOfDay `json:"at,omitempty"`
}

// LateReceipt says what date a receipt outside hours (or after a cut-off) has.
type LateReceipt string

// What a receipt outside hours counts as.
const (
	// KeepsItsDate leaves the receipt on its own date.
	KeepsItsDate LateReceipt = "keeps its date"
	// NextOpening moves the receipt to the date of the next opening.
	NextOpening LateReceipt = "counts as the next opening"
)

// Landing says when on the last business day a deadline falls.
type Landing string

// Where a deadline in business days lands.
const (
	// AtClosing is the last closing time of the last day.
	AtClosing Landing = "closing time"
	// AtSameTime is the time of day of the receipt.
	AtSameTime Landing = "the same time of day"
	// AtEndOfDay is the end of the local date.
	AtEndOfDay Landing = "the end of the day"
	// AtNextOpening is the first opening after the last day.
	AtNextOpening Landing = "the next opening"
	// AtFixedTime is the time of day that the rule's At gives.
	AtFixedTime Landing = "a fixed time"
)
