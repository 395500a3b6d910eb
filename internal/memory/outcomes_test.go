package memory

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// history reads a row of windows: x failed, o held, - not applicable, ? not
// measured.
func history(s string) []Outcome {
	var out []Outcome
	for _, c := range s {
		out = append(out, Outcome(strings.IndexRune("?ox-", c)))
	}
	return out
}

func TestCounting(t *testing.T) {
	for _, c := range []struct {
		history string
		row     bool // 3 in a row
		any     bool // 3 of any 5
	}{
		{"xxx", true, true}, {"xx", false, false}, {"xxo", false, false}, {"xxxo", false, false},
		{"x-xx", true, true}, {"x-xx-", false, false}, {"xx?x", false, true}, {"xoxox", false, true}, {"xooxox", false, false},
		{"xo-xox", false, true}, {"xxxx", true, true}, {"", false, false},
	} {
		assert.Equal(t, c.row, InARow(history(c.history), 3), c.history)
		assert.Equal(t, c.any, OfAny(history(c.history), 3, 5), c.history)
	}
	for s, want := range map[string]struct {
		windows int
		ok      bool
	}{"ooo": {3, true}, "oo": {2, false}, "o-oox": {4, true}, "oox": {3, false}, "?": {1, false}} {
		n, ok := HeldAfter(history(s), 3)
		assert.Equal(t, want.windows, n, s)
		assert.Equal(t, want.ok, ok, s)
	}
}

// slowly counts with the text itself: take the windows out that do not apply,
// then look at the end.
func slowly(s string, k, n int) (row, any bool) {
	if !strings.HasSuffix(s, "x") {
		return false, false
	}
	s = strings.ReplaceAll(s, "-", "")
	tail := s
	if len(tail) > n {
		tail = tail[len(tail)-n:]
	}
	return strings.HasSuffix(s, strings.Repeat("x", k)), strings.Count(tail, "x") >= k
}

func TestAgainstText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("xxxo-?")), 0, 14, -1).Draw(t, "history")
		k := rapid.IntRange(1, 4).Draw(t, "k")
		n := rapid.IntRange(k, 6).Draw(t, "n")
		row, any := slowly(s, k, n)
		assert.Equal(t, row, InARow(history(s), k))
		assert.Equal(t, any, OfAny(history(s), k, n))
		length := 0
		for r, _ := slowly(s, length+1, n); r; r, _ = slowly(s, length+1, n) {
			length++
		}
		assert.Equal(t, length, RowLength(history(s)))
	})
}
