package sla_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

const lawsContract = `sla 1
contract "LAWS" {
  kind           fragment
  timezone       Europe/Paris
}
calendar always open 24x7
calendar desk open Mon-Fri 08:00-12:00, 13:00-18:00
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
}
clocks {
  pause          while waiting-on-customer
  reopen         within 2 days continues the same clock, the time while restored does not count
}
tier gold {
  | priority | respond within | restore within | clock  |
  | P1       | 30 min         | 6 h            | desk   |
  | P2       | 2 h            | 30 h           | always |
}
service erp {
  tier           gold
}
objective mean of tier gold, for each service {
  measure        average restore each calendar month
  target         at most 30 h
  report only
}
objective middle of tier gold, for each service {
  measure        median restore each calendar month
  target         at most 30 h
  report only
}
objective ninety of tier gold, for each service {
  measure        percentile 90 of restore each calendar month
  target         at most 30 h
  report only
}
objective worst of tier gold, for each service {
  measure        maximum restore each calendar month
  target         at most 30 h
  report only
}
objective late of tier gold, for each service {
  measure        number of late restore each calendar month
  target         at most 2
  report only
}
objective all of tier gold, for each service {
  measure        number of tickets with restore each calendar month, at least 3 tickets
  target         at most 20
  report only
}
`

func lawsEngine(t testing.TB) *sla.Engine {
	a := dsl.Analyze("laws.sla", lawsContract)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	return e
}

// lawTicket is a ticket in minutes from the beginning of March 2026 in Paris.
type lawTicket struct {
	priority       string
	received, stop int
	waits          [][2]int
}

func minuteOfMarch(n int) time.Time {
	return time.Date(2026, 2, 28, 23, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute)
}

func (k *lawTicket) facts(id string) []sla.Fact {
	event := func(name string, at int) *sla.TicketEvent {
		return &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at)}, Ticket: id, Event: name}
	}
	received := event("received", k.received)
	received.Service, received.Priority = "erp", k.priority
	out := []sla.Fact{received}
	for _, w := range k.waits {
		e := event("waiting-on-customer", w[0])
		e.Until = minuteOfMarch(w[1])
		out = append(out, e)
	}
	if k.stop > 0 {
		out = append(out, event("restored", k.stop))
	}
	return out
}

func drawLawTicket(t *rapid.T) lawTicket {
	k := lawTicket{priority: rapid.SampledFrom([]string{"P1", "P2"}).Draw(t, "priority"), received: rapid.IntRange(0, 20*1440).Draw(t, "received")}
	at := k.received
	for range rapid.IntRange(0, 3).Draw(t, "waits") {
		from := at + rapid.IntRange(-300, 600).Draw(t, "until the wait")
		from = max(from, k.received)
		at = from + rapid.IntRange(1, 900).Draw(t, "wait")
		k.waits = append(k.waits, [2]int{from, at})
	}
	k.stop = at + rapid.IntRange(1, 4000).Draw(t, "until the stop")
	return k
}

// restoration is the clock of one ticket as a report at an instant has it.
func restoration(t *rapid.T, e *sla.Engine, k lawTicket, now int) sla.TicketResult {
	run, err := e.Open(nil)
	require.NoError(t, err)
	for _, f := range k.facts("T") {
		require.Nil(t, run.Add(f))
	}
	w, err := run.Watch(minuteOfMarch(now))
	require.NoError(t, err)
	clocks, err := w.Ticket("T")
	require.NoError(t, err)
	i := slices.IndexFunc(clocks, func(r sla.TicketResult) bool { return r.Clock == "restore" })
	require.GreaterOrEqual(t, i, 0)
	return clocks[i]
}

// A wait more, wherever it lies among the others, never makes a ticket late, and
// never brings its due time forward.
func TestPausingNeverMakesLater(t *testing.T) {
	e := lawsEngine(t)
	rapid.Check(t, func(t *rapid.T) {
		k := drawLawTicket(t)
		more := k
		from := rapid.IntRange(k.received+1, k.stop).Draw(t, "from")
		until := from + rapid.IntRange(1, 2000).Draw(t, "more")
		more.waits = append(slices.Clone(k.waits), [2]int{from, until})
		before, after := restoration(t, e, k, 60*1440), restoration(t, e, more, 60*1440)
		if before.Verdict == "met" {
			assert.Equal(t, "met", after.Verdict)
		}
		require.NotNil(t, before.Due)
		if after.Due != nil {
			assert.False(t, after.Due.Before(*before.Due), "%s, then %s", before.Due, after.Due)
		}
	})
}

