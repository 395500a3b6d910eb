package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// A contest objects to the priority of a ticket. One that was raised in time
// and accepted holds from when the contested priority was set, as if it had
// been so from the beginning, and may so undo a verdict (semantics 2.5).

// contest remembers which tickets have contests.
func (r *Run) contest(c *Contest) {
	if r.contests == nil {
		r.contests = map[string][]factKey{}
	}
	key := factKey{FactContest, c.ID}
	if !slices.Contains(r.contests[c.Ticket], key) {
		r.contests[c.Ticket] = append(r.contests[c.Ticket], key)
	}
}

// contested applies the contests of a ticket that are known.
func (v *view) contested(r *Run, t *ticketView) {
	var all []*Contest
	for _, key := range r.contests[t.id] {
		if rev := r.store[key].current(v.known); rev != nil && !v.gone.has(rev.fact) && rev.fact.Header().Occurred.Compare(v.valid.Time()) <= 0 {
			all = append(all, rev.fact.(*Contest))
		}
	}
	slices.SortFunc(all, func(a, b *Contest) int {
		return cmp.Or(a.Occurred.Compare(b.Occurred), cmp.Compare(a.ID, b.ID))
	})
	for _, c := range all {
		t.contests = append(t.contests, v.decide(c, t))
	}
}

// decide applies one contest and says what became of it.
func (v *view) decide(c *Contest, t *ticketView) Step {
	raised := instant(c.Occurred)
	i := 0
	for i+1 < len(t.changes) && t.changes[i+1].since <= raised {
		i++
	}
	for i > 0 && t.changes[i-1].priority == t.changes[i].priority {
		i--
	}
	set := t.changes[i].since
	if i == 0 {
		set = t.events[0].At
	}
	was := t.changes[i].priority
	step := Step{Code: "ticket-contest-open", Clause: "priorities/contested", Facts: []string{c.ID}, Args: []Arg{Name("from", was), Name("to", c.Priority)}}
	until, late := calendar.MaxInstant, false
	if p := v.e.contract.Priorities; p != nil && p.ContestWithin != nil {
		if at, err := calendar.Due(set, *p.ContestWithin, v.e.zone, nil, v.e.business); err == nil {
			until, late = at, !v.timely(c.Occurred, p.ContestWithin, at)
		}
	}
	switch {
	case late:
		step.Code = "ticket-contest-late"
		step.Args = append(step.Args, v.e.instantArg("at", raised), v.e.instantArg("until", until))
	case !c.Accepted.IsZero() && instant(c.Accepted) <= v.valid:
		step.Code = "ticket-contest-accepted"
		step.Args = append(step.Args, v.e.instantArg("at", instant(c.Accepted)))
		for ; i < len(t.changes) && t.changes[i].priority == was; i++ {
			t.changes[i].priority = c.Priority
		}
	}
	return step
}
