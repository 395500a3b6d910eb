package sla

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/memory"
)

// From missed objectives to money owed, in the order of semantics 5.

// A pendingLine is a credit on its way through the steps. exact is its amount
// before rounding, units are those of the contract's own.
type pendingLine struct {
	ev    evaluated
	line  CreditLine
	exact credits.Amount
	units map[string]credits.Ratio
}

// A round is what the settlement of one period has to know of the others.
type round struct {
	h      history
	posted []PostedCredit
	// waiting are credits that a floor or a cap carried into this period.
	waiting []PostedCredit
}

// settle takes the windows that end in a settlement period through the steps.
// It gives what is posted, and what waits for the next period.
func (v *view) settle(period Period, evs []evaluated, in round) (s SettlementResult, now, waits []PostedCredit) {
	s = SettlementResult{Period: period, State: PeriodEnded, BeforeCaps: credits.Zero(v.e.currency), Total: credits.Zero(v.e.currency)}
	lines := v.scheduled(period, evs)
	if rules := v.e.contract.Credits; rules != nil && rules.SameIncident {
		v.countOnce(lines)
	}
	v.repeat(lines, in.h)
	lines = append(lines, v.convert(period, lines)...)
	v.claims(lines)
	lines = append(lines, v.carried(in.waiting)...)
	for i := range lines {
		lines[i].line.Posted = lines[i].line.Credit
	}
	waits = v.limits(&s, period, lines, in)
	for _, p := range lines {
		l := p.line
		s.BeforeCaps.Amount = s.BeforeCaps.Amount.Add(l.Credit.Amount)
		s.Total.Amount = s.Total.Amount.Add(l.Posted.Amount)
		s.Lines = append(s.Lines, l)
		if l.Undetermined {
			s.Undetermined = append(s.Undetermined, l.ID)
		}
		now = append(now, PostedCredit{Period: period.From, Objective: l.Objective, For: l.For, Service: l.Service, Since: l.Since, Amount: l.Posted, Incidents: l.Incidents})
	}
	s.Due = s.Total
	v.timing(&s, evs)
	return s, now, waits
}

// scheduled gives each window that ends in the period its credit by its own
// schedule (step 1). A window still open has none yet.
func (v *view) scheduled(period Period, evs []evaluated) []pendingLine {
	var out []pendingLine
	for _, ev := range evs {
		o := ev.plan.written
		if o == nil || o.Credit == nil && len(o.Plus) == 0 || ev.result.Verdict == Open || !ev.hasValue && ev.result.Verdict != Missed {
			continue
		}
		if !period.From.Before(ev.period.To) || ev.period.To.After(period.To) {
			continue // it belongs to the period in which it ends
		}
		got := v.owes(&ev)
		amount := got.money.Round(v.e.rounding)
		if ev.result.Verdict != Missed && amount.IsZero() && !got.unstated && len(got.units) == 0 {
			continue
		}
		line := CreditLine{
			ID: lineID(ev.plan.id, ev.service, ev.period.Name), Service: ev.partOf(), Objective: ev.plan.id,
			For: ev.service, Window: ev.period.Name, Scheduled: amount, Credit: amount, Incidents: ev.incidents, Why: got.steps, Undetermined: got.unstated, Choice: got.choice,
		}
		p := pendingLine{ev, line, got.money, got.units}
		v.free(&p, &p.ev)
		p.tellUnits()
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b pendingLine) int { return cmp.Compare(a.line.ID, b.line.ID) })
	return out
}

// set gives a line another amount, with the reason.
func (p *pendingLine) set(exact credits.Amount, r credits.Rounding, why Step) {
	p.exact = exact
	p.line.Credit = exact.Round(r)
	p.line.Why = append(p.line.Why, why)
}

// excuse says why a window costs nothing although its objective was missed.
func (v *view) excuse(ev *evaluated) Excuse {
	o := ev.plan.written
	switch {
	case o == nil:
		return ""
	case v.starting(o, ev.period):
		return ExcusedStartUp
	case o.Tolerance == nil || ev.plan.level == nil || !ev.hasValue || ev.result.Verdict != Missed:
		return ""
	case ev.plan.short(ev.value).Cmp(o.Tolerance.Ratio()) <= 0:
		return ExcusedTolerance
	}
	return ""
}

