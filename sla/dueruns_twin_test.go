package sla_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Runs that a schedule asks for, against a twin that walks three days minute by
// minute: it looks at the clock on the wall for when one is due, and gives runs
// to instants in the order in which the specification says so.

const dueContract = `sla 1
contract "DUE" {
  kind           fragment
  timezone       %s
}
calendar day open Mon-Sun 04:00-22:00
service jobs
part queue of jobs
event run of jobs {
  has            manual, yes or no
}
exclusions {
  theirs         "Theirs"
  effect         leaves %s
}
maintenance planned {
  window         at any time
}
maintenance freeze {
  window         at any time
}
objective good of jobs%s {
  measure        share of good runs each day%s
  source         runs "log" one by one
%s  only           when not manual
  exclude        theirs, planned-maintenance
  exclude        freeze-maintenance, down or not
%s  target         at least 60.00%%
  report only
}
objective bad of jobs%s {
  measure        number of failed runs each day%s%s
  source         runs "log" one by one
%s  only           when not manual
  exclude        theirs, planned-maintenance
  exclude        freeze-maintenance, down or not
%s  target         at most 2
  report only
}
`

// A slowRun is a run in minutes of the days; until -1: it had not ended.
type slowRun struct {
	from, until            int
	failed, theirs, manual bool
	source, queue          string
}

// A slowSpell is a stretch of minutes.
type slowSpell struct {
	from, until int
	queue       string
}

func (s slowSpell) holds(m int) bool { return s.from <= m && m < s.until }

// A slowSchedule is what a contract asks of runs, and what is known of them.
type slowSchedule struct {
	zone                  *time.Location
	start                 time.Time
	minutes, now          int
	at                    map[string]bool // times of day
	step                  int
	startWithin, endsIn   int
	beforeNext            bool
	agreed                bool // from 04:00 to 22:00 only
	downOnly              bool
	assume                string
	runs                  []slowRun
	theirs, planned, away []slowSpell
	covered               []slowSpell
	life                  *slowSpell
	pooled                bool // the number is that of both queues
}

func (d *slowSchedule) local(m int) time.Time {
	return d.start.Add(time.Duration(m) * time.Minute).In(d.zone)
}

// due are the minutes at which a run is due.
func (d *slowSchedule) due() (out []int) {
	shown := map[string]bool{}
	for m := range d.minutes {
		t := d.local(m)
		is := d.step > 0 && (t.Hour()*60+t.Minute())%d.step == 0
		for at := range d.at {
			key := t.Format("2006-01-02 ") + at
			if t.Format("15:04") >= at && !shown[key] {
				shown[key], is = true, true
			}
		}
		if is {
			out = append(out, m)
		}
	}
	return out
}

// outcomes are what came of each minute at which a run was due.
func (d *slowSchedule) outcomes(queue string) map[int]string {
	due := d.due()
	used := map[int]bool{}
	answer := map[int]int{}
	inTime := func(i int, r *slowRun) bool {
		t := due[i]
		return r.from >= t && (d.startWithin == 0 || r.from <= t+d.startWithin) && (!d.beforeNext || i+1 == len(due) || r.from < due[i+1])
	}
	worth := func(r *slowRun) int {
		switch {
		case !r.failed, r.theirs && d.downOnly:
			return 0
		case r.theirs:
			return 1
		}
		return 2
	}
	counts := func(r *slowRun) bool {
		return !r.manual && r.source != "another" && r.from < d.now && (queue == "" || r.queue == queue)
	}
	ended := func(r *slowRun) bool { return r.until >= 0 && r.until <= d.now }
	for rank := range 3 {
		for i := range due {
			for n := range d.runs {
				r := &d.runs[n]
				if _, answered := answer[due[i]]; answered || used[n] || worth(r) != rank || !counts(r) || !inTime(i, r) {
					continue
				}
				if d.endsIn > 0 && (!ended(r) || r.until > due[i]+d.endsIn) {
					continue
				}
				answer[due[i]], used[n] = n, true
			}
		}
	}
	within := func(spells []slowSpell, m int) bool {
		return slices.ContainsFunc(spells, func(s slowSpell) bool { return s.holds(m) && (s.queue == "" || s.queue == queue) })
	}
	out := map[int]string{}
	for i, m := range due {
		if m >= d.now || d.agreed && (d.local(m).Hour() < 4 || d.local(m).Hour() >= 22) || d.life != nil && queue == "q" && !d.life.holds(m) {
			continue
		}
		result := "missed"
		if n, ok := answer[m]; ok {
			result = []string{"good", "left out", "failed"}[worth(&d.runs[n])]
		}
		// the last minute in which anything may still be in time
		last := m + 1_000_000
		if d.startWithin > 0 {
			last = min(last, m+d.startWithin)
		}
		if d.beforeNext && i+1 < len(due) && due[i+1] < d.now {
			last = min(last, due[i+1]-1)
		}
		if d.endsIn > 0 {
			last = min(last, m+d.endsIn)
			for n := range d.runs {
				if r := &d.runs[n]; counts(r) && inTime(i, r) && !ended(r) {
					last = m + d.endsIn
				}
			}
		}
		unseen := false
		for at := m; at <= last && at < d.now; at++ {
			unseen = unseen || !within(d.covered, at)
		}
		switch {
		case within(d.away, m):
			result = "left out"
		case result == "good":
		case last >= d.now:
			result = "waits"
		case within(d.theirs, m) || within(d.planned, m):
			result = map[bool]string{true: "good", false: "left out"}[d.downOnly]
		case unseen && result != "left out":
			result = map[string]string{"": "unseen", "up": "good", "down": "missed", "left out": "left out"}[d.assume]
		}
		out[m] = result
	}
	return out
}

