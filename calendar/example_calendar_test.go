package calendar_test

import (
	"fmt"

	"github.com/sla-lang/sla/calendar"
)

// The rule in force is the one written, or the edition's.
func ExampleCalendar_BusinessDay() {
	r := exampleCalendar().BusinessDay()
	fmt.Println(r.CountReceipt, r.LateReceipt, r.Due)
	// Output: false keeps its date closing time
}

// An event of which only the date is known.
func ExampleCalendar_BusinessDaysAfter() {
	fmt.Println(show(must(exampleCalendar().BusinessDaysAfter(must(calendar.ParseDate("2026-05-22")), 1))))
	// Output: 2026-05-26 19:00
}

// A receipt names the data that answers depend on.
func ExampleCalendar_Editions() {
	for _, e := range exampleCalendar().Editions() {
		fmt.Println(e.Kind, e.Name)
	}
	// Output:
	// holidays public-holidays FR
	// zone Europe/Paris
}

func ExampleCalendar_Holidays() {
	for _, h := range exampleCalendar().Holidays(must(calendar.ParseDate("2026-05-25"))) {
		fmt.Println(h.Date, h.Name)
	}
	// Output: 2026-05-25 Lundi de Pentecôte / Whit Monday
}

// Friday's closing time; of a closed instant, that of the next opening.
func ExampleCalendar_NextClosing() {
	c := exampleCalendar()
	friday, _ := c.NextClosing(at("2026-05-22", "18:30"))
	saturday, _ := c.NextClosing(at("2026-05-23", "10:00"))
	fmt.Println(show(friday), show(saturday))
	// Output: 2026-05-22 19:00 2026-05-26 19:00
}

// The open time of a long weekend.
func ExampleCalendar_Open() {
	showSet(exampleCalendar().Open(calendar.Interval{Start: at("2026-05-22", "18:30"), End: at("2026-05-26", "11:30")}))
	// Output:
	// 2026-05-22 18:30 to 2026-05-22 19:00
	// 2026-05-26 08:00 to 2026-05-26 11:30
}

func ExampleCalendar_OpenDate() {
	c := exampleCalendar()
	fmt.Println(c.OpenDate(must(calendar.ParseDate("2026-05-22"))), c.OpenDate(must(calendar.ParseDate("2026-05-25"))))
	// Output: true false
}

func ExampleCalendar_OpenDates() {
	fmt.Println(exampleCalendar().OpenDates(must(calendar.ParseDate("2026-05-22")), must(calendar.ParseDate("2026-05-27"))))
	// Output: [2026-05-22 2026-05-26 2026-05-27]
}

// When the shift opened that was the last to be open.
func ExampleCalendar_PrevOpening() {
	opening, _ := exampleCalendar().PrevOpening(at("2026-05-25", "10:00"))
	fmt.Println(show(opening))
	// Output: 2026-05-22 08:00
}

func ExampleDefaultBusinessDay() {
	fmt.Println(calendar.DefaultBusinessDay(calendar.Definition{}).Due)
	fmt.Println(calendar.DefaultBusinessDay(calendar.Definition{Always: true}).Due)
	// Output:
	// closing time
	// the end of the day
}

// Seven days from a date end with the seventh after it; the 5th business day
// of a month is the next one.
func ExampleDueFromDate() {
	c, d := exampleCalendar(), must(calendar.ParseDate("2026-04-30"))
	fmt.Println(show(must(calendar.DueFromDate(d, must(calendar.ParseLength("7 days")), exampleZone(), nil, nil))))
	fmt.Println(show(must(calendar.DueFromDate(d, must(calendar.ParseLength("the 5th business day of the month")), nil, nil, c))))
	// Output:
	// 2026-05-08 00:00
	// 2026-05-11 19:00
}

func ExampleFaults() {
	for _, f := range calendar.Faults(calendar.Definition{Name: "desk", Open: []calendar.Opening{{Days: calendar.EveryDay}}}) {
		fmt.Println(f)
	}
	// Output: calendar "desk": open line 1: no hours
}
