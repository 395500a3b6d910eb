package sla_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// Counters and parts against a twin that looks at each slot and each minute of
// one day.

const sourcesContract = `sla 1
contract "TWIN" {
  kind           fragment
  timezone       Europe/Paris
}
service api
event request of api
exclusions {
  theirs         "Theirs"
}
objective total of api {
  measure        share of good requests each day
  source         requests "gateway" counted every 5 min
  exclude        theirs
  report only
}
objective mean of api {
  measure        share of good requests each day, averaged over 5 min slots
  source         requests "gateway" counted every 5 min
  without        requests, a slot is %s
  exclude        theirs
  report only
}
objective slots of api {
  measure        downtime each day
  source         requests "gateway" counted every 5 min
  down when      error rate %s 10%% and requests at least %d, for at least %d slots
  exclude        theirs
  report only
}
service cloud
part zone of cloud
objective each-zone of cloud for each zone {
  measure        downtime each day
  source         outages "provider"
  report only
}
objective together of cloud {
  measure        downtime each day
  source         outages "provider"
  down when      %s zones down
  report only
}
objective eligible of cloud {
  measure        availability each day
  source         outages "provider"
  only           while at least 2 zones run
  down when      any zones down
  report only
}
objective pooled of cloud {
  measure        availability each day, pooled over zones
  source         outages "provider"
  report only
}
objective lowest of cloud {
  measure        availability each day, lowest among zones
  source         outages "provider"
  report only
}
`

// A zoneDay is the life of a zone and when it was down, by minute.
type zoneDay struct{ run, down [1440]bool }

func TestSourcesAgainstTwin(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	day := time.Date(2026, 4, 10, 0, 0, 0, 0, zone)
	at := func(minute int) time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	rapid.Check(t, func(t *rapid.T) {
		empty := rapid.SampledFrom([]string{"up", "down", "left out"}).Draw(t, "empty")
		op := rapid.SampledFrom([]string{"above", "at least"}).Draw(t, "op")
		least, slots := rapid.IntRange(1, 30).Draw(t, "least"), rapid.IntRange(1, 3).Draw(t, "slots")
		many := rapid.SampledFrom([]string{"all", "any", "more than 1", "at least 2", "at least 50% of"}).Draw(t, "many")
		a := dsl.Analyze("twin.sla", fmt.Sprintf(sourcesContract, empty, op, least, slots, many))
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		facts := []sla.Fact{&sla.Coverage{Head: sla.Head{ID: "cover", Occurred: at(-1440), Source: "provider"}, Until: at(2880)}}

		// Counters: one a slot, some with a cause, none missing.
		var total, failed [288]int64
		for i := range 288 {
			n := rapid.SampledFrom([]int64{0, 10, 20, 40, 60}).Draw(t, "n")
			bad := n * rapid.SampledFrom([]int64{0, 0, 1, 2, 10}).Draw(t, "bad") / 10
			c := &sla.Counter{Head: sla.Head{ID: fmt.Sprint("C-", i), Occurred: at(5 * i), Source: "gateway"}, Service: "api", Event: "request", Until: at(5*i + 5), Total: n, Failed: bad}
			if rapid.IntRange(0, 9).Draw(t, "theirs") == 0 {
				c.Cause = "theirs"
			} else {
				total[i], failed[i] = n, bad
			}
			facts = append(facts, c)
		}

		// Zones: lives and outages, of a zone or of all.
		zones := map[string]*zoneDay{}
		var whole [1440]bool // an outage of all is down by itself
		for i := range rapid.IntRange(1, 4).Draw(t, "zones") {
			name := fmt.Sprint("z", i)
			from := rapid.SampledFrom([]int{-100, 0, 300, 900}).Draw(t, "born")
			until := rapid.SampledFrom([]int{1000, 1440, 2000}).Draw(t, "gone")
			z := &zoneDay{}
			for m := range 1440 {
				z.run[m] = m >= from && m < until
			}
			zones[name] = z
			facts = append(facts, &sla.PartLife{Head: sla.Head{ID: name, Occurred: at(from)}, Service: "cloud", Type: "zone", Until: at(until)})
		}
		for i := range rapid.IntRange(0, 8).Draw(t, "outages") {
			begin := rapid.IntRange(-50, 1439).Draw(t, "begin")
			end := begin + rapid.IntRange(1, 500).Draw(t, "length")
			part := rapid.SampledFrom([]string{"z0", "z1", "z2", "z3", ""}).Draw(t, "part")
			if zones[part] == nil {
				part = ""
			}
			facts = append(facts, &sla.Outage{Head: sla.Head{ID: fmt.Sprint("O-", i), Occurred: at(begin)}, Service: "cloud", Part: part, Until: at(end)})
			for m := max(0, begin); m < min(1440, end); m++ {
				whole[m] = whole[m] || part == ""
			}
			for name, z := range zones {
				for m := max(0, begin); m < min(1440, end) && (part == "" || part == name); m++ {
					z.down[m] = true
				}
			}
		}
		facts = rapid.Permutation(facts).Draw(t, "order")

		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(day), To: dateOf(at(1440)), AsOf: sla.AsOf{Valid: at(3000)}})
		require.NoError(t, err)
		got := map[string]string{}
		for _, r := range rep.Results {
			if r.Measured != nil {
				got[r.Objective+" "+r.For] = r.Measured.Exact
			}
		}
		want := map[string]string{}
		slowCounters(want, total[:], failed[:], empty, op, int64(least), slots)
		slowZones(want, zones, whole, many)
		require.Equal(t, want, got)
	})
}

