package sla_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// What parts have, how their numbers become one, and probes of which several
// must fail, against a twin that looks at each minute of one day.

const partsContract = `sla 1
contract "PARTS" {
  kind           fragment
  timezone       Europe/Paris
}
service atlas
part cluster of atlas {
  has            size, one of S or M or L, in order
  has            disk, many of ssd or hdd
  has            fee in EUR
  has            open, yes or no
}
part point of atlas
objective own of atlas for each cluster {
  measure        availability each day
  source         outages "provider"
  only           when size at least M
  only           while open
  target         the lowest that applies {
    | disk | at least |
    | ssd  | 90.00%%   |
    | hdd  | 60.00%%   |
  }
  report only
}
objective weighted of atlas {
  measure        availability each day, weighted by fee over clusters
  source         outages "provider"
  report only
}
objective averaged of atlas {
  measure        availability each day, averaged over clusters
  source         outages "provider"
  only           while open
  report only
}
objective highest of atlas {
  measure        availability each day, highest among clusters
  source         outages "provider"
  outside        life, the time is up
  report only
}
objective deemed of atlas {
  measure        downtime each day, pooled over clusters
  source         outages "provider"
  only           when size above S
  outside        life, the time is up
  report only
}
objective quorum of atlas {
  measure        downtime each day
  source         checks "probe" every 5 min
  down           after %d failed checks, counted from the %s
  up after       %d good checks, counted from the %s
  without        data, the time is %s
  down when      %s points down
  report only
}
`

// A slowPart is a cluster: its life and what it has, by minute.
type slowPart struct {
	run, down, open [1440]bool
	size, disk      string // at the end of the day
	fee             int64
	born            int
}

// A slowProbe is a point of measurement: its life, and its answers every five
// minutes, "" for none.
type slowProbe struct {
	from, until int
	answers     [288]string
}

// state follows the answers of a probe: when it is down, and when it is seen,
// by minute.
func (p *slowProbe) state(failed, good int, fromFirst, upFromFirst bool) (down, seen [1440]bool) {
	isDown, row, goodRow := false, 0, 0
	mark := func(slot int, to bool) {
		for m := slot * 5; m < 1440; m++ {
			down[m] = to
		}
	}
	for i, answer := range p.answers {
		switch answer {
		case "0":
			row, goodRow = row+1, 0
			if !isDown && row == failed {
				isDown = true
				first := i
				if fromFirst {
					first = i - failed + 1
				}
				mark(first, true)
			}
		case "1":
			row, goodRow = 0, goodRow+1
			if isDown && goodRow == good {
				isDown = false
				first := i
				if upFromFirst {
					first = i - good + 1
				}
				mark(first, false)
			}
		default: // a row ends with a silence, the state does not
			row, goodRow = 0, 0
			continue
		}
		for m := i * 5; m < i*5+5; m++ {
			seen[m] = true
		}
	}
	for m := range down {
		down[m] = down[m] && seen[m]
	}
	return down, seen
}

