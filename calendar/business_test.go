package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
)

// withRule is support-hours with another business-day rule.
func withRule(t testing.TB, rule BusinessDayRule) *Calendar {
	return compiled(t, Definition{
		Name: "support-hours", Zone: "Europe/Paris",
		Open:        []Opening{openDays(t, "Mon-Fri", "08:00-12:00", "14:00-19:00")},
		Closed:      []Closing{{Holidays: []string{"public-holidays FR"}}},
		BusinessDay: &rule,
	})
}

func TestBusinessDays(t *testing.T) {
	keeps, next := KeepsItsDate, NextOpening
	noon, sixteen := timeOfDay(t, "12:00"), timeOfDay(t, "16:00")
	for _, c := range []struct {
		name string
		rule BusinessDayRule
		from string
		n    int
		want string
	}{
		{"Whit Monday is skipped", BusinessDayRule{LateReceipt: keeps, Due: AtClosing}, "2026-05-22 18:30", 1, "2026-05-26 19:00"},
		{"ten of them", BusinessDayRule{LateReceipt: keeps, Due: AtClosing}, "2026-05-22 18:30", 10, "2026-06-08 19:00"},
		{"the day of receipt counts", BusinessDayRule{CountReceipt: true, LateReceipt: keeps, Due: AtClosing}, "2026-05-22 18:30", 1, "2026-05-22 19:00"},
		{"a Sunday of receipt does not, being closed", BusinessDayRule{CountReceipt: true, LateReceipt: keeps, Due: AtClosing}, "2026-05-24 18:30", 1, "2026-05-26 19:00"},
		{"a Sunday keeps its date", BusinessDayRule{LateReceipt: keeps, Due: AtClosing}, "2026-05-31 12:00", 1, "2026-06-01 19:00"},
		{"a Sunday counts as Monday's opening", BusinessDayRule{LateReceipt: next, Due: AtClosing}, "2026-05-31 12:00", 1, "2026-06-02 19:00"},
		{"a Sunday counts as Monday's opening, counted", BusinessDayRule{CountReceipt: true, LateReceipt: next, Due: AtClosing}, "2026-05-31 12:00", 1, "2026-06-01 19:00"},
		{"lunch counts as the afternoon's opening", BusinessDayRule{LateReceipt: next, Due: AtSameTime}, "2026-06-01 12:30", 1, "2026-06-02 14:00"},
		{"after closing counts as the next day's opening", BusinessDayRule{LateReceipt: next, Due: AtSameTime}, "2026-06-01 19:00", 1, "2026-06-03 08:00"},
		{"before the cut-off", BusinessDayRule{Cutoff: &sixteen, LateReceipt: next, Due: AtClosing}, "2026-06-01 15:59", 1, "2026-06-02 19:00"},
		{"at the cut-off it is late", BusinessDayRule{Cutoff: &sixteen, LateReceipt: next, Due: AtClosing}, "2026-06-01 16:00", 1, "2026-06-03 19:00"},
		{"late on a Friday", BusinessDayRule{Cutoff: &sixteen, LateReceipt: next, Due: AtClosing}, "2026-05-22 16:00", 1, "2026-05-27 19:00"},
		{"a cut-off in the morning means the next day, not the afternoon", BusinessDayRule{Cutoff: &noon, LateReceipt: next, Due: AtSameTime}, "2026-06-01 12:30", 1, "2026-06-03 08:00"},
		{"a Sunday is a Monday at the same time", BusinessDayRule{ClosedDayMoves: true, LateReceipt: keeps, Due: AtSameTime}, "2026-05-31 12:00", 1, "2026-06-02 12:00"},
		{"a Whit Sunday is a Tuesday", BusinessDayRule{ClosedDayMoves: true, LateReceipt: keeps, Due: AtSameTime}, "2026-05-24 12:00", 1, "2026-05-27 12:00"},
		{"a Monday stays", BusinessDayRule{ClosedDayMoves: true, LateReceipt: keeps, Due: AtSameTime}, "2026-06-01 12:00", 1, "2026-06-02 12:00"},
		{"a Sunday after the cut-off is a Monday after it", BusinessDayRule{ClosedDayMoves: true, Cutoff: &sixteen, LateReceipt: next, Due: AtSameTime}, "2026-05-31 16:00", 1, "2026-06-03 08:00"},
		{"the same time of day", BusinessDayRule{LateReceipt: keeps, Due: AtSameTime}, "2026-05-22 18:30", 1, "2026-05-26 18:30"},
		{"the same time of day, closed or not", BusinessDayRule{LateReceipt: keeps, Due: AtSameTime}, "2026-06-06 03:00", 1, "2026-06-08 03:00"},
		{"the end of the day", BusinessDayRule{LateReceipt: keeps, Due: AtEndOfDay}, "2026-05-22 18:30", 1, "2026-05-27 00:00"},
		{"the next opening", BusinessDayRule{LateReceipt: keeps, Due: AtNextOpening}, "2026-05-22 18:30", 1, "2026-05-27 08:00"},
		{"a fixed time", BusinessDayRule{LateReceipt: keeps, Due: AtFixedTime, At: &noon}, "2026-05-22 18:30", 1, "2026-05-26 12:00"},
		{"none is the day itself", BusinessDayRule{LateReceipt: keeps, Due: AtClosing}, "2026-05-22 10:00", 0, "2026-05-22 19:00"},
		{"none of a Sunday is Tuesday", BusinessDayRule{LateReceipt: keeps, Due: AtClosing}, "2026-05-24 10:00", 0, "2026-05-26 19:00"},
		{"none is never before the receipt", BusinessDayRule{LateReceipt: keeps, Due: AtClosing}, "2026-05-22 20:00", 0, "2026-05-22 20:00"},
		{"backward", BusinessDayRule{LateReceipt: keeps, Due: AtSameTime}, "2026-05-26 10:00", -1, "2026-05-22 10:00"},
	} {
		got, err := withRule(t, c.rule).BusinessDays(paris(t, c.from), c.n)
		require.NoError(t, err, c.name)
		assert.Equal(t, c.want, inParis(got), c.name)
	}
}

