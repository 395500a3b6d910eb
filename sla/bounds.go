package sla

import (
	"math/big"
	"slices"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
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

// differsInPieces says that it makes a difference in how many pieces that was down
// which nobody observed: to a number of outages, and to what counts of each.
func (v *view) differsInPieces(ev *evaluated, worst evaluated, s smoothing, in measure.Availability) bool {
	p := ev.plan
	switch {
	case p.kind == MeasureOutages:
		may := outageBounds(in)
		return v.differBetween(ev, s.bounds(may)) || !may.sure() && p.paysForEach(worst)
	case in.Count.Grows():
		return v.differBetween(ev, s.bounds(p.piecesBounds(in)))
	}
	return p.paysForEach(worst)
}

// outageBounds are how few and how many outages there may have been.
func outageBounds(in measure.Availability) bounds {
	fewest, most, bounded := in.OutageBounds()
	return bounds{bound{at: credits.Int(fewest)}, bound{at: credits.Int(most), open: !bounded}}
}

// piecesBounds are what downtime, or the availability that it leaves, may have been
// where more counts of it the more pieces it comes in: with no more than a cap of each,
// all of what nobody saw; with started units, any.
func (p *objectivePlan) piecesBounds(in measure.Availability) bounds {
	got, most := in.Compute(), bound{open: true}
	c := in.Count
	capped := c.Run == 0 && c.Each == 0 && c.EachBeyond == 0 && c.Total == 0 && c.TotalBeyond == 0
	lost := got.Lost.Add(measure.Exact(got.Unobserved))
	switch {
	case p.kind == MeasureAvailability:
		most = bound{} // it is not below 0
		if part, err := lost.Quo(measure.Exact(got.Of)); capped && err == nil && part.Cmp(credits.Int(1)) < 0 {
			most.at = credits.Int(1).Sub(part)
		}
	case capped:
		most = bound{at: inSeconds(lost)}
	}
	return bounds{bound{at: p.number(in, got)}, most}
}

// paysForEach says that what is due depends on each outage, if anything is at the
// worst that a number may have been.
func (p *objectivePlan) paysForEach(worst evaluated) bool {
	if p.written == nil {
		return false
	}
	each := func(c *Credit) bool {
		return c != nil && c.Each != nil && (c.Each.Thing == ThingOutage || c.Each.Thing == ThingOutages) &&
			(c.AlsoMet || p.verdict(worst.value) == Missed)
	}
	if each(p.written.Credit) {
		return true
	}
	for i := range p.written.Plus {
		if each(&p.written.Plus[i]) {
			return true
		}
	}
	return false
}

// differsInJoinedPieces says it of what several parts come to.
func (v *view) differsInJoinedPieces(ev *evaluated, worst evaluated, s smoothing, parts []partValue) bool {
	p, join := ev.plan, ev.plan.written.Measure.Join
	grows := slices.ContainsFunc(parts, func(x partValue) bool { return x.in.Count.Grows() })
	if p.kind != MeasureOutages && !grows {
		return p.paysForEach(worst)
	}
	j := joiner{kind: join.Kind}
	for _, x := range parts {
		if !x.got.Applicable {
			continue
		}
		one := number{value: p.number(x.in, x.got), bounds: outageBounds(x.in)}
		if p.kind != MeasureOutages {
			one.bounds = p.piecesBounds(x.in)
		}
		j.take(one, x.weight)
	}
	_, may, ok := j.joined()
	switch n := credits.Int(j.n); {
	case !ok:
		return false
	case join.Kind == JoinPooled && p.kind == MeasureAvailability: // parts of several lengths: no less than 0
		may = bounds{bound{at: ev.exact}, bound{}}
	case join.Kind == JoinPooled:
		may.low.at, may.high.at = may.low.at.Mul(n), may.high.at.Mul(n)
	}
	return v.differBetween(ev, s.bounds(may)) || p.kind == MeasureOutages && !may.sure() && p.paysForEach(worst)
}

// differBetween says that the verdict or the credit is another at both ends.
func (v *view) differBetween(ev *evaluated, may bounds) bool {
	is, other := *ev, *ev
	is.value, other.value = ev.plan.lower(may.low), ev.plan.higher(may.high)
	return v.differs(is, other)
}
