package sla_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the twin reads wall clocks by another road than the evaluator

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// The evaluator of availability against a slow twin that walks the month
// minute by minute and follows semantics 3 and 9 to the letter.

// A downtimeCase is a contract and the facts of one month.
type downtimeCase struct {
	zone    *time.Location
	service string // the calendar of the agreed time
	both    bool   // effect leaves both
	limit   int    // minutes of planned work a month
	target  string
	facts   []sla.Fact
	known   time.Time
	from    time.Time
	to      time.Time
}

func (c *downtimeCase) contract() string {
	effect := "leaves both"
	if !c.both {
		effect = "leaves downtime only"
	}
	return fmt.Sprintf(`sla 1
contract "TWIN" {
  kind           fragment
  timezone       %s
  currency       EUR
  business days  of desk
}
party provider "P"
party customer "C"
calendar always open 24x7
calendar desk {
  open           Mon-Fri 08:00-19:00
  business day   the day of receipt is not counted, a receipt outside hours keeps its date, due at closing time
}
calendar nights open Mon-Sat 22:00-06:00
service erp "ERP" {
  fee            6000.00 EUR per month
}
maintenance planned {
  window         every Sunday, Wed 01:30-06:00
  notice         at least 3 business days
  limit          %d min each calendar month, the excess is downtime
}
exclusions {
  customer-cause "Theirs"
  force-majeure  "Nobody's"
  proof          of customer-cause by provider within 2 business days of the end of the outage, otherwise the time counts
  effect         %s
}
objective up of erp {
  measure        availability each calendar month during %s
  source         outages "monitor"
  target         at least %s
  exclude        planned-maintenance, customer-cause, force-majeure
  credit         share of the fee of erp {
    | below  | credit |
    | %s | 5%%     |
    | 90.00%% | 10%%    |
  }
}
`, c.zone, c.limit, effect, c.service, c.target, c.target)
}

func drawDowntime(t *rapid.T) *downtimeCase {
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Paris", "UTC", "America/New_York", "Australia/Lord_Howe"}).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	month := time.Month(rapid.SampledFrom([]int{3, 4, 10, 11}).Draw(t, "month"))
	c := &downtimeCase{
		zone: zone, service: rapid.SampledFrom([]string{"always", "desk", "nights"}).Draw(t, "service"), both: rapid.Bool().Draw(t, "both"),
		limit: rapid.SampledFrom([]int{60, 200, 1000}).Draw(t, "limit"), target: rapid.SampledFrom([]string{"99.50%", "97.00%", "100.00%"}).Draw(t, "target"),
		from: time.Date(2026, month, 1, 0, 0, 0, 0, zone), to: time.Date(2026, month+1, 1, 0, 0, 0, 0, zone),
	}
	c.known = c.from.AddDate(0, 3, 0)
	minutes := int(c.to.Sub(c.from) / time.Minute)
	at := func(name string, least, most int) time.Time {
		return c.from.Add(time.Duration(rapid.IntRange(least, most).Draw(t, name)) * time.Minute)
	}
	covered := rapid.SampledFrom([]int{0, 0, 0, 3000, minutes}).Draw(t, "not covered")
	if covered < minutes {
		c.facts = append(c.facts, &sla.Coverage{Head: sla.Head{ID: "cover", Occurred: c.from.Add(-time.Hour), Source: "monitor"}, Until: c.to.Add(-time.Duration(covered) * time.Minute)})
	}
	for i := range rapid.IntRange(0, 7).Draw(t, "outages") {
		begin := at("begin", -300, minutes-1)
		o := &sla.Outage{
			Head: sla.Head{ID: fmt.Sprintf("O-%d", i), Occurred: begin}, Service: "erp", Until: begin.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "length")) * time.Minute),
			Cause: rapid.SampledFrom([]string{"", "provider", "customer-cause", "force-majeure", "planned-maintenance", "planned-maintenance"}).Draw(t, "cause"),
		}
		if o.Cause == "planned-maintenance" && rapid.IntRange(0, 3).Draw(t, "announced") > 0 {
			o.Announced = begin.Add(-time.Duration(rapid.IntRange(0, 8*1440).Draw(t, "notice")) * time.Minute)
		}
		if rapid.IntRange(0, 5).Draw(t, "other source") == 0 {
			o.Source = "another"
		}
		c.facts = append(c.facts, o)
		if rapid.Bool().Draw(t, "proved") {
			c.facts = append(c.facts, &sla.Proof{Head: sla.Head{ID: fmt.Sprintf("P-%d", i), Occurred: o.Until.Add(time.Duration(rapid.IntRange(-60, 6*1440).Draw(t, "proof")) * time.Minute)}, Of: o.ID, By: "provider"})
		}
		if rapid.IntRange(0, 3).Draw(t, "revised") == 0 {
			second := *o
			second.Revision, second.Until = 1, second.Until.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "longer"))*time.Minute)
			second.Recorded = c.from.AddDate(0, rapid.IntRange(1, 4).Draw(t, "recorded"), 0)
			c.facts = append(c.facts, &second)
		}
		if rapid.IntRange(0, 7).Draw(t, "withdrawn") == 0 {
			c.facts = append(c.facts, &sla.Correction{Head: sla.Head{ID: fmt.Sprintf("K-%d", i), Occurred: o.Until}, Of: o.ID, OfKind: sla.FactOutage})
		}
	}
	return c
}

