package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/spelling"
)

func (k *checker) objectiveReferences() {
	c := k.c
	if c.Exclusions != nil {
		for _, p := range c.Exclusions.Proofs {
			k.refer(partyName, p.By, "exclusions/proof-by/"+p.By)
			for _, of := range p.Of {
				k.refer(causeName, of, "exclusions/proof/"+of)
			}
		}
		for _, a := range c.Exclusions.Activities {
			k.refer(partyName, a.Party, "exclusions/activities/"+a.Party)
			k.refer(causeName, a.Cause, "exclusions/activities/"+a.Party+"/cause")
		}
	}
	for _, m := range c.Maintenance {
		for _, w := range m.Windows {
			k.refer(calendarName, w.During, "maintenance/"+m.Kind+"/window/"+w.During)
			if !w.AnyTime && w.During == "" {
				k.recurs(w.Recurrence, w.Zone, "maintenance/"+m.Kind+"/window/"+w.Name())
			}
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
		k.judgedConditions(&o)
		for _, x := range o.Exclude {
			k.refer(causeName, x, o.Name+"/exclude/"+x)
		}
		if o.Count != nil {
			for _, x := range o.Count.CausedBy {
				if x == "provider" {
					continue // as an outage of which no other cause is said
				}
				k.refer(causeName, x, o.Name+"/count/caused-by/"+x)
			}
		}
		if o.Target != nil {
			k.refer(tierName, o.Target.AsInTier, o.Name+"/target")
		}
		for _, c := range o.priced() {
			k.creditReferences(c.Credit, c.id)
		}
		if o.Choice != nil {
			k.refer(partyName, o.Choice.By, o.Name+"/choice")
		}
	}
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
			case AtomMissed, AtomBelowMinimum:
				k.refer(objectiveName, a.Name, id)
				if other := k.index.objectives[a.Name]; a.Kind == AtomBelowMinimum && other != nil && other.Minimum == nil {
					k.find(CodeMinimumMissing, id, Name("objective", a.Name)).related(a.Name+"/measure", "measure-here")
				}
			case AtomFailed:
				k.referPlural(eventName, a.Name, id)
			}
		}
	}
	for _, x := range slices.Concat(o.MissedWhen, slices.Concat(o.MissedTogether...)) {
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
	if k.c.part(name) == nil && spelling.Nearest(name, k.declared.list(attributeName)) != "" {
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
		for _, r := range t.Refunds {
			k.refer(serviceName, r.Service, r.id("termination/"+t.By)+"/"+r.Service)
		}
		for _, w := range t.When {
			k.conditionReferences(w.Condition, "termination/"+t.By+"/when/"+w.Name)
		}
	}
}
