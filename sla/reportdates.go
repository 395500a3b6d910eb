package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// An AsOfError asks a stream for an instant before what it has folded away.
type AsOfError struct{ AsOf, Watermark time.Time }

// Error names both instants.
func (e *AsOfError) Error() string {
	return "the stream has been folded up to " + e.Watermark.UTC().Format(time.RFC3339) + " and cannot report as of " + e.AsOf.UTC().Format(time.RFC3339)
}

// A NoPeriodError is a report without a period: no fact touches one, and none
// was asked for.
type NoPeriodError struct{}

// Error says so.
func (*NoPeriodError) Error() string { return "no fact touches a period; say which period to report" }

// dates are those to report: as asked, else the whole settlement periods that
// the facts touch.
func (r *Run) dates(o Options) (from, to calendar.Date, err error) {
	if from, to = o.From, o.To; from == (calendar.Date{}) && to == (calendar.Date{}) {
		if from, to, err = r.datesTouched(o); err != nil {
			return from, to, err
		}
	}
	if from.AddDays(maxReportDays).Before(to) {
		return from, to, &SpanError{from, to}
	}
	return from, to, nil
}

// maxReportDays bounds a report to a century: one mistyped year must not ask
// for thousands of windows.
const maxReportDays = 36525

// A SpanError is a report of more than a century.
type SpanError struct{ From, To calendar.Date }

// Error names the dates.
func (e *SpanError) Error() string {
	return "the facts reach from " + e.From.String() + " to " + e.To.String() + ", more than a century; say which period to report"
}

// datesTouched are the settlement periods that the facts touch.
func (r *Run) datesTouched(o Options) (from, to calendar.Date, err error) {
	e, first := r.engine, r.firstMeasured()
	switch {
	case r.touched.any:
		from, _ = e.zone.Local(r.touched.from)
		to, _ = e.zone.Local(r.touched.to - 1)
		if to.Before(from) {
			to = from
		}
	case !o.AsOf.Valid.IsZero():
		from, _ = e.zone.Local(instant(o.AsOf.Valid) - 1)
		to = from
	case first == nil:
		return from, to, &NoPeriodError{}
	default:
		from, to = first.From, first.To.AddDays(-1)
	}
	if first != nil {
		from, to = earlier(from, first.From), later(to, first.To.AddDays(-1))
	}
	w := e.settlementWindow()
	from, to = periodOf(w, from, e.termFrom).From, periodOf(w, to, e.termFrom).To
	if start, _ := e.zone.Local(e.term.Start); e.term.Start != calendar.MinInstant {
		from = later(from, periodOf(w, start, e.termFrom).From)
	}
	if from.After(to) || from == to {
		return from, to, &NoPeriodError{}
	}
	return from, to, nil
}

// firstMeasured is the period of figures supplied ready-made, which touch it.
func (r *Run) firstMeasured() *Period {
	var p *Period
	for _, en := range r.store {
		for i := range en.revisions {
			name := suppliedFor(en.revisions[i].fact)
			if name == "" || en.revisions[i].refused {
				continue
			}
			from, to, err := ParsePeriods(name)
			if err != nil {
				continue
			}
			if p == nil {
				p = &Period{From: from, To: to}
			}
			p.From, p.To = earlier(p.From, from), later(p.To, to)
		}
	}
	return p
}

// suppliedFor is the period of a figure supplied ready-made, "" for any other
// fact.
func suppliedFor(f Fact) string {
	switch f := f.(type) {
	case *Measured:
		return f.Period
	case *TicketCount:
		return f.Period
	}
	return ""
}

// asOf fills in what was not said: the end of the dates reported, and all
// facts given.
func (r *Run) asOf(a AsOf, to calendar.Date) AsOf {
	if a.Valid.IsZero() {
		a.Valid = r.engine.local(r.engine.zone.StartOf(to))
	} else {
		a.Valid = r.engine.local(instant(a.Valid))
	}
	if a.Known.IsZero() {
		a.Known = a.Valid
		if r.touched.recorded > instant(a.Known) {
			a.Known = r.engine.local(r.touched.recorded)
		}
	} else {
		a.Known = r.engine.local(instant(a.Known))
	}
	return a
}

// firstDate is where evaluation begins: earlier than the dates reported where
// a cap looks back over a contract year that is not in the ledger.
func (v *view) firstDate(from calendar.Date) calendar.Date {
	first := from
	if v.e.remembers() && v.begins != nil {
		first = earlier(first, later(*v.begins, from.AddDays(-maxLookback)))
		if start := v.e.contract.Term; start != nil {
			first = later(first, earlier(periodOf(v.e.settlementWindow(), start.From, start.From).From, from))
		}
	}
	for _, l := range v.e.limitsOf() {
		first = earlier(first, v.limitFrom(l, from))
	}
	if v.prior != nil && v.prior.SettledThrough != nil {
		first = later(first, *v.prior.SettledThrough)
	}
	return earlier(first, from)
}

// maxLookback is how many days before the dates reported are looked at for
// conditions that count windows: ten years.
const maxLookback = 3660

// begins is the first date that facts touch; nil when they touch none.
func (r *Run) begins() *calendar.Date {
	var first *calendar.Date
	if r.touched.any {
		d, _ := r.engine.zone.Local(r.touched.from)
		first = &d
	}
	if m := r.firstMeasured(); m != nil && (first == nil || m.From.Before(*first)) {
		first = &m.From
	}
	return first
}

// remembers says whether the contract counts over several windows, so that the
// whole record matters.
func (e *Engine) remembers() bool {
	c := e.contract
	return len(c.Terminations) > 0 || len(c.Bonuses) > 0 || c.Credits != nil && c.Credits.EarnBack != nil ||
		slices.ContainsFunc(c.allObjectives(), func(o *Objective) bool { return o.Repeat != nil || o.Ratchet != nil })
}
