package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A window in the middle of which the target of an objective changes, or the
// thresholds of its credit, is measured once: each level is the mean of what it
// was, weighted by the agreed service time for which it was in force (semantics
// 8).

// A weighted is how an objective reads in a part of a window, and the share of
// its agreed time.
type weighted struct {
	plan  *objectivePlan
	share credits.Ratio
}

// meanOf is an objective over the parts of a window in which it read otherwise.
func (v *view) meanOf(in []turn, parts []calendar.Interval) (*objectivePlan, []Step) {
	last := in[len(in)-1].plan
	if len(in) == 1 {
		return last, nil
	}
	whole := time.Duration(0)
	for i := range in {
		whole += in[i].plan.agreedIn(parts[i])
	}
	of := *last
	var steps []Step
	for i, t := range in {
		agreed := t.plan.agreedIn(parts[i])
		share, err := exactRatio(agreed).Quo(exactRatio(whole))
		if err != nil {
			return last, nil // nothing was agreed
		}
		of.mean = append(of.mean, weighted{t.plan, share})
		steps = append(steps, Step{Code: "target-part", Clause: t.prefix + last.id + "/target", Args: []Arg{
			Prose("target", t.plan.goalShown()), Duration("agreed", agreed), v.e.instantArg("from", parts[i].Start), v.e.instantArg("to", parts[i].End),
		}})
	}
	if level := of.meanLevel(); level != nil && !level.Equal(*last.level) {
		of.level, of.moved = level, string(last.op)+" "+last.levelShown(*level)
		steps = append(steps, Step{Code: "target-mean", Clause: last.id + "/target", Args: []Arg{Prose("target", of.moved)}})
	}
	steps = append(steps, of.thresholdSteps()...)
	if len(steps) == len(in) {
		return last, nil // they say the same
	}
	return &of, steps
}

// goalShown is the target in force as it is written.
func (p *objectivePlan) goalShown() string {
	if p.written == nil || p.written.Target != nil && p.written.Target.AsInTier != "" {
		return p.targetShown()
	}
	return p.goalText()
}

// meanLevel is the mean of the targets; nil where one has none.
func (p *objectivePlan) meanLevel() *credits.Ratio {
	sum := credits.Ratio{}
	for _, w := range p.mean {
		if w.plan.level == nil {
			return nil
		}
		sum = sum.Add(w.plan.level.Mul(w.share))
	}
	return &sum
}

// meanSchedule is a credit of an objective with the mean of its thresholds.
func (p *objectivePlan) meanSchedule(c *Credit) credits.Schedule {
	at := slices.IndexFunc(p.written.priced(), func(o pricedCredit) bool { return o.Credit == c })
	var out credits.Schedule
	for i, w := range p.mean {
		if at < 0 || at >= len(w.plan.written.priced()) {
			return nil
		}
		s := w.plan.schedule(w.plan.written.priced()[at].Credit)
		if i == 0 {
			for _, b := range s {
				out = append(out, credits.Band{Op: b.Op})
			}
		}
		if len(s) != len(out) {
			return nil
		}
		for j := range s {
			out[j].Op, out[j].Level = s[j].Op, out[j].Level.Add(s[j].Level.Mul(w.share))
		}
	}
	return out
}

// thresholdSteps tell the thresholds that are a mean of several.
func (p *objectivePlan) thresholdSteps() (steps []Step) {
	last := p.mean[len(p.mean)-1].plan
	if last.written == nil {
		return nil
	}
	for _, c := range last.written.priced() {
		mean := p.meanSchedule(c.Credit)
		for i, b := range last.schedule(c.Credit) {
			if i < len(mean) && !mean[i].Level.Equal(b.Level) {
				steps = append(steps, Step{Code: "threshold-mean", Clause: c.id, Args: []Arg{
					Prose("threshold", string(b.Op)+" "+last.levelShown(b.Level)), Prose("mean", string(mean[i].Op)+" "+last.levelShown(mean[i].Level)),
				}})
			}
		}
	}
	return steps
}

// agreedIn is the agreed service time in a stretch: all of it where no calendar
// is named.
func (p *objectivePlan) agreedIn(part calendar.Interval) time.Duration {
	if p.agreed == nil {
		return part.End.Sub(part.Start)
	}
	return p.agreed.Open(part).Measure()
}
