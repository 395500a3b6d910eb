package sla_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

const latenessContract = `sla 1
contract "LATENESS" {
  kind           fragment
  timezone       Europe/Paris
  currency       EUR
  term           12 months from 2026-01-01
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
}
tier gold {
  | priority | restore within | clock  |
  | P1       | 4 h            | always |
}
service erp {
  tier           gold
  fee            6000.00 EUR per month
}
objective erp-restore of tier gold priority P1 {
  measure        MEASURE
  target         TARGET
  credit         CREDIT
}
credits {
  settled        each calendar month, 0 days after month end
}
`

// Of tickets that are late over the ends of months each month pays for what was
// added in it: month by month with a ledger, and all at once, and as a twin counts
// that walks the minutes.
func TestLatenessOverMonths(t *testing.T) {
	const limit = 4 * 60
	rapid.Check(t, func(t *rapid.T) {
		// In a share in time each late ticket matters; of the number of late tickets some are allowed.
		allowed := rapid.IntRange(0, 2).Draw(t, "allowed")
		beyondAllowance := allowed > 0
		measure, target := "share of restore in time each calendar month", "at least 100%"
		if beyondAllowance {
			measure, target = "number of late restore each calendar month", fmt.Sprint("at most ", allowed)
		}
		free := rapid.SampledFrom([]int{0, 90}).Draw(t, "free") // minutes that are late without a credit
		counted := rapid.SampledFrom([]string{"started 1 h", "whole 1 h", "started 7 min"}).Draw(t, "counted")
		credit := "1.00 EUR for each " + counted + " late"
		switch {
		case beyondAllowance:
			credit, free = "1.00 EUR for each late ticket beyond the allowance", 0
			credit = strings.Replace(credit, "late ticket", counted+" late", 1)
		case free > 0:
			credit += " beyond 1 h 30"
		}
		e := prepared(t, strings.NewReplacer("MEASURE", measure, "TARGET", target, "CREDIT", credit).Replace(latenessContract))
		zone := e.Zone().Location()
		type ticket struct {
			from, to time.Time // to is zero for one that stays open
			id       string
		}
		var tickets []ticket
		var facts []sla.Fact
		for n := range rapid.IntRange(1, 4).Draw(t, "tickets") {
			from := time.Date(2026, time.Month(rapid.IntRange(2, 4).Draw(t, "month")), rapid.SampledFrom([]int{1, 15, 28, 29}).Draw(t, "day"), 20, 0, 0, 0, zone)
			tk := ticket{from: from, id: fmt.Sprint("T-", n)}
			facts = append(facts, &sla.TicketEvent{Head: sla.Head{Occurred: from}, Ticket: tk.id, Event: "received", Service: "erp", Priority: "P1"})
			if open := rapid.SampledFrom([]int{0, 10, 240, 241, 331, 3000, 9000, 60000}).Draw(t, "minutes"); open > 0 {
				tk.to = from.Add(time.Duration(open) * time.Minute)
				facts = append(facts, &sla.TicketEvent{Head: sla.Head{Occurred: tk.to}, Ticket: tk.id, Event: "restored"})
			}
			tickets = append(tickets, tk)
		}
		monthEnd := func(m int) time.Time { return time.Date(2026, time.Month(m+1), 1, 0, 0, 0, 0, zone) }
		overdue := func(tk *ticket, at time.Time) int {
			if !tk.to.IsZero() && tk.to.Before(at) {
				at = tk.to
			}
			return max(0, int(at.Sub(tk.from)/time.Minute)-limit)
		}
		units := func(late int) int {
			late = max(0, late-free)
			switch counted {
			case "started 1 h":
				return (late + 59) / 60
			case "whole 1 h":
				return late / 60
			}
			return (late + 6) / 7
		}
		// A ticket is decided at its due time, if it is late at all; an allowance takes the
		// first ones of each month.
		decidedIn := func(tk *ticket) int {
			if overdue(tk, monthEnd(12)) == 0 {
				return 0
			}
			return int(tk.from.Add(limit * time.Minute).In(zone).Month())
		}
		taken := map[string]bool{}
		for m := 1; m <= 12; m++ {
			var in []ticket
			for _, tk := range tickets {
				if decidedIn(&tk) == m {
					in = append(in, tk)
				}
			}
			slices.SortFunc(in, func(a, b ticket) int {
				if c := a.from.Compare(b.from); c != 0 {
					return c
				}
				return strings.Compare(a.id, b.id)
			})
			for i := range in[:min(allowed, len(in))] {
				taken[in[i].id] = true
			}
		}
		want := map[int]int{}
		for m := 1; m <= 12; m++ {
			for _, tk := range tickets {
				if in := decidedIn(&tk); in > 0 && in <= m && !taken[tk.id] {
					before := 0
					if in < m {
						before = units(overdue(&tk, monthEnd(m-1)))
					}
					want[m] += units(overdue(&tk, monthEnd(m))) - before
				}
			}
		}
		owed := func(rep *sla.Report, into map[int]int) {
			for _, s := range rep.Settlements {
				require.Empty(t, s.Adjustments)
				into[int(s.Period.From.Month())] += int(s.Due.Amount.IntPart())
				require.True(t, s.Due.Amount.Equal(decimal.NewFromInt(s.Due.Amount.IntPart())))
			}
		}
		at := func(m int) sla.AsOf { return sla.AsOf{Valid: monthEnd(m), Known: monthEnd(m)} }
		from, to, err := sla.ParsePeriods("2026-H1")
		require.NoError(t, err)
		whole, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: from, To: to, AsOf: at(6)})
		require.NoError(t, err)
		got := map[int]int{}
		owed(whole, got)
		apart := map[int]int{}
		var ledger *sla.Ledger
		for m := 1; m <= 6; m++ {
			first, last, err := sla.ParsePeriods(fmt.Sprintf("2026-%02d", m))
			require.NoError(t, err)
			rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: first, To: last, AsOf: at(m), Ledger: ledger})
			require.NoError(t, err)
			ledger = rep.Ledger
			owed(rep, apart)
		}
		for m := 1; m <= 6; m++ {
			require.Equal(t, want[m], got[m], "month %d, all at once", m)
			require.Equal(t, want[m], apart[m], "month %d, month by month", m)
		}
	})
}

