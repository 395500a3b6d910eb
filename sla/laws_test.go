package sla_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

// Laws that hold for the reference contract whatever the facts are.

// drawRecord fills three months with facts of every kind the evaluator reads.
func drawRecord(t *rapid.T, e *sla.Engine) []sla.Fact {
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, e.Zone().Location())
	const minutes = 92 * 1440
	at := func(name string) time.Time {
		return start.Add(time.Duration(rapid.IntRange(-2000, minutes+1000).Draw(t, name)) * time.Minute)
	}
	after := func(from time.Time, most int) time.Time {
		return from.Add(time.Duration(rapid.IntRange(1, most).Draw(t, "after")) * time.Minute)
	}
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	var facts []sla.Fact
	head := func(id string, occurred time.Time) sla.Head {
		h := sla.Head{ID: id, Occurred: occurred}
		if rapid.IntRange(0, 3).Draw(t, "recorded later") == 0 {
			h.Recorded = after(occurred, 60*1440)
		}
		return h
	}
	for i, source := range []string{"Centreon erp-https", "Microsoft 365 service health"} {
		facts = append(facts, &sla.Coverage{Head: sla.Head{ID: fmt.Sprint("cover ", i), Occurred: start.AddDate(0, 0, -3), Source: source}, Until: start.AddDate(0, 4, 0)})
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "outages") {
		o := &sla.Outage{Head: head(fmt.Sprint("O-", i), at("outage")), Service: pick("service", "erp", "messaging"), Incident: pick("incident", "", "I-1", "I-2"),
			Cause: pick("cause", "", "provider", "planned-maintenance", "customer-cause", "force-majeure", "planned-emergency")}
		if o.Until = after(o.Occurred, 3000); o.Cause == "planned-maintenance" {
			o.Announced = o.Occurred.AddDate(0, 0, -rapid.IntRange(0, 12).Draw(t, "announced"))
		}
		facts = append(facts, o)
		if rapid.Bool().Draw(t, "proof") {
			facts = append(facts, &sla.Proof{Head: head(fmt.Sprint("P-", i), after(o.Until, 9*1440)), Of: o.ID, By: "provider"})
		}
		if rapid.IntRange(0, 4).Draw(t, "revision") == 0 {
			again := *o
			again.Revision, again.Until = 1, after(o.Until, 600)
			facts = append(facts, &again)
		}
		if rapid.IntRange(0, 6).Draw(t, "conflict") == 0 {
			other := *o
			other.Cause = "somebody"
			facts = append(facts, &other)
		}
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "tickets") {
		facts = append(facts, drawTicket(t, fmt.Sprint("T-", i), at("received"))...)
	}
	for i := range rapid.IntRange(0, 60).Draw(t, "answers") {
		facts = append(facts, &sla.Survey{Head: head(fmt.Sprint("Q-", i), at("answer")), Service: "workplace", Score: decimal.NewFromInt(rapid.Int64Range(1, 5).Draw(t, "score"))})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "probes") {
		facts = append(facts, &sla.Probe{Head: head(fmt.Sprint("V-", i), at("probe")), Service: "workplace", Every: time.Minute, Series: pick("series", "1x3000 0x5 1x20000", "1x40000", "0x2 1x4 0x90 _x5 1")})
	}
	return facts
}

func drawTicket(t *rapid.T, id string, received time.Time) []sla.Fact {
	service := rapid.SampledFrom([]string{"erp", "messaging", "workplace"}).Draw(t, "service")
	priority := rapid.SampledFrom([]string{"P1", "P1", "P2", "P3", "P4"}).Draw(t, "priority")
	events := []sla.Fact{&sla.TicketEvent{Head: sla.Head{Occurred: received}, Ticket: id, Event: "received", Service: service, Priority: priority, Channel: "phone",
		Incident: rapid.SampledFrom([]string{"", "I-1", "I-2"}).Draw(t, "incident")}}
	now := received
	for range rapid.IntRange(0, 5).Draw(t, "events") {
		now = now.Add(time.Duration(rapid.SampledFrom([]int{0, 5, 40, 300, 2000, 9000}).Draw(t, "later")) * time.Minute)
		e := &sla.TicketEvent{Head: sla.Head{Occurred: now}, Ticket: id,
			Event: rapid.SampledFrom([]string{"responded", "waiting-on-customer", "waiting-on-supplier", "restored", "reopened", "closed"}).Draw(t, "event")}
		if rapid.Bool().Draw(t, "note") {
			e.Note = "asked"
		}
		events = append(events, e)
	}
	if rapid.IntRange(0, 3).Draw(t, "priority change") == 0 {
		events = append(events, &sla.PriorityChange{Head: sla.Head{ID: id + " up", Occurred: received.Add(time.Duration(rapid.IntRange(1, 500).Draw(t, "change")) * time.Minute)}, Ticket: id, Priority: "P1"})
	}
	return events
}

func quarter(t testing.TB) sla.Options {
	o := month(t, "2026-03")
	_, o.To, _ = sla.ParsePeriods("2026-05")
	at := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	o.AsOf = sla.AsOf{Valid: at, Known: at}
	return o
}

