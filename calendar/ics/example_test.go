package ics_test

import (
	"fmt"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/ics"
)

func ExampleRead() {
	file := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//town hall//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260714
RRULE:FREQ=YEARLY
SUMMARY:Fête nationale
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	from, _ := calendar.ParseDate("2026-01-01")
	to, _ := calendar.ParseDate("2027-12-31")
	feed, err := ics.Read(strings.NewReader(file), ics.Options{From: from, To: to})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range feed.Holidays("town", "2026-1").Days {
		fmt.Println(d.Date, d.Name)
	}
	// Output:
	// 2026-07-14 Fête nationale
	// 2027-07-14 Fête nationale
}
