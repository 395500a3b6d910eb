package sla_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// takenBack is a correction of a fact, known at a minute of March.
func takenBack(of sla.Fact, minute int) *sla.Correction {
	id := of.Header().ID
	return &sla.Correction{Head: sla.Head{ID: "not " + id, Occurred: minuteOfMarch(minute)}, Of: id, OfKind: of.Kind()}
}

// A watch hears of a correction when it becomes known, of whatever it is, and
// also one that came in long before.
func TestWatchHearsCorrections(t *testing.T) {
	text := strings.Replace(lawsContract, "priorities {\n", "party customer \"C\"\npriorities {\n  contested      by customer within 2 days\n", 1)
	a := dsl.Analyze("laws.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	const monday, noon = 1440 + 8*60, 1440 + 12*60
	k := lawTicket{priority: "P1", received: monday}
	received := k.facts("T")[0]
	restored := &sla.TicketEvent{Head: sla.Head{ID: "R", Occurred: minuteOfMarch(monday + 60)}, Ticket: "T", Event: "restored"}
	change := &sla.PriorityChange{Head: sla.Head{ID: "P", Occurred: minuteOfMarch(monday + 10)}, Ticket: "T", Priority: "P2"}
	contest := &sla.Contest{Head: sla.Head{ID: "C", Occurred: minuteOfMarch(monday + 20)}, Ticket: "T", By: "customer", Priority: "P2", Accepted: minuteOfMarch(monday + 30)}
	for _, c := range []struct {
		fact         sla.Fact
		before, what string // of restore
	}{
		{restored, "met P1", "verdict"},
		{change, "running P2", "due,priority"},
		{contest, "running P2", "due,priority"},
	} {
		for _, early := range []bool{false, true} {
			run, err := e.Open(nil)
			require.NoError(t, err)
			w, err := run.Watch(minuteOfMarch(monday))
			require.NoError(t, err)
			for _, f := range []sla.Fact{received, c.fact} {
				require.Nil(t, w.Add(f))
			}
			if early {
				require.Nil(t, w.Add(takenBack(c.fact, noon)))
			}
			_, err = w.Advance(minuteOfMarch(monday + 120))
			require.NoError(t, err)
			assert.Equal(t, c.before, restoreOf(t, w))
			if !early {
				_, err = w.Advance(minuteOfMarch(noon - 1))
				require.NoError(t, err)
				require.Nil(t, w.Add(takenBack(c.fact, noon)))
			}
			changes, err := w.Advance(minuteOfMarch(noon + 1))
			require.NoError(t, err)
			told := ""
			for _, change := range changes {
				if change.Clock == "restore" && change.At.Equal(minuteOfMarch(noon)) {
					told = strings.Join(change.What, ",")
				}
			}
			assert.Contains(t, told, c.what, "%s", c.fact.Kind())
			assert.Equal(t, "running P1", restoreOf(t, w))
		}
	}
}

func restoreOf(t *testing.T, w *sla.Watch) string {
	t.Helper()
	clocks, err := w.Ticket("T")
	require.NoError(t, err)
	i := slices.IndexFunc(clocks, func(r sla.TicketResult) bool { return r.Clock == "restore" })
	require.GreaterOrEqual(t, i, 0)
	return clocks[i].Verdict + " " + clocks[i].Priority
}

// The watch agrees with the report whatever is taken back, and whenever that
// becomes known.
func TestWatchAgreesOnCorrections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawKinds(t)
		watchAgrees(t, c.contract(), c.received, withCorrections(t, c.facts(c.now)))
	})
}

// withCorrections gives facts ids and takes some of them back later.
func withCorrections(t *rapid.T, facts []sla.Fact) []sla.Fact {
	out := slices.Clone(facts)
	for i, f := range facts {
		switch f := f.(type) {
		case *sla.TicketEvent:
			f.ID = fmt.Sprint("F", i)
		case *sla.PriorityChange:
			f.ID = fmt.Sprint("F", i)
		}
		if i > 0 && rapid.IntRange(0, 2).Draw(t, "taken back") == 0 {
			at := f.Header().Occurred.Add(time.Duration(rapid.SampledFrom([]int{1, 30, 400, 3000}).Draw(t, "known")) * time.Minute)
			out = append(out, &sla.Correction{Head: sla.Head{ID: fmt.Sprint("K", i), Occurred: at}, Of: f.Header().ID, OfKind: f.Kind()})
		}
	}
	return out
}

// A stream in order of time takes back what it still knows, as a batch does,
// and refuses what speaks of a ticket that it has forgotten.
func TestStreamTakesBack(t *testing.T) {
	e := lawsEngine(t)
	const monday, day = 1440 + 8*60, 1440
	event := func(id, ticket, name string, at int) *sla.TicketEvent {
		return &sla.TicketEvent{Head: sla.Head{ID: id, Occurred: minuteOfMarch(at)}, Ticket: ticket, Event: name}
	}
	first := event("A1", "A", "received", monday)
	first.Service, first.Priority = "erp", "P1"
	early := event("A2", "A", "restored", monday+60)
	last := event("B1", "B", "received", monday+9*day)
	last.Service, last.Priority = "erp", "P1"
	facts := []sla.Fact{
		first, event("A0", "A", "responded", monday+10), early, takenBack(early, monday+90),
		event("A3", "A", "restored", monday+2*day), event("A4", "A", "closed", monday+2*day+1), last,
	}
	o := sla.Options{}
	o.From, o.To, _ = sla.ParsePeriods("2026-03")
	o.AsOf = sla.AsOf{Valid: minuteOfMarch(20 * day), Known: minuteOfMarch(20 * day)}
	report := func(order sla.Order) (*sla.Report, *sla.Run) {
		run, err := e.Open(nil)
		require.NoError(t, err)
		run.Declare(order)
		for _, f := range facts {
			require.Nil(t, run.Add(f))
		}
		rep, err := run.Report(o)
		require.NoError(t, err)
		return rep, run
	}
	batch, _ := report(sla.Order{})
	stream, run := report(sla.Order{InTime: true})
	require.Equal(t, 1, run.Folded())
	assert.Equal(t, batch.Results, stream.Results)
	assert.Equal(t, batch.Receipt, stream.Receipt)
	i := slices.IndexFunc(stream.Results, func(r sla.Result) bool { return r.Objective == "late" })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, 2, *stream.Results[i].Measured.Late, "the second restoration of A counts, and B is open")

	no := run.Add(takenBack(facts[4], monday+10*day))
	require.NotNil(t, no)
	assert.Equal(t, sla.RefusedTooLate, no.Reason)
	assert.Nil(t, run.Add(takenBack(facts[3], monday+11*day)), "it is no fact of a ticket")
	assert.Nil(t, run.Add(takenBack(last, monday+12*day)))
}
