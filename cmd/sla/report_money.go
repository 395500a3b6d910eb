package main

import (
	"fmt"

	"github.com/sla-lang/sla/sla"
)

// settlement says what a period comes to: the credits, what the caps took,
// who pays how much, and when.
func (p *reportPrinter) settlement(s *sla.SettlementResult) {
	p.heading("%s", p.phrase("settlement", sla.Name("period", s.Period.Name), sla.Phrase("state", "report state-"+string(s.State))))
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Scheduled.Sign() == 0 && l.Posted.Sign() == 0 {
			continue
		}
		name := nameOf(l.Objective, l.For)
		if l.Window != s.Period.Name {
			name += ", " + l.Window
		}
		p.line("  %-42s %14s", name, p.money(l.Posted.String()))
		p.cuts(l)
	}
	for _, c := range s.Caps {
		if c.Cut {
			p.line("  %s%s", p.phrase("cap", sla.ClauseArg("cap", c.Cap), sla.Money("limit", c.Limit), sla.Money("used", c.Used), sla.Money("room", c.Room)), p.where(c.Cap))
		}
	}
	key := "owes"
	if s.Total.Sign() == 0 {
		key = "owes-nothing"
	}
	args := []sla.Arg{sla.Money("total", s.Total)}
	for _, party := range p.contract.Parties {
		args = append(args, sla.Prose(string(party.Role), orName(party.Name, string(party.Role))))
	}
	if s.Invoice != nil {
		args = append(args, sla.Name("invoice", s.Invoice.Format("2006-01-02")))
	}
	if s.SettledOn != nil {
		args = append(args, sla.Name("settled", s.SettledOn.Format("2006-01-02")))
	}
	p.line("  %s", p.phrase(key, args...))
}

// cuts tells what became of a line between the schedule and what is posted.
func (p *reportPrinter) cuts(l *sla.CreditLine) {
	for _, s := range l.Why {
		if s.Code == "same-incident" || s.Code == "cut" {
			said := p.w.Step(s)
			p.line("    %s", fmt.Sprintf("%s: %s%s", said.Label, said.Text, p.where(s.Clause)))
		}
	}
}

func orName(name, role string) string {
	if name == "" {
		return "the " + role
	}
	return name
}