func reported(t *rapid.T, e *sla.Engine, facts []sla.Fact, o sla.Options) (*sla.Report, []byte) {
	rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), o)
	require.NoError(t, err)
	b, err := json.Marshal(rep)
	require.NoError(t, err)
	return rep, b
}

// The order of facts changes not one byte.
func TestOrderNeverMatters(t *testing.T) {
	e, o := lenoir(t), quarter(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := drawRecord(t, e)
		_, want := reported(t, e, facts, o)
		_, got := reported(t, e, rapid.Permutation(facts).Draw(t, "order"), o)
		require.Equal(t, string(want), string(got))
	})
}

// A fact that comes again changes nothing but the count of repetitions.
func TestRepetitionChangesNothing(t *testing.T) {
	e, o := lenoir(t), quarter(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := drawRecord(t, e)
		once, _ := reported(t, e, facts, o)
		twice, _ := reported(t, e, append(slices.Clone(facts), rapid.SliceOf(rapid.SampledFrom(facts)).Draw(t, "again")...), o)
		twice.Intake.Repeated = once.Intake.Repeated
		require.Equal(t, once, twice)
	})
}

// A report by what was known at an instant is a report on the facts recorded
// until then.
func TestOnlyWhatWasKnownCounts(t *testing.T) {
	e, o := lenoir(t), quarter(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := drawRecord(t, e)
		o := o
		o.AsOf.Known = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 60).Draw(t, "known"))
		got, _ := reported(t, e, facts, o)
		refused := conflicting(facts)
		known := slices.DeleteFunc(slices.Clone(facts), func(f sla.Fact) bool {
			at := f.Header().Recorded
			if at.IsZero() {
				at = f.Header().Occurred
			}
			return at.After(o.AsOf.Known) || refused[key(f)]
		})
		want, _ := reported(t, e, known, o)
		want.Intake = got.Intake
		require.Equal(t, want, got)
	})
}

// key identifies a revision of a fact.
func key(f sla.Fact) string {
	return fmt.Sprint(f.Kind(), f.Header().ID, f.Header().Revision)
}

// conflicting are the revisions that come with different contents.
func conflicting(facts []sla.Fact) map[string]bool {
	first, out := map[string]string{}, map[string]bool{}
	for _, f := range facts {
		if f.Header().ID == "" {
			continue
		}
		content := fmt.Sprintf("%+v", f)
		if have, ok := first[key(f)]; ok && have != content {
			out[key(f)] = true
		}
		first[key(f)] = content
	}
	return out
}

// A stream in order of time, with its memory bounded, gives the report of a
// batch.
func TestStreamEqualsBatch(t *testing.T) {
	e, o := lenoir(t), quarter(t)
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		facts := drawRecord(t, e)
		slices.SortStableFunc(facts, func(a, b sla.Fact) int { return a.Header().Occurred.Compare(b.Header().Occurred) })
		o := o
		o.AllTickets = false
		batch, _ := reported(t, e, facts, o)
		run, err := e.Open(nil)
		require.NoError(t, err)
		run.Declare(sla.Order{InTime: true})
		for _, f := range facts {
			if no := run.Add(f); no != nil && no.Reason == sla.RefusedTooLate {
				t.Skip("a fact came too late for the stream")
			}
		}
		stream, err := run.Report(o)
		require.NoError(t, err)
		require.Equal(t, batch.Results, stream.Results)
		require.Equal(t, batch.Settlements, stream.Settlements)
		require.Equal(t, batch.Receipt, stream.Receipt)
		require.Equal(t, batch.Findings, stream.Findings)
		if run.Folded() > 0 {
			seen["folded"]++
		}
	}, "folded")
}

// Month by month, each on the ledger of the one before, is three months at
// once.
func TestMonthByMonthIsAtOnce(t *testing.T) {
	e, o := lenoir(t), quarter(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := drawRecord(t, e)
		whole, _ := reported(t, e, facts, o)
		var settlements []sla.SettlementResult
		var ledger *sla.Ledger
		for _, name := range []string{"2026-03", "2026-04", "2026-05"} {
			from, to, err := sla.ParsePeriods(name)
			require.NoError(t, err)
			o := o
			o.From, o.To, o.Ledger = from, to, ledger
			rep, _ := reported(t, e, facts, o)
			settlements = append(settlements, rep.Settlements...)
			ledger = throughJSON(t, rep.Ledger)
		}
		require.Equal(t, len(whole.Settlements), len(settlements))
		for i := range settlements {
			assert.Equal(t, asJSON(t, whole.Settlements[i]), asJSON(t, settlements[i]))
		}
		assert.Equal(t, asJSON(t, whole.Ledger.Posted), asJSON(t, ledger.Posted))
		assert.Equal(t, whole.Ledger.SettledThrough, ledger.SettledThrough)
	})
}

func asJSON(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func throughJSON(t *rapid.T, l *sla.Ledger) *sla.Ledger {
	var b bytes.Buffer
	require.NoError(t, json.NewEncoder(&b).Encode(l))
	var back sla.Ledger
	require.NoError(t, json.NewDecoder(&b).Decode(&back))
	return &back
}
