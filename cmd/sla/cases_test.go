package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A businessCase is a case of business time out of another project's tests,
// which is here written in the language and computed by the command.
type businessCase struct {
	ID          string                 `json:"id"`
	Op          string                 `json:"op"`
	Timezone    string                 `json:"timezone"`
	WeeklyHours map[string][][2]string `json:"weekly_hours"`
	Holidays    []string               `json:"holidays"`
	Overrides   map[string][][2]string `json:"date_overrides"`
	Closures    []struct{ From, To time.Time }
	Start       time.Time   `json:"start"`
	End         time.Time   `json:"end"`
	Minutes     json.Number `json:"duration_minutes"`
	Workdays    *int        `json:"duration_workdays"`
	Target      json.Number `json:"target_minutes"`
	Stop        time.Time   `json:"stop"`
	Pauses      []struct{ From, To time.Time }
	Boundary    string          `json:"boundary"`
	Rounding    string          `json:"expected_rounding"`
	NegAsZero   bool            `json:"negative_as_zero"`
	Expected    json.RawMessage `json:"expected"`
	// Ours is, of the disagreements, what the rules of semantics give.
	Ours json.RawMessage `json:"bruteforce_result"`
	// Of the extra cases:
	At    time.Time `json:"at"`
	Month string    `json:"month"`
	Wall  string    `json:"wall"`
	Date  string    `json:"date"`
	Given string    `json:"given"`
}

func businessCases(t *testing.T, file string) []businessCase {
	t.Helper()
	folder := os.Getenv("SLA_CASES")
	if folder == "" {
		t.Skip("SLA_CASES is not set: the shared cases are not there")
	}
	text, err := os.ReadFile(filepath.Join(folder, file))
	require.NoError(t, err)
	var content struct{ Vectors, Cases []businessCase }
	require.NoError(t, json.Unmarshal(text, &content))
	return append(content.Vectors, content.Cases...)
}

// fragment writes the hours of a case in the language.
func (c *businessCase) fragment() string {
	var b strings.Builder
	fmt.Fprintf(&b, "sla 1\ncontract %q {\n  kind fragment\n  timezone %s\n}\ncalendar hours {\n", c.ID, cmp.Or(c.Timezone, "UTC"))
	hours := func(list [][2]string) string {
		var out []string
		for _, h := range list {
			out = append(out, h[0]+"-"+h[1])
		}
		return strings.Join(out, ", ")
	}
	for days, list := range c.WeeklyHours {
		if len(list) > 0 {
			fmt.Fprintf(&b, "  open %s %s\n", strings.ToUpper(days[:1])+days[1:], hours(list))
		}
	}
	for date, list := range c.Overrides {
		if len(list) > 0 {
			fmt.Fprintf(&b, "  open on %s %s\n", date, hours(list))
		} else {
			fmt.Fprintf(&b, "  closed %s\n", date)
		}
	}
	for _, h := range c.Holidays {
		if len(h) == len("12-25") {
			h = "yearly " + h
		}
		fmt.Fprintf(&b, "  closed %s\n", h)
	}
	for _, p := range append(slices.Clone(c.Closures), c.Pauses...) {
		if p.From.Before(p.To) {
			fmt.Fprintf(&b, "  closed from %s to %s\n", p.From.Format(time.RFC3339Nano), p.To.Format(time.RFC3339Nano))
		}
	}
	if c.Workdays != nil {
		b.WriteString("  business day the day of receipt is not counted, due at the same time of day\n")
	}
	return b.String() + "}\n"
}

// answer runs `sla calendar` on the fragment and reads its JSON.
func (c *businessCase) answer(t *testing.T, into any, op string, args ...string) {
	t.Helper()
	var out, errs strings.Builder
	args = append([]string{"calendar", op, "-", "hours"}, args...)
	status := run(context.Background(), append(args, "--format", "json"), terminal{in: strings.NewReader(c.fragment()), out: &out, err: &errs, now: time.Now})
	require.Equal(t, exitOK, status, "%s%s", c.fragment(), errs.String())
	require.NoError(t, json.Unmarshal([]byte(out.String()), into), out.String())
}

