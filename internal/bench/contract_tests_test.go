package bench

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/slatest"
)

// referenceTests is the reference contract, and files with its tests.
func referenceTests(b *testing.B, files int) (fsys fs.FS, names []string) {
	folder := os.DirFS("../../examples/groupe-lenoir")
	out := fstest.MapFS{}
	for _, name := range []string{"groupe-lenoir.sla", "groupe-lenoir_test.sla"} {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			b.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: text}
	}
	for i := range files {
		names = append(names, fmt.Sprintf("copy%03d_test.sla", i))
		out[names[i]] = out["groupe-lenoir_test.sla"]
	}
	return out, names
}

// BenchmarkContractTests runs the tests of the reference contract, from their
// text to their outcomes, in a run of 20 files of them; and apart what reading
// a file of tests, running them, and reading the contract take. Tests a second
// are of the processor's time, so that they mean a core. Memory is collected as
// seldom as `sla test` has it.
func BenchmarkContractTests(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(800))
	files := 20
	if testing.Short() {
		files = 2
	}
	fsys, names := referenceTests(b, files)
	contract := subjectIn(b, fsys)
	text, _ := fs.ReadFile(fsys, names[0])
	read := func() *expect.Suite {
		return dsl.AnalyzeTests(names[0], string(text), func(string) *dsl.Subject { return contract }).Suite
	}
	suite := read()
	measured := func(name string, tests func() int) {
		b.Run(name, func(b *testing.B) {
			n, begun := 0, processorTime()
			for b.Loop() {
				n += tests()
			}
			if spent := processorTime() - begun; spent > 0 {
				b.ReportMetric(float64(n)/spent.Seconds(), "per-s-core")
			}
		})
	}
	measured("all", func() int {
		r, err := slatest.RunFiles(context.Background(), fsys, names, slatest.Options{})
		if err != nil || r.Failed > 0 || r.Broken() {
			b.Fatal(err, r)
		}
		return r.Passed
	})
	measured("read", func() int { return len(read().Tests) })
	measured("evaluate", func() int {
		for i := range suite.Tests {
			if out := expect.Run(suite, &suite.Tests[i], expect.Options{}); out.Status != expect.Passed {
				b.Fatal(out)
			}
		}
		return len(suite.Tests)
	})
	measured("compile-contract", func() int {
		subjectIn(b, fsys)
		return 1
	})
}

func subjectIn(b *testing.B, fsys fs.FS) *dsl.Subject {
	text, err := fs.ReadFile(fsys, "groupe-lenoir.sla")
	if err != nil {
		b.Fatal(err)
	}
	return dsl.NewSubject(dsl.Analyze("groupe-lenoir.sla", string(text)))
}

// processorTime is the time that this process has spent computing.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
