package sla

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/clock"
)

// judgeTickets judges every ticket still open to change, counts it, and lists
// the clocks that are open or late, or all of them.
func (v *view) judgeTickets(r *Run, all bool) error {
	v.tallies.merge(&r.tallies)
	var t ticketView
	var js []judgement
	for _, log := range r.inArrival() {
		log.keepSum(v.known, &r.forms) // for the receipt, while its facts are at hand
		if !all && v.inTimeOnWay(r, log) {
			continue
		}
		log.view(&t, v.e, log.id, v.known, v.gone)
		t.counted = !all
		v.countLater(t.facts)
		if len(t.events) == 0 || t.events[0].At > v.valid {
			continue // nothing of it had happened yet
		}
		if r.contests != nil {
			v.contested(r, &t)
		}
		var err error
		if js, err = v.e.judgeTicket(js[:0], &t, v.valid); err != nil {
			return err
		}
		v.e.count(&v.tallies, &t, js, v.valid)
		v.listTicket(&t, js, all)
	}
	v.tallies.sorted()
	slices.SortStableFunc(v.tickets, func(a, b TicketResult) int { return cmp.Compare(a.Ticket, b.Ticket) })
	return nil
}

// inTimeOnWay counts a ticket by its way; false where it must be looked at, or
// there is something to list.
func (v *view) inTimeOnWay(r *Run, log *ticketLog) bool {
	if log.way == nil || r.contests != nil || log.facts[len(log.facts)-1].known > v.known {
		return false
	}
	outcomes := r.judgeOnWay(log, v.valid)
	for i := range outcomes {
		if outcomes[i].State != clock.Met {
			return false
		}
	}
	v.tallies.countOnWay(v.e, log, outcomes)
	return outcomes != nil
}

// inArrival lists the tickets in the order in which they came, which is mostly
// that in which they lie in memory.
func (r *Run) inArrival() []*ticketLog {
	if r.folded == 0 { // all of them are there: each has its place
		logs := make([]*ticketLog, r.serial)
		for log := range r.tickets.all() {
			logs[log.serial-1] = log
		}
		return logs
	}
	return slices.SortedFunc(r.tickets.all(), func(a, b *ticketLog) int { return cmp.Compare(a.serial, b.serial) })
}

func (v *view) listTicket(t *ticketView, js []judgement, all bool) {
	for i := range js {
		j := &js[i]
		if all || j.promise < 0 || j.lost != "" || j.outcome.Running() || j.outcome.IsLate() {
			v.tickets = append(v.tickets, v.ticketResult(t, j))
		}
	}
}

// ticketResult shows a clock with how it came to where it stands.
func (v *view) ticketResult(t *ticketView, j *judgement) TicketResult {
	s := v.standingOf(j)
	res := v.shown(t, j, &s)
	switch {
	case j.promise < 0:
		res.Why = []Step{{Code: "ticket-" + j.outside}}
	case j.lost != "":
		step := Step{Code: "ticket-" + string(j.lost), Clause: v.e.clauseOf(&v.e.promises[j.promise])}
		if j.lost.decided() {
			step.Args = []Arg{v.e.instantArg("at", j.outcome.Start)}
		}
		res.Why = []Step{step}
	default:
		res.Why = v.explainTicket(t, j)
	}
	return res
}

// shown is a clock and where it stands, without how it came there.
func (v *view) shown(t *ticketView, j *judgement, s *standing) TicketResult {
	res := TicketResult{Ticket: t.id, Clock: s.clock, Life: s.life, Service: s.service, Priority: s.priority, Verdict: s.verdict}
	if j.promise < 0 {
		return res
	}
	o := j.outcome
	res.Site = j.attr.site
	if j.lost != "" {
		return res
	}
	res.Promise = v.e.promises[j.promise].id
	if o.State == clock.NotStarted {
		return res
	}
	res.Received = v.at(o.Start)
	if o.Stopped {
		res.Stopped = v.at(o.Stop)
	}
	if o.State == clock.CancelledAs {
		return res
	}
	if s.dueKnown {
		res.Due = v.at(s.due)
	}
	res.Target, res.Elapsed, res.Paused = seconds(o.Target), seconds(o.Elapsed), seconds(o.Held)
	res.Gross, res.Left = seconds(o.Gross), seconds(o.Left())
	res.Missed = o.Missed
	res.Percent, res.Provisional = percentOf(o.Elapsed, o.Target), s.provisional
	if l := s.level; l != nil {
		res.Level, res.Who, res.By = l.Level, l.Who, l.By
	}
	if w := s.warned; w != nil {
		res.Warned, res.WarnTo = w.Share.String(), w.To
	}
	return res
}

