package sla

import (
	"fmt"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/clock"
)

// A promisePlan is one cell of a tier or requests table, compiled.
type promisePlan struct {
	// id is also that of the objective the cell makes: "gold/P1/restore".
	id       string
	measure  *clock.Measure
	within   calendar.Length
	calendar *calendar.Calendar
	business *calendar.Calendar
	// tier and priority, or service and request, say which tickets.
	tier, priority, service, request string
	inTime                           *credits.Share
}

// A scopeKey finds the promises of a ticket.
type scopeKey struct{ tier, priority, service, request string }

// stopsOf are the milestones that stop a measure: its past tense.
func stopsOf(measure string) []string {
	switch measure {
	case "acknowledge":
		return []string{"acknowledged"}
	case "respond":
		return []string{"responded"}
	case "reply":
		return []string{"replied"}
	case "update":
		return []string{"updated"}
	case "plan":
		return []string{"planned"}
	case "arrive":
		return []string{"arrived"}
	case "escalate":
		return []string{"escalated"}
	case "restore":
		return []string{"restored"}
	case "resolve":
		return []string{"resolved"}
	case "close":
		return []string{clock.Closed}
	case "deliver":
		return []string{"delivered", "done"}
	}
	return []string{measure}
}

// reopens says whether a reopening concerns a measure: it does where the stop
// said that the matter was over.
func reopens(measure string) bool {
	switch measure {
	case "restore", "resolve", "close", "deliver":
		return true
	}
	return false
}

// prepareTickets compiles the clock rules and every promise.
func (e *Engine) prepareTickets() error {
	if err := e.prepareClockRules(); err != nil {
		return err
	}
	e.byScope = map[scopeKey][]int{}
	for _, t := range e.contract.Tiers {
		for _, row := range t.Rows {
			e.addPromises(row, t.Name+"/"+row.Priority, promisePlan{tier: t.Name, priority: row.Priority})
		}
	}
	for _, t := range e.contract.Requests {
		for _, row := range t.Rows {
			e.addPromises(row, "requests/"+t.Service+"/"+row.Request, promisePlan{service: t.Service, request: row.Request})
		}
	}
	return nil
}

func (e *Engine) addPromises(row Commitment, id string, base promisePlan) {
	for _, p := range row.Promises {
		plan := base
		plan.id = id + "/" + p.Measure
		plan.within, plan.inTime = p.Within, row.InTime
		plan.measure = e.measure(p, row.CountedFrom)
		plan.calendar = e.calendars[row.Clock]
		plan.business = e.businessFor(row.Clock)
		key := scopeKey{plan.tier, plan.priority, plan.service, plan.request}
		e.byScope[key] = append(e.byScope[key], len(e.promises))
		e.promises = append(e.promises, plan)
	}
}

// businessFor is the calendar whose business days a row's lengths count: the
// contract's (semantics 1.5); where it names none, that of the row's clock.
func (e *Engine) businessFor(clockName string) *calendar.Calendar {
	if c := e.calendars[clockName]; c != nil && e.business == nil {
		return c
	}
	return e.business
}

// measure compiles what starts and stops a clock.
func (e *Engine) measure(p Promise, countedFrom string) *clock.Measure {
	m := &clock.Measure{
		Name: p.Measure, Start: countedFrom, Stops: map[string]bool{}, LessThan: p.LessThan,
		Reopens: reopens(p.Measure), WorkaroundCounts: p.Measure == "restore",
	}
	for _, s := range stopsOf(p.Measure) {
		m.Stops[s] = true
	}
	if e.contract.Clocks == nil {
		return m
	}
	for _, means := range e.contract.Clocks.Means {
		if means.Measure == p.Measure {
			m.AutomaticCounts = means.AutomaticCounts
			if means.Workaround != nil {
				m.WorkaroundCounts = *means.Workaround
			}
		}
	}
	return m
}

