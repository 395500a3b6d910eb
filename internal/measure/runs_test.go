package measure_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/measure"
)

// No way of giving runs to instants answers more of them; a further good run
// never answers fewer, and takes none away that was answered.
func TestAsManyRunsAnswerAsCan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := func(name string, most int) (out []calendar.Instant) {
			for _, m := range rapid.SliceOfNDistinct(rapid.IntRange(0, 120), 0, most, rapid.ID).Draw(t, name) {
				out = append(out, calendar.Instant(time.Duration(m)*time.Minute))
			}
			slices.Sort(out)
			return out
		}
		length := rapid.SampledFrom([]time.Duration{0, 5 * time.Minute, 20 * time.Minute, 45 * time.Minute})
		p := measure.Punctual{StartWithin: length.Draw(t, "start"), EndWithin: length.Draw(t, "end"), BeforeNext: rapid.Bool().Draw(t, "next")}
		due := minutes("due", 7)
		var runs []measure.Performed
		for _, start := range minutes("runs", 7) {
			end := start.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "length")) * time.Minute)
			runs = append(runs, measure.Performed{Start: start, End: end, Ended: rapid.IntRange(0, 4).Draw(t, "ended") > 0})
		}
		got := p.Answer(due, runs)
		fits := func(i, r int) bool {
			at, run := due[i], runs[r]
			return run.Start >= at && (p.StartWithin == 0 || run.Start <= at.Add(p.StartWithin)) && (!p.BeforeNext || i+1 == len(due) || run.Start < due[i+1]) &&
				(p.EndWithin == 0 || run.Ended && run.End <= at.Add(p.EndWithin))
		}
		used := map[int]bool{}
		answered := 0
		for i, r := range got {
			if r >= 0 {
				assert.True(t, fits(i, r) && !used[r])
				used[r] = true
				answered++
			}
		}
		assert.Equal(t, most(len(due), len(runs), fits), answered)
		if len(runs) > 0 {
			without := rapid.IntRange(0, len(runs)-1).Draw(t, "without")
			for i, r := range p.Answer(due, slices.Delete(slices.Clone(runs), without, without+1)) {
				assert.True(t, r < 0 || got[i] >= 0, "%d is answered without run %d", i, without)
			}
		}
	})
}

// most is the greatest number of pairs: each instant looks for a run, and has
// those before it look for another where theirs would do.
func most(due, runs int, fits func(i, r int) bool) (n int) {
	of := map[int]int{}
	var seek func(i int, seen map[int]bool) bool
	seek = func(i int, seen map[int]bool) bool {
		for r := range runs {
			if !fits(i, r) || seen[r] {
				continue
			}
			seen[r] = true
			if other, taken := of[r]; !taken || seek(other, seen) {
				of[r] = i
				return true
			}
		}
		return false
	}
	for i := range due {
		if seek(i, map[int]bool{}) {
			n++
		}
	}
	return n
}
