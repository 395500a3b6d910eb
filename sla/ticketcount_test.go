package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// Counts given in the place of tickets are counted by what counts clocks, in
// the place of the tickets of their scope and period alone; what takes times
// takes them of the tickets.
func TestCountsOfTicketsInNumbers(t *testing.T) {
	run, err := lawsEngine(t).Open(nil)
	require.NoError(t, err)
	for id, k := range map[string]lawTicket{
		"P1 in time": {priority: "P1", received: 2 * 1440, stop: 2*1440 + 10},
		"P1 late":    {priority: "P1", received: 2 * 1440, stop: 6 * 1440},
		"P2 late":    {priority: "P2", received: 2 * 1440, stop: 6 * 1440},
		"P2 in time": {priority: "P2", received: 2 * 1440, stop: 2*1440 + 50},
	} {
		for _, f := range k.facts(id) {
			require.Nil(t, run.Add(f))
		}
	}
	march := func(what ...sla.Fact) map[string]string {
		t.Helper()
		for _, f := range what {
			require.Nil(t, run.Add(f))
		}
		from, to, err := sla.ParsePeriods("2026-03")
		require.NoError(t, err)
		asOf := minuteOfMarch(90 * 1440)
		rep, err := run.Report(sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: asOf, Known: asOf}})
		require.NoError(t, err)
		out := map[string]string{}
		for _, r := range rep.Results {
			require.NotNil(t, r.Measured, r.Objective)
			out[r.Objective] = r.Measured.Shown + " " + string(r.Verdict)
		}
		return out
	}
	before := march()
	assert.Equal(t, "2 met", before["late"])
	assert.Equal(t, "4 met", before["all"])

	count := func(id, priority string, total, late int) sla.Fact {
		return &sla.TicketCount{Head: sla.Head{ID: id, Occurred: minuteOfMarch(40 * 1440)}, Service: "erp", Priority: priority, Measure: "restore", Period: "2026-03", Total: total, Late: late}
	}
	after := march(count("c1", "P2", 17, 3))
	assert.Equal(t, "4 missed", after["late"], "1 of P1, and the 3 of the count")
	assert.Equal(t, "19 met", after["all"], "2 of P1, and the 17 of the count")
	assert.Equal(t, before["worst"], after["worst"])
	assert.Equal(t, before["mean"], after["mean"])

	after = march(count("c2", "P2", 2, 2))
	assert.Equal(t, "6 missed", after["late"], "counts add up")
	assert.Equal(t, "21 missed", after["all"])
}
