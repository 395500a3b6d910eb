package sla

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
)

// An Amendment changes what the contract says from a date on (R085): the tiers,
// tables of requests and objectives that it holds stand in the place of those
// that had their names until then; requests and objectives may be new.
//
// Tickets are judged by what the contract said when they were received
// (semantics 2.6), unless OpenTickets; what is measured over time, by what it
// says at each instant (semantics 8).
type Amendment struct {
	ID string `json:"id"`
	// InForceFrom is the first date on which the contract reads so.
	InForceFrom calendar.Date `json:"inForceFrom"`
	// OpenTickets lets it hold for the tickets too that are open on that date.
	OpenTickets bool        `json:"openTickets,omitempty"`
	Tiers       []Tier      `json:"tiers,omitempty"`
	Requests    []Requests  `json:"requests,omitempty"`
	Objectives  []Objective `json:"objectives,omitempty"`
}

// prefix is that of the ids of its clauses.
func (a *Amendment) prefix() string { return "amendment/" + a.ID + "/" }

// has says whether it holds the block that a clause stands in.
func (a *Amendment) has(clause string) bool {
	head, rest, _ := strings.Cut(clause, "/")
	if head == "requests" {
		of, _, _ := strings.Cut(rest, "/")
		return slices.ContainsFunc(a.Requests, func(r Requests) bool { return r.Service == of })
	}
	return slices.ContainsFunc(a.Tiers, func(t Tier) bool { return t.Name == head }) ||
		slices.ContainsFunc(a.Objectives, func(o Objective) bool { return o.Name == head })
}

// Amended is the contract as it reads once the first n of its amendments are in
// force, without any.
func (c *Contract) Amended(n int) *Contract {
	out := *c
	out.Amendments = nil
	out.Tiers, out.Requests, out.Objectives = slices.Clone(c.Tiers), slices.Clone(c.Requests), slices.Clone(c.Objectives)
	out.Accepts = slices.DeleteFunc(slices.Clone(c.Accepts), func(x Accept) bool { return strings.HasPrefix(x.In, "amendment/") })
	for i := range c.Amendments[:n] {
		a := &c.Amendments[i]
		out.Tiers = replaced(out.Tiers, a.Tiers, func(t Tier) string { return t.Name })
		out.Requests = replaced(out.Requests, a.Requests, func(r Requests) string { return r.Service })
		out.Objectives = replaced(out.Objectives, a.Objectives, func(o Objective) string { return o.Name })
		out.Accepts = slices.DeleteFunc(out.Accepts, func(x Accept) bool { return a.has(x.In) })
		for _, x := range c.Accepts {
			if in, ok := strings.CutPrefix(x.In, a.prefix()); ok {
				x.In = in
				out.Accepts = append(out.Accepts, x)
			}
		}
	}
	return &out
}

// allTiers are the tiers, and those of amendments.
func (c *Contract) allTiers() []Tier {
	out := c.Tiers
	for i := range c.Amendments {
		out = append(out[:len(out):len(out)], c.Amendments[i].Tiers...)
	}
	return out
}

// allRequests are the tables of requests, and those of amendments.
func (c *Contract) allRequests() []Requests {
	out := c.Requests
	for i := range c.Amendments {
		out = append(out[:len(out):len(out)], c.Amendments[i].Requests...)
	}
	return out
}

// allObjectives are the objectives, and those of amendments, in the order in which
// they come into force.
func (c *Contract) allObjectives() []*Objective {
	var out []*Objective
	add := func(list []Objective) {
		for i := range list {
			out = append(out, &list[i])
		}
	}
	add(c.Objectives)
	for i := range c.Amendments {
		add(c.Amendments[i].Objectives)
	}
	return out
}

// replaced puts things in the place of those of the same name; what is new comes
// last.
func replaced[T any](all, by []T, name func(T) string) []T {
	for _, x := range by {
		if i := slices.IndexFunc(all, func(o T) bool { return name(o) == name(x) }); i >= 0 {
			all[i] = x
		} else {
			all = append(all, x)
		}
	}
	return all
}
