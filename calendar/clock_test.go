package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
)

// A clock over a walk counts the minutes that are open and not paused, with
// limits on pauses spent in order of time.
func TestClockWalked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWalk(t)
		start := rapid.IntRange(0, len(w.open)/2).Draw(t, "start")
		pauses, held := w.drawPauses(t, start)
		k, err := NewClock(w.cal, w.at(start), pauses...)
		require.NoError(t, err)
		elapsed, paused := make([]int, len(w.open)+1), 0
		for i := start; i < len(w.open); i++ {
			elapsed[i+1] = elapsed[i]
			switch {
			case w.open[i] && held[i]:
				paused++
			case w.open[i]:
				elapsed[i+1]++
			}
			if w.open[i] {
				assert.Equal(t, held[i], k.PausedAt(w.at(i)), "paused at %s", w.at(i))
			}
		}
		for range 10 {
			i := rapid.IntRange(start, len(w.open)).Draw(t, "at")
			got, err := k.Elapsed(w.at(i))
			require.NoError(t, err)
			assert.Equal(t, time.Duration(elapsed[i])*time.Minute, got, "at %s", w.at(i))
			w.checkDue(t, k, start, elapsed, elapsed[i])
		}
		got, err := k.Paused(w.at(len(w.open)))
		require.NoError(t, err)
		assert.Equal(t, time.Duration(paused)*time.Minute, got)
		checkHistory(t, k, w.at(len(w.open)), elapsed[len(w.open)], paused)
	})
}

// drawPauses draws pauses that have ended, some with a limit, and walks them.
func (w *walk) drawPauses(t *rapid.T, start int) ([]Pause, []bool) {
	held := make([]bool, len(w.open))
	var pauses []Pause
	for range rapid.IntRange(0, 2).Draw(t, "pauses") {
		applies := make([]bool, len(w.open))
		var b Builder
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			from := rapid.IntRange(0, len(w.open)-1).Draw(t, "pause from")
			to := min(len(w.open), from+rapid.IntRange(0, 2000).Draw(t, "pause length"))
			b.Add(Interval{Start: w.at(from), End: w.at(to)})
			for i := from; i < to; i++ {
				applies[i] = true
			}
		}
		p := Pause{Times: b.Set()}
		switch rapid.IntRange(0, 2).Draw(t, "limited") {
		case 1:
			p.AtMost = ptr(time.Duration(rapid.IntRange(0, 900).Draw(t, "limit")) * time.Minute)
			p.EachTime = rapid.Bool().Draw(t, "each time")
		case 2:
			p.Limit = &PauseLimit{Length: NewLength(rapid.IntRange(1, 3).Draw(t, "days"), Days), Zone: w.cal.Zone()}
			p.EachTime = rapid.Bool().Draw(t, "each time")
		}
		w.spend(p, applies, held, start)
		pauses = append(pauses, p)
	}
	return pauses, held
}

// spend marks the minutes that a pause holds.
func (w *walk) spend(p Pause, applies, held []bool, start int) {
	left, begun := 1<<40, false
	for i := start; i < len(w.open); i++ {
		if begins := applies[i] && (!begun || p.EachTime && !applies[i-1]); begins {
			begun = true
			switch {
			case p.AtMost != nil:
				left = int(*p.AtMost / time.Minute)
			case p.Limit != nil: // the open minutes up to the end of the last date
				last := w.cal.Zone().DateAt(w.at(i)).AddDays(p.Limit.Length.Count())
				left = 0
				for m := i; m < len(w.open) && !w.cal.Zone().DateAt(w.at(m)).After(last); m++ {
					if w.open[m] {
						left++
					}
				}
			}
		}
		if !applies[i] || left == 0 {
			continue
		}
		held[i] = true
		if w.open[i] {
			left--
		}
	}
}

// checkDue compares with the first minute after which n minutes are counted.
func (w *walk) checkDue(t *rapid.T, k *Clock, start int, elapsed []int, n int) {
	want := start
	for elapsed[want] < n {
		want++
	}
	due, known, err := k.Due(ExactTarget(time.Duration(n) * time.Minute))
	require.NoError(t, err)
	assert.True(t, known)
	assert.Equal(t, w.at(want).String(), due.String(), "due after %d min", n)
}

