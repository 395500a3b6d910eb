package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

type evalCommand struct {
	Contract string   `arg:"" help:"The contract, a folder that holds one, or - for standard input."`
	Facts    []string `sep:"none" help:"Files or folders of facts; several are read together. Default: the folder facts beside the contract." placeholder:"PATH"`
	mappingFlag
	Period  string   `help:"What to report: 2026-03, 2026-Q1, 2026-H1 or 2026. Default: the periods that the facts touch." placeholder:"PERIOD"`
	AsOf    string   `help:"The instant to report for. Default: the end of the last period." placeholder:"TIME"`
	Known   string   `help:"Use only facts recorded by this instant. Default: all." placeholder:"TIME"`
	Format  string   `enum:"text,json,csv,credits-csv,credits-json" default:"text" help:"How to show the report: ${enum}."`
	Explain bool     `help:"Explain every result, not only what was missed."`
	Authors bool     `help:"Name the people who recorded corrections."`
	Tickets bool     `help:"List the clocks of all tickets, not only those open or late."`
	Strict  bool     `help:"Fail with exit status 3 when a fact is refused."`
	FailOn  []string `enum:"missed,refused,warning" help:"Give exit status 1 for a missed objective, a refused fact or a warning." placeholder:"WHAT"`

	Ledger      string `help:"Read what earlier periods settled." placeholder:"FILE"`
	WriteLedger string `help:"Write what is settled now, for the next time." placeholder:"FILE"`
}

// Help shows examples.
func (*evalCommand) Help() string {
	return `Examples:
  sla eval examples/groupe-lenoir
  sla eval acme.sla --facts export/ --period 2026-03 --explain
  sla eval acme.sla --facts - < facts.ndjson
  sla eval acme.sla --facts export.csv --mapping zendesk-history
  sla eval acme.sla --as-of "2026-03-20 12:00"      in the middle of a month
  sla eval acme.sla --format json > report.json
  sla eval acme.sla --format credits-csv            the lines of credit notes
  sla eval acme.sla --ledger 2026-02.json --write-ledger 2026-03.json`
}

// Run evaluates a contract.
func (c *evalCommand) Run(ctx context.Context, t *terminal) error {
	engine, _, file, err := t.prepare(c.Contract)
	if err != nil {
		return err
	}
	o, err := c.options(engine)
	if err != nil {
		return err
	}
	run, err := c.open(engine)
	if err != nil {
		return err
	}
	if err := c.load(ctx, t, run, file); err != nil {
		return err
	}
	report, err := run.Report(o)
	var none *sla.NoPeriodError
	if errors.As(err, &none) && len(run.Intake().Refusals) > 0 {
		writeRefusals(t.err, run.Intake())
	}
	if err != nil {
		return fail(exitFacts, "%s: %v", file, err)
	}
	if err := c.write(t, engine, report); err != nil {
		return err
	}
	if err := c.writeLedger(report); err != nil {
		return err
	}
	return c.verdict(t, report)
}

// options reads the instants and the period in the contract's zone.
func (c *evalCommand) options(e *sla.Engine) (o sla.Options, err error) {
	o.AllTickets, o.Authors = c.Tickets, c.Authors
	if c.Period != "" {
		if o.From, o.To, err = sla.ParsePeriods(c.Period); err != nil {
			return o, fail(exitUsage, "--period: %v", err)
		}
	}
	if o.AsOf.Valid, err = instantIn(e.Zone(), "--as-of", c.AsOf); err != nil {
		return o, err
	}
	o.AsOf.Known, err = instantIn(e.Zone(), "--known", c.Known)
	return o, err
}

// instantIn reads a date, a local time or an instant with its offset.
func instantIn(z *calendar.Zone, flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, strings.Replace(text, " ", "T", 1)); err == nil {
			return at, nil
		}
	}
	day, clock, hasClock := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	d, err := calendar.ParseDate(day)
	if err == nil && !hasClock {
		return z.StartOf(d).Time().In(z.Location()), nil
	}
	tod, err2 := calendar.ParseTimeOfDay(clock)
	if err != nil || err2 != nil {
		return time.Time{}, fail(exitUsage, "%s: %q is no instant: write 2026-03-31, \"2026-03-31 12:00\" or 2026-03-31T12:00:00+02:00", flag, text)
	}
	first, _, n := z.Resolve(d, tod)
	if n != 1 {
		return time.Time{}, fail(exitUsage, "%s: the clocks read %s %s in %s; write it with its offset, as in 2026-03-31T12:00:00+02:00",
			flag, text, map[int]string{0: "never", 2: "twice"}[n], z.Name())
	}
	return first.Time().In(z.Location()), nil
}

