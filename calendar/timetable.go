package calendar

import (
	"slices"
	"strings"
	"time"
)

// A Timetable is when something is due again and again: at times of day on
// dates that recur, or at even steps of the clock on the wall, every day.
type Timetable struct {
	Recurrence
	// At are the times of day. Each comes once on a date: one that the clocks
	// skip at the first instant after it, one that they show twice at the first.
	At []TimeOfDay `json:"at,omitempty" sla:"set"`
	// Every is the step, counted from midnight, of whole minutes, of which a day
	// has a whole number. A step comes whenever the clock shows it: not where it is
	// skipped, and twice where it is shown twice.
	Every *Length `json:"every,omitempty"`
	// Zone is an IANA zone name; empty means the contract's zone.
	Zone string `json:"zone,omitempty"`
}

// String writes the timetable as contracts do: "every Mon-Fri at 02:00, 14:00".
func (t Timetable) String() string {
	s := ""
	if t.Every != nil {
		s = "every " + t.Every.String()
	} else {
		times := make([]string, len(t.At))
		for i, at := range slices.Sorted(slices.Values(t.At)) {
			times[i] = at.String()
		}
		s = t.Recurrence.String() + " at " + strings.Join(times, ", ")
	}
	if t.Zone != "" {
		s += " in " + t.Zone
	}
	return s
}

// Check returns a *RangeError where the timetable is none: its recurrence is
// none, it has no times or a step as well, or the step does not divide a day.
func (t Timetable) Check() error {
	if t.Every == nil {
		if len(t.At) == 0 {
			return &RangeError{What: "timetable", Text: t.String()}
		}
		return t.Recurrence.Check()
	}
	step := t.Every.Duration()
	if len(t.At) > 0 || !t.Every.IsExact() || step < time.Minute || step%time.Minute != 0 || step > 24*time.Hour || 24*time.Hour%step != 0 {
		return &RangeError{What: "timetable", Text: t.String()}
	}
	if !t.Recurrence.isZero() {
		return &RangeError{What: "timetable", Text: t.String()}
	}
	return nil
}

// Instants lists when something is due within an interval, in order, by the
// clock of a zone. The errors are those of [Timetable.Check] and
// [Recurrence.Dates].
func (t Timetable) Instants(v Interval, z *Zone, business *Calendar) ([]Instant, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if v.IsEmpty() {
		return nil, nil
	}
	from, to := z.DateAt(v.Start).AddDays(-2), z.DateAt(v.End-1).AddDays(2)
	if t.Every != nil {
		return t.steps(v, z, from, to), nil
	}
	dates, err := t.Dates(from.AddDays(1), to, business) // a time skipped by the clocks of one date may fall on the next
	if err != nil {
		return nil, err
	}
	var out []Instant
	for _, d := range dates {
		for _, at := range t.At {
			if due := z.FirstAtOrAfter(d, at); v.Start <= due && due < v.End {
				out = append(out, due)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// steps are the instants of a step.
func (t Timetable) steps(v Interval, z *Zone, from, to Date) (out []Instant) {
	step := t.Every.Duration()
	for d := from; d.Before(to); d = d.AddDays(1) {
		for at := time.Duration(0); at < 24*time.Hour; at += step {
			first, second, n := z.Resolve(d, TimeOfDay(at))
			if n > 0 && v.Start <= first && first < v.End {
				out = append(out, first)
			}
			if n > 1 && v.Start <= second && second < v.End {
				out = append(out, second)
			}
		}
	}
	slices.Sort(out)
	return out
}
