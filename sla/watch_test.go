package sla_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Live and afterwards are one evaluation: whatever the order in which facts
// arrive and whenever somebody looks, the watch says what a report of the same
// instant says, and between two instants that it names nothing changes.
func TestWatchAgreesWithReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawTickets(t)
		watchAgrees(t, c.contract(), c.start, c.facts())
	})
}

// So with every kind of commitment and priorities that change on the way.
func TestWatchAgreesOnEveryKind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawKinds(t)
		watchAgrees(t, c.contract(), c.received, c.facts(c.now))
	})
}

// watchAgrees lets facts arrive in any order while time goes on from an
// instant.
func watchAgrees(t *rapid.T, contract string, now time.Time, facts []sla.Fact) {
	a := dsl.Analyze("twin.sla", contract)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	run, err := engine.Open(nil)
	require.NoError(t, err)
	w, err := run.Watch(now)
	require.NoError(t, err)

	shuffled := rapid.Permutation(facts).Draw(t, "arrival")
	told := map[string]string{}
	for len(shuffled) > 0 {
		n := rapid.IntRange(0, len(shuffled)).Draw(t, "come")
		for _, f := range shuffled[:n] {
			require.Nil(t, w.Add(f))
		}
		shuffled = shuffled[n:]
		now = now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 37, 600, 5000}).Draw(t, "wait")) * time.Minute)
		hear(t, w, now, told)
		if rapid.IntRange(0, 3).Draw(t, "made anew") == 0 {
			w = anew(t, engine, w)
		}
	}
	for range 4 {
		now = now.Add(time.Duration(rapid.SampledFrom([]int{1, 45, 700, 9000}).Draw(t, "later")) * time.Minute)
		hear(t, w, now, told)
		got, err := w.Tickets()
		require.NoError(t, err)
		stood := map[string]string{}
		for i := range got {
			stood[clockKey(&got[i])] = standing(&got[i])
			got[i].NextLevel, got[i].NextWho, got[i].NextAt = "", "", nil // are those of a watch
		}
		want := reportAt(t, engine, facts, now)
		require.Equal(t, asText(t, want), asText(t, got), "%s", now)
		require.Equal(t, stood, told, "what was told until %s", now)
	}
	nothingBetween(t, anew(t, engine, w), engine, facts)
}

// anew is a watch of a run made again from the facts of another.
func anew(t *rapid.T, engine *sla.Engine, w *sla.Watch) *sla.Watch {
	run, err := engine.Open(nil)
	require.NoError(t, err)
	for f := range w.Run().Facts() {
		require.Nil(t, run.Add(f))
	}
	again, err := run.Watch(w.Now())
	require.NoError(t, err)
	return again
}

// hear lets time go on and remembers what was last told of each clock.
func hear(t *rapid.T, w *sla.Watch, now time.Time, told map[string]string) {
	changes, err := w.Advance(now)
	require.NoError(t, err)
	last := time.Time{}
	for _, c := range changes {
		require.False(t, c.At.Before(last), "changes come in their order")
		require.NotEmpty(t, c.What)
		last = c.At
		if c.Verdict == "withdrawn" {
			delete(told, clockKey(&c.TicketResult))
			continue
		}
		told[clockKey(&c.TicketResult)] = standing(&c.TicketResult)
	}
}

func clockKey(r *sla.TicketResult) string { return fmt.Sprint(r.Ticket, r.Clock, r.Life) }

// standing is what changes of a clock are about.
func standing(r *sla.TicketResult) string {
	due := ""
	if r.Due != nil {
		due = r.Due.String()
	}
	return fmt.Sprint(r.Verdict, "|", due, "|", r.Service, "|", r.Priority, "|", r.Level, "|", r.Warned, "|", r.Provisional)
}

// nothingBetween follows the instants that the watch names and looks half way
// to each: by the report nothing has changed there.
func nothingBetween(t *rapid.T, w *sla.Watch, engine *sla.Engine, facts []sla.Fact) {
	for range 5 {
		next, ok := w.Next()
		if !ok {
			return
		}
		before := reportAt(t, engine, facts, w.Now())
		between := w.Now().Add(next.Sub(w.Now()) / 2)
		require.Equal(t, standings(before), standings(reportAt(t, engine, facts, between)), "%s to %s", w.Now(), next)
		_, err := w.Advance(next)
		require.NoError(t, err)
	}
}

func standings(clocks []sla.TicketResult) (out []string) {
	for i := range clocks {
		out = append(out, clockKey(&clocks[i])+"|"+standing(&clocks[i]))
	}
	return out
}

func reportAt(t *rapid.T, engine *sla.Engine, facts []sla.Fact, now time.Time) []sla.TicketResult {
	from, to, err := sla.ParsePeriods("2026")
	require.NoError(t, err)
	rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{
		From: from, To: to, AsOf: sla.AsOf{Valid: now, Known: now}, AllTickets: true,
	})
	require.NoError(t, err)
	return rep.Tickets
}

