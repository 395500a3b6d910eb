package holidays_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
)

func load(t *testing.T, name string) *calendar.HolidaySet {
	t.Helper()
	set, err := holidays.Load(name)
	require.NoError(t, err)
	return set
}

// dates lists a year's holidays as "01-01 04-06 …", weekends included.
func dates(t *testing.T, name string, year int) string {
	t.Helper()
	from, err := calendar.NewDate(year, time.January, 1)
	require.NoError(t, err)
	to, err := calendar.NewDate(year, time.December, 31)
	require.NoError(t, err)
	days, err := load(t, name).Between(from, to)
	require.NoError(t, err)
	var out []string
	for _, d := range days {
		out = append(out, d.Date.String()[5:])
	}
	return strings.Join(out, " ")
}

// Published lists of single years.
func TestKnownYears(t *testing.T) {
	for _, c := range []struct {
		name string
		year int
		want string
	}{
		{"FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"},
		{"FR", 2008, "01-01 03-24 05-01 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25"}, // Ascension on 1 May
		{"FR-57", 2026, "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25 12-26"},
		{"DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"},
		{"DE", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26"},
		{"DE-BY", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"},
		{"DE-BE", 2025, "01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26"},
		{"DE-SN", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26"},
		{"DE-HH", 1994, "01-01 04-01 04-04 05-01 05-12 05-23 10-03 11-16 12-25 12-26"},
		{"GB-ENG", 2022, "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27"},
		{"GB-ENG", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28"},
		{"GB-ENG", 2002, "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26"},
		{"GB-SCT", 2022, "01-01 01-02 01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-25 12-26 12-27"},
		{"GB-NIR", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-12 07-13 08-31 12-25 12-26 12-28"},
		{"BE", 2026, "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25"},
		{"NL", 2014, "01-01 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26"},
		{"NL", 2013, "01-01 03-31 04-01 04-30 05-05 05-09 05-19 05-20 12-25 12-26"},
		{"CH", 2026, "01-01 05-14 08-01 12-25"},
		{"CH-ZH", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 08-01 12-25 12-26"},
		{"CH-GE", 2026, "01-01 04-03 04-06 05-14 05-25 08-01 09-10 12-25 12-31"},
		{"IT", 2026, "01-01 01-06 04-05 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"},
		{"IT", 2011, "01-01 01-06 03-17 04-24 04-25 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26"},
		{"ES", 2026, "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25"},
		{"US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"},
		{"US", 2021, "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"},
		{"US", 2020, "01-01 01-20 02-17 05-25 07-03 07-04 09-07 10-12 11-11 11-26 12-25"},
		{"CA", 2026, "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26 12-28"},
		{"CA-QC", 2026, "01-01 04-03 05-18 06-24 07-01 09-07 10-12 12-25"},
		{"CA-ON", 2026, "01-01 02-16 04-03 05-18 07-01 09-07 10-12 12-25 12-26 12-28"},
		{"JP", 2019, "01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-23 10-14 10-22 11-03 11-04 11-23"},
		{"JP", 2026, "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23"},
	} {
		assert.Equal(t, c.want, dates(t, c.name, c.year), "%s %d", c.name, c.year)
	}
}

func TestNamesInBothLanguages(t *testing.T) {
	d, err := calendar.ParseDate("2026-05-25")
	require.NoError(t, err)
	found, err := load(t, "public-holidays FR").On(d)
	require.NoError(t, err)
	assert.Equal(t, []calendar.Holiday{{Date: d, Name: "Lundi de Pentecôte / Whit Monday"}}, found)
}

func TestEveryTableIsWhole(t *testing.T) {
	for _, name := range holidays.Names() {
		set := load(t, name)
		assert.Equal(t, name, set.Name)
		assert.Equal(t, holidays.Edition, set.Edition)
		assert.Equal(t, "1990-01-01", set.From.String())
		assert.Equal(t, "2040-12-31", set.To.String())
		years := map[int]int{}
		for _, d := range set.Days {
			assert.NotEmpty(t, d.Name, "%s %s", name, d.Date)
			assert.True(t, set.Covers(d.Date), "%s %s", name, d.Date)
			years[d.Date.Year()]++
		}
		for y := 1990; y <= 2040; y++ {
			assert.Greater(t, years[y], 2, "%s %d", name, y)
		}
	}
}

func TestOutsideTheTableIsAnError(t *testing.T) {
	d, err := calendar.ParseDate("2041-01-01")
	require.NoError(t, err)
	_, err = load(t, "FR").On(d)
	var coverage *calendar.CoverageError
	require.True(t, errors.As(err, &coverage))
	assert.Equal(t, "public-holidays FR", coverage.Holidays)
	assert.Equal(t, d, coverage.Date)
}

func TestUnknownNamesTheNearest(t *testing.T) {
	for name, want := range map[string]string{
		"FRA": "FR", "fr": "FR", "UK": "GB", "public-holidays FRR": "FR", "public holidays FR": "FR", "DE-YB": "DE-BY", "de-by": "DE-BY",
		"DE_BY": "DE-BY", "DE-BAY": "DE-BY", "UK-SCT": "GB-SCT", "France": "FR", "Frnce": "FR", "Germany": "DE", "Bavaria": "DE-BY",
		"Scotland": "GB-SCT", "CA-Q": "CA-QC",
	} {
		_, err := holidays.Load(name)
		var unknown *calendar.UnknownError
		require.True(t, errors.As(err, &unknown), name)
		assert.Equal(t, "holidays", unknown.Kind)
		assert.Contains(t, unknown.Nearest, "public-holidays "+want, name)
	}
	for _, name := range []string{"DK", "DE-XX", "FR-56", "XX-YY", "Atlantis", ""} {
		_, err := holidays.Load(name)
		var unknown *calendar.UnknownError
		require.True(t, errors.As(err, &unknown))
		assert.Empty(t, unknown.Nearest, "%q: another country or region is no slip", name)
	}
}

func TestCountriesAndRegions(t *testing.T) {
	assert.Len(t, holidays.Countries(), 11)
	assert.Equal(t, []string{"public-holidays GB-ENG", "public-holidays GB-NIR", "public-holidays GB-SCT", "public-holidays GB-WLS"}, holidays.Regions("GB"))
	assert.Empty(t, holidays.Regions("GB-ENG"))
	assert.Empty(t, holidays.Regions("XX"))
}
