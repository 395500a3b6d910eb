package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/spelling"
)

// An Intake counts what was taken in and what was not.
type Intake struct {
	// Accepted counts facts, Repeated those that came again with the same
	// content.
	Accepted int `json:"accepted"`
	Repeated int `json:"repeated,omitempty"`
	Refused  int `json:"refused"`
	// Later counts the events of tickets and the outages, of those accepted,
	// that are dated after the instant of the report: they count once it is
	// reached.
	Later int `json:"later,omitempty"`
	// Reasons counts refusals by reason, Refusals holds the first hundred in
	// full, by file and line.
	Reasons  []ReasonCount `json:"reasons,omitempty"`
	Refusals []Refusal     `json:"refusals,omitempty"`
	// Unused counts facts by kind that no clause evaluated so far reads.
	Unused []KindCount `json:"unused,omitempty"`
}

// A ReasonCount is how many facts were refused for a reason.
type ReasonCount struct {
	Reason RefusalReason `json:"reason"`
	Count  int           `json:"count"`
}

// A KindCount is how many facts there are of a kind.
type KindCount struct {
	Kind  FactKind `json:"kind"`
	Count int      `json:"count"`
}

// examine says what is wrong with a fact by itself; nil when nothing is.
func (e *Engine) examine(f Fact) *Refusal {
	h := f.Header()
	no := func(reason RefusalReason, args ...Arg) *Refusal {
		return &Refusal{Reason: reason, Kind: f.Kind(), ID: h.ID, Ticket: ticketOf(f), Args: args}
	}
	if h.ID == "" && f.Kind() != FactTicket && f.Kind() != FactProbe && f.Kind() != FactPriority && f.Kind() != FactSample {
		return no(RefusedNoID)
	}
	if h.Occurred.IsZero() {
		return no(RefusedNoTime)
	}
	if h.Revision < 0 {
		return no(RefusedValue, Name("field", "revision"), Count("found", h.Revision))
	}
	begin, end := h.Occurred, untilOf(f)
	times := [...]time.Time{begin, end, h.Recorded}
	for _, t := range append(times[:], furtherTimes(f)...) {
		if t.IsZero() {
			continue
		}
		if _, err := calendar.InstantOf(t); err != nil {
			return no(RefusedRange, Prose("found", t.UTC().Format(time.RFC3339)))
		}
	}
	if !end.IsZero() && (end.Before(begin) || end.Equal(begin) && f.Kind() != FactTicket && f.Kind() != FactItem) {
		return no(RefusedBackwards, e.instantArg("from", instant(begin)), e.instantArg("to", instant(end)))
	}
	if field := missingField(f); field != "" {
		return no(RefusedMissing, Name("field", field))
	}
	if c, ok := f.(*Claim); ok && c.Period == "" && e.hasObjective(c.Objective) && !e.foundByClaims(c.Objective) {
		return no(RefusedMissing, Name("field", "period"))
	}
	if field, found := impossible(f); field != "" {
		return no(RefusedValue, Name("field", field), Prose("found", found))
	}
	if amount, ok := e.otherCurrency(f); ok {
		return no(RefusedCurrency, Prose("found", amount.String()), Name("currency", string(e.currency)))
	}
	if u := e.unknownIn(f); u != nil {
		args := []Arg{Name("field", u.field), Phrase("kind", "name "+string(u.kind)), Prose("found", u.name)}
		if near := spelling.Nearest(u.name, u.known); near != "" {
			args = append(args, Name("suggestion", near))
		}
		return no(RefusedUnknown, args...)
	}
	return nil
}

// furtherTimes are the instants of a fact beside those that all have.
func furtherTimes(f Fact) []time.Time {
	switch f := f.(type) {
	case *Outage:
		return []time.Time{f.Announced, f.Reported, f.Closed}
	case *Maintenance:
		return []time.Time{f.Announced}
	case *Contest:
		return []time.Time{f.Accepted}
	}
	return nil
}

// untilOf is the end of a fact that has one.
func untilOf(f Fact) time.Time {
	switch f := f.(type) {
	case *Outage:
		return f.Until
	case *Coverage:
		return f.Until
	case *Maintenance:
		return f.Until
	case *TicketEvent:
		return f.Until
	case *Counter:
		return f.Until
	case *Item:
		return f.Until
	case *PartLife:
		return f.Until
	}
	return time.Time{}
}

