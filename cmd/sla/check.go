package main

import (
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/internal/ci"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

type checkCommand struct {
	Paths  []string `arg:"" optional:"" default:"." help:"Contracts and files of tests, folders of them, or - for standard input."`
	Format string   `enum:"text,line,json,sarif,github,junit,tap" default:"text" help:"How to show what was found: ${enum}."`
	FailOn string   `enum:"error,warning" default:"error" help:"The least severity that gives exit status 1: ${enum}."`
	Scope  bool     `help:"List which clauses take part in evaluation, which are only checked, and which are prose."`
	Lock   bool     `help:"Pin the editions of the public holidays that the contracts use, in a file sla.lock beside them."`
}

// Help shows examples.
func (*checkCommand) Help() string {
	return `Tests of contracts (*_test.sla) are read and not run; sla test runs them.

Examples:
  sla check                              every contract and every test below this folder
  sla check acme.sla --fail-on warning   in CI: a new warning fails
  sla check acme.sla --format json       for editors and other programs
  sla check --format sarif               for code scanning; github, junit and tap are for CI too
  sla check acme.sla --scope             what of it is evaluated
  sla check acme.sla --lock              from now on, another edition of the holidays is an error`
}

// contractHasErrors is the code of tests whose contract has errors.
const contractHasErrors sla.Code = "contract-has-errors"

// A checking is one run of the command.
type checking struct {
	*checkCommand
	t *terminal
	// contracts are those read so far, subjects those that tests asked for,
	// named the files that are checked, all by their cleaned paths.
	contracts map[string]*dsl.Analysis
	subjects  map[string]*dsl.Subject
	named     map[string]bool
	// files and tests count what was checked.
	files, tests int
	found        dsl.Diagnostics
	suites       []ci.Suite
	// unread are the statements that a reader might believe evaluated.
	unread []string
	// broken are locks that were told about.
	broken map[string]bool
}

// Run checks contracts.
func (c *checkCommand) Run(t *terminal) error {
	defer spendMemory()()
	files, err := slaFiles(c.Paths)
	if err != nil {
		return err
	}
	k := &checking{checkCommand: c, t: t, contracts: map[string]*dsl.Analysis{}, subjects: map[string]*dsl.Subject{}, named: map[string]bool{}, broken: map[string]bool{}}
	for _, file := range files {
		k.named[path.Clean(filepath.ToSlash(file))] = true
	}
	for _, file := range files {
		if err := k.file(file); err != nil {
			return err
		}
	}
	if err := k.finish(); err != nil {
		return err
	}
	if k.found.HasErrors() || c.strict() && k.found.Count(sla.Warning) > 0 {
		return &statusError{status: exitFindings}
	}
	return nil
}

func (c *checkCommand) strict() bool { return c.FailOn == "warning" }

// file checks one file and shows what there is to say about it.
func (k *checking) file(file string) error {
	name, text, err := k.t.read(file)
	if err != nil {
		return err
	}
	var found dsl.Diagnostics
	var lock *brokenLock
	if dsl.IsTest(name) {
		if k.Scope {
			return nil
		}
		k.tests++
		found = k.testFile(name, text)
	} else {
		k.files++
		a := dsl.Analyze(name, text)
		k.contracts[path.Clean(name)] = a
		found = a.Diagnostics
		if !found.HasErrors() {
			unlike, err := k.lock(file, a.Contract)
			if err != nil && !errors.As(err, &lock) {
				return err
			}
			found = append(found, unlike...)
		}
		k.unread = append(k.unread, unevaluated(a.Contract)...)
		if k.Scope {
			writeScope(k.t.out, name, a.Contract)
		}
	}
	k.found = append(k.found, found...)
	k.show(name, text, found)
	k.brokenLock(lock)
	return nil
}

// brokenLock tells of a lock that is none, once.
func (k *checking) brokenLock(lock *brokenLock) {
	if lock == nil || k.broken[lock.path] {
		return
	}
	k.broken[lock.path] = true
	d := lock.diagnostic()
	k.found = append(k.found, d)
	k.show(d.Span.File, lock.text, dsl.Diagnostics{d})
}

// testFile reads tests. That their contract has errors is not said when it is
// among the files that are checked.
func (k *checking) testFile(name, text string) dsl.Diagnostics {
	told := false
	a := dsl.AnalyzeTests(name, text, func(contract string) *dsl.Subject {
		contract = path.Join(path.Dir(name), contract)
		told = k.named[contract]
		return k.subject(contract)
	})
	var out dsl.Diagnostics
	for _, d := range a.Diagnostics {
		if !told || d.Code != contractHasErrors {
			out = append(out, d)
		}
	}
	return out
}

// subject gives a contract to its tests; nil when there is no such file.
func (k *checking) subject(file string) *dsl.Subject {
	if s := k.subjects[file]; s != nil {
		return s
	}
	if k.contracts[file] == nil {
		name, text, err := k.t.read(filepath.FromSlash(file))
		if err != nil {
			return nil
		}
		k.contracts[file] = dsl.Analyze(name, text)
	}
	k.subjects[file] = dsl.NewSubject(k.contracts[file])
	return k.subjects[file]
}

// lock pins the editions of tables, or compares them with those pinned.
func (c *checkCommand) lock(file string, contract *sla.Contract) (dsl.Diagnostics, error) {
	if c.Lock {
		return nil, writeLock(file, contract)
	}
	return honourLock(file, contract)
}

// show writes the diagnostics of one file, or keeps them for the end; warnings
// that were accepted are shown in JSON only.
func (k *checking) show(name, text string, ds dsl.Diagnostics) {
	switch {
	case k.Scope || k.Format == "json":
	case k.Format == "text":
		fmt.Fprint(k.t.out, ds.Draw(words.English(), text, colour(k.t.out)))
	case k.Format == "line":
		for _, d := range ds {
			if d.Accepted == "" {
				fmt.Fprintln(k.t.out, d.Line(words.English()))
			}
		}
	default:
		k.suites = append(k.suites, checked(name, ds, k.strict()))
	}
}

// finish writes what is written for all files together.
func (k *checking) finish() error {
	switch {
	case k.Scope || k.Format == "line":
		return nil
	case k.Format == "json":
		b, err := k.found.JSON(words.English())
		if err != nil {
			return err
		}
		fmt.Fprintf(k.t.out, "%s\n", b)
		return nil
	case k.Format != "text":
		if err := writeCI(k.t.out, k.Format, "sla check", k.suites); err != nil {
			return err
		}
	}
	fmt.Fprintln(k.t.err, k.summary())
	return nil
}

// summary is the last line: how many files, and what was found in them.
func (k *checking) summary() string {
	accepted := 0
	for _, d := range k.found {
		if d.Accepted != "" {
			accepted++
		}
	}
	args := []sla.Arg{sla.Count("files", k.files)}
	key := "cli checked-clean"
	slices.Sort(k.unread)
	if names := slices.Compact(k.unread); len(names) > 0 && k.found.Count(sla.Error) == 0 {
		args = append(args, sla.List("unevaluated", names))
	}
	for name, n := range map[string]int{"errors": k.found.Count(sla.Error), "warnings": k.found.Count(sla.Warning), "accepted": accepted} {
		if n > 0 {
			key = "cli checked"
			args = append(args, sla.Count(name, n))
		}
	}
	if k.tests > 0 {
		args = append(args, sla.Count("tests", k.tests))
	}
	return words.English().Phrase(key, args...)
}

// unevaluated names the statements of a contract that are checked only.
func unevaluated(c *sla.Contract) (names []string) {
	for _, part := range sla.Participation(c) {
		if part.Use == sla.CheckedOnly && !slices.Contains(names, part.Statement) {
			names = append(names, part.Statement)
		}
	}
	return names
}

// writeScope lists clauses by what they are for.
func writeScope(w io.Writer, name string, c *sla.Contract) {
	last := ""
	for _, p := range sla.Participation(c) {
		line := fmt.Sprintf("%s:%d: %s", name, p.At.Line, p.Use)
		if line == last { // one entry for each line of the file
			continue
		}
		last = line
		fmt.Fprintf(w, "%s:%d: %-13s %s\n", name, p.At.Line, p.Use, p.Clause)
	}
}
