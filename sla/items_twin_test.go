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

// Items one by one: limits by what an item is and how large, scores, groups,
// targets of a table, percentiles; against a twin that looks at each item and
// follows the forms F2 and F8 to F13 to the letter.

const itemsContract = `sla 1
contract "ITEMS" {
  kind           fragment
  timezone       Europe/Paris
}
service store
event job of store {
  has            op
  has            size in MB
  has            latency in s
  has            planned, yes or no
}
exclusions {
  theirs         "Theirs"
  effect         leaves %s
}
objective good of store {
  measure        share of good jobs each day%s
  source         jobs "trace" one by one
  limit          latency {
    | op       | within     |
    | get, put | 2 s per MB |
    | list     | 10 s       |
    | other    | 2 s        |
  }
  only           when planned
  failed when    latency above its limit
  failed when    duration above 30 min
  failed when    unfinished
  exclude        theirs
  report only
}
objective scored of store {
  measure        average score of jobs each day, at least 2 jobs
  source         jobs "trace" one by one
  score          0.25 when latency at most 20 s
  score          1 when latency at most 1 s
  score          0.5 when latency below 4 s and op is not list
  exclude        theirs
  report only
}
objective bad of store {
  measure        number of failed jobs each day%s
  source         jobs "trace" one by one
  failed when    op is put or list and latency at least 2 s
  failed when    not planned
  exclude        theirs
  report only
}
objective by-op of store for each op {
  measure        share of good jobs each day
  source         jobs "trace" one by one
  target         {
    | op       | at least |
    | get      | 90.00%%  |
    | put      | none     |
    | any      | 50.00%%  |
  }
  report only
}
objective nearly of store {
  measure        percentile %d of latency each day
  source         jobs "trace" one by one
  exclude        theirs
  target         at most 3 s
  report only
}
objective mean of store {
  measure        average latency each day
  source         jobs "trace" one by one
  exclude        theirs
  target         below 3 s
  report only
}
objective most of store {
  measure        maximum latency each day, at least 3 jobs
  source         jobs "trace" one by one
  target         at most 9 s
  report only
}
`

// A slowItem is an item in minutes of two days; until -1: it never ended.
type slowItem struct {
	from, until         int
	failed, theirs      bool
	op, planned, source string
	size, latency       string
}

