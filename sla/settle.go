package sla

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// From missed objectives to money owed, in the order of semantics 5.

// A pending line is a credit on its way through the steps.
type pendingLine struct {
	ev   evaluated
	line CreditLine
}

// settle takes the windows that end in a settlement period through the steps.
// posted are the credits of earlier periods, which wide caps have to know.
func (v *view) settle(period Period, evs []evaluated, posted []PostedCredit) (SettlementResult, []PostedCredit) {
	s := SettlementResult{Period: period, State: PeriodEnded, BeforeCaps: credits.Zero(v.e.currency), Total: credits.Zero(v.e.currency)}
	lines := v.scheduled(period, evs)
	if rules := v.e.contract.Credits; rules != nil && rules.SameIncident {
		v.countOnce(lines)
	}
	for i := range lines {
		l := &lines[i].line
		l.Posted = l.Credit
		s.BeforeCaps.Amount = s.BeforeCaps.Amount.Add(l.Credit.Amount)
	}
	v.caps(&s, period, lines, posted)
	var now []PostedCredit
	for _, p := range lines {
		l := p.line
		s.Total.Amount = s.Total.Amount.Add(l.Posted.Amount)
		s.Lines = append(s.Lines, l)
		now = append(now, PostedCredit{Period: period.From, Objective: l.Objective, For: l.For, Amount: l.Posted, Incidents: l.Incidents})
	}
	s.Due = s.Total
	v.timing(&s, evs)
	return s, now
}

// scheduled gives each window that ends in the period its credit by its own
// schedule, rounded (steps 1 and 4). A window still open has none yet.
func (v *view) scheduled(period Period, evs []evaluated) []pendingLine {
	var out []pendingLine
	for _, ev := range evs {
		if ev.plan.written == nil || ev.plan.written.Credit == nil || ev.result.Verdict == Open || !ev.hasValue {
			continue
		}
		if !period.From.Before(ev.period.To) || ev.period.To.After(period.To) {
			continue // it belongs to the period in which it ends
		}
		amount, why := v.scheduleCredit(&ev)
		if ev.result.Verdict != Missed && amount.IsZero() {
			continue
		}
		line := CreditLine{
			ID: strings.Trim(strings.Join([]string{ev.plan.id, ev.service, ev.period.Name}, "/"), "/"), Objective: ev.plan.id,
			For: ev.service, Window: ev.period.Name, Scheduled: amount, Credit: amount, Incidents: ev.incidents, Why: why,
		}
		out = append(out, pendingLine{ev, line})
	}
	slices.SortFunc(out, func(a, b pendingLine) int { return cmp.Compare(a.line.ID, b.line.ID) })
	return out
}

// scheduleCredit is what the schedule of an objective gives for its value.
func (v *view) scheduleCredit(ev *evaluated) (credits.Money, []Step) {
	c := ev.plan.written.Credit
	zero := credits.Zero(v.e.currency)
	if !ev.hasValue {
		return zero, nil
	}
	base := v.base(c.Base, ev.subject.service, ev.period)
	var exact credits.Amount
	switch s := scheduleOf(ev.plan); {
	case c.EachLate:
		beyond := max(0, len(ev.late)-ev.allowed)
		exact = base.amount.Times(c.Pays.Ratio()).Times(credits.Int(int64(beyond)))
	case len(s) > 0:
		row, ok := s.Row(ev.value)
		if !ok {
			return zero, v.creditSteps(ev, base, zero)
		}
		exact = base.amount.Times(s[row].Pays.Ratio())
	case ev.result.Verdict == Missed && c.Pays != nil:
		exact = base.amount.Times(c.Pays.Ratio())
	default:
		return zero, nil
	}
	amount := exact.Round(v.e.rounding)
	return amount, v.creditSteps(ev, base, amount)
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
		return cmp.Or(-lines[a].line.Scheduled.Amount.Cmp(lines[b].line.Scheduled.Amount), cmp.Compare(lines[a].line.ID, lines[b].line.ID))
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
			rest.result.Verdict = lines[i].ev.result.Verdict
			l.Credit, _ = v.scheduleCredit(&rest)
			l.Incidents = rest.incidents
			l.Why = append(l.Why, Step{Code: "same-incident", Clause: "credits/same-incident", Args: []Arg{
				List("incidents", elsewhere), Name("line", creditedIn[elsewhere[0]].Objective), Money("credit", l.Credit), Count("allowed", min(rest.allowed, len(rest.late))), absorbedBy(&rest),
			}})
		}
		if l.Credit.Sign() > 0 {
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

// caps cuts the lines, from the narrow cap to the wide one (step 5).
func (v *view) caps(s *SettlementResult, period Period, lines []pendingLine, posted []PostedCredit) {
	rules := v.e.contract.Credits
	if rules == nil || len(lines) == 0 {
		return
	}
	caps := slices.Clone(rules.Caps)
	slices.SortStableFunc(caps, func(a, b Cap) int {
		return cmp.Or(cmp.Compare(width(a.Base.Window), width(b.Base.Window)), cmp.Compare(a.Name, b.Name))
	})
	for _, c := range caps {
		v.cap(s, c, period, lines, posted)
	}
}

// width orders windows from narrow to wide.
func width(w Window) int { return slices.Index(Windows(), w) }

func (v *view) cap(s *SettlementResult, c Cap, period Period, lines []pendingLine, posted []PostedCredit) {
	window := periodOf(c.Base.Window, period.From, v.e.termFrom)
	limit := v.base(c.Base, "", window).amount.Times(c.Pays.Ratio())
	used := credits.Zero(v.e.currency)
	for _, p := range posted {
		if !p.Period.Before(window.From) && p.Period.Before(window.To) && p.Period != period.From && v.under(c, p.For) {
			used.Amount = used.Amount.Add(p.Amount.Amount)
		}
	}
	room, err := credits.Room(limit, used)
	if err != nil {
		return // one currency: Check refuses others
	}
	var under []credits.Line
	var index []int
	for i := range lines {
		if v.under(c, lines[i].line.For) {
			under = append(under, credits.Line{ID: lines[i].line.ID, Amount: lines[i].line.Posted})
			index = append(index, i)
		}
	}
	cut, err := credits.CutTo(under, room)
	if err != nil {
		return
	}
	result := CapResult{Cap: "cap/" + c.Name, Limit: limit.Floor(), Used: used, Room: room}
	for n, i := range index {
		l := &lines[i].line
		if taken := l.Posted.Amount.Sub(cut[n].Amount.Amount); taken.Sign() > 0 {
			result.Cut = true
			l.Cuts = append(l.Cuts, Cut{result.Cap, credits.Money{Amount: taken, Currency: v.e.currency}})
			l.Posted = cut[n].Amount
			l.Why = append(l.Why, Step{Code: "cut", Clause: result.Cap, Args: []Arg{
				ClauseArg("cap", result.Cap), Money("room", room), Money("posted", l.Posted),
			}})
		}
	}
	s.Caps = append(s.Caps, result)
}

// under says whether a line falls under a cap: all do, but for a cap on the
// fees of one service.
func (v *view) under(c Cap, service string) bool {
	return c.Base.Service == "" || c.Base.Service == service
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
	if v.valid >= settled && !provisional {
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
