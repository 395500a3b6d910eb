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
			out = append(out, limit{id: limitID("cap", objective, c.Name), objective: objective, cap: c,
				level: levelOfLimit(objective, c.PerService || c.Base.Service != ""), days: spanDays(c, window)})
		}
		for i := range floors {
			f := &floors[i]
			out = append(out, limit{id: limitID("floor", objective, f.Name), objective: objective, floor: f,
				level: levelOfLimit(objective, f.PerService), days: daysOf(Window(orDefault(string(f.Each), string(window))))})
		}
	}
	for i := range e.contract.Objectives {
		o := &e.contract.Objectives[i]
		add(o.Name, o.Caps, o.Floors, o.Measure.Window)
	}
	if r := e.contract.Credits; r != nil {
		add("", r.Caps, r.Floors, e.settlementWindow())
		if r.SameService {
			out = append(out, limit{id: "credits/same", level: levelService})
		}
		if r.SamePeriod {
			out = append(out, limit{id: "credits/same", level: levelPeriod})
		}
	}
	slices.SortStableFunc(out, func(a, b limit) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.days, b.days), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.id, b.id))
	})
	return out
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
		for _, group := range v.groups(l, lines) {
			switch {
			case l.cap != nil:
				waits = append(waits, v.cap(s, l, period, lines, group, in.posted)...)
			case l.floor != nil:
				waits = append(waits, v.floor(l, period, lines, group, in.posted)...)
			default:
				v.onlyHighest(lines, group)
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

// groups lists the lines that fall under a limit together: those of an
// objective for each service judged, of a service, or all.
func (v *view) groups(l limit, lines []pendingLine) [][]int {
	at := map[string]int{}
	var out [][]int
	for i := range lines {
		line := &lines[i].line
		key := ""
		switch {
		case l.objective != "":
			if line.Objective != l.objective {
				continue
			}
			key = line.For
			if w := lines[i].ev.period.Window; w == EachOutage || w == ClockHour {
				key += "|" + line.Window
			}
		case l.perService():
			if key = line.owner(); key == "" {
				continue // of no service in particular
			}
		case l.cap != nil && l.cap.Base.Service != "" && l.cap.Base.Service != line.owner():
			continue
		}
		g, ok := at[key]
		if !ok {
			g = len(out)
			at[key] = g
			out = append(out, nil)
		}
		out[g] = append(out[g], i)
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

// limitFrom is the first date whose credits a limit counts for a settlement
// period that begins at a date.
func (v *view) limitFrom(l limit, from calendar.Date) calendar.Date {
	w := Window("")
	switch {
	case l.cap != nil && l.cap.Months > 0:
		first, ok := from.AddMonths(1 - l.cap.Months)
		if !ok {
			return from
		}
		return first
	case l.cap != nil:
		w = l.cap.window("")
	case l.floor != nil:
		w = l.floor.Each
	}
	switch {
	case w == TheTerm || l.floor != nil && l.floor.Kept || l.cap != nil && l.cap.Carried:
		if v.e.contract.Term == nil {
			return from
		}
		return earlier(from, v.e.termFrom)
	case w == "" || !w.Tiles():
		return from
	}
	return periodOf(w, from, v.e.termFrom).From
}
