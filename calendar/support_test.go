package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// embedded is the environment of real zones and holidays.
func embedded() Environment { return Environment{Zone: zones.Load, Holidays: holidays.Load} }

// hours reads "08:00-19:00".
func hours(t require.TestingT, list ...string) []Hours {
	var out []Hours
	for _, s := range list {
		out = append(out, Hours{From: timeOfDay(t, s[:5]), To: timeOfDay(t, s[6:])})
	}
	return out
}

func openDays(t require.TestingT, days string, list ...string) Opening {
	return Opening{Days: mustWeekdays(t, days), Hours: hours(t, list...)}
}

func compiled(t testing.TB, def Definition) *Calendar {
	t.Helper()
	c, err := Compile(def, nil, embedded())
	require.NoError(t, err)
	return c
}

// skipNeverOpen gives a draw up whose calendar is never open; no other error
// passes.
func skipNeverOpen(t *rapid.T, err error) {
	if err == nil {
		return
	}
	var never *NeverOpenError
	require.ErrorAs(t, err, &never)
	t.Skip("never open")
}

// support is Mon-Fri 08:00-19:00 in Paris without French holidays.
func support(t testing.TB) *Calendar {
	return compiled(t, Definition{
		Name: "support-hours", Zone: "Europe/Paris",
		Open:        []Opening{openDays(t, "Mon-Fri", "08:00-19:00")},
		Closed:      []Closing{{Holidays: []string{"public-holidays FR"}}},
		BusinessDay: &BusinessDayRule{LateReceipt: KeepsItsDate, Due: AtClosing},
	})
}

func always(t testing.TB, zone string) *Calendar {
	return compiled(t, Definition{Name: "always", Zone: zone, Always: true})
}

// local reads "2026-05-22 18:30" in a zone.
func local(t require.TestingT, zone, s string) Instant {
	at, _, n := zoneNamed(t, zone).Resolve(dateOf(t, s[:10]), timeOfDay(t, s[11:]))
	require.Equal(t, 1, n, s)
	return at
}

func paris(t require.TestingT, s string) Instant { return local(t, "Europe/Paris", s) }

// inParis writes an instant as "2026-05-22 18:30" there.
func inParis(i Instant) string {
	z, err := zones.Load("Europe/Paris")
	if err != nil {
		return err.Error()
	}
	d, tod := z.Local(i)
	return d.String() + " " + tod.String()
}

func during(t require.TestingT, from, to string) Interval {
	return Interval{Start: paris(t, from), End: paris(t, to)}
}

func ptr[T any](v T) *T { return &v }

const hour = time.Hour
