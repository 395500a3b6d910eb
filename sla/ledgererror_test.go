package sla_test

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

const rightByMisses = `sla 1
contract "LEAVING" {
  kind           fragment
  timezone       Europe/Paris
  term           36 months from 2026-01-01
}
party customer "C"
calendar always open 24x7
service erp {
  fee            1000.00 EUR per month
}
objective up of erp {
  measure        availability each %s
  source         outages "desk"
  target         at least 99.50%%
  credit         none "Leaving is the only remedy"
}
termination by customer {
  when           often up is missed in 2 %ss in a row
  notice         30 days, given within 40 days of the report
}
`

// A ledger is data that somebody may have edited: a date that cannot be is told,
// with the entry it stands in.
func TestLedgerOfAnotherTime(t *testing.T) {
	e := prepared(t, fmt.Sprintf(rightByMisses, "calendar month", "calendar month"))
	for text, want := range map[string]string{
		`{"contract":"LEAVING","settledThrough":"2026-03-01","results":[{"objective":"up","for":"erp","window":"2026-02","to":"2026-03-01","verdict":"missed"}]}`: "",
		`{"contract":"LEAVING","settledThrough":"2026-03-01","results":[{"objective":"up","for":"erp","window":"2026-02","to":"0206-03-01","verdict":"missed"}]}`: "results 1 (up, 2026-02) of the ledger has the date 0206-03-01, and what is settled ends before 2026-03-01; go on with the ledger as it was written",
		`{"contract":"LEAVING","settledThrough":"2026-03-01","results":[{"objective":"up","for":"erp","window":"2026-02","to":"9026-03-01","verdict":"missed"}]}`: "results 1 (up, 2026-02) of the ledger has the date 9026-03-01, and what is settled ends before 2026-03-01; go on with the ledger as it was written",
		`{"contract":"LEAVING","settledThrough":"2026-03-01","results":[{"objective":"up","for":"erp","window":"2026-02","verdict":"missed"}]}`:                   "results 1 (up, 2026-02) of the ledger has no date; go on with the ledger as it was written",
		`{"contract":"LEAVING","results":[{"objective":"up","for":"erp","window":"2026-02","to":"2026-03-01","verdict":"missed"}]}`:                               "settledThrough of the ledger has no date; go on with the ledger as it was written",
		`{"contract":"LEAVING","settledThrough":"2026-03-01","posted":[{"period":"2026-03-01","objective":"up","amount":"1.00 EUR"}]}`:                            "posted 1 (up) of the ledger has the date 2026-03-01, and what is settled ends before 2026-03-01; go on with the ledger as it was written",
	} {
		var led sla.Ledger
		require.NoError(t, json.Unmarshal([]byte(text), &led))
		_, err := e.Open(&led)
		if want == "" {
			assert.NoError(t, err)
			continue
		}
		var wrong *sla.LedgerError
		require.ErrorAs(t, err, &wrong, text)
		assert.Equal(t, want, err.Error())
	}
}

// Conditions look back from the end of every window: what they share is listed
// once, so that a ledger of many years takes memory by its length and not by its
// square.
func TestTilesAreListedOnce(t *testing.T) {
	e := prepared(t, fmt.Sprintf(rightByMisses, "day", "day"))
	used := func(years int) uint64 {
		through, err := calendar.ParseDate("2026-03-01")
		require.NoError(t, err)
		first, _ := through.AddMonths(-12 * years)
		led := &sla.Ledger{Contract: "LEAVING", SettledThrough: &through, Results: []sla.LedgerResult{{Objective: "up", For: "erp", Window: first.AddDays(-1).String(), To: first, Verdict: sla.Missed}}}
		o := month(t, "2026-03")
		o.Ledger = led
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		rep, err := sla.Evaluate(context.Background(), e, slices.Values([]sla.Fact{}), o)
		require.NoError(t, err)
		runtime.ReadMemStats(&after)
		assert.False(t, slices.ContainsFunc(rep.Rights, func(r sla.Right) bool { return strings.Contains(r.Window, "2026") }))
		return after.TotalAlloc - before.TotalAlloc
	}
	assert.Less(t, used(8), uint64(100<<20), "12 MB; listed for each end it would be 990 MB")
}
