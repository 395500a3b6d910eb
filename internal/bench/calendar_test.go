package bench

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// supportHours is Mon-Fri 08:00-19:00 in Paris without French holidays.
func supportHours(tb testing.TB) *calendar.Calendar {
	c, err := calendar.Compile(supportDefinition(), nil, calendar.Environment{Zone: zones.Load, Holidays: holidays.Load})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func supportDefinition() calendar.Definition {
	return calendar.Definition{
		Name: "support-hours", Zone: "Europe/Paris",
		Open: []calendar.Opening{{
			Days:  calendar.WeekdaysOf(time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
			Hours: []calendar.Hours{{From: calendar.TimeOfDay(8 * time.Hour), To: calendar.TimeOfDay(19 * time.Hour)}},
		}},
		Closed: []calendar.Closing{{Holidays: []string{"public-holidays FR"}}},
	}
}

func walker(tb testing.TB) *dayWalk {
	set, err := holidays.Load("FR")
	if err != nil {
		tb.Fatal(err)
	}
	zone, err := zones.Load("Europe/Paris")
	if err != nil {
		tb.Fatal(err)
	}
	w := &dayWalk{zone: zone.Location(), open: 8 * time.Hour, close: 19 * time.Hour, holidays: map[string]bool{}}
	for _, d := range set.Days {
		w.holidays[d.Date.String()] = true
	}
	return w
}

// spans are those of the table in BENCHMARKS.md.
var spans = []struct {
	name string
	span time.Duration
}{{"hour", time.Hour}, {"30days", 30 * 24 * time.Hour}, {"year", 365 * 24 * time.Hour}, {"10years", 3652 * 24 * time.Hour}}

// starts are instants spread over four years, so that no branch is learnt.
func starts() []calendar.Instant {
	base := calendar.Instant(1_577_836_800 * int64(time.Second)) // 2020-01-01
	out := make([]calendar.Instant, 1024)
	for i := range out {
		out[i] = base + calendar.Instant(i*7919%1024)*calendar.Instant(34*time.Hour+17*time.Minute)
	}
	return out
}

// The walk gives the same answers. rickar/cal is not compared: its hours are
// wrong where the clocks change.
func TestCalendarsAgree(t *testing.T) {
	c, w := supportHours(t), walker(t)
	for _, from := range starts() {
		for _, s := range spans {
			to := from.Add(s.span)
			if a, b := c.Between(from, to), w.between(from.Time(), to.Time()); a != b {
				t.Fatalf("%s from %s: %s, the walk says %s", s.name, from, a, b)
			}
			at, err := c.Add(from, s.span/4)
			if b := w.add(from.Time(), s.span/4); err != nil || !at.Time().Equal(b) {
				t.Fatalf("%s from %s: %s, the walk says %s", s.span/4, from, at, b)
			}
		}
	}
}

func BenchmarkCalendarBetween(b *testing.B) {
	c, w, r, from := supportHours(b), walker(b), rickarCalendar(), starts()
	for _, s := range spans {
		c.Between(from[0], from[1023].Add(s.span)) // compiles the years
		b.Run(s.name+"/sla", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				f := from[i&1023]
				c.Between(f, f.Add(s.span))
			}
		})
		b.Run(s.name+"/walk", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				f := from[i&1023]
				w.between(f.Time(), f.Add(s.span).Time())
			}
		})
		b.Run(s.name+"/rickar", func(b *testing.B) {
			r.WorkHoursInRange(from[0].Time().In(w.zone), from[1023].Add(s.span).Time().In(w.zone)) // fills its cache
			for i := 0; b.Loop(); i++ {
				f := from[i&1023]
				r.WorkHoursInRange(f.Time().In(w.zone), f.Add(s.span).Time().In(w.zone))
			}
		})
	}
}

func BenchmarkCalendarAdd(b *testing.B) {
	c, w, r, from := supportHours(b), walker(b), rickarCalendar(), starts()
	for _, s := range spans {
		d := s.span / 4 // about what is open in the span
		c.Between(from[0], from[1023].Add(2*s.span))
		b.Run(s.name+"/sla", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := c.Add(from[i&1023], d); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(s.name+"/walk", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				w.add(from[i&1023].Time(), d)
			}
		})
		b.Run(s.name+"/rickar", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				r.AddWorkHours(from[i&1023].Time().In(w.zone), d)
			}
		})
	}
}

// BenchmarkCalendarCompile includes the years that are asked about.
func BenchmarkCalendarCompile(b *testing.B) {
	from := calendar.Instant(1_735_689_600 * int64(time.Second)) // 2025
	for _, years := range []int{1, 2, 4, 8, 15} {
		b.Run(fmt.Sprint(years, "years"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := supportHours(b)
				at := from.Add(40 * time.Hour)
				c.Between(at, at.Add(time.Duration(years)*8766*time.Hour-100*time.Hour))
			}
		})
	}
}

// unsorted are a million intervals of a minute over ten years.
func unsorted() []calendar.Interval {
	out := make([]calendar.Interval, 1_000_000)
	x := uint64(1)
	for i := range out {
		x = x*6364136223846793005 + 1442695040888963407
		start := calendar.Instant(1_577_836_800*int64(time.Second)) + calendar.Instant(x>>34)*calendar.Instant(300*time.Millisecond)
		out[i] = calendar.Interval{Start: start, End: start.Add(time.Minute)}
	}
	return out
}

func BenchmarkSetUnion(b *testing.B) {
	parts := unsorted()
	b.Run("sla", func(b *testing.B) {
		for b.Loop() {
			calendar.NewSet(parts...)
		}
	})
	b.Run("sla/streamed", func(b *testing.B) {
		for b.Loop() {
			var builder calendar.Builder
			for _, p := range parts {
				builder.Add(p)
			}
			builder.Set()
		}
	})
	b.Run("sorting", func(b *testing.B) {
		for b.Loop() {
			sorted := slices.Clone(parts)
			slices.SortFunc(sorted, func(x, y calendar.Interval) int {
				if x.Start < y.Start {
					return -1
				}
				if x.Start > y.Start {
					return 1
				}
				return 0
			})
		}
	})
}

func BenchmarkClock(b *testing.B) {
	c, from := supportHours(b), starts()
	c.Between(from[0], from[1023].Add(10000*time.Hour))
	pause := func(f calendar.Instant) calendar.Pause {
		return calendar.Pause{Times: calendar.NewSet(
			calendar.Interval{Start: f.Add(2 * time.Hour), End: f.Add(9 * time.Hour)},
			calendar.Interval{Start: f.Add(20 * time.Hour), End: f.Add(50 * time.Hour)})}
	}
	clocks := make([]*calendar.Clock, len(from))
	for i, f := range from {
		var err error
		if clocks[i], err = calendar.NewClock(c, f, pause(f)); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("elapsed/2pauses", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			k := clocks[i&1023]
			if _, err := k.Elapsed(k.Start().Add(300 * time.Hour)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("due/2pauses", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, _, err := clocks[i&1023].Due(calendar.ExactTarget(40 * time.Hour)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("businessdays/5", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := c.BusinessDays(from[i&1023], 5); err != nil {
				b.Fatal(err)
			}
		}
	})
}
