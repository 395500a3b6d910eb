package slatest

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/facts"
)

// Options say which tests are run and how.
type Options struct {
	// Match, when set, runs the tests whose names it finds itself in.
	Match *regexp.Regexp
	// Parallel is how many tests run at the same time; 0 takes as many as
	// there are processors.
	Parallel int
	// Write, when set, writes snapshots instead of comparing them.
	Write func(file, text string) error
}

// A File is a file of tests and what became of them.
type File struct {
	Name string
	// Text is its source.
	Text string
	// Diagnostics are about the file, and about its contract where that has
	// errors; with errors, nothing of the file is run.
	Diagnostics dsl.Diagnostics
	// Contract is the file of the contract, Subject what is known of it; nil
	// where there is no such file.
	Contract string
	Subject  *dsl.Subject
	// Outcomes are those of its tests, in their order.
	Outcomes []expect.Outcome
}

// A Result is what became of all files.
type Result struct {
	Files []File
	// Passed and Failed count tests; each row of a table of cases is one.
	// Whatever is not passed has failed.
	Passed, Failed int
	// Skipped are the names of the tests that [Options.Match] left out.
	Skipped []string
}

// Broken says that some file could not be run: it, or its contract, has
// errors.
func (r *Result) Broken() bool {
	return slices.ContainsFunc(r.Files, func(f File) bool { return f.Diagnostics.HasErrors() })
}

// BadFacts says that the facts of some test cannot be read, or were refused
// although the test does not expect it.
func (r *Result) BadFacts() bool {
	return slices.ContainsFunc(r.Files, func(f File) bool {
		return slices.ContainsFunc(f.Outcomes, func(o expect.Outcome) bool {
			return slices.ContainsFunc(o.Failures, func(x expect.Failure) bool { return x.Code == "facts-unreadable" || x.Code == "fact-refused" })
		})
	})
}

// runner runs the tests of files.
type runner struct {
	fsys  fs.FS
	o     Options
	wrote sync.Mutex

	mu       sync.Mutex
	subjects map[string]func() *dsl.Subject
}

// RunFiles runs the tests in the named files, several at the same time; what
// comes out is in the order of the names and of the tests in each file. A
// contract is compiled once, however many files test it. The error is that of
// a file that cannot be read, or ctx's.
func RunFiles(ctx context.Context, fsys fs.FS, names []string, o Options) (*Result, error) {
	r := &runner{fsys: fsys, o: o, subjects: map[string]func() *dsl.Subject{}}
	result := &Result{Files: make([]File, len(names))}
	suites, errs := make([]*expect.Suite, len(names)), make([]error, len(names))
	r.parallel(ctx, len(names), func(i int) {
		result.Files[i], suites[i], errs[i] = r.read(names[i])
	})
	if err := errors.Join(ctx.Err(), first(errs)); err != nil {
		return nil, err
	}
	result.tellOfContracts()
	r.tellOfOrphans(result, suites)
	chosen := result.choose(suites, o.Match)
	r.parallel(ctx, len(chosen), func(i int) {
		c := chosen[i]
		*c.out = r.one(ctx, c.suite, c.test)
	})
	result.count()
	return result, ctx.Err()
}

func first(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// parallel does n things, several at the same time, until ctx ends.
func (r *runner) parallel(ctx context.Context, n int, do func(i int)) {
	workers := r.o.Parallel
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, n) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}

// read compiles a file of tests; the suite is nil when it cannot be run.
func (r *runner) read(name string) (File, *expect.Suite, error) {
	text, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		return File{}, nil, err
	}
	f := File{Name: name, Text: string(text)}
	a := dsl.AnalyzeTests(name, f.Text, func(file string) *dsl.Subject {
		f.Contract = path.Join(path.Dir(name), file)
		f.Subject = r.subject(f.Contract)
		return f.Subject
	})
	f.Diagnostics = a.Diagnostics
	if f.Diagnostics.HasErrors() || f.Subject == nil || f.Subject.Engine == nil {
		return f, nil, nil
	}
	return f, a.Suite, nil
}

// subject compiles a contract, once; nil when there is no such file.
func (r *runner) subject(name string) *dsl.Subject {
	r.mu.Lock()
	compiled, known := r.subjects[name]
	if !known {
		compiled = sync.OnceValue(func() *dsl.Subject {
			text, err := fs.ReadFile(r.fsys, name)
			if err != nil || path.Ext(name) != ".sla" { // no other file is shown to anybody
				return nil
			}
			return dsl.NewSubject(dsl.Analyze(name, string(text)))
		})
		r.subjects[name] = compiled
	}
	r.mu.Unlock()
	return compiled()
}

// tellOfContracts puts the diagnostics of a contract with errors before those
// of the first file that tests it.
func (r *Result) tellOfContracts() {
	told := map[string]bool{}
	for i := range r.Files {
		f := &r.Files[i]
		if f.Subject != nil && f.Subject.Engine == nil && !told[f.Contract] {
			told[f.Contract] = true
			f.Diagnostics = append(slices.Clone(f.Subject.Analysis.Diagnostics), f.Diagnostics...)
		}
	}
}

// A chosen test is one that is run, and where its outcome goes.
type chosen struct {
	suite *expect.Suite
	test  *expect.Test
	out   *expect.Outcome
}

// choose lists the tests that are run, and makes room for their outcomes.
func (r *Result) choose(suites []*expect.Suite, match *regexp.Regexp) (out []chosen) {
	for i, s := range suites {
		if s == nil {
			continue
		}
		f, tests := &r.Files[i], make([]*expect.Test, 0, len(s.Tests))
		for j := range s.Tests {
			if t := &s.Tests[j]; match == nil || match.MatchString(t.Name) {
				tests = append(tests, t)
			} else {
				r.Skipped = append(r.Skipped, t.Name)
			}
		}
		f.Outcomes = make([]expect.Outcome, len(tests))
		for j, t := range tests {
			out = append(out, chosen{s, t, &f.Outcomes[j]})
		}
	}
	return out
}

func (r *Result) count() {
	for i := range r.Files {
		for j := range r.Files[i].Outcomes {
			if r.Files[i].Outcomes[j].Status == expect.Passed {
				r.Passed++
			} else {
				r.Failed++
			}
		}
	}
}

// one runs a test and compares its snapshot.
func (r *runner) one(ctx context.Context, suite *expect.Suite, t *expect.Test) expect.Outcome {
	dir := path.Dir(suite.File)
	out := expect.Run(suite, t, expect.Options{Load: func(run *sla.Run, file string) error {
		err := facts.Load(ctx, run, r.fsys, facts.Options{}, path.Join(dir, file))
		if errors.Is(err, fs.ErrNotExist) {
			return &missingError{path.Join(dir, file)}
		}
		return err
	}})
	if out.Snapshot != nil {
		r.snapshot(&out, suite.File, path.Join(dir, out.Snapshot.File))
	}
	return out
}

// A missingError is a file of facts that is not there.
type missingError struct{ file string }

// Error names it.
func (e *missingError) Error() string { return "there is no " + e.file }
