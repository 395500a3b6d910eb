package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
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
	// After is the number of the settlement period in which it first cuts, if
	// everything is at its worst from the first on; 0 where it never does.
	After int `json:"after,omitempty"`
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

// gather makes the windows of all objectives with a credit.
func (x *exposing) gather(from, to calendar.Date) error {
	x.boundless = map[string]bool{}
	for i := range x.e.plans {
		p := &x.e.plans[i]
		if p.written == nil || p.written.Credit == nil && len(p.written.Plus) == 0 {
			continue
		}
		for _, service := range p.services {
			s := subject{service: service}
			for _, w := range x.windowsAtWorst(p, s, from, to) {
				span := w.interval(x.e.zone).Intersect(x.e.term)
				if span.IsEmpty() {
					continue
				}
				if p.agreed != nil {
					if err := p.agreed.Check(span); err != nil {
						return &EvaluationError{err}
					}
				}
				x.evs = append(x.evs, x.at(p, s, w, nil))
			}
		}
		x.boundless[p.id] = p.written.boundless() || p.written.grows()
	}
	slices.SortStableFunc(x.evs, func(a, b evaluated) int { return cmp.Compare(a.period.Name, b.period.Name) })
	return nil
}

// windowsAtWorst are the windows of an objective in the year; of those that
// facts make, one for each settlement period stands for all.
func (x *exposing) windowsAtWorst(p *objectivePlan, s subject, from, to calendar.Date) []Period {
	if shape, _ := p.window.shape(); shape.slides == slidesOutage || shape.slides == slidesClaim {
		return slices.Clone(x.periods)
	}
	return x.windowsOf(p, s, from, to)
}

// boundless says that the credit of an objective grows with a number that
// nothing bounds: of tickets, outages, claims or parts.
func (o *Objective) boundless() bool {
	if shape, _ := o.Measure.Window.shape(); shape.slides == slidesOutage || shape.slides == slidesClaim || o.ForEach != "" && o.ForEach != "service" {
		return true
	}
	for _, c := range o.priced() {
		if c.Each == nil {
			continue
		}
		switch c.Each.Thing {
		case ThingLateTicket, ThingLateness:
			return true
		case ThingOutage:
			if o.Measure.Kind != MeasureOutages || c.Each.LongerThan != nil {
				return true
			}
		case ThingOutages:
			if c.Each.Counted == credits.Started {
				return true
			}
		}
	}
	return false
}

// grows says that what is measured is itself a number that nothing bounds and
// that the credit is for each of.
func (o *Objective) grows() bool {
	return o.Measure.Kind == MeasureOutages && !o.boundless() && slices.ContainsFunc(o.priced(), func(c pricedCredit) bool { return c.Each != nil })
}

// components are the credit of an objective and what is added to it.
func (o *Objective) components() []*Credit {
	var out []*Credit
	if o.Credit != nil {
		out = append(out, o.Credit)
	}
	for i := range o.Plus {
		out = append(out, &o.Plus[i])
	}
	return out
}

// many stands for a number that nothing bounds.
const many = 1_000_000_000_000

// at is a window with a measured value; nil is the worst there is.
func (x *exposing) at(p *objectivePlan, s subject, w Period, value *credits.Ratio) evaluated {
	ev := p.begin(s, w)
	agreed := x.agreedTime(p, s, w).Measure()
	if value == nil {
		value = ptrTo(x.worst(p, agreed))
	}
	ev.exact, ev.value, ev.hasValue = *value, p.compared(*value), true
	ev.result.Verdict = p.verdict(ev.value)
	if p.kind == MeasureVerdict {
		ev.result.Verdict = Missed
	}
	switch p.kind {
	case MeasureAvailability:
		ev.of = agreed
		ev.down = credits.Int(1).Sub(*value).Mul(measure.Exact(agreed))
	case MeasureDowntime:
		ev.of = agreed
		ev.down = value.Mul(measure.Exact(time.Second))
	case MeasureOutages:
		ev.of, ev.down = agreed, measure.Exact(agreed)
	}
	if ev.of > 0 && ev.down.Sign() > 0 && !p.written.grows() {
		ev.runs = []credits.Ratio{ev.down}
	}
	if len(p.promises) > 0 && ev.result.Verdict == Missed {
		ev.late = []lateClock{{promise: p.longest(x.e), service: s.service, overdue: time.Second}}
		for _, c := range p.written.priced() {
			if c.Each != nil && c.Each.LongerThan != nil {
				ev.late[0].overdue = max(ev.late[0].overdue, c.Each.LongerThan.Duration()+time.Second)
			}
		}
		ev.total = 1
	}
	return ev
}

// longest is the promise of an objective that gives most time.
func (p *objectivePlan) longest(e *Engine) int {
	return slices.MaxFunc(p.promises, func(a, b int) int {
		order, _ := compareLengths(e.promises[a].within, e.promises[b].within)
		return order
	})
}

