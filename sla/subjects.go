package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Whom an objective is judged for, and how the numbers of parts become one.

// subjects are what an objective is judged for: its services, or the parts of
// the kind that it names.
func (v *view) subjects(p *objectivePlan) []subject {
	var out []subject
	for _, service := range p.services {
		s := subject{service: service}
		kind, by := v.e.contract.apart(p.written)
		apart := []subject{s}
		if kind != nil {
			apart = v.recordOf(service).partsIn(s, kind.Name, v.valid-1)
		}
		for _, s := range apart {
			out = append(out, v.grouped(p, s, by)...)
		}
	}
	return out
}

// goal is the target as written: of a table, that of the row which holds.
func (p *objectivePlan) goal() *Target {
	if p.row != nil {
		return p.row.target(p.op)
	}
	return p.written.Target
}

// goalText is the target in force as it is told.
func (p *objectivePlan) goalText() string {
	if p.moved != "" {
		return p.moved
	}
	return targetText(p.goal())
}

// A partValue is the number of one part, and what it was made of.
type partValue struct {
	s       subject
	in      measure.Availability
	got     measure.Available
	rulings []ruling
	// weight is that of a join that weighs.
	weight  credits.Ratio
	weighed bool
}

// joined evaluates an objective over the parts of a kind.
func (v *view) joined(ev *evaluated, leaveOut map[string]bool) {
	parts, ok := v.joinedParts(ev, leaveOut)
	if !ok {
		return // Check refuses it
	}
	for _, part := range parts {
		ev.incidents = append(ev.incidents, incidentsOf(part.rulings, part.got.CountedSet())...)
		ev.result.Provisional = ev.result.Provisional || anyOpen(part.rulings, part.in.Agreed)
	}
	slices.Sort(ev.incidents)
	ev.incidents = slices.Compact(ev.incidents)
	v.judgeJoined(ev, parts)
}

// joinedParts are the parts whose numbers are joined; false where the contract
// has none of the kind.
func (v *view) joinedParts(ev *evaluated, leaveOut map[string]bool) (parts []partValue, ok bool) {
	p, j := ev.plan, ev.plan.written.Measure.Join
	kind := v.e.contract.part(j.Over)
	if kind == nil {
		return nil, false
	}
	end := instantBefore(ev.period.interval(v.e.zone).End, v.valid)
	for _, s := range v.recordOf(ev.subject.service).partsIn(ev.subject, kind.Name, end) {
		if v.ineligible(p, s, end) != nil {
			continue
		}
		in, rulings, _ := v.input(p, s, ev.period, leaveOut)
		weight, weighed := v.weightOf(j, s, end)
		parts = append(parts, partValue{s, in, in.Compute(), rulings, weight, weighed})
	}
	return parts, true
}

// weightOf is what a part weighs in a join: its attribute at the end of the
// window; false where nobody says it, or it cannot be.
func (v *view) weightOf(j *Join, s subject, at calendar.Instant) (credits.Ratio, bool) {
	if j.By == "" {
		return credits.Int(1), true
	}
	t := v.traitsOf(s, at)
	weight, _, said := t.quantity(j.By)
	return weight, said && weight.Sign() >= 0
}

// judgeJoined compares the joined number with the target, as it would be with
// all unobserved time up and with all of it down.
func (v *view) judgeJoined(ev *evaluated, parts []partValue) {
	p, r := ev.plan, &ev.result
	running := v.valid < ev.period.interval(v.e.zone).Intersect(v.e.term).End
	value, sum, runs, ok := p.join(parts, partValue.asUp)
	verdict := NotApplicable
	if ok && (running || !v.tooLittle(sum)) {
		r.Allows = v.allowsJoined(ev, parts, sum)
		smooth := v.smoothing(ev)
		value, known := smooth.mean(value, asSeen)
		worst, most, mostRuns, _ := p.join(parts, partValue.asDown)
		worst, _ = smooth.mean(worst, atMost)
		ev.exact, ev.value, ev.hasValue = value, p.compared(value), true
		ev.down, ev.of, ev.runs = sum.Lost, sum.Of, append([]credits.Ratio{}, runs...)
		verdict = p.verdict(ev.value)
		unweighed := slices.ContainsFunc(parts, func(x partValue) bool { return x.got.Applicable && !x.weighed })
		other := *ev
		other.value, other.down, other.of, other.runs = p.compared(worst), most.Lost, most.Of, append([]credits.Ratio{}, mostRuns...)
		if unweighed || !known || (sum.Unobserved > 0 || smooth.unsure()) && v.differs(*ev, other) || sum.Unobserved > 0 && v.differsInJoinedPieces(ev, other, smooth, parts) {
			verdict, ev.hasValue = NotMeasured, false
		} else {
			r.Measured = v.measurement(ev, sum)
		}
	}
	r.Verdict = verdict
	if running {
		r.Verdict, r.SoFar, ev.hasValue = Open, verdict, false
	}
	if v.tells(ev.period) {
		r.Why = v.explainJoined(ev, parts, sum)
	}
}

