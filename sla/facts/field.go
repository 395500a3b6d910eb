package facts

import (
	"math/bits"
	"slices"

	"github.com/sla-lang/sla/sla"
)

// A field is a column of a CSV file or a name in a line of NDJSON.
type field uint8

const (
	fKind field = iota
	fID
	fRevision
	fOccurred
	fRecorded
	fSource
	fAuthor
	fSupersedes
	fReason
	fService
	fUntil
	fIncident
	fCause
	fAnnounced
	fReported
	fClosed
	fAffected
	fWork
	fTicket
	fEvent
	fPriority
	fSite
	fRequest
	fType
	fImpact
	fUrgency
	fChannel
	fNote
	fAutomatic
	fWorkaround
	fOf
	fBy
	fAccepted
	fObjective
	fPeriod
	fOfKind
	fOK
	fSeries
	fEvery
	fTotal
	fFailed
	fFor
	fShare
	fDown
	fLate
	fWhat
	fScore
	fUnits
	fAmount
	fNumber
	fPart
	fHas
	fValue
	fMeasure
	fVerdict
	fStep
	fieldCount
)

var fieldNames = [fieldCount]string{
	"kind", "id", "revision", "occurred", "recorded", "source", "author", "supersedes", "reason", "service", "until", "incident",
	"cause", "announced", "reported", "closed", "affected", "work", "ticket", "event", "priority", "site", "request", "type", "impact", "urgency", "channel", "note", "automatic", "workaround",
	"of", "by", "accepted", "objective", "period", "ofKind", "ok", "series", "every", "total", "failed", "for", "share", "down",
	"late", "what", "score", "units", "amount", "number", "part", "has", "value", "measure", "verdict", "step",
}

func (f field) String() string { return fieldNames[f] }

// fieldNamed finds a field by its exact name.
func fieldNamed(name []byte) (field, bool) {
	for f := range fieldCount {
		if string(name) == fieldNames[f] {
			return f, true
		}
	}
	return 0, false
}

// A fieldSet is a set of fields, one bit each.
type fieldSet uint64

func setOf(fields ...field) (s fieldSet) {
	for _, f := range fields {
		s |= 1 << f
	}
	return s
}

func (s fieldSet) has(f field) bool { return s&(1<<f) != 0 }

// names lists a set's fields in their order.
func (s fieldSet) names() (out []string) {
	for f := range fieldCount {
		if s.has(f) {
			out = append(out, f.String())
		}
	}
	return out
}

// headFields are those of every fact.
var headFields = setOf(fKind, fID, fRevision, fOccurred, fRecorded, fSource, fAuthor, fSupersedes, fReason)

// A kindOfFact says which fields a kind has beside those of all facts.
type kindOfFact struct {
	kind   sla.FactKind
	plural string
	fields fieldSet
	// numbers are those that a fact of the kind is there for: one that is not
	// said is not zero (semantics 9).
	numbers fieldSet
}

var kinds = []kindOfFact{
	{sla.FactTicket, "tickets", setOf(fTicket, fEvent, fUntil, fService, fPriority, fSite, fRequest, fType, fImpact, fUrgency, fChannel, fIncident, fNote, fAutomatic, fWorkaround), 0},
	{sla.FactOutage, "outages", setOf(fService, fPart, fUntil, fIncident, fCause, fAnnounced, fReported, fClosed, fAffected), 0},
	{sla.FactProbe, "probes", setOf(fService, fPart, fOK, fSeries, fEvery), 0},
	{sla.FactCoverage, "coverages", setOf(fService, fPart, fUntil), 0},
	{sla.FactMaintenance, "maintenances", setOf(fService, fWork, fUntil, fAnnounced), 0},
	{sla.FactPriority, "priorities", setOf(fTicket, fPriority), 0},
	{sla.FactProof, "proofs", setOf(fOf, fBy), 0},
	{sla.FactContest, "contests", setOf(fTicket, fBy, fPriority, fAccepted), 0},
	{sla.FactClaim, "claims", setOf(fObjective, fFor, fPeriod, fStep), 0},
	{sla.FactCorrection, "corrections", setOf(fOf, fOfKind), 0},
	{sla.FactCounter, "counters", setOf(fService, fPart, fEvent, fUntil, fTotal, fFailed, fCause, fHas), setOf(fTotal)},
	{sla.FactItem, "items", setOf(fService, fPart, fEvent, fUntil, fOK, fCause, fHas), 0},
	{sla.FactSample, "samples", setOf(fService, fPart, fOf, fValue, fCause), setOf(fValue)},
	{sla.FactPart, "parts", setOf(fService, fWhat, fOf, fUntil, fHas), 0},
	{sla.FactMeasured, "measured-values", setOf(fObjective, fFor, fPeriod, fShare, fDown, fValue, fLate, fTotal, fVerdict), 0},
	{sla.FactTicketCount, "ticket-counts", setOf(fService, fPriority, fRequest, fMeasure, fPeriod, fLate, fTotal, fIncident), setOf(fLate, fTotal)},
	{sla.FactDelivery, "deliveries", setOf(fWhat, fPeriod), 0},
	{sla.FactSurvey, "surveys", setOf(fService, fScore), setOf(fScore)},
	{sla.FactVolume, "volumes", setOf(fService, fUnits), setOf(fUnits)},
	{sla.FactFee, "fees", setOf(fService, fPeriod, fAmount), setOf(fAmount)},
	{sla.FactInvoice, "invoices", setOf(fNumber, fPeriod, fAmount), 0},
	{sla.FactQuantity, "quantities", setOf(fWhat, fService, fPeriod, fValue), setOf(fValue)},
	{sla.FactCharge, "charges", setOf(fWhat, fService, fPeriod, fAmount), setOf(fAmount)},
}

// lacks is the first number that a row does not say; false where it says all. A
// probe says one answer or a series of them.
func (k *kindOfFact) lacks(row fieldSet) (field, bool) {
	if k.kind == sla.FactProbe && !row.has(fOK) && !row.has(fSeries) {
		return fOK, true
	}
	missing := k.numbers &^ row
	return field(bits.TrailingZeros64(uint64(missing))), missing != 0
}

// kindNamed finds a kind by its name, or by its plural as files are called.
func kindNamed(name string) *kindOfFact {
	for i := range kinds {
		if name == string(kinds[i].kind) || name == kinds[i].plural {
			return &kinds[i]
		}
	}
	return nil
}

func kindNames() []string {
	out := make([]string, len(kinds))
	for i := range kinds {
		out[i] = string(kinds[i].kind)
	}
	slices.Sort(out)
	return out
}
