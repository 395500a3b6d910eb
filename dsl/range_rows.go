package dsl

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// Tables as contracts print them, a range a row: from one level to another. The
// model has one threshold a row, so that no value can fall between two of them:
// each range becomes the threshold at its better end, and what the ranges leave
// open becomes a row that says so.

// A rangeRow is one range of values and what is paid in it.
type rangeRow struct {
	low, high rangeEnd
	pays      credits.Pay
	paysAt    place
}

// A rangeEnd is a level with the side of it that belongs to the range.
type rangeEnd struct {
	sla.Threshold
	at   place
	size credits.Ratio
	// heading is the place of the column's heading.
	heading place
	// free says that the range has no such end: the cell is `-`.
	free bool
}

// isRanges says whether two of the headings of a table are the ends of ranges.
func isRanges(t *table) bool {
	low, high := rangeColumns(t)
	return len(t.columns) == 3 && low >= 0 && high >= 0
}

func rangeColumns(t *table) (low, high int) {
	find := func(headings ...string) int {
		return slices.IndexFunc(t.columns, func(c column) bool { return slices.Contains(headings, c.heading) })
	}
	for _, by := range []string{"", missedBy} {
		low, high = find(by+string(credits.AtLeast), by+lowOf[by]), find(by+highOf[by], by+string(credits.AtMost))
		if low >= 0 && high >= 0 {
			break
		}
	}
	return low, high
}

// missedBy begins the headings of ranges of distances to the target; those of
// a distance are worded as one speaks of it.
const missedBy = "missed by "

var (
	lowOf  = map[string]string{"": string(credits.Above), missedBy: "more than"}
	highOf = map[string]string{"": string(credits.Below), missedBy: "less than"}
)

// rangeOp is the operator of a heading of ranges.
func rangeOp(heading string) thresholdOp {
	op := thresholdOp{}
	words, missed := strings.CutPrefix(heading, missedBy)
	op.missedBy = missed
	switch op.v = credits.Op(words); {
	case missed && words == lowOf[missedBy]:
		op.v = credits.Above
	case missed && words == highOf[missedBy]:
		op.v = credits.Below
	}
	return op
}

// readRanges reads the rows of a table of ranges, to be lowered when it is
// known which end is the better one.
func (l *lowering) readRanges(t *table, pays int) {
	low, high := rangeColumns(t)
	var rows []rangeRow
	for _, row := range t.rows {
		from, ok := l.rangeEnd(t, row, low)
		to, also := l.rangeEnd(t, row, high)
		v, said := readCell(l, l.lang.cells.rate, t, pays, row[pays], unnamed)
		if !ok || !also || !said {
			l.incomplete[l.id] = true
			continue
		}
		if v.table != "" {
			l.incomplete[l.id] = true
			l.report(codeUnitMissing, row[pays].place, sla.Prose("found", v.table), sla.Phrase("expected", "value rate"))
			continue
		}
		rows = append(rows, rangeRow{from, to, v.pay, row[pays].place})
	}
	l.ranges[l.id] = rows
}

func (l *lowering) rangeEnd(t *table, row []cell, column int) (rangeEnd, bool) {
	if row[column].empty() {
		return rangeEnd{at: row[column].place, free: true}, len(row[column].tokens) > 0
	}
	v, ok := readCell(l, l.lang.cells.level, t, column, row[column], unnamed)
	if !ok {
		return rangeEnd{}, false
	}
	end := rangeEnd{Threshold: v.value(rangeOp(t.columns[column].heading)), at: row[column].place, heading: t.columns[column].place}
	switch {
	case end.Time != nil && !end.Time.IsExact():
		return end, false
	case end.Time != nil:
		end.size = credits.Int(int64(end.Time.Duration()))
	case end.Number != nil:
		end.size = credits.RatioOfDecimal(end.Number.Value)
	case end.Points != nil:
		end.size = end.Points.Ratio()
	default:
		end.size = end.Share.Ratio()
	}
	return end, true
}

