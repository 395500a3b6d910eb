package sla

import (
	"maps"
	"slices"
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
	lessThan bool // excludes the limit itself (semantics 2.3)
	calendar *calendar.Calendar
	business *calendar.Calendar
	// tier and priority, or service and request, say which tickets.
	tier, priority, service, request string
	inTime                           *credits.Share
	// amended is the number of the amendment that says so, from 1; 0 for none.
	amended int
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
		return []string{"replied", "responded", "restored", "resolved", clock.Closed}
	case "update":
		return []string{"restored", "resolved", clock.Closed}
	case "plan":
		return []string{"planned"}
	case "arrive":
		return []string{"arrived"}
	case "escalate":
		return []string{"escalated"}
	case "restore":
		return []string{"restored"}
	case "workaround":
		return []string{"workaround", "restored", "resolved"}
	case "resolve":
		return []string{"resolved"}
	case "close":
		return []string{clock.Closed}
	case "deliver":
		return []string{"delivered", "done"}
	case recoveryPoint:
		return []string{clock.Received}
	}
	return []string{measure}
}

// reopens says whether a reopening concerns a measure: it does where the stop
// said that the matter was over.
func reopens(measure string) bool {
	switch measure {
	case "restore", "resolve", "close", "deliver", "update":
		return true
	}
	return false
}

// prepareTickets compiles the clock rules and every promise.
func (e *Engine) prepareTickets() error {
	e.words = clock.NewWords()
	e.prepareKeys()
	if err := e.prepareClockRules(); err != nil {
		return err
	}
	e.commitmentTables = &commitmentTables{byScope: map[scopeKey]*scope{}, rows: map[scopeKey][]rowPlan{}}
	for i := range e.contract.Tiers {
		t := &e.contract.Tiers[i]
		e.addTable(t.Rows, t.Name, scopeKey{tier: t.Name})
	}
	for i := range e.contract.Requests {
		t := &e.contract.Requests[i]
		e.addTable(t.Rows, "requests/"+t.Service, scopeKey{service: t.Service})
	}
	e.addDuties()
	e.prepareSites()
	e.prepareScopes()
	e.prepareAmended()
	return nil
}

// addTable compiles the rows of a table. Where no row has more than a priority
// or a request, the promises of a ticket are found by that at once.
func (e *Engine) addTable(rows []Commitment, id string, key scopeKey) {
	keyed := slices.ContainsFunc(rows, func(r Commitment) bool { return r.keyed() })
	for i := range rows {
		row := rows[i] // a copy, with the hours that need not be said
		row.Clock = e.contract.clockOf(&row)
		promises := e.addPromises(&row, id+"/"+row.Name(), promisePlan{tier: key.tier, service: key.service, priority: row.Priority, request: row.Request})
		if keyed {
			e.addRow(key, &rows[i], promises)
			continue
		}
		e.byScope[scopeKey{key.tier, row.Priority, key.service, row.Request}] = &scope{promises: promises}
	}
}

// clockOf names the calendar by which a row of a table counts: without a word, that of
// a contract that has but one (form T7); empty where it has none, around the clock.
func (c *Contract) clockOf(row *Commitment) string {
	if row.Clock == "" && len(c.Calendars) == 1 {
		return c.Calendars[0].Name
	}
	return row.Clock
}

func (e *Engine) addPromises(row *Commitment, id string, base promisePlan) (added []int) {
	for _, p := range row.Promises {
		plan := base
		plan.amended = len(e.amended)
		plan.id = id + "/" + p.Measure
		plan.within, plan.lessThan, plan.inTime = p.Within, p.LessThan, row.InTime
		plan.measure = e.measure(p, row.CountedFrom)
		hours := orDefault(p.During, row.Clock)
		plan.calendar = e.calendars[hours]
		plan.business = e.businessFor(hours)
		added = append(added, len(e.promises))
		e.promises = append(e.promises, plan)
	}
	return added
}

// businessFor is the calendar whose business days a row's lengths count: the
// contract's (semantics 1.5); where it names none, that of the row's clock.
func (e *Engine) businessFor(clockName string) *calendar.Calendar {
	if c := e.calendars[clockName]; c != nil && e.business == nil {
		return c
	}
	return e.business
}

// actsOf are the events that are owed again and again by a rhythm.
func actsOf(measure string) []string {
	switch measure {
	case "update":
		return []string{"updated"}
	case recoveryPoint:
		return stopsOf("deliver")
	}
	return stopsOf(measure)
}

