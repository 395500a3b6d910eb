package facts

import (
	"errors"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// A timeReader turns the times of a file into instants (semantics 1.6).
type timeReader struct {
	zone *calendar.Zone
	// doubled says which of the two instants of a local time that happens
	// twice is meant: 1, 2, or 0 to refuse it.
	doubled int
}

// A dateMeans says what a date alone stands for.
type dateMeans uint8

const (
	// itsStart is the first instant of the date.
	itsStart dateMeans = iota
	// itsEnd is the first instant behind it, the end of an interval.
	itsEnd
	// itsLast is the last instant of it, for notices and acts.
	itsLast
)

// read reads the value of a field.
func (r *timeReader) read(f field, value []byte, means dateMeans) (time.Time, *refused) {
	return r.readAs(f.String(), value, means)
}

// readAs reads a time; name is that of its field or column, for messages.
func (r *timeReader) readAs(name string, value []byte, means dateMeans) (time.Time, *refused) {
	if layout := offsetLayout(value); layout != "" {
		if len(value) > 16 && value[13] == ':' && value[16] != ':' { // to the minute
			layout = strings.Replace(layout, "15:04:05.999999999", "15:04", 1)
			layout = strings.Replace(layout, "15:04:05", "15:04", 1)
		}
		at, err := time.Parse(layout, withT(value))
		if err != nil {
			return time.Time{}, badTime(name, string(value), err)
		}
		return at.UTC(), nil
	}
	text := string(value)
	day, clock, hasClock := cutTime(text)
	date, err := calendar.ParseDate(day)
	if err != nil {
		return time.Time{}, badTime(name, text, err)
	}
	if !hasClock {
		return r.wholeDay(date, means), nil
	}
	tod, err := calendar.ParseTimeOfDay(clock)
	if err != nil {
		return time.Time{}, badTime(name, text, err)
	}
	return r.resolve(name, text, date, tod)
}

// badTime refuses a time that cannot be read, or one that there is not.
func badTime(name, found string, err error) *refused {
	if outOfRange(err) {
		return badNamed(name, found, "no-such-time")
	}
	return badNamed(name, found, "time")
}

// outOfRange says whether a time was written as it should be and does not exist.
func outOfRange(err error) bool {
	var bounds *calendar.RangeError
	var parse *time.ParseError
	return errors.As(err, &bounds) || errors.As(err, &parse) && strings.HasSuffix(parse.Message, "out of range")
}

// offsetLayout is how an instant with its offset is written: as Z, +01:00,
// +0100 or +01; empty for a local time.
func offsetLayout(value []byte) string {
	n := len(value)
	signed := func(i int) bool { return value[n-i] == '+' || value[n-i] == '-' }
	switch {
	case n <= 10:
		return ""
	case value[n-1] == 'Z' || signed(6):
		return time.RFC3339Nano
	case signed(5):
		return "2006-01-02T15:04:05Z0700"
	case signed(3):
		return "2006-01-02T15:04:05Z07"
	}
	return ""
}

// resolve gives the instant of a local time.
func (r *timeReader) resolve(name, text string, date calendar.Date, tod calendar.TimeOfDay) (time.Time, *refused) {
	first, second, n := r.zone.Resolve(date, tod)
	switch {
	case n == 1, n == 2 && r.doubled == 1:
		return first.Time(), nil
	case n == 2 && r.doubled == 2:
		return second.Time(), nil
	}
	how := "never"
	if n == 2 {
		how = "twice"
	}
	return time.Time{}, &refused{sla.RefusedLocalTime, []sla.Arg{
		sla.Name("field", name), sla.Prose("found", text), sla.Name("zone", r.zone.Name()), sla.Phrase("how", "local-time "+how),
	}}
}

func (r *timeReader) wholeDay(d calendar.Date, means dateMeans) time.Time {
	switch means {
	case itsEnd:
		return r.zone.StartOf(d.AddDays(1)).Time()
	case itsLast:
		return (r.zone.StartOf(d.AddDays(1)) - 1).Time()
	}
	return r.zone.StartOf(d).Time()
}

// cutTime separates date and time of day, by a space or a T.
func cutTime(s string) (day, clock string, found bool) {
	if i := strings.IndexAny(s, "T "); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// withT gives an instant the T of RFC 3339 where it was written with a space.
func withT(value []byte) string {
	if value[10] != ' ' {
		return string(value)
	}
	return string(value[:10]) + "T" + string(value[11:])
}
