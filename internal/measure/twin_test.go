package measure_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// Slow twins, second by second, of what follows probes and of availability.

const seconds = 400

func second(n int) calendar.Instant { return calendar.Instant(int64(n) * int64(time.Second)) }

// drawSet gives some intervals as a set and as seconds.
func drawSet(t *rapid.T, name string) (set calendar.Set, at [seconds]bool) {
	var b calendar.Builder
	for range rapid.IntRange(0, 6).Draw(t, name) {
		from := rapid.IntRange(0, seconds-1).Draw(t, "from")
		to := min(seconds, from+rapid.IntRange(1, 90).Draw(t, "length"))
		b.Add(calendar.Interval{Start: second(from), End: second(to)})
		for i := from; i < to; i++ {
			at[i] = true
		}
	}
	return b.Set(), at
}

// same says that a set holds exactly the seconds that are marked.
func same(t *rapid.T, set calendar.Set, at [seconds]bool, what string) {
	for i := range seconds {
		require.Equal(t, at[i], set.Contains(second(i)), "%s at %d", what, i)
	}
}

func TestChecksAgainstTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := measure.Checks{
			Every: time.Duration(rapid.IntRange(1, 20).Draw(t, "every")) * time.Second, Failed: rapid.IntRange(1, 4).Draw(t, "failed"),
			FromFirst: rapid.Bool().Draw(t, "fromFirst"), Good: rapid.IntRange(1, 4).Draw(t, "good"), UpFromFirst: rapid.Bool().Draw(t, "upFromFirst"),
		}
		every := int(rule.Every / time.Second)
		var when []int
		var answers []measure.Check
		for at := 0; at < seconds-20; at += rapid.SampledFrom([]int{1, every, every, every, every + 1, 3 * every}).Draw(t, "step") {
			when = append(when, at)
			answers = append(answers, measure.Check{At: second(at), OK: rapid.IntRange(0, 1).Draw(t, "ok") == 1})
		}
		// inRow: the n answers up to k are alike, none after a silence.
		inRow := func(k, n int, ok bool) bool {
			for i := k - n + 1; i <= k; i++ {
				if i < 0 || answers[i].OK != ok || i > k-n+1 && when[i] > when[i-1]+every {
					return false
				}
			}
			return true
		}
		var seen, down [seconds]bool
		for k, at := range when {
			for i := at; i < min(seconds, at+every) && (k+1 == len(when) || i < when[k+1]); i++ {
				seen[i] = true
			}
		}
		opened := -1
		until := func(from, to int) {
			for i := from; i < to; i++ {
				down[i] = seen[i]
			}
		}
		for k := range answers {
			switch {
			case opened < 0 && inRow(k, rule.Failed, false):
				opened = when[k]
				if rule.FromFirst {
					opened = when[k-rule.Failed+1]
				}
			case opened >= 0 && inRow(k, rule.Good, true):
				end := when[k]
				if rule.UpFromFirst {
					end = when[k-rule.Good+1]
				}
				until(opened, end)
				opened = -1
			}
		}
		if opened >= 0 {
			until(opened, seconds)
		}
		for what, answers := range map[string][]measure.Check{"one by one": answers, "in runs": inRuns(answers)} {
			got := rule.Read(answers)
			same(t, got.Seen, seen, "seen "+what)
			same(t, got.Down, down, "down "+what)
		}
	})
}

func TestAvailabilityBySecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		agreed, s := drawSet(t, "agreed")
		down, d := drawSet(t, "down")
		excused, x := drawSet(t, "excused")
		away, w := drawSet(t, "away")
		a := measure.Availability{Agreed: agreed, Down: down, Excused: excused, Away: away, LeavesDowntimeOnly: rapid.Bool().Draw(t, "downtime only")}
		lost, of := int64(0), int64(0)
		for i := range seconds {
			switch {
			case !s[i] || w[i]:
			case d[i] && x[i]:
				if a.LeavesDowntimeOnly {
					of++
				}
			case d[i]:
				lost, of = lost+1, of+1
			default:
				of++
			}
		}
		got := a.Compute()
		require.Equal(t, of > 0, got.Applicable)
		if of == 0 {
			return
		}
		want, err := credits.NewRatio(of-lost, of)
		require.NoError(t, err)
		require.Equal(t, want.String(), got.Ratio().String())
		require.True(t, got.Ratio().Sign() >= 0 && got.Ratio().Cmp(credits.Int(1)) <= 0)

		// What is excluded besides never lowers it where it leaves downtime only.
		more, _ := drawSet(t, "more")
		a.Excused = a.Excused.Union(more)
		if again := a.Compute(); a.LeavesDowntimeOnly {
			require.GreaterOrEqual(t, again.Ratio().Cmp(got.Ratio()), 0)
		}
	})
}

