package main

import (
	"fmt"
	"io"
	"os"

	"github.com/aymanbagabas/go-udiff"

	"github.com/sla-lang/sla/dsl"
)

type formatCommand struct {
	Paths []string `arg:"" optional:"" default:"." help:"Contracts, folders of them, or - for standard input, whose text goes to standard output."`
	Check bool     `xor:"how" help:"Change nothing; list the files that are laid out otherwise, with exit status 1."`
	Diff  bool     `xor:"how" help:"Change nothing; show what would change, with exit status 1."`
	Fix   bool     `help:"Also mend what can be mended with certainty, such as a decimal comma."`
}

// Help shows examples.
func (*formatCommand) Help() string {
	return `Only white space changes, unless --fix is given; the meaning of a contract never does.

Examples:
  sla fmt                   every contract below this folder, in place
  sla fmt --check           in CI: fails if a file is laid out otherwise
  sla fmt --fix acme.sla    99,5% becomes 99.5%, "working days" becomes "business days"
  sla fmt - < acme.sla      from standard input to standard output`
}

// Run formats contracts.
func (c *formatCommand) Run(t *terminal) error {
	files, err := slaFiles(c.Paths)
	if err != nil {
		return err
	}
	otherwise := false
	for _, file := range files {
		changed, err := c.one(t, file)
		if err != nil {
			return err
		}
		otherwise = otherwise || changed
	}
	if otherwise && (c.Check || c.Diff) {
		return &statusError{status: exitFindings}
	}
	return nil
}

func (c *formatCommand) one(t *terminal, file string) (changed bool, err error) {
	name, text, err := t.read(file)
	if err != nil {
		return false, err
	}
	formatted := text
	if c.Fix && !dsl.IsTest(name) {
		formatted, _ = dsl.Mend(name, formatted)
	}
	formatted, ok := dsl.Format(formatted)
	if !ok {
		return false, fail(exitFindings, "%s: cannot be laid out; `sla check` says why", name)
	}
	changed = formatted != text
	switch {
	case c.Check && changed:
		fmt.Fprintln(t.out, name)
	case c.Diff && changed:
		fmt.Fprint(t.out, udiff.Unified(name, name+" (formatted)", text, formatted))
	case c.Check, c.Diff:
	case file == stdin:
		_, err = io.WriteString(t.out, formatted)
	case changed:
		err = rewrite(file, formatted)
	}
	return changed, err
}

// rewrite replaces a file, keeping its permissions.
func rewrite(file, text string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(text), info.Mode().Perm()); err != nil {
		return fail(exitUsage, "%s: cannot be written", file)
	}
	return nil
}
