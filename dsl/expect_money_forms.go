package dsl

import "github.com/sla-lang/sla/sla/expect"

// Sentences about money: credits, what is owed after them, and the right to leave.

type creditIs struct {
	Of ofLine       `parser:"'credit' 'of' @@"`
	Is amountOrNone `parser:"'is' @@"`
}

type postedIs struct {
	Of ofLine       `parser:"'posted' 'credit' 'of' @@"`
	Is amountOrNone `parser:"'is' @@"`
}

// An amountOrNone is an amount, or that the contract says none.
type amountOrNone struct {
	Amount *money `parser:"@@"`
	None   bool   `parser:"| @( 'not' 'determined' )"`
}

type earnBackIs struct {
	Of ofLine `parser:"'earn' 'back' 'of' @@"`
	Is money  `parser:"'is' @@"`
}

type bonusIs struct {
	Name name        `parser:"'bonus' @@"`
	In   *periodName `parser:"( 'in' @@ )?"`
	Is   money       `parser:"'is' @@"`
}

type dueIs struct {
	To name        `parser:"'due' 'to' @@"`
	In *periodName `parser:"( 'in' @@ )?"`
	Is money       `parser:"'is' @@"`
}

// periodText is the name of a period; "" where none is given.
func periodText(n *periodName) string {
	if n == nil {
		return ""
	}
	return n.text
}

type totalLine struct {
	BeforeCaps bool           `parser:"'total' 'credit' @( 'before' 'caps' )?"`
	In         *periodName    `parser:"( 'in' @@ )?"`
	Is         money          `parser:"'is' @@"`
	More       []totalQuality `parser:"( ',' @@ )*"`
}

type totalQuality struct {
	Cap     *name       `parser:"'cut' 'by' 'cap' @@"`
	Invoice *issuedWhen `parser:"| 'on' 'the' 'invoice' 'issued' @@"`
}

type issuedWhen struct {
	In *periodName `parser:"'in' @@"`
	On *day        `parser:"| 'on' @@"`
}

func totalClaim(l *lowering, _ *record, n *totalLine) expect.Claim {
	c := expect.Total{BeforeCaps: n.BeforeCaps, Amount: n.Is.v, Period: periodText(n.In)}
	for _, q := range n.More {
		switch {
		case q.Cap != nil:
			l.refer(q.Cap.text, q.Cap.at, "cap", l.test.known.caps)
			c.CutBy = q.Cap.text
		case q.Invoice.In != nil:
			c.Invoice = q.Invoice.In.text
		default:
			c.Invoice = q.Invoice.On.v.String()
		}
	}
	return c
}

type terminationLine struct {
	By      name    `parser:"'termination' 'by' @@ 'is'"`
	Not     bool    `parser:"@'not'?"`
	From    *moment `parser:"'open' ( 'from' @@ )?"`
	To      *day    `parser:"( 'to' @@ )?"`
	Trigger *name   `parser:"( ',' 'by' @@ )?"`
}

func terminationClaim(l *lowering, _ *record, n *terminationLine) expect.Claim {
	l.refer(n.By.text, n.By.at, "party", l.test.known.parties)
	c := expect.Termination{By: n.By.text, Open: !n.Not, Trigger: nameText(n.Trigger), To: datePtr(n.To)}
	if n.From != nil {
		if at, ok := l.resolve(n.From, itsStart); ok {
			c.From = &at
		}
	}
	return c
}

type refundIs struct {
	To name  `parser:"'refund' 'to' @@"`
	Is money `parser:"'is' @@"`
}

func (l *lowering) creditClaim(stage expect.Stage, of *ofLine, is amountOrNone) expect.Claim {
	c := expect.Credit{Whose: l.whose(of), Stage: stage, Undetermined: is.None}
	if is.Amount != nil {
		c.Amount = is.Amount.v
	}
	return c
}
