package sla

// runSteps tells what came of the instants at which runs were due, and of each
// that was not good.
func (v *view) runSteps(p *objectivePlan, all *runsDue, n map[runOutcome]int64) []Step {
	args := []Arg{Count("n", len(all.due)), Count("good", int(n[runGood]))}
	for _, of := range []struct {
		name string
		n    int64
	}{{"failed", n[runFailed]}, {"missed", n[runMissed]}, {"left-out", n[runLeftOut]}, {"extra", int64(all.extra)}} {
		if of.n > 0 {
			args = append(args, Count(of.name, int(of.n)))
		}
	}
	steps := []Step{{Code: "runs", Clause: p.id + "/scheduled", Args: args}}
	if n[runUnseen] > 0 {
		steps = append(steps, Step{Code: "runs-unseen", Clause: p.id + "/source", Args: []Arg{Count("n", int(n[runUnseen])), Name("source", sourceOf(p.written).Name)}})
	}
	if n[runWaits] > 0 {
		steps = append(steps, Step{Code: "runs-wait", Clause: p.id + "/scheduled", Args: []Arg{Count("n", int(n[runWaits]))}})
	}
	left, more := maxSteps, 0
	for i := range all.due {
		step, tells := v.runStep(p, &all.due[i])
		switch {
		case !tells:
		case left == 0:
			more++
		default:
			left--
			steps = append(steps, step)
		}
	}
	if more > 0 {
		steps = append(steps, Step{Code: "more-runs", Args: []Arg{Count("n", more)}})
	}
	return steps
}

// runStep tells of an instant that was not good, or not by itself.
func (v *view) runStep(p *objectivePlan, d *dueRun) (Step, bool) {
	step := Step{Clause: p.id + "/scheduled", Args: []Arg{v.e.instantArg("due", d.at)}}
	if d.of != "" {
		step.Args = append(step.Args, Name("part", d.of))
	}
	if d.run != nil && d.excuse == nil {
		step.Facts, step.Args = []string{d.run.ID}, append(step.Args, Name("fact", d.run.ID))
	}
	switch {
	case d.outcome == runFailed:
		step.Code = "run-failed"
	case d.outcome == runMissed:
		step.Code = "run-missed"
		if d.late != nil {
			step.Facts = []string{d.late.ID}
			step.Args = append(step.Args, Name("fact", d.late.ID), v.e.instantArg("began", instant(d.late.Occurred)))
			if !d.late.Until.IsZero() {
				step.Args = append(step.Args, v.e.instantArg("ended", instant(d.late.Until)))
			}
		}
	case d.excuse != nil:
		step.Code, step.Facts, step.Clause = "run-excused", []string{d.excuse.ID}, p.id+"/exclude"
		step.Args = append(step.Args, Name("fact", d.excuse.ID), Name("cause", d.excuse.Cause))
	case d.outcome == runLeftOut && d.run != nil:
		step.Code, step.Clause = "run-excused", p.id+"/exclude"
		step.Args = append(step.Args, Name("cause", d.run.Cause))
	case d.outcome == runLeftOut:
		step.Code, step.Clause = "run-left-out", p.id+"/exclude"
	default:
		return step, false
	}
	return step, true
}
