package main

import (
	"context"
	_ "embed"
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

//go:embed testdata/scenarios/told.txt
var told string

// scenarios are the others, by the beginning of what is given.
var scenarios = readScenarios(told)

// readScenarios reads scenarios: a name behind #, then fields, each behind its
// own name in nine columns. What stands in several lines is said line by line.
func readScenarios(text string) map[string]scenario {
	all := map[string]scenario{}
	for block := range strings.SplitSeq("\n"+strings.TrimSpace(text), "\n# ") {
		name, fields, _ := strings.Cut(block, "\n")
		if name == "" {
			continue
		}
		var s scenario
		to := map[string]*string{"lines": &s.lines, "columns": &s.columns, "rows": &s.rows, "facts": &s.facts, "at": &s.at}
		for line := range strings.SplitSeq(strings.TrimSpace(fields), "\n") {
			switch key, value := strings.TrimSpace(line[:9]), line[9:]; key {
			case "clocks":
				s.clocks = append(s.clocks, value)
			case "other":
				s.other += value + "\n"
			default:
				*to[key] += "\n" + value
			}
		}
		for _, field := range to {
			*field = strings.TrimSpace(*field)
		}
		all[name] = s
	}
	return all
}

//go:embed testdata/scenarios/combined.txt
var combined string

// Rules that are each simple, in combination.
func TestCombinedScenarios(t *testing.T) {
	for name, s := range readScenarios(combined) {
		t.Run(name, s.check)
	}
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
