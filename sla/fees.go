package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Fees: what is due for a service in a period (semantics 5, step 1). A fee is
// prorated by calendar day where the term cuts the period or the volume
// changes in it.

// fee is what a service costs in a period, or would cost if the term filled it: the
// sum over its months.
func (v *view) fee(service string, p Period, beyondTerm bool) credits.Amount {
	key := feeOf{service, p.From, p.To, beyondTerm}
	if known, ok := v.fees[key]; ok {
		return known
	}
	total, s, agreed := v.zero(), v.e.services[service], v.agreedFees(service)
	volumes, from, to := v.volumes(s), p.From, p.To
	if !beyondTerm {
		from, to = v.inTerm(p)
	}
	for m, last := v.feeMonths(p, agreed); !m.After(last); {
		next := dayOf(m.Year()*12+int(m.Month()), m.Day())
		if fee := agreed[m]; fee != nil {
			days := earlier(next, p.To).DaysSince(later(m, p.From))
			total = plus(total, fee.Amount.Exact().Times(part(days, next.DaysSince(m))))
		} else if s != nil && s.Fee != nil {
			units := volumes.daily(later(m, from), earlier(next, to))
			unit, once := s.monthlyRate()
			total = plus(total, unit.Times(part(units, next.DaysSince(m))))
			if once.Exact.Sign() > 0 {
				days := max(0, earlier(next, to).DaysSince(later(m, from)))
				total = plus(total, once.Times(part(days, next.DaysSince(m))))
			}
		}
		m = next
	}
	v.fees[key] = total
	return total
}

// feeMonths are the first dates of the first and the last month whose fees a
// period has: of the calendar, or of the bill where the period is such a month
// and no fee was agreed for one of the calendar.
func (v *view) feeMonths(p Period, agreed map[calendar.Date]*AgreedFee) (first, last calendar.Date) {
	end := p.To.AddDays(-1)
	first, last = firstOf(p.From.Year(), int(p.From.Month())), firstOf(end.Year(), int(end.Month()))
	s, _ := p.Window.shape()
	if s.day > 1 && p.months() == 1 && agreed[first] == nil && agreed[last] == nil {
		return p.From, p.From
	}
	return first, last
}

// inTerm cuts the dates of a period at those of the term.
func (v *view) inTerm(p Period) (from, to calendar.Date) {
	from = p.From
	if v.e.term.Start != calendar.MinInstant {
		from = later(from, v.e.zone.DateAt(v.e.term.Start))
	}
	return from, v.lastDate(p.To)
}

// agreedFees are the amounts that facts say a service costs in months, by their
// first dates: they stand in the place of the contract's. Of several for a month
// the first counts.
func (v *view) agreedFees(service string) map[calendar.Date]*AgreedFee {
	var out map[calendar.Date]*AgreedFee
	for _, f := range knownFacts[*AgreedFee](v) {
		if v.e.own(f.Service) != service {
			continue
		}
		first, _, err := ParsePeriods(f.Period)
		if err != nil || out[first] != nil {
			continue
		}
		if out == nil {
			out = map[calendar.Date]*AgreedFee{}
		}
		out[first] = f
	}
	return out
}

// dayOfFee is the worth of a day of a base (rule C6): a part of the month, whatever
// days of it are in the term. A window that is no number of months speaks of the
// month in which it ends, or is divided by its calendar days.
func (v *view) dayOfFee(b Base, ev *evaluated, window Period) (day credits.Amount, base feeBase) {
	rule := v.e.contract.DayOfFee
	of := v.baseWindow(b, window)
	if rule != DayCalendar && of.months() == 0 {
		of = periodOf(CalendarMonth, v.countsOn(of), v.e.termFrom)
		b, window = b.withinWindow(), of
	}
	whole := *ev
	whole.beyondTerm = true
	base = v.baseOf(b, &whole, window)
	switch rule {
	case DayThirtieth:
		return base.amount.Times(part(1, 30*of.months())), base
	case DayYear:
		return base.amount.Times(part(12, 365*of.months())), base
	}
	return base.amount.Times(part(1, of.To.DaysSince(of.From))), base
}

// withinWindow is a base of the window that is judged, whatever it says.
func (b Base) withinWindow() Base {
	b.Window, b.Trailing, b.Shift, b.And = "", nil, 0, slices.Clone(b.And)
	for i := range b.And {
		b.And[i] = b.And[i].withinWindow()
	}
	return b
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

// feeOf is a service between two dates.
type feeOf struct {
	service    string
	from, to   calendar.Date
	beyondTerm bool
}

// feesKnown are fees worked out before.
type feesKnown map[feeOf]credits.Amount

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
