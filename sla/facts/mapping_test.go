package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// kept holds what was read as NDJSON, and what was refused.
type kept struct {
	t       testing.TB
	lines   []string
	refused []string
	// at are the refusals with their lines.
	at []string
}

func (k *kept) AddFrom(f sla.Fact, file string, line int) *sla.Refusal {
	k.lines = append(k.lines, strings.TrimSuffix(string(facts.AppendNDJSON(nil, f)), "\n"))
	return nil
}

func (k *kept) Refuse(no sla.Refusal) {
	k.refused = append(k.refused, words.English().Phrase("refused "+string(no.Reason), no.Args...))
	k.at = append(k.at, fmt.Sprintf("line %d: %s", no.Line, k.refused[len(k.refused)-1]))
}

func mapped(t testing.TB, mapping, name, text string) *kept {
	t.Helper()
	m, err := facts.ParseMapping("desk.mapping", mapping)
	require.NoError(t, err)
	k := &kept{t: t}
	require.NoError(t, facts.Read(k, name, strings.NewReader(text), facts.Options{Mapping: m}))
	return k
}

const desk = `sla mapping 1
title      "Our desk"
source     "Desk"
times      "DD/MM/YYYY hh:mm" or "DD/MM/YYYY" in Europe/Paris, the first of two is meant
only       when "Kind" is "Incident", "Request"
ticket     from "Ticket", part 1 between " / "
service    from "Ticket", part 2 between " / "
number     from "No." or "Number", if there is one
time       from "When"
priority   from "Urgency" {
  "1 - Now"   P1
  "2 - Soon"  P2
  ""          ignored
}
automatic  from "By" {
  "Robot"     true
  otherwise   false
}
note       from "Comment", if there is one
state      from "State" {
  "New"       received
  "Going on"  working
  "On hold"   waiting-on-customer
  "Solved"    restored, resolved
  "Seen"      ignored
}
`

// A history of states: every row is read or refused with what is wrong.
func TestMappedHistory(t *testing.T) {
	k := mapped(t, desk, "desk.csv", "\ufeffKind;Ticket;No.;When;Urgency;By;State;Comment;Else\r\n"+
		"Incident;T-1 / erp;1;10/03/2026 09:05;1 - Now;Ann;New;;x\r\n"+
		"Incident;T-1 / erp;2;10/03/2026 09:20;1 - Now;Robot;On hold;\"access code,\r\n\"\"asked\"\"\";x\r\n"+
		"Question;T-9 / erp;2;never;9;Robot;Unknown;;x\r\n"+
		"Incident;T-1 / erp;3;10/03/2026 09:30;;Ann;Going on;;x\r\n"+
		"Incident;T-1 / erp;4;10/03/2026 09:31;;Ann;Seen;;x\r\n"+
		"Incident;T-1 / erp;5;25/10/2026 02:30;;Ann;Solved;;x\r\n"+
		"Incident;T-2 / erp;1;10/03/2026 10:00;3 - Later;Ann;New;;x\r\n"+
		"Incident;T-2 / erp;2;10/03/2026 10:01;2 - Soon;Ann;Onhold;;x\r\n"+
		"Incident;T-2;3;10/03/2026 10:01;2 - Soon;Ann;Solved;;x\r\n"+
		"Incident;T-2 / erp;4;2026-03-10;2 - Soon;Ann;Solved;;x\r\n"+
		"Incident;T-2 / erp;5;29/03/2026 02:30;2 - Soon;Ann;Solved;;x\r\n"+
		"Incident;T-2 / erp;vi;30/03/2026;2 - Soon;Ann;Solved;;x\r\n"+
		"Incident;T-2 / erp;7;;2 - Soon;Ann;Solved;;x\r\n"+
		"Incident;T-2 / erp;8;30/03/2026;2 - Soon;Ann;;;x\r\n"+
		"Incident;;9;30/03/2026;2 - Soon;Ann;Solved;;x\r\n"+
		"Incident;T-3 / erp;9;30/03/2026;2 - Soon;Ann;Solved;\"never closed;x\r\n"+
		"Incident;T-3 / erp;9;30/03/2026\r\n"+
		"Incident;T-3 / erp;9;30/03/2026;2 - Soon;Ann;New;;x\r\n")
	assert.Equal(t, []string{
		`{"kind":"ticket","id":"T-1 0000000001 received","occurred":"2026-03-10T08:05:00Z","ticket":"T-1","event":"received","service":"erp","priority":"P1","source":"Desk"}`,
		`{"kind":"ticket","id":"T-1 0000000002 waiting-on-customer","occurred":"2026-03-10T08:20:00Z","ticket":"T-1","event":"waiting-on-customer","service":"erp","priority":"P1","note":"access code,\n\"asked\"","automatic":true,"source":"Desk"}`,
		`{"kind":"ticket","id":"T-1 0000000003 resumed","occurred":"2026-03-10T08:30:00Z","ticket":"T-1","event":"resumed","service":"erp","source":"Desk"}`,
		`{"kind":"ticket","id":"T-1 0000000003 reopened","occurred":"2026-03-10T08:30:00Z","ticket":"T-1","event":"reopened","service":"erp","source":"Desk"}`,
		`{"kind":"ticket","id":"T-1 0000000005 restored","occurred":"2026-10-25T00:30:00Z","ticket":"T-1","event":"restored","service":"erp","source":"Desk"}`,
		`{"kind":"ticket","id":"T-1 0000000005 resolved","occurred":"2026-10-25T00:30:00Z","ticket":"T-1","event":"resolved","service":"erp","source":"Desk"}`,
		`{"kind":"ticket","id":"T-3 0000000009 received","occurred":"2026-03-29T22:00:00Z","ticket":"T-3","event":"received","service":"erp","priority":"P2","source":"Desk"}`,
	}, k.lines)
	assert.Equal(t, []string{
		"desk.mapping does not say what `3 - Later` stands for (Urgency); the row was left out",
		"desk.mapping does not say what `Onhold` stands for (State); did you mean `On hold`?; the row was left out",
		"`T-2` is no value of Ticket: the mapping reads its part 2, between texts ` / `",
		"`2026-03-10` is no value of When: the mapping reads times such as DD/MM/YYYY hh:mm or DD/MM/YYYY",
		"on the clocks of Europe/Paris, 29/03/2026 02:30 does not exist: the clocks go forward over it; write it with its offset (When)",
		"`vi` is no value of No.: write a whole number",
		"it has no When",
		"it has no State",
		"it has no Ticket",
		"a quote in the row is not closed, or stands in the middle of a cell",
		"the row has 4 cells, the header has 9",
	}, k.refused)
}

