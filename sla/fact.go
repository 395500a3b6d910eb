package sla

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/credits"
)

// A Fact is something that happened or was said: an outage, an event of a
// ticket, a probe, a proof. Facts are what a contract is checked against. They
// are plain data; instants are absolute, so a [time.Time] of any zone will do.
//
// The kinds are those of this package and no others.
type Fact interface {
	// Kind is the name of the kind of fact, as in files of facts.
	Kind() FactKind
	// Header is what all facts have.
	Header() *Head
}

// FactKind names a kind of fact.
type FactKind string

// The kinds of fact.
const (
	FactOutage      FactKind = "outage"
	FactCoverage    FactKind = "coverage"
	FactMaintenance FactKind = "maintenance"
	FactTicket      FactKind = "ticket"
	FactPriority    FactKind = "priority"
	FactProof       FactKind = "proof"
	FactContest     FactKind = "contest"
	FactClaim       FactKind = "claim"
	FactCorrection  FactKind = "correction"
	FactProbe       FactKind = "probe"
	FactCounter     FactKind = "counter"
	FactMeasured    FactKind = "measured"
	FactTicketCount FactKind = "ticket-count"
	FactDelivery    FactKind = "delivery"
	FactSurvey      FactKind = "survey"
	FactVolume      FactKind = "volume"
	FactFee         FactKind = "fee"
	FactInvoice     FactKind = "invoice"
	FactItem        FactKind = "item"
	FactSample      FactKind = "sample"
	FactPart        FactKind = "part"
	FactQuantity    FactKind = "quantity"
	FactCharge      FactKind = "charge"
)

// A Head is what every fact has (semantics 7).
type Head struct {
	// ID identifies the fact within its kind. It may be empty for ticket
	// events and probes, which are then identified by what they say.
	ID string
	// Revision counts the versions of the fact; the highest one recorded by
	// the instant of knowledge is used, the others are history.
	Revision int
	// Occurred is when it happened, or when an interval began.
	Occurred time.Time
	// Recorded is when it became known; the zero time means as soon as it
	// had happened (at its end, for an interval).
	Recorded time.Time
	// Source names the system it comes from; empty means the measuring
	// source of whatever uses it.
	Source string
	// Author is who recorded it; shown only when asked for.
	Author string
	// Supersedes is the id of a fact of the same kind that this one
	// replaces, and Reason says why.
	Supersedes string
	Reason     string
}

// Header gives access to the common part.
func (h *Head) Header() *Head { return h }

// An Outage is a stretch of time in which a service was down.
type Outage struct {
	Head
	Service string
	// Part is the part of the service that was down; empty means all of it.
	Part string
	// Until is its end; the zero time means it still lasts.
	Until time.Time
	// Incident groups facts that have one cause.
	Incident string
	// Cause is one of the contract's causes, or the provider's when empty.
	Cause string
	// Announced is when planned work was announced.
	Announced time.Time
	// Reported is when it was reported or its ticket opened, Closed when that
	// was closed.
	Reported, Closed time.Time
	// Affected is the share of users, traffic or whatever the contract counts
	// by that it affected; nil means all.
	Affected *credits.Share
}

// A Coverage says that a source was observing from Occurred to Until: it is
// what makes the absence of outages mean that there were none.
type Coverage struct {
	Head
	// Service narrows it to one service, Part to one of its parts; empty
	// means all.
	Service string
	Part    string
	Until   time.Time
}

// A Maintenance announces work on a service from Occurred to Until.
type Maintenance struct {
	Head
	Service string
	// Work is the contract's kind of maintenance, such as "planned".
	Work      string
	Until     time.Time
	Announced time.Time
}