func checkHistory(t *rapid.T, k *Clock, end Instant, elapsed, paused int) {
	at := k.Start()
	var ran, stood, shown time.Duration
	for s := range k.History(end) {
		require.Equal(t, at, s.Start, "spans meet")
		require.False(t, s.IsEmpty())
		at = s.End
		switch s.State {
		case SpanRuns, SpanSpent:
			ran += s.Length()
		case SpanPaused:
			stood += s.Length()
		}
		shown = s.Elapsed
		require.Equal(t, ran, shown)
	}
	assert.Equal(t, end, at)
	assert.Equal(t, time.Duration(elapsed)*time.Minute, shown)
	assert.Equal(t, time.Duration(paused)*time.Minute, stood)
}

// Pauses are a set: their order, and how they are split, never matters.
func TestPausesCommute(t *testing.T) {
	c := support(t)
	rapid.Check(t, func(t *rapid.T) {
		var parts []Interval
		for range rapid.IntRange(1, 6).Draw(t, "n") {
			from := paris(t, "2026-05-20 06:00").Add(time.Duration(rapid.IntRange(0, 20000).Draw(t, "from")) * time.Minute)
			parts = append(parts, Interval{Start: from, End: from.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "for")) * time.Minute)})
		}
		start, end := paris(t, "2026-05-21 10:00"), paris(t, "2026-06-12 10:00")
		whole, err := NewClock(c, start, Pause{Times: NewSet(parts...)})
		require.NoError(t, err)
		var split []Pause
		for _, p := range rapid.Permutation(parts).Draw(t, "order") {
			split = append(split, Pause{Times: NewSet(p)})
		}
		apart, err := NewClock(c, start, split...)
		require.NoError(t, err)
		a, err := whole.Elapsed(end)
		require.NoError(t, err)
		b, err := apart.Elapsed(end)
		require.NoError(t, err)
		assert.Equal(t, a, b)
		assert.Equal(t, c.Open(Interval{Start: start, End: end}).Minus(NewSet(parts...)).Measure(), a)
	})
}

func TestPauseOutsideHoursTakesNothing(t *testing.T) {
	k, err := NewClock(support(t), paris(t, "2026-06-15 15:00"), Pause{Times: NewSet(during(t, "2026-06-15 17:30", "2026-06-16 10:00"))})
	require.NoError(t, err)
	took, err := k.Elapsed(paris(t, "2026-06-16 11:00"))
	require.NoError(t, err)
	assert.Equal(t, "3h30m0s", took.String())
}

func TestLongPause(t *testing.T) {
	k, err := NewClock(support(t), paris(t, "2026-06-19 15:00"), Pause{Times: NewSet(during(t, "2026-06-19 17:00", "2026-06-23 09:00"))})
	require.NoError(t, err)
	paused, err := k.Paused(paris(t, "2026-06-23 10:45"))
	require.NoError(t, err)
	assert.Equal(t, 14*hour, paused)
	took, err := k.Elapsed(paris(t, "2026-06-23 10:45"))
	require.NoError(t, err)
	assert.Equal(t, "3h45m0s", took.String())

	round, err := NewClock(always(t, "Europe/Paris"), paris(t, "2026-06-15 16:00"), Pause{Times: NewSet(during(t, "2026-06-15 17:00", "2026-06-16 18:30"))})
	require.NoError(t, err)
	paused, err = round.Paused(paris(t, "2026-06-17 01:00"))
	require.NoError(t, err)
	assert.Equal(t, "25h30m0s", paused.String())
}

