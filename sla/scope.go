package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Party is one of those the contract binds or names.
type Party struct {
	// Role is how the contract speaks of it: provider, customer, supplier.
	Role string `json:"role"`
	Name string `json:"name"`
	// Desk is where it is reached (R010, R045).
	Desk []Contact `json:"desk,omitempty"`
	// Duties are what it must do (R018).
	Duties []Duty `json:"duties,omitempty"`
}

// A Contact is a channel and an address on it.
type Contact struct {
	Channel string `json:"channel"`
	Address string `json:"address"`
}

// A Duty is something a party must do: within a time of an event, again and
// again, or by the end of a date. During names the hours that count.
type Duty struct {
	Name   string           `json:"name"`
	Text   string           `json:"text"`
	Within *calendar.Length `json:"within,omitempty"`
	// After is the event that Within is counted from; empty for the receipt.
	After  string           `json:"after,omitempty"`
	Every  *calendar.Length `json:"every,omitempty"`
	By     *calendar.Date   `json:"by,omitempty"`
	During string           `json:"during,omitempty"`
	// Relief is what a wait for this party does to every clock of a ticket.
	Relief Relief `json:"relief,omitempty"`
}

// Relief is what the lateness of a party does to the clocks of the other
// (R022): while a ticket waits on it, in the state waiting-on-ROLE.
type Relief string

// The reliefs.
const (
	// ReliefExtraWait pauses every clock once the party's own time is over.
	ReliefExtraWait Relief = "the extra wait pauses every clock"
	// ReliefWait pauses every clock from the beginning of the wait.
	ReliefWait Relief = "the wait pauses every clock"
)

// A Service is something the provider runs, with its tier and its price.
type Service struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Tier  string `json:"tier,omitempty"`
	Fee   *Fee   `json:"fee,omitempty"`
	// Surcharges are added to the fee, as the price of a level of service.
	Surcharges []Surcharge `json:"surcharges,omitempty"`
	Includes   []string    `json:"includes,omitempty" sla:"set"`
	Excludes   []string    `json:"excludes,omitempty" sla:"set"`
	// Known are the names other systems give the service ("ci:4711").
	Known []string `json:"known,omitempty" sla:"set"`
	// DependsOn are the services without which it cannot be used.
	DependsOn []string `json:"dependsOn,omitempty" sla:"set"`
}

// A Fee is a recurring price: Amount per Per, times Volume when it is per
// unit ("10.00 EUR per user per month, 420 users").
type Fee struct {
	Amount credits.Money `json:"amount"`
	// Unit is the thing counted, in the singular; empty for a flat fee.
	Unit   string `json:"unit,omitempty"`
	Per    FeePer `json:"per"`
	Volume int    `json:"volume,omitempty"`
	// ReviewBeyond is the change of volume that calls for a review (R025).
	ReviewBeyond *credits.Share `json:"reviewBeyond,omitempty"`
}

// FeePer is the time a fee pays for.
type FeePer string

// What a fee pays for.
const (
	PerMonth   FeePer = "month"
	PerQuarter FeePer = "quarter"
	PerYear    FeePer = "year"
)

// A Charge is a price for work outside the recurring fee (R029).
type Charge struct {
	Name   string        `json:"name"`
	Amount credits.Money `json:"amount"`
	// Each is the unit paid for; Started charges every started unit whole,
	// otherwise it is pro rata.
	Each    calendar.Length `json:"each"`
	Started bool            `json:"started,omitempty"`
	// AskedBy is the party whose wish makes the work chargeable; Outside or
	// During name the calendar outside or within which it is.
	AskedBy string `json:"askedBy,omitempty"`
	Outside string `json:"outside,omitempty"`
	During  string `json:"during,omitempty"`
	// ExceptOn names a clock whose tickets and requests are not charged.
	ExceptOn string `json:"exceptOn,omitempty"`
}

// Payment says when invoices are issued and due.
type Payment struct {
	Invoiced Window `json:"invoiced"`
	// Arrears is true when a period is invoiced after it, false before it.
	Arrears bool `json:"arrears"`
	// Issued is how long after the period's end an invoice is issued.
	Issued calendar.Length `json:"issued"`
	// Due is how long after its issue an invoice is to be paid.
	Due calendar.Length `json:"due"`
}

// A Discount is a reduction of the fees under a condition in prose.
type Discount struct {
	Share credits.Share `json:"share"`
	If    string        `json:"if"`
}

// A Site is a place where some statements differ.
type Site struct {
	Name    string    `json:"name"`
	Title   string    `json:"title,omitempty"`
	Instead []Instead `json:"instead,omitempty"`
}

// An Instead replaces one value of the contract for one site: the limit of a
// row of a commitment table (R096).
type Instead struct {
	// Request names the row of a requests table, or Tier and Priority that
	// of a tier.
	Request  string `json:"request,omitempty"`
	Tier     string `json:"tier,omitempty"`
	Priority string `json:"priority,omitempty"`
	// Measure is the promise replaced, such as "deliver" or "restore".
	Measure string          `json:"measure"`
	Within  calendar.Length `json:"within"`
	Because string          `json:"because,omitempty"`
}
