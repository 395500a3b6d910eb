package sla

import "github.com/sla-lang/sla/calendar"

// When work may be excluded.

// A workWindow is a window of maintenance, compiled: the open time of a
// calendar, with nth only of the shifts that open on that weekday of a month;
// any time where there is no calendar.
type workWindow struct {
	calendar *calendar.Calendar
	nth      int
}

// open is the time of the window around an interval, cut by it.
func (w workWindow) open(around calendar.Interval) calendar.Set {
	switch {
	case w.calendar == nil:
		return calendar.NewSet(around)
	case w.nth == 0:
		return w.calendar.Open(around)
	}
	z := w.calendar.Zone()
	var b calendar.Builder
	for d := z.DateAt(around.Start).AddDays(-1); z.StartOf(d) < around.End; d = d.AddDays(1) {
		if isNth(d, w.nth) { // a shift belongs to the date on which it opens
			b.AddSet(w.calendar.Open(calendar.Interval{Start: z.StartOf(d), End: z.StartOf(d.AddDays(2))}).Within(around))
		}
	}
	return b.Set()
}

// isNth says whether a date is the nth of its weekday in its month, the last
// for -1.
func isNth(d calendar.Date, nth int) bool {
	if nth < 0 {
		return d.AddDays(7).Month() != d.Month()
	}
	return (d.Day()-1)/7 == nth-1
}

// prepareWork compiles the windows of maintenance.
func (e *Engine) prepareWork() error {
	e.workWindows = map[string][]workWindow{}
	for _, m := range e.contract.Maintenance {
		for _, w := range m.Windows {
			compiled := workWindow{nth: w.Nth}
			switch {
			case w.AnyTime:
			case w.During != "":
				compiled.calendar = e.calendars[w.During]
			default:
				def := calendar.Definition{Name: "maintenance " + m.Kind, Zone: w.Zone, Open: []calendar.Opening{{Days: w.Days, Hours: []calendar.Hours{w.Hours}}}}
				c, err := calendar.Compile(def, e.zone, environment(e.contract))
				if err != nil {
					return err
				}
				compiled.calendar = c
			}
			e.workWindows[m.Kind] = append(e.workWindows[m.Kind], compiled)
		}
	}
	return nil
}
