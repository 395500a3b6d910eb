package sla

import (
	"strings"
)

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
		for i := range c.Priorities.Defaults {
			add(c.Priorities.Defaults[i].Clause())
		}
	}
	for _, x := range c.Tiers {
		add(x.Name)
		for _, r := range x.Rows {
			add(x.Name, r.Name())
			for _, p := range r.Promises {
				add(x.Name, r.Name(), p.Measure)
			}
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
			for _, p := range r.Promises {
				add("requests", x.Service, r.Name(), p.Measure)
			}
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
