package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Figures that are supplied ready-made, in the place of the raw facts.

// CodeFigureUnused: a figure was supplied ready-made and stands for nothing,
// because the objective takes another kind of figure or has no such window.
const CodeFigureUnused Code = "figure-unused"

// A figureKey is the window that a figure was supplied for.
type figureKey struct{ objective, period string }

// figureFields are the fields of a figure that may stand for what is measured.
func (p *objectivePlan) figureFields() []string {
	if p.overClocks {
		return nil
	}
	switch p.kind {
	case MeasureAvailability:
		return []string{"share", "down"}
	case MeasureDowntime:
		return []string{"down"}
	case MeasureGood:
		return []string{"share"}
	case MeasureShareInTime:
		return []string{"total"}
	case MeasureSurvey, MeasureVerdict:
		return nil
	}
	return []string{"value"}
}

// given are the fields that a figure has.
func (m *Measured) given() (out []string) {
	add := func(field string, has bool) {
		if has {
			out = append(out, field)
		}
	}
	add("share", m.Share != nil)
	add("down", m.Down != nil)
	add("value", m.Value != nil)
	add("total", m.Total > 0)
	return out
}

// takes says whether a figure is of a kind that stands for what is measured.
func (p *objectivePlan) takes(m *Measured) bool {
	fields := p.figureFields()
	return m.Verdict != "" || slices.ContainsFunc(m.given(), func(f string) bool { return slices.Contains(fields, f) })
}

// figuresFor are the figures supplied ready-made for a window, in the order of
// their ids, without those that the objective cannot take.
func (v *view) figuresFor(p *objectivePlan, service string, period Period) (out []*Measured) {
	if v.figures == nil {
		v.figures = map[figureKey][]*Measured{}
		for _, m := range knownFacts[*Measured](v) {
			key := figureKey{m.Objective, m.Period}
			v.figures[key] = append(v.figures[key], m)
		}
	}
	for _, m := range v.figures[figureKey{p.id, period.Name}] {
		if p.takes(m) && (m.For == "" || v.e.own(m.For) == service) {
			out = append(out, m)
		}
	}
	return out
}

// deciding are those of the figures of a window that decide: of the source that
// the objective names first among those that supplied any, else of none in
// particular, else all (semantics 3.3). A verdict alone says less than a figure,
// and stands behind it.
func (p *objectivePlan) deciding(all []*Measured) []*Measured {
	names := []string{""}
	if p.written != nil {
		names = nil
		for _, s := range p.written.Sources {
			names = append(names, s.Name)
		}
		names = append(names, "")
	}
	for _, name := range names {
		of := slices.DeleteFunc(slices.Clone(all), func(m *Measured) bool { return m.Source != name })
		if len(of) > 0 {
			return figuresFirst(of)
		}
	}
	return figuresFirst(slices.Clone(all))
}

// figuresFirst puts figures before verdicts, and leaves their order otherwise.
func figuresFirst(list []*Measured) []*Measured {
	slices.SortStableFunc(list, func(a, b *Measured) int { return boolInt(a.Verdict != "") - boolInt(b.Verdict != "") })
	return list
}

// measuredFact finds the figure supplied ready-made that stands for a window.
func (v *view) measuredFact(p *objectivePlan, service string, period Period) *Measured {
	if all := v.figuresFor(p, service, period); len(all) > 0 {
		return p.deciding(all)[0]
	}
	return nil
}

// suppliedTwice judges a window for which several figures were supplied: each
// is kept and told. Where those that decide come to another verdict or another
// credit and nothing says which of them holds, the verdict is disputed.
func (v *view) suppliedTwice(p *objectivePlan, s subject, period Period) (evaluated, bool) {
	all := v.figuresFor(p, s.label(), period)
	if len(all) < 2 {
		return evaluated{}, false
	}
	decide := p.deciding(all)
	judged := make([]evaluated, len(decide))
	for i, m := range decide {
		judged[i] = v.bySingle(p, s, period, m)
	}
	ev := judged[0]
	for _, other := range judged[1:] {
		if other.result.Verdict != ev.result.Verdict || ev.hasValue && other.hasValue && v.differs(ev, other) {
			ev = p.begin(s, period)
			ev.result.Verdict = Disputed
			ev.without = func(map[string]bool) evaluated { return ev }
			break
		}
	}
	if ev.result.Verdict == Disputed {
		for i, m := range decide {
			ev.result.Why = append(ev.result.Why, figureStep("figure-disputed", p, m, judged[i]))
		}
		ev.result.Why = append(ev.result.Why, Step{Code: "disputed", Clause: p.id + "/source"})
	}
	for _, m := range all {
		if m != decide[0] && (ev.result.Verdict != Disputed || !slices.Contains(decide, m)) {
			ev.result.Why = append(ev.result.Why, figureStep("figure-evidence", p, m, v.bySingle(p, s, period, m)))
		}
	}
	return ev, true
}

