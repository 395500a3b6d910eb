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
	// HoursOverlap is hours that overlap, of the same days or of a shift over
	// midnight and the next day; they are open once.
	HoursOverlap RemarkCode = "hours-overlap"
	// HoursOvernight is hours that end before they begin, and so last over
	// midnight for more than 16 hours: the two times may be exchanged.
	HoursOvernight RemarkCode = "hours-overnight"
	// HoursEmpty is hours that end when they begin.
	HoursEmpty RemarkCode = "hours-empty"
)

// Remarks returns what is remarkable about the hours of a definition, in the
// order of its lines. Openings overlap only where both can be in effect on
// the same day of the week, or on days that follow each other where one goes
// over midnight, in dates and seasons that meet.
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

// longestNight is how long a shift over midnight is at the most; one from
// closing time to the next opening is 16 hours.
const longestNight = 16 * time.Hour

func appendHourRemarks(out []Remark, part string, line int, hours []Hours) []Remark {
	for _, h := range hours {
		switch {
		case h.From == h.To:
			out = append(out, Remark{Code: HoursEmpty, Part: part, Line: line, Hours: h})
		case h.To >= EndOfDay-TimeOfDay(time.Minute) && h.To < EndOfDay:
			out = append(out, Remark{Code: MinuteHole, Part: part, Line: line, Hours: h})
		case h.To < h.From && h.Length() > longestNight:
			out = append(out, Remark{Code: HoursOvernight, Part: part, Line: line, Hours: h})
		}
	}
	return out
}

// appendOverlaps compares hours with those of the lines before them, and of
// their own line.
func appendOverlaps(out []Remark, lines []Opening, line, index int, h Hours) []Remark {
	days := lines[line].Days
	for i, other := range lines {
		before := other.Hours
		if i == line {
			before = before[:index]
		} else if !meetInTime(&other, &lines[line]) {
			continue
		}
		sameDay := i == line || other.Days&days != 0
		for _, o := range before {
			if sameDay && overlap(o, h) || other.Days.after()&days != 0 && reaches(o, h) || days.after()&other.Days != 0 && reaches(h, o) {
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

// reaches reports whether hours go over midnight into hours of the next date.
func reaches(a, b Hours) bool { return a.To < a.From && b.From < a.To && b.From != b.To }
