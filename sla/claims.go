package sla

import (
	"slices"
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
// has lapsed takes no room in a cap.
func (v *view) claims(s *SettlementResult, lines []pendingLine) {
	rules := v.e.contract.Credits
	if rules == nil || rules.Claim == nil || !rules.Claim.Needed {
		return
	}
	for i := range lines {
		p := &lines[i]
		if p.exact.Exact.Sign() <= 0 && len(p.units) == 0 {
			continue
		}
		p.line.Claim = ClaimMade
		for j := range rules.Claim.Steps {
			step := &rules.Claim.Steps[j]
			state, by := v.claimStep(step, p)
			if by != nil && (p.line.ClaimBy == nil || by.Before(*p.line.ClaimBy)) && state != ClaimMade {
				p.line.ClaimBy = by
			}
			if state == ClaimLapsed || state == ClaimOpen && p.line.Claim == ClaimMade {
				p.line.Claim = state
			}
		}
		if p.line.Claim != ClaimLapsed {
			continue
		}
		args := []Arg{Money("credit", p.line.Credit)}
		if p.line.ClaimBy != nil {
			args = append(args, v.e.instantArg("by", instant(*p.line.ClaimBy)))
		}
		p.set(v.zero(), v.e.rounding, Step{Code: "claim-lapsed", Clause: "credits/claim", Args: args})
		p.units = nil
	}
}

// claimStep is the state of one step of a claim, and its deadline where that
// is known.
func (v *view) claimStep(step *ClaimStep, p *pendingLine) (ClaimState, *time.Time) {
	by := v.claimBy(step, p)
	several := len(v.e.contract.Credits.Claim.Steps) > 1 // then a claim says which step it is
	for _, f := range knownFacts[*Claim](v) {
		if f.Objective != p.line.Objective || f.Period != "" && f.Period != p.line.Window || f.Step != step.Name && (f.Step != "" || several) {
			continue
		}
		if by == nil || instant(f.Occurred) <= instant(*by) {
			return ClaimMade, by
		}
	}
	if by != nil && v.valid > instant(*by) {
		return ClaimLapsed, by
	}
	return ClaimOpen, by
}

// claimBy is the deadline of a step for a credit.
func (v *view) claimBy(step *ClaimStep, p *pendingLine) *time.Time {
	from, ok := v.anchor(step.After, p)
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
func (v *view) anchor(a Anchor, p *pendingLine) (calendar.Instant, bool) {
	end := p.ev.period.interval(v.e.zone).End - 1
	switch a {
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
	at := v.delivered(string(a), p.ev.period.Name)
	if at == nil {
		return 0, false
	}
	return instant(*at), true
}
