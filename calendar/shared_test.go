package calendar_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/sla-lang/sla/calendar"
)

// Calendars made of calendars made of calendars, each of the two below it: what
// is shared is worked out once, and shifts that overlap do not multiply.
func TestSharedPartsCostOnce(t *testing.T) {
	shifts := func(name, minute string) Definition {
		var list []string
		for h := range 6 {
			list = append(list, fmt.Sprintf("%02d:%s-%02d:00", h, minute, h+12))
		}
		return Definition{Name: name, Open: []Opening{openDays(t, "Mon-Sun", list...)}}
	}
	for _, all := range []bool{true, false} {
		defs := []Definition{shifts("a0", "00"), shifts("b0", "30")}
		for i := 1; i <= 5; i++ {
			of := []string{fmt.Sprint("a", i-1), fmt.Sprint("b", i-1)}
			for _, name := range []string{"a", "b"} {
				defs = append(defs, Definition{Name: fmt.Sprint(name, i), Combine: &Combination{All: all, Of: of}})
			}
		}
		got, failed := CompileAll(defs, NewZone("UTC", nil), embedded())
		require.Empty(t, failed)
		same := map[bool]string{true: "b0", false: "a0"}[all] // b0 opens half an hour later
		year := during(t, "2026-01-01 00:00", "2027-01-01 00:00")
		assert.Equal(t, got[same].Open(year), got["a5"].Open(year))
	}
}

// A chain of combinations ends in an error, in bounded time, however long.
func TestNestingHasALimit(t *testing.T) {
	defs := []Definition{{Name: "c0", Open: []Opening{openDays(t, "Mon-Fri", "08:00-18:00")}}}
	for i := 1; i <= 500; i++ {
		defs = append(defs, Definition{Name: fmt.Sprint("c", i), Combine: &Combination{Of: []string{fmt.Sprint("c", i-1), "c0"}}})
	}
	got, failed := CompileAll(defs, NewZone("UTC", nil), embedded())
	assert.Len(t, got, MaxNesting+1)
	var fault *DefinitionError
	require.ErrorAs(t, failed[fmt.Sprint("c", MaxNesting+1)], &fault)
	assert.Equal(t, FaultNested, fault.Fault)
}
