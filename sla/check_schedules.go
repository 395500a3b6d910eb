package sla

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Credit schedules are proved before any data is seen (R072): worse service
// never earns less, no miss falls between the rows, and no credit is due for
// service that meets the target. Package credits has the proof; here it is told
// of clauses.

// schedules checks the credit of each objective, and the tables by which units
// become money.
func (k *checker) schedules() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		for _, c := range o.priced() {
			k.prove(k.scheduleOf(o, c.Credit, c.id))
		}
	}
	for i := range k.c.Conversions {
		k.prove(k.c.scheduleOfConversion(&k.c.Conversions[i]))
	}
}

// A writtenSchedule is a schedule with its place in the contract.
type writtenSchedule struct {
	objective *Objective // nil for a conversion
	credit    *Credit
	id        string
	bands     []Band
	rows      []credits.Row
	target    *credits.Band
	values    credits.Values
	unit      string
	single    bool // one amount with a threshold of its own
}

// scheduleOf resolves the rows of a credit or a component; without rows where
// they cannot be compared with what is measured, which is reported.
func (k *checker) scheduleOf(o *Objective, c *Credit, id string) writtenSchedule {
	s := writtenSchedule{objective: o, credit: c, id: id, bands: c.Bands, unit: k.c.quantityUnit(o), values: k.c.valuesOf(o)}
	if len(c.Bands) == 0 && c.When != nil && c.Pays != nil {
		s.bands, s.single = []Band{{Threshold: *c.When, Pays: *c.Pays}}, true
	}
	if c.AlsoMet && c.Pays != nil {
		s.bands, s.single = []Band{c.whatever(unitOf(o.Measure.Kind))}, true
	}
	if len(s.bands) == 0 || s.bands[0].Op == "" {
		s.bands = nil
		return s
	}
	level, op := k.levelOf(o), credits.AtLeast
	if level != nil {
		op = o.Target.opOf()
		s.target = &credits.Band{Op: op, Level: *level}
	}
	for n, b := range s.bands {
		if !k.c.thresholdFits(o, b.Threshold) {
			k.find(CodeScheduleUnit, s.at(n), Prose("found", b.Text()), Phrase("unit", "unit "+unitOf(o.Measure.Kind)), Name("measure", string(o.Measure.Kind)))
			s.rows = nil
			return s
		}
		if (b.MissedBy || b.OfTarget) && level == nil {
			s.rows = nil
			return s
		}
		target := credits.Ratio{}
		if level != nil {
			target = *level
		}
		pays := b.Pays
		pays.Unit = k.c.oneUnit(pays.Unit) // 1 service-point, 3 service-points
		s.rows = append(s.rows, credits.Row{Band: b.against(op, target, s.unit), Pays: pays})
	}
	return s
}

// whatever is the row that an amount amounts to that is due whether or not the
// target is missed: of something that is there at all, such as downtime, or
// always. A measure that has no best value has no such row.
func (c *Credit) whatever(unit string) Band {
	b := Band{Pays: *c.Pays}
	switch unit {
	case "share":
		b.Threshold = Threshold{Op: credits.AtMost, Share: credits.Percent(decimal.New(100, 0))}
	case "time":
		b.Threshold = Threshold{Op: credits.AtLeast, Time: ptrTo(calendar.ExactLength(0))}
	case "count":
		b.Threshold = Threshold{Op: credits.AtLeast, Number: &Quantity{}}
	}
	if c.Each != nil {
		b.Op = map[credits.Op]credits.Op{credits.AtMost: credits.Below, credits.AtLeast: credits.Above}[b.Op]
	}
	return b
}

// levelOf is the level of an objective's target as a number; nil where it has
// none, or one that is reported.
func (k *checker) levelOf(o *Objective) *credits.Ratio {
	if o.Target == nil || o.Target.Score != nil {
		return nil
	}
	share := o.Target.Share
	if o.Target.AsInTier != "" {
		share = k.tierShare(o)
	}
	if share != nil && !inRange(*share) {
		return nil
	}
	return levelOf(o.Target, share, k.c.quantityUnit(o))
}

// opOf is the operator of a target; a share as in a tier is reached at least.
func (t *Target) opOf() credits.Op {
	if t.AsInTier != "" {
		return credits.AtLeast
	}
	return t.Op
}

