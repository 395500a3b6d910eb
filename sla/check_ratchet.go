package sla

// ratchets: what a ratchet moves, and where to.
func (k *checker) ratchets() {
	for i := range k.c.Objectives {
		if o := &k.c.Objectives[i]; o.Ratchet != nil {
			k.ratchet(o, o.Ratchet)
		}
	}
}

func (k *checker) ratchet(o *Objective, r *Ratchet) {
	id := o.Name + "/ratchet"
	k.lacks(r.Count < 1, id, "count")
	k.conditionOf(Condition{Objective: o.Name, Window: r.Window}, id)
	level := k.levelOf(o)
	if level == nil || o.Target.Table != nil || !o.Measure.Window.Tiles() {
		k.find(CodeRatchetTarget, id, Name("objective", o.Name)).related(o.Name+"/target", "target-here")
		return
	}
	if r.Beyond != "" && r.Beyond.Upward() != o.Target.opOf().Upward() {
		k.find(CodeRatchetLoosens, id, Prose("goal", string(r.Beyond)+" the target"), Prose("target", targetText(o.Target))).related(o.Name+"/target", "target-here")
	}
	for _, t := range []*Threshold{r.Goal, r.Limit} {
		if t == nil {
			continue
		}
		if !k.c.thresholdFits(o, *t) {
			k.find(CodeScheduleUnit, id, Prose("found", t.Text()), Phrase("unit", "unit "+unitOf(o.Measure.Kind)), Name("measure", string(o.Measure.Kind)))
		} else if c := t.size(k.c.quantityUnit(o)).Cmp(*level); c == 0 || (c > 0) != o.Target.opOf().Upward() {
			k.find(CodeRatchetLoosens, id, Prose("goal", t.Text()), Prose("target", targetText(o.Target))).related(o.Name+"/target", "target-here")
		}
	}
	for _, c := range o.priced() {
		if fixed := c.fixedRow(); fixed != nil {
			k.find(CodeBandsBehind, id, Prose("op", fixed.opText()), Prose("level", fixed.Text())).related(o.Name+"/credit", "credit-here")
			return
		}
	}
}

// moves says whether a threshold moves with the target.
func (t *Threshold) moves() bool { return t.MissedBy || t.OfTarget }

// fixedRow is the first threshold that does not move with the target.
func (c *Credit) fixedRow() *Threshold {
	if c.When != nil && !c.When.moves() {
		return c.When
	}
	for i := range c.Bands {
		if t := &c.Bands[i].Threshold; !t.moves() {
			return t
		}
	}
	return nil
}
