package calendar

import (
	"cmp"
	"slices"
)

// combined is the source of a calendar made of others. (form T1)
//
// Its shifts are those of its parts, cut down to what the combination leaves
// open; each belongs to the date, in the combination's zone, on which it
// opens. In an intersection a shift is what shifts of all parts share, and
// opens when the last of them does. A part that is open around the clock has
// no shifts of its own: it only cuts those of the others.
type combined struct {
	zone   *Zone
	all    bool
	of     []*Calendar
	except *Calendar
	closings
}

// continuous reports whether the combination has no shifts of its own, so
// that each date is one.
func (c *combined) continuous() bool {
	around := func(p *Calendar) bool { return p.continuous }
	if c.all {
		return !slices.ContainsFunc(c.of, func(p *Calendar) bool { return !p.continuous })
	}
	return slices.ContainsFunc(c.of, around)
}

func (c *combined) pieces(v Interval, known memo) []piece {
	wide := widened(v)
	var out []piece
	switch {
	case c.continuous():
		out = c.byDate(wide)
	case c.all:
		out = c.shared(wide, known)
	default:
		for _, p := range c.of {
			out = append(out, known.pieces(p, wide)...)
		}
	}
	out = merged(out)
	if c.except != nil {
		out = minus(protected(out, false), c.except.Open(widened(wide)))
	}
	return c.take(c.owned(out), v)
}

// hull of an intersection is where all parts can be open.
func (c *combined) hull() Interval {
	first := c.of[0].hull
	parts := []Interval{first}
	for _, p := range c.of[1:] {
		parts = append(parts, p.hull)
		first = first.Intersect(p.hull)
	}
	if c.all {
		return first
	}
	return NewSet(parts...).Bounds()
}

// byDate splits the open time at midnights.
func (c *combined) byDate(v Interval) []piece {
	var open Set
	for i, p := range c.of {
		if o := p.Open(v); i == 0 {
			open = o
		} else if c.all {
			open = open.Intersect(o)
		} else {
			open = open.Union(o)
		}
	}
	t := terrainOf(c.zone, v)
	var out []piece
	for n := t.first; n <= t.last; n++ {
		out = t.appendPieces(out, n, span{0, day}, false)
	}
	return within(out, open)
}

// shared returns what shifts of all parts have in common.
func (c *combined) shared(v Interval, known memo) []piece {
	var out []piece
	for _, p := range c.of {
		switch {
		case p.continuous:
			continue
		case out == nil:
			out = known.pieces(p, v)
		default:
			out = meet(out, known.pieces(p, v))
		}
		if len(out) == 0 {
			return nil
		}
	}
	for _, p := range c.of {
		if p.continuous {
			out = within(out, p.Open(widened(v)))
		}
	}
	return out
}

// meet intersects the shifts of two calendars, each with each.
func meet(a, b []piece) []piece {
	const longest = Instant(4 * day) // longer than any shift
	b = slices.Clone(b)
	sortPieces(b)
	var out []piece
	roomy := 4*(len(a)+len(b)) + 1024
	for _, p := range a {
		if len(out) > roomy {
			out = merged(out)
			roomy = max(roomy, 2*len(out))
		}
		from, _ := slices.BinarySearchFunc(b, p.Start-longest, func(q piece, t Instant) int {
			return byStart(q.Interval, Interval{Start: t})
		})
		for _, q := range b[from:] {
			if q.Start >= p.End {
				break
			}
			if both := p.Intersect(q.Interval); !both.IsEmpty() {
				out = append(out, piece{Interval: both, opens: max(p.opens, q.opens)})
			}
		}
	}
	return merged(out)
}

// merged unites the pieces of shifts that open at the same instant: in a
// combination they are one shift, for its date follows from that instant.
// Without this, shifts that overlap would multiply with each part.
func merged(pieces []piece) []piece {
	sorted := slices.Clone(pieces)
	slices.SortFunc(sorted, func(a, b piece) int {
		if a.opens != b.opens {
			return cmp.Compare(a.opens, b.opens)
		}
		return cmp.Compare(a.Start, b.Start)
	})
	out := sorted[:0]
	for _, p := range sorted {
		if n := len(out); n > 0 && out[n-1].opens == p.opens && p.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, p.End)
			continue
		}
		out = append(out, piece{Interval: p.Interval, opens: p.opens})
	}
	return out
}

// owned gives each piece the date on which its shift opens in the
// combination's zone, and drops those of closed dates. What won over
// closings in a part does not win over those of the combination.
func (c *combined) owned(pieces []piece) []piece {
	out := pieces[:0:0]
	for _, p := range pieces {
		p.owner = c.zone.DateAt(p.opens).dayNumber()
		if !c.dates.has(p.owner) {
			out = append(out, p)
		}
	}
	return protected(out, false)
}

// protected marks pieces as out of reach of closings, or in it.
func protected(pieces []piece, although bool) []piece {
	for i := range pieces {
		pieces[i].although = although
	}
	return pieces
}
