package sla_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/sla"
)

// amendedLimits is an objective whose monthly cap an amendment moves, and one that
// the amendment adds; the yearly cap stays as it was.
const amendedLimits = `credits {
  claim          not needed
  settled        each calendar month, 0 days after month end
}
objective up of erp {
  measure        availability each calendar month
  source         outages "monitoring"
  target         at least 99.50%
  credit         50% of the fee of erp
  cap            monthly 10% of the fee of erp
  cap            yearly 1300.00 EUR each calendar year
}
amendment "A1" in force from 2026-03-01 {
  objective up of erp {
    measure        availability each calendar month
    source         outages "monitoring"
    target         at least 99.50%
    credit         50% of the fee of erp
    cap            monthly 20% of the fee of erp
    cap            yearly 1300.00 EUR each calendar year
  }
  objective fast of erp {
    measure        maximum delay each calendar month
    source         samples of delay in ms "gateway" every 1 h
    without        data, the time is left out
    target         at most 50 ms
    credit         50% of the fee of erp
    cap            5% of the fee of erp
  }
}
`

// A cap holds the windows in which it was in force, and what it allowed is counted
// through an amendment that leaves it as it was. By hand, of a fee of 6000.00 EUR:
// 600.00 EUR in February, and of March's 1200.00 EUR what is left of the year.
func TestAmendedCaps(t *testing.T) {
	r := ruled(t, amendedLimits)
	r.fact(`{"file":{"covered":{"from":"2026-01-01","until":"2026-12-31"}}}`)
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","source":"monitoring","occurred":"2026-02-15 00:00","until":"2026-02-16 00:00"}`)
	r.fact(`{"kind":"outage","id":"O-2","service":"erp","source":"monitoring","occurred":"2026-03-15 00:00","until":"2026-03-16 00:00"}`)
	for _, day := range []string{"02-20", "03-20"} { // nothing was promised of the first
		r.fact(`{"kind":"sample","service":"erp","of":"delay","source":"gateway","occurred":"2026-%s 10:00","value":"90"}`, day)
	}
	rep := r.report("2026-02", "2026-03", "2026-06-01", nil)
	assert.Equal(t, []string{"up/erp/2026-02 600.00 EUR", "fast/erp/2026-03 300.00 EUR", "up/erp/2026-03 700.00 EUR"}, posted(rep))
	var cuts []string
	for _, s := range rep.Settlements {
		for _, c := range s.Caps {
			cuts = append(cuts, s.Period.Name+" "+c.Cap+" "+c.Limit.String()+" "+c.Used.String())
		}
	}
	assert.Equal(t, []string{
		"2026-02 up/cap/monthly 600.00 EUR 0.00 EUR", "2026-02 up/cap/yearly 1300.00 EUR 0.00 EUR",
		"2026-03 amendment/A1/fast/cap 300.00 EUR 0.00 EUR", "2026-03 amendment/A1/up/cap/monthly 1200.00 EUR 0.00 EUR", "2026-03 up/cap/yearly 1300.00 EUR 600.00 EUR",
	}, cuts)
	for _, f := range rep.Findings { // what the amendment brings is a source
		assert.NotEqual(t, sla.CodeOfNoSource, f.Code)
	}
}

// What an amendment adds is evaluated as what the contract has.
func TestAmendedObjectivesTakePart(t *testing.T) {
	c := ruled(t, amendedLimits).engine.Contract()
	for _, id := range []string{"up/cap/monthly", "amendment/A1/up/cap/monthly", "amendment/A1/fast/target"} {
		assert.Equal(t, sla.Evaluated, sla.UseOf(c, id), id)
	}
}

// Targets are weighed by the hours agreed under each, not by days: of March 2026,
// 10 working days and 12; and by all hours where none are named, 360 and 384. What
// has no target, or says in the middle what it said before, stays as it is.
func TestAmendedTargetsByAgreedTime(t *testing.T) {
	objectives := func(share string) string {
		of := func(name, during, target string) string {
			return "objective " + name + " of erp {\n  measure        downtime each calendar month" + during + "\n  source         outages \"monitoring\"\n" + target + "  report only\n}\n"
		}
		up := func(name, during string) string {
			return strings.Replace(of(name, during, "  target         at least "+share+"\n"), "downtime", "availability", 1)
		}
		return up("desk", " during desk") + up("always", "") + of("bare", "", "") + of("same", "", "  target         at most 4 h\n")
	}
	r := ruled(t, "calendar desk open Mon-Fri 08:00-18:00\n", objectives("99.00%"), "objective untouched of erp {\n  measure        downtime each calendar month\n  source         outages \"monitoring\"\n  report only\n}\n", "amendment \"A1\" in force from 2026-03-16 {\n", objectives("99.90%"), "}\n")
	r.fact(`{"file":{"covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
	rep := r.report("2026-03", "2026-03", "2026-06-01", nil)
	targets := map[string]string{}
	for _, got := range rep.Results {
		targets[got.Objective] = got.Target
		means := 0
		for _, s := range got.Why {
			if s.Code == "target-part" || s.Code == "target-mean" {
				means++
			}
		}
		assert.Equal(t, map[string]int{"desk": 3, "always": 3}[got.Objective], means, got.Objective)
	}
	assert.Equal(t, map[string]string{"desk": "at least 99.4909%", "always": "at least 99.4645%", "bare": "", "untouched": "", "same": "at most 4 h"}, targets)
}