func TestOpenPauseLeavesDueUnknown(t *testing.T) {
	since := paris(t, "2026-03-10 10:00")
	k, err := NewClock(always(t, "Europe/Paris"), paris(t, "2026-03-10 09:05"), Pause{Since: &since})
	require.NoError(t, err)
	target := ExactTarget(3 * hour)
	_, known, err := k.Due(target)
	require.NoError(t, err)
	assert.False(t, known)
	left, err := k.Remaining(target, paris(t, "2026-03-10 10:30"))
	require.NoError(t, err)
	assert.Equal(t, "2h5m0s", left.String())
	elapsed, of, err := k.Percent(target, paris(t, "2026-03-10 10:30"))
	require.NoError(t, err)
	assert.Equal(t, []time.Duration{55 * time.Minute, 3 * hour}, []time.Duration{elapsed, of})

	early, known, err := k.Due(ExactTarget(55 * time.Minute))
	require.NoError(t, err)
	assert.True(t, known, "reached when the pause begins")
	assert.Equal(t, since, early)

	resumed, err := k.ResumedAt(paris(t, "2026-03-10 11:00"))
	require.NoError(t, err)
	due, known, err := resumed.Due(target)
	require.NoError(t, err)
	assert.True(t, known)
	assert.Equal(t, "2026-03-10 13:05", inParis(due))
	more, err := resumed.WithPause(Pause{Times: NewSet(during(t, "2026-03-10 12:00", "2026-03-10 12:30"))})
	require.NoError(t, err)
	due, _, err = more.Due(target)
	require.NoError(t, err)
	assert.Equal(t, "2026-03-10 13:35", inParis(due))
}

func TestLimitOnAnOpenPause(t *testing.T) {
	since, most := paris(t, "2026-03-10 10:00"), 2*hour
	k, err := NewClock(support(t), paris(t, "2026-03-10 09:00"), Pause{Since: &since, AtMost: &most})
	require.NoError(t, err)
	target := ExactTarget(3 * hour)
	latest, known, err := k.Due(target)
	require.NoError(t, err)
	assert.False(t, known, "it may end before its limit")
	assert.Equal(t, "2026-03-10 14:00", inParis(latest), "and this is the latest possible")
	_, known, err = k.DueAsOf(target, paris(t, "2026-03-10 11:59"))
	require.NoError(t, err)
	assert.False(t, known)
	due, known, err := k.DueAsOf(target, paris(t, "2026-03-10 12:00"))
	require.NoError(t, err)
	assert.True(t, known, "the limit is used up")
	assert.Equal(t, "2026-03-10 14:00", inParis(due))
	states := slices.Collect(func(yield func(SpanState) bool) {
		for s := range k.History(paris(t, "2026-03-10 20:00")) {
			if !yield(s.State) {
				return
			}
		}
	})
	assert.Equal(t, []SpanState{SpanRuns, SpanPaused, SpanSpent, SpanClosed}, states)
}

// A deadline in business days with pauses: 42 h to Thursday's close, 4 h of
// them paused, so Friday noon.
func TestBusinessDayTarget(t *testing.T) {
	c := support(t)
	start := paris(t, "2026-06-01 10:00")
	k, err := NewClock(c, start, Pause{Times: NewSet(during(t, "2026-06-02 10:00", "2026-06-02 14:00"))})
	require.NoError(t, err)
	target, err := k.Target(length(t, "3 business days"), nil, c)
	require.NoError(t, err)
	assert.Equal(t, 42*hour, target.Time)
	assert.Equal(t, "2026-06-04 19:00", inParis(*target.Unpaused))
	due, known, err := k.Due(target)
	require.NoError(t, err)
	assert.True(t, known)
	assert.Equal(t, "2026-06-05 12:00", inParis(due))
}

// A deadline that no pause delays falls due where its rule says, even where
// the calendar is closed.
func TestBusinessDayTargetAtTheEndOfTheDay(t *testing.T) {
	c := compiled(t, Definition{
		Name: "office", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Mon-Fri", "08:00-19:00")},
		BusinessDay: &BusinessDayRule{LateReceipt: KeepsItsDate, Due: AtEndOfDay},
	})
	night := Pause{Times: NewSet(during(t, "2026-06-02 20:00", "2026-06-03 07:00"))}
	k, err := NewClock(c, paris(t, "2026-06-01 10:00"), night)
	require.NoError(t, err)
	target, err := k.Target(length(t, "3 business days"), nil, c)
	require.NoError(t, err)
	due, _, err := k.Due(target)
	require.NoError(t, err)
	assert.Equal(t, "2026-06-05 00:00", inParis(due))
}

