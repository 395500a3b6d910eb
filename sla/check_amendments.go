package sla

import (
	"fmt"
	"slices"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/internal/spelling"
)

// Amendments are checked by what the contract says once each is in force: what
// is wrong then, and was not before, is wrong with the amendment.

// amendments checks the dates of amendments, and that each replaces something.
func (k *checker) amendments() {
	for i := range k.c.Amendments {
		a := &k.c.Amendments[i]
		clause := "amendment/" + a.ID
		if slices.ContainsFunc(k.c.Amendments[:i], func(b Amendment) bool { return b.ID == a.ID }) {
			k.find(CodeDuplicate, clause, Name("id", clause))
		}
		if i > 0 && !k.c.Amendments[i-1].InForceFrom.Before(a.InForceFrom) {
			k.find(CodeAmendmentOrder, clause, DateArg("from", a.InForceFrom), Prose("before", k.c.Amendments[i-1].ID), DateArg("other", k.c.Amendments[i-1].InForceFrom))
		} else if t := k.c.Term; t != nil && a.InForceFrom.Before(t.From) {
			k.find(CodeAmendmentOrder, clause, DateArg("from", a.InForceFrom), DateArg("term", t.From))
		}
		before := k.c.Amended(i)
		for j := range a.Tiers {
			k.replaces(a, &a.Tiers[j], before)
		}
		for j := range a.Objectives {
			o := &a.Objectives[j]
			if at := slices.IndexFunc(before.Objectives, func(b Objective) bool { return b.Name == o.Name }); at >= 0 {
				k.amendedObjective(a, &before.Objectives[at], o)
			}
		}
	}
}

// replaces finds a tier that stands in the place of none: no service has it.
func (k *checker) replaces(a *Amendment, t *Tier, before *Contract) {
	var known []string
	for _, o := range before.Tiers {
		known = append(known, o.Name)
	}
	if slices.Contains(known, t.Name) {
		return
	}
	f := k.find(CodeNothingToReplace, a.prefix()+t.Name, Name("name", t.Name))
	if near := spelling.Nearest(t.Name, known); near != "" {
		f.Args, f.Replace = append(f.Args, Name("suggestion", near)), near
	}
}

// amendedObjective finds what cannot be put together in a window in the middle
// of which an objective changes. Only a target has a mean (semantics 8).
func (k *checker) amendedObjective(a *Amendment, was, now *Objective) {
	clause := a.prefix() + now.Name
	if was.Ratchet != nil || now.Ratchet != nil {
		k.find(CodeAmendmentRatchet, clause, Name("objective", now.Name))
		return
	}
	if was.butTarget() == now.butTarget() {
		return
	}
	for _, w := range []Window{was.Measure.Window, now.Measure.Window} {
		if !w.Tiles() || periodOf(w, a.InForceFrom, k.termFrom()).From != a.InForceFrom {
			f := k.find(CodeAmendmentWindow, clause, Name("objective", now.Name), DateArg("from", a.InForceFrom), Name("window", string(w)))
			if w.Tiles() {
				f.Args = append(f.Args, DateArg("next", periodOf(w, a.InForceFrom, k.termFrom()).To))
			}
			return
		}
	}
}

// termFrom is the first date of the term, from which contract years count.
func (k *checker) termFrom() calendar.Date {
	if k.c.Term != nil {
		return k.c.Term.From
	}
	return firstOf(2000, 1)
}

// butTarget is what an objective means but for the levels of its target and of the
// thresholds of its credits.
func (o *Objective) butTarget() string {
	bare := *o
	kind := ""
	if t := o.Target; t != nil {
		rest := *t
		switch {
		case t.Share != nil:
			kind, rest.Share = "share", nil
		case t.Time != nil:
			kind, rest.Time = "time", nil
		case t.Number != nil:
			kind, rest.Number = "number in "+t.Number.Unit, nil
		}
		bare.Target = &rest
	}
	if o.Credit != nil {
		c, said := o.Credit.butLevels()
		bare.Credit, kind = &c, kind+said
	}
	bare.Plus = nil
	for i := range o.Plus {
		c, said := o.Plus[i].butLevels()
		bare.Plus, kind = append(bare.Plus, c), kind+said
	}
	return kind + "|" + canonicalText(bare)
}

// butLevels is a credit without the levels of its thresholds, and what kinds of
// levels they are, row by row.
func (c Credit) butLevels() (Credit, string) {
	said := ""
	mask := func(t Threshold, pays string) Threshold {
		said += fmt.Sprint("|", t.Op, t.Time != nil, ptrOr(t.Number).Unit, t.Number != nil, t.Points != nil, t.OfTarget, t.MissedBy, pays)
		t.Share, t.Time, t.Number, t.Points = credits.Share{}, nil, nil, nil
		return t
	}
	if c.When != nil {
		t := mask(*c.When, "")
		c.When = &t
	}
	bands := make([]Band, len(c.Bands))
	for i, b := range c.Bands {
		bands[i] = Band{Threshold: mask(b.Threshold, b.Pays.String()), Pays: b.Pays}
	}
	c.Bands = bands
	return c, said
}

// findingsAmended adds what is wrong once amendments are in force, and takes
// away what only they use.
func (k *checker) findingsAmended() {
	said := map[string]bool{}
	for i := range k.findings {
		said[k.findings[i].key()] = true
	}
	for n := range k.c.Amendments {
		found := Check(k.c.Amended(n + 1))
		k.findings = slices.DeleteFunc(k.findings, func(f Finding) bool {
			return f.Code == CodeUnusedName && !slices.ContainsFunc(found, func(g Finding) bool { return g.key() == f.key() })
		})
		for _, f := range found {
			if said[f.key()] || f.Code == CodeUnusedName {
				continue
			}
			said[f.key()] = true
			f.Clause = k.c.clauseAmended(f.Clause, n+1)
			for i := range f.Related {
				f.Related[i].Clause = k.c.clauseAmended(f.Related[i].Clause, n+1)
			}
			k.findings = append(k.findings, f)
		}
	}
}

// clauseAmended is the id of a clause where it stands once the first n amendments
// are in force.
func (c *Contract) clauseAmended(clause string, n int) string {
	for i := n - 1; i >= 0; i-- {
		if a := &c.Amendments[i]; a.has(clause) {
			return a.prefix() + clause
		}
	}
	return clause
}

// key tells findings apart.
func (f *Finding) key() string {
	return fmt.Sprint(f.Code, "|", f.Clause, "|", f.Args, "|", f.Accepted != nil)
}
