package calendar_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
)

func TestParseDateIsStrict(t *testing.T) {
	for _, s := range []string{"2026-02-29", "2026-02-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "2100-02-29"} {
		_, err := ParseDate(s)
		var out *RangeError
		assert.True(t, errors.As(err, &out), s)
	}
	for _, s := range []string{"", "2026-2-3", "26-02-03", "2026/02/03", "2026-02-03 ", "2026-02-0x", "+026-02-03", "２026-02-0"} {
		_, err := ParseDate(s)
		var bad *SyntaxError
		assert.True(t, errors.As(err, &bad), s)
	}
	for _, s := range []string{"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		d, err := ParseDate(s)
		require.NoError(t, err)
		assert.Equal(t, s, d.String())
	}
}

// The civil calendar agrees with package time everywhere.
func TestDatesAgreeWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "second"), 0).UTC()
		d, err := NewDate(at.Year(), at.Month(), at.Day())
		require.NoError(t, err)
		assert.Equal(t, at.Weekday(), d.Weekday())
		assert.Equal(t, at.Format("2006-01-02"), d.String())
		n := rapid.IntRange(-40000, 40000).Draw(t, "days")
		moved := at.AddDate(0, 0, n)
		if moved.Year() >= 1 && moved.Year() <= 9999 {
			assert.Equal(t, moved.Format("2006-01-02"), d.AddDays(n).String())
			assert.Equal(t, n, d.AddDays(n).DaysSince(d))
			assert.Equal(t, at.Compare(moved), d.Compare(d.AddDays(n)))
		}
	})
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from   string
		n      int
		want   string
		exists bool
	}{
		{"2026-01-31", 1, "2026-02-28", false},
		{"2024-01-31", 1, "2024-02-29", false},
		{"2026-01-31", 2, "2026-03-31", true},
		{"2026-01-15", 12, "2027-01-15", true},
		{"2024-02-29", 12, "2025-02-28", false},
		{"2024-02-29", 48, "2028-02-29", true},
		{"2026-03-31", -1, "2026-02-28", false},
		{"2026-01-10", -1, "2025-12-10", true},
		{"2026-01-10", -13, "2024-12-10", true},
	} {
		got, exists := dateOf(t, c.from).AddMonths(c.n)
		assert.Equal(t, c.want, got.String(), "%s %d", c.from, c.n)
		assert.Equal(t, c.exists, exists, "%s %d", c.from, c.n)
	}
}

func TestParseTimeOfDay(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"00:00": 0, "08:00": 8 * time.Hour, "08:00:30": 8*time.Hour + 30*time.Second, "24:00": 24 * time.Hour,
		"23:59:59.5": 24*time.Hour - time.Second/2, "00:00:00.000000001": 1,
	} {
		got, err := ParseTimeOfDay(s)
		require.NoError(t, err, s)
		assert.Equal(t, TimeOfDay(want), got, s)
		assert.Equal(t, s, got.String())
	}
	long, err := ParseTimeOfDay("08:00:00.500")
	require.NoError(t, err)
	assert.Equal(t, "08:00:00.5", long.String())
	for _, s := range []string{"25:00", "24:01", "08:60", "08:00:60", "24:00:01", "8:00", "08:0", "0800", "08:00:", "08:00.5", "08:00:00.", "08:00:00.1234567890", "-8:00", "08:00 ", ""} {
		_, err := ParseTimeOfDay(s)
		assert.Error(t, err, s)
	}
}

func TestParseWeekdays(t *testing.T) {
	for s, want := range map[string]string{
		"Mon-Fri": "Mon-Fri", "Mon,Wed,Sat-Sun": "Mon,Wed,Sat-Sun", "Sat-Mon": "Mon,Sat-Sun", "every day": "Mon-Sun",
		"Sun": "Sun", "Monday-Friday": "Mon-Fri", "Sat, Sun": "Sat-Sun", "Mon-Mon": "Mon", "Fri-Thu": "Mon-Sun",
	} {
		w, err := ParseWeekdays(s)
		require.NoError(t, err, s)
		assert.Equal(t, want, w.String(), s)
	}
	for _, s := range []string{"", "mon", "Mo", "Mon-", "-Mon", "Mon,,Tue", "Lundi", "Mon-Tue-Wed", "Mon;Tue"} {
		_, err := ParseWeekdays(s)
		assert.Error(t, err, s)
	}
	assert.Equal(t, WeekdaysOf(time.Saturday, time.Sunday), mustWeekdays(t, "Sat-Sun"))
}