// at is the clause of a row's threshold, and paysAt that of its amount.
func (s *writtenSchedule) at(row int) string {
	if s.single {
		return s.id + "/when"
	}
	return s.id + "/" + BandName(s.bands[row].Threshold)
}

func (s *writtenSchedule) paysAt(row int) string {
	if s.single {
		return s.id
	}
	return s.at(row) + "/credit"
}

// prove tells what is wrong with a schedule.
func (k *checker) prove(s writtenSchedule) {
	for _, f := range credits.Prove(s.rows, s.target, s.values) {
		k.flaw(s, f)
	}
}

func (k *checker) flaw(s writtenSchedule, f credits.Flaw) {
	row := s.bands[f.Row]
	args := []Arg{Prose("op", row.opText()), Prose("level", row.Text()), PayArg("pays", row.Pays)}
	if f.HasValue {
		args = append(args, Prose("example", s.shown(f.Value)))
	}
	other := ""
	if f.Other >= 0 {
		mild := s.bands[f.Other]
		other = s.at(f.Other)
		args = append(args, Prose("otherOp", mild.opText()), Prose("otherLevel", mild.Text()), PayArg("otherPays", mild.Pays))
	}
	if s.target != nil {
		args = append(args, Prose("target", levelText(s.objective.Target)), Prose("targetOp", string(s.target.Op)))
	}
	switch f.Kind {
	case credits.FlawOpposite:
		k.find(CodeBandMixed, s.at(f.Row), args...).related(other, "first-row")
	case credits.FlawOrder:
		k.find(CodeRowsOrder, s.at(f.Row), args...).related(other, "row-before")
	case credits.FlawTwice:
		k.find(CodeBandTwice, s.at(f.Row), args...).related(other, "same-level")
	case credits.FlawUnits:
		k.find(CodePaysMixed, s.paysAt(f.Row), args...).related(s.paysAt(f.Other), "mild-here")
	case credits.FlawLess:
		args = append(args, Prose("better", s.shown(f.Better)))
		k.find(CodeCreditInversion, s.paysAt(f.Row), append(args, k.paidAt(s, f)...)...).related(s.paysAt(f.Other), "mild-here")
	case credits.FlawNever, credits.FlawSame:
		if row.Pays.Kind == credits.PayUnstated {
			return // nothing is left open
		}
		found := k.find(CodeDeadRow, s.at(f.Row), append(args, Phrase("why", deadWhy(f)))...)
		if other != "" {
			found.related(other, "mild-row")
		}
	case credits.FlawNothing:
		k.find(CodeRowPaysNothing, s.paysAt(f.Row), args...)
	case credits.FlawSilent:
		k.find(CodeUnstatedRow, s.paysAt(f.Row), args...)
	case credits.FlawGap:
		if s.credit == s.objective.Credit { // a component need not cover every miss
			k.find(CodeCreditGap, s.at(f.Row), args...).related(s.objective.Name+"/target", "target-here").Suggest = s.atTarget(f)
		}
	case credits.FlawMet:
		k.find(CodeCreditBeforeMiss, s.at(f.Row), args...).related(s.objective.Name+"/target", "target-here").Suggest = s.atTarget(f)
	}
}

// atTarget is the level with which a row begins where the target ends; empty
// where that would not mend the flaw, or bring another.
func (s *writtenSchedule) atTarget(f credits.Flaw) string {
	if s.credit.AlsoMet {
		return "" // it is meant to hold there
	}
	row := s.bands[f.Row]
	rows := slices.Clone(s.rows)
	rows[f.Row].Level = s.target.Level
	after := credits.Prove(rows, s.target, s.values)
	if len(after) >= len(credits.Prove(s.rows, s.target, s.values)) || slices.ContainsFunc(after, func(o credits.Flaw) bool { return o.Kind == f.Kind && o.Row == f.Row }) {
		return ""
	}
	switch {
	case !row.MissedBy && !row.OfTarget:
		return levelText(s.objective.Target)
	case !row.MissedBy:
		return "100%"
	case row.Points != nil:
		return "0 points"
	case row.Time != nil:
		return "0 min"
	case row.Number != nil:
		return Quantity{Value: decimal.Zero, Unit: row.Number.Unit}.String()
	}
	return "0%"
}

