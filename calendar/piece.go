package calendar

import (
	"cmp"
	"slices"
)

// A piece is a part of a shift. A shift has several pieces where the clock
// changes in it or closings cut it.
type piece struct {
	Interval
	// opens is when the shift opens, before closings cut it.
	opens Instant
	// owner is the day number of the date the shift belongs to: the date on
	// which it opens. (semantics 1.3)
	owner int64
	// although is set for `although closed`: no closing takes it.
	although bool
}

// A span is hours of a date as nanoseconds of its local time; to exceeds 24 h
// for a shift that ends on the next date.
type span struct{ from, to int64 }

// spansOf turns hours into spans, leaving out empty ones. (semantics 1.3)
func spansOf(hours []Hours) []span {
	var out []span
	for _, h := range hours {
		s := span{int64(h.From), int64(h.To)}
		switch {
		case s.to == s.from:
			continue
		case s.to < s.from:
			s.to += day
		}
		out = append(out, s)
	}
	return out
}

// A terrain is a zone's offsets over some range of instants, looked up once
// for many dates.
type terrain struct {
	zone      *Zone
	stretches []stretch
	// first and last are the dates whose shifts can meet the range.
	first, last int64
}

// terrainOf covers an interval and the shifts that reach into it: a shift is
// at most 48 h of local time, and no offset change exceeds a day.
func terrainOf(z *Zone, v Interval) terrain {
	const margin = Instant(4 * day)
	first, _ := splitLocal(int64(v.Start - margin))
	last, _ := splitLocal(int64(v.End + margin))
	wide := Interval{v.Start - 2*margin, v.End + 2*margin}
	return terrain{z, z.stretches(wide), max(first, firstDay), min(last, lastDay)}
}

// appendPieces appends the instants of a date's span. A shift that reaches
// into the next date does not exist on a date that the zone skipped.
func (t *terrain) appendPieces(out []piece, n int64, s span, although bool) []piece {
	if s.to > day && !t.exists(n) {
		return out
	}
	from, to := n*day+s.from, n*day+s.to
	opens := MaxInstant
	for _, st := range t.stretches {
		if v := st.instants(from, to); !v.IsEmpty() {
			opens = min(opens, v.Start)
			out = append(out, piece{v, opens, n, although})
		}
	}
	return out
}

// exists reports whether any instant has the local date n.
func (t *terrain) exists(n int64) bool {
	return slices.ContainsFunc(t.stretches, func(s stretch) bool {
		return !s.instants(n*day, (n+1)*day).IsEmpty()
	})
}

// set returns the instants of all pieces.
func setOf(pieces []piece) Set {
	parts := make([]Interval, len(pieces))
	for i, p := range pieces {
		parts[i] = p.Interval
	}
	return Set{normalize(parts)}
}

// minus takes a set out of the pieces that closings can take from.
func minus(pieces []piece, closed Set) []piece {
	if closed.IsEmpty() {
		return pieces
	}
	var out []piece
	for _, p := range pieces {
		if p.although {
			out = append(out, p)
			continue
		}
		out = appendCut(out, p, Set{[]Interval{p.Interval}}.Minus(closed.Within(p.Interval)))
	}
	return out
}

// within keeps what the pieces share with a set.
func within(pieces []piece, s Set) []piece {
	var out []piece
	for _, p := range pieces {
		out = appendCut(out, p, s.Within(p.Interval))
	}
	return out
}

func appendCut(out []piece, p piece, kept Set) []piece {
	for _, v := range kept.parts {
		p.Interval = v
		out = append(out, p)
	}
	return out
}

func sortPieces(pieces []piece) {
	slices.SortFunc(pieces, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.owner, b.owner))
	})
}
