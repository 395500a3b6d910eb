// Command embed shows all a product has to do to say who owes what.
package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

func main() {
	if err := whoOwes(context.Background(), os.DirFS("examples/groupe-lenoir"), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// whoOwes compiles a contract, reads facts, and
// writes what is owed for each period and which objectives are to blame.
func whoOwes(ctx context.Context, folder fs.FS, out io.Writer) error {
	contract, err := dsl.Compile(folder, "groupe-lenoir.sla")
	if err != nil {
		return err // the diagnostics
	}
	engine, err := sla.Prepare(contract) // immutable, for any number of goroutines
	if err != nil {
		return err
	}
	run, err := engine.Open(nil)
	if err != nil {
		return err
	}
	if err := facts.Load(ctx, run, folder, facts.Options{}, "facts"); err != nil {
		return err
	}
	report, err := run.Report(sla.Options{})
	if err != nil {
		return err
	}
	for _, s := range report.Settlements {
		fmt.Fprintf(out, "%s: %s", s.Period.Name, s.Total)
		for _, line := range s.Lines {
			if line.Posted.Sign() > 0 {
				fmt.Fprintf(out, ", because of %s", line.Objective)
			}
		}
		fmt.Fprintln(out)
	}
	return nil
}
