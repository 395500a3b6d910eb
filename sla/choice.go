package sla

import (
	"strings"

	"github.com/sla-lang/sla/credits"
)

// A Choice lets a party choose between the credit of an objective and other
// remedies: another credit, or something that is no money, in words (B2 of the
// catalogue of remedies). A choice is made by the delivery of the clause
// chosen, for the window it is about; what was settled is not chosen anew.
type Choice struct {
	By string `json:"by"`
	// Or are the other remedies; the first one is the credit itself.
	Or []Alternative `json:"or"`
	// Highest makes the highest credit hold until something is chosen, instead
	// of the first remedy.
	Highest bool `json:"highest,omitempty"`
}

// An Alternative is another remedy: a credit, or a text.
type Alternative struct {
	Name   string  `json:"name"`
	Credit *Credit `json:"credit,omitempty"`
	Text   string  `json:"text,omitempty"`
}

// A ChoiceResult is what may be chosen in place of a credit, and what was.
type ChoiceResult struct {
	By      string         `json:"by"`
	Options []ChoiceOption `json:"options"`
	// Chosen is the clause of the remedy that counts.
	Chosen string `json:"chosen"`
	// Open says that nobody chose yet: what counts is what the contract says
	// for that case.
	Open bool `json:"open,omitempty"`
}

// A ChoiceOption is one remedy.
type ChoiceOption struct {
	// Clause is its id, such as "availability/or/time-added".
	Clause string         `json:"clause"`
	Credit *credits.Money `json:"credit,omitempty"`
	Text   string         `json:"text,omitempty"`
}

// said is what the remedy comes to.
func (o ChoiceOption) said() string {
	if o.Credit == nil {
		return o.Text
	}
	return o.Credit.String()
}

func optionsText(options []ChoiceOption) string {
	said := make([]string, len(options))
	for i, o := range options {
		said[i] = o.said()
	}
	return strings.Join(said, "; ")
}

// A pricedCredit is a credit of an objective with its clause.
type pricedCredit struct {
	*Credit
	id string
}

// priced lists all credits that an objective writes: its own, what is added to
// it, and what may be chosen in its place.
func (o *Objective) priced() []pricedCredit {
	var out []pricedCredit
	if o.Credit != nil {
		out = append(out, pricedCredit{o.Credit, o.Name + "/credit"})
	}
	for i := range o.Plus {
		out = append(out, pricedCredit{&o.Plus[i], o.Name + "/plus/" + o.Plus[i].name()})
	}
	if o.Choice != nil {
		for i := range o.Choice.Or {
			if a := &o.Choice.Or[i]; a.Credit != nil {
				out = append(out, pricedCredit{a.Credit, a.id(o)})
			}
		}
	}
	return out
}

// components are the credit of an objective and what is added to it: what is
// owed together, without what may be chosen in its place.
func (o *Objective) components() []*Credit {
	var out []*Credit
	if o.Credit != nil {
		out = append(out, o.Credit)
	}
	for i := range o.Plus {
		out = append(out, &o.Plus[i])
	}
	return out
}

func (a *Alternative) id(o *Objective) string { return o.Name + "/or/" + a.Name }

// chosen is the remedy that counts, of the credit of an objective and what may
// be chosen in its place.
func (v *view) chosen(ev *evaluated, first owed) owed {
	o := ev.plan.written
	if o.Choice == nil || ev.result.Verdict != Missed {
		return first
	}
	result := &ChoiceResult{By: o.Choice.By, Open: true}
	remedies := []owed{first}
	clauses := []string{o.Name + "/credit"}
	result.Options = []ChoiceOption{{Clause: clauses[0], Credit: ptrTo(first.money.Round(v.e.rounding))}}
	for i := range o.Choice.Or {
		a := &o.Choice.Or[i]
		other, option := owed{money: v.zero()}, ChoiceOption{Clause: a.id(o), Text: a.Text}
		if a.Credit != nil {
			other = v.component(ev, a.Credit, option.Clause)
			option.Credit = ptrTo(other.money.Round(v.e.rounding))
		}
		remedies, clauses, result.Options = append(remedies, other), append(clauses, option.Clause), append(result.Options, option)
	}
	pick := 0
	for i := range remedies {
		if (o.Choice.Highest || v.dearest) && remedies[i].money.Exact.Cmp(remedies[pick].money.Exact) > 0 {
			pick = i
		}
	}
	for i, clause := range clauses {
		if v.delivered(clause, ev.period.Name) != nil {
			pick, result.Open = i, false
			break
		}
	}
	out := remedies[pick]
	result.Chosen, out.choice = clauses[pick], result
	step := Step{Code: "chosen", Clause: o.Name + "/choice", Args: []Arg{
		Name("by", result.By), Prose("chosen", result.Options[pick].said()), Prose("options", optionsText(result.Options)),
	}}
	if result.Open {
		step.Code = "choice-open"
	}
	out.steps = append(out.steps, step)
	return out
}
