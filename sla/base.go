package sla

import (
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Bases: the amounts that shares are taken of (rule A2).

// feeBase is an amount that a share is taken of, and whose it is.
type feeBase struct {
	amount credits.Amount
	of     string
	// unit is set where the amount is no money; missing names a fact that the
	// amount needs and that was not supplied.
	unit, missing string
	steps         []Step
}

// base is the amount a base names, for the service judged and a window.
func (v *view) base(b Base, service string, window Period) feeBase {
	return v.baseOf(b, &evaluated{service: service}, window)
}

// baseOf is base for a window that was evaluated, whose lost time it may
// speak of.
func (v *view) baseOf(b Base, ev *evaluated, window Period) feeBase {
	lostOf := window
	if b.Lost {
		if lostOf = v.lostOf(b, window); b.Window == "" {
			window = lostOf
		}
	}
	out := v.termOf(b, ev, v.baseWindow(b, window))
	for _, more := range b.And {
		next := v.termOf(more, ev, v.baseWindow(more, window))
		out.amount = plus(out.amount, next.amount)
		out.missing = orDefault(out.missing, next.missing)
	}
	if b.Lost && out.missing == "" && ev.plan != nil {
		down, of := v.lost(ev)
		if lostOf.Window != ev.period.Window {
			of = inSeconds(measure.Exact(v.agreedTime(ev.plan, ev.subject, lostOf).Measure()))
		}
		down = beyond(down, ev.plan.allowance(of), b.BeyondAllowance, b.Beyond)
		if lost, err := down.Quo(of); err == nil {
			whole := out.amount
			out.amount = whole.Times(lost)
			out.steps = append(out.steps, Step{Code: "lost-time", Clause: ev.plan.id + "/credit", Args: []Arg{
				Money("fee", v.shownBase(whole)), Duration("down", secondsOf(down)), Duration("of", secondsOf(of)), Name("of-service", out.of),
			}})
		}
	}
	return out
}

// lostOf is the window of which time was lost: the one judged, or a longer one of
// the kind whose fee is taken; of an outage or an hour, which may be lost whole,
// the month.
func (v *view) lostOf(b Base, judged Period) Period {
	w := b.Window
	if w == "" && (judged.Window == EachOutage || judged.Window == ClockHour) {
		w = CalendarMonth
	}
	if !w.Tiles() || daysOf(w) <= daysOf(judged.Window) {
		return judged
	}
	return periodOf(w, v.countsOn(judged), v.e.termFrom)
}

// secondsOf shows a number of seconds, cut to the nanosecond.
func secondsOf(r credits.Ratio) time.Duration {
	return time.Duration(measure.Floor(r.Mul(measure.Exact(time.Second))))
}

// baseWindow is the window whose amount a base speaks of.
func (v *view) baseWindow(b Base, window Period) Period {
	p := window
	switch {
	case b.Trailing != nil:
		return v.trailing(*b.Trailing, window)
	case b.Window == TheTerm:
		return v.wholeTerm(window)
	case b.Window != "":
		p = periodOf(b.Window, v.countsOn(window), v.e.termFrom) // that in which it ends
	}
	switch b.Shift {
	case -1:
		return periodOf(p.Window, p.From.AddDays(-1), v.e.termFrom)
	case 1:
		return p.next(v.e.termFrom)
	}
	return p
}

// wholeTerm is the term as one period.
func (v *view) wholeTerm(window Period) Period {
	p := Period{Window: TheTerm, Name: "term", From: window.From, To: window.To}
	if v.e.term.Start != calendar.MinInstant {
		p.From, _ = v.e.zone.Local(v.e.term.Start)
	}
	if t := v.e.contract.Term; t != nil {
		if end, err := endOf(t.From, t.Length); err == nil {
			p.To = end
		}
	}
	return p
}

// trailing is a time that ends with a window: months are whole ones of the
// calendar, days dates.
func (v *view) trailing(l calendar.Length, window Period) Period {
	p := Period{Window: window.Window, Name: l.String(), From: window.To.AddDays(-l.Count()), To: window.To}
	if l.Unit() == calendar.Months {
		if from, ok := window.To.AddMonths(-l.Count()); ok {
			p.From = from
		}
	}
	return p
}

// termOf is one amount of a base.
func (v *view) termOf(b Base, ev *evaluated, p Period) feeBase {
	service := b.Service
	if service == TheService {
		service = ev.owner()
	}
	switch b.Of {
	case BaseNamed:
		if pool := v.e.contract.poolNamed(b.Name); pool != nil {
			out := v.baseOf(pool.Base, ev, p)
			out.amount, out.of = out.amount.Times(pool.Pays.Ratio()), pool.Name
			return out
		}
		n, ok := v.quantity(b.Name, ev.owner(), p)
		out := feeBase{amount: credits.Amount{Exact: n, Currency: v.e.currency}, of: b.Name}
		if q := v.e.contract.quantityNamed(b.Name); q != nil && !q.IsMoney() {
			out.unit = q.Unit
		}
		if !ok {
			out.missing = b.Name
		}
		return out
	case BaseCharges:
		return v.charges(b, v.billed(b, service), p)
	}
	if service == "" {
		total := v.zero()
		for _, s := range v.e.contract.Services {
			total = plus(total, v.fee(s.Name, p, ev.beyondTerm))
		}
		return feeBase{amount: total}
	}
	out := feeBase{amount: v.zero(), of: strings.Join(v.billed(b, service), ", ")}
	for _, s := range v.billed(b, service) {
		out.amount = plus(out.amount, v.fee(s, p, ev.beyondTerm))
	}
	return out
}

// billed are the services whose amounts a base takes; none means all.
func (v *view) billed(b Base, service string) []string {
	switch {
	case service == "":
		return nil
	case b.Dependents:
		return v.e.contract.dependents(service)
	}
	return []string{service}
}

// charges are lines that were invoiced for a period.
func (v *view) charges(b Base, services []string, p Period) feeBase {
	out := feeBase{amount: v.zero(), of: orDefault(strings.Join(services, ", "), strings.Join(b.Lines, ", ")), missing: orDefault(strings.Join(b.Lines, ", "), "charges")}
	for _, f := range knownFacts[*ChargeFact](v) {
		from, to, err := ParsePeriods(f.Period)
		if err != nil || from.Before(p.From) || to.After(p.To) || len(services) > 0 && !slices.Contains(services, v.e.own(f.Service)) {
			continue
		}
		if len(b.Lines) == 0 || slices.Contains(b.Lines, f.What) {
			out.amount, out.missing = plus(out.amount, f.Amount.Exact()), ""
		}
	}
	return out
}

func (c *Contract) poolNamed(name string) *Pool {
	for i := range c.Pools {
		if c.Pools[i].Name == name {
			return &c.Pools[i]
		}
	}
	return nil
}

func (c *Contract) quantityNamed(name string) *QuantityRule {
	for i := range c.Quantities {
		if c.Quantities[i].Name == name {
			return &c.Quantities[i]
		}
	}
	return nil
}
