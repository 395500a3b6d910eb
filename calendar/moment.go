package calendar

import (
	"strings"
	"time"
)

// A Moment is a point in time as a contract writes it: a local date and time
// of day, which becomes an instant in some zone, or an instant written with
// its offset from UTC. (semantics 1.2, 1.6)
type Moment struct {
	date Date
	tod  TimeOfDay
	// at is the instant of a moment with an offset, and offset its text.
	at     Instant
	offset string
}

// LocalMoment is a local date and time of day.
func LocalMoment(d Date, t TimeOfDay) Moment { return Moment{date: d, tod: t} }

// ParseMoment reads a local time such as "2026-03-10 09:00" (or with a T
// between) and an instant such as "2026-03-10T09:00:00+01:00". Its errors are
// *SyntaxError and *RangeError.
func ParseMoment(s string) (Moment, error) {
	if len(s) < len("2006-01-02 15:04") || s[10] != ' ' && s[10] != 'T' {
		return Moment{}, &SyntaxError{What: "moment", Text: s}
	}
	d, err := ParseDate(s[:10])
	if err != nil {
		return Moment{}, err
	}
	clock, offset := s[11:], ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, offset = clock[:i], clock[i:]
	}
	t, err := ParseTimeOfDay(clock)
	if err != nil || offset == "" {
		return Moment{date: d, tod: t}, err
	}
	ahead, ok := offsetOf(offset)
	if !ok || !inRange(d) {
		return Moment{}, &SyntaxError{What: "moment", Text: s}
	}
	return Moment{date: d, tod: t, at: Instant(localOf(d, t)).Add(-ahead), offset: offset}, nil
}

// offsetOf reads "Z", "+01:00" or "-03:30".
func offsetOf(s string) (time.Duration, bool) {
	if s == "Z" {
		return 0, true
	}
	if len(s) != len("+01:00") || s[3] != ':' {
		return 0, false
	}
	var h, m int
	if !scan2(s[1:3], &h) || !scan2(s[4:], &m) || h > 23 || m > 59 {
		return 0, false
	}
	ahead := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if s[0] == '-' {
		ahead = -ahead
	}
	return ahead, true
}

// At is the moment at another time of day of the same date, with the same
// offset.
func (m Moment) At(t TimeOfDay) Moment {
	if m.offset != "" {
		m.at = m.at.Add(time.Duration(t - m.tod))
	}
	m.tod = t
	return m
}

// In is the instant of the moment in a zone, which counts only for a moment
// without an offset. A local time that is skipped or comes twice there is a
// *LocalTimeError.
func (m Moment) In(z *Zone) (Instant, error) {
	if m.offset != "" {
		return m.at, nil
	}
	first, _, n := z.Resolve(m.date, m.tod)
	if n != 1 {
		return 0, &LocalTimeError{Date: m.date, Time: m.tod, Zone: z.Name(), Twice: n == 2}
	}
	return first, nil
}

// String returns what [ParseMoment] reads: "2026-03-10 09:00".
func (m Moment) String() string {
	if m.offset != "" {
		clock := m.tod.String()
		if len(clock) == len("09:00") {
			clock += ":00"
		}
		return m.date.String() + "T" + clock + m.offset
	}
	return m.date.String() + " " + m.tod.String()
}

// MarshalText writes what String returns.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what [ParseMoment] reads.
func (m *Moment) UnmarshalText(text []byte) error {
	v, err := ParseMoment(string(text))
	if err == nil {
		*m = v
	}
	return err
}