// join makes one number of those of the parts in which time was agreed; false
// where there is none.
func (p *objectivePlan) join(parts []partValue, of func(partValue) (measure.Availability, measure.Available)) (value credits.Ratio, sum measure.Available, runs []credits.Ratio, ok bool) {
	n, decides := int64(0), measure.Available{}
	total, weights, weighted := credits.Int(0), credits.Int(0), credits.Int(0)
	for _, part := range parts {
		in, got := of(part)
		if !got.Applicable {
			continue
		}
		number := p.number(in, got)
		sum.Agreed, sum.Of, sum.Excluded, sum.Unobserved = sum.Agreed+got.Agreed, sum.Of+got.Of, sum.Excluded+got.Excluded, sum.Unobserved+got.Unobserved
		sum.Lost, sum.Counted = sum.Lost.Add(got.Lost), sum.Counted+got.Counted
		sum.Stages = append(sum.Stages, got.Stages...)
		total, n = total.Add(number), n+1
		weights, weighted = weights.Add(part.weight), weighted.Add(number.Mul(part.weight))
		runs = append(runs, got.Counts()...)
		switch lower := number.Cmp(value) < 0; {
		case n == 1, p.written.Measure.Join.Kind == JoinLowest && lower, p.written.Measure.Join.Kind == JoinHighest && !lower:
			value, decides = number, got
		}
	}
	sum.Applicable = n > 0
	switch p.written.Measure.Join.Kind {
	case JoinLowest, JoinHighest: // what was down is what was down of the part that decides
		decides.Unobserved = sum.Unobserved
		sum, runs = decides, decides.Counts()
	case JoinPooled:
		if value = total; p.kind == MeasureAvailability {
			value = sum.Ratio()
		}
	case JoinAverage:
		value, _ = total.Quo(credits.Int(max(1, n)))
	case JoinWeighted:
		mean, err := weighted.Quo(weights)
		return mean, sum, runs, err == nil
	}
	return value, sum, runs, n > 0
}

// restStep tells of parts that are not told one by one what they add.
func (v *view) restStep(parts []partValue) Step {
	lost, agreed := credits.Int(0), time.Duration(0)
	for _, part := range parts {
		lost, agreed = lost.Add(part.got.Lost), agreed+part.got.Of
	}
	return Step{Code: "more-parts", Args: []Arg{Count("n", len(parts)), Duration("down", floorOf(lost)), Duration("agreed", agreed)}}
}

// explainJoined tells what each part's number is made of, and how they become
// one.
func (v *view) explainJoined(ev *evaluated, parts []partValue, sum measure.Available) []Step {
	p := ev.plan
	var steps []Step
	for i, part := range parts {
		if i == maxSteps {
			steps = append(steps, v.restStep(parts[maxSteps:]))
			break
		}
		shown := "–"
		if part.got.Applicable {
			shown = p.show(p.number(part.in, part.got))
		}
		if len(steps) < 2*maxSteps {
			steps = append(steps, v.downSteps(p, part.s, ev.period, part.in, part.got, part.rulings)...)
		}
		step := Step{Code: "part-value", Clause: p.id + "/measure", Args: []Arg{
			Name("part", part.s.part), Shown("measured", shown), Duration("down", floorOf(part.got.Lost)), Duration("agreed", part.got.Of),
		}}
		switch {
		case p.written.Measure.Join.By == "":
		case part.weighed:
			step.Args = append(step.Args, Arg{"weight", ArgNumber, numberText(part.weight)}, Name("by", p.written.Measure.Join.By))
		default:
			step.Args = append(step.Args, Name("unsaid", p.written.Measure.Join.By))
		}
		steps = append(steps, step)
	}
	steps = append(steps, v.unsureSteps(ev)...)
	if ev.result.Measured == nil {
		return append(steps, Step{Code: "no-value", Args: []Arg{Phrase("verdict", "verdict "+slug(ev.result.Verdict))}})
	}
	own, _, _, _ := p.join(parts, partValue.asUp)
	steps = append(steps, Step{Code: "joined", Clause: p.id + "/measure", Args: []Arg{
		Shown("measured", p.show(own)), Prose("join", p.written.Measure.Join.String()),
		Duration("down", floorOf(sum.Lost)), Duration("agreed", sum.Of),
	}})
	steps = append(steps, v.finishSteps(ev, own)...)
	if p.level != nil {
		steps = append(steps, v.targetStep(p, ev, sum))
	}
	return steps
}
