package calendar

import "strconv"

// A SyntaxError is a text that is not what it should be.
type SyntaxError struct {
	// What was wanted: "date", "time of day", "month", "length" and so on.
	What string
	// Text is what was given.
	Text string
}

// Error names the text and what it should have been.
func (e *SyntaxError) Error() string {
	return "calendar: " + strconv.Quote(e.Text) + " is not a " + e.What
}

// A RangeError is a well-formed value outside the bounds of this package.
type RangeError struct {
	// What is out of range: "instant", "date", "length".
	What string
	// Text is the value.
	Text string
}

// Error names the value.
func (e *RangeError) Error() string {
	return "calendar: " + e.What + " " + e.Text + " is out of range"
}

// A LocalTimeError is a local time that its zone's clocks never show, or show
// twice: it is no instant. (semantics 1.6)
type LocalTimeError struct {
	Date Date
	Time TimeOfDay
	// Zone is the zone's name.
	Zone string
	// Twice tells a time that comes twice from one that is skipped.
	Twice bool
}

// Error names the local time, the zone and how often it comes.
func (e *LocalTimeError) Error() string {
	often := "never"
	if e.Twice {
		often = "twice"
	}
	return "calendar: the clocks show " + e.Date.String() + " " + e.Time.String() + " " + often + " in " + e.Zone
}

// A CoverageError is the use of a holiday set on a date it does not cover.
type CoverageError struct {
	// Holidays and Edition identify the set; From and To are the dates it
	// covers, both included.
	Holidays string
	Edition  string
	From, To Date
	// Date is the date needed.
	Date Date
}

// Error names the set, its range and the date.
func (e *CoverageError) Error() string {
	return "calendar: holidays " + strconv.Quote(e.Holidays) + " cover " + e.From.String() + " to " + e.To.String() +
		", not " + e.Date.String()
}

// An UnknownError is a name that names nothing.
type UnknownError struct {
	// Kind is what the name should be of: "zone", "holidays" or "calendar".
	Kind string
	// Name is the name given.
	Name string
	// Nearest are existing names that are spelled alike, the likeliest first;
	// it is empty when none comes close.
	Nearest []string
}

// Error names what is unknown.
func (e *UnknownError) Error() string {
	return "calendar: unknown " + e.Kind + " " + strconv.Quote(e.Name)
}

// A DefinitionError is a calendar definition that says nothing or contradicts
// itself.
type DefinitionError struct {
	// Calendar is the definition's name.
	Calendar string
	// Part is "open", "closed" or "business day" for a fault of a line, and
	// Line the index of that line; Part is empty for the calendar itself.
	Part string
	Line int
	// Fault is what is wrong.
	Fault Fault
}

// Error names the calendar, the line and the fault.
func (e *DefinitionError) Error() string {
	s := "calendar " + strconv.Quote(e.Calendar) + ": "
	if e.Part != "" {
		s += e.Part + " line " + strconv.Itoa(e.Line+1) + ": "
	}
	return s + string(e.Fault)
}

// A CycleError is a calendar that is made of itself.
type CycleError struct {
	// Calendars are the names on the way from the calendar back to itself,
	// which is not repeated at the end.
	Calendars []string
}

// Error lists the way round.
func (e *CycleError) Error() string {
	s := "calendar: made of itself: "
	for _, name := range e.Calendars {
		s += strconv.Quote(name) + " of "
	}
	return s + strconv.Quote(e.Calendars[0])
}

// A NeverOpenError is a calendar that is open at no instant, of those its
// holiday sets cover. (semantics 1.3)
type NeverOpenError struct {
	// Calendar is its name.
	Calendar string
}

// Error names the calendar.
func (e *NeverOpenError) Error() string {
	return "calendar " + strconv.Quote(e.Calendar) + " is never open"
}

// An UnreachableError is a target that the open time of a calendar never
// reaches: no instant is known to be open after (or before) some point.
type UnreachableError struct {
	// Calendar is its name.
	Calendar string
	// From is where the search began.
	From Instant
	// Target is what was wanted: an exact length or business days.
	Target Length
}

// Error names the calendar and the target.
func (e *UnreachableError) Error() string {
	return "calendar " + strconv.Quote(e.Calendar) + ": " + e.Target.String() + " from " + e.From.String() + " is never reached"
}

// A MissingDateError is a date some months after another that does not exist,
// where no rule says what stands for it. (semantics 1.5)
type MissingDateError struct {
	// From is the date counted from, and Length what was added.
	From   Date
	Length Length
}

// Error names the date and the length.
func (e *MissingDateError) Error() string {
	return "calendar: " + e.Length.String() + " after " + e.From.String() + " is no date"
}

// A UnitError is a unit that does not mean anything where it stands: business
// days without a calendar, or exact time added to a date.
type UnitError struct {
	// Unit is the unit of the length.
	Unit Unit
}

// Error names the unit.
func (e *UnitError) Error() string { return "calendar: " + string(e.Unit) + " cannot be counted here" }
