package zones_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/zones"
)

func TestEveryZoneLoadsOnce(t *testing.T) {
	names := zones.Names()
	assert.Greater(t, len(names), 590, "the whole set, backward links included")
	for _, name := range names {
		z, err := zones.Load(name)
		require.NoError(t, err, name)
		assert.Equal(t, name, z.Name())
		again, _ := zones.Load(name)
		assert.Same(t, z, again)
	}
}

func TestLinksAreZones(t *testing.T) {
	noon := calendar.Instant(1_780_000_000 * int64(time.Second))
	for link, zone := range map[string]string{
		"Asia/Calcutta": "Asia/Kolkata", "US/Eastern": "America/New_York", "Europe/Kiev": "Europe/Kyiv",
		"Asia/Katmandu": "Asia/Kathmandu", "Brazil/East": "America/Sao_Paulo",
	} {
		a, err := zones.Load(link)
		require.NoError(t, err)
		b, err := zones.Load(zone)
		require.NoError(t, err)
		assert.Equal(t, b.Offset(noon), a.Offset(noon), link)
	}
}

func TestUnknownZoneNamesTheNearest(t *testing.T) {
	_, err := zones.Load("Europe/Pariss")
	var unknown *calendar.UnknownError
	require.True(t, errors.As(err, &unknown))
	assert.Equal(t, "zone", unknown.Kind)
	assert.Equal(t, []string{"Europe/Paris"}, unknown.Nearest)
	for _, name := range []string{"", "Local", "../UTC", "europe/paris"} {
		_, err := zones.Load(name)
		assert.Error(t, err, name)
	}
}

func TestEdition(t *testing.T) {
	assert.Regexp(t, `^20\d\d[a-z]$`, zones.Edition)
}
