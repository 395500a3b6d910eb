package sla

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/holidays"
	"github.com/sla-lang/sla/calendar/zones"
)

// calendars checks zones, hours, holidays, and whose business days count.
func (k *checker) calendars() {
	if _, err := zones.Load(orUTC(k.c.Timezone)); err != nil {
		k.unknownTable(err, "contract/timezone")
	}
	k.holidayLists()
	if bound := k.bound(); bound != nil {
		for i := range k.c.Calendars {
			d := &k.c.Calendars[i]
			if k.definition(d) {
				continue
			}
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
	k.businessDayUnused()
}

// definition checks what a calendar says by itself, each line of it, and its
// zones; true when something is wrong.
func (k *checker) definition(d *calendar.Definition) bool {
	id := "calendar/" + d.Name
	faults := calendar.Faults(*d)
	for _, f := range faults {
		clause := k.lineOf(d, f.Part, f.Line)
		if f.Fault == calendar.FaultNoOpening {
			k.find(CodeNeverOpen, id, Name("calendar", d.Name), Phrase("because", "never-open no-opening")).Absent = true
			continue
		}
		if f.Fault == calendar.FaultBackwards {
			k.backwards(clause, d, f)
			continue
		}
		k.find(CodeCalendar, clause, Name("calendar", d.Name), Phrase("fault", "fault "+Slug(string(f.Fault))))
	}
	wrong := len(faults) > 0
	if _, err := zones.Load(orUTC(d.Zone)); err != nil {
		k.unknownTable(err, id+"/zone")
		wrong = true
	}
	if _, err := zones.Load(orUTC(businessZone(d))); err != nil {
		k.unknownTable(err, id+"/business-day/zone")
		wrong = true
	}
	return k.tables(d) || wrong
}

// tables checks the public holidays that a calendar names, each line of it.
func (k *checker) tables(d *calendar.Definition) (wrong bool) {
	check := func(name, clause string) {
		if !strings.HasPrefix(name, holidays.Prefix) {
			return // a list of the contract
		}
		if _, err := holidays.Load(name); err != nil {
			k.unknownTable(err, clause)
			wrong = true
		}
	}
	for _, o := range d.Open {
		check(o.Holidays, "calendar/"+d.Name+"/"+OpeningName(o)+"/holidays")
	}
	for _, closing := range d.Closed {
		for _, name := range closing.Holidays {
			check(name, "calendar/"+d.Name+"/"+ClosingName(closing)+"/holidays/"+name)
		}
	}
	return wrong
}

// backwards reports a range of a line that ends before it begins.
func (k *checker) backwards(clause string, d *calendar.Definition, f *calendar.DefinitionError) {
	var from, to string
	dates := func(a, b *calendar.Date) {
		if a != nil && b != nil && b.Before(*a) {
			from, to = a.String(), b.String()
		}
	}
	if f.Part == "open" {
		dates(d.Open[f.Line].From, d.Open[f.Line].To)
	} else {
		closing := d.Closed[f.Line]
		dates(closing.Since, closing.Until)
		dates(closing.On, closing.To)
		if s := closing.Between; s != nil {
			from, to = s.From.String(), s.To.String()
		}
	}
	k.find(CodeBackwards, clause, Prose("from", from), Prose("to", to))
}

func businessZone(d *calendar.Definition) string {
	if d.BusinessDay == nil {
		return ""
	}
	return d.BusinessDay.Zone
}

// lineOf is the clause of a line of a calendar.
func (k *checker) lineOf(d *calendar.Definition, part string, line int) string {
	id := "calendar/" + d.Name
	switch {
	case part == "open" && line < len(d.Open):
		return id + "/" + OpeningName(d.Open[line])
	case part == "closed" && line < len(d.Closed):
		return id + "/" + ClosingName(d.Closed[line])
	case part == "business day":
		return id + "/business-day"
	}
	return id
}

// holidayLists checks the contract's own lists of holidays.
func (k *checker) holidayLists() {
	for i := range k.c.Holidays {
		h := &k.c.Holidays[i]
		id := "holidays/" + h.Name
		if h.From != nil && h.To != nil && h.To.Before(*h.From) {
			k.find(CodeBackwards, id, Prose("from", h.From.String()), Prose("to", h.To.String()))
			continue
		}
		for _, name := range h.As {
			if _, err := holidays.Load(name); err != nil {
				k.unknownTable(err, id+"/as/"+strings.TrimPrefix(name, holidays.Prefix))
			}
		}
	}
}

// unknownTable reports a zone or public holidays that have no table, with the
// nearest name that has one.
func (k *checker) unknownTable(err error, clause string) {
	var unknown *calendar.UnknownError
	if !errors.As(err, &unknown) {
		return
	}
	code, prefix := CodeUnknownZone, ""
	if unknown.Kind == "holidays" {
		code, prefix = CodeUnknownHolidays, holidays.Prefix
	}
	f := k.find(code, clause, Prose("found", strings.TrimPrefix(unknown.Name, prefix)))
	switch {
	case len(unknown.Nearest) > 0:
		f.Args = append(f.Args, List("suggestion", withoutPrefix(slices.Clone(unknown.Nearest))))
	case code == CodeUnknownHolidays:
		f.Args = append(f.Args, knownHolidays(strings.TrimPrefix(unknown.Name, prefix)))
	}
}

// knownHolidays are the tables that there are: of the country of a region, or
// of countries.
func knownHolidays(code string) Arg {
	country, _, _ := strings.Cut(code, "-")
	if regions := holidays.Regions(country); len(regions) > 0 {
		return List("known", withoutPrefix(append([]string{holidays.Prefix + country}, regions...)))
	}
	return List("known", withoutPrefix(holidays.Countries()))
}

func withoutPrefix(names []string) []string {
	for i, name := range names {
		names[i] = strings.TrimPrefix(name, holidays.Prefix)
	}
	return names
}

// calendarError turns what package calendar found when it compiled a calendar
// into a finding.
func (k *checker) calendarError(err error, clause string) {
	var unknown *calendar.UnknownError
	var cycle *calendar.CycleError
	var never *calendar.NeverOpenError
	var faulty *calendar.DefinitionError
	var local *calendar.LocalTimeError
	var coverage *calendar.CoverageError
	switch {
	case errors.As(err, &unknown):
		// reported as an unknown name, or where a list names the table
	case errors.As(err, &cycle):
		if cycle.Calendars[0] == clause[len("calendar/"):] {
			k.find(CodeCalendarCycle, clause, List("calendars", cycle.Calendars))
		}
	case errors.As(err, &never):
		k.find(CodeNeverOpen, clause, Name("calendar", never.Calendar), Phrase("because", "never-open all-closed")).Absent = true
	case errors.As(err, &coverage):
		k.find(CodeNeverOpen, clause, Name("calendar", clause[len("calendar/"):]), Phrase("because", "never-open not-covered")).Absent = true
	case errors.As(err, &local):
		k.localTime(clause, local)
	case errors.As(err, &faulty) && faulty.Fault == calendar.FaultNested:
		k.find(CodeCalendarNested, clause, Name("calendar", faulty.Calendar), Count("most", calendar.MaxNesting))
	case errors.As(err, &faulty) && faulty.Fault == calendar.FaultBackwards:
		k.backwards(k.lineNamed(faulty), k.named(clause), faulty)
	case errors.As(err, &faulty):
		k.find(CodeCalendar, k.lineNamed(faulty), Name("calendar", faulty.Calendar), Phrase("fault", "fault "+Slug(string(faulty.Fault))))
	default:
		k.find(CodeCalendar, clause, Prose("fault", err.Error()))
	}
}

// localTime reports a local time of a closed stretch that is no instant, or
// two.
func (k *checker) localTime(clause string, local *calendar.LocalTimeError) {
	at := local.Date.String() + " " + local.Time.String()
	zone, err := zones.Load(local.Zone)
	if err != nil {
		return // reported as an unknown zone
	}
	f := k.find(CodeLocalTime, k.stretchWith(clause, local), Name("zone", local.Zone))
	written := func(at calendar.Instant, layout string) string { return at.Time().In(zone.Location()).Format(layout) }
	if !local.Twice {
		f.Args = append(f.Args, Prose("skipped", at), Prose("next", written(zone.FirstAtOrAfter(local.Date, local.Time), "2006-01-02 15:04")))
		return
	}
	first, second, _ := zone.Resolve(local.Date, local.Time)
	f.Args = append(f.Args, Prose("repeated", at), Prose("first", written(first, time.RFC3339)), Prose("second", written(second, time.RFC3339)))
}

// named is a calendar of the contract by its clause.
func (k *checker) named(clause string) *calendar.Definition {
	for i := range k.c.Calendars {
		if "calendar/"+k.c.Calendars[i].Name == clause {
			return &k.c.Calendars[i]
		}
	}
	return &calendar.Definition{}
}

func (k *checker) lineNamed(f *calendar.DefinitionError) string {
	return k.lineOf(k.named("calendar/"+f.Calendar), f.Part, f.Line)
}

// stretchWith is the line of a calendar that is closed from or to a local
// time.
func (k *checker) stretchWith(clause string, local *calendar.LocalTimeError) string {
	is := func(m calendar.Moment) bool { return m == calendar.LocalMoment(local.Date, local.Time) }
	for _, closing := range k.named(clause).Closed {
		if s := closing.Between; s != nil && (is(s.From) || is(s.To)) {
			return clause + "/" + ClosingName(closing)
		}
	}
	return clause
}

// remarks: hours that are probably not what was meant.
func (k *checker) remarks(d *calendar.Definition) {
	for _, r := range calendar.Remarks(*d) {
		clause := k.lineOf(d, r.Part, r.Line)
		switch r.Code {
		case calendar.MinuteHole:
			k.find(CodeMinuteHole, clause, Prose("hours", hoursText(r.Hours)), Prose("end", r.Hours.To.String()))
		case calendar.HoursOverlap:
			k.find(CodeHoursOverlap, clause, Prose("hours", hoursText(r.Hours)), Prose("other", hoursText(*r.Other)))
		case calendar.HoursOvernight:
			k.find(CodeHoursOvernight, clause, Prose("hours", hoursText(r.Hours)), Length("length", calendar.ExactLength(r.Hours.Length())),
				Name("suggestion", hoursText(calendar.Hours{From: r.Hours.To, To: r.Hours.From})))
		case calendar.HoursEmpty:
			k.find(CodeHoursEmpty, clause, Prose("hours", hoursText(r.Hours)))
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
	env := environment(k.c)
	covers := func(name, clause string) {
		if set, err := env.Holidays(name); name != "" && err == nil && (t.From.Before(set.From) || end.After(set.To.AddDays(1))) {
			k.find(CodeHolidaysEnd, clause, Name("holidays", strings.TrimPrefix(name, holidays.Prefix)), DateArg("from", set.From), DateArg("to", set.To), DateArg("end", end))
		}
	}
	for _, o := range d.Open {
		covers(o.Holidays, "calendar/"+d.Name+"/"+OpeningName(o))
	}
	for _, closing := range d.Closed {
		for _, name := range closing.Holidays {
			covers(name, "calendar/"+d.Name+"/"+ClosingName(closing))
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

// businessDayUnused: where the contract says whose business days are counted,
// a line about those of another calendar decides nothing.
func (k *checker) businessDayUnused() {
	whose := k.c.BusinessDays
	if whose == "" {
		whose = onlyHours(k.c)
	}
	for i := range k.c.Calendars {
		if d := &k.c.Calendars[i]; whose != "" && d.BusinessDay != nil && d.Name != whose {
			k.find(CodeBusinessDayUnused, k.lineOf(d, "business day", 0), Name("calendar", d.Name), Name("whose", whose)).Unused = true
		}
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

var lengthType, recurrenceType = reflect.TypeFor[calendar.Length](), reflect.TypeFor[calendar.Recurrence]()

// mentionsBusinessDays looks for a length in business days, or for dates that
// are business days.
func mentionsBusinessDays(v reflect.Value) bool {
	switch {
	case v.Kind() == reflect.Pointer:
		return !v.IsNil() && mentionsBusinessDays(v.Elem())
	case v.Type() == recurrenceType:
		return v.Interface().(calendar.Recurrence).Business
	case v.Type() == lengthType:
		l := v.Interface().(calendar.Length)
		return l.Unit() == calendar.BusinessDays || l.Unit() == calendar.MonthBusinessDay
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
