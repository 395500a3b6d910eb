package calendar_test

import (
	"fmt"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// must keeps the examples short; a program handles its errors.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// at is a local time in Paris.
func at(date, clock string) calendar.Instant {
	first, _, _ := exampleZone().Resolve(must(calendar.ParseDate(date)), must(calendar.ParseTimeOfDay(clock)))
	return first
}

func exampleZone() *calendar.Zone { return must(zones.Load("Europe/Paris")) }

// show writes an instant as the wall in Paris shows it.
func show(i calendar.Instant) string {
	d, tod := exampleZone().Local(i)
	return d.String() + " " + tod.String()
}

func exampleCalendar() *calendar.Calendar {
	return must(calendar.Compile(calendar.Definition{
		Name: "support-hours",
		Zone: "Europe/Paris",
		Open: []calendar.Opening{{
			Days:  must(calendar.ParseWeekdays("Mon-Fri")),
			Hours: []calendar.Hours{{From: must(calendar.ParseTimeOfDay("08:00")), To: must(calendar.ParseTimeOfDay("19:00"))}},
		}},
		Closed:      []calendar.Closing{{Holidays: []string{"public-holidays FR"}}},
		BusinessDay: &calendar.BusinessDayRule{LateReceipt: calendar.KeepsItsDate, Due: calendar.AtClosing},
	}, nil, calendar.Environment{Zone: zones.Load, Holidays: holidays.Load}))
}

// Opening hours, without the holidays of France.
func ExampleCompile() {
	c := exampleCalendar()
	fmt.Println(c.Contains(at("2026-05-22", "18:30")), c.Contains(at("2026-05-25", "10:00")))
	for _, e := range c.Editions() {
		fmt.Println(e.Kind, e.Name, e.Edition)
	}
	// Output:
	// true false
	// holidays public-holidays FR 2026.1
	// zone Europe/Paris 2025c
}

// A calendar that is never open is an error, and so is every name that names
// nothing.
func ExampleCompile_errors() {
	_, err := calendar.Compile(calendar.Definition{Name: "empty", Open: []calendar.Opening{{
		Days: calendar.EveryDay, Hours: []calendar.Hours{{From: 0, To: 0}},
	}}}, nil, calendar.Environment{})
	fmt.Println(err)
	_, err = calendar.Compile(calendar.Definition{Name: "x", Zone: "Europe/Pariss", Always: true}, nil, calendar.Environment{Zone: zones.Load})
	fmt.Println(err, err.(*calendar.UnknownError).Nearest)
	// Output:
	// calendar "empty" is never open
	// calendar: unknown zone "Europe/Pariss" [Europe/Paris]
}

// Hours of several calendars, each in its own zone.
func ExampleCompileAll() {
	office := func(name, zone string) calendar.Definition {
		nine, five := calendar.TimeOfDay(9*time.Hour), calendar.TimeOfDay(17*time.Hour)
		return calendar.Definition{Name: name, Zone: zone, Open: []calendar.Opening{{
			Days: must(calendar.ParseWeekdays("Mon-Fri")), Hours: []calendar.Hours{{From: nine, To: five}},
		}}}
	}
	cals, failed := calendar.CompileAll([]calendar.Definition{
		{Name: "business", Combine: &calendar.Combination{Of: []string{"london", "new-york"}}},
		office("london", "Europe/London"),
		office("new-york", "America/New_York"),
	}, nil, calendar.Environment{Zone: zones.Load})
	fmt.Println(len(failed))
	for v := range cals["business"].Open(calendar.Interval{Start: must(calendar.ParseInstant("2026-06-01T00:00:00Z")), End: must(calendar.ParseInstant("2026-06-02T00:00:00Z"))}).All() {
		fmt.Println(v.Start, v.End)
	}
	// Output:
	// 0
	// 2026-06-01T08:00:00Z 2026-06-01T21:00:00Z
}

// Friday evening plus four hours is Tuesday: Whit Monday is a holiday.
func ExampleCalendar_Add() {
	due := must(exampleCalendar().Add(at("2026-05-22", "18:30"), 4*time.Hour))
	fmt.Println(show(due))
	// Output: 2026-05-26 11:30
}

// The night the clocks go forward has 23 hours.
func ExampleCalendar_Between() {
	c := must(calendar.Compile(calendar.Definition{Name: "always", Always: true}, exampleZone(), calendar.Environment{}))
	fmt.Println(c.Between(at("2026-03-28", "12:00"), at("2026-03-29", "12:00")))
	fmt.Println(exampleCalendar().Between(at("2026-05-22", "00:00"), at("2026-05-27", "00:00")))
	// Output:
	// 23h0m0s
	// 22h0m0s
}

func ExampleCalendar_NextOpening() {
	c := exampleCalendar()
	opening, _ := c.NextOpening(at("2026-05-23", "10:00"))
	closing, _ := c.NextClosing(at("2026-05-23", "10:00"))
	fmt.Println(show(opening), show(closing))
	// Output: 2026-05-26 08:00 2026-05-26 19:00
}

func ExampleCalendar_BusinessDays() {
	c := exampleCalendar()
	fmt.Println(show(must(c.BusinessDays(at("2026-05-22", "18:30"), 3))))
	fmt.Println(must(c.NthBusinessDay(must(calendar.ParseMonth("2026-05")), 1)))
	// Output:
	// 2026-05-28 19:00
	// 2026-05-04
}

func ExampleCalendar_Hours() {
	c := exampleCalendar()
	for _, v := range c.Hours(must(calendar.ParseDate("2026-05-26"))) {
		fmt.Println(show(v.Start), show(v.End))
	}
	fmt.Println(c.OpenDate(must(calendar.ParseDate("2026-05-25"))))
	// Output:
	// 2026-05-26 08:00 2026-05-26 19:00
	// false
}

// A list of holidays says nothing about the years it does not have.
func ExampleCalendar_Check() {
	c := exampleCalendar()
	fmt.Println(c.Check(calendar.Interval{Start: at("2040-01-01", "00:00"), End: at("2042-01-01", "00:00")}))
	// Output: calendar: holidays "public-holidays FR" cover 1990-01-01 to 2040-12-31, not 2041-01-01
}

// 7 days are dates and not 168 hours; a month from 31 January is refused
// unless it says how.
func ExampleDue() {
	c := exampleCalendar()
	for _, s := range []string{"4 h", "7 days", "3 business days", "1 month or the last day of the month", "1 month"} {
		due, err := calendar.Due(at("2026-01-31", "10:00"), must(calendar.ParseLength(s)), exampleZone(), c, c)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(show(due))
	}
	// Output:
	// 2026-02-02 12:00
	// 2026-02-08 00:00
	// 2026-02-04 19:00
	// 2026-03-01 00:00
	// calendar: 1 month after 2026-01-31 is no date
}

// While a pause is open the time left is known, and the due time is not.
func ExampleClock() {
	since := at("2026-03-10", "10:00")
	k := must(calendar.NewClock(exampleCalendar(), at("2026-03-10", "09:05"), calendar.Pause{Since: &since}))
	target := calendar.ExactTarget(3 * time.Hour)
	left := must(k.Remaining(target, at("2026-03-10", "10:30")))
	_, known, _ := k.Due(target)
	fmt.Println(calendar.ExactLength(left), "left, due known:", known)

	resumed := must(k.ResumedAt(at("2026-03-10", "11:00")))
	due, _, _ := resumed.Due(target)
	fmt.Println("due", show(due), "if it goes on at 11:00")
	// Output:
	// 2 h 05 left, due known: false
	// due 2026-03-10 13:05 if it goes on at 11:00
}

// A deadline in business days moves by the open time of pauses, and not by
// whole days.
func ExampleClock_Target() {
	c := exampleCalendar()
	wait := calendar.NewSet(calendar.Interval{Start: at("2026-06-02", "10:00"), End: at("2026-06-02", "14:00")})
	k := must(calendar.NewClock(c, at("2026-06-01", "10:00"), calendar.Pause{Times: wait}))
	target := must(k.Target(must(calendar.ParseLength("3 business days")), nil, c))
	due, _, _ := k.Due(target)
	fmt.Println(calendar.ExactLength(target.Time), "to", show(*target.Unpaused)+", due", show(due))
	// Output: 42 h to 2026-06-04 19:00, due 2026-06-05 12:00
}

func ExampleClock_History() {
	night := calendar.NewSet(calendar.Interval{Start: at("2026-06-15", "17:30"), End: at("2026-06-16", "10:00")})
	k := must(calendar.NewClock(exampleCalendar(), at("2026-06-15", "15:00"), calendar.Pause{Times: night}))
	for s := range k.History(at("2026-06-16", "11:00")) {
		fmt.Println(show(s.Start), s.State, calendar.ExactLength(s.Elapsed))
	}
	// Output:
	// 2026-06-15 15:00 runs 2 h 30
	// 2026-06-15 17:30 paused 2 h 30
	// 2026-06-15 19:00 closed 2 h 30
	// 2026-06-16 08:00 paused 2 h 30
	// 2026-06-16 10:00 runs 3 h 30
}

// Raised from three business days to three hours: from receipt, and not late
// before the change.
func ExampleCourse() {
	c := exampleCalendar()
	course := must(calendar.NewCourse(calendar.FromReceipt, at("2026-03-10", "09:00"), []calendar.Terms{
		{Calendar: c, Target: calendar.NewLength(3, calendar.BusinessDays), Business: c},
		{Since: at("2026-03-10", "11:00"), Calendar: c, Target: calendar.ExactLength(3 * time.Hour)},
	}))
	due, known, _ := course.Due()
	fmt.Println(show(due), known)
	// Output: 2026-03-10 12:00 true
}

// A local time has no instant, one, or two.
func ExampleZone_Resolve() {
	z := exampleZone()
	for _, day := range []string{"2026-03-29", "2026-06-01", "2026-10-25"} {
		first, second, n := z.Resolve(must(calendar.ParseDate(day)), must(calendar.ParseTimeOfDay("02:30")))
		switch n {
		case 0:
			fmt.Println(day, "never")
		case 1:
			fmt.Println(day, first)
		case 2:
			fmt.Println(day, first, "and", second)
		}
	}
	// Output:
	// 2026-03-29 never
	// 2026-06-01 2026-06-01T00:30:00Z
	// 2026-10-25 2026-10-25T00:30:00Z and 2026-10-25T01:30:00Z
}

// Two outages that overlap are one hour of downtime.
func ExampleNewSet() {
	down := calendar.NewSet(
		calendar.Interval{Start: at("2026-06-01", "10:00"), End: at("2026-06-01", "10:40")},
		calendar.Interval{Start: at("2026-06-01", "10:20"), End: at("2026-06-01", "11:00")},
	)
	maintenance := calendar.NewSet(calendar.Interval{Start: at("2026-06-01", "10:50"), End: at("2026-06-01", "12:00")})
	fmt.Println(down.Measure(), down.Minus(maintenance).Measure())
	moment, _ := down.Nth(at("2026-06-01", "00:00"), 30*time.Minute)
	fmt.Println(show(moment))
	// Output:
	// 1h0m0s 50m0s
	// 2026-06-01 10:30
}

func ExampleBuilder() {
	var b calendar.Builder
	for _, hour := range []string{"12:00", "10:00", "11:00"} { // in any order
		start := at("2026-06-01", hour)
		b.Add(calendar.Interval{Start: start, End: start.Add(time.Hour)})
	}
	s := b.Set()
	fmt.Println(s.Len(), s.Measure())
	// Output: 1 3h0m0s
}

func ExampleParseLength() {
	for _, s := range []string{"2 h 30 min", "90 min", "59.7 s", "1 business day"} {
		l := must(calendar.ParseLength(s))
		fmt.Println(l, "|", l.Unit())
	}
	// Output:
	// 2 h 30 | exact time
	// 1 h 30 | exact time
	// 59.7 s | exact time
	// 1 business day | business days
}

func ExampleRemarks() {
	for _, r := range calendar.Remarks(calendar.Definition{Open: []calendar.Opening{{
		Days: calendar.EveryDay, Hours: []calendar.Hours{{From: 0, To: must(calendar.ParseTimeOfDay("23:59"))}},
	}}}) {
		fmt.Println(r.Code, r.Hours.To)
	}
	// Output: minute-hole 23:59
}
