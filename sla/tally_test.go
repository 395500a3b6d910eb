package sla

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

// On 1 November 2009 at 00:01 clocks in St John's were set back to 23:01 on
// 31 October. The first instant of November had passed by then, so what was
// decided in that hour counts for November: a period begins once.
func TestDecisionAfterMidnightComesAgain(t *testing.T) {
	z, err := zones.Load("America/St_Johns")
	require.NoError(t, err)
	november := time.Date(2009, 11, 1, 2, 30, 0, 0, time.UTC) // 00:00 at −02:30
	var tallied tallies
	for _, c := range []struct {
		after time.Duration
		want  calendar.Date
	}{
		{-time.Second, dateOn(t, 2009, 10, 31)},
		{0, dateOn(t, 2009, 11, 1)},
		{30 * time.Minute, dateOn(t, 2009, 11, 1)}, // 23:30 on the wall
		{2 * time.Hour, dateOn(t, 2009, 11, 1)},
		{25 * time.Hour, dateOn(t, 2009, 11, 2)},
	} {
		at, _ := calendar.InstantOf(november.Add(c.after))
		assert.Equal(t, c.want, tallied.dateOf(z, at), "%s after", c.after)
		var fresh tallies
		assert.Equal(t, c.want, fresh.dateOf(z, at), "%s after, asked alone", c.after)
	}
}

func dateOn(t *testing.T, year int, month time.Month, day int) calendar.Date {
	d, err := calendar.NewDate(year, month, day)
	require.NoError(t, err)
	return d
}