// measure compiles what starts and stops a clock.
func (e *Engine) measure(p Promise, countedFrom string) *clock.Measure {
	m := &clock.Measure{
		Name: p.Measure, Start: e.words.Of(countedFrom), Stops: e.words.Set(stopsOf(p.Measure)...),
		Reopens: reopens(p.Measure), WorkaroundCounts: p.Measure == "restore" || p.Measure == "workaround",
	}
	switch {
	case p.Every:
		m.Kind, m.Acts, m.Reopens = clock.Rhythm, e.words.Set(actsOf(p.Measure)...), true
		m.Stops = e.words.Set(stopsOf("update")...)
	case p.Measure == "reply":
		m.Kind = clock.Exchange
	}
	for _, means := range e.means() {
		if means.Measure != p.Measure {
			continue
		}
		m.AutomaticCounts = means.AutomaticCounts
		if means.Workaround != nil {
			m.WorkaroundCounts = *means.Workaround
		}
		if len(means.StopsAt) > 0 {
			m.Stops = e.words.Set(means.StopsAt...)
		}
	}
	return m
}

// means lists what fulfils the measures.
func (e *Engine) means() (out []Means) {
	if k := e.contract.Clocks; k != nil {
		out = append(out, k.Means...)
	}
	for i := range e.contract.ClocksOf {
		out = append(out, e.contract.ClocksOf[i].Means...)
	}
	return out
}

// prepareClockRules compiles the `clocks` blocks: the common rules, and those
// of single measures, which stand in the place of the common ones line by
// line.
func (e *Engine) prepareClockRules() (err error) {
	e.begins = e.beginnings()
	e.change, e.ruleOf = map[string]calendar.ChangeRule{}, map[string]*clock.Rules{}
	base := Clocks{}
	if e.contract.Clocks != nil {
		base = *e.contract.Clocks
	}
	if e.tickets, err = e.clockRules(&base); err != nil {
		return err
	}
	e.mayReopen(e.tickets)
	for _, c := range base.Changes {
		for _, of := range c.Of {
			e.change[of] = c.Applies
		}
	}
	for i := range e.contract.ClocksOf {
		own := e.contract.ClocksOf[i].over(base)
		rules, err := e.clockRules(&own)
		if err != nil {
			return err
		}
		e.mayReopen(rules)
		for _, measure := range own.Of {
			e.ruleOf[measure] = rules
		}
		e.tickets.Knows(rules)
	}
	for _, rules := range e.ruleOf {
		rules.Knows(e.tickets)
	}
	return nil
}

// mayReopen remembers how long a closed ticket may be reopened.
func (e *Engine) mayReopen(r *clock.Rules) {
	if r.Reopen != nil {
		e.reopens = append(e.reopens, r.Reopen)
	}
}

// over fills in the lines that are not written from the common ones.
func (k Clocks) over(base Clocks) Clocks {
	if k.Start == nil {
		k.Start = base.Start
	}
	if len(k.Pauses) == 0 && len(k.NeverPause) == 0 && len(k.RunOnly) == 0 {
		k.Pauses, k.NeverPause, k.RunOnly = base.Pauses, base.NeverPause, base.RunOnly
	}
	if k.Reopen == nil {
		k.Reopen = base.Reopen
	}
	if len(k.CancelWhen) == 0 {
		k.CancelWhen = base.CancelWhen
	}
	return k
}

// rules are those by which the clock of a measure runs.
func (e *Engine) rules(measure string) *clock.Rules {
	if own := e.ruleOf[measure]; own != nil {
		return own
	}
	return e.tickets
}

// startOf names the event that starts the clock of a promise; empty where it is
// a receipt, or a message of the customer.
func (e *Engine) startOf(p *promisePlan) string {
	start := p.measure.Start
	if start == 0 {
		start = e.rules(p.measure.Name).Start
	}
	if start.Received() || p.measure.Kind == clock.Exchange {
		return ""
	}
	return e.words.NameOf(start)
}

