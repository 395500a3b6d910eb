package sla_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Laws of settlements, over the random contracts of the twin.

func amountOf(m credits.Money) *big.Rat { return m.Amount.Rat() }

// What is shown adds up: each line is its credit less its cuts, the total is
// the sum of the lines, and no window takes more than its cap.
func TestSettlementsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		r := ruledBy(t, c.text())
		c.record(r)
		for _, s := range r.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil).Settlements {
			before, total := new(big.Rat), new(big.Rat)
			for _, l := range s.Lines {
				left := amountOf(l.Credit)
				for _, cut := range l.Cuts {
					left = minus(left, amountOf(cut.Amount))
				}
				require.Equal(t, left.FloatString(2), amountOf(l.Posted).FloatString(2), l.ID)
				require.GreaterOrEqual(t, l.Posted.Sign(), 0)
				require.Equal(t, credits.Currency("EUR"), l.Posted.Currency)
				require.False(t, l.Claim == sla.ClaimLapsed && l.Posted.Sign() > 0, "what lapsed pays nothing")
				before, total = add(before, amountOf(l.Credit)), add(total, amountOf(l.Posted))
			}
			require.Equal(t, before.FloatString(2), amountOf(s.BeforeCaps).FloatString(2))
			require.Equal(t, total.FloatString(2), amountOf(s.Total).FloatString(2))
			for _, limit := range s.Caps {
				require.GreaterOrEqual(t, limit.Room.Sign(), 0)
				if limit.For == "" {
					require.LessOrEqual(t, total.Cmp(amountOf(limit.Room)), 0, limit.Cap)
				}
			}
		}
	})
}

// Month by month, with the ledger through JSON, posts what a year at once does.
func TestSettlementsMonthByMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		r := ruledBy(t, c.text())
		c.record(r)
		want := r.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil)
		var led *sla.Ledger
		for m := range 12 {
			month := fmt.Sprintf("2026-%02d", m+1)
			rep := r.reportBy(t, month, month, june(0).AddDate(0, m-4, 44).Format("2006-01-02"), led)
			one := sla.Report{Settlements: want.Settlements[m : m+1]}
			require.Equal(t, strings.Join(posted(&one), "\n"), strings.Join(posted(rep), "\n"), "%s\n%s", month, c.text())
			require.Empty(t, rep.Settlements[0].Adjustments, "a claim that came too late changes nothing")
			b, err := json.Marshal(rep.Ledger)
			require.NoError(t, err)
			led = &sla.Ledger{}
			require.NoError(t, json.Unmarshal(b, led))
		}
	})
}

// A schedule that the checks accept never pays less for more downtime.
func TestWorseNeverEarnsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		c.objectives = c.objectives[:1]
		o := c.objectives[0]
		o.tolerance, o.startUp, o.times, o.capMoney, o.floorMoney = nil, 0, 0, nil, nil
		c.caps, c.floor, c.claim, c.sameService, c.samePeriod = nil, nil, false, false, false
		for m := range 12 {
			o.down[m] = -1
		}
		r := ruledBy(t, c.text())
		for _, m := range []int{0, 2, 4, 6, 7, 9, 11} { // months of 31 days
			o.down[m] = rapid.IntRange(0, 2000).Draw(t, "down")
		}
		c.record(r)
		worst, most := -1, new(big.Rat)
		rep := r.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil)
		for d := 0; d <= 2000; d++ {
			for m := range 12 {
				if o.down[m] != d {
					continue
				}
				total := amountOf(rep.Settlements[m].Total)
				require.GreaterOrEqual(t, total.Cmp(most), 0, "%d min after %d min\n%s", d, worst, c.text())
				worst, most = d, total
			}
		}
	})
}

// Fees that are k times as high make credits that are shares of them k times
// as high, up to rounding.
func TestCreditsScaleWithFees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		c.caps, c.floor, c.sameService, c.samePeriod = nil, nil, false, false
		for _, o := range c.objectives {
			o.capMoney, o.floorMoney, o.plus = nil, nil, nil
			if o.credit.kind == "money" {
				o.credit.kind, o.credit.text = "share", "5% of the fee of "+o.service
			}
		}
		one := ruledBy(t, c.text())
		c.record(one)
		k := rapid.Int64Range(2, 1000).Draw(t, "k")
		for s, fee := range c.fees {
			c.fees[s] = mul(fee, rat(k, 1))
		}
		many := ruledBy(t, c.text())
		many.lines = one.lines
		a := one.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil)
		b := many.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil)
		for m := range 12 {
			for i, l := range a.Settlements[m].Lines {
				low, high := mul(minus(amountOf(l.Posted), rat(1, 200)), rat(k, 1)), mul(add(amountOf(l.Posted), rat(1, 200)), rat(k, 1))
				got := amountOf(b.Settlements[m].Lines[i].Posted)
				require.True(t, got.Cmp(minus(low, rat(1, 200))) >= 0 && got.Cmp(add(high, rat(1, 200))) <= 0, "%s × %d = %s", l.Posted, k, got.FloatString(2))
			}
		}
	})
}

// A claim that is late or missing pays nothing and loses nothing from the
// record: every credit is still there with what its schedule came to.
func TestLapsedClaimsStayOnRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		c.claim, c.sameService, c.samePeriod = true, false, false
		r := ruledBy(t, c.text())
		c.record(r)
		asked := r.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil)
		c.claim = false
		free := ruledBy(t, c.text())
		free.lines = r.lines
		for m, s := range free.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil).Settlements {
			scheduled := map[string]credits.Money{}
			for _, l := range asked.Settlements[m].Lines {
				scheduled[l.ID] = l.Scheduled
				if l.Claim == sla.ClaimLapsed {
					require.True(t, l.Posted.IsZero(), l.ID)
				}
			}
			for _, l := range s.Lines {
				if !strings.HasPrefix(l.ID, "convert/") && !strings.HasSuffix(l.ID, "/carried") { // nothing is left of what lapsed
					require.Equal(t, l.Scheduled, scheduled[l.ID], l.ID)
				}
			}
		}
	})
}
