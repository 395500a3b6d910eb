package calendar

import (
	"math"
	"time"
)

// An Instant is a moment in absolute time: whole nanoseconds since
// 1970-01-01T00:00:00Z, before it negative. Instants are compared with the
// ordinary operators. It has no zone; [Zone.Local] gives its wall-clock
// reading. (semantics 1.1)
type Instant int64

// The bounds between which calendars compute. Instants outside are
// representable, but nothing is ever open there.
const (
	// MinInstant is 1678-01-01T00:00:00Z.
	MinInstant Instant = -9214560000000000000
	// MaxInstant is 2262-01-01T00:00:00Z.
	MaxInstant Instant = 9214646400000000000
)

// InstantOf returns the instant of t, whatever zone t carries. An instant
// outside [MinInstant, MaxInstant] is a *RangeError.
func InstantOf(t time.Time) (Instant, error) {
	sec := t.Unix()
	if sec < int64(MinInstant)/int64(time.Second) || sec > int64(MaxInstant)/int64(time.Second) {
		return 0, &RangeError{What: "instant", Text: t.UTC().Format(time.RFC3339Nano)}
	}
	i := Instant(sec*int64(time.Second) + int64(t.Nanosecond()))
	if i > MaxInstant {
		return 0, &RangeError{What: "instant", Text: t.UTC().Format(time.RFC3339Nano)}
	}
	return i, nil
}

// ParseInstant reads an RFC 3339 date and time with an offset or Z, such as
// "2026-05-22T18:30:00+02:00". Its errors are *SyntaxError and *RangeError.
func ParseInstant(s string) (Instant, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return 0, &SyntaxError{What: "instant", Text: s}
	}
	return InstantOf(t)
}

// Time returns the instant as a time.Time in UTC.
func (i Instant) Time() time.Time {
	return time.Unix(0, int64(i)).UTC()
}

// Add returns the instant d later, or earlier when d is negative. Beyond what
// an int64 holds it stops at the last representable instant.
func (i Instant) Add(d time.Duration) Instant {
	sum := i + Instant(d)
	switch {
	case d > 0 && sum < i:
		return math.MaxInt64
	case d < 0 && sum > i:
		return math.MinInt64
	}
	return sum
}

// Sub returns the time from j to i, negative when i is before j. More than a
// duration can hold (292 years) is cut to the longest duration.
func (i Instant) Sub(j Instant) time.Duration {
	d := i - j
	switch {
	case i >= j && d < 0:
		return math.MaxInt64
	case i < j && d > 0:
		return math.MinInt64
	}
	return time.Duration(d)
}

// String returns the instant in UTC as RFC 3339, with as many decimals of a
// second as it needs.
func (i Instant) String() string {
	return i.Time().Format(time.RFC3339Nano)
}

// MarshalText writes what String returns.
func (i Instant) MarshalText() ([]byte, error) {
	return []byte(i.String()), nil
}

// UnmarshalText reads what [ParseInstant] reads.
func (i *Instant) UnmarshalText(text []byte) error {
	v, err := ParseInstant(string(text))
	if err == nil {
		*i = v
	}
	return err
}
