package facts

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// AppendNDJSON adds a fact to b as one line of NDJSON, with its line end.
// Instants are written in UTC, fields that say nothing are left out, and
// [Read] reads back the same fact.
func AppendNDJSON(b []byte, f sla.Fact) []byte {
	w := objectWriter{b: append(b, '{')}
	w.text(fKind, string(f.Kind()))
	h := f.Header()
	w.text(fID, h.ID)
	w.count(fRevision, int64(h.Revision))
	w.time(fOccurred, h.Occurred)
	w.body(f)
	w.time(fRecorded, h.Recorded)
	w.text(fSource, h.Source)
	w.text(fAuthor, h.Author)
	w.text(fSupersedes, h.Supersedes)
	w.text(fReason, h.Reason)
	return append(w.b, '}', '\n')
}

// An objectWriter writes the fields of an object that say something.
type objectWriter struct{ b []byte }

func (w *objectWriter) body(f sla.Fact) {
	switch f := f.(type) {
	case *sla.TicketEvent:
		w.texts(fTicket, f.Ticket, fEvent, f.Event)
		w.time(fUntil, f.Until)
		w.texts(fService, f.Service, fPriority, f.Priority, fSite, f.Site, fRequest, f.Request, fType, f.Type, fImpact, f.Impact, fUrgency, f.Urgency, fChannel, f.Channel, fIncident, f.Incident, fNote, f.Note)
		w.flag(fAutomatic, f.Automatic)
		w.flag(fWorkaround, f.Workaround)
	case *sla.PriorityChange:
		w.texts(fTicket, f.Ticket, fPriority, f.Priority)
	case *sla.Contest:
		w.texts(fTicket, f.Ticket, fBy, f.By, fPriority, f.Priority)
		w.time(fAccepted, f.Accepted)
	case *sla.Outage:
		w.texts(fService, f.Service, fPart, f.Part)
		w.time(fUntil, f.Until)
		w.texts(fIncident, f.Incident, fCause, f.Cause)
		w.time(fAnnounced, f.Announced)
		w.time(fReported, f.Reported)
		w.time(fClosed, f.Closed)
		w.share(fAffected, f.Affected)
	case *sla.Coverage:
		w.texts(fService, f.Service, fPart, f.Part)
		w.time(fUntil, f.Until)
	case *sla.Maintenance:
		w.texts(fService, f.Service, fWork, f.Work)
		w.time(fUntil, f.Until)
		w.time(fAnnounced, f.Announced)
	case *sla.Probe:
		w.texts(fService, f.Service, fPart, f.Part)
		if f.Series == "" || f.OK {
			w.name(fOK)
			w.b = strconv.AppendBool(w.b, f.OK)
		}
		w.text(fSeries, f.Series)
		w.duration(fEvery, f.Every)
	default:
		w.rest(f)
	}
}

