package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Report says what the facts added so far come to. It may be asked at any
// time, for any instant; asking changes nothing. The error is an
// *[EvaluationError] when the contract cannot be evaluated for the dates asked
// (a holiday table that does not reach so far), a *[NoPeriodError], a
// *[SpanError] or an *[AsOfError].
func (r *Run) Report(o Options) (*Report, error) {
	from, to, err := r.dates(o)
	if err != nil {
		return nil, err
	}
	asOf := r.asOf(o.AsOf, to)
	if r.folded > 0 && instant(asOf.Valid) < r.watermark {
		return nil, &AsOfError{AsOf: asOf.Valid, Watermark: r.watermark.Time()}
	}
	if (r.folded > 0 || r.foldedProbes) && instant(asOf.Known) < r.foldedKnown {
		return nil, &AsOfError{AsOf: asOf.Known, Watermark: r.foldedKnown.Time()}
	}
	v := r.look(asOf)
	v.begins, v.told, v.authors = r.begins(), from, o.Authors
	if err := v.judgeTickets(r, o.AllTickets); err != nil {
		return nil, &EvaluationError{err}
	}
	cs, err := v.corrections(r)
	if err != nil {
		return nil, err
	}
	rep := &Report{
		Schema: ReportSchema, Contract: r.engine.contract.ID, Zone: r.engine.zone.Name(), AsOf: asOf,
		Results: []Result{}, Settlements: []SettlementResult{}, Tickets: v.tickets, Intake: r.intakeOf(v), Receipt: r.receipt(v),
	}
	if ver := r.engine.contract.Version; ver != nil {
		rep.Version = ver.ID
	}
	if o.Only != nil {
		err = v.part(r, rep, cs, o.Only, from, to)
	} else {
		err = v.whole(r, rep, cs, from, to)
	}
	if err != nil {
		return nil, err
	}
	return rep, nil
}

// whole adds all that a report is made of beside tickets.
func (v *view) whole(r *Run, rep *Report, cs []correction, from, to calendar.Date) error {
	evs, err := v.evaluateAll(v.firstDate(from), to, nil)
	if err != nil {
		return err
	}
	v.memories(rep, v.settleAll(r, rep, evs, cs, from, to), evs, from, to)
	rep.Results = resultsIn(evs, from, to)
	v.unclaimable(rep.Settlements)
	rep.Findings = v.findAll(evs, from, to)
	if len(v.e.amended) > 0 {
		v.clausesInTurn(rep)
	}
	return nil
}

// resultsIn are the results of the windows that overlap an interval of dates.
func resultsIn(evs []evaluated, from, to calendar.Date) []Result {
	in := func(ev *evaluated) bool { return ev.period.To.After(from) && ev.period.From.Before(to) }
	n := 0
	for i := range evs {
		if in(&evs[i]) {
			n++
		}
	}
	out := make([]Result, 0, n)
	for i := range evs {
		if in(&evs[i]) {
			out = append(out, evs[i].result)
		}
	}
	return out
}

// An EvaluationError is a contract that cannot be evaluated for the dates
// asked.
type EvaluationError struct{ Err error }

// Error says what could not be worked out.
func (e *EvaluationError) Error() string { return "cannot be evaluated: " + e.Err.Error() }

// Unwrap gives the reason.
func (e *EvaluationError) Unwrap() error { return e.Err }

// settlementWindow is the step of the ledger (semantics 6).
func (e *Engine) settlementWindow() Window {
	if c := e.contract.Credits; c != nil && c.Settled != nil {
		return c.Settled.Window
	}
	return CalendarMonth
}

// evaluateAll evaluates every objective that is asked for, for every service
// and window that overlaps the dates, in the order of objective, service and
// window.
func (v *view) evaluateAll(from, to calendar.Date, only *Only) ([]evaluated, error) {
	out := make([]evaluated, 0, v.windowsAtMost(from, to, only))
	for i := range v.e.plans {
		p := &v.e.plans[i]
		if !only.asks(v.e, p.id) {
			continue
		}
		for _, judged := range v.subjects(p) {
			for _, period := range v.windowsInTurn(p, judged, from, to) {
				span := period.interval(v.e.zone).Intersect(v.e.term)
				if span.IsEmpty() || span.Start >= v.valid {
					continue
				}
				if of, _ := v.inTurn(p, period); of.agreed != nil {
					if err := of.agreed.Check(span); err != nil {
						return nil, &EvaluationError{err}
					}
				}
				out = v.judgeWindow(out, p, judged, period)
			}
		}
	}
	return inOrder(out), nil
}

