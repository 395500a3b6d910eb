package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/display"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

type calendarAdd struct {
	calendarName
	From   string `arg:"" help:"An instant with its offset, or a local time or date of the calendar."`
	Length string `arg:"" help:"A length of time such as \"4 h\", \"-90 min\", \"5 business days\", \"7 days\" or \"1 month\"."`
	Format string `enum:"text,json" default:"text" help:"How to show the answer: ${enum}."`
}

// Help shows examples.
func (*calendarAdd) Help() string {
	return `Exact time runs while the calendar is open, backward for a negative length. Business days follow the calendar's business-day line; days, weeks and months are dates, and end with the last of them.

Examples:
  sla calendar add acme.sla support-hours 2026-05-22T18:30:00+02:00 "4 h"
  sla calendar add acme.sla support-hours "2026-05-22 18:30" "5 business days"
  sla calendar add acme.sla support-hours 2026-05-22T18:30:00+02:00 "-90 min" --format json`
}

// Run prints an instant and how it is reached.
func (c *calendarAdd) Run(t *terminal) error {
	_, hours, err := c.load(t)
	if err != nil {
		return err
	}
	from, err := instantOf(hours, "FROM", c.From)
	if err != nil {
		return err
	}
	length, err := calendar.ParseLength(trimmed(c.Length))
	if err != nil {
		return fail(exitUsage, "%s", words.English().Phrase("calendar no-length", sla.Prose("found", c.Length)))
	}
	at, err := calendar.Due(from, length, hours.Zone(), hours, hours)
	if err != nil {
		return fail(exitFindings, "%s", calendarReason(hours, err))
	}
	if c.Format == "json" {
		return writeJSON(t.out, struct {
			At string `json:"at"`
		}{written(hours.Zone(), at)})
	}
	fmt.Fprintln(t.out, shortDay(hours.Zone().DateAt(at)), written(hours.Zone(), at))
	writeStretches(t, hours, calendar.Interval{Start: min(from, at), End: max(from, at)})
	return nil
}

type calendarBetween struct {
	calendarName
	From   string `arg:"" help:"An instant with its offset, or a local time or date of the calendar."`
	To     string `arg:"" help:"Another; one before FROM gives a negative length."`
	Format string `enum:"text,json" default:"text" help:"How to show the answer: ${enum}."`
}

// Help shows examples.
func (*calendarBetween) Help() string {
	return `Examples:
  sla calendar between acme.sla support-hours 2026-05-22T18:30:00+02:00 2026-05-26T11:30:00+02:00
  sla calendar between acme.sla support-hours "2026-05-22 18:30" 2026-06-01 --format json`
}

// Run prints the open time between two instants and what it consists of.
func (c *calendarBetween) Run(t *terminal) error {
	_, hours, err := c.load(t)
	if err != nil {
		return err
	}
	from, err := instantOf(hours, "FROM", c.From)
	if err != nil {
		return err
	}
	to, err := instantOf(hours, "TO", c.To)
	if err != nil {
		return err
	}
	span := calendar.Interval{Start: min(from, to), End: max(from, to)}
	if err := hours.Check(span); err != nil {
		return fail(exitFindings, "%s", calendarReason(hours, err))
	}
	open := hours.Between(from, to)
	if c.Format == "json" {
		return writeJSON(t.out, newOpenTime(hours, open, span))
	}
	fmt.Fprintln(t.out, calendar.ExactLength(open))
	writeStretches(t, hours, span)
	return nil
}

// openTime is the JSON form of open time.
type openTime struct {
	// Seconds are decimal, exact, with three decimals or as many as it needs.
	Seconds string `json:"seconds"`
	// ISO is the ISO 8601 duration.
	ISO string `json:"iso"`
	// Intervals are the stretches it consists of, in order.
	Intervals []stretch `json:"intervals"`
}

