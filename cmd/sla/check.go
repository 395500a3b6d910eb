package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

type checkCommand struct {
	Paths  []string `arg:"" optional:"" default:"." help:"Contracts, folders of them, or - for standard input."`
	Format string   `enum:"text,line,json" default:"text" help:"How to show what was found: ${enum}."`
	FailOn string   `enum:"error,warning" default:"error" help:"The least severity that gives exit status 1: ${enum}."`
	Scope  bool     `help:"List which clauses take part in evaluation, which are only checked, and which are prose."`
	Lock   bool     `help:"Pin the editions of the public holidays that the contracts use, in a file sla.lock beside them."`
}

// Help shows examples.
func (*checkCommand) Help() string {
	return `Examples:
  sla check                              every contract below this folder
  sla check acme.sla --fail-on warning   in CI: a new warning fails
  sla check acme.sla --format json       for editors and other programs
  sla check acme.sla --scope             what of it is evaluated
  sla check acme.sla --lock              from now on, another edition of the holidays is an error`
}

// Run checks contracts.
func (c *checkCommand) Run(t *terminal) error {
	files, err := contractFiles(c.Paths)
	if err != nil {
		return err
	}
	var all dsl.Diagnostics
	var unlocked []error
	for _, file := range files {
		name, text, err := t.read(file)
		if err != nil {
			return err
		}
		a := dsl.Analyze(name, text)
		all = append(all, a.Diagnostics...)
		if !a.Diagnostics.HasErrors() {
			if err := c.lock(file, a.Contract); err != nil {
				unlocked = append(unlocked, err)
			}
		}
		if c.Scope {
			writeScope(t.out, name, a.Contract)
			continue
		}
		c.show(t, a.Diagnostics, text)
	}
	if c.Format == "json" && !c.Scope {
		b, err := all.JSON(words.English())
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%s\n", b)
	}
	if c.Format == "text" && !c.Scope {
		fmt.Fprintln(t.err, summary(len(files), all))
	}
	if len(unlocked) > 0 {
		return fail(exitFindings, "%s", errors.Join(unlocked...))
	}
	if all.HasErrors() || c.FailOn == "warning" && all.Count(sla.Warning) > 0 {
		return &statusError{status: exitFindings}
	}
	return nil
}

// lock pins the editions of tables, or compares them with those pinned.
func (c *checkCommand) lock(file string, contract *sla.Contract) error {
	if c.Lock {
		return writeLock(file, contract)
	}
	return honourLock(file, contract)
}

// show writes the diagnostics of one file; warnings that were accepted are
// shown in JSON only.
func (c *checkCommand) show(t *terminal, ds dsl.Diagnostics, text string) {
	switch c.Format {
	case "text":
		fmt.Fprint(t.out, ds.Draw(words.English(), text, colour(t.out)))
	case "line":
		for _, d := range ds {
			if d.Accepted == "" {
				fmt.Fprintln(t.out, d.Line(words.English()))
			}
		}
	}
}

// summary is the last line: how many files, and what was found in them.
func summary(files int, ds dsl.Diagnostics) string {
	accepted := 0
	for _, d := range ds {
		if d.Accepted != "" {
			accepted++
		}
	}
	args := []sla.Arg{sla.Count("files", files)}
	for name, n := range map[string]int{"errors": ds.Count(sla.Error), "warnings": ds.Count(sla.Warning), "accepted": accepted} {
		if n > 0 {
			args = append(args, sla.Count(name, n))
		}
	}
	if len(args) == 1 {
		return words.English().Phrase("cli checked-clean", args...)
	}
	return words.English().Phrase("cli checked", args...)
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
