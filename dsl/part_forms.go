package dsl

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/sla"
)

// What a service is made of and what happens to it: parts and events.

type partHead struct {
	Name name `parser:"'part' @@"`
	Of   name `parser:"'of' @@"`
}

func partForm() *form[sla.Contract] {
	return open(`part NAME of SERVICE|PART [{ … }]`, `part zone of erp`,
		func(l *language) *scope[[]sla.Attribute] { return l.has },
		func(l *lowering, c *sla.Contract, n *partHead) (string, *[]sla.Attribute, func()) {
			id, has := "part/"+n.Name.text, new([]sla.Attribute)
			if !l.declare(id, n.Name.at, "part "+n.Name.text) {
				return id, has, nil
			}
			l.at(id+"/of", n.Of.at)
			return id, has, func() { c.Parts = append(c.Parts, sla.PartKind{Name: n.Name.text, Of: n.Of.text, Has: *has}) }
		}).bare().again()
}

type eventHead struct {
	Name name `parser:"'event' @@"`
	Of   name `parser:"'of' @@"`
}

func eventForm() *form[sla.Contract] {
	return open(`event NAME of SERVICE|PART [{ … }]`, `event request of erp`,
		func(l *language) *scope[[]sla.Attribute] { return l.has },
		func(l *lowering, c *sla.Contract, n *eventHead) (string, *[]sla.Attribute, func()) {
			id, has := "event/"+n.Name.text, new([]sla.Attribute)
			if !l.declare(id, n.Name.at, "event "+n.Name.text) {
				return id, has, nil
			}
			l.at(id+"/of", n.Of.at)
			return id, has, func() { c.Events = append(c.Events, sla.EventKind{Name: n.Name.text, Of: n.Of.text, Has: *has}) }
		}).bare().again()
}

func hasScope() *scope[[]sla.Attribute] {
	return &scope[[]sla.Attribute]{key: "has", forms: []*form[[]sla.Attribute]{
		say(`has NAME [in UNIT | , yes or no | , one of WORD or WORD … [, in order] | , many of WORD or WORD …]`, `has latency in s`, func(l *lowering, has *[]sla.Attribute, n *hasLine) {
			a := sla.Attribute{Name: n.Name.text, Unit: n.Unit.value(), YesNo: n.YesNo}
			for _, of := range []*oneOf{n.One, n.Many} {
				if of != nil {
					a.OneOf, a.Many, a.Ordered = of.values(), of == n.Many, n.Ordered
				}
			}
			if l.declare(l.sub("has", a.Name), n.Name.at, "has "+a.Name) {
				*has = append(*has, a)
			}
		}).again(),
		acceptForm[[]sla.Attribute](),
	}}
}

type hasLine struct {
	Name    name      `parser:"'has' @@"`
	Unit    *unitName `parser:"( 'in' @@"`
	YesNo   bool      `parser:"| ',' ( @( 'yes' 'or' 'no' )"`
	One     *oneOf    `parser:"| 'one' 'of' @@"`
	Many    *oneOf    `parser:"| 'many' 'of' @@ ) )?"`
	Ordered bool      `parser:"( ',' @( 'in' 'order' ) )?"`
}

// A unitName is a word or a percent sign.
type unitName struct{ text string }

// Parse reads GB, ms or %.
func (n *unitName) Parse(lx *lexer.PeekingLexer) error {
	t := lx.Peek()
	if kindOf(t) != tokWord && t.Value != "%" {
		return participle.NextMatch
	}
	n.text = lx.Next().Value
	return nil
}

func (n *unitName) value() string {
	if n == nil {
		return ""
	}
	return n.text
}

// oneOf is a list of the words that a value may be.
type oneOf struct {
	First label   `parser:"@@"`
	More  []label `parser:"( 'or' @@ )*"`
}

func (n *oneOf) values() []string {
	out := []string{n.First.text}
	for _, m := range n.More {
		out = append(out, m.text)
	}
	return out
}

type sourceLine struct {
	Kind    sourceKind `parser:"'source' @@"`
	Of      *name      `parser:"( 'of' @@"`
	Unit    *name      `parser:"'in' @@ )?"`
	Name    *text      `parser:"@@?"`
	By      *name      `parser:"( 'by' @@ )?"`
	Counted *length    `parser:"( 'counted' 'every' @@"`
	Every   *length    `parser:"| 'every' @@"`
	One     bool       `parser:"| @( 'one' 'by' 'one' ) )?"`
}

// A sourceKind says what a source gives. Its name alone does not.
type sourceKind struct{ word }

// Parse reads one word; a text is no word in quotes, but the name of a source
// that says nothing of what it gives.
func (n *sourceKind) Parse(lx *lexer.PeekingLexer) error {
	if t := lx.Peek(); kindOf(t) == tokText {
		return (&problem{code: codeUnexpected, place: placeOf(t)}).with(sla.Prose("found", t.Value), sla.Phrase("hint", "hint source"))
	}
	if err := n.word.Parse(lx); err != nil {
		return err
	}
	if of := lx.Peek(); n.text == "ticks" && of.Value == "of" { // instants that a schedule makes
		return (&problem{code: codeUnexpected, place: placeOf(of)}).with(sla.Prose("found", of.Value), sla.Phrase("lesson", "lesson schedule"))
	}
	return nil
}

func lowerSource(l *lowering, o *sla.Objective, n *sourceLine) {
	s := sla.Source{Name: textOf(n.Name), By: nameText(n.By), Of: nameText(n.Of), Unit: nameText(n.Unit), Every: lengthPtr(n.Every)}
	kind := n.Kind.text
	switch {
	case n.Counted != nil:
		s.Kind, s.Of, s.Every = sla.SourceCounts, kind, &n.Counted.v
	case n.One && kind != "answers":
		s.Kind, s.Of = sla.SourceItems, kind
	case !l.choice(n.Kind.name, "source", "outages", "checks", "answers", "tickets", "samples", "values"):
		l.broken[l.sub("source")] = true
		return
	default:
		s.Kind = sla.SourceKind(kind)
	}
	id := l.sub("source", kind)
	if s.Of != "" && s.Of != kind {
		id = l.sub("source", kind, s.Of)
	}
	if l.declare(id, n.Kind.at, "source "+kind) {
		if n.By != nil {
			l.at(id+"/by", n.By.at)
		}
		o.Sources = append(o.Sources, s)
	}
}
