package sla_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// requirePart asks a run for a part of its report, holds it against the whole
// and gives the latter.
func requirePart(t *rapid.T, e *sla.Engine, run *sla.Run, o sla.Options) *sla.Report {
	whole, err := run.Report(o)
	require.NoError(t, err)
	o.Only = &sla.Only{Money: rapid.Bool().Draw(t, "money"), Rights: rapid.Bool().Draw(t, "rights")}
	for _, id := range e.Objectives() {
		if rapid.IntRange(0, 3).Draw(t, "asked") == 0 {
			o.Only.Objectives = append(o.Only.Objectives, id)
		}
	}
	part, err := run.Report(o)
	require.NoError(t, err)
	require.Equal(t, whole.Tickets, part.Tickets)
	require.Nil(t, part.Ledger)
	asked := func(r sla.Result) bool { return slices.Contains(o.Only.Objectives, r.Objective) }
	want := slices.DeleteFunc(slices.Clone(whole.Results), func(r sla.Result) bool { return !asked(r) })
	got := slices.DeleteFunc(slices.Clone(part.Results), func(r sla.Result) bool { return !asked(r) })
	require.Equal(t, len(want), len(got))
	if o.Only.Rights {
		require.Equal(t, whole.Rights, part.Rights)
	} else {
		require.Empty(t, part.Rights)
	}
	if !o.Only.Money {
		if !o.Only.Rights {
			require.Len(t, got, len(part.Results), "more is reported than was asked for")
		}
		require.Empty(t, part.Settlements)
		for i := range want { // a credit explains itself behind what was measured
			require.Equal(t, got[i].Why, want[i].Why[:len(got[i].Why)])
			want[i].Credit, want[i].Why = nil, got[i].Why
		}
		require.Equal(t, want, got)
		return whole
	}
	require.Equal(t, want, got)
	for i := range whole.Settlements {
		whole.Settlements[i].State = ""
	}
	require.Equal(t, whole.Settlements, part.Settlements)
	return whole
}

// A part of a report is the same as in the whole: of the reference contract,
// over months, and at an instant in the middle of them.
func TestPartOfReport(t *testing.T) {
	e, o := lenoir(t), quarter(t)
	rapid.Check(t, func(t *rapid.T) {
		o := o
		o.AllTickets = true
		if rapid.Bool().Draw(t, "one month") {
			o.From, o.To, _ = sla.ParsePeriods(rapid.SampledFrom([]string{"2026-03", "2026-05"}).Draw(t, "month"))
		}
		if rapid.IntRange(0, 3).Draw(t, "live") == 0 {
			o.AsOf.Valid = time.Date(2026, 5, rapid.IntRange(2, 31).Draw(t, "day"), 12, 0, 0, 0, time.UTC)
		}
		record := drawRecord(t, e)
		for m := 1; m <= 5; m++ { // months without a value between them are what memory is about
			if down := rapid.SampledFrom([]int{-1, -1, 0, 217, 433, 865}).Draw(t, "down"); down >= 0 {
				name := fmt.Sprintf("2026-%02d", m)
				record = append(record, &sla.Measured{
					Head: sla.Head{ID: "erp" + name, Occurred: atOf(e, name+"-28 00:00")}, Objective: "erp-availability", Period: name, Down: ptr(time.Duration(down) * time.Minute),
				}, &sla.Delivery{Head: sla.Head{ID: name, Occurred: atOf(e, name+"-28 12:00")}, What: "report", Period: name})
			}
		}
		run, err := e.Open(nil)
		require.NoError(t, err)
		for _, f := range record {
			run.Add(f)
		}
		requirePart(t, e, run, o)
	})
}

// Over the random credits, caps, floors and repeats of the twin.
func TestPartOfSettlements(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		r := ruledBy(t, c.text())
		c.record(r)
		requireRuledPart(t, r, fmt.Sprintf("2026-%02d", rapid.IntRange(1, 12).Draw(t, "month")))
	})
}

// requireRuledPart does so for a month of a ruling.
func requireRuledPart(t *rapid.T, r *ruling, month string) *sla.Report {
	from, to, err := sla.ParsePeriods(month)
	require.NoError(t, err)
	run, err := r.engine.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, "facts.ndjson", strings.NewReader(strings.Join(r.lines, "\n")), facts.Options{}))
	at := atOf(r.engine, "2027-06-01 00:00")
	return requirePart(t, r.engine, run, sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: at, Known: at}})
}

// Rights and bonuses are made of objectives that may have no credit.
func TestPartOfRights(t *testing.T) {
	r := ruledBy(t, twoServices+available("quiet", "erp")+available("steady", "mail")+`
party customer "Customer"
termination by customer {
  when often quiet is missed in 2 of any 4 calendar months
  notice 30 days
}
bonus steady {
  when steady is at least 99.95% in each calendar month of a calendar quarter
  pay 1% of the fees of erp during the calendar quarter
}
`)
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		r := &ruling{engine: r.engine}
		for m := 1; m <= 6; m++ {
			month := fmt.Sprintf("2026-%02d", m)
			r.down("quiet", "erp", month, rapid.SampledFrom([]int{0, 300}).Draw(t, "quiet"))
			r.down("steady", "mail", month, rapid.SampledFrom([]int{0, 0, 0, 300}).Draw(t, "steady"))
		}
		rep := requireRuledPart(t, r, fmt.Sprintf("2026-%02d", rapid.IntRange(1, 6).Draw(t, "month")))
		seen["rights"] += len(rep.Rights)
		for _, s := range rep.Settlements {
			seen["bonuses"] += len(s.Bonuses)
		}
	}, "rights", "bonuses")
}
