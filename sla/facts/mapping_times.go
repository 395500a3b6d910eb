package facts

import (
	"errors"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// A timeLayout is a pattern of times as people write it, "DD/MM/YYYY hh:mm",
// compiled.
type timeLayout struct {
	pattern, layout string
	// offset says that the pattern has an offset from UTC, clock that it has a
	// time of day, noon that it has twelve hours twice.
	offset, clock, noon bool
	// count, not nil, is a number of units instead.
	count *timeCount
}

// layoutParts are the parts of a pattern, longer ones first, and what package
// time calls them.
var layoutParts = []struct{ part, layout string }{
	{"YYYY", "2006"}, {"YY", "06"}, {"MMMM", "January"}, {"MMM", "Jan"}, {"MM", "01"}, {"M", "1"}, {"DDDD", "Monday"}, {"DDD", "Mon"}, {"DD", "02"}, {"D", "2"},
	{"hh", "15"}, {"mm", "04"}, {"ss", "05"}, {"AM", "PM"}, {"Z", "Z07:00"}, {"+hhmm", "-0700"}, {"+hh:mm", "-07:00"}, {"+hh", "-07"}, {"h", "3"}, {"T", "T"},
}

// compileLayout reads a pattern; bad is the part that cannot be read.
func compileLayout(pattern string) (l timeLayout, bad string) {
	l.pattern = pattern
	if l.count = timeCounts[pattern]; l.count != nil {
		l.offset = pattern != daysOfSheets
		return l, ""
	}
	var b strings.Builder
	seen := map[string]bool{}
	twelve := strings.Contains(pattern, "AM")
next:
	for rest := pattern; rest != ""; {
		for _, p := range layoutParts {
			if !strings.HasPrefix(rest, p.part) {
				continue
			}
			if seen[p.part] && p.part != "T" {
				return l, p.part
			}
			seen[p.part] = true
			layout := p.layout
			if p.part == "hh" && twelve {
				layout = "03"
			}
			b.WriteString(layout)
			rest = rest[len(p.part):]
			continue next
		}
		if c := rest[0]; strings.IndexByte(" /-.:,", c) < 0 {
			return l, rest
		}
		b.WriteByte(rest[0])
		rest = rest[1:]
	}
	l.layout, l.offset, l.clock = b.String(), seen["Z"] || seen["+hhmm"] || seen["+hh:mm"] || seen["+hh"], seen["hh"] || seen["h"]
	l.noon = twelve
	switch {
	case !seen["YYYY"] && !seen["YY"]:
		return l, "YYYY"
	case !seen["MM"] && !seen["M"] && !seen["MMM"] && !seen["MMMM"]:
		return l, "MM"
	case !seen["DD"] && !seen["D"]:
		return l, "DD"
	case seen["h"] && !twelve:
		return l, "AM"
	case seen["hh"] && seen["h"]:
		return l, "h"
	}
	return l, ""
}

var errNoCount = errors.New("no number of a time")

// parse reads a text by the pattern; what has no offset is a local time, given
// as if it were in UTC.
func (l *timeLayout) parse(text string) (at time.Time, err error) {
	if l.count != nil {
		if at, ok := l.count.parse(text); ok {
			return at, nil
		}
		return at, errNoCount
	}
	if l.noon {
		text = noons.Replace(strings.ToUpper(text))
	}
	return time.Parse(l.layout, text)
}

// plainSpaces makes spaces of those that other systems write within times.
var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ")

// noons are other ways to write AM and PM.
var noons = strings.NewReplacer("A.M.", "AM", "P.M.", "PM", "A. M.", "AM", "P. M.", "PM")

// A mappedTimes reads the times of an export.
type mappedTimes struct {
	layouts []timeLayout
	usual   timeReader
}

// read reads a time by the first pattern that fits; column is for messages.
func (t *mappedTimes) read(column, text string, means dateMeans) (time.Time, *refused) {
	if len(t.layouts) == 0 {
		return t.usual.readAs(column, []byte(text), means)
	}
	plain, none := plainSpaces.Replace(text), false
	for i := range t.layouts {
		l := &t.layouts[i]
		parsed, err := l.parse(plain)
		switch {
		case err != nil:
			none = none || outOfRange(err)
			continue
		case l.offset:
			return parsed.UTC(), nil
		}
		date, err := calendar.ParseDate(parsed.Format(time.DateOnly))
		if err != nil {
			break
		}
		if !l.clock && l.count == nil {
			return t.usual.wholeDay(date, means), nil
		}
		tod, err := calendar.ParseTimeOfDay(parsed.Format("15:04:05.999999999"))
		if err != nil {
			break
		}
		return t.usual.resolve(column, text, date, tod)
	}
	if none {
		return time.Time{}, badNamed(column, text, "no-such-time")
	}
	patterns := make([]string, len(t.layouts))
	for i, l := range t.layouts {
		patterns[i] = l.pattern
	}
	return time.Time{}, &refused{sla.RefusedField, []sla.Arg{
		sla.Prose("field", column), sla.Prose("found", clip(text)), sla.Phrase("expected", "expected mapped-time"), sla.List("patterns", patterns),
	}}
}
