package sla_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// A state of which the rules of another clock speak is no unknown one, and a
// clock that runs in certain states only did not run in any other.
func TestStatesThatAreKnown(t *testing.T) {
	const contract = `sla 1
contract "A" {
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
}
clocks of respond {
  pause          while waiting-on-customer
}
clocks of resolve {
  run only       while new, on-us
}
tier gold {
  | priority | respond within | restore within | resolve within | clock  |
  | P1       | 30 min         | 4 h            | 8 h            | always |
}
service web {
  tier           gold
}
`
	const told = `{"kind":"ticket","ticket":"T","event":"received","occurred":"2026-03-10 09:00","service":"web","priority":"P1"}
{"kind":"ticket","ticket":"T","event":"new","occurred":"2026-03-10 09:00"}
{"kind":"ticket","ticket":"T","event":"waiting-on-customer","occurred":"2026-03-10 09:10"}
{"kind":"ticket","ticket":"T","event":"parked","occurred":"2026-03-10 10:00"}
{"kind":"ticket","ticket":"T","event":"on-us","occurred":"2026-03-10 11:00"}
{"kind":"ticket","ticket":"T","event":"resolved","occurred":"2026-03-10 12:00"}
`
	a := dsl.Analyze("a.sla", contract)
	require.Empty(t, a.Diagnostics)
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	run, err := engine.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, "t.ndjson", strings.NewReader(told), facts.Options{Zone: engine.Zone()}))
	rep, err := run.Report(sla.Options{AllTickets: true})
	require.NoError(t, err)
	unknown := map[string]string{}
	for _, c := range rep.Tickets {
		for _, step := range c.Why {
			if step.Code == "note-state-unknown" {
				unknown[c.Clock] += step.Args[0].Value + " "
			}
		}
		if c.Clock == "resolve" {
			assert.Equal(t, "4200", c.Elapsed, "09:00 to 09:10 and 11:00 to 12:00")
		}
	}
	assert.Equal(t, map[string]string{"respond": "parked ", "restore": "parked "}, unknown)
}
