package main

import (
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
)

// Exports of real help desks, read by a mapping and judged by a contract in
// the language: what comes out is what their owners published.

// casesFile opens a file of the shared cases.
func casesFile(t *testing.T, name string) io.Reader {
	t.Helper()
	folder := os.Getenv("SLA_CASES")
	if folder == "" {
		t.Skip("SLA_CASES is not set: the shared cases are not there")
	}
	f, err := os.Open(filepath.Join(folder, "data", name))
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	if !strings.HasSuffix(name, ".gz") {
		return f
	}
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	return z
}

// judged evaluates exports by a contract and a mapping, as of an instant in
// the contract's zone or, where that is empty, the end of the last period.
func judged(t *testing.T, contract, mapping, asOf string, exports ...io.Reader) *sla.Report {
	t.Helper()
	a := dsl.Analyze("case.sla", contract)
	require.False(t, a.Diagnostics.HasErrors(), "%v\n%s", a.Diagnostics, contract)
	e, err := sla.Prepare(a.Contract)
	require.NoError(t, err)
	m, err := facts.ParseMapping("case.mapping", mapping)
	require.NoError(t, err)
	run, err := e.Open(nil)
	require.NoError(t, err)
	for i, x := range exports {
		require.NoError(t, facts.Read(run, fmt.Sprintf("export-%d.csv", i+1), x, facts.Options{Mapping: m}))
	}
	o := sla.Options{AllTickets: true}
	o.AsOf.Valid, err = instantIn(e.Zone(), "--as-of", asOf)
	require.NoError(t, err)
	r, err := run.Report(o)
	require.NoError(t, err)
	return r
}

// The departments of the status history, and how many days of 24 hours from
// Monday to Friday each has.
var departments = map[string]int{
	"Marketing": 18, "Sales": 18, "HR": 18, "Operations": 18, "Project Management": 18, "Product Design": 18,
	"Wimbledon Store": 11, "York Store": 11, "Manchester Store": 11, "Birmingham Store": 11, "Finance": 7, "Milton Keynes Warehouse": 7,
}

// historyCase writes the contract and the mapping of the status history.
func historyCase() (contract, mapping string) {
	var c, m strings.Builder
	c.WriteString(`sla 1
contract "HISTORY" {
  kind           fragment
  timezone       UTC
}
calendar weekdays open Mon-Fri 00:00-24:00
clocks {
  start          when received
  reopen         within 400 days continues the same clock, the time while restored counts
  counted        when closed
  judged         each calendar quarter, for each service
}
`)
	m.WriteString(`sla mapping 1
times      "YYYY-MM-DD hh:mm:ss"
ticket     from "Ticket", part 1 between " / "
number     from "Status No."
time       from "Timestamp"
state      from "Status Name" {
  "Logged"             received
  "Assigned"           ignored
  "Customer Response"  ignored
  "UAT"                ignored
  "Closed"             closed
}
service    from "Ticket", part 2 between " / " {
`)
	for _, days := range []int{7, 11, 18} {
		fmt.Fprintf(&c, "tier days-%d {\n  | priority | close within | clock | in time |\n  | - | %d h | weekdays | 90%% |\n}\n", days, 24*days)
	}
	for _, name := range slices.Sorted(maps.Keys(departments)) {
		fmt.Fprintf(&c, "service %s %q {\n  tier days-%d\n}\n", sla.Slug(name), name, departments[name])
		fmt.Fprintf(&m, "  %q  %s\n", name, sla.Slug(name))
	}
	return c.String(), m.String() + "}\n"
}

// verdicts counts clocks by their verdict.
func verdicts(r *sla.Report) map[string]int {
	out := map[string]int{}
	for _, c := range r.Tickets {
		out[c.Verdict]++
	}
	return out
}

