package slatest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/sla/expect"
)

// A contract whose objectives are measured by what a test may leave out:
// answers of probes, counts, samples, tickets.
const unseen = `sla 1
contract "U" {
  kind     fragment
  timezone UTC
  currency EUR
  term     12 months from 2026-01-01
}
party customer "C"
party provider "P"
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  judged         each calendar month, for each service
}
tier gold {
  | priority | restore within | clock  | in time |
  | P1       | 3 h            | always | 95%     |
}
service s "S" {
  tier           gold
  fee            1000.00 EUR per month
}
event request of s
objective probed of s {
  measure        availability each calendar month during always
  source         checks "probe" every 1 min
  down           after 3 failed checks, counted from the first
  target         at least 99.90%
  credit         share of the fee of s {
    | below  | credit |
    | 99.90% | 10%    |
  }
}
objective counted of s {
  measure        share of good requests each calendar month, averaged over 5 min slots
  source         requests "gateway" counted every 5 min
  without        requests, a slot is up
  target         at least 99.90%
  report only
}
objective heat of s {
  measure        maximum temperature each calendar month
  source         samples of temperature in degC "sensor" every 1 h
  target         at most 27 degC
  report only
}
objective times of s {
  measure        average restore each calendar month
  target         at most 2 h
  report only
}
termination by customer {
  when           thrice probed is missed in 3 calendar months in a row
  notice         30 days
}
`

// A month without facts is a month in which nothing happened; what would have
// had to be seen to know it decides nothing, whatever is claimed of it, and
// neither does what money and rights are made of.
func TestUndecidedByFacts(t *testing.T) {
	for _, claim := range []string{
		"probed is 100.0000%", "probed is met", "probed is missed", "downtime of probed is 0 min", "agreed service time of probed is 744 h",
		"excluded time of probed is 0 min", "credit of probed is 0.00 EUR", "posted credit of probed is 0.00 EUR",
		"total credit is 0.00 EUR", "total credit before caps is 0.00 EUR", "termination by customer is not open",
		"counted is 100.0000%", "counted is met", "heat is 0 degC", "heat is met", "times is 0 min", "times is met",
		"gold/P1/restore of s is 100.0000%", "gold/P1/restore of s is met",
	} {
		o := outcomeOf(t, "", claim)
		assert.NotEqual(t, expect.Passed, o.Status, claim)
		if !strings.HasSuffix(claim, " met") && !strings.HasSuffix(claim, " missed") { // these two differ from what came out
			assert.Equal(t, expect.Broken, o.Status, claim)
			assert.Equal(t, "not-measured", o.Failures[0].Code, claim)
		}
	}
	seen := `given checks "probe" of s from 2026-03-01 00:00 "1x44639"`
	for _, claim := range []string{"probed is 100.0000%, met", "total credit is 0.00 EUR", "termination by customer is not open", "counted is not measured"} {
		o := outcomeOf(t, seen, claim)
		assert.Equal(t, expect.Passed, o.Status, "%s: %v", claim, o.Failures)
	}
}

// A bonus of a quarter is decided by all of its months, and so is what is due
// with it.
func TestBonusUndecidedByFacts(t *testing.T) {
	contract := unseen + `objective watched of s {
  measure        availability each calendar month during always
  source         checks "probe" every 1 min
  down           after 3 failed checks, counted from the first
  target         at least 99.90%
  report only
}
bonus thanks {
  when           watched is at least 99.95% in each calendar month of a calendar quarter
  pay            1% of the fees of s during the calendar quarter
}
`
	march := `given checks "probe" of s from 2026-03-01 00:00 "1x44639"`
	all := `given checks "probe" of s from 2026-01-01 00:00 "1x129599"`
	for _, claim := range []string{"bonus thanks in 2026-Q1 is 0.00 EUR", "bonus thanks is 0.00 EUR", "due to provider in 2026-03 is 0.00 EUR"} {
		o := outcomeIn(t, contract, "period 2026-Q1", march, claim)
		assert.Equal(t, expect.Broken, o.Status, claim)
		assert.Equal(t, "not-measured", o.Failures[0].Code, claim)
	}
	for _, claim := range []string{"bonus thanks in 2026-Q1 is 30.00 EUR", "due to provider in 2026-03 is 30.00 EUR", "due to customer in 2026-03 is 0.00 EUR"} {
		o := outcomeIn(t, contract, "period 2026-Q1", all, claim)
		assert.Equal(t, expect.Passed, o.Status, "%s: %v", claim, o.Failures)
	}
}

// outcomeOf runs one test of a month.
func outcomeOf(t *testing.T, given, claim string) expect.Outcome {
	t.Helper()
	return outcomeIn(t, unseen, "month 2026-03", given, claim)
}

func outcomeIn(t *testing.T, contract, span, given, claim string) expect.Outcome {
	t.Helper()
	test := fmt.Sprintf("sla 1\ntest of \"unseen.sla\"\ntest \"x\" {\n  %s\n  %s\n  expect %s\n}\n", span, given, claim)
	result, said := ran(t, fstest.MapFS{"unseen.sla": {Data: []byte(contract)}, "x_test.sla": {Data: []byte(test)}}, "x_test.sla")
	if len(result.Files[0].Outcomes) != 1 {
		t.Fatal(said)
	}
	return result.Files[0].Outcomes[0]
}
