package sla

import (
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// An objective that an amendment changes reads otherwise from a date on. A window
// is judged by what was in force in it; one in the middle of which the target
// changes is measured once, against the mean of both (semantics 8).

// A turn is how an objective reads from an instant on.
type turn struct {
	from calendar.Instant
	plan *objectivePlan
	// prefix is that of the ids of its clauses, where an amendment writes it.
	prefix string
}

// turnTo adds how a plan reads from an amendment on.
func (p *objectivePlan) turnTo(a *amended, later objectivePlan) {
	if len(p.turns) == 0 {
		first := *p
		p.turns = []turn{{calendar.MinInstant, &first, ""}}
	}
	later.replaces = p.replaces
	prefix := p.turns[len(p.turns)-1].prefix
	if a.amendment.has(p.id) {
		prefix = a.amendment.prefix()
	}
	p.turns = append(p.turns, turn{a.from, &later, prefix})
}

// clausesInTurn makes the steps about objectives speak of the lines that were in
// force.
func (v *view) clausesInTurn(rep *Report) {
	for i := range rep.Results {
		r := &rep.Results[i]
		v.stepsInTurn(r.Why, r.Objective, r.Period)
	}
	for i := range rep.Settlements {
		for j := range rep.Settlements[i].Lines {
			l := &rep.Settlements[i].Lines[j]
			v.stepsInTurn(l.Why, l.Objective, l.window)
		}
	}
}

// stepsInTurn does so for one objective in a window.
func (v *view) stepsInTurn(steps []Step, objective string, period Period) {
	t := v.lastTurn(objective, period)
	if t == nil || t.prefix == "" {
		return
	}
	for j := range steps {
		if c := steps[j].Clause; steps[j].Code != "target-part" && (c == objective || strings.HasPrefix(c, objective+"/")) {
			steps[j].Clause = t.prefix + c
		}
	}
}

// prepareTurns compiles the objectives as amendments change them: written anew,
// or with another share in time in the cell that they take it from.
func (e *Engine) prepareTurns() {
	for n := range e.amended {
		a := &e.amended[n]
		for i := range a.amendment.Objectives {
			if o := &a.amendment.Objectives[i]; !e.hasObjective(o.Name) {
				e.plans = append(e.plans, e.planFrom(a, o, n+1))
			}
		}
		for i := range e.plans {
			p := &e.plans[i]
			switch now := p.latest(); {
			case p.written == nil:
				if pr := e.cellOf(p.id, n+1); pr.inTime != nil && !pr.inTime.Equal(*now.target) {
					later := *now
					later.turns, later.target, later.level = nil, pr.inTime, ptrTo(pr.inTime.Ratio())
					p.turnTo(a, later)
				}
			case a.amendment.objective(p.id) != nil && now.written != a.amendment.objective(p.id):
				p.turnTo(a, e.planWritten(a.amendment.objective(p.id), n+1))
			case now.written.Target != nil && now.written.Target.AsInTier != "":
				if later := e.planWritten(now.written, n+1); now.target != nil && later.target != nil && !later.target.Equal(*now.target) {
					p.turnTo(a, later)
				}
			}
		}
	}
}

// planFrom compiles an objective that an amendment adds: it has no windows that
// begin before.
func (e *Engine) planFrom(a *amended, o *Objective, n int) objectivePlan {
	p := e.planWritten(o, n)
	first := p
	p.turns = []turn{{a.from, &first, a.amendment.prefix()}}
	return p
}

// objective is the one that an amendment writes anew; nil for none.
func (a *Amendment) objective(name string) *Objective {
	for i := range a.Objectives {
		if a.Objectives[i].Name == name {
			return &a.Objectives[i]
		}
	}
	return nil
}

// ways are how an objective reads, first to last.
func (p *objectivePlan) ways() []*objectivePlan {
	if len(p.turns) == 0 {
		return []*objectivePlan{p}
	}
	out := make([]*objectivePlan, len(p.turns))
	for i := range p.turns {
		out[i] = p.turns[i].plan
	}
	return out
}

// lastTurn is how an objective that amendments change reads at the end of a
// window; nil where there is no such objective, or it does not read yet.
func (v *view) lastTurn(objective string, period Period) (last *turn) {
	p, end := v.e.plan(objective), period.interval(v.e.zone).End
	if p == nil {
		return nil
	}
	for i := range p.turns {
		if p.turns[i].from < end {
			last = &p.turns[i]
		}
	}
	return last
}

// latest is how a plan reads in the end, by what was added to it so far.
func (p *objectivePlan) latest() *objectivePlan {
	if n := len(p.turns); n > 0 {
		return p.turns[n-1].plan
	}
	return p
}

// cellOf is the cell of an id as the first n amendments leave it.
func (e *Engine) cellOf(id string, n int) *promisePlan {
	found := &promisePlan{}
	for i := range e.promises {
		if p := &e.promises[i]; p.id == id && p.amended <= n {
			found = p
		}
	}
	return found
}

// cellsOf are the cells of an id, of the contract and of its amendments.
func (e *Engine) cellsOf(id string) (out []int) {
	for i := range e.promises {
		if e.promises[i].id == id {
			out = append(out, i)
		}
	}
	return out
}

// shareAsOf is the share in time of the cells of an objective, as the first n
// amendments leave them.
func (e *Engine) shareAsOf(promises []int, n int) *credits.Share {
	return e.cellOf(e.promises[promises[0]].id, n).inTime
}

// windowsInTurn lists the windows of an objective, each by what is in force when
// it begins.
func (v *view) windowsInTurn(p *objectivePlan, judged subject, from, to calendar.Date) (out []Period) {
	if len(p.turns) == 0 {
		return v.windowsOf(p, judged, from, to)
	}
	for i, t := range p.turns {
		until := calendar.MaxInstant
		if i+1 < len(p.turns) {
			until = p.turns[i+1].from
		}
		for _, w := range v.windowsOf(t.plan, judged, from, to) {
			if began := w.interval(v.e.zone).Start; began >= t.from && began < until {
				out = append(out, w)
			}
		}
	}
	return out
}

// inTurn is how an objective reads in a window, with steps where its target or
// the thresholds of its credit are the mean of several.
func (v *view) inTurn(p *objectivePlan, period Period) (*objectivePlan, []Step) {
	if len(p.turns) == 0 {
		return p, nil
	}
	span := period.interval(v.e.zone).Intersect(v.e.term)
	var in []turn
	var parts []calendar.Interval
	for i, t := range p.turns {
		part := calendar.Interval{Start: max(span.Start, t.from), End: span.End}
		if i+1 < len(p.turns) {
			part.End = min(part.End, p.turns[i+1].from)
		}
		if part.Start < part.End {
			in, parts = append(in, t), append(parts, part)
		}
	}
	if len(in) == 0 {
		return p.latest(), nil
	}
	return v.meanOf(in, parts)
}