func TestPartsAgainstTwin(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	day := time.Date(2026, 4, 10, 0, 0, 0, 0, zone)
	at := func(minute int) time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		failed, good := rapid.IntRange(1, 3).Draw(t, "failed"), rapid.IntRange(1, 3).Draw(t, "good")
		first, upFirst := rapid.Bool().Draw(t, "from first"), rapid.Bool().Draw(t, "up from first")
		without := rapid.SampledFrom([]string{"up", "down"}).Draw(t, "without")
		many := rapid.SampledFrom([]string{"all", "any", "more than 1", "at least 2", "at least 50% of"}).Draw(t, "many")
		word := map[bool]string{true: "first", false: "last"}
		a := dsl.Analyze("parts.sla", fmt.Sprintf(partsContract, failed, word[first], good, word[upFirst], without, many))
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		facts := []sla.Fact{&sla.Coverage{Head: sla.Head{ID: "cover", Occurred: at(-1440), Source: "provider"}, Until: at(2880)}}
		clusters := map[string]*slowPart{}
		for i := range rapid.IntRange(1, 4).Draw(t, "clusters") {
			id := fmt.Sprint("c", i)
			c, f := drawCluster(t, id, at)
			clusters[id], facts = c, append(facts, f...)
		}
		for i := range rapid.IntRange(0, 6).Draw(t, "outages") {
			begin := rapid.IntRange(-50, 1439).Draw(t, "begin")
			end := begin + rapid.SampledFrom([]int{1, 30, 200, 900}).Draw(t, "length")
			part := rapid.SampledFrom([]string{"c0", "c1", "c2", "c3", ""}).Draw(t, "part")
			if clusters[part] == nil {
				part = ""
			}
			facts = append(facts, &sla.Outage{Head: sla.Head{ID: fmt.Sprint("O-", i), Occurred: at(begin), Source: "provider"}, Service: "atlas", Part: part, Until: at(end)})
			for id, c := range clusters {
				for m := max(0, begin); m < min(1440, end) && (part == "" || part == id); m++ {
					c.down[m] = true
				}
			}
		}
		var probes []*slowProbe
		for i := range rapid.IntRange(1, 4).Draw(t, "points") {
			p, f := drawProbe(t, fmt.Sprint("p", i), at)
			probes, facts = append(probes, p), append(facts, f...)
		}
		facts = rapid.Permutation(facts).Draw(t, "order")
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(day), To: dateOf(at(1440)), AsOf: sla.AsOf{Valid: at(3000)}})
		require.NoError(t, err)
		require.Empty(t, rep.Intake.Refusals)
		got, want := map[string]string{}, map[string]string{}
		for _, r := range rep.Results {
			name := r.Objective + " " + r.For
			if got[name] = string(r.Verdict); r.Measured != nil {
				got[name] = r.Measured.Exact + " " + got[name]
			}
			seen[r.Objective+" "+string(r.Verdict)]++
		}
		slowJoins(want, clusters)
		want["quorum atlas"] = slowQuorum(probes, many, without, func(p *slowProbe) (down, seen [1440]bool) { return p.state(failed, good, first, upFirst) })
		told := ""
		for id, c := range clusters {
			told += fmt.Sprintln(id, "from", c.born, "has at the end", c.size, "/", c.disk, "/", c.fee)
		}
		require.Equal(t, want, got, told)
	}, "own met", "own missed", "own not applicable", "own not measured", "averaged not applicable")
}

// drawCluster draws a part whose life may be in two pieces, in the second of
// which it may have something else.
func drawCluster(t *rapid.T, id string, at func(int) time.Time) (*slowPart, []sla.Fact) {
	c := &slowPart{}
	var facts []sla.Fact
	from := rapid.SampledFrom([]int{-100, 0, 300}).Draw(t, "born")
	open := ""
	for piece := range rapid.IntRange(1, 3).Draw(t, "pieces") {
		until := from + rapid.SampledFrom([]int{200, 700, 2000}).Draw(t, "life")
		f := &sla.PartLife{Head: sla.Head{ID: id, Revision: 0, Occurred: at(from)}, Service: "atlas", Type: "cluster", Until: at(until), Has: map[string]string{}}
		pick := func(name string, of ...string) string {
			v := rapid.SampledFrom(of).Draw(t, name)
			if v != "" {
				f.Has[name] = v
			}
			return v
		}
		size, disk, now := pick("size", "S", "M", "L", ""), pick("disk", "ssd", "hdd", "ssd hdd", ""), pick("open", "yes", "yes", "no", "")
		fee := rapid.SampledFrom([]int64{1, 3, 10}).Draw(t, "fee")
		if piece == 0 || rapid.Bool().Draw(t, "another fee") {
			f.Has["fee"] = fmt.Sprint(fee)
			if from < 1440 {
				c.fee = fee
			}
		}
		if from < 1440 {
			c.size, c.disk = orElse(size, c.size), orElse(disk, c.disk)
		}
		open = orElse(now, open)
		for m := max(0, from); m < 1440; m++ {
			c.open[m] = open == "yes"
			c.run[m] = c.run[m] || m < until
		}
		if piece == 0 {
			c.born = from
		}
		facts = append(facts, f)
		from = until + rapid.SampledFrom([]int{0, 50}).Draw(t, "away")
	}
	return c, facts
}

