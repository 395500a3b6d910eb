package sla

import (
	"maps"
	"slices"
	"strings"
)

// own is the contract's name of a service that another system names.
func (e *Engine) own(service string) string {
	if own, ok := e.known[service]; ok {
		return own
	}
	return service
}

// An unknownName is a name in a field of a fact that the contract does not
// declare, and those of its kind that it does.
type unknownName struct {
	field string
	kind  nameKind
	name  string
	known []string
}

func (e *Engine) unknown(field string, kind nameKind, name string) *unknownName {
	return &unknownName{field, kind, name, e.names.list(kind)}
}

// unknownIn finds a name in a fact that the contract does not declare; nil for
// none. The names of other systems are understood where a service says `known
// as`.
func (e *Engine) unknownIn(f Fact) *unknownName {
	service, priority, event := namesIn(f)
	switch {
	case service != "" && e.services[e.own(service)] == nil:
		return e.unknown("service", serviceName, service)
	case priority != "" && !e.names.has(priorityName, priority):
		return e.unknown("priority", priorityName, priority)
	case event != "" && e.contract.event(event) == nil:
		return e.unknown("event", eventName, event)
	}
	switch f := f.(type) {
	case *TicketEvent:
		if f.Request != "" && !e.names.has(requestName, f.Request) && !e.duty[f.Request] {
			return &unknownName{"request", requestName, f.Request, slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(e.duty)), e.names.list(requestName)...)))}
		}
	case *TicketCount:
		if f.Request != "" && !e.names.has(requestName, f.Request) {
			return e.unknown("request", requestName, f.Request)
		}
		if !e.hasMeasure(f.Measure) {
			return &unknownName{"measure", measureName, f.Measure, e.measures()}
		}
	case *Claim:
		unit := e.contract.oneUnit(strings.TrimPrefix(f.Objective, "convert/"))
		if !e.hasObjective(f.Objective) && !slices.ContainsFunc(e.contract.Conversions, func(c Conversion) bool { return e.contract.oneUnit(c.Unit) == unit }) {
			return &unknownName{"objective", objectiveName, f.Objective, e.objectiveIDs()}
		}
	case *Measured:
		if !e.hasObjective(f.Objective) {
			return &unknownName{"objective", objectiveName, f.Objective, e.objectiveIDs()}
		}
	case *PartLife:
		if e.contract.part(f.Type) == nil {
			return e.unknown("what", partName, f.Type)
		}
	case *Proof:
		if parties := e.names.list(partyName); f.By != "" && len(parties) > 0 && !e.names.has(partyName, f.By) {
			return e.unknown("by", partyName, f.By)
		}
	case *Maintenance:
		if kinds := e.workKinds(); f.Work != "" && !slices.Contains(kinds, f.Work) {
			return &unknownName{"work", causeName, f.Work, kinds}
		}
	case *QuantityFact:
		if e.contract.quantityNamed(f.What) == nil {
			return e.unknown("what", quantityName, f.What)
		}
	}
	return nil
}

// workKinds are the kinds of work that the contract speaks of.
func (e *Engine) workKinds() (out []string) {
	for i := range e.contract.Maintenance {
		out = append(out, e.contract.Maintenance[i].Kind)
	}
	return out
}

// namesIn are the names in a fact that several kinds have; "" for none.
func namesIn(f Fact) (service, priority, event string) {
	switch f := f.(type) {
	case *Outage:
		service = f.Service
	case *Coverage:
		service = f.Service
	case *Maintenance:
		service = f.Service
	case *TicketEvent:
		service, priority = f.Service, f.Priority
	case *TicketCount:
		service, priority = f.Service, f.Priority
	case *PriorityChange:
		priority = f.Priority
	case *Contest:
		priority = f.Priority
	case *Probe:
		service = f.Service
	case *Counter:
		service, event = f.Service, f.Event
	case *Item:
		service, event = f.Service, f.Event
	case *Sample:
		service = f.Service
	case *PartLife:
		service = f.Service
	case *Survey:
		service = f.Service
	case *Volume:
		service = f.Service
	case *AgreedFee:
		service = f.Service
	case *QuantityFact:
		service = f.Service
	case *ChargeFact:
		service = f.Service
	}
	return service, priority, event
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
