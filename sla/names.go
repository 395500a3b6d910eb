package sla

import (
	"github.com/sla-lang/sla/credits"
	"maps"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar/holidays"
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
	for _, r := range c.Requests {
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

// manyUnknown is for how many unknown names a like one is looked for: a file
// with more has another mistake than these.
const manyUnknown = 1000

// references checks every name that one clause uses and another declares.
func (k *checker) references() {
	c := k.c
	k.refer(calendarName, c.BusinessDays, "contract/business-days")
	for _, p := range c.Parties {
		for _, d := range p.Duties {
			k.refer(calendarName, d.During, "party/"+p.Role+"/must/"+d.Name+"/during")
		}
	}
	k.calendarReferences()
	k.ticketReferences()
	k.serviceReferences()
	k.objectiveReferences()
	k.remedyReferences()
	k.governanceReferences()
}

func (k *checker) calendarReferences() {
	for _, d := range k.c.Calendars {
		id := "calendar/" + d.Name
		if d.Combine != nil {
			for _, of := range d.Combine.Of {
				k.refer(calendarName, of, id+"/of/"+of)
			}
			k.refer(calendarName, d.Combine.Except, id+"/except/"+d.Combine.Except)
		}
		for _, o := range d.Open {
			k.holidaysReference(o.Holidays, id+"/"+OpeningName(o)+"/holidays")
		}
		for _, cl := range d.Closed {
			k.refer(calendarName, cl.Calendar, id+"/"+ClosingName(cl))
			for _, name := range cl.Holidays {
				k.holidaysReference(name, id+"/"+ClosingName(cl)+"/holidays/"+name)
			}
		}
	}
}

// holidaysReference checks the name of a list; public holidays are looked up
// when the calendar is compiled.
func (k *checker) holidaysReference(name, clause string) {
	if !strings.HasPrefix(name, holidays.Prefix) {
		k.refer(holidaysName, name, clause)
	}
}

func (k *checker) ticketReferences() {
	c := k.c
	if p := c.Priorities; p != nil {
		k.refer(partyName, p.SetBy, "priorities/set")
		k.refer(partyName, p.ContestedBy, "priorities/contested")
		for _, x := range p.Matrix {
			k.refer(priorityName, x.Priority, "priorities/matrix/"+x.Impact+"/"+x.Urgency)
		}
		for _, x := range p.Defaults {
			k.refer(priorityName, x.Priority, "priorities/default/"+x.Priority)
		}
		for _, x := range p.Moves {
			k.refer(priorityName, x.From, "priorities/move/"+x.From)
			k.refer(priorityName, x.To, "priorities/move/"+x.From)
		}
	}
	for _, block := range c.ClocksOf {
		for _, m := range block.Of {
			k.refer(measureName, m, block.id())
		}
	}
	if c.Clocks != nil && c.Clocks.Start != nil {
		k.refer(partyName, c.Clocks.Start.RecordedBy, "clocks/start/recorded-by")
	}
	if c.Clocks != nil {
		for _, w := range c.Clocks.Warn {
			id := "clocks/warn/" + orDefault(w.Of, "target") + "/" + w.Share.String()
			k.refer(measureName, w.Of, id)
			k.refer(partyName, w.To, id)
		}
	}
	for _, t := range c.Tiers {
		for _, r := range t.Rows {
			k.refer(priorityName, r.Priority, t.Name+"/"+r.Name())
			k.commitmentReferences(t.Name+"/"+r.Name(), r)
		}
	}
	for _, t := range c.Requests {
		k.refer(serviceName, t.Service, "requests/"+t.Service)
		for _, r := range t.Rows {
			id := "requests/" + t.Service + "/" + r.Name()
			k.commitmentReferences(id, r)
			k.refer(milestoneName, r.CountedFrom, id+"/counted-from")
		}
	}
	if e := c.Escalation; e != nil {
		k.refer(measureName, e.CountedOn, "escalation/counted")
		for _, l := range e.Levels {
			for _, a := range l.After {
				id := "escalation/" + l.Level + "/" + a.Priority
				k.refer(priorityName, a.Priority, id)
				k.refer(measureName, a.Of, id)
			}
		}
	}
}

func (k *checker) commitmentReferences(id string, r Commitment) {
	k.refer(calendarName, r.Clock, id+"/clock")
	k.refer(calendarName, r.ReceivedDuring, id)
	k.refer(siteName, r.At, id)
	for _, p := range r.Promises {
		k.refer(measureName, p.Measure, id+"/"+p.Measure+"/measure")
		k.refer(calendarName, p.During, id+"/"+p.Measure+"/during")
	}
}

func (k *checker) serviceReferences() {
	for _, s := range k.c.Services {
		k.refer(tierName, s.Tier, "service/"+s.Name+"/tier")
	}
	for _, ch := range k.c.Charges {
		id := "charge/" + ch.Name
		k.refer(partyName, ch.AskedBy, id+"/asked-by")
		k.refer(calendarName, ch.Outside, id+"/calendar")
		k.refer(calendarName, ch.During, id+"/calendar")
		k.refer(calendarName, ch.ExceptOn, id+"/except")
	}
	for _, s := range k.c.Sites {
		for _, in := range s.Instead {
			k.insteadReferences(s, in)
		}
	}
	for _, b := range k.c.Backups {
		k.refer(serviceName, b.Service, "backup/"+b.Service)
	}
	for _, r := range k.c.Recoveries {
		k.refer(serviceName, r.Service, "recovery/"+r.Service)
	}
}

func (k *checker) insteadReferences(s Site, in Instead) {
	if in.Request != "" {
		k.refer(requestName, in.Request, "site/"+s.Name+"/instead/requests/"+in.Request)
		return
	}
	id := "site/" + s.Name + "/instead/" + strings.Join([]string{in.Tier, in.Priority, in.Measure}, "/")
	if k.refer(tierName, in.Tier, id) && k.refer(priorityName, in.Priority, id) {
		k.refer(measureName, in.Measure, id)
	}
}

func (k *checker) objectiveReferences() {
	c := k.c
	if c.Exclusions != nil {
		for _, p := range c.Exclusions.Proofs {
			k.refer(partyName, p.By, "exclusions/proof-by/"+p.By)
			for _, of := range p.Of {
				k.refer(causeName, of, "exclusions/proof/"+of)
			}
		}
	}
	for _, m := range c.Maintenance {
		for _, w := range m.Windows {
			k.refer(calendarName, w.During, "maintenance/"+m.Kind+"/window/"+w.During)
		}
	}
	for _, o := range c.Objectives {
		k.refer(serviceName, o.Scope.Service, o.Name+"/of")
		k.refer(tierName, o.Scope.Tier, o.Name+"/of")
		for _, p := range o.Scope.Priorities {
			k.refer(priorityName, p, o.Name+"/priority/"+p)
		}
		k.refer(calendarName, o.Measure.During, o.Name+"/measure/during")
		k.measureReferences(&o)
		for _, x := range o.Exclude {
			k.refer(causeName, x, o.Name+"/exclude/"+x)
		}
		if o.Count != nil {
			for _, x := range o.Count.CausedBy {
				k.refer(causeName, x, o.Name+"/count/caused-by/"+x)
			}
		}
		if o.Target != nil {
			k.refer(tierName, o.Target.AsInTier, o.Name+"/target")
		}
		if o.Credit != nil {
			k.creditReferences(o.Credit, o.Name+"/credit")
		}
		for i := range o.Plus {
			k.creditReferences(&o.Plus[i], o.Name+"/plus/"+o.Plus[i].name())
		}
	}
}

// referPlural is refer for names that may be written in the plural.
func (k *checker) referPlural(kind nameKind, written, clause string) {
	if name, ok := SingularOf(written, func(s string) bool { return k.declared.has(kind, s) }); ok {
		written = name
	}
	k.refer(kind, written, clause)
}

// measureReferences checks the names of what is measured, and of what.
func (k *checker) measureReferences(o *Objective) {
	m := &o.Measure
	switch m.Kind {
	case MeasureShareInTime:
		k.refer(measureName, m.Of, o.Name+"/measure/of")
	case MeasureGood, MeasureFailed, MeasureScore:
		k.referPlural(eventName, m.Of, o.Name+"/measure/of")
	}
	if m.Join != nil {
		k.referPlural(partName, m.Join.Over, o.Name+"/measure/over")
	}
	if o.ForEach != "" && o.ForEach != "service" {
		k.apartReference(o.ForEach, o.Name+"/for-each")
	}
	for _, name := range o.By {
		k.apartReference(name, o.Name+"/by/"+name)
	}
	for _, s := range o.Sources {
		if s.Kind == SourceCounts || s.Kind == SourceItems {
			k.referPlural(eventName, s.Of, o.Name+"/source/"+s.Of)
		}
		k.refer(partyName, s.By, o.Name+"/source/"+string(s.Kind)+"/by")
	}
	for _, p := range slices.Concat(o.DownWhen, o.OnlyWhile) {
		for _, a := range p.All {
			id := o.Name + "/down-when/" + Slug(p.String())
			switch a.Kind {
			case AtomParts:
				k.referPlural(partName, a.Name, id)
			case AtomMissed:
				k.refer(objectiveName, a.Name, id)
			case AtomFailed:
				k.referPlural(eventName, a.Name, id)
			}
		}
	}
	for _, x := range o.MissedWhen {
		k.refer(objectiveName, x, o.Name+"/missed/"+x)
	}
}

// apartReference checks a name behind `for each`: a kind of part, or an
// attribute.
func (k *checker) apartReference(name, clause string) {
	if k.declared.has(attributeName, name) && k.c.part(name) == nil {
		k.use(attributeName, name)
		return
	}
	if spelling.Nearest(name, k.declared.list(attributeName)) != "" {
		k.refer(attributeName, name, clause)
		return
	}
	k.referPlural(partName, name, clause)
}

func (k *checker) baseReference(b Base, clause string) {
	if b.Service != TheService {
		k.refer(serviceName, b.Service, clause)
	}
	if b.Of == BaseNamed {
		if k.declared.has(poolName, b.Name) {
			k.refer(poolName, b.Name, clause)
		} else {
			k.refer(quantityName, b.Name, clause)
		}
	}
	for _, more := range b.And {
		k.baseReference(more, clause)
	}
}

// creditReferences follows the names in one component of a credit.
func (k *checker) creditReferences(c *Credit, clause string) {
	k.baseReference(c.Base, clause+"/base")
	for _, name := range c.Times {
		k.refer(quantityName, name, clause+"/times/"+name)
	}
	if c.Each != nil {
		k.refer(quantityName, c.Each.Quantity, clause+"/each")
	}
	pays := []*credits.Pay{c.Pays}
	for i := range c.Bands {
		pays = append(pays, &c.Bands[i].Pays)
	}
	for _, p := range pays {
		if p != nil && p.Kind == credits.PayUnits {
			k.refer(unitName, k.c.oneUnit(p.Unit), clause)
		}
	}
}

func (k *checker) remedyReferences() {
	c := k.c
	if c.Credits != nil {
		for _, x := range c.Credits.Caps {
			k.baseReference(x.Base, "cap/"+x.Name+"/base")
		}
	}
	for _, b := range c.Bonuses {
		k.baseReference(b.Base, "bonus/"+b.Name+"/pay/base")
		for _, w := range b.When {
			k.conditionReferences(w, "bonus/"+b.Name+"/when")
		}
	}
	for _, t := range c.Terminations {
		k.refer(partyName, t.By, "termination/"+t.By)
		for _, w := range t.When {
			k.conditionReferences(w.Condition, "termination/"+t.By+"/when/"+w.Name)
		}
	}
}

func (k *checker) conditionReferences(w Condition, clause string) {
	k.refer(objectiveName, w.Objective, clause+"/"+w.Objective)
	k.refer(serviceName, w.Service, clause+"/"+w.Service)
	k.refer(priorityName, w.Priority, clause+"/"+w.Priority)
	k.refer(measureName, w.Measure, clause)
}

func (k *checker) governanceReferences() {
	c := k.c
	if c.RACI != nil {
		for _, p := range c.RACI.Parties {
			k.refer(partyName, p, "raci/party/"+p)
		}
	}
	for _, u := range c.Underpinnings {
		id := "underpinning/" + u.ID
		k.refer(partyName, u.By, id+"/by")
		for _, s := range u.Supports {
			k.refer(serviceName, s, id+"/supports/"+s)
		}
		for _, p := range u.Promises {
			k.refer(calendarName, p.During, id+"/"+p.Measure+"/"+p.Priority+"/during")
			k.refer(priorityName, p.Priority, id+"/"+p.Measure+"/"+p.Priority+"/priority")
		}
	}
	for _, r := range c.Reports {
		for _, to := range r.To {
			k.refer(partyName, to, "report/"+r.Rhythm+"/to/"+to)
		}
	}
	for _, d := range c.Disputes {
		if d.By != "either party" {
			k.refer(partyName, d.By, "dispute/"+d.Topic+"/by")
		}
	}
}

// duplicates finds names declared twice; text is refused before it comes to
// that, contracts built in Go or read from JSON are not.
func (k *checker) duplicates() {
	seen := map[string]bool{}
	for _, id := range clauseIDs(k.c) {
		if seen[id] {
			k.find(CodeDuplicate, id, ClauseArg("id", id))
		}
		seen[id] = true
	}
}

// clauseIDs lists the ids of the clauses that have names of their own.
func clauseIDs(c *Contract) []string {
	var ids []string
	add := func(parts ...string) { ids = append(ids, strings.Join(parts, "/")) }
	for _, x := range c.Parties {
		add("party", x.Role)
	}
	for _, x := range c.Calendars {
		add("calendar", x.Name)
	}
	if c.Priorities != nil {
		for _, x := range c.Priorities.Rows {
			add("priorities", x.Name)
		}
	}
	for _, x := range c.Tiers {
		add(x.Name)
		for _, r := range x.Rows {
			add(x.Name, r.Name())
		}
	}
	for _, x := range c.Services {
		add("service", x.Name)
	}
	for _, x := range c.Parts {
		add("part", x.Name)
	}
	for _, x := range c.Events {
		add("event", x.Name)
	}
	for _, x := range c.Charges {
		add("charge", x.Name)
	}
	for _, x := range c.Maintenance {
		add("maintenance", x.Kind)
	}
	for _, x := range c.Objectives {
		add(x.Name)
	}
	for _, x := range c.Requests {
		add("requests", x.Service)
		for _, r := range x.Rows {
			add("requests", x.Service, r.Name())
		}
	}
	for _, x := range c.Sites {
		add("site", x.Name)
	}
	if c.Credits != nil {
		for _, x := range c.Credits.Caps {
			add("cap", x.Name)
		}
	}
	for _, x := range c.Bonuses {
		add("bonus", x.Name)
	}
	for _, x := range c.Clauses {
		add("clause", x.Name)
	}
	return ids
}