func TestWallClock(t *testing.T) {
	k, err := NewClock(nil, paris(t, "2026-03-28 12:00"), Pause{Times: NewSet(during(t, "2026-03-28 13:00", "2026-03-28 15:00"))})
	require.NoError(t, err)
	got, err := k.Elapsed(paris(t, "2026-03-29 12:00"))
	require.NoError(t, err)
	assert.Equal(t, 21*hour, got, "23 h that night, 2 h paused")
	due, known, err := k.Due(ExactTarget(21 * hour))
	require.NoError(t, err)
	assert.True(t, known)
	assert.Equal(t, "2026-03-29 12:00", inParis(due))
	before, err := k.Elapsed(paris(t, "2026-03-01 12:00"))
	require.NoError(t, err)
	assert.Zero(t, before, "nothing before the start")
}

// Within includes the limit.
func TestLateMeansMoreThanTheTarget(t *testing.T) {
	k, err := NewClock(support(t), paris(t, "2026-06-01 10:00"))
	require.NoError(t, err)
	at := paris(t, "2026-06-01 12:00")
	late, err := k.Late(ExactTarget(2*hour), at)
	require.NoError(t, err)
	assert.False(t, late)
	late, err = k.Late(ExactTarget(2*hour), at+1)
	require.NoError(t, err)
	assert.True(t, late)
}

func TestClockBeyondTheHolidayTables(t *testing.T) {
	k, err := NewClock(support(t), paris(t, "2040-12-31 10:00"))
	require.NoError(t, err)
	var coverage *CoverageError
	_, err = k.Elapsed(paris(t, "2041-01-02 10:00"))
	require.ErrorAs(t, err, &coverage)
	assert.Equal(t, "2041-01-01", coverage.Date.String())
	_, _, err = k.Due(ExactTarget(10 * hour))
	require.ErrorAs(t, err, &coverage)
	due, _, err := k.Due(ExactTarget(9 * hour))
	require.NoError(t, err)
	assert.Equal(t, "2040-12-31 19:00", inParis(due))
}

// A limit on pauses in dates needs the calendar up to where it ends.
func TestLimitOnPausesBeyondTheCalendar(t *testing.T) {
	env := embedded()
	env.Holidays = func(string) (*HolidaySet, error) {
		return &HolidaySet{Name: "feasts", From: dateOf(t, "2026-01-01"), To: dateOf(t, "2026-03-31")}, nil
	}
	c, err := Compile(Definition{
		Name: "desk", Zone: "Europe/Paris", Open: []Opening{openDays(t, "Mon-Fri", "08:00-19:00")}, Closed: []Closing{{Holidays: []string{"feasts"}}},
	}, nil, env)
	require.NoError(t, err)
	since := paris(t, "2026-03-20 10:00")
	for text, reaches := range map[string]bool{"10 days": true, "20 days": false, "1 month": false} {
		_, err = NewClock(c, paris(t, "2026-03-20 09:00"), Pause{Since: &since, Limit: &PauseLimit{Length: length(t, text)}})
		var unknown *CoverageError
		assert.Equal(t, !reaches, errors.As(err, &unknown), "%s: %v", text, err)
	}
}

// Where calendars count piecewise, dates are those of the first one's zone, for
// a limit on pauses as for a target.
func TestLimitOnPausesOfAPiecewiseClock(t *testing.T) {
	since := paris(t, "2026-03-10 22:00")
	terms := []Terms{{Calendar: always(t, "Europe/Paris"), Target: length(t, "40 h")}, {Since: since, Target: length(t, "40 h")}}
	c, err := NewCourse(FromChange, paris(t, "2026-03-10 09:00"), terms, Pause{Since: &since, Limit: &PauseLimit{Length: length(t, "1 day")}})
	require.NoError(t, err)
	k, _, err := c.Clock(paris(t, "2026-03-13 12:00"))
	require.NoError(t, err)
	assert.Equal(t, "2026-03-12 00:00", inParis(k.Spent().At(0).Start))
}
