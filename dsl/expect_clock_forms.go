package dsl

import (
	"slices"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
)

// Sentences about clocks and tickets.

type pausesLine struct {
	Measure name      `parser:"'pauses' 'of' @@"`
	Ticket  label     `parser:"'of' @@"`
	Are     exactTime `parser:"( 'are' | 'is' ) @@"`
}

type levelLine struct {
	Ticket label `parser:"'level' 'of' @@"`
	Level  label `parser:"'is' @@"`
}

// which checks the names of a clock.
func (l *lowering) which(w *record, measure *name, ticket *label) expect.Which {
	l.refer(measure.text, measure.at, "measure", l.test.known.measures)
	l.refer(ticket.text, ticket.at, "ticket", w.knownTickets())
	return expect.Which{Measure: measure.text, Ticket: ticket.text}
}

// knownTickets are those of the test; where facts come from files, every
// ticket may be in them.
func (w *record) knownTickets() []string {
	if len(w.files) > 0 {
		return nil
	}
	return w.ticketIDs()
}

type tookLine struct {
	Time exactTime  `parser:"@@"`
	Then *tookAfter `parser:"( ',' @@ )?"`
}

type tookAfter struct {
	InTime bool       `parser:"@( 'in' 'time' )"`
	Late   bool       `parser:"| @'late'"`
	By     *exactTime `parser:"( 'by' @@ )?"`
}

func (l *lowering) clockClaim(w *record, n *isLine) expect.Claim {
	which := l.which(w, &n.Name, n.Of)
	if n.Miss != nil {
		return expect.Omission{Which: which, Times: n.Miss.n}
	}
	if n.Took != nil {
		c := expect.Took{Which: which, Time: n.Took.Time.v}
		if t := n.Took.Then; t != nil {
			c.Verdict = "in time"
			if t.Late {
				c.Verdict = "late"
			}
			if t.By != nil {
				c.By = &t.By.v
			}
		}
		return c
	}
	c := expect.Clock{Which: which}
	for i := range n.Is {
		switch a := &n.Is[i]; {
		case a.due != nil:
			if at, ok := l.resolve(a.due, itsStart); ok {
				c.Due = &at
			}
		case a.dueUnknown:
			c.DueUnknown = true
		case a.left != nil || a.over != nil:
			c.Left, c.Over = a.left, a.over
		case a.took != nil:
			l.report(codeUnfinished, a.at, sla.Name("word", "left"))
		case slices.Contains([]string{"running", "paused", "met", "late", "cancelled", "not started", "not covered"}, a.word):
			c.State = a.word
		default:
			l.report(codeWrongAnswer, a.at, sla.Name("subject", which.String()), sla.Phrase("kind", "name clock"))
		}
	}
	return c
}
