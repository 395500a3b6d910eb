package sla

import (
	"time"

	"github.com/sla-lang/sla/calendar"
)

// When work may be excluded.

// A workWindow is a window of maintenance, compiled: the open time of a
// calendar, or of the shifts that open on dates; any time where there is
// neither.
type workWindow struct {
	calendar *calendar.Calendar
	dates    *calendar.Recurrence
	business *calendar.Calendar
	// shifts are the hours, open on one day of the week alone.
	shifts [7]*calendar.Calendar
}

// open is the time of the window around an interval, cut by it. Where nobody
// knows which days are business days there is none.
func (w workWindow) open(around calendar.Interval) calendar.Set {
	switch {
	case w.calendar != nil:
		return w.calendar.Open(around)
	case w.dates == nil:
		return calendar.NewSet(around)
	case around.IsEmpty():
		return calendar.Set{}
	}
	z := w.shifts[0].Zone()
	dates, err := w.dates.Dates(z.DateAt(around.Start).AddDays(-1), z.DateAt(around.End-1).AddDays(1), w.business)
	if err != nil {
		return calendar.Set{}
	}
	var b calendar.Builder
	for _, d := range dates { // a shift belongs to the date on which it opens
		shift := calendar.Interval{Start: z.StartOf(d), End: z.StartOf(d.AddDays(2))}
		b.AddSet(w.shifts[d.Weekday()].Open(shift).Within(around))
	}
	return b.Set()
}

// prepareWork compiles the windows of maintenance.
func (e *Engine) prepareWork() error {
	e.workWindows = map[string][]workWindow{}
	for _, m := range e.contract.Maintenance {
		for _, w := range m.Windows {
			compiled, err := e.compileWindow(m.Kind, w)
			if err != nil {
				return err
			}
			e.workWindows[m.Kind] = append(e.workWindows[m.Kind], compiled)
		}
	}
	return nil
}

func (e *Engine) compileWindow(kind string, w MaintenanceWindow) (workWindow, error) {
	switch {
	case w.AnyTime:
		return workWindow{}, nil
	case w.During != "":
		return workWindow{calendar: e.calendars[w.During]}, nil
	}
	weekly := func(days calendar.Weekdays) (*calendar.Calendar, error) {
		def := calendar.Definition{Name: "maintenance " + kind, Zone: w.Zone, Open: []calendar.Opening{{Days: days, Hours: []calendar.Hours{w.Hours}}}}
		return calendar.Compile(def, e.zone, environment(e.contract))
	}
	if w.Weekly() {
		c, err := weekly(w.Days)
		return workWindow{calendar: c}, err
	}
	compiled := workWindow{dates: &w.Recurrence, business: e.business}
	for d := range compiled.shifts {
		c, err := weekly(calendar.WeekdaysOf(time.Weekday(d)))
		if err != nil {
			return workWindow{}, err
		}
		compiled.shifts[d] = c
	}
	return compiled, nil
}
