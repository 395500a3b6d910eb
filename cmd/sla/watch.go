package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

type watchCommand struct {
	Contract string   `arg:"" help:"The contract, a folder that holds one, or - for standard input."`
	Facts    []string `sep:"none" help:"Files or folders of facts; - reads NDJSON from standard input as it comes. Default: the folder facts beside the contract." placeholder:"PATH"`
	mappingFlag
	Now    string `required:"" help:"The instant up to which to follow the clocks; the word now asks this machine." placeholder:"TIME"`
	Since  string `help:"Tell of changes after this instant only. Default: all." placeholder:"TIME"`
	Format string `enum:"ndjson,json,text" default:"ndjson" help:"ndjson: every change, one a line. json: the state of every clock at the end. text: the same for people."`
}

// Help shows examples.
func (*watchCommand) Help() string {
	return `Examples:
  sla watch examples/helpdesk --now "2026-03-10 10:30"
  sla watch acme.sla --now "2026-03-10 10:30" --format json      the state of every clock
  tail -f events.ndjson | sla watch acme.sla --facts - --now now`
}

// A watchState is the state of every clock at an instant, in the words of a
// report.
type watchState struct {
	Schema   string             `json:"schema"`
	Contract string             `json:"contract"`
	Zone     string             `json:"zone"`
	AsOf     sla.AsOf           `json:"asOf"`
	Tickets  []sla.TicketResult `json:"tickets"`
	// Next is when something changes by itself.
	Next       *time.Time    `json:"next,omitempty"`
	Objectives []sla.Outlook `json:"objectives"`
	Findings   []sla.Finding `json:"findings,omitempty"`
	Intake     sla.Intake    `json:"intake"`
}

// Run follows the clocks of a contract.
func (c *watchCommand) Run(ctx context.Context, t *terminal) error {
	engine, contract, file, err := t.prepare(c.Contract)
	if err != nil {
		return err
	}
	now, err := t.instant(engine, "--now", c.Now)
	if err != nil {
		return err
	}
	since, err := t.instant(engine, "--since", c.Since)
	if err != nil {
		return err
	}
	run, err := engine.Open(nil)
	if err != nil {
		return err
	}
	w, err := run.Watch(time.Unix(0, 0))
	if err != nil {
		return fail(exitFacts, "%s: %v", file, err)
	}
	teller := &teller{watch: w, until: now, since: since}
	if c.Format == "ndjson" {
		out := bufio.NewWriter(t.out)
		teller.out, teller.lines = out, json.NewEncoder(out)
	}
	if err := c.follow(ctx, t, teller, file); err != nil {
		return err
	}
	if err := teller.tell(now); err != nil {
		return fail(exitFacts, "%s: %v", file, err)
	}
	return c.show(t, w, contract)
}

// follow feeds the facts to the watch: those of files in the order of their
// instants, those of standard input as they come.
func (c *watchCommand) follow(ctx context.Context, t *terminal, to *teller, contract string) error {
	var kept collected
	paths, err := factPaths(c.Facts, contract)
	if err != nil {
		return err
	}
	o, err := c.mappingFlag.options()
	if err != nil {
		return err
	}
	o.Zone = to.watch.Run().Engine().Zone()
	for _, path := range paths {
		if path == stdin {
			continue
		}
		if err := factsError(path, facts.Load(ctx, &kept, os.DirFS(filepath.Dir(path)), o, filepath.Base(path))); err != nil {
			return err
		}
	}
	to.history = true
	kept.feed(to)
	if slices.Contains(paths, stdin) {
		if len(kept.rows) > 0 && to.watch.Now().Before(to.since) && to.err == nil {
			to.err = to.tell(to.since) // what comes now is news, whatever it is about
		}
		to.history = false
		if err := readInput(to, t.in, o); err != nil {
			return err
		}
	}
	if to.err != nil {
		return fail(exitFacts, "%s: %v", contract, to.err)
	}
	return nil
}