// add is the instant some minutes of open time after another; zero of them is
// where it starts.
func (c *businessCase) add(t *testing.T, from time.Time, length string) time.Time {
	t.Helper()
	var got struct{ At time.Time }
	c.answer(t, &got, "add", from.Format(time.RFC3339Nano), length)
	return got.At
}

func (c *businessCase) between(t *testing.T, from, to time.Time) *big.Rat {
	t.Helper()
	var got struct {
		Seconds   string
		Intervals []struct{ From, To time.Time }
	}
	c.answer(t, &got, "between", from.Format(time.RFC3339Nano), to.Format(time.RFC3339Nano))
	open, ok := new(big.Rat).SetString(got.Seconds)
	require.True(t, ok, got.Seconds)
	total := time.Duration(0)
	for _, v := range got.Intervals {
		total += v.To.Sub(v.From)
	}
	assert.Zero(t, new(big.Rat).Abs(open).Cmp(big.NewRat(int64(total), int64(time.Second))), "the intervals add up to the seconds")
	return open
}

// near compares seconds with minutes of at most six decimals.
func (c *businessCase) near(t *testing.T, want json.Number, seconds *big.Rat) {
	t.Helper()
	exact, ok := new(big.Rat).SetString(want.String())
	require.True(t, ok, want)
	minutes := new(big.Rat).Quo(seconds, big.NewRat(60, 1))
	if c.Rounding == "floor_minute" {
		minutes.SetInt(new(big.Int).Quo(minutes.Num(), minutes.Denom()))
	}
	diff := new(big.Rat).Sub(minutes, exact)
	assert.LessOrEqual(t, diff.Abs(diff).Cmp(big.NewRat(1, 1_000_000)), 0, "%s min, not %s", minutes.FloatString(6), want)
}

// length is a number of minutes as the command reads it, to the nanosecond.
func length(t *testing.T, minutes json.Number) string {
	t.Helper()
	r, ok := new(big.Rat).SetString(minutes.String())
	require.True(t, ok)
	return new(big.Rat).Mul(r, big.NewRat(60, 1)).FloatString(9) + " s"
}

// All cases of business time, through the language and the command.
func TestBusinessTimeCases(t *testing.T) {
	for _, c := range businessCases(t, "business_time.json") {
		t.Run(c.ID, func(t *testing.T) {
			if c.ID == "businesstimedelta-016" { // a calendar that is never open
				var out, errs strings.Builder
				status := run(context.Background(), []string{"calendar", "add", "-", "hours", "2026-01-01", "1 h"}, terminal{in: strings.NewReader(c.fragment()), out: &out, err: &errs})
				assert.Equal(t, exitFindings, status)
				assert.Contains(t, errs.String(), "[never-open]")
				return
			}
			c.check(t)
		})
	}
}

// Where other projects give another answer, the command gives the one of the
// table in the documentation of package calendar.
func TestDisagreements(t *testing.T) {
	cases := businessCases(t, "business_time_disagreements.json")
	assert.Len(t, cases, 23)
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			theirs := c.Expected
			c.Expected, c.Boundary = c.ours(t), ""
			assert.NotEqual(t, string(theirs), string(c.Expected))
			c.check(t)
			if c.Op == "sla" {
				c.checkTicket(t)
			}
		})
	}
}

// ours is the answer of our rules in the form of an expected one: of several
// instants the earliest.
func (c *businessCase) ours(t *testing.T) json.RawMessage {
	t.Helper()
	var list []json.RawMessage
	if json.Unmarshal(c.Ours, &list) == nil {
		return list[0]
	}
	var clock struct{ Due []json.RawMessage }
	if json.Unmarshal(c.Ours, &clock) == nil && len(clock.Due) > 0 {
		return json.RawMessage(`{"due":` + string(clock.Due[0]) + `}`)
	}
	return c.Ours
}

