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

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// The counting of downtime against a twin that looks at each half minute of
// some days and follows the seven steps to the letter.

// A countingCase is a counting and outages over three days.
type countingCase struct {
	lines   []string
	during  string
	outages []*sla.Outage
	from    time.Time
	// the steps
	run                    int // slots; longer also drops exactly it
	longer, before, across bool
	each                   int
	started, clock         bool
	beyond, most           int
	share, sum             bool
	total, spare           int
	totalStarted           bool
	known                  map[int64]slotState
}

// A slotState is what half a minute is.
type slotState struct {
	down, excused, open bool
	weight              *big.Rat
}

// slot is the grain of the twin.
const slot = 30 * time.Second

func drawCounting(t *rapid.T) *countingCase {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	c := &countingCase{from: time.Date(2026, 3, rapid.SampledFrom([]int{10, 28}).Draw(t, "day"), 0, 0, 0, 0, zone)}
	c.during = rapid.SampledFrom([]string{"always", "desk"}).Draw(t, "during")
	some := func(name string) bool { return rapid.IntRange(0, 2).Draw(t, name) == 0 }
	length := func(name string) int { return rapid.SampledFrom([]int{1, 2, 3, 10, 60}).Draw(t, name) }
	span := func(n int) string { return fmt.Sprint(n*30, " s") }
	add := func(format string, args ...any) { c.lines = append(c.lines, "count "+fmt.Sprintf(format, args...)) }
	if some("run") {
		c.run, c.longer, c.before, c.across = length("least"), rapid.Bool().Draw(t, "longer"), rapid.Bool().Draw(t, "before"), rapid.Bool().Draw(t, "across")
		line := "outages of at least " + span(c.run)
		if c.longer {
			line = "outages longer than " + span(c.run)
		}
		if c.before {
			line += ", before exclusions"
		}
		if c.across {
			line += ", even across windows"
		}
		add("%s", line)
	}
	unit := func(n int, started, clock bool) string {
		s := "whole " + span(n)
		if started {
			s = "started " + span(n)
		}
		if clock {
			s += " of the clock"
		}
		return s
	}
	if some("each") {
		c.each, c.started, c.clock = rapid.SampledFrom([]int{1, 2, 10, 120}).Draw(t, "unit"), rapid.Bool().Draw(t, "started"), rapid.Bool().Draw(t, "clock")
		add("each outage in %s", unit(c.each, c.started, c.clock))
	}
	if some("beyond") {
		c.beyond = length("allowance")
		add("each outage beyond %s", span(c.beyond))
	}
	if some("share") {
		c.share, c.sum = true, rapid.Bool().Draw(t, "sum")
		add("each outage by the share of users affected, the %s when several", map[bool]string{true: "sum", false: "highest"}[c.sum])
	}
	if some("most") {
		c.most = length("most each")
		add("at most %s each outage", span(c.most))
	}
	if some("total") {
		c.total, c.totalStarted = rapid.SampledFrom([]int{2, 120}).Draw(t, "total unit"), rapid.Bool().Draw(t, "total started")
		add("the total in %s", unit(c.total, c.totalStarted, false))
	}
	if some("spare") {
		c.spare = length("spare")
		add("the total beyond %s", span(c.spare))
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "outages") {
		begin := c.from.Add(time.Duration(rapid.IntRange(-200, 3*2880).Draw(t, "begin")) * slot)
		o := &sla.Outage{Head: sla.Head{ID: fmt.Sprint("O-", i), Occurred: begin}, Service: "erp", Until: begin.Add(time.Duration(rapid.SampledFrom([]int{1, 2, 3, 9, 10, 11, 100, 400}).Draw(t, "length")) * slot),
			Cause: rapid.SampledFrom([]string{"", "", "", "theirs"}).Draw(t, "cause")}
		if rapid.Bool().Draw(t, "affected") {
			o.Affected = ptr(credits.MustShare(rapid.SampledFrom([]string{"10%", "30%", "85%", "1/3"}).Draw(t, "share")))
		}
		c.outages = append(c.outages, o)
	}
	return c
}

