package bench

import "testing"

// measured runs a benchmark and reports the processor time of each of the n
// things that a run of it does.
func measured(b *testing.B, n int, thing string, run func()) {
	b.ReportAllocs()
	since := processorTime()
	for b.Loop() {
		run()
	}
	b.ReportMetric(float64((processorTime()-since).Nanoseconds())/float64(b.N)/float64(n), "cpu-ns/"+thing)
}