// The same history with instants as a database counts them: ten digits are the
// seconds since 1970, of any zone. 1773129900 is 2026-03-10 08:05:00 UTC (20,522
// whole days, and 29,100 s); the clocks of Paris go back at 1792890000.
func TestMappedHistoryInSeconds(t *testing.T) {
	inSeconds := strings.Replace(desk, `"DD/MM/YYYY hh:mm" or "DD/MM/YYYY" in`, `"seconds since 1970" in`, 1)
	k := mapped(t, inSeconds, "desk.csv", "Kind;Ticket;No.;When;Urgency;By;State;Comment\n"+
		"Incident;T-1 / erp;1;1773129900;1 - Now;Ann;New;\n"+
		"Incident;T-1 / erp;2;1773130800;1 - Now;Ann;On hold;asked\n"+
		"Incident;T-1 / erp;3;1773131400.5;;Ann;Solved;\n"+
		"Incident;T-1 / erp;4;1792889999;;Ann;On hold;\n"+
		"Incident;T-1 / erp;5;1792893600;;Ann;Solved;\n"+
		"Incident;T-1 / erp;6;1773129900000;;Ann;Solved;\n"+
		"Incident;T-1 / erp;7;10/03/2026 09:05;;Ann;Solved;\n")
	var got []string
	for _, line := range k.lines {
		id, at := strings.Index(line, `"id":"`)+6, strings.Index(line, `"occurred":"`)+12
		got = append(got, line[id:id+strings.IndexByte(line[id:], '"')]+" "+line[at:at+strings.IndexByte(line[at:], '"')])
	}
	assert.Equal(t, []string{
		"T-1 0000000001 received 2026-03-10T08:05:00Z",
		"T-1 0000000002 waiting-on-customer 2026-03-10T08:20:00Z",
		"T-1 0000000003 restored 2026-03-10T08:30:00.5Z",
		"T-1 0000000003 resolved 2026-03-10T08:30:00.5Z",
		"T-1 0000000004 waiting-on-customer 2026-10-25T00:59:59Z",
		"T-1 0000000005 restored 2026-10-25T02:00:00Z",
		"T-1 0000000005 resolved 2026-10-25T02:00:00Z",
	}, got)
	assert.Len(t, k.refused, 2, "%v", k.refused)
}