// bySingle judges a window by one figure, as if there were no other.
func (v *view) bySingle(p *objectivePlan, s subject, period Period, m *Measured) evaluated {
	key := figureKey{p.id, period.Name}
	all := v.figures[key]
	v.figures[key] = []*Measured{m}
	ev := v.evaluateKind(p, s, period)
	v.figures[key] = all
	return ev
}

// figureStep tells a figure, whose it is, and what it would come to.
func figureStep(code string, p *objectivePlan, m *Measured, by evaluated) Step {
	shown := "–"
	if by.result.Measured != nil {
		shown = by.result.Measured.Shown
	}
	args := []Arg{Name("fact", m.ID), Shown("measured", shown), Phrase("verdict", "verdict "+slug(by.result.Verdict))}
	if m.Source != "" {
		args = append(args, Prose("source", m.Source))
	}
	return Step{Code: code, Clause: p.id + "/source", Facts: []string{m.ID}, Args: args}
}

// unusedFigures finds figures that stand for nothing.
func (v *view) unusedFigures() {
	for _, m := range knownFacts[*Measured](v) {
		p := v.e.plan(m.Objective)
		if p == nil {
			continue
		}
		args := []Arg{Name("fact", m.ID), Name("objective", p.id)}
		from, to, err := ParsePeriods(m.Period)
		if t := v.lastTurn(p.id, Period{From: from, To: to}); t != nil && err == nil {
			p = t.plan
		}
		switch {
		case !p.takes(m):
			v.found(CodeFigureUnused, p.id+"/measure", append(args, List("given", m.given()), List("takes", append(p.figureFields(), "verdict")))...)
		case err == nil && p.window.Tiles() && periodOf(p.window, from, v.e.termFrom).Name != m.Period:
			v.found(CodeFigureUnused, p.id+"/measure", append(args, Prose("period", m.Period), Prose("like", periodOf(p.window, from, v.e.termFrom).Name))...)
		}
	}
}

// byFigure judges a window by the figure that was supplied for it; false where
// there is none. The raw facts are set aside, and the result says so.
func (v *view) byFigure(ev *evaluated, leaveOut map[string]bool) bool {
	m := v.measuredFact(ev.plan, ev.service, ev.period)
	if m == nil {
		return false
	}
	fields := ev.plan.figureFields()
	has := func(field string, given bool) bool { return given && slices.Contains(fields, field) }
	switch {
	case has("down", m.Down != nil):
		v.suppliedTime(ev, m, true, leaveOut)
	case has("share", m.Share != nil):
		v.suppliedTime(ev, m, false, leaveOut)
	case has("value", m.Value != nil):
		v.judgeNumber(ev, credits.RatioOfDecimal(*m.Value), true, false, []Step{suppliedStep(ev.plan, m, m.Value.String())})
	default:
		return false
	}
	return true
}

func suppliedStep(p *objectivePlan, m *Measured, shown string) Step {
	return Step{Code: "supplied", Clause: p.id, Facts: []string{m.ID}, Args: []Arg{Shown("measured", shown)}}
}

// suppliedTime judges a downtime that was supplied ready-made, or a share.
func (v *view) suppliedTime(ev *evaluated, m *Measured, down bool, leaveOut map[string]bool) {
	p, r := ev.plan, &ev.result
	got := measure.Available{Applicable: true}
	if down {
		got.Agreed = v.agreedTime(p, ev.subject, ev.period).Measure()
		got.Of, got.Counted = got.Agreed, min(*m.Down, got.Agreed)
		got.Lost = measure.Exact(got.Counted)
		got.Applicable = got.Of > 0
		ev.down, ev.of = got.Lost, got.Of
		ev.exact = got.Ratio()
		if p.kind == MeasureDowntime {
			ev.exact = inSeconds(got.Lost)
		}
	} else {
		ev.exact = m.Share.Ratio()
	}
	ev.value = p.compared(ev.exact)
	r.Measured = &Measurement{Exact: ev.exact.String(), Shown: p.show(ev.value)}
	if down {
		r.Measured, r.Allows = v.measurement(ev, got), v.allows(ev, got, 1)
	}
	ev.hasValue = got.Applicable
	r.Verdict = p.verdict(ev.value)
	ev.incidents = []string{orDefault(m.ID, p.id)}
	if leaveOut[ev.incidents[0]] {
		ev.hasValue, r.Verdict = false, NotApplicable
	}
	r.Why = append(r.Why, suppliedStep(p, m, r.Measured.Shown))
}

// suppliedVerdict is a verdict supplied ready-made, without a figure.
func suppliedVerdict(p *objectivePlan, service string, period Period, m *Measured) evaluated {
	ev := evaluated{plan: p, period: period, service: service}
	ev.result = Result{
		Objective: p.id, For: service, Period: period, Verdict: m.Verdict, Target: p.targetShown(),
		ReportOnly: p.written == nil || p.written.ReportOnly,
		Why:        []Step{{Code: "supplied-verdict", Clause: p.id, Facts: []string{m.ID}, Args: []Arg{Phrase("verdict", "verdict "+slug(m.Verdict))}}},
	}
	ev.without = func(map[string]bool) evaluated { return ev }
	return ev
}
