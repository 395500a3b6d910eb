package dsl

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

// Conditions on several windows, of bonuses and of the right to leave.

// condition speaks of several windows of an objective, or of late tickets.
type condition struct {
	NoneLate  *noneLate       `parser:"'no' @@"`
	Objective *name           `parser:"| @@"`
	Missed    *severalWindows `parser:"'is' ( 'missed' 'in' @@"`
	Level     *levelCondition `parser:"| @@ )"`
}

type noneLate struct {
	Priority name `parser:"@@"`
	Measure  name `parser:"@@"`
	Service  name `parser:"'of' @@ 'was' 'late'"`
}

// severalWindows are so many in a row, or of any so many.
type severalWindows struct {
	Count count   `parser:"@@"`
	Of    *ofAny  `parser:"( 'of' 'any' @@"`
	Row   *plural `parser:"| @@ 'in' 'a' 'row' )"`
}

type ofAny struct {
	Of      count  `parser:"@@"`
	Windows plural `parser:"@@"`
}

type levelCondition struct {
	Op      operator        `parser:"@@"`
	Level   level           `parser:"@@ 'in'"`
	Any     *window         `parser:"( 'any' @@"`
	Several *severalWindows `parser:"| @@"`
	Each    *window         `parser:"| 'each' @@"`
	Within  *window         `parser:"( 'of' 'a' @@ )? )"`
}

// plural is a period in the plural: calendar months.
type plural struct{ window }

// Parse reads the period word by word and takes the s off its last.
func (n *plural) Parse(lx *lexer.PeekingLexer) error {
	if kindOf(lx.Peek()) != tokWord {
		return participle.NextMatch
	}
	first := lx.Next()
	text, at := first.Value, placeOf(first)
	if text == "calendar" || text == "contract" {
		second := lx.Next()
		text, at = text+" "+second.Value, at.through(placeOf(second))
	}
	w := sla.Window(text)
	if i := len(text) - 1; i > 0 && text[i] == 's' {
		w = sla.Window(text[:i])
	}
	if !w.Valid() {
		return (&problem{code: codeUnknownWindow, place: at}).with(sla.Prose("found", text))
	}
	n.v, n.at = w, at
	return nil
}

func (n condition) value() sla.Condition {
	switch {
	case n.NoneLate != nil:
		return sla.Condition{Kind: sla.ConditionNoneLate, Priority: n.NoneLate.Priority.text, Measure: n.NoneLate.Measure.text, Service: n.NoneLate.Service.text}
	case n.Missed != nil:
		return n.Missed.condition(sla.Condition{Objective: n.Objective.text})
	}
	level := (&thresholdLevel{Level: &n.Level.Level}).value(thresholdOp{operator: n.Level.Op})
	c := sla.Condition{Objective: n.Objective.text, Threshold: &level}
	switch {
	case n.Level.Several != nil:
		return n.Level.Several.condition(c)
	case n.Level.Any != nil:
		c.Kind, c.Window = sla.ConditionLevelAny, n.Level.Any.v
		return c
	}
	c.Kind, c.Window = sla.ConditionLevelEach, n.Level.Each.v
	if n.Level.Within != nil {
		c.Within = n.Level.Within.v
	}
	return c
}

// condition completes one by the windows that it speaks of.
func (n *severalWindows) condition(c sla.Condition) sla.Condition {
	c.Count = n.Count.n
	if n.Of != nil {
		c.Kind, c.Of, c.Window = sla.ConditionOfAny, n.Of.Of.n, n.Of.Windows.v
		return c
	}
	c.Kind, c.Window = sla.ConditionInARow, n.Row.v
	return c
}

func (n condition) places(l *lowering, id string) {
	if n.Objective != nil {
		l.at(id+"/"+n.Objective.text, n.Objective.at)
	}
	if n.NoneLate != nil {
		l.at(id+"/"+n.NoneLate.Service.text, n.NoneLate.Service.at)
		l.at(id+"/"+n.NoneLate.Priority.text, n.NoneLate.Priority.at)
	}
}
