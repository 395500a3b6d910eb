package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Security lists the measures of protection (R050).
type Security struct {
	AtRest       string           `json:"atRest,omitempty"`
	InTransit    string           `json:"inTransit,omitempty"`
	Patches      []Patch          `json:"patches,omitempty"`
	Firewall     string           `json:"firewall,omitempty"`
	AntiMalware  string           `json:"antiMalware,omitempty"`
	AuditEvery   *calendar.Length `json:"auditEvery,omitempty"`
	BreachNotice *calendar.Length `json:"breachNotice,omitempty"`
}

// A Patch says how soon after its release a kind of patch is applied.
type Patch struct {
	// Kind is "critical", or "others".
	Kind   string          `json:"kind"`
	Within calendar.Length `json:"within"`
}

// A Backup says how often a service is copied and how long copies are kept.
type Backup struct {
	Service     string           `json:"service"`
	Every       calendar.Length  `json:"every"`
	Kept        *calendar.Length `json:"kept,omitempty"`
	Immutable   bool             `json:"immutable,omitempty"`
	RestoreTest *calendar.Length `json:"restoreTest,omitempty"`
	Tool        string           `json:"tool,omitempty"`
}

// A Recovery is the disaster recovery of a service: how much data may be lost
// (RPO), how long it may take (RTO), how often it is tested.
type Recovery struct {
	Service string           `json:"service"`
	RPO     calendar.Length  `json:"rpo"`
	RTO     calendar.Length  `json:"rto"`
	Test    *calendar.Length `json:"test,omitempty"`
}

// RACI says for each activity who is accountable, responsible, consulted or
// informed (R019).
type RACI struct {
	// Parties are the columns.
	Parties []string  `json:"parties"`
	Rows    []RACIRow `json:"rows"`
}

// A RACIRow is one activity.
type RACIRow struct {
	Activity string       `json:"activity"`
	Roles    []RACIAssign `json:"roles"`
}

// A RACIAssign gives a party its letters for an activity: A, R, C, I.
type RACIAssign struct {
	Party   string   `json:"party"`
	Letters []string `json:"letters" sla:"set"`
}

// An Underpinning is a supplier's promise that supports a service (R097).
type Underpinning struct {
	ID       string               `json:"id"`
	By       string               `json:"by"`
	Supports []string             `json:"supports" sla:"set"`
	Promises []UnderpinningTarget `json:"promises,omitempty"`
	Margins  []Margin             `json:"margins,omitempty"`
}

// An UnderpinningTarget is one of a supplier's promises: an availability, or
// a limit for a priority.
type UnderpinningTarget struct {
	// Measure is "availability" or a ticket measure such as "restore".
	Measure  string           `json:"measure"`
	Op       credits.Op       `json:"op,omitempty"`
	Share    *credits.Share   `json:"share,omitempty"`
	Window   Window           `json:"window,omitzero"`
	Priority string           `json:"priority,omitempty"`
	Within   *calendar.Length `json:"within,omitempty"`
	During   string           `json:"during,omitempty"`
}

// A Margin is how much better the supplier must be than our own promise.
type Margin struct {
	Of     string           `json:"of"`
	Points *credits.Points  `json:"points,omitempty"`
	Length *calendar.Length `json:"length,omitempty"`
}

// A ReportDuty is a report that is owed regularly (R079).
type ReportDuty struct {
	// Rhythm is monthly, quarterly or yearly; also the report's name.
	Rhythm string   `json:"rhythm"`
	To     []string `json:"to" sla:"set"`
	Langs  []string `json:"langs,omitempty" sla:"set"`
	// Due is how long after the end of the period it is due.
	Due *calendar.Length `json:"due,omitempty"`
	// MissedWhenLateBy makes the period's objectives missed (P19).
	MissedWhenLateBy *calendar.Length `json:"missedWhenLateBy,omitempty"`
}

// A Dispute says how a topic is contested (R073).
type Dispute struct {
	Topic string `json:"topic"`
	// By is a party's role, or "either party".
	By         string           `json:"by"`
	Within     calendar.Length  `json:"within"`
	After      string           `json:"after"`
	Negotiated *calendar.Length `json:"negotiated,omitempty"`
	Then       string           `json:"then,omitempty"`
}

// A Review is a regular meeting or revision (R082, R083).
type Review struct {
	Name  string          `json:"name"`
	Every calendar.Length `json:"every"`
	Text  string          `json:"text,omitempty"`
	// OnChangeOf lists what also calls for a review.
	OnChangeOf []string `json:"onChangeOf,omitempty" sla:"set"`
}

// A ProseClause is text of the contract that is never evaluated (P32).
type ProseClause struct {
	Name  string `json:"name"`
	Texts []Text `json:"texts"`
}
