package ics

import (
	"fmt"
	"io"
	"time"

	ical "github.com/emersion/go-ical"

	"github.com/sla-lang/sla/calendar"
)

// An Export says what of a calendar is written.
type Export struct {
	// Calendar is written as one event for each stretch of open time.
	Calendar *calendar.Calendar
	// From and To bound the dates, both included.
	From, To calendar.Date
	// Title is the title of the events; empty means the calendar's name.
	Title string
	// Holidays are written as events of whole days.
	Holidays []*calendar.HolidaySet
	// Stamp is when the file was made, which the format asks for; the same
	// stamp always gives the same bytes.
	Stamp calendar.Instant
}

// Write writes a file. Times are in UTC, so that no reader's zone data can
// change them. The error is a *calendar.CoverageError where the calendar or a
// holiday set is not known for all the dates, or the writer's.
func Write(w io.Writer, e Export) error {
	file := ical.NewCalendar()
	file.Props.SetText(ical.PropVersion, "2.0")
	file.Props.SetText(ical.PropProductID, "-//sla-lang//sla//EN")
	if err := e.appendOpen(file); err != nil {
		return err
	}
	for _, set := range e.Holidays {
		if err := e.appendHolidays(file, set); err != nil {
			return err
		}
	}
	if len(file.Children) == 0 {
		_, err := io.WriteString(w, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sla-lang//sla//EN\r\nEND:VCALENDAR\r\n")
		return err // the library refuses a file without events
	}
	return ical.NewEncoder(w).Encode(file)
}

func (e Export) appendOpen(file *ical.Calendar) error {
	if e.Calendar == nil {
		return nil
	}
	zone := e.Calendar.Zone()
	v := calendar.Interval{Start: zone.StartOf(e.From), End: zone.StartOf(e.To.AddDays(1))}
	if err := e.Calendar.Check(v); err != nil {
		return err
	}
	title := e.Title
	if title == "" {
		title = e.Calendar.Name()
	}
	for p := range e.Calendar.Open(v).All() {
		event := e.event(fmt.Sprintf("%d@%s", int64(p.Start)/int64(time.Second), e.Calendar.Name()), title)
		event.Props.SetDateTime(ical.PropDateTimeStart, p.Start.Time())
		event.Props.SetDateTime(ical.PropDateTimeEnd, p.End.Time())
		file.Children = append(file.Children, event.Component)
	}
	return nil
}

func (e Export) appendHolidays(file *ical.Calendar, set *calendar.HolidaySet) error {
	days, err := set.Between(e.From, e.To)
	if err != nil {
		return err
	}
	for i, d := range days {
		event := e.event(fmt.Sprintf("%s-%d@%s", d.Date, i, set.Name), d.Name)
		event.Props.SetDate(ical.PropDateTimeStart, moment{date: d.Date}.utc())
		event.Props.SetDate(ical.PropDateTimeEnd, moment{date: d.Date.AddDays(1)}.utc())
		event.Props.SetText(ical.PropTransparency, "TRANSPARENT")
		file.Children = append(file.Children, event.Component)
	}
	return nil
}

func (e Export) event(uid, title string) *ical.Event {
	event := ical.NewEvent()
	event.Props.SetText(ical.PropUID, uid)
	event.Props.SetDateTime(ical.PropDateTimeStamp, e.Stamp.Time())
	event.Props.SetText(ical.PropSummary, title)
	return event
}
