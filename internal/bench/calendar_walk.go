package bench

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/fr"
)

// A dayWalk is business time as one writes it first: a loop over the local
// days between two instants. It is what the calendar package is measured
// against, and is right but for shifts across midnight, which it cannot say.
type dayWalk struct {
	zone        *time.Location
	open, close time.Duration
	holidays    map[string]bool
}

// windowOf is the open time of the day that t is in.
func (w *dayWalk) windowOf(t time.Time) (open, end time.Time, works bool) {
	y, m, d := t.Date()
	if wd := t.Weekday(); wd == time.Saturday || wd == time.Sunday || w.holidays[t.Format("2006-01-02")] {
		return open, end, false
	}
	hour := func(h time.Duration) time.Time {
		return time.Date(y, m, d, int(h/time.Hour), int(h/time.Minute%60), 0, 0, w.zone)
	}
	return hour(w.open), hour(w.close), true
}

func (w *dayWalk) next(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, w.zone)
}

// between is the open time from one instant to another.
func (w *dayWalk) between(from, to time.Time) time.Duration {
	var total time.Duration
	for t := from.In(w.zone); t.Before(to); t = w.next(t) {
		open, end, works := w.windowOf(t)
		if !works {
			continue
		}
		if open.Before(from) {
			open = from
		}
		if end.After(to) {
			end = to
		}
		if end.After(open) {
			total += end.Sub(open)
		}
	}
	return total
}

// add is the instant after d of open time.
func (w *dayWalk) add(from time.Time, d time.Duration) time.Time {
	for t := from.In(w.zone); ; t = w.next(t) {
		open, end, works := w.windowOf(t)
		if !works {
			continue
		}
		if open.Before(from) {
			open = from
		}
		if left := end.Sub(open); left >= d {
			return open.Add(d)
		} else if left > 0 {
			d -= left
		}
	}
}

// rickarCalendar is the same hours in rickar/cal, with its cache on.
func rickarCalendar() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.Cacheable = true
	c.AddHoliday(fr.Holidays...)
	c.SetWorkHours(8*time.Hour, 19*time.Hour)
	return c
}