// inOrder sorts what was evaluated by window, objective and service; places
// are sorted, since what stands in them is large.
func inOrder(evs []evaluated) []evaluated {
	places := make([]int, len(evs))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(i, j int) int {
		a, b := &evs[i], &evs[j]
		return cmp.Or(cmp.Compare(a.period.Name, b.period.Name), cmp.Compare(boolInt(a.plan.written == nil), boolInt(b.plan.written == nil)),
			cmp.Compare(a.plan.id, b.plan.id), cmp.Compare(a.service, b.service))
	})
	for i := range places { // each cycle of places moves by one, through one that is kept aside
		if places[i] < 0 || places[i] == i {
			continue
		}
		kept, at := evs[i], i
		for from := places[at]; from != i; from = places[at] {
			evs[at], places[at], at = evs[from], -1, from
		}
		evs[at], places[at] = kept, -1
	}
	return evs
}

// windowsAtMost guesses how many windows are evaluated.
func (v *view) windowsAtMost(from, to calendar.Date, only *Only) int {
	n := 0
	for i := range v.e.plans {
		if only.asks(v.e, v.e.plans[i].id) {
			n += len(v.e.plans[i].services)
		}
	}
	return n * (to.DaysSince(from)/28 + 1)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (v *view) evaluate(p *objectivePlan, s subject, period Period) evaluated {
	p, mean := v.inTurn(p, period)
	moving := v.ratcheted(p, s, period)
	if moving != nil {
		p = moving.at(period.From).plan
	}
	of, none, unknown := v.forSubject(p, s, period)
	ev, decided := v.withoutCommitment(of, s, period, none, unknown)
	if !decided {
		ev = v.evaluateKind(of, s, period)
	}
	ev.subject = s
	ev.deem()
	v.deemLate(&ev)
	if v.tells(period) {
		ev.result.Why = append(ev.result.Why, mean...)
	}
	if moving != nil {
		moving.judged(v, &ev)
	}
	return ev
}

func (v *view) evaluateKind(p *objectivePlan, s subject, period Period) evaluated {
	if ev, several := v.suppliedTwice(p, s, period); several {
		return ev
	}
	if m := v.measuredFact(p, s.label(), period); m != nil && m.Verdict != "" {
		return suppliedVerdict(p, s.label(), period, m)
	}
	if p.overClocks {
		return v.ticketNumber(p, s, period, nil)
	}
	switch p.kind {
	case MeasureShareInTime:
		return v.inTime(p, s.service, period, nil)
	case MeasureSurvey:
		return v.survey(p, s.service, period)
	case MeasureVerdict:
		return v.composite(p, s, period)
	}
	if p.ofTime() {
		return v.overTime(p, s, period, nil)
	}
	return v.judgeNumberOf(p, s, period)
}

// settleAll settles each period in order of time, so that wide caps know what
// earlier periods took; the periods reported go into the report, those that
// are settled into the ledger.
func (v *view) settleAll(r *Run, rep *Report, evs []evaluated, cs []correction, from, to calendar.Date) history {
	led := v.priorLedger()
	posted, waiting, paid := slices.Clone(led.Posted), led.Waiting, slices.Clone(led.Bonuses)
	for _, c := range cs {
		posted, paid = append(posted, c.posted()...), append(paid, c.back.bonuses...)
		if c.period.To == *led.SettledThrough {
			waiting = c.waits
		}
	}
	h := v.remember(evs, cs)
	facts, _ := r.factsBy(v.known)
	unbroken := true
	for _, p := range v.tiles(v.e.settlementWindow(), v.firstDate(from), to) {
		if p.interval(v.e.zone).Intersect(v.e.term).IsEmpty() {
			continue
		}
		if v.prior.settled(p) {
			if p.To.After(from) {
				rep.Settlements = append(rep.Settlements, v.settledBefore(p))
			}
			continue
		}
		in := round{h, posted, waiting}
		s, now, waits := v.settle(p, evs, in)
		waiting = waits
		s.EarnedBack = v.earnedBack(h, p, posted)
		s.Bonuses = v.bonuses(h, p, paid)
		corrected := cs
		cs = nil // in the first period that is not settled
		v.adjust(&s, corrected)
		s.net()
		posted = append(posted, now...)
		for _, b := range s.Bonuses {
			paid = append(paid, LedgerBonus{Period: p.From, Bonus: b.Bonus, Window: b.Window, Amount: b.Posted})
		}
		if p.To.After(from) {
			rep.Settlements = append(rep.Settlements, s)
			v.tell(evs, s.Lines)
		}
		if unbroken = unbroken && s.State == PeriodSettled; unbroken {
			led.settle(&s, now)
			led.Waiting = waits
			led.Results = append(led.Results, v.settledResults(evs, p)...)
			led.Late = append(led.Late, v.lateCounts(p)...)
			led.book(&s, corrected, v.asOf.Known, facts)
			led.Settled = append(led.Settled, LedgerPeriod{Period: p.From, Known: v.asOf.Known, Facts: facts, Waiting: in.waiting})
		}
	}
	led.Work = v.workLedger(led.Settled)
	rep.Ledger = led
	return h
}

// memories adds what several windows have opened or made due.
func (v *view) memories(rep *Report, h history, evs []evaluated, from, to calendar.Date) {
	rep.Duties = append(v.planDuties(evs, from, to), v.datedDuties(from)...)
	for _, r := range v.rights(h, to) {
		if rep.Ledger.SettledThrough != nil && !r.To.After(*rep.Ledger.SettledThrough) {
			rep.Ledger.Rights = append(rep.Ledger.Rights, r)
		}
		if r.reported(from) {
			rep.Rights = append(rep.Rights, r)
		}
	}
}

// reported says whether a right stands in a report that begins on a date.
func (r *Right) reported(from calendar.Date) bool {
	return r.State == RightOpen || r.State == RightWaits || r.State == RightNoticed || r.To.After(from)
}

// net is what is owed in the end. Nothing of it moves a cap.
func (s *SettlementResult) net() {
	s.Due = s.Total
	for _, a := range s.Adjustments {
		s.Due.Amount = s.Due.Amount.Add(a.Amount.Amount)
	}
	for _, b := range s.EarnedBack {
		s.Due.Amount = s.Due.Amount.Sub(b.Amount.Amount)
	}
	for _, b := range s.Bonuses {
		s.Due.Amount = s.Due.Amount.Sub(b.Posted.Amount)
	}
}

// settledBefore shows a period that the ledger says is settled: it is never
// computed again.
func (v *view) settledBefore(p Period) SettlementResult {
	s := SettlementResult{Period: p, State: PeriodSettled, BeforeCaps: credits.Zero(v.e.currency), Total: credits.Zero(v.e.currency)}
	s.Why = []Step{{Code: "settled-before"}}
	for _, c := range v.prior.Posted {
		if c.Period != p.From {
			continue
		}
		s.Total.Amount = s.Total.Amount.Add(c.Amount.Amount)
		s.BeforeCaps = s.Total
		s.Lines = append(s.Lines, CreditLine{ID: lineID(c.Objective, c.For, p.Name), Objective: c.Objective, For: c.For, Service: c.Service, Since: c.Since, Window: p.Name, Scheduled: c.Amount, Credit: c.Amount, Posted: c.Amount, Incidents: c.Incidents})
	}
	s.Due = s.Total
	return s
}

// tell writes the credits into the results they belong to.
func (v *view) tell(evs []evaluated, lines []CreditLine) {
	type about struct{ objective, service, window string }
	at := make(map[about]int, len(lines))
	for j := range lines {
		if l := &lines[j]; l.Since == nil {
			at[about{l.Objective, l.For, l.Window}] = j
		}
	}
	for i := range evs {
		ev := &evs[i]
		if ev.plan.written == nil || ev.plan.written.Credit == nil {
			continue
		}
		j, ok := at[about{ev.plan.id, ev.service, ev.period.Name}]
		switch {
		case ok:
			ev.result.Credit = ptrTo(lines[j].Credit)
			ev.result.Why = append(ev.result.Why, lines[j].Why...)
		case ev.result.Verdict == Met && ev.result.Credit == nil:
			ev.result.Credit = ptrTo(credits.Zero(v.e.currency))
		}
	}
}

func (v *view) settledResults(evs []evaluated, p Period) []LedgerResult {
	var out []LedgerResult
	for i := range evs {
		if ev := &evs[i]; p.From.Before(ev.period.To) && !ev.period.To.After(p.To) {
			r := LedgerResult{Objective: ev.plan.id, For: ev.service, Window: ev.period.Name, To: ev.period.To, Verdict: ev.result.Verdict, Excused: v.excuse(ev), Notified: v.notified(ev.plan.id, ev.period.Name)}
			if ev.result.Measured != nil {
				r.Measured = ev.result.Measured.Exact
			}
			out = append(out, r)
		}
	}
	return out
}

// intakeOf completes the counts with the facts that no clause evaluated so far
// reads.
func (r *Run) intakeOf(v *view) Intake {
	in := r.intake
	in.Reasons, in.Refusals = slices.Clone(in.Reasons), slices.Clone(in.Refusals)
	slices.SortFunc(in.Reasons, func(a, b ReasonCount) int { return cmp.Compare(a.Reason, b.Reason) })
	unused := map[FactKind]int{}
	in.Later = v.later
	for _, f := range v.facts {
		if o, ok := f.(*Outage); ok && instant(o.Occurred) > v.valid {
			in.Later++
		}
		switch f.Kind() {
		case FactInvoice:
			unused[f.Kind()]++
		case FactClaim:
			if !v.e.readsClaims() {
				unused[f.Kind()]++
			}
		}
	}
	for kind, n := range unused {
		in.Unused = append(in.Unused, KindCount{kind, n})
	}
	slices.SortFunc(in.Unused, func(a, b KindCount) int { return cmp.Compare(a.Kind, b.Kind) })
	return in
}

// receipt says what the report was made of.
func (r *Run) receipt(v *view) Receipt {
	e := r.engine
	hash, _ := r.factsBy(v.known)
	rec := Receipt{Edition: e.contract.Edition, Engine: EngineVersion, Meaning: e.meaning, Facts: hash, Editions: e.editions}
	for _, s := range e.contract.Sources {
		rec.Source += s.SHA256
	}
	return rec
}