// percentOf is the share used, rounded down to two decimals so that it never
// says more than is true.
func percentOf(elapsed, target time.Duration) string {
	if target <= 0 {
		return ""
	}
	n := int64(0)
	if elapsed <= math.MaxInt64/10000 {
		n = int64(elapsed) * 10000 / int64(target)
	} else {
		n = new(big.Int).Quo(new(big.Int).Mul(big.NewInt(int64(elapsed)), big.NewInt(10000)), big.NewInt(int64(target))).Int64()
	}
	text := strconv.AppendInt(make([]byte, 0, 16), n/100, 10)
	return string(append(text, '.', byte('0'+n/10%10), byte('0'+n%10), '%'))
}

func (v *view) at(t calendar.Instant) *time.Time { return ptrTo(v.e.local(t)) }

// changedStep tells of the last change of what a ticket is; what only happened
// to it changes no name.
func (v *view) changedStep(t *ticketView) (Step, bool) {
	for n := len(t.changes) - 1; n > 0; n-- {
		last, before := &t.changes[n], &t.changes[n-1]
		if last.since >= v.valid {
			continue
		}
		for _, name := range [][2]string{{before.priority, last.priority}, {before.site, last.site}, {before.service, last.service}} {
			if name[0] != name[1] {
				return Step{Code: "ticket-changed", Clause: "clocks/change", Args: []Arg{Name("from", name[0]), Name("to", name[1]), v.e.instantArg("at", last.since)}}, true
			}
		}
	}
	return Step{}, false
}

// explainTicket tells how a clock came to where it stands.
func (v *view) explainTicket(t *ticketView, j *judgement) []Step {
	o, p := j.outcome, &v.e.promises[j.promise]
	var steps []Step
	if event := v.e.startOf(p); o.State == clock.NotStarted && event != "" {
		steps = append(steps, Step{Code: "ticket-not-started", Clause: p.id, Args: []Arg{Name("event", event)}})
	}
	if o.State != clock.NotStarted && o.State != clock.CancelledAs {
		steps = append(steps, v.promiseStep(j, p))
		if step, ok := v.amendedStep(j, p); ok {
			steps = append(steps, step)
		}
		if step, ok := v.changedStep(t); ok {
			steps = append(steps, step)
		}
		args := []Arg{Duration("elapsed", o.Elapsed), Duration("paused", o.Held), Duration("gross", o.Gross)}
		if o.Restored > 0 {
			args = append(args, Duration("restored", o.Restored))
		}
		steps = append(steps, Step{Code: "ticket-time", Args: args})
		steps = append(steps, v.e.clockChange(o.Start, max(o.Due, o.Stop))...)
		if o.Missed > 0 {
			steps = append(steps, Step{Code: "ticket-missed", Clause: p.id, Args: []Arg{Count("missed", o.Missed), v.e.instantArg("first", o.Decided)}})
		} else if o.IsLate() {
			steps = append(steps, Step{Code: "ticket-late", Args: []Arg{Duration("by", o.Overdue())}})
		}
		steps = append(steps, v.explainLevel(j, p)...)
	}
	if j.reopened > 0 && p.measure.Kind == clock.Exchange {
		steps = append(steps, Step{Code: "ticket-exchange", Args: []Arg{Count("n", j.reopened+1)}})
	} else if j.reopened > 0 {
		steps = append(steps, Step{Code: "ticket-new-clock", Clause: "clocks/reopen"})
	}
	steps = append(steps, t.contests...)
	for _, n := range o.Notes {
		args := []Arg{Name("event", n.Name)}
		if n.Channel != "" && n.Code == clock.NoteChannel {
			args = append(args, Name("channel", n.Channel))
		}
		steps = append(steps, Step{Code: "note-" + string(n.Code), Args: args, Facts: []string{orDefault(n.Event, t.id+" "+n.Name)}})
	}
	return steps
}

// explainLevel tells the level of escalation and the one that follows.
func (v *view) explainLevel(j *judgement, p *promisePlan) []Step {
	o := j.outcome
	levels := v.e.escalationSteps(nil, p, j.attr.priority, o)
	at, next := v.e.escalationLevel(levels, o)
	if at < 0 {
		return nil
	}
	l := levels[at].level
	step := Step{Code: "ticket-level", Clause: "escalation/" + l.Level, Args: []Arg{
		Name("level", l.Level), Prose("who", l.Who), Duration("elapsed", o.Elapsed), Name("clock", p.measure.Name),
	}}
	if v.e.contract.Escalation.OpenTime {
		step.Code, step.Args[2] = "ticket-level-open", Duration("elapsed", o.Gross)
	}
	if next >= 0 {
		step.Args = append(step.Args, Name("next", levels[next].level.Level), Length("after", levels[next].shown))
	}
	return []Step{step}
}

