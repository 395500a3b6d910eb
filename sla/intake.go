package sla

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/spelling"
)

// A Refusal says why a fact was not taken in. Nothing is ever dropped without
// one (semantics 9).
type Refusal struct {
	Reason RefusalReason `json:"reason"`
	Kind   FactKind      `json:"kind,omitempty"`
	ID     string        `json:"id,omitempty"`
	Args   []Arg         `json:"args,omitempty"`
	// File and Line are where the fact stands, filled in by the readers of
	// package facts.
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
}

// RefusalReason is why a fact was refused; also its key in the catalogue.
type RefusalReason string

// The reasons.
const (
	// RefusedNoID: a fact that needs an id has none.
	RefusedNoID RefusalReason = "id-missing"
	// RefusedNoTime: a fact without the instant at which it occurred.
	RefusedNoTime RefusalReason = "time-missing"
	// RefusedRange: an instant outside the years 1678 to 2261.
	RefusedRange RefusalReason = "time-out-of-range"
	// RefusedBackwards: an end that is not after its start.
	RefusedBackwards RefusalReason = "ends-before-it-begins"
	// RefusedMissing: a fact lacks a field its kind needs.
	RefusedMissing RefusalReason = "field-missing"
	// RefusedUnknown: a name that the contract does not declare.
	RefusedUnknown RefusalReason = "unknown-name"
	// RefusedValue: a value that cannot be, such as a negative count.
	RefusedValue RefusalReason = "value-impossible"
	// RefusedConflict: same id and revision, other content; both are refused.
	RefusedConflict RefusalReason = "same-id-other-content"
	// RefusedTooLate: a fact that came after what it concerns was settled in a
	// stream declared in order of time.
	RefusedTooLate RefusalReason = "too-late-for-the-stream"
	// RefusedSettled: a fact about a period that the ledger says is settled.
	RefusedSettled RefusalReason = "period-settled"
	// RefusedUnreadable: a row that cannot be read (package facts).
	RefusedUnreadable RefusalReason = "row-unreadable"
	// RefusedField: a field that cannot be read (package facts).
	RefusedField RefusalReason = "field-unreadable"
	// RefusedFieldUnknown: a field that no fact of the kind has (package facts).
	RefusedFieldUnknown RefusalReason = "field-unknown"
	// RefusedKind: a kind of fact that does not exist (package facts).
	RefusedKind RefusalReason = "kind-unknown"
	// RefusedLocalTime: a local time that happens twice or never (package
	// facts; semantics 1.6).
	RefusedLocalTime RefusalReason = "local-time"
	// RefusedUnmapped: a value of an export of which its mapping says nothing
	// (package facts).
	RefusedUnmapped RefusalReason = "value-unmapped"
	// RefusedColumn: an export has no column that its mapping reads (package
	// facts).
	RefusedColumn RefusalReason = "column-missing"
)

// maxRefusals is how many refusals are kept in full; all are counted.
const maxRefusals = 100

// An Intake counts what was taken in and what was not.
type Intake struct {
	// Accepted counts facts, Repeated those that came again with the same
	// content.
	Accepted int `json:"accepted"`
	Repeated int `json:"repeated,omitempty"`
	Refused  int `json:"refused"`
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

func (in *Intake) refuse(r *Refusal) {
	in.Refused++
	i := slices.IndexFunc(in.Reasons, func(c ReasonCount) bool { return c.Reason == r.Reason })
	if i < 0 {
		in.Reasons = append(in.Reasons, ReasonCount{r.Reason, 1})
	} else {
		in.Reasons[i].Count++
	}
	at, _ := slices.BinarySearchFunc(in.Refusals, *r, compareRefusals)
	if at == maxRefusals {
		return
	}
	if len(in.Refusals) == maxRefusals {
		in.Refusals = in.Refusals[:maxRefusals-1]
	}
	in.Refusals = slices.Insert(in.Refusals, at, *r)
}

// compareRefusals orders them by place and content, so that which ones are
// kept does not depend on which came first.
func compareRefusals(a, b Refusal) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Reason, b.Reason), slices.CompareFunc(a.Args, b.Args, func(x, y Arg) int {
			return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Value, y.Value))
		}))
}

