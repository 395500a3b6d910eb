package bench

import (
	"errors"
	"io"
	"os"
	"testing"
	"time"

	segment "github.com/segmentio/encoding/json"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// BenchmarkProbes follows and judges a month of one-minute checks, read from
// NDJSON in the order of time, against decoding the same rows, in processor
// time. The bar is a ratio of at most two, and memory that does not grow with
// the answers: what is held after each day is reported for the first and last.
// With SLA_BENCH_FULL=1 it is 1,000 services, 44.6 million answers; use
// -benchtime 1x.
func BenchmarkProbes(b *testing.B) {
	services, days, sick := 5, 31, 301
	switch {
	case os.Getenv("SLA_BENCH_FULL") != "":
		services, sick = 1000, 20_001
	case testing.Short():
		days = 2
	}
	engine, err := ProbeEngine(services)
	if err != nil {
		b.Fatal(err)
	}
	rows := func() *ProbeRows {
		return &ProbeRows{Begin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Services: services, Minutes: days * 1440, Sick: sick}
	}
	n := services * days * 1440
	b.Run("evaluate", func(b *testing.B) {
		var first, last, read uint64
		measured(b, n, "answer", func() {
			run, err := engine.Open(nil)
			if err != nil {
				b.Fatal(err)
			}
			run.Declare(sla.Order{InTime: true})
			r := rows()
			r.AtDay = func(day int) {
				switch day {
				case 1:
					first = heapAlive()
				case days - 1:
					last = heapAlive()
				}
			}
			if err := facts.Read(run, "probes.ndjson", r, facts.Options{}); err != nil {
				b.Fatal(err)
			}
			read = fromSystem()
			rep, err := run.Report(sla.Options{})
			if err != nil || rep.Intake.Refused > 0 || rep.Intake.Accepted != n || len(rep.Results) < services*days {
				b.Fatal(err, rep.Intake)
			}
		})
		b.ReportMetric(float64(first), "bytes-after-a-day")
		b.ReportMetric(float64(last), "bytes-at-the-end")
		b.ReportMetric(float64(read), "peak-of-reading")
		b.ReportMetric(float64(fromSystem()), "peak-with-report")
	})
	b.Run("segmentio-decode", func(b *testing.B) {
		measured(b, n, "answer", func() {
			dec := segment.NewDecoder(rows())
			for {
				var r struct {
					Kind, Service, Source, Occurred string
					OK                              bool
				}
				if err := dec.Decode(&r); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}
