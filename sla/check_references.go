package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar/holidays"
)

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
			k.refer(priorityName, x.Priority, x.Clause())
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
	for _, block := range k.blocksOfClocks() {
		if s := block.Start; s != nil {
			k.refer(partyName, s.RecordedBy, block.id()+"/start/recorded-by")
			k.refer(partyName, s.Party, block.id()+"/start/party")
		}
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
	k.use(calendarName, k.c.clockOf(&r))
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
		for _, on := range s.DependsOn {
			k.refer(serviceName, on, "service/"+s.Name+"/depends-on/"+on)
		}
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
	if k.refer(tierName, in.Tier, id) && k.refer(priorityName, in.Priority, id) && k.refer(measureName, in.Measure, id) {
		k.insteadOfSome(in, id)
	}
}

// insteadOfSome: what a site says instead stands in the place of a limit that there is.
func (k *checker) insteadOfSome(in Instead, clause string) {
	for _, t := range k.c.allTiers() {
		for i := range t.Rows {
			if t.Name == in.Tier && (t.Rows[i].Priority == in.Priority || t.Rows[i].Priority == "") &&
				slices.ContainsFunc(t.Rows[i].Promises, func(p Promise) bool { return p.Measure == in.Measure }) {
				return
			}
		}
	}
	k.find(CodeMeasureUnpromised, clause, Name("measure", in.Measure)).related(in.Tier, "tier-here").Unused = true
}

// referPlural is refer for names that may be written in the plural.
func (k *checker) referPlural(kind nameKind, written, clause string) {
	if name, ok := SingularOf(written, func(s string) bool { return k.declared.has(kind, s) }); ok {
		written = name
	}
	k.refer(kind, written, clause)
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