func asText(t *rapid.T, v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	require.NoError(t, err)
	return string(b)
}

// The reference contract lives: a pause freezes the share used and hides the
// due time, warnings and levels come when their time has passed on the clock.
func TestWatchLenoir(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.ticket("T-1", "erp", "P1", "received 2026-03-10 09:05 phone", "responded 2026-03-10 09:18",
		"waiting-on-customer 2026-03-10 10:00 note")
	run, err := r.e.Open(nil)
	require.NoError(t, err)
	w, err := run.Watch(r.at("2026-03-10 09:00"))
	require.NoError(t, err)
	for _, f := range r.facts {
		require.Nil(t, w.Add(f))
	}
	for _, now := range []string{"2026-03-10 10:30", "2026-03-11 08:00"} {
		_, err = w.Advance(r.at(now))
		require.NoError(t, err)
		clocks, err := w.Ticket("T-1")
		require.NoError(t, err)
		restore := clocks[1]
		assert.Equal(t, "paused", restore.Verdict)
		assert.Nil(t, restore.Due)
		assert.Equal(t, minutes(125), restore.Left)
		assert.Equal(t, "30.55%", restore.Percent)
		assert.Equal(t, []string{"L2", "Ingénieur système"}, []string{restore.Level, restore.Who})
	}
	// Nothing changes by itself while the customer is asked, but for the limit
	// of 165 h on pauses.
	next, ok := w.Next()
	require.True(t, ok)
	assert.Equal(t, r.at("2026-03-17 07:00"), next)

	// The customer had answered; this is known late, and the next thing to
	// happen is the level at 1 h on the clock.
	r.ticket("T-1", "", "", "resumed 2026-03-11 07:50")
	require.Nil(t, w.Add(r.facts[len(r.facts)-1]))
	changes, err := w.Advance(w.Now())
	require.NoError(t, err)
	require.Len(t, changes, 1)
	assert.Equal(t, []string{"verdict", "due", "level"}, changes[0].What)
	assert.Equal(t, "running", changes[0].Verdict)
	assert.Equal(t, "L3", changes[0].Level)
	assert.Equal(t, r.at("2026-03-11 09:55"), changes[0].Due.In(r.e.Zone().Location()))
	next, _ = w.Next()
	assert.Equal(t, r.at("2026-03-11 08:55"), next)
	changes, err = w.Advance(r.at("2026-03-11 12:00"))
	require.NoError(t, err)
	require.Len(t, changes, 2)
	assert.Equal(t, []string{"level"}, changes[0].What)
	assert.Equal(t, "late, open", changes[1].Verdict)
	assert.Equal(t, r.at("2026-03-11 09:55").Add(1), changes[1].At, "late is more than the limit")
}

// A run is made again from its facts.
func TestFactsMakeTheRunAgain(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.ticket("T-1", "erp", "P1", "received 2026-03-10 09:05 phone", "restored 2026-03-10 12:50")
	r.outage("INC-1", "provider", "2026-03-10 09:00", "2026-03-10 12:50", "")
	run, err := r.e.Open(nil)
	require.NoError(t, err)
	for _, f := range r.facts {
		require.Nil(t, run.Add(f))
	}
	again, err := r.e.Open(nil)
	require.NoError(t, err)
	for f := range run.Facts() {
		require.Nil(t, again.Add(f))
	}
	a, err := run.Report(month(t, "2026-03"))
	require.NoError(t, err)
	b, err := again.Report(month(t, "2026-03"))
	require.NoError(t, err)
	assert.Equal(t, a, b)
}

// What is left of the month, and where the pace leads.
func TestOutlook(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.covered("2026-04-01", "2026-05-01")
	r.outage("INC-1", "provider", "2026-04-02 09:00", "2026-04-02 11:00", "")
	run, err := r.e.Open(nil)
	require.NoError(t, err)
	for _, f := range r.facts {
		require.Nil(t, run.Add(f))
	}
	w, err := run.Watch(r.at("2026-04-11 00:00"))
	require.NoError(t, err)
	list, err := w.Outlook()
	require.NoError(t, err)
	i := slices.IndexFunc(list, func(o sla.Outlook) bool { return o.Objective == "erp-availability" })
	require.GreaterOrEqual(t, i, 0)
	erp := list[i]
	assert.Equal(t, sla.Missed, erp.SoFar, "of the ten days so far")
	assert.Equal(t, minutes(216), erp.Allowed)
	assert.Equal(t, minutes(96), erp.Left)
	assert.Equal(t, minutes(360), erp.Projected, "2 h in 10 of 30 days")
	assert.True(t, erp.AtRisk)
}