// A history of 2,542 states: 71 closed tickets met their days, 32 missed
// them, and the departments rank as published.
// Source: Preppin' Data, 2022 week 4 and others; "prepbench059", MIT.
func TestTicketHistoryCase(t *testing.T) {
	contract, mapping := historyCase()
	r := judged(t, contract, mapping, "", casesFile(t, "prepbench059/input_02.csv"), casesFile(t, "prepbench059/input_03.csv"), casesFile(t, "prepbench059/input_04.csv"))
	assert.Zero(t, r.Intake.Refused, r.Intake.Refusals)
	assert.Equal(t, 665+103, r.Intake.Accepted, "a receipt of each ticket, and what was closed")
	assert.Equal(t, 71, verdicts(r)["met"])
	assert.Equal(t, 32, verdicts(r)["late"])
	var ranking []string
	results := slices.DeleteFunc(slices.Clone(r.Results), func(r sla.Result) bool {
		return !strings.HasPrefix(r.Objective, "days-18/") || r.Measured == nil || *r.Measured.Late == *r.Measured.Total
	})
	slices.SortFunc(results, func(a, b sla.Result) int {
		return cmp.Or(cmp.Compare(*a.Measured.Late**b.Measured.Total, *b.Measured.Late**a.Measured.Total), strings.Compare(a.For, b.For))
	})
	for _, r := range results {
		ranking = append(ranking, r.For+" "+r.Measured.Shown)
	}
	assert.Equal(t, []string{"hr 100.0000%", "operations 100.0000%", "project-management 100.0000%", "sales 100.0000%", "product-design 90.9091%"}, ranking)
}

// A few tickets of the same shape, worked out by hand: a weekend does not
// count, 18 days of 24 hours are 432 hours.
func TestTicketHistorySample(t *testing.T) {
	contract, mapping := historyCase()
	r := judged(t, contract, mapping, "", strings.NewReader(`Timestamp,Ticket,Severity,Status No.,Assigned To,Status Name
2020-01-03 12:00:00,C1 / HR / Ann Ash,5,1,Awaiting Resource,Logged
2020-01-07 12:00:00,C1 / HR / Ann Ash,5,2,Lee Low,Assigned
2020-01-29 12:00:00,C1 / HR / Ann Ash,5,10,Lee Low,Closed
2020-01-03 12:00:00,C2 / HR / Bo Bell,1,1,Awaiting Resource,Logged
2020-01-29 12:00:01,C2 / HR / Bo Bell,1,2,Lee Low,Closed
2020-01-04 09:00:00,C3 / York Store / Cy Cole,1,1,Awaiting Resource,Logged
2020-01-19 18:00:00,C3 / York Store / Cy Cole,1,2,Lee Low,Closed
2020-01-04 09:00:00,C4 / York Store / Di Dunn,1,1,Awaiting Resource,Logged
2020-01-05 09:00:00,C4 / Yorck Store / Di Dunn,1,2,Lee Low,Closed
`))
	var got []string
	for _, c := range r.Tickets {
		got = append(got, fmt.Sprint(c.Ticket, " ", c.Verdict, " ", c.Elapsed))
	}
	assert.Equal(t, []string{"C1 met 1555200", "C2 late 1555201", "C3 met 864000", "C4 late, open 1728000"}, got)
	require.Len(t, r.Intake.Refusals, 1)
	assert.Equal(t, sla.RefusedUnmapped, r.Intake.Refusals[0].Reason)
}

// A cityRule is how long the city has for a type of request.
type cityRule struct {
	Unit  string `json:"unit"`
	Count int    `json:"count"`
}

