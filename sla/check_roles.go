package sla

import (
	"slices"
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
			k.conditionOf(w, "bonus/"+b.Name+"/when")
		}
	}
	for _, t := range k.c.Terminations {
		for _, w := range t.When {
			k.conditionOf(w.Condition, "termination/"+t.By+"/when/"+w.Name)
		}
	}
}

// conditionOf finds what a condition says otherwise than its objective is measured:
// its window, and the unit of its level.
func (k *checker) conditionOf(w Condition, clause string) {
	o := k.index.objectives[w.Objective]
	if o == nil {
		return
	}
	if t := w.Threshold; t != nil && (t.moves() || !k.c.thresholdFits(o, *t)) {
		k.find(CodeScheduleUnit, clause, Prose("found", t.Text()), Phrase("unit", "unit "+unitOf(o.Measure.Kind)), Name("measure", string(o.Measure.Kind)))
	}
	if w.Window != "" && o.Measure.Window != "" && w.Window != o.Measure.Window {
		k.find(CodeWindow, clause, Name("objective", o.Name), Name("window", string(w.Window)), Name("measured", string(o.Measure.Window))).
			related(o.Name+"/measure", "measure-here")
	}
}
