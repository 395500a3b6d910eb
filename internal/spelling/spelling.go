// Package spelling finds the known word that a mistyped one most likely means.
// It stays silent when unsure: a wrong suggestion is worse than none.
package spelling

import (
	"sort"
	"strings"
)

// maxWord bounds the words compared, so that odd input costs nothing.
const maxWord = 64

// Nearest returns the candidate closest to word, or "" when none is near
// enough or two are equally near.
func Nearest(word string, candidates []string) string {
	near := Near(word, candidates)
	if len(near) == 1 {
		return near[0]
	}
	return ""
}

// Slip returns the candidate that is a single slip away from word: one letter
// too many, too few or another, or two neighbours swapped; "" when none or
// several are.
func Slip(word string, candidates []string) string {
	found := ""
	for _, c := range candidates {
		if len(word) > maxWord || len(c) > maxWord || c == word || c == found {
			continue
		}
		if distance([]rune(word), []rune(c), 1) == 1 {
			if found != "" {
				return ""
			}
			found = c
		}
	}
	return found
}

// Near returns the candidates closest to word, all at the same distance, in
// alphabetical order; none when no candidate is near enough. A difference in
// capitals alone is always near.
func Near(word string, candidates []string) []string {
	if len(word) > maxWord {
		return nil
	}
	folded := []rune(strings.ToLower(word))
	best := allowed(len(folded)) + 1
	var near []string
	for _, c := range candidates {
		if c == word || len(c) > maxWord {
			continue
		}
		d := distance(folded, []rune(strings.ToLower(c)), best)
		switch {
		case d > best || d == best && len(near) == 0 && d > allowed(len(folded)):
			continue
		case d < best:
			best, near = d, near[:0]
		}
		near = append(near, c)
	}
	sort.Strings(near)
	return unique(near)
}

// allowed is how many slips a word of n letters may have: none in a very
// short one, about one in four letters otherwise, three at most.
func allowed(n int) int {
	switch {
	case n <= 2:
		return 0
	case n <= 4:
		return 1
	case n <= 8:
		return 2
	}
	return 3
}

// distance counts insertions, deletions, replacements and swaps of neighbours
// (Damerau–Levenshtein, optimal string alignment). It may stop early and
// return any number above limit.
func distance(a, b []rune, limit int) int {
	if diff := len(a) - len(b); diff > limit || -diff > limit {
		return limit + 1
	}
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(b)]
}

func unique(sorted []string) []string {
	out := sorted[:0]
	for i, s := range sorted {
		if i == 0 || s != sorted[i-1] {
			out = append(out, s)
		}
	}
	return out
}
