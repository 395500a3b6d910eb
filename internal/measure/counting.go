package measure

import (
	"cmp"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// From time that was down to downtime that counts. The steps are always these
// (edition 1), each optional, and each takes what the one before left:
//
//	1  which outages, from when          chosen by the caller
//	2  union, less exclusions, inside the agreed time and the window
//	3  shortest run                      others are no outage
//	4  rounding of each run              whole or started units
//	5  allowance of each run, weight
//	6  at most so much each day or run
//	7  rounding of the total, allowance of the total

// Counting says which of the steps 3 to 7 are written. The zero value counts
// every instant.
type Counting struct {
	// Run drops runs shorter than it (step 3); with Longer, those of exactly
	// its length as well. BeforeExclusions tests runs as they were before
	// exclusions cut them, AcrossWindows before the window's ends did.
	Run                             time.Duration
	Longer                          bool
	BeforeExclusions, AcrossWindows bool
	// Each rounds runs to units (step 4): whole units down, started ones up.
	// Slots, where it is set, gives the unit of the local clock that holds an
	// instant; then units that are down from end to end count, or those
	// touched.
	Each    time.Duration
	Started bool
	Slots   func(calendar.Instant) calendar.Interval
	// EachBeyond leaves that much of each run out (step 5).
	EachBeyond time.Duration
	// DayMost and RunMost bound what counts on one local date or of one run
	// (step 6); 0 for no bound. Day gives the local date that holds an
	// instant.
	DayMost, RunMost time.Duration
	Day              func(calendar.Instant) calendar.Interval
	// Total rounds the sum and TotalBeyond leaves that much of it out (step 7).
	Total        time.Duration
	TotalStarted bool
	TotalBeyond  time.Duration
}

// A Weighted interval counts for a share of its length (step 5).
type Weighted struct {
	At    calendar.Interval
	Share credits.Ratio
}

// StageName names a step of the counting; also its key in explanations.
type StageName string

// The steps that change something.
const (
	StageRun    StageName = "count-run"
	StageEach   StageName = "count-each"
	StageBeyond StageName = "count-beyond"
	StageWeight StageName = "count-weight"
	StageMost   StageName = "count-most"
	StageTotal  StageName = "count-total"
	StageSpare  StageName = "count-spare"
)

// A Stage is what one written step left: Before and After are nanoseconds;
// Runs is how many runs are left.
type Stage struct {
	Name          StageName
	Before, After credits.Ratio
	Runs          int
}

// A Run is a maximal interval of what is left after step 3, or of the units
// of the clock that step 4 makes of it, and what of it counts.
type Run struct {
	At calendar.Interval
	// whole is the nanoseconds that count, or −1 where they are no whole
	// number: then part says it.
	whole time.Duration
	part  credits.Ratio
}

// Count is the nanoseconds of the run that count.
func (r *Run) Count() credits.Ratio {
	if r.whole >= 0 {
		return Exact(r.whole)
	}
	return r.part
}

// set gives a run its count.
func (r *Run) set(count credits.Ratio) {
	r.part, r.whole = count, -1
	if num := count.Num(); count.Den().IsInt64() && count.Den().Int64() == 1 && num.IsInt64() {
		r.whole = time.Duration(num.Int64())
	}
}

// Counted is the result of the steps.
type Counted struct {
	// Down is the downtime that counts, in nanoseconds.
	Down   credits.Ratio
	Runs   []Run
	Stages []Stage
}

// plain says that no step is written.
func (c Counting) plain() bool {
	return c.Run == 0 && c.Each == 0 && c.EachBeyond == 0 && c.DayMost == 0 && c.RunMost == 0 && c.Total == 0 && c.TotalBeyond == 0
}

// Grows says that more downtime may count for more when it comes in pieces than
// when it comes at once: then all of a time down is not the worst that it may
// hold.
func (c Counting) Grows() bool { return c.RunMost > 0 || c.Each > 0 && c.Started && c.Slots == nil }

// count takes the set left by step 2 through the others. uncut is that set as
// it is tested in step 3.
func (c Counting) count(left, uncut calendar.Set, weights []Weighted) Counted {
	w := &counter{rule: c, total: Exact(left.Measure())}
	if c.Run > 0 {
		left = c.longRuns(left, uncut)
	}
	for v := range left.All() {
		w.runs = append(w.runs, Run{At: v, whole: v.Length()})
	}
	w.stage(StageRun, c.Run > 0)
	if c.Each > 0 {
		w.roundEach(left)
		w.stage(StageEach, true)
	}
	if c.EachBeyond > 0 {
		w.each(func(r *Run) credits.Ratio { return Exact(max(0, r.whole-c.EachBeyond)) })
		w.stage(StageBeyond, true)
	}
	if len(weights) > 0 {
		w.weigh(weights, left)
		w.stage(StageWeight, true)
	}
	w.bound()
	w.finish()
	return w.Counted
}

// longRuns keeps the runs that are long enough before they were cut.
func (c Counting) longRuns(left, uncut calendar.Set) calendar.Set {
	var kept calendar.Builder
	for v := range uncut.All() {
		if n := v.Length(); n > c.Run || n == c.Run && !c.Longer {
			kept.Add(v)
		}
	}
	return left.Intersect(kept.Set())
}

// A counter carries the runs through the steps.
type counter struct {
	rule  Counting
	runs  []Run
	total credits.Ratio
	Counted
}

// stage adds the runs up after a step that is written.
func (w *counter) stage(name StageName, written bool) {
	before := w.total
	w.total = sumOf(w.runs)
	if written {
		w.Stages = append(w.Stages, Stage{name, before, w.total, len(w.runs)})
	}
}

func sumOf(runs []Run) credits.Ratio {
	sum, whole := credits.Int(0), time.Duration(0)
	for i := range runs {
		if runs[i].whole >= 0 {
			whole += runs[i].whole
		} else {
			sum = sum.Add(runs[i].part)
		}
	}
	return sum.Add(Exact(whole))
}

// each replaces what counts of each run.
func (w *counter) each(count func(*Run) credits.Ratio) {
	for i := range w.runs {
		r := &w.runs[i]
		r.set(count(r))
	}
}

// roundEach is step 4.
func (w *counter) roundEach(left calendar.Set) {
	if w.rule.Slots == nil {
		w.each(func(r *Run) credits.Ratio { return Exact(units(r.whole, w.rule.Each, w.rule.Started)) })
		return
	}
	var slots calendar.Builder
	for v := range left.All() {
		for s := w.rule.Slots(v.Start); s.Start < v.End; s = w.rule.Slots(s.End) {
			if w.rule.Started || s.Start >= v.Start && s.End <= v.End {
				slots.Add(s)
			}
		}
	}
	w.runs = w.runs[:0]
	for v := range slots.Set().All() {
		w.runs = append(w.runs, Run{At: v, whole: v.Length()})
	}
}

// units rounds d to units, down or up.
func units(d, unit time.Duration, started bool) time.Duration {
	whole := d / unit * unit
	if started && whole < d {
		whole += unit
	}
	return whole
}

// weigh multiplies each run by its mean weight: the share of the time down in
// it that each instant's weight makes. The weights are disjoint and in order of
// time.
func (w *counter) weigh(weights []Weighted, left calendar.Set) {
	w.each(func(r *Run) credits.Ratio {
		down := left.Within(r.At)
		sum := credits.Int(0)
		first, _ := slices.BinarySearchFunc(weights, r.At.Start, func(v Weighted, t calendar.Instant) int { return cmp.Compare(v.At.End, t+1) })
		for _, v := range weights[first:] {
			if v.At.Start >= r.At.End {
				break
			}
			sum = sum.Add(Exact(down.Within(v.At).Measure()).Mul(v.Share))
		}
		mean, err := sum.Quo(Exact(down.Measure()))
		if err != nil {
			return r.Count() // no time of it was down: the slots touched only
		}
		return r.Count().Mul(mean)
	})
}

// bound is step 6.
func (w *counter) bound() {
	if most := w.rule.RunMost; most > 0 {
		w.each(func(r *Run) credits.Ratio { return least(r.Count(), Exact(most)) })
		w.stage(StageMost, true)
	}
	if w.rule.DayMost == 0 || w.rule.Day == nil {
		return
	}
	days := map[calendar.Instant]credits.Ratio{}
	for i := range w.runs {
		r := &w.runs[i]
		r.set(w.onDays(r, days))
	}
	w.stage(StageMost, true)
}

// onDays spreads what counts of a run over its dates, in proportion to time,
// and keeps of each date what its bound leaves.
func (w *counter) onDays(r *Run, used map[calendar.Instant]credits.Ratio) credits.Ratio {
	kept := credits.Int(0)
	for day := w.rule.Day(r.At.Start); day.Start < r.At.End; day = w.rule.Day(day.End) {
		share, err := Exact(day.Intersect(r.At).Length()).Quo(Exact(r.At.Length()))
		if err != nil {
			continue
		}
		room := Exact(w.rule.DayMost).Sub(used[day.Start])
		part := least(r.Count().Mul(share), room)
		used[day.Start] = used[day.Start].Add(part)
		kept = kept.Add(part)
	}
	return kept
}

func least(a, b credits.Ratio) credits.Ratio {
	if a.Cmp(b) > 0 {
		return b
	}
	return a
}

// finish is step 7.
func (w *counter) finish() {
	w.Down, w.Counted.Runs = w.total, w.runs
	if unit := w.rule.Total; unit > 0 {
		n, _ := w.Down.Quo(Exact(unit))
		mode := credits.Down
		if w.rule.TotalStarted {
			mode = credits.Up
		}
		after := credits.RatioOfDecimal(n.Round(0, mode)).Mul(Exact(unit))
		w.Stages = append(w.Stages, Stage{StageTotal, w.Down, after, len(w.runs)})
		w.Down = after
	}
	if spare := w.rule.TotalBeyond; spare > 0 {
		after := w.Down.Sub(Exact(spare))
		if after.Sign() < 0 {
			after = credits.Int(0)
		}
		w.Stages = append(w.Stages, Stage{StageSpare, w.Down, after, len(w.runs)})
		w.Down = after
	}
}
