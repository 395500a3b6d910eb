package sla

import (
	"maps"
	"slices"

	"github.com/sla-lang/sla/internal/spelling"
)

// What a contract declares, by kind of thing. References are checked against
// it here, once, for every way a contract can come about.

// nameKind is a kind of thing that has names; also the catalogue key of its
// word ("name calendar").
type nameKind string

const (
	holidaysName  nameKind = "holidays"
	calendarName  nameKind = "calendar"
	partyName     nameKind = "party"
	priorityName  nameKind = "priority"
	tierName      nameKind = "tier"
	serviceName   nameKind = "service"
	causeName     nameKind = "cause"
	objectiveName nameKind = "objective"
	requestName   nameKind = "request"
	milestoneName nameKind = "milestone"
	measureName   nameKind = "measure"
	languageName  nameKind = "language"
	siteName      nameKind = "site"
	partName      nameKind = "part"
	eventName     nameKind = "event"
	attributeName nameKind = "attribute"
	quantityName  nameKind = "quantity"
	poolName      nameKind = "pool"
	unitName      nameKind = "unit"
)

// builtinMeasures stop at the ticket event of the same name (form T5).
func builtinMeasures() []string {
	return []string{"acknowledge", "respond", "reply", "update", "plan", "workaround", "arrive", "escalate", "restore", "resolve", "close", "deliver"}
}

// names are the declared names and the clause that declares each.
type names struct {
	byKind map[nameKind]map[string]string
}

func declare(c *Contract) *names {
	n := &names{byKind: map[nameKind]map[string]string{}}
	for _, x := range c.Holidays {
		n.add(holidaysName, x.Name, "holidays/"+x.Name)
	}
	for _, x := range c.Calendars {
		n.add(calendarName, x.Name, "calendar/"+x.Name)
	}
	for _, x := range c.Parties {
		n.add(partyName, x.Role, "party/"+x.Role)
	}
	if c.Priorities != nil {
		for _, x := range c.Priorities.Rows {
			n.add(priorityName, x.Name, "priorities/"+x.Name)
		}
	}
	for _, x := range c.Tiers {
		n.add(tierName, x.Name, x.Name)
	}
	for _, x := range c.Services {
		n.add(serviceName, x.Name, "service/"+x.Name)
	}
	for _, x := range c.Parts {
		n.add(partName, x.Name, "part/"+x.Name)
		n.addAttributes(x.Has, "part/"+x.Name)
	}
	for _, x := range c.Events {
		n.add(eventName, x.Name, "event/"+x.Name)
		n.addAttributes(x.Has, "event/"+x.Name)
	}
	for _, x := range c.Maintenance {
		n.add(causeName, x.Cause(), "maintenance/"+x.Kind)
	}
	if c.Exclusions != nil {
		for _, x := range c.Exclusions.Causes {
			n.add(causeName, x.Name, "exclusions/"+x.Name)
		}
	}
	for _, x := range c.Objectives {
		n.add(objectiveName, x.Name, x.Name)
	}
	for _, x := range c.Sites {
		n.add(siteName, x.Name, "site/"+x.Name)
	}
	for _, r := range c.allRequests() {
		for _, x := range r.Rows {
			n.add(requestName, x.Request, "requests/"+r.Service+"/"+x.Request)
		}
		for _, x := range r.Milestones {
			n.add(milestoneName, x.Name, "requests/"+r.Service+"/milestone/"+x.Name)
		}
	}
	for _, x := range c.Quantities {
		n.add(quantityName, x.Name, "quantity/"+x.Name)
	}
	for _, x := range c.Pools {
		n.add(poolName, x.Name, "pool/"+x.Name)
	}
	for _, x := range c.Units {
		n.add(unitName, x.Name, "unit/"+x.Name)
	}
	for _, x := range c.Languages {
		n.add(languageName, x.Code, "contract/language/"+x.Code)
	}
	for _, m := range builtinMeasures() {
		n.add(measureName, m, "")
	}
	for _, block := range append([]Clocks{ptrOr(c.Clocks)}, c.ClocksOf...) {
		for _, m := range block.Means {
			n.add(measureName, m.Measure, block.id()+"/means/"+m.Measure)
		}
	}
	return n
}

func (n *names) addAttributes(has []Attribute, of string) {
	for _, a := range has {
		n.add(attributeName, a.Name, of+"/has/"+a.Name)
	}
}

func (n *names) add(kind nameKind, name, clause string) {
	if n.byKind[kind] == nil {
		n.byKind[kind] = map[string]string{}
	}
	if _, said := n.byKind[kind][name]; !said {
		n.byKind[kind][name] = clause
	}
}

func (n *names) has(kind nameKind, name string) bool {
	_, ok := n.byKind[kind][name]
	return ok
}

func (n *names) list(kind nameKind) []string {
	var out []string
	for name := range n.byKind[kind] {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// use remembers that a clause refers to a name.
func (k *checker) use(kind nameKind, names ...string) {
	if k.used[kind] == nil {
		k.used[kind] = map[string]bool{}
	}
	for _, n := range names {
		k.used[kind][n] = true
	}
}

// refer checks that a name is declared; an empty name refers to nothing.
func (k *checker) refer(kind nameKind, name, clause string) bool {
	k.use(kind, name)
	if name == "" || k.declared.has(kind, name) {
		return true
	}
	f := k.find(CodeUnknownName, clause, Name("unknown", name), Phrase("kind", "name "+string(kind)))
	if k.unknown++; k.unknown > manyUnknown {
		return false
	}
	known := k.declared.list(kind)
	if near := spelling.Nearest(name, known); near != "" {
		f.Args, f.Replace = append(f.Args, Name("suggestion", near)), near
		if at := k.declared.byKind[kind][near]; at != "" {
			f.related(at, "declared")
		}
		return false
	}
	for _, other := range slices.Sorted(maps.Keys(k.declared.byKind)) {
		if at := k.declared.byKind[other][name]; at != "" {
			f.Args = append(f.Args, Phrase("other", "name "+string(other)))
			f.related(at, "declared")
			return false
		}
	}
	switch {
	case len(known) == 0:
		f.Args = append(f.Args, Phrase("none", "name "+string(kind)), Phrase("declare", "declare "+string(kind)))
	case len(known) <= 12:
		f.Args = append(f.Args, List("known", known))
	}
	return false
}
