package sla_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// What is seen of parts decides predicates over all of them.

const zonesWatched = `sla 1
contract "ZONES" {
  kind           fragment
  timezone       Europe/Paris
}
service cloud
part zone of cloud
event request of cloud
objective deemed of cloud {
  measure        downtime each day
  source         outages "provider"
  down when      %[1]s zones down
  without        data, the time is down
  report only
}
objective beside of cloud {
  measure        downtime each day
  source         outages "provider"
  source         requests "gateway" counted every 10 min
  down when      error rate above 10%% and %[1]s zones down
  without        data, the time is down
  report only
}
objective either of cloud {
  measure        downtime each day
  source         outages "provider"
  source         requests "gateway" counted every 10 min
  down when      %[1]s zones down
  down when      error rate above 10%%
  without        data, the time is down
  report only
}
`

// A watchedZone is, of each minute of a day, whether a zone lived, was down, and
// was seen.
type watchedZone struct{ run, down, seen [1440]bool }

// A minute counts where it is down, or where what nobody saw may have made it so:
// with zones that nobody saw up, and slots that nobody counted good, or not.
func TestCoverageOfPartsAgainstTwin(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	day := time.Date(2026, 4, 10, 0, 0, 0, 0, zone)
	at := func(minute int) time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	rapid.Check(t, func(t *rapid.T) {
		many := rapid.SampledFrom([]string{"all", "any", "more than 1", "at least 2", "at least 50% of"}).Draw(t, "many")
		a := dsl.Analyze("zones.sla", fmt.Sprintf(zonesWatched, many))
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		var facts []sla.Fact
		zones := map[string]*watchedZone{}
		for i := range rapid.IntRange(1, 3).Draw(t, "zones") {
			id := fmt.Sprint("z", i)
			z := &watchedZone{}
			zones[id] = z
			from, until := rapid.SampledFrom([]int{-100, 0, 300}).Draw(t, "born"), rapid.SampledFrom([]int{900, 1440, 2000}).Draw(t, "gone")
			for m := range z.run {
				z.run[m] = m >= from && m < until
			}
			facts = append(facts, &sla.PartLife{Head: sla.Head{ID: id, Occurred: at(from)}, Service: "cloud", Type: "zone", Until: at(until)})
		}
		draw := func(name string) (string, int, int) {
			begin := rapid.IntRange(-50, 1400).Draw(t, name)
			part := rapid.SampledFrom([]string{"z0", "z1", "z2", "z0", "z1", "z2", ""}).Draw(t, "part")
			if zones[part] == nil {
				part = ""
			}
			return part, begin, begin + rapid.SampledFrom([]int{1, 60, 300, 900, 1600}).Draw(t, "length")
		}
		mark := func(part string, begin, end int, of func(*watchedZone) *[1440]bool) {
			for id, z := range zones {
				for m := max(0, begin); m < min(1440, end) && (part == "" || part == id); m++ {
					of(z)[m] = true
				}
			}
		}
		var whole, covered [1440]bool
		for i := range rapid.IntRange(0, 6).Draw(t, "outages") {
			part, begin, end := draw("outage")
			facts = append(facts, &sla.Outage{Head: sla.Head{ID: fmt.Sprint("O-", i), Occurred: at(begin)}, Service: "cloud", Part: part, Until: at(end)})
			mark(part, begin, end, func(z *watchedZone) *[1440]bool { return &z.down })
			for m := max(0, begin); m < min(1440, end) && part == ""; m++ {
				whole[m] = true
			}
		}
		for i := range rapid.IntRange(0, 8).Draw(t, "covered") {
			part, begin, end := draw("cover")
			facts = append(facts, &sla.Coverage{Head: sla.Head{ID: fmt.Sprint("C-", i), Occurred: at(begin), Source: "provider"}, Service: "cloud", Part: part, Until: at(end)})
			mark(part, begin, end, func(z *watchedZone) *[1440]bool { return &z.seen })
			for m := max(0, begin); m < min(1440, end) && part == ""; m++ {
				covered[m] = true
			}
		}
		var counted [144]string
		for i := range counted {
			if counted[i] = rapid.SampledFrom([]string{"good", "good", "bad", ""}).Draw(t, "slot"); counted[i] != "" {
				c := &sla.Counter{Head: sla.Head{ID: fmt.Sprint("K-", i), Occurred: at(10 * i), Source: "gateway"}, Service: "cloud", Event: "request", Until: at(10*i + 10), Total: 10}
				if counted[i] == "bad" {
					c.Failed = 2
				}
				facts = append(facts, c)
			}
		}
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(day), To: dateOf(at(1440)), AsOf: sla.AsOf{Valid: at(3000)}})
		require.NoError(t, err)
		require.Empty(t, rep.Intake.Refusals)
		deemed, beside, either := 0, 0, 0
		for m := range 1440 {
			run, least, most := 0, 0, 0
			for _, z := range zones {
				if z.run[m] {
					run++
					if z.down[m] {
						least++
					}
					if z.down[m] || !z.seen[m] {
						most++
					}
				}
			}
			enough := func(down int) bool {
				return run > 0 && map[string]bool{"all": down == run, "any": down > 0, "more than 1": down > 1, "at least 2": down >= 2, "at least 50% of": down*2 >= run}[many]
			}
			slot := counted[m/10]
			dark := run == 0 && !covered[m] // nobody says that there was nothing
			if whole[m] || enough(most) || dark {
				deemed += 60
			}
			if whole[m] || enough(most) && slot != "good" || dark {
				beside += 60
			}
			if whole[m] || enough(most) || slot != "good" || dark {
				either += 60
			}
		}
		for name, want := range map[string]int{"deemed": deemed, "beside": beside, "either": either} {
			i := slices.IndexFunc(rep.Results, func(r sla.Result) bool { return r.Objective == name })
			require.GreaterOrEqual(t, i, 0)
			require.Equal(t, fmt.Sprint(want), rep.Results[i].Measured.Exact, name)
		}
	})
}

