package calendar_test

import (
	"fmt"
	"time"

	"github.com/sla-lang/sla/calendar"
)

// exampleClock is a ticket of Friday at 18:30, for which the customer was waited
// for from 09:00 to 10:00 on Tuesday.
func exampleClock() *calendar.Clock {
	wait := calendar.Interval{Start: at("2026-05-26", "09:00"), End: at("2026-05-26", "10:00")}
	return must(calendar.NewClock(exampleCalendar(), at("2026-05-22", "18:30"), calendar.Pause{Times: calendar.NewSet(wait)}))
}

// exampleCourse is a promise of four hours from 08:00, changed to two hours at
// 10:00.
func exampleCourse() *calendar.Course {
	c := exampleCalendar()
	return must(calendar.NewCourse(calendar.FromReceipt, at("2026-06-01", "08:00"), []calendar.Terms{
		{Calendar: c, Target: calendar.ExactLength(4 * time.Hour)},
		{Since: at("2026-06-01", "10:00"), Calendar: c, Target: calendar.ExactLength(2 * time.Hour)},
	}))
}

// A ticket of Friday evening, with a wait of an hour on Tuesday.
func ExampleNewClock() {
	k := exampleClock()
	fmt.Println(show(k.Start()), must(k.Elapsed(at("2026-05-26", "12:00"))))
	// Output: 2026-05-22 18:30 3h30m0s
}

// A wait moves the deadline; while it lasts, the deadline is not known.
func ExampleClock_Due() {
	k := exampleClock()
	due, known, _ := k.Due(calendar.ExactTarget(4 * time.Hour))
	fmt.Println(show(due), known)
	since := at("2026-05-26", "12:00")
	waiting := must(k.WithPause(calendar.Pause{Since: &since}))
	_, known, _ = waiting.Due(calendar.ExactTarget(4 * time.Hour))
	fmt.Println(known)
	// Output:
	// 2026-05-26 12:30 true
	// false
}

// A wait without an end whose limit of two hours is used up does not matter
// any more.
func ExampleClock_DueAsOf() {
	since, most := at("2026-05-26", "09:00"), 2*time.Hour
	k := must(calendar.NewClock(exampleCalendar(), at("2026-05-26", "08:00"), calendar.Pause{Since: &since, AtMost: &most}))
	_, known, _ := k.DueAsOf(calendar.ExactTarget(4*time.Hour), at("2026-05-26", "10:00"))
	fmt.Println(known)
	due, known, _ := k.DueAsOf(calendar.ExactTarget(4*time.Hour), at("2026-05-26", "12:00"))
	fmt.Println(show(due), known)
	// Output:
	// false
	// 2026-05-26 14:00 true
}

func ExampleClock_Elapsed() {
	k := exampleClock()
	fmt.Println(must(k.Elapsed(at("2026-05-26", "09:00"))), must(k.Elapsed(at("2026-05-26", "10:00"))), must(k.Elapsed(at("2026-05-26", "11:00"))))
	// Output: 1h30m0s 1h30m0s 2h30m0s
}

// When pauses hold the clock.
func ExampleClock_Held() {
	showSet(exampleClock().Held())
	// Output: 2026-05-26 09:00 to 2026-05-26 10:00
}

// Within includes the limit: a clock is late when more than the target has
// counted.
func ExampleClock_Late() {
	k, target := exampleClock(), calendar.ExactTarget(90*time.Minute)
	fmt.Println(must(k.Late(target, at("2026-05-26", "09:00"))), must(k.Late(target, at("2026-05-26", "10:01"))))
	// Output: false true
}

func ExampleClock_Paused() {
	fmt.Println(must(exampleClock().Paused(at("2026-05-26", "12:00"))))
	// Output: 1h0m0s
}

func ExampleClock_PausedAt() {
	k := exampleClock()
	fmt.Println(k.PausedAt(at("2026-05-26", "09:30")), k.PausedAt(at("2026-05-26", "10:00")))
	// Output: true false
}

// The share used is a ratio of two durations; nothing is rounded.
func ExampleClock_Percent() {
	elapsed, of, _ := exampleClock().Percent(calendar.ExactTarget(4*time.Hour), at("2026-05-26", "11:00"))
	fmt.Println(elapsed, "of", of)
	// Output: 2h30m0s of 4h0m0s
}

// What is left is negative once the target is exceeded.
func ExampleClock_Remaining() {
	k, target := exampleClock(), calendar.ExactTarget(2*time.Hour)
	fmt.Println(must(k.Remaining(target, at("2026-05-26", "08:30"))), must(k.Remaining(target, at("2026-05-26", "11:00"))))
	// Output: 1h0m0s -30m0s
}