func TestBusinessDaysAfterADate(t *testing.T) {
	c := withRule(t, BusinessDayRule{LateReceipt: NextOpening, Due: AtSameTime})
	got, err := c.BusinessDaysAfter(dateOf(t, "2026-05-22"), 2)
	require.NoError(t, err)
	assert.Equal(t, "2026-05-28 00:00", inParis(got), "the end of the day")
}

func TestNthBusinessDay(t *testing.T) {
	c := support(t)
	may := Month{2026, time.May}
	for n, want := range map[int]string{1: "2026-05-04", 4: "2026-05-07", 5: "2026-05-11", 17: "2026-05-29", -1: "2026-05-29", -17: "2026-05-04"} {
		got, err := c.NthBusinessDay(may, n)
		require.NoError(t, err, n)
		assert.Equal(t, want, got.String(), n)
	}
	for _, n := range []int{0, 18, -18} {
		_, err := c.NthBusinessDay(may, n)
		var never *UnreachableError
		assert.ErrorAs(t, err, &never, n)
	}
	_, err := c.NthBusinessDay(Month{2041, 1}, 1)
	var coverage *CoverageError
	assert.ErrorAs(t, err, &coverage)
}

func TestMonthBusinessDay(t *testing.T) {
	c := support(t)
	for _, x := range []struct{ from, length, want string }{
		{"2026-05-01 00:00", "the 5th business day of the month", "2026-05-11 19:00"},
		{"2026-05-11 19:00", "the 5th business day of the month", "2026-05-11 19:00"},
		{"2026-05-11 19:01", "the 5th business day of the month", "2026-06-05 19:00"},
		{"2026-05-11 19:01", "the last business day of the month", "2026-05-29 19:00"},
		{"2026-05-11 19:01", "the 2nd last business day of the month", "2026-05-28 19:00"},
		{"2026-05-11 19:01", "the 23rd business day of the month", "2027-12-31 19:00"},
	} {
		got, err := Due(paris(t, x.from), length(t, x.length), nil, nil, c)
		require.NoError(t, err, x.length)
		assert.Equal(t, x.want, inParis(got), "%s from %s", x.length, x.from)
	}
	fromDate, err := DueFromDate(dateOf(t, "2026-04-30"), length(t, "the 5th business day of the month"), nil, nil, c)
	require.NoError(t, err)
	assert.Equal(t, "2026-05-11 19:00", inParis(fromDate))
	fromDate, err = DueFromDate(dateOf(t, "2026-05-11"), length(t, "the 5th business day of the month"), nil, nil, c)
	require.NoError(t, err)
	assert.Equal(t, "2026-06-05 19:00", inParis(fromDate), "the day of the event is not counted")

	var never *UnreachableError
	for _, n := range []int{0, 24, -24, 32, 1 << 40} {
		_, err = Due(paris(t, "2026-05-11 19:00"), NewLength(n, MonthBusinessDay), nil, nil, c)
		require.ErrorAs(t, err, &never, n)
	}
	assert.Equal(t, "the 24th business day of the month", NewLength(24, MonthBusinessDay).String())
	var unit *UnitError
	_, err = Due(paris(t, "2026-05-11 19:00"), NewLength(1, MonthBusinessDay), nil, c, nil)
	require.ErrorAs(t, err, &unit)
	_, err = dateOf(t, "2026-05-11").Add(NewLength(1, MonthBusinessDay))
	require.ErrorAs(t, err, &unit)
	var coverage *CoverageError
	_, err = Due(paris(t, "2040-12-31 19:01"), NewLength(1, MonthBusinessDay), nil, nil, c)
	require.ErrorAs(t, err, &coverage)
	_, err = Due(paris(t, "1990-01-01 00:00"), NewLength(1, MonthBusinessDay), nil, nil, c)
	require.NoError(t, err, "the month before is not known and not needed")
	var outside *RangeError
	_, err = Due(MaxInstant, NewLength(1, MonthBusinessDay), nil, nil, c)
	require.ErrorAs(t, err, &outside)
	_, err = DueFromDate(dateOf(t, "9999-12-31"), NewLength(1, MonthBusinessDay), nil, nil, c)
	require.ErrorAs(t, err, &outside)

	// A night shift of the last day of April closes in May.
	nights := compiled(t, Definition{Name: "nights", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Mon-Fri", "22:00-06:00")}})
	got, err := Due(paris(t, "2026-05-01 05:00"), NewLength(-1, MonthBusinessDay), nil, nil, nights)
	require.NoError(t, err)
	assert.Equal(t, "2026-05-01 06:00", inParis(got))
}

// The N-th business day of a month is found by going through the open dates of
// each month, one by one.
func TestMonthBusinessDayCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		due := rapid.SampledFrom([]Landing{AtClosing, AtEndOfDay, AtNextOpening}).Draw(t, "due")
		def := Definition{Name: "x", Zone: "Europe/Paris", Open: []Opening{{Days: Weekdays(rapid.IntRange(1, 127).Draw(t, "days")), Hours: drawHoursList(t, 1, 2)}},
			BusinessDay: &BusinessDayRule{Due: due}}
		c, err := Compile(def, nil, embedded())
		skipNeverOpen(t, err)
		n := rapid.IntRange(-31, 31).Filter(func(n int) bool { return n != 0 }).Draw(t, "n")
		from := drawInstant(t, c.Zone())
		want, found := Instant(0), false
		for m := c.Zone().DateAt(from).MonthOf().Add(-1); !found && m.Year < 2050; m = m.Next() {
			var open []Date
			for d := m.First(); !d.After(m.Last()); d = d.AddDays(1) {
				if c.OpenDate(d) {
					open = append(open, d)
				}
			}
			i := n - 1
			if n < 0 {
				i = len(open) + n
			}
			if i < 0 || i >= len(open) {
				continue
			}
			hours := c.Hours(open[i])
			switch due {
			case AtEndOfDay:
				want = c.Zone().StartOf(open[i].AddDays(1))
			case AtNextOpening:
				next := open[i].AddDays(1)
				for !c.OpenDate(next) {
					next = next.AddDays(1)
				}
				want = c.Hours(next)[0].Start
			default:
				want = hours[len(hours)-1].End
			}
			found = want >= from
		}
		got, err := Due(from, NewLength(n, MonthBusinessDay), nil, nil, c)
		if !found {
			var never *UnreachableError
			require.ErrorAs(t, err, &never)
			return
		}
		if err != nil && want > from.Add(10*366*24*hour) {
			return // it is not looked for so far ahead
		}
		require.NoError(t, err)
		assert.Equal(t, want.String(), got.String())
	})
}

