package dsl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Caps, floors, and what else changes the credit of an objective.

const (
	capPattern   = `cap [NAME] AMOUNT [of BASE] [per service] [each PERIOD | in any NUMBER months | over the term] [, excess carried to the next period]`
	floorPattern = `floor [NAME] above|at least MONEY [per service] [each PERIOD | over the term], otherwise lost | kept, at the end lost|paid`
)

func objectiveCapForm() *form[sla.Objective] {
	return say(capPattern, `cap 100% of the fee of erp`, func(l *lowering, o *sla.Objective, n *capLine) {
		if c, ok := n.lower(l); ok {
			o.Caps = append(o.Caps, c)
		}
	}).again()
}

func objectiveFloorForm() *form[sla.Objective] {
	return say(floorPattern, `floor above 1.00 EUR, otherwise lost`, func(l *lowering, o *sla.Objective, n *floorLine) {
		if f, ok := n.lower(l); ok {
			o.Floors = append(o.Floors, f)
		}
	}).again()
}

type capLine struct {
	Name    *name      `parser:"'cap' @@?"`
	Pays    rate       `parser:"@@"`
	Base    *base      `parser:"( 'of' @@ )?"`
	Per     bool       `parser:"( @( 'per' 'service' ) )?"`
	Window  *limitTime `parser:"( @@ )?"`
	Carried bool       `parser:"( ',' 'excess' ( @( 'carried' 'to' 'the' 'next' 'period' )"`
	Lost    bool       `parser:"| @'lost' ) )?"`
}

// limitTime is the window over which credits add up under a limit.
type limitTime struct {
	Each   *window `parser:"'each' @@"`
	Months *count  `parser:"| 'in' 'any' @@ ( 'months' | 'month' )"`
	Term   bool    `parser:"| 'over' 'the' @'term'"`
}

func (n *limitTime) into(each *sla.Window, months *int) {
	switch {
	case n == nil:
	case n.Each != nil:
		*each = n.Each.v
	case n.Months != nil && months != nil:
		*months = n.Months.n
	case n.Term:
		*each = sla.TheTerm
	}
}

func (n *capLine) lower(l *lowering) (sla.Cap, bool) {
	c := sla.Cap{Name: nameText(n.Name), Pays: n.Pays.pay, PerService: n.Per, Carried: n.Carried}
	n.Window.into(&c.Each, &c.Months)
	id := l.limitID("cap", c.Name)
	if !l.declare(id, n.Pays.at, strings.TrimSpace("cap "+c.Name)) {
		return c, false
	}
	if n.Pays.table != "" || c.Pays.Of() && n.Base == nil {
		l.report(codeUnfinished, n.Pays.at, sla.Name("word", "of"))
		return c, false
	}
	if n.Base != nil {
		c.Base = n.Base.value()
		n.Base.places(l, id)
	}
	return c, true
}

// limitID is the id of a cap or a floor in the block being read: those of the
// credits block stand at the top, those of an objective under it.
func (l *lowering) limitID(what, name string) string {
	id := what
	if l.id != "credits" && l.id != "" {
		id = l.id + "/" + what
	}
	if name != "" {
		id += "/" + name
	}
	return id
}

type floorLine struct {
	Head   bool       `parser:"@'floor'"`
	Name   *limitName `parser:"@@?"`
	Op     operator   `parser:"@@"`
	Amount money      `parser:"@@"`
	Per    bool       `parser:"( @( 'per' 'service' ) )?"`
	Window *limitTime `parser:"( @@ )?"`
	Kept   bool       `parser:"',' 'otherwise' ( @'kept'"`
	Paid   bool       `parser:"( ',' 'at' 'the' 'end' ( @'paid'"`
	AtEnd  bool       `parser:"| @'lost' ) )?"`
	Lost   bool       `parser:"| @'lost' )"`
}

// A limitName is a name that is no operator.
type limitName struct{ name }

// Parse reads a word that begins no operator.
func (n *limitName) Parse(lx *lexer.PeekingLexer) error {
	if t := lx.Peek(); t.Value == "above" || t.Value == "at" || t.Value == "below" {
		return participle.NextMatch
	}
	return n.name.Parse(lx)
}

