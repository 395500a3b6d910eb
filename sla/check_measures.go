package sla

// Checks of what is measured and counted: units that fit, windows that can be
// settled, times that are exact.

// measures checks each objective's measure against its target and counting.
func (k *checker) measures() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		k.targetUnit(o)
		k.countable(o)
	}
	k.windowsTile()
}

// unitOf is the kind of number that a measure gives; also the key of its
// phrase.
func unitOf(kind MeasureKind) string {
	switch kind {
	case MeasureDowntime:
		return "time"
	case MeasureOutages:
		return "count"
	case MeasureSurvey:
		return "score"
	}
	return "share"
}

// targetUnit: a target is of the unit of what is measured.
func (k *checker) targetUnit(o *Objective) {
	t := o.Target
	if t == nil || t.AsInTier != "" || o.Measure.Kind == "" {
		return
	}
	found := ""
	switch {
	case t.Share != nil:
		found = "share"
	case t.Time != nil && t.Time.IsExact():
		found = "time"
	case t.Time != nil:
		found = "dates"
	case t.Number != nil && t.Number.Unit == "":
		found = "count"
	case t.Number != nil:
		found = "number"
	case t.Score != nil:
		found = "score"
	}
	if want := unitOf(o.Measure.Kind); found != "" && found != want {
		k.find(CodeTargetUnit, o.Name+"/target", Prose("found", targetText(t)), Phrase("unit", "unit "+want), Name("measure", string(o.Measure.Kind)))
	}
}

// countable: the counting is of downtime, and its lengths are exact.
func (k *checker) countable(o *Objective) {
	c := o.Count
	if c == nil {
		return
	}
	if kind := o.Measure.Kind; kind != MeasureAvailability && kind != MeasureDowntime && kind != MeasureOutages {
		k.find(CodeCountNothing, o.Name+"/count", Name("measure", string(kind)))
	}
	for _, s := range c.lengths() {
		if !s.length.IsExact() || s.length.Duration() <= 0 {
			k.find(CodeCountLength, o.Name+"/count/"+s.step, Length("found", s.length))
		}
	}
}

// windowsTile: what is settled, capped or limited in each window needs
// windows that follow one another.
func (k *checker) windowsTile() {
	need := func(w Window, clause string) {
		if w != "" && w.Valid() && !w.Tiles() {
			k.find(CodeWindowSlides, clause, Name("window", string(w)))
		}
	}
	c := k.c
	if c.Credits != nil && c.Credits.Settled != nil {
		need(c.Credits.Settled.Window, "credits/settled")
	}
	if c.Credits != nil {
		for _, limit := range c.Credits.Caps {
			need(limit.Base.Window, "cap/"+limit.Name)
		}
	}
	if c.Payment != nil {
		need(c.Payment.Invoiced, "payment")
	}
	for _, m := range c.Maintenance {
		for _, l := range m.Limits {
			need(l.Each, "maintenance/"+m.Kind+"/limit/"+string(l.Each))
		}
	}
	for i := range c.Objectives {
		o := &c.Objectives[i]
		if o.Credit != nil {
			need(o.Credit.Base.Window, o.Name+"/credit/base")
		}
		if o.Measure.WithBefore {
			need(o.Measure.Window, o.Name+"/measure")
		}
		if kind := o.Measure.Kind; kind == MeasureShareInTime || kind == MeasureSurvey {
			if s, ok := o.Measure.Window.shape(); ok && s.slides > slidesClaim {
				k.find(CodeWindowSlides, o.Name+"/measure", Name("window", string(o.Measure.Window)))
			}
		}
	}
}
