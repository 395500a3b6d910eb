package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// A reportPrinter writes a report for people: the instant it speaks for, a
// table of objectives, why what was missed was missed, and the money.
type reportPrinter struct {
	w        *words.Catalogue
	contract *sla.Contract
	report   *sla.Report
	// all explains every result.
	all    bool
	colour bool
	b      strings.Builder
}

func (p *reportPrinter) print() string {
	p.head()
	p.table()
	p.explanations()
	for i := range p.report.Settlements {
		p.settlement(&p.report.Settlements[i])
	}
	p.rights()
	p.tickets()
	p.findings()
	p.intake()
	p.unevaluated()
	return p.b.String()
}

func (p *reportPrinter) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func (p *reportPrinter) phrase(key string, args ...sla.Arg) string {
	return p.w.Phrase("report "+key, args...)
}

// heading begins a part of the report.
func (p *reportPrinter) heading(format string, args ...any) {
	p.line("")
	p.line("%s", p.paint(fmt.Sprintf(format, args...), text.Bold))
}

func (p *reportPrinter) paint(s string, c ...text.Color) string {
	if !p.colour {
		return s
	}
	return text.Colors(c).Sprint(s)
}

func (p *reportPrinter) head() {
	r := p.report
	title := r.Contract
	if r.Version != "" {
		title += ", " + p.phrase("version", sla.Name("version", r.Version))
	}
	p.line("%s", p.paint(title, text.Bold))
	p.line("%s", p.phrase("as-of", instantArg("valid", r.AsOf.Valid), instantArg("known", r.AsOf.Known), sla.Name("zone", r.Zone)))
}

func instantArg(name string, t time.Time) sla.Arg {
	return sla.Arg{Name: name, Kind: sla.ArgInstant, Value: t.Format(time.RFC3339Nano)}
}

// silent results are left out of the table: promises without a ticket.
func (p *reportPrinter) silent(r *sla.Result) bool {
	return !p.all && (r.Credit == nil || r.Credit.Amount.IsZero()) && r.Measured == nil && (r.Verdict == sla.NotMeasured || r.Verdict == sla.Open && r.SoFar == sla.NotMeasured) && withoutTickets(r)
}

func withoutTickets(r *sla.Result) bool {
	return slices.ContainsFunc(r.Why, func(s sla.Step) bool { return s.Code == "no-tickets" })
}

// table lists the results, a row each.
func (p *reportPrinter) table() {
	t := table.NewWriter()
	t.SetStyle(plainTable)
	t.SuppressTrailingSpaces()
	header := table.Row{}
	for _, column := range []string{"objective", "for", "period", "target", "allows", "measured", "verdict", "credit"} {
		header = append(header, p.phrase("column-"+column))
	}
	t.AppendHeader(header)
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 5, Hidden: !p.anyAllows()}, {Number: 6, Align: text.AlignRight}, {Number: 8, Align: text.AlignRight, AlignHeader: text.AlignRight}})
	quiet := 0
	for i := range p.report.Results {
		r := &p.report.Results[i]
		if p.silent(r) {
			quiet++
			continue
		}
		t.AppendRow(table.Row{r.Objective, r.For, r.Period.Name, r.Target, p.allows(r), shownOf(r), p.verdict(r), p.credit(r)})
	}
	p.line("")
	if t.Length() > 0 {
		p.line("%s", t.Render())
	}
	if quiet > 0 {
		p.line("%s", p.phrase("quiet", sla.Count("n", quiet)))
	}
}

var plainTable = table.Style{
	Box:     table.BoxStyle{PaddingRight: "  "},
	Format:  table.FormatOptions{Header: text.FormatDefault},
	Options: table.OptionsNoBordersAndSeparators,
}

// anyAllows says whether a target of the report is made plain.
func (p *reportPrinter) anyAllows() bool {
	return slices.ContainsFunc(p.report.Results, func(r sla.Result) bool { return r.Allows != nil && !p.silent(&r) })
}

// allows is the downtime that a target allows in the window and in a year.
func (p *reportPrinter) allows(r *sla.Result) string {
	if r.Allows == nil {
		return ""
	}
	args := []sla.Arg{{Name: "window", Kind: sla.ArgDuration, Value: r.Allows.Window}}
	if r.Allows.Year != "" {
		args = append(args, sla.Arg{Name: "year", Kind: sla.ArgDuration, Value: r.Allows.Year})
	}
	return p.phrase("allows", args...)
}

func shownOf(r *sla.Result) string {
	switch {
	case r.Measured == nil:
		return "–"
	case r.Measured.Shown != "":
		return r.Measured.Shown
	}
	return r.Measured.Exact
}

// verdict is the verdict, how an open window stands, and what is still open
// about a closed one.
func (p *reportPrinter) verdict(r *sla.Result) string {
	said := p.w.Phrase("verdict " + sla.Slug(string(r.Verdict)))
	switch {
	case r.SoFar != "" && r.Certain:
		said += ", " + p.phrase("certain", sla.Phrase("verdict", "verdict "+sla.Slug(string(r.SoFar))))
	case r.SoFar != "":
		said += ", " + p.phrase("so-far", sla.Phrase("verdict", "verdict "+sla.Slug(string(r.SoFar))))
	case r.Provisional:
		said += ", " + p.phrase("provisional")
	}
	switch {
	case r.Verdict == sla.Missed || r.SoFar == sla.Missed:
		return p.paint(said, text.FgRed)
	case r.Verdict == sla.Met:
		return p.paint(said, text.FgGreen)
	}
	return said
}

func (p *reportPrinter) credit(r *sla.Result) string {
	switch {
	case r.ReportOnly:
		return p.phrase("report-only")
	case r.Credit == nil:
		return ""
	}
	return p.money(r.Credit.String())
}

func (p *reportPrinter) money(value string) string {
	return p.w.Phrase("report money", sla.Arg{Name: "amount", Kind: sla.ArgMoney, Value: value})
}
