package sla

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// calendars checks zones, hours, holidays, and whose business days count.
func (k *checker) calendars() {
	if _, err := zones.Load(orUTC(k.c.Timezone)); err != nil {
		k.calendarError(err, "contract/timezone")
	}
	if bound := k.bound(); bound != nil {
		for i := range k.c.Calendars {
			d := &k.c.Calendars[i]
			if err := bound.failed[d.Name]; err != nil {
				k.calendarError(err, "calendar/"+d.Name)
			} else if bound.calendars[d.Name] != nil {
				k.holidaysCover(d)
			}
		}
	}
	for i := range k.c.Calendars {
		k.remarks(&k.c.Calendars[i])
	}
	k.whoseBusinessDays()
}

// calendarError turns what package calendar found into a finding.
func (k *checker) calendarError(err error, clause string) {
	var unknown *calendar.UnknownError
	var cycle *calendar.CycleError
	var never *calendar.NeverOpenError
	var faulty *calendar.DefinitionError
	switch {
	case errors.As(err, &unknown) && unknown.Kind == "calendar":
		// reported as an unknown name
	case errors.As(err, &unknown) && unknown.Kind == "zone":
		f := k.find(CodeUnknownZone, clause, Prose("found", unknown.Name))
		if len(unknown.Nearest) > 0 {
			f.Args = append(f.Args, Name("suggestion", unknown.Nearest[0]))
		}
	case errors.As(err, &unknown):
		k.find(CodeUnknownHolidays, k.closingWith(clause, unknown.Name), Prose("found", strings.TrimPrefix(unknown.Name, holidays.Prefix)))
	case errors.As(err, &cycle):
		if cycle.Calendars[0] == clause[len("calendar/"):] {
			k.find(CodeCalendarCycle, clause, List("calendars", cycle.Calendars))
		}
	case errors.As(err, &never):
		k.find(CodeNeverOpen, clause, Name("calendar", never.Calendar), Phrase("because", "never-open all-closed")).Absent = true
	case errors.As(err, &faulty) && faulty.Fault == calendar.FaultNoOpening:
		k.find(CodeNeverOpen, clause, Name("calendar", faulty.Calendar), Phrase("because", "never-open no-opening")).Absent = true
	case errors.As(err, &faulty):
		k.find(CodeCalendar, clause, Name("calendar", faulty.Calendar), Phrase("fault", "fault "+Slug(string(faulty.Fault))))
	default:
		k.find(CodeCalendar, clause, Prose("fault", err.Error()))
	}
}

// closingWith is the line of a calendar that names holidays.
func (k *checker) closingWith(clause, name string) string {
	for _, d := range k.c.Calendars {
		for _, closing := range d.Closed {
			if "calendar/"+d.Name == clause && slices.Contains(closing.Holidays, name) {
				return clause + "/" + ClosingName(closing)
			}
		}
	}
	return clause
}

// remarks: hours that are probably not what was meant.
func (k *checker) remarks(d *calendar.Definition) {
	for _, r := range calendar.Remarks(*d) {
		clause := "calendar/" + d.Name
		switch {
		case r.Part == "open" && r.Line < len(d.Open):
			clause += "/" + OpeningName(d.Open[r.Line])
		case r.Part == "closed" && r.Line < len(d.Closed):
			clause += "/" + ClosingName(d.Closed[r.Line])
		}
		switch r.Code {
		case calendar.MinuteHole:
			k.find(CodeMinuteHole, clause, Prose("hours", hoursText(r.Hours)), Prose("end", r.Hours.To.String()))
		case calendar.HoursOverlap:
			k.find(CodeHoursOverlap, clause, Prose("hours", hoursText(r.Hours)), Prose("other", hoursText(*r.Other)))
		case calendar.HoursEmpty:
			k.find(CodeCalendar, clause, Name("calendar", d.Name), Phrase("fault", "fault hours-empty"))
		}
	}
}

func hoursText(h calendar.Hours) string { return h.From.String() + "-" + h.To.String() }

// holidaysCover: the tables of holidays reach as far as the term does.
func (k *checker) holidaysCover(d *calendar.Definition) {
	t := k.c.Term
	if t == nil {
		return
	}
	end, err := t.From.Add(t.Length)
	if err != nil {
		return
	}
	for _, closing := range d.Closed {
		for _, name := range closing.Holidays {
			set, err := holidays.Load(name)
			if err == nil && (t.From.Before(set.From) || end.After(set.To.AddDays(1))) {
				k.find(CodeHolidaysEnd, "calendar/"+d.Name+"/"+ClosingName(closing), Name("holidays", strings.TrimPrefix(name, holidays.Prefix)), DateArg("from", set.From), DateArg("to", set.To), DateArg("end", end))
			}
		}
	}
}

// whoseBusinessDays: business days are those of a named calendar, or of the
// only one that has hours (semantics 1.5).
func (k *checker) whoseBusinessDays() {
	if k.c.BusinessDays != "" || onlyHours(k.c) != "" || k.c.Kind == KindFragment && len(k.c.Calendars) == 0 {
		return
	}
	bare := *k.c
	bare.Tiers, bare.Requests, bare.Spans = nil, nil, nil // their rows name a clock
	if mentionsBusinessDays(reflect.ValueOf(bare)) {
		var names []string
		for _, d := range k.c.Calendars {
			if !roundTheClock(d) {
				names = append(names, d.Name)
			}
		}
		k.find(CodeBusinessDays, "contract/business-days", List("calendars", names)).Absent = true
	}
}

// roundTheClock says that a calendar is always open.
func roundTheClock(d calendar.Definition) bool { return d.Always && len(d.Closed) == 0 }

// onlyHours is the only calendar that is not open around the clock, "" where
// there are none or several.
func onlyHours(c *Contract) string {
	only := ""
	for _, d := range c.Calendars {
		if roundTheClock(d) {
			continue
		}
		if only != "" {
			return ""
		}
		only = d.Name
	}
	return only
}

var lengthType = reflect.TypeFor[calendar.Length]()

// mentionsBusinessDays looks for a length in business days.
func mentionsBusinessDays(v reflect.Value) bool {
	switch {
	case v.Kind() == reflect.Pointer:
		return !v.IsNil() && mentionsBusinessDays(v.Elem())
	case v.Type() == lengthType:
		l := v.Interface().(calendar.Length)
		return !l.IsExact() && l.Unit() == calendar.BusinessDays
	case v.Kind() == reflect.Slice:
		return slices.ContainsFunc(indexes(v.Len()), func(i int) bool { return mentionsBusinessDays(v.Index(i)) })
	case v.Kind() == reflect.Struct && v.Type().PkgPath() == lengthPackage:
		return slices.ContainsFunc(indexes(v.NumField()), func(i int) bool { return v.Type().Field(i).IsExported() && mentionsBusinessDays(v.Field(i)) })
	}
	return false
}

// lengthPackage is this package: other packages' structs hold no lengths of
// clauses.
var lengthPackage = reflect.TypeFor[Contract]().PkgPath()

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
