package sla

// A Window is a measurement or settlement period, in the words of the
// language (semantics 1.4). The zero value means "not said".
type Window string

// The windows of edition 1.
const (
	Day             Window = "day"
	Week            Window = "week"
	CalendarMonth   Window = "calendar month"
	CalendarQuarter Window = "calendar quarter"
	CalendarHalf    Window = "calendar half-year"
	CalendarYear    Window = "calendar year"
	ContractYear    Window = "contract year"
)

// Windows lists the windows of the edition.
func Windows() []Window {
	return []Window{Day, Week, CalendarMonth, CalendarQuarter, CalendarHalf, CalendarYear, ContractYear}
}

// Valid says whether w is a window of the edition.
func (w Window) Valid() bool {
	for _, known := range Windows() {
		if w == known {
			return true
		}
	}
	return false
}
