package bench

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	segment "github.com/segmentio/encoding/json"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// A month of one-minute checks of some services, in the order of time, read
// from NDJSON, followed and judged, against decoding the same rows, in
// processor time. The bar is a ratio of at most two, and memory that does not
// grow with the answers.
func BenchmarkProbes(b *testing.B) {
	services, minutes := 5, 31*1440
	if testing.Short() {
		minutes = 1440
	}
	begin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	var text bytes.Buffer
	text.WriteString("sla 1\ncontract \"PROBES\" {\n  kind fragment\n  timezone UTC\n}\n")
	for i := range services {
		fmt.Fprintf(&text, "service s%d\n", i)
	}
	text.WriteString("objective up of each service {\n  measure availability each day\n  source checks \"probe\" every 1 min\n" +
		"  down after 3 failed checks, counted from the first\n  target at least 99.00%\n  report only\n}\n")
	engine, err := sla.Prepare(dsl.Analyze("probes.sla", text.String()).Contract)
	if err != nil {
		b.Fatal(err)
	}
	var rows bytes.Buffer
	n := 0
	for minute := range minutes {
		for i := range services {
			at := begin.Add(time.Duration(minute) * time.Minute)
			fmt.Fprintf(&rows, "{\"kind\":\"probe\",\"service\":\"s%d\",\"source\":\"probe\",\"occurred\":%q,\"ok\":%t}\n", i, at.Format(time.RFC3339), (minute+i)%301 > 4)
			n++
		}
	}
	perRow := func(b *testing.B, since time.Duration) {
		b.ReportMetric(float64((processorTime()-since).Nanoseconds())/float64(b.N)/float64(n), "cpu-ns/answer")
	}
	b.Run("evaluate", func(b *testing.B) {
		b.ReportAllocs()
		since := processorTime()
		for b.Loop() {
			run, err := engine.Open(nil)
			if err != nil {
				b.Fatal(err)
			}
			run.Declare(sla.Order{InTime: true})
			if err := facts.Read(run, "probes.ndjson", bytes.NewReader(rows.Bytes()), facts.Options{}); err != nil {
				b.Fatal(err)
			}
			rep, err := run.Report(sla.Options{})
			if err != nil || rep.Intake.Refused > 0 || len(rep.Results) == 0 {
				b.Fatal(err, rep.Intake)
			}
		}
		perRow(b, since)
	})
	b.Run("segmentio-decode", func(b *testing.B) {
		since := processorTime()
		for b.Loop() {
			dec := segment.NewDecoder(bytes.NewReader(rows.Bytes()))
			for {
				var r struct {
					Kind, Service, Source, Occurred string
					OK                              bool
				}
				if err := dec.Decode(&r); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
		perRow(b, since)
	})
}
