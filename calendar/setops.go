package calendar

// Union returns the instants that are in any of the sets.
func Union(sets ...Set) Set {
	switch len(sets) {
	case 0:
		return Set{}
	case 1:
		return sets[0]
	case 2:
		return sets[0].Union(sets[1])
	}
	half := len(sets) / 2
	return Union(sets[:half]...).Union(Union(sets[half:]...))
}

// Union returns the instants that are in s or o, in one pass over both.
func (s Set) Union(o Set) Set {
	if s.IsEmpty() {
		return o
	}
	if o.IsEmpty() {
		return s
	}
	out := make([]Interval, 0, len(s.parts)+len(o.parts))
	a, b := s.parts, o.parts
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].Start <= b[0].Start {
			out, a = appendMerged(out, a[0]), a[1:]
		} else {
			out, b = appendMerged(out, b[0]), b[1:]
		}
	}
	return Set{out}
}

// appendMerged appends an interval that starts no earlier than those before
// it, joining it to the last one where they overlap or touch.
func appendMerged(out []Interval, p Interval) []Interval {
	if n := len(out); n > 0 && p.Start <= out[n-1].End {
		out[n-1].End = max(out[n-1].End, p.End)
		return out
	}
	return append(out, p)
}

// Intersect returns the instants that are in both sets, in one pass.
func (s Set) Intersect(o Set) Set {
	var out []Interval
	a, b := s.parts, o.parts
	for len(a) > 0 && len(b) > 0 {
		if both := a[0].Intersect(b[0]); !both.IsEmpty() {
			out = append(out, both)
		}
		if a[0].End < b[0].End {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return Set{out}
}

// Minus returns the instants that are in s and not in o, in one pass.
func (s Set) Minus(o Set) Set {
	if s.IsEmpty() || o.IsEmpty() {
		return s
	}
	var out []Interval
	b := o.parts[o.after(s.parts[0].Start):]
	for _, p := range s.parts {
		for len(b) > 0 && b[0].End <= p.Start {
			b = b[1:]
		}
		for i := 0; i < len(b) && b[i].Start < p.End; i++ {
			if p.Start < b[i].Start {
				out = append(out, Interval{p.Start, b[i].Start})
			}
			p.Start = b[i].End
		}
		if !p.IsEmpty() {
			out = append(out, p)
		}
	}
	return Set{out}
}

// Within returns the part of the set inside an interval. It shares storage
// with s where nothing is cut.
func (s Set) Within(v Interval) Set {
	if v.IsEmpty() {
		return Set{}
	}
	first := s.after(v.Start)
	last := first
	for last < len(s.parts) && s.parts[last].Start < v.End {
		last++
	}
	in := s.parts[first:last:last]
	if len(in) == 0 {
		return Set{}
	}
	if in[0].Start >= v.Start && in[len(in)-1].End <= v.End {
		return Set{in}
	}
	out := append(make([]Interval, 0, len(in)), in...)
	out[0].Start = max(out[0].Start, v.Start)
	out[len(out)-1].End = min(out[len(out)-1].End, v.End)
	return Set{out}
}

// Complement returns the instants of an interval that are not in the set.
func (s Set) Complement(within Interval) Set {
	if within.IsEmpty() {
		return Set{}
	}
	return Set{[]Interval{within}}.Minus(s)
}