// short is how far a value is on the wrong side of the target.
func (p *objectivePlan) short(value credits.Ratio) credits.Ratio {
	if p.level == nil {
		return credits.Ratio{}
	}
	if p.op.Upward() {
		return p.level.Sub(value)
	}
	return value.Sub(*p.level)
}

// free leaves a line without a credit where the start-up or a tolerance says so
// of what it was measured by.
func (v *view) free(p *pendingLine, by *evaluated) {
	o := p.ev.plan.written
	switch v.excuse(by) {
	case ExcusedStartUp:
		p.set(v.zero(), v.e.rounding, Step{Code: "start-up", Clause: o.Name + "/start-up", Args: []Arg{Length("length", *o.StartUp)}})
	case ExcusedTolerance:
		p.set(v.zero(), v.e.rounding, Step{Code: "tolerated", Clause: o.Name + "/tolerance", Args: []Arg{Prose("tolerance", o.Tolerance.String())}})
	default:
		return
	}
	p.units, p.line.Undetermined = nil, false
}

// starting says whether a window ends in the start-up time of an objective.
func (v *view) starting(o *Objective, p Period) bool {
	if o == nil || o.StartUp == nil {
		return false
	}
	end, err := endOf(v.e.termFrom, *o.StartUp)
	return err == nil && !p.To.After(end)
}

// tellUnits writes the units of a line, in the order of their names.
func (p *pendingLine) tellUnits() {
	p.line.Units = nil
	for _, u := range slices.Sorted(maps.Keys(p.units)) {
		if p.units[u].Sign() != 0 {
			p.line.Units = append(p.line.Units, numberText(p.units[u])+" "+u)
		}
	}
}

// partOf is the service whose part is judged; empty where it is a service.
func (ev *evaluated) partOf() string {
	if owner := ev.owner(); owner != ev.service {
		return owner
	}
	return ""
}

// owner is the service that a line is about.
func (l *CreditLine) owner() string { return orDefault(l.Service, l.For) }

// allUnits is the number of units of a line, to order lines that pay no money.
func (p *pendingLine) allUnits() credits.Ratio {
	sum := credits.Ratio{}
	for _, n := range p.units {
		sum = sum.Add(n)
	}
	return sum
}

// repeat multiplies the credits of misses that follow others (step 3).
func (v *view) repeat(lines []pendingLine, h history) {
	for i := range lines {
		p := &lines[i]
		rule := p.ev.plan.written.Repeat
		if rule == nil || p.ev.result.Verdict != Missed {
			continue
		}
		w := p.ev.period
		seen := v.outcomes(h, judgedKey{p.ev.plan.id, p.ev.service}, w.Window, earlier(h.begin(w.To).AddDays(-1), w.From), w.To, byMiss)
		hit := memory.InARow(seen, rule.From)
		if rule.Of > 0 {
			hit = memory.OfAny(seen, rule.From, rule.Of)
		}
		if !hit {
			continue
		}
		times := credits.RatioOfDecimal(rule.Times)
		for u := range p.units {
			p.units[u] = p.units[u].Mul(times)
		}
		p.set(p.exact.Times(times), v.e.rounding, Step{Code: "repeated", Clause: p.ev.plan.id + "/repeat", Args: []Arg{
			{"times", ArgNumber, rule.Times.String()}, Count("from", rule.From), Money("credit", p.exact.Times(times).Round(v.e.rounding)),
		}})
		p.tellUnits()
	}
}

