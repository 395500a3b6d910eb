package bench

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/sla-lang/sla/sla"
)

// BenchmarkStreamMemory reports the memory that a run holds on to after a
// stream of tickets, each closed four hours after its receipt: it is that of
// the tickets still open or open to be reopened, however many went before.
func BenchmarkStreamMemory(b *testing.B) {
	e := MonthEngine()
	sizes := []int{20_000, 200_000}
	if testing.Short() {
		sizes = []int{2_000}
	}
	for _, tickets := range sizes {
		b.Run(fmt.Sprint(tickets), func(b *testing.B) {
			for b.Loop() {
				run, err := e.Open(nil)
				if err != nil {
					b.Fatal(err)
				}
				before := heapAlive()
				run.Declare(sla.Order{InTime: true, Late: 4 * time.Hour})
				start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
				for n := range tickets {
					for _, ev := range life(n, start.Add(time.Duration(n)*10*time.Second)) {
						if no := run.Add(ev); no != nil {
							b.Fatal(no)
						}
					}
				}
				b.ReportMetric(float64(heapAlive()-before), "bytes-held")
				runtime.KeepAlive(run)
			}
		})
	}
}

func heapAlive() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// fromSystem is the most memory that the program ever had.
func fromSystem() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}