// worst is the number furthest on the wrong side of a target.
func (x *exposing) worst(p *objectivePlan, agreed time.Duration) credits.Ratio {
	upward := p.op.Upward() || p.level == nil && unitOf(p.kind) == "share"
	switch unit := unitOf(p.kind); {
	case upward && unit == "quantity":
		return credits.Int(-many)
	case upward:
		return credits.Ratio{}
	case unit == "share":
		return credits.Int(1)
	case p.kind == MeasureDowntime:
		return inSeconds(measure.Exact(agreed))
	}
	return credits.Int(many)
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

// fold settles some settlement periods with nothing before them; what nothing
// bounds is taken so many times.
func (x *exposing) fold(periods []Period, evs []evaluated, times int64) []SettlementResult {
	var out []SettlementResult
	var posted, waiting []PostedCredit
	h := x.remember(evs, nil)
	for _, p := range periods {
		s, now, waits := x.settleWorst(p, evs, round{h, posted, waiting}, credits.Int(times))
		posted, waiting = append(posted, now...), waits
		out = append(out, s)
	}
	return out
}

// settleWorst is the settlement of a period in which everything was claimed
// and no two misses had one cause.
func (x *exposing) settleWorst(p Period, evs []evaluated, in round, times credits.Ratio) (SettlementResult, []PostedCredit, []PostedCredit) {
	s := SettlementResult{Period: p, BeforeCaps: credits.Zero(x.e.currency), Total: credits.Zero(x.e.currency)}
	lines := x.scheduled(p, evs)
	for i := range lines {
		if l := &lines[i]; x.boundless[l.ev.plan.id] {
			l.exact = l.exact.Times(times)
			l.line.Credit = l.exact.Round(x.e.rounding)
			for u := range l.units {
				l.units[u] = l.units[u].Mul(times)
			}
		}
	}
	x.repeat(lines, in.h)
	lines = append(lines, x.convert(p, lines)...)
	lines = x.dearestOnce(p, lines, in)
	lines = append(lines, x.carried(in.waiting)...)
	for i := range lines {
		lines[i].line.Posted = lines[i].line.Credit
	}
	waits := x.limits(&s, p, lines, in)
	var now []PostedCredit
	for _, l := range lines {
		s.Total.Amount = s.Total.Amount.Add(l.line.Posted.Amount)
		s.Lines = append(s.Lines, l.line)
		if l.line.Undetermined {
			s.Undetermined = append(s.Undetermined, l.line.ID)
		}
		now = append(now, PostedCredit{Period: p.From, Objective: l.line.Objective, For: l.line.For, Amount: l.line.Posted})
	}
	return s, now, waits
}

// dearestOnce keeps one credit of each service or of the period, where only the
// highest counts: at the worst only the one is missed that costs most once
// the caps are through, which need not be the highest before them.
func (x *exposing) dearestOnce(p Period, lines []pendingLine, in round) []pendingLine {
	rules := x.e.contract.Credits
	if rules == nil || !rules.SameService && !rules.SamePeriod {
		return lines
	}
	best, most := map[string]int{}, map[string]credits.Money{}
	var groups []string
	for i := range lines {
		key := lines[i].line.For
		if rules.SamePeriod {
			key = ""
		}
		alone := slices.Clone(lines[i : i+1])
		alone[0].line.Posted = alone[0].line.Credit
		x.limits(&SettlementResult{}, p, alone, in)
		had, ok := most[key]
		if !ok {
			groups = append(groups, key)
		}
		if posted := alone[0].line.Posted; !ok || posted.Amount.GreaterThan(had.Amount) {
			best[key], most[key] = i, posted
		}
	}
	var out []pendingLine
	for _, key := range groups {
		out = append(out, lines[best[key]])
	}
	return out
}

// worstCase is the worst of some windows in a month, a quarter and a year.
func (x *exposing) worstCase(evs []evaluated) WorstCase {
	month, quarter, year := x.runs()
	return WorstCase{x.worstRun(evs, month), x.worstRun(evs, quarter), x.worstRun(evs, year)}
}

// runs are how many settlement periods can end in a month, a quarter and a
// year; 0 where settlements are further apart.
func (x *exposing) runs() (month, quarter, year int) {
	s, _ := x.e.settlementWindow().shape()
	switch {
	case s.months > 0:
		return 1 / s.months, 3 / s.months, 12 / s.months
	case s.days == 7:
		return 5, 14, 53
	}
	return 31, 92, 366
}

// worstRun is the dearest run of so many settlement periods in the year.
func (x *exposing) worstRun(evs []evaluated, n int) *WorstAmount {
	if n == 0 || len(x.periods) == 0 {
		return nil
	}
	n = min(n, len(x.periods))
	var worst *WorstAmount
	for first := 0; first+n <= len(x.periods); first++ {
		run := x.periods[first : first+n]
		once, unknown := total(x.fold(run, evs, many))
		w := &WorstAmount{Amount: &credits.Money{Amount: once.Amount, Currency: x.e.currency}, Unknown: unknown, From: run[0].From, To: run[n-1].To}
		if twice, _ := total(x.fold(run, evs, 2*many)); !twice.Equal(once) {
			w.Amount, w.Unlimited = nil, true
			return w
		}
		if worst == nil || w.Amount.Amount.GreaterThan(worst.Amount.Amount) {
			worst = w
		}
	}
	return worst
}

func total(settled []SettlementResult) (sum credits.Money, unknown bool) {
	for _, s := range settled {
		sum.Currency = s.Total.Currency
		sum.Amount = sum.Amount.Add(s.Total.Amount)
		unknown = unknown || len(s.Undetermined) > 0
	}
	return sum, unknown
}

// unknown lists the credits that cannot be determined, once each.
func (x *exposing) unknown() []UnknownCredit {
	var out []UnknownCredit
	seen := map[string]bool{}
	for _, s := range x.fold(x.periods, x.evs, 1) {
		for _, l := range s.Lines {
			for _, step := range l.Why {
				key := l.Objective + "\x00" + l.For + "\x00" + step.Code + "\x00" + step.Clause
				if code := step.Code; (code == "credit-missing" || code == "credit-unstated" || code == "cap-unknown") && !seen[key] {
					seen[key] = true
					out = append(out, UnknownCredit{l.Objective, l.For, step})
				}
			}
		}
	}
	return out
}
