package sla

import (
	"cmp"
	"slices"

	"github.com/sla-lang/sla/credits"
)

// What reaches a cap, and the credit as a function of what is measured.

// caps says of each cap when it is reached, and by which objective alone.
func (x *exposing) caps() []CapExposure {
	var out []CapExposure
	find := func(c CapResult) *CapExposure {
		i := slices.IndexFunc(out, func(o CapExposure) bool { return o.Cap == c.Cap && o.For == c.For })
		if i < 0 {
			i = len(out)
			out = append(out, CapExposure{Cap: c.Cap, For: c.For, Limit: c.Limit})
		}
		return &out[i]
	}
	for n, s := range x.fold(x.periods, x.evs, many) {
		for _, c := range s.Caps {
			if found := find(c); c.Cut && found.CutsFrom == 0 {
				found.CutsFrom = n + 1
			}
		}
	}
	if len(x.periods) > 0 {
		x.alone(find)
	}
	slices.SortStableFunc(out, func(a, b CapExposure) int {
		return cmp.Or(cmp.Compare(orLast(a.CutsFrom), orLast(b.CutsFrom)), cmp.Compare(a.Cap, b.Cap), cmp.Compare(a.For, b.For))
	})
	return out
}

// orLast puts what never happens behind everything else.
func orLast(n int) int {
	if n == 0 {
		return 1 << 30
	}
	return n
}

// alone tries each objective by itself in the settlement period in which its
// first window ends.
func (x *exposing) alone(find func(CapResult) *CapExposure) {
	tried := map[judgedKey]bool{}
	for i := range x.evs {
		ev := &x.evs[i]
		key := judgedKey{ev.plan.id, ev.service}
		n := slices.IndexFunc(x.periods, func(p Period) bool { return p.From.Before(ev.period.To) && !ev.period.To.After(p.To) })
		if tried[key] || n < 0 {
			continue
		}
		tried[key] = true
		for _, c := range x.cutBy(x.periods[n], *ev) {
			by := ReachedBy{Objective: ev.plan.id, For: ev.service}
			if !x.boundless[ev.plan.id] {
				by.At = x.mildest(c, x.periods[n], ev)
			}
			found := find(c)
			found.Alone = append(found.Alone, by)
		}
	}
}

// cutBy lists the caps that a single window reaches.
func (x *exposing) cutBy(p Period, ev evaluated) []CapResult {
	var out []CapResult
	for _, s := range x.fold([]Period{p}, []evaluated{ev}, many) {
		for _, c := range s.Caps {
			if c.Cut {
				out = append(out, c)
			}
		}
	}
	return out
}

// mildest is the first point of the curve with which a window reaches a cap.
func (x *exposing) mildest(c CapResult, p Period, ev *evaluated) string {
	for _, value := range x.values(ev) {
		at := x.at(ev.plan, ev.subject, ev.period, &value)
		if slices.ContainsFunc(x.cutBy(p, at), func(o CapResult) bool { return o.Cap == c.Cap && o.For == c.For }) {
			return ev.plan.show(at.value)
		}
	}
	return ""
}

// curves are the credits of each objective by what is measured.
func (x *exposing) curves() []CreditCurve {
	var out []CreditCurve
	done := map[judgedKey]bool{}
	for i := range x.evs {
		ev := &x.evs[i]
		key := judgedKey{ev.plan.id, ev.service}
		if done[key] || ev.plan.kind == MeasureVerdict {
			continue
		}
		done[key] = true
		c := CreditCurve{Objective: ev.plan.id, For: ev.service, Period: ev.period, Each: ev.plan.eachThing()}
		for _, value := range x.values(ev) {
			c.Points = append(c.Points, x.point(ev, value))
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b CreditCurve) int {
		return cmp.Or(cmp.Compare(a.Objective, b.Objective), cmp.Compare(a.For, b.For))
	})
	return out
}

func (x *exposing) point(ev *evaluated, value credits.Ratio) CurvePoint {
	at := x.at(ev.plan, ev.subject, ev.period, &value)
	out := CurvePoint{Exact: value.String(), Shown: ev.plan.show(at.value), Verdict: at.result.Verdict}
	got := x.owes(&at)
	p := pendingLine{ev: at, exact: got.money, units: got.units}
	p.line.Credit = got.money.Round(x.e.rounding)
	x.free(&p, &p.ev)
	p.tellUnits()
	out.Credit, out.Units, out.Unknown = p.line.Credit, p.line.Units, got.unstated
	return out
}

// eachThing is the thing of which the curve's amounts are for one.
func (p *objectivePlan) eachThing() string {
	if !p.written.boundless() {
		return ""
	}
	for _, c := range p.written.priced() {
		if c.Each != nil {
			return string(c.Each.Thing)
		}
	}
	if each := p.written.ForEach; each != "" && each != "service" {
		return each
	}
	return string(p.window)
}

// values are the numbers worth showing, from the best to the worst: the target,
// each level of the schedules and the next worse number, and the worst of all.
func (x *exposing) values(ev *evaluated) []credits.Ratio {
	p := ev.plan
	worst := x.worst(p, ev.of)
	down := worst.Cmp(orZero(p.level)) < 0
	step := p.step()
	if down {
		step = step.Neg()
	}
	var out []credits.Ratio
	add := func(v credits.Ratio) {
		inside := v.Cmp(worst) >= 0
		if !down {
			inside = v.Cmp(worst) <= 0 && v.Sign() >= 0
		}
		if inside && !slices.ContainsFunc(out, v.Equal) {
			out = append(out, v)
		}
	}
	var levels []credits.Ratio
	for _, c := range p.written.priced() {
		for _, b := range p.schedule(c.Credit) {
			levels = append(levels, b.Level)
		}
	}
	if p.level != nil && (len(levels) > 0 || !p.written.boundless()) {
		levels = append(levels, *p.level)
	}
	if m := p.written.Minimum; m != nil {
		levels = append(levels, m.size(p.unit))
	}
	for _, l := range levels {
		add(l)
		add(l.Add(step))
	}
	if worst.Cmp(credits.Int(many)) != 0 && worst.Cmp(credits.Int(-many)) != 0 {
		add(worst)
	}
	if len(out) == 0 && p.level != nil { // a number without end: the first that misses
		add(p.level.Add(step))
	}
	slices.SortFunc(out, func(a, b credits.Ratio) int {
		if down {
			return b.Cmp(a)
		}
		return a.Cmp(b)
	})
	return out
}

func orZero(r *credits.Ratio) credits.Ratio {
	if r == nil {
		return credits.Ratio{}
	}
	return *r
}

// step is the difference that people see: 0.001% of a share, a second, one of
// a number that is counted.
func (p *objectivePlan) step() credits.Ratio {
	switch unitOf(p.kind) {
	case "share":
		return part(1, 100_000)
	case "quantity", "score":
		return part(1, 1000)
	}
	return credits.Int(1)
}
