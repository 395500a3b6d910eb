package sla_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

const goodOf = `objective %s of erp {
  measure        %s each day
  source         calls "gateway" counted every 12 h
  target         %s
%s  report only
}
`

// A slot of which nobody counted anything may hold anything: the share is judged
// only where what was counted decides it.
func TestSlotsThatNobodyCounted(t *testing.T) {
	const leftOut = "  without        data, the time is left out\n"
	r := ruled(t, "event call of erp\n", fmt.Sprintf(goodOf, "share", "share of good calls", "at least 90.00%", ""),
		fmt.Sprintf(goodOf, "perfect", "share of good calls", "at least 100%", ""),
		fmt.Sprintf(goodOf, "seen", "share of good calls", "at least 90.00%", leftOut),
		fmt.Sprintf(goodOf, "few", "number of failed calls", "at most 4", ""),
		fmt.Sprintf(goodOf, "some", "number of failed calls", "at most 5", ""),
		fmt.Sprintf(goodOf, "seen-few", "number of failed calls", "at most 5", leftOut))
	r.fact(`{"kind":"counter","id":"C-1","service":"erp","source":"gateway","occurred":"2026-04-10 00:00","until":"2026-04-10 12:00","total":100,"failed":5}`)
	verdicts := func(day string) map[string]sla.Verdict {
		out, rep := map[string]sla.Verdict{}, r.report(day, day, "2026-06-01", nil)
		for _, o := range []string{"share", "perfect", "seen", "few", "some", "seen-few"} {
			out[o] = result(t, rep, o, "").Verdict
		}
		return out
	}
	assert.Equal(t, map[string]sla.Verdict{"share": sla.NotMeasured, "perfect": sla.Missed, "seen": sla.Met,
		"few": sla.Missed, "some": sla.NotMeasured, "seen-few": sla.Met}, verdicts("2026-04-10"))
	for o, verdict := range verdicts("2026-04-11") { // of which nobody saw anything
		assert.Equal(t, sla.NotMeasured, verdict, o)
	}
	r.fact(`{"kind":"coverage","id":"V-1","service":"erp","source":"gateway","occurred":"2026-04-10 12:00","until":"2026-04-12 00:00"}`)
	assert.Equal(t, map[string]sla.Verdict{"share": sla.Met, "perfect": sla.Missed, "seen": sla.Met,
		"few": sla.Missed, "some": sla.Met, "seen-few": sla.Met}, verdicts("2026-04-10"))
	assert.Equal(t, sla.Met, verdicts("2026-04-11")["some"]) // nothing happened, as was seen
}

const valueOf = `objective %s of erp {
  measure        %s each day
  source         samples of delay in ms "probe" every 4 h
  target         at most 5 ms
  report only
}
`

// Readings that did not come, against a twin that tries values for each of them:
// very low, at the target, very high.
func TestMissingReadingsAgainstTwin(t *testing.T) {
	of := map[string]string{"mean": "average delay", "most": "maximum delay", "least": "minimum delay",
		"middle": "median delay", "sum": "total delay", "rank": "percentile 75 of delay"}
	var text []string
	for name, measure := range of {
		text = append(text, fmt.Sprintf(valueOf, name, measure))
	}
	proved := map[string]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		r := ruled(t, text...)
		readings := rapid.SliceOfN(rapid.SampledFrom([]int{missingReading, 0, 4, 5, 6, 9, 9, 4}), 6, 6).Draw(rt, "readings")
		for i, value := range readings {
			if value != missingReading {
				r.fact(`{"kind":"sample","service":"erp","of":"delay","source":"probe","occurred":"2026-04-10 %02d:00","value":"%d"}`, 4*i, value)
			}
		}
		rep := r.report("2026-04-10", "2026-04-10", "2026-06-01", nil)
		for name := range of {
			want := triedReadings(name, readings)
			proved[name+" "+string(want)] = true
			require.Equal(rt, want, result(t, rep, name, "").Verdict, "%s of %v", name, readings)
		}
	})
	for _, seen := range []string{"rank missed", "rank not measured", "middle met", "middle missed", "most missed", "least met", "mean not measured"} {
		assert.True(t, proved[seen], seen)
	}
}

const missingReading = -1

// triedReadings is the verdict to which all that the missing readings may have
// been comes.
func triedReadings(name string, readings []int) sla.Verdict {
	if slices.Max(readings) == missingReading {
		return sla.NotMeasured
	}
	all := map[sla.Verdict]bool{}
	var try func(i int, got []int)
	try = func(i int, got []int) {
		switch {
		case i == len(readings):
			all[sla.Missed] = all[sla.Missed] || tooMuch(name, got)
			all[sla.Met] = all[sla.Met] || !tooMuch(name, got)
		case readings[i] != missingReading:
			try(i+1, append(slices.Clone(got), readings[i]))
		default:
			for _, value := range []int{-1000, 5, 1000} {
				try(i+1, append(slices.Clone(got), value))
			}
		}
	}
	try(0, nil)
	switch {
	case all[sla.Met] && all[sla.Missed]:
		return sla.NotMeasured
	case all[sla.Met]:
		return sla.Met
	}
	return sla.Missed
}

