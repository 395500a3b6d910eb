package sla

import (
	"math/big"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/measure"
)

// What a number may have been, where some of it was not observed (semantics
// 3.3): a verdict is given where all of that comes to the same.

// lower and higher are what stands for an end when it is compared with the
// levels of an objective: beyond all of them where it is open, and where it is
// short on the side of them on which the number is.
func (p *objectivePlan) lower(b measure.Bound) credits.Ratio { return p.standsFor(b, -1) }

func (p *objectivePlan) higher(b measure.Bound) credits.Ratio { return p.standsFor(b, 1) }

func (p *objectivePlan) standsFor(b measure.Bound, side int64) credits.Ratio {
	if !b.Open && !b.Short {
		return p.compared(b.At)
	}
	levels := p.levels()
	if b.Short { // between the end and the level nearest to it
		near := b.At.Sub(credits.RatioOf(big.NewRat(side, 1_000_000_000_000_000)))
		for _, level := range levels {
			if level.Cmp(b.At) == -int(side) && level.Cmp(near) == int(side) {
				near = level
			}
		}
		mean, _ := near.Add(b.At).Quo(credits.Int(2))
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
func (p *objectivePlan) boundArgs(b measure.Bounds) (args []Arg) {
	if !b.Low.Open {
		args = append(args, Shown("low", p.show(b.Low.At)))
	}
	if !b.High.Open {
		args = append(args, Shown("high", p.show(b.High.At)))
	}
	return args
}

// differsInPieces says that it makes a difference in how many pieces that was down
// which nobody observed: to a number of outages, to what counts of each, and to
// what is due for each.
func (v *view) differsInPieces(ev *evaluated, worst evaluated, s smoothing, in measure.Availability) bool {
	p, pieces := ev.plan, outageBounds(in)
	switch {
	case !pieces.Sure() && p.paysForEach(worst):
		return true
	case p.kind == MeasureOutages:
		return v.differBetween(ev, s.bounds(pieces))
	}
	return in.Count.Grows() && v.differBetween(ev, s.bounds(p.piecesBounds(in)))
}

// outageBounds are how few and how many outages there may have been.
func outageBounds(in measure.Availability) measure.Bounds {
	fewest, most, bounded := in.OutageBounds()
	return measure.Bounds{Low: measure.Bound{At: credits.Int(fewest)}, High: measure.Bound{At: credits.Int(most), Open: !bounded}}
}

// piecesBounds are what downtime, or the availability that it leaves, may have been
// where more counts of it the more pieces it comes in: with no more than a cap of each,
// all of what nobody saw; with started units, any.
func (p *objectivePlan) piecesBounds(in measure.Availability) measure.Bounds {
	got, most := in.Compute(), measure.Bound{Open: true}
	c := in.Count
	capped := c.Run == 0 && c.Each == 0 && c.EachBeyond == 0 && c.Total == 0 && c.TotalBeyond == 0
	lost := got.Lost.Add(measure.Exact(got.Unobserved))
	switch {
	case p.kind == MeasureAvailability:
		most = measure.Bound{} // it is not below 0
		if part, err := lost.Quo(measure.Exact(got.Of)); capped && err == nil && part.Cmp(credits.Int(1)) < 0 {
			most.At = credits.Int(1).Sub(part)
		}
	case capped:
		most = measure.Bound{At: inSeconds(lost)}
	}
	return measure.Bounds{Low: measure.Bound{At: p.number(in, got)}, High: most}
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
	p, kind := ev.plan, ev.plan.written.Measure.Join.Kind
	j, sure, grows := measure.NewJoiner(kind.joining()), true, false
	for _, x := range parts {
		if !x.got.Applicable {
			continue
		}
		pieces := outageBounds(x.in)
		sure, grows = sure && pieces.Sure(), grows || x.in.Count.Grows()
		if p.kind != MeasureOutages {
			pieces = p.piecesBounds(x.in)
		}
		j.Take(p.number(x.in, x.got), pieces, x.weight)
	}
	_, may, ok := j.Joined()
	switch {
	case !sure && p.paysForEach(worst):
		return true
	case !ok || p.kind != MeasureOutages && !grows:
		return false
	case kind == JoinPooled && p.kind == MeasureAvailability: // parts of several lengths: no less than 0
		may = measure.Bounds{Low: measure.Bound{At: ev.exact}}
	}
	return v.differBetween(ev, s.bounds(may))
}

// differBetween says that the verdict or the credit is another at both ends.
func (v *view) differBetween(ev *evaluated, may measure.Bounds) bool {
	is, other := *ev, *ev
	is.value, other.value = ev.plan.lower(may.Low), ev.plan.higher(may.High)
	return v.differs(is, other)
}
