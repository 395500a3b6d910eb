package measure

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
)

// How few and how many outages there may have been, against a twin that tries
// every way in which unseen instants may have been down: within its bounds, and
// at the ends of those where no outage that is too short to count was seen.
func TestOutageBoundsAgainstTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := rapid.IntRange(0, 3).Draw(t, "run")
		longer := run > 0 && rapid.Bool().Draw(t, "longer")
		day := rapid.SliceOfN(rapid.SampledFrom([]byte("udd??")), 9, 9).Draw(t, "day") // up, down, unseen
		set := func(is string, bytes []byte) calendar.Set {
			var b calendar.Builder
			for i, c := range bytes {
				if string(c) == is {
					b.Add(calendar.Interval{Start: calendar.Instant(i), End: calendar.Instant(i + 1)})
				}
			}
			return b.Set()
		}
		count := func(bytes []byte) (n int64, short bool) {
			length := 0
			for _, c := range append(bytes[:len(bytes):len(bytes)], 'u') {
				switch {
				case c == 'd':
					length++
				case length > 0 && (length > run || !longer && length == run):
					n, length = n+1, 0
				default:
					short, length = short || length > 0, 0
				}
			}
			return n, short
		}
		fewest, most := int64(100), int64(0)
		var try func(i int)
		tried := append([]byte{}, day...)
		try = func(i int) {
			if i == len(day) {
				n, _ := count(tried)
				fewest, most = min(fewest, n), max(most, n)
				return
			}
			if day[i] != '?' {
				try(i + 1)
				return
			}
			for _, c := range []byte("ud") {
				tried[i] = c
				try(i + 1)
			}
			tried[i] = '?'
		}
		try(0)
		a := Availability{Agreed: calendar.NewSet(calendar.Interval{Start: 0, End: 9}), Down: set("d", day), Unobserved: set("?", day),
			Count: Counting{Run: time.Duration(run), Longer: longer}}
		low, high, bounded := a.OutageBounds()
		require.Equal(t, fewest, low, "%s", day)
		if !bounded {
			require.Zero(t, run)
			return
		}
		require.GreaterOrEqual(t, high, most, "%s", day)
		if _, short := count(day); !short {
			require.Equal(t, most, high, "%s", day)
		}
	})
}

// A minimum that is looked at before exclusions cut a run, or over the end of the
// window, bounds nothing: what is left of a run may be of any length.
func TestOutagesWithoutBounds(t *testing.T) {
	span := calendar.Interval{Start: 0, End: 100}
	for _, c := range []Counting{{Run: 10, BeforeExclusions: true}, {Run: 10, AcrossWindows: true}, {}} {
		a := Availability{Agreed: calendar.NewSet(span), Unobserved: calendar.NewSet(calendar.Interval{Start: 20, End: 30}), Count: c}
		_, _, bounded := a.OutageBounds()
		require.False(t, bounded, "%+v", c)
		a.Unobserved = calendar.Set{}
		_, _, bounded = a.OutageBounds()
		require.True(t, bounded, "%+v", c)
	}
}
