package dsl

import (
	"slices"

	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
)

// knownNames are what a contract under test declares, by kind: everything a
// test names is looked up in them.
type knownNames struct {
	services, priorities, objectives, requests, causes, parties, sites, events, measures, caps, bonuses, levels, sources, works []string
	contract                                                                                                                    *sla.Contract
}

func namesOf(s *Subject) knownNames {
	c := s.Analysis.Contract
	k := knownNames{contract: c}
	for _, x := range c.Services {
		k.services = append(append(k.services, x.Name), x.Known...)
	}
	if c.Priorities != nil {
		for _, x := range c.Priorities.Rows {
			k.priorities = append(k.priorities, x.Name)
		}
	}
	for _, x := range c.Parties {
		k.parties = append(k.parties, x.Role)
	}
	for _, x := range c.Sites {
		k.sites = append(k.sites, x.Name)
	}
	if s.Engine != nil {
		k.objectives = s.Engine.Objectives()
	}
	k.addCauses()
	k.addEvents()
	k.addRest()
	return k
}

func (k *knownNames) addCauses() {
	k.causes = []string{"provider"}
	for _, x := range k.contract.Maintenance {
		k.works, k.causes = append(k.works, x.Kind), append(k.causes, x.Cause())
	}
	if x := k.contract.Exclusions; x != nil {
		for _, cause := range x.Causes {
			k.causes = append(k.causes, cause.Name)
		}
		if r := k.contract.RACI; r != nil && len(x.Activities) > 0 {
			for _, row := range r.Rows {
				k.causes = append(k.causes, sla.Slug(row.Activity))
			}
		}
	}
}

// builtinEvents are the milestones that every ticket may have.
var builtinEvents = []string{
	"received", "acknowledged", "responded", "replied", "updated", "planned", "arrived", "escalated", "restored", "resolved",
	"closed", "delivered", "done", "reopened", "cancelled", "assigned",
}

func (k *knownNames) addEvents() {
	k.events = slices.Clone(builtinEvents)
	for _, r := range k.contract.Requests {
		for _, m := range r.Milestones {
			k.events = append(k.events, m.Name)
		}
		for _, row := range r.Rows {
			k.requests = append(k.requests, row.Request)
			k.addMeasures(row)
		}
	}
	for _, row := range k.contract.Duties() {
		k.requests = append(k.requests, row.Request)
		if row.CountedFrom != "" {
			k.events = append(k.events, row.CountedFrom)
		}
		k.addMeasures(row)
	}
	for _, t := range k.contract.Tiers {
		for _, row := range t.Rows {
			k.addMeasures(row)
		}
	}
	if c := k.contract.Clocks; c != nil {
		for _, p := range c.Pauses {
			k.events = append(k.events, p.States...)
		}
		k.events = append(k.events, c.NeverPause...)
	}
}

func (k *knownNames) addMeasures(row sla.Commitment) {
	for _, p := range row.Promises {
		if !slices.Contains(k.measures, p.Measure) {
			k.measures = append(k.measures, p.Measure)
		}
	}
}

func (k *knownNames) addRest() {
	c := k.contract
	if c.Credits != nil {
		for _, x := range c.Credits.Caps {
			k.caps = append(k.caps, x.Name)
		}
	}
	for _, x := range c.Bonuses {
		k.bonuses = append(k.bonuses, x.Name)
	}
	if c.Escalation != nil {
		for _, x := range c.Escalation.Levels {
			k.levels = append(k.levels, x.Level)
		}
	}
	for _, o := range c.Objectives {
		for _, s := range o.Sources {
			if !slices.Contains(k.sources, s.Name) {
				k.sources = append(k.sources, s.Name)
			}
		}
	}
}

// service finds a service of the contract.
func (k *knownNames) service(name string) *sla.Service {
	i := slices.IndexFunc(k.contract.Services, func(s sla.Service) bool { return s.Name == name || slices.Contains(s.Known, name) })
	if i < 0 {
		return nil
	}
	return &k.contract.Services[i]
}

// objective finds an objective that is written.
func (k *knownNames) objective(name string) *sla.Objective {
	i := slices.IndexFunc(k.contract.Objectives, func(o sla.Objective) bool { return o.Name == name })
	if i < 0 {
		return nil
	}
	return &k.contract.Objectives[i]
}

// only is the service of an objective that is about one; "" otherwise.
func (k *knownNames) only(objective string) string {
	if o := k.objective(objective); o != nil {
		return o.Scope.Service
	}
	return ""
}

// judges says whether a written objective is about a service.
func (k *knownNames) judges(o *sla.Objective, s *sla.Service) bool {
	switch {
	case o.Scope.Service != "":
		return o.Scope.Service == s.Name
	case o.Scope.Tier != "":
		return o.Scope.Tier == s.Tier
	}
	return true
}

// refer checks a name against those of its kind, and reports an unknown one as
// a contract's are. What a contract with errors declares is not known.
func (l *lowering) refer(name string, at place, kind string, known []string) bool {
	if name == "" || slices.Contains(known, name) || l.test.subject == nil || l.test.subject.Engine == nil {
		return true
	}
	l.unknown(name, at, kind, known)
	return false
}

// maxListed is how many names a message lists.
const maxListed = 12

func (l *lowering) unknown(name string, at place, kind string, known []string) {
	if kind == "ticket" && l.tainted[name] {
		return // the line that gives it could not be read
	}
	p := (&problem{code: sla.CodeUnknownName, place: at}).with(sla.Name("unknown", name), sla.Phrase("kind", "name "+kind))
	near := spelling.Nearest(name, known)
	switch {
	case near != "":
		p.with(sla.Name("suggestion", near)).fixed(at, near)
	case len(known) > 0 && len(known) <= maxListed:
		p.with(sla.List("known", known))
	case len(known) == 0:
		p.with(sla.Phrase("absent", "name "+kind))
	}
	l.add(p)
}
