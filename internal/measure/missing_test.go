package measure

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
)

// Readings that should have come, against a twin that goes through them one by
// one.
func TestMissingAgainstTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every := rapid.IntRange(1, 9).Draw(t, "every")
		var came []calendar.Instant
		at := rapid.IntRange(-20, 40).Draw(t, "first")
		for range rapid.IntRange(0, 12).Draw(t, "came") {
			came = append(came, calendar.Instant(at))
			at += rapid.SampledFrom([]int{1, every, every, every, every + 1, 2*every - 1, 3 * every, 50}).Draw(t, "step")
		}
		var b calendar.Builder
		for range rapid.IntRange(0, 4).Draw(t, "pieces") {
			start := rapid.IntRange(-10, 100).Draw(t, "start")
			b.Add(calendar.Interval{Start: calendar.Instant(start), End: calendar.Instant(start + rapid.IntRange(1, 60).Draw(t, "length"))})
		}
		in := b.Set()
		want := int64(0)
		due := func(at int) {
			if in.Contains(calendar.Instant(at)) {
				want++
			}
		}
		if len(came) == 0 {
			for v := range in.All() {
				for at := int(v.Start); at < int(v.End); at += every {
					due(at)
				}
			}
		} else {
			for at := int(came[0]) - every; at > -100; at -= every {
				due(at)
			}
			for i, from := range came {
				periods := 1000
				if i+1 < len(came) {
					gap := int(came[i+1] - from)
					for periods = 0; 2*every*(periods+1) <= 2*gap+every; periods++ { // to the nearest, halves up
					}
				}
				for k := 1; k < periods; k++ {
					due(int(from) + k*every)
				}
			}
		}
		require.Equal(t, want, Missing(came, time.Duration(every), in))
	})
}

// A probe that is late by a second misses nothing; one that leaves out an hour
// misses what was due in it.
func TestMissingOfALateProbe(t *testing.T) {
	const m = calendar.Instant(time.Minute)
	day := calendar.NewSet(calendar.Interval{Start: 0, End: 60 * m})
	var came []calendar.Instant
	for i := range calendar.Instant(12) {
		came = append(came, i*5*m+i%3*calendar.Instant(time.Second))
	}
	assert.EqualValues(t, 0, Missing(came, 5*time.Minute, day))
	assert.EqualValues(t, 2, Missing(append(came[:4:4], came[6:]...), 5*time.Minute, day))
	assert.EqualValues(t, 12, Missing(nil, 5*time.Minute, day))
}
