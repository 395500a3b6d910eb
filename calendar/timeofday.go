package calendar

import (
	"fmt"
	"strings"
	"time"
)

// A TimeOfDay is a reading of a wall clock in nanoseconds since its midnight,
// from 00:00 to 24:00, the end of the day. It is a reading and not elapsed
// time: on the night the clocks change, 08:00 is not eight hours after
// midnight.
type TimeOfDay int64

// EndOfDay is 24:00.
const EndOfDay = TimeOfDay(24 * time.Hour)

// ParseTimeOfDay reads "08:00", "08:00:30" or "08:00:30.5", and "24:00" for
// the end of the day. Hours and minutes have two digits. Its errors are
// *SyntaxError, and *RangeError for times such as "25:00".
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	clock, fraction, hasFraction := strings.Cut(s, ".")
	var h, m, sec, nanos int
	ok := len(clock) == 5 || len(clock) == 8
	ok = ok && scan2(clock[:2], &h) && clock[2] == ':' && scan2(clock[3:5], &m)
	if ok && len(clock) == 8 {
		ok = clock[5] == ':' && scan2(clock[6:], &sec)
	}
	if ok && hasFraction {
		ok = len(clock) == 8 && len(fraction) <= 9
		if ok {
			nanos, ok = digits(fraction + strings.Repeat("0", 9-len(fraction)))
			ok = ok && fraction != ""
		}
	}
	if !ok {
		return 0, &SyntaxError{What: "time of day", Text: s}
	}
	t := TimeOfDay(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(sec)*time.Second + time.Duration(nanos))
	if t > EndOfDay || m > 59 || sec > 59 {
		return 0, &RangeError{What: "time of day", Text: s}
	}
	return t, nil
}

// scan2 reads a two-digit number into n.
func scan2(s string, n *int) bool {
	v, ok := digits(s)
	*n = v
	return ok && len(s) == 2
}

// String returns the shortest form: "08:00", "08:00:30", "08:00:30.5".
func (t TimeOfDay) String() string {
	d := time.Duration(t)
	s := fmt.Sprintf("%02d:%02d", d/time.Hour, d/time.Minute%60)
	if rest := d % time.Minute; rest != 0 {
		s += fmt.Sprintf(":%02d", rest/time.Second)
		if nanos := rest % time.Second; nanos != 0 {
			s += "." + strings.TrimRight(fmt.Sprintf("%09d", nanos), "0")
		}
	}
	return s
}

// MarshalText writes the shortest form.
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what [ParseTimeOfDay] reads.
func (t *TimeOfDay) UnmarshalText(text []byte) error {
	v, err := ParseTimeOfDay(string(text))
	if err == nil {
		*t = v
	}
	return err
}
