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
