package bench

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// BenchmarkObjectives measures one objective and ten over the same facts: taken
// in, kept apart by what is asked of them, judged and explained. Were each
// objective to go over the facts itself, ten would cost ten times as much. The
// ten differ in their targets ("alike"), or also in which outages they count and
// how windows are cut ("different").
func BenchmarkObjectives(b *testing.B) {
	outages, days := 200_000, 31
	if testing.Short() {
		outages, days = 2_000, 1
	}
	year := sharedFacts(outages)
	for _, how := range []struct {
		name      string
		n         int
		different bool
	}{{"1", 1, false}, {"10-alike", 10, false}, {"10-different", 10, true}} {
		b.Run("outages/"+how.name, func(b *testing.B) {
			engine := sharedEngine(b, how.n, how.different, "source outages \"m\"")
			from, to, _ := sla.ParsePeriods("2026")
			measured(b, outages, "outage", func() {
				rep, err := sla.Evaluate(context.Background(), engine, slices.Values(year), sla.Options{From: from, To: to, Order: sla.Order{InTime: true}})
				if err != nil || rep.Intake.Refused > 0 {
					b.Fatal(err, rep.Intake)
				}
			})
		})
	}
	rows := &ProbeRows{Begin: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Services: 1, Minutes: days * 1440, Sick: 301}
	var text bytes.Buffer
	if _, err := text.ReadFrom(rows); err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 10} {
		b.Run(fmt.Sprint("probes/", n), func(b *testing.B) {
			engine := sharedEngine(b, n, false, "source checks \"probe\" every 1 min\n  down after 3 failed checks, counted from the first")
			measured(b, rows.Minutes, "answer", func() {
				run, err := engine.Open(nil)
				if err != nil {
					b.Fatal(err)
				}
				run.Declare(sla.Order{InTime: true})
				if err := facts.Read(run, "probes.ndjson", bytes.NewReader(text.Bytes()), facts.Options{}); err != nil {
					b.Fatal(err)
				}
				if rep, err := run.Report(sla.Options{}); err != nil || rep.Intake.Refused > 0 {
					b.Fatal(err, rep.Intake)
				}
			})
		})
	}
}

func sharedEngine(b *testing.B, objectives int, different bool, source string) *sla.Engine {
	var t strings.Builder
	t.WriteString("sla 1\ncontract \"SHARED\" {\n  kind fragment\n  timezone UTC\n}\ncalendar always open 24x7\ncalendar desk {\n  open Mon-Fri 08:00-18:00\n}\nservice s0\n")
	for i := range objectives {
		measure := "each calendar month during always"
		var count string
		if different {
			measure = []string{"each calendar month during always", "each calendar month during desk", "each calendar quarter during always", "each week during always", "each calendar year during desk"}[i%5]
			count = fmt.Sprintf("  count outages longer than %d s\n", 2+i/5)
		}
		fmt.Fprintf(&t, "objective o%d of s0 {\n  measure availability %s\n  %s\n%s  target at least 99.%d0%%\n  report only\n}\n", i, measure, source, count, i%10)
	}
	a := dsl.Analyze("shared.sla", t.String())
	if a.Diagnostics.HasErrors() {
		b.Fatal(a.Diagnostics)
	}
	e, err := sla.Prepare(a.Contract)
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// sharedFacts are outages of a year of one service, in the order of time.
func sharedFacts(outages int) []sla.Fact {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	out := []sla.Fact{&sla.Coverage{Head: sla.Head{ID: "c", Occurred: start, Source: "m"}, Service: "s0", Until: start.AddDate(1, 0, 0)}}
	for n := range outages {
		at := start.Add(365 * 24 * time.Hour / time.Duration(outages) * time.Duration(n))
		out = append(out, &sla.Outage{Head: sla.Head{ID: fmt.Sprint("o", n), Occurred: at, Source: "m"}, Service: "s0", Until: at.Add(time.Duration(n%50+1) * time.Second)})
	}
	return out
}