// clockRules compiles one block.
func (e *Engine) clockRules(k *Clocks) (*clock.Rules, error) {
	r := &clock.Rules{
		Milestones: e.milestones(), Never: e.words.Set(k.NeverPause...), Cancels: e.words.Set("duplicate", "merged"), Reopen: e.reopenRule(k.Reopen),
	}
	if s := k.Start; s != nil {
		r.Recorded, r.Start, r.AllChannels = s.RecordedBy != "", e.words.Of(s.Event), s.All
		if len(s.Channels) > 0 {
			r.Channels = setOf(s.Channels)
		}
	}
	if len(k.CancelWhen) > 0 {
		r.Cancels = e.words.Set(k.CancelWhen...)
	}
	if len(k.RunOnly) > 0 {
		r.RunOnly = e.words.Set(k.RunOnly...)
	}
	for _, p := range k.Pauses {
		rule := clock.PauseRule{States: e.words.Set(p.States...), WithNote: p.WithNote, EachTime: p.EachTime}
		if p.AtMost != nil {
			if p.AtMost.IsExact() {
				rule.AtMost = ptrTo(p.AtMost.Duration())
			} else {
				rule.Limit = &calendar.PauseLimit{Length: *p.AtMost, Zone: e.zone, Business: e.business}
			}
		}
		r.Pauses = append(r.Pauses, rule)
	}
	r.Pauses = append(r.Pauses, e.reliefs(r)...)
	r.Index()
	return r, nil
}

// reliefs are the pauses that the lateness of a party gives: what a wait for
// it lasts beyond the time it has to answer (R022).
func (e *Engine) reliefs(r *clock.Rules) (out []clock.PauseRule) {
	for _, p := range e.contract.Parties {
		for _, d := range p.Duties {
			state := "waiting-on-" + p.Role
			if d.Relief == "" || d.Within == nil || r.Never.Has(e.words.Of(state)) {
				continue
			}
			rule := clock.PauseRule{States: e.words.Set(state)}
			if d.Relief == ReliefExtraWait {
				during, within := e.calendars[d.During], *d.Within
				rule.After = func(began calendar.Instant) (calendar.Instant, error) {
					return calendar.Due(began, within, e.zone, during, e.business)
				}
			}
			out = append(out, rule)
		}
	}
	return out
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
		until, err := calendar.Due(stopped, within, e.zone, nil, e.business)
		if err != nil {
			return 0, err
		}
		return e.lastMoment(&within, until), nil
	}
	return rule
}

// milestones are the names of events that are no states of a ticket.
func (e *Engine) milestones() clock.Set {
	names := setOf([]string{
		clock.Received, clock.Recorded, clock.Reopened, clock.Cancelled, clock.Resumed, clock.Closed, clock.Message, "assigned", "changed", "detected", "done",
	})
	for _, m := range e.names.list(measureName) {
		for _, s := range append(stopsOf(m), actsOf(m)...) {
			names[s] = true
		}
	}
	for _, m := range e.means() {
		for _, s := range m.StopsAt {
			names[s] = true
		}
	}
	for _, w := range e.conditions {
		names[w.Event] = true
	}
	for _, t := range e.contract.allTiers() {
		for _, row := range t.Rows {
			names[orDefault(row.CountedFrom, clock.Received)] = true
		}
	}
	for _, k := range append([]Clocks{ptrOr(e.contract.Clocks)}, e.contract.ClocksOf...) {
		if k.Start != nil && k.Start.Event != "" {
			names[k.Start.Event] = true
		}
	}
	for _, m := range append(e.names.list(milestoneName), e.contract.dutyStarts()...) {
		names[m] = true
	}
	return e.words.Set(slices.Collect(maps.Keys(names))...)
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
	return calendar.Terms{Since: since, Calendar: p.calendar, Target: within, Zone: e.zone, Business: p.business, LessThan: p.lessThan}
}

// An insteadKey is a site and the promise that it replaces.
type insteadKey struct{ site, measure, request, tier, priority string }

// prepareSites lists the lines by which sites replace promises; the first of
// each counts.
func (e *Engine) prepareSites() {
	e.instead = map[insteadKey]*Instead{}
	for i := range e.contract.Sites {
		s := &e.contract.Sites[i]
		for j := range s.Instead {
			in := &s.Instead[j]
			if key := (insteadKey{s.Name, in.Measure, in.Request, in.Tier, in.Priority}); e.instead[key] == nil {
				e.instead[key] = in
			}
		}
	}
}

// insteadAt finds the line by which a site replaces a promise (R096).
func (e *Engine) insteadAt(p *promisePlan, site string) *Instead {
	if site == "" || len(e.instead) == 0 {
		return nil
	}
	return e.instead[insteadKey{site, p.measure.Name, p.request, p.tier, p.priority}]
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

func ptrTo[T any](v T) *T { return &v }

// ptrOr is what a pointer points to, or nothing.
func ptrOr[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

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
