package sla_test

import (
	"context"
	"slices"
	"strings"
	"testing"

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
