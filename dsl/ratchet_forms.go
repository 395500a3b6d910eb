package dsl

import (
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Targets that move: continuous improvement.

type ratchetLine struct {
	Met     bool            `parser:"'ratchet' 'when' ( @'met'"`
	Beyond  *ratchetSide    `parser:"| @@ 'the' 'target' )"`
	Count   count           `parser:"'in' @@"`
	Windows plural          `parser:"@@ 'in' 'a' 'row'"`
	Share   share           `parser:"',' 'target' 'moves' @@ 'of' 'the' 'way' 'to'"`
	Average *ratchetAverage `parser:"( 'the' 'average' 'of' 'those' @@"`
	Goal    *level          `parser:"| @@ )"`
	Quals   []ratchetQual   `parser:"( ',' @@ )*"`
}

// A ratchetSide is the side of the target on which a window is better.
type ratchetSide struct {
	Above bool `parser:"@'above'"`
	Below bool `parser:"| @'below'"`
}

type ratchetAverage struct {
	Windows name `parser:"@@"`
}

type ratchetQual struct {
	AtMost  *ratchetLimit   `parser:"'at' 'most' @@"`
	Rounded *measureRounded `parser:"| @@"`
}

type ratchetLimit struct {
	Share share `parser:"@@ 'of' 'the' 'way' 'to'"`
	Level level `parser:"@@"`
}

func ratchetForm() *form[sla.Objective] {
	return say(`ratchet when met|above the target|below the target in NUMBER PERIODs in a row, target moves SHARE of the way to LEVEL | the average of those PERIODs [, at most SHARE of the way to LEVEL] [, rounded to NUMBER decimals]`,
		`ratchet when above the target in 12 calendar months in a row, target moves 50% of the way to the average of those months`, lowerRatchet)
}

func lowerRatchet(l *lowering, o *sla.Objective, n *ratchetLine) {
	l.at(l.sub("ratchet"), n.Share.at)
	r := &sla.Ratchet{Count: n.Count.n, Window: n.Windows.v, Share: n.Share.v}
	switch {
	case n.Beyond == nil:
	case n.Beyond.Above:
		r.Beyond = credits.Above
	default:
		r.Beyond = credits.Below
	}
	if n.Goal != nil {
		r.Goal = n.Goal.threshold()
	}
	for _, q := range n.Quals {
		if q.Rounded != nil {
			r.Rounded = q.Rounded.value(l)
			continue
		}
		r.AtMost, r.Limit = &q.AtMost.Share.v, q.AtMost.Level.threshold()
	}
	o.Ratchet = r
}

// threshold is a level to be at.
func (n *level) threshold() *sla.Threshold {
	t := &sla.Threshold{Op: credits.AtLeast, Time: n.time, Number: n.number}
	if n.share != nil {
		t.Share = *n.share
	}
	return t
}
