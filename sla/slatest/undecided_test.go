package slatest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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

// What sums and rights are made of must be known through all of the time that
// they look at: months that nobody observed before the last, and windows that
// have not ended, decide neither what is paid nor what returns.
func TestUndecidedSums(t *testing.T) {
	const (
		quarter = "period 2026-Q2\n  given coverage \"Centreon erp-https\" 2026-06-01 to 2026-06-30"
		posted  = "\n  given credit of erp-availability posted 300.00 EUR for 2026-03"
		running = "at 2026-04-10 12:00\n  given outage erp 2026-04-08 09:00 to 20:00"
		empty   = "period 2026-Q1\n  given facts \"no-checks.ndjson\""
		some    = "at 2026-04-10 12:00\n  given facts \"some.ndjson\""
	)
	for _, c := range []struct{ given, claim, from string }{
		{quarter, "bonus erp-excellence in 2026-Q2 is 0.00 EUR", "2026-04-01"},
		{quarter, "bonus erp-excellence in 2026-06 is 0.00 EUR", "2026-04-01"},
		{quarter, "due to customer in 2026-06 is 0.00 EUR", "2026-04-01"},
		{quarter + posted, "earn back of erp-availability in 2026-06 is 0.00 EUR", "2026-04-01"},
		{quarter, "total credit in 2026-04 is 0.00 EUR", "2026-04-01"},
		{running, "total credit is 0.00 EUR", ""},
		{running, "total credit before caps is 0.00 EUR", ""},
		{running, "due to customer is 0.00 EUR", ""},
		{running, "earn back of erp-availability is 0.00 EUR", ""},
		{empty, "refund to customer is 0.00 EUR", "2026-01-01"},
		{empty, "termination by customer is not open", "2026-01-01"},
		{some, "refund to customer is 0.00 EUR", "2026-02-01"},
		{some, "termination by customer is not open", "2026-02-01"},
	} {
		files := lenoir(t, map[string]string{
			"x_test.sla":  testFile("  " + c.given + "\n  expect " + c.claim + "\n"),
			"some.ndjson": `{"kind":"outage","id":"O","occurred":"2026-02-05 09:00","until":"2026-02-05 09:10","source":"Centreon erp-https","service":"erp"}` + "\n",
		})
		result, said := ran(t, files, "x_test.sla")
		require.Len(t, result.Files[0].Outcomes, 1, said)
		o := &result.Files[0].Outcomes[0]
		require.Equal(t, expect.Broken, o.Status, "%s: %s", c.given, c.claim)
		assert.Equal(t, "not-measured", o.Failures[0].Code, said)
		assert.Contains(t, said, c.from)
	}
	for given, claim := range map[string]string{
		quarter + posted: "total credit in 2026-06 is 0.00 EUR",
		running:          "termination by customer is not open",
		"period 2026-Q2\n  given outage erp 2026-04-08 09:00 to 20:00": "due to customer in 2026-06 is 0.00 EUR",
	} {
		_, said := ran(t, lenoir(t, map[string]string{"x_test.sla": testFile("  " + given + "\n  expect " + claim + "\n")}), "x_test.sla")
		assert.Equal(t, "1 passed, 0 failed\n", said, "%s: %s", given, claim)
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