// nextOpening is where a case is due whose source goes on to the next opening
// when the target is reached at closing time.
func (c *businessCase) nextOpening(t *testing.T, at time.Time) time.Time {
	t.Helper()
	return c.add(t, at, "0.000000001 s").Add(-1)
}

// nextClosing is the end of the stretch of open time that comes next.
func (c *businessCase) nextClosing(t *testing.T, at time.Time) time.Time {
	t.Helper()
	var got struct {
		Intervals []struct{ From, To time.Time }
	}
	c.answer(t, &got, "between", at.Format(time.RFC3339Nano), at.AddDate(0, 1, 0).Format(time.RFC3339Nano))
	require.NotEmpty(t, got.Intervals)
	return got.Intervals[0].To
}

func (c *businessCase) check(t *testing.T) {
	switch c.Op {
	case "between":
		var want json.Number
		require.NoError(t, json.Unmarshal(c.Expected, &want))
		got := c.between(t, c.Start, c.End)
		if c.NegAsZero && got.Sign() < 0 {
			got.SetInt64(0)
		}
		c.near(t, want, got)
	case "add":
		var want time.Time
		require.NoError(t, json.Unmarshal(c.Expected, &want))
		c.checkAdd(t, want)
	case "sla":
		c.checkClock(t)
	}
}

func (c *businessCase) checkAdd(t *testing.T, want time.Time) {
	if c.Workdays != nil {
		got := c.add(t, c.Start, fmt.Sprint(*c.Workdays, " business days"))
		assert.True(t, want.Equal(got), "%s, not %s", got, want)
		return
	}
	got := c.add(t, c.Start, length(t, c.Minutes))
	latest := c.ID == "business-time-017" || c.ID == "zammad-016" || c.Boundary == "either" && !got.Equal(want)
	switch {
	case c.Boundary == "farthest": // nothing goes back to the closing before
		got = c.add(t, got, "-0.000000001 s").Add(1)
	case latest && strings.HasPrefix(c.Minutes.String(), "-"):
		got = c.add(t, got, "-0.000000001 s").Add(1)
	case latest:
		got = c.nextOpening(t, got)
	}
	assert.True(t, want.Equal(got), "%s, not %s", got, want)
}

// checkClock writes pauses as closed time, which is what they are to a clock.
func (c *businessCase) checkClock(t *testing.T) {
	var want struct {
		Due, Starts *time.Time
		Elapsed     json.Number `json:"elapsed_minutes"`
	}
	require.NoError(t, json.Unmarshal(c.Expected, &want))
	if want.Due != nil {
		got := c.add(t, c.Start, length(t, c.Target))
		if c.ID == "zammad-016" || c.Boundary == "either" && !got.Equal(*want.Due) {
			got = c.nextOpening(t, got)
		}
		assert.True(t, want.Due.Equal(got), "%s, not %s", got, want.Due)
	}
	if want.Starts != nil {
		got := c.nextOpening(t, c.Start)
		assert.True(t, want.Starts.Equal(got), "%s, not %s", got, want.Starts)
	}
	if want.Elapsed != "" && !c.Stop.IsZero() {
		c.near(t, want.Elapsed, c.between(t, c.Start, c.Stop))
	}
}

// The clocks of tickets among the cases, all of them, through a contract,
// facts and each command that shows a clock.
func TestTicketCases(t *testing.T) {
	cases := slices.DeleteFunc(businessCases(t, "business_time.json"), func(c businessCase) bool { return c.Op != "sla" })
	checked := 0
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			c.checkTicket(t)
			checked++
		})
	}
	t.Logf("%d of %d clocks checked through %d commands", checked, len(cases), len(ticketCommands))
	assert.Len(t, cases, checked)
	assert.NotEmpty(t, cases)
}

