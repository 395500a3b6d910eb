package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	. "github.com/sla-lang/sla/calendar"
)

func TestRemarks(t *testing.T) {
	day := dateOf(t, "2026-12-24")
	def := Definition{Name: "x", Open: []Opening{
		openDays(t, "Mon-Fri", "00:00-23:59"),
		openDays(t, "Sat", "08:00-12:00", "11:00-14:00", "14:00-15:00"),
		openDays(t, "Fri-Sat", "22:00-06:00"),
		openDays(t, "Sun", "09:00-09:00"),
		{On: &day, Hours: hours(t, "08:00-12:00")},
	}, Closed: []Closing{{On: &day, Hours: hours(t, "14:00-23:59")}}}
	var got []string
	for _, r := range Remarks(def) {
		s := string(r.Code) + " " + r.Part + " " + r.Hours.From.String()
		if r.Other != nil {
			s += " with " + r.Other.From.String()
		}
		got = append(got, s)
	}
	assert.Equal(t, []string{
		"minute-hole open 00:00", "hours-overlap open 11:00 with 08:00", "hours-overlap open 22:00 with 00:00",
		"hours-empty open 09:00", "minute-hole closed 14:00",
	}, got)
}

// Hours that go over midnight may run into those of the next day, and those
// that do so for most of a day are probably written the wrong way round.
func TestRemarksOverMidnight(t *testing.T) {
	for _, c := range []struct {
		lines []Opening
		want  int
	}{
		{[]Opening{openDays(t, "Mon-Fri", "08:00-12:00", "22:00-08:00")}, 0},
		{[]Opening{openDays(t, "Mon-Fri", "08:00-12:00", "22:00-08:30")}, 1},
		{[]Opening{openDays(t, "Mon-Fri", "22:00-08:30", "08:00-12:00")}, 1},
		{[]Opening{openDays(t, "Sat", "22:00-08:30"), openDays(t, "Sun", "08:00-12:00")}, 1},
		{[]Opening{openDays(t, "Sun", "08:00-12:00"), openDays(t, "Sat", "22:00-08:30")}, 1},
		{[]Opening{openDays(t, "Sun", "22:00-08:30"), openDays(t, "Sat", "08:00-12:00")}, 0},
		{[]Opening{openDays(t, "Mon", "22:00-08:30", "08:00-12:00")}, 0},
	} {
		got := Remarks(Definition{Name: "x", Open: c.lines})
		assert.Len(t, got, c.want, "%v", c.lines)
	}
	long := Remarks(Definition{Name: "x", Open: []Opening{openDays(t, "Mon", "17:00-09:00", "17:00-09:01")}})
	assert.Equal(t, HoursOvernight, long[0].Code)
	assert.Equal(t, 16*hour+time.Minute, long[0].Hours.Length())
}

// Editions of the hours, one after the other, do not overlap.
func TestRemarksOfEditions(t *testing.T) {
	before, after := dateOf(t, "2026-06-30"), dateOf(t, "2026-07-01")
	winter := openDays(t, "Mon-Fri", "08:00-18:00")
	summer := openDays(t, "Mon-Fri", "07:00-15:00")
	winter.To, summer.From = &before, &after
	assert.Empty(t, Remarks(Definition{Name: "x", Open: []Opening{winter, summer}}))
	winter.To, summer.From = nil, nil
	assert.Len(t, Remarks(Definition{Name: "x", Open: []Opening{winter, summer}}), 1)
	winter.Season = &Season{From: MonthDay{Month: 9, Day: 1}, To: MonthDay{Month: 6, Day: 30}}
	summer.Season = &Season{From: MonthDay{Month: 7, Day: 1}, To: MonthDay{Month: 8, Day: 31}}
	assert.Empty(t, Remarks(Definition{Name: "x", Open: []Opening{winter, summer}}))
	summer.Season.To.Month = 10
	assert.Len(t, Remarks(Definition{Name: "x", Open: []Opening{winter, summer}}), 1)
}