// tooMuch says that six readings come to more than 5.
func tooMuch(name string, six []int) bool {
	slices.Sort(six)
	sum := 0
	for _, value := range six {
		sum += value
	}
	switch name {
	case "mean":
		return sum > 6*5
	case "sum":
		return sum > 5
	case "least":
		return six[0] > 5
	case "most":
		return six[5] > 5
	case "middle":
		return six[2]+six[3] > 2*5
	}
	return six[4] > 5 // three quarters of six are four and a half
}

// Time that nobody saw may hold any number of outages, or as many of a minimum
// length as fit, and may make one of two that were seen.
func TestUnseenTimeHoldsOutages(t *testing.T) {
	const long = "count          outages of at least 20 min"
	number := func(name, target string, lines ...string) string {
		return overMonth(name, "number of outages each calendar month", append(lines, "target         "+target)...)
	}
	r := ruled(t, number("one", "at most 1"), number("many", "at most 50"),
		number("long-3", "at most 3", long), number("long-4", "at most 4", long), number("long-1", "at most 1", long), number("long-0", "at most 0", long))
	for _, seen := range [][2]string{{"04-01 00:00", "04-10 01:00"}, {"04-10 02:01", "05-01 00:00"}} {
		r.fact(`{"kind":"coverage","id":"V-%[1]s","service":"erp","occurred":"2026-%[1]s","until":"2026-%[2]s"}`, seen[0], seen[1])
	}
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-10 00:30","until":"2026-04-10 01:00"}`)
	r.fact(`{"kind":"outage","id":"O-2","service":"erp","occurred":"2026-04-10 02:01","until":"2026-04-10 02:31"}`)
	verdicts := func() map[string]sla.Verdict {
		out, rep := map[string]sla.Verdict{}, r.report("2026-04", "2026-04", "2026-06-01", nil)
		for _, o := range []string{"one", "many", "long-3", "long-4", "long-1", "long-0"} {
			out[o] = result(t, rep, o, "").Verdict
		}
		return out
	}
	// 61 minutes between two outages: from 1, if all of it was down, to 5
	assert.Equal(t, map[string]sla.Verdict{"one": sla.NotMeasured, "many": sla.NotMeasured,
		"long-3": sla.NotMeasured, "long-4": sla.NotMeasured, "long-1": sla.NotMeasured, "long-0": sla.Missed}, verdicts())
	r.fact(`{"kind":"coverage","id":"V-3","service":"erp","occurred":"2026-04-10 01:00","until":"2026-04-10 01:20"}`)
	// 41 minutes before the second: from 2 to 4
	assert.Equal(t, map[string]sla.Verdict{"one": sla.Missed, "many": sla.NotMeasured,
		"long-3": sla.NotMeasured, "long-4": sla.Met, "long-1": sla.Missed, "long-0": sla.Missed}, verdicts())
}

// A count of all of a window is all that its share asks for: nothing is said of
// slots, which it has none of.
func TestShareOfAWindowKnowsNoSlots(t *testing.T) {
	r := ruled(t, "event call of erp\nobjective good of erp {\n  measure        share of good calls each calendar month\n  source         calls \"gateway\" counted every 5 min\n  target         at least 99.90%\n  report only\n}\n")
	r.fact(`{"kind":"counter","id":"C-1","service":"erp","source":"gateway","occurred":"2026-04-01 00:00","until":"2026-05-01 00:00","total":1000,"failed":2}`)
	rep := r.report("2026-04", "2026-04", "2026-06-01", nil)
	got := result(t, rep, "good", "")
	assert.Equal(t, sla.Missed, got.Verdict)
	assert.Equal(t, "499/500", got.Measured.Exact)
	assert.Empty(t, rep.Findings)
}

// The lowest of a zone that nobody saw most of, and of one that just reaches the
// target, may be the target: the first cannot be all good, and need not be.
func TestLowestOfWhatNobodySaw(t *testing.T) {
	of := func(name, join, target string) string {
		return "objective " + name + " of erp {\n  measure        share of good calls each day, " + join + "\n  source         calls \"gateway\" counted every 6 h\n  target         " + target + "\n  report only\n}\n"
	}
	r := ruled(t, "part zone of erp {\n  has            users in users\n}\nevent call of erp\n",
		of("reached", "lowest among zones", "at least 90.00%"), of("beyond", "lowest among zones", "at least 90.01%"), of("weighed", "weighted by users over zones", "at least 90.00%"))
	for id, users := range map[string]int{"a": 0, "b": 5} {
		r.fact(`{"kind":"part","id":"%s","what":"zone","service":"erp","occurred":"2026-01-01","has":"users %d"}`, id, users)
	}
	r.fact(`{"kind":"counter","id":"A-0","service":"erp","part":"a","source":"gateway","occurred":"2026-04-10 00:00","until":"2026-04-10 06:00","total":10,"failed":5}`)
	for i := range 4 {
		r.fact(`{"kind":"counter","id":"B-%d","service":"erp","part":"b","source":"gateway","occurred":"2026-04-10 %02d:00","until":"2026-04-10 %02d:59","total":10,"failed":1}`, i, 6*i, 6*i+5)
	}
	rep := r.report("2026-04-10", "2026-04-10", "2026-06-01", nil)
	verdicts := map[string]sla.Verdict{}
	for _, got := range rep.Results {
		verdicts[got.Objective] = got.Verdict
	}
	// nobody in zone a: what was not seen of it weighs nothing
	assert.Equal(t, map[string]sla.Verdict{"reached": sla.NotMeasured, "beyond": sla.Missed, "weighed": sla.Met}, verdicts)
}

