package credits

// Op is one of the four operators of every threshold.
type Op string

// The operators.
const (
	AtLeast Op = "at least"
	Above   Op = "above"
	AtMost  Op = "at most"
	Below   Op = "below"
)

// Valid says whether it is one of the four.
func (o Op) Valid() bool {
	switch o {
	case AtLeast, Above, AtMost, Below:
		return true
	}
	return false
}

// Holds says whether a measured value is on the operator's side of a level.
func (o Op) Holds(measured, level Ratio) bool {
	switch c := measured.Cmp(level); o {
	case AtLeast:
		return c >= 0
	case Above:
		return c > 0
	case AtMost:
		return c <= 0
	case Below:
		return c < 0
	}
	return false
}

// Upward says that higher values hold: at least and above.
func (o Op) Upward() bool { return o == AtLeast || o == Above }

// A Schedule is a credit table: one threshold a row. Its rows are nested
// half-lines, so no value can fall between two of them (form A4). The order of
// rows never matters.
type Schedule []Band

// A Band is one row: where it holds a measured value is beyond its level, in
// the unit of what is measured.
type Band struct {
	Op    Op
	Level Ratio
}

// Row is the index of the row that applies to a measured value: of those that
// hold the most severe, which is the smallest set of values. ok is false when
// none holds.
func (s Schedule) Row(measured Ratio) (index int, ok bool) {
	for i, b := range s {
		if b.Op.Holds(measured, b.Level) && (!ok || b.narrower(s[index])) {
			index, ok = i, true
		}
	}
	return index, ok
}

// Next is the least severe row that is more severe than the row at index, or,
// where index is negative, the least severe row of all: the row that does not
// apply yet.
func (s Schedule) Next(index int) (next int, ok bool) {
	for i, b := range s {
		if index >= 0 && !b.narrower(s[index]) {
			continue
		}
		if !ok || s[next].narrower(b) {
			next, ok = i, true
		}
	}
	return next, ok
}

// Last is the most severe row: the one that is due at the worst. The schedule
// must have rows.
func (s Schedule) Last() int {
	last := 0
	for i, b := range s {
		if b.narrower(s[last]) {
			last = i
		}
	}
	return last
}

// narrower says whether b holds for fewer values than o.
func (b Band) narrower(o Band) bool {
	c := b.Level.Cmp(o.Level)
	if c == 0 {
		return (b.Op == Below && o.Op == AtMost) || (b.Op == Above && o.Op == AtLeast)
	}
	if b.Op.Upward() {
		return c > 0
	}
	return c < 0
}

// Allowance is the greatest number of late ones among total with which a share
// in time still reaches the target: 2 of 40 at 95% (semantics 4). It is 0 when
// not even none late would do.
func Allowance(total int, op Op, level Ratio) int {
	low, high := 0, total
	for low < high {
		late := (low + high + 1) / 2
		inTime, err := NewRatio(int64(total-late), int64(total))
		if err == nil && op.Holds(inTime, level) {
			low = late
		} else {
			high = late - 1
		}
	}
	return low
}
