package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Fees: what is due for a service in a period (semantics 5, step 1). A fee is
// prorated by calendar day where the term cuts the period or the volume
// changes in it.

// feeBase is an amount that a share is taken of, and whose fee it is.
type feeBase struct {
	amount credits.Amount
	of     string
}

// base is the amount a base names, for the service judged and a window.
func (v *view) base(b Base, service string, window Period) feeBase {
	p := window
	if b.Window != "" {
		p = periodOf(b.Window, window.From, v.e.termFrom)
	}
	switch b.Service {
	case "":
		total := v.zero()
		for _, s := range v.e.contract.Services {
			total = plus(total, v.fee(s.Name, p))
		}
		return feeBase{total, ""}
	case TheService:
		return feeBase{v.fee(service, p), service}
	}
	return feeBase{v.fee(b.Service, p), b.Service}
}

func (v *view) zero() credits.Amount { return credits.Amount{Currency: v.e.currency} }

// plus adds amounts of the contract's one currency; [Check] refuses others.
func plus(a, b credits.Amount) credits.Amount {
	sum, err := a.Add(b)
	if err != nil {
		return a
	}
	return sum
}

// fee is what a service costs in a period: the sum over its calendar months.
func (v *view) fee(service string, p Period) credits.Amount {
	total := v.zero()
	for _, m := range periods(CalendarMonth, p.From, p.To, v.e.termFrom) {
		total = plus(total, v.monthFee(service, m, p))
	}
	return total
}

// monthFee is the fee of the part of a month that lies in a period and in the
// term. A fee agreed for the month stands in the place of the contract's.
func (v *view) monthFee(service string, m, within Period) credits.Amount {
	from, to := later(m.From, within.From), earlier(m.To, within.To)
	days := m.To.DaysSince(m.From)
	if agreed := v.agreedFee(service, m); agreed != nil {
		return agreed.Amount.Exact().Times(part(to.DaysSince(from), days))
	}
	s := v.e.services[service]
	if s == nil || s.Fee == nil {
		return v.zero()
	}
	total := v.zero()
	rate := s.Fee.Amount.Exact().Times(perMonth(s.Fee.Per))
	for d := from; d.Before(to); d = d.AddDays(1) {
		if !v.inTerm(d) {
			continue
		}
		n := 1
		for n < to.DaysSince(d) && v.inTerm(d.AddDays(n)) && v.units(s, d.AddDays(n)) == v.units(s, d) {
			n++
		}
		total = plus(total, rate.Times(credits.Int(int64(v.units(s, d)))).Times(part(n, days)))
		d = d.AddDays(n - 1)
	}
	return total
}

func part(n, of int) credits.Ratio {
	r, _ := credits.NewRatio(int64(n), int64(max(1, of)))
	return r
}

func perMonth(p FeePer) credits.Ratio {
	switch p {
	case PerQuarter:
		return part(1, 3)
	case PerYear:
		return part(1, 12)
	}
	return credits.Int(1)
}

func (v *view) inTerm(d calendar.Date) bool {
	day := v.e.zone.Day(d)
	return !day.Intersect(v.e.term).IsEmpty()
}

// units is the volume of a service on a date: 1 for a flat fee, else the last
// one said by then.
func (v *view) units(s *Service, d calendar.Date) int {
	if s.Fee.Unit == "" {
		return 1
	}
	n, end := s.Fee.Volume, v.e.zone.Day(d).End
	var last time.Time
	for _, f := range knownFacts[*Volume](v) {
		if v.e.own(f.Service) == s.Name && instant(f.Occurred) < end && !f.Occurred.Before(last) {
			n, last = f.Units, f.Occurred
		}
	}
	return n
}

func (v *view) agreedFee(service string, m Period) *AgreedFee {
	for _, f := range knownFacts[*AgreedFee](v) {
		if v.e.own(f.Service) == service && f.Period == m.Name {
			return f
		}
	}
	return nil
}

func later(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b calendar.Date) calendar.Date {
	if b.Before(a) {
		return b
	}
	return a
}
