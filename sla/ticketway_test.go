package sla_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// wayContract is a contract whose rules for clocks are drawn.
func wayContract(t *rapid.T) *sla.Engine {
	draw := func(of string, from ...string) string { return rapid.SampledFrom(from).Draw(t, of) }
	within := func(of string) string { return draw(of, "30 min", "4 h", "1 business day", "2 days") }
	text := fmt.Sprintf(`sla 1
contract "WAYS" {
  kind           fragment
  timezone       Europe/Paris
  business days  of desk
  term           12 months from %s
}
calendar desk open Mon-Fri 08:00-19:00
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
  | P3       | "wish" |
}
clocks {
%s%s%s  judged         each %s, for each service
}
tier gold {
  | priority | respond %s | restore in less than | close within | clock | in time |
  | P1       | %s | %s | %s | desk | 90%% |
  | P2       | %s | - | %s | desk | 50%% |
}
service mail {
  tier           gold
  known as       "ci:1"
}
`, draw("term", "2026-01-01", "2026-03-03"),
		draw("pause", "", "  pause          while waiting-on-customer\n", "  run only       while in-progress\n"),
		draw("reopen", "", "  reopen         within 1 day continues the same clock, the time while restored counts\n", "  reopen         within 2 h restarts\n", "  reopen         within 1 h starts a new clock\n"),
		draw("counted", "", "  counted        when received\n", "  counted        when closed\n"),
		draw("judged", "day", "calendar month"), draw("less", "within", "in less than"), within("respond"), within("restore"), within("close"), within("respond"), within("close"))
	a := dsl.Analyze("ways.sla", text)
	if a.Diagnostics.HasErrors() {
		t.Fatal(text, a.Diagnostics)
	}
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	return e
}

// drawWays draws tickets that go a few ways at many times, and some that leave
// them.
func drawWays(t *rapid.T) (facts []sla.Fact) {
	ways := [][]string{{"received", "responded", "restored", "closed"}, {"received", "responded", "closed"}, {"recorded", "received", "responded", "restored", "closed"}}
	ways = append(ways, rapid.SampledFrom([][]string{
		{"received", "responded", "restored", "closed", "reopened", "restored", "closed"}, {"received", "responded", "waiting-on-customer", "resumed", "restored", "closed"},
		{"responded", "received", "responded", "closed"},
	}).Draw(t, "longer way"))
	names := []string{"responded", "responded", "restored", "restored", "closed", "closed", "reopened", "cancelled", "waiting-on-customer", "in-progress", "resumed", "message", "pondering", "updated"}
	for range rapid.IntRange(0, 2).Draw(t, "other ways") {
		ways = append(ways, append([]string{"received"}, rapid.SliceOfN(rapid.SampledFrom(names), 1, 9).Draw(t, "way")...))
	}
	minute := rapid.SampledFrom([]time.Duration{time.Minute, 7 * time.Second}).Draw(t, "unit")
	days := rapid.SampledFrom([]int{1, 5}).Draw(t, "days")
	for n := range rapid.IntRange(1, 14).Draw(t, "tickets") {
		at := minuteOfMarch(rapid.IntRange(0, days*1440).Draw(t, "received"))
		id := fmt.Sprint("T", n)
		for i, name := range rapid.SampledFrom(ways).Draw(t, "goes") {
			ev := &sla.TicketEvent{Head: sla.Head{Occurred: at}, Ticket: id, Event: name}
			if i == 0 {
				ev.Service, ev.Priority = rapid.SampledFrom([]string{"mail", "mail", "mail", "ci:1", ""}).Draw(t, "service"), rapid.SampledFrom([]string{"P1", "P2", "P2", ""}).Draw(t, "priority")
			}
			switch rapid.IntRange(0, 60).Draw(t, "leaves its way") {
			case 50:
				ev.Note = "called back"
			case 40:
				ev.Priority = rapid.SampledFrom([]string{"P1", "P3"}).Draw(t, "changed")
			case 30:
				ev.ID = fmt.Sprint(id, name, i)
			case 20:
				ev.Automatic = true
			case 10:
				ev.Recorded = at.Add(3 * time.Hour)
			}
			facts = append(facts, ev)
			gap := rapid.SampledFrom([]int{30, 1, 5, 1, 31, 240, 660, 900, 2000, 0}).Draw(t, "gap")
			at = at.Add(time.Duration(gap) * minute)
		}
	}
	slices.SortStableFunc(facts, func(a, b sla.Fact) int { return a.Header().Occurred.Compare(b.Header().Occurred) })
	return facts
}