// examine says what is wrong with a fact by itself; nil when nothing is.
func (e *Engine) examine(f Fact) *Refusal {
	h := f.Header()
	no := func(reason RefusalReason, args ...Arg) *Refusal {
		return &Refusal{Reason: reason, Kind: f.Kind(), ID: h.ID, Args: args}
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
	if field, kind, name, known := e.unknownIn(f); field != "" {
		args := []Arg{Name("field", field), Phrase("kind", "name "+string(kind)), Prose("found", name)}
		if near := spelling.Nearest(name, known); near != "" {
			args = append(args, Name("suggestion", near))
		}
		return no(RefusedUnknown, args...)
	}
	return nil
}

// furtherTimes are the instants of a fact beside those that all have.
func furtherTimes(f Fact) []time.Time {
	if o, ok := f.(*Outage); ok {
		return []time.Time{o.Announced, o.Reported, o.Closed}
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
		if f.Total < 0 || f.Failed < 0 || f.Failed > f.Total {
			return "failed", Count("", int(f.Failed)).Value
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
		if _, _, err := ParsePeriods(f.Period); err != nil {
			return "period", f.Period
		}
	}
	return "", ""
}

// own is the contract's name of a service that another system names.
func (e *Engine) own(service string) string {
	if own, ok := e.known[service]; ok {
		return own
	}
	return service
}

// unknownIn finds a name in a fact that the contract does not declare. The
// names of other systems are understood where a service says `known as`.
func (e *Engine) unknownIn(f Fact) (field string, kind nameKind, name string, known []string) {
	service := func(s string) bool { return s == "" || e.services[e.own(s)] != nil }
	names := e.names
	switch f := f.(type) {
	case *Outage:
		if !service(f.Service) {
			return "service", serviceName, f.Service, names.list(serviceName)
		}
	case *Coverage:
		if !service(f.Service) {
			return "service", serviceName, f.Service, names.list(serviceName)
		}
	case *Maintenance:
		if !service(f.Service) {
			return "service", serviceName, f.Service, names.list(serviceName)
		}
	case *TicketEvent:
		if !service(f.Service) {
			return "service", serviceName, f.Service, names.list(serviceName)
		}
		if f.Priority != "" && !names.has(priorityName, f.Priority) {
			return "priority", priorityName, f.Priority, names.list(priorityName)
		}
		if f.Request != "" && !names.has(requestName, f.Request) && !e.duty[f.Request] {
			return "request", requestName, f.Request, slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(e.duty)), names.list(requestName)...)))
		}
	case *PriorityChange:
		if !names.has(priorityName, f.Priority) {
			return "priority", priorityName, f.Priority, names.list(priorityName)
		}
	case *Contest:
		if f.Priority != "" && !names.has(priorityName, f.Priority) {
			return "priority", priorityName, f.Priority, names.list(priorityName)
		}
	case *Claim:
		unit := e.contract.oneUnit(strings.TrimPrefix(f.Objective, "convert/"))
		if !e.hasObjective(f.Objective) && !slices.ContainsFunc(e.contract.Conversions, func(c Conversion) bool { return c.Unit == unit }) {
			return "objective", objectiveName, f.Objective, e.objectiveIDs()
		}
	case *Measured:
		if !e.hasObjective(f.Objective) {
			return "objective", objectiveName, f.Objective, e.objectiveIDs()
		}
	case *TicketCount:
		return e.unknownInCount(f, service)
	}
	return e.unknownInRest(f, service)
}

func (e *Engine) unknownInCount(f *TicketCount, service func(string) bool) (field string, kind nameKind, name string, known []string) {
	switch {
	case !service(f.Service):
		return "service", serviceName, f.Service, e.names.list(serviceName)
	case f.Priority != "" && !e.names.has(priorityName, f.Priority):
		return "priority", priorityName, f.Priority, e.names.list(priorityName)
	case f.Request != "" && !e.names.has(requestName, f.Request):
		return "request", requestName, f.Request, e.names.list(requestName)
	case !e.hasMeasure(f.Measure):
		return "measure", measureName, f.Measure, e.measures()
	}
	return "", "", "", nil
}

// hasMeasure says whether any promise of the contract has the measure.
func (e *Engine) hasMeasure(name string) bool { return slices.Contains(e.measures(), name) }

// measures lists the measures that the contract promises, each once.
func (e *Engine) measures() []string {
	var out []string
	for i := range e.promises {
		if name := e.promises[i].measure.Name; !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func (e *Engine) unknownInRest(f Fact, service func(string) bool) (field string, kind nameKind, name string, known []string) {
	var s string
	switch f := f.(type) {
	case *Probe:
		s = f.Service
	case *Counter:
		s = f.Service
		if f.Event != "" && e.contract.event(f.Event) == nil {
			return "event", eventName, f.Event, e.names.list(eventName)
		}
	case *Item:
		s = f.Service
		if f.Event != "" && e.contract.event(f.Event) == nil {
			return "event", eventName, f.Event, e.names.list(eventName)
		}
	case *Sample:
		s = f.Service
	case *PartLife:
		s = f.Service
		if e.contract.part(f.Type) == nil {
			return "what", partName, f.Type, e.names.list(partName)
		}
	case *Survey:
		s = f.Service
	case *Volume:
		s = f.Service
	case *AgreedFee:
		s = f.Service
	case *QuantityFact:
		if e.contract.quantityNamed(f.What) == nil {
			return "what", quantityName, f.What, e.names.list(quantityName)
		}
		s = f.Service
	case *ChargeFact:
		s = f.Service
	}
	if !service(s) {
		return "service", serviceName, s, e.names.list(serviceName)
	}
	return "", "", "", nil
}
