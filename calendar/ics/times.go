package ics

import (
	"strings"
	"time"

	ical "github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"

	"github.com/sla-lang/sla/calendar"
)

const day = 24 * time.Hour

// A moment is a local date and time of day.
type moment struct {
	date calendar.Date
	tod  calendar.TimeOfDay
}

// dateIn reads "20260525".
func dateIn(s string) (calendar.Date, *fault) {
	if len(s) < len("20260525") {
		return calendar.Date{}, &fault{BadTime, s}
	}
	d, err := calendar.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:8])
	if err != nil {
		return calendar.Date{}, &fault{BadTime, s}
	}
	return d, nil
}

// momentIn reads "20260525T183000", with or without a Z.
func momentIn(s string) (moment, *fault) {
	s = strings.TrimSuffix(s, "Z")
	if len(s) != len("20260525T183000") || s[8] != 'T' {
		return moment{}, &fault{BadTime, s}
	}
	d, f := dateIn(s)
	if f != nil {
		return moment{}, f
	}
	tod, err := calendar.ParseTimeOfDay(s[9:11] + ":" + s[11:13] + ":" + s[13:])
	if err != nil {
		return moment{}, &fault{BadTime, s}
	}
	return moment{d, tod}, nil
}

// in is the instant of a local time, the first of two.
func (m moment) in(zone *calendar.Zone) (calendar.Instant, *fault) {
	at, _, n := zone.Resolve(m.date, m.tod)
	if n == 0 {
		return 0, &fault{SkippedTime, m.date.String() + " " + m.tod.String()}
	}
	return at, nil
}

// zoneOf is the zone of a time: UTC, the one it names, or the caller's.
func (r reader) zoneOf(p *ical.Prop) (*calendar.Zone, *fault) {
	name := p.Params.Get(ical.PropTimezoneID)
	switch {
	case strings.HasSuffix(p.Value, "Z"):
		return calendar.NewZone("UTC", nil), nil
	case name != "" && r.Zones != nil:
		zone, err := r.Zones(strings.TrimPrefix(name, "/"))
		if err == nil {
			return zone, nil
		}
		return nil, &fault{UnknownZone, name}
	case name != "":
		return nil, &fault{UnknownZone, name}
	case r.Zone != nil:
		return r.Zone, nil
	}
	return nil, &fault{NoZone, p.Value}
}

// utc is a moment as the recurrence library wants it: a local time taken as
// if it were UTC, so that no zone gets between.
func (m moment) utc() time.Time {
	d := m.date
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Add(time.Duration(m.tod))
}

func momentOf(t time.Time) (moment, error) {
	d, err := calendar.NewDate(t.Year(), t.Month(), t.Day())
	return moment{d, calendar.TimeOfDay(t.Sub(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)))}, err
}

// repeated lists the starts of an event: its own, and those of its rule and
// added dates that can reach the dates asked for, less the exceptions. early
// is the (negative) number of days an occurrence may start before them.
func (r reader) repeated(first moment, zone *calendar.Zone, early int) ([]moment, *fault) {
	var starts []moment
	if rule := r.component.Props.Get(ical.PropRecurrenceRule); rule != nil {
		var f *fault
		if starts, f = r.byRule(first, zone, rule.Value, early); f != nil {
			return nil, f
		}
	} else {
		starts = []moment{first}
	}
	added, f := r.listed(ical.PropRecurrenceDates, zone)
	if f != nil {
		return nil, f
	}
	without, f := r.listed(ical.PropExceptionDates, zone)
	if f != nil {
		return nil, f
	}
	var out []moment
	seen := map[moment]bool{}
	for _, m := range without {
		seen[m] = true
	}
	for _, m := range append(starts, added...) {
		if !seen[m] {
			seen[m] = true
			out = append(out, m)
		}
	}
	return out, nil
}

// byRule repeats an event by its RRULE.
func (r reader) byRule(first moment, zone *calendar.Zone, text string, early int) ([]moment, *fault) {
	option, err := rrule.StrToROption(text)
	if err != nil || option.Freq > rrule.DAILY || len(option.Byhour)+len(option.Byminute)+len(option.Bysecond) > 0 {
		return nil, &fault{BadRule, text}
	}
	if zone != nil && strings.Contains(text, "Z") { // UNTIL is the one part in UTC
		option.Until = localOf(option.Until, zone).utc()
	}
	option.Dtstart = first.utc()
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, &fault{BadRule, text}
	}
	from, to := r.From.AddDays(early), r.To.AddDays(1)
	var out []moment
	next := rule.Iterator()
	for n := 0; ; n++ {
		t, ok := next()
		if !ok {
			return out, nil
		}
		m, err := momentOf(t)
		if err != nil || !m.date.Before(to) {
			return out, nil
		}
		if n >= 366*r.Limit || len(out) >= r.Limit {
			return nil, &fault{TooMany, text}
		}
		if !m.date.Before(from) {
			out = append(out, m)
		}
	}
}

// listed reads RDATE or EXDATE.
func (r reader) listed(name string, zone *calendar.Zone) ([]moment, *fault) {
	var out []moment
	for _, p := range r.component.Props.Values(name) {
		for s := range strings.SplitSeq(p.Value, ",") {
			var m moment
			var f *fault
			if len(s) == len("20260525") {
				m.date, f = dateIn(s)
			} else {
				m, f = momentIn(s)
			}
			if f != nil {
				return nil, f
			}
			if zone != nil && strings.HasSuffix(s, "Z") {
				m = localOf(m.utc(), zone)
			}
			out = append(out, m)
		}
	}
	return out, nil
}

// localOf is the local time of an instant; one out of range, which nothing
// can be compared with, is left as it is.
func localOf(t time.Time, zone *calendar.Zone) moment {
	at, err := calendar.InstantOf(t)
	if err != nil {
		m, _ := momentOf(t)
		return m
	}
	d, tod := zone.Local(at)
	return moment{d, tod}
}
