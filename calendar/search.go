package calendar

import "time"

// search is Add and AddLatest without shortcuts: it compiles years until the
// target is reached, and ends at the end of what is known.
func (c *Calendar) search(from Instant, d time.Duration, latest bool) (Instant, error) {
	var at Instant
	var err error
	switch {
	case from < MinInstant || from > MaxInstant:
		return 0, &RangeError{What: "instant", Text: from.String()}
	case d == 0 && (!latest || c.Contains(from)):
		return from, nil
	case d >= 0:
		at, err = c.forward(from, uint64(d), latest)
	default:
		at, err = c.backward(from, magnitude(d), latest)
	}
	if unreachable, ok := err.(*UnreachableError); ok {
		unreachable.Target = ExactLength(d)
	}
	return at, err
}

// forward finds the instant after which d of open time has passed.
func (c *Calendar) forward(from Instant, d uint64, latest bool) (Instant, error) {
	if !c.known.Contains(from) {
		return 0, c.beyond(from, from)
	}
	for t := c.grow(from, from); ; {
		target := t.measure(from) + d
		if latest && target < t.total {
			at := t.latest(target)
			return at, c.Check(Interval{from, at})
		}
		if !latest && target <= t.total {
			at := t.earliest(target)
			return at, c.Check(Interval{from, at})
		}
		end := t.end
		if end >= c.bounds().End {
			return 0, c.beyond(from, c.bounds().End)
		}
		t = c.grow(from, end)
	}
}

// backward finds the instant before which d of open time lies up to from.
func (c *Calendar) backward(from Instant, d uint64, latest bool) (Instant, error) {
	if !c.known.Contains(from - 1) {
		return 0, c.beyond(from, from-1)
	}
	for t := c.grow(from-1, from); ; {
		m := t.measure(from)
		if latest && d < m {
			at := t.earliest(m - d)
			return at, c.Check(Interval{at, from})
		}
		if !latest && d <= m {
			at := t.latest(m - d)
			return at, c.Check(Interval{at, from})
		}
		if t.base <= c.bounds().Start {
			return 0, c.beyond(from, c.bounds().Start-1)
		}
		t = c.grow(t.base-1, from)
	}
}

// beyond is the error of a search that came to an instant at which nothing is
// known.
func (c *Calendar) beyond(from, at Instant) error {
	if at >= MinInstant && at < MaxInstant {
		return c.unknownAt(at)
	}
	return &UnreachableError{Calendar: c.name, From: from}
}
