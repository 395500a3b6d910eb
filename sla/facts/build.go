package facts

import (
	"github.com/sla-lang/sla/sla"
)

// head reads the fields of all facts; the file says the source and the author
// of those that do not.
func (v *values) head(file *header, kind sla.FactKind) sla.Head {
	h := sla.Head{
		ID: v.text(fID), Revision: v.int(fRevision), Occurred: v.time(fOccurred, occurredMeans(kind)), Recorded: v.time(fRecorded, itsLast),
		Source: v.name(fSource), Author: v.name(fAuthor), Supersedes: v.text(fSupersedes), Reason: v.text(fReason),
	}
	if !v.row.set.has(fSource) {
		h.Source = file.Source
	}
	if !v.row.set.has(fAuthor) {
		h.Author = file.Author
	}
	return h
}

// occurredMeans says what a date alone is for the kind: acts of the parties
// have the whole day, like notices.
func occurredMeans(kind sla.FactKind) dateMeans {
	switch kind {
	case sla.FactProof, sla.FactContest, sla.FactClaim, sla.FactDelivery, sla.FactInvoice, sla.FactCorrection:
		return itsLast
	}
	return itsStart
}

func (v *values) service(file *header) string {
	if v.row.set.has(fService) {
		return v.name(fService)
	}
	return file.Service
}

// fact makes the fact of a row.
func (v *values) fact(file *header, kind sla.FactKind) (sla.Fact, *refused) {
	v.err = nil
	f := v.build(file, kind, v.head(file, kind))
	if v.err != nil {
		return nil, v.err
	}
	return f, nil
}

func (v *values) build(file *header, kind sla.FactKind, h sla.Head) sla.Fact {
	switch kind {
	case sla.FactTicket:
		return &sla.TicketEvent{
			Head: h, Ticket: v.text(fTicket), Event: v.name(fEvent), Until: v.time(fUntil, itsEnd), Service: v.service(file), Priority: v.name(fPriority),
			Site: v.name(fSite), Request: v.name(fRequest), Type: v.name(fType), Impact: v.name(fImpact), Urgency: v.name(fUrgency), Channel: v.name(fChannel), Incident: v.text(fIncident), Note: v.text(fNote),
			Automatic: v.bool(fAutomatic), Workaround: v.bool(fWorkaround),
		}
	case sla.FactOutage:
		return &sla.Outage{
			Head: h, Service: v.service(file), Part: v.name(fPart), Until: v.time(fUntil, itsEnd), Incident: v.text(fIncident), Cause: v.name(fCause), Announced: v.time(fAnnounced, itsLast),
			Reported: v.time(fReported, itsStart), Closed: v.time(fClosed, itsEnd), Affected: v.share(fAffected),
		}
	case sla.FactProbe:
		return &sla.Probe{Head: h, Service: v.service(file), Part: v.name(fPart), OK: v.bool(fOK), Series: v.text(fSeries), Every: v.duration(fEvery)}
	case sla.FactCoverage:
		return &sla.Coverage{Head: h, Service: v.service(file), Part: v.name(fPart), Until: v.time(fUntil, itsEnd)}
	case sla.FactMaintenance:
		return &sla.Maintenance{Head: h, Service: v.service(file), Work: v.name(fWork), Until: v.time(fUntil, itsEnd), Announced: v.time(fAnnounced, itsLast)}
	case sla.FactPriority:
		return &sla.PriorityChange{Head: h, Ticket: v.text(fTicket), Priority: v.name(fPriority)}
	case sla.FactProof:
		return &sla.Proof{Head: h, Of: v.text(fOf), By: v.name(fBy)}
	case sla.FactContest:
		return &sla.Contest{Head: h, Ticket: v.text(fTicket), By: v.name(fBy), Priority: v.name(fPriority), Accepted: v.time(fAccepted, itsLast)}
	}
	return v.buildRest(file, kind, h)
}

func (v *values) buildRest(file *header, kind sla.FactKind, h sla.Head) sla.Fact {
	switch kind {
	case sla.FactClaim:
		return &sla.Claim{Head: h, Objective: v.name(fObjective), For: v.name(fFor), Period: v.name(fPeriod), Step: v.name(fStep)}
	case sla.FactCorrection:
		of := v.name(fOfKind)
		if k := kindNamed(of); of != "" && k == nil {
			v.fail(badField(fOfKind, of, "kind"))
		}
		return &sla.Correction{Head: h, Of: v.text(fOf), OfKind: sla.FactKind(of)}
	case sla.FactCounter:
		return &sla.Counter{
			Head: h, Service: v.service(file), Part: v.name(fPart), Event: v.name(fEvent), Until: v.time(fUntil, itsEnd),
			Total: v.int64(fTotal), Failed: v.int64(fFailed), Cause: v.name(fCause), Has: v.pairs(fHas),
		}
	case sla.FactItem:
		return &sla.Item{
			Head: h, Service: v.service(file), Part: v.name(fPart), Event: v.name(fEvent), Until: v.time(fUntil, itsEnd),
			Failed: v.row.set.has(fOK) && !v.bool(fOK), Cause: v.name(fCause), Has: v.pairs(fHas),
		}
	case sla.FactSample:
		return &sla.Sample{Head: h, Service: v.service(file), Part: v.name(fPart), Of: v.name(fOf), Value: v.decimal(fValue), Cause: v.name(fCause)}
	case sla.FactPart:
		return &sla.PartLife{Head: h, Service: v.service(file), Type: v.name(fWhat), Of: v.name(fOf), Until: v.time(fUntil, itsEnd), Has: v.pairs(fHas)}
	case sla.FactMeasured:
		m := &sla.Measured{Head: h, Objective: v.name(fObjective), For: v.name(fFor), Period: v.name(fPeriod), Share: v.share(fShare), Late: v.int(fLate), Total: v.int(fTotal), Verdict: sla.Verdict(v.name(fVerdict))}
		if v.row.set.has(fDown) {
			down := v.duration(fDown)
			m.Down = &down
		}
		if v.row.set.has(fValue) {
			value := v.decimal(fValue)
			m.Value = &value
		}
		return m
	case sla.FactTicketCount:
		return &sla.TicketCount{
			Head: h, Service: v.service(file), Priority: v.name(fPriority), Request: v.name(fRequest), Measure: v.name(fMeasure),
			Period: v.name(fPeriod), Late: v.int(fLate), Total: v.int(fTotal), Incident: v.text(fIncident),
		}
	case sla.FactDelivery:
		return &sla.Delivery{Head: h, What: v.name(fWhat), Period: v.name(fPeriod)}
	case sla.FactSurvey:
		return &sla.Survey{Head: h, Service: v.service(file), Score: v.decimal(fScore)}
	case sla.FactVolume:
		return &sla.Volume{Head: h, Service: v.service(file), Units: v.int(fUnits)}
	case sla.FactQuantity:
		return &sla.QuantityFact{Head: h, What: v.name(fWhat), Service: v.service(file), Period: v.name(fPeriod), Value: v.decimal(fValue)}
	case sla.FactCharge:
		return &sla.ChargeFact{Head: h, What: v.text(fWhat), Service: v.service(file), Period: v.name(fPeriod), Amount: v.money(fAmount)}
	case sla.FactFee:
		return &sla.AgreedFee{Head: h, Service: v.service(file), Period: v.name(fPeriod), Amount: v.money(fAmount)}
	}
	return &sla.Invoice{Head: h, Number: v.text(fNumber), Period: v.name(fPeriod), Amount: v.money(fAmount)}
}
