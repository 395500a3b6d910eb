package calendar

import "time"

// A Remark is something about a definition that is allowed and likely not
// meant.
type Remark struct {
	// Code is what was noticed.
	Code RemarkCode `json:"code"`
	// Part is "open" or "closed", and Line the index of the line.
	Part string `json:"part"`
	Line int    `json:"line"`
	// Hours are the hours in question.
	Hours Hours `json:"hours"`
	// Other are, for overlapping hours, those they overlap with, and OtherLine
	// the index of their line.
	Other     *Hours `json:"other,omitempty"`
	OtherLine int    `json:"otherLine,omitempty"`
}

// A RemarkCode says what a [Remark] is about.
type RemarkCode string

// What is remarked.
const (
	// MinuteHole is hours that end at 23:59, or a second before midnight,
	// where 24:00 was meant: the rest of the day is closed.
	MinuteHole RemarkCode = "minute-hole"
	// HoursOverlap is hours of the same days that overlap; they are open once.
	HoursOverlap RemarkCode = "hours-overlap"
	// HoursEmpty is hours that end when they begin.
	HoursEmpty RemarkCode = "hours-empty"
)

// Remarks returns what is remarkable about the hours of a definition, in the
// order of its lines. Openings overlap only where both can be in effect on
// the same day of the week, in dates and seasons that meet.
func Remarks(def Definition) []Remark {
	var out []Remark
	for i, o := range def.Open {
		out = appendHourRemarks(out, "open", i, o.Hours)
		for j, h := range o.Hours {
			out = appendOverlaps(out, def.Open[:i+1], i, j, h)
		}
	}
	for i, c := range def.Closed {
		out = appendHourRemarks(out, "closed", i, c.Hours)
	}
	return out
}

func appendHourRemarks(out []Remark, part string, line int, hours []Hours) []Remark {
	for _, h := range hours {
		switch {
		case h.From == h.To:
			out = append(out, Remark{Code: HoursEmpty, Part: part, Line: line, Hours: h})
		case h.To >= EndOfDay-TimeOfDay(time.Minute) && h.To < EndOfDay:
			out = append(out, Remark{Code: MinuteHole, Part: part, Line: line, Hours: h})
		}
	}
	return out
}

// appendOverlaps compares hours with those of the lines before them, and of
// their own line.
func appendOverlaps(out []Remark, lines []Opening, line, index int, h Hours) []Remark {
	for i, other := range lines {
		before := other.Hours
		if i == line {
			before = before[:index]
		}
		if i != line && (other.Days&lines[line].Days == 0 || !meetInTime(&other, &lines[line])) {
			continue
		}
		for _, o := range before {
			if overlap(o, h) {
				out = append(out, Remark{Code: HoursOverlap, Part: "open", Line: line, Hours: h, Other: &o, OtherLine: i})
			}
		}
	}
	return out
}

// meetInTime says whether two lines are in effect on a date that both have.
func meetInTime(a, b *Opening) bool {
	common := inEffect(a).and(inEffect(b))
	return !common.IsEmpty()
}

// inEffect are the dates on which a line is in effect.
func inEffect(o *Opening) dateSet {
	dates := dateRange(o.From, o.To)
	if o.Season != nil {
		dates = dates.and(everyYear(o.Season.From, o.Season.To))
	}
	return dates
}

// overlap compares hours of the same date.
func overlap(a, b Hours) bool {
	x, y := spansOf([]Hours{a}), spansOf([]Hours{b})
	return len(x) > 0 && len(y) > 0 && x[0].from < y[0].to && y[0].from < x[0].to
}
