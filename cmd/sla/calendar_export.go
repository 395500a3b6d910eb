package main

import (
	"bytes"
	"os"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/ics"
)

type calendarExport struct {
	calendarName
	calendarRange
	ICS    bool   `name:"ics" default:"true" negatable:"" help:"As an iCalendar file (RFC 5545), the one form there is."`
	Output string `short:"o" help:"The file to write. Default: standard output." placeholder:"FILE"`
}

// Help shows examples.
func (*calendarExport) Help() string {
	return `Open time is written as one event a shift, in UTC; holidays are events of a whole day. The same calendar always gives the same bytes.

Examples:
  sla calendar export acme.sla support-hours --year 2026 --ics > support-hours.ics
  sla calendar export acme.sla support-hours --month 2026-05 -o may.ics`
}

// Run prints an iCalendar file.
func (e *calendarExport) Run(t *terminal) error {
	_, c, err := e.load(t)
	if err != nil {
		return err
	}
	from, to, err := e.months(t, c)
	if err != nil {
		return err
	}
	set := &calendar.HolidaySet{Name: "holidays", From: from.First(), To: to.Last()}
	for d := set.From; !d.After(set.To); d = d.AddDays(1) {
		set.Days = append(set.Days, c.Holidays(d)...)
	}
	var file bytes.Buffer
	err = ics.Write(&file, ics.Export{
		Calendar: c, From: set.From, To: set.To, Holidays: []*calendar.HolidaySet{set}, Stamp: c.Zone().StartOf(set.From),
	})
	if err != nil {
		return fail(exitFindings, "%s", calendarReason(c, err))
	}
	if e.Output == "" {
		_, err := t.out.Write(file.Bytes())
		return err
	}
	if err := os.WriteFile(e.Output, file.Bytes(), 0o644); err != nil {
		return fail(exitUsage, "%s: cannot be written", e.Output)
	}
	return nil
}
