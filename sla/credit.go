package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Credit is what a missed objective costs: an amount, or a table of amounts;
// of a base where it is a part of one; once, or for each of something. Without
// When and Bands it is due when the objective is missed.
type Credit struct {
	// Pays is the amount; nil with Bands.
	Pays *credits.Pay `json:"pays,omitempty"`
	Base Base         `json:"base,omitzero"`
	// Each multiplies the amount by the number of something; nil pays once.
	Each *Each `json:"each,omitempty"`
	// Times are quantities the amount is multiplied by at the end, such as a
	// price index.
	Times []string `json:"times,omitempty"`
	// When narrows a single amount to a threshold ("below 97.50%"); nil means
	// whenever the objective is missed.
	When *Threshold `json:"when,omitempty"`
	// Bands is a table, one threshold a row.
	Bands []Band `json:"bands,omitempty"`
	// BelowMinimum narrows it to misses below the objective's minimum.
	BelowMinimum bool `json:"belowMinimum,omitempty"`
	// AlsoMet makes a single amount without a threshold due whether or not the
	// target is missed.
	AlsoMet bool `json:"alsoMet,omitempty"`
	// None says why a miss costs nothing, and nothing else is set then.
	None string `json:"none,omitempty"`
}

// A Threshold is a level and the side of it that matters. Exactly one of
// Share, Time, Number and Points is set.
type Threshold struct {
	Op    credits.Op    `json:"op"`
	Share credits.Share `json:"share,omitzero"`
	// Time is exact, Number a count or a value in a unit, as in a [Target].
	Time   *calendar.Length `json:"time,omitempty"`
	Number *Quantity        `json:"number,omitempty"`
	// MissedBy makes the level a distance to the target, in the direction
	// that is worse: Points or Share of a share, Time or Number. Op is at
	// least or above.
	MissedBy bool            `json:"missedBy,omitempty"`
	Points   *credits.Points `json:"points,omitempty"`
	// OfTarget takes Share of the target itself, as the level or the distance.
	OfTarget bool `json:"ofTarget,omitempty"`
}

// Text is the level as written: "99.50%", "6 min", "10% of target".
func (t Threshold) Text() string {
	switch {
	case t.Time != nil:
		return t.Time.String()
	case t.Number != nil:
		return t.Number.String()
	case t.Points != nil:
		return t.Points.String()
	case t.OfTarget:
		return t.Share.String() + " of target"
	}
	return t.Share.String()
}

// size is the level as a number, in the unit of what is measured: seconds and
// ratios where that is empty.
func (t Threshold) size(unit string) credits.Ratio {
	switch {
	case t.Time != nil && unit != "":
		return inUnit(t.Time.Duration(), unit)
	case t.Points == nil && t.Number == nil && !t.OfTarget && inPercents(unit):
		return t.Share.Ratio().Mul(credits.Int(100))
	case t.Time != nil:
		return inSeconds(exactRatio(t.Time.Duration()))
	case t.Number != nil:
		return credits.RatioOfDecimal(t.Number.Value)
	case t.Points != nil:
		return t.Points.Ratio()
	}
	return t.Share.Ratio()
}

// against is the threshold as a row of a schedule, for a target.
func (t Threshold) against(op credits.Op, target credits.Ratio, unit string) credits.Band {
	level := t.size(unit)
	if t.OfTarget {
		level = level.Mul(target)
	}
	if !t.MissedBy {
		return credits.Band{Op: t.Op, Level: level}
	}
	distance, strict := level, t.Op == credits.Above
	switch {
	case op.Upward() && strict:
		return credits.Band{Op: credits.Below, Level: target.Sub(distance)}
	case op.Upward():
		return credits.Band{Op: credits.AtMost, Level: target.Sub(distance)}
	case strict:
		return credits.Band{Op: credits.Above, Level: target.Add(distance)}
	}
	return credits.Band{Op: credits.AtLeast, Level: target.Add(distance)}
}

// A Band is one row of a credit table: beyond Threshold, Pays is due. A row
// that pays what is unstated is one the contract is silent about.
type Band struct {
	Threshold
	Pays credits.Pay `json:"pays"`
}

// A Base is the amount a share is taken of.
type Base struct {
	// Of says whose amount it is; empty means the fees agreed.
	Of BaseKind `json:"of,omitempty"`
	// Name is the quantity or the pool; Lines are the texts of charges, all
	// where it is empty.
	Name  string   `json:"name,omitempty"`
	Lines []string `json:"lines,omitempty"`
	// Service whose fee it is; "the service" means the service judged;
	// empty means the fees of all services.
	Service string `json:"service,omitempty"`
	// Dependents adds the services that cannot be used without that one, and
	// those that cannot be used without them.
	Dependents bool `json:"dependents,omitempty"`
	// Window whose fees they are; zero means the objective's own window.
	Window Window `json:"window,omitzero"`
	// Shift is −1 for the window before and 1 for the one after.
	Shift int `json:"shift,omitempty"`
	// Trailing is the time that ends with the window, in place of it.
	Trailing *calendar.Length `json:"trailing,omitempty"`
	// Lost takes the part of the time that was lost of it: down ÷ agreed.
	// BeyondAllowance leaves out the time that the target allows, Beyond a
	// time of its own.
	Lost            bool             `json:"lost,omitempty"`
	BeyondAllowance bool             `json:"beyondAllowance,omitempty"`
	Beyond          *calendar.Length `json:"beyond,omitempty"`
	// And are further amounts that are added.
	And []Base `json:"and,omitempty"`
}

