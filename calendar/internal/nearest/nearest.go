// Package nearest finds the names that a misspelled name may have meant.
package nearest

import (
	"cmp"
	"slices"
	"strings"
)

// most is how many suggestions are of use to a reader.
const most = 3

// Names returns up to three of the known names that are spelled most like
// name, in order; none when nothing comes close. Case does not matter,
// and the last part of a path ("Paris" for "Europe/Paris") is enough.
func Names(name string, known []string) []string {
	type candidate struct {
		name string
		cost int
	}
	wanted := fold(name)
	var found []candidate
	for _, k := range known {
		full := fold(k)
		cost := distance(wanted, full)
		if i := strings.LastIndexByte(full, '/'); i >= 0 {
			cost = min(cost, 1+distance(wanted[strings.LastIndexByte(wanted, '/')+1:], full[i+1:]))
		}
		if cost <= 1+len(wanted)/5 {
			found = append(found, candidate{k, cost})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), strings.Compare(a.name, b.name))
	})
	names := make([]string, 0, most)
	for _, c := range found[:min(most, len(found))] {
		if c.cost == found[0].cost {
			names = append(names, c.name)
		}
	}
	return names
}

// fold makes spellings comparable: "public holidays fr" and
// "Public-Holidays FR" are the same slip away from each other as no slip.
func fold(s string) string {
	return strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(strings.TrimSpace(s)))
}

// distance is the number of letters to insert, drop, replace or swap with a
// neighbour to get from a to b.
func distance(a, b string) int {
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			next[j] = min(last[j]+1, next[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}
