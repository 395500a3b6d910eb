package dsl

import "github.com/sla-lang/sla/sla"

// Windows that are judged only under a condition on quantities.

type judgedIfLine struct {
	Quantity name     `parser:"'judged' 'only' 'if' @@"`
	Op       operator `parser:"@@"`
	Level    level    `parser:"@@"`
	Of       *name    `parser:"( 'of' @@ )?"`
}

// wrong is a level that a quantity is not compared with: a time, a share of
// nothing, a number of something.
func (n *judgedIfLine) wrong() string {
	switch v := n.Level; {
	case v.time != nil:
		return v.time.String()
	case v.share != nil && n.Of == nil:
		return v.share.String()
	case v.number != nil && n.Of != nil:
		return v.number.String() + " of " + n.Of.text
	}
	return ""
}

func judgedIfForm() *form[sla.Objective] {
	return say(`judged only if QUANTITY OPERATOR NUMBER [UNIT] | QUANTITY OPERATOR SHARE of QUANTITY`, `judged only if calls at most 110% of forecast`,
		func(l *lowering, o *sla.Objective, n *judgedIfLine) {
			if wrong := n.wrong(); wrong != "" {
				l.report(codeNotOneOf, n.Level.at, sla.Prose("found", wrong), sla.Name("what", string(n.Op.v)), sla.List("allowed", []string{"NUMBER", "SHARE of QUANTITY"}))
				return
			}
			c := sla.WindowCondition{Quantity: n.Quantity.text, Op: n.Op.v, Number: n.Level.number, Share: n.Level.share, Of: nameText(n.Of)}
			id := l.sub("judged-if", sla.Slug(c.String()))
			if !l.declare(id, n.Quantity.at, "judged only if "+c.String()) {
				return
			}
			if n.Of != nil {
				l.at(id+"/of", n.Of.at)
			}
			o.JudgedIf = append(o.JudgedIf, c)
		}).again()
}
