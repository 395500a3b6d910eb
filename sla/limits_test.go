package sla_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

// A settlement period counts in the longer window in which it ends, the last one
// of the term in that in which the term ends, so that a contract that begins in
// the middle of a month has a first and a last month like all others; at once,
// and month by month from a ledger.
func TestCapsCountAPeriodWhereItEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 1, rapid.IntRange(1, 28).Draw(t, "first day"), 0, 0, 0, 0, time.UTC)
		end := begin.AddDate(0, 24, 0)
		n := rapid.IntRange(2, 5).Draw(t, "months of a cap")
		over := rapid.SampledFrom([]string{"each contract year", "each calendar quarter", "each calendar year", "over the term", fmt.Sprintf("in any %d months", n)}).Draw(t, "over")
		most := rapid.IntRange(1, 12).Draw(t, "most")
		text := strings.Replace(twoServices, "12 months from 2026-01-01", "24 months from "+begin.Format("2006-01-02"), 1) +
			available("a", "erp", "credit 1.00 EUR") + fmt.Sprintf("credits {\n  settled each calendar month, 8 days after month end\n  cap wide %d.00 EUR %s\n}\n", most, over)
		r := ruledBy(t, text)

		var want []string
		left := map[string]int{}
		var paid []int
		for m := range 26 {
			month := time.Date(2026, 1+time.Month(m), 1, 0, 0, 0, 0, time.UTC)
			last := month.AddDate(0, 1, -1)
			if !last.Before(end) {
				last = end.AddDate(0, 0, -1)
			}
			paid = append(paid, 0)
			if !month.Before(end) || !rapid.Bool().Draw(t, "missed") {
				continue
			}
			r.down("a", "erp", month.Format("2006-01"), 4000)
			window := map[string]string{
				"each contract year":    fmt.Sprint(!last.Before(begin.AddDate(1, 0, 0))),
				"each calendar quarter": fmt.Sprint(last.Year(), (last.Month()-1)/3),
				"each calendar year":    fmt.Sprint(last.Year()),
			}[over]
			room := most - left[window]
			if strings.HasPrefix(over, "in any") {
				room = most
				for _, p := range paid[max(0, len(paid)-n):] {
					room -= p
				}
			}
			if room > 0 {
				paid[m]++
				left[window]++
			}
			want = append(want, fmt.Sprintf("a/erp/%s %d.00 EUR", month.Format("2006-01"), paid[m]))
		}
		whole := r.reportBy(t, "2026-01", "2028-02", "2028-04-01", nil)
		require.Equal(t, want, posted(whole), text)
		var led *sla.Ledger
		var monthly []string
		for m := range 26 {
			month := time.Date(2026, 1+time.Month(m), 1, 0, 0, 0, 0, time.UTC)
			rep := r.reportBy(t, month.Format("2006-01"), month.Format("2006-01"), month.AddDate(0, 2, 0).Format("2006-01-02"), led)
			monthly = append(monthly, posted(rep)...)
			led = throughJSON(t, rep.Ledger)
		}
		require.Equal(t, want, monthly, text)
	})
}

// A cap or a floor of an objective that says no window is one of each window
// that it measures; one with a window adds up what lies in that.
func TestLimitsOfNarrowWindows(t *testing.T) {
	days := func(lines string) []string {
		r := ruled(t, "objective d of erp {\n  measure downtime each day\n  source outages \"monitoring\"\n  target at most 10 min\n  credit 4.00 EUR for each started 1 h of downtime\n  "+lines+"\n}\n", settledSoon)
		r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-01-01","until":"2026-01-31"}}}`)
		for _, o := range []string{"06 09:00 10:00", "07 09:00 12:00", "14 09:00 11:00"} {
			p := strings.Fields(o)
			r.fact(`{"kind":"outage","id":"O-%s","service":"erp","occurred":"2026-01-%[1]s %s","until":"2026-01-%[1]s %[3]s"}`, p[0], p[1], p[2])
		}
		return posted(r.report("2026-01", "2026-01", "2026-02-10", nil))
	}
	line := func(amounts ...string) (out []string) {
		for i, day := range []string{"06", "07", "14"} {
			out = append(out, "d/erp/2026-01-"+day+" "+amounts[i]+" EUR")
		}
		return out
	}
	assert.Equal(t, line("4.00", "10.00", "8.00"), days("cap 10.00 EUR"))
	assert.Equal(t, line("4.00", "10.00", "8.00"), days("cap 10.00 EUR each day"))
	assert.Equal(t, line("2.00", "6.00", "4.00"), days("cap 12.00 EUR each calendar month"))
	assert.Equal(t, line("0.00", "12.00", "8.00"), days("floor above 5.00 EUR, otherwise lost"))
	assert.Equal(t, line("4.00", "12.00", "8.00"), days("floor above 5.00 EUR each calendar month, otherwise lost"))
}

// An incident has its own cap, whatever that is a share of; one of the month
// holds for all outages together.
func TestCapsOfOutages(t *testing.T) {
	for cap, want := range map[string][]string{
		"cap 10% of the fee of erp during the calendar month":                     {"o/erp/A 600.00 EUR", "o/erp/B 600.00 EUR"},
		"cap 10% of the fee of erp during the calendar month each calendar month": {"o/erp/A 300.00 EUR", "o/erp/B 300.00 EUR"},
	} {
		r := ruled(t, "objective o of erp {\n  measure downtime each outage\n  source outages \"monitoring\"\n  target at most 1 h\n  credit 5% of the fee of erp during the calendar month for each started 1 h of downtime beyond the allowance\n  "+cap+"\n}\n", settledSoon)
		r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-01-01","until":"2026-01-31"}}}`)
		r.fact(`{"kind":"outage","id":"A","service":"erp","occurred":"2026-01-06 09:00","until":"2026-01-06 13:00"}`)
		r.fact(`{"kind":"outage","id":"B","service":"erp","occurred":"2026-01-07 09:00","until":"2026-01-07 13:00"}`)
		assert.Equal(t, want, posted(r.report("2026-01", "2026-01", "2026-02-10", nil)), cap)
	}
}