// results are the share and the number of each day, of the service or of each
// queue, with the verdict.
func (d *slowSchedule) results() map[string]string {
	out := map[string]string{}
	of := map[string][]string{"jobs": {""}}
	if d.life != nil {
		of = map[string][]string{"q": {"q"}, "r": {"r"}}
	}
	d.tell(out, "good", of, slowShare)
	if d.pooled {
		of = map[string][]string{"jobs": {"q", "r"}}
	}
	d.tell(out, "bad", of, slowNumber)
	return out
}

// tell writes the results of one objective.
func (d *slowSchedule) tell(out map[string]string, objective string, of map[string][]string, value func(map[string]int64) string) {
	for who, queues := range of {
		for day := range 3 {
			n := map[string]int64{}
			from := d.start.In(d.zone).AddDate(0, 0, 2+day)
			until := from.AddDate(0, 0, 1)
			if !from.Before(d.local(d.now)) {
				continue
			}
			for _, queue := range queues {
				for m, result := range d.outcomes(queue) {
					if t := d.local(m); !t.Before(from) && t.Before(until) {
						n[result]++
					}
				}
			}
			text := value(n)
			if d.local(d.now).Before(until) || n["waits"] > 0 {
				text = "open, " + text
			}
			out[objective+" "+from.Format(time.DateOnly)+" "+who] = text
		}
	}
}

// slowShare is the share of good ones, where nobody's not having looked matters.
func slowShare(n map[string]int64) string {
	good, unseen := n["good"], n["unseen"]
	total := good + unseen + n["failed"] + n["missed"]
	switch {
	case total == 0 && n["left out"] > 0:
		return "not applicable"
	case total == 0:
		return "not measured"
	}
	best := big.NewRat(good+unseen, total)
	if met := reached(best); met == reached(big.NewRat(good, total)) {
		return best.RatString() + map[bool]string{true: " met", false: " missed"}[met]
	}
	return "not measured"
}

// slowNumber is the number of failed ones, of which two are allowed.
func slowNumber(n map[string]int64) string {
	bad := n["failed"] + n["missed"]
	if met := bad <= 2; met == (bad+n["unseen"] <= 2) {
		return fmt.Sprint(bad) + map[bool]string{true: " met", false: " missed"}[met]
	}
	return "not measured"
}

func reached(share *big.Rat) bool { return share.Cmp(big.NewRat(6, 10)) >= 0 }