func mustWeekdays(t require.TestingT, s string) Weekdays {
	w, err := ParseWeekdays(s)
	require.NoError(t, err)
	return w
}

func length(t require.TestingT, s string) Length {
	l, err := ParseLength(s)
	require.NoError(t, err, s)
	return l
}

func TestParseLength(t *testing.T) {
	for s, want := range map[string]Length{
		"15 min":                                 ExactLength(15 * time.Minute),
		"2 h 30":                                 ExactLength(150 * time.Minute),
		"2 h 30 min":                             ExactLength(150 * time.Minute),
		"2 h 05":                                 ExactLength(125 * time.Minute),
		"3 h 00":                                 ExactLength(3 * time.Hour),
		"90 s":                                   ExactLength(90 * time.Second),
		"59.7 s":                                 ExactLength(59700 * time.Millisecond),
		"1.5 h":                                  ExactLength(90 * time.Minute),
		"0.1 min":                                ExactLength(6 * time.Second),
		"165 h":                                  ExactLength(165 * time.Hour),
		"1 h 2 min 3.5 s":                        ExactLength(time.Hour + 2*time.Minute + 3500*time.Millisecond),
		"-2 h 30":                                ExactLength(-150 * time.Minute),
		"-7 days":                                NewLength(-7, Days),
		"-1 business day":                        NewLength(-1, BusinessDays),
		"0 min":                                  {},
		"7 days":                                 NewLength(7, Days),
		"1 day":                                  NewLength(1, Days),
		"2 weeks":                                NewLength(2, Weeks),
		"36 months":                              NewLength(36, Months),
		"1 year":                                 NewLength(1, Years),
		"3 business days":                        NewLength(3, BusinessDays),
		"1 business day":                         NewLength(1, BusinessDays),
		"1 month or the last day of the month":   NewLength(1, Months).OrLastDay(),
		"1 year or the last day of the month":    NewLength(1, Years).OrLastDay(),
		"the 5th business day of the month":      NewLength(5, MonthBusinessDay),
		"the 1st business day of the month":      NewLength(1, MonthBusinessDay),
		"the 12th business day of the month":     NewLength(12, MonthBusinessDay),
		"the 23rd business day of the month":     NewLength(23, MonthBusinessDay),
		"the last business day of the month":     NewLength(-1, MonthBusinessDay),
		"the 2nd last business day of the month": NewLength(-2, MonthBusinessDay),
		"0.000000001 s":                          ExactLength(1),
		"2562047 h":                              ExactLength(2562047 * time.Hour),
	} {
		got, err := ParseLength(s)
		require.NoError(t, err, s)
		assert.Equal(t, want, got, s)
		again, err := ParseLength(got.String())
		require.NoError(t, err, s)
		assert.Equal(t, got, again, s)
	}
	for _, s := range []string{
		"", "15", "min", "15min", "15  min", " 15 min", "2 h 60", "2 h 90 min", "30 min 2 h", "1.5 days", "3 business", "3 businessdays", "- 7 days",
		"15 min or the last day of the month", "7 days or the last day of the month", "2 h 30 min 10", "1 h 1 h", "1e3 s", "1. s", ".5 s",
		"9999999 h", "99999999999999999999 s", "0.0000000001 s", "2562048 h", "1,5 h", "--1 h", "1 fortnight",
		"5th business day of the month", "the 5 business day of the month", "the 2th business day of the month", "the 32nd business day of the month",
		"the business day of the month", "the last last business day of the month", "-the 5th business day of the month",
		"the 5th business day of the month or the last day of the month", "the 0th business day of the month",
	} {
		_, err := ParseLength(s)
		assert.Error(t, err, s)
	}
}

func TestLengthText(t *testing.T) {
	for want, l := range map[string]Length{
		"15 min": ExactLength(15 * time.Minute), "2 h 30": ExactLength(150 * time.Minute), "2 h 05": ExactLength(125 * time.Minute),
		"165 h": ExactLength(165 * time.Hour), "59.7 s": ExactLength(59700 * time.Millisecond), "0 min": {}, "-1 h": ExactLength(-time.Hour),
		"90 s": ExactLength(90 * time.Second), "2 h 0 min 1 s": ExactLength(2*time.Hour + time.Second), "1 week": NewLength(1, Weeks), "0 days": NewLength(0, Days),
	} {
		assert.Equal(t, want, l.String())
	}
	assert.Equal(t, Exact, Length{}.Unit())
	assert.True(t, Length{}.IsZero())
	assert.Equal(t, time.Duration(0), NewLength(7, Days).Duration(), "7 days is no exact time")
	assert.Equal(t, 7, NewLength(7, Days).Count())
}

func TestExactLengthsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "d"))
		d -= d % rapid.SampledFrom([]time.Duration{1, time.Millisecond, time.Second, time.Minute, time.Hour}).Draw(t, "grain")
		l := ExactLength(d)
		got, err := ParseLength(l.String())
		require.NoError(t, err, l)
		assert.Equal(t, l, got)
	})
}

func TestMonthsAndDays(t *testing.T) {
	m, err := ParseMonth("2026-12")
	require.NoError(t, err)
	assert.Equal(t, "2027-01", m.Next().String())
	assert.Equal(t, "2025-11", m.Add(-13).String())
	assert.Equal(t, "2026-12-01", m.First().String())
	assert.Equal(t, "2026-12-31", m.Last().String())
	for _, s := range []string{"2026-13", "2026-00", "2026-1", "202612", "0000-01", "2026-1x"} {
		_, err := ParseMonth(s)
		assert.Error(t, err, s)
	}
	leap, err := ParseMonthDay("02-29")
	require.NoError(t, err)
	_, ok := leap.In(2026)
	assert.False(t, ok)
	d, ok := leap.In(2028)
	assert.True(t, ok)
	assert.Equal(t, "2028-02-29", d.String())
	for _, s := range []string{"02-30", "13-01", "00-01", "1-1", "12-32", "12/25"} {
		_, err := ParseMonthDay(s)
		assert.Error(t, err, s)
	}
}

func TestInstants(t *testing.T) {
	assert.Equal(t, "1678-01-01T00:00:00Z", MinInstant.String())
	assert.Equal(t, "2262-01-01T00:00:00Z", MaxInstant.String())
	for _, s := range []string{"1677-12-31T23:59:59Z", "2262-01-01T00:00:01Z", "2262-01-01T00:00:00.000000001Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"} {
		_, err := ParseInstant(s)
		var out *RangeError
		assert.True(t, errors.As(err, &out), s)
	}
	for _, s := range []string{"", "2026-01-01", "2026-01-01 00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00"} {
		_, err := ParseInstant(s)
		assert.Error(t, err, s)
	}
	i := instant(t, "2026-05-22T18:30:00+02:00")
	assert.Equal(t, "2026-05-22T16:30:00Z", i.String())
	assert.Equal(t, Instant(math.MaxInt64), MaxInstant.Add(math.MaxInt64))
	assert.Equal(t, Instant(math.MinInt64), MinInstant.Add(math.MinInt64))
	assert.Equal(t, time.Duration(math.MaxInt64), MaxInstant.Sub(MinInstant))
	assert.Equal(t, time.Duration(math.MinInt64), MinInstant.Sub(MaxInstant))
}

// Everything that has text keeps its value through JSON.
func TestTextRoundTrips(t *testing.T) {
	type all struct {
		I Instant
		D Date
		M Month
		Y MonthDay
		T TimeOfDay
		W Weekdays
		L Length
		P *Date `json:",omitempty"`
	}
	d := dateOf(t, "2026-03-29")
	in := all{instant(t, "2026-01-01T00:00:00.5Z"), d, Month{2026, 3}, MonthDay{12, 25}, timeOfDay(t, "24:00"), EveryDay, length(t, "3 business days"), &d}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	assert.JSONEq(t, `{"I":"2026-01-01T00:00:00.5Z","D":"2026-03-29","M":"2026-03","Y":"12-25","T":"24:00","W":"Mon-Sun","L":"3 business days","P":"2026-03-29"}`, string(text))
	var out all
	require.NoError(t, json.Unmarshal(text, &out))
	assert.Equal(t, in, out)
	for _, bad := range []string{`{"I":"x"}`, `{"D":"x"}`, `{"M":"x"}`, `{"Y":"x"}`, `{"T":"x"}`, `{"W":"x"}`, `{"L":"x"}`} {
		assert.Error(t, json.Unmarshal([]byte(bad), &out), bad)
	}
	require.NoError(t, json.Unmarshal([]byte(`{"W":""}`), &out))
	assert.Zero(t, out.W)
}

// A definition keeps its meaning through JSON.
func TestDefinitionRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawDefinition(t, "a", dateOf(t, "2026-03-20"), []string{"b"})
		text, err := json.Marshal(in)
		require.NoError(t, err)
		var out Definition
		require.NoError(t, json.Unmarshal(text, &out))
		again, err := json.Marshal(out)
		require.NoError(t, err)
		assert.Equal(t, string(text), string(again))
	})
}
