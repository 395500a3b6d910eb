package calendar_test

import (
	"fmt"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// span is a stretch of an example's day in Paris.
func span(from, to string) calendar.Interval {
	return calendar.Interval{Start: at("2026-06-01", from), End: at("2026-06-01", to)}
}

func showSet(s calendar.Set) {
	for v := range s.All() {
		fmt.Println(show(v.Start), "to", show(v.End))
	}
}

// A shared stretch counts once.
func ExampleSet_Union() {
	showSet(calendar.NewSet(span("10:00", "11:00")).Union(calendar.NewSet(span("10:30", "12:00"))))
	// Output: 2026-06-01 10:00 to 2026-06-01 12:00
}

func ExampleSet_Intersect() {
	showSet(calendar.NewSet(span("10:00", "11:00")).Intersect(calendar.NewSet(span("10:30", "12:00"))))
	// Output: 2026-06-01 10:30 to 2026-06-01 11:00
}

func ExampleSet_Minus() {
	showSet(calendar.NewSet(span("10:00", "12:00")).Minus(calendar.NewSet(span("10:30", "11:00"))))
	// Output:
	// 2026-06-01 10:00 to 2026-06-01 10:30
	// 2026-06-01 11:00 to 2026-06-01 12:00
}

func ExampleSet_Complement() {
	showSet(calendar.NewSet(span("10:30", "11:00")).Complement(span("10:00", "12:00")))
	// Output:
	// 2026-06-01 10:00 to 2026-06-01 10:30
	// 2026-06-01 11:00 to 2026-06-01 12:00
}

// The end of an interval is not in it.
func ExampleSet_Contains() {
	s := calendar.NewSet(span("10:00", "11:00"))
	fmt.Println(s.Contains(at("2026-06-01", "10:00")), s.Contains(at("2026-06-01", "11:00")))
	// Output: true false
}

func ExampleSet_NthBack() {
	s := calendar.NewSet(span("10:00", "10:30"), span("11:00", "12:00"))
	moment, ok := s.NthBack(at("2026-06-01", "12:00"), 75*time.Minute)
	fmt.Println(show(moment), ok)
	_, ok = s.NthBack(at("2026-06-01", "12:00"), 2*time.Hour)
	fmt.Println(ok)
	// Output:
	// 2026-06-01 10:15 true
	// false
}

// A target reached at closing time is due then; the latest instant with as
// much open time is the next opening.
func ExampleCalendar_AddLatest() {
	c := exampleCalendar()
	fmt.Println(show(must(c.Add(at("2026-05-22", "18:30"), 30*time.Minute))))
	fmt.Println(show(must(c.AddLatest(at("2026-05-22", "18:30"), 30*time.Minute))))
	// Output:
	// 2026-05-22 19:00
	// 2026-05-26 08:00
}

func ExampleCalendar_PrevClosing() {
	closing, ok := exampleCalendar().PrevClosing(at("2026-05-25", "12:00"))
	fmt.Println(show(closing), ok)
	// Output: 2026-05-22 19:00 true
}

// From the first, or with a negative number from the last.
func ExampleCalendar_NthBusinessDay() {
	c := exampleCalendar()
	may := must(calendar.ParseMonth("2026-05"))
	fmt.Println(must(c.NthBusinessDay(may, 1)), must(c.NthBusinessDay(may, 5)), must(c.NthBusinessDay(may, -1)))
	// Output: 2026-05-04 2026-05-11 2026-05-29
}

func ExampleCalendar_Contains() {
	c := exampleCalendar()
	fmt.Println(c.Contains(at("2026-05-22", "18:59")), c.Contains(at("2026-05-22", "19:00")))
	// Output: true false
}

// A month after the 31st of January is no date, unless one says which.
func ExampleDate_Add() {
	d := must(calendar.ParseDate("2026-01-31"))
	month := must(calendar.ParseLength("1 month"))
	_, err := d.Add(month)
	fmt.Println(err)
	fmt.Println(must(d.Add(month.OrLastDay())))
	// Output:
	// calendar: 1 month after 2026-01-31 is no date
	// 2026-02-28
}

// A list of single dates covers their years and says nothing of others.
func ExampleHolidayDefinition_Bind() {
	day := must(calendar.ParseDate("2026-08-14"))
	list := calendar.HolidayDefinition{Name: "city", Edition: "1", Days: []calendar.Holiday{{Date: day, Name: "Bridge day"}}}
	set := must(list.Bind(calendar.Environment{}))
	found := must(set.On(day))
	fmt.Println(found[0].Name, set.From, set.To)
	_, err := set.On(must(calendar.ParseDate("2027-01-01")))
	fmt.Println(err)
	// Output:
	// Bridge day 2026-01-01 2026-12-31
	// calendar: holidays "city" cover 2026-01-01 to 2026-12-31, not 2027-01-01
}