func slowCounters(want map[string]string, total, failed []int64, empty, op string, least int64, slots int) {
	all, bad := int64(0), int64(0)
	mean, n := new(big.Rat), int64(0)
	var down []bool
	for i := range total {
		all, bad = all+total[i], bad+failed[i]
		switch {
		case total[i] > 0:
			mean.Add(mean, big.NewRat(total[i]-failed[i], total[i]))
			n++
		case empty == "up":
			mean.Add(mean, big.NewRat(1, 1))
			n++
		case empty == "down":
			n++
		}
		rate := failed[i]*10 > total[i] || op == "at least" && failed[i]*10 == total[i]
		down = append(down, total[i] > 0 && rate && total[i] >= least)
	}
	if all > 0 {
		want["total api"] = big.NewRat(all-bad, all).RatString()
	}
	if n > 0 {
		want["mean api"] = mean.Quo(mean, big.NewRat(n, 1)).RatString()
	}
	seconds := int64(0)
	for i := 0; i < len(down); {
		run := 0
		for i+run < len(down) && down[i+run] {
			run++
		}
		if run >= slots {
			seconds += int64(run) * 300
		}
		i += max(1, run)
	}
	want["slots api"] = fmt.Sprint(seconds)
}

func slowZones(want map[string]string, zones map[string]*zoneDay, whole [1440]bool, many string) {
	together, eligible, bad := int64(0), int64(0), int64(0)
	pooled, lost := int64(0), int64(0)
	lowest := (*big.Rat)(nil)
	for name, z := range zones {
		of, down := int64(0), int64(0)
		for m := range 1440 {
			if z.run[m] {
				of++
				if z.down[m] {
					down++
				}
			}
		}
		if of == 0 {
			continue
		}
		want["each-zone "+name] = fmt.Sprint(down * 60)
		pooled, lost = pooled+of, lost+down
		if up := big.NewRat(of-down, of); lowest == nil || up.Cmp(lowest) < 0 {
			lowest = up
		}
	}
	for m := range 1440 {
		run, down := 0, 0
		for _, z := range zones {
			if z.run[m] {
				run++
				if z.down[m] {
					down++
				}
			}
		}
		enough := map[string]bool{"all": down == run, "any": down > 0, "more than 1": down > 1, "at least 2": down >= 2, "at least 50% of": down*2 >= run}[many]
		if run > 0 && enough || whole[m] {
			together++
		}
		if run >= 2 {
			eligible++
			if down > 0 || whole[m] {
				bad++
			}
		}
	}
	want["together cloud"] = fmt.Sprint(together * 60)
	if eligible > 0 {
		want["eligible cloud"] = big.NewRat(eligible-bad, eligible).RatString()
	}
	if pooled > 0 {
		want["pooled cloud"] = big.NewRat(pooled-lost, pooled).RatString()
		want["lowest cloud"] = lowest.RatString()
	}
}