// A TicketEvent is one event in the life of a ticket: a milestone such as
// received, responded, restored, resolved, closed, reopened, cancelled or one
// the contract declares, or the beginning of a state such as
// waiting-on-customer.
type TicketEvent struct {
	Head
	Ticket string
	Event  string
	// Until ends a state; the zero time leaves it to the next event.
	Until time.Time
	// Service, Priority, Site and Request describe the ticket; the first
	// event that has one decides, later ones change it.
	Service  string
	Priority string
	Site     string
	Request  string
	// Type is the kind of ticket: incident, question, …; Impact and Urgency
	// are values of a contract's matrix of priorities.
	Type    string
	Impact  string
	Urgency string
	// Channel is how a message came in.
	Channel string
	// Incident groups the ticket with other facts of the same cause.
	Incident string
	Note     string
	// Automatic marks the act of a machine, Workaround a restore by one.
	Automatic  bool
	Workaround bool
}

// A PriorityChange gives a ticket another priority from Occurred on.
type PriorityChange struct {
	Head
	Ticket   string
	Priority string
}

// A Proof shows at Occurred that an outage had the cause claimed for it.
type Proof struct {
	Head
	// Of is the id of the outage, or of the incident.
	Of string
	// By is the role of the party that proves.
	By string
}

// A Contest objects to the priority of a ticket; Accepted is when the other
// party agreed, the zero time when it has not.
type Contest struct {
	Head
	Ticket   string
	By       string
	Priority string
	Accepted time.Time
}

// A Claim asks for the credit of an objective in a period.
type Claim struct {
	Head
	Objective string
	// For is the service or the part whose credit it is; empty means all that
	// the objective judges.
	For string
	// Period is the name of the window claimed, such as "2026-03". It may be
	// empty only where the window is found by the claim ("30 days before the
	// claim"): then it is the one that ends with it.
	Period string
	// Step is the step of the claim, where the contract names several.
	Step string
}

// A Correction withdraws another fact: it never happened.
type Correction struct {
	Head
	// Of and OfKind identify the fact withdrawn.
	Of     string
	OfKind FactKind
}

// A Probe is one answer of a monitoring check, or a series of them.
type Probe struct {
	Head
	Service string
	// Part is the part of the service that answers; empty means the service.
	Part string
	// OK is the answer of a single check.
	OK bool
	// Series, when set, is many answers from Occurred on, Every apart, in
	// the notation "1x19319 0x2 _x2 1": good and 19,319 more, failed and 2 more,
	// 2 missing, good.
	Series string
	Every  time.Duration
}

// A Counter is a number of requests and how many failed, from Occurred to
// Until.
type Counter struct {
	Head
	Service string
	// Part is the part of the service that was asked, Event the kind of event
	// counted; empty where the contract has only one.
	Part, Event   string
	Until         time.Time
	Total, Failed int64
	// Cause is one of the contract's causes, where these events have one.
	Cause string
	// Has are the values of attributes that all these events share.
	Has map[string]string
}

// An Item is one event: a request, a job, a transfer, from Occurred to Until.
type Item struct {
	Head
	Service, Part, Event string
	// Until is its end; the zero time means that it never ended, or that
	// nobody said when.
	Until time.Time
	// Failed is its result as supplied.
	Failed bool
	// Cause is one of the contract's causes, where the event has one.
	Cause string
	// Has are the values of its attributes.
	Has map[string]string
}

// A Sample is the value of a quantity at Occurred.
type Sample struct {
	Head
	Service, Part string
	// Of is the quantity, such as "latency".
	Of    string
	Value decimal.Decimal
	// Cause is one of the contract's causes, where the sample has one.
	Cause string
}

// A PartLife says that a part was in service from Occurred to Until, what it
// belongs to and what it has from then on. The pieces of a life have the id
// of their part and add up; an attribute holds until a later piece gives
// another value.
type PartLife struct {
	Head
	Service string
	// Type is the contract's kind of part, Of the id of the part it is in.
	Type, Of string
	// Until is the end; the zero time means that it is still in service.
	Until time.Time
	Has   map[string]string
}

// A Measured is a figure supplied ready-made for an objective and a period:
// it sets the raw facts aside, and the report says so.
type Measured struct {
	Head
	Objective string
	// For is the service judged, where the objective judges several.
	For    string
	Period string
	// Share is the measured share; nil where Late and Total or Downtime say
	// it instead.
	Share *credits.Share
	// Down is the counted downtime, for an availability, and Value any other
	// number.
	Down  *time.Duration
	Value *decimal.Decimal
	// Late of Total tickets, for a share in time.
	Late, Total int
	// Verdict is given alone where no figure is known: only conditions that
	// count verdicts read it. No credit comes of it.
	Verdict Verdict
}

