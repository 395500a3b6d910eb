package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Exposure is what a contract can cost before anything has happened (R075):
// each objective at its worst in every window, taken through the steps of a
// settlement by the same code that settles.

// ExposureSchema names the JSON form of an [Exposure].
const ExposureSchema = "sla-exposure/1"

// An Exposure says what a contract can cost at the worst: it is plain data.
type Exposure struct {
	Schema   string `json:"schema"`
	Contract string `json:"contract"`
	// From and To are the first date of the year looked at and the first date
	// behind it: the first contract year, or 2026 where the contract has no
	// term.
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
	// Settled is the step in which credits are settled.
	Settled Window `json:"settled"`
	// Services has the worst of each service, as if every other kept all
	// promises; For is empty for objectives about several together.
	Services []ServiceExposure `json:"services,omitempty"`
	// Total is the worst of all together.
	Total WorstCase     `json:"total"`
	Caps  []CapExposure `json:"caps,omitempty"`
	// Curves are the credits of the objectives by what is measured, before caps.
	Curves []CreditCurve `json:"curves,omitempty"`
	// Unknown lists what no amount can be given for; the amounts are those
	// without it.
	Unknown []UnknownCredit `json:"unknown,omitempty"`
}

// A ServiceExposure is the worst of one service.
type ServiceExposure struct {
	For   string    `json:"for,omitempty"`
	Worst WorstCase `json:"worst"`
}

// A WorstCase is the most that credits can come to in a month, a quarter and a
// year; nil where settlements are further apart.
type WorstCase struct {
	Month   *WorstAmount `json:"month,omitempty"`
	Quarter *WorstAmount `json:"quarter,omitempty"`
	Year    *WorstAmount `json:"year,omitempty"`
}

// A WorstAmount is the most that can be posted for a run of settlement periods.
type WorstAmount struct {
	// Amount is nil where nothing limits it.
	Amount *credits.Money `json:"amount,omitempty"`
	// Unlimited says that it grows with a number that nothing bounds, such as
	// that of late tickets, and that no cap cuts it.
	Unlimited bool `json:"unlimited,omitempty"`
	// Unknown says that some credit could not be determined: the amount is
	// that without it.
	Unknown bool `json:"unknown,omitempty"`
	// From and To are the dates of the worst run.
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
}

// A CapExposure says whether and when a cap is reached.
type CapExposure struct {
	// Cap is its id, For the service where each has its own.
	Cap   string        `json:"cap"`
	For   string        `json:"for,omitempty"`
	Limit credits.Money `json:"limit"`
	// CutsFrom is the number of the settlement period in which it first cuts, if
	// everything is at its worst from the first on; 0 where it never does.
	CutsFrom int `json:"cutsFrom,omitempty"`
	// Alone lists the objectives that reach it by themselves in one period, and
	// the mildest number with which they do.
	Alone []ReachedBy `json:"alone,omitempty"`
}

// A ReachedBy is an objective that alone reaches a cap.
type ReachedBy struct {
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	// At is the measured number as shown; empty where it takes more of
	// something that nothing bounds.
	At string `json:"at,omitempty"`
}

// A CreditCurve is the credit of an objective by what is measured, in one
// window and before caps.
type CreditCurve struct {
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	Period    Period `json:"period"`
	// Each is the thing that nothing bounds of which amounts are for one: a
	// [Thing], a kind of part or a window.
	Each   string       `json:"each,omitempty"`
	Points []CurvePoint `json:"points"`
}

// A CurvePoint is one measured number and its credit, from the best to the
// worst; between two points the credit lies between theirs.
type CurvePoint struct {
	Exact   string        `json:"exact"`
	Shown   string        `json:"shown"`
	Verdict Verdict       `json:"verdict"`
	Credit  credits.Money `json:"credit"`
	// Units are those of the contract's own: "2 service-point".
	Units []string `json:"units,omitempty"`
	// Unknown says that the credit cannot be determined.
	Unknown bool `json:"unknown,omitempty"`
}

// An UnknownCredit is a credit for which no amount can be given, and why.
type UnknownCredit struct {
	Objective string `json:"objective"`
	For       string `json:"for,omitempty"`
	Why       Step   `json:"why"`
}

// Exposure works out the worst that the contract can cost. It assumes that all
// misses have causes of their own, that every credit is claimed, and the
// volumes that the contract writes.
func (e *Engine) Exposure() (*Exposure, error) {
	run, err := e.Open(nil)
	if err != nil {
		return nil, err
	}
	from, to := e.yearOfExposure()
	at := e.local(e.zone.StartOf(from))
	x := exposing{view: run.look(AsOf{Valid: at, Known: at})}
	x.dearest = true
	for _, p := range periods(e.settlementWindow(), from, to, e.termFrom) {
		if !p.To.After(to) && !p.interval(e.zone).Intersect(e.term).IsEmpty() {
			x.periods = append(x.periods, p)
		}
	}
	if err := x.gather(from, to); err != nil {
		return nil, err
	}
	out := &Exposure{Schema: ExposureSchema, Contract: e.contract.ID, From: from, To: to, Settled: e.settlementWindow()}
	all := x.worstCase(x.evs)
	out.Total = all
	for _, service := range x.services() {
		out.Services = append(out.Services, ServiceExposure{service, x.worstCase(x.of(func(ev *evaluated) bool { return ev.service == service }))})
	}
	out.Caps = x.caps()
	out.Curves = x.curves()
	out.Unknown = x.unknown()
	return out, nil
}

// yearOfExposure is the first contract year, or the year of reference.
func (e *Engine) yearOfExposure() (from, to calendar.Date) {
	if e.contract.Term == nil {
		return reference()
	}
	from = e.termFrom
	if w := e.settlementWindow(); w.Tiles() {
		from = periodOf(w, from, e.termFrom).From
	}
	to, _ = from.AddMonths(12)
	return from, to
}

// exposing is a view without facts, and the windows of a year at their worst.
type exposing struct {
	*view
	periods []Period
	evs     []evaluated
	// boundless are the windows whose credit is for each of something that
	// nothing bounds.
	boundless map[string]bool
}

// services are those that have a credit.
func (x *exposing) services() []string {
	var out []string
	for i := range x.evs {
		if s := x.evs[i].service; !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

func (x *exposing) of(keep func(*evaluated) bool) []evaluated {
	var out []evaluated
	for i := range x.evs {
		if keep(&x.evs[i]) {
			out = append(out, x.evs[i])
		}
	}
	return out
}
