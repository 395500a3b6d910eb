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

// unknownIn finds a name in a fact that the contract does not declare. The
// names of other systems are understood where a service says `known as`.
func (e *Engine) unknownIn(f Fact) (field string, kind nameKind, name string, known []string) {
	service := func(s string) bool { return s == "" || e.services[e.own(s)] != nil }
	names := e.names
	switch f := f.(type) {
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
	case *Outage:
		s = f.Service
	case *Coverage:
		s = f.Service
	case *Maintenance:
		s = f.Service
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
