package sla

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// Credit schedules are proved before any data is seen (R072): worse service
// never earns less, no miss falls between the rows, and no credit is due for
// service that meets the target.

// schedules checks the credit of each objective.
func (k *checker) schedules() {
	for i := range k.c.Objectives {
		o := &k.c.Objectives[i]
		if o.Credit == nil {
			continue
		}
		k.creditShares(o)
		if k.bandsInOrder(o) {
			k.inversions(o)
			k.coversMisses(o)
		}
	}
}

// creditShares: no credit is above the whole fee.
func (k *checker) creditShares(o *Objective) {
	c := o.Credit
	if c.Each != nil || c.Base.Lost || c.Base.Of != BaseFees {
		return // what is paid for is not bounded by one fee, nor meant to be
	}
	id := o.Name + "/credit"
	if p := c.Pays; p != nil && p.Kind == credits.PayShare && p.Size().Cmp(credits.Int(1)) > 0 {
		k.find(CodeCreditAbove100, id, Prose("pays", p.String()))
	}
	for _, b := range c.Bands {
		if b.Pays.Kind == credits.PayShare && b.Pays.Size().Cmp(credits.Int(1)) > 0 {
			k.find(CodeCreditAbove100, bandID(o, b)+"/credit", Prose("pays", b.Pays.String()))
		}
	}
}

func bandID(o *Objective, b Band) string { return o.Name + "/credit/" + BandName(b.Threshold) }

// bandsInOrder: all rows run in one direction, and no level stands twice.
func (k *checker) bandsInOrder(o *Objective) bool {
	ok := true
	bands := o.Credit.Bands
	levels := map[string]Band{}
	for _, b := range bands {
		if b.Op.Upward() != bands[0].Op.Upward() {
			k.find(CodeBandMixed, bandID(o, b), Prose("op", string(b.Op)), Prose("first", string(bands[0].Op))).related(bandID(o, bands[0]), "first-row")
			return false
		}
		level := fmt.Sprint(b.Op, b.MissedBy, b.OfTarget, b.size(""))
		before, twice := levels[level]
		switch {
		case !twice:
			levels[level] = b
		case BandName(before.Threshold) != BandName(b.Threshold): // else a duplicate name
			k.find(CodeBandTwice, bandID(o, b), Prose("level", b.Text())).related(bandID(o, before), "same-level")
			ok = false
		}
	}
	return ok
}

// bySeverity gives the rows from the mildest to the most severe.
func bySeverity(bands []Band) []Band {
	out := slices.Clone(bands)
	slices.SortStableFunc(out, func(a, b Band) int {
		order := a.size("").Cmp(b.size(""))
		if order == 0 { // at 99%, "at most" holds for more than "below"
			order = cmp.Compare(boolInt(includes(a.Op)), boolInt(includes(b.Op)))
			if a.Op.Upward() {
				order = -order
			}
		}
		if !a.Op.Upward() {
			order = -order
		}
		return order
	})
	return out
}

func includes(op credits.Op) bool { return op == credits.AtMost || op == credits.AtLeast }

// inversions: a more severe row pays at least as much as every milder one.
func (k *checker) inversions(o *Objective) {
	rows := slices.DeleteFunc(bySeverity(o.Credit.Bands), func(b Band) bool { return b.Pays.Kind == credits.PayUnstated })
	for i := 1; i < len(rows); i++ {
		mild, severe := rows[i-1], rows[i]
		if !severe.Pays.Comparable(mild.Pays) {
			k.find(CodePaysMixed, bandID(o, severe)+"/credit", Prose("pays", severe.Pays.String()), Prose("mildPays", mild.Pays.String())).
				related(bandID(o, mild)+"/credit", "mild-here")
			return
		}
		if severe.Pays.Size().Cmp(mild.Pays.Size()) >= 0 {
			continue
		}
		f := k.find(CodeCreditInversion, bandID(o, severe)+"/credit", Prose("pays", severe.Pays.String()), Prose("level", severe.Text()),
			Prose("mildPays", mild.Pays.String()), Prose("mildLevel", mild.Text()), Prose("worse", beside(severe, true)), Prose("better", beside(severe, false)))
		f.related(bandID(o, mild)+"/credit", "mild-here")
		if fee, ok := k.feeOf(o); ok && severe.Pays.Kind == credits.PayShare && mild.Pays.Kind == credits.PayShare && o.Credit.Base.plainFee() {
			f.Args = append(f.Args, Money("worsePays", fee.Exact().Times(severe.Pays.Size()).Round(credits.DefaultRounding(fee.Currency))),
				Money("betterPays", fee.Exact().Times(mild.Pays.Size()).Round(credits.DefaultRounding(fee.Currency))))
		}
	}
}

// beside is a level a hundredth of a point on the worse or the better side of
// a row's, as a person would check it.
func beside(b Band, worse bool) string {
	up := worse == b.Op.Upward()
	if b.Time != nil || b.Number != nil || b.MissedBy {
		if up {
			return "above " + b.Text()
		}
		return "below " + b.Text()
	}
	step := decimal.New(1, -4)
	if !up {
		step = step.Neg()
	}
	level := b.Share.Ratio().Add(credits.RatioOfDecimal(step))
	return level.Mul(credits.Int(100)).Round(2, credits.HalfEven).StringFixed(2) + "%"
}

// coversMisses compares the mildest row with the target.
func (k *checker) coversMisses(o *Objective) {
	t := o.Target
	level := levelOf(t, targetShare(t), k.c.quantityUnit(o))
	if level == nil || o.Credit.Each != nil || t.Score != nil {
		return
	}
	first, id := o.Credit.When, o.Name+"/credit/when"
	if len(o.Credit.Bands) > 0 {
		mildest := bySeverity(o.Credit.Bands)[0]
		first, id = &mildest.Threshold, bandID(o, mildest)
	}
	if first == nil || t.Share != nil && !inRange(*t.Share) {
		return
	}
	row := first.against(t.Op, *level, k.c.quantityUnit(o))
	if row.Op.Upward() == t.Op.Upward() {
		return
	}
	args := []Arg{Prose("target", levelText(t)), Prose("targetOp", string(t.Op)), Prose("level", first.Text()), Prose("op", string(first.Op))}
	order := row.Level.Cmp(*level)
	if t.Op.Upward() {
		order = -order
	}
	between := credits.RatioOfDecimal(decimal.New(5, -1)).Mul(row.Level.Add(*level))
	args = append(args, Prose("example", exampleText(t, between)))
	meets := includes(row.Op) != includes(t.Op) // "at least" and "below" meet without a hole
	switch {
	case order > 0, order == 0 && !meets && !includes(row.Op):
		k.find(CodeCreditGap, id, args...).related(o.Name+"/target", "target-here")
	case order < 0, order == 0 && !meets:
		k.find(CodeCreditBeforeMiss, id, args...).related(o.Name+"/target", "target-here")
	}
}

func targetShare(t *Target) *credits.Share {
	if t == nil {
		return nil
	}
	return t.Share
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

// exampleText is a value between a target and a row, as a person would write it.
func exampleText(t *Target, value credits.Ratio) string {
	switch {
	case t.Share != nil:
		return value.Mul(credits.Int(100)).Round(4, credits.HalfEven).String() + "%"
	case t.Time != nil:
		return calendar.ExactLength(secondsOf(value)).String()
	}
	return numberText(value)
}
