package sla_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

func exposureOf(t require.TestingT, lines ...string) (*sla.Engine, *sla.Exposure) {
	text := "sla 1\ncontract \"EXPOSED\" {\n  kind fragment\n  timezone UTC\n  currency EUR\n}\ncalendar always open 24x7\n" + strings.Join(lines, "\n") + "\n"
	a := dsl.Analyze("exposed.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	x, err := engine.Exposure()
	require.NoError(t, err)
	return engine, x
}

// The reference contract at its worst: every service down for the whole of
// each month, for a cause of its own, and plenty of late tickets. What the
// evaluator then posts is what the exposure says.
func TestExposureOfLenoir(t *testing.T) {
	contract, err := dsl.Compile(os.DirFS("../examples/groupe-lenoir"), "groupe-lenoir.sla")
	require.NoError(t, err)
	engine, err := sla.Prepare(contract)
	require.NoError(t, err)
	x, err := engine.Exposure()
	require.NoError(t, err)
	assert.Equal(t, "1800.00 EUR", x.Total.Month.Amount.String())
	assert.Equal(t, "5400.00 EUR", x.Total.Quarter.Amount.String())
	assert.Equal(t, "14400.00 EUR", x.Total.Year.Amount.String())
	require.Len(t, x.Caps, 2)
	assert.Equal(t, []int{1, 9}, []int{x.Caps[0].CutsFrom, x.Caps[1].CutsFrom})
	assert.Equal(t, []sla.ReachedBy{{Objective: "gold-p1-restore", For: "erp"}}, x.Caps[0].Alone)
	assert.Empty(t, x.Unknown)

	zone := engine.Zone()
	var given []sla.Fact
	for m := range 12 {
		from := zone.StartOf(dateAt(t, 2026, m+1)).Time()
		to := zone.StartOf(dateAt(t, 2026, m+2)).Time()
		for _, source := range []string{"Centreon erp-https", "Microsoft 365 service health"} {
			given = append(given, &sla.Coverage{Head: sla.Head{ID: fmt.Sprint(source, m), Occurred: from, Source: source}, Until: to})
		}
		for _, service := range []string{"erp", "messaging"} {
			id := fmt.Sprintf("O-%s-%d", service, m)
			given = append(given, &sla.Outage{Head: sla.Head{ID: id, Occurred: from}, Incident: id, Service: service, Until: to})
		}
		for n := range 30 {
			ticket := fmt.Sprintf("T-%d-%d", m, n)
			at := from.Add(time.Duration(n+1) * 12 * time.Hour)
			given = append(given,
				&sla.TicketEvent{Head: sla.Head{ID: ticket + "-1", Occurred: at}, Ticket: ticket, Event: "received", Service: "erp", Priority: "P1"},
				&sla.TicketEvent{Head: sla.Head{ID: ticket + "-2", Occurred: at.Add(8 * time.Hour)}, Ticket: ticket, Event: "restored"})
		}
	}
	from, to := dateAt(t, 2026, 1), dateAt(t, 2027, 1)
	report, err := sla.Evaluate(context.Background(), engine, slices.Values(given), sla.Options{From: from, To: to})
	require.NoError(t, err)
	require.Empty(t, report.Intake.Refusals)
	sum := decimal.Zero
	for i, s := range report.Settlements {
		sum = sum.Add(s.Total.Amount)
		if i == 0 {
			assert.Equal(t, "1800.00 EUR", s.Total.String())
		}
	}
	assert.Equal(t, "14400", sum.String())
}

func dateAt(t require.TestingT, year, month int) calendar.Date {
	d, err := calendar.NewDate(year+(month-1)/12, time.Month((month-1)%12+1), 1)
	require.NoError(t, err)
	return d
}

// What nothing bounds has no amount, unless a cap has; what depends on facts is
// not known, and never zero.
func TestExposureLimits(t *testing.T) {
	service := "service erp {\n  fee 6000.00 EUR per month\n}"
	objective := func(credit ...string) string {
		return "objective a of erp {\n  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.5%\n  " + strings.Join(credit, "\n  ") + "\n}"
	}
	_, x := exposureOf(t, service, objective("credit 2% of the fee of erp for each outage"))
	assert.True(t, x.Total.Month.Unlimited)
	assert.Nil(t, x.Total.Month.Amount)
	require.Len(t, x.Curves, 1)
	assert.Equal(t, "outage", x.Curves[0].Each)
	assert.Equal(t, "120.00 EUR", x.Curves[0].Points[0].Credit.String())

	_, x = exposureOf(t, service, objective("credit 2% of the fee of erp for each outage", "cap 50% of the fee of erp"))
	assert.Equal(t, "3000.00 EUR", x.Total.Month.Amount.String())
	assert.Equal(t, "36000.00 EUR", x.Total.Year.Amount.String())

	_, x = exposureOf(t, service, objective("credit 1% of the fee of erp for each started 1 h of downtime"))
	assert.Equal(t, "44640.00 EUR", x.Total.Month.Amount.String()) // 744 hours of January
	_, x = exposureOf(t, service, objective("credit 10% of the charge \"ERP\" of erp"))
	assert.True(t, x.Total.Month.Unknown)
	require.Len(t, x.Unknown, 1)
	assert.Equal(t, "credit-missing", x.Unknown[0].Why.Code)
}

// A smallContract is a contract that brute force can go through, month by
// month and row by row.
type smallContract struct {
	months     int
	objectives []smallObjective
	lines      []string
}

type smallObjective struct {
	name, service string
	levels        []int64 // hundredths of a percent
}

func drawSmall(t *rapid.T) smallContract {
	c := smallContract{months: rapid.IntRange(1, 3).Draw(t, "months")}
	fees := map[string]int64{"one": rapid.Int64Range(1, 3000).Draw(t, "fee"), "two": rapid.Int64Range(1, 3000).Draw(t, "other")}
	for _, s := range []string{"one", "two"} {
		c.lines = append(c.lines, fmt.Sprintf("service %s {\n  fee %d.10 EUR per month\n}", s, fees[s]))
	}
	objectives := rapid.IntRange(1, 2).Draw(t, "objectives")
	for i := range objectives {
		o := smallObjective{name: fmt.Sprint("o", i+1), service: []string{"one", "two"}[rapid.IntRange(0, 1).Draw(t, "of")]}
		var rows strings.Builder
		pays := int64(0)
		for n := range rapid.IntRange(1, 3-objectives).Draw(t, "rows") {
			level := 9950 - int64(n)*100
			o.levels = append(o.levels, level)
			pays += rapid.Int64Range(1, 30).Draw(t, "pays")
			fmt.Fprintf(&rows, "    | %d.%02d%% | %d%% |\n", level/100, level%100, pays)
		}
		text := fmt.Sprintf("objective %s of %s {\n  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.50%%\n  credit share of the fee of %s {\n    | below | credit |\n%s  }\n",
			o.name, o.service, o.service, rows.String())
		if rapid.Bool().Draw(t, "capped") {
			text += fmt.Sprintf("  cap %d%% of the fee of %s\n", rapid.IntRange(5, 40).Draw(t, "cap"), o.service)
		}
		if rapid.IntRange(0, 3).Draw(t, "repeat") == 0 {
			text += "  repeat 2 times from the 2nd miss in a row\n"
		}
		c.lines = append(c.lines, text+"}")
		c.objectives = append(c.objectives, o)
	}
	var rules []string
	add := func(format string, low, high int) {
		if rapid.IntRange(0, 2).Draw(t, format) == 0 {
			rules = append(rules, fmt.Sprintf("  "+format, rapid.IntRange(low, high).Draw(t, "of "+format)))
		}
	}
	add("cap monthly %d%% of the fees of the month", 5, 40)
	add("cap yearly %d%% of the fees of the contract year", 1, 9)
	add("cap rolling %d.00 EUR in any 2 months", 10, 900)
	add("cap each-service %d.00 EUR per service each calendar month", 10, 500)
	add("floor above %d.00 EUR, otherwise lost", 1, 60)
	if rapid.IntRange(0, 3).Draw(t, "highest") == 0 {
		rules = append(rules, "  same period counts once, for the highest credit")
	}
	if len(rules) > 0 {
		c.lines = append(c.lines, "credits {\n  settled each calendar month, 8 days after month end\n"+strings.Join(rules, "\n")+"\n}")
	}
	return c
}

// outcomes are the shares to try for each objective in each month: one that
// meets the target, and one in each row.
func (c smallContract) outcomes(visit func(shares []int64)) {
	shares := make([]int64, c.months*len(c.objectives))
	var try func(i int)
	try = func(i int) {
		if i == len(shares) {
			visit(shares)
			return
		}
		o := c.objectives[i%len(c.objectives)]
		for _, level := range append([]int64{10001}, o.levels...) {
			shares[i] = level - 1
			try(i + 1)
		}
	}
	try(0)
}

// posted is what the evaluator posts for the shares given.
func (c smallContract) posted(t *rapid.T, engine *sla.Engine, first calendar.Date, shares []int64) decimal.Decimal {
	var given []sla.Fact
	for i, s := range shares {
		o := c.objectives[i%len(c.objectives)]
		month, _ := first.AddMonths(i / len(c.objectives))
		share := credits.Percent(decimal.New(s, -2))
		at := engine.Zone().StartOf(month.AddDays(27)).Time()
		given = append(given, &sla.Measured{Head: sla.Head{ID: fmt.Sprint("M", i), Occurred: at}, Objective: o.name, Period: month.String()[:7], Share: &share})
	}
	to, _ := first.AddMonths(c.months)
	report, err := sla.Evaluate(context.Background(), engine, slices.Values(given), sla.Options{From: first, To: to})
	require.NoError(t, err)
	require.Empty(t, report.Intake.Refusals)
	sum := decimal.Zero
	for _, s := range report.Settlements {
		sum = sum.Add(s.Total.Amount)
	}
	return sum
}

// No combination of results costs more than the exposure says, and some
// combination costs as much.
func TestExposureTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSmall(t)
		text := fmt.Sprintf("sla 1\ncontract \"EXPOSED\" {\n  kind fragment\n  timezone UTC\n  currency EUR\n  term %d months from 2026-01-01\n}\ncalendar always open 24x7\n%s\n", c.months, strings.Join(c.lines, "\n"))
		a := dsl.Analyze("exposed.sla", text)
		require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err)
		x, err := engine.Exposure()
		require.NoError(t, err)
		first := dateAt(t, 2026, 1)
		worst := decimal.Zero
		c.outcomes(func(shares []int64) {
			worst = decimal.Max(worst, c.posted(t, engine, first, shares))
		})
		require.NotNil(t, x.Total.Year)
		assert.Equal(t, worst.String(), x.Total.Year.Amount.Amount.String(), text)
	})
}

// Of remedies that may be chosen, the dearest is the worst.
func TestExposureOfAChoice(t *testing.T) {
	_, x := exposureOf(t, "party customer \"B\"", "service erp {\n  fee 6000.00 EUR per month\n}",
		"objective o of erp {\n  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.50%\n  credit 5% of the fee of erp\n  or lump-sum 400.00 EUR\n  or time-added \"more time\"\n  choice by customer, otherwise the first\n}")
	assert.Equal(t, "400.00 EUR", x.Total.Month.Amount.String())
}

// A ratchet may move the target up to 100%, and what a miss of that costs is
// the worst.
func TestExposureOfARatchet(t *testing.T) {
	_, x := exposureOf(t, "service erp {\n  fee 100.00 EUR per month\n}",
		"objective o of erp {\n  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.50%\n  credit 1% of the fee of erp for each 0.1 points below the target, in proportion\n"+
			"  ratchet when met in 3 calendar months in a row, target moves 50% of the way to the average of those months\n}")
	assert.Equal(t, "1000.00 EUR", x.Total.Month.Amount.String())
}
