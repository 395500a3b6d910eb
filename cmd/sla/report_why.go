package main

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/sla-lang/sla/sla"
)

// explanations tells why of each result that was missed, could not be
// measured, or stands to be missed; of all where that is asked for.
func (p *reportPrinter) explanations() {
	for i := range p.report.Results {
		r := &p.report.Results[i]
		matters := r.Verdict == sla.Missed || r.SoFar == sla.Missed || r.Verdict == sla.Disputed || r.Verdict == sla.NotMeasured && !p.silent(r)
		if !p.all && !matters || len(r.Why) == 0 || withoutTickets(r) {
			continue
		}
		said := []string{shownOf(r), r.Target, p.verdict(r)}
		if c := p.credit(r); c != "" {
			said = append(said, c)
		}
		p.heading("%s, %s", nameOf(r.Objective, r.For), r.Period.Name)
		p.line("  %s", strings.Join(said, "   "))
		p.steps(r.Why)
	}
}

// nameOf is an objective and what it is for, where its name does not say so.
func nameOf(objective, judged string) string {
	if judged == "" || strings.Contains(objective, judged) {
		return objective
	}
	return objective + ", " + judged
}

// steps writes an explanation in three columns: what, how much, why, with the
// line of the contract that says so.
func (p *reportPrinter) steps(steps []sla.Step) {
	type row struct{ label, amount, text string }
	var rows []row
	labels, amounts := 0, 0
	for i := range steps {
		said := p.w.Step(steps[i])
		r := row{said.Label, said.Amount, said.Text + p.where(steps[i].Clause)}
		rows = append(rows, r)
		labels, amounts = max(labels, width(r.label)), max(amounts, width(r.amount))
	}
	for _, r := range rows {
		p.line("  %s", strings.TrimRight(text.Pad(r.label, labels, ' ')+"  "+text.AlignRight.Apply(r.amount, amounts)+"  "+r.text, " "))
	}
}

func width(s string) int { return text.StringWidthWithoutEscSequences(s) }

// where names the line of the contract a clause stands on.
func (p *reportPrinter) where(clause string) string {
	if clause == "" {
		return ""
	}
	for id := clause; id != ""; id = sla.Parent(id) {
		if at, ok := p.contract.Spans[id]; ok {
			return p.paint(fmt.Sprintf("  [%s]", p.phrase("line", sla.Count("line", at.Line))), text.Faint)
		}
	}
	return ""
}
