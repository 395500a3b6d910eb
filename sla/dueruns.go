package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// What came of the instants at which runs were due: each is answered by a run
// that was in time for it, or by none.

// A runOutcome is what an instant at which a run was due came to.
type runOutcome string

const (
	runGood    runOutcome = "good"
	runFailed  runOutcome = "failed"
	runMissed  runOutcome = "missed"
	runLeftOut runOutcome = "left-out"
	// runWaits says that a run may still be in time, runUnseen that nobody
	// observed whether one was.
	runWaits  runOutcome = "waits"
	runUnseen runOutcome = "unseen"
)

// A dueRun is an instant at which a run was due, what came of it, and the run
// that answered it.
type dueRun struct {
	at      calendar.Instant
	of      string // the part
	outcome runOutcome
	run     *Item
	// late is the first run after it that answers to none.
	late *Item
	// excuse is the outage for which it does not count as failed.
	excuse *Outage
}

// ofSchedule is the share or the number of instants of a window at which runs
// were due, of those of all parts where they are pooled.
func (v *view) ofSchedule(p *objectivePlan, s subject, span calendar.Interval) (out number) {
	var all runsDue
	for _, one := range v.pooledIn(p, s, span) {
		if err := v.dueRuns(&all, p, one, span); err != nil {
			return number{steps: []Step{{Code: "runs-unknown", Clause: p.id + "/scheduled"}}}
		}
	}
	n := map[runOutcome]int64{}
	for _, d := range all.due {
		n[d.outcome]++
	}
	bad := n[runFailed] + n[runMissed]
	out.value, out.ok = p.ofRuns(n[runGood]+n[runUnseen], bad)
	other, _ := p.ofRuns(n[runGood], bad+n[runUnseen])
	out.bounds = measure.Between(out.value, other)
	out.n = n[runGood] + n[runUnseen] + bad
	out.left, out.waits = out.n == 0 && n[runLeftOut] > 0, n[runWaits] > 0
	out.steps = v.runSteps(p, &all, n)
	return out
}

// pooledIn are the parts of a subject whose instants are added up, else the
// subject alone.
func (v *view) pooledIn(p *objectivePlan, s subject, span calendar.Interval) []subject {
	join := p.written.Measure.Join
	if join == nil || join.Kind != JoinPooled {
		return []subject{s}
	}
	kind := v.e.contract.part(join.Over)
	if kind == nil {
		return nil // Check refuses it
	}
	return v.recordOf(s.service).partsIn(s, kind.Name, instantBefore(span.End, v.valid))
}

// ofRuns is the number measured of runs that were good and of such as were not.
func (p *objectivePlan) ofRuns(good, bad int64) (credits.Ratio, bool) {
	if p.kind == MeasureFailed {
		return credits.Int(bad), true
	}
	r, err := credits.NewRatio(good, good+bad)
	return r, err == nil
}

// A runsDue is the instants of a window at which a run was due, and how many
// runs of the window answered none.
type runsDue struct {
	due   []dueRun
	extra int
}

// dueRuns adds the instants of a subject, by the instant of the report. The
// error says that nobody knows which days are business days.
func (v *view) dueRuns(out *runsDue, p *objectivePlan, s subject, span calendar.Interval) error {
	agreed := v.agreedIn(p, s, span).Within(calendar.Interval{Start: calendar.MinInstant, End: v.valid})
	if life, said := v.lifeOf(s); said {
		agreed = agreed.Intersect(life)
	}
	due, err := v.dueTimes(p, agreed.Bounds())
	if err != nil {
		return err
	}
	done := v.performedBy(p, s)
	if done.err != nil {
		return done.err
	}
	covered, excuses := v.coveredAny(p, s), v.excusing(p, s)
	for i, at := range due {
		if !agreed.Contains(at) {
			continue
		}
		d := dueRun{at: at, of: s.part, outcome: runMissed}
		if n, ok := done.of[at]; ok {
			d.run, d.outcome = done.items[n], rankOutcome[done.runs[n].Rank]
		}
		next := calendar.MaxInstant
		if i+1 < len(due) {
			next = due[i+1]
		} else if p.written.Scheduled.BeforeNext {
			if next, err = v.nextDue(p, at); err != nil {
				return err
			}
		}
		v.settleRun(&d, p, done, next, covered, excuses)
		if d.outcome == runMissed && i+1 < len(due) {
			d.late = done.late(at, due[i+1])
		}
		out.due = append(out.due, d)
	}
	for n, r := range done.runs {
		if span.Start <= r.Start && r.Start < span.End && !done.used[n] {
			out.extra++
		}
	}
	return nil
}