// bandsOfRanges makes thresholds of the ranges read in a block, which is the
// credit of an objective or, without one, a conversion. Lower values are worse
// where the target is a least one; greater distances to the target always are.
func (l *lowering) bandsOfRanges(id string, o *sla.Objective) []sla.Band {
	rows := l.ranges[id]
	down := o != nil && (o.Target == nil || o.Target.AsInTier != "" || o.Target.Op.Upward()) && !slices.ContainsFunc(rows, func(r rangeRow) bool { return r.low.MissedBy || r.high.MissedBy })
	slices.SortStableFunc(rows, func(a, b rangeRow) int {
		if down {
			return b.high.size.Cmp(a.high.size)
		}
		return a.low.size.Cmp(b.low.size)
	})
	rows = slices.DeleteFunc(rows, func(r rangeRow) bool {
		mild, column := r.high, "below"
		if !down {
			mild, column = r.low, "above"
		}
		if mild.free {
			l.add((&problem{code: codeCellEmpty, place: mild.at, clause: id}).with(sla.Name("column", column)))
			l.incomplete[id] = true
		}
		return mild.free
	})
	var out []sla.Band
	add := func(t sla.Threshold, pays credits.Pay, at, paysAt place) {
		clause := id + "/" + sla.BandName(t)
		l.at(clause, at)
		l.at(clause+"/credit", paysAt)
		out = append(out, sla.Band{Threshold: t, Pays: pays})
	}
	leave := func(e rangeEnd) {
		if !l.incomplete[id] { // else the row that closes it may be one that could not be read
			add(e.beyond(), credits.Pay{Kind: credits.PayUnstated}, e.at, e.at)
		}
	}
	for i, r := range rows {
		mild, severe := r.high, r.low
		if !down {
			mild, severe = r.low, r.high
		}
		add(mild.Threshold, r.pays, mild.at, r.paysAt)
		if i+1 == len(rows) {
			if !severe.free && (!down || severe.size.Sign() > 0 || severe.Op != credits.AtLeast) {
				leave(severe)
				if severe.size.Sign() == 0 {
					l.closeHeading(id, severe)
				}
			}
			continue
		}
		next := rows[i+1].high
		if !down {
			next = rows[i+1].low
		}
		switch severe.meets(next, down) {
		case endsApart:
			leave(severe)
			l.closeHole(id, o, severe, next)
		case endsOverlap:
			l.add((&problem{code: codeRowsOverlap, place: next.at, clause: id}).with(sla.Prose("example", severe.inBoth(next)),
				sla.Prose("pays", rows[i+1].pays.String()), sla.Prose("otherPays", r.pays.String())).seeAlso(severe.at, "other-range", sla.Prose("otherPays", r.pays.String())))
		}
	}
	return out
}

// beyond is the threshold of the values behind an end: below 99% behind
// "at least 99%".
func (e rangeEnd) beyond() sla.Threshold {
	t := e.Threshold
	t.Op = map[credits.Op]credits.Op{credits.AtLeast: credits.Below, credits.Above: credits.AtMost, credits.AtMost: credits.Above, credits.Below: credits.AtLeast}[e.Op]
	return t
}

// How the worse end of a range and the better end of the next stand.
const (
	endsMeet = iota
	endsApart
	endsOverlap
)

// meets says how the worse end of a range stands to the better end of the next.
func (e rangeEnd) meets(next rangeEnd, down bool) int {
	c := e.size.Cmp(next.size)
	if !down {
		c = -c
	}
	switch {
	case e.free:
		return endsOverlap
	case c > 0, c == 0 && !e.includes() && !next.includes():
		return endsApart
	case c < 0, e.includes() && next.includes():
		return endsOverlap
	}
	return endsMeet
}

func (e rangeEnd) includes() bool { return e.Op == credits.AtLeast || e.Op == credits.AtMost }

// inBoth is a value that belongs to both ranges where they overlap.
func (e rangeEnd) inBoth(next rangeEnd) string {
	switch {
	case e.free:
		return next.Text()
	case e.includes():
		return e.Text()
	case next.includes():
		return next.Text()
	}
	middle := e.size.Add(next.size).Mul(credits.RatioOfDecimal(decimal.New(5, -1)))
	switch {
	case e.Time != nil:
		return calendar.ExactLength(e.Time.Duration()/2 + next.Time.Duration()/2).String()
	case e.Number != nil:
		return sla.Quantity{Value: middle.Round(6, credits.HalfEven), Unit: e.Number.Unit}.String()
	}
	percent := middle.Mul(credits.Int(100)).Round(6, credits.HalfEven).String()
	if e.Points != nil {
		return percent + " points"
	}
	return percent + "%"
}
