package sla

import "slices"

// Who answers for what failed: an outage tagged with an activity of the RACI
// table takes a cause by the party that is accountable for it (R021).

// An ActivityCause says which cause an outage takes that is tagged with an
// activity for which a party is accountable.
type ActivityCause struct {
	Party string `json:"party"`
	Cause string `json:"cause"`
}

// An answering is an activity, the party accountable for it, and the cause that
// it takes; without one it is the provider's like any other.
type answering struct{ activity, party, cause string }

// accountable is the party accountable for an activity; "" for none, or where
// several are.
func (r *RACIRow) accountable() (party string) {
	for _, a := range r.Roles {
		switch {
		case !slices.Contains(a.Letters, "A"):
		case party != "":
			return ""
		default:
			party = a.Party
		}
	}
	return party
}

// prepareActivities finds the cause of each activity, where the contract says
// that activities are causes.
func (e *Engine) prepareActivities() {
	x, r := e.contract.Exclusions, e.contract.RACI
	if x == nil || r == nil || len(x.Activities) == 0 {
		return
	}
	e.activities = map[string]answering{}
	for i := range r.Rows {
		a := answering{activity: r.Rows[i].Activity, party: r.Rows[i].accountable()}
		for _, of := range x.Activities {
			if of.Party == a.party {
				a.cause = of.Cause
			}
		}
		e.activities[Slug(a.activity)] = a
	}
}

// causeOf is the cause that facts name, and the activity by which they do.
func (e *Engine) causeOf(named string) (cause string, by *answering) {
	if named == "" || e.names.has(causeName, named) {
		return named, nil
	}
	if a, ok := e.activities[Slug(named)]; ok {
		return orDefault(a.cause, "provider"), &a
	}
	return named, nil
}

// excludes says whether an objective excludes what has a cause.
func (e *Engine) excludes(o *Objective, named string) bool {
	cause, _ := e.causeOf(named)
	return cause != "" && slices.Contains(o.Exclude, cause)
}

// args tell the activity and who is accountable for it.
func (a *answering) args() []Arg {
	if a == nil {
		return nil
	}
	return []Arg{Prose("activity", a.activity), Name("party", a.party)}
}

// activities: each party whose activities take a cause is accountable for one.
func (k *checker) activities() {
	x := k.c.Exclusions
	if x == nil {
		return
	}
	for _, a := range x.Activities {
		answers := k.c.RACI != nil && slices.ContainsFunc(k.c.RACI.Rows, func(r RACIRow) bool { return r.accountable() == a.Party })
		if !answers && k.declared.has(partyName, a.Party) {
			k.find(CodeNoActivity, "exclusions/activities/"+a.Party, Name("party", a.Party), Name("cause", a.Cause))
		}
	}
}