// limit is the target of a clock. A contract cannot promise nothing at all;
// where a case only asks when a clock starts, it is due a second later.
func (c *businessCase) limit() string {
	if c.Target == "0" {
		return "1 s"
	}
	return c.Target.String() + " min"
}

// ticket writes the contract and the facts of a case.
func (c *businessCase) ticket(t *testing.T) (contract, facts string, at time.Time) {
	t.Helper()
	hours := *c
	hours.Pauses = nil
	contract = hours.fragment() + `party provider "A"
party customer "B"
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  start when received
  pause while waiting-on-customer
}
tier gold {
  | priority | restore within | clock |
  | P1       | ` + c.limit() + ` | hours |
}
service web "Web" {
  tier gold
}
`
	fact := `{"kind":"ticket","ticket":"T","event":%q,"occurred":%q%s}` + "\n"
	facts = fmt.Sprintf(fact, "received", c.Start.Format(time.RFC3339Nano), `,"service":"web","priority":"P1"`)
	at = c.Start
	for _, p := range c.Pauses {
		from := p.From
		if from.Before(c.Start) { // before the ticket is received there is nothing to pause
			from = c.Start
		}
		if !from.Before(p.To) {
			continue
		}
		facts += fmt.Sprintf(fact, "waiting-on-customer", from.Format(time.RFC3339Nano), `,"until":"`+p.To.Format(time.RFC3339Nano)+`"`)
		if p.To.After(at) {
			at = p.To
		}
	}
	if !c.Stop.IsZero() {
		facts += fmt.Sprintf(fact, "restored", c.Stop.Format(time.RFC3339Nano), "")
		at = c.Stop
	}
	return contract, facts, at
}

// ticketCommands are the commands that say how the clock of a ticket stands at
// an instant; CONTRACT and AT stand for both. The facts are standard input.
var ticketCommands = map[string][]string{
	"due":   {"due", "CONTRACT", "--ticket", "-", "--at", "AT", "--format", "json"},
	"eval":  {"eval", "CONTRACT", "--facts", "-", "--as-of", "AT", "--tickets", "--format", "json"},
	"watch": {"watch", "CONTRACT", "--facts", "-", "--now", "AT", "--format", "json"},
}

// A ticketClock is a clock as the commands show it.
type ticketClock struct {
	Clock         string
	Due           *time.Time
	Verdict       string
	Elapsed, Left string
	Life          int
}

// clocksOf runs a command of ticketCommands and reads the clocks.
func clocksOf(t *testing.T, command, contract, facts string, at time.Time) []ticketClock {
	t.Helper()
	file := filepath.Join(t.TempDir(), "case.sla")
	require.NoError(t, os.WriteFile(file, []byte(contract), 0o600))
	args := slices.Clone(ticketCommands[command])
	args[slices.Index(args, "CONTRACT")], args[slices.Index(args, "AT")] = file, at.Format(time.RFC3339Nano)
	var out, errs strings.Builder
	status := run(context.Background(), args, terminal{in: strings.NewReader(facts), out: &out, err: &errs, now: time.Now})
	require.Equal(t, exitOK, status, "%s%s%s", contract, facts, errs.String())
	var got struct{ Tickets []ticketClock }
	require.NoError(t, json.Unmarshal([]byte(out.String()), &got))
	return got.Tickets
}

func (c *businessCase) checkTicket(t *testing.T) {
	contract, facts, at := c.ticket(t)
	for command := range ticketCommands {
		clocks := clocksOf(t, command, contract, facts, at)
		require.Len(t, clocks, 1, "%s: %s", command, facts)
		c.checkTicketClock(t, clocks[0])
	}
}

