package facts

import (
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
	// time of day.
	offset, clock bool
}

// layoutParts are the parts of a pattern, longer ones first, and what package
// time calls them.
var layoutParts = []struct{ part, layout string }{
	{"YYYY", "2006"}, {"YY", "06"}, {"MMMM", "January"}, {"MMM", "Jan"}, {"MM", "01"}, {"M", "1"}, {"DDDD", "Monday"}, {"DDD", "Mon"}, {"DD", "02"}, {"D", "2"},
	{"hh", "15"}, {"mm", "04"}, {"ss", "05"}, {"AM", "PM"}, {"Z", "Z07:00"}, {"+hhmm", "-0700"}, {"h", "3"}, {"T", "T"},
}

// compileLayout reads a pattern; bad is the part that cannot be read.
func compileLayout(pattern string) (l timeLayout, bad string) {
	l.pattern = pattern
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
	l.layout, l.offset, l.clock = b.String(), seen["Z"] || seen["+hhmm"], seen["hh"] || seen["h"]
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
	for _, l := range t.layouts {
		parsed, err := time.Parse(l.layout, text)
		if err != nil {
			continue
		}
		if l.offset {
			return parsed.UTC(), nil
		}
		date, err := calendar.ParseDate(parsed.Format(time.DateOnly))
		if err != nil {
			break
		}
		if !l.clock {
			return t.usual.wholeDay(date, means), nil
		}
		tod, err := calendar.ParseTimeOfDay(parsed.Format("15:04:05.999999999"))
		if err != nil {
			break
		}
		return t.usual.resolve(column, text, date, tod)
	}
	patterns := make([]string, len(t.layouts))
	for i, l := range t.layouts {
		patterns[i] = l.pattern
	}
	return time.Time{}, &refused{sla.RefusedField, []sla.Arg{
		sla.Prose("field", column), sla.Prose("found", clip(text)), sla.Phrase("expected", "expected mapped-time"), sla.List("patterns", patterns),
	}}
}
