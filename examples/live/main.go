// Command live shows all a product has to do to follow the clocks of tickets:
// facts go in as they come, and one timer says when to look again.
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

func main() {
	from, until := time.Date(2026, 3, 18, 8, 0, 0, 0, time.UTC), time.Date(2026, 3, 18, 16, 0, 0, 0, time.UTC)
	if err := follow(context.Background(), os.DirFS("examples/helpdesk"), from, until, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// follow tells whom to call and what falls due, from an instant until another.
func follow(ctx context.Context, folder fs.FS, from, until time.Time, out io.Writer) error {
	contract, err := dsl.Compile(folder, "helpdesk.sla")
	if err != nil {
		return err // the diagnostics
	}
	engine, err := sla.Prepare(contract)
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
	watch, err := run.Watch(from)
	for err == nil { // facts that come in go to watch.Add, in any order
		next, more := watch.Next() // a product sets its timer to this instant
		if !more || next.After(until) {
			return nil
		}
		var changes []sla.Change
		changes, err = watch.Advance(next)
		for _, c := range changes {
			call := strings.TrimSpace(cmp.Or(c.Level, "-") + " " + c.Who)
			fmt.Fprintf(out, "%s %s %s: %s, %s s left, %s\n", c.At.Format("15:04"), c.Ticket, c.Clock, c.Verdict, c.Left, call)
		}
	}
	return err
}
