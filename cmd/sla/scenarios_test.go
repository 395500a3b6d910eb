package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A scenario is a case that another project tells in prose, said in a contract
// and facts.
type scenario struct {
	// lines stand in `clocks`, rows in the table of the tier.
	lines, columns, rows string
	// facts are "EVENT INSTANT KEY=VALUE …" of one ticket; instants are of
	// March 2026, in UTC, as "09 10:30".
	facts string
	// at is the instant to ask about, clocks what every command then shows.
	at     string
	clocks []string
	// other is added to the contract.
	other string
}

// notSaid are the scenarios that no contract can say, with the reason.
var notSaid = map[string]string{
	"Requestor is also the owner":              "facts name no persons: who is inside is said by channels",
	"non-default SLA with a blank condition":   "a row of a table always names what it is about; `otherwise` is the complement of the others",
	"Calendar key 7 used for Sunday":           "days are named: `open 7 08:00-18:00` is an error of form",
	"calendar without any open day":            "an error when the contract is compiled (never-open), see businesstimedelta-016",
	"business calendar edited later":           "the hours are those of the contract that is given; an edition of them is written with from and until",
	"several exchanges, the later one quicker": "each exchange is judged and shown by itself",
}

// scenarios are the others, by the beginning of what is given.
var scenarios = map[string]scenario{
	"Resolve target 2 real hours; SLA changed": {
		columns: "restore within", rows: "P1 2 h always, P2 4 h always", at: "09 11:30",
		facts: "received 09 10:00 priority=P1, updated 09 11:00 priority=P2", clocks: []string{"restore running due 09 14:00"},
	},
	"Response target; ticket created by staff": {
		lines: "start when received by portal", columns: "respond within", rows: "P1 2 h hours", at: "09 15:00",
		facts: "received 09 10:00 priority=P1 channel=staff", clocks: []string{"respond not started due -"},
	},
	"Response 2 h; agent replies": {
		columns: "respond within", rows: "P1 2 h hours", at: "09 16:00",
		facts: "received 09 10:00 priority=P1, responded 09 11:00, responded 09 15:00", clocks: []string{"respond met due 09 12:00"},
	},
	"Requestor replies after agent reply, then replies again": {
		columns: "reply within", rows: "P1 2 h hours", at: "09 12:00",
		facts: "received 09 10:00 priority=P1, message 09 10:00, replied 09 10:30, message 09 11:00, message 09 11:45", clocks: []string{"reply met due 09 12:00", "reply running due 09 13:00"},
	},
	"Response 2 h + KeepInLoop 4 h; agent replies": {
		columns: "reply within | update every", rows: "P1 2 h | 4 h always", at: "09 13:30",
		facts:  "received 09 10:00 priority=P1, message 09 10:00, replied 09 10:30, updated 09 10:30, replied 09 12:00, updated 09 12:00, message 09 13:00",
		clocks: []string{"reply met due 09 12:00", "reply running due 09 15:00", "update running due 09 16:00"},
	},
	"Only Resolve target; replies from both sides": {
		columns: "restore within", rows: "P1 4 h hours", at: "09 13:00",
		facts: "received 09 10:00 priority=P1, replied 09 10:30, message 09 11:00, replied 09 11:30", clocks: []string{"restore running due 09 14:00"},
	},
	"Ticket without requestor": {
		columns: "respond within", rows: "P1 2 h hours", at: "09 15:00",
		facts: "updated 09 10:00 priority=P1 service=web", clocks: []string{" not covered due -"},
	},
	"KeepInLoop with IgnoreOnStatuses": {
		lines: "pause while stalled", columns: "update every", rows: "P1 4 h always", at: "09 13:00",
		facts: "received 09 10:00 priority=P1, updated 09 11:00, stalled 09 12:00", clocks: []string{"update paused due -"},
	},
	"Response without ignore list, KeepInLoop with": {
		other:   "clocks of update {\n  pause while stalled\n}\n",
		columns: "respond within | update every", rows: "P1 2 h | 4 h always", at: "09 11:30",
		facts: "received 09 10:00 priority=P1, stalled 09 11:00", clocks: []string{"respond running due 09 12:00", "update paused due -"},
	},
	"IgnoreOnStatuses without ExcludeTimeOnIgnoredStatuses": {
		lines: "never pause while stalled", columns: "respond within", rows: "P1 4 h always", at: "09 13:00",
		facts: "received 09 10:00 priority=P1, stalled 09 11:00, resumed 09 12:00", clocks: []string{"respond running due 09 14:00"},
	},
	"same with ExcludeTimeOnIgnoredStatuses": {
		lines: "pause while stalled", columns: "respond within", rows: "P1 4 h always", at: "09 13:00",
		facts: "received 09 10:00 priority=P1, stalled 09 11:00, resumed 09 12:00", clocks: []string{"respond running due 09 15:00"},
	},
	"update target; agent follow-up without customer contact": {
		columns: "reply within", rows: "P1 2 h hours", at: "09 15:00",
		facts: "received 09 10:00 priority=P1, replied 09 11:00", clocks: []string{"reply not started due -"},
	},
	"update target; repeated customer messages": {
		columns: "reply within", rows: "P1 2 h hours", at: "09 11:30",
		facts: "received 09 10:00 priority=P1, message 09 10:00, message 09 11:00", clocks: []string{"reply running due 09 12:00"},
	},
	"ticket just closed": {
		columns: "respond within | restore within", rows: "P1 1 h | 4 h hours", at: "09 12:00",
		facts: "received 09 10:00 priority=P1, responded 09 10:30, restored 09 12:00, closed 09 12:00", clocks: []string{"respond met due 09 11:00", "restore met due 09 14:00"},
	},
	"suspended over local midnight": {
		lines: "pause while stalled", columns: "restore within", rows: "P1 4 h always", at: "10 01:00",
		facts: "received 09 22:00 priority=P1, stalled 09 23:45 until=2026-03-10T00:45:00Z", clocks: []string{"restore running due 10 03:00"},
	},
	"priority changes after the SLA event": {
		columns: "respond within", rows: "P1 2 h hours, P2 1 h hours", at: "09 15:00",
		facts: "received 09 10:00 priority=P1, responded 09 11:30, updated 09 12:00 priority=P2", clocks: []string{"respond met due 09 12:00"},
	},
	"priority changed so that no SLA matches": {
		columns: "respond within | restore within", rows: "P1 30 min | 4 h hours", at: "09 13:00",
		facts: "received 09 10:00 priority=P1, updated 09 11:00 priority=P2", clocks: []string{"respond late, open due 09 10:30", "restore not covered due -"},
	},
	"schedule changes mid-ticket": {
		lines: "change of priority applies from the change", columns: "restore within", rows: "P1 12 h always, P2 12 h hours", at: "09 23:00",
		facts: "received 09 10:00 priority=P1, updated 09 16:00 priority=P2", clocks: []string{"restore running due 10 12:00"},
	},
	"first-reply SLA attached days after creation": {
		columns: "respond within", rows: "P1 20 h hours", at: "11 12:00",
		facts: "received 09 10:00, updated 11 10:00 priority=P1", clocks: []string{"respond late, open due 11 10:00"},
	},
	"two resolution targets": {
		lines: "reopen within 5 days continues the same clock, the time while restored counts", other: "clocks of respond {\n  respond means \"first resolution\", stops at restored\n}\n",
		columns: "respond within | restore within", rows: "P1 4 h | 4 h always", at: "09 13:00",
		facts: "received 09 10:00 priority=P1, restored 09 11:00, reopened 09 12:00", clocks: []string{"respond met due 09 14:00", "restore running due 09 14:00"},
	},
}

