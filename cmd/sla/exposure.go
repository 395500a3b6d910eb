package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

type exposureCommand struct {
	Contract string `arg:"" help:"The contract, a folder that holds one, or - for standard input."`
	Format   string `enum:"text,json,csv" default:"text" help:"How to show it: ${enum}."`
}

// Help shows examples.
func (*exposureCommand) Help() string {
	return `Examples:
  sla exposure examples/groupe-lenoir     the worst month, quarter and year, and what each miss costs
  sla exposure acme.sla --format csv      the credit by what is measured, for a spreadsheet`
}

// Run tells what a contract can cost at the worst.
func (c *exposureCommand) Run(t *terminal) error {
	engine, _, file, err := t.prepare(c.Contract)
	if err != nil {
		return err
	}
	x, err := engine.Exposure()
	if err != nil {
		return fail(exitFindings, "%s: %v", file, err)
	}
	switch c.Format {
	case "json":
		b, err := json.MarshalIndent(x, "", "  ")
		if err != nil {
			return err
		}
		_, err = t.out.Write(append(b, '\n'))
		return err
	case "csv":
		return writeExposureCSV(t.out, x)
	}
	p := &exposurePrinter{w: words.English(), x: x, colour: colour(t.out)}
	_, err = io.WriteString(t.out, p.print())
	return err
}

// An exposurePrinter writes an exposure for people.
type exposurePrinter struct {
	w      *words.Catalogue
	x      *sla.Exposure
	colour bool
	b      strings.Builder
}

func (p *exposurePrinter) print() string {
	p.line("%s", p.bold(p.x.Contract))
	p.line("%s", p.phrase("about", sla.DateArg("from", p.x.From), sla.DateArg("to", p.x.To.AddDays(-1))))
	p.worst()
	p.caps()
	p.unknown()
	p.curves()
	return p.b.String()
}

func (p *exposurePrinter) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func (p *exposurePrinter) phrase(key string, args ...sla.Arg) string {
	return p.w.Phrase("exposure "+key, args...)
}

func (p *exposurePrinter) bold(s string) string {
	if !p.colour {
		return s
	}
	return text.Bold.Sprint(s)
}

func (p *exposurePrinter) rows(right ...int) table.Writer {
	t := table.NewWriter()
	t.SetStyle(plainTable)
	t.SuppressTrailingSpaces()
	var configs []table.ColumnConfig
	for _, n := range right {
		configs = append(configs, table.ColumnConfig{Number: n, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(configs)
	return t
}

// worst is the table of services by month, quarter and year.
func (p *exposurePrinter) worst() {
	t := p.rows(2, 3, 4)
	t.AppendHeader(table.Row{p.phrase("column-service"), p.phrase("column-month"), p.phrase("column-quarter"), p.phrase("column-year")})
	add := func(name string, w sla.WorstCase) {
		t.AppendRow(table.Row{name, p.amount(w.Month), p.amount(w.Quarter), p.amount(w.Year)})
	}
	for _, s := range p.x.Services {
		name := s.For
		if name == "" {
			name = p.phrase("several")
		}
		add(name, s.Worst)
	}
	add(p.phrase("together"), p.x.Total)
	p.line("\n%s", t.Render())
}

func (p *exposurePrinter) amount(w *sla.WorstAmount) string {
	switch {
	case w == nil:
		return "–"
	case w.Unlimited:
		return p.phrase("unlimited")
	case w.Unknown && w.Amount.IsZero():
		return p.phrase("amount-unknown")
	case w.Unknown:
		return p.phrase("at-least", sla.Money("amount", *w.Amount))
	}
	return p.phrase("amount", sla.Money("amount", *w.Amount))
}

// caps tells of each cap from when on it cuts, and what reaches it alone.
func (p *exposurePrinter) caps() {
	p.line("\n%s", p.bold(p.phrase("caps")))
	if len(p.x.Caps) == 0 {
		p.line("  %s", p.phrase("no-cap"))
	}
	for _, c := range p.x.Caps {
		args := []sla.Arg{sla.ClauseArg("cap", c.Cap), sla.Money("limit", c.Limit), sla.Count("from", c.CutsFrom), sla.Name("window", string(p.x.Settled))}
		if c.For != "" {
			args = append(args, sla.Name("for", c.For))
		}
		key := "cap-reached"
		if c.CutsFrom == 0 {
			key = "cap-never"
		}
		p.line("  %s", p.phrase(key, args...))
		for _, by := range c.Alone {
			key, args := "cap-alone", []sla.Arg{sla.Name("objective", nameOf(by.Objective, by.For)), sla.Shown("at", by.At)}
			if by.At == "" {
				key = "cap-alone-many"
			}
			p.line("    %s", p.phrase(key, args...))
		}
	}
}

func (p *exposurePrinter) unknown() {
	if len(p.x.Unknown) == 0 {
		return
	}
	p.line("\n%s", p.bold(p.phrase("unknown")))
	for _, u := range p.x.Unknown {
		p.line("  %s: %s", nameOf(u.Objective, u.For), strings.TrimSpace(p.w.Step(u.Why).Label+" "+p.w.Step(u.Why).Text))
	}
}

// curves are the credits by what is measured.
func (p *exposurePrinter) curves() {
	for _, c := range p.x.Curves {
		args := []sla.Arg{sla.Name("objective", nameOf(c.Objective, c.For)), {Name: "period", Kind: sla.ArgPeriod, Value: c.Period.Name}}
		if c.Each != "" {
			key := "exposure one-" + sla.Slug(c.Each)
			if p.w.Has(key) {
				args = append(args, sla.Phrase("each", key))
			} else {
				args = append(args, sla.Name("each", c.Each))
			}
		}
		p.line("\n%s", p.bold(p.phrase("curve", args...)))
		t := p.rows(1, 3)
		for _, at := range c.Points {
			t.AppendRow(table.Row{"  " + at.Shown, p.w.Phrase("verdict " + sla.Slug(string(at.Verdict))), p.credit(at)})
		}
		p.line("%s", t.Render())
	}
}

func (p *exposurePrinter) credit(at sla.CurvePoint) string {
	switch {
	case at.Unknown && at.Credit.IsZero():
		return p.phrase("amount-unknown")
	case len(at.Units) > 0:
		return strings.Join(at.Units, ", ")
	case at.Unknown:
		return p.phrase("at-least", sla.Money("amount", at.Credit))
	}
	return p.phrase("amount", sla.Money("amount", at.Credit))
}

// writeExposureCSV writes the curves, a point each.
func writeExposureCSV(w io.Writer, x *sla.Exposure) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"contract", "objective", "for", "period", "each", "measured", "exact", "verdict", "credit", "currency", "units", "unknown"}}
	for _, c := range x.Curves {
		for _, p := range c.Points {
			amount, currency, _ := strings.Cut(p.Credit.String(), " ")
			unknown := ""
			if p.Unknown {
				unknown = "unknown"
			}
			rows = append(rows, []string{
				x.Contract, c.Objective, c.For, c.Period.Name, c.Each, p.Shown, p.Exact, string(p.Verdict), amount, currency, strings.Join(p.Units, ", "), unknown,
			})
		}
	}
	return out.WriteAll(rows)
}
