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

// Laws of downtime, whatever the counting: an outage told in two parts that
// touch is one outage, more downtime never raises availability, and the number
// lies between 0 and 1.

// dailies are the availabilities of a case's three days.
func (c *countingCase) dailies(t *rapid.T) []*big.Rat {
	a := dsl.Analyze("laws.sla", c.contract())
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	a.Contract.Objectives[0].Measure.Kind = sla.MeasureAvailability
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
	var out []*big.Rat
	for _, r := range rep.Results {
		v := big.NewRat(1, 1) // a day without agreed time
		if r.Measured != nil {
			var ok bool
			v, ok = new(big.Rat).SetString(r.Measured.Exact)
			require.True(t, ok)
		}
		require.True(t, v.Sign() >= 0 && v.Cmp(big.NewRat(1, 1)) <= 0, v)
		out = append(out, v)
	}
	return out
}

func TestSplittingAnOutageChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounting(t)
		want := c.dailies(t)
		var parts []*sla.Outage
		for i, o := range c.outages {
			length := int(o.Until.Sub(o.Occurred) / slot)
			if length < 2 {
				parts = append(parts, o)
				continue
			}
			first, second := *o, *o
			first.Until = o.Occurred.Add(slot * time.Duration(1+rapid.IntRange(0, length-2).Draw(t, "cut")))
			second.Occurred, second.ID = first.Until, fmt.Sprint("second ", i)
			parts = append(parts, &first, &second)
		}
		c.outages = parts
		require.Equal(t, fmt.Sprint(want), fmt.Sprint(c.dailies(t)))
	})
}

// Without shares and exclusions, which an outage may bring along, another
// outage can only take away.
func TestMoreDowntimeNeverRaisesAvailability(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounting(t)
		for _, o := range c.outages {
			o.Cause, o.Affected = "", nil
		}
		if c.beyond > 0 || c.most > 0 || c.each > 0 && !c.clock {
			return // two outages that become one have one allowance and one unit, started or whole, less
		}
		all := c.outages
		after := c.dailies(t)
		c.outages, c.known = all[:len(all)/2], nil
		for i, before := range c.dailies(t) {
			require.GreaterOrEqual(t, before.Cmp(after[i]), 0, "day %d: %s, then %s\n%s", i, before, after[i], c.contract())
		}
	})
}