// march is an instant of March 2026, "09 10:30".
func march(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", "2026-03-"+s)
	require.NoError(t, err)
	return at
}

// contract writes the contract of a scenario.
func (s *scenario) contract() string {
	var b strings.Builder
	b.WriteString("sla 1\ncontract \"S\" {\n  kind fragment\n  timezone UTC\n}\ncalendar hours open Mon-Fri 08:00-18:00\ncalendar always open 24x7\n")
	b.WriteString("priorities {\n  | priority | when |\n  | P1 | \"1\" |\n  | P2 | \"2\" |\n}\nclocks {\n")
	if !strings.HasPrefix(s.lines, "start ") {
		b.WriteString("  start when received\n")
	}
	fmt.Fprintf(&b, "  %s\n}\n%stier gold {\n  | priority | %s | clock |\n", s.lines, s.other, s.columns)
	for row := range strings.SplitSeq(s.rows, ", ") {
		priority, rest, _ := strings.Cut(row, " ")
		i := strings.LastIndexByte(rest, ' ')
		fmt.Fprintf(&b, "  | %s | %s | %s |\n", priority, rest[:i], rest[i+1:])
	}
	b.WriteString("}\nservice web {\n  tier gold\n}\n")
	return b.String()
}

// lines writes the facts of a scenario.
func (s *scenario) ndjson(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	for fact := range strings.SplitSeq(s.facts, ", ") {
		words := strings.Fields(fact)
		row := map[string]string{"kind": "ticket", "ticket": "T", "event": words[0], "occurred": march(t, words[1]+" "+words[2]).Format(time.RFC3339)}
		if words[0] == "received" {
			row["service"] = "web"
		}
		for _, pair := range words[3:] {
			key, value, _ := strings.Cut(pair, "=")
			row[key] = value
		}
		b, err := json.Marshal(row)
		require.NoError(t, err)
		out.Write(append(b, '\n'))
	}
	return out.String()
}

