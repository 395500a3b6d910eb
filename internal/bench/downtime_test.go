package bench

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// A year of a million outages under a thousand exclusions, against the sorting
// of their intervals in the same run: unsorted it should cost at most half as
// much again, and in order a fraction of it. Figures are ratios, never times.

const (
	manyOutages    = 1_000_000
	manyExclusions = 1_000
)

// yearOf gives outages and exclusions of one year, in no order.
func yearOf(n int, longest time.Duration) []calendar.Interval {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	start, _ := calendar.InstantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	out := make([]calendar.Interval, n)
	for i := range out {
		at := start.Add(time.Duration(r.Int64N(int64(365 * 24 * time.Hour))))
		out[i] = calendar.Interval{Start: at, End: at.Add(1 + time.Duration(r.Int64N(int64(longest))))}
	}
	return out
}

func byStart(a, b calendar.Interval) int { return cmp.Compare(a.Start, b.Start) }

// underExclusions is a year with a thousand exclusions.
func underExclusions() measure.Availability {
	start, _ := calendar.InstantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	return measure.Availability{
		Agreed:  calendar.NewSet(calendar.Interval{Start: start, End: start.Add(365 * 24 * time.Hour)}),
		Excused: calendar.NewSet(yearOf(manyExclusions, 6*time.Hour)...),
	}
}

func perOutage(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/manyOutages, "ns/outage")
}

func BenchmarkOutagesSortOnly(b *testing.B) {
	outages := yearOf(manyOutages, time.Minute)
	b.ReportAllocs()
	for b.Loop() {
		slices.SortFunc(slices.Clone(outages), byStart)
	}
}

func BenchmarkOutagesUnsorted(b *testing.B) {
	outages, year := yearOf(manyOutages, time.Minute), underExclusions()
	b.ReportAllocs()
	for b.Loop() {
		year.Down = calendar.NewSet(outages...)
		if got := year.Compute(); got.Counted <= 0 {
			b.Fatal("nothing was down")
		}
	}
	perOutage(b)
}

func BenchmarkOutagesSorted(b *testing.B) {
	outages, year := yearOf(manyOutages, time.Minute), underExclusions()
	slices.SortFunc(outages, byStart)
	b.ReportAllocs()
	for b.Loop() {
		if got := year.Pass(slices.Values(outages)); got.Counted <= 0 {
			b.Fatal("nothing was down")
		}
	}
	perOutage(b)
}

// A day of one-minute checks of one service, read and followed.
func BenchmarkChecksOfADay(b *testing.B) {
	start, _ := calendar.InstantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	answers := make([]measure.Check, 1440)
	for i := range answers {
		answers[i] = measure.Check{At: start.Add(time.Duration(i) * time.Minute), OK: i%97 > 3}
	}
	rule := measure.Checks{Every: time.Minute, Failed: 3, FromFirst: true}
	b.ReportAllocs()
	for b.Loop() {
		rule.Read(answers)
	}
}
