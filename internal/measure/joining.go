package measure

import "github.com/sla-lang/sla/credits"

// A Joining is how the numbers of several parts become one.
type Joining int

// The ways of joining; JoinWeighted is the mean by the weight of each part.
const (
	JoinSum Joining = iota
	JoinMean
	JoinLowest
	JoinHighest
	JoinWeighted
)

// A Joiner makes one number of those of several parts, and of the bounds of
// each those of the whole.
type Joiner struct {
	joining          Joining
	n                int64
	value, low, high joinedEnds
}

// NewJoiner joins none yet.
func NewJoiner(joining Joining) *Joiner {
	return &Joiner{joining: joining, low: joinedEnds{side: -1}, high: joinedEnds{side: 1}}
}

// Take adds the number of a part, what it may have been, and its weight, 0 or
// more.
func (j *Joiner) Take(value credits.Ratio, may Bounds, weight credits.Ratio) {
	if j.joining == JoinWeighted && weight.IsZero() { // it is no part of the mean, whatever it was
		may = Exactly(value)
	}
	j.n++
	j.value.take(Bound{At: value}, weight)
	j.low.take(may.Low, weight)
	j.high.take(may.High, weight)
}

// N is how many numbers were taken.
func (j *Joiner) N() int64 { return j.n }

// Joined is the number, and what it may have been; false where there is none.
func (j *Joiner) Joined() (credits.Ratio, Bounds, bool) {
	value, ok := j.value.joined(j.joining)
	low, _ := j.low.joined(j.joining)
	high, _ := j.high.joined(j.joining)
	return value.At, Bounds{low, high}, ok
}

// joinedEnds takes in the same end of several numbers: the lower with side -1,
// the higher with 1.
type joinedEnds struct {
	side               int
	n, open            int64
	short              bool
	least, most        Bound
	sum, weights, mass credits.Ratio
}

func (j *joinedEnds) take(b Bound, weight credits.Ratio) {
	if b.Open {
		j.open++
		return
	}
	j.n++
	j.least, j.most = j.extreme(j.least, b, -1), j.extreme(j.most, b, 1)
	j.short = j.short || b.Short
	j.sum, j.weights, j.mass = j.sum.Add(b.At), j.weights.Add(weight), j.mass.Add(b.At.Mul(weight))
}

// extreme is the end of the lowest (-1) or the highest (1) of numbers: of
// several that end alike it is reached where any is reached, if that one alone
// can be the extreme, and else where all are.
func (j *joinedEnds) extreme(of, b Bound, which int) Bound {
	switch c := b.At.Cmp(of.At); {
	case j.n == 1, c == which:
		return b
	case c != 0:
		return of
	case which == j.side:
		of.Short = of.Short && b.Short
	default:
		of.Short = of.Short || b.Short
	}
	return of
}

// joined is the end of the number that comes of them; false where there is none.
// An end without a bound leaves none to what is made of it, but for the lowest of
// several, which is no higher than the others, and the highest.
func (j *joinedEnds) joined(joining Joining) (Bound, bool) {
	none := Bound{Open: true}
	switch {
	case j.n == 0:
		return none, j.open > 0
	case joining == JoinLowest && (j.open == 0 || j.side > 0):
		return j.least, true
	case joining == JoinHighest && (j.open == 0 || j.side < 0):
		return j.most, true
	case j.open > 0:
		return none, true
	case joining == JoinSum:
		return Bound{At: j.sum, Short: j.short}, true
	case joining == JoinWeighted:
		mean, err := j.mass.Quo(j.weights)
		return Bound{At: mean, Short: j.short}, err == nil
	}
	mean, _ := j.sum.Quo(credits.Int(j.n))
	return Bound{At: mean, Short: j.short}, true
}