// convert makes money of the units of a period (step 3): one line for each
// conversion.
func (v *view) convert(period Period, lines []pendingLine) []pendingLine {
	var out []pendingLine
	for i := range v.e.contract.Conversions {
		c := &v.e.contract.Conversions[i]
		sum := credits.Ratio{}
		unstated := false
		for _, l := range lines {
			sum = sum.Add(l.units[c.Unit])
			unstated = unstated || l.line.Undetermined && v.e.contract.paysUnit(l.ev.plan.written, c.Unit)
		}
		if sum.Sign() == 0 {
			continue
		}
		id := "convert/" + c.Unit
		p := pendingLine{ev: evaluated{plan: &objectivePlan{written: &Objective{}}, period: period}, exact: v.zero()}
		p.line = CreditLine{ID: id + "/" + period.Name, Objective: id, Window: period.Name, Undetermined: unstated}
		pays, count := c.Pays, sum
		if len(c.Bands) > 0 {
			s := make(credits.Schedule, 0, len(c.Bands))
			for _, b := range c.Bands {
				s = append(s, b.against(credits.AtMost, credits.Ratio{}, ""))
			}
			row, ok := s.Row(sum)
			if !ok {
				continue
			}
			pays, count = &c.Bands[row].Pays, credits.Int(1)
		}
		switch pays.Kind {
		case credits.PayUnstated:
			p.line.Undetermined = true
		case credits.PayMoney:
			p.exact = pays.Money.Exact().Times(count)
		case credits.PayShare, credits.PayTimes:
			base := v.base(c.Base, "", period)
			if base.missing != "" {
				p.line.Undetermined = true
			}
			p.exact = base.amount.Times(pays.Size()).Times(count)
		}
		p.line.Scheduled = p.exact.Round(v.e.rounding)
		p.line.Credit = p.line.Scheduled
		p.line.Why = []Step{{Code: "converted", Clause: id, Args: []Arg{
			{"n", ArgNumber, numberText(sum)}, Name("unit", c.Unit), PayArg("pays", *pays), Money("credit", p.line.Scheduled),
		}}}
		out = append(out, p)
	}
	return out
}

// carried are the credits that waited for this period.
func (v *view) carried(waiting []PostedCredit) []pendingLine {
	var out []pendingLine
	for _, w := range waiting {
		since := periodOf(v.e.settlementWindow(), w.Period, v.e.termFrom)
		p := pendingLine{ev: evaluated{plan: &objectivePlan{id: w.Objective, written: &Objective{}}, service: w.For, subject: subject{service: w.owner()}}, exact: w.Amount.Exact()}
		p.line = CreditLine{
			ID: lineID(w.Objective, w.For, since.Name, "carried"), Objective: w.Objective, For: w.For, Service: w.Service, Window: since.Name, Since: ptrTo(w.Period),
			Scheduled: w.Amount, Credit: w.Amount, Incidents: w.Incidents, Why: []Step{{Code: "carried", Args: []Arg{DateArg("from", w.Period), Money("credit", w.Amount)}}},
		}
		out = append(out, p)
	}
	return out
}

// lineID joins what tells a line from others.
func lineID(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "/")
}

// carry is what a line carries on to the next period, of the period in which
// it arose.
func (l *CreditLine) carry(amount credits.Money, period Period) PostedCredit {
	out := PostedCredit{Period: period.From, Objective: l.Objective, For: l.For, Service: l.Service, Amount: amount, Incidents: l.Incidents}
	if l.Since != nil {
		out.Period = *l.Since
	}
	return out
}

// gathered adds up what waits of the same objective and period.
func gathered(waits []PostedCredit) []PostedCredit {
	var out []PostedCredit
	for _, w := range waits {
		i := slices.IndexFunc(out, func(o PostedCredit) bool {
			return o.Period == w.Period && o.Objective == w.Objective && o.For == w.For
		})
		if i < 0 {
			out = append(out, w)
			continue
		}
		out[i].Amount.Amount = out[i].Amount.Amount.Add(w.Amount.Amount)
		out[i].Incidents = union(out[i].Incidents, w.Incidents)
	}
	slices.SortFunc(out, func(a, b PostedCredit) int {
		return cmp.Or(cmp.Compare(a.Period.String(), b.Period.String()), cmp.Compare(a.Objective, b.Objective), cmp.Compare(a.For, b.For))
	})
	return out
}

