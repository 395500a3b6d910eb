package sla_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// What may be wrong with the events of tickets, each with its rule and what the
// report says about it.
func TestBadTickets(t *testing.T) {
	const received = "received 03-10 09:00 service=web priority=P1"
	for name, c := range map[string]struct {
		facts []string // EVENT DATE TIME FIELD=VALUE …
		want  []string // of clocks, the verdict and what of it is told; refusals; findings
	}{
		"events in any order": {
			facts: []string{"restored 03-10 11:00", "responded 03-10 09:30", received},
			want:  []string{"respond met", "restore met"},
		},
		"a stop before the receipt stops nothing": {
			facts: []string{received, "responded 03-10 08:00"},
			want:  []string{"respond late, open: responded is dated before the clock started and stops nothing", "restore late, open", "ticket T: responded at 2026-03-10 08:00 is before the receipt at 2026-03-10 09:00"},
		},
		"what has not happened yet is not known yet": {
			facts: []string{received, "responded 04-10 09:00"},
			want:  []string{"respond late, open", "restore late, open", "dated later: 1"},
		},
		"a ticket of another year is told of": {
			facts: []string{received, "responded 03-10 09:10", "received 04-10 09:00 service=web priority=P1 ticket=U"},
			want:  []string{"respond met", "restore late, open", "dated later: 1"},
		},
		"an event twice is one": {
			facts: []string{received, "responded 03-10 09:30", "responded 03-10 09:30"},
			want:  []string{"respond met", "restore late, open"},
		},
		"closed, and nobody said that it was answered": {
			facts: []string{received, "restored 03-10 11:00", "closed 03-11 09:00"},
			want:  []string{"respond late, open: the ticket was closed, and no fact says that this clock stopped", "restore met"},
		},
		"a second answer changes nothing": {
			facts: []string{received, "restored 03-10 11:00", "restored 03-10 15:00"},
			want:  []string{"respond late, open", "restore met: restored came again; the first one counts"},
		},
		"one id with two contents is neither": {
			facts: []string{received, "responded 03-10 09:30 id=E-1", "responded 03-10 12:00 id=E-1"},
			want:  []string{"respond late, open", "restore late, open", "E-1 same-id-other-content", "E-1 same-id-other-content"},
		},
		"a stop without a start": {
			facts: []string{"responded 03-10 09:30 service=web priority=P1"},
			want:  []string{" not covered: none of its events is the receipt, which starts clocks"},
		},
		"a wait that never ends": {
			facts: []string{received, "waiting-on-customer 03-10 09:10"},
			want:  []string{"respond paused", "restore paused"},
		},
		"a wait that ends before it begins": {
			facts: []string{received, "waiting-on-customer 03-10 09:10 until=2026-03-10T08:00:00Z"},
			want:  []string{"respond late, open", "restore late, open", " ends-before-it-begins"},
		},
		"an unknown priority": {
			facts: []string{"received 03-10 09:00 service=web priority=P0"},
			want:  []string{" unknown-name"},
		},
		"an unknown service": {
			facts: []string{"received 03-10 09:00 service=wep priority=P1"},
			want:  []string{" unknown-name web"},
		},
		"an unknown site where the contract names others": {
			facts: []string{received + " site=aurilac", "restored 03-10 10:00"},
			want:  []string{"respond late, open", "restore met", "1 ticket at a site that the contract does not name: aurilac, the first T; did you mean aurillac?"},
		},
		"no service at all": {
			facts: []string{"received 03-10 09:00 priority=P1"},
			want:  []string{" not covered: it names no service of the contract"},
		},
		"a state that no rule mentions does not hold": {
			facts: []string{received, "parked 03-10 09:10"},
			want:  []string{"respond late, open: no rule mentions parked, so the clock ran", "restore late, open: no rule mentions parked, so the clock ran"},
		},
		"before the term": {
			facts: []string{"received 01-30 09:00 service=web priority=P1"},
			want:  []string{" not covered: it began before the contract was in force"},
		},
		"after the contract had ended": {
			facts: []string{"received 03-21 09:00 service=web priority=P1"},
			want:  []string{" not covered: it began after the contract had ended"},
		},
		"on its last date": {
			facts: []string{"received 03-20 09:00 service=web priority=P1", "responded 03-20 09:10", "restored 03-21 11:00"},
			want:  []string{"respond met", "restore late"},
		},
		"waiting and taken up at once": {
			facts: []string{received, "waiting-on-customer 03-10 09:10", "resumed 03-10 09:10"},
			want:  []string{"respond paused", "restore paused", "ticket T: resumed and waiting-on-customer are both dated 2026-03-10 09:10, and nothing says which came first"},
		},
		"waiting and taken up at once, in the order of their ids": {
			facts: []string{received, "waiting-on-customer 03-10 09:10 id=1", "resumed 03-10 09:10 id=2"},
			want:  []string{"respond late, open", "restore late, open"},
		},
		"taken up and done at once": {
			facts: []string{received, "responded 03-10 09:05", "restored 03-10 09:10", "reopened 03-10 09:10"},
			want:  []string{"respond met", "restore met", "ticket T: reopened and restored are both dated 2026-03-10 09:10, and nothing says which came first"},
		},
		"without a name": {
			facts: []string{received + " ticket=-"},
			want:  []string{" field-missing"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, toldOfTicket(t, c.facts))
		})
	}
}