// Each zone was watched by somebody, none of all of them by one: what is known
// of the parts is enough.
func TestPartsWatchedOneByOne(t *testing.T) {
	of := func(many string) string {
		return "objective " + many + " of erp {\n  measure        availability each day\n  source         outages \"monitoring\"\n  down when      " + map[string]string{"all": "all", "any": "any", "two": "at least 2"}[many] +
			" zones down\n  target         at least 99.00%\n  report only\n}\n"
	}
	r := ruled(t, "part zone of erp\n", of("all"), of("any"), of("two"))
	cover := func(part, until string) {
		r.fact(`{"kind":"coverage","id":"C-%s-%[2]s","service":"erp","part":"%[1]s","source":"monitoring","occurred":"2026-04-10 00:00","until":"2026-04-%[2]s"}`, part, until)
	}
	verdicts := func() (out []sla.Verdict) {
		rep := r.report("2026-04-10", "2026-04-10", "2026-06-01", nil)
		for _, name := range []string{"all", "any", "two"} {
			out = append(out, result(t, rep, name, "").Verdict)
		}
		return out
	}
	cover("b", "10 06:00")
	cover("c", "10 06:00")
	assert.Equal(t, []sla.Verdict{sla.NotMeasured, sla.NotMeasured, sla.NotMeasured}, verdicts())
	cover("a", "11 00:00")
	assert.Equal(t, []sla.Verdict{sla.Met, sla.NotMeasured, sla.NotMeasured}, verdicts()) // a was up: not all were down
	cover("b", "11 00:00")
	assert.Equal(t, []sla.Verdict{sla.Met, sla.NotMeasured, sla.Met}, verdicts())
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","part":"b","source":"monitoring","occurred":"2026-04-10 07:00","until":"2026-04-10 08:00"}`)
	assert.Equal(t, []sla.Verdict{sla.Met, sla.Missed, sla.NotMeasured}, verdicts()) // for an hour c decides whether two were down
	cover("c", "11 00:00")
	assert.Equal(t, []sla.Verdict{sla.Met, sla.Missed, sla.Met}, verdicts())
}