func (c *countingCase) contract() string {
	return fmt.Sprintf(`sla 1
contract "TWIN" {
  kind           fragment
  timezone       Europe/Paris
}
calendar always open 24x7
calendar desk open Mon-Sun 08:00-20:00
exclusions {
  theirs         "Theirs"
}
service erp
objective down of erp {
  measure        downtime each day during %s
  source         outages "monitor"
  exclude        theirs
  report only
  %s
}
`, c.during, strings.Join(c.lines, "\n  "))
}

// open says whether agreed time runs at an instant.
func (c *countingCase) open(at time.Time) bool {
	h := at.In(c.from.Location()).Hour()
	return c.during == "always" || h >= 8 && h < 20
}

// state is what a half minute is, looked at once.
func (c *countingCase) state(at time.Time) slotState {
	n := at.Unix() / 30
	s, ok := c.known[n]
	if !ok {
		if c.known == nil {
			c.known = map[int64]slotState{}
		}
		s.open = c.open(at)
		s.down, s.excused, s.weight = c.look(at)
		c.known[n] = s
	}
	return s
}

func (c *countingCase) look(at time.Time) (down, excused bool, weight *big.Rat) {
	weight = new(big.Rat)
	for _, o := range c.outages {
		if at.Before(o.Occurred) || !at.Before(o.Until) {
			continue
		}
		down, excused = true, excused || o.Cause == "theirs"
		share := big.NewRat(1, 1)
		if o.Affected != nil {
			share, _ = new(big.Rat).SetString(o.Affected.Ratio().String())
		}
		if c.sum {
			weight.Add(weight, share)
		} else if share.Cmp(weight) > 0 {
			weight = share
		}
	}
	if one := big.NewRat(1, 1); weight.Cmp(one) > 0 {
		weight = one
	}
	return down, excused, weight
}

// slow is the downtime of the date from midnight on, in seconds.
func (c *countingCase) slow(midnight, next time.Time) *big.Rat {
	counts := func(at time.Time) bool {
		s := c.state(at)
		return s.down && !s.excused && s.open && !at.Before(midnight) && at.Before(next)
	}
	tested := func(at time.Time) bool {
		s := c.state(at)
		inside := c.across || !at.Before(midnight) && at.Before(next)
		return s.down && (c.before || !s.excused) && s.open && inside
	}
	long := func(at time.Time) bool { // the run of tested slots around at is long enough
		n := 0
		for s := at; c.run > 0 && n <= c.run && tested(s); s = s.Add(-slot) {
			n++
		}
		for s := at.Add(slot); c.run > 0 && n <= c.run && tested(s); s = s.Add(slot) {
			n++
		}
		return c.run == 0 || n > c.run || n == c.run && !c.longer
	}
	left := func(at time.Time) bool { return counts(at) && long(at) }
	inRun := left
	if c.each > 0 && c.clock {
		inRun = func(at time.Time) bool { return c.clockUnit(at, midnight, left) }
	}
	total := new(big.Rat)
	for at := midnight; at.Before(next); {
		if !inRun(at) {
			at = at.Add(slot)
			continue
		}
		end := at
		for inRun(end) && end.Before(next) {
			end = end.Add(slot)
		}
		total.Add(total, c.one(at, end, left))
		at = end
	}
	return c.last(total)
}

// clockUnit says whether the unit of the local clock around a slot counts. All
// units of the cases divide an hour, so they lie as in UTC.
func (c *countingCase) clockUnit(at, midnight time.Time, left func(time.Time) bool) bool {
	n := at.Unix() / 30
	first := at.Add(-time.Duration(n%int64(c.each)) * slot)
	all, some := true, false
	for i := range c.each {
		down := left(first.Add(time.Duration(i) * slot))
		all, some = all && down, some || down
	}
	if c.started {
		return some
	}
	return all
}