// N business days from a date is the N-th open date after it, one by one.
func TestBusinessDaysCountOpenDates(t *testing.T) {
	c := withRule(t, BusinessDayRule{LateReceipt: KeepsItsDate, Due: AtEndOfDay})
	rapid.Check(t, func(t *rapid.T) {
		d := dateOf(t, "1991-01-01").AddDays(rapid.IntRange(0, 49*365).Draw(t, "day"))
		n := rapid.IntRange(-30, 60).Draw(t, "n")
		want, left, step := d, n, 1
		if n < 0 {
			left, step = -n, -1
		}
		if n == 0 && !c.OpenDate(d) {
			left = 1
		}
		for left > 0 {
			want = want.AddDays(step)
			if c.OpenDate(want) {
				left--
			}
		}
		got, err := c.BusinessDaysAfter(d, n)
		require.NoError(t, err)
		assert.Equal(t, c.Zone().StartOf(want.AddDays(1)), got)
	})
}

// A shift belongs to the date on which it opens; the next date is no business
// day for it.
func TestNightShiftDates(t *testing.T) {
	c := compiled(t, Definition{Name: "nights", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Mon,Wed,Fri", "22:00-06:00")}})
	assert.True(t, c.OpenDate(dateOf(t, "2026-06-01")))
	assert.False(t, c.OpenDate(dateOf(t, "2026-06-02")), "open until 06:00, but nothing opens")
	got, err := c.BusinessDays(paris(t, "2026-06-01 10:00"), 1)
	require.NoError(t, err)
	assert.Equal(t, "2026-06-04 06:00", inParis(got), "Wednesday's shift closes on Thursday morning")
}

func TestDefaultBusinessDay(t *testing.T) {
	plain := compiled(t, Definition{Name: "a", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Mon-Fri", "09:00-17:00")}})
	assert.Equal(t, BusinessDayRule{LateReceipt: KeepsItsDate, Due: AtClosing}, plain.BusinessDay())
	round := always(t, "Europe/Paris")
	assert.Equal(t, AtEndOfDay, round.BusinessDay().Due)
	got, err := round.BusinessDays(paris(t, "2026-03-28 10:00"), 1)
	require.NoError(t, err)
	assert.Equal(t, "2026-03-30 00:00", inParis(got))
	assert.Equal(t, AtEndOfDay, union(t).BusinessDay().Due, "several zones")
}

// Business days may be counted in another zone than the hours.
func TestBusinessDaysOfAnotherZone(t *testing.T) {
	c := compiled(t, Definition{
		Name: "tokyo", Zone: "Asia/Tokyo", Open: []Opening{openDays(t, "Mon-Fri", "09:00-18:00")},
		BusinessDay: &BusinessDayRule{Zone: "America/New_York", LateReceipt: KeepsItsDate, Due: AtClosing},
	})
	// Monday 09:00 in Tokyo is Sunday 20:00 in New York: Sunday is the date.
	got, err := c.BusinessDays(local(t, "America/New_York", "2026-06-06 12:00"), 1)
	require.NoError(t, err)
	assert.Equal(t, local(t, "Asia/Tokyo", "2026-06-08 18:00"), got)
	nth, err := c.NthBusinessDay(Month{2026, time.June}, 1)
	require.NoError(t, err)
	assert.Equal(t, "2026-06-01", nth.String(), "Tuesday in Tokyo")
	assert.Len(t, c.Editions(), 2)
}

func TestBusinessDaysEnd(t *testing.T) {
	c := support(t)
	var coverage *CoverageError
	_, err := c.BusinessDays(paris(t, "2040-12-20 10:00"), 20)
	require.ErrorAs(t, err, &coverage)
	_, err = c.BusinessDays(paris(t, "1990-01-05 10:00"), -20)
	require.ErrorAs(t, err, &coverage)
	short := compiled(t, Definition{Name: "trial", Open: []Opening{{On: ptr(dateOf(t, "2026-01-05")), Hours: hours(t, "09:00-17:00")}}})
	var never *UnreachableError
	_, err = short.BusinessDays(instant(t, "2026-01-01T00:00:00Z"), 2)
	require.ErrorAs(t, err, &never)
	assert.Equal(t, "2 business days", never.Target.String())
	got, err := short.BusinessDays(instant(t, "2026-01-01T00:00:00Z"), 1)
	require.NoError(t, err)
	assert.Equal(t, "2026-01-05T17:00:00Z", got.String())
}

func TestDue(t *testing.T) {
	c := support(t)
	z := c.Zone()
	for _, x := range []struct{ from, length, want string }{
		{"2026-05-22 18:30", "4 h", "2026-05-26 11:30"},
		{"2026-05-22 18:30", "30 min", "2026-05-22 19:00"},
		{"2026-05-22 18:30", "3 business days", "2026-05-28 19:00"},
		{"2026-05-22 18:30", "7 days", "2026-05-30 00:00"},
		{"2026-03-28 12:00", "1 day", "2026-03-30 00:00"},
		{"2026-05-22 18:30", "2 weeks", "2026-06-06 00:00"},
		{"2026-01-15 18:30", "1 month", "2026-02-16 00:00"},
		{"2026-01-31 18:30", "1 month or the last day of the month", "2026-03-01 00:00"},
		{"2024-02-29 18:30", "4 years", "2028-03-01 00:00"},
	} {
		got, err := Due(paris(t, x.from), length(t, x.length), z, c, c)
		require.NoError(t, err, x.length)
		assert.Equal(t, x.want, inParis(got), "%s from %s", x.length, x.from)
	}
	wall, err := Due(paris(t, "2026-03-28 12:00"), length(t, "24 h"), z, nil, nil)
	require.NoError(t, err)
	assert.Equal(t, "2026-03-29 13:00", inParis(wall))
	notice, err := DueFromDate(dateOf(t, "2029-01-01"), NewLength(-90, Days), z, nil, nil)
	require.NoError(t, err)
	assert.Equal(t, "2028-10-04 00:00", inParis(notice), "the end of 3 October")
	fromDate, err := DueFromDate(dateOf(t, "2026-05-22"), length(t, "2 h"), nil, c, nil)
	require.NoError(t, err)
	assert.Equal(t, "2026-05-22 10:00", inParis(fromDate))
}

func TestDueErrors(t *testing.T) {
	c := support(t)
	var missing *MissingDateError
	_, err := Due(paris(t, "2026-01-31 10:00"), length(t, "1 month"), c.Zone(), c, c)
	require.ErrorAs(t, err, &missing)
	assert.Equal(t, "2026-01-31", missing.From.String())
	var unit *UnitError
	_, err = Due(paris(t, "2026-01-31 10:00"), length(t, "1 business day"), c.Zone(), c, nil)
	require.ErrorAs(t, err, &unit)
	_, err = dateOf(t, "2026-01-31").Add(length(t, "1 h"))
	require.ErrorAs(t, err, &unit)
	end, err := dateOf(t, "2026-01-01").Add(length(t, "36 months"))
	require.NoError(t, err)
	assert.Equal(t, "2029-01-01", end.String(), "a term ends where this date starts")
	var out *RangeError
	_, err = dateOf(t, "9999-12-31").Add(length(t, "1 day"))
	require.ErrorAs(t, err, &out)
	_, err = Due(MaxInstant, length(t, "1 h"), nil, nil, nil)
	require.ErrorAs(t, err, &out)
	_, err = Due(MaxInstant, length(t, "1 day"), nil, nil, nil)
	require.ErrorAs(t, err, &out)
}
