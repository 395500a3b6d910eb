package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// composite is a verdict from verdicts: missed where any objective of
// MissedWhen is missed in a window within this one, or all of a row of
// MissedTogether are, each in some window; not measured where that turns on
// one that is not.
func (v *view) composite(p *objectivePlan, s subject, period Period) evaluated {
	ev := p.begin(s, period)
	ev.without = func(map[string]bool) evaluated { return v.composite(p, s, period) }
	c := compound{v: v, p: p, s: s, span: period.interval(v.e.zone).Intersect(v.e.term)}
	verdict := NotApplicable
	for _, name := range p.written.MissedWhen {
		verdict = byRank(verdict, c.of(name), true)
	}
	for _, names := range p.written.MissedTogether {
		together := Missed
		for _, name := range names {
			together = byRank(together, c.of(name), false)
		}
		verdict = byRank(verdict, together, true)
	}
	ev.result.Verdict = verdict
	if v.valid < c.span.End {
		ev.result.Verdict, ev.result.SoFar = Open, verdict
	}
	ev.result.Why = c.steps
	return ev
}

// A compound looks at the objectives that a verdict is made of.
type compound struct {
	v     *view
	p     *objectivePlan
	s     subject
	span  calendar.Interval
	steps []Step
}

// of is the verdict of an objective over its windows within the span: missed
// where one is, else not measured where one is; not applicable without any.
func (c *compound) of(name string) Verdict {
	verdict, several := NotApplicable, len(c.p.written.MissedWhen)+len(c.p.written.MissedTogether) >= maxSteps
	for _, other := range c.v.others(name, c.s, c.span, false) {
		found := other.result.Verdict
		if found == Open {
			found = other.result.SoFar
		}
		if found != Met || !several && len(c.steps) < maxSteps {
			c.steps = append(c.steps, Step{Code: "verdict-of", Clause: c.p.id + "/missed", Args: []Arg{
				Name("objective", name), Name("period", other.period.Name), Phrase("verdict", "verdict "+slug(found)),
			}})
		}
		switch found {
		case Missed, NotMeasured:
		case Disputed:
			found = NotMeasured
		default:
			found = Met
		}
		verdict = byRank(verdict, found, true)
	}
	return verdict
}

// byRank is the worse of two verdicts, or the better.
func byRank(a, b Verdict, worse bool) Verdict {
	rank := map[Verdict]int{Met: 1, NotMeasured: 2, Missed: 3}
	if (rank[b] > rank[a]) == worse {
		return b
	}
	return a
}

// others evaluates another objective in the windows that end within a span, or
// with cut, have any time in it.
func (v *view) others(objective string, s subject, span calendar.Interval, cut bool) (out []evaluated) {
	from, to := v.e.zone.DateAt(span.Start), v.e.zone.DateAt(span.End-1).AddDays(1)
	for i := range v.e.plans {
		p := &v.e.plans[i]
		if p.id != objective {
			continue
		}
		for _, judged := range v.subjects(p) {
			if len(p.services) > 1 && judged.service != s.service || !sameThing(judged, s) {
				continue
			}
			for _, w := range v.windowsInTurn(p, judged, from, to) {
				if at := w.interval(v.e.zone); at.End > span.Start && (at.End <= span.End.Add(time.Nanosecond) || cut && at.Start < span.End) && at.Start < v.valid {
					out = v.judgeWindow(out, p, judged, w)
				}
			}
		}
	}
	return out
}

// sameThing says whether what another objective judges is what this one does:
// where both are about a part or a group, the same one.
func sameThing(a, b subject) bool {
	return (a.part == "" || b.part == "" || a.part == b.part) && (a.group == "" || b.group == "" || a.group == b.group)
}