// inRuns says the same with like answers at an even pace together.
func inRuns(answers []measure.Check) (runs []measure.Check) {
	for _, a := range answers {
		if n := len(runs); n > 0 && runs[n-1].OK == a.OK {
			last := &runs[n-1]
			if last.More == 0 {
				last.Step = a.At.Sub(last.At)
			}
			if last.Last().Add(last.Step) == a.At {
				last.More++
				continue
			}
		}
		runs = append(runs, a)
	}
	return runs
}

// One answer for an instant, whatever the order in which equal ones came; where
// they differ, none.
func TestAgreeing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var answers []measure.Check
		said := map[calendar.Instant]map[bool]bool{}
		end := second(rapid.IntRange(1, 40).Draw(t, "end"))
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			c := measure.Check{At: second(rapid.IntRange(0, 40).Draw(t, "at")), OK: rapid.Bool().Draw(t, "ok")}
			if rapid.Bool().Draw(t, "run") {
				c.More, c.Step = rapid.IntRange(1, 4).Draw(t, "more"), time.Duration(rapid.IntRange(1, 5).Draw(t, "step"))*time.Second
			}
			answers = append(answers, c)
			for i := range c.More + 1 {
				at := c.At.Add(time.Duration(i) * c.Step)
				if at >= end {
					continue
				}
				if said[at] == nil {
					said[at] = map[bool]bool{}
				}
				said[at][c.OK] = true
			}
		}
		agreed, differ := measure.Agreeing(measure.Before(end, answers))
		last, n := calendar.Instant(-1), len(differ)
		for _, c := range agreed {
			for i := range c.More + 1 {
				at := c.At.Add(time.Duration(i) * c.Step)
				require.Greater(t, at, last)
				require.Equal(t, map[bool]bool{c.OK: true}, said[at])
				last = at
				n++
			}
		}
		require.Len(t, said, n)
		for _, at := range differ {
			require.Len(t, said[at], 2)
		}
	})
}

// The weight of an instant is the highest share of what is open, or the sum of
// the shares, one at most; the weights do not overlap.
func TestWeighBySecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sum := rapid.Bool().Draw(t, "sum")
		var open []measure.Weighted
		for range rapid.IntRange(0, 6).Draw(t, "n") {
			from := rapid.IntRange(0, seconds-2).Draw(t, "from")
			share, err := credits.NewRatio(int64(rapid.IntRange(0, 4).Draw(t, "share")), 4)
			require.NoError(t, err)
			open = append(open, measure.Weighted{At: calendar.Interval{Start: second(from), End: second(rapid.IntRange(from+1, seconds-1).Draw(t, "to"))}, Share: share})
		}
		weights := measure.Weigh(open, sum)
		for i := range seconds {
			want := credits.Int(0)
			for _, o := range open {
				switch {
				case !o.At.Contains(second(i)):
				case sum:
					want = want.Add(o.Share)
				case o.Share.Cmp(want) > 0:
					want = o.Share
				}
			}
			if want.Cmp(credits.Int(1)) > 0 {
				want = credits.Int(1)
			}
			got, n := credits.Int(0), 0
			for _, w := range weights {
				if w.At.Contains(second(i)) {
					got, n = w.Share, n+1
				}
			}
			require.LessOrEqual(t, n, 1, "weights are disjoint")
			require.Equal(t, want.String(), got.String(), "at %d", i)
		}
	})
}