// What if the customer answers at noon?
func ExampleClock_ResumedAt() {
	since := at("2026-05-26", "09:00")
	k := must(calendar.NewClock(exampleCalendar(), at("2026-05-26", "08:00"), calendar.Pause{Since: &since}))
	answered := must(k.ResumedAt(at("2026-05-26", "12:00")))
	due, known, _ := answered.Due(calendar.ExactTarget(4 * time.Hour))
	fmt.Println(show(due), known)
	// Output: 2026-05-26 15:00 true
}

// When a wait goes on although its limit is used up.
func ExampleClock_Spent() {
	most := 30 * time.Minute
	k := must(calendar.NewClock(exampleCalendar(), at("2026-06-01", "08:00"), calendar.Pause{Times: calendar.NewSet(span("10:00", "12:00")), AtMost: &most}))
	showSet(k.Spent())
	// Output: 2026-06-01 10:30 to 2026-06-01 12:00
}

// What if the customer had been waited for?
func ExampleClock_WithPause() {
	k := must(exampleClock().WithPause(calendar.Pause{Times: calendar.NewSet(calendar.Interval{Start: at("2026-05-26", "10:30"), End: at("2026-05-26", "11:00")})}))
	due, _, _ := k.Due(calendar.ExactTarget(4 * time.Hour))
	fmt.Println(show(due))
	// Output: 2026-05-26 13:00
}

// The clock that decides at an instant, and its target.
func ExampleCourse_Clock() {
	c := exampleCourse()
	k, target, _ := c.Clock(at("2026-06-01", "11:00"))
	fmt.Println(must(k.Elapsed(at("2026-06-01", "11:00"))), target.Time)
	// Output: 3h0m0s 2h0m0s
}

// Four hours from 08:00; two hours from 10:00 on: from the receipt, the
// shorter promise falls due with the change.
func ExampleCourse_Due() {
	due, known, _ := exampleCourse().Due()
	fmt.Println(show(due), known)
	// Output: 2026-06-01 10:00 true
}

func ExampleCourse_Elapsed() {
	fmt.Println(must(exampleCourse().Elapsed(at("2026-06-01", "09:30"))))
	// Output: 1h30m0s
}

func ExampleCourse_InForce() {
	c := exampleCourse()
	fmt.Println(must(c.InForce(at("2026-06-01", "09:59"))), must(c.InForce(at("2026-06-01", "10:00"))))
	// Output: 0 1
}

func ExampleCourse_Remaining() {
	fmt.Println(must(exampleCourse().Remaining(at("2026-06-01", "09:30"))))
	// Output: 2h30m0s
}

// The first terms hold, whatever comes later, where the contract says so.
func ExampleNewCourse() {
	c := exampleCalendar()
	course := must(calendar.NewCourse(calendar.First, at("2026-06-01", "08:00"), []calendar.Terms{
		{Calendar: c, Target: calendar.ExactLength(4 * time.Hour)},
		{Since: at("2026-06-01", "10:00"), Calendar: c, Target: calendar.ExactLength(2 * time.Hour)},
	}))
	due, _, _ := course.Due()
	fmt.Println(show(due))
	// Output: 2026-06-01 12:00
}

// The first terms hold until the change of 10:00.
func ExampleCourse_Under() {
	_, target, until := exampleCourse().Under(0)
	fmt.Println(target.Time, show(until))
	// Output: 4h0m0s 2026-06-01 10:00
}

// At 09:00 the change of 10:00 has not come.
func ExampleCourse_DueAsOf() {
	due, known, _ := exampleCourse().DueAsOf(at("2026-06-01", "09:00"))
	fmt.Println(show(due), known)
	// Output: 2026-06-01 12:00 true
}

// From Friday 16:00 to Monday 10:00 five hours count, where four are promised.
func ExampleTerms_Straight() {
	terms := calendar.Terms{Calendar: exampleCalendar(), Target: calendar.ExactLength(4 * time.Hour)}
	elapsed, target, _ := terms.Straight(at("2026-06-05", "16:00"), at("2026-06-08", "10:00"))
	fmt.Println(elapsed, target)
	// Output: 5h0m0s 4h0m0s
}

func ExampleExactTarget() {
	fmt.Println(calendar.ExactTarget(90 * time.Minute).Time)
	// Output: 1h30m0s
}

// A wait without an end that may hold the clock for two hours does so until 11:00.
func ExampleClock_Turns() {
	since, most := at("2026-05-26", "09:00"), 2*time.Hour
	k := must(calendar.NewClock(exampleCalendar(), at("2026-05-26", "08:00"), calendar.Pause{Since: &since, AtMost: &most}))
	turns, known := k.Turns(at("2026-05-26", "10:00"))
	fmt.Println(show(turns), known)
	// Output: 2026-05-26 11:00 true
}