// Tickets that are counted by the way they go come to what the rules for any
// ticket give: all of them listed, which looks at each; only counted; and as a
// stream that forgets them.
func TestWaysAreTheRules(t *testing.T) {
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		e, facts := wayContract(t), drawWays(t)
		o := sla.Options{AllTickets: true}
		o.From, o.To, _ = sla.ParsePeriods("2026-Q1")
		now := minuteOfMarch(rapid.IntRange(0, 12*1440).Draw(t, "now"))
		o.AsOf = sla.AsOf{Valid: now, Known: now}
		switch rapid.IntRange(0, 2).Draw(t, "known") {
		case 0:
			o.AsOf.Known = time.Time{}
		case 1:
			o.AsOf.Known = now.Add(-5 * time.Hour)
		}
		listed, _ := reported(t, e, facts, o)
		countsAlike(t, e, facts, o, listed)

		o.AsOf = sla.AsOf{}
		batch, _ := reported(t, e, facts, o)
		countsAlike(t, e, facts, o, batch)
		o.AllTickets = false
		run, err := e.Open(nil)
		require.NoError(t, err)
		run.Declare(sla.Order{InTime: true, Late: time.Duration(rapid.IntRange(0, 90).Draw(t, "late")) * time.Minute})
		for _, f := range facts {
			if no := run.Add(f); no != nil && no.Reason == sla.RefusedTooLate {
				t.Skip("a ticket was counted before all was told")
			}
		}
		stream, err := run.Report(o)
		require.NoError(t, err)
		require.Equal(t, batch.Results, stream.Results)
		require.Equal(t, batch.Receipt, stream.Receipt)
		require.Equal(t, batch.Findings, stream.Findings)
		require.Equal(t, batch.Intake, stream.Intake)

		backwards := slices.Clone(facts)
		slices.Reverse(backwards)
		other, _ := reported(t, e, backwards, o)
		require.Equal(t, stream.Results, other.Results)
		require.Equal(t, stream.Receipt, other.Receipt)
		require.Equal(t, stream.Findings, other.Findings)
		seen["folded"] += run.Folded()
		seen["straight"] += run.StraightWays()
		for _, r := range batch.Results {
			seen[string(r.Verdict)]++
		}
	}, "folded", "straight", "met", "missed")
}

// The hash of the facts of a ticket that goes a way is that of its facts one by
// one.
func TestWaysHashTheFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, facts := wayContract(t), drawWays(t)
		of := map[string][]sla.Fact{}
		for _, f := range facts {
			id := f.(*sla.TicketEvent).Ticket
			of[id] = append(of[id], f)
		}
		for _, facts := range of {
			run, err := e.Open(nil)
			require.NoError(t, err)
			var in []sla.Fact
			for _, f := range facts {
				accepted := run.Intake().Accepted
				if run.Add(f); run.Intake().Accepted > accepted {
					in = append(in, f)
				}
			}
			rep, err := run.Report(sla.Options{AsOf: sla.AsOf{Valid: minuteOfMarch(100 * 1440)}})
			require.NoError(t, err)
			if len(in) > 0 {
				require.Equal(t, sla.TicketHash(in...), rep.Receipt.Facts)
			}
		}
	})
}

// A table of tickets is a map of them.
func TestTicketTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, want := sla.NewTicketTable(), map[string]bool{}
		for range rapid.IntRange(0, 400).Draw(t, "steps") {
			id := fmt.Sprint(rapid.IntRange(0, 120).Draw(t, "id"))
			require.Equal(t, want[id], table.Has(id), id)
			if want[id] = !want[id]; want[id] {
				table.Put(id)
			} else {
				delete(want, id)
				table.Remove(id)
			}
		}
		got := table.IDs()
		slices.Sort(got)
		ids := []string{}
		for n := range 121 {
			if id := fmt.Sprint(n); want[id] {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		require.ElementsMatch(t, ids, got)
		for _, id := range ids {
			require.True(t, table.Has(id), id)
		}
	})
}
