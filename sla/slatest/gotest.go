package slatest

import (
	"context"
	"io/fs"
	"testing"

	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/words"
)

// Run runs the files of tests that a pattern names ("..." for all) as
// subtests of a Go test: one for each file, and in it one for each test, under
// its name. What failed is told with the file and the line of the sentence.
func Run(t *testing.T, fsys fs.FS, pattern string) {
	t.Helper()
	names, err := Find(fsys, pattern)
	switch {
	case err != nil:
		t.Fatal(err)
	case len(names) == 0:
		t.Fatalf("no file of tests (*_test.sla) in %s", pattern)
	}
	result, err := RunFiles(context.Background(), fsys, names, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range result.Files {
		f := &result.Files[i]
		t.Run(f.Name, func(t *testing.T) {
			t.Helper()
			report(t, f)
		})
	}
}

func report(t *testing.T, f *File) {
	t.Helper()
	if said := drawn(f, words.English(), false); said != "" && f.Diagnostics.HasErrors() {
		t.Error("\n" + said)
	}
	for i := range f.Outcomes {
		o := &f.Outcomes[i]
		t.Run(o.Test.Name, func(t *testing.T) {
			t.Helper()
			if o.Status != expect.Passed {
				t.Error("\n" + text(o, words.English()))
			}
		})
	}
}
