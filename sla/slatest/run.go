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
	// Contract is the file of the contract, ContractText its source.
	Contract, ContractText string
	// Outcomes are those of its tests, in their order.
	Outcomes []expect.Outcome
}

// A Result is what became of all files.
type Result struct {
	Files []File
	// Passed and Failed count tests; each row of a table of cases is one.
	// Whatever is not passed has failed.
	Passed, Failed int
}

// Broken says that some file could not be run: it, or its contract, has
// errors.
func (r *Result) Broken() bool {
	return slices.ContainsFunc(r.Files, func(f File) bool { return f.Diagnostics.HasErrors() })
}

// runner runs the tests of files.
type runner struct {
	fsys     fs.FS
	o        Options
	subjects map[string]*dsl.Subject
	wrote    sync.Mutex
}

// RunFiles runs the tests in the named files. A contract is compiled once,
// however many files test it. The error is that of a file that cannot be
// read, or ctx's.
func RunFiles(ctx context.Context, fsys fs.FS, names []string, o Options) (*Result, error) {
	r := &runner{fsys: fsys, o: o, subjects: map[string]*dsl.Subject{}}
	result := &Result{}
	told := map[string]bool{}
	for _, name := range names {
		f, suite, err := r.read(name, told)
		if err != nil {
			return nil, err
		}
		if suite != nil {
			if f.Outcomes, err = r.run(ctx, suite); err != nil {
				return nil, err
			}
		}
		for _, out := range f.Outcomes {
			if out.Status == expect.Passed {
				result.Passed++
			} else {
				result.Failed++
			}
		}
		result.Files = append(result.Files, f)
	}
	return result, nil
}

// read compiles a file of tests; the suite is nil when it cannot be run. The
// diagnostics of a contract are told with the first file that tests it.
func (r *runner) read(name string, told map[string]bool) (File, *expect.Suite, error) {
	text, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		return File{}, nil, err
	}
	f := File{Name: name, Text: string(text)}
	var subject *dsl.Subject
	a := dsl.AnalyzeTests(name, f.Text, func(file string) *dsl.Subject {
		f.Contract = path.Join(path.Dir(name), file)
		subject = r.subject(f.Contract)
		return subject
	})
	f.Diagnostics = a.Diagnostics
	if subject != nil {
		_, f.ContractText = subject.Analysis.Source()
	}
	if subject != nil && subject.Engine == nil && !told[f.Contract] {
		told[f.Contract] = true
		f.Diagnostics = append(slices.Clone(subject.Analysis.Diagnostics), f.Diagnostics...)
	}
	if f.Diagnostics.HasErrors() {
		return f, nil, nil
	}
	return f, a.Suite, nil
}

// subject compiles a contract, once; nil when there is no such file.
func (r *runner) subject(name string) *dsl.Subject {
	if s, ok := r.subjects[name]; ok {
		return s
	}
	var s *dsl.Subject
	if text, err := fs.ReadFile(r.fsys, name); err == nil {
		s = dsl.NewSubject(dsl.Analyze(name, string(text)))
	}
	r.subjects[name] = s
	return s
}

// run runs the tests of a suite at the same time and gives their outcomes in
// order.
func (r *runner) run(ctx context.Context, suite *expect.Suite) ([]expect.Outcome, error) {
	var chosen []*expect.Test
	for i := range suite.Tests {
		if t := &suite.Tests[i]; r.o.Match == nil || r.o.Match.MatchString(t.Name) {
			chosen = append(chosen, t)
		}
	}
	out := make([]expect.Outcome, len(chosen))
	workers := r.o.Parallel
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(workers, max(1, len(chosen))) {
		wait.Go(func() {
			for i := range next {
				out[i] = r.one(ctx, suite, chosen[i])
			}
		})
	}
	for i := range chosen {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wait.Wait()
	return out, ctx.Err()
}

// one runs a test and compares its snapshot.
func (r *runner) one(ctx context.Context, suite *expect.Suite, t *expect.Test) expect.Outcome {
	dir := path.Dir(suite.File)
	out := expect.Run(suite, t, expect.Options{Load: func(run *sla.Run, file string) error {
		return facts.Load(ctx, run, r.fsys, facts.Options{}, path.Join(dir, file))
	}})
	if out.Snapshot != nil {
		r.snapshot(&out, path.Join(dir, out.Snapshot.File))
	}
	return out
}

// snapshot compares what came out with a stored text, or stores it.
func (r *runner) snapshot(out *expect.Outcome, file string) {
	if r.o.Write != nil {
		r.wrote.Lock()
		defer r.wrote.Unlock()
		if err := r.o.Write(file, out.Snapshot.Text); err != nil {
			out.Fail(expect.Failure{Status: expect.Broken, Span: out.Snapshot.Span, Code: "snapshot-unwritable", Args: []sla.Arg{sla.Prose("file", file), sla.Prose("reason", err.Error())}})
		}
		return
	}
	stored, err := fs.ReadFile(r.fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		out.Fail(expect.Failure{Status: expect.Broken, Span: out.Snapshot.Span, Code: "snapshot-missing", Args: []sla.Arg{sla.Prose("file", file)}})
	case err != nil:
		out.Fail(expect.Failure{Status: expect.Broken, Span: out.Snapshot.Span, Code: "snapshot-missing", Args: []sla.Arg{sla.Prose("file", file), sla.Prose("reason", err.Error())}})
	case string(stored) != out.Snapshot.Text:
		for _, f := range differences(string(stored), out.Snapshot.Text) {
			f.Span = out.Snapshot.Span
			out.Fail(f)
		}
	}
}
