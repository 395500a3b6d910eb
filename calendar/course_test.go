package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
)

// raised is a ticket received at 09:00 on Tuesday 10 March 2026 with a target
// of 3 h on the wall clock from 11:00 on.
func raised(t *testing.T, rule ChangeRule, first, second Terms, pauses ...Pause) *Course {
	t.Helper()
	second.Since = paris(t, "2026-03-10 11:00")
	c, err := NewCourse(rule, paris(t, "2026-03-10 09:00"), []Terms{first, second}, pauses...)
	require.NoError(t, err)
	return c
}

func due(t *testing.T, c *Course) string {
	t.Helper()
	at, known, err := c.Due()
	require.NoError(t, err)
	if !known {
		return "unknown"
	}
	return inParis(at)
}

func TestChangeOfPriority(t *testing.T) {
	hours := support(t)
	p3 := Terms{Calendar: hours, Target: length(t, "3 business days"), Business: hours}
	p1 := Terms{Calendar: always(t, "Europe/Paris"), Target: length(t, "3 h")}
	wait := Pause{Times: NewSet(during(t, "2026-03-10 09:30", "2026-03-10 10:30"))}
	assert.Equal(t, "2026-03-10 13:00", due(t, raised(t, FromReceipt, p3, p1, wait)), "3 h from 09:00, 1 h paused")
	assert.Equal(t, "2026-03-10 13:00", due(t, raised(t, FromChange, p3, p1, wait)), "1 h before the change, 2 h after")
	assert.Equal(t, "2026-03-10 13:00", due(t, raised(t, Strictest, p3, p1, wait)))
	assert.Equal(t, "2026-03-16 09:00", due(t, raised(t, First, p3, p1, wait)), "33 h and the hour paused")
	// Lowered from P1 to P3 the strictest stays.
	assert.Equal(t, "2026-03-10 13:00", due(t, raised(t, Strictest, p1, p3, wait)))
	assert.Equal(t, "2026-03-16 09:00", due(t, raised(t, FromReceipt, p1, p3, wait)))

	c := raised(t, FromReceipt, p3, p1, wait)
	took, err := c.Elapsed(paris(t, "2026-03-10 12:45"))
	require.NoError(t, err)
	assert.Equal(t, "2h45m0s", took.String())
	left, err := c.Remaining(paris(t, "2026-03-10 12:45"))
	require.NoError(t, err)
	assert.Equal(t, "15m0s", left.String())
}

// A change never makes a clock late earlier than the change itself.
func TestChangeIsNeverLateBeforeItself(t *testing.T) {
	slow, fast := Terms{Target: length(t, "8 h")}, Terms{Target: length(t, "1 h")}
	assert.Equal(t, "2026-03-10 11:00", due(t, raised(t, FromReceipt, slow, fast)), "1 h was over at 10:00")
	assert.Equal(t, "2026-03-10 11:00", due(t, raised(t, FromChange, slow, fast)))
	assert.Equal(t, "2026-03-10 11:00", due(t, raised(t, Strictest, slow, fast)))
	assert.Equal(t, "2026-03-10 17:00", due(t, raised(t, First, slow, fast)))
	// Late before the change stays late after it.
	for _, rule := range []ChangeRule{FromReceipt, FromChange, Strictest, First} {
		assert.Equal(t, "2026-03-10 10:00", due(t, raised(t, rule, fast, slow)), rule)
	}
}

// Piecewise: each calendar counts while it is in force.
func TestChangeOfCalendarPiecewise(t *testing.T) {
	day := compiled(t, Definition{Name: "day", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Mon-Fri", "08:00-12:00")}})
	first, second := Terms{Calendar: day, Target: length(t, "10 h")}, Terms{Target: length(t, "10 h")}
	c := raised(t, FromChange, first, second)
	assert.Equal(t, "2026-03-10 19:00", due(t, c), "2 h by day, 8 h on the wall")
	second.Calendar, first.Calendar = day, nil
	c = raised(t, FromChange, first, second)
	assert.Equal(t, "2026-03-12 11:00", due(t, c), "2 h on the wall, 1 h on Tuesday, 4 h on Wednesday, 3 h on Thursday")
	elapsed, err := c.Elapsed(paris(t, "2026-03-10 15:00"))
	require.NoError(t, err)
	assert.Equal(t, 3*hour, elapsed)
}

func TestChangeDuringAnOpenPause(t *testing.T) {
	since := paris(t, "2026-03-10 10:00")
	slow, fast := Terms{Target: length(t, "8 h")}, Terms{Target: length(t, "3 h")}
	for _, rule := range []ChangeRule{FromReceipt, FromChange, Strictest, First} {
		assert.Equal(t, "unknown", due(t, raised(t, rule, slow, fast, Pause{Since: &since})), rule)
	}
	c := raised(t, Strictest, slow, fast, Pause{Since: &since})
	k, target, err := c.Clock(paris(t, "2026-03-10 12:00"))
	require.NoError(t, err)
	assert.Equal(t, 3*hour, target.Time, "of two not known, the one with less left")
	assert.Equal(t, paris(t, "2026-03-10 09:00"), k.Start())
}

func TestCourseErrors(t *testing.T) {
	_, err := NewCourse("sometimes", 0, []Terms{{}})
	assert.Error(t, err)
	_, err = NewCourse(First, 0, nil)
	assert.Error(t, err)
	_, err = NewCourse(First, paris(t, "2026-01-31 10:00"), []Terms{{Target: length(t, "1 month")}})
	var missing *MissingDateError
	assert.ErrorAs(t, err, &missing)
	_, err = NewCourse(First, 0, []Terms{{Target: length(t, "1 business day")}})
	var unit *UnitError
	assert.ErrorAs(t, err, &unit)
}

// With terms that do not differ, no rule changes anything.
func TestChangeToTheSameTerms(t *testing.T) {
	cal := support(t)
	rapid.Check(t, func(t *rapid.T) {
		start := paris(t, "2026-05-18 00:00").Add(time.Duration(rapid.IntRange(0, 30000).Draw(t, "start")) * time.Minute)
		terms := []Terms{{Calendar: cal, Target: ExactLength(time.Duration(rapid.IntRange(0, 6000).Draw(t, "target")) * time.Minute)}}
		k, err := NewClock(cal, start)
		require.NoError(t, err)
		want, _, err := k.Due(ExactTarget(terms[0].Target.Duration()))
		require.NoError(t, err)
		same := terms[0]
		same.Since = start.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "change")) * time.Minute)
		rule := rapid.SampledFrom([]ChangeRule{FromReceipt, FromChange, Strictest, First}).Draw(t, "rule")
		c, err := NewCourse(rule, start, append(terms, same))
		require.NoError(t, err)
		got, known, err := c.Due()
		require.NoError(t, err)
		assert.True(t, known)
		if late, err := k.Late(ExactTarget(terms[0].Target.Duration()), same.Since); rule != First && rule != Strictest && err == nil && !late {
			want = max(want, same.Since)
		}
		assert.Equal(t, want.String(), got.String())
	})
}

