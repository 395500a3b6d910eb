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
	id, level, up := o.Name+"/minimum", k.levelOf(o), o.Target != nil && o.Target.opOf().Upward()
	easier := func() bool {
		c := o.Minimum.size(k.c.quantityUnit(o)).Cmp(*level)
		return c == 0 && o.Minimum.Op.Holds(*level, *level) && !o.Target.opOf().Holds(*level, *level) || c == -1 && up || c == 1 && !up
	}
	switch {
	case !k.c.thresholdFits(o, *o.Minimum) || o.Minimum.MissedBy:
		k.find(CodeScheduleUnit, id, Prose("found", o.Minimum.Text()), Phrase("unit", "unit "+unitOf(o.Measure.Kind)), Name("measure", string(o.Measure.Kind)))
	case level == nil:
	case o.Minimum.Op.Upward() != up, !easier():
		k.find(CodeMinimumAbove, id, Prose("op", string(o.Minimum.Op)), Prose("level", o.Minimum.Text()), Prose("target", targetText(o.Target))).related(o.Name+"/target", "target-here")
	}
}
