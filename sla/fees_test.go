package sla

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
	"github.com/sla-lang/sla/credits"
)

// A fee, added up date by date (semantics 5, step 1): each date of the period
// costs its part of its month; of the fee agreed for the month where there is
// one, else of the units that there were at the end of the date, in the term.
func TestFeesByDate(t *testing.T) {
	zone, err := zones.Load("Europe/Paris")
	require.NoError(t, err)
	first := firstOf(2026, 1)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(most int, what string) int { return rapid.IntRange(0, most).Draw(t, what) }
		s := &Service{Name: "mail", Fee: &Fee{Amount: credits.MustMoney("10.01 EUR"), Per: rapid.SampledFrom([]FeePer{PerMonth, PerQuarter, PerYear}).Draw(t, "per")}}
		if rapid.Bool().Draw(t, "by the unit") {
			s.Fee.Unit, s.Fee.Volume = "user", draw(50, "volume")
		}
		termFrom := first.AddDays(draw(200, "term"))
		e := &Engine{zone: zone, currency: "EUR", services: map[string]*Service{"mail": s}, termFrom: termFrom,
			term: calendar.Interval{Start: calendar.MinInstant, End: calendar.MaxInstant}}
		if rapid.Bool().Draw(t, "has a term") {
			e.term = calendar.Interval{Start: zone.StartOf(termFrom), End: zone.StartOf(termFrom.AddDays(draw(300, "length")))}
		}
		v := &view{e: e, fees: feesKnown{}}
		for i := range draw(2, "agreed fees") {
			v.facts = append(v.facts, &AgreedFee{Head: Head{ID: fmt.Sprint(i)}, Service: "mail", Period: firstOf(2026, 1+draw(6, "agreed for")).String()[:7], Amount: credits.MustMoney("99.99 EUR")})
		}
		for i := range draw(4, "volumes") {
			at := zone.StartOf(first).Add(time.Duration(draw(24*120, "hour")) * time.Hour)
			v.facts = append(v.facts, &Volume{Head: Head{ID: fmt.Sprint(i), Occurred: at.Time()}, Service: "mail", Units: draw(9, "units")})
		}
		p := Period{From: first.AddDays(draw(100, "from"))}
		p.To = p.From.AddDays(draw(200, "days"))

		want := credits.Int(0)
		for d := p.From; d.Before(p.To); d = d.AddDays(1) {
			month := firstOf(d.Year(), int(d.Month()))
			days, day := firstOf(d.Year(), int(d.Month())+1).DaysSince(month), zone.Day(d)
			share, _ := credits.NewRatio(1, int64(days))
			var agreed *AgreedFee
			units, last := s.Fee.Volume, time.Time{}
			for _, f := range v.facts {
				switch f := f.(type) {
				case *AgreedFee:
					if agreed == nil && f.Period == month.String()[:7] {
						agreed = f
					}
				case *Volume:
					if instant(f.Occurred) < day.End && !f.Occurred.Before(last) {
						units, last = f.Units, f.Occurred
					}
				}
			}
			if s.Fee.Unit == "" {
				units = 1
			}
			switch {
			case agreed != nil:
				want = want.Add(agreed.Amount.Exact().Exact.Mul(share))
			case !day.Intersect(e.term).IsEmpty():
				each := map[FeePer]int64{PerMonth: 1, PerQuarter: 3, PerYear: 12}[s.Fee.Per]
				of, _ := credits.NewRatio(int64(units), each)
				want = want.Add(s.Fee.Amount.Exact().Exact.Mul(of).Mul(share))
			}
		}
		require.Equal(t, want.String(), v.fee("mail", p, false).Exact.String())
	})
}
