package sla

import (
	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// ContractSchema names the JSON form of a [Contract] written by this version.
const ContractSchema = "sla-contract/1"

// Edition is the newest language edition this package knows; it fixes every
// default. A file says `sla 1`.
const Edition = 1

// A Contract is a service level agreement as typed plain data. It holds
// nothing but what the parties wrote; defaults come from the edition.
//
// Every clause has an id that is a path of names, such as
// "erp-availability/credit/below-99.00%" or "gold/P1/restore" (see ids.go):
// findings, reports, ledgers and waivers refer to clauses by it.
type Contract struct {
	// Schema is [ContractSchema].
	Schema string `json:"schema"`
	// Edition is the language edition, 1 or more.
	Edition int `json:"edition"`
	// ID is what the parties call the contract, such as "CS-2026-014".
	ID string `json:"id"`

	Titles       []Text        `json:"titles,omitempty"`
	Kind         Kind          `json:"kind,omitempty"`
	Status       Status        `json:"status,omitzero"`
	Version      *Version      `json:"version,omitempty"`
	Template     *TemplateRef  `json:"template,omitempty"`
	ScheduleOf   string        `json:"scheduleOf,omitempty"`
	Precedence   []string      `json:"precedence,omitempty"`
	Approval     []string      `json:"approval,omitempty" sla:"set"`
	Languages    []Language    `json:"languages,omitempty"`
	Law          *Law          `json:"law,omitempty"`
	Timezone     string        `json:"timezone,omitempty"`
	BusinessDays string        `json:"businessDays,omitempty"`
	Currency     *CurrencyRule `json:"currency,omitempty"`
	Amounts      TaxBasis      `json:"amounts,omitempty"`
	Term         *Term         `json:"term,omitempty"`

	Parties    []Party                      `json:"parties,omitempty"`
	Holidays   []calendar.HolidayDefinition `json:"holidays,omitempty"`
	Calendars  []calendar.Definition        `json:"calendars,omitempty"`
	Priorities *Priorities                  `json:"priorities,omitempty"`
	Clocks     *Clocks                      `json:"clocks,omitempty"`
	// ClocksOf are the rules that single measures have of their own.
	ClocksOf      []Clocks          `json:"clocksOf,omitempty"`
	Tiers         []Tier            `json:"tiers,omitempty"`
	Services      []Service         `json:"services,omitempty"`
	Parts         []PartKind        `json:"parts,omitempty"`
	Events        []EventKind       `json:"events,omitempty"`
	Charges       []Charge          `json:"charges,omitempty"`
	Payment       *Payment          `json:"payment,omitempty"`
	Discounts     []Discount        `json:"discounts,omitempty"`
	Units         []UnitRule        `json:"units,omitempty"`
	Quantities    []QuantityRule    `json:"quantities,omitempty"`
	Pools         []Pool            `json:"pools,omitempty"`
	Conversions   []Conversion      `json:"conversions,omitempty"`
	DayOfFee      DayOfFee          `json:"dayOfFee,omitempty"`
	Maintenance   []MaintenanceRule `json:"maintenance,omitempty"`
	Exclusions    *Exclusions       `json:"exclusions,omitempty"`
	Objectives    []Objective       `json:"objectives,omitempty"`
	Requests      []Requests        `json:"requests,omitempty"`
	Sites         []Site            `json:"sites,omitempty"`
	Security      *Security         `json:"security,omitempty"`
	Backups       []Backup          `json:"backups,omitempty"`
	Recoveries    []Recovery        `json:"recoveries,omitempty"`
	RACI          *RACI             `json:"raci,omitempty"`
	Escalation    *Escalation       `json:"escalation,omitempty"`
	Credits       *CreditRules      `json:"credits,omitempty"`
	Bonuses       []Bonus           `json:"bonuses,omitempty"`
	RemedyPlans   []RemedyPlan      `json:"remedyPlans,omitempty"`
	Terminations  []Termination     `json:"terminations,omitempty"`
	Underpinnings []Underpinning    `json:"underpinnings,omitempty"`
	Reports       []ReportDuty      `json:"reports,omitempty"`
	Disputes      []Dispute         `json:"disputes,omitempty"`
	Reviews       []Review          `json:"reviews,omitempty"`
	Clauses       []ProseClause     `json:"clauses,omitempty"`
	// Amendments change the contract from dates on, in the order of these.
	Amendments []Amendment `json:"amendments,omitempty"`
	Examples   []Example   `json:"examples,omitempty"`
	Accepts    []Accept    `json:"accepts,omitempty"`

	// Tables are public holidays supplied with the contract: they stand in for
	// the embedded tables of the same name. They are not part of what the
	// parties wrote.
	Tables []calendar.HolidaySet `json:"tables,omitempty"`
	// Sources are the files the contract was compiled from; empty when it
	// was built in Go.
	Sources []SourceFile `json:"sources,omitempty"`
	// Spans says where in the sources each clause stands, by clause id.
	Spans map[string]Span `json:"spans,omitempty"`
}

// A SourceFile is one file a contract was compiled from.
type SourceFile struct {
	Name string `json:"name"`
	// SHA256 is the hash of the file's bytes, in lower-case hexadecimal.
	SHA256 string `json:"sha256"`
}

// A Span is a stretch of a source file. Lines and columns count from 1;
// columns count characters, not bytes. The end is just behind the last
// character.
type Span struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

// A Text is a piece of prose in one language, never evaluated.
type Text struct {
	// Lang is a language code such as "fr"; empty when not said.
	Lang string `json:"lang,omitempty"`
	Text string `json:"text"`
}

// Kind says between whom an agreement stands (ISO 20000: SLA, OLA, UC).
type Kind string

// The kinds of contract. A fragment is a file that is no whole contract, such
// as a library of calendars: completeness is not checked.
const (
	KindCustomer     Kind = "customer"
	KindInternal     Kind = "internal"
	KindUnderpinning Kind = "underpinning"
	KindFragment     Kind = "fragment"
)

// Status is where in its life a contract is (R007).
type Status struct {
	State StatusState `json:"state,omitempty"`
	// On is the date of signature or of the end; nil where the state has none.
	On *calendar.Date `json:"on,omitempty"`
}

// StatusState is a stage in a contract's life.
type StatusState string

// The stages of a contract's life; the default is draft.
const (
	StatusDraft   StatusState = "draft"
	StatusSigned  StatusState = "signed"
	StatusInForce StatusState = "in force"
	StatusEnded   StatusState = "ended"
)

// A Version names one text of the contract and when it takes effect.
type Version struct {
	ID          string         `json:"id"`
	Replaces    string         `json:"replaces,omitempty"`
	InForceFrom *calendar.Date `json:"inForceFrom,omitempty"`
}

// A TemplateRef names the template a contract was made from (R090).
type TemplateRef struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// A Language is one of the contract's languages and its rank (R009).
type Language struct {
	Code string       `json:"code"`
	Role LanguageRole `json:"role"`
}

// LanguageRole says which text decides.
type LanguageRole string

// The roles of a language.
const (
	LanguageAuthentic   LanguageRole = "authentic"
	LanguageTranslation LanguageRole = "translation"
)

// Law is the governing law and the court.
type Law struct {
	Text  string `json:"text"`
	Court string `json:"court,omitempty"`
}

// A CurrencyRule is the contract's currency and how each credit is rounded
// (semantics 5, step 4). A nil Rounding is half up to the minor unit.
type CurrencyRule struct {
	Code     credits.Currency  `json:"code"`
	Rounding *credits.Rounding `json:"rounding,omitempty"`
}

// TaxBasis says whether amounts contain tax.
type TaxBasis string

// The tax bases.
const (
	ExcludeTax TaxBasis = "exclude tax"
	IncludeTax TaxBasis = "include tax"
)

// A Term is how long the contract runs: from local midnight of From, Length
// long. Facts outside it are not covered.
type Term struct {
	Length calendar.Length `json:"length"`
	From   calendar.Date   `json:"from"`
	// Renewal and Notice say by how much it is renewed and what notice
	// stops that; nil when it is not renewed.
	Renewal *calendar.Length `json:"renewal,omitempty"`
	Notice  *calendar.Length `json:"notice,omitempty"`
}

// An Accept waives one warning in one place, with a reason that is printed
// with the contract. Errors cannot be waived.
type Accept struct {
	// Code of the warning, such as "uncapped-credits".
	Code   string `json:"code"`
	Reason string `json:"reason"`
	// In is the id of the clause whose block the line stands in; empty for
	// the whole contract.
	In    string         `json:"in,omitempty"`
	By    string         `json:"by,omitempty"`
	Until *calendar.Date `json:"until,omitempty"`
}
