package measure_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// One pass over outages that overlap, touch and are empty says what each second
// says.
func TestPassBySecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		agreed, s := drawSet(t, "agreed")
		excused, x := drawSet(t, "excused")
		away, w := drawSet(t, "away")
		unseen, u := drawSet(t, "unseen")
		var outages []calendar.Interval
		var d [seconds]bool
		for range rapid.IntRange(0, 12).Draw(t, "outages") {
			from := rapid.IntRange(0, seconds-1).Draw(t, "from")
			to := min(seconds, from+rapid.IntRange(0, 40).Draw(t, "length"))
			outages = append(outages, calendar.Interval{Start: second(from), End: second(to)})
			for i := from; i < to; i++ {
				d[i] = true
			}
		}
		slices.SortFunc(outages, func(a, b calendar.Interval) int { return cmp.Compare(a.Start, b.Start) })
		a := measure.Availability{Agreed: agreed, Excused: excused, Away: away, Unobserved: unseen, LeavesDowntimeOnly: rapid.Bool().Draw(t, "downtime only")}
		var n struct{ agreed, apart, excluded, counted, unseen, of int }
		for i := range seconds {
			switch {
			case !s[i]:
				continue
			case w[i]:
				n.apart++
			case d[i] && x[i]:
				n.excluded++
			case d[i]:
				n.counted++
			case u[i]:
				n.unseen++
			}
			n.agreed++
		}
		n.of = n.agreed - n.apart
		if !a.LeavesDowntimeOnly {
			n.of -= n.excluded
		}
		got := a.Pass(slices.Values(outages))
		inSeconds := func(n int) int64 { return int64(second(n)) }
		require.Equal(t, inSeconds(n.agreed), int64(got.Agreed))
		require.Equal(t, inSeconds(n.apart), int64(got.Apart))
		require.Equal(t, inSeconds(n.excluded), int64(got.Excluded))
		require.Equal(t, inSeconds(n.counted), int64(got.Counted))
		require.Equal(t, inSeconds(n.unseen), int64(got.Unobserved))
		require.Equal(t, inSeconds(n.of), int64(got.Of))
	})
}
