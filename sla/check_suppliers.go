package sla

import (
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
				k.hoursCovered(u, p, service, orDefault(ours.During, row.Clock), t.Name+"/"+row.Name()+"/"+ours.Measure)
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
	if theirs.IsExact() && ours.IsExact() && margin != nil && margin.IsExact() {
		return theirs.Duration()+margin.Duration() <= ours.Duration()
	}
	order, ok := compareLengths(theirs, ours)
	return !ok || order <= 0
}

// hoursCovered: whenever our clock runs, theirs does. A year of dates is
// looked at.
func (k *checker) hoursCovered(u *Underpinning, p *UnderpinningTarget, service *Service, clock, at string) {
	bound := k.bound()
	if bound == nil || p.During == "" || p.During == clock || bound.calendars[p.During] == nil || clock != "" && bound.calendars[clock] == nil {
		return
	}
	from, to := reference()
	year := calendar.Interval{Start: bound.zone.StartOf(from), End: bound.zone.StartOf(to)}
	ours := calendar.NewSet(year)
	if clock != "" {
		ours = bound.calendars[clock].Open(year)
	}
	missing := ours.Minus(bound.calendars[p.During].Open(year))
	if missing.IsEmpty() {
		return
	}
	k.find(CodeSupplierHours, "underpinning/"+u.ID+"/"+p.Measure+"/"+p.Priority, Name("supplier", u.By), Name("service", service.Name),
		Name("theirs", p.During), Name("ours", clock), Duration("missing", missing.Measure().Truncate(time.Minute)), Name("measure", p.Measure), Name("priority", p.Priority)).
		related(at, "limit-here")
}
