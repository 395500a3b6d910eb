package sla_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// everyKind checks a property on random cases, and on more of them until each
// kind of result has come up: a twin proves nothing about what was never drawn.
// seen counts what came up. In short runs the first cases do.
func everyKind(t *testing.T, seen map[string]int, property func(*rapid.T), kinds ...string) {
	t.Helper()
	missing := func() (out []string) {
		for _, k := range kinds {
			if seen[k] == 0 {
				out = append(out, k)
			}
		}
		return out
	}
	for range 30 {
		rapid.Check(t, property)
		if t.Failed() || testing.Short() || len(missing()) == 0 {
			return
		}
	}
	assert.Empty(t, missing(), "never came up")
}