// A watch over a stream in order of time tells of each ticket to its end before
// the stream forgets it: as much as one that forgets nothing, and then nothing.
func TestWatchOfAStream(t *testing.T) {
	e := lawsEngine(t)
	rapid.Check(t, func(t *rapid.T) {
		var facts []sla.Fact
		for i, at := 0, 1440; i < rapid.IntRange(1, 6).Draw(t, "tickets"); i++ {
			at += rapid.IntRange(0, 3000).Draw(t, "between")
			k := lawTicket{priority: rapid.SampledFrom([]string{"P1", "P2"}).Draw(t, "priority"), received: at}
			k.stop = at + rapid.IntRange(1, 3000).Draw(t, "took")
			id := fmt.Sprint("T", i)
			event := func(name string, at int) sla.Fact {
				return &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at)}, Ticket: id, Event: name}
			}
			facts = append(append(facts, k.facts(id)...), event("responded", at+1), event("closed", k.stop+rapid.IntRange(0, 60).Draw(t, "closed")))
		}
		slices.SortStableFunc(facts, func(a, b sla.Fact) int { return a.Header().Occurred.Compare(b.Header().Occurred) })
		follow := func(o sla.Order, steps []int) (told []sla.Change, run *sla.Run) {
			run, err := e.Open(nil)
			require.NoError(t, err)
			run.Declare(o)
			w, err := run.Watch(minuteOfMarch(0))
			require.NoError(t, err)
			advance := func(at time.Time) {
				changes, err := w.Advance(at)
				require.NoError(t, err)
				told = append(told, changes...)
			}
			for i, f := range facts {
				require.Nil(t, w.Add(f))
				if steps[i] > 0 {
					advance(f.Header().Occurred)
				}
			}
			advance(minuteOfMarch(60 * 1440))
			clocks, err := w.Tickets()
			require.NoError(t, err)
			require.Len(t, clocks, 2*(len(facts)/4-run.Folded()), "what is forgotten is listed no more")
			_, more := w.Next()
			require.False(t, more)
			return told, run
		}
		steps := rapid.SliceOfN(rapid.IntRange(0, 1), len(facts), len(facts)).Draw(t, "asked after")
		want, batch := follow(sla.Order{}, steps)
		got, stream := follow(sla.Order{InTime: true}, steps)
		require.Equal(t, want, got)
		o := sla.Options{AsOf: sla.AsOf{Valid: minuteOfMarch(60 * 1440), Known: minuteOfMarch(60 * 1440)}}
		o.From, o.To, _ = sla.ParsePeriods("2026-03")
		a, err := batch.Report(o)
		require.NoError(t, err)
		b, err := stream.Report(o)
		require.NoError(t, err)
		require.Equal(t, a.Results, b.Results)
		require.Equal(t, a.Receipt, b.Receipt)
	})
}

func TestWatchOfAStreamForgets(t *testing.T) {
	run, err := lawsEngine(t).Open(nil)
	require.NoError(t, err)
	run.Declare(sla.Order{InTime: true})
	w, err := run.Watch(minuteOfMarch(0))
	require.NoError(t, err)
	for day := 1; day <= 20; day++ {
		at := day * 1440
		k := lawTicket{priority: "P2", received: at, stop: at + 60}
		id := fmt.Sprint("T", day)
		facts := append(k.facts(id), &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at + 61)}, Ticket: id, Event: "closed"})
		for _, f := range append(facts[:1:1], append([]sla.Fact{&sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at + 1)}, Ticket: id, Event: "responded"}}, facts[1:]...)...) {
			require.Nil(t, w.Add(f))
			changes, err := w.Advance(f.Header().Occurred)
			require.NoError(t, err)
			for _, c := range changes {
				assert.NotEqual(t, "withdrawn", c.Verdict)
			}
		}
	}
	assert.GreaterOrEqual(t, run.Folded(), 16, "all but those of the last days, which may be reopened")
	clocks, err := w.Tickets()
	require.NoError(t, err)
	assert.LessOrEqual(t, len(clocks), 8)
}

// A late clock that a cancelling had ended for good is open to a reopening again
// once it is known that it was restored before: that is told.
func TestWatchTellsOfAVerdictThatMayChangeAgain(t *testing.T) {
	run, err := lawsEngine(t).Open(nil)
	require.NoError(t, err)
	w, err := run.Watch(minuteOfMarch(0))
	require.NoError(t, err)
	k := lawTicket{priority: "P2", received: 1440}
	require.Nil(t, w.Add(k.facts("T")[0]))
	event := func(name string, at int) sla.Fact {
		return &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at)}, Ticket: "T", Event: name}
	}
	require.Nil(t, w.Add(event("cancelled", 1440+31*60)))
	_, err = w.Advance(minuteOfMarch(1440 + 32*60))
	require.NoError(t, err)
	require.Nil(t, w.Add(event("restored", 1440+31*60-1)))
	changes, err := w.Advance(w.Now())
	require.NoError(t, err)
	require.Len(t, changes, 1)
	assert.Equal(t, []string{"restore", "late"}, []string{changes[0].Clock, changes[0].Verdict})
	assert.Equal(t, []string{"provisional"}, changes[0].What)
}