// A limit on a pause that is used up is no matter of doubt any more: from then
// on the terms decide that really fall due first.
func TestStrictestOfASpentPause(t *testing.T) {
	since, most := paris(t, "2026-03-13 17:00"), hour/2 // a Friday
	wall := Terms{Target: length(t, "10 h")}
	desk := Terms{Since: since, Calendar: support(t), Target: length(t, "4 h")}
	c, err := NewCourse(Strictest, paris(t, "2026-03-13 16:00"), []Terms{wall, desk}, Pause{Since: &since, AtMost: &most})
	require.NoError(t, err)
	for at, want := range map[string]int{"2026-03-13 17:10": 1, "2026-03-13 20:00": 0} {
		i, err := c.InForce(paris(t, at))
		require.NoError(t, err)
		assert.Equal(t, want, i, at)
	}
	due, known, err := c.DueAsOf(paris(t, "2026-03-13 20:00"))
	require.NoError(t, err)
	assert.True(t, known)
	assert.Equal(t, "2026-03-14 02:30", inParis(due), "10 h and the half hour; by the desk it were Monday 09:30")
	k, target, err := c.Clock(paris(t, "2026-03-13 20:00"))
	require.NoError(t, err)
	same, _, err := k.DueAsOf(target, paris(t, "2026-03-13 20:00"))
	require.NoError(t, err)
	assert.Equal(t, due, same)
}

// Of several limits the strictest is the one exceeded first: one that is reached
// just when its hours close is exceeded when they open again, and changes nothing
// of what was late in between.
func TestStrictestIsExceededFirst(t *testing.T) {
	desk := Terms{Calendar: support(t), Target: length(t, "2 h")}                 // reached at 19:00 on Monday
	night := Terms{Since: paris(t, "2026-03-09 17:30"), Target: length(t, "7 h")} // exceeded at midnight
	later := Terms{Since: paris(t, "2026-03-10 12:00"), Target: length(t, "1 h")} // came late
	c, err := NewCourse(Strictest, paris(t, "2026-03-09 17:00"), []Terms{desk, night, later})
	require.NoError(t, err)
	for at, want := range map[string]struct {
		terms int
		due   string
	}{
		"2026-03-09 20:00": {0, "2026-03-09 19:00"}, // none is exceeded: the one due first
		"2026-03-10 00:00": {0, "2026-03-09 19:00"},
		"2026-03-10 00:01": {1, "2026-03-10 00:00"},
		"2026-03-10 08:30": {1, "2026-03-10 00:00"},
		"2026-03-10 13:00": {1, "2026-03-10 00:00"},
	} {
		i, err := c.InForce(paris(t, at))
		require.NoError(t, err)
		due, known, err := c.DueAsOf(paris(t, at))
		require.NoError(t, err)
		assert.True(t, known, at)
		assert.Equal(t, []any{want.terms, want.due}, []any{i, inParis(due)}, at)
	}
}

// An open wait that takes no time that counts leaves the due date known: it began
// when the hours were over, and the date ends before they begin.
func TestDueOfAWaitOutsideTheHours(t *testing.T) {
	hours := support(t)
	since := paris(t, "2026-03-07 07:46") // a Saturday
	k, err := NewClock(hours, paris(t, "2026-03-06 08:26"), Pause{Since: &since})
	require.NoError(t, err)
	target, err := k.Target(length(t, "2 days"), nil, nil)
	require.NoError(t, err)
	at, known, err := k.DueAsOf(target, paris(t, "2026-03-07 12:00"))
	require.NoError(t, err)
	assert.Equal(t, []any{"2026-03-09 00:00", true}, []any{inParis(at), known})
	_, known, err = k.DueAsOf(ExactTarget(target.Time+1), paris(t, "2026-03-07 12:00"))
	require.NoError(t, err)
	assert.False(t, known, "a moment more counts on Monday, if the wait is over by then")
}
