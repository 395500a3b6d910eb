package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

type testCommand struct {
	Paths    []string `arg:"" optional:"" default:"." help:"Files of tests (*_test.sla), or folders with all below them."`
	Match    string   `name:"run" help:"Run the tests whose names match." placeholder:"REGEXP"`
	Parallel int      `help:"How many tests run at the same time. Default: as many as there are processors." placeholder:"N"`
	Update   bool     `help:"Write snapshots anew instead of comparing them."`
}

// Help shows examples.
func (*testCommand) Help() string {
	return `Examples:
  sla test                             every *_test.sla below this folder
  sla test acme_test.sla --run bands   the tests with "bands" in their names
  sla test --update                    write snapshots, to be reviewed in git`
}

// Run runs tests of contracts.
func (c *testCommand) Run(ctx context.Context, t *terminal) error {
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
	names, err := slatest.Find(files{}, slashed(c.Paths)...)
	switch {
	case err != nil:
		return fail(exitUsage, "%v", err)
	case len(names) == 0:
		return fail(exitUsage, "no file of tests (*%s) there", testSuffix)
	}
	result, err := slatest.RunFiles(ctx, files{}, names, o)
	if err != nil {
		return fail(exitUsage, "%v", err)
	}
	if err := slatest.WriteText(t.out, result, words.English(), colour(t.out)); err != nil {
		return err
	}
	switch {
	case result.Broken():
		return &statusError{status: exitFindings}
	case result.Failed > 0:
		return &statusError{status: exitFailed}
	}
	return nil
}

// writeSnapshot writes a snapshot beside the tests.
func writeSnapshot(file, text string) error {
	return os.WriteFile(filepath.FromSlash(file), []byte(text), 0o644)
}

func slashed(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = filepath.ToSlash(p)
	}
	return out
}

// files is the file system of the machine, by the paths a user types.
type files struct{}

// Open opens a file or a folder.
func (files) Open(name string) (fs.File, error) { return os.Open(filepath.FromSlash(name)) }
