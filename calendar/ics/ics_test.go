package ics_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/ics"
	"github.com/sla-lang/sla/calendar/zones"
)

func dateOf(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

// read reads events, each given as its properties.
func read(t *testing.T, events ...string) *ics.Feed {
	t.Helper()
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n")
	for i, e := range events {
		b.WriteString("BEGIN:VEVENT\r\nUID:" + string(rune('a'+i)) + "\r\nDTSTAMP:20260101T000000Z\r\n")
		b.WriteString(strings.ReplaceAll(e, "\n", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	paris, err := zones.Load("Europe/Paris")
	require.NoError(t, err)
	feed, err := ics.Read(strings.NewReader(b.String()), ics.Options{
		From: dateOf(t, "2026-01-01"), To: dateOf(t, "2027-12-31"), Zone: paris, Zones: zones.Load,
	})
	require.NoError(t, err)
	return feed
}

func days(f *ics.Feed) []string {
	var out []string
	for _, d := range f.Days {
		out = append(out, d.Date.String()+" "+d.Title)
	}
	return out
}

func spans(f *ics.Feed) []string {
	var out []string
	for _, s := range f.Spans {
		out = append(out, s.Start.String()+" "+s.Length().String())
	}
	return out
}

func TestWholeDaysAreLocalDates(t *testing.T) {
	f := read(t,
		"DTSTART;VALUE=DATE:20260525\nSUMMARY:Lundi de Pentecôte",
		"DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Closed",
		"DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260101\nSUMMARY:Same end",
		"DTSTART;VALUE=DATE:20260601\nDURATION:P2D\nSUMMARY:Two days",
	)
	assert.Equal(t, []string{
		"2026-01-01 Same end", "2026-05-25 Lundi de Pentecôte", "2026-06-01 Two days", "2026-06-02 Two days",
		"2026-12-24 Closed", "2026-12-25 Closed", "2026-12-26 Closed",
	}, days(f))
	assert.Empty(t, f.Refused)
}

func TestRecurrence(t *testing.T) {
	f := read(t,
		"DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nSUMMARY:May",
		"DTSTART;VALUE=DATE:20251101\nRRULE:FREQ=YEARLY;UNTIL=20261101\nEXDATE;VALUE=DATE:20251101\nSUMMARY:November",
		"DTSTART;VALUE=DATE:20200907\nRRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTH=9\nSUMMARY:Labor Day",
		"DTSTART;VALUE=DATE:20260303\nRDATE;VALUE=DATE:20260310,20260312\nSUMMARY:More",
	)
	assert.Equal(t, []string{
		"2026-03-03 More", "2026-03-10 More", "2026-03-12 More", "2026-05-01 May", "2026-09-07 Labor Day",
		"2026-11-01 November", "2027-05-01 May", "2027-09-06 Labor Day",
	}, days(f))
}

func TestTimesInTheirZones(t *testing.T) {
	f := read(t,
		"DTSTART:20260110T010000Z\nDTEND:20260110T030000Z\nSUMMARY:UTC",
		"DTSTART;TZID=America/New_York:20260110T010000\nDURATION:PT30M\nSUMMARY:New York",
		"DTSTART:20260110T120000\nDTEND:20260110T130000\nSUMMARY:floating",
		// Every Sunday at 02:30 in Paris: on 29 March the first instant after.
		"DTSTART;TZID=Europe/Paris:20260322T023000\nDTEND;TZID=Europe/Paris:20260322T033000\nRRULE:FREQ=WEEKLY;UNTIL=20260405T003000Z\nEXDATE:20260405T003000Z\nSUMMARY:weekly",
	)
	assert.Equal(t, []string{
		"2026-01-10T01:00:00Z 2h0m0s", "2026-01-10T06:00:00Z 30m0s", "2026-01-10T11:00:00Z 1h0m0s",
		"2026-03-22T01:30:00Z 1h0m0s", "2026-03-29T01:00:00Z 1h0m0s",
	}, spans(f))
	assert.Equal(t, 5*time.Hour+30*time.Minute, f.Times().Measure())
}

func TestRefusals(t *testing.T) {
	f := read(t,
		"SUMMARY:no start",
		"DTSTART;VALUE=DATE:20260231\nSUMMARY:no date",
		"DTSTART;TZID=Mars/Olympus:20260110T010000\nSUMMARY:no zone",
		"DTSTART;TZID=Europe/Paris:20260329T023000\nSUMMARY:skipped",
		"DTSTART:20260110T030000Z\nDTEND:20260110T010000Z\nSUMMARY:backwards",
		"DTSTART;VALUE=DATE:20260110\nDTEND;VALUE=DATE:20260101\nSUMMARY:backwards",
		"DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SECONDLY\nSUMMARY:rule",
		"DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=NEVER\nSUMMARY:rule",
		"DTSTART:2026011\nSUMMARY:time",
		"DTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED\nSUMMARY:cancelled",
		"DTSTART;VALUE=DATE:20260102\nSUMMARY:good",
	)
	var reasons []ics.Reason
	for _, r := range f.Refused {
		reasons = append(reasons, r.Reason)
	}
	assert.Equal(t, []ics.Reason{
		ics.NoStart, ics.BadTime, ics.UnknownZone, ics.SkippedTime, ics.Backwards, ics.Backwards, ics.BadRule, ics.BadRule, ics.BadTime,
	}, reasons)
	assert.Equal(t, []string{"2026-01-02 good"}, days(f), "one bad event does not stop the others")
}

func TestNotACalendar(t *testing.T) {
	for _, text := range []string{"", "hello", "BEGIN:VCALENDAR\r\n"} {
		_, err := ics.Read(strings.NewReader(text), ics.Options{})
		assert.Error(t, err, text)
	}
}

// What is written is read back as the same hours and holidays.
func TestRoundTrip(t *testing.T) {
	set, err := holidays.Load("FR")
	require.NoError(t, err)
	from, to := dateOf(t, "2026-01-01"), dateOf(t, "2026-12-31")
	c, err := calendar.Compile(calendar.Definition{
		Name: "support-hours", Zone: "Europe/Paris",
		Open:   []calendar.Opening{{Days: 62, Hours: []calendar.Hours{{From: calendar.TimeOfDay(8 * time.Hour), To: calendar.TimeOfDay(19 * time.Hour)}}}},
		Closed: []calendar.Closing{{Holidays: []string{"FR"}}},
	}, nil, calendar.Environment{Zone: zones.Load, Holidays: holidays.Load})
	require.NoError(t, err)
	export := ics.Export{Calendar: c, From: from, To: to, Holidays: []*calendar.HolidaySet{set}, Stamp: 0}
	var file bytes.Buffer
	require.NoError(t, ics.Write(&file, export))
	again := bytes.Buffer{}
	require.NoError(t, ics.Write(&again, export))
	assert.Equal(t, file.String(), again.String(), "the same bytes")

	feed, err := ics.Read(&file, ics.Options{From: from, To: to})
	require.NoError(t, err)
	assert.Empty(t, feed.Refused)
	v := calendar.Interval{Start: c.Zone().StartOf(from), End: c.Zone().StartOf(to.AddDays(1))}
	assert.True(t, c.Open(v).Equal(feed.Times()))
	want, err := set.Between(from, to)
	require.NoError(t, err)
	assert.Equal(t, want, feed.Holidays("FR", "x").Days)

	export.To = dateOf(t, "2041-01-01")
	var coverage *calendar.CoverageError
	assert.ErrorAs(t, ics.Write(&file, export), &coverage)
	var empty bytes.Buffer
	require.NoError(t, ics.Write(&empty, ics.Export{From: from, To: to}))
	assert.Contains(t, empty.String(), "END:VCALENDAR")
}

func FuzzRead(f *testing.F) {
	f.Add("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	f.Add("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Europe/Paris:20260101T010000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	from, to := dateOf(f, "2026-01-01"), dateOf(f, "2027-01-01")
	f.Fuzz(func(t *testing.T, text string) {
		feed, err := ics.Read(strings.NewReader(text), ics.Options{From: from, To: to, Zones: zones.Load, Limit: 1000})
		if err == nil {
			feed.Times()
			feed.Holidays("x", "y")
		}
	})
}