// A ticket that goes on being late is of an incident that is credited elsewhere in
// the later window too: it is not credited twice there. By hand: 29 h 30 down over
// the end of March are 5 h 30 of it (99.2598%) and 24 h of April (96.6667%); the
// ticket is late for 1 h 30 and for 24 h.
func TestLatenessOfAnIncidentCreditedElsewhere(t *testing.T) {
	at := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	began, ended := time.Date(2026, 3, 31, 18, 30, 0, 0, time.UTC), time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC)
	facts := []sla.Fact{
		&sla.Coverage{Head: sla.Head{ID: "C", Occurred: at.AddDate(0, -3, 0)}, Service: "erp", Until: at},
		&sla.Outage{Head: sla.Head{ID: "O", Occurred: began}, Service: "erp", Until: ended, Incident: "INC"},
		&sla.TicketEvent{Head: sla.Head{Occurred: began}, Ticket: "T-1", Event: "received", Service: "erp", Priority: "P1", Incident: "INC"},
		&sla.TicketEvent{Head: sla.Head{Occurred: ended}, Ticket: "T-1", Event: "restored"},
	}
	from, _, err := sla.ParsePeriods("2026-03")
	require.NoError(t, err)
	_, to, err := sla.ParsePeriods("2026-04")
	require.NoError(t, err)
	for rule, want := range map[string][]string{
		"": {"620", "840"},
		"  same incident  counts once, for the highest credit": {"600", "600"},
	} {
		text := strings.NewReplacer("Europe/Paris", "UTC", "MEASURE", "share of restore in time each calendar month", "TARGET", "at least 90%", "CREDIT", "10.00 EUR for each started 1 h late",
			"credits {\n", "credits {\n"+rule+"\n", "service erp {", `objective erp-availability of erp {
  measure        availability each calendar month during always
  source         outages "monitoring"
  target         at least 99.50%
  credit         10% of the fee of erp
}
service erp {`).Replace(latenessContract)
		rep, err := sla.Evaluate(context.Background(), prepared(t, text), slices.Values(facts), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: at, Known: at}})
		require.NoError(t, err)
		var got []string
		for _, s := range rep.Settlements {
			got = append(got, s.Due.Amount.String())
		}
		require.Equal(t, want, got, rule)
	}
}

// The tickets that went on being late from March are absorbed by what March allowed,
// not by the target that an amendment brought in April.
func TestLatenessOverAnAmendment(t *testing.T) {
	text := strings.NewReplacer("MEASURE", "number of late restore each calendar month", "TARGET", "at most 0", "CREDIT", "1.00 EUR for each started 1 h late beyond the allowance").Replace(latenessContract) + `amendment "A1" in force from 2026-04-01 {
  objective erp-restore of tier gold priority P1 {
    measure      number of late restore each calendar month
    target       at most TARGET
    credit       1.00 EUR for each started 1 h late beyond the allowance
  }
}
`
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	var facts []sla.Fact
	for i, hour := range []int{8, 9} { // 10 h late each in March, 5 h more in April
		head := sla.Head{Occurred: time.Date(2026, 3, 31, hour+2, 0, 0, 0, zone)}
		facts = append(facts, &sla.TicketEvent{Head: head, Ticket: fmt.Sprint("T-", i), Event: "received", Service: "erp", Priority: "P1"},
			&sla.TicketEvent{Head: sla.Head{Occurred: time.Date(2026, 4, 1, 5, 0, 0, 0, zone)}, Ticket: fmt.Sprint("T-", i), Event: "restored"})
	}
	for _, target := range []string{"0", "1", "2"} {
		rep, err := sla.Evaluate(context.Background(), prepared(t, strings.Replace(text, "TARGET", target, 1)), slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: time.Date(2026, 6, 1, 0, 0, 0, 0, zone), Known: time.Date(2026, 6, 1, 0, 0, 0, 0, zone)}, AllTickets: true})
		require.NoError(t, err)
		require.Len(t, rep.Settlements, 2)
		require.Equal(t, []string{"19.00 EUR", "10.00 EUR"}, []string{rep.Settlements[0].Total.String(), rep.Settlements[1].Total.String()}, target)
	}
}
