package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
)

// What limits credits, from the narrow to the wide (semantics 5, step 5): of an
// objective, of a service, of the period, of wider windows. At one level what
// counts once comes first, then caps, then floors. The order of lines never
// matters.

// A limit is a cap, a floor, or neither: then the highest credit counts once.
type limit struct {
	id        string
	objective string
	cap       *Cap
	floor     *Floor
	level     int
	days      int
	// texts are those of the objective that have it, clause is where it stands.
	texts  []*Objective
	clause string
}

// The levels of limits.
const (
	levelObjective = iota
	levelService
	levelPeriod
)

// rank orders the limits of one level and window.
func (l limit) rank() int {
	switch {
	case l.cap != nil:
		return 1
	case l.floor != nil:
		return 2
	}
	return 0
}

// limitsOf lists the limits of the contract in their order.
func (e *Engine) limitsOf() []limit {
	var out []limit
	add := func(objective string, caps []Cap, floors []Floor, window Window) {
		for i := range caps {
			c := &caps[i]
			out = append(out, limit{id: limitID("cap", objective, c.Name), clause: limitID("cap", objective, c.Name), objective: objective, cap: c,
				level: levelOfLimit(objective, c.PerService || c.Base.Service != ""), days: spanDays(c, window)})
		}
		for i := range floors {
			f := &floors[i]
			out = append(out, limit{id: limitID("floor", objective, f.Name), clause: limitID("floor", objective, f.Name), objective: objective, floor: f,
				level: levelOfLimit(objective, f.PerService), days: daysOf(Window(orDefault(string(f.Each), string(window))))})
		}
	}
	for _, o := range e.contract.allObjectives() {
		first := len(out)
		add(o.Name, o.Caps, o.Floors, o.Measure.Window)
		out = e.amendedLimits(out, first, o)
	}
	if r := e.contract.Credits; r != nil {
		add("", r.Caps, r.Floors, e.settlementWindow())
		if r.SameService {
			out = append(out, limit{id: "credits/same", clause: "credits/same", level: levelService})
		}
		if r.SamePeriod {
			out = append(out, limit{id: "credits/same", clause: "credits/same", level: levelPeriod})
		}
	}
	slices.SortStableFunc(out, func(a, b limit) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.days, b.days), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.id, b.id))
	})
	return out
}

// amendedLimits says of which text of an objective its limits are, those from a
// place on: one that an amendment leaves as it was is one limit.
func (e *Engine) amendedLimits(all []limit, first int, o *Objective) []limit {
	prefix := ""
	for i := range e.amended {
		if a := e.amended[i].amendment; a.objective(o.Name) == o {
			prefix = a.prefix()
		}
	}
	own := all[first:]
	all = all[:first]
	for _, l := range own {
		l.texts, l.clause = []*Objective{o}, prefix+l.id
		same := -1
		if prefix != "" {
			same = slices.IndexFunc(all, func(b limit) bool {
				return b.id == l.id && canonicalText(b.cap) == canonicalText(l.cap) && canonicalText(b.floor) == canonicalText(l.floor)
			})
		}
		if same >= 0 {
			all[same].texts = append(all[same].texts, o)
		} else {
			all = append(all, l)
		}
	}
	return all
}

// holds says whether a limit of an objective holds a line: whether the objective
// reads so in its window, or, of what was carried, in the settlement period.
func (l limit) holds(v *view, p *pendingLine, period Period) bool {
	switch {
	case p.line.Objective != l.objective:
		return false
	case len(v.e.amended) == 0:
		return true
	case p.ev.period.Window == "":
		if t := v.lastTurn(l.objective, period); t != nil {
			return slices.Contains(l.texts, t.plan.written)
		}
		return true
	}
	return slices.Contains(l.texts, p.ev.plan.written)
}

// limitID is the id of a cap or a floor.
func limitID(what, objective, name string) string {
	id := what
	if objective != "" {
		id = objective + "/" + what
	}
	if name != "" {
		id += "/" + name
	}
	return id
}

func levelOfLimit(objective string, service bool) int {
	switch {
	case objective != "":
		return levelObjective
	case service:
		return levelService
	}
	return levelPeriod
}

func daysOf(w Window) int {
	if w == TheTerm {
		return 1 << 20
	}
	s, ok := w.shape()
	if !ok {
		return 0
	}
	return s.days + 31*s.months
}

// limits cuts the lines and gives what waits for the next period.
func (v *view) limits(s *SettlementResult, period Period, lines []pendingLine, in round) []PostedCredit {
	var waits []PostedCredit
	if len(lines) == 0 {
		return nil
	}
	for _, l := range v.e.limitsOf() {
		for _, group := range v.groups(l, lines, period) {
			switch {
			case l.cap != nil:
				waits = append(waits, v.cap(s, l, period, lines, group, in.posted)...)
			case l.floor != nil:
				waits = append(waits, v.floor(l, period, lines, group, in.posted)...)
			default:
				v.onlyHighest(lines, group.lines)
			}
		}
	}
	return gathered(waits)
}