// union is the sorted union of two lists of names.
func union(a, b []string) []string {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// countOnce lets one incident count once, for the highest credit (step 2):
// lines are taken in descending amount; the facts of incidents already
// credited are taken out of the lines that follow and their schedule is run
// again. Verdicts do not change.
func (v *view) countOnce(lines []pendingLine) {
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(lines[b].exact.Exact.Cmp(lines[a].exact.Exact), lines[b].allUnits().Cmp(lines[a].allUnits()), cmp.Compare(lines[a].line.ID, lines[b].line.ID))
	})
	creditedIn := map[string]*CreditLine{}
	for _, i := range order {
		l := &lines[i].line
		again := map[string]bool{}
		var elsewhere []string
		for _, in := range v.incidentsIn(&lines[i].ev) {
			if by, ok := creditedIn[in]; ok && !by.sameJudged(l) {
				again[in] = true
				elsewhere = append(elsewhere, in)
			}
		}
		if len(again) > 0 {
			rest := lines[i].ev.without(again)
			got := v.owes(&rest)
			l.Incidents, lines[i].units = rest.incidents, got.units
			lines[i].set(got.money, v.e.rounding, Step{Code: "same-incident", Clause: "credits/same-incident", Args: []Arg{
				List("incidents", elsewhere), Name("line", creditedIn[elsewhere[0]].Objective), Money("credit", got.money.Round(v.e.rounding)), Count("allowed", min(rest.allowed, len(rest.late))), absorbedBy(&rest),
			}})
			l.Undetermined, l.Choice = got.unstated, got.choice
			v.free(&lines[i], &rest)
			lines[i].tellUnits()
		}
		if lines[i].exact.Exact.Sign() > 0 || len(l.Units) > 0 {
			for _, in := range l.Incidents {
				if _, ok := creditedIn[in]; !ok {
					creditedIn[in] = l
				}
			}
		}
	}
}

// absorbedBy lists the incidents that the allowance of a result takes.
func absorbedBy(ev *evaluated) Arg {
	var out []string
	for _, l := range ev.late[:min(ev.allowed, len(ev.late))] {
		out = append(out, l.incident)
	}
	slices.Sort(out)
	return List("absorbed", slices.Compact(out))
}

// sameJudged says that two lines are about the same objective and service: an
// outage that a window's end cuts is not the same incident in both windows.
func (l *CreditLine) sameJudged(o *CreditLine) bool {
	return l.Objective == o.Objective && l.For == o.For
}

// incidentsIn lists all incidents of a line's facts, those absorbed by an
// allowance among them.
func (v *view) incidentsIn(ev *evaluated) []string {
	out := slices.Clone(ev.incidents)
	for _, l := range ev.late {
		if !slices.Contains(out, l.incident) {
			out = append(out, l.incident)
		}
	}
	slices.Sort(out)
	return out
}

// timing says when the period settles and which invoice carries the credit.
func (v *view) timing(s *SettlementResult, evs []evaluated) {
	end := s.Period.interval(v.e.zone).End
	if v.valid < end {
		s.State = PeriodRunning
	}
	rules := v.e.contract.Credits
	if rules == nil || rules.Settled == nil {
		return
	}
	settled, err := calendar.DueFromDate(s.Period.To.AddDays(-1), rules.Settled.After, v.e.zone, nil, v.e.business)
	if err != nil {
		return
	}
	s.SettledOn = v.at(settled)
	provisional := slices.ContainsFunc(evs, func(ev evaluated) bool {
		return ev.result.Provisional && !ev.period.To.After(s.Period.To) && s.Period.From.Before(ev.period.To)
	})
	claimable := slices.ContainsFunc(s.Lines, func(l CreditLine) bool { return l.Claim == ClaimOpen })
	if v.valid >= settled && !provisional && !claimable {
		s.State = PeriodSettled
	}
	v.invoice(s, settled)
}

// invoice finds the first invoice issued after the credit is settled (P09).
func (v *view) invoice(s *SettlementResult, settled calendar.Instant) {
	pay := v.e.contract.Payment
	if pay == nil || v.e.contract.Credits.Paid == nil || !v.e.contract.Credits.Paid.SetOff {
		return
	}
	for i, p := 0, periodOf(pay.Invoiced, s.Period.From, v.e.termFrom); i < 14; i, p = i+1, p.next(v.e.termFrom) {
		day := p.From.AddDays(-1)
		if pay.Arrears {
			day = p.To.AddDays(-1)
		}
		issued, err := calendar.DueFromDate(day, pay.Issued, v.e.zone, nil, v.e.business)
		if err == nil && issued >= settled {
			s.Invoice = v.at(issued)
			return
		}
	}
}
