package sla

import (
	"slices"

	"github.com/sla-lang/sla/credits"
)

// objectives checks that each objective can be measured, missed, and says what
// a miss costs.
func (k *checker) objectives() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		k.consequence(o)
		k.choice(o)
		k.minimum(o)
		k.measurable(o)
		k.targetRange(o)
		k.promiseExists(o)
		k.smallVolume(o)
		k.targetBackwards(o)
	}
}

// consequence: a miss earns a credit, or the objective says that it does not.
func (k *checker) consequence(o *Objective) {
	switch {
	case o.Credit != nil && o.ReportOnly:
		k.find(CodeReportOnlyCredit, o.Name+"/report-only", Name("objective", o.Name)).related(o.Name+"/credit", "credit-here")
	case o.Credit == nil && !o.ReportOnly:
		k.find(CodeNoConsequence, o.Name+"/credit", Name("objective", o.Name)).Absent = true
	}
}

// choice: somebody chooses, and between remedies.
func (k *checker) choice(o *Objective) {
	if c := o.Choice; c != nil && (c.By == "" || len(c.Or) == 0 || o.Credit == nil) {
		k.find(CodeChoice, o.Name+"/choice", Name("objective", o.Name))
	}
}

// measurable: a measure, a target, and a source that can decide.
func (k *checker) measurable(o *Objective) {
	if !o.Measure.Kind.known() {
		k.find(CodeMeasureMissing, o.Name+"/measure", Name("objective", o.Name)).Absent = o.Measure.Kind == ""
	}
	if o.Target == nil && !o.ReportOnly && o.Measure.Kind != MeasureVerdict {
		k.incomplete(CodeTargetMissing, o.Name+"/target", Name("objective", o.Name))
	}
	if !k.c.overTickets(o) && o.Measure.Kind != MeasureVerdict && o.Measure.Kind != "" && len(o.Sources) == 0 {
		k.incomplete(CodeSourceMissing, o.Name+"/source", Name("objective", o.Name), Phrase("kind", "source-for "+Slug(string(o.Measure.Kind))))
	}
	checks := slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Kind == SourceChecks })
	if checks && o.Down == nil && o.Measure.Kind == MeasureAvailability {
		k.find(CodeDownRuleMissing, o.Name+"/source/checks", Name("objective", o.Name)).Absent = true
	}
}

// targetRange: a share lies between 0 and 100%, a score within its scale.
func (k *checker) targetRange(o *Objective) {
	t := o.Target
	if t == nil {
		return
	}
	if t.AsInTier != "" && k.tierShare(o) == nil && k.declared.has(tierName, t.AsInTier) {
		k.find(CodeSharesDiffer, o.Name+"/target", Name("tier", t.AsInTier)).related(t.AsInTier, "tier-here")
	}
	if t.Share != nil {
		if !inRange(*t.Share) {
			k.find(CodeTargetRange, o.Name+"/target", ShareArg("found", *t.Share), Phrase("range", "range share"))
		}
	}
	if t.Score != nil && (t.Score.Value.GreaterThan(t.Score.OutOf) || t.Score.Value.Sign() < 0) {
		k.find(CodeTargetRange, o.Name+"/target", Prose("found", t.Score.Value.String()), Phrase("range", "range score"), Prose("scale", t.Score.OutOf.String()))
	}
	for _, w := range o.Warn {
		if r := w.Ratio(); r.Sign() <= 0 || r.Cmp(credits.Int(1)) >= 0 {
			k.find(CodeTargetRange, o.Name+"/warn/"+w.String(), ShareArg("found", w), Phrase("range", "range warn"))
		}
	}
}

// targetBackwards: more availability and fewer late tickets are better; a target the
// other way round is met by the worst.
func (k *checker) targetBackwards(o *Objective) {
	t := o.Target
	if t == nil || t.Op == "" {
		return
	}
	other := map[credits.Op]credits.Op{credits.AtLeast: credits.AtMost, credits.AtMost: credits.AtLeast, credits.Above: credits.Below, credits.Below: credits.Above}[t.Op]
	more, wanted := t.Op == credits.AtLeast || t.Op == credits.Above, false
	switch o.Measure.Kind {
	case MeasureAvailability, MeasureGood, MeasureShareInTime, MeasureSurvey:
		wanted = true
	case MeasureDowntime, MeasureOutages, MeasureFailed, MeasureLate:
	case MeasureAverage, MeasureMedian, MeasureMaximum, MeasurePercentile:
		if !k.c.overTickets(o) {
			return // of a quantity, either may be better
		}
	default:
		return
	}
	if more != wanted {
		k.find(CodeTargetBackwards, o.Name+"/target", Name("found", string(t.Op)), Name("suggestion", string(other)))
	}
}

// inRange says whether a share can be a target: above 0%, at most 100%.
func inRange(s credits.Share) bool {
	r := s.Ratio()
	return r.Sign() > 0 && r.Cmp(credits.Int(1)) <= 0
}

// promiseExists: an objective about tickets in time needs a tier that promises
// a time.
func (k *checker) promiseExists(o *Objective) {
	if !k.c.overTickets(o) || o.Scope.Tier == "" {
		return
	}
	t := k.index.tiers[o.Scope.Tier]
	if t == nil {
		return // an unknown name
	}
	wanted := o.Scope.Priorities
	for _, row := range t.Rows {
		if len(o.Scope.Priorities) > 0 && !slices.Contains(o.Scope.Priorities, row.Priority) {
			continue
		}
		if slices.ContainsFunc(row.Promises, func(p Promise) bool { return p.Measure == o.Measure.Of }) {
			return
		}
	}
	k.find(CodeNoSuchPromise, o.Name+"/measure/of", Name("measure", o.Measure.Of), Name("tier", o.Scope.Tier), List("priorities", wanted)).
		related(o.Scope.Tier, "tier-here")
}

// smallVolume: the rule for few tickets may not be stricter than the share it
// softens.
func (k *checker) smallVolume(o *Objective) {
	t := o.Target
	if t == nil || t.SmallVolume == nil {
		return
	}
	share := t.Share
	if share == nil {
		share = k.tierShare(o)
	}
	if share == nil {
		return
	}
	n := t.SmallVolume.FewerThan - 1
	if allowed := credits.Allowance(n, credits.AtLeast, share.Ratio()); allowed > t.SmallVolume.AtMostLate {
		k.find(CodeSmallVolume, o.Name+"/target", Count("n", n), Count("late", t.SmallVolume.AtMostLate), ShareArg("share", *share), Count("allowed", allowed))
	}
}

// tierShare is the share that the objective's tier sets, where its rows agree.
func (k *checker) tierShare(o *Objective) *credits.Share {
	var share *credits.Share
	t := k.index.tiers[o.Target.AsInTier]
	if t == nil {
		return nil
	}
	for _, row := range t.Rows {
		if row.InTime == nil || len(o.Scope.Priorities) > 0 && !slices.Contains(o.Scope.Priorities, row.Priority) {
			continue
		}
		if share != nil && !share.Equal(*row.InTime) {
			return nil
		}
		share = row.InTime
	}
	return share
}
