package sla_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A quarter is judged where the calls of its months are within the forecast,
// not applicable where they are beyond, and not measured where either is not
// known at all.
func TestJudgedOnlyIf(t *testing.T) {
	ops := map[string]func(a, b int) bool{
		"at most": func(a, b int) bool { return a <= b }, "below": func(a, b int) bool { return a < b },
		"at least": func(a, b int) bool { return a >= b }, "above": func(a, b int) bool { return a > b },
	}
	rapid.Check(t, func(t *rapid.T) {
		op := rapid.SampledFrom([]string{"at most", "below", "at least", "above"}).Draw(t, "op")
		share := rapid.SampledFrom([]int{50, 100, 110}).Draw(t, "share")
		least := rapid.IntRange(0, 6).Draw(t, "least")
		text := "sla 1\ncontract \"IF\" {\n  kind fragment\n  timezone Europe/Paris\n}\nservice desk \"D\"\nquantity calls in calls\nquantity forecast in calls\n" +
			"objective up of desk {\n  measure downtime each calendar quarter\n  source outages \"log\"\n  target at most 1 h\n  report only\n" +
			fmt.Sprintf("  judged only if calls %s %d%% of forecast\n  judged only if calls at least %d calls\n}\n", op, share, least)
		a := dsl.Analyze("if.sla", text)
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		e, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		var lines []string
		sums, known := map[string]int{}, map[string]bool{}
		for _, what := range []string{"calls", "forecast"} {
			for month := 4; month <= 6; month++ {
				if n := rapid.IntRange(-2, 4).Draw(t, what); n >= 0 {
					sums[what], known[what] = sums[what]+n, true
					lines = append(lines, fmt.Sprintf(`{"kind":"quantity","id":"%s-%d","what":%q,"period":"2026-%02d","value":"%d","occurred":"2026-07-01"}`, what, month, what, month, n))
				}
			}
		}
		want := "met"
		first, second := known["calls"] && known["forecast"], known["calls"]
		switch {
		case first && !ops[op](100*sums["calls"], share*sums["forecast"]), second && sums["calls"] < least:
			want = "not applicable"
		case !first || !second:
			want = "not measured"
		}
		rep := reportOn(t, e, "2026-Q2", append(lines, `{"kind":"coverage","id":"K","source":"log","occurred":"2026-01-01","until":"2026-12-31"}`)...)
		require.Equal(t, want, string(rep.Results[0].Verdict), "%s%v", text, lines)
	})
}

// reportOn reports a period by facts in NDJSON.
func reportOn(t require.TestingT, e *sla.Engine, period string, lines ...string) *sla.Report {
	run, err := e.Open(nil)
	require.NoError(t, err)
	readInto(t, run, lines...)
	from, to, err := sla.ParsePeriods(period)
	require.NoError(t, err)
	rep, err := run.Report(sla.Options{From: from, To: to})
	require.NoError(t, err)
	return rep
}