// one takes a run through steps 4 to 6.
func (c *countingCase) one(from, to time.Time, left func(time.Time) bool) *big.Rat {
	n := int64(to.Sub(from) / slot)
	if u := int64(c.each); u > 0 && !c.clock {
		if whole := n / u * u; c.started && whole < n {
			n = whole + u
		} else {
			n = whole
		}
	}
	n = max(0, n-int64(c.beyond))
	count := big.NewRat(n, 1)
	if c.share {
		sum, slots := new(big.Rat), int64(0)
		for at := from; at.Before(to); at = at.Add(slot) {
			if left(at) {
				sum.Add(sum, c.state(at).weight)
				slots++
			}
		}
		count.Mul(count, sum.Quo(sum, big.NewRat(slots, 1)))
	}
	if most := big.NewRat(int64(c.most), 1); c.most > 0 && count.Cmp(most) > 0 {
		count = most
	}
	return count
}

// last is step 7, and the result in seconds.
func (c *countingCase) last(total *big.Rat) *big.Rat {
	if c.total > 0 {
		units := new(big.Rat).Quo(total, big.NewRat(int64(c.total), 1))
		whole := new(big.Int).Quo(units.Num(), units.Denom())
		if c.totalStarted && !units.IsInt() {
			whole.Add(whole, big.NewInt(1))
		}
		total = new(big.Rat).Mul(new(big.Rat).SetInt(whole), big.NewRat(int64(c.total), 1))
	}
	total = new(big.Rat).Sub(total, big.NewRat(int64(c.spare), 1))
	if total.Sign() < 0 {
		total = new(big.Rat)
	}
	return total.Mul(total, big.NewRat(30, 1))
}

func TestCountingAgainstTwin(t *testing.T) {
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		c := drawCounting(t)
		a := dsl.Analyze("twin.sla", c.contract())
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		facts := []sla.Fact{&sla.Coverage{Head: sla.Head{ID: "cover", Occurred: c.from.AddDate(0, 0, -3), Source: "monitor"}, Until: c.from.AddDate(0, 0, 9)}}
		for _, o := range c.outages {
			facts = append(facts, o)
		}
		last := c.from.AddDate(0, 0, 3)
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(c.from), To: dateOf(last), AsOf: sla.AsOf{Valid: last.AddDate(0, 0, 2)}})
		require.NoError(t, err)
		require.Empty(t, rep.Intake.Refusals)
		require.Len(t, rep.Results, 3)
		for i, r := range rep.Results {
			midnight := c.from.AddDate(0, 0, i)
			want := c.slow(midnight, c.from.AddDate(0, 0, i+1))
			require.Equal(t, want.RatString(), r.Measured.Exact, "%s\n%s", r.Period.Name, c.contract())
			stepsAddUp(t, r)
			if want.Sign() > 0 {
				seen["down"]++
			}
		}
		for _, l := range c.lines {
			seen[strings.Join(strings.Fields(l)[:3], " ")]++
		}
	}, "down", "count each outage", "count at most", "count the total")
}

// stepsAddUp says that the amounts of an explanation, what counts of each
// outage and what each step changes, come to the downtime that is told.
func stepsAddUp(t require.TestingT, r sla.Result) {
	sum, told := new(big.Rat), new(big.Rat)
	for _, s := range r.Why {
		for _, a := range s.Args {
			v, ok := new(big.Rat).SetString(a.Value)
			if !ok || a.Kind != sla.ArgDuration {
				continue
			}
			switch {
			case a.Name == "time" && (strings.HasPrefix(s.Code, "outage-counted") || s.Code == "outage-not-excluded" || s.Code == "overlap" || strings.HasPrefix(s.Code, "count-")):
				sum.Add(sum, v)
			case a.Name == "down" && s.Code == "downtime":
				told = v
			}
		}
	}
	require.Equal(t, told.RatString(), sum.RatString(), "%+v", r.Why)
}
