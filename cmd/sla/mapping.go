package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/sla-lang/sla/calendar/zones"
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// A mappingFlag is the mapping by which exports of other systems are read.
type mappingFlag struct {
	Mapping string `help:"Read the facts as exports of another system, by a ready-made mapping (sla mapping lists them) or one in a file. A file NAME.mapping beside an export comes first." placeholder:"NAME|FILE"`
}

// options say how facts are read.
func (f *mappingFlag) options() (o facts.Options, err error) {
	if f.Mapping != "" {
		o.Mapping, err = mappingNamed(f.Mapping)
	}
	return o, err
}

// mappingNamed reads the mapping in a file, or a ready-made one.
func mappingNamed(name string) (*facts.Mapping, error) {
	text, err := os.ReadFile(name)
	if err == nil {
		m, err := facts.ParseMapping(filepath.ToSlash(name), string(text))
		return m, factsError(name, err)
	}
	m, err := facts.ReadyMapping(name)
	if err != nil {
		hint := "there are " + strings.Join(facts.ReadyMappings(), ", ")
		if near := spelling.Nearest(name, facts.ReadyMappings()); near != "" {
			hint = "did you mean " + near + "?"
		}
		return nil, fail(exitUsage, "no file and no ready-made mapping is called %s; %s", name, hint)
	}
	return m, nil
}

// factsError says why facts could not be read: what is wrong with their
// mapping, in words, or what the system said.
func factsError(path string, err error) error {
	var wrong facts.MappingErrors
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &wrong):
		return fail(exitFacts, "%s: %s", path, strings.TrimPrefix(err.Error(), filepath.Base(path)+": "))
	}
	var lines []string
	for _, e := range wrong {
		lines = append(lines, fmt.Sprintf("%s:%d: %s", e.Name, e.Line, words.English().Phrase("mapping "+e.Code, e.Args...)))
	}
	return fail(exitFacts, "%s", strings.Join(lines, "\n"))
}

// readInput reads facts from standard input: a list in JSON or an export of
// rows where there is a mapping and the first line is no object.
func readInput(to facts.Sink, in io.Reader, o facts.Options) error {
	b := bufio.NewReader(in)
	name := "<stdin>.ndjson"
	switch first, _ := b.Peek(1); {
	case o.Mapping == nil || string(first) == "{":
	case string(first) == "[":
		name = "<stdin>.json"
	default:
		name = "<stdin>.csv"
	}
	return factsError("<stdin>", facts.Read(to, name, b, o))
}

type mappingCommand struct {
	Name string   `arg:"" optional:"" help:"A ready-made mapping, or a file with one; without it all ready-made ones are listed."`
	Try  []string `sep:"none" help:"Read an export by the mapping and print the facts that come out, as NDJSON; - is standard input." placeholder:"FILE"`
	Zone string   `default:"UTC" help:"The time zone of local times where the mapping names none; a contract has its own." placeholder:"ZONE"`
}

// Help shows examples.
func (*mappingCommand) Help() string {
	return `Examples:
  sla mapping                                              what there is
  sla mapping zendesk-history > facts/tickets.mapping      a copy to put your own names in
  sla mapping facts/tickets.mapping --try facts/tickets.csv
  sla eval acme.sla --facts export.csv --mapping servicenow-history`
}

// Run lists mappings, prints one, or tries one.
func (c *mappingCommand) Run(ctx context.Context, t *terminal) error {
	switch {
	case c.Name == "":
		for _, name := range facts.ReadyMappings() {
			m, err := facts.ReadyMapping(name)
			if err != nil {
				return err
			}
			fmt.Fprintf(t.out, "%-20s%s\n", name, m.Title)
		}
		return nil
	case len(c.Try) > 0:
		return c.try(ctx, t)
	}
	if text, err := facts.ReadyMappingText(c.Name); err == nil {
		_, err = io.WriteString(t.out, text)
		return err
	}
	m, err := mappingNamed(c.Name)
	if err == nil {
		fmt.Fprintln(t.out, strings.TrimPrefix(m.Title+": ", ": ")+"nothing to say")
	}
	return err
}

func (c *mappingCommand) try(ctx context.Context, t *terminal) error {
	m, err := mappingNamed(c.Name)
	if err != nil {
		return err
	}
	zone, err := zones.Load(c.Zone)
	if err != nil {
		return fail(exitUsage, "--zone: there is no time zone called %s", c.Zone)
	}
	o, p := facts.Options{Mapping: m, Zone: zone}, &printer{out: bufio.NewWriter(t.out)}
	for _, file := range c.Try {
		if file == stdin {
			err = readInput(p, t.in, o)
		} else {
			err = readAs(ctx, p, file, o)
		}
		if err != nil {
			return err
		}
	}
	if err := p.out.Flush(); err != nil {
		return err
	}
	for i := range p.refused {
		fmt.Fprintln(t.err, refusal(words.English(), &p.refused[i]))
	}
	if n := len(p.refused); n > 0 {
		return fail(exitFacts, "%s", words.English().Phrase("cli refused", sla.Count("n", n)))
	}
	return nil
}

// readAs reads one file by the mapping that was named and no other.
func readAs(ctx context.Context, to facts.Sink, file string, o facts.Options) error {
	f, err := os.Open(file)
	if err != nil {
		return fail(exitUsage, "%s: cannot be read", file)
	}
	defer f.Close()
	if err := ctx.Err(); err != nil {
		return err
	}
	return factsError(file, facts.Read(to, filepath.ToSlash(file), f, o))
}

// A printer writes facts as NDJSON and keeps what was refused.
type printer struct {
	out     *bufio.Writer
	refused []sla.Refusal
}

// AddFrom writes a fact.
func (p *printer) AddFrom(f sla.Fact, _ string, _ int) *sla.Refusal {
	_, _ = p.out.Write(facts.AppendNDJSON(nil, f)) // Flush has the error
	return nil
}

// Refuse keeps a refusal.
func (p *printer) Refuse(no sla.Refusal) { p.refused = append(p.refused, no) }
