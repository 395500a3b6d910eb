package calendar_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

func zoneNamed(t require.TestingT, name string) *Zone {
	z, err := zones.Load(name)
	require.NoError(t, err)
	return z
}

func dateOf(t require.TestingT, s string) Date {
	d, err := ParseDate(s)
	require.NoError(t, err)
	return d
}

func instant(t require.TestingT, s string) Instant {
	i, err := ParseInstant(s)
	require.NoError(t, err)
	return i
}

func timeOfDay(t require.TestingT, s string) TimeOfDay {
	v, err := ParseTimeOfDay(s)
	require.NoError(t, err)
	return v
}

// What is remembered of a zone is what package time says of any instant, on
// both sides of each change and at the ends of the range.
func TestOffsetIsThatOfPackageTime(t *testing.T) {
	names := []string{"Europe/Paris", "Africa/Casablanca", "Pacific/Apia", "Asia/Gaza", "America/Nuuk", "Australia/Lord_Howe", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		z := zoneNamed(t, rapid.SampledFrom(names).Draw(t, "zone"))
		at := rapid.Int64Range(int64(MinInstant), int64(MaxInstant)).Draw(t, "at")
		if rapid.Bool().Draw(t, "at a change") {
			_, change := time.Unix(0, at).In(z.Location()).ZoneBounds()
			if at = change.UnixNano() + rapid.Int64Range(-1, 1).Draw(t, "beside"); change.IsZero() || change.Year() > 2261 {
				return
			}
		}
		_, want := time.Unix(0, at).In(z.Location()).Zone()
		assert.Equal(t, time.Duration(want)*time.Second, z.Offset(Instant(at)), "%d", at)
	})
	for _, z := range []*Zone{zoneNamed(t, "Europe/Paris"), NewZone("UTC", nil)} {
		for _, end := range []Instant{math.MinInt64, MinInstant, MaxInstant, math.MaxInt64} {
			_, want := time.Unix(0, int64(end)).In(z.Location()).Zone()
			assert.Equal(t, time.Duration(want)*time.Second, z.Offset(end))
		}
	}
}

// Resolving a local time gives exactly the instants at which the wall reads
// it, found by looking at every quarter of an hour around.
func TestResolveIsTheInverseOfLocal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := drawZone(t)
		near := drawInstant(t, z)
		d, tod := z.Local(near)
		tod -= tod % TimeOfDay(15*time.Minute)
		var want []Instant
		around := localAsUTC(d, tod)
		for m := -48 * 4; m <= 48*4; m++ {
			at := around.Add(time.Duration(m) * 15 * time.Minute)
			local := at.Time().In(z.Location())
			if local.Day() == d.Day() && local.Month() == d.Month() && local.Hour()*60+local.Minute() == int(tod/TimeOfDay(time.Minute)) {
				want = append(want, at)
			}
		}
		first, second, n := z.Resolve(d, tod)
		require.Equal(t, len(want), n, "%s %s", d, tod)
		if n > 0 {
			assert.Equal(t, want[0], first)
			assert.Equal(t, want[0], z.FirstAtOrAfter(d, tod))
		}
		if n > 1 {
			assert.Equal(t, want[1], second)
		}
	})
}

func localAsUTC(d Date, tod TimeOfDay) Instant {
	i, err := InstantOf(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, int(tod), time.UTC))
	if err != nil {
		panic(err)
	}
	return i
}

// A local time of 31 December of a leap year comes once: the standard library
// ends the year's last stretch a day early there.
func TestLastDayOfALeapYear(t *testing.T) {
	for _, name := range someZones() {
		z, err := zones.Load(name)
		require.NoError(t, err)
		for year := 1992; year <= 2040; year += 4 {
			last := dateOf(t, fmt.Sprintf("%d-12-31", year))
			for h := range 3 * 24 {
				d, at := last.AddDays(h/24-1), TimeOfDay(h%24)*TimeOfDay(time.Hour)
				if first, second, n := z.Resolve(d, at); n == 2 {
					require.NotEqual(t, z.Offset(first), z.Offset(second), "%s %s %s", name, d, at)
				}
			}
		}
	}
}

// The start of a date is the first instant with it, and days follow each
// other without gaps.
func TestDaysTileTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := drawZone(t)
		d := z.DateAt(drawInstant(t, z))
		start := z.StartOf(d)
		got := z.DateAt(start)
		day := z.Day(d)
		if day.IsEmpty() {
			assert.Equal(t, 1, got.Compare(d), "a skipped date starts with the next")
			return
		}
		assert.Equal(t, d, got)
		assert.Equal(t, day.End, z.StartOf(d.AddDays(1)))
		for m := 1; m < 36*60; m++ {
			before := start.Add(-time.Duration(m) * time.Minute)
			assert.NotEqual(t, d, z.DateAt(before), "%s is earlier than the start of %s", before, d)
		}
	})
}

