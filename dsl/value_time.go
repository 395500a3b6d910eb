package dsl

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/sla"
)

// A day is a civil date.
type day struct {
	v  calendar.Date
	at place
}

// Parse reads 2026-01-31.
func (n *day) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokDate)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseDate(t.Value)
	if perr != nil {
		return &problem{code: codeNoSuchDate, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// A yearly is a date of every year: 12-25.
type yearly struct {
	v  calendar.MonthDay
	at place
}

// Parse reads MM-DD.
func (n *yearly) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokMonthDay)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseMonthDay(t.Value)
	if perr != nil {
		return &problem{code: codeNoSuchDate, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// A clockTime is a time of day.
type clockTime struct {
	v  calendar.TimeOfDay
	at place
}

// Parse reads 18:30.
func (n *clockTime) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokTime)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseTimeOfDay(t.Value)
	if perr != nil {
		return noSuchTime(t.Value, t.Value, placeOf(t))
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// An instant is a date and time in one word, with its offset as a rule:
// 2026-10-25T02:30:00+02:00.
type instant struct {
	v  calendar.Moment
	at place
}

// Parse reads an instant.
func (n *instant) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokInstant)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseMoment(t.Value)
	if perr != nil {
		return &problem{code: codeNoSuchTime, place: placeOf(t), args: []sla.Arg{sla.Prose("found", t.Value)}}
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// An hours is a stretch of the day: 08:00-19:00.
type hours struct {
	v  calendar.Hours
	at place
}

// Parse reads HH:MM-HH:MM.
func (n *hours) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokHours)
	if err != nil {
		return err
	}
	from, to, _ := strings.Cut(t.Value, "-")
	for _, end := range []struct {
		text string
		into *calendar.TimeOfDay
	}{{from, &n.v.From}, {to, &n.v.To}} {
		v, perr := calendar.ParseTimeOfDay(end.text)
		if perr != nil {
			return noSuchTime(end.text, t.Value, placeOf(t))
		}
		*end.into = v
	}
	n.at = placeOf(t)
	return nil
}

// A days is a set of days of the week: Mon-Fri, or Sunday.
type days struct {
	v  calendar.Weekdays
	at place
}

// Parse reads one day or a range of days.
func (n *days) Parse(lx *lexer.PeekingLexer) error {
	t, err := take(lx, tokWord)
	if err != nil {
		return err
	}
	v, perr := calendar.ParseWeekdays(shortDays(t.Value))
	if perr != nil {
		p := (&problem{code: codeNoSuchDay, place: placeOf(t)}).with(sla.Prose("found", t.Value))
		if meant := otherDays(t.Value); meant != "" {
			p.with(sla.Name("suggestion", meant)).fixed(p.place, meant)
		}
		return p
	}
	if p := daysApart(lx, t); p != nil {
		return p
	}
	n.v, n.at = v, placeOf(t)
	return nil
}

// daysApart is about a range in words: Monday to Friday.
func daysApart(lx *lexer.PeekingLexer, first *lexer.Token) *problem {
	before := lx.MakeCheckpoint()
	defer lx.LoadCheckpoint(before)
	if lx.Peek().Value != "to" {
		return nil
	}
	lx.Next()
	last := lx.Peek()
	meant := otherDays(first.Value + "-" + last.Value)
	if meant == "" {
		return nil
	}
	at := placeOf(first).through(placeOf(last))
	return (&problem{code: codeNoSuchDay, place: at}).with(sla.Prose("found", first.Value+" to "+last.Value), sla.Name("suggestion", meant)).fixed(at, meant)
}

// dayNames are the first letters of days in other languages, where they leave
// no doubt, and words for several days.
var dayNames = map[string]string{
	"lun": "Mon", "mar": "Tue", "mer": "Wed", "jeu": "Thu", "ven": "Fri", "sam": "Sat", "dim": "Sun",
	"mo": "Mon", "di": "Tue", "mi": "Wed", "do": "Thu", "fr": "Fri", "sa": "Sat", "so": "Sun",
	"montag": "Mon", "dienstag": "Tue", "mittwoch": "Wed", "donnerstag": "Thu", "freitag": "Fri", "samstag": "Sat", "sonntag": "Sun",
	"lundi": "Mon", "mardi": "Tue", "mercredi": "Wed", "jeudi": "Thu", "vendredi": "Fri", "samedi": "Sat", "dimanche": "Sun",
	"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun",
	"tues": "Tue", "weds": "Wed", "thur": "Thu", "thurs": "Thu",
	"monday": "Mon", "tuesday": "Tue", "wednesday": "Wed", "thursday": "Thu", "friday": "Fri", "saturday": "Sat", "sunday": "Sun",
	"weekdays": "Mon-Fri", "workdays": "Mon-Fri", "weekends": "Sat-Sun", "weekend": "Sat-Sun", "daily": "Mon-Sun", "everyday": "Mon-Sun",
}

// otherDays gives the days that are meant, "" where it is not sure.
func otherDays(s string) string {
	parts := strings.Split(strings.ToLower(s), "-")
	for i, p := range parts {
		day, ok := dayNames[p]
		if !ok || len(parts) > 1 && strings.Contains(day, "-") {
			return ""
		}
		parts[i] = day
	}
	return strings.Join(parts, "-")
}

// shortDays turns the full English names of days into the short ones.
func shortDays(s string) string {
	parts := strings.Split(s, "-")
	for i, p := range parts {
		for _, d := range []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} {
			if p == d {
				parts[i] = d[:3]
			}
		}
	}
	return strings.Join(parts, "-")
}