// What is due for each outage is not known where nobody saw how many there were,
// however downtime is counted.
func TestEachOutageThatNobodySaw(t *testing.T) {
	of := func(name, count string) string {
		return "objective " + name + " of erp {\n  measure        downtime each calendar month\n  source         outages \"monitoring\"\n  " + count + "\n  target         at most 1 h\n  credit         10.00 EUR for each outage\n}\n"
	}
	counts := map[string]string{"plain": "", "capped": "count          at most 2 h each outage", "started": "count          each outage in started 1 h", "long": "count          outages of at least 45 min"}
	text := ""
	for name, count := range counts {
		text += of(name, count)
	}
	r := ruled(t, text)
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-04-01","until":"2026-04-10 02:00"}}}`)
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-04-10 02:30","until":"2026-04-30"}}}`)
	for _, day := range []string{"10", "11", "12"} {
		r.fact(`{"kind":"outage","id":"O-%s","service":"erp","occurred":"2026-04-%[1]s 00:00","until":"2026-04-%[1]s 02:00"}`, day)
	}
	rep := r.report("2026-04", "2026-04", "2026-06-01", nil)
	for name := range counts {
		want := sla.NotMeasured
		if name == "long" { // half an hour holds no outage by itself, and only makes one longer
			want = sla.Missed
		}
		assert.Equal(t, want, result(t, rep, name, "").Verdict, name)
	}
	assert.Equal(t, []string{"long/erp/2026-04 30.00 EUR"}, posted(rep))
}

// How downtime is counted may make more of what nobody saw the more pieces it
// came in; where that too is within the target, or beyond it, there is a verdict.
func TestPiecesThatDoNotMatter(t *testing.T) {
	const capped, started = "count          at most 2 h each outage", "count          each outage in started 1 h"
	r := ruled(t, overMonth("within", "downtime each calendar month", capped, "target         at most 7 h"), overMonth("between", "downtime each calendar month", capped, "target         at most 3 h"),
		overMonth("beyond", "downtime each calendar month", started, "target         at most 1 h"), overMonth("any", "downtime each calendar month", started, "target         at most 99 h"))
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-04-01","until":"2026-04-10 02:00"}}}`)
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-04-10 06:00","until":"2026-04-30"}}}`)
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-10 00:00","until":"2026-04-10 02:00"}`)
	rep := r.report("2026-04", "2026-04", "2026-06-01", nil)
	for name, want := range map[string]sla.Verdict{"within": sla.Met, "between": sla.NotMeasured, "beyond": sla.Missed, "any": sla.NotMeasured} {
		assert.Equal(t, want, result(t, rep, name, "").Verdict, name)
	}
}

// Of slots only those of the agreed hours are missed, and the explanation says how
// much nobody saw.
func TestUnseenSlotsOfTheAgreedHours(t *testing.T) {
	r := ruled(t, "event call of erp\ncalendar desk open Mon-Fri 08:00-18:00\nobjective good of erp {\n  measure        share of good calls each day during desk\n  source         calls \"gateway\" counted every 1 h\n  target         at least 90.00%\n  report only\n}\n")
	for hour := 8; hour < 17; hour++ {
		r.fact(`{"kind":"counter","id":"C-%d","service":"erp","source":"gateway","occurred":"2026-04-10 %02d:00","until":"2026-04-10 %02d:00","total":10,"failed":0}`, hour, hour, hour+1)
	}
	unseen := func() (sla.Verdict, []string) {
		got := result(t, r.report("2026-04-10", "2026-04-10", "2026-06-01", nil), "good", "")
		for _, s := range got.Why {
			if s.Code == "unobserved" {
				return got.Verdict, []string{argOf(s, "time"), argOf(s, "agreed")}
			}
		}
		return got.Verdict, nil
	}
	verdict, told := unseen()
	assert.Equal(t, sla.NotMeasured, verdict)
	assert.Equal(t, []string{"3600", "36000"}, told)
	r.fact(`{"kind":"counter","id":"C-17","service":"erp","source":"gateway","occurred":"2026-04-10 17:00","until":"2026-04-10 18:00","total":10,"failed":0}`)
	verdict, told = unseen()
	assert.Equal(t, sla.Met, verdict)
	assert.Empty(t, told)
}
