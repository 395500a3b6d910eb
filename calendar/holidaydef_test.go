package calendar_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/sla-lang/sla/calendar"
)

func TestHolidayDefinition(t *testing.T) {
	def := HolidayDefinition{
		Name: "plant",
		Days: []Holiday{{Date: dateOf(t, "2026-12-24"), Name: "Plant closed"}, {Date: dateOf(t, "2050-01-02"), Name: "too late"}},
		Yearly: []YearlyHoliday{
			{Day: MonthDay{Month: 2, Day: 29}, Name: "Leap day"}, {Day: MonthDay{Month: 12, Day: 31}, Name: "Stocktaking"},
		},
		As:     []string{"public-holidays FR-57"},
		Except: []Date{dateOf(t, "2026-05-08")},
	}
	set, err := def.Bind(embedded())
	require.NoError(t, err)
	assert.Equal(t, "public-holidays FR-57 2026.1", set.Edition)
	assert.Equal(t, "2040-12-31", set.To.String())
	days, err := set.Between(dateOf(t, "2026-04-01"), dateOf(t, "2026-12-31"))
	require.NoError(t, err)
	var got []string
	for _, d := range days {
		got = append(got, d.Date.String()[5:])
	}
	assert.Equal(t, []string{"04-03", "04-06", "05-01", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-24", "12-25", "12-26", "12-31"}, got)
	leap, err := set.On(dateOf(t, "2028-02-29"))
	require.NoError(t, err)
	assert.Len(t, leap, 1)

	own, err := HolidayDefinition{Name: "own", Edition: "7", Days: def.Days}.Bind(Environment{})
	require.NoError(t, err)
	assert.Len(t, own.Days, 2)
	assert.Equal(t, "7", own.Edition)
	assert.Equal(t, "2026-01-01 2050-12-31", own.From.String()+" "+own.To.String(), "the years of its dates")
	yearly, err := HolidayDefinition{Name: "own", Yearly: def.Yearly}.Bind(Environment{})
	require.NoError(t, err)
	found, err := yearly.On(dateOf(t, "2100-12-31"))
	require.NoError(t, err, "a list that covers all time")
	assert.Len(t, found, 1)
	empty, err := HolidayDefinition{Name: "own", From: ptr(dateOf(t, "2011-01-01")), To: ptr(dateOf(t, "2011-12-31"))}.Bind(Environment{})
	require.NoError(t, err)
	assert.True(t, empty.Covers(dateOf(t, "2011-07-04")), "a year without a holiday")
	assert.False(t, empty.Covers(dateOf(t, "2012-07-04")))
	var unknown *UnknownError
	_, err = HolidayDefinition{Name: "x", As: []string{"nowhere"}}.Bind(embedded())
	require.ErrorAs(t, err, &unknown)
	var coverage *CoverageError
	_, err = HolidayDefinition{Name: "x", As: []string{"FR"}, From: ptr(dateOf(t, "2050-01-01"))}.Bind(embedded())
	require.ErrorAs(t, err, &coverage)
}

func TestHolidaysOfACalendar(t *testing.T) {
	found := support(t).Holidays(dateOf(t, "2026-05-25"))
	assert.Equal(t, []Holiday{{Date: dateOf(t, "2026-05-25"), Name: "Lundi de Pentecôte / Whit Monday"}}, found)
	assert.Empty(t, support(t).Holidays(dateOf(t, "2026-05-26")))
	assert.Len(t, union(t).Holidays(dateOf(t, "2026-01-01")), 2, "named the same in two countries")
}
