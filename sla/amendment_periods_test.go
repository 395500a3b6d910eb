package sla_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

const amendedMoney = `sla 1
contract "MONEY" {
  kind           fragment
  timezone       UTC
  currency       EUR
  term           12 months from 2026-01-01
}
calendar always open 24x7
calendar desk open Mon-Fri 08:00-18:00
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  judged         each calendar month
}
tier gold {
  | priority | restore within | clock  | in time |
  | P1       | 4 h            | always | 90%     |
}
service erp {
  tier           gold
  fee            6000.00 EUR per month
}
objective erp-availability of erp {
  measure        availability each calendar month during always
  source         outages "monitoring"
  target         at least 99.50%
  credit         10% of the fee of erp
}
objective erp-restore of tier gold priority P1 {
  measure        share of restore in time each calendar month
  target         as in tier gold
  credit         1% of the fee of erp for each late ticket
}
credits {
  settled        each calendar month, 0 days after month end
}
amendment "A1" in force from 2026-03-16 {
  tier gold {
    | priority | restore within | clock  | in time |
    | P1       | 2 h            | always | 50%     |
  }
  objective erp-availability of erp {
    measure        availability each calendar month during always
    source         outages "monitoring"
    target         at least 99.90%
    credit         10% of the fee of erp
  }
}
amendment "A2" in force from 2026-05-01 {
  objective erp-availability of erp {
    measure        availability each calendar month during desk
    source         outages "monitoring"
    target         at least 99.90%
    credit         20% of the fee of erp
  }
}
`

// Windows before, over and after an amendment: one report, nothing twice, and the
// same bytes of money month by month. By hand: March has 744 h, 360 of them under
// 99.50% and 384 under 99.90%, so that its target is 99.7065%; 100 min down are
// 99.7760%, 200 min 99.5520%. May has 21 working days of 10 h.
func TestAmendmentsOverWindows(t *testing.T) {
	e := prepared(t, amendedMoney)
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, "2026-"+s+":00Z")
		require.NoError(t, err)
		return v
	}
	down := func(id, from, to string) sla.Fact {
		return &sla.Outage{Head: sla.Head{ID: id, Occurred: at(from)}, Service: "erp", Until: at(to)}
	}
	ticket := func(id, name, when string) sla.Fact {
		ev := &sla.TicketEvent{Head: sla.Head{Occurred: at(when)}, Ticket: id, Event: name}
		if name == "received" {
			ev.Service, ev.Priority = "erp", "P1"
		}
		return ev
	}
	facts := []sla.Fact{
		&sla.Coverage{Head: sla.Head{ID: "C", Occurred: at("01-01T00:00")}, Service: "erp", Until: at("12-31T00:00")},
		down("I-2", "02-10T00:00", "02-10T03:10"),                                          // 190 of 40,320 min: 99.5288%
		down("I-3", "03-15T22:00", "03-16T01:20"),                                          // 200 min over the date
		down("I-4", "04-30T23:00", "05-01T10:00"),                                          // 60 min of April; of May 2 h of the desk, 120 of 12,600 min
		ticket("T-1", "received", "03-15T22:00"), ticket("T-1", "restored", "03-16T01:00"), // 3 h of 4
		ticket("T-2", "received", "03-16T00:00"), ticket("T-2", "restored", "03-16T03:00"), // 3 h of 2
		ticket("T-3", "received", "03-31T22:30"), ticket("T-3", "restored", "04-01T01:00"), // late in April
	}
	months := []string{"2026-02", "2026-03", "2026-04", "2026-05"}
	run := func(from, to string, ledger *sla.Ledger) *sla.Report {
		first, _, err := sla.ParsePeriods(from)
		require.NoError(t, err)
		_, last, err := sla.ParsePeriods(to)
		require.NoError(t, err)
		now := e.Zone().StartOf(last).Time().Add(time.Hour)
		rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: first, To: last, Ledger: ledger, AsOf: sla.AsOf{Valid: now, Known: now}})
		require.NoError(t, err)
		return rep
	}
	tell := func(rep *sla.Report) (out []string) {
		for _, r := range rep.Results {
			line := fmt.Sprint(r.Objective, " ", r.Period.Name, " ", r.Target, ": ", r.Verdict)
			if r.Measured != nil {
				line += " " + r.Measured.Shown
			}
			if r.Credit != nil {
				line += " " + r.Credit.String()
			}
			out = append(out, line)
		}
		return out
	}
	whole := run("2026-02", "2026-05", nil)
	clauses := map[string]bool{}
	for _, r := range whole.Results {
		for _, s := range r.Why {
			if s.Code == "credit-amount" || s.Code == "target-mean" || s.Code == "late-ticket" {
				clauses[r.Period.Name+" "+s.Clause] = true
			}
		}
	}
	for _, want := range []string{"2026-03 amendment/A1/erp-availability/target", "2026-03 amendment/A1/gold/P1/restore", "2026-03 erp-restore/target", "2026-04 amendment/A1/gold/P1/restore"} {
		assert.True(t, clauses[want], "%s in %v", want, clauses)
	}
	assert.Equal(t, []string{
		"erp-availability 2026-02 at least 99.50%: met 99.5288% 0.00 EUR",
		"erp-restore 2026-02 at least 90%: not measured",
		"erp-availability 2026-03 at least 99.7065%: missed 99.5520% 600.00 EUR",
		"erp-restore 2026-03 at least 69.3548%: missed 50.0000% 60.00 EUR",
		"erp-availability 2026-04 at least 99.90%: missed 99.8611% 600.00 EUR",
		"erp-restore 2026-04 at least 50%: missed 0.0000% 60.00 EUR",
		"erp-availability 2026-05 at least 99.90%: missed 99.0476% 1200.00 EUR",
		"erp-restore 2026-05 at least 50%: not measured",
	}, tell(whole))
	var ledger *sla.Ledger
	var apart []string
	for _, m := range months {
		rep := run(m, m, ledger)
		ledger = rep.Ledger
		apart = append(apart, tell(rep)...)
	}
	assert.Equal(t, tell(whole), apart)
}