// drawProbe draws a point and its answers while it lived.
func drawProbe(t *rapid.T, id string, at func(int) time.Time) (*slowProbe, []sla.Fact) {
	p := &slowProbe{from: rapid.SampledFrom([]int{-500, 0, 400}).Draw(t, "set up"), until: rapid.SampledFrom([]int{1000, 1440, 3000}).Draw(t, "taken down")}
	facts := []sla.Fact{&sla.PartLife{Head: sla.Head{ID: id, Occurred: at(p.from)}, Service: "atlas", Type: "point", Until: at(p.until)}}
	for i := 0; i < 288; {
		answer := rapid.SampledFrom([]string{"1", "1", "0", ""}).Draw(t, "answer")
		for n := 1 + rapid.SampledFrom([]int{0, 1, 2, 60}).Draw(t, "times"); n > 0 && i < 288; n, i = n-1, i+1 {
			if i*5 >= p.from && i*5 < p.until && answer != "" {
				p.answers[i] = answer
				facts = append(facts, &sla.Probe{Head: sla.Head{ID: fmt.Sprint(id, "-", i), Occurred: at(i * 5), Source: "probe"}, Service: "atlas", Part: id, OK: answer == "1"})
			}
		}
	}
	return p, facts
}

// availability is that of a part over the minutes that are asked about.
func (c *slowPart) availability(agreed func(m int) bool) (up, of int64) {
	for m := range 1440 {
		if agreed(m) {
			of++
			if !c.down[m] || !c.run[m] {
				up++
			}
		}
	}
	return up, of
}

func slowJoins(want map[string]string, clusters map[string]*slowPart) {
	number := func(r *big.Rat, ok bool) string {
		if !ok {
			return "not applicable"
		}
		return r.RatString() + " met"
	}
	weighted, weights := new(big.Rat), int64(0)
	sum, n := new(big.Rat), int64(0)
	highest, some := new(big.Rat), false
	deemed, any := int64(0), false
	for id, c := range clusters {
		key := "own " + id
		up, of := c.availability(func(m int) bool { return c.run[m] && c.open[m] })
		switch value := ratio(up, of); {
		case c.size != "M" && c.size != "L":
			want[key] = "not applicable"
		case c.disk == "":
			want[key] = "not measured" // nobody says which row holds
		case of == 0:
			want[key] = "not applicable"
		case strings.Contains(c.disk, "hdd"):
			want[key] = value.RatString() + verdictAgainst(value, 60)
		default:
			want[key] = value.RatString() + verdictAgainst(value, 90)
		}
		if of > 0 {
			sum, n = sum.Add(sum, ratio(up, of)), n+1
		}
		if up, of := c.availability(func(m int) bool { return c.run[m] }); of > 0 {
			weighted.Add(weighted, new(big.Rat).Mul(ratio(up, of), big.NewRat(c.fee, 1)))
			weights += c.fee
		}
		up, of = c.availability(func(int) bool { return true })
		if value := ratio(up, of); !some || value.Cmp(highest) > 0 {
			highest, some = value, true
		}
		if c.size == "M" || c.size == "L" {
			deemed, any = deemed+(1440-up)*60, true
		}
	}
	want["weighted atlas"] = number(weighted.Quo(weighted, big.NewRat(max(1, weights), 1)), weights > 0)
	want["averaged atlas"] = number(sum.Quo(sum, big.NewRat(max(1, n), 1)), n > 0)
	want["highest atlas"] = number(highest, some)
	want["deemed atlas"] = number(big.NewRat(deemed, 1), any)
}

// ratio of two numbers of minutes; 0 where there are none.
func ratio(up, of int64) *big.Rat { return big.NewRat(up, max(1, of)) }

func verdictAgainst(value *big.Rat, percent int64) string {
	if value.Cmp(big.NewRat(percent, 100)) < 0 {
		return " missed"
	}
	return " met"
}

// slowQuorum is the downtime where so many of the points that live are down;
// where points are silent, what they may have been decides whether it is known.
func slowQuorum(probes []*slowProbe, many, without string, state func(*slowProbe) (down, seen [1440]bool)) string {
	var run, down, silent [1440]int
	for _, p := range probes {
		isDown, seen := state(p)
		for m := max(0, p.from); m < min(1440, p.until); m++ {
			run[m]++
			if isDown[m] {
				down[m]++
			}
			if !seen[m] {
				silent[m]++
			}
		}
	}
	seconds := 0
	for m := range 1440 {
		enough := func(down int) bool {
			return run[m] > 0 && map[string]bool{"all": down == run[m], "any": down > 0, "more than 1": down > 1, "at least 2": down >= 2, "at least 50% of": down*2 >= run[m]}[many]
		}
		known := run[m] > 0 && enough(down[m]) == enough(down[m]+silent[m])
		if enough(down[m]) || !known && without == "down" {
			seconds += 60
		}
	}
	return fmt.Sprint(seconds, " met")
}
