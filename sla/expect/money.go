package expect

import (
	"strings"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Stage is how far a credit has come on its way to an invoice.
type Stage string

// The stages of a credit.
const (
	// Scheduled is what the objective's own schedule gives.
	Scheduled Stage = "scheduled credit"
	// Credited is what is left once one incident counts once, before caps.
	Credited Stage = "credit"
	// Posted is what is owed after the caps.
	Posted Stage = "posted credit"
)

// A Credit claims what an objective's miss costs.
type Credit struct {
	Whose
	Stage  Stage
	Amount credits.Money
	// Undetermined claims that the contract is silent about what is due, in
	// the place of an amount.
	Undetermined bool
}

func (c Credit) judge(w *world) judgement {
	r, no := w.find(c.Whose)
	if no != nil {
		return *no
	}
	line := creditLine(w.report, r)
	var got credits.Money
	var why []sla.Step
	switch {
	case line != nil:
		got = map[Stage]credits.Money{Scheduled: line.Scheduled, Credited: line.Credit, Posted: line.Posted}[c.Stage]
		why = line.Why
	case r.Credit != nil:
		got = *r.Credit
	case r.Verdict == sla.Missed || r.Verdict == sla.Met || r.Verdict == sla.NotApplicable:
		got = credits.Zero(c.Amount.Currency)
	default:
		return undecidedValue(r)
	}
	silent, is := line != nil && line.Undetermined, due(line, got)
	holds := silent == c.Undetermined && (silent || got.Equal(c.Amount))
	return differs(holds, string(c.Stage)+" of "+subject(c.Objective, c.For, c.Period)+" is "+is, steps(r.Why, extra(why, r.Why)))
}

// due is an amount, or that the contract does not say what is due.
func due(line *sla.CreditLine, amount credits.Money) string {
	if line != nil && line.Undetermined {
		return "not determined"
	}
	return amount.String()
}

// extra are the steps of a line that its result does not have.
func extra(line, result []sla.Step) (out []sla.Step) {
	if len(result) >= len(line) && len(line) > 0 && result[len(result)-1].Code == line[len(line)-1].Code {
		return nil
	}
	return line
}

// creditLine is that of a result; nil where it has none.
func creditLine(in *sla.Report, r *sla.Result) *sla.CreditLine {
	for i := range in.Settlements {
		for j := range in.Settlements[i].Lines {
			l := &in.Settlements[i].Lines[j]
			if l.Objective == r.Objective && l.For == r.For && l.Window == r.Period.Name {
				return l
			}
		}
	}
	return nil
}

// A Total claims what a settlement period comes to.
type Total struct {
	// Period is its name, "" where one is tested.
	Period string
	// BeforeCaps claims the sum before caps.
	BeforeCaps bool
	Amount     credits.Money
	// CutBy names a cap that must have cut something; "" claims none.
	CutBy string
	// Invoice is the month in which the invoice that carries the credit is
	// issued, or its date; "" claims none.
	Invoice string
}

func (c Total) judge(w *world) judgement {
	s, no := w.settlement(c.Period)
	if no != nil {
		return *no
	}
	if r := w.unsettled(w.owes, s.Period); r != nil {
		return undecidedValue(r)
	}
	got, name := s.Total, "total credit"
	if c.BeforeCaps {
		got, name = s.BeforeCaps, "total credit before caps"
	}
	if c.Period != "" {
		name += " in " + c.Period
	}
	cut, invoice := c.cut(s), c.invoice(s)
	holds := got.Equal(c.Amount) && (c.CutBy == "" || cut == "cut by cap "+c.CutBy) && (c.Invoice == "" || strings.HasSuffix(invoice, " "+c.Invoice))
	var why []sla.Step
	for i := range s.Lines {
		why = append(why, s.Lines[i].Why...)
	}
	return differs(holds, name+" is "+joined(got.String(), cut, invoice), steps(s.Why, why))
}

// owes says whether the misses of an objective cost money.
func (w *world) owes(objective string) bool {
	o := w.objective(objective)
	return o != nil && (o.Credit != nil || len(o.Plus) > 0)
}

// cut says which caps cut, where that is claimed.
func (c Total) cut(s *sla.SettlementResult) string {
	if c.CutBy == "" {
		return ""
	}
	var names []string
	for _, cap := range s.Caps {
		name := strings.TrimPrefix(cap.Cap, "cap/")
		if cap.Cut && name == c.CutBy {
			return "cut by cap " + name
		}
		if cap.Cut {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "cut by no cap"
	}
	return "cut by cap " + strings.Join(names, ", cut by cap ")
}

func (c Total) invoice(s *sla.SettlementResult) string {
	switch {
	case c.Invoice == "":
		return ""
	case s.Invoice == nil:
		return "on no invoice"
	case len(c.Invoice) > len("2026-04"):
		return "on the invoice issued on " + s.Invoice.Format("2006-01-02")
	}
	return "on the invoice issued in " + s.Invoice.Format("2006-01")
}

func (w *world) settlement(period string) (*sla.SettlementResult, *judgement) {
	var found *sla.SettlementResult
	var names []string
	for i := range w.report.Settlements {
		if s := &w.report.Settlements[i]; period == "" || s.Period.Name == period {
			found = s
			names = append(names, s.Period.Name)
		}
	}
	switch len(names) {
	case 1:
		w.seen["total "+found.Period.Name] = true
		return found, nil
	case 0:
		j := undecided("no-settlement", sla.Name("subject", period))
		return nil, &j
	}
	j := undecided("several-settlements", sla.List("choices", names[:min(len(names), 4)]))
	return nil, &j
}
