package sla

import (
	"math/big"

	"github.com/sla-lang/sla/credits"
)

// What a number may have been, where some of it was not observed (semantics
// 3.3): a verdict is given where all of that comes to the same.

// A bound is an end of what a number may have been: no less, or no more, than
// at. With open nothing bounds it; with short it comes as near to at as one
// likes and never reaches it.
type bound struct {
	at          credits.Ratio
	open, short bool
}

// bounds are the least and the most that a number may have been.
type bounds struct{ low, high bound }

// exactly are the bounds of a number of which all is known.
func exactly(value credits.Ratio) bounds { return bounds{bound{at: value}, bound{at: value}} }

// between are the bounds of a number from one end to the other, in any order.
func between(a, b credits.Ratio) bounds {
	if a.Cmp(b) > 0 {
		a, b = b, a
	}
	return bounds{bound{at: a}, bound{at: b}}
}

// shareUnseen are the bounds of a share of good things of which some were seen: those
// that nobody saw may be many, all good or all failed.
func shareUnseen(good, failed int64) bounds {
	return bounds{bound{short: good > 0}, bound{at: credits.Int(1), short: failed > 0}}
}

// sure says that both ends are one number.
func (b bounds) sure() bool {
	return !b.low.open && !b.high.open && !b.low.short && !b.high.short && b.low.at.Equal(b.high.at)
}

// lower and higher are what stands for an end when it is compared with the
// levels of an objective: beyond all of them where it is open, and where it is
// short on the side of them on which the number is.
func (p *objectivePlan) lower(b bound) credits.Ratio { return p.standsFor(b, -1) }

func (p *objectivePlan) higher(b bound) credits.Ratio { return p.standsFor(b, 1) }

func (p *objectivePlan) standsFor(b bound, side int64) credits.Ratio {
	if !b.open && !b.short {
		return p.compared(b.at)
	}
	levels := p.levels()
	if b.short { // between the end and the level nearest to it
		near := b.at.Sub(credits.RatioOf(big.NewRat(side, 1_000_000_000_000_000)))
		for _, level := range levels {
			if level.Cmp(b.at) == -int(side) && level.Cmp(near) == int(side) {
				near = level
			}
		}
		mean, _ := near.Add(b.at).Quo(credits.Int(2))
		return p.compared(mean)
	}
	far := credits.Int(0)
	for _, level := range levels {
		if level.Cmp(far) == int(side) {
			far = level
		}
	}
	return far.Add(credits.Int(side))
}

// levels are all with which the number of an objective is compared.
func (p *objectivePlan) levels() []credits.Ratio {
	out := p.thresholds()
	o := p.written
	if o == nil {
		return out
	}
	for i := range o.Plus {
		for _, b := range p.schedule(&o.Plus[i]) {
			out = append(out, b.Level)
		}
	}
	if o.Minimum != nil {
		out = append(out, o.Minimum.against(p.op, credits.Ratio{}, p.unit).Level)
	}
	if p.level != nil && o.Tolerance != nil {
		out = append(out, p.level.Sub(o.Tolerance.Ratio()), p.level.Add(o.Tolerance.Ratio()))
	}
	return out
}

// boundArgs are the ends of what a number may have been, as far as anything
// bounds it.
func (p *objectivePlan) boundArgs(b bounds) (args []Arg) {
	if !b.low.open {
		args = append(args, Shown("low", p.show(b.low.at)))
	}
	if !b.high.open {
		args = append(args, Shown("high", p.show(b.high.at)))
	}
	return args
}
