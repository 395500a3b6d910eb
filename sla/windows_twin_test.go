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

// Windows of every kind, with work that is excused by notices that depend on
// its length and by a limit that is used up, against a twin that looks at each
// minute of five months and follows semantics 1.4, 1.5 and 3 to the letter.

const windowsContract = `sla 1
contract "WINDOWS" {
  kind           fragment
  timezone       Europe/Paris
}
service erp
maintenance planned {
  notice         at least 24 h, when at most 60 min
  notice         at least 3 days, when longer than 60 min
  limit          %d min each calendar month, the excess is downtime
}
exclusions {
  effect         leaves %s
}
objective sliding of erp {
  measure        downtime each 30 days
  source         outages "monitor"
  exclude        planned-maintenance
  report only
}
objective months of erp {
  measure        downtime each 2 months
  source         outages "monitor"
  exclude        planned-maintenance
  report only
}
objective anywhere of erp {
  measure        downtime in any 7 days
  source         outages "monitor"
  exclude        planned-maintenance
  target         at most %d min
  report only
}
objective often of erp {
  measure        number of outages in any 5 days
  source         outages "monitor"
  target         at most %d
  report only
}
objective smooth of erp {
  measure        availability each calendar month, averaged with the month before
  source         outages "monitor"
  exclude        planned-maintenance
  without        a month before, the first is alone
  report only
}
objective billed of erp {
  measure        availability each billing month from day 15
  source         outages "monitor"
  exclude        planned-maintenance
  report only
}
objective weekly of erp {
  measure        number of outages each week
  source         outages "monitor"
  exclude        planned-maintenance
  report only
}
objective away of erp {
  measure        availability each calendar month
  source         outages "monitor"
  exclude        planned-maintenance, down or not
  report only
}
`

// A windowsCase is a record in minutes from the beginning of January.
type windowsCase struct {
	zone              *time.Location
	start             time.Time
	limit, most, many int
	both              bool
	outages           []slowOutage
	works             []slowOutage // announced, whether or not anything was down
	// by minute: down; excused work among it; announced work that is left out
	down, excused, left []bool
}

// A slowOutage is a stretch of time, perhaps of work announced at a minute.
type slowOutage struct {
	from, until, announced int
	work                   bool
}

func (c *windowsCase) at(minute int) time.Time {
	return c.start.Add(time.Duration(minute) * time.Minute)
}

// minute is that of the beginning of a date.
func (c *windowsCase) minute(month time.Month, day int) int {
	return int(time.Date(2026, month, day, 0, 0, 0, 0, c.zone).Sub(c.start) / time.Minute)
}

// inTime says whether work was announced in time: 24 h are exact, 3 days end
// with the third date after that of the announcement.
func (c *windowsCase) inTime(o *slowOutage) bool {
	if o.announced < 0 {
		return false
	}
	if o.until-o.from <= 60 {
		return o.from-o.announced >= 1440
	}
	d := c.at(o.announced).In(c.zone)
	return !c.at(o.from).Before(time.Date(2026, d.Month(), d.Day()+4, 0, 0, 0, 0, c.zone))
}

// walk marks the minutes. The limit of a month is used up in order of time by
// whatever asks for it, once.
func (c *windowsCase) walk() {
	n := c.minute(6, 1)
	c.down, c.excused, c.left = make([]bool, n), make([]bool, n), make([]bool, n)
	asked, announced := make([]bool, n), make([]bool, n)
	for _, o := range c.works {
		for m := max(0, o.from); m < min(n, o.until); m++ {
			announced[m] = announced[m] || c.inTime(&o)
		}
	}
	for _, o := range c.outages { // announced by itself, or by the work it belongs to
		for m := max(0, o.from); m < min(n, o.until); m++ {
			c.down[m] = true
			asked[m] = asked[m] || o.work && (c.inTime(&o) || o.announced < 0 && announced[m])
		}
	}
	for month := time.January; month < 6; month++ {
		used := 0
		for m := c.minute(month, 1); m < c.minute(month+1, 1); m++ {
			if !asked[m] && !announced[m] {
				continue
			}
			c.excused[m] = asked[m] && used < c.limit
			c.left[m] = announced[m] && used < c.limit
			used++
		}
	}
}

