package sla

import (
	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/credits"
)

// survey evaluates an average score: the exact mean of the answers given in
// the window; too few answers give no verdict (R063).
func (v *view) survey(p *objectivePlan, service string, period Period) evaluated {
	o := p.written
	ev := evaluated{plan: p, period: period, service: service}
	ev.result = Result{Objective: p.id, For: service, Period: period, ReportOnly: o.ReportOnly, Target: targetText(o.Target)}
	ev.without = func(map[string]bool) evaluated { return v.survey(p, service, period) }
	span := period.interval(v.e.zone).Intersect(v.e.term)
	n, sum := 0, decimal.Zero
	for _, f := range knownFacts[*Survey](v) {
		at := instant(f.Occurred)
		if v.e.own(f.Service) == service && span.Contains(at) && at < v.valid && v.fromSource(f.Source, o) {
			n, sum = n+1, sum.Add(f.Score)
		}
	}
	running := v.valid < span.End
	r := &ev.result
	step := Step{Code: "survey", Clause: p.id + "/measure", Args: []Arg{Count("n", n), Count("needed", o.Measure.AtLeast)}}
	if n == 0 || n < o.Measure.AtLeast {
		r.Verdict = NotMeasured
		if running {
			r.Verdict, r.SoFar = Open, NotMeasured
		}
		step.Code = "survey-too-few"
		r.Why = []Step{step}
		return ev
	}
	mean, _ := credits.RatioOfDecimal(sum).Quo(credits.Int(int64(n)))
	ev.exact, ev.value, ev.hasValue = mean, p.compared(mean), true
	r.Measured = &Measurement{Exact: mean.String(), Shown: shownScore(ev.value, o.Target)}
	r.Verdict = Met
	if t := o.Target; t != nil && t.Score != nil && !t.Op.Holds(ev.value, credits.RatioOfDecimal(t.Score.Value)) {
		r.Verdict = Missed
	}
	if running {
		r.Verdict, r.SoFar, ev.hasValue = Open, r.Verdict, false
	}
	step.Args = append(step.Args, Arg{"mean", ArgNumber, r.Measured.Shown}, Prose("target", r.Target))
	r.Why = []Step{step}
	return ev
}

// fromSource says whether a fact comes from an objective's measuring source.
func (v *view) fromSource(source string, o *Objective) bool {
	return source == "" || source == sourceOf(o).Name
}

// shownScore shows a mean with two decimals, more where two would hide on
// which side of the target it lies.
func shownScore(mean credits.Ratio, t *Target) string {
	for places := int32(2); places < 12; places++ {
		shown := mean.Round(places, credits.HalfUp)
		if t == nil || t.Score == nil {
			return shown.StringFixed(places)
		}
		level := credits.RatioOfDecimal(t.Score.Value)
		if credits.RatioOfDecimal(shown).Cmp(level) == mean.Cmp(level) {
			return shown.StringFixed(places)
		}
	}
	return mean.String()
}
