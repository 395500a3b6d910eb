package sla_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Nothing is promised any more of a ticket whose priority changes to one
// without a row; one that was late before stays late (semantics 2.5).
func TestChangeToAPriorityWithoutPromise(t *testing.T) {
	text := strings.Replace(lawsContract, "  | P2       | 2 h            | 30 h           | always |\n", "", 1)
	a := dsl.Analyze("laws.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	const monday = 1440 // 2 March, and the clock needs 6 h from 08:00
	for _, c := range []struct {
		lowered int // minutes of March
		want    string
	}{
		{monday + 10*60, "not covered"},
		{monday + 18*60, "late, open"},
	} {
		k := lawTicket{priority: "P1", received: monday + 8*60}
		run, err := e.Open(nil)
		require.NoError(t, err)
		facts := append(k.facts("T"), &sla.PriorityChange{Head: sla.Head{Occurred: minuteOfMarch(c.lowered)}, Ticket: "T", Priority: "P2"})
		for _, f := range facts {
			require.Nil(t, run.Add(f))
		}
		w, err := run.Watch(minuteOfMarch(20 * 1440))
		require.NoError(t, err)
		clocks, err := w.Ticket("T")
		require.NoError(t, err)
		got := map[string]string{}
		for _, r := range clocks {
			got[r.Clock] = r.Verdict
		}
		assert.Equal(t, c.want, got["restore"], "lowered at minute %d", c.lowered)
		assert.Equal(t, "late, open", got["respond"], "the answer was late before either change")
	}
}

// A clock without a verdict escalates to nobody, and spoils no other: the one
// that nothing holds any more, and the one beyond the tables of holidays.
func TestEscalationWithoutVerdict(t *testing.T) {
	text := strings.Replace(lawsContract, "  | P2       | 2 h            | 30 h           | always |\n", "", 1)
	text = strings.Replace(text, "calendar desk open Mon-Fri 08:00-12:00, 13:00-18:00\n", "calendar desk {\n  open Mon-Fri 08:00-12:00, 13:00-18:00\n  closed public-holidays FR\n}\n", 1)
	text += "escalation {\n  counted        on the restore clock\n  | level | who    | by    | P1  | P2  |\n  | L1    | \"Desk\" | phone | 8 h | 8 h |\n}\n"
	a := dsl.Analyze("laws.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), "%v", a.Diagnostics)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	const century = 100 * 365 * 1440
	for name, c := range map[string]struct {
		received int
		more     []sla.Fact
		want     string
	}{
		"no holidays are known": {received: century, want: "undecided"},
		"nothing is promised":   {received: 1440, more: []sla.Fact{&sla.PriorityChange{Head: sla.Head{Occurred: minuteOfMarch(1440 + 10)}, Ticket: "T", Priority: "P2"}}, want: "not covered"},
	} {
		run, err := e.Open(nil)
		require.NoError(t, err)
		for _, f := range append((&lawTicket{priority: "P1", received: c.received}).facts("T"), c.more...) {
			require.Nil(t, run.Add(f))
		}
		w, err := run.Watch(minuteOfMarch(c.received + 60))
		require.NoError(t, err, name)
		clocks, err := w.Ticket("T")
		require.NoError(t, err, name)
		i := slices.IndexFunc(clocks, func(r sla.TicketResult) bool { return r.Clock == "restore" })
		require.GreaterOrEqual(t, i, 0, name)
		assert.Equal(t, []string{c.want, "", ""}, []string{clocks[i].Verdict, clocks[i].Level, clocks[i].NextLevel}, name)
	}
}