func (c *businessCase) checkTicketClock(t *testing.T, clock ticketClock) {
	t.Helper()
	var want struct {
		Due, Starts *time.Time
		Elapsed     json.Number `json:"elapsed_minutes"`
		Remaining   json.Number `json:"remaining_minutes"`
		Breached    *bool
	}
	require.NoError(t, json.Unmarshal(c.Expected, &want))
	if want.Due != nil {
		require.NotNil(t, clock.Due)
		due := *clock.Due
		if c.ID == "zammad-016" || c.Boundary == "either" && !due.Equal(*want.Due) {
			due = c.nextOpening(t, due)
		}
		assert.True(t, want.Due.Equal(due), "%s, not %s", due, want.Due)
	}
	if c.Target == "0" {
		require.NotNil(t, clock.Due)
		assert.True(t, want.Starts.Add(time.Second).Equal(*clock.Due), "%s is not a second after %s", clock.Due, want.Starts)
	}
	seconds := func(text string) *big.Rat {
		r, ok := new(big.Rat).SetString(text)
		require.True(t, ok, "%q", text)
		return r
	}
	if want.Elapsed != "" {
		c.near(t, want.Elapsed, seconds(clock.Elapsed))
	}
	if want.Remaining != "" && c.Rounding == "" {
		c.near(t, want.Remaining, seconds(clock.Left))
	}
	if want.Breached != nil {
		assert.Equal(t, *want.Breached, strings.HasPrefix(clock.Left, "-"), clock.Verdict)
	}
}

// More cases: moments, local times, holidays, and scenarios in prose.
func TestBusinessTimeExtraCases(t *testing.T) {
	checked, cases := 0, businessCases(t, "business_time_extra.json")
	for i, c := range cases {
		t.Run(fmt.Sprint(c.Op, "-", i), func(t *testing.T) {
			var at time.Time
			switch c.Op {
			case "is_open":
				var want bool
				require.NoError(t, json.Unmarshal(c.Expected, &want))
				assert.Equal(t, want, c.between(t, c.At, c.At.Add(1)).Sign() > 0)
			case "next_open":
				require.NoError(t, json.Unmarshal(c.Expected, &at))
				got := c.nextOpening(t, c.At)
				assert.True(t, at.Equal(got), "%s, not %s", got, at)
			case "next_close":
				require.NoError(t, json.Unmarshal(c.Expected, &at))
				got := c.nextClosing(t, c.At)
				assert.True(t, at.Equal(got), "%s, not %s", got, at)
			case "prev_close":
				require.NoError(t, json.Unmarshal(c.Expected, &at))
				got := c.add(t, c.At, "-0.000000001 s").Add(1)
				assert.True(t, at.Equal(got), "%s, not %s", got, at)
			case "workdays_in_month":
				var want int
				require.NoError(t, json.Unmarshal(c.Expected, &want))
				var got struct{ Dates []struct{ Open []any } }
				c.answer(t, &got, "show", "--month", c.Month)
				open := slices.DeleteFunc(got.Dates, func(d struct{ Open []any }) bool { return len(d.Open) == 0 })
				assert.Len(t, open, want)
			case "resolve_local":
				c.checkLocal(t)
			case "holiday_observance":
				c.checkObserved(t)
			case "scenario":
				for given, reason := range notSaid {
					if strings.HasPrefix(c.Given, given) {
						t.Skip("no contract says this: " + reason)
					}
				}
				checkScenario(t, c.Given)
			default:
				t.Fatalf("no operation %q", c.Op)
			}
			checked++
		})
	}
	t.Logf("%d of %d checked; of the others no contract says such a thing", checked, len(cases))
	assert.Equal(t, len(cases)-len(notSaid), checked)
}

func checkScenario(t *testing.T, given string) {
	for begin, s := range scenarios {
		if strings.HasPrefix(given, begin) {
			s.check(t)
			return
		}
	}
	t.Fatalf("no scenario and no reason for: %s", given)
}

// The scenarios hold wherever the tests run.
func TestScenarios(t *testing.T) {
	for given, s := range scenarios {
		t.Run(given, s.check)
	}
}
