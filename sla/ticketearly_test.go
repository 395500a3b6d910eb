package sla_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

const earlyContract = `sla 1

contract "EARLY" {
  kind           fragment
  timezone       UTC
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  start          when received
  pause          while waiting-on-customer
  judged         each calendar month
}
tier gold {
  | priority | respond within | restore within | clock  | in time |
  | P1       | 1 h            | 4 h            | always | 90%     |
}
service web {
  tier           gold
}
requests of web {
  milestone      approved "The manager has agreed"
  | request | within | counted from | clock  | in time |
  | laptop  | 4 h    | approved     | always | 90%     |
}
`

// An event dated before the receipt stops nothing; of a wait what lies after
// the receipt counts. Each is named, whatever the order of the facts.
func TestEventsBeforeTheReceipt(t *testing.T) {
	lines := []string{
		`{"kind":"ticket","ticket":"T-1","event":"received","occurred":"2026-03-10 10:00","service":"web","priority":"P1"}`,
		`{"kind":"ticket","ticket":"T-1","event":"responded","occurred":"2026-03-10 09:59"}`,
		`{"kind":"ticket","ticket":"T-1","event":"waiting-on-customer","occurred":"2026-03-10 09:00","until":"2026-03-10 10:30"}`,
		`{"kind":"ticket","ticket":"T-1","event":"restored","occurred":"2026-03-10 14:30"}`,
		`{"kind":"ticket","ticket":"T-2","event":"received","occurred":"2026-03-10 10:00","service":"web","priority":"P1"}`,
		`{"kind":"ticket","ticket":"T-2","event":"responded","occurred":"2026-03-10 10:00"}`,
		`{"kind":"ticket","ticket":"T-2","event":"restored","occurred":"2026-03-10 10:00"}`,
		`{"kind":"ticket","ticket":"R-1","event":"approved","occurred":"2026-03-10 09:00","request":"laptop","service":"web"}`,
		`{"kind":"ticket","ticket":"R-1","event":"received","occurred":"2026-03-10 10:00"}`,
		`{"kind":"ticket","ticket":"R-1","event":"done","occurred":"2026-03-10 12:00"}`,
	}
	a := dsl.Analyze("early.sla", earlyContract)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	var first string
	for n := range lines {
		order := append(append([]string{}, lines[n:]...), lines[:n]...)
		run, err := engine.Open(nil)
		require.NoError(t, err)
		require.NoError(t, facts.Read(run, "t.ndjson", strings.NewReader(strings.Join(order, "\n")), facts.Options{Zone: engine.Zone()}))
		at := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
		report, err := run.Report(sla.Options{AsOf: sla.AsOf{Valid: at, Known: at}, AllTickets: true})
		require.NoError(t, err)
		var got []string
		for _, f := range report.Findings {
			got = append(got, words.English().Finding(f.Code, f.Args).Title)
		}
		assert.Equal(t, []string{
			"ticket T-1: responded at 2026-03-10 09:59 is before the receipt at 2026-03-10 10:00",
			"ticket T-1: waiting-on-customer at 2026-03-10 09:00 is before the receipt at 2026-03-10 10:00",
		}, got)
		var said strings.Builder
		for _, c := range report.Tickets {
			said.WriteString(c.Ticket + " " + c.Clock + " " + c.Verdict + " " + c.Elapsed + "\n")
		}
		if first == "" {
			first = said.String()
		}
		assert.Equal(t, first, said.String())
	}
	assert.Equal(t, "R-1 deliver met 10800\nT-1 respond late, open 1863000\nT-1 restore met 14400\nT-2 respond met 0\nT-2 restore met 0\n", first)
}