type stretch struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func newOpenTime(c *calendar.Calendar, open time.Duration, span calendar.Interval) openTime {
	out := openTime{Seconds: exactSeconds(open), ISO: isoDuration(open), Intervals: []stretch{}}
	for v := range c.Open(span).All() {
		out.Intervals = append(out.Intervals, stretch{written(c.Zone(), v.Start), written(c.Zone(), v.End)})
	}
	return out
}

// exactSeconds writes exact time as decimal seconds: "59.700".
func exactSeconds(d time.Duration) string {
	sign, n := "", uint64(d)
	if d < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%s%d.%09d", sign, n/1e9, n%1e9)
	for range 6 {
		s = strings.TrimSuffix(s, "0")
		if strings.IndexByte(s, '.') == len(s)-4 {
			break
		}
	}
	return s
}

// isoDuration writes exact time as ISO 8601 does: "PT19H30M", "PT59.7S".
func isoDuration(d time.Duration) string {
	sign, n := "", uint64(d)
	if d < 0 {
		sign, n = "-", -n
	}
	s := sign + "PT"
	if h := n / 3600e9; h > 0 {
		s += strconv.FormatUint(h, 10) + "H"
	}
	if m := n / 60e9 % 60; m > 0 {
		s += strconv.FormatUint(m, 10) + "M"
	}
	if rest := n % 60e9; rest > 0 || n == 0 {
		s += strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%09d", rest/1e9, rest%1e9), "0"), ".") + "S"
	}
	return s
}

// mostStretches is how many stretches of open time are listed.
const mostStretches = 20

// writeStretches lists the open time of a span by shift, with the holidays
// between, and leaves out the middle of a long list.
func writeStretches(t *terminal, c *calendar.Calendar, span calendar.Interval) {
	open, zone := c.Open(span), c.Zone()
	day := zone.DateAt(span.Start)
	n := 0
	for v := range open.All() {
		n++
		if n == mostStretches/2+1 && open.Len() > mostStretches {
			fmt.Fprintln(t.out, "  "+words.English().Phrase("calendar more-stretches", sla.Count("n", open.Len()-mostStretches)))
		}
		opens := zone.DateAt(v.Start)
		if n <= mostStretches/2 || n > open.Len()-mostStretches/2 {
			writeHolidays(t, c, day, opens)
			fmt.Fprintln(t.out, stretchLine(zone, v))
		}
		day = opens.AddDays(1)
	}
}

// writeHolidays names the closed holidays from one date up to another, of two
// weeks at most.
func writeHolidays(t *terminal, c *calendar.Calendar, from, to calendar.Date) {
	for d := from; d.Before(to) && d.DaysSince(from) < 14; d = d.AddDays(1) {
		if c.OpenDate(d) {
			continue
		}
		for _, h := range c.Holidays(d) {
			fmt.Fprintln(t.out, "  "+shortDay(d)+" "+d.String()+"  "+h.Name)
		}
	}
}

// stretchLine is "Fri 2026-05-22  18:30-19:00  30 min".
func stretchLine(z *calendar.Zone, v calendar.Interval) string {
	hours := clockOf(z, v.Start) + "-" + clockOf(z, v.End)
	first, _ := z.Local(v.Start)
	last, tod := z.Local(v.End)
	switch {
	case last != first && last == first.AddDays(1) && tod == 0:
		hours = clockOf(z, v.Start) + "-24:00"
	case last != first:
		hours += " " + shortDay(last) + " " + last.String()
	}
	if z.Offset(v.Start) != z.Offset(v.End) {
		hours += " " + offsetChange(z, v)
	}
	return "  " + shortDay(first) + " " + first.String() + "  " + display.Pad(hours, 12) + "  " + calendar.ExactLength(v.Length()).String()
}

func offsetChange(z *calendar.Zone, v calendar.Interval) string {
	at := func(i calendar.Instant) string { return i.Time().In(z.Location()).Format("-07:00") }
	return "(" + at(v.Start) + " to " + at(v.End) + ")"
}

func clockOf(z *calendar.Zone, i calendar.Instant) string {
	_, tod := z.Local(i)
	return tod.String()
}

func shortDay(d calendar.Date) string { return d.Weekday().String()[:3] }
