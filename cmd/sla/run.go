package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/alecthomas/kong"
)

// Exit statuses.
const (
	exitOK = iota
	// exitFindings: contracts have errors, or what --fail-on asks for.
	exitFindings
	exitUsage
	// exitFacts: facts are unreadable or, under --strict, were refused.
	exitFacts
	// exitFailed: tests of contracts failed.
	exitFailed
)

// commands is the whole command line.
type commands struct {
	Check    checkCommand    `cmd:"" help:"Say what is wrong with contracts."`
	Fmt      formatCommand   `cmd:"" help:"Lay contracts out in the one usual way."`
	Eval     evalCommand     `cmd:"" help:"Check a contract against facts: what was met, what is owed, and why."`
	Exposure exposureCommand `cmd:"" help:"Say what a contract can cost at the worst, and what each miss costs."`
	Test     testCommand     `cmd:"" help:"Run tests of contracts (*_test.sla)."`
	Calendar calendarCommand `cmd:"" help:"Compute with the calendars of a contract: months, deadlines, open time."`
	Watch    watchCommand    `cmd:"" help:"Follow the clocks of tickets: what changes, or how every clock stands at an instant."`
	Due      dueCommand      `cmd:"" help:"Say when the clocks of a ticket fall due."`
	Mapping  mappingCommand  `cmd:"" help:"List, print or try mappings, by which exports of other systems are read."`
	Explain  explainCommand  `cmd:"" help:"Tell more about the code of a message."`
	Schema   schemaCommand   `cmd:"" help:"Print the JSON Schema of a contract, a report, a ledger, an exposure, a line of a credit note, a fact, diagnostics or results of tests."`
	Version  versionCommand  `cmd:"" help:"Print versions of the program, the language and its tables."`

	Completion completionCommand `cmd:"" help:"Print the script by which a shell completes commands."`
	Complete   completeCommand   `cmd:"" hidden:"" help:"Answer such a script."`
}

const description = `Contracts as code: service level agreements as small text files, checked, and evaluated against measurements.

Exit status: 0 all is well, 1 errors in contracts or what --fail-on asks for, 2 wrong usage, 3 facts unreadable or refused under --strict, 4 failed tests.`

// A statusError ends the program with a status, and with a message if it has
// one.
type statusError struct {
	status  int
	message string
}

func (e *statusError) Error() string { return e.message }

func fail(status int, format string, args ...any) error {
	return &statusError{status, fmt.Sprintf(format, args...)}
}

// run is the program without its surroundings.
func run(ctx context.Context, args []string, t terminal) int {
	exited := -1
	var c commands
	parser, err := kong.New(&c, kong.Name("sla"), kong.Description(description),
		kong.Writers(t.out, t.err), kong.Exit(func(status int) { exited = status }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		fmt.Fprintln(t.err, "sla:", err)
		return exitUsage
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(negativeLengths(args))
	if exited >= 0 { // --help
		return exited
	}
	if err != nil {
		fmt.Fprintln(t.err, "sla:", err)
		fmt.Fprintln(t.err, "`sla --help` lists the commands, `sla COMMAND --help` shows examples")
		return exitUsage
	}
	parsed.Bind(parser)
	parsed.BindTo(ctx, (*context.Context)(nil))
	return statusOf(parsed.Run(&t), &t)
}

func statusOf(err error, t *terminal) int {
	if err == nil {
		return exitOK
	}
	status := exitUsage
	var s *statusError
	if errors.As(err, &s) {
		status = s.status
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(t.err, "sla:", message)
	}
	return status
}
