package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
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

// spanDays orders the windows of caps from narrow to wide.
func spanDays(c *Cap, window Window) int {
	if c.Months > 0 {
		return 31 * c.Months
	}
	return daysOf(c.window(window))
}

// window is the one over which a cap's credits add up.
func (c *Cap) window(other Window) Window {
	switch {
	case c.Each != "":
		return c.Each
	case c.Base.Window != "":
		return c.Base.Window
	}
	return other
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

// cap cuts lines to the room of a cap.
func (v *view) cap(s *SettlementResult, l limit, period Period, lines []pendingLine, group []int, posted []PostedCredit) (waits []PostedCredit) {
	c, first := l.cap, &lines[group[0]]
	own := period
	if l.objective != "" && first.ev.period.Window != "" {
		own = first.ev.period
	}
	window := v.capWindow(c, own, period)
	amount, missing := v.capAmount(c, first, window)
	if missing != "" {
		for _, i := range group {
			v.capUnknown(l, &lines[i], missing)
		}
		return nil
	}
	used := v.usedIn(l, window, period, &first.line, posted)
	room, err := credits.Room(amount, used)
	if err != nil {
		return nil // one currency: Check refuses others
	}
	var under []credits.Line
	for _, i := range group {
		under = append(under, credits.Line{ID: lines[i].line.ID, Amount: lines[i].line.Posted})
	}
	cut, err := credits.CutTo(under, room)
	if err != nil {
		return nil
	}
	result := CapResult{Cap: l.id, Limit: amount.Floor(), Used: used, Room: room}
	switch {
	case l.objective != "":
		result.For = first.line.For
	case l.perService():
		result.For = first.line.owner()
	}
	for n, i := range group {
		line := &lines[i].line
		if line.Undetermined && (line.AtMost == nil || line.AtMost.Amount.GreaterThan(room.Amount)) {
			line.AtMost = ptrTo(room)
		}
		taken := line.Posted.Amount.Sub(cut[n].Amount.Amount)
		if taken.Sign() <= 0 {
			continue
		}
		result.Cut = true
		line.Cuts = append(line.Cuts, Cut{result.Cap, credits.Money{Amount: taken, Currency: v.e.currency}})
		line.Posted = cut[n].Amount
		lines[i].exact = line.Posted.Exact()
		line.Why = append(line.Why, Step{Code: "cut", Clause: result.Cap, Args: []Arg{
			ClauseArg("cap", result.Cap), Money("room", room), Money("posted", line.Posted),
		}})
		if c.Carried {
			waits = append(waits, line.carry(credits.Money{Amount: taken, Currency: v.e.currency}, period))
		}
	}
	s.Caps = append(s.Caps, result)
	return waits
}

// capUnknown leaves a line without an amount, because a fact is missing that
// says where its cap lies: not nothing, and not all of it either.
func (v *view) capUnknown(l limit, p *pendingLine, missing string) {
	line := &p.line
	if line.Posted.Sign() <= 0 && line.AtMost == nil {
		return
	}
	if line.AtMost == nil {
		line.AtMost = ptrTo(line.Posted)
	}
	line.Why = append(line.Why, Step{Code: "cap-unknown", Clause: l.id, Args: []Arg{Name("name", missing), Money("most", *line.AtMost)}})
	line.Undetermined, line.Credit, line.Posted, line.Cuts, p.exact = true, credits.Zero(v.e.currency), credits.Zero(v.e.currency), nil, v.zero()
}

// capWindow is the window over which credits add up under a cap.
func (v *view) capWindow(c *Cap, own, period Period) Period {
	if c.Months > 0 {
		return v.trailing(calendar.NewLength(c.Months, calendar.Months), period)
	}
	switch w := c.window(""); w {
	case "":
		return own
	case TheTerm:
		return v.wholeTerm(period)
	default:
		return periodOf(w, own.From, v.e.termFrom)
	}
}

// capAmount is what a cap allows in a window; missing names the charge that it
// needs and nobody supplied.
func (v *view) capAmount(c *Cap, first *pendingLine, window Period) (amount credits.Amount, missing string) {
	if c.Pays.Kind == credits.PayMoney {
		return c.Pays.Money.Exact(), ""
	}
	ev := first.ev
	ev.service = first.line.For
	base := v.baseOf(c.Base, &ev, window)
	if base.missing != "" {
		return base.amount, base.missing
	}
	if c.Pays.Kind == credits.PayDays {
		return v.dayOfFee(base.amount, v.baseWindow(c.Base, window)).Times(credits.RatioOfDecimal(c.Pays.Number)), ""
	}
	return base.amount.Times(c.Pays.Size()), ""
}

// usedIn is what other settlement periods posted in a window under a limit.
func (v *view) usedIn(l limit, window, period Period, line *CreditLine, posted []PostedCredit) credits.Money {
	used := credits.Zero(v.e.currency)
	for _, p := range posted {
		switch {
		case p.Period.Before(window.From) || !p.Period.Before(window.To) || p.Period == period.From:
		case l.objective != "" && (p.Objective != l.objective || p.For != line.For):
		case l.objective != "":
			used.Amount = used.Amount.Add(p.Amount.Amount)
		case l.perService() && p.owner() != line.owner():
		case l.cap != nil && l.cap.Base.Service != "" && l.cap.Base.Service != TheService && p.owner() != l.cap.Base.Service:
		default:
			used.Amount = used.Amount.Add(p.Amount.Amount)
		}
	}
	return used
}

// floor leaves lines that do not reach an amount without a credit: lost, or
// waiting. The exact amounts are compared, with what the window posted before.
func (v *view) floor(l limit, period Period, lines []pendingLine, group []int, posted []PostedCredit) (waits []PostedCredit) {
	f := l.floor
	window := period
	switch f.Each {
	case "":
	case TheTerm:
		window = v.wholeTerm(period)
	default:
		window = periodOf(f.Each, period.From, v.e.termFrom)
	}
	sum := v.usedIn(l, window, period, &lines[group[0]].line, posted).Exact()
	for _, i := range group {
		sum = plus(sum, lines[i].exact)
	}
	if f.Op.Holds(sum.Exact, credits.RatioOfDecimal(f.Amount.Amount)) || f.Kept && f.PaidAtEnd && v.lastOfTerm(period) {
		return nil
	}
	for _, i := range group {
		line := &lines[i].line
		if line.Posted.IsZero() && lines[i].exact.Exact.Sign() == 0 {
			continue
		}
		code := "below-floor"
		if f.Kept {
			code = "below-floor-kept"
			if line.Posted.Sign() > 0 {
				waits = append(waits, line.carry(line.Posted, period))
			}
		}
		line.Cuts = append(line.Cuts, Cut{l.id, line.Posted})
		line.Posted, lines[i].exact = credits.Zero(v.e.currency), v.zero()
		line.Why = append(line.Why, Step{Code: code, Clause: l.id, Args: []Arg{
			Phrase("op", "op "+Slug(string(f.Op))), Money("floor", f.Amount), Money("sum", sum.Round(v.e.rounding)),
		}})
	}
	return waits
}

// lastOfTerm says whether a period is the last of the term.
func (v *view) lastOfTerm(p Period) bool {
	return p.interval(v.e.zone).End >= v.e.term.End
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
