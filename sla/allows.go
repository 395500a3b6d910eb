package sla

import (
	"time"

	"github.com/sla-lang/sla/internal/measure"
)

// Allows is the downtime with which a target for availability still holds, in
// decimal seconds: nines made plain.
type Allows struct {
	// Window is that of the window, of the time agreed in it as far as it has
	// passed; of several parts that are joined, of all together, or of the one
	// that decides.
	Window string `json:"window"`
	// Year is that of its calendar year; empty where the window is one, where
	// holidays are not known for all of it, and where parts live unlike.
	Year string `json:"year,omitempty"`
}

// allows is what the target of an objective allows of the time of a window that
// so many parts have together, 1 for none; with 0 they differ, and a year is
// not told. It is nil for a target that is no share of time.
func (v *view) allows(ev *evaluated, got measure.Available, parts int) *Allows {
	p := ev.plan
	if p.kind != MeasureAvailability || p.target == nil || p.level == nil {
		return nil
	}
	out := &Allows{Window: seconds(got.Allowed(*p.level).Truncate(time.Second))}
	if year, ok := v.allowedInYear(p, ev.period); ok && parts > 0 {
		out.Year = seconds(time.Duration(parts) * year.Truncate(time.Second))
	}
	return out
}

// allowedInYear is the downtime that a target allows in the calendar year of a
// window.
func (v *view) allowedInYear(p *objectivePlan, period Period) (time.Duration, bool) {
	if p.window == CalendarYear {
		return 0, false
	}
	year := periodOf(CalendarYear, period.From, v.e.termFrom).interval(v.e.zone)
	of := year.Length()
	if p.agreed != nil {
		if p.agreed.Check(year) != nil {
			return 0, false // its holidays are not known for all of the year
		}
		of = p.agreed.Between(year.Start, year.End)
	}
	return measure.Available{Of: of}.Allowed(*p.level), true
}

// allowsJoined is allows of parts that are joined. What parts may be down that
// weigh by something else than their time cannot be said in one number.
func (v *view) allowsJoined(ev *evaluated, parts []partValue, sum measure.Available) *Allows {
	n, alike, first := 0, true, time.Duration(0)
	for _, part := range parts {
		if !part.got.Applicable {
			continue
		}
		if n++; n == 1 {
			first = part.got.Of
		}
		alike = alike && part.got.Of == first
	}
	switch kind := ev.plan.written.Measure.Join.Kind; {
	case kind == JoinWeighted, kind == JoinAverage && !alike:
		return nil
	case kind == JoinLowest, kind == JoinHighest:
		n = 1
	case !alike:
		n = 0
	}
	return v.allows(ev, sum, n)
}