// show prints the state of every clock, and the facts that were refused.
func (c *watchCommand) show(t *terminal, w *sla.Watch, contract *sla.Contract) error {
	findings, in, err := w.Findings()
	if err != nil {
		return fail(exitFacts, "%v", err)
	}
	if in.Refused > 0 && c.Format != "json" {
		writeRefusals(t.err, in)
	}
	p := &reportPrinter{w: words.English(), contract: contract, report: &sla.Report{Findings: findings, Intake: in}}
	if c.Format == "ndjson" {
		p.remarks()
		_, err = io.WriteString(t.err, strings.TrimLeft(p.b.String(), "\n"))
		return err
	}
	clocks, err := w.Tickets()
	if err != nil {
		return fail(exitFacts, "%v", err)
	}
	outlook, err := w.Outlook()
	if err != nil {
		return fail(exitFacts, "%v", err)
	}
	e := w.Run().Engine()
	s := watchState{
		Schema: "sla-watch/1", Contract: contract.ID, Zone: e.Zone().Name(), AsOf: sla.AsOf{Valid: w.Now(), Known: w.Now()},
		Tickets: clocks, Objectives: outlook, Findings: findings, Intake: in,
	}
	if s.Tickets == nil {
		s.Tickets = []sla.TicketResult{}
	}
	if next, ok := w.Next(); ok {
		s.Next = &next
	}
	if c.Format == "json" {
		return writeIndented(t.out, s)
	}
	p.report.Contract, p.report.Zone, p.report.AsOf, p.report.Tickets, p.colour = contract.ID, s.Zone, s.AsOf, clocks, colour(t.out)
	p.head()
	p.outlook(outlook)
	p.tickets()
	if s.Next != nil {
		p.line("")
		p.line("%s", p.phrase("next", instantArg("at", s.Next.Truncate(time.Second))))
	}
	p.remarks()
	_, err = io.WriteString(t.out, p.b.String())
	return err
}

// A teller feeds a watch and writes what changes.
type teller struct {
	watch        *sla.Watch
	since, until time.Time
	// history says that facts of files come, of which all was told by since.
	history bool
	out     *bufio.Writer
	lines   *json.Encoder
	err     error
}

// AddFrom lets time go on to the fact, takes it in, and tells what changed.
func (t *teller) AddFrom(f sla.Fact, file string, line int) *sla.Refusal {
	at := f.Header().Occurred
	if at.After(t.watch.Now()) && !at.After(t.until) && t.err == nil {
		t.err = t.tell(at)
	}
	no := t.watch.AddFrom(f, file, line)
	if no == nil && t.err == nil && !at.After(t.until) {
		t.err = t.tell(t.watch.Now())
	}
	return no
}

// Refuse counts a row that could not be read.
func (t *teller) Refuse(no sla.Refusal) { t.watch.Refuse(no) }

// tell lets time go on and writes each change on a line.
func (t *teller) tell(to time.Time) error {
	changes, err := t.watch.Advance(to)
	if err != nil || t.lines == nil {
		return err
	}
	for i := range changes {
		if at := changes[i].At; at.Before(t.since) || t.history && at.Equal(t.since) {
			continue
		}
		if err := t.lines.Encode(&changes[i]); err != nil {
			return err
		}
	}
	return t.out.Flush()
}

// collected holds facts of files until all are known.
type collected struct {
	rows    []collectedRow
	refused []sla.Refusal
}

type collectedRow struct {
	fact sla.Fact
	file string
	line int
}

// AddFrom keeps a fact.
func (c *collected) AddFrom(f sla.Fact, file string, line int) *sla.Refusal {
	c.rows = append(c.rows, collectedRow{f, file, line})
	return nil
}

// Refuse keeps a refusal.
func (c *collected) Refuse(no sla.Refusal) { c.refused = append(c.refused, no) }

