package dsl

import "github.com/sla-lang/sla/sla"

// Remedies between which a party chooses.

type orLine struct {
	Name name        `parser:"'or' @@"`
	Text *text       `parser:"( @@"`
	Body *creditBody `parser:"| @@ )"`
}

func orForm() *form[sla.Objective] {
	return say(`or NAME "…" | NAME AMOUNT [of BASE] [for each THING] [OPERATOR LEVEL]`, `or time-added "The term is extended by the lost time"`,
		func(l *lowering, o *sla.Objective, n *orLine) {
			a, id := sla.Alternative{Name: n.Name.text, Text: textOf(n.Text)}, l.sub("or", n.Name.text)
			if !l.declare(id, n.Name.at, "or "+n.Name.text) {
				return
			}
			if n.Body != nil {
				a.Credit = &sla.Credit{}
				n.Body.lower(l, id, a.Credit)
			}
			choiceOf(o).Or = append(choiceOf(o).Or, a)
		}).again()
}

type choiceLine struct {
	By      name `parser:"'choice' 'by' @@ ',' 'otherwise' 'the'"`
	First   bool `parser:"( @'first'"`
	Highest bool `parser:"| @'highest' )"`
}

func choiceForm() *form[sla.Objective] {
	return say(`choice by PARTY, otherwise the first | the highest`, `choice by customer, otherwise the first`,
		func(l *lowering, o *sla.Objective, n *choiceLine) {
			l.at(l.sub("choice"), n.By.at)
			choiceOf(o).By, choiceOf(o).Highest = n.By.text, n.Highest
		})
}

// choiceOf is the choice of an objective, begun by its first line.
func choiceOf(o *sla.Objective) *sla.Choice {
	if o.Choice == nil {
		o.Choice = &sla.Choice{}
	}
	return o.Choice
}
