// Package calendar computes with business time: opening hours in a time zone,
// holidays, business days, and clocks that run only while something is open
// and nothing pauses them. It is exact to the nanosecond, has no clock, no
// machine zone and no floating point, and stands on its own: nothing in it
// knows what a contract is.
//
// # From the small to the large
//
//   - [Instant], [Interval] and [Set]: absolute time, half-open intervals and
//     sets of them with union, intersection, difference and measure. Every
//     duration is the measure of a set.
//   - [Date], [Month], [MonthDay], [TimeOfDay], [Weekdays]: what calendars on
//     the wall show. [Length]: a length of time as contracts write it.
//   - [Zone]: a place's wall clock. [Zone.Resolve] is the one way from a local
//     time to instants; there are none, one or two. Package zones embeds the
//     IANA database.
//   - [HolidaySet]: a dated list with an edition and a range. Package holidays
//     embeds those of several countries, package ics reads others.
//   - [Definition] is a calendar as data; [Compile] and [CompileAll] make a
//     [Calendar] of it, which answers in constant time.
//   - [Due] says when a length of time from an event ends. A [Clock] measures
//     what counts between a start and any instant, with pauses; a [Course] is a
//     clock whose terms change on the way.
//
// # What it means to be open
//
// A calendar is a set of instants. An instant is open when the wall clock of
// the calendar's zone shows a date and a time of day that are open: by the
// `open` lines for that day of the week or holiday, which an `open on` that
// date replaces, and by no `closed` line, for closed always wins unless the
// opening says `although closed`. Nothing else is needed for the changes of
// the clocks: a local time that is skipped has no instants, one that is
// repeated is open twice. A shift across midnight belongs to the date on
// which it opens; closing that date closes all of it, closing the next none
// of it, unless closed dates cut shifts at midnight.
//
// A target is reached at the earliest instant at which the open time has
// passed: at Friday's closing and not at Monday's opening. Within includes the
// limit. A length of zero is reached at once, open or closed.
//
// # Where others differ
//
// The test suites of other projects were restated and compared. In 23 cases
// the rules above give another answer; this is which, and why.
//
//	case                  elsewhere                              here
//	biz-013, biz-014      N business days keep the time of day   the time of day is kept, closed or
//	                      and move to the next opening when      not; the rule "next opening" is a
//	                      that is closed                         landing of its own (AtNextOpening)
//	biz-041               hours 02:30-03:15 in a skipped hour    03:00-03:15 exist on the wall and are
//	                      are empty: the ends are mapped         open: 15 min; membership decides
//	working-hours-030     00:00-24:00 on a day of 25 h is 24 h   25 h: open time is elapsed time
//	working-hours-043,    from a closed day, it first moves to   the date of receipt is day zero whatever
//	-044, -046, -047      the next working day and counts from   it is; moving it is written: a receipt
//	                      there                                  outside hours counts as the next opening
//	zammad-039, -040      due times are cut or rounded to the    nothing is rounded
//	                      minute
//	erpnext-011           a pause outside hours moves the due    it takes nothing: pauses are a set, and
//	                      time all the same                      what is closed cannot be paused
//	erpnext-015, -016,    an answer outside hours takes one      it takes 0: there is no sentinel, and a
//	-025, -028, -040      second, to tell it from none           clock that is not stopped is not stopped
//	issue-006             48 h at 12 h a day with a holiday      the holiday is closed: a day later; the
//	                      counted as a working day               published sum was by hand
//	issue-011             Friday 16:00 + 4 h, open 8-17, is      Monday 11:00: 1 h on Friday, 3 h on
//	                      Tuesday 11:00                          Monday
//	issue-012             Friday 17:00 + 8 h, open 9-17, is      Monday 17:00, the closing
//	                      Monday 09:00
//	dbt-zendesk-001, -002 25 s written as 0.25 min               durations are exact: 25 s
//	slapulse-013, -014    a shift whose date has shorter hours   the date's own hours replace the others
//	                      ends at the usual time, when it is     for the whole shift, whoever asks
//	                      asked about the next day
//
// Three more are told by a rule that is a choice: hours that are never open
// are an error (businesstimedelta-016), zero hours from a closed time stay
// there (business-time-017), and a target reached at closing time is due then
// (zammad-016). [Calendar.AddLatest] gives the other side of a closed time to
// those who have to match data computed elsewhere.
//
// # Errors
//
// Errors are values of the types in this package, with the fields one needs
// to tell what is wrong in any language: [*DefinitionError],
// [*NeverOpenError], [*UnknownError], [*CycleError], [*CoverageError],
// [*UnreachableError], [*MissingDateError], [*UnitError], [*SyntaxError] and
// [*RangeError]. A search for open time that never comes ends in one of them
// after a bounded walk.
package calendar
