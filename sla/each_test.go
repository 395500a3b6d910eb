package sla_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What an amount is due for each of.

// restored is a contract of tickets of erp with a credit, in a zone whose days
// are all alike.
func restored(t *testing.T, credit string) *ruling { return ruledBy(t, restoredText(credit)) }

// restoredText is its text.
func restoredText(credit string) string {
	return strings.Replace(twoServices, "service erp {\n", `calendar office open Mon-Fri 08:00-18:00
priorities {
  | priority | when   |
  | P1       | "down" |
  | P2       | "slow" |
}
clocks {
  judged each calendar month, for each service
}
tier gold {
  | priority | restore within  | clock  | in time |
  | P1       | 4 h             | office | 50%     |
  | P2       | 2 business days | office | 50%     |
}
service erp {
  tier gold
`, 1) + "objective late of tier gold priority P1, P2, for each service {\n  measure share of restore in time each calendar month\n  target as in tier gold\n  " + credit + "\n}\n"
}

// A ticket is late beyond a time by what it took, whatever its limit is written
// in; of two days from 9:00 on Monday the limit is 29 hours of the office.
func TestLateBeyondATimeOfTheClock(t *testing.T) {
	r := restored(t, "credit 25.00 EUR for each late ticket above 30 h")
	r.t = t
	for id, end := range map[string]string{"A": "2026-03-05 08:59", "B": "2026-03-05 09:00", "C": "2026-03-05 09:01"} {
		r.fact(`{"kind":"ticket","ticket":"%s","event":"received","occurred":"2026-03-02 09:00","service":"erp","priority":"P2"}`, id)
		r.fact(`{"kind":"ticket","ticket":"%s","event":"restored","occurred":"%s"}`, id, end)
	}
	assert.Equal(t, []string{"late/erp/2026-03 25.00 EUR"}, posted(r.report("2026-03", "2026-03", "2026-04-10", nil)))
}

// So it is where the number of late tickets is what is measured, and the
// explanation lists them with what they were late by.
func TestLateBeyondATimeWhereLateTicketsAreCounted(t *testing.T) {
	for credit, want := range map[string]string{
		"credit 25.00 EUR for each late ticket above 6 h":               "50.00 EUR",
		"credit 10.00 EUR for each started 90 min late":                 "70.00 EUR",
		"credit 10.00 EUR for each whole 1 h late beyond the allowance": "80.00 EUR",
	} {
		text := strings.Replace(restoredText(credit), "share of restore in time", "number of late restore", 1)
		r := ruledBy(t, strings.Replace(text, "as in tier gold", "at most 1", 1))
		r.t = t
		for id, end := range map[string]string{"A": "14:00", "B": "16:00", "C": "18:00"} {
			r.fact(`{"kind":"ticket","ticket":"%s","event":"received","occurred":"2026-03-02 09:00","service":"erp","priority":"P1"}`, id)
			r.fact(`{"kind":"ticket","ticket":"%s","event":"restored","occurred":"2026-03-02 %s"}`, id, end)
		}
		report := r.report("2026-03", "2026-03", "2026-04-10", nil)
		assert.Equal(t, []string{"late/erp/2026-03 " + want}, posted(report), credit)
		var by []string
		for _, step := range report.Results[0].Why {
			if step.Code == "late-ticket" {
				by = append(by, step.Args[0].Value+" "+step.Args[1].Value)
			}
		}
		assert.Equal(t, []string{"A 3600", "B 10800", "C 18000"}, by)
	}
}

// Of tickets that were only counted nobody knows how late they were: what is
// paid for that is not determined, and never nothing.
func TestCountedTicketsHaveNoTimes(t *testing.T) {
	for credit, undetermined := range map[string]bool{
		"credit 25.00 EUR for each late ticket":           false,
		"credit 25.00 EUR for each late ticket above 6 h": true,
		"credit 10.00 EUR for each started 1 h late":      true,
	} {
		r := restored(t, credit)
		r.t = t
		r.fact(`{"kind":"ticket-count","id":"N-1","service":"erp","priority":"P1","measure":"restore","period":"2026-03","total":4,"late":3,"occurred":"2026-03-31"}`)
		line := r.report("2026-03", "2026-03", "2026-04-10", nil).Settlements[0].Lines[0]
		assert.Equal(t, undetermined, line.Undetermined, credit)
		if undetermined {
			assert.Equal(t, "credit-missing", line.Why[0].Code)
		} else {
			assert.Equal(t, "75.00 EUR", line.Posted.String())
		}
	}
}

// A unit that ends with an s is converted like any other.
func TestUnitThatEndsWithAnS(t *testing.T) {
	for unit, line := range map[string]string{"kudos": "convert/kudos/2026-03 180.00 EUR", "service-point": "convert/service-point/2026-03 180.00 EUR"} {
		several := strings.TrimSuffix(unit, "s") + "s"
		r := ruled(t, "unit "+unit+"\n", available("a", "erp", "credit 2 "+several), "convert "+several+" 1% of the fees of the month for each "+unit+"\n", settledSoon)
		r.down("a", "erp", "2026-03", 300)
		assert.Contains(t, posted(r.report("2026-03", "2026-03", "2026-04-10", nil)), line)
	}
}