// deadWhy is the phrase that says why a row is dead.
func deadWhy(f credits.Flaw) string {
	switch {
	case f.Kind == credits.FlawSame:
		return "word dead-same"
	case f.Other >= 0:
		return "word dead-hidden"
	}
	return "word dead-beyond"
}

// paidAt says what an inversion comes to in money, where the base is known.
func (k *checker) paidAt(s writtenSchedule, f credits.Flaw) []Arg {
	severe, mild := s.bands[f.Row].Pays, s.bands[f.Other].Pays
	if s.objective == nil || severe.Kind != credits.PayShare || mild.Kind != credits.PayShare || !s.credit.Base.plainFee() || s.credit.Each != nil {
		return nil
	}
	fee, ok := k.feeOf(s.objective)
	if !ok {
		return nil
	}
	of := func(p credits.Pay) credits.Money {
		return fee.Exact().Times(p.Size()).Round(credits.DefaultRounding(fee.Currency))
	}
	return []Arg{Money("worsePays", of(severe)), Money("betterPays", of(mild))}
}

// shown is a measured value as a person would write it.
func (s *writtenSchedule) shown(value credits.Ratio) string {
	kind := ""
	if s.objective != nil {
		kind = unitOf(s.objective.Measure.Kind)
	}
	switch {
	case kind == "share":
		return numberText(value.Mul(credits.Int(100))) + "%"
	case inPercents(s.unit):
		return numberText(value) + "%"
	case kind == "time":
		return spelledOut(secondsOf(value))
	case s.unit == "":
		return numberText(value)
	case s.objective == nil && !value.Equal(credits.Int(1)):
		return numberText(value) + " " + s.unit + "s" // a unit of the contract's own
	}
	return numberText(value) + " " + s.unit
}

// valuesOf are those that the measure of an objective can take: of a number that
// is rounded before it is compared, only the rounded ones.
func (c *Contract) valuesOf(o *Objective) credits.Values {
	zero, one := credits.Ratio{}, credits.Int(1)
	var v credits.Values
	switch unitOf(o.Measure.Kind) {
	case "share":
		v = credits.Values{Low: &zero, High: &one, Unit: part(1, 100)}
	case "count":
		v = credits.Values{Low: &zero}
		if !o.Measure.WithBefore && o.Measure.Join == nil {
			v.Step = one
		}
	case "time":
		v = credits.Values{Low: &zero, Unit: credits.Int(60)} // in seconds, told in minutes
	case "score":
		v = credits.Values{Low: &zero}
	default:
		if c.overTickets(o) {
			v = credits.Values{Low: &zero}
		}
	}
	if r := o.Measure.Rounded; r != nil {
		v.Step = credits.RatioOfDecimal(decimal.New(1, -r.places(inPercent(o.Measure.Kind))))
	}
	return v
}

// thresholdFits says whether a threshold is of the unit of what an objective
// measures.
func (c *Contract) thresholdFits(o *Objective, t Threshold) bool {
	unit := unitOf(o.Measure.Kind)
	switch {
	case o.Measure.Kind == "":
		return true
	case unit == "verdict":
		return false
	case t.OfTarget:
		return true
	case t.Points != nil && !t.MissedBy:
		return false // points are a distance
	case t.Points != nil:
		return unit == "share" || unit == "quantity" && inPercents(c.quantityUnit(o))
	case unit == "share":
		return t.Time == nil && t.Number == nil
	case unit == "time":
		return t.Time != nil && t.Time.IsExact()
	case unit == "count", unit == "score":
		return t.Number != nil && t.Number.Unit == ""
	}
	a := Atom{Time: t.Time, Number: t.Number}
	if t.Time == nil && t.Number == nil {
		a.Share = &t.Share
	}
	return a.sameUnit(c.quantityUnit(o))
}

// levelText is the level of a target as written, without its operator.
func levelText(t *Target) string {
	switch {
	case t.Share != nil:
		return t.Share.String()
	case t.Time != nil:
		return t.Time.String()
	case t.Number != nil:
		return t.Number.String()
	}
	return ""
}
