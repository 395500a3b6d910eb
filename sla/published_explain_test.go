package sla_test

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// Of every published agreement that measures downtime: what the explanation
// says of each outage and of each step of the counting adds up to the downtime
// that it tells.
func TestPublishedExplanationsAddUp(t *testing.T) {
	files, err := filepath.Glob("../examples/published/*/*.sla")
	require.NoError(t, err)
	checked := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.sla") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		a := dsl.Analyze(file, string(text))
		if a.Diagnostics.HasErrors() {
			continue // the pieces of a contract in several files
		}
		engine, err := sla.Prepare(a.Contract)
		require.NoError(t, err, file)
		from, to, err := sla.ParsePeriods("2026-06")
		require.NoError(t, err)
		start := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
		rep, err := sla.Evaluate(context.Background(), engine, slices.Values(outagesOf(a.Contract, start)), sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: start.AddDate(0, 3, 0)}})
		require.NoError(t, err, file)
		told := 0
		for _, r := range rep.Results {
			if slices.ContainsFunc(r.Why, func(s sla.Step) bool { return tellsDowntime[s.Code] }) {
				printedAddUp(t, file+" "+r.Objective, r)
				told++
			}
		}
		if told > 0 {
			checked++
		}
	}
	assert.Greater(t, checked, 60, "agreements whose downtime was explained")
}

// tellsDowntime are the steps that tell the downtime that came out.
var tellsDowntime = map[string]bool{"downtime": true, "availability": true, "availability-excluded": true, "availability-downtime-only": true, "outages": true, "joined": true}

// printedAddUp adds what is printed as counted, and what each step changes.
func printedAddUp(t *testing.T, name string, r sla.Result) {
	t.Helper()
	sum, told := new(big.Rat), ""
	for _, s := range r.Why {
		label := words.English().Step(s).Label
		for _, a := range s.Args {
			switch {
			case a.Kind != sla.ArgDuration:
			case a.Name == "down" && tellsDowntime[s.Code]:
				told = a.Value
			case a.Name == "time" && (label == "counted" || s.Code == "down-found" || s.Code == "overlap" || strings.HasPrefix(s.Code, "count-")):
				v, ok := new(big.Rat).SetString(a.Value)
				require.True(t, ok, a.Value)
				sum.Add(sum, v)
			}
		}
	}
	assert.Equal(t, told, sum.RatString(), "%s\n%s", name, words.English().Explanation(r.Why))
}

// outagesOf are outages of every service over each other, some of them planned
// or for any cause of the contract's own, and one that lasts a day.
func outagesOf(c *sla.Contract, start time.Time) (out []sla.Fact) {
	sources := map[string]bool{"": true}
	for i := range c.Objectives {
		for _, s := range c.Objectives[i].Sources {
			sources[s.Name] = true
		}
	}
	for source := range sources {
		out = append(out, &sla.Coverage{Head: sla.Head{ID: "cover " + source, Occurred: start.AddDate(0, -6, 0), Source: source}, Until: start.AddDate(0, 6, 0)})
	}
	causes := []string{"", ""}
	for i := range c.Maintenance {
		causes = append(causes, c.Maintenance[i].Cause())
	}
	if c.Exclusions != nil {
		for _, cause := range c.Exclusions.Causes {
			causes = append(causes, cause.Name)
		}
	}
	for s := range c.Services {
		for i, cause := range causes {
			from := start.Add(time.Duration(i*i*37+s*11+60) * time.Hour)
			for n, minutes := range []int{3, 17, 95, 1440} {
				o := &sla.Outage{Head: sla.Head{ID: fmt.Sprint(s, "-", i, "-", n), Occurred: from.Add(time.Duration(n*40) * time.Minute)}, Service: c.Services[s].Name, Cause: cause, Announced: start.AddDate(0, 0, -i)}
				o.Until = o.Occurred.Add(time.Duration(minutes)*time.Minute + 30*time.Second)
				o.Reported, o.Closed = o.Occurred.Add(2*time.Minute), o.Until.Add(5*time.Minute)
				if n == 1 {
					o.Affected = ptr(credits.MustShare("30%"))
				}
				out = append(out, o)
			}
		}
	}
	return out
}