// prepareClockRules compiles the `clocks` block.
func (e *Engine) prepareClockRules() error {
	e.tickets = &clock.Rules{Milestones: e.milestones(), Never: map[string]bool{}}
	e.change = map[string]calendar.ChangeRule{}
	k := e.contract.Clocks
	if k == nil {
		return nil
	}
	if k.Start != nil {
		e.tickets.Recorded = k.Start.RecordedBy != ""
		if len(k.Start.Channels) > 0 {
			e.tickets.Channels = setOf(k.Start.Channels)
		}
	}
	for _, s := range k.NeverPause {
		e.tickets.Never[s] = true
	}
	for _, p := range k.Pauses {
		rule := clock.PauseRule{States: setOf(p.States), WithNote: p.WithNote, EachTime: p.EachTime}
		if p.AtMost != nil {
			if !p.AtMost.IsExact() {
				return fmt.Errorf("a limit on pauses must be exact time, not %s", p.AtMost)
			}
			rule.AtMost = ptrTo(p.AtMost.Duration())
		}
		e.tickets.Pauses = append(e.tickets.Pauses, rule)
	}
	for _, c := range k.Changes {
		for _, of := range c.Of {
			e.change[of] = c.Applies
		}
	}
	e.tickets.Reopen = e.reopenRule(k.Reopen)
	return nil
}

func (e *Engine) reopenRule(r *Reopen) *clock.ReopenRule {
	if r == nil {
		return nil
	}
	rule := &clock.ReopenRule{RestoredCounts: r.RestoredCounts}
	switch r.Mode {
	case ReopenRestarts:
		rule.Mode = clock.Restarts
	case ReopenNew:
		rule.Mode = clock.StartsNew
	}
	within := r.Within
	rule.Until = func(stopped calendar.Instant) (calendar.Instant, error) {
		return calendar.Due(stopped, within, e.zone, nil, e.business)
	}
	return rule
}

// milestones are the names of events that are no states of a ticket.
func (e *Engine) milestones() map[string]bool {
	names := setOf([]string{
		clock.Received, clock.Recorded, clock.Reopened, clock.Cancelled, clock.Resumed, clock.Closed, "assigned", "done",
	})
	for _, m := range e.names.list(measureName) {
		for _, s := range stopsOf(m) {
			names[s] = true
		}
	}
	for _, m := range e.names.list(milestoneName) {
		names[m] = true
	}
	return names
}

// changeRule is how a change of an attribute applies (semantics 2.5).
func (e *Engine) changeRule(attribute string) calendar.ChangeRule {
	if rule, ok := e.change[attribute]; ok {
		return rule
	}
	return calendar.FromReceipt
}

// terms are what a promise holds a clock to from an instant on, at a site.
func (e *Engine) terms(p *promisePlan, site string, since calendar.Instant) calendar.Terms {
	within := p.within
	if in := e.insteadAt(p, site); in != nil {
		within = in.Within
	}
	return calendar.Terms{Since: since, Calendar: p.calendar, Target: within, Zone: e.zone, Business: p.business}
}

// insteadAt finds the line by which a site replaces a promise (R096).
func (e *Engine) insteadAt(p *promisePlan, site string) *Instead {
	if site == "" {
		return nil
	}
	for i := range e.contract.Sites {
		s := &e.contract.Sites[i]
		if s.Name != site {
			continue
		}
		for j := range s.Instead {
			in := &s.Instead[j]
			if in.Measure == p.measure.Name && in.Request == p.request && in.Tier == p.tier && in.Priority == p.priority {
				return in
			}
		}
	}
	return nil
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

func ptrTo[T any](v T) *T { return &v }

// openTime is a length as time on a promise's clock from its start.
func (e *Engine) openTime(l calendar.Length, p *promisePlan, start calendar.Instant) (time.Duration, bool) {
	if l.IsExact() {
		return l.Duration(), true
	}
	k, err := calendar.NewClock(p.calendar, start)
	if err != nil {
		return 0, false
	}
	t, err := k.Target(l, e.zone, p.business)
	return t.Time, err == nil
}

func orDefault(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
