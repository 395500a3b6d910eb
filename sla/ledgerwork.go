package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// A limit on work of a year is used up over its months, and a month may be
// evaluated without the facts of those before it: the ledger remembers what
// each used (semantics 6).

// A LedgerWork is the time of a kind of work that was within its limits in a
// settled period.
type LedgerWork struct {
	Period  calendar.Date `json:"period"`
	Service string        `json:"service"`
	Work    string        `json:"work"`
	// Nanoseconds is how long it was.
	Nanoseconds int64 `json:"nanoseconds"`
}

// used is what work of a kind used of a service's limits in an interval before,
// as far as the facts at hand do not show it themselves.
func (v *view) used(service, kind string, within calendar.Interval, asked calendar.Set) (sum time.Duration) {
	if v.prior == nil {
		return 0
	}
	for _, w := range v.prior.Work {
		span := periodOf(v.e.settlementWindow(), w.Period, v.e.termFrom).interval(v.e.zone)
		if w.Service == service && w.Work == kind && within.Contains(span.Start) {
			sum += max(0, time.Duration(w.Nanoseconds)-asked.Within(span).Measure())
		}
	}
	return sum
}

// workLedger is what work used in settled periods: as remembered, and as the
// facts at hand show where that is more.
func (v *view) workLedger(settled []LedgerPeriod) (out []LedgerWork) {
	if v.prior != nil {
		out = slices.Clone(v.prior.Work)
	}
	for i := range v.e.contract.Maintenance {
		m := &v.e.contract.Maintenance[i]
		if len(m.Limits) == 0 {
			continue
		}
		for s := range v.e.contract.Services {
			service := v.e.contract.Services[s].Name
			within := v.worked(service, m).within
			for _, p := range settled {
				span := periodOf(v.e.settlementWindow(), p.Period, v.e.termFrom).interval(v.e.zone)
				n := LedgerWork{Period: p.Period, Service: service, Work: m.Kind, Nanoseconds: int64(within.Within(span).Measure())}
				at, known := slices.BinarySearchFunc(out, n, compareWork)
				switch {
				case known:
					out[at].Nanoseconds = max(out[at].Nanoseconds, n.Nanoseconds)
				case n.Nanoseconds > 0:
					out = slices.Insert(out, at, n)
				}
			}
		}
	}
	return out
}

// compareWork puts them in order of period, service and kind.
func compareWork(a, b LedgerWork) int {
	return cmp.Or(a.Period.Compare(b.Period), cmp.Compare(a.Service, b.Service), cmp.Compare(a.Work, b.Work))
}