// A slowAnswer is what the twin says.
type slowAnswer struct {
	agreed, excluded, counted, unseen int // minutes
	of                                int
	verdict                           sla.Verdict
	credit                            string
}

// open says whether the agreed calendar is open at a wall clock.
func openAt(service string, w time.Time) bool {
	minute := w.Hour()*60 + w.Minute()
	switch service {
	case "desk":
		return w.Weekday() >= time.Monday && w.Weekday() <= time.Friday && minute >= 8*60 && minute < 19*60
	case "nights": // owned by the day they open
		return w.Weekday() != time.Sunday && minute >= 22*60 || w.AddDate(0, 0, -1).Weekday() != time.Sunday && minute < 6*60
	}
	return true
}

// deadline is n business days after an instant: the day itself is not counted,
// and it is due when the last one closes.
func (c *downtimeCase) deadline(from time.Time, n int) time.Time {
	local := from.In(c.zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, c.zone)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n--
		}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 19, 0, 0, 0, c.zone)
}

// outages are those in use: of the measuring source, of each the highest
// revision recorded by then, without those withdrawn.
func (c *downtimeCase) outages() (out []*sla.Outage) {
	best := map[string]*sla.Outage{}
	gone := map[string]bool{}
	for _, f := range c.facts {
		recorded := f.Header().Recorded
		if recorded.IsZero() {
			recorded = f.Header().Occurred
		}
		if recorded.After(c.known) {
			continue
		}
		switch f := f.(type) {
		case *sla.Outage:
			if have := best[f.ID]; have == nil || have.Revision < f.Revision {
				best[f.ID] = f
			}
		case *sla.Correction:
			gone[f.Of] = true
		}
	}
	for id, o := range best {
		if !gone[id] && (o.Source == "" || o.Source == "monitor") {
			out = append(out, o)
		}
	}
	return out
}

func (c *downtimeCase) proved(o *sla.Outage) bool {
	first := time.Time{}
	for _, f := range c.facts {
		if p, ok := f.(*sla.Proof); ok && p.Of == o.ID && (first.IsZero() || p.Occurred.Before(first)) {
			first = p.Occurred
		}
	}
	return !first.IsZero() && !first.After(c.deadline(o.Until, 2))
}