// missingField names a field that the kind of fact needs and that is empty.
func missingField(f Fact) string {
	need := func(value, field string) string {
		if value == "" {
			return field
		}
		return ""
	}
	switch f := f.(type) {
	case *Outage:
		return need(f.Service, "service")
	case *Coverage:
		return need(timeText(f.Until), "until")
	case *Maintenance:
		if m := need(f.Service, "service"); m != "" {
			return m
		}
		return need(timeText(f.Until), "until")
	case *TicketEvent:
		if m := need(f.Ticket, "ticket"); m != "" {
			return m
		}
		return need(f.Event, "event")
	case *PriorityChange:
		if m := need(f.Ticket, "ticket"); m != "" {
			return m
		}
		return need(f.Priority, "priority")
	case *Proof:
		return need(f.Of, "of")
	case *Contest:
		return need(f.Ticket, "ticket")
	case *Claim:
		return need(f.Objective, "objective")
	case *Correction:
		return need(f.Of, "of")
	case *Measured:
		if m := need(f.Objective, "objective"); m != "" {
			return m
		}
		return need(f.Period, "period")
	case *TicketCount:
		if m := need(f.Measure, "measure"); m != "" {
			return m
		}
		return need(f.Period, "period")
	}
	return missingInRest(f, need)
}

func missingInRest(f Fact, need func(value, field string) string) string {
	switch f := f.(type) {
	case *Probe:
		if f.Series != "" && f.Every <= 0 {
			return "every"
		}
		return need(f.Service, "service")
	case *Counter:
		if m := need(f.Service, "service"); m != "" {
			return m
		}
		return need(timeText(f.Until), "until")
	case *Item:
		return need(f.Service, "service")
	case *Sample:
		if m := need(f.Service, "service"); m != "" {
			return m
		}
		return need(f.Of, "of")
	case *PartLife:
		if m := need(f.Service, "service"); m != "" {
			return m
		}
		return need(f.Type, "what")
	case *Delivery:
		return need(f.What, "what")
	case *Survey:
		return need(f.Service, "service")
	case *Volume:
		return need(f.Service, "service")
	case *AgreedFee:
		if m := need(f.Service, "service"); m != "" {
			return m
		}
		return need(f.Period, "period")
	case *Invoice:
		return need(f.Number, "number")
	case *QuantityFact:
		if m := need(f.What, "what"); m != "" {
			return m
		}
		return need(f.Period, "period")
	case *ChargeFact:
		return need(f.Period, "period")
	}
	return ""
}

func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return "set"
}

// impossible names a field whose value cannot be.
func impossible(f Fact) (field, found string) {
	switch f := f.(type) {
	case *Outage:
		if f.Affected != nil && (f.Affected.Ratio().Sign() < 0 || f.Affected.Ratio().Cmp(credits.Int(1)) > 0) {
			return "affected", f.Affected.String()
		}
	case *Counter:
		count := func(n int64) string { return Count("", int(n)).Value }
		switch {
		case f.Total < 0:
			return "total", count(f.Total)
		case f.Failed < 0:
			return "failed", count(f.Failed)
		case f.Failed > f.Total:
			return "failed", count(f.Failed) + " of " + count(f.Total)
		}
	case *Survey:
		if f.Score.Sign() < 0 {
			return "score", f.Score.String()
		}
	case *Volume:
		if f.Units < 0 {
			return "units", Count("", f.Units).Value
		}
	case *Probe:
		if f.Series != "" {
			if runs, err := expandSeries(f.Series); err != nil || tooLong(runs, f.Every) {
				return "series", f.Series
			}
		}
	case *Measured:
		if f.Late < 0 || f.Late > f.Total {
			return "late", Count("", f.Late).Value
		}
		if f.Down != nil && *f.Down < 0 {
			return "down", f.Down.String()
		}
		if !slices.Contains([]Verdict{"", Met, Missed, NotMeasured, NotApplicable}, f.Verdict) {
			return "verdict", string(f.Verdict)
		}
		if _, _, err := ParsePeriods(f.Period); err != nil {
			return "period", f.Period
		}
	case *QuantityFact:
		if f.Value.Sign() < 0 {
			return "value", f.Value.String()
		}
		if _, _, err := ParsePeriods(f.Period); err != nil {
			return "period", f.Period
		}
	case *TicketCount:
		if f.Late < 0 || f.Late > f.Total {
			return "late", Count("", f.Late).Value
		}
		if _, _, err := ParsePeriods(f.Period); err != nil {
			return "period", f.Period
		}
	case *ChargeFact:
		if _, _, err := ParsePeriods(f.Period); err != nil {
			return "period", f.Period
		}
	case *AgreedFee:
		if f.Amount.Sign() < 0 {
			return "amount", f.Amount.String()
		}
		if !aMonth(f.Period) {
			return "period", f.Period
		}
	}
	return "", ""
}
