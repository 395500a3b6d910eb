package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/calendar/ics"
	"github.com/sla-lang/sla/calendar/zones"
	"github.com/sla-lang/sla/dsl"
)

type calendarImport struct {
	File string `arg:"" help:"An iCalendar file (RFC 5545) of events that last whole days."`
	Name string `arg:"" help:"The name the list of holidays is to have."`
	From string `help:"The first date the list covers. Default: the first of this year (UTC)." placeholder:"DATE"`
	To   string `help:"The last date it covers. Default: the end of the year of --from." placeholder:"DATE"`
}

// Help shows examples.
func (*calendarImport) Help() string {
	return `Prints a list of holidays to paste into a contract. Recurring events are repeated between the two dates. What is no whole day, or cannot be read, is told and left out.

Examples:
  sla calendar import city.ics city --from 2026-01-01 --to 2027-12-31 >> calendars.sla`
}

// Run prints a list of holidays, and on standard error what is not in it.
func (c *calendarImport) Run(t *terminal) error {
	from, to, err := c.bounds(t)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fail(exitUsage, "%s: cannot be read", c.File)
	}
	feed, err := ics.Read(bytes.NewReader(text), ics.Options{From: from, To: to, Zones: zones.Load})
	if err != nil {
		return fail(exitFacts, "%s: is no iCalendar file", c.File)
	}
	block := holidaysBlock(c.Name, from, to, feed.Days)
	if a := dsl.Analyze(c.Name, fragmentOf(block)); a.Diagnostics.HasErrors() {
		return fail(exitUsage, "%q is no name: write small letters, digits and dashes, as in city-holidays", c.Name)
	}
	fmt.Fprint(t.out, block)
	for _, s := range feed.Spans {
		fmt.Fprintf(t.err, "%s: left out, no whole day: %q from %s to %s\n", c.File, oneLine(s.Title), s.Start, s.End)
	}
	for _, r := range feed.Refused {
		fmt.Fprintf(t.err, "%s: not read: %q: %s %s\n", c.File, oneLine(r.Title), r.Reason, r.Text)
	}
	if len(feed.Refused) > 0 {
		return &statusError{status: exitFacts}
	}
	return nil
}

// bounds are the dates which the list covers.
func (c *calendarImport) bounds(t *terminal) (from, to calendar.Date, err error) {
	first := cmp.Or(c.From, fmt.Sprintf("%04d-01-01", t.now().UTC().Year()))
	if from, err = calendar.ParseDate(first); err != nil {
		return from, to, fail(exitUsage, "--from: %q is no date: write 2026-01-31", first)
	}
	last := cmp.Or(c.To, fmt.Sprintf("%04d-12-31", from.Year()))
	if to, err = calendar.ParseDate(last); err != nil {
		return from, to, fail(exitUsage, "--to: %q is no date: write 2026-12-31", last)
	}
	if to.Before(from) {
		return from, to, fail(exitUsage, "--to: %s is before %s", to, from)
	}
	return from, to, nil
}

// holidaysBlock is a list as a contract writes it; several events of one date
// share a line.
func holidaysBlock(name string, from, to calendar.Date, days []ics.Day) string {
	var b strings.Builder
	fmt.Fprintf(&b, "holidays %s from %s to %s {\n", name, from, to)
	for i := 0; i < len(days); {
		date := days[i].Date
		var titles []string
		for ; i < len(days) && days[i].Date == date; i++ {
			titles = append(titles, oneLine(days[i].Title))
		}
		if !date.Before(from) && !date.After(to) {
			fmt.Fprintf(&b, "  %s", date)
			if title := strings.Join(titles, " / "); title != "" {
				fmt.Fprintf(&b, " \"%s\"", title)
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// oneLine is a title that can stand between quotes.
func oneLine(title string) string {
	return strings.NewReplacer(`"`, "'", "“", "'", "”", "'").Replace(strings.Join(strings.Fields(title), " "))
}

// fragmentOf is the smallest file in which a block can stand.
func fragmentOf(block string) string {
	return "sla 1\n\ncontract \"IMPORT\" {\n  kind fragment\n  timezone UTC\n}\n" + block
}
