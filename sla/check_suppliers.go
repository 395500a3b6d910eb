package sla

import (
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// What suppliers and own teams promise us against what we promise (R097,
// R098). With a margin asked for, the supplier must be better by that much;
// without one, at least as good.

// suppliers checks every promise of every supplier for every service that it
// supports.
func (k *checker) suppliers() {
	for i := range k.c.Underpinnings {
		u := &k.c.Underpinnings[i]
		for j := range u.Promises {
			p := &u.Promises[j]
			for _, name := range u.Supports {
				service := k.index.services[name]
				switch {
				case service == nil: // an unknown name is told elsewhere
				case p.Share != nil:
					k.availabilityCovered(u, p, service)
				case p.Within != nil:
					k.timeCovered(u, p, service)
				}
			}
		}
	}
	for i := range k.c.Services {
		k.seriesCovered(&k.c.Services[i])
	}
}

// availabilityCovered: theirs is at least ours plus the margin.
func (k *checker) availabilityCovered(u *Underpinning, p *UnderpinningTarget, service *Service) {
	margin := u.marginOf("availability")
	for _, o := range k.index.judged[service.Name] {
		if o.Measure.Kind != MeasureAvailability || o.Target == nil || o.Target.Share == nil {
			continue
		}
		ours, theirs, asked := o.Target.Share.Ratio(), p.Share.Ratio(), credits.Ratio{}
		if margin != nil && margin.Points != nil {
			asked = margin.Points.Ratio()
		}
		if theirs.Cmp(ours.Add(asked)) >= 0 {
			continue
		}
		f := k.find(codeOfMargin(margin), "underpinning/"+u.ID+"/availability", Name("supplier", u.By), ShareArg("theirs", *p.Share),
			ShareArg("ours", *o.Target.Share), Name("service", service.Name))
		f.related(o.Name+"/target", "target-here")
		if margin != nil && margin.Points != nil {
			f.Args = append(f.Args, Prose("margin", margin.Points.String()))
			if left := theirs.Sub(ours); left.Sign() >= 0 {
				f.Args = append(f.Args, Prose("left", left.Mul(credits.Int(100)).Round(2, credits.Down).StringFixed(2)+" points"))
			}
		}
	}
}

// marginOf is the margin asked for of a measure, nil where there is none.
func (u *Underpinning) marginOf(measure string) *Margin {
	for i := range u.Margins {
		if u.Margins[i].Of == measure {
			return &u.Margins[i]
		}
	}
	return nil
}

// codeOfMargin tells a margin that is not kept from a target that is not
// supported at all.
func codeOfMargin(m *Margin) Code {
	if m != nil {
		return CodeSupplierMargin
	}
	return CodeUnsupportedTarget
}

// timeCovered: theirs is at most ours less the margin, and their hours hold
// all of ours.
func (k *checker) timeCovered(u *Underpinning, p *UnderpinningTarget, service *Service) {
	t := k.index.tiers[service.Tier]
	if t == nil {
		return
	}
	for _, row := range t.Rows {
		for _, ours := range row.Promises {
			if row.Priority == p.Priority && ours.Measure == p.Measure {
				k.limitCovered(u, p, service, ours, t.Name+"/"+row.Name()+"/"+ours.Measure)
				k.hoursCovered(u, p, service, orDefault(ours.During, k.c.clockOf(&row)), t.Name+"/"+row.Name()+"/"+ours.Measure)
			}
		}
	}
}

func (k *checker) limitCovered(u *Underpinning, p *UnderpinningTarget, service *Service, ours Promise, at string) {
	margin := u.marginOf(p.Measure)
	var asked *calendar.Length
	if margin != nil {
		asked = margin.Length
	}
	if covers(*p.Within, ours.Within, asked) {
		return
	}
	f := k.find(codeOfMargin(margin), "underpinning/"+u.ID+"/"+p.Measure+"/"+p.Priority, Name("supplier", u.By), Length("theirsWithin", *p.Within),
		Length("oursWithin", ours.Within), Name("service", service.Name), Name("measure", p.Measure), Name("priority", p.Priority))
	f.related(at, "limit-here")
	if asked == nil {
		return
	}
	f.Args = append(f.Args, Length("margin", *asked))
	if left := ours.Within.Duration() - p.Within.Duration(); ours.Within.IsExact() && p.Within.IsExact() && left >= 0 {
		f.Args = append(f.Args, Length("left", calendar.ExactLength(left)))
	}
}

// covers says whether theirs and the margin fit into ours; lengths that cannot
// be compared are left alone.
func covers(theirs, ours calendar.Length, margin *calendar.Length) bool {
	if margin != nil {
		if theirs.IsExact() && margin.IsExact() {
			theirs = calendar.ExactLength(theirs.Duration() + margin.Duration())
		} else if theirs.Unit() == margin.Unit() {
			theirs = calendar.NewLength(theirs.Count()+margin.Count(), theirs.Unit())
		}
	}
	order, ok := compareLengths(theirs, ours)
	return !ok || order <= 0
}

// hoursCovered: whenever our clock runs, theirs does. A year of dates is
// looked at.
func (k *checker) hoursCovered(u *Underpinning, p *UnderpinningTarget, service *Service, clock, at string) {
	missing := k.outside(clock, p.During)
	if p.During == "" || missing == 0 {
		return
	}
	k.find(CodeSupplierHours, "underpinning/"+u.ID+"/"+p.Measure+"/"+p.Priority, Name("supplier", u.By), Name("service", service.Name),
		Name("theirs", p.During), Name("ours", clock), Duration("missing", missing.Truncate(time.Minute)), Name("measure", p.Measure), Name("priority", p.Priority)).
		related(at, "limit-here")
}

// outside is how much of a year of one calendar lies outside another; no name
// means all of the time. It is 0 where either is not known.
func (k *checker) outside(inner, outer string) time.Duration {
	bound := k.bound()
	if inner == outer || outer == "" || bound == nil || bound.calendars[outer] == nil || inner != "" && bound.calendars[inner] == nil {
		return 0
	}
	from, to := reference()
	year := calendar.Interval{Start: bound.zone.StartOf(from), End: bound.zone.StartOf(to)}
	all := calendar.NewSet(year)
	if inner != "" {
		all = bound.calendars[inner].Open(year)
	}
	return all.Minus(bound.calendars[outer].Open(year)).Measure()
}

// seriesCovered: a service works when all its suppliers do, so what they
// promise together is the product of their shares. It is told where each alone
// would be enough.
func (k *checker) seriesCovered(service *Service) {
	together, asked := credits.Int(1), credits.Ratio{}
	var suppliers []string
	var last *Underpinning
	weakest := credits.Int(1)
	for i := range k.c.Underpinnings {
		u := &k.c.Underpinnings[i]
		share := u.availability()
		if share == nil || !slices.Contains(u.Supports, service.Name) {
			continue
		}
		together, suppliers, last = together.Mul(share.Ratio()), append(suppliers, u.By), u
		if share.Ratio().Cmp(weakest) < 0 {
			weakest = share.Ratio()
		}
		if m := u.marginOf("availability"); m != nil && m.Points != nil && m.Points.Ratio().Cmp(asked) > 0 {
			asked = m.Points.Ratio()
		}
	}
	if len(suppliers) < 2 {
		return
	}
	for _, o := range k.index.judged[service.Name] {
		if o.Measure.Kind != MeasureAvailability || o.Target == nil || o.Target.Share == nil {
			continue
		}
		needed := o.Target.Share.Ratio().Add(asked)
		if together.Cmp(needed) >= 0 || weakest.Cmp(needed) < 0 {
			continue
		}
		f := k.find(CodeUnsupportedTarget, "underpinning/"+last.ID+"/availability", List("suppliers", suppliers),
			Shown("theirs", together.Mul(credits.Int(100)).Round(4, credits.Down).StringFixed(4)+"%"), ShareArg("ours", *o.Target.Share), Name("service", service.Name))
		f.related(o.Name+"/target", "target-here")
		if asked.Sign() > 0 {
			f.Args = append(f.Args, Prose("margin", asked.Mul(credits.Int(100)).Round(2, credits.Up).StringFixed(2)+" points"))
		}
	}
}

// availability is the share that a supplier promises, nil for none.
func (u *Underpinning) availability() *credits.Share {
	for i := range u.Promises {
		if u.Promises[i].Share != nil {
			return u.Promises[i].Share
		}
	}
	return nil
}
