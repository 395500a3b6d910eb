package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"testing"

	segment "github.com/segmentio/encoding/json"

	"github.com/sla-lang/sla/sla"
)

// A row is a line of facts as a straightforward reader decodes it.
type row struct {
	Kind, ID, Occurred, Until, Source, Service, Incident, Cause string
	Ticket, Event, Priority, Channel                            string
}

func rowsOf(facts []sla.Fact) []byte {
	var b bytes.Buffer
	const layout = "2006-01-02T15:04:05Z07:00"
	for _, f := range facts {
		switch f := f.(type) {
		case *sla.Outage:
			fmt.Fprintf(&b, "{\"kind\":\"outage\",\"id\":%q,\"occurred\":%q,\"until\":%q,\"source\":\"m\",\"service\":%q,\"incident\":%q}\n", f.ID, f.Occurred.Format(layout), f.Until.Format(layout), f.Service, f.Incident)
		case *sla.Coverage:
			fmt.Fprintf(&b, "{\"kind\":\"coverage\",\"id\":%q,\"occurred\":%q,\"until\":%q,\"source\":\"m\",\"service\":%q}\n", f.ID, f.Occurred.Format(layout), f.Until.Format(layout), f.Service)
		case *sla.TicketEvent:
			if f.Service != "" {
				fmt.Fprintf(&b, "{\"kind\":\"ticket\",\"occurred\":%q,\"ticket\":%q,\"event\":%q,\"service\":%q,\"priority\":%q,\"channel\":%q}\n", f.Occurred.Format(layout), f.Ticket, f.Event, f.Service, f.Priority, f.Channel)
				continue
			}
			fmt.Fprintf(&b, "{\"kind\":\"ticket\",\"occurred\":%q,\"ticket\":%q,\"event\":%q}\n", f.Occurred.Format(layout), f.Ticket, f.Event)
		}
	}
	return b.Bytes()
}

// BenchmarkMonth compares evaluating a month of 100,000 outages and 1,000,000
// ticket events, streamed in the order of time, with what segmentio takes to
// decode the same rows. The bar is a ratio of at most one.
func BenchmarkMonth(b *testing.B) {
	outages, events := 100_000, 1_000_000
	if testing.Short() {
		outages, events = 1_000, 10_000
	}
	e := MonthEngine()
	facts := MonthFacts(outages, events)
	rows := rowsOf(facts)
	from, to, _ := sla.ParsePeriods("2026-03")
	b.Run("evaluate", func(b *testing.B) {
		for b.Loop() {
			o := sla.Options{From: from, To: to, Order: sla.Order{InTime: true}}
			rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), o)
			if err != nil || rep.Intake.Refused > 0 {
				b.Fatal(err, rep.Intake)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(facts)), "ns/fact")
	})
	b.Run("segmentio-decode", func(b *testing.B) {
		for b.Loop() {
			dec := segment.NewDecoder(bytes.NewReader(rows))
			for n := 0; ; n++ {
				var r row
				if err := dec.Decode(&r); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(facts)), "ns/fact")
	})
}
