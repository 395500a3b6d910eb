package calendar_test

import (
	"fmt"
	"time"

	"github.com/sla-lang/sla/calendar"
)

func ExampleRecurrence_Dates() {
	last := calendar.Recurrence{Days: calendar.WeekdaysOf(time.Friday), Nth: -1, Of: calendar.OfQuarter}
	fmt.Println(last)
	fmt.Println(last.Dates(must(calendar.ParseDate("2026-01-01")), must(calendar.ParseDate("2027-01-01")), nil))
	// Output:
	// every last Fri of the quarter
	// [2026-03-27 2026-06-26 2026-09-25 2026-12-25] <nil>
}

func ExampleRecurrence_Check() {
	fmt.Println(calendar.Recurrence{Nth: 31}.Check())
	fmt.Println(calendar.Recurrence{Nth: 32}.Check() != nil)
	// Output:
	// <nil>
	// true
}

func ExampleRecurrence_Weekly() {
	sunday := calendar.WeekdaysOf(time.Sunday)
	fmt.Println(calendar.Recurrence{Days: sunday}.Weekly(), calendar.Recurrence{Days: sunday, Nth: 2}.Weekly())
	// Output:
	// true false
}

func ExampleTimetable_Instants() {
	nightly := calendar.Timetable{Recurrence: calendar.Recurrence{Days: calendar.EveryDay}, At: []calendar.TimeOfDay{must(calendar.ParseTimeOfDay("02:30"))}}
	paris := exampleCalendar().Zone()
	weekend := calendar.Interval{Start: paris.StartOf(must(calendar.ParseDate("2026-03-28"))), End: paris.StartOf(must(calendar.ParseDate("2026-03-30")))}
	for _, at := range must(nightly.Instants(weekend, paris, nil)) {
		date, clock := paris.Local(at)
		fmt.Println(date, clock) // at 02:00 the clocks go forward
	}
	// Output:
	// 2026-03-28 02:30
	// 2026-03-29 03:00
}

func ExampleTimetable_Check() {
	every := func(d time.Duration) calendar.Timetable {
		step := calendar.ExactLength(d)
		return calendar.Timetable{Every: &step}
	}
	fmt.Println(every(6*time.Hour).Check(), every(7*time.Hour).Check() != nil)
	// Output:
	// <nil> true
}