// A TicketCount says how many clocks of a measure were decided in a period and
// how many of them late, without the tickets. It sets the tickets of its scope
// and period aside, and the result says so; several add up.
type TicketCount struct {
	Head
	// Service, Priority and Request are the scope; an empty one means all.
	Service, Priority, Request string
	// Measure is the clock counted: respond, restore, deliver, …
	Measure string
	Period  string
	// Late of Total clocks were late.
	Late, Total int
	// Incident is what all the late ones belong to; without one, each late
	// clock is an incident of its own.
	Incident string
}

// A Delivery says that something owed was delivered at Occurred: a report, a
// plan, a duty.
type Delivery struct {
	Head
	What   string
	Period string
}

// A Survey is one answer of a satisfaction survey.
type Survey struct {
	Head
	Service string
	Score   decimal.Decimal
}

// A Volume is the number of units of a service from Occurred on.
type Volume struct {
	Head
	Service string
	Units   int
}

// A AgreedFee is the fee of a service agreed for a period, in the place of the
// one in the contract.
type AgreedFee struct {
	Head
	Service string
	Period  string
	Amount  credits.Money
}

// An Invoice was issued at Occurred.
type Invoice struct {
	Head
	Number string
	Period string
	Amount credits.Money
}

// A QuantityFact is the value of a quantity of the contract in a period, for
// one service or for none in particular.
type QuantityFact struct {
	Head
	What    string
	Service string
	Period  string
	Value   decimal.Decimal
}

// A ChargeFact is a line that was invoiced for a service and a period.
type ChargeFact struct {
	Head
	What    string
	Service string
	Period  string
	Amount  credits.Money
}

// Kind names the kind of fact.
func (*QuantityFact) Kind() FactKind { return FactQuantity }

// Kind names the kind of fact.
func (*ChargeFact) Kind() FactKind { return FactCharge }

// Kind names the kind of fact.
func (*Outage) Kind() FactKind { return FactOutage }

// Kind names the kind of fact.
func (*Coverage) Kind() FactKind { return FactCoverage }

// Kind names the kind of fact.
func (*Maintenance) Kind() FactKind { return FactMaintenance }

// Kind names the kind of fact.
func (*TicketEvent) Kind() FactKind { return FactTicket }

// Kind names the kind of fact.
func (*PriorityChange) Kind() FactKind { return FactPriority }

// Kind names the kind of fact.
func (*Proof) Kind() FactKind { return FactProof }

// Kind names the kind of fact.
func (*Contest) Kind() FactKind { return FactContest }

// Kind names the kind of fact.
func (*Claim) Kind() FactKind { return FactClaim }

// Kind names the kind of fact.
func (*Correction) Kind() FactKind { return FactCorrection }

// Kind names the kind of fact.
func (*Probe) Kind() FactKind { return FactProbe }

// Kind names the kind of fact.
func (*Counter) Kind() FactKind { return FactCounter }

// Kind names the kind of fact.
func (*Measured) Kind() FactKind { return FactMeasured }

// Kind names the kind of fact.
func (*TicketCount) Kind() FactKind { return FactTicketCount }

// Kind names the kind of fact.
func (*Delivery) Kind() FactKind { return FactDelivery }

// Kind names the kind of fact.
func (*Survey) Kind() FactKind { return FactSurvey }

// Kind names the kind of fact.
func (*Volume) Kind() FactKind { return FactVolume }

// Kind names the kind of fact.
func (*AgreedFee) Kind() FactKind { return FactFee }

// Kind names the kind of fact.
func (*Item) Kind() FactKind { return FactItem }

// Kind names the kind of fact.
func (*Sample) Kind() FactKind { return FactSample }

// Kind names the kind of fact.
func (*PartLife) Kind() FactKind { return FactPart }

// Kind names the kind of fact.
func (*Invoice) Kind() FactKind { return FactInvoice }