func (c *downtimeCase) slow() (a slowAnswer) {
	outages := c.outages()
	asked := 0 // minutes of work used of the month's limit
	for m := c.from; m.Before(c.to); m = m.Add(time.Minute) {
		w := m.In(c.zone)
		down, excused, work := false, false, false
		for _, o := range outages {
			if m.Before(o.Occurred) || !m.Before(o.Until) {
				continue
			}
			down = true
			switch o.Cause {
			case "force-majeure":
				excused = true
			case "customer-cause":
				excused = excused || c.proved(o)
			case "planned-maintenance":
				minute := w.Hour()*60 + w.Minute()
				inWindow := (w.Weekday() == time.Sunday || w.Weekday() == time.Wednesday) && minute >= 90 && minute < 360
				work = work || inWindow && !o.Announced.IsZero() && !c.deadline(o.Announced, 3).After(o.Occurred)
			}
		}
		if work {
			if asked < c.limit {
				excused = true
			}
			asked++
		}
		if !openAt(c.service, w) {
			continue
		}
		a.agreed++
		switch {
		case down && excused:
			a.excluded++
		case down:
			a.counted++
		case !c.covered(m):
			a.unseen++
		}
	}
	a.of = a.agreed
	if c.both {
		a.of -= a.excluded
	}
	a.verdict, a.credit = c.judge(a.counted, a.of)
	worst, other := c.judge(a.counted+a.unseen, a.of)
	if a.unseen > 0 && (worst != a.verdict || other != a.credit) {
		a.verdict, a.credit = sla.NotMeasured, ""
	}
	return a
}

func (c *downtimeCase) covered(m time.Time) bool {
	for _, f := range c.facts {
		if cov, ok := f.(*sla.Coverage); ok && !m.Before(cov.Occurred) && m.Before(cov.Until) {
			return true
		}
	}
	return false
}

// judge compares the exact availability with the target and the bands.
func (c *downtimeCase) judge(counted, of int) (sla.Verdict, string) {
	if of == 0 {
		return sla.NotApplicable, ""
	}
	up := big.NewRat(int64(of-counted), int64(of))
	level := func(percent string) *big.Rat {
		r, _ := new(big.Rat).SetString(strings.TrimSuffix(percent, "%"))
		return r.Quo(r, big.NewRat(100, 1))
	}
	switch {
	case up.Cmp(level(c.target)) >= 0:
		return sla.Met, ""
	case up.Cmp(level("90.00%")) < 0:
		return sla.Missed, "600.00 EUR"
	}
	return sla.Missed, "300.00 EUR"
}

func TestAvailabilityAgainstTwin(t *testing.T) {
	seen := map[string]int{}
	everyKind(t, seen, func(t *rapid.T) {
		c := drawDowntime(t)
		text := c.contract()
		a := dsl.Analyze("twin.sla", text)
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		o := sla.Options{From: dateOf(c.from), To: dateOf(c.to), AsOf: sla.AsOf{Valid: c.known, Known: c.known}}
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(c.facts), o)
		require.NoError(t, err)
		require.Empty(t, rep.Intake.Refusals)
		want := c.slow()
		seen[string(want.verdict)]++
		if want.excluded > 0 {
			seen["excluded"]++
		}
		got := rep.Results[0]
		require.Equal(t, want.verdict, got.Verdict, "%+v", want)
		if got.Measured == nil {
			return
		}
		minutes := func(n int) string { return fmt.Sprint(n * 60) }
		assert.Equal(t, []string{minutes(want.of), minutes(want.excluded), minutes(want.counted)}, []string{got.Measured.Agreed, got.Measured.Excluded, got.Measured.Down})
		credit := ""
		if got.Credit != nil && got.Verdict == sla.Missed {
			credit = got.Credit.String()
		}
		assert.Equal(t, want.credit, credit)
	}, "met", "missed", "not measured", "excluded")
}

func dateOf(t time.Time) calendar.Date {
	d, err := calendar.NewDate(t.Year(), t.Month(), t.Day())
	if err != nil {
		panic(err) // a time has a date
	}
	return d
}
