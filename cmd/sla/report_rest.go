package main

import (
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// tickets lists the clocks of tickets that are open or late, or all that the
// report holds.
func (p *reportPrinter) tickets() {
	if len(p.report.Tickets) == 0 {
		return
	}
	p.heading("%s", p.phrase("tickets", sla.Count("n", len(p.report.Tickets))))
	t := table.NewWriter()
	t.SetStyle(plainTable)
	t.SuppressTrailingSpaces()
	var right []table.ColumnConfig
	for n := 6; n <= 9; n++ {
		right = append(right, table.ColumnConfig{Number: n, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(right)
	header := table.Row{}
	for _, column := range []string{"ticket", "clock", "service", "priority", "due", "gross", "paused", "net", "left", "verdict"} {
		header = append(header, p.phrase("column-"+column))
	}
	t.AppendHeader(header)
	for i := range p.report.Tickets {
		r := &p.report.Tickets[i]
		due := ""
		if r.Due != nil {
			due = p.w.Phrase("report instant", instantArg("at", *r.Due))
		}
		verdict := r.Verdict
		if (r.Verdict == "not covered" || r.Verdict == "undecided") && len(r.Why) > 0 {
			verdict += ": " + p.w.Step(r.Why[0]).Text
		}
		if r.Missed > 0 {
			verdict += ", " + p.phrase("missed-times", sla.Count("n", r.Missed))
		}
		if r.Level != "" && r.Stopped == nil {
			verdict += ", " + p.phrase("level", sla.Name("level", r.Level), sla.Prose("who", r.Who))
		}
		if r.Warned != "" && (r.Verdict == "running" || r.Verdict == "paused") {
			verdict += ", " + p.phrase("warned", sla.Name("share", r.Warned), sla.Name("who", r.WarnTo))
		}
		if r.NextLevel != "" && r.NextAt != nil {
			verdict += "; " + p.phrase("next-level", sla.Name("level", r.NextLevel), sla.Prose("who", r.NextWho), instantArg("at", *r.NextAt))
		}
		for _, step := range ticketRemarks(r) {
			verdict += "; " + p.w.Step(step).Text
		}
		t.AppendRow(table.Row{r.Ticket, r.Clock, r.Service, r.Priority, due, p.duration(r.Gross), p.duration(r.Paused), p.duration(r.Elapsed), p.duration(r.Left), verdict})
	}
	p.line("%s", indent(t.Render()))
	if p.all {
		p.ticketReasons()
	}
}

// ticketRemarks are what a reader needs to know of a clock beside its verdict: of one
// that did not start the receipts that do not count, or the event that would start it,
// else the events that came before it, that it ran in states which were meant to hold it or which
// nobody knows, and that it runs on in a ticket that was closed.
func ticketRemarks(r *sla.TicketResult) (out []sla.Step) {
	of := func(code string) []sla.Step {
		return slices.DeleteFunc(slices.Clone(r.Why), func(s sla.Step) bool { return s.Code != code })
	}
	if unheard := of("note-channel-starts-nothing"); r.Verdict == "not started" && len(unheard) > 0 {
		return unheard
	}
	if starts := of("ticket-not-started"); len(starts) > 0 {
		return starts
	}
	for _, code := range []string{"note-before-start", "note-pause-without-note", "note-state-unknown", "note-closed-running"} {
		out = append(out, of(code)...)
	}
	return out
}

// outlook lists how the objectives stand whose window is not over.
func (p *reportPrinter) outlook(list []sla.Outlook) {
	t := table.NewWriter()
	t.SetStyle(plainTable)
	t.SuppressTrailingSpaces()
	header := table.Row{}
	for _, column := range []string{"objective", "for", "period", "so-far", "left", "at-risk"} {
		header = append(header, p.phrase("column-"+column))
	}
	t.AppendHeader(header)
	for i := range list {
		o := &list[i]
		if o.Measured == nil && o.SoFar == sla.NotMeasured {
			continue
		}
		left, risk := p.duration(o.Left), ""
		if o.LateLeft != nil {
			left = p.phrase("late-left", sla.Count("n", max(0, *o.LateLeft)))
		}
		if o.AtRisk {
			risk = p.phrase("at-risk")
		}
		t.AppendRow(table.Row{o.Objective, o.For, o.Period.Name, p.w.Phrase("verdict " + sla.Slug(string(o.SoFar))), left, risk})
	}
	if t.Length() > 0 {
		p.line("")
		p.line("%s", t.Render())
	}
}

func (p *reportPrinter) ticketReasons() {
	for i := range p.report.Tickets {
		r := &p.report.Tickets[i]
		if r.Clock != "" && len(r.Why) > 0 {
			p.heading("%s, %s", r.Ticket, r.Clock)
			p.steps(r.Why)
		}
	}
}

func indent(s string) string { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }

func (p *reportPrinter) duration(seconds string) string {
	if seconds == "" {
		return ""
	}
	return p.w.Phrase("report duration", sla.Arg{Name: "time", Kind: sla.ArgDuration, Value: seconds})
}

// findings lists what the report has to say about facts and results.
func (p *reportPrinter) findings() {
	if len(p.report.Findings) == 0 {
		return
	}
	p.heading("%s", p.phrase("findings"))
	for i := range p.report.Findings {
		f := &p.report.Findings[i]
		said := p.w.Finding(f.Code, f.Args)
		p.line("  %s  [%s]%s", said.Title, f.Code, p.where(f.Clause))
		if said.Help != "" {
			p.line("    %s", said.Help)
		}
	}
}

// remarks lists the findings, and how many facts are not counted yet.
func (p *reportPrinter) remarks() {
	p.findings()
	if n := p.report.Intake.Later; n > 0 {
		p.heading("%s", p.phrase("later", sla.Count("n", n)))
	}
}

// intake says how many facts were used, and lists what was refused.
func (p *reportPrinter) intake() {
	in := p.report.Intake
	args := []sla.Arg{sla.Count("accepted", in.Accepted)}
	if in.Later > 0 {
		args = append(args, sla.Count("later", in.Later))
	}
	if in.Repeated > 0 {
		args = append(args, sla.Count("repeated", in.Repeated))
	}
	if in.Refused > 0 {
		args = append(args, sla.Count("refused", in.Refused))
	}
	for _, u := range in.Unused {
		args = append(args, sla.Count("unused", u.Count), sla.Name("kind", string(u.Kind)))
		break
	}
	p.heading("%s", p.phrase("intake", args...))
	for i := range in.Refusals {
		p.line("  %s", refusal(p.w, &in.Refusals[i]))
	}
	if more := in.Refused - len(in.Refusals); more > 0 {
		p.line("  %s", p.phrase("more-refused", sla.Count("n", more)))
	}
	for _, u := range in.Unused {
		p.line("  %s", p.phrase("unused", sla.Count("n", u.Count), sla.Name("kind", string(u.Kind))))
	}
}

// refusal is why a fact was refused, with the place where it stands.
func refusal(w *words.Catalogue, r *sla.Refusal) string {
	place := string(r.Kind)
	if r.Ticket != "" && !strings.HasPrefix(r.ID, r.Ticket) {
		place = strings.TrimSpace(place + " " + r.Ticket)
	}
	if r.ID != "" {
		place = strings.TrimSpace(place + " " + r.ID)
	}
	if r.File != "" {
		place = strings.TrimSuffix(w.Phrase("report file-line", sla.Prose("file", r.File), sla.Prose("line", sla.Count("", r.Line).Value), sla.Prose("fact", place)), ": ")
	}
	return place + ": " + w.Phrase("refused "+string(r.Reason), r.Args...)
}

// unevaluated names the statements that a reader might believe evaluated.
func (p *reportPrinter) unevaluated() {
	if names := unevaluated(p.contract); len(names) > 0 {
		p.line("%s", p.phrase("unevaluated", sla.List("names", names)))
	}
}
