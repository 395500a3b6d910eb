package calendar_test

import (
	"fmt"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

func ExampleNewDate() {
	fmt.Println(must(calendar.NewDate(2028, time.February, 29)))
	_, err := calendar.NewDate(2026, time.February, 29)
	fmt.Println(err)
	// Output:
	// 2028-02-29
	// calendar: date 2026-02-29 is out of range
}

func ExampleParseDate() {
	fmt.Println(must(calendar.ParseDate("2026-03-29")).Weekday())
	_, err := calendar.ParseDate("2026-02-31")
	fmt.Println(err)
	// Output:
	// Sunday
	// calendar: date 2026-02-31 is out of range
}

func ExampleDate_AddDays() {
	fmt.Println(must(calendar.ParseDate("2026-02-27")).AddDays(3))
	// Output: 2026-03-02
}

// A month from 31 January exists only by a stated rule.
func ExampleDate_AddMonths() {
	fmt.Println(must(calendar.ParseDate("2026-01-31")).AddMonths(1))
	fmt.Println(must(calendar.ParseDate("2026-01-15")).AddMonths(1))
	// Output:
	// 2026-02-28 false
	// 2026-02-15 true
}

func ExampleDate_DaysSince() {
	fmt.Println(must(calendar.ParseDate("2028-03-01")).DaysSince(must(calendar.ParseDate("2028-02-01"))))
	// Output: 29
}

func ExampleParseMonth() {
	m := must(calendar.ParseMonth("2026-12"))
	fmt.Println(m.First(), m.Last(), m.Next(), m.Add(-12))
	// Output: 2026-12-01 2026-12-31 2027-01 2025-12
}

func ExampleMonth_Add() {
	fmt.Println(must(calendar.ParseMonth("2026-12")).Add(3))
	// Output: 2027-03
}

// 29 February exists in leap years only.
func ExampleParseMonthDay() {
	leap := must(calendar.ParseMonthDay("02-29"))
	fmt.Println(leap.In(2028))
	_, exists := leap.In(2026)
	fmt.Println(exists)
	// Output:
	// 2028-02-29 true
	// false
}

// 24:00 is the end of the day.
func ExampleParseTimeOfDay() {
	fmt.Println(must(calendar.ParseTimeOfDay("08:00")), must(calendar.ParseTimeOfDay("24:00")) == calendar.EndOfDay)
	_, err := calendar.ParseTimeOfDay("25:00")
	fmt.Println(err)
	// Output:
	// 08:00 true
	// calendar: time of day 25:00 is out of range
}

func ExampleParseWeekdays() {
	fmt.Println(must(calendar.ParseWeekdays("Mon,Tue,Wed,Sat-Sun")))
	// Output: Mon-Wed,Sat-Sun
}

func ExampleWeekdaysOf() {
	w := calendar.WeekdaysOf(time.Monday, time.Tuesday)
	fmt.Println(w, w.Has(time.Monday), w.Has(time.Sunday))
	// Output: Mon-Tue true false
}

// Hours that end before they begin end on the next date.
func ExampleHours_Length() {
	night := calendar.Hours{From: must(calendar.ParseTimeOfDay("22:00")), To: must(calendar.ParseTimeOfDay("06:00"))}
	fmt.Println(night.Length())
	// Output: 8h0m0s
}

func ExampleParseInstant() {
	fmt.Println(must(calendar.ParseInstant("2026-05-22T18:30:00+02:00")))
	// Output: 2026-05-22T16:30:00Z
}

func ExampleInstantOf() {
	fmt.Println(must(calendar.InstantOf(time.Date(2026, time.May, 22, 16, 30, 0, 0, time.UTC))))
	// Output: 2026-05-22T16:30:00Z
}

func ExampleInstant_Add() {
	i := must(calendar.ParseInstant("2026-05-22T16:30:00Z"))
	fmt.Println(i.Add(90*time.Minute), i.Add(90*time.Minute).Sub(i))
	// Output: 2026-05-22T18:00:00Z 1h30m0s
}

// A local time is an instant in some zone; one that comes twice is refused
// unless its offset is written.
func ExampleParseMoment() {
	fmt.Println(must(must(calendar.ParseMoment("2026-03-10 09:00")).In(exampleZone())))
	_, err := must(calendar.ParseMoment("2026-10-25 02:30")).In(exampleZone())
	fmt.Println(err)
	fmt.Println(must(must(calendar.ParseMoment("2026-10-25T02:30:00+01:00")).In(exampleZone())))
	// Output:
	// 2026-03-10T08:00:00Z
	// calendar: the clocks show 2026-10-25 02:30 twice in Europe/Paris
	// 2026-10-25T01:30:00Z
}

func ExampleLocalMoment() {
	fmt.Println(calendar.LocalMoment(must(calendar.ParseDate("2026-03-10")), must(calendar.ParseTimeOfDay("09:00"))))
	// Output: 2026-03-10 09:00
}

func ExampleExactLength() {
	fmt.Println(calendar.ExactLength(150*time.Minute), calendar.ExactLength(59700*time.Millisecond))
	// Output: 2 h 30 59.7 s
}

func ExampleNewLength() {
	fmt.Println(calendar.NewLength(3, calendar.BusinessDays), "-", calendar.NewLength(1, calendar.Months).OrLastDay())
	fmt.Println(calendar.NewLength(-1, calendar.MonthBusinessDay))
	// Output:
	// 3 business days - 1 month or the last day of the month
	// the last business day of the month
}

// A zone of package time, under a name of one's own.
func ExampleNewZone() {
	z := calendar.NewZone("UTC+2", time.FixedZone("", 2*60*60))
	fmt.Println(z.Local(must(calendar.ParseInstant("2026-05-22T16:30:00Z"))))
	// Output: 2026-05-22 18:30
}

// The day the clocks go forward has 23 hours.
func ExampleZone_Day() {
	fmt.Println(exampleZone().Day(must(calendar.ParseDate("2026-03-29"))).Length())
	// Output: 23h0m0s
}

// 02:30 is skipped: the first instant after it is 03:00.
func ExampleZone_FirstAtOrAfter() {
	fmt.Println(show(exampleZone().FirstAtOrAfter(must(calendar.ParseDate("2026-03-29")), must(calendar.ParseTimeOfDay("02:30")))))
	// Output: 2026-03-29 03:00
}

func ExampleZone_Local() {
	fmt.Println(exampleZone().Local(must(calendar.ParseInstant("2026-05-22T16:30:00Z"))))
	// Output: 2026-05-22 18:30
}

func ExampleZone_Offset() {
	z := exampleZone()
	fmt.Println(z.Offset(at("2026-01-15", "12:00")), z.Offset(at("2026-07-15", "12:00")))
	// Output: 1h0m0s 2h0m0s
}

// Midnight does not exist on every date of every zone.
func ExampleZone_StartOf() {
	z := must(zones.Load("America/Sao_Paulo"))
	fmt.Println(z.Local(z.StartOf(must(calendar.ParseDate("2018-11-04")))))
	// Output: 2018-11-04 01:00
}

func ExampleInterval_Intersect() {
	both := span("10:00", "12:00").Intersect(span("11:00", "13:00"))
	fmt.Println(show(both.Start), both.Length(), both.Contains(both.End), both.IsEmpty())
	// Output: 2026-06-01 11:00 1h0m0s false false
}

// The end of an interval is not in it.
func ExampleInterval_Contains() {
	v := span("10:00", "12:00")
	fmt.Println(v.Contains(v.Start), v.Contains(v.End))
	// Output: true false
}

func ExampleUnion() {
	showSet(calendar.Union(calendar.NewSet(span("10:00", "11:00")), calendar.NewSet(span("11:00", "11:30")), calendar.NewSet(span("14:00", "15:00"))))
	// Output:
	// 2026-06-01 10:00 to 2026-06-01 11:30
	// 2026-06-01 14:00 to 2026-06-01 15:00
}

// The instant at which the measure of the set reaches 45 minutes.
func ExampleSet_Nth() {
	s := calendar.NewSet(span("10:00", "10:30"), span("11:00", "12:00"))
	moment, ok := s.Nth(at("2026-06-01", "09:00"), 45*time.Minute)
	fmt.Println(show(moment), ok)
	// Output: 2026-06-01 11:15 true
}

func ExampleSet_Measure() {
	s := calendar.NewSet(span("10:00", "10:30"), span("10:15", "12:00"))
	fmt.Println(s.Len(), s.Measure(), s.Bounds().Length())
	// Output: 1 2h0m0s 2h0m0s
}

func ExampleSet_Within() {
	showSet(calendar.NewSet(span("10:00", "12:00"), span("14:00", "15:00")).Within(span("11:00", "14:30")))
	// Output:
	// 2026-06-01 11:00 to 2026-06-01 12:00
	// 2026-06-01 14:00 to 2026-06-01 14:30
}

func ExampleSet_All() {
	for v := range calendar.NewSet(span("11:00", "12:00"), span("08:00", "09:00")).All() {
		fmt.Println(show(v.Start), v.Length())
	}
	// Output:
	// 2026-06-01 08:00 1h0m0s
	// 2026-06-01 11:00 1h0m0s
}

func ExampleSet_Equal() {
	fmt.Println(calendar.NewSet(span("10:00", "12:00")).Equal(calendar.NewSet(span("11:00", "12:00"), span("10:00", "11:00"))))
	// Output: true
}

func ExampleHolidaySet_Between() {
	for _, h := range must(must(holidays.Load("FR")).Between(must(calendar.ParseDate("2026-05-01")), must(calendar.ParseDate("2026-05-14")))) {
		fmt.Println(h.Date, h.Name)
	}
	// Output:
	// 2026-05-01 Fête du Travail / Labour Day
	// 2026-05-08 Victoire 1945 / Victory Day
	// 2026-05-14 Ascension / Ascension Day
}

// A table says nothing about dates that it does not cover.
func ExampleHolidaySet_Covers() {
	set := must(holidays.Load("FR"))
	fmt.Println(set.Covers(must(calendar.ParseDate("2026-05-01"))), set.Covers(must(calendar.ParseDate("2060-05-01"))))
	// Output: true false
}

func ExampleHolidaySet_On() {
	days, err := must(holidays.Load("FR")).On(must(calendar.ParseDate("2026-05-25")))
	fmt.Println(days, err)
	_, err = must(holidays.Load("FR")).On(must(calendar.ParseDate("2060-05-25")))
	fmt.Println(err)
	// Output:
	// [{2026-05-25 Lundi de Pentecôte / Whit Monday}] <nil>
	// calendar: holidays "public-holidays FR" cover 1990-01-01 to 2040-12-31, not 2060-05-25
}
