package dsl

import (
	"slices"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/sla-lang/sla/sla"
)

// What a share is taken of: fees agreed, lines invoiced, quantities, pools.

// base is a sum of amounts over a period.
type base struct {
	First  baseTerm    `parser:"@@"`
	And    []baseTerm  `parser:"( 'and' @@ )*"`
	During *baseDuring `parser:"( 'during' 'the' @@ )?"`
}

type baseTerm struct {
	Fee     *ofFee      `parser:"'the' ( 'fee' 'of' @@"`
	Fees    *ofFees     `parser:"| 'fees' 'of' @@"`
	Charges *ofCharge   `parser:"| ( 'charge' | 'charges' ) @@ )"`
	Depends *dependents `parser:"  @@?"`
	Name    *ownName    `parser:"| @@"`
}

// dependents is `and what depends on it` behind a service.
type dependents struct{ at place }

// Parse reads these words, or nothing: `and` may add another amount.
func (n *dependents) Parse(lx *lexer.PeekingLexer) error {
	at, ok := wordsAhead(lx, "and", "what", "depends", "on", "it")
	if !ok {
		return participle.NextMatch
	}
	n.at = at
	return nil
}

// wordsAhead reads some words and tells where they stand, or reads nothing where
// others come next.
func wordsAhead(lx *lexer.PeekingLexer, words ...string) (at place, ok bool) {
	ahead := *lx
	at = placeOf(lx.Peek())
	for _, word := range words {
		t := ahead.Next()
		if t.Value != word {
			return place{}, false
		}
		at = at.through(placeOf(t))
	}
	*lx = ahead
	return at, true
}

// An ownName is that of a quantity or a pool, never a keyword of a base.
type ownName struct{ name }

// Parse reads a word that is no keyword of a base.
func (n *ownName) Parse(lx *lexer.PeekingLexer) error {
	if slices.Contains([]string{"fee", "fees", "charge", "charges", "invoice"}, lx.Peek().Value) {
		return participle.NextMatch
	}
	return n.name.Parse(lx)
}

type ofFee struct {
	The     bool  `parser:"@( 'the' 'service' )"`
	Service *name `parser:"| @@"`
}

type ofFees struct {
	Month        bool  `parser:"'the' ( @'month'"`
	ContractYear bool  `parser:"| @( 'contract' ( 'year' )? )"`
	Quarter      bool  `parser:"| @'quarter'"`
	Year         bool  `parser:"| @'year'"`
	Term         bool  `parser:"| @'term'"`
	Judged       bool  `parser:"| @'service' )"`
	Service      *name `parser:"| @@"`
}

type ofCharge struct {
	Lines []text  `parser:"( @@ ( ',' @@ )* )?"`
	Of    *ofFees `parser:"'of' @@"`
}

// baseDuring is the time whose amounts a base speaks of.
type baseDuring struct {
	Lost     bool        `parser:"@( 'lost' 'time' )"`
	Beyond   *beyond     `parser:"( 'beyond' @@ )?"`
	Previous *window     `parser:"| ( 'previous' @@"`
	Next     *window     `parser:"  | 'next' @@"`
	Term     bool        `parser:"  | @'term'"`
	Before   *timeBefore `parser:"  | @@"`
	Window   *window     `parser:"  | @@ )"`
	PartLost *forLost    `parser:"  @@?"`
}

// A forLost is `for the lost time` behind another window, of whose amount the
// part is taken that was lost of the window judged.
type forLost struct{}

// Parse reads the four words, or nothing: `for each` is another part of the line.
func (*forLost) Parse(lx *lexer.PeekingLexer) error {
	if _, ok := wordsAhead(lx, "for", "the", "lost", "time"); !ok {
		return participle.NextMatch
	}
	return nil
}

// timeBefore reads `12 months before the invoice`.
type timeBefore struct {
	Length length `parser:"@@ 'before' 'the'"`
	What   name   `parser:"@@"`
}

func (n ofFees) into(b *sla.Base) {
	switch {
	case n.Service != nil:
		b.Service = n.Service.text
	case n.Judged:
		b.Service = sla.TheService
	case n.Month:
		b.Window = sla.CalendarMonth
	case n.ContractYear:
		b.Window = sla.ContractYear
	case n.Quarter:
		b.Window = sla.CalendarQuarter
	case n.Year:
		b.Window = sla.CalendarYear
	case n.Term:
		b.Window = sla.TheTerm
	}
}

func (n baseTerm) value() sla.Base {
	b := sla.Base{}
	switch {
	case n.Fee != nil && n.Fee.Service != nil:
		b.Service = n.Fee.Service.text
	case n.Fee != nil:
		b.Service = sla.TheService
	case n.Fees != nil:
		n.Fees.into(&b)
	case n.Charges != nil:
		b.Of = sla.BaseCharges
		n.Charges.Of.into(&b)
		for _, line := range n.Charges.Lines {
			b.Lines = append(b.Lines, line.text)
		}
	default:
		b.Of, b.Name = sla.BaseNamed, n.Name.text
	}
	b.Dependents = n.Depends != nil && b.Service != ""
	return b
}

func (n base) value() sla.Base {
	b := n.First.value()
	for _, more := range n.And {
		b.And = append(b.And, more.value())
	}
	d := n.During
	if d == nil {
		return b
	}
	for _, t := range append([]*sla.Base{&b}, pointers(b.And)...) {
		switch {
		case d.Lost:
		case d.Previous != nil:
			t.Window, t.Shift = d.Previous.v, -1
		case d.Next != nil:
			t.Window, t.Shift = d.Next.v, 1
		case d.Term:
			t.Window = sla.TheTerm
		case d.Before != nil:
			t.Window, t.Trailing = "", &d.Before.Length.v
		default:
			t.Window = d.Window.v
		}
	}
	if b.Lost = d.Lost || d.PartLost != nil; b.Lost {
		if d.Beyond != nil {
			b.BeyondAllowance, b.Beyond = d.Beyond.Allowance, lengthPtr(d.Beyond.Time)
		}
	}
	return b
}

func pointers(bs []sla.Base) []*sla.Base {
	out := make([]*sla.Base, len(bs))
	for i := range bs {
		out[i] = &bs[i]
	}
	return out
}

func (n base) places(l *lowering, id string) {
	if d := n.During; d != nil && d.Beyond != nil && d.Beyond.Time != nil {
		l.at(id+"/base/beyond", d.Beyond.Time.at)
	}
	for _, t := range append([]baseTerm{n.First}, n.And...) {
		if t.Depends != nil && t.value().Service == "" {
			l.report(codeUnexpected, t.Depends.at, sla.Prose("found", "and what depends on it"), sla.Phrase("hint", "word depends-of-service"))
		}
		switch {
		case t.Fee != nil && t.Fee.Service != nil:
			l.at(id+"/base", t.Fee.Service.at)
		case t.Fees != nil && t.Fees.Service != nil:
			l.at(id+"/base", t.Fees.Service.at)
		case t.Name != nil:
			l.at(id+"/base", t.Name.at)
		}
	}
}
