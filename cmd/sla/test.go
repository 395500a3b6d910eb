package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

type testCommand struct {
	Paths    []string `arg:"" optional:"" default:"." help:"Files of tests (*_test.sla), contracts that have one beside them, or folders with all below them."`
	Match    string   `name:"run" help:"Run the tests whose names match." placeholder:"REGEXP"`
	Format   string   `enum:"text,json,junit,tap,github,sarif" default:"text" help:"How to show what came out: ${enum}."`
	Parallel int      `help:"How many tests run at the same time. Default: as many as there are processors." placeholder:"N"`
	Update   bool     `help:"Write snapshots anew instead of comparing them."`
	Watch    bool     `help:"Run the tests again whenever a contract, a test or facts change, until interrupted."`
}

// Help shows examples.
func (*testCommand) Help() string {
	return `A failure begins with its file and line, then says what was expected, what came out, and why. The last line is "N passed, N failed"; each row of a table of cases is a test.

Exit status: 4 when tests fail, 1 when a file of tests or its contract has errors, 3 when facts cannot be read.

Examples:
  sla test                             every *_test.sla below this folder
  sla test acme_test.sla --run bands   the tests with "bands" in their names
  sla test --format junit > tests.xml  for GitLab, Jenkins and their like; github annotates a pull request
  sla test --watch                     again after each change
  sla test --update                    write snapshots, to be reviewed in git`
}

// Run runs tests of contracts.
func (c *testCommand) Run(ctx context.Context, t *terminal) error {
	defer spendMemory()()
	o := slatest.Options{Parallel: c.Parallel}
	if c.Match != "" {
		match, err := regexp.Compile(c.Match)
		if err != nil {
			return fail(exitUsage, "--run: %v", err)
		}
		o.Match = match
	}
	if c.Update {
		o.Write = writeSnapshot
	}
	if c.Watch {
		return c.follow(ctx, t, o)
	}
	result, err := c.run(ctx, o)
	if err != nil {
		return err
	}
	if err := c.show(t, result); err != nil {
		return err
	}
	return c.status(result)
}

// run finds the files of tests and runs them.
func (c *testCommand) run(ctx context.Context, o slatest.Options) (*slatest.Result, error) {
	names, err := testFiles(c.Paths)
	if err != nil {
		return nil, err
	}
	result, err := slatest.RunFiles(ctx, files{}, names, o)
	var broken *fs.PathError
	switch {
	case ctx.Err() != nil:
		return nil, fail(exitUsage, "interrupted")
	case errors.As(err, &broken):
		return nil, fail(exitUsage, "%s: cannot be read", broken.Path)
	case err != nil:
		return nil, fail(exitUsage, "%v", err)
	}
	return result, nil
}

// show writes what came out. The last line of people and of logs says how
// many passed.
func (c *testCommand) show(t *terminal, r *slatest.Result) error {
	w := words.English()
	var err error
	switch c.Format {
	case "text":
		return slatest.WriteText(t.out, r, w, colour(t.out))
	case "json":
		err = slatest.WriteJSON(t.out, r, w)
	default:
		err = writeCI(t.out, c.Format, "sla test", tested(r))
	}
	fmt.Fprintln(t.err, w.Phrase("expect summary", sla.Count("passed", r.Passed), sla.Count("failed", r.Failed)))
	return err
}

// status is the exit status of what came out: errors in files weigh more than
// facts that cannot be read, these more than tests that fail.
func (c *testCommand) status(r *slatest.Result) error {
	for i := range r.Files {
		if s := r.Files[i].Subject; s != nil && s.Engine != nil {
			locked, err := honourLock(r.Files[i].Contract, s.Analysis.Contract)
			if err != nil {
				return err
			}
			if locked.HasErrors() {
				return fail(exitFindings, "%s", locked.Error())
			}
		}
	}
	switch {
	case r.Broken():
		return &statusError{status: exitFindings}
	case r.BadFacts():
		return &statusError{status: exitFacts}
	case r.Failed > 0:
		return &statusError{status: exitFailed}
	case r.Passed == 0 && c.Match != "":
		return fail(exitUsage, "--run %s: no test has a name that matches%s", c.Match, among(r))
	case r.Passed == 0:
		return fail(exitUsage, "%s", holdsNone(r))
	}
	return nil
}

func holdsNone(r *slatest.Result) string {
	if len(r.Files) == 1 {
		return r.Files[0].Name + " holds no test"
	}
	return "the files hold no test"
}

// among names some tests there are.
func among(r *slatest.Result) string {
	if len(r.Skipped) == 0 {
		return ""
	}
	return fmt.Sprintf("; there are %d, such as %q", len(r.Skipped), r.Skipped[0])
}

// testFiles lists the files of tests under paths; a contract stands for the
// file of tests beside it.
func testFiles(paths []string) ([]string, error) {
	var patterns []string
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case p == stdin:
			return nil, fail(exitUsage, "tests name their contract as seen from their file, so they cannot come from standard input")
		case err != nil:
			return nil, fail(exitUsage, "%s: there is no such file or folder", p)
		case !info.IsDir() && !strings.HasSuffix(p, extension):
			return nil, fail(exitUsage, "%s: is no file of tests (*%s)", p, testSuffix)
		case !info.IsDir() && !dsl.IsTest(p):
			beside := strings.TrimSuffix(p, extension) + testSuffix
			if _, err := os.Stat(beside); err != nil {
				return nil, fail(exitUsage, "%s: holds no tests; those of a contract stand beside it, in %s", p, filepath.Base(beside))
			}
			p = beside
		}
		found, err := slatest.Find(files{}, filepath.ToSlash(p))
		switch {
		case err != nil:
			return nil, fail(exitUsage, "%s: cannot be read", p)
		case len(found) == 0:
			return nil, fail(exitUsage, "%s: no tests (*%s) in this folder", p, testSuffix)
		}
		patterns = append(patterns, found...)
	}
	return slatest.Find(files{}, patterns...)
}

// writeSnapshot writes a snapshot beside the tests.
func writeSnapshot(file, text string) error {
	return os.WriteFile(filepath.FromSlash(file), []byte(text), 0o644)
}

// files is the file system of the machine, by the paths a user types.
type files struct{}

// Open opens a file or a folder.
func (files) Open(name string) (fs.File, error) { return os.Open(filepath.FromSlash(name)) }