func (w *objectWriter) rest(f sla.Fact) {
	switch f := f.(type) {
	case *sla.Proof:
		w.texts(fOf, f.Of, fBy, f.By)
	case *sla.Claim:
		w.texts(fObjective, f.Objective, fFor, f.For, fPeriod, f.Period, fStep, f.Step)
	case *sla.Correction:
		w.texts(fOf, f.Of, fOfKind, string(f.OfKind))
	case *sla.Counter:
		w.texts(fService, f.Service, fPart, f.Part, fEvent, f.Event, fCause, f.Cause)
		w.time(fUntil, f.Until)
		w.number(fTotal, f.Total)
		w.number(fFailed, f.Failed)
		w.pairs(fHas, f.Has)
	case *sla.Item:
		w.texts(fService, f.Service, fPart, f.Part, fEvent, f.Event, fCause, f.Cause)
		w.time(fUntil, f.Until)
		if f.Failed {
			w.put(fOK, "false")
		}
		w.pairs(fHas, f.Has)
	case *sla.Sample:
		w.texts(fService, f.Service, fPart, f.Part, fOf, f.Of, fCause, f.Cause)
		w.put(fValue, f.Value.String())
	case *sla.PartLife:
		w.texts(fService, f.Service, fWhat, f.Type, fOf, f.Of)
		w.time(fUntil, f.Until)
		w.pairs(fHas, f.Has)
	case *sla.Measured:
		w.measured(f)
	case *sla.TicketCount:
		w.texts(fService, f.Service, fPriority, f.Priority, fRequest, f.Request, fMeasure, f.Measure, fPeriod, f.Period, fIncident, f.Incident)
		w.number(fLate, int64(f.Late))
		w.number(fTotal, int64(f.Total))
	case *sla.Delivery:
		w.texts(fWhat, f.What, fPeriod, f.Period)
	case *sla.Survey:
		w.text(fService, f.Service)
		w.text(fScore, f.Score.String())
	case *sla.Volume:
		w.text(fService, f.Service)
		w.number(fUnits, int64(f.Units))
	case *sla.AgreedFee:
		w.texts(fService, f.Service, fPeriod, f.Period)
		w.money(fAmount, f.Amount)
	case *sla.QuantityFact:
		w.texts(fWhat, f.What, fService, f.Service, fPeriod, f.Period)
		w.put(fValue, f.Value.String())
	case *sla.ChargeFact:
		w.texts(fWhat, f.What, fService, f.Service, fPeriod, f.Period)
		w.money(fAmount, f.Amount)
	case *sla.Invoice:
		w.texts(fNumber, f.Number, fPeriod, f.Period)
		w.money(fAmount, f.Amount)
	}
}

func (w *objectWriter) measured(f *sla.Measured) {
	w.texts(fObjective, f.Objective, fFor, f.For, fPeriod, f.Period)
	w.share(fShare, f.Share)
	if f.Down != nil {
		w.put(fDown, calendar.ExactLength(*f.Down).String())
	}
	if f.Value != nil {
		w.put(fValue, f.Value.String())
	}
	w.count(fLate, int64(f.Late))
	w.count(fTotal, int64(f.Total))
	w.texts(fVerdict, string(f.Verdict))
}

func (w *objectWriter) name(f field) {
	if len(w.b) > 1 && w.b[len(w.b)-1] != '{' {
		w.b = append(w.b, ',')
	}
	w.b = append(append(append(w.b, '"'), f.String()...), '"', ':')
}

func (w *objectWriter) put(f field, s string) {
	w.name(f)
	w.b, _ = json.Append(w.b, s, 0) // a string has a form always
}

func (w *objectWriter) text(f field, s string) {
	if s != "" {
		w.put(f, s)
	}
}

// texts writes fields and their texts in turn.
func (w *objectWriter) texts(pairs ...any) {
	for i := 0; i < len(pairs); i += 2 {
		w.text(pairs[i].(field), pairs[i+1].(string))
	}
}

func (w *objectWriter) time(f field, t time.Time) {
	if !t.IsZero() {
		w.put(f, t.UTC().Format(time.RFC3339Nano))
	}
}

func (w *objectWriter) count(f field, n int64) {
	if n != 0 {
		w.number(f, n)
	}
}

func (w *objectWriter) number(f field, n int64) {
	w.name(f)
	w.b = strconv.AppendInt(w.b, n, 10)
}

func (w *objectWriter) flag(f field, yes bool) {
	if yes {
		w.name(f)
		w.b = append(w.b, "true"...)
	}
}

func (w *objectWriter) duration(f field, d time.Duration) {
	if d != 0 {
		w.put(f, calendar.ExactLength(d).String())
	}
}

func (w *objectWriter) pairs(f field, m map[string]string) {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, name+" "+m[name])
	}
	w.text(f, strings.Join(parts, ", "))
}

func (w *objectWriter) share(f field, s *credits.Share) {
	if s != nil {
		w.text(f, s.String())
	}
}

func (w *objectWriter) money(f field, m credits.Money) {
	if m.Currency != "" {
		w.put(f, m.String())
	}
}