// cityCase writes the contract of 2011 and its mapping: business days from
// Monday to Friday without holidays, a weekend's request counts as Monday's,
// one at or after 17:00 as that of the next weekday at 08:30; or days, by the
// clock on the wall.
func cityCase(rules map[string]cityRule) (contract, mapping string) {
	var c, m strings.Builder
	c.WriteString(`sla 1
contract "CITY-2011" {
  kind           fragment
  timezone       America/New_York
}
calendar weekdays {
  open           Mon-Fri 08:30-17:00
  business day   the day of receipt is not counted, a receipt on a closed day counts as the next open day, a receipt after 17:00 counts as the next opening, due at the same time of day
}
calendar every-day {
  open           Mon-Sun 00:00-24:00
  business day   the day of receipt is not counted, due at the same time of day
}
clocks {
  start          when received
  judged         each calendar half-year, for each service
}
service city "City services"
requests of city {
  | request | within | clock | in time |
`)
	m.WriteString(`sla mapping 1
times      "YYYY-MM-DD hh:mm:ss" in America/New_York, the first of two is meant
ticket     from "case_id"
service    is city
received   at "open_local"
done       at "closed_local"
request    from "type" {
`)
	clock := map[string]string{"bd": "weekdays", "cal": "every-day"}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		fmt.Fprintf(&c, "  | %s | %d business days | %s | 90%% |\n", sla.Slug(name), rules[name].Count, clock[rules[name].Unit])
		fmt.Fprintf(&m, "  %q  %s\n", name, sla.Slug(name))
	}
	return c.String() + "}\n", m.String() + "}\n"
}

// A cityRow is a request as the city judged it.
type cityRow struct {
	target time.Time
	onTime string
	open   bool
}

// cityRows reads an export's own targets and flags; at parses its times.
func cityRows(t *testing.T, export string, target string, at func(string) time.Time) map[string]cityRow {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(export)).ReadAll()
	require.NoError(t, err)
	col := map[string]int{}
	for i, name := range rows[0] {
		col[name] = i
	}
	out := map[string]cityRow{}
	for _, row := range rows[1:] {
		if row[col[target]] != "" {
			out[row[col["case_id"]]] = cityRow{at(row[col[target]]), row[col["on_time"]], row[col["case_status"]] != "Closed"}
		}
	}
	return out
}

// cityAgrees counts the targets within ten minutes of ours, and of those the
// flags that agree.
func cityAgrees(r *sla.Report, rows map[string]cityRow) (targets, near, flags, agree int) {
	for _, c := range r.Tickets {
		row, ok := rows[c.Ticket]
		if !ok || c.Due == nil {
			continue
		}
		targets++
		if d := wall(*c.Due).Sub(row.target); d < -10*time.Minute || d > 10*time.Minute {
			continue
		}
		near++
		if row.onTime == "" {
			continue
		}
		flags++
		if (row.onTime == "OVERDUE") == strings.HasPrefix(c.Verdict, "late") {
			agree++
		}
	}
	return targets, near, flags, agree
}

// wall is what a clock on the wall shows, as if it were in UTC.
func wall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

func localTime(t *testing.T, layout string) func(string) time.Time {
	return func(text string) time.Time {
		at, err := time.Parse(layout, text)
		require.NoError(t, err)
		return at
	}
}

// A city's requests of half a year: 99.3% of its own targets are those of the
// rule, to ten minutes; the rest were set by hand, or the type was changed
// after the target had been set. Of the requests with the same target the
// flags agree but for those closed within minutes of it.
// Source: City of Boston, 311 service requests of 2011, public domain.
func TestCityCase2011(t *testing.T) {
	if testing.Short() {
		t.Skip("58,251 requests")
	}
	var rules map[string]cityRule
	require.NoError(t, json.NewDecoder(casesFile(t, "boston311/rules_2011.json")).Decode(&rules))
	export, err := io.ReadAll(casesFile(t, "boston311/boston311_2011H2.csv.gz"))
	require.NoError(t, err)
	contract, mapping := cityCase(rules)
	r := judged(t, contract, mapping, "", strings.NewReader(string(export)))
	for _, no := range r.Intake.Reasons {
		assert.Equal(t, sla.RefusedUnmapped, no.Reason, "types without a rule")
	}
	targets, near, flags, agree := cityAgrees(r, cityRows(t, string(export), "target_local", localTime(t, time.DateTime)))
	t.Logf("%d of %d targets, %d of %d flags", near, targets, agree, flags)
	assert.Equal(t, 47_270, targets)
	assert.Equal(t, 46_956, near)
	assert.GreaterOrEqual(t, 1000*near, 993*targets)
	assert.GreaterOrEqual(t, 1000*agree, 999*flags)
}

