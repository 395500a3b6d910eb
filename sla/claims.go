package sla

import (
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// ClaimState is where in its life the claim of a credit is.
type ClaimState string

// The states of a claim; empty where none is needed.
const (
	// ClaimOpen can still be made: the credit is provisional.
	ClaimOpen ClaimState = "open"
	ClaimMade ClaimState = "made"
	// ClaimLapsed was not made in time: the credit is lost, and shown.
	ClaimLapsed ClaimState = "lapsed"
)

// claims looks whether the credits were claimed in time (semantics 5.6). What
// has lapsed takes no room in a cap. Units that are converted into money are
// claimed with that.
func (v *view) claims(lines []pendingLine) {
	rules := v.e.contract.Credits
	if rules == nil || rules.Claim == nil || !rules.Claim.Needed {
		return
	}
	for i := range lines {
		if p := &lines[i]; p.exact.Exact.Sign() > 0 || p.line.Undetermined || v.ownUnits(p) {
			v.claim(p, rules.Claim.Steps)
		}
	}
}

// ownUnits says whether a line gives units that nothing converts.
func (v *view) ownUnits(p *pendingLine) bool {
	for unit, n := range p.units {
		if n.Sign() > 0 && !slices.ContainsFunc(v.e.contract.Conversions, func(c Conversion) bool { return v.e.contract.oneUnit(c.Unit) == unit }) {
			return true
		}
	}
	return false
}

// claim finds the state of one credit: lapsed as soon as one step is late,
// made when all are.
func (v *view) claim(p *pendingLine, steps []ClaimStep) {
	l := &p.line
	l.Claim = ClaimMade
	var next, due *ClaimStep
	for j := range steps {
		state, by := v.claimStep(&steps[j], p)
		if state != ClaimMade && by != nil && (l.ClaimBy == nil || by.Before(*l.ClaimBy)) {
			l.ClaimBy, due = by, &steps[j]
		}
		if state == ClaimOpen && next == nil {
			next = &steps[j]
		}
		if state == ClaimLapsed || state == ClaimOpen && l.Claim == ClaimMade {
			l.Claim = state
		}
	}
	var args []Arg
	if l.ClaimBy != nil {
		args = append(args, v.deadlineArg(due, instant(*l.ClaimBy)))
	}
	switch l.Claim {
	case ClaimOpen:
		if next.Name != "" {
			args = append(args, Name("step", next.Name))
		}
		if len(next.With) > 0 {
			args = append(args, Prose("with", strings.Join(next.With, "; ")))
		}
		l.Why = append(l.Why, Step{Code: "claim-open", Clause: "credits/claim", Args: args})
	case ClaimLapsed:
		p.set(v.zero(), v.e.rounding, Step{Code: "claim-lapsed", Clause: "credits/claim", Args: append([]Arg{Money("credit", l.Credit)}, args...)})
		p.units, l.Undetermined = nil, false
		p.tellUnits()
	}
}

// claimStep is the state of one step of a claim, and its deadline where that
// is known.
func (v *view) claimStep(step *ClaimStep, p *pendingLine) (ClaimState, *time.Time) {
	by := v.claimBy(step, p)
	several := len(v.e.contract.Credits.Claim.Steps) > 1 // then a claim says which step it is
	for _, f := range knownFacts[*Claim](v) {
		if instant(f.Occurred) >= v.valid || !v.claimed(f, &p.line) || f.Step != step.Name && (f.Step != "" || several) {
			continue
		}
		if by == nil || v.timely(f.Occurred, step.Within, instant(*by)) {
			return ClaimMade, by
		}
	}
	if by != nil && v.valid > v.lastMoment(step.Within, instant(*by)) {
		return ClaimLapsed, by
	}
	return ClaimOpen, by
}

// deadlineArg is the deadline of a step: a date where it is the end of one.
func (v *view) deadlineArg(step *ClaimStep, by calendar.Instant) Arg {
	if last := v.lastMoment(step.Within, by); last < by {
		return DateArg("by", v.e.zone.DateAt(last))
	}
	return v.e.instantArg("by", by)
}

// claimed says whether a claim asks for a credit. One without a period asks
// for the window that ends with it; one of a period, for that window, and for
// all that end in the period where they are no months themselves: outages,
// hours, days, weeks.
func (v *view) claimed(f *Claim, l *CreditLine) bool {
	switch {
	case f.Objective != l.Objective && "convert/"+v.e.contract.oneUnit(f.Objective) != l.Objective:
		return false
	case f.For != "" && f.For != l.For && v.e.own(f.For) != l.For:
		return false
	case f.Period == "":
		return strings.HasSuffix(l.Window, claimSuffix(f))
	case f.Period == l.Window:
		return true
	}
	shape, _ := l.window.Window.shape()
	from, to, err := ParsePeriods(f.Period)
	return err == nil && (shape.months == 0 || shape.slides != slidesNot) && from.Before(l.window.To) && !to.Before(l.window.To)
}

// claimSuffix ends the name of the window that a claim finds.
func claimSuffix(f *Claim) string { return ", claim " + f.ID }

// readsClaims says whether the contract asks for claims or finds windows by
// them.
func (e *Engine) readsClaims() bool {
	if r := e.contract.Credits; r != nil && r.Claim != nil && r.Claim.Needed {
		return true
	}
	return slices.ContainsFunc(e.plans, func(p objectivePlan) bool { return e.foundByClaims(p.id) })
}

// foundByClaims says whether the windows of an objective are found by claims.
func (e *Engine) foundByClaims(objective string) bool {
	return slices.ContainsFunc(e.plans, func(p objectivePlan) bool {
		return p.id == objective && slices.ContainsFunc(p.ways(), func(w *objectivePlan) bool {
			s, _ := w.window.shape()
			return s.slides == slidesClaim
		})
	})
}

// unclaimable finds claims of a period reported for which there is no credit.
func (v *view) unclaimable(settlements []SettlementResult) {
	rules := v.e.contract.Credits
	if rules == nil || rules.Claim == nil || !rules.Claim.Needed {
		return
	}
	for _, f := range knownFacts[*Claim](v) {
		from, to, err := ParsePeriods(f.Period)
		if err != nil || instant(f.Occurred) >= v.valid {
			continue
		}
		reported, credited := false, false
		for i := range settlements {
			s := &settlements[i]
			reported = reported || s.Period.From.Before(to) && from.Before(s.Period.To) && s.State != PeriodRunning
			credited = credited || slices.ContainsFunc(s.Lines, func(l CreditLine) bool { return v.claimed(f, &l) })
		}
		if reported && !credited {
			v.found(CodeClaimWithoutCredit, f.Objective, Name("fact", f.ID), Name("objective", f.Objective), Arg{"period", ArgPeriod, f.Period})
		}
	}
}

// claimBy is the deadline of a step for a credit.
func (v *view) claimBy(step *ClaimStep, p *pendingLine) *time.Time {
	from, ok := v.anchor(step, p)
	if !ok {
		return nil
	}
	if step.Ordinal > 0 {
		d := v.e.zone.DateAt(from)
		w := periodOf(step.Window, d, v.e.termFrom)
		for range step.Ordinal {
			w = w.next(v.e.termFrom)
		}
		return ptrTo(v.e.local(v.e.zone.StartOf(w.To)))
	}
	if step.Within == nil {
		return nil
	}
	due, err := calendar.Due(from, *step.Within, v.e.zone, nil, v.e.business)
	if err != nil {
		return nil
	}
	return ptrTo(v.e.local(due))
}

// anchor is the instant a deadline is counted from; false while it is unknown.
// Of a window it is its end, or for lengths in dates its last moment: its last
// date is not counted.
func (v *view) anchor(step *ClaimStep, p *pendingLine) (calendar.Instant, bool) {
	end := p.ev.period.interval(v.e.zone).End
	if step.Within == nil || !step.Within.IsExact() {
		end--
	}
	switch a := step.After; a {
	case "", AnchorEnd:
		return end, true
	case AnchorIncident:
		first, found := calendar.MaxInstant, false
		for _, o := range knownFacts[*Outage](v) {
			if slices.Contains(p.line.Incidents, incidentOf(o)) && instant(o.Occurred) < first {
				first, found = instant(o.Occurred), true
			}
		}
		if !found {
			return end, true
		}
		return first, true
	case AnchorReport:
		at := v.reportOf(p.ev.period)
		if at == nil {
			return 0, false
		}
		return instant(*at), true
	}
	at := v.delivered(string(step.After), p.ev.period.Name)
	if at == nil {
		return 0, false
	}
	return instant(*at), true
}
