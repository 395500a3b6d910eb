package calendar_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

func TestMoment(t *testing.T) {
	paris, err := zones.Load("Europe/Paris")
	require.NoError(t, err)
	for text, want := range map[string]string{
		"2026-03-10 09:00":              "2026-03-10T08:00:00Z",
		"2026-03-10T09:00:30.25":        "2026-03-10T08:00:30.25Z",
		"2026-03-10 24:00":              "2026-03-10T23:00:00Z",
		"2026-10-25T02:30:00+02:00":     "2026-10-25T00:30:00Z",
		"2026-10-25T02:30:00+01:00":     "2026-10-25T01:30:00Z",
		"2026-10-25T02:30-03:30":        "2026-10-25T06:00:00Z",
		"2026-10-25T02:30:00.123456Z":   "2026-10-25T02:30:00.123456Z",
		"2026-07-01T00:00:00.000+05:45": "2026-06-30T18:15:00Z",
	} {
		m, err := ParseMoment(text)
		require.NoError(t, err, text)
		at, err := m.In(paris)
		require.NoError(t, err, text)
		assert.Equal(t, want, at.String(), text)
		again, err := ParseMoment(m.String())
		require.NoError(t, err, m.String())
		back, err := again.In(paris)
		require.NoError(t, err)
		assert.Equal(t, at, back, m.String())
	}
	for _, text := range []string{
		"", "2026-03-10", "2026-03-10 9:00", "2026-03-10 25:00", "2026-02-30 09:00", "2026-03-10x09:00", "2026-03-10T09:00:00+1:00",
		"2026-03-10T09:00:00+24:00", "2026-03-10T09:00:00+01:60", "2026-03-10T09:00:00CET", "2026-03-10T09:00:00+01:00 ", "9999-01-01T00:00:00Z",
	} {
		_, err := ParseMoment(text)
		assert.Error(t, err, text)
	}
	for text, twice := range map[string]bool{"2026-03-29 02:30": false, "2026-10-25 02:30": true} {
		m, err := ParseMoment(text)
		require.NoError(t, err)
		_, err = m.In(paris)
		var local *LocalTimeError
		require.ErrorAs(t, err, &local, text)
		assert.Equal(t, twice, local.Twice)
	}
}

// A closed stretch takes instants, whatever the date a shift belongs to.
func TestClosedStretch(t *testing.T) {
	def := Definition{Name: "nights", Zone: "Europe/Paris", Open: []Opening{{Days: EveryDay, Hours: hours(t, "22:00-06:00")}}}
	moment := func(s string) Moment {
		m, err := ParseMoment(s)
		require.NoError(t, err)
		return m
	}
	def.Closed = []Closing{
		{Between: &Stretch{From: moment("2026-10-25 01:00"), To: moment("2026-10-25T02:30:00+01:00")}},
		{Between: &Stretch{From: moment("2026-10-26 05:59:59.5"), To: moment("2026-10-26 12:00")}},
	}
	c, err := Compile(def, nil, embedded())
	require.NoError(t, err)
	day := c.Zone().Day(dateOf(t, "2026-10-25"))
	assert.Equal(t, "6 h 30", ExactLength(c.Between(day.Start, day.End)).String(), "one hour, then from 02:30 the second time to 06:00, and from 22:00")
	for text, open := range map[string]bool{"2026-10-26T04:59:59.4Z": true, "2026-10-26T04:59:59.5Z": false} {
		at, err := ParseInstant(text)
		require.NoError(t, err)
		assert.Equal(t, open, c.Contains(at), text)
	}

	def.Closed[0].Between.From, def.Closed[0].Between.To = def.Closed[0].Between.To, def.Closed[0].Between.From
	_, err = Compile(def, nil, embedded())
	var faulty *DefinitionError
	require.ErrorAs(t, err, &faulty)
	assert.Equal(t, FaultBackwards, faulty.Fault)
	assert.Equal(t, "closed", faulty.Part)
	def.Closed[0].Between.From = moment("2026-03-29 02:30")
	_, err = Compile(def, nil, embedded())
	var local *LocalTimeError
	require.ErrorAs(t, err, &local)
	def.Closed[0].Yearly = &MonthDay{Month: 12, Day: 25}
	_, err = Compile(def, nil, embedded())
	require.ErrorAs(t, err, &faulty)
	assert.Equal(t, FaultSeveralKinds, faulty.Fault)
}