// promiseStep names the limit and what it comes to for this ticket.
func (v *view) promiseStep(j *judgement, p *promisePlan) Step {
	o := j.outcome
	within, clause := p.within, v.e.clauseOf(p)
	args := []Arg{v.e.instantArg("from", o.Start)}
	if in := v.e.insteadAt(p, j.attr.site); in != nil {
		args = append(args, Name("site", j.attr.site), Length("instead", p.within))
		within, clause = in.Within, "site/"+j.attr.site
	}
	args = append(args, Length("within", within))
	if !within.IsExact() {
		args = append(args, Duration("target", o.Target))
		if due, err := calendar.Due(o.Start, within, v.e.zone, p.calendar, p.business); err == nil {
			args = append(args, v.e.instantArg("unpaused", due))
		}
	}
	if o.Held > 0 {
		args = append(args, Duration("paused", o.Held))
	}
	return Step{Code: "ticket-promise", Clause: clause, Args: args}
}

// inTime evaluates a share in time for a service and a window, leaving the
// tickets of some incidents out.
func (v *view) inTime(p *objectivePlan, service string, period Period, leaveOut map[string]bool) evaluated {
	ev := evaluated{plan: p, period: period, service: service}
	ev.result = Result{Objective: p.id, For: service, Period: period, ReportOnly: p.written == nil || p.written.ReportOnly, Target: p.targetShown()}
	ev.without = func(in map[string]bool) evaluated { return v.inTime(p, service, period, in) }
	counts := v.countsFor(p, service, period)
	provisional, unknown := v.countInTime(&ev, counts, leaveOut)
	v.suppliedCounts(&ev, counts, leaveOut)
	if m := v.measuredFact(p, service, period); m != nil && m.Total > 0 {
		v.suppliedCount(&ev, m, leaveOut)
	}
	running := v.valid < period.interval(v.e.zone).Intersect(v.e.term).End
	r := &ev.result
	r.Provisional = provisional > 0
	ev.total += unknown
	switch {
	case ev.total == 0 && running:
		r.Verdict, r.SoFar = Open, NotMeasured
	case ev.total == 0 || p.written != nil && ev.total < p.written.Measure.AtLeast:
		r.Verdict = NotMeasured
	default:
		v.judgeInTime(&ev, running)
		v.unknownInTime(&ev, unknown, running)
	}
	if v.tells(period) {
		r.Why = append(r.Why, v.explainInTime(&ev)...)
	}
	return ev
}

// unknownInTime says what clocks do to a result that could not be judged: if it
// matters whether they were late, it is not measured; else they are counted as
// in time (semantics 3.3).
func (v *view) unknownInTime(ev *evaluated, unknown int, running bool) {
	if unknown == 0 {
		return
	}
	r := &ev.result
	if late := len(ev.late); late <= ev.allowed && late+unknown > ev.allowed && ev.plan.target != nil {
		ev.hasValue, r.Measured, r.Verdict, r.SoFar = false, nil, NotMeasured, ""
		if running {
			r.Verdict, r.SoFar = Open, NotMeasured
		}
	}
	r.Why = append(r.Why, Step{Code: "undecided-tickets", Clause: ev.plan.id, Args: []Arg{Count("n", unknown)}})
}

// countInTime counts the clocks decided in the window and gives the number of
// verdicts that may still change, and of clocks that could not be judged.
//
// Tickets in the scope and period of a ready-made count are set aside.
func (v *view) countInTime(ev *evaluated, counts []*TicketCount, leaveOut map[string]bool) (provisional, unknown int) {
	p := ev.plan
	for key, n := range v.tallies.counts {
		if v.setAside(counts, key.promise, key.service, key.date) {
			continue
		}
		if v.belongs(p, ev, key.promise, key.service) && !key.date.Before(ev.period.From) && key.date.Before(ev.period.To) {
			ev.total += n.total
			provisional += n.provisional
			unknown += n.undecided
		}
	}
	for _, l := range v.tallies.late {
		if !v.belongs(p, ev, l.promise, l.service) || l.date.Before(ev.period.From) || !l.date.Before(ev.period.To) {
			continue
		}
		if v.setAside(counts, l.promise, l.service, l.date) {
			continue
		}
		if leaveOut[l.incident] {
			ev.total--
			continue
		}
		l, _ = l.in(ev.period)
		ev.late = append(ev.late, l)
	}
	return provisional, unknown
}

