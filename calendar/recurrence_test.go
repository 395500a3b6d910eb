package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
)

func datesText(dates []Date) (out []string) {
	for _, d := range dates {
		out = append(out, d.String())
	}
	return out
}

// What published agreements write, with the dates of a calendar on the wall.
func TestRecurrences(t *testing.T) {
	env := Environment{}
	office, err := Compile(Definition{Name: "office", Open: []Opening{{Days: WeekdaysOf(1, 2, 3, 4, 5), Hours: []Hours{{From: TimeOfDay(8 * time.Hour), To: TimeOfDay(18 * time.Hour)}}}},
		Closed: []Closing{{On: ptr(dateOf(t, "2026-01-01"))}}}, NewZone("UTC", time.UTC), env)
	require.NoError(t, err)
	for _, c := range []struct {
		text string
		r    Recurrence
		want []string
	}{
		{"every 2nd Sun of the month", Recurrence{Days: WeekdaysOf(0), Nth: 2}, []string{"2026-01-11", "2026-02-08", "2026-03-08", "2026-04-12"}},
		{"every last Fri of the quarter", Recurrence{Days: WeekdaysOf(5), Nth: -1, Of: OfQuarter}, []string{"2026-03-27"}},
		{"every last Fri of March, June", Recurrence{Days: WeekdaysOf(5), Nth: -1, Months: []int{6, 3}}, []string{"2026-03-27"}},
		{"every 2nd Sun from 2026-01-10", Recurrence{Days: WeekdaysOf(0), Nth: 2, From: ptr(dateOf(t, "2026-01-10"))},
			[]string{"2026-01-11", "2026-01-25", "2026-02-08", "2026-02-22", "2026-03-08", "2026-03-22", "2026-04-05"}},
		{"every 15th day of the month", Recurrence{Nth: 15}, []string{"2026-01-15", "2026-02-15", "2026-03-15", "2026-04-15"}},
		{"every 31st day of the month", Recurrence{Nth: 31}, []string{"2026-01-31", "2026-03-31"}},
		{"every last day of the month", Recurrence{Nth: -1}, []string{"2026-01-31", "2026-02-28", "2026-03-31"}},
		{"every 1st business day of the month", Recurrence{Business: true, Nth: 1}, []string{"2026-01-02", "2026-02-02", "2026-03-02", "2026-04-01"}},
		{"every last business day of the quarter", Recurrence{Business: true, Nth: -1, Of: OfQuarter}, []string{"2026-03-31"}},
		{"every 1st Sat of the half-year", Recurrence{Days: WeekdaysOf(6), Nth: 1, Of: OfHalfYear}, []string{"2026-01-03"}},
		{"every 60th day of the year", Recurrence{Nth: 60, Of: OfYear}, []string{"2026-03-01"}},
		{"every 30th day from 2026-02-01", Recurrence{Nth: 30, From: ptr(dateOf(t, "2026-02-01"))}, []string{"2026-02-01", "2026-03-03", "2026-04-02"}},
		{"every Sun of April", Recurrence{Days: WeekdaysOf(0), Months: []int{4}}, []string{"2026-04-05", "2026-04-12"}},
	} {
		got, err := c.r.Dates(dateOf(t, "2026-01-01"), dateOf(t, "2026-04-16"), office)
		require.NoError(t, err, c.text)
		assert.Equal(t, c.text, c.r.String())
		assert.Equal(t, c.want, datesText(got), c.text)
	}
	day := Recurrence{Days: EveryDay}
	assert.Equal(t, "every day", day.String())
}

func TestRecurrencesThatAreNone(t *testing.T) {
	for _, r := range []Recurrence{
		{}, {Nth: 32}, {Nth: 6, Days: WeekdaysOf(0)}, {Nth: 30, Months: []int{2}}, {Nth: 15, Days: WeekdaysOf(1), Of: OfQuarter}, {Nth: -2},
		{Days: EveryDay, Business: true}, {Nth: -1, From: ptr(dateOf(t, "2026-01-01"))}, {Nth: 1, Of: "decade"}, {Nth: 1, Months: []int{13}},
		{Nth: 1, Months: []int{1}, Of: OfYear}, {Days: EveryDay, Of: OfMonth},
	} {
		_, err := r.Dates(dateOf(t, "2026-01-01"), dateOf(t, "2026-02-01"), nil)
		assert.IsType(t, &RangeError{}, err, r)
	}
	_, err := Recurrence{Business: true}.Dates(dateOf(t, "2026-01-01"), dateOf(t, "2026-02-01"), nil)
	assert.IsType(t, &RangeError{}, err, "no calendar says which days those are")
}

// A date is the n-th of its kind when that many of the kind have come since its
// period began, and the last when no more follow: counted one by one.
func TestRecurrencesAgainstCounting(t *testing.T) {
	days := []string{"", "Mon", "Sun", "Mon-Fri", "Mon-Sun"}
	rapid.Check(t, func(t *rapid.T) {
		r := Recurrence{Nth: rapid.SampledFrom([]int{-1, 0, 1, 2, 3, 4, 5, 9, 13, 30, 31, 90}).Draw(t, "nth")}
		if text := rapid.SampledFrom(days).Draw(t, "days"); text != "" {
			r.Days, _ = ParseWeekdays(text)
		}
		switch rapid.IntRange(0, 2).Draw(t, "counted") {
		case 0:
			r.Of = rapid.SampledFrom([]RecurrencePeriod{"", OfMonth, OfQuarter, OfHalfYear, OfYear}).Draw(t, "of")
		case 1:
			r.Months = rapid.SliceOfN(rapid.IntRange(1, 12), 1, 3).Draw(t, "months")
		default:
			d, _ := NewDate(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "from month")), rapid.IntRange(1, 28).Draw(t, "from day"))
			r.From = &d
		}
		if r.Check() != nil {
			return
		}
		from, _ := NewDate(2026, 1, 1)
		from = from.AddDays(rapid.IntRange(0, 400).Draw(t, "begin"))
		to := from.AddDays(rapid.IntRange(0, 400).Draw(t, "length"))
		got, err := r.Dates(from, to, nil)
		require.NoError(t, err)
		var want []string
		for d := from; d.Before(to); d = d.AddDays(1) {
			if comes(r, d) {
				want = append(want, d.String())
			}
		}
		assert.Equal(t, want, datesText(got), r.String())
	})
}

func comes(r Recurrence, d Date) bool {
	kind := func(o Date) bool { return r.Days == 0 || o.Weekday() == d.Weekday() }
	if r.Days != 0 && !r.Days.Has(d.Weekday()) || r.From != nil && d.Before(*r.From) {
		return false
	}
	if len(r.Months) > 0 {
		in := false
		for _, m := range r.Months {
			in = in || time.Month(m) == d.Month()
		}
		if !in {
			return false
		}
	}
	if r.Nth == 0 {
		return true
	}
	same := func(o Date) bool {
		if r.From != nil {
			return !o.Before(*r.From)
		}
		n := map[RecurrencePeriod]int{"": 1, OfMonth: 1, OfQuarter: 3, OfHalfYear: 6, OfYear: 12}[r.Of]
		return o.Year() == d.Year() && (int(o.Month())-1)/n == (int(d.Month())-1)/n
	}
	count := 0
	for o := d; same(o); o = o.AddDays(-1) {
		if kind(o) {
			count++
		}
	}
	if r.From != nil {
		return (count-1)%r.Nth == 0
	}
	if r.Nth > 0 {
		return count == r.Nth
	}
	for o := d.AddDays(1); same(o); o = o.AddDays(1) {
		if kind(o) {
			return false
		}
	}
	return true
}