// A stop that comes earlier never makes a ticket late.
func TestStoppingEarlierNeverMakesLate(t *testing.T) {
	e := lawsEngine(t)
	rapid.Check(t, func(t *rapid.T) {
		k := drawLawTicket(t)
		sooner := k
		sooner.stop = rapid.IntRange(k.received+1, k.stop).Draw(t, "sooner")
		if restoration(t, e, k, 60*1440).Verdict == "met" {
			assert.Equal(t, "met", restoration(t, e, sooner, 60*1440).Verdict)
		}
	})
}

// spent walks a ticket minute by minute: the minutes that counted until an
// instant, and the minute in which it became late, -1 for never.
func (k *lawTicket) spent(until int) (counted, lateAt int) {
	limit, lateAt := 6*60, -1
	if k.priority == "P2" {
		limit = 30 * 60
	}
	paris, _ := time.LoadLocation("Europe/Paris")
	for m := k.received; m < until; m++ {
		at := minuteOfMarch(m).In(paris)
		clock, working := at.Hour()*60+at.Minute(), at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
		open := k.priority == "P2" || working && (clock >= 480 && clock < 720 || clock >= 780 && clock < 1080)
		held := slices.ContainsFunc(k.waits, func(w [2]int) bool { return m >= w[0] && m < w[1] })
		if !open || held {
			continue
		}
		if counted++; counted == limit+1 {
			lateAt = m
		}
	}
	return counted, lateAt
}

// The numbers over tickets against a walk through the minutes: what counts in
// March is what was decided in it, a late ticket still open at its end with
// its time until then; and what March came to is the same in June.
func TestNumbersAgainstTwin(t *testing.T) {
	e := lawsEngine(t)
	const end = 31*1440 - 60 // the clocks go forward
	rapid.Check(t, func(t *rapid.T) {
		var all []sla.Fact
		var times []int
		late := 0
		for i := range rapid.IntRange(1, 8).Draw(t, "tickets") {
			k := drawLawTicket(t)
			if rapid.Bool().Draw(t, "at the end of the month") {
				shift := 12 * 1440
				k.received, k.stop = k.received+shift, k.stop+shift
				for j := range k.waits {
					k.waits[j] = [2]int{k.waits[j][0] + shift, k.waits[j][1] + shift}
				}
			}
			all = append(all, k.facts(fmt.Sprint("T-", i))...)
			counted, lateAt := k.spent(min(k.stop, end))
			switch {
			case lateAt >= 0:
				late++
				times = append(times, counted)
			case k.stop < end:
				times = append(times, counted)
			}
		}
		all = rapid.Permutation(all).Draw(t, "order")
		from, to, err := sla.ParsePeriods("2026-03")
		require.NoError(t, err)
		for _, now := range []int{end, 90 * 1440} {
			run, err := e.Open(nil)
			require.NoError(t, err)
			for _, f := range all {
				require.Nil(t, run.Add(f))
			}
			rep, err := run.Report(sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: minuteOfMarch(now), Known: minuteOfMarch(90 * 1440)}})
			require.NoError(t, err)
			compareNumbers(t, rep, slices.Sorted(slices.Values(times)), late)
		}
	})
}

// compareNumbers compares what a report says of March with the times, sorted.
func compareNumbers(t *rapid.T, rep *sla.Report, times []int, late int) {
	n := len(times)
	sum := 0
	for _, m := range times {
		sum += m
	}
	want := map[string]*big.Rat{"late": big.NewRat(int64(late), 1), "all": big.NewRat(int64(n), 1)}
	if n > 0 {
		want["mean"] = big.NewRat(int64(60*sum), int64(n))
		want["middle"] = big.NewRat(int64(60*(times[(n-1)/2]+times[n/2])), 2)
		want["ninety"] = big.NewRat(int64(60*times[(9*n+9)/10-1]), 1)
		want["worst"] = big.NewRat(int64(60*times[n-1]), 1)
	}
	if n < 3 {
		delete(want, "all")
	}
	for _, r := range rep.Results {
		if want[r.Objective] == nil {
			assert.Equal(t, sla.NotMeasured, r.Verdict, r.Objective)
			continue
		}
		require.NotNil(t, r.Measured, "%s: %s", r.Objective, r.Verdict)
		got, ok := new(big.Rat).SetString(r.Measured.Exact)
		require.True(t, ok, r.Measured.Exact)
		assert.Equal(t, want[r.Objective].RatString(), got.RatString(), "%s of %v", r.Objective, times)
	}
}
