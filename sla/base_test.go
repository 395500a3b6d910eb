package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The fee for the time lost is a part of a month, of an outage and of an hour as
// well, which may be lost whole: three hours of 43,200 minutes of April.
func TestLostTimeOfShortWindows(t *testing.T) {
	for lines, want := range map[string][]string{
		"measure downtime each outage\n  target at most 1 h\n  credit 300% of the fee of erp during the lost time":                                        {"o/erp/A 75.00 EUR"},
		"measure downtime each outage\n  target at most 1 h\n  credit 300% of the fee of erp during the lost time beyond the allowance":                   {"o/erp/A 50.00 EUR"},
		"measure downtime each outage\n  target at most 1 h\n  credit 300% of the fee of erp during the calendar month for the lost time":                 {"o/erp/A 75.00 EUR"},
		"measure downtime each outage\n  target at most 1 h\n  credit 1000% of the fee of erp during the previous calendar month for the lost time":       {"o/erp/A 90.00 EUR"},
		"measure downtime each clock hour\n  target at most 59 min\n  credit 100% of the fee of erp during the lost time":                                 {"o/erp/2026-04-20T09 8.33 EUR", "o/erp/2026-04-20T10 8.33 EUR", "o/erp/2026-04-20T11 8.33 EUR"},
		"measure downtime each day\n  target at most 1 h\n  credit 300% of the fee of erp during the lost time":                                           {"o/erp/2026-04-20 75.00 EUR"},
		"measure downtime each day\n  target at most 1 h\n  credit 300% of the fee of erp during the calendar quarter for the lost time":                  {"o/erp/2026-04-20 74.18 EUR"},
		"measure availability each calendar month\n  target at least 99.90%\n  credit 300% of the fee of erp during the calendar month for the lost time": {"o/erp/2026-04 75.00 EUR"},
	} {
		r := ruled(t, "objective o of erp {\n  source outages \"monitoring\"\n  "+lines+"\n}\n", settledSoon)
		r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-04-01","until":"2026-04-30"}}}`)
		r.fact(`{"kind":"outage","id":"A","service":"erp","occurred":"2026-04-20 09:00","until":"2026-04-20 12:00"}`)
		r.fact(`{"kind":"fee","id":"F-1","service":"erp","period":"2026-03","amount":"2160.00 EUR","occurred":"2026-03-31"}`)
		assert.Equal(t, want, posted(r.report("2026-04", "2026-04", "2026-05-10", nil)), lines)
	}
}