// onlyHighest leaves the highest credit of lines that count once; what earlier
// periods carried has counted there.
func (v *view) onlyHighest(lines []pendingLine, group []int) {
	best := -1
	for _, i := range group {
		if lines[i].line.Since != nil {
			continue
		}
		if best < 0 || cmp.Or(lines[best].exact.Exact.Cmp(lines[i].exact.Exact), cmp.Compare(lines[i].line.ID, lines[best].line.ID)) < 0 {
			best = i
		}
	}
	for _, i := range group {
		l := &lines[i].line
		if i == best || l.Since != nil || lines[i].exact.Exact.Sign() <= 0 {
			continue
		}
		lines[i].set(v.zero(), v.e.rounding, Step{Code: "counts-once", Clause: "credits/same", Args: []Arg{
			Name("line", lines[best].line.Objective), Money("credit", lines[best].line.Posted),
		}})
		l.Posted, l.Cuts = l.Credit, nil
	}
}

// A limitGroup is lines that fall under a limit together, and the window over
// which they add up. own says that it is that of a window judged, which is
// settled once.
type limitGroup struct {
	lines  []int
	window Period
	own    bool
}

// groups lists the lines that fall under a limit together: those of an
// objective for each service judged, of a service, or all; of each window.
func (v *view) groups(l limit, lines []pendingLine, period Period) []limitGroup {
	type key struct {
		of     string
		window Period
	}
	at := map[key]int{}
	var out []limitGroup
	var judged, window Period
	own := false
	for i := range lines {
		line := &lines[i].line
		k := key{}
		switch {
		case l.objective != "":
			if !l.holds(v, &lines[i], period) {
				continue
			}
			k.of = line.For
		case l.perService():
			if k.of = line.owner(); k.of == "" {
				continue // of no service in particular
			}
		case l.cap != nil && l.cap.Base.Service != "" && l.cap.Base.Service != line.owner():
			continue
		}
		if next := lines[i].ev.period; len(out) == 0 || next != judged { // most are of the same window
			judged = next
			window, own = v.limitWindow(l, judged, period)
		}
		k.window = window
		k.window.Begins, k.window.Ends = nil, nil // an outage is told by its name
		g, ok := at[k]
		if !ok {
			g = len(out)
			at[k] = g
			out = append(out, limitGroup{window: window, own: own})
		}
		out[g].lines = append(out[g].lines, i)
	}
	return out
}

func (l limit) perService() bool {
	switch {
	case l.cap != nil:
		return l.cap.PerService || l.cap.Base.Service == TheService
	case l.floor != nil:
		return l.floor.PerService
	}
	return l.level == levelService
}

// over is the window over which credits add up under a limit, as it is written,
// or follows from the base of a cap; empty where neither says one. What happens
// in an outage or an hour is limited by that, whatever it is a share of.
func (l limit) over(own Window) Window {
	switch {
	case l.floor != nil:
		return l.floor.Each
	case l.cap == nil:
		return ""
	case l.cap.Each != "" || l.objective != "" && (own == EachOutage || own == ClockHour):
		return l.cap.Each
	}
	return l.cap.Base.Window
}

// limitWindow is the window over which the credit of a window judged adds up
// with others under a limit; own where it is that window itself.
func (v *view) limitWindow(l limit, judged, period Period) (window Period, own bool) {
	if judged.Window == "" {
		judged = period // of what was carried, or converted
	}
	w := l.over(judged.Window)
	switch {
	case l.cap != nil && l.cap.Months > 0:
		return v.trailing(calendar.NewLength(l.cap.Months, calendar.Months), period), false
	case l.objective != "" && (w == "" || w == judged.Window):
		return judged, true
	case w == "":
		return period, false
	case w == TheTerm:
		return v.wholeTerm(period), false
	case daysOf(w) < daysOf(v.e.settlementWindow()):
		return periodOf(w, judged.To.AddDays(-1), v.e.termFrom), false
	}
	return periodOf(w, v.countsOn(period), v.e.termFrom), false
}

// countsOn is the date by which what a period comes to counts in longer ones: its
// last in the term.
func (v *view) countsOn(p Period) calendar.Date { return v.lastDate(p.To).AddDays(-1) }

// settledIn are the first dates of the settlement periods that count in a
// window, from one up to another.
func (v *view) settledIn(w Period) (from, to calendar.Date) {
	settled := v.e.settlementWindow()
	first, last := periodOf(settled, w.From, v.e.termFrom), periodOf(settled, w.To.AddDays(-1), v.e.termFrom)
	if v.countsOn(last).Before(w.To) {
		return first.From, last.To
	}
	return first.From, last.From
}

// limitFrom is the first date whose credits a limit counts for a settlement
// period that begins at a date.
func (v *view) limitFrom(l limit, from calendar.Date) calendar.Date {
	period := periodOf(v.e.settlementWindow(), from, v.e.termFrom)
	if w := l.over(""); w == TheTerm || l.floor != nil && l.floor.Kept || l.cap != nil && l.cap.Carried {
		if v.e.contract.Term == nil {
			return from
		}
		return earlier(from, v.e.termFrom)
	} else if w != "" && !w.Tiles() {
		return from
	}
	window, _ := v.limitWindow(limit{cap: l.cap, floor: l.floor}, period, period)
	first, _ := v.settledIn(window)
	return earlier(from, first)
}