// BaseKind says whose amount a [Base] is.
type BaseKind string

// The kinds of base.
const (
	// BaseFees are those agreed in the contract, prorated (semantics 5.1).
	BaseFees BaseKind = ""
	// BaseCharges are lines that were invoiced, which are facts.
	BaseCharges BaseKind = "charges"
	// BaseNamed is a quantity that facts supply, or a pool of the contract.
	BaseNamed BaseKind = "named"
)

// IsZero reports whether nothing is said of a base.
func (b Base) IsZero() bool {
	return b.Of == "" && b.Name == "" && b.Service == "" && b.Window == "" && b.Trailing == nil && !b.Lost && len(b.And) == 0 && len(b.Lines) == 0
}

// TheTerm is the whole term of the contract, as the window of a base or a
// limit.
const TheTerm Window = "term"

// TheService in a [Base] means the service that is being judged.
const TheService = "the service"

// Each is what an amount is due for each of.
type Each struct {
	Thing Thing `json:"thing"`
	// Time, Points and Number are the size of one unit of what can be
	// divided; Counted says how those are counted.
	Time    *calendar.Length  `json:"time,omitempty"`
	Points  *credits.Points   `json:"points,omitempty"`
	Number  *Quantity         `json:"number,omitempty"`
	Counted credits.UnitCount `json:"counted,omitempty"`
	// Quantity is the one counted, of ThingQuantity.
	Quantity string `json:"quantity,omitempty"`
	// BeyondAllowance leaves out what the target allows, Beyond a time of its
	// own; LongerThan counts only those that lasted longer.
	BeyondAllowance bool             `json:"beyondAllowance,omitempty"`
	Beyond          *calendar.Length `json:"beyond,omitempty"`
	LongerThan      *calendar.Length `json:"longerThan,omitempty"`
}

// Thing is a kind of what an amount is due for.
type Thing string

// The things.
const (
	// ThingLateTicket is a ticket whose clock was late.
	ThingLateTicket Thing = "late ticket"
	// ThingLateness is the time by which tickets were late, rounded for each.
	ThingLateness Thing = "late"
	// ThingDowntime is the downtime of the window, rounded once; ThingOutages
	// that of each outage, rounded for each; ThingOutage an outage.
	ThingDowntime Thing = "of downtime"
	ThingOutages  Thing = "of each outage"
	ThingOutage   Thing = "outage"
	// ThingPoints are percentage points below the target.
	ThingPoints Thing = "below the target"
	// ThingQuantity is a number supplied as a fact.
	ThingQuantity Thing = "of a quantity"
)

// A UnitRule declares a unit of the contract's own, such as a service point.
type UnitRule struct {
	Name string `json:"name"`
	Text string `json:"text,omitempty"`
}

// A QuantityRule declares a number that facts supply: of a currency or a unit.
type QuantityRule struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
	Text string `json:"text,omitempty"`
}

// IsMoney says whether the quantity is an amount of a currency.
func (q QuantityRule) IsMoney() bool { return credits.Currency(q.Unit).Valid() }

// A Pool is a named amount that credits may draw on.
type Pool struct {
	Name string        `json:"name"`
	Pays credits.Share `json:"pays"`
	Base Base          `json:"base"`
}

// A Conversion makes money of the units of a settlement period: for each of
// them, or by a table of their number.
type Conversion struct {
	Unit  string       `json:"unit"`
	Pays  *credits.Pay `json:"pays,omitempty"`
	Base  Base         `json:"base,omitzero"`
	Bands []Band       `json:"bands,omitempty"`
}

// DayOfFee says what a day of a fee is worth.
type DayOfFee string

// The worth of a day of a fee.
const (
	// DayThirtieth is 1/30 of the month, DayCalendar the month over its
	// calendar days, DayYear 1/365 of the year.
	DayThirtieth DayOfFee = "1/30 of the month"
	DayCalendar  DayOfFee = "the month over its calendar days"
	DayYear      DayOfFee = "1/365 of the year"
)

// paysUnit says whether an objective's credit is in a unit of the contract's
// own.
func (c *Contract) paysUnit(o *Objective, unit string) bool {
	in := func(p credits.Pay) bool { return p.Kind == credits.PayUnits && c.oneUnit(p.Unit) == unit }
	of := func(x *Credit) bool {
		q := c.quantityNamed(x.Base.Name)
		return x.Pays != nil && in(*x.Pays) || slices.ContainsFunc(x.Bands, func(b Band) bool { return in(b.Pays) }) || q != nil && q.Unit == unit
	}
	return slices.ContainsFunc(o.priced(), func(p pricedCredit) bool { return of(p.Credit) })
}

// oneUnit is the name of the unit of the contract that a name speaks of, with or
// without the plural's s; the name itself where that is none.
func (c *Contract) oneUnit(name string) string {
	for _, u := range c.Units {
		if name == u.Name || name == u.Name+"s" {
			return u.Name
		}
	}
	for _, u := range c.Units {
		if name+"s" == u.Name { // of a unit that ends with an s
			return u.Name
		}
	}
	return name
}

// slugOf makes a name of a threshold or an amount.
func slugOf(s string) string { return strings.ReplaceAll(s, " ", "-") }

// opText is the side of the level as written: "below", "missed by more than".
func (t Threshold) opText() string {
	switch {
	case t.MissedBy && t.Op == credits.Above:
		return "missed by more than"
	case t.MissedBy:
		return "missed by at least"
	}
	return string(t.Op)
}