// Columns of times, rows told apart, changes of a ticket alone, and objects.
func TestMappedColumns(t *testing.T) {
	const mapping = `sla mapping 1
times "D MMM YYYY, h:mm AM" or "YYYY-MM-DDThh:mm:ss+hhmm" in UTC
ticket from "key"
service is erp
when "field" is "created" {
  channel from "via"
  received at "when"
  responded at "answered", if there is one
}
when "field" is "urgency" {
  time from "when"
  priority from "to"
}
`
	k := mapped(t, mapping, "log.ndjson", `{"key":"K-1","field":"created","via":"phone","when":"3 Mar 2026, 9:05 PM","answered":"2026-03-03T22:00:00+0100","x":[1]}
{"key":"K-1","field":"urgency","when":"4 Mar 2026, 12:05 AM","to":2}
{"key":"K-1","field":"colour","when":"4 Mar 2026, 12:05 AM","to":"red"}
{"key":"K-1","field":"created"}
[]
`)
	assert.Equal(t, []string{
		`{"kind":"ticket","occurred":"2026-03-03T21:05:00Z","ticket":"K-1","event":"received","service":"erp","channel":"phone"}`,
		`{"kind":"ticket","occurred":"2026-03-03T21:00:00Z","ticket":"K-1","event":"responded","service":"erp","channel":"phone"}`,
		`{"kind":"ticket","occurred":"2026-03-04T00:05:00Z","ticket":"K-1","event":"changed","service":"erp","priority":"2"}`,
	}, k.lines)
	assert.Equal(t, []string{
		"desk.mapping does not say what `colour` stands for (field); the row was left out",
		"it has no when",
		"the line is no JSON object; a fact is one object a line",
	}, k.refused)
}

// A column that is not there is told with the nearest one, once a row.
func TestMappedColumnMissing(t *testing.T) {
	k := mapped(t, "sla mapping 1\nticket from \"Number\"\nreceived at \"Opened at\" or \"opened_at\"\n", "x.csv", "Number,Opened_at\nT-1,2026-03-10\n")
	assert.Equal(t, []string{"the export has no column Opened at / opened_at, which desk.mapping reads; did you mean Opened_at?"}, k.refused)
}