// settleRun settles what no good run answered: it may still be answered, it is
// left out for what went on at its instant, nobody observed it, or it failed.
func (v *view) settleRun(d *dueRun, p *objectivePlan, done *performed, next calendar.Instant, covered calendar.Set, excuses excuses) {
	if excuses.away.Contains(d.at) {
		d.outcome, d.run = runLeftOut, nil
		return
	}
	if d.outcome == runGood {
		return
	}
	decided := p.written.Scheduled.punctual().Decided(d.at, next, done.runsOn(p.written.Scheduled.punctual(), d.at, next))
	why, excused := excuses.at(d.at)
	switch {
	case decided >= v.valid:
		d.outcome, d.run = runWaits, nil
	case excused && v.leavesDowntimeOnly():
		d.outcome, d.excuse = runGood, why
	case excused:
		d.outcome, d.excuse = runLeftOut, why
	case d.outcome != runLeftOut && !covered.Complement(calendar.Interval{Start: d.at, End: decided + 1}).IsEmpty():
		d.outcome, d.run = unseenAs[p.written.Without.Data], nil
	}
}

// unseenAs is what an instant is taken for that nobody observed.
var unseenAs = map[Assumed]runOutcome{"": runUnseen, AssumedUp: runGood, AssumedDown: runMissed, AssumedLeftOut: runLeftOut}

// dueTimes are the instants of an interval at which a run is due, in order.
func (v *view) dueTimes(p *objectivePlan, span calendar.Interval) ([]calendar.Instant, error) {
	return p.dueTimes(span, v.e.business)
}

// horizons are how far the next or the last instant is looked for; no dates
// that recur are farther apart than 29 February around the year 2100.
var horizons = []time.Duration{24 * time.Hour, 32 * 24 * time.Hour, 400 * 24 * time.Hour, 8 * 367 * 24 * time.Hour}

// nextDue is the first instant after another at which a run is due, as far as
// that has come; MaxInstant where it has not.
func (v *view) nextDue(p *objectivePlan, after calendar.Instant) (calendar.Instant, error) {
	for _, far := range horizons {
		due, err := v.dueTimes(p, calendar.Interval{Start: after + 1, End: min(after.Add(far), v.valid)})
		if err != nil || len(due) > 0 {
			return append(due, calendar.MaxInstant)[0], err
		}
	}
	return calendar.MaxInstant, nil
}

// dueBefore is the last instant up to another at which a run was due; that
// instant where there was none.
func (v *view) dueBefore(p *objectivePlan, upto calendar.Instant) (calendar.Instant, error) {
	for _, far := range horizons {
		due, err := v.dueTimes(p, calendar.Interval{Start: upto.Add(-far), End: upto + 1})
		if err != nil {
			return upto, err
		}
		if len(due) > 0 {
			return due[len(due)-1], nil
		}
	}
	return upto, nil
}

// An excuses is what excuses that no good run answered an instant: outages for
// causes that are excluded, and announced work; and the announced time that is
// left out whatever ran in it.
type excuses struct {
	outages    *ruledOutages
	work, away calendar.Set
}

func (v *view) excusing(p *objectivePlan, s subject) excuses {
	e := excuses{outages: v.ruledOf(p, s)}
	e.work, e.away = v.announcedWork(p, s)
	return e
}

// at is the outage that excuses an instant, nil for announced work.
func (e excuses) at(t calendar.Instant) (*Outage, bool) {
	for _, r := range e.outages.near(calendar.Interval{Start: t, End: t + 1}) {
		if !r.ignored && !r.ofPart && r.excused.Contains(t) {
			return r.outage, true
		}
	}
	return nil, e.work.Contains(t)
}
