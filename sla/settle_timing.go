package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// When a period settles, and which invoice carries its credit.

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
