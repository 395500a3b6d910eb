package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// An objectivePlan is one objective, compiled: written in the contract, or
// made by the `in time` cell of a commitment table (semantics 2.7).
type objectivePlan struct {
	id string
	// written is the objective in the contract; nil for a derived one.
	written *Objective
	kind    MeasureKind
	window  Window
	// services are those judged, each on its own; one empty name judges all
	// together.
	services []string
	// pooled lists the services whose tickets count together when services
	// is one empty name.
	pooled   []string
	agreed   *calendar.Calendar
	promises []int
	// overClocks makes it a number over the clocks of promises other than a
	// share in time.
	overClocks bool
	op         credits.Op
	target     *credits.Share
	// level is the target as a number, in the unit of what is measured.
	level *credits.Ratio
	// moved is the target in words, where a ratchet has moved it.
	moved string
	count measure.Counting
	// due are the times at which runs are due.
	due []dueTable
	// question is what it asks of outages.
	question string
	// rows are the objective with the target of each row of its table; row is
	// that of this one.
	rows []targetRowPlan
	row  *TargetRow
	// unit is that of a quantity; empty for shares, times and counts.
	unit  string
	small *SmallVolume
	// turns are how it reads from each instant on; nil where it never changes.
	turns []turn
	// mean are the ways in which it reads in the parts of one window.
	mean []weighted
	// replaces are the derived objectives that a written one stands for.
	replaces []string
}

// prepareObjectives compiles the written objectives and those of the tables
// that no written one replaces.
func (e *Engine) prepareObjectives() {
	replaced := map[int]bool{}
	for i := range e.contract.Objectives {
		p := e.planWritten(&e.contract.Objectives[i], 0)
		for _, pr := range p.promises {
			if p.overClocks {
				break // another number stands beside the share in time
			}
			replaced[pr] = true
			if id := e.promises[pr].id; !slices.Contains(p.replaces, id) {
				p.replaces = append(p.replaces, id)
			}
		}
		e.plans = append(e.plans, p)
	}
	if k := e.contract.Clocks; k != nil && k.Judged != nil {
		for i := range e.promises {
			if pr := &e.promises[i]; pr.inTime != nil && !replaced[i] && !(pr.amended > 0 && e.hasObjective(pr.id)) {
				e.plans = append(e.plans, e.planDerived(i, k.Judged))
			}
		}
	}
	e.prepareTurns()
}

// planWritten compiles an objective as it is written, by the cells that the
// first n amendments leave.
func (e *Engine) planWritten(o *Objective, n int) objectivePlan {
	p := objectivePlan{id: o.Name, written: o, kind: o.Measure.Kind, window: o.Measure.Window, agreed: e.calendars[o.Measure.During], question: o.asksOfOutages()}
	p.judge(e.servicesIn(o.Scope), o.ForEach)
	if e.contract.overTickets(o) {
		p.overClocks = o.Measure.Kind != MeasureShareInTime
		p.promises = e.promisesIn(o.Scope, o.Measure.Of)
	}
	if t := o.Target; t != nil {
		p.op, p.target, p.small = t.Op, t.Share, t.SmallVolume
		if t.AsInTier != "" && len(p.promises) > 0 {
			p.op, p.target = credits.AtLeast, e.shareAsOf(p.promises, n)
		}
	}
	p.unit = e.contract.quantityUnit(o)
	p.level, p.count = levelOf(o.Target, p.target, p.unit), e.counting(o)
	e.prepareSchedule(&p)
	e.planRows(&p)
	return p
}

// levelOf is a target as a number: a ratio, seconds, a count or a value of
// the target's unit.
func levelOf(t *Target, share *credits.Share, unit string) *credits.Ratio {
	switch {
	case share != nil && inPercents(unit):
		return ptrTo(share.Ratio().Mul(credits.Int(100)))
	case share != nil:
		return ptrTo(share.Ratio())
	case t == nil:
		return nil
	case t.Time != nil && unit != "":
		return ptrTo(inUnit(t.Time.Duration(), unit))
	case t.Time != nil:
		return ptrTo(inSeconds(measure.Exact(t.Time.Duration())))
	case t.Number != nil:
		return ptrTo(credits.RatioOfDecimal(t.Number.Value))
	}
	return nil
}

func (e *Engine) planDerived(i int, j *Judged) objectivePlan {
	pr := &e.promises[i]
	p := objectivePlan{id: pr.id, kind: MeasureShareInTime, window: j.Window, promises: e.cellsOf(pr.id), op: credits.AtLeast, target: pr.inTime, level: ptrTo(pr.inTime.Ratio())}
	scope := ObjectiveScope{Service: pr.service, Tier: pr.tier}
	p.judge(e.servicesIn(scope), j.ForEach)
	return p
}

// judge says whether each service is judged on its own.
func (p *objectivePlan) judge(services []string, forEach string) {
	if forEach == "" && len(services) != 1 {
		p.services, p.pooled = []string{""}, services
		return
	}
	p.services = services
}

// servicesIn lists the services an objective is about, in the order of their
// names.
func (e *Engine) servicesIn(s ObjectiveScope) []string {
	if s.Service != "" {
		return []string{s.Service}
	}
	var out []string
	for _, svc := range e.contract.Services {
		if s.Tier == "" || svc.Tier == s.Tier {
			out = append(out, svc.Name)
		}
	}
	slices.Sort(out)
	return out
}

// promisesIn lists the cells of a scope for a measure.
func (e *Engine) promisesIn(s ObjectiveScope, measure string) []int {
	var out []int
	for i := range e.promises {
		p := &e.promises[i]
		inTier := s.Tier != "" && p.tier == s.Tier && (len(s.Priorities) == 0 || slices.Contains(s.Priorities, p.priority))
		inService := s.Service != "" && (p.service == s.Service || p.tier != "" && e.services[s.Service] != nil && e.services[s.Service].Tier == p.tier)
		if p.measure.Name == measure && (inTier || inService) {
			out = append(out, i)
		}
	}
	return out
}

func (e *Engine) hasObjective(id string) bool { return e.plan(id) != nil }

// plan is that of an objective, as it reads first; nil where there is none.
func (e *Engine) plan(id string) *objectivePlan {
	i := slices.IndexFunc(e.plans, func(p objectivePlan) bool { return p.id == id })
	if i < 0 {
		return nil
	}
	return &e.plans[i]
}

// Objectives lists the ids of everything that is judged: the objectives written
// and the cells of tiers and requests that no written one stands for.
func (e *Engine) Objectives() []string { return e.objectiveIDs() }

func (e *Engine) objectiveIDs() []string {
	var out []string
	for _, p := range e.plans {
		out = append(out, p.id)
	}
	return out
}
