package measure

import (
	"cmp"
	"math/big"
	"slices"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
)

// A Tally counts the events of a stretch of time.
type Tally struct {
	At            calendar.Interval
	Total, Failed int64
}

// A Slot is a stretch of a window and the events that began in it. Seen says
// that the source spoke of it, if only to say that there were none; Spanning is
// how many tallies go on after its end, and count in it all the same.
type Slot struct {
	At            calendar.Interval
	Total, Failed int64
	Seen          bool
	Spanning      int
}

// Slots puts tallies, in the order of their starts, into the slots of a
// window: from its start every so long, a second or more, the last one cut at
// its end (form F7).
func Slots(window calendar.Interval, every time.Duration, tallies []Tally, yield func(Slot)) {
	if every < time.Second {
		return // a contract with such slots is refused; without end they would never be through
	}
	i, _ := slices.BinarySearchFunc(tallies, window.Start, func(t Tally, at calendar.Instant) int { return cmp.Compare(t.At.Start, at) })
	for start := window.Start; start < window.End; start = start.Add(every) {
		s := Slot{At: calendar.Interval{Start: start, End: min(start.Add(every), window.End)}}
		for ; i < len(tallies) && tallies[i].At.Start < s.At.End; i++ {
			s.Total, s.Failed, s.Seen = s.Total+tallies[i].Total, s.Failed+tallies[i].Failed, true
			if tallies[i].At.End > s.At.End {
				s.Spanning++
			}
		}
		yield(s)
	}
}

// A Mean adds up the ratios of slots. Ratios with one denominator are summed
// as whole numbers, so that the exact sum of a month of slots stays cheap.
type Mean struct {
	good map[int64]int64
	n    int64
}

// Add takes one slot in: good of total, total above 0.
func (m *Mean) Add(good, total int64) {
	if m.good == nil {
		m.good = map[int64]int64{}
	}
	m.good[total] += good
	m.n++
}

// Count is how many slots were added.
func (m *Mean) Count() int64 { return m.n }

// Value is the mean; false when no slot was added.
func (m *Mean) Value() (credits.Ratio, bool) {
	if m.n == 0 {
		return credits.Ratio{}, false
	}
	var totals []int64
	for total := range m.good {
		totals = append(totals, total)
	}
	slices.Sort(totals)
	num, den := m.sum(totals)
	sum := credits.RatioOf(new(big.Rat).SetFrac(num, den))
	mean, err := sum.Quo(credits.Int(m.n))
	return mean, err == nil
}

// sum adds fractions by halves, so that numbers grow only as they must.
func (m *Mean) sum(totals []int64) (num, den *big.Int) {
	if len(totals) == 1 {
		return big.NewInt(m.good[totals[0]]), big.NewInt(totals[0])
	}
	half := len(totals) / 2
	a, b := m.sum(totals[:half])
	c, d := m.sum(totals[half:])
	g := new(big.Int).GCD(nil, nil, b, d)
	bg, dg := new(big.Int).Quo(b, g), new(big.Int).Quo(d, g)
	num = new(big.Int).Mul(a, dg)
	num.Add(num, new(big.Int).Mul(c, bg))
	return num, new(big.Int).Mul(b, dg)
}