// feed gives everything on, facts in the order of their instants.
func (c *collected) feed(to facts.Sink) {
	for _, no := range c.refused {
		to.Refuse(no)
	}
	slices.SortStableFunc(c.rows, func(a, b collectedRow) int {
		x, y := a.fact.Header(), b.fact.Header()
		return cmp.Or(x.Occurred.Compare(y.Occurred), cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	for _, r := range c.rows {
		to.AddFrom(r.fact, r.file, r.line)
	}
}

type dueCommand struct {
	Contract string   `arg:"" help:"The contract, a folder that holds one, or - for standard input."`
	Ticket   []string `sep:"none" required:"" help:"A file with the facts of the ticket, or of several; - is standard input." placeholder:"FILE"`
	mappingFlag
	At      string `help:"The instant to ask about. Default: when the last fact was known." placeholder:"TIME"`
	Format  string `enum:"text,json" default:"text" help:"How to show the clocks: ${enum}."`
	Explain bool   `help:"Explain every clock."`
}

// Help shows examples.
func (*dueCommand) Help() string {
	return `Examples:
  sla due acme.sla --ticket T-1.ndjson
  sla due acme.sla --ticket T-1.ndjson --at "2026-03-10 10:30" --explain
  sla due acme.sla --ticket - --format json < T-1.ndjson`
}

// Run says when the clocks of a ticket fall due.
func (c *dueCommand) Run(ctx context.Context, t *terminal) error {
	engine, contract, file, err := t.prepare(c.Contract)
	if err != nil {
		return err
	}
	run, err := engine.Open(nil)
	if err != nil {
		return err
	}
	o, err := c.mappingFlag.options()
	if err != nil {
		return err
	}
	if err := load(ctx, t, run, c.Ticket, o); err != nil {
		return err
	}
	at, err := t.instant(engine, "--at", c.At)
	if err != nil {
		return err
	}
	if c.At == "" {
		for f := range run.Facts() {
			for _, t := range []time.Time{f.Header().Occurred, f.Header().Recorded} {
				if t.After(at) {
					at = t
				}
			}
		}
		if at.IsZero() {
			writeRefusals(t.err, run.Intake())
			return fail(exitFacts, "no fact of a ticket could be read")
		}
	}
	w, err := run.Watch(at)
	if err != nil {
		return fail(exitFacts, "%s: %v", file, err)
	}
	command := watchCommand{Format: c.Format}
	if c.Explain && c.Format == "text" {
		return c.explain(t, w, contract)
	}
	return command.show(t, w, contract)
}

// explain lists the clocks with the way each has come.
func (c *dueCommand) explain(t *terminal, w *sla.Watch, contract *sla.Contract) error {
	clocks, err := w.Tickets()
	if err != nil {
		return fail(exitFacts, "%v", err)
	}
	findings, in, err := w.Findings()
	if err != nil {
		return fail(exitFacts, "%v", err)
	}
	if in.Refused > 0 {
		writeRefusals(t.err, in)
	}
	r := &sla.Report{Contract: contract.ID, Zone: w.Run().Engine().Zone().Name(), AsOf: sla.AsOf{Valid: w.Now(), Known: w.Now()}, Tickets: clocks, Findings: findings, Intake: in}
	p := &reportPrinter{w: words.English(), contract: contract, report: r, all: true, colour: colour(t.out)}
	p.head()
	p.tickets()
	p.remarks()
	_, err = io.WriteString(t.out, p.b.String())
	return err
}

// prepare compiles the contract at a path.
func (t *terminal) prepare(path string) (*sla.Engine, *sla.Contract, string, error) {
	file, err := oneContract(path)
	if err != nil {
		return nil, nil, file, err
	}
	contract, err := t.compile(file)
	if err != nil {
		return nil, nil, file, err
	}
	engine, err := sla.Prepare(contract)
	if err != nil {
		return nil, nil, file, fail(exitFindings, "%s: %v", file, err)
	}
	return engine, contract, file, nil
}

// instant reads an instant of the command line; the word now asks the machine.
func (t *terminal) instant(e *sla.Engine, flag, text string) (time.Time, error) {
	if text == "now" {
		return t.now(), nil
	}
	return instantIn(e.Zone(), flag, text)
}

func writeIndented(w io.Writer, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}
