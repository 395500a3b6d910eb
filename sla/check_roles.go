package sla

import (
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// responsibility: in each row of the RACI table one party is accountable and
// somebody does the work.
func (k *checker) responsibility() {
	if k.c.RACI == nil {
		return
	}
	for _, row := range k.c.RACI.Rows {
		var accountable, responsible []string
		for _, r := range row.Roles {
			if slices.Contains(r.Letters, "A") {
				accountable = append(accountable, r.Party)
			}
			if slices.Contains(r.Letters, "R") {
				responsible = append(responsible, r.Party)
			}
		}
		id := "raci/" + Slug(row.Activity)
		switch len(accountable) {
		case 0:
			k.find(CodeNoAccountable, id, Prose("activity", row.Activity)).Absent = true
		case 1:
		default:
			k.find(CodeTwoAccountables, id, Prose("activity", row.Activity), List("parties", accountable))
		}
		if len(responsible) == 0 {
			k.find(CodeNoResponsible, id, Prose("activity", row.Activity)).Absent = true
		}
	}
}

// suppliers: what a supplier promises covers what we promise, with the margin
// asked for.
func (k *checker) suppliers() {
	for i := range k.c.Underpinnings {
		u := &k.c.Underpinnings[i]
		for j := range u.Promises {
			p := &u.Promises[j]
			for _, service := range u.Supports {
				if p.Share != nil {
					k.availabilityCovered(u, p, service)
				}
				if p.Within != nil {
					k.timeCovered(u, p, service)
				}
			}
		}
	}
}

// availabilityCovered: theirs is at least ours plus the margin.
func (k *checker) availabilityCovered(u *Underpinning, p *UnderpinningTarget, service string) {
	margin := credits.Ratio{}
	args := []Arg{Name("supplier", u.By), ShareArg("theirs", *p.Share)}
	for _, m := range u.Margins {
		if m.Of == "availability" && m.Points != nil {
			margin = m.Points.Ratio()
			args = append(args, Prose("margin", m.Points.String()))
		}
	}
	for _, o := range k.index.judged[service] {
		if o.Measure.Kind != MeasureAvailability || o.Target == nil || o.Target.Share == nil {
			continue
		}
		if p.Share.Ratio().Cmp(o.Target.Share.Ratio().Add(margin)) < 0 {
			k.find(CodeUnderpinning, "underpinning/"+u.ID+"/availability", append(args, ShareArg("ours", *o.Target.Share), Name("service", service))...).
				related(o.Name+"/target", "target-here")
		}
	}
}

// timeCovered: theirs is at most ours less the margin.
func (k *checker) timeCovered(u *Underpinning, p *UnderpinningTarget, service string) {
	var margin *calendar.Length
	for _, m := range u.Margins {
		if m.Of == p.Measure {
			margin = m.Length
		}
	}
	s := k.index.services[service]
	if s == nil {
		return // an unknown name
	}
	if t := k.index.tiers[s.Tier]; t != nil {
		for _, row := range t.Rows {
			for _, ours := range row.Promises {
				if row.Priority == p.Priority && ours.Measure == p.Measure && !covers(*p.Within, ours.Within, margin) {
					f := k.find(CodeUnderpinning, "underpinning/"+u.ID+"/"+p.Measure+"/"+p.Priority, Name("supplier", u.By), Length("theirsWithin", *p.Within),
						Length("oursWithin", ours.Within), Name("service", service), Name("measure", p.Measure), Name("priority", p.Priority))
					if margin != nil {
						f.Args = append(f.Args, Length("margin", *margin))
					}
					f.related(t.Name+"/"+row.Name()+"/"+ours.Measure, "limit-here")
				}
			}
		}
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

// backups: they are made often enough for the data that may be lost, and kept
// until there is a newer one.
func (k *checker) backups() {
	recoveries := map[string][]Recovery{}
	for _, r := range k.c.Recoveries {
		recoveries[r.Service] = append(recoveries[r.Service], r)
	}
	for _, b := range k.c.Backups {
		for _, r := range recoveries[b.Service] {
			if order, ok := compareLengths(b.Every, r.RPO); ok && order > 0 {
				k.find(CodeRPO, "backup/"+b.Service+"/every", Length("every", b.Every), Length("rpo", r.RPO), Name("service", b.Service)).
					related("recovery/"+r.Service+"/rpo", "rpo-here")
			}
		}
		if b.Kept != nil {
			if order, ok := compareLengths(*b.Kept, b.Every); ok && order < 0 {
				k.find(CodeKept, "backup/"+b.Service, Length("kept", *b.Kept), Length("every", b.Every), Name("service", b.Service))
			}
		}
	}
}

// conditions: bonuses and terminations count the windows that are measured.
func (k *checker) conditions() {
	for _, b := range k.c.Bonuses {
		for _, w := range b.When {
			k.conditionWindow(w, "bonus/"+b.Name+"/when")
		}
	}
	for _, t := range k.c.Terminations {
		for _, w := range t.When {
			k.conditionWindow(w.Condition, "termination/"+t.By+"/when/"+w.Name)
		}
	}
}

func (k *checker) conditionWindow(w Condition, clause string) {
	o := k.index.objectives[w.Objective]
	if o != nil && w.Window != "" && o.Measure.Window != "" && w.Window != o.Measure.Window {
		k.find(CodeWindow, clause, Name("objective", o.Name), Name("window", string(w.Window)), Name("measured", string(o.Measure.Window))).
			related(o.Name+"/measure", "measure-here")
	}
}