// Each mistake in a mapping is told with its line and what to write.
func TestMappingErrors(t *testing.T) {
	const good = "sla mapping 1\nticket from \"T\"\nreceived at \"R\"\n"
	for text, want := range map[string]string{
		"":                                   "1: a mapping begins with the line `sla mapping 1`",
		"sla mapping 2\n":                    "1: a mapping begins with the line `sla mapping 1`",
		"sla mapping 1\n":                    "1: a mapping says where the ticket stands: `ticket from \"COLUMN\"`",
		"sla mapping 1\nticket from \"T\"\n": "1: a mapping says what happened: `EVENT at \"COLUMN\"`, or `state from \"COLUMN\" {`",
		good + "state from \"S\" {\n  \"New\" received\n}\n": "1: a mapping with states says when: `time from \"COLUMN\"`",
		good + "}\n":                                                "4: a brace is not closed, or closes nothing; one that opens a block ends its line, one that closes it has a line of its own",
		good + "priority from \"P\" {\n":                            "4: a brace is not closed, or closes nothing; one that opens a block ends its line, one that closes it has a line of its own",
		good + "title \"x\n":                                        "4: a quote is not closed on its line",
		good + "tiket from \"T\"\n":                                 "4: tickets have no field tiket; did you mean ticket?",
		good + "colour from \"T\"\n":                                "4: tickets have no field colour; there are author, automatic, channel, impact, incident, note, number, priority, reason, request, service, site, state, ticket, time, type, until, urgency and workaround",
		good + "titel \"Desk\"\n":                                   "4: no line begins with `titel`; did you mean title?",
		good + "ticket from \"U\"\n":                                "4: `ticket` is said twice",
		good + "priority from P\n":                                  "4: write `FIELD from \"COLUMN\"`, with `or \"COLUMN\"`, `and \"COLUMN\"`, `, part 2 between \" / \"` and `, if there is one` where that is meant",
		good + "priority from \"P\" {\n  P1 P1\n}\n":                "5: write `\"VALUE\" NAME`, `\"VALUE\" ignored` or `otherwise NAME`; a state may stand for several events",
		good + "priority from \"P\" {\n  \"1\" P1, P2\n}\n":         "5: write `\"VALUE\" NAME`, `\"VALUE\" ignored` or `otherwise NAME`; a state may stand for several events",
		good + "priority from \"P\" {\n  \"1\" P1\n  \"1\" P2\n}\n": "6: `1` is said twice",
		good + "as zendeks\n":                                       "4: there is no ready-made mapping called zendeks; did you mean zendesk?",
		good + "times \"JJ/MM/AAAA\"\n":                             "4: `JJ/MM/AAAA` is no pattern of times, because of `JJ/MM/AAAA`: use YYYY YY, MM M MMM MMMM, DD D, hh h mm ss AM, Z +hh +hhmm +hh:mm, or `seconds since 1970`, `milliseconds since 1970`, `days since 1899-12-30` (spreadsheets)",
		good + "times \"DD/MM hh:mm\"\n":                            "4: `DD/MM hh:mm` is no pattern of times, because of `YYYY`: use YYYY YY, MM M MMM MMMM, DD D, hh h mm ss AM, Z +hh +hhmm +hh:mm, or `seconds since 1970`, `milliseconds since 1970`, `days since 1899-12-30` (spreadsheets)",
		good + "times in Europe/Pari\n":                             "4: there is no time zone called Europe/Pari",
		good + "empty is NULL\n":                                    "4: write `empty is \"NULL\", \"N/A\"`, the values that say nothing",
		good + "empty is \"-\",\n":                                  "4: write `empty is \"NULL\", \"N/A\"`, the values that say nothing",
		good + "encoding latin1\n":                                  "4: no encoding is called latin1; there are gb18030, iso-8859-1, iso-8859-15, iso-8859-2, utf-8, windows-1250, windows-1251 and windows-1252",
		good + "encoding is utf-8\n":                                "4: write `encoding windows-1252`",
		good + "header at line 0\n":                                 "4: write `header at line 4`, where lines stand before the names of the columns",
		good + "rows in issues\n":                                   "4: write `rows in \"issues\"`, the name of the list in the document, with dots where lists stand within lists",
		good + "other rows skipped\n":                               "4: write `other rows ignored`",
		good + "when \"F\" is status {\n}\n":                        "4: write `when \"COLUMN\" is \"VALUE\", \"VALUE\" {`, with `, if there is one` behind a column that may be missing, and what holds for these rows in the block",
		good + "state from \"S\"\ntime from \"R\"\n":                "4: write `state from \"COLUMN\" {`, and each state in the block: `\"Solved\" restored, resolved`",
	} {
		m, err := facts.ParseMapping("m", text)
		assert.Nil(t, m, text)
		var all facts.MappingErrors
		if assert.ErrorAs(t, err, &all, text) {
			e := all[0]
			assert.Equal(t, want, strings.TrimPrefix(e.Error()[:strings.LastIndex(e.Error()[:strings.Index(e.Error(), ": ")+1], ":")+1], "m:")+" "+words.English().Phrase("mapping "+e.Code, e.Args...), text)
		}
	}
}

// A ready-made mapping taken over, with some lines said otherwise.
func TestMappingBase(t *testing.T) {
	k := mapped(t, "sla mapping 1\nas zendesk\nservice is mail\npriority from \"Priority\" {\n  \"Urgent\" critical\n  otherwise normal\n}\n", "tickets.csv",
		"Id,Priority,Created at,Solved at\n17,Urgent,2026-03-10 09:05,\n18,Low,2026-03-10 09:05,2026-03-10 10:05\n")
	assert.Empty(t, k.refused)
	assert.Equal(t, []string{
		`{"kind":"ticket","occurred":"2026-03-10T09:05:00Z","ticket":"17","event":"received","service":"mail","priority":"critical","source":"Zendesk"}`,
		`{"kind":"ticket","occurred":"2026-03-10T09:05:00Z","ticket":"18","event":"received","service":"mail","priority":"normal","source":"Zendesk"}`,
		`{"kind":"ticket","occurred":"2026-03-10T10:05:00Z","ticket":"18","event":"restored","service":"mail","priority":"normal","source":"Zendesk"}`,
		`{"kind":"ticket","occurred":"2026-03-10T10:05:00Z","ticket":"18","event":"resolved","service":"mail","priority":"normal","source":"Zendesk"}`,
	}, k.lines)
}

// Each ready-made mapping can be read, and says what it reads.
func TestReadyMappings(t *testing.T) {
	assert.Equal(t, []string{"freshservice", "glpi", "glpi-history", "history", "jira", "jira-api", "jira-history", "servicenow", "servicenow-history", "zendesk", "zendesk-history"}, facts.ReadyMappings())
	for _, name := range facts.ReadyMappings() {
		m, err := facts.ReadyMapping(name)
		require.NoError(t, err, name)
		assert.NotEmpty(t, m.Title, name)
	}
}

