package sla

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

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
	id := o.Name + "/credit"
	if p := o.Credit.Pays; p != nil && p.Ratio().Cmp(credits.Int(1)) > 0 {
		k.find(CodeCreditAbove100, id, ShareArg("pays", *p))
	}
	for _, b := range o.Credit.Bands {
		if b.Pays.Ratio().Cmp(credits.Int(1)) > 0 {
			k.find(CodeCreditAbove100, bandID(o, b)+"/credit", ShareArg("pays", b.Pays))
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
		level := string(b.Op) + b.Share.Ratio().String()
		before, twice := levels[level]
		switch {
		case !twice:
			levels[level] = b
		case BandName(before.Threshold) != BandName(b.Threshold): // else a duplicate name
			k.find(CodeBandTwice, bandID(o, b), ShareArg("level", b.Share)).related(bandID(o, before), "same-level")
			ok = false
		}
	}
	return ok
}

// bySeverity gives the rows from the mildest to the most severe.
func bySeverity(bands []Band) []Band {
	out := slices.Clone(bands)
	slices.SortStableFunc(out, func(a, b Band) int {
		order := a.Share.Ratio().Cmp(b.Share.Ratio())
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

// inversions: a more severe row pays at least as much.
func (k *checker) inversions(o *Objective) {
	rows := bySeverity(o.Credit.Bands)
	for i := 1; i < len(rows); i++ {
		mild, severe := rows[i-1], rows[i]
		if severe.Pays.Ratio().Cmp(mild.Pays.Ratio()) >= 0 {
			continue
		}
		f := k.find(CodeCreditInversion, bandID(o, severe)+"/credit", ShareArg("pays", severe.Pays), ShareArg("level", severe.Share),
			ShareArg("mildPays", mild.Pays), ShareArg("mildLevel", mild.Share), Shown("worse", beside(severe, true)), Shown("better", beside(severe, false)))
		f.related(bandID(o, mild)+"/credit", "mild-here")
		if fee, ok := k.feeOf(o); ok {
			f.Args = append(f.Args, Money("worsePays", fee.Exact().Times(severe.Pays.Ratio()).Round(credits.DefaultRounding(fee.Currency))),
				Money("betterPays", fee.Exact().Times(mild.Pays.Ratio()).Round(credits.DefaultRounding(fee.Currency))))
		}
	}
}

// beside is a level a hundredth of a point on the worse or the better side of
// a row's, as a person would check it.
func beside(b Band, worse bool) string {
	step := decimal.New(1, -4)
	if worse != b.Op.Upward() {
		step = step.Neg()
	}
	level := b.Share.Ratio().Add(credits.RatioOfDecimal(step))
	return level.Mul(credits.Int(100)).Round(2, credits.HalfEven).StringFixed(2) + "%"
}

// coversMisses compares the mildest row with the target.
func (k *checker) coversMisses(o *Objective) {
	t := o.Target
	if t == nil || t.Share == nil || o.Credit.EachLate {
		return
	}
	first, id := o.Credit.When, o.Name+"/credit/when"
	if len(o.Credit.Bands) > 0 {
		mildest := bySeverity(o.Credit.Bands)[0]
		first, id = &mildest.Threshold, bandID(o, mildest)
	}
	if first == nil || first.Op.Upward() == t.Op.Upward() {
		return
	}
	if !inRange(*t.Share) {
		return
	}
	args := []Arg{ShareArg("target", *t.Share), Prose("targetOp", string(t.Op)), ShareArg("level", first.Share), Prose("op", string(first.Op))}
	level, target := first.Share.Ratio(), t.Share.Ratio()
	order := level.Cmp(target)
	if t.Op.Upward() {
		order = -order
	}
	between := credits.RatioOfDecimal(decimal.New(5, -1)).Mul(level.Add(target))
	shown := Shown("example", between.Mul(credits.Int(100)).Round(4, credits.HalfEven).String()+"%")
	sameSide := includes(first.Op) != includes(t.Op) // "at least" and "below" meet without a hole
	switch {
	case order > 0:
		k.find(CodeCreditGap, id, append(args, shown)...).related(o.Name+"/target", "target-here")
	case order < 0:
		k.find(CodeCreditBeforeMiss, id, append(args, shown)...).related(o.Name+"/target", "target-here")
	case !sameSide && includes(first.Op):
		k.find(CodeCreditBeforeMiss, id, append(args, shown)...).related(o.Name+"/target", "target-here")
	case !sameSide:
		k.find(CodeCreditGap, id, append(args, shown)...).related(o.Name+"/target", "target-here")
	}
}