func (v *view) belongs(p *objectivePlan, ev *evaluated, promise int, service string) bool {
	if !slices.Contains(p.promises, promise) {
		return false
	}
	if ev.service == "" {
		return len(p.pooled) == 0 || slices.Contains(p.pooled, service)
	}
	return service == ev.service
}

// suppliedCount takes counts supplied ready-made.
func (v *view) suppliedCount(ev *evaluated, m *Measured, leaveOut map[string]bool) {
	ev.total, ev.late = m.Total, nil
	for range m.Late {
		ev.late = append(ev.late, lateClock{incident: m.ID, counted: true})
	}
	if leaveOut[m.ID] {
		ev.total, ev.late = 0, nil
	}
	ev.result.Why = append(ev.result.Why, Step{Code: "supplied-count", Args: []Arg{Count("late", m.Late), Count("total", m.Total)}, Clause: ev.plan.id, Facts: []string{m.ID}})
}

// judgeInTime compares the late ones with the allowance (semantics 4).
func (v *view) judgeInTime(ev *evaluated, running bool) {
	p, r := ev.plan, &ev.result
	late := len(ev.late)
	if p.target != nil {
		ev.allowed = credits.Allowance(ev.total, p.op, *p.level)
	}
	if p.small != nil && ev.total < p.small.FewerThan {
		ev.allowed = max(ev.allowed, p.small.AtMostLate)
	}
	ev.value, ev.hasValue = ratio(ev.total-late, ev.total), true
	r.Measured = &Measurement{
		Exact: ev.value.String(), Shown: credits.ShowPercent(ev.value, p.thresholds()...),
		Total: ptrTo(ev.total), Late: ptrTo(late), Allowed: ptrTo(ev.allowed),
	}
	r.Verdict = Met
	if late > ev.allowed {
		r.Verdict = Missed
	}
	if p.target == nil {
		r.Verdict = Met
	}
	ev.incidents = beyondAllowance(ev.late, ev.allowed)
	if running {
		r.SoFar, r.Verdict = r.Verdict, Open
		ev.hasValue = false
	}
}

func ratio(n, of int) credits.Ratio {
	r, _ := credits.NewRatio(int64(n), int64(max(1, of)))
	return r
}

// beyondAllowance lists the incidents of the late tickets that the allowance
// does not absorb: it absorbs the first to be decided.
func beyondAllowance(late []lateClock, allowed int) []string {
	var out []string
	for _, l := range late[min(allowed, len(late)):] {
		out = append(out, l.incident)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (p *objectivePlan) targetShown() string {
	switch {
	case p.moved != "", p.target == nil && p.written != nil:
		return p.goalText()
	case p.target == nil:
		return ""
	}
	return string(p.op) + " " + p.target.String()
}

func (v *view) explainInTime(ev *evaluated) []Step {
	p := ev.plan
	var steps []Step
	if ev.total == 0 {
		steps = append(steps, Step{Code: "no-tickets", Clause: p.id})
	} else {
		steps = append(steps, Step{Code: "in-time", Clause: p.id, Args: []Arg{
			Count("in", ev.total-len(ev.late)), Count("total", ev.total), Count("late", len(ev.late)), Count("allowed", ev.allowed),
		}})
	}
	steps = append(steps, v.lateSteps(ev)...)
	if len(p.replaces) > 0 {
		steps = append(steps, Step{Code: "replaces", Args: []Arg{List("cells", p.replaces)}, Clause: p.id})
	}
	return steps
}

// lateSteps lists the late tickets of a window in the order in which they were
// decided, and which of them the allowance absorbs.
func (v *view) lateSteps(ev *evaluated) (steps []Step) {
	late := slices.Clone(ev.late)
	slices.SortStableFunc(late, func(a, b lateClock) int { return cmp.Compare(a.decided, b.decided) })
	counted := "decided"
	if k := v.e.contract.Clocks; k != nil && k.Counted != "" && k.Counted != CountedDecided {
		counted = "counted" // when it was received, or closed
	}
	for i, l := range late[:min(len(late), maxSteps)] {
		if l.ticket == "" {
			continue
		}
		step := Step{Code: "late-ticket", Clause: v.e.clauseOf(&v.e.promises[l.promise]), Facts: []string{l.ticket}, Args: []Arg{
			Name("ticket", l.ticket), Duration("by", l.overdue), v.e.instantArg(counted, l.decided),
		}}
		if i < ev.allowed {
			step.Args = append(step.Args, Phrase("absorbed", "word absorbed"))
		}
		steps = append(steps, step)
	}
	if len(late) > maxSteps {
		steps = append(steps, Step{Code: "more-late", Args: []Arg{Count("n", len(late)-maxSteps)}})
	}
	return steps
}
