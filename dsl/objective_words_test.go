package dsl_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/dsl"
)

// Every word of an objective has an effect or a message: nothing is said twice
// with the last holding in silence, nothing stands where it is of no use.
func TestObjectiveWordsAreNotDropped(t *testing.T) {
	const head = "sla 1\ncontract \"X\" {\n  kind           fragment\n  timezone       UTC\n}\nservice s\npart zone of s\nevent request of s\nobjective o of s {\n"
	for line, code := range map[string]string{
		"measure availability each calendar month, pooled over zones, lowest among zones":                                                                      "said-twice",
		"measure availability each calendar month, pooled over zones, rounded to 2 decimals, truncated to 3 decimals":                                          "said-twice",
		"measure availability each calendar month, pooled over zones\n  without data, the time is up\n  without data, the time is down":                        "said-twice",
		"measure availability each calendar month, pooled over zones\n  count outages reported within 1 h, even across windows":                                "unexpected-word",
		"measure availability each calendar month, pooled over zones\n  count outages not credited before, before exclusions":                                  "unexpected-word",
		"measure availability each calendar month, pooled over zones\n  count each outage from its ticket to its closing\n  count each outage from its report": "said-twice",
		"measure availability each calendar month, pooled over zones, averaged with the month before\n  without a week before, the first is alone":             "not-one-of",
	} {
		a := dsl.Analyze("x.sla", head+line+"\n  source outages \"m\"\n  target at least 99%\n  report only\n}\n")
		var got []string
		for _, d := range a.Diagnostics {
			got = append(got, string(d.Code))
		}
		assert.Contains(t, got, code, line)
	}
}
