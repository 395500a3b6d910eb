package sla

import (
	"slices"
	"sort"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A ticket that is late and open at the end of a window goes on being late in the
// next. Where an amount is due for each hour late, or for tickets beyond a time,
// each window pays for what was added in it: rounded on the running total, so
// that the windows together pay for the whole, and for nothing twice.

// A lateIn is by how much a clock was late when a window began, and when it ended
// or the clock did.
type lateIn struct {
	window        Window
	from          calendar.Date
	before, after time.Duration
}

// prepareLateness remembers of which promises the lateness in each window is
// needed.
func (e *Engine) prepareLateness() {
	e.lateness = map[int][]Window{}
	keep := func(p *objectivePlan) {
		if p.written == nil || !p.window.Tiles() {
			return
		}
		for _, c := range p.written.priced() {
			if !c.growsWithLateness() {
				continue
			}
			for _, promise := range p.promises {
				if !slices.Contains(e.lateness[promise], p.window) {
					e.lateness[promise] = append(e.lateness[promise], p.window)
				}
			}
		}
	}
	for i := range e.plans {
		keep(&e.plans[i])
		for _, t := range e.plans[i].turns {
			keep(t.plan)
		}
	}
}

// growsWithLateness says that an amount is due for the time by which tickets
// are late, or for those that take longer than a time.
func (c *Credit) growsWithLateness() bool {
	return c.Each != nil && (c.Each.Thing == ThingLateness || c.Each.Thing == ThingLateTicket && c.Each.LongerThan != nil)
}

// lateInEach is by how much a late clock was late in each window, from the one on
// in which it counts.
func (e *Engine) lateInEach(v *ticketView, j *judgement, date calendar.Date, asOf calendar.Instant) (out []lateIn) {
	o := j.outcome
	end := asOf
	if o.Stopped {
		end = o.Stop
	}
	for _, w := range e.lateness[j.promise] {
		before := time.Duration(0)
		for p := periodOf(w, date, e.termFrom); ; p = periodOf(w, p.To, e.termFrom) {
			in := lateIn{window: w, from: p.From, before: before, after: o.Overdue()}
			at := p.interval(e.zone).End
			if at < end {
				in.after = max(before, e.overdueAt(v, j, at))
			}
			if out = append(out, in); at >= end {
				break
			}
			before = in.after
		}
	}
	return out
}

// overdueAt is by how much the clock of a judgement was late at an instant.
func (e *Engine) overdueAt(v *ticketView, j *judgement, at calendar.Instant) time.Duration {
	then, err := e.clockOf(v, e.promises[j.promise].measure).judge(nil, v, at)
	if err != nil || j.reopened >= len(then) || !then[j.reopened].IsLate() {
		return 0
	}
	return then[j.reopened].Overdue()
}

// in is a late clock as it was late in a window; false where it was not. The
// windows of one kind stand together, in their order.
func (l lateClock) in(p Period) (lateClock, bool) {
	for grown := l.grown; len(grown) > 0; {
		kind := grown[0].window
		n := sort.Search(len(grown), func(i int) bool { return grown[i].window != kind })
		if kind != p.Window {
			grown = grown[n:]
			continue
		}
		if i := sort.Search(n, func(i int) bool { return !grown[i].from.Before(p.From) }); i < n && grown[i].from == p.From {
			l.before, l.overdue = grown[i].before, grown[i].after
			return l, true
		}
		return l, false
	}
	return l, len(l.grown) == 0
}

// lateOn gives the windows before one in which clocks were decided that went on
// being late in it, each with those that did; it pays for them as if it were
// that window.
func (v *view) lateOn(ev *evaluated) (out []evaluated) {
	if ev.plan.written == nil || !ev.plan.window.Tiles() || !slices.ContainsFunc(ev.plan.written.priced(), func(c pricedCredit) bool { return c.growsWithLateness() }) {
		return nil
	}
	var windows []Period
	for i := range v.tallies.late {
		l := &v.tallies.late[i]
		if len(l.grown) == 0 || !l.date.Before(ev.period.From) || !v.belongs(ev.plan, ev, l.promise, l.service) {
			continue
		}
		now, ok := l.in(ev.period)
		if w := periodOf(ev.plan.window, l.date, v.e.termFrom); ok && now.overdue > now.before && !slices.ContainsFunc(windows, func(p Period) bool { return p.From == w.From }) {
			windows = append(windows, w)
		}
	}
	slices.SortFunc(windows, func(a, b Period) int { return a.From.Compare(b.From) })
	for _, w := range windows {
		then := v.evaluateKind(ev.plan, ev.subject, w)
		if root := v.e.plan(ev.plan.id); root != nil && (len(root.turns) > 0 || ev.plan.written.Ratchet != nil) {
			then.allowed = v.evaluate(root, ev.subject, w).allowed // by the target of then
		}
		var late []lateClock
		for i := range then.late {
			if now, ok := then.late[i].in(ev.period); ok && len(now.grown) > 0 && now.overdue > now.before && !ev.excluded[now.incident] {
				now.on, now.absorbed = true, i < then.allowed
				late = append(late, now)
			}
		}
		then.late, then.allowed, then.period = late, 0, ev.period
		if len(late) > 0 {
			out = append(out, then)
		}
	}
	return out
}

// incidentsOn are those of the tickets that went on being late and are not free.
func incidentsOn(on []evaluated) (out []string) {
	said := map[string]bool{}
	for i := range on {
		for j := range on[i].late {
			if l := &on[i].late[j]; !l.absorbed && !said[l.incident] {
				said[l.incident] = true
				out = append(out, l.incident)
			}
		}
	}
	return out
}

// owesOn adds what is owed for tickets that were late before and went on being so.
func (v *view) owesOn(ev *evaluated, add func(ev *evaluated, c *Credit, id string)) {
	o := ev.plan.written
	for _, then := range v.lateOn(ev) {
		if o.Credit != nil && o.Credit.growsWithLateness() {
			add(&then, o.Credit, o.Name+"/credit")
		}
		for i := range o.Plus {
			if c := &o.Plus[i]; c.growsWithLateness() {
				add(&then, c, o.Name+"/plus/"+c.name())
			}
		}
	}
}

// lateOnStep names the tickets that went on being late.
func lateOnStep(v *view, ev *evaluated) []Step {
	var steps []Step
	for i := range ev.late[:min(len(ev.late), maxSteps)] {
		if l := &ev.late[i]; l.on {
			steps = append(steps, Step{Code: "late-on", Clause: v.e.clauseOf(&v.e.promises[l.promise]), Facts: []string{l.ticket}, Args: []Arg{
				Name("ticket", l.ticket), Duration("more", l.overdue-l.before), Duration("before", l.before), v.e.instantArg("decided", l.decided),
			}})
		}
	}
	return steps
}