func (c *evalCommand) open(e *sla.Engine) (*sla.Run, error) {
	if c.Ledger == "" {
		return e.Open(nil)
	}
	b, err := os.ReadFile(c.Ledger)
	if err != nil {
		return nil, fail(exitUsage, "%s: cannot be read", c.Ledger)
	}
	var l sla.Ledger
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, fail(exitUsage, "%s: is no ledger: %v", c.Ledger, err)
	}
	run, err := e.Open(&l)
	if err != nil {
		return nil, fail(exitUsage, "%s: %v", c.Ledger, err)
	}
	return run, nil
}

// load reads all facts into the run.
func (c *evalCommand) load(ctx context.Context, t *terminal, run *sla.Run, contract string) error {
	paths, err := factPaths(c.Facts, contract)
	if err != nil {
		return err
	}
	o, err := c.mappingFlag.options()
	if err != nil {
		return err
	}
	return load(ctx, t, run, paths, o)
}

// factPaths are the files and folders of facts that were named, or the folder
// facts beside the contract.
func factPaths(named []string, contract string) ([]string, error) {
	if len(named) > 0 {
		return named, nil
	}
	beside := filepath.Join(filepath.Dir(contract), "facts")
	if _, err := os.Stat(beside); contract == stdin || err != nil {
		return nil, fail(exitUsage, "no facts: there is no folder %s; name files or folders with --facts", filepath.ToSlash(beside))
	}
	return []string{beside}, nil
}

// load reads files and folders of facts into a run.
func load(ctx context.Context, t *terminal, run *sla.Run, paths []string, o facts.Options) error {
	read, done := t.progress(sizeOf(paths))
	defer done()
	o.Progress = read
	for _, path := range paths {
		var err error
		if path == stdin {
			err = readInput(run, t.in, o)
		} else {
			err = factsError(path, facts.Load(ctx, run, os.DirFS(filepath.Dir(path)), o, filepath.Base(path)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func sizeOf(paths []string) (n int64) {
	for _, path := range paths {
		// What cannot be walked is reported when it is read.
		_ = filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				if info, err := d.Info(); err == nil {
					n += info.Size()
				}
			}
			return nil
		})
	}
	return n
}

func (c *evalCommand) write(t *terminal, engine *sla.Engine, r *sla.Report) error {
	switch c.Format {
	case "json":
		b, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return err
		}
		_, err = t.out.Write(append(b, '\n'))
		return err
	case "csv":
		return writeCSV(t.out, r)
	case "credits-csv", "credits-json":
		return writeNotes(t.out, engine.CreditNotes(r), c.Format == "credits-json")
	}
	p := &reportPrinter{w: words.English(), contract: engine.Contract(), report: r, all: c.Explain, colour: colour(t.out)}
	_, err := t.out.Write([]byte(p.print()))
	return err
}

func (c *evalCommand) writeLedger(r *sla.Report) error {
	if c.WriteLedger == "" {
		return nil
	}
	b, err := json.MarshalIndent(r.Ledger, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.WriteLedger, append(b, '\n'), 0o644); err != nil {
		return fail(exitUsage, "%s: cannot be written", c.WriteLedger)
	}
	return nil
}

// verdict turns a report into an exit status.
func (c *evalCommand) verdict(t *terminal, r *sla.Report) error {
	if c.Strict && r.Intake.Refused > 0 {
		if c.Format != "text" {
			writeRefusals(t.err, r.Intake)
		}
		return fail(exitFacts, "%s", words.English().Phrase("cli refused", sla.Count("n", r.Intake.Refused)))
	}
	for _, what := range c.FailOn {
		switch {
		case what == "missed" && anyMissed(r), what == "refused" && r.Intake.Refused > 0, what == "warning" && len(r.Findings) > 0:
			return fail(exitFindings, "--fail-on %s", what)
		}
	}
	return nil
}

func anyMissed(r *sla.Report) bool {
	for i := range r.Results {
		if r.Results[i].Verdict == sla.Missed {
			return true
		}
	}
	return false
}

// writeRefusals lists refused facts, as far as they are kept in full.
func writeRefusals(w interface{ Write([]byte) (int, error) }, in sla.Intake) {
	for i := range in.Refusals {
		fmt.Fprintln(w, refusal(words.English(), &in.Refusals[i]))
	}
}
