package facts_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// A line is refused as no JSON exactly where it is none, whatever else is wrong
// with it.
func TestLinesThatAreNoJSON(t *testing.T) {
	e := engine(t)
	pieces := []string{`{`, `}`, `{`, `}`, `:`, `,`, `:`, `,`, `"id"`, `"kind"`, `"x"`, `"id":"a"`, `"kind":"probe"`, `"id":null`, `1`, `01`, `-`, `true`, `[`, `]`, ` `, `x`, `"`}
	rapid.Check(t, func(t *rapid.T) {
		line := "{" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "closed") {
			line += "}"
		}
		run, err := e.Open(nil)
		require.NoError(t, err)
		require.NoError(t, facts.Read(run, "a.ndjson", strings.NewReader(line), facts.Options{}))
		refusals := run.Intake().Refusals
		require.Len(t, refusals, 1, line)
		why := ""
		if refusals[0].Reason == sla.RefusedUnreadable {
			why = refusals[0].Args[0].Value
		}
		require.Equal(t, !json.Valid([]byte(line)), why == "unreadable not-json", "%s: %v", line, refusals[0])
	})
}