func (i *slowItem) number(s string) *big.Rat {
	if s == "" {
		return nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

// at is the minute at which an item counts.
func (i *slowItem) at(started bool) int {
	if i.until < 0 || started {
		return i.from
	}
	return i.until
}

// tooSlow says whether an item was above its limit.
func (i *slowItem) tooSlow() bool {
	limit := big.NewRat(2, 1)
	switch i.op {
	case "get", "put":
		if i.size == "" {
			return false // no limit is known
		}
		limit.Mul(limit, i.number(i.size))
	case "list":
		limit = big.NewRat(10, 1)
	}
	return i.latency != "" && i.number(i.latency).Cmp(limit) > 0
}

// score is the highest that an item has a right to.
func (i *slowItem) score() *big.Rat {
	l := i.number(i.latency)
	switch {
	case i.failed || l == nil:
		return new(big.Rat)
	case l.Cmp(big.NewRat(1, 1)) <= 0:
		return big.NewRat(1, 1)
	case l.Cmp(big.NewRat(4, 1)) < 0 && i.op != "" && i.op != "list":
		return big.NewRat(1, 2)
	case l.Cmp(big.NewRat(20, 1)) <= 0:
		return big.NewRat(1, 4)
	}
	return new(big.Rat)
}

func drawItem(t *rapid.T) slowItem {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	i := slowItem{
		from: rapid.IntRange(-30, 2*1440).Draw(t, "from"), until: -1, failed: rapid.IntRange(0, 3).Draw(t, "failed") == 0, theirs: rapid.IntRange(0, 4).Draw(t, "theirs") == 0,
		op: pick("op", "get", "put", "list", "copy", ""), planned: pick("planned", "yes", "yes", "no", ""), source: pick("source", "", "trace", "trace", "another"),
		size: pick("size", "0.5", "1", "2.25", ""), latency: pick("latency", "0.1", "1", "1.001", "2", "3", "4", "4.5", "10", "10.5", "20", "21", ""),
	}
	if rapid.IntRange(0, 5).Draw(t, "ended") > 0 {
		i.until = i.from + rapid.SampledFrom([]int{0, 1, 30, 31, 500}).Draw(t, "length")
	}
	return i
}

func (i *slowItem) fact(n int, at func(int) time.Time) sla.Fact {
	f := &sla.Item{Head: sla.Head{ID: fmt.Sprint("I-", n), Occurred: at(i.from), Source: i.source}, Service: "store", Event: "job", Failed: i.failed, Has: map[string]string{}}
	if i.until >= 0 {
		f.Until = at(i.until)
	}
	if i.theirs {
		f.Cause = "theirs"
	}
	for name, value := range map[string]string{"op": i.op, "size": i.size, "latency": i.latency, "planned": i.planned} {
		if value != "" {
			f.Has[name] = value
		}
	}
	return f
}

// A slowDay is what the items of one day come to.
type slowDay struct {
	items     []slowItem
	downOnly  bool // what is excluded counts as good
	from      int
	until     int
	startedBy bool
}

// those are the items that count, of those that meet a condition, and how many
// were left out.
func (d *slowDay) those(started bool, exclude bool, only func(*slowItem) bool) (out []slowItem, left int) {
	for _, i := range d.items {
		at := i.at(started)
		switch {
		case at < d.from || at >= d.until || i.source == "another" || only != nil && !only(&i):
		case exclude && i.theirs && !d.downOnly:
			left++
		default:
			i.theirs = exclude && i.theirs // excluded, and good
			out = append(out, i)
		}
	}
	return out, left
}

// share is the share of good items, or why there is none.
func share(items []slowItem, left int, failed func(*slowItem) bool) string {
	n, bad := int64(0), int64(0)
	for i := range items {
		n++
		if !items[i].theirs && failed(&items[i]) {
			bad++
		}
	}
	switch {
	case n == 0 && left > 0:
		return "not applicable"
	case n == 0:
		return "not measured"
	}
	return big.NewRat(n-bad, n).RatString()
}

// results are those of one day.
func (d *slowDay) results(percent int) map[string]string {
	out := map[string]string{}
	items, left := d.those(d.startedBy, true, func(i *slowItem) bool { return i.planned == "yes" })
	out["good"] = share(items, left, func(i *slowItem) bool {
		return i.failed || i.tooSlow() || i.until < 0 || i.until-i.from > 30
	})
	items, left = d.those(d.startedBy, true, nil)
	bad := 0
	for _, i := range items {
		slow := i.latency != "" && i.number(i.latency).Cmp(big.NewRat(2, 1)) >= 0
		if !i.theirs && (i.failed || slow && (i.op == "put" || i.op == "list") || i.planned != "yes") {
			bad++
		}
	}
	if out["bad"] = fmt.Sprint(bad); len(items)+left == 0 {
		out["bad"] = "not measured" // nobody saw any
	}
	items, left = d.those(false, true, nil)
	sum := new(big.Rat)
	for _, i := range items {
		i.failed = i.failed && !i.theirs
		sum.Add(sum, i.score())
	}
	switch {
	case len(items) == 0 && left > 0:
		out["scored"] = "not applicable"
	case len(items) < 2:
		out["scored"] = "not measured"
	default:
		out["scored"] = sum.Quo(sum, big.NewRat(int64(len(items)), 1)).RatString()
	}
	d.values(out, percent)
	d.groups(out)
	return out
}

// values are the numbers of the latency.
func (d *slowDay) values(out map[string]string, percent int) {
	of := func(exclude bool) (all []*big.Rat, left bool) {
		for _, i := range d.items {
			at := i.at(false)
			switch {
			case at < d.from || at >= d.until || i.latency == "" || i.source == "another":
			case exclude && i.theirs:
				left = true
			default:
				all = append(all, i.number(i.latency))
			}
		}
		slices.SortFunc(all, (*big.Rat).Cmp)
		return all, left
	}
	all, left := of(true)
	if len(all) == 0 {
		out["nearly"] = map[bool]string{true: "not applicable", false: "not measured"}[left]
		out["mean"] = out["nearly"]
	} else {
		rank := (percent*len(all) + 99) / 100 // the least of which so many per cent do not exceed it
		out["nearly"] = all[rank-1].RatString()
		sum := new(big.Rat)
		for _, v := range all {
			sum.Add(sum, v)
		}
		out["mean"] = sum.Quo(sum, big.NewRat(int64(len(all)), 1)).RatString()
	}
	out["most"] = "not measured"
	if all, _ = of(false); len(all) >= 3 {
		out["most"] = all[len(all)-1].RatString()
	}
}

// groups are the shares for each operation that any item names.
func (d *slowDay) groups(out map[string]string) {
	for _, i := range d.items {
		op := orElse(i.op, "not-said")
		items, left := d.those(false, false, func(o *slowItem) bool { return o.op == i.op })
		key := "by-op " + op
		if op == "put" {
			out[key] = "not applicable"
			continue
		}
		out[key] = share(items, left, func(i *slowItem) bool { return i.failed })
	}
}

// judged adds the verdict to a number.
func judged(objective, value string) string {
	n, ok := new(big.Rat).SetString(value)
	if !ok {
		return value
	}
	met := true
	switch objective {
	case "by-op get":
		met = n.Cmp(big.NewRat(9, 10)) >= 0
	case "by-op list", "by-op copy", "by-op not-said":
		met = n.Cmp(big.NewRat(1, 2)) >= 0
	case "nearly":
		met = n.Cmp(big.NewRat(3, 1)) <= 0
	case "mean":
		met = n.Cmp(big.NewRat(3, 1)) < 0
	case "most":
		met = n.Cmp(big.NewRat(9, 1)) <= 0
	}
	return value + map[bool]string{true: " met", false: " missed"}[met]
}

func TestItemsAgainstTwin(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	start := time.Date(2026, 3, 28, 0, 0, 0, 0, zone) // the second day has 23 hours
	at := func(minute int) time.Time { return start.Add(time.Duration(minute) * time.Minute) }
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		downOnly, started := rapid.Bool().Draw(t, "downtime only"), rapid.Bool().Draw(t, "when started")
		percent := rapid.SampledFrom([]int{1, 50, 90, 95, 99}).Draw(t, "percent")
		effect, when := "both", ""
		if downOnly {
			effect = "downtime only"
		}
		if started {
			when = ", counted when started"
		}
		a := dsl.Analyze("items.sla", fmt.Sprintf(itemsContract, effect, when, when, percent))
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		var items []slowItem
		var facts []sla.Fact
		for n := range rapid.IntRange(0, 14).Draw(t, "items") {
			items = append(items, drawItem(t))
			facts = append(facts, items[n].fact(n, at))
		}
		facts = rapid.Permutation(facts).Draw(t, "order")
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(start), To: dateOf(at(1440 + 23*60)), AsOf: sla.AsOf{Valid: at(5000)}})
		require.NoError(t, err)
		require.Empty(t, rep.Intake.Refusals)
		got, want := map[string]string{}, map[string]string{}
		for _, r := range rep.Results {
			name := r.Period.Name + " " + r.Objective
			if r.Objective == "by-op" {
				name += " " + r.For
			}
			if got[name] = string(r.Verdict); r.Measured != nil {
				got[name] = r.Measured.Exact + " " + got[name]
			}
			seen[r.Objective+" "+string(r.Verdict)]++
		}
		for name, d := range map[string]slowDay{
			"2026-03-28": {items, downOnly, 0, 1440, started}, "2026-03-29": {items, downOnly, 1440, 1440 + 23*60, started},
		} {
			for objective, value := range d.results(percent) {
				want[name+" "+objective] = judged(objective, value)
			}
		}
		require.Equal(t, want, got, "%+v", items)
	}, "good not applicable", "nearly missed", "mean met", "by-op not applicable", "by-op missed", "most not measured")
}