// Requests of the same shape, with the targets by hand: a Sunday, an evening,
// a Saturday evening, days over the turn of the clocks, and one at its target.
func TestCitySample(t *testing.T) {
	rules := map[string]cityRule{"Pothole": {"bd", 2}, "Rodent Activity": {"cal", 30}}
	contract, mapping := cityCase(rules)
	const export = `case_id,open_local,target_local,closed_local,on_time,case_status,type
1,2011-07-03 00:22:46,2011-07-06 00:22:46,2011-07-06 00:22:46,ONTIME,Closed,Pothole
2,2011-07-05 17:00:00,2011-07-08 08:30:00,2011-07-08 08:30:01,OVERDUE,Closed,Pothole
3,2011-07-02 17:44:36,2011-07-07 08:30:00,,OVERDUE,Open,Pothole
4,2011-10-20 07:15:00,2011-11-19 07:15:00,2011-11-01 09:00:00,ONTIME,Closed,Rodent Activity
5,2011-07-08 16:59:59,2011-07-12 16:59:59,2011-07-11 09:00:00,ONTIME,Closed,Pothole
6,2011-07-08 16:59:59,,2011-07-11 09:00:00,ONTIME,Closed,Notification
`
	r := judged(t, contract, mapping, "", strings.NewReader(export))
	targets, near, flags, agree := cityAgrees(r, cityRows(t, export, "target_local", localTime(t, time.DateTime)))
	assert.Equal(t, []int{5, 5, 5, 5}, []int{targets, near, flags, agree})
	require.Len(t, r.Intake.Refusals, 1)
	for _, c := range r.Tickets {
		assert.Zero(t, c.Due.Nanosecond())
	}
}

// flatCase is the contract of the city's later system: 72 hours for all.
const flatCase = `sla 1
contract "CITY-2025" {
  kind           fragment
  timezone       America/New_York
}
calendar always open 24x7
clocks {
  start          when received
  judged         each calendar half-year, for each service
}
tier flat {
  | priority | resolve within | clock  | in time |
  | -        | 72 h           | always | 80%     |
}
service city "City services" {
  tier           flat
}
`

// The export calls its local times +00.
const flatMapping = `sla mapping 1
times      "YYYY-MM-DD hh:mm:ss" in America/New_York, the first of two is meant
ticket     from "case_id"
service    is city
received   at "open", part 1 between "+"
resolved   at "closed", part 1 between "+"
`

// The later system: a flat 72 hours, with requests that are still open when
// the export is made. Source: City of Boston, 2025 and 2026, public domain.
func TestCityCase2025(t *testing.T) {
	export, err := io.ReadAll(casesFile(t, "boston311/boston311_newsystem_2025_2026.csv.gz"))
	require.NoError(t, err)
	r := judged(t, flatCase, flatMapping, "2026-02-10 23:00", strings.NewReader(string(export)))
	assert.Zero(t, r.Intake.Refused, r.Intake.Refusals)
	rows := cityRows(t, string(export), "target", localTime(t, "2006-01-02 15:04:05-07"))
	targets, near, flags, agree := cityAgrees(r, rows)
	t.Logf("%d of %d targets, %d of %d flags", near, targets, agree, flags)
	assert.Equal(t, 5_463, targets)
	assert.Equal(t, 5_444, near, "the rest were moved by hand, or lie in the hour that comes twice")
	assert.Equal(t, flags, agree)
	open := 0
	for _, c := range r.Tickets {
		if rows[c.Ticket].open && (c.Verdict == "late, open" || c.Verdict == "running") {
			open++
		}
	}
	assert.Greater(t, open, 1300)
}