func (n *floorLine) lower(l *lowering) (sla.Floor, bool) {
	f := sla.Floor{Op: n.Op.v, Amount: n.Amount.v, PerService: n.Per, Kept: n.Kept, PaidAtEnd: n.Paid}
	if n.Name != nil {
		f.Name = n.Name.text
	}
	n.Window.into(&f.Each, nil)
	if f.Op != credits.Above && f.Op != credits.AtLeast {
		l.report(codeOperator, n.Op.at, sla.Prose("found", string(f.Op)))
		return f, false
	}
	if f.Kept && !n.Paid && !n.AtEnd {
		l.report(codeUnfinished, n.Amount.at, sla.Name("word", "at the end"))
		return f, false
	}
	return f, l.declare(l.limitID("floor", f.Name), n.Amount.at, strings.TrimSpace("floor "+f.Name))
}

type repeatLine struct {
	Times number  `parser:"'repeat' @@ 'times' 'from' 'the'"`
	From  ordinal `parser:"@@ 'miss'"`
	Row   bool    `parser:"'in' ( @( 'a' 'row' )"`
	Of    *ofAny  `parser:"| 'any' @@ )"`
}

// An ordinal is 1st, 2nd, 3rd, 4th, …
type ordinal struct {
	n  int
	at place
}

// Parse reads a number with its ending.
func (n *ordinal) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if kindOf(t) != tokWord || len(t.Value) < 3 {
		return participle.NextMatch
	}
	v, err := strconv.Atoi(t.Value[:len(t.Value)-2])
	if err != nil || v < 1 || !slices.Contains([]string{"st", "nd", "rd", "th"}, t.Value[len(t.Value)-2:]) {
		return participle.NextMatch
	}
	n.n, n.at = v, placeOf(lx.Next())
	return nil
}

func repeatForm() *form[sla.Objective] {
	return say(`repeat NUMBER times from the ORDINAL miss in a row | in any NUMBER PERIODs`, `repeat 2 times from the 2nd miss in a row`,
		func(l *lowering, o *sla.Objective, n *repeatLine) {
			l.at(l.sub("repeat"), n.From.at)
			o.Repeat = &sla.Repeat{Times: n.Times.v, From: n.From.n}
			if n.Of != nil {
				o.Repeat.Of = n.Of.Of.n
			}
		})
}

type toleranceLine struct {
	Points points `parser:"'tolerance' @@"`
}

func toleranceForm() *form[sla.Objective] {
	return say(`tolerance NUMBER points`, `tolerance 0.05 points`, func(l *lowering, o *sla.Objective, n *toleranceLine) {
		l.at(l.sub("tolerance"), n.Points.at)
		o.Tolerance = &n.Points.v
	})
}

type startUpLine struct {
	Length length `parser:"'start-up' @@"`
}

func startUpForm() *form[sla.Objective] {
	return say(`start-up LENGTH`, `start-up 3 months`, func(l *lowering, o *sla.Objective, n *startUpLine) {
		l.at(l.sub("start-up"), n.Length.at)
		o.StartUp = &n.Length.v
	})
}

type missingDataLine struct {
	Missed bool `parser:"'missing' 'data' 'counts' 'as' ( @'missed'"`
	Met    bool `parser:"| @'met'"`
	Last   bool `parser:"| @( 'the' 'last' 'row' ) )"`
}

func missingDataForm() *form[sla.Objective] {
	return say(`missing data  counts as missed | met | the last row`, `missing data counts as missed`, func(_ *lowering, o *sla.Objective, n *missingDataLine) {
		switch {
		case n.Missed:
			o.Missing = sla.MissingMissed
		case n.Met:
			o.Missing = sla.MissingMet
		default:
			o.Missing = sla.MissingLastRow
		}
	})
}

type lateReportLine struct {
	Missed bool   `parser:"'late' 'report' 'counts' 'as' ( @'missed'"`
	Last   bool   `parser:"| @( 'the' 'last' 'row' ) )"`
	After  length `parser:"',' @@ 'after' 'the' 'window' 'ends'"`
}

func lateReportForm() *form[sla.Objective] {
	return say(`late report  counts as missed | the last row, LENGTH after the window ends`, `late report counts as missed, 10 business days after the window ends`,
		func(l *lowering, o *sla.Objective, n *lateReportLine) {
			l.at(l.sub("late-report"), n.After.at)
			o.LateReport = &sla.LateReport{As: sla.MissingMissed, After: n.After.v}
			if n.Last {
				o.LateReport.As = sla.MissingLastRow
			}
		})
}

type minimumLine struct {
	At thresholdAt `parser:"'minimum' @@"`
}

func minimumForm() *form[sla.Objective] {
	return say(`minimum OPERATOR LEVEL`, `minimum at least 95.00%`, func(l *lowering, o *sla.Objective, n *minimumLine) {
		l.at(l.sub("minimum"), n.At.Level.place())
		t := n.At.value()
		o.Minimum = &t
	})
}