// A list of tickets of Freshservice; what has no value is not there.
func TestFreshservice(t *testing.T) {
	k := mapped(t, "sla mapping 1\nas freshservice\n", "tickets.csv",
		"Ticket ID,Subject,Status,Priority,Source,Type,Created Time,Due by Time,Resolved Time,Closed Time,Initial Response Time\n"+
			"17,\"no mail, again\",Closed,Urgent,Slack,Incident,2026-03-10 09:05:00,2026-03-10 13:05:00,2026-03-10 10:05:00,2026-03-12 10:05:00,2026-03-10 09:15:00\n"+
			"18,x,Open,Low,Email,Service Request,2026-03-10 09:05:00 +0100,--,--,,\n")
	assert.Empty(t, k.refused)
	assert.Equal(t, []string{
		`{"kind":"ticket","occurred":"2026-03-10T09:05:00Z","ticket":"17","event":"received","priority":"P1","type":"incident","channel":"other","source":"Freshservice"}`,
		`{"kind":"ticket","occurred":"2026-03-10T09:15:00Z","ticket":"17","event":"responded","priority":"P1","type":"incident","source":"Freshservice"}`,
		`{"kind":"ticket","occurred":"2026-03-10T10:05:00Z","ticket":"17","event":"restored","priority":"P1","type":"incident","source":"Freshservice"}`,
		`{"kind":"ticket","occurred":"2026-03-10T10:05:00Z","ticket":"17","event":"resolved","priority":"P1","type":"incident","source":"Freshservice"}`,
		`{"kind":"ticket","occurred":"2026-03-12T10:05:00Z","ticket":"17","event":"closed","priority":"P1","type":"incident","source":"Freshservice"}`,
		`{"kind":"ticket","occurred":"2026-03-10T08:05:00Z","ticket":"18","event":"received","priority":"P4","type":"request","channel":"email","source":"Freshservice"}`,
	}, k.lines)
}

// A list of incidents of ServiceNow: one that was cancelled stops no clock in time,
// and an export without the column of states is read all the same.
func TestServiceNowList(t *testing.T) {
	const head, row = "number,opened_at,priority,%sresolved_at,closed_at,contact_type\n", "INC1,2026-03-10 09:00:00,1 - Critical,%s,2026-03-10 09:20:00,Phone\n"
	for columns, last := range map[[2]string]string{{"state,", "Canceled,"}: "cancelled", {"state,", "Closed,"}: "closed", {"", ""}: "closed"} {
		k := mapped(t, "sla mapping 1\nas servicenow\n", "incident.csv", fmt.Sprintf(head, columns[0])+fmt.Sprintf(row, columns[1]))
		assert.Empty(t, k.refused, columns)
		said := strings.Join(k.lines, "\n")
		assert.Contains(t, said, `"event":"received","priority":"P1","channel":"phone"`, columns)
		assert.Contains(t, said, `"event":"`+last+`"`, columns)
		assert.Equal(t, last == "cancelled", strings.Contains(said, "cancelled"), columns)
	}
}

// The answer of Jira's search: an issue without changes is received all the
// same.
func TestJiraAnswers(t *testing.T) {
	k := mapped(t, "sla mapping 1\nas jira-api\n", "issues.json", `{"startAt":0,"issues":[
{"key":"K-1","fields":{"created":"2026-03-10T09:05:00.000+0100","priority":{"name":"High"}},"changelog":{"histories":[
  {"created":"2026-03-10T11:00:00.000+0100","items":[{"field":"status","fieldtype":"jira","from":"1","fromString":"Open","to":"5","toString":"Resolved"}]}]}},
{"key":"K-2","fields":{"created":"2026-03-11T09:05:00.000+0100","priority":{"name":"Low"}},"changelog":{"histories":[]}}]}`)
	assert.Empty(t, k.refused)
	assert.Equal(t, []string{
		`{"kind":"ticket","occurred":"2026-03-10T08:05:00Z","ticket":"K-1","event":"received","priority":"P2","source":"Jira"}`,
		`{"kind":"ticket","occurred":"2026-03-10T10:00:00Z","ticket":"K-1","event":"restored","priority":"P2","source":"Jira"}`,
		`{"kind":"ticket","occurred":"2026-03-10T10:00:00Z","ticket":"K-1","event":"resolved","priority":"P2","source":"Jira"}`,
		`{"kind":"ticket","occurred":"2026-03-11T08:05:00Z","ticket":"K-2","event":"received","priority":"P4","source":"Jira"}`,
	}, k.lines)
}
