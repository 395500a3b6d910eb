package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "github.com/sla-lang/sla/calendar"
)

// small is a universe in which sets can be compared instant by instant.
const small = 120

func drawIntervals(t *rapid.T) []Interval {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Interval {
		start := rapid.IntRange(-5, small).Draw(t, "start")
		return Interval{Start: Instant(start), End: Instant(start + rapid.IntRange(-2, 20).Draw(t, "length"))}
	}), 0, 12).Draw(t, "intervals")
}

func drawSet(t *rapid.T) Set { return NewSet(drawIntervals(t)...) }

// members lists the instants of a set by asking it.
func members(has func(Instant) bool) []Instant {
	var out []Instant
	for i := Instant(-10); i < small+40; i++ {
		if has(i) {
			out = append(out, i)
		}
	}
	return out
}

func requireNormal(t require.TestingT, s Set) {
	for i := range s.Len() {
		require.False(t, s.At(i).IsEmpty())
		if i > 0 {
			require.Less(t, s.At(i-1).End, s.At(i).Start, "disjoint and not touching")
		}
	}
}

func TestSetHoldsWhatItsIntervalsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := drawIntervals(t)
		s := NewSet(parts...)
		requireNormal(t, s)
		want := members(func(i Instant) bool {
			return slices.ContainsFunc(parts, func(v Interval) bool { return v.Contains(i) })
		})
		assert.Equal(t, want, members(s.Contains))
		assert.Equal(t, time.Duration(len(want)), s.Measure())
		shuffled := rapid.Permutation(parts).Draw(t, "order")
		assert.True(t, s.Equal(NewSet(shuffled...)), "order never matters")
		assert.Equal(t, slices.Collect(s.All()), slices.Collect(NewSet(slices.Collect(s.All())...).All()))
	})
}

func TestSetAlgebra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawSet(t), drawSet(t)
		bounds := Interval{Start: Instant(rapid.IntRange(-5, small).Draw(t, "from")), End: Instant(rapid.IntRange(-5, small+9).Draw(t, "to"))}
		for name, c := range map[string]struct {
			got Set
			has func(Instant) bool
		}{
			"union":      {a.Union(b), func(i Instant) bool { return a.Contains(i) || b.Contains(i) }},
			"intersect":  {a.Intersect(b), func(i Instant) bool { return a.Contains(i) && b.Contains(i) }},
			"minus":      {a.Minus(b), func(i Instant) bool { return a.Contains(i) && !b.Contains(i) }},
			"within":     {a.Within(bounds), func(i Instant) bool { return a.Contains(i) && bounds.Contains(i) }},
			"complement": {a.Complement(bounds), func(i Instant) bool { return !a.Contains(i) && bounds.Contains(i) }},
		} {
			requireNormal(t, c.got)
			assert.Equal(t, members(c.has), members(c.got.Contains), name)
		}
		assert.True(t, a.Union(b).Equal(b.Union(a)))
		assert.True(t, a.Minus(b).Union(a.Intersect(b)).Equal(a))
		assert.True(t, Union(a, b, a, b).Equal(a.Union(b)))
		assert.Equal(t, a.Measure()+b.Measure(), a.Union(b).Measure()+a.Intersect(b).Measure())
	})
}

func TestSetNth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSet(t)
		from := Instant(rapid.IntRange(-9, small+30).Draw(t, "from"))
		d := time.Duration(rapid.IntRange(0, 60).Draw(t, "d"))
		at, ok := s.Nth(from, d)
		want, found := from, true
		for n := time.Duration(0); n < d; want++ {
			if want > small+40 {
				found = false
				break
			}
			if s.Contains(want) {
				n++
			}
		}
		require.Equal(t, found, ok)
		if ok {
			assert.Equal(t, want, at)
			assert.Equal(t, d, s.Within(Interval{Start: from, End: at}).Measure())
		}
		back, ok := s.NthBack(from, d)
		if ok {
			assert.Equal(t, d, s.Within(Interval{Start: back, End: from}).Measure())
			assert.True(t, d == 0 || s.Contains(back), "the latest such instant")
		} else {
			assert.Less(t, s.Within(Interval{Start: -1000, End: from}).Measure(), d)
		}
	})
}

func TestBuilderIsUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 10, 5000}).Draw(t, "n")
		step := rapid.Int64Range(1, 1<<40).Draw(t, "step")
		seed := rapid.Uint64().Draw(t, "seed")
		var b Builder
		var parts []Interval
		var early, earlyWant Set
		for i := range n {
			seed = seed*6364136223846793005 + 1442695040888963407
			start := Instant(int64(seed>>40) * step)
			v := Interval{Start: start, End: start + Instant(seed&0xffff)}
			parts = append(parts, v)
			b.Add(v)
			if i == n/2 {
				early, earlyWant = b.Set(), NewSet(parts...)
			}
		}
		got := b.Set()
		requireNormal(t, got)
		assert.True(t, early.Equal(earlyWant), "an earlier set does not change")
		// NewSet uses another sort for many intervals than for few.
		var halves Set
		for len(parts) > 0 {
			few := parts[:min(1000, len(parts))]
			halves, parts = halves.Union(NewSet(few...)), parts[len(few):]
		}
		assert.True(t, got.Equal(halves))
	})
}

func TestManyIntervalsSorted(t *testing.T) {
	for _, spread := range []Instant{1, 1 << 20, 1 << 45, MaxInstant / 5000} {
		var parts []Interval
		for i := range Instant(5000) {
			start := (i*7919%5000 - 2500) * spread
			parts = append(parts, Interval{Start: start, End: start + 1})
		}
		s := NewSet(parts...)
		assert.Equal(t, time.Duration(5000), s.Measure())
		assert.Equal(t, -2500*spread, s.Bounds().Start)
		requireNormal(t, s)
	}
}

func TestZeroSet(t *testing.T) {
	var s Set
	assert.True(t, s.IsEmpty())
	assert.Equal(t, 0, s.Len())
	assert.Equal(t, Interval{}, s.Bounds())
	assert.Zero(t, s.Measure())
	assert.True(t, s.Equal(Union()))
	assert.True(t, NewSet(Interval{Start: 5, End: 5}, Interval{Start: 9, End: 3}).Equal(s))
	_, ok := s.Nth(0, 1)
	assert.False(t, ok)
}

func TestMeasureSaturates(t *testing.T) {
	all := NewSet(Interval{Start: MinInstant, End: MaxInstant})
	assert.Equal(t, time.Duration(1<<63-1), all.Measure())
	assert.Equal(t, time.Duration(1<<63-1), all.At(0).Length())
	at, ok := all.Nth(MinInstant, 1<<63-1)
	assert.True(t, ok)
	assert.Equal(t, MinInstant.Add(1<<63-1), at)
}