// between sums up the minutes of a window: those that count as downtime, those
// excused, and the number of outages, with and without what is excused.
func (c *windowsCase) between(from, to int) (down, excused, outages, all int) {
	was, wasDown := false, false
	for m := from; m < to; m++ {
		counts := c.down[m] && !c.excused[m]
		if counts {
			down++
			if !was {
				outages++
			}
		} else if c.down[m] {
			excused++
		}
		if c.down[m] && !wasDown {
			all++
		}
		was, wasDown = counts, c.down[m]
	}
	return down, excused, outages, all
}

// availability is that of a window.
func (c *windowsCase) availability(from, to int) *big.Rat {
	down, excused, _, _ := c.between(from, to)
	of := to - from
	if c.both {
		of -= excused
	}
	return big.NewRat(int64(of-down), int64(of))
}

// without is the availability with announced work taken out, down or not,
// whatever else the effect of exclusions is.
func (c *windowsCase) without(from, to int) *big.Rat {
	down, of := 0, 0
	for m := from; m < to; m++ {
		excused := c.down[m] && c.excused[m]
		switch {
		case c.left[m], excused:
			continue
		case c.down[m]:
			down++
		}
		of++
	}
	return big.NewRat(int64(of-down), int64(of))
}

// anywhere are the failures of windows of n dates that end in a month: the
// first of each run of them, unless it began in the month before; without any,
// the last window.
func (c *windowsCase) anywhere(month time.Month, n int, value func(from, to int) int, most int) (out []string) {
	on := func(day int) (int, bool) {
		v := value(c.minute(month, day-n+1), c.minute(month, day+1))
		return v, v > most
	}
	_, failing := on(0)
	days := time.Date(2026, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	last := 0
	for day := 1; day <= days; day++ {
		v, failed := on(day)
		if failed && !failing {
			out = append(out, fmt.Sprintf("%s %d missed", time.Date(2026, month, day, 0, 0, 0, 0, time.UTC).Format("2006-01-02"), v))
		}
		last, failing = v, failed
	}
	if len(out) == 0 && !failing {
		out = append(out, fmt.Sprintf("%s %d met", time.Date(2026, month, days, 0, 0, 0, 0, time.UTC).Format("2006-01-02"), last))
	}
	return out
}

func drawWindows(t *rapid.T, zone *time.Location) *windowsCase {
	c := &windowsCase{
		zone: zone, start: time.Date(2026, 1, 1, 0, 0, 0, 0, zone), limit: rapid.SampledFrom([]int{30, 100, 600}).Draw(t, "limit"), most: rapid.SampledFrom([]int{0, 60, 400}).Draw(t, "most"),
		many: rapid.IntRange(0, 2).Draw(t, "many"), both: rapid.Bool().Draw(t, "both"),
	}
	draw := func(work bool) slowOutage {
		from := rapid.IntRange(0, c.minute(5, 10)).Draw(t, "from")
		if rapid.IntRange(0, 3).Draw(t, "at the end of a month") == 0 {
			from = c.minute(rapid.SampledFrom([]time.Month{3, 4, 5}).Draw(t, "month"), 1) - rapid.IntRange(1, 60).Draw(t, "before")
		}
		o := slowOutage{from: from, until: from + rapid.SampledFrom([]int{1, 20, 60, 61, 300, 3000}).Draw(t, "length"), announced: -1, work: work}
		if rapid.IntRange(0, 4).Draw(t, "announced") > 0 {
			o.announced = max(0, from-rapid.SampledFrom([]int{600, 1439, 1440, 4320, 5760, 8000}).Draw(t, "notice")-rapid.IntRange(0, 60).Draw(t, "and"))
		}
		return o
	}
	for range rapid.IntRange(0, 9).Draw(t, "outages") {
		c.outages = append(c.outages, draw(rapid.Bool().Draw(t, "work")))
	}
	for range rapid.IntRange(0, 2).Draw(t, "works") {
		c.works = append(c.works, draw(true))
	}
	c.walk()
	return c
}

func (c *windowsCase) facts() []sla.Fact {
	facts := []sla.Fact{&sla.Coverage{Head: sla.Head{ID: "cover", Occurred: c.at(-1440), Source: "monitor"}, Until: c.at(c.minute(7, 1))}}
	for i, o := range c.outages {
		f := &sla.Outage{Head: sla.Head{ID: fmt.Sprint("O-", i), Occurred: c.at(o.from)}, Service: "erp", Until: c.at(o.until)}
		if o.work {
			if f.Cause = "planned-maintenance"; o.announced >= 0 {
				f.Announced = c.at(o.announced)
			}
		}
		facts = append(facts, f)
	}
	for i, o := range c.works {
		f := &sla.Maintenance{Head: sla.Head{ID: fmt.Sprint("W-", i), Occurred: c.at(o.from)}, Service: "erp", Work: "planned", Until: c.at(o.until)}
		if o.announced >= 0 {
			f.Announced = c.at(o.announced)
		}
		facts = append(facts, f)
	}
	return facts
}

// wanted are the results of March and April.
func (c *windowsCase) wanted() (out []string) {
	say := func(objective, to string, value *big.Rat) {
		out = append(out, fmt.Sprint(objective, " ", to, " ", value.RatString(), " met"))
	}
	whole := func(n int) *big.Rat { return big.NewRat(int64(n), 1) }
	for _, month := range []time.Month{3, 4} {
		from, to := c.minute(month, 1), c.minute(month+1, 1)
		date := time.Date(2026, month+1, 0, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
		down, _, _, _ := c.between(c.minute(month+1, -29), to)
		say("sliding", date, whole(down*60))
		down, _, _, _ = c.between(c.minute(month-1, 1), to)
		say("months", date, whole(down*60))
		for _, s := range c.anywhere(month, 7, func(from, to int) int { down, _, _, _ := c.between(from, to); return down * 60 }, c.most*60) {
			out = append(out, "anywhere "+s)
		}
		for _, s := range c.anywhere(month, 5, func(from, to int) int { _, _, _, all := c.between(from, to); return all }, c.many) {
			out = append(out, "often "+s)
		}
		mean := new(big.Rat).Add(c.availability(from, to), c.availability(c.minute(month-1, 1), from))
		say("smooth", date, mean.Quo(mean, big.NewRat(2, 1)))
		say("away", date, c.without(from, to))
	}
	for month := time.February; month <= 4; month++ { // each billing month that overlaps March and April
		from, to := c.minute(month, 15), c.minute(month+1, 15)
		say("billed", c.at(to-1).In(c.zone).Format("2006-01-02"), c.availability(from, to))
	}
	for day := -5; day <= 58; day += 7 { // Monday 23 February is the first
		_, _, outages, _ := c.between(c.minute(3, day), c.minute(3, day+7))
		say("weekly", c.at(c.minute(3, day+7)-1).In(c.zone).Format("2006-01-02"), whole(outages))
	}
	return out
}

func TestWindowsAgainstTwin(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		c := drawWindows(t, zone)
		effect := "downtime only"
		if c.both {
			effect = "both"
		}
		a := dsl.Analyze("windows.sla", fmt.Sprintf(windowsContract, c.limit, effect, c.most, c.many))
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		facts := rapid.Permutation(c.facts()).Draw(t, "order")
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(facts), sla.Options{From: dateOf(c.at(c.minute(3, 1))), To: dateOf(c.at(c.minute(5, 1))), AsOf: sla.AsOf{Valid: c.at(c.minute(6, 20))}})
		require.NoError(t, err)
		require.Empty(t, rep.Intake.Refusals)
		var got []string
		for _, r := range rep.Results {
			value := "-"
			if r.Measured != nil {
				value = r.Measured.Exact
			}
			got = append(got, fmt.Sprint(r.Objective, " ", r.Period.To.AddDays(-1), " ", value, " ", r.Verdict))
			seen[r.Objective+" "+string(r.Verdict)]++
		}
		require.Equal(t, slices.Sorted(slices.Values(c.wanted())), slices.Sorted(slices.Values(got)), "%+v %+v", c.outages, c.works)
	}, "anywhere met", "anywhere missed", "often met", "often missed")
}