// An objective that an amendment adds is judged in the windows that begin since,
// and pays for them.
func TestAmendmentAddsAnObjective(t *testing.T) {
	e := prepared(t, `sla 1
contract "ADDED" {
  kind           fragment
  timezone       UTC
  currency       EUR
  term           12 months from 2026-01-01
}
calendar always open 24x7
service erp {
  fee            6000.00 EUR per month
}
credits {
  settled        each calendar month, 0 days after month end
}
amendment "A" in force from 2026-03-16 {
  objective erp-availability of erp {
    measure      availability each calendar month during always
    source       outages "monitoring"
    target       at least 99.50%
    credit       10% of the fee of erp
  }
}
amendment "B" in force from 2026-05-16 {
  objective erp-availability of erp {
    measure      availability each calendar month during always
    source       outages "monitoring"
    target       at least 99.00%
    credit       10% of the fee of erp
  }
}
`)
	var facts []sla.Fact
	facts = append(facts, &sla.Coverage{Head: sla.Head{ID: "C", Occurred: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Service: "erp", Until: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)})
	for m := 3; m <= 6; m++ { // 6 h a month: 99.19% of March and May, 99.17% of April and June
		at := time.Date(2026, time.Month(m), 20, 0, 0, 0, 0, time.UTC)
		facts = append(facts, &sla.Outage{Head: sla.Head{ID: fmt.Sprint("I-", m), Occurred: at}, Service: "erp", Until: at.Add(6 * time.Hour)})
	}
	from, to, err := sla.ParsePeriods("2026-H1")
	require.NoError(t, err)
	at := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: at, Known: at}})
	require.NoError(t, err)
	var got []string
	for _, r := range rep.Results {
		got = append(got, fmt.Sprint(r.Period.Name, " ", r.Target, " ", r.Verdict, " ", r.Credit))
	}
	// May: 360 h of 99.50% and 384 h of 99.00% are 99.2419%.
	assert.Equal(t, []string{
		"2026-04 at least 99.50% missed 600.00 EUR",
		"2026-05 at least 99.2419% missed 600.00 EUR",
		"2026-06 at least 99.00% met 0.00 EUR",
	}, got)
}

// Thresholds of a credit that change in the middle of a window are means as the
// target is, by hand: of March 2026 in UTC, 360 h and 384 h, 99.50% and 99.70% are
// 99.6032%, 99.00% and 99.40% are 99.2065%.
func TestAmendedThresholds(t *testing.T) {
	table := func(first, second string) string {
		return fmt.Sprintf(`objective erp-availability of erp {
  measure        availability each calendar month during always
  source         outages "monitoring"
  target         at least %s
  credit         share of the fee of erp {
    | when         | credit |
    | below %s | 5%%     |
    | below %s | 10%%    |
  }
}
`, first, first, second)
	}
	e := prepared(t, `sla 1
contract "THRESHOLDS" {
  kind           fragment
  timezone       UTC
  currency       EUR
  term           12 months from 2026-01-01
}
calendar always open 24x7
service erp {
  fee            6000.00 EUR per month
}
`+table("99.50%", "99.00%")+"amendment \"A\" in force from 2026-03-16 {\n"+table("99.70%", "99.40%")+"}\n")
	from, to, err := sla.ParsePeriods("2026-03")
	require.NoError(t, err)
	at := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	for minutes, want := range map[int]string{
		177: "met 0.00 EUR",      // 99.6035%
		178: "missed 300.00 EUR", // 99.6013%
		354: "missed 300.00 EUR", // 99.2070%
		355: "missed 600.00 EUR", // 99.2047%
	} {
		began := time.Date(2026, 3, 15, 22, 0, 0, 0, time.UTC)
		facts := []sla.Fact{
			&sla.Coverage{Head: sla.Head{ID: "C", Occurred: at.AddDate(0, -2, 0)}, Service: "erp", Until: at},
			&sla.Outage{Head: sla.Head{ID: "I", Occurred: began}, Service: "erp", Until: began.Add(time.Duration(minutes) * time.Minute)},
		}
		rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: at, Known: at}})
		require.NoError(t, err)
		require.Len(t, rep.Results, 1)
		r := &rep.Results[0]
		assert.Equal(t, want, fmt.Sprint(r.Verdict, " ", r.Credit), "%d min", minutes)
		var codes []string
		for _, s := range r.Why {
			if slices.Contains([]string{"target-part", "target-mean", "threshold-mean"}, s.Code) {
				codes = append(codes, s.Code+" "+s.Clause)
			}
		}
		assert.Equal(t, []string{
			"target-part erp-availability/target", "target-part amendment/A/erp-availability/target", "target-mean amendment/A/erp-availability/target",
			"threshold-mean amendment/A/erp-availability/credit", "threshold-mean amendment/A/erp-availability/credit",
		}, codes)
	}
}