// drawSchedule draws five days, of which the last three are reported, and the
// contract.
func drawSchedule(t *rapid.T) (*slowSchedule, string) {
	pick := func(name string, of ...int) int { return rapid.SampledFrom(of).Draw(t, name) }
	zone := rapid.SampledFrom([]string{"Europe/Paris", "America/New_York", "UTC"}).Draw(t, "zone")
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	first := rapid.SampledFrom([]time.Time{
		time.Date(2026, 3, 26, 0, 0, 0, 0, loc), time.Date(2026, 10, 22, 0, 0, 0, 0, loc), time.Date(2026, 3, 5, 0, 0, 0, 0, loc), time.Date(2026, 6, 10, 0, 0, 0, 0, loc),
	}).Draw(t, "first")
	d := &slowSchedule{zone: loc, start: first, minutes: int(first.AddDate(0, 0, 5).Sub(first) / time.Minute), at: map[string]bool{}}
	d.now = d.minutes - pick("before the end", 0, 0, 30, 700, 2000)
	var lines strings.Builder
	if rapid.Bool().Draw(t, "steps") {
		d.step = pick("step", 30, 120, 360, 1440)
		fmt.Fprintf(&lines, "  scheduled every %d min\n", d.step)
	}
	if times := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"02:00", "02:30", "03:00", "03:10", "12:00", "12:15", "21:50", "23:55"}), 0, 4, rapid.ID).Draw(t, "times"); len(times) > 0 || d.step == 0 {
		if len(times) == 0 {
			times = []string{"02:30"}
		}
		for _, at := range times {
			d.at[at] = true
		}
		fmt.Fprintf(&lines, "  scheduled every day at %s\n", strings.Join(times, ", "))
	}
	d.startWithin, d.endsIn, d.beforeNext = pick("start within", 0, 10, 45, 600), pick("end within", 0, 0, 20, 90), rapid.Bool().Draw(t, "before the next")
	if d.startWithin == 0 && d.endsIn == 0 {
		d.beforeNext = true
	}
	if d.startWithin > 0 {
		fmt.Fprintf(&lines, "  started within %d min\n", d.startWithin)
	}
	if d.endsIn > 0 {
		fmt.Fprintf(&lines, "  ended within %d min\n", d.endsIn)
	}
	if d.beforeNext {
		lines.WriteString("  started before the next\n")
	}
	if d.assume = rapid.SampledFrom([]string{"", "", "up", "down", "left out"}).Draw(t, "assumed"); d.assume != "" {
		fmt.Fprintf(&lines, "  without data, the time is %s\n", d.assume)
	}
	d.downOnly, d.agreed = rapid.Bool().Draw(t, "downtime only"), rapid.Bool().Draw(t, "agreed")
	if rapid.Bool().Draw(t, "parts") {
		d.life = &slowSpell{from: pick("life from", 0, 3000, 4000), until: pick("life until", 3500, 6000, 9000)}
	}
	d.draw(t)
	effect, during, each := "both", "", ""
	if d.downOnly {
		effect = "downtime only"
	}
	if d.agreed {
		during = " during day"
	}
	if d.life != nil {
		each = " for each queue"
	}
	pooledEach, pooled := each, ""
	if d.life != nil && rapid.Bool().Draw(t, "pooled") {
		pooledEach, pooled, d.pooled = "", ", pooled over queues", true
	}
	return d, fmt.Sprintf(dueContract, zone, effect, each, during, "", lines.String(), pooledEach, during, pooled, "", lines.String())
}

// draw draws runs, most of them near an instant at which one was due, and the
// stretches of the rest.
func (d *slowSchedule) draw(t *rapid.T) {
	of := func(name string) string { return rapid.SampledFrom([]string{"", "q", "q"}).Draw(t, name) }
	due := d.due()
	for range rapid.IntRange(0, 40).Draw(t, "runs") {
		r := slowRun{
			from: rapid.SampledFrom(due).Draw(t, "due") + rapid.SampledFrom([]int{-20, -1, 0, 0, 0, 1, 5, 10, 11, 40, 46, 100}).Draw(t, "later"), until: -1,
			failed: rapid.IntRange(0, 3).Draw(t, "failed") == 0, theirs: rapid.IntRange(0, 3).Draw(t, "theirs") == 0, manual: rapid.IntRange(0, 9).Draw(t, "manual") == 0,
			source: rapid.SampledFrom([]string{"", "log", "log", "another"}).Draw(t, "source"), queue: of("queue"),
		}
		if rapid.IntRange(0, 6).Draw(t, "ended") > 0 {
			r.until = r.from + rapid.SampledFrom([]int{0, 5, 20, 21, 89, 300}).Draw(t, "length")
		}
		if r.from >= 1440 {
			d.runs = append(d.runs, r)
		}
	}
	slices.SortStableFunc(d.runs, func(a, b slowRun) int { return a.from - b.from })
	spells := func(name string, most int, lengths ...int) (out []slowSpell) {
		for range rapid.IntRange(0, most).Draw(t, name) {
			from := rapid.IntRange(2800, d.minutes).Draw(t, name+" from")
			until := from + rapid.SampledFrom(lengths).Draw(t, name+" length")
			if rapid.Bool().Draw(t, name+" ends near an instant") {
				until = max(from+1, rapid.SampledFrom(due).Draw(t, name+" near")+rapid.SampledFrom([]int{0, d.startWithin, d.endsIn, d.startWithin + 1}).Draw(t, name+" later"))
			}
			out = append(out, slowSpell{from, until, of(name + " of")})
		}
		return out
	}
	d.theirs = spells("theirs", 2, 1, 60, 700)
	d.planned, d.away = spells("planned", 1, 30, 300), spells("away", 1, 30, 300)
	for _, list := range [][]slowSpell{d.planned, d.away} {
		for i := range list {
			list[i].queue = "" // work is of a service
		}
	}
	d.covered = []slowSpell{{from: 0, until: 20000}}
	if rapid.Bool().Draw(t, "gaps") {
		d.covered = append(spells("covered", 2, 100, 2000), slowSpell{from: 2880, until: 2880 + rapid.SampledFrom([]int{1, 1500, 4000}).Draw(t, "first covered")})
	}
}

