package sla_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

const leaving = twoServices + `party customer "C"
objective availability of erp {
  measure availability each calendar month during always
  source outages "monitoring"
  target at least 99.50%
  credit none "Leaving is the only remedy"
}
credits {
  settled each calendar month, 10 days after month end
  claim not needed
}
termination by customer {
  when twice availability is missed in 2 of any 3 calendar months, each notified within 7 days of its end
  when row availability is missed in 3 calendar months in a row
  cure 10 days after notice
  notice 30 days, given within 40 days of the report
  refund 100% of the fees of erp during the missed calendar months
  refund 50% of the fees during the rest of the term
}
`

// Month by month with the ledger the same rights arise, and the same is paid
// back, as of a year at once; only for months that were missed before the notice.
func TestRightsMonthByMonth(t *testing.T) {
	r := ruledBy(t, leaving)
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		var lines []string
		missed := map[string]bool{}
		fact := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
		deliver := func(what, month string, days ...int) { // after its end; none for 0
			_, end, err := sla.ParsePeriods(month)
			require.NoError(t, err)
			if n := rapid.SampledFrom(days).Draw(t, what+" "+month); n > 0 {
				fact(`{"kind":"delivery","id":"%s %s","what":%[1]q,"period":%[2]q,"occurred":"%s 12:00"}`, what, month, end.AddDays(n-1))
			}
		}
		for m := 1; m <= 12; m++ {
			month := fmt.Sprintf("2026-%02d", m)
			if down := rapid.SampledFrom([]int{-1, 0, 10, 300, 300, 300}).Draw(t, "down "+month); down >= 0 {
				missed[month] = down == 300
				fact(`{"kind":"measured","id":"M-%s","objective":"availability","period":%[1]q,"down":"%d min","occurred":"%[1]s-28"}`, month, down)
			}
			deliver("availability/notified", month, 0, 3, 7, 8)
			deliver("report", month, 0, 5, 9)
			deliver("termination/customer/notice", month, 0, 12, 20, 35, 50)
			deliver("termination/customer/cure", month, 0, 18, 25, 44)
		}
		ask := func(from, to, asOf string, ledger *sla.Ledger) *sla.Report {
			run, err := r.engine.Open(ledger)
			require.NoError(t, err)
			require.NoError(t, facts.Read(run, "facts.ndjson", strings.NewReader(strings.Join(lines, "\n")), facts.Options{}))
			rep, err := run.Report(sla.Options{From: day(from), To: day(to), AsOf: sla.AsOf{Valid: atOf(r.engine, asOf+" 00:00"), Known: atOf(r.engine, "2027-12-01 00:00")}})
			require.NoError(t, err)
			return rep
		}
		whole := ask("2026-01-01", "2027-01-01", "2027-08-01", nil)
		var ledger *sla.Ledger
		for m := 1; m <= 12; m++ {
			next, _ := day("2026-01-01").AddMonths(m)
			from, _ := next.AddMonths(-1)
			ledger = ask(from.String(), next.String(), next.AddDays(15).String(), ledger).Ledger
		}
		again := ask("2026-01-01", "2027-01-01", "2027-08-01", ledger)
		require.Equal(t, bytesOf(t, whole.Rights), bytesOf(t, again.Rights))
		for _, right := range whole.Rights {
			seen[string(right.State)]++
			for _, step := range right.Why {
				for _, a := range step.Args {
					if step.Code != "refund-missed" || a.Name != "windows" {
						continue
					}
					for _, month := range strings.Split(a.Value, ", ") {
						_, end, err := sla.ParsePeriods(month)
						require.NoError(t, err)
						require.True(t, missed[month], "%s was not missed", month)
						require.False(t, right.Noticed.Before(atOf(r.engine, end.String()+" 00:00")), "%s ended behind the notice", month)
					}
				}
			}
		}
	}, string(sla.RightWaits), string(sla.RightLapsed), string(sla.RightNoticed), string(sla.RightCured))
}