// check runs a scenario through every command that shows clocks.
func (s *scenario) check(t *testing.T) {
	for command := range ticketCommands {
		var got []string
		for _, c := range clocksOf(t, command, s.contract(), s.ndjson(t), march(t, s.at)) {
			due := "-"
			if c.Due != nil {
				due = c.Due.UTC().Format("02 15:04")
			}
			got = append(got, c.Clock+" "+c.Verdict+" due "+due)
		}
		assert.Equal(t, s.clocks, got, "%s\n%s%s", command, s.contract(), s.ndjson(t))
	}
}

// checkLocal asks for a local time by the command: one that the clocks skip is
// refused, where the source moves it on.
func (c *businessCase) checkLocal(t *testing.T) {
	var want time.Time
	require.NoError(t, json.Unmarshal(c.Expected, &want))
	c.WeeklyHours = map[string][][2]string{"mon-Sun": {{"00:00", "24:00"}}}
	var out, errs strings.Builder
	status := run(context.Background(), []string{"calendar", "add", "-", "hours", c.Wall, "0 min", "--format", "json"}, terminal{in: strings.NewReader(c.fragment()), out: &out, err: &errs})
	if want.Format("15:04:05") != c.Wall[len("2026-03-10T"):] {
		assert.Equal(t, exitUsage, status)
		assert.Contains(t, errs.String(), "never", c.Wall)
		return
	}
	require.Equal(t, exitOK, status, errs.String())
	var got struct{ At time.Time }
	require.NoError(t, json.Unmarshal([]byte(out.String()), &got))
	assert.True(t, want.Equal(got.At), "%s, not %s", got.At, want)
}

// checkObserved looks for the date among the holidays that are shown: our
// tables list both the day and the day it is observed on.
func (c *businessCase) checkObserved(t *testing.T) {
	var want struct{ Actual, Observed bool }
	require.NoError(t, json.Unmarshal(c.Expected, &want))
	contract := "sla 1\ncontract \"US\" {\n  kind fragment\n  timezone America/New_York\n}\ncalendar hours {\n  open Mon-Sun 08:00-18:00\n  closed public-holidays US\n}\n"
	var out, errs strings.Builder
	status := run(context.Background(), []string{"calendar", "show", "-", "hours", "--month", c.Date[:len("2026-03")], "--format", "json"}, terminal{in: strings.NewReader(contract), out: &out, err: &errs})
	require.Equal(t, exitOK, status, errs.String())
	var got struct {
		Dates []struct {
			Date     string
			Holidays []string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out.String()), &got))
	for _, d := range got.Dates {
		if d.Date == c.Date {
			assert.Equal(t, want.Actual || want.Observed, len(d.Holidays) > 0, d.Date)
		}
	}
}