func TestOddLocalTimes(t *testing.T) {
	for _, c := range []struct {
		zone, date, time string
		want             []string
	}{
		{"Europe/Paris", "2026-03-29", "02:30", nil},
		{"Europe/Paris", "2026-10-25", "02:30", []string{"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"}},
		{"Europe/Paris", "2026-10-25", "24:00", []string{"2026-10-25T23:00:00Z"}},
		{"America/Sao_Paulo", "2018-11-04", "00:00", nil},
		{"America/Sao_Paulo", "2018-02-17", "23:30", []string{"2018-02-18T01:30:00Z", "2018-02-18T02:30:00Z"}},
		{"Asia/Tehran", "2021-03-22", "00:00", nil},
		{"Australia/Lord_Howe", "2026-10-04", "02:15", nil},
		{"Australia/Lord_Howe", "2026-04-05", "01:45", []string{"2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"}},
		{"Asia/Kathmandu", "2026-06-01", "05:45", []string{"2026-06-01T00:00:00Z"}},
		{"Asia/Kathmandu", "1986-01-01", "00:05", nil},
		{"Pacific/Apia", "2011-12-30", "12:00", nil},
		{"Pacific/Kiritimati", "1994-12-31", "12:00", nil},
		{"America/New_York", "2024-12-31", "12:00", []string{"2024-12-31T17:00:00Z"}},
		{"Africa/Casablanca", "2026-02-15", "02:30", []string{"2026-02-15T01:30:00Z", "2026-02-15T02:30:00Z"}},
	} {
		first, second, n := zoneNamed(t, c.zone).Resolve(dateOf(t, c.date), timeOfDay(t, c.time))
		require.Equal(t, len(c.want), n, "%s %s %s", c.zone, c.date, c.time)
		for i, at := range []Instant{first, second}[:n] {
			assert.Equal(t, c.want[i], at.String(), "%s %s %s", c.zone, c.date, c.time)
		}
	}
}

func TestStartOfOddDates(t *testing.T) {
	for _, c := range []struct{ zone, date, start, length string }{
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "23h0m0s"},
		{"America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "25h0m0s"},
		{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "24h0m0s"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "0s"},
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "24h0m0s"},
		{"Europe/Paris", "2026-03-29", "2026-03-28T23:00:00Z", "23h0m0s"},
		{"Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "24h30m0s"},
		{"America/St_Johns", "2000-10-29", "2000-10-29T02:30:00Z", "25h0m0s"},
	} {
		day := zoneNamed(t, c.zone).Day(dateOf(t, c.date))
		assert.Equal(t, c.start, day.Start.String(), "%s %s", c.zone, c.date)
		assert.Equal(t, c.length, day.Length().String(), "%s %s", c.zone, c.date)
	}
}

// The last day of a leap year is past the end of year that package time
// computes for zones with rules; nothing may stop there.
func TestLeapYearEnd(t *testing.T) {
	for _, name := range []string{"America/New_York", "Europe/Paris", "Australia/Sydney"} {
		z := zoneNamed(t, name)
		for _, year := range []int{2024, 2028, 2040, 2096, 2200, 2260} {
			d, err := NewDate(year, time.December, 31)
			require.NoError(t, err)
			assert.Equal(t, 24*time.Hour, z.Day(d).Length(), "%s %d", name, year)
		}
	}
}

// Dates and instants far outside saturate and never wrap around.
func TestFarDates(t *testing.T) {
	z := zoneNamed(t, "Europe/Paris")
	for _, s := range []string{"0001-01-01", "1600-01-01"} {
		assert.Equal(t, MinInstant, z.StartOf(dateOf(t, s)))
		assert.Equal(t, MinInstant, z.FirstAtOrAfter(dateOf(t, s), 0))
	}
	for _, s := range []string{"2300-01-01", "9999-12-31"} {
		assert.Equal(t, MaxInstant, z.StartOf(dateOf(t, s)))
		_, _, n := z.Resolve(dateOf(t, s), 0)
		assert.Zero(t, n)
		assert.True(t, z.Day(dateOf(t, s)).IsEmpty())
	}
	assert.Equal(t, 2262, z.DateAt(1<<63-1).Year())
	assert.Equal(t, 1677, z.DateAt(-1<<63).Year())
	c := always(t, "Europe/Paris")
	assert.False(t, c.OpenDate(dateOf(t, "9999-12-31")))
	assert.Empty(t, c.Hours(dateOf(t, "0001-01-01")))
	var out *RangeError
	_, err := c.BusinessDaysAfter(dateOf(t, "9000-01-01"), 3)
	require.ErrorAs(t, err, &out)
	_, err = DueFromDate(dateOf(t, "9000-01-01"), NewLength(3, Days), z, nil, nil)
	require.ErrorAs(t, err, &out)
}
