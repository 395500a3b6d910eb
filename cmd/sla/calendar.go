package main

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// calendarCommand computes with the calendars of a contract or a fragment.
type calendarCommand struct {
	Show    calendarShow    `cmd:"" help:"Print the months of a year with hours and holidays."`
	Add     calendarAdd     `cmd:"" help:"Print when a length of time from an instant ends."`
	Between calendarBetween `cmd:"" help:"Print the open time between two instants."`
	Export  calendarExport  `cmd:"" help:"Print open time and holidays as an iCalendar file."`
	Import  calendarImport  `cmd:"" help:"Print the holidays of an iCalendar file as a list for a contract."`
}

// A calendarName says which calendar of which contract.
type calendarName struct {
	Contract string `arg:"" help:"The contract, a folder that holds one, or - for standard input."`
	Calendar string `arg:"" help:"The name of the calendar."`
}

// load compiles the calendar that is named.
func (n *calendarName) load(t *terminal) (*sla.Engine, *calendar.Calendar, error) {
	file, err := oneContract(n.Contract)
	if err != nil {
		return nil, nil, err
	}
	contract, err := t.compile(file)
	if err != nil {
		return nil, nil, err
	}
	engine, err := sla.Prepare(contract)
	if err != nil {
		return nil, nil, fail(exitFindings, "%s: %v", file, err)
	}
	c := engine.Calendar(n.Calendar)
	if c == nil {
		return nil, nil, noCalendar(contract, n.Calendar)
	}
	return engine, c, nil
}

func noCalendar(contract *sla.Contract, name string) error {
	var names []string
	for _, d := range contract.Calendars {
		names = append(names, d.Name)
	}
	args := []sla.Arg{sla.Name("found", name)}
	switch near := spelling.Nearest(name, names); {
	case near != "":
		args = append(args, sla.Name("suggestion", near))
	case len(names) > 0:
		args = append(args, sla.List("known", names))
	}
	return fail(exitUsage, "%s", words.English().Phrase("calendar unknown", args...))
}

// negativeLengths lets a negative length such as "-4 h" stand among the
// arguments, where it looks like a flag.
func negativeLengths(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if negativeLength.MatchString(a) {
			a = " " + a
		}
		out[i] = a
	}
	return out
}

var negativeLength = regexp.MustCompile(`^-[0-9]`)

// instant reads an instant, a local time or a date of the calendar's zone.
func instantOf(c *calendar.Calendar, what, text string) (calendar.Instant, error) {
	at, err := instantIn(c.Zone(), what, text)
	if err != nil {
		return 0, err
	}
	if at.IsZero() {
		return 0, fail(exitUsage, "%s: an instant is needed", what)
	}
	i, err := calendar.InstantOf(at)
	if err != nil {
		return 0, fail(exitUsage, "%s: %s", what, calendarReason(c, err))
	}
	return i, nil
}

// calendarReason says why a calendar has no answer.
func calendarReason(c *calendar.Calendar, err error) string {
	w := words.English()
	var coverage *calendar.CoverageError
	var unreachable *calendar.UnreachableError
	var missing *calendar.MissingDateError
	var outside *calendar.RangeError
	switch {
	case errors.As(err, &coverage):
		return w.Phrase("calendar not-covered", sla.Name("holidays", coverage.Holidays), sla.DateArg("from", coverage.From), sla.DateArg("to", coverage.To), sla.DateArg("date", coverage.Date))
	case errors.As(err, &unreachable):
		return w.Phrase("calendar unreachable", sla.Name("calendar", unreachable.Calendar), sla.Length("length", unreachable.Target), sla.Prose("from", written(c.Zone(), unreachable.From)))
	case errors.As(err, &missing):
		return w.Phrase("calendar no-date", sla.Length("length", missing.Length), sla.DateArg("from", missing.From), sla.Length("suggestion", missing.Length.OrLastDay()))
	case errors.As(err, &outside):
		return w.Phrase("calendar out-of-range", sla.Prose("text", outside.Text))
	}
	return err.Error()
}

// written is an instant as RFC 3339 with the zone's offset and no more
// decimals than it needs; in UTC where the offset has seconds, which the
// format cannot say (local mean time, before time zones).
func written(z *calendar.Zone, i calendar.Instant) string {
	if z.Offset(i)%time.Minute != 0 {
		return i.String()
	}
	return i.Time().In(z.Location()).Format(time.RFC3339Nano)
}

func writeJSON(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// trimmed is a length as it was typed.
func trimmed(s string) string { return strings.Join(strings.Fields(s), " ") }
