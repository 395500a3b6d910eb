package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Ratchet moves the target of an objective after windows in a row that were
// better: a continuous improvement clause. The windows of a row are in force
// with the target they were judged by; the new one holds from the window that
// follows, and then the row begins again. Windows that do not apply, and those
// of the start-up time, are skipped; one that is not measured breaks the row
// (B6 of the catalogue of remedies).
type Ratchet struct {
	// Beyond asks each window to be strictly better than the target, above or
	// below it; without it the target must be met.
	Beyond credits.Op `json:"beyond,omitempty"`
	// Count is how many windows of Window in a row it takes.
	Count  int    `json:"count"`
	Window Window `json:"window"`
	// Share is the part of the way from the target to the goal by which it
	// moves.
	Share credits.Share `json:"share"`
	// Goal is the level it moves to; nil means the average of the windows of
	// the row.
	Goal *Threshold `json:"goal,omitempty"`
	// AtMost bounds the move to a part of the way to Limit; nil bounds nothing.
	AtMost *credits.Share `json:"atMost,omitempty"`
	Limit  *Threshold     `json:"limit,omitempty"`
	// Rounded is how the new target is rounded; nil leaves it exact.
	Rounded *Rounded `json:"rounded,omitempty"`
}

// next is the target that a row of values leads to.
func (r *Ratchet) next(p *objectivePlan, level credits.Ratio, row []credits.Ratio) credits.Ratio {
	goal := credits.Ratio{}
	if r.Goal != nil {
		goal = r.Goal.size(p.unit)
	} else {
		for _, value := range row {
			goal = goal.Add(value)
		}
		goal, _ = goal.Quo(credits.Int(int64(len(row))))
	}
	move := goal.Sub(level).Mul(r.Share.Ratio())
	if r.AtMost != nil && r.Limit != nil {
		most := r.Limit.size(p.unit).Sub(level).Mul(r.AtMost.Ratio())
		if p.op.Upward() == (move.Cmp(most) > 0) {
			move = most
		}
	}
	return p.rounded(r.Rounded, level.Add(move))
}

// A ratchetState is how far the windows of an objective and of what it is
// judged for have been looked at.
type ratchetState struct {
	// plans are those in force, each from a date on.
	plans []ratchetPlan
	// through is the first date that was not looked at, and row the values of
	// the windows in a row that end there.
	through calendar.Date
	row     []credits.Ratio
}

type ratchetPlan struct {
	from calendar.Date
	plan *objectivePlan
	step *Step
}

// at is the plan in force on a date.
func (s *ratchetState) at(d calendar.Date) ratchetPlan {
	in := s.plans[0]
	for _, p := range s.plans[1:] {
		if !d.Before(p.from) {
			in = p
		}
	}
	return in
}

// ratcheted is the state of an objective before a window; nil where its target
// never moves.
func (v *view) ratcheted(p *objectivePlan, s subject, period Period) *ratchetState {
	if p.written == nil || p.written.Ratchet == nil || p.level == nil || !p.window.Tiles() {
		return nil
	}
	k := judgedKey{p.id, s.label()}
	state, known := v.ratchets[k]
	if !known {
		state = &ratchetState{plans: []ratchetPlan{{plan: p}}, through: v.ratchetsFrom(k, period.From)}
		v.ratchets[k] = state
	}
	if !state.through.Before(period.From) {
		return state
	}
	for _, w := range v.tiles(p.window, state.through, period.From) {
		if w.To.After(period.From) || w.From.Before(state.through) {
			continue
		}
		if past, ok := v.settledWindow(k, w.Name); ok {
			state.see(w, past)
			continue
		}
		if span := w.interval(v.e.zone).Intersect(v.e.term); span.IsEmpty() || p.agreed != nil && p.agreed.Check(span) != nil {
			state.see(w, past{verdict: NotApplicable})
			continue
		}
		v.evaluate(p, s, w)
	}
	return state
}

// ratchetsFrom is the first date whose windows can count.
func (v *view) ratchetsFrom(k judgedKey, to calendar.Date) calendar.Date {
	first := to
	if v.begins != nil {
		first = earlier(first, *v.begins)
	}
	if v.prior != nil {
		for _, r := range v.prior.Results {
			if r.Objective == k.objective && r.For == k.service {
				first = earlier(first, r.To.AddDays(-1))
			}
		}
	}
	if start, _ := v.e.zone.Local(v.e.term.Start); v.e.term.Start != calendar.MinInstant {
		first = later(first, earlier(start, to))
	}
	return later(first, to.AddDays(-maxLookback))
}

// settledWindow is a window of the ledger, as it was corrected last.
func (v *view) settledWindow(k judgedKey, window string) (past, bool) {
	found := past{}
	if v.prior == nil {
		return found, false
	}
	ok := false
	for _, results := range [][]LedgerResult{v.prior.Results, v.corrected} {
		for _, r := range results {
			if r.Objective == k.objective && r.For == k.service && r.Window == window {
				found, ok = pastOf(r), true
			}
		}
	}
	return found, ok
}

// see takes a window that is over into the row, and moves the target where the
// row is complete.
func (s *ratchetState) see(w Period, got past) {
	if w.From.Before(s.through) {
		return
	}
	s.through = w.To
	p := s.at(w.From).plan
	r := p.written.Ratchet
	switch {
	case got.verdict == NotApplicable || got.excused == ExcusedStartUp:
		return
	case !got.hasValue || r.Beyond != "" && !r.Beyond.Holds(got.value, *p.level) || r.Beyond == "" && got.verdict != Met:
		s.row = nil
		return
	}
	if s.row = append(s.row, got.value); len(s.row) < r.Count {
		return
	}
	level := r.next(p, *p.level, s.row)
	s.row = nil
	if level.Equal(*p.level) {
		return
	}
	of := *p
	of.level, of.moved = &level, string(p.op)+" "+p.levelShown(level)
	s.plans = append(s.plans, ratchetPlan{from: w.To, plan: &of, step: &Step{Code: "ratcheted", Clause: p.id + "/ratchet", Args: []Arg{
		Prose("target", of.moved), Prose("was", orDefault(p.moved, targetText(p.written.Target))), Count("n", r.Count), DateArg("from", w.To),
	}}})
}

// levelShown writes a level that nobody wrote in its unit, with the decimals it
// has; a share has two at least.
func (p *objectivePlan) levelShown(level credits.Ratio) string {
	switch {
	case !p.inPercent():
		return p.show(level)
	case !credits.RatioOfDecimal(level.Round(maxDecimals, credits.HalfUp)).Equal(level):
		return credits.ShowPercent(level)
	}
	percent := level.Round(maxDecimals, credits.HalfUp).Shift(2)
	for places := int32(2); places < maxDecimals; places++ {
		if percent.Equal(percent.Truncate(places)) {
			return percent.StringFixed(places) + "%"
		}
	}
	return percent.String() + "%"
}

// judged takes a window just evaluated into the row, and says what moved its
// target, and what it moves.
func (s *ratchetState) judged(v *view, ev *evaluated) {
	in := s.at(ev.period.From)
	var steps []Step
	if in.step != nil {
		steps = append(steps, *in.step)
	}
	if ev.result.Verdict != Open {
		before := len(s.plans)
		s.see(ev.period, past{ev.period.To, ev.result.Verdict, ev.value, ev.hasValue, v.excuse(ev), nil})
		if len(s.plans) > before {
			steps = append(steps, *s.plans[before].step)
		}
	}
	if v.tells(ev.period) {
		ev.result.Why = slices.Concat(ev.result.Why, steps)
	}
}
