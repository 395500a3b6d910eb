package sla

// minimum: the second level of an objective is of the unit of what is measured
// and easier to keep than the target, and what is due below it needs it.
func (k *checker) minimum(o *Objective) {
	if o.Minimum == nil {
		for _, c := range o.priced() {
			if c.BelowMinimum {
				k.find(CodeMinimumMissing, c.id, Name("objective", o.Name)).Absent = true
			}
		}
		return
	}
	id, level, up, better := o.Name+"/minimum", k.levelOf(o), o.Target != nil && o.Target.opOf().Upward(), -1
	if up {
		better = 1
	}
	switch {
	case !k.c.thresholdFits(o, *o.Minimum) || o.Minimum.MissedBy:
		k.find(CodeScheduleUnit, id, Prose("found", o.Minimum.Text()), Phrase("unit", "unit "+unitOf(o.Measure.Kind)), Name("measure", string(o.Measure.Kind)))
	case level == nil:
	case o.Minimum.Op.Upward() != up, o.Minimum.size(k.c.quantityUnit(o)).Cmp(*level) == better:
		k.find(CodeMinimumAbove, id, Prose("op", string(o.Minimum.Op)), Prose("level", o.Minimum.Text()), Prose("target", targetText(o.Target))).related(o.Name+"/target", "target-here")
	}
}
