package bench

import (
	"syscall"
	"testing"
)

// processor is the time that the process has spent on processors, in
// nanoseconds: other work on the machine lengthens it less than it does a
// time on the wall.
func processor() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// measured runs a benchmark and reports the processor time of one of n things
// that each run of it does.
func measured(b *testing.B, n int, unit string, run func()) {
	before := processor()
	for b.Loop() {
		run()
	}
	b.ReportMetric(float64(processor()-before)/float64(b.N)/float64(n), "cpu-ns/"+unit)
}
