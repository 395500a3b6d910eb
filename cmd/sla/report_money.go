package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// settlement says what a period comes to: the credits, what the caps took,
// who pays how much, and when.
func (p *reportPrinter) settlement(s *sla.SettlementResult) {
	p.heading("%s", p.phrase("settlement", sla.Name("period", s.Period.Name), sla.Phrase("state", "report state-"+string(s.State))))
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Scheduled.Sign() == 0 && l.Posted.Sign() == 0 && !l.Undetermined && len(l.Units) == 0 {
			continue
		}
		name := nameOf(l.Objective, l.For)
		if l.Window != s.Period.Name {
			name += ", " + l.Window
		}
		p.line("  %-42s %14s", name, p.comesTo(l))
		p.cuts(l)
		if strings.HasPrefix(l.Objective, "convert/") { // no result tells why
			p.reasons(l.Why)
		}
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
	roles := map[string]bool{}
	for _, party := range p.contract.Parties {
		args = append(args, sla.Prose(string(party.Role), orName(party.Name, string(party.Role))))
		roles[string(party.Role)] = true
	}
	if key == "owes" && !(roles["provider"] && roles["customer"]) {
		key = "owed" // a contract that does not say by whom
	}
	if s.Invoice != nil {
		args = append(args, sla.Name("invoice", s.Invoice.Format("2006-01-02")))
	}
	if s.SettledOn != nil {
		args = append(args, sla.Name("settled", s.SettledOn.Format("2006-01-02")))
	}
	p.line("  %s", p.phrase(key, args...))
	if n := len(s.Undetermined); n > 0 {
		p.line("  %s", p.phrase("without-undetermined", sla.Count("n", n)))
	}
	p.beside(s, args)
}

// comesTo is what is posted of a credit: money, units that become money
// together, or that it is not determined.
func (p *reportPrinter) comesTo(l *sla.CreditLine) string {
	switch {
	case l.Undetermined && l.AtMost != nil:
		return p.phrase("undetermined", sla.Money("most", *l.AtMost))
	case l.Undetermined:
		return p.phrase("undetermined")
	case len(l.Units) > 0 && l.Posted.Sign() == 0:
		return strings.Join(l.Units, ", ")
	}
	return p.money(l.Posted.String())
}

// beside lists what comes on top of the credits: corrections, what is earned
// back, bonuses, and what is owed after all of it.
func (p *reportPrinter) beside(s *sla.SettlementResult, parties []sla.Arg) {
	say := func(name string, amount credits.Money, why []sla.Step) {
		p.line("  %-42s %14s", name, p.money(amount.String()))
		p.reasons(why)
	}
	for _, a := range s.Adjustments {
		of := sla.DateArg("of", a.Period)
		for _, step := range a.Why {
			if i := slices.IndexFunc(step.Args, func(arg sla.Arg) bool { return arg.Name == "period" }); i >= 0 {
				of = sla.Name("of", step.Args[i].Value) // the period as it is called everywhere else
			}
		}
		say(p.phrase("adjustment", sla.Name("objective", nameOf(a.Objective, a.For)), of), a.Amount, a.Why)
	}
	for _, b := range s.EarnedBack {
		say(p.phrase("earned-back", sla.Name("objective", nameOf(b.Objective, b.For)), sla.DateArg("of", b.Of)), negated(b.Amount), b.Why)
	}
	for _, b := range s.Bonuses {
		say(p.phrase("bonus", sla.Name("bonus", b.Bonus), sla.Name("window", b.Window)), negated(b.Posted), b.Why)
	}
	if s.Due.Equal(s.Total) {
		return
	}
	key, due := "due", s.Due
	if due.Sign() < 0 {
		key, due = "due-back", negated(due)
	}
	p.line("  %s", p.phrase(key, append(parties, sla.Money("due", due))...))
}

func negated(m credits.Money) credits.Money {
	return credits.Money{Amount: m.Amount.Neg(), Currency: m.Currency}
}

func (p *reportPrinter) reasons(why []sla.Step) {
	for _, step := range why {
		said := p.w.Step(step)
		p.line("    %s: %s%s", said.Label, said.Text, p.where(step.Clause))
	}
}

// rights lists what several periods have opened or made due.
func (p *reportPrinter) rights() {
	if len(p.report.Rights) == 0 && len(p.report.Duties) == 0 {
		return
	}
	p.heading("%s", p.phrase("rights"))
	for i := range p.report.Rights {
		r := &p.report.Rights[i]
		args := []sla.Arg{sla.Name("by", p.partyName(r.By)), sla.Name("state", string(r.State))}
		for name, at := range map[string]*time.Time{"from": r.From, "noticed": r.Noticed} {
			if at != nil {
				args = append(args, instantArg(name, *at))
			}
		}
		for name, date := range map[string]*calendar.Date{"until": r.LastDay, "cure": r.CureUntil, "ends": r.Ends} {
			if date != nil {
				args = append(args, sla.DateArg(name, *date))
			}
		}
		if r.Refund != nil {
			args = append(args, sla.Money("refund", *r.Refund))
		}
		p.line("  %s%s", p.phrase("right", args...), p.where(r.Clause))
		p.reasons(r.Why)
	}
	for _, d := range p.report.Duties {
		args := []sla.Arg{sla.ClauseArg("clause", d.Clause), sla.Name("state", string(d.State))}
		if d.Period != "" {
			args = append(args, sla.Arg{Name: "period", Kind: sla.ArgPeriod, Value: d.Period})
		}
		if d.Due != nil {
			args = append(args, instantArg("due", *d.Due))
		}
		p.line("  %s%s", p.phrase("duty", args...), p.where(d.Clause))
	}
}

func (p *reportPrinter) partyName(role string) string {
	for _, party := range p.contract.Parties {
		if string(party.Role) == role {
			return orName(party.Name, role)
		}
	}
	return role
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