// facts are what a program is told.
func (d *slowSchedule) facts() (out []sla.Fact) {
	at := func(m int) time.Time { return d.start.Add(time.Duration(m) * time.Minute) }
	head := func(kind string, m int) sla.Head {
		return sla.Head{ID: fmt.Sprint(kind, "-", len(out)), Occurred: at(m)}
	}
	if d.life != nil {
		out = append(out, &sla.PartLife{Head: sla.Head{ID: "q", Occurred: at(d.life.from)}, Service: "jobs", Type: "queue", Until: at(max(d.life.until, d.life.from+1))})
		d.life.until = max(d.life.until, d.life.from+1)
		out = append(out, &sla.PartLife{Head: sla.Head{ID: "r", Occurred: at(0)}, Service: "jobs", Type: "queue"})
	}
	for i := range d.runs {
		r := &d.runs[i]
		f := &sla.Item{Head: sla.Head{ID: fmt.Sprintf("R-%03d", i), Occurred: at(r.from), Source: r.source}, Service: "jobs", Part: r.queue, Event: "run", Failed: r.failed}
		if r.until >= 0 {
			f.Until = at(r.until)
		}
		if r.theirs {
			f.Cause = "theirs"
		}
		if r.manual {
			f.Has = map[string]string{"manual": "yes"}
		}
		out = append(out, f)
	}
	for _, s := range d.theirs {
		out = append(out, &sla.Outage{Head: head("O", s.from), Service: "jobs", Part: s.queue, Until: at(s.until), Cause: "theirs"})
	}
	for _, s := range d.planned {
		out = append(out, &sla.Maintenance{Head: head("P", s.from), Service: "jobs", Work: "planned", Until: at(s.until)})
	}
	for _, s := range d.away {
		out = append(out, &sla.Maintenance{Head: head("A", s.from), Service: "jobs", Work: "freeze", Until: at(s.until)})
	}
	for _, s := range d.covered {
		h := head("C", s.from)
		h.Source = "log"
		out = append(out, &sla.Coverage{Head: h, Service: "jobs", Part: s.queue, Until: at(s.until)})
	}
	return out
}

func TestRunsOfAScheduleAgainstTheirTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, text := drawSchedule(t)
		a := dsl.Analyze("due.sla", text)
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		facts := rapid.Permutation(d.facts()).Draw(t, "order")
		from := d.start.AddDate(0, 0, 2)
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(from), To: dateOf(from.AddDate(0, 0, 3)), AsOf: sla.AsOf{Valid: d.local(d.now)}})
		require.NoError(t, err)
		require.Empty(t, rep.Intake.Refusals)
		got := map[string]string{}
		for _, r := range rep.Results {
			verdict := r.Verdict
			if r.Verdict == sla.Open {
				verdict = r.SoFar
			}
			text := string(verdict)
			if r.Measured != nil && (verdict == sla.Met || verdict == sla.Missed) {
				text = r.Measured.Exact + " " + text
			}
			if r.Verdict == sla.Open {
				text = "open, " + text
			}
			got[r.Objective+" "+r.Period.Name+" "+r.For] = text
		}
		require.Equal(t, d.results(), got, "%s\n%+v", text, d)
	})
}
