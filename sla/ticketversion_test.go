package sla_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A ticket is judged to its end by the version of the contract that was in force
// when it was received, however late what follows comes.
func TestVersionAtTheReceipt(t *testing.T) {
	const text = `sla 1
contract "SERIES" {
  kind           fragment
  timezone       UTC
  STATUS
  version        VERSION
  term           12 months from 2026-01-01
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
}
tier gold {
  | priority | restore within | clock  |
  | P1       | LIMIT          | always |
}
service erp {
  tier           gold
}
`
	told := map[string][]string{}
	for version, lines := range map[string][3]string{
		"old": {"status ended on 2026-02-28", `"1"`, "30 h"},
		"new": {"status in force", `"2" replaces "1", in force from 2026-03-01`, "5 h"},
	} {
		a := dsl.Analyze("versions.sla", strings.NewReplacer("STATUS", lines[0], "VERSION", lines[1], "LIMIT", lines[2]).Replace(text))
		require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
		e, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		event := func(ticket, name string, at int) sla.Fact {
			return &sla.TicketEvent{Head: sla.Head{Occurred: minuteOfMarch(at)}, Ticket: ticket, Event: name, Service: "erp", Priority: "P1"}
		}
		// The month begins at minute 60 in UTC.
		facts := []sla.Fact{event("T-1", "received", 59), event("T-1", "restored", 59+1500), event("T-2", "received", 60), event("T-2", "restored", 60+301)}
		at := minuteOfMarch(5000)
		rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{AsOf: sla.AsOf{Valid: at, Known: at}, AllTickets: true})
		require.NoError(t, err)
		for _, r := range rep.Tickets {
			said := r.Ticket + " " + r.Verdict
			if r.Verdict == "not covered" {
				said += ": " + r.Why[0].Code
			}
			told[version] = append(told[version], said)
		}
	}
	assert.Equal(t, []string{"T-1 met", "T-2 not covered: ticket-after-term"}, told["old"])
	assert.Equal(t, []string{"T-1 not covered: ticket-before-version", "T-2 late"}, told["new"])
}

// What is measured over time is cut where one version ends and the next begins:
// an outage over that instant counts in both, each with its part.
func TestVersionsOverTime(t *testing.T) {
	const text = `sla 1
contract "SERIES" {
  kind           fragment
  timezone       UTC
  STATUS
  version        VERSION
  term           12 months from 2026-01-01
}
calendar always open 24x7
service erp
objective erp-availability of erp {
  measure        availability each calendar month during always
  source         outages "monitoring"
  target         at least 99.50%
  report only
}
`
	at := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	facts := []sla.Fact{
		&sla.Coverage{Head: sla.Head{ID: "C", Occurred: at.AddDate(0, -2, 0)}, Service: "erp", Until: at},
		&sla.Outage{Head: sla.Head{ID: "I", Occurred: time.Date(2026, 3, 15, 22, 0, 0, 0, time.UTC)}, Service: "erp", Until: time.Date(2026, 3, 16, 1, 20, 0, 0, time.UTC)},
	}
	for lines, want := range map[[2]string][2]string{
		{"status ended on 2026-03-15", `"1"`}:                             {"1296000", "7200"}, // 15 days, 120 min
		{"status in force", `"2" replaces "1", in force from 2026-03-16`}: {"1382400", "4800"}, // 16 days, 80 min
	} {
		e := prepared(t, strings.NewReplacer("STATUS", lines[0], "VERSION", lines[1]).Replace(text))
		from, to, err := sla.ParsePeriods("2026-03")
		require.NoError(t, err)
		rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: at, Known: at}})
		require.NoError(t, err)
		require.Len(t, rep.Results, 1)
		assert.Equal(t, want, [2]string{rep.Results[0].Measured.Agreed, rep.Results[0].Measured.Down}, lines)
	}
}