// toldOfTicket is what a report of April says of the events of ticket T.
func toldOfTicket(t *testing.T, events []string) (said []string) {
	t.Helper()
	text := strings.Replace(earlyContract, "  timezone       UTC\n", "  timezone       UTC\n  term           6 months from 2026-02-01\n  status         ended on 2026-03-20\n", 1)
	a := dsl.Analyze("bad.sla", text)
	require.False(t, a.Diagnostics.HasErrors(), a.Diagnostics.Error())
	a.Contract.Sites = []sla.Site{{Name: "aurillac"}}
	engine, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	run, err := engine.Open(nil)
	require.NoError(t, err)
	var lines []string
	for _, e := range events {
		w := strings.Fields(e)
		row := fmt.Sprintf(`"kind":"ticket","event":%q,"occurred":"2026-%s %s"`, w[0], w[1], w[2])
		ticket := `,"ticket":"T"`
		for _, pair := range w[3:] {
			field, value, _ := strings.Cut(pair, "=")
			if field == "ticket" {
				if ticket = ""; value != "-" {
					ticket = fmt.Sprintf(`,"ticket":%q`, value)
				}
				continue
			}
			row += fmt.Sprintf(`,%q:%q`, field, value)
		}
		lines = append(lines, "{"+row+ticket+"}")
	}
	require.NoError(t, facts.Read(run, "t.ndjson", strings.NewReader(strings.Join(lines, "\n")), facts.Options{Zone: engine.Zone()}))
	at := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	from, to, err := sla.ParsePeriods("2026-03")
	require.NoError(t, err)
	rep, err := run.Report(sla.Options{From: from, To: to, AsOf: sla.AsOf{Valid: at, Known: at.AddDate(0, 1, 0)}, AllTickets: true})
	require.NoError(t, err)
	for _, c := range rep.Tickets {
		line := c.Clock + " " + c.Verdict
		for _, s := range c.Why {
			if step := words.English().Step(s); strings.HasPrefix(s.Code, "note-") {
				line += ": " + step.Text
			} else if c.Verdict == "not covered" {
				line += ": " + step.Text
			}
		}
		said = append(said, line)
	}
	for _, no := range rep.Intake.Refusals {
		line := no.ID + " " + string(no.Reason)
		for _, a := range no.Args {
			if a.Name == "suggestion" {
				line += " " + a.Value
			}
		}
		said = append(said, line)
	}
	for _, f := range rep.Findings {
		said = append(said, words.English().Finding(f.Code, f.Args).Title)
	}
	if n := rep.Intake.Later; n > 0 {
		said = append(said, fmt.Sprintf("dated later: %d", n))
	}
	return said
}

// Each instant of a fact is examined: none out of range is taken for another.
func TestInstantsOutOfRange(t *testing.T) {
	e := lenoir(t)
	never := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	head := sla.Head{ID: "X", Occurred: time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)}
	until := head.Occurred.Add(time.Hour)
	for name, f := range map[string]sla.Fact{
		"occurred":              &sla.TicketEvent{Head: sla.Head{ID: "X", Occurred: never}, Ticket: "T", Event: "received"},
		"recorded":              &sla.TicketEvent{Head: sla.Head{ID: "X", Occurred: head.Occurred, Recorded: never}, Ticket: "T", Event: "received"},
		"until":                 &sla.TicketEvent{Head: head, Ticket: "T", Event: "received", Until: never},
		"outage announced":      &sla.Outage{Head: head, Service: "erp", Until: until, Announced: never},
		"outage reported":       &sla.Outage{Head: head, Service: "erp", Until: until, Reported: never},
		"outage closed":         &sla.Outage{Head: head, Service: "erp", Until: until, Closed: never},
		"maintenance announced": &sla.Maintenance{Head: head, Service: "erp", Until: until, Announced: never},
		"contest accepted":      &sla.Contest{Head: head, Ticket: "T", Priority: "P1", Accepted: never},
	} {
		run, err := e.Open(nil)
		require.NoError(t, err)
		no := run.Add(f)
		require.NotNil(t, no, name)
		assert.Equal(t, sla.RefusedRange, no.Reason, name)
	}
}
