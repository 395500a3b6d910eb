package facts_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// engine is a contract in Paris with one service.
func engine(t testing.TB) *sla.Engine {
	e, err := sla.Prepare(&sla.Contract{
		Schema: sla.ContractSchema, Edition: 1, ID: "FACTS", Kind: sla.KindFragment, Timezone: "Europe/Paris",
		Services:   []sla.Service{{Name: "erp"}},
		Priorities: &sla.Priorities{Rows: []sla.Priority{{Name: "P1"}}},
	})
	require.NoError(t, err)
	return e
}

func read(t testing.TB, name, text string) sla.Intake {
	run, err := engine(t).Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, name, strings.NewReader(text), facts.Options{}))
	return run.Intake()
}

// said is the refusals as people read them.
func said(in sla.Intake) (out []string) {
	for _, r := range in.Refusals {
		args := append([]sla.Arg{}, r.Args...)
		out = append(out, fmt.Sprintf("%s:%d: %s", r.File, r.Line, words.English().Phrase("refused "+string(r.Reason), args...)))
	}
	return out
}

// Each line that cannot be read is refused with its place and a sentence that
// says what to write, and the others go on.
func TestRefusals(t *testing.T) {
	const good = `{"kind":"outage","id":"I-0","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 12:50"}`
	for line, want := range map[string]string{
		`{"kind":"outage"`:    `the line is no JSON`,
		`[1,2]`:               `the line is no JSON object; a fact is one object a line`,
		`"outage"`:            `the line is no JSON object; a fact is one object a line`,
		"{\"kind\":\"\xff\"}": `the line is not text in UTF-8; save the file as UTF-8, or say in its mapping how it is written: ` + "`encoding windows-1252`",
		`{"id":"I-1","service":"erp","occurred":"2026-03-10 09:00"}`:                                                      `it has no kind`,
		`{"kind":"outtage","id":"I-1"}`:                                                                                   `there is no kind of fact called outtage; did you mean outage?`,
		`{"kind":"outage","id":"I-1","servise":"erp"}`:                                                                    `no field servise; did you mean service?`,
		`{"kind":"outage","id":"I-1","ticket":"T-1"}`:                                                                     `a fact of kind outage has no field ticket; there are kind, id, revision, occurred, recorded, source, author, supersedes, reason, service, until, incident, cause, announced, reported, closed, affected and part`,
		`{"kind":"outage","id":"I-1","service":{"name":"erp"}}`:                                                           "`{` is no value of service: write a plain value; a fact has no fields within fields",
		`{"kind":"outage","id":"I-1","id":"I-2"}`:                                                                         `id: it is said twice in one line`,
		`{"kind":"outage","id":"I-1","service":"erp","occurred":"yesterday"}`:                                             "`yesterday` is no value of occurred: write 2026-03-10T09:05:00+01:00, or a local time such as 2026-03-10 09:05",
		`{"kind":"outage","id":"I-1","service":"erp","occurred":"2026-02-30"}`:                                            "`2026-02-30` is no value of occurred: there is no such date or time of day",
		`{"kind":"outage","id":"I-1","service":"erp","occurred":"2026-03-29 02:30"}`:                                      `on the clocks of Europe/Paris, 2026-03-29 02:30 does not exist: the clocks go forward over it; write it with its offset (occurred)`,
		`{"kind":"outage","id":"I-1","service":"erp","occurred":"2026-10-25 02:30"}`:                                      `on the clocks of Europe/Paris, 2026-10-25 02:30 comes twice: the clocks go back over it; write it with its offset (occurred)`,
		`{"kind":"outage","service":"erp","occurred":"2026-03-10 09:00"}`:                                                 `it has no id, so it could not be told apart from another`,
		`{"kind":"outage","id":"I-1","service":"erp"}`:                                                                    `it does not say when it occurred`,
		`{"kind":"outage","id":"I-1","occurred":"2026-03-10 09:00"}`:                                                      `it has no service`,
		`{"kind":"outage","id":"I-1","service":"rep","occurred":"2026-03-10 09:00"}`:                                      `the contract declares no service called rep; did you mean erp?`,
		`{"kind":"outage","id":"I-1","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 08:00"}`:           `it ends at 2026-03-10 08:00, not after it began at 2026-03-10 09:00`,
		`{"kind":"outage","id":"I-1","service":"erp","occurred":"1500-01-01T00:00:00Z"}`:                                  `1500-01-01T00:00:00Z lies outside the years 1678 to 2261`,
		`{"kind":"ticket","ticket":"T-1","event":"received","occurred":"2026-03-10 09:00","priority":"P9"}`:               `the contract declares no priority called P9`,
		`{"kind":"ticket","ticket":"T-1","event":"received","occurred":"2026-03-10 09:00","automatic":"perhaps"}`:         "`perhaps` is no value of automatic: write true or false",
		`{"kind":"probe","service":"erp","occurred":"2026-03-10","series":"1x3","every":"1 day"}`:                         "`1 day` is no value of every: write an exact time such as `90 s`, `5 min` or `1 h 30`",
		`{"kind":"probe","service":"erp","occurred":"2026-03-10","series":"1x3"}`:                                         `it has no every`,
		`{"kind":"probe","service":"erp","occurred":"2026-03-10","series":"up up down","every":"1 min"}`:                  `series cannot be up up down`,
		`{"kind":"counter","id":"C-1","service":"erp","occurred":"2026-03-10","until":"2026-03-11","total":"1e9"}`:        "`1e9` is no value of total: write a whole number",
		`{"kind":"counter","id":"C-1","service":"erp","occurred":"2026-03-10","until":"2026-03-11","total":1,"failed":2}`: `failed cannot be 2 of 1`,
		`{"kind":"survey","id":"S-1","service":"erp","occurred":"2026-03-10","score":"1e999999999"}`:                      "`1e999999999` is no value of score: write a plain number such as 4.5",
		`{"kind":"measured","id":"M-1","objective":"a","period":"2026-03","occurred":"2026-04-01","share":"99,5%"}`:       "`99,5%` is no value of share: write a share such as 99.5%",
		`{"kind":"invoice","id":"F-1","number":"1","occurred":"2026-04-01","amount":"300"}`:                               "`300` is no value of amount: write an amount with its currency, such as 300.00 EUR",
		`{"kind":"correction","id":"K-1","of":"I-1","ofKind":"outtage","occurred":"2026-04-01"}`:                          "`outtage` is no value of ofKind: write a kind of fact, such as outage",
		`{"kind":"volume","id":"V-1","service":"erp","occurred":"2026-04-01","units":99999999999}`:                        "`99999999999` is no value of units: write a whole number",
		`{"file":{"sauce":"Centreon"}}`:                                                                                   "a `file` line holds one object with author, covered, kind, localTimes, service, source and timezone",
		`{"file":{"timezone":"Europe/Pari"}}`:                                                                             "`Europe/Pari` is no value of timezone: write a time zone such as Europe/Paris",
		`{"file":{"covered":{"from":"2026-03-01","until":"soon"}}}`:                                                       "`soon` is no value of covered: write two times or dates, as in 2026-03-01 to 2026-03-31",
		`{"file":{"localTimes":"third"}}`:                                                                                 "`third` is no value of localTimes: write first, second or refused",
	} {
		in := read(t, "in.ndjson", good+"\n"+line+"\n"+strings.Replace(good, "I-0", "I-9", 1)+"\n")
		assert.Equal(t, []string{"in.ndjson:2: " + want}, said(in), line)
		assert.Equal(t, 2, in.Accepted, line)
		assert.Equal(t, 1, in.Refused, line)
	}
}

// CSV has the same fields, and mistakes of its own.
func TestCSV(t *testing.T) {
	in := read(t, "outages.csv", "\ufeff# source: Centreon\n# covered: 2026-03-01 to 2026-03-31\n# remark without a key\nid;service;occurred;until;colour\r\n"+
		"I-1;erp;2026-03-10 09:00;2026-03-10 10:00;\r\n"+
		"\r\n"+
		"I-2;erp;2026-03-11 09:00;2026-03-11 10:00;red\r\n"+
		"I-3;erp;2026-03-12 09:00\r\n"+
		"\"I-4;erp;2026-03-13 09:00;;\r\n"+
		"\"I-5\";\"erp\";\"2026-03-14 09:00\";;\r\n")
	assert.Equal(t, []string{
		"outages.csv:7: no field colour; there are " + allFields,
		"outages.csv:8: the row has 3 cells, the header has 5",
		"outages.csv:9: a quote in the row is not closed, or stands in the middle of a cell",
	}, said(in))
	assert.Equal(t, 3, in.Accepted, "two outages and the coverage")
}

const allFields = "kind, id, revision, occurred, recorded, source, author, supersedes, reason, service, until, incident, cause, announced, reported, closed, affected, work, ticket, event, " +
	"priority, site, request, type, impact, urgency, channel, note, automatic, workaround, of, by, accepted, objective, period, ofKind, ok, series, every, total, failed, for, share, down, " +
	"late, what, score, units, amount, number, part, has, value, measure, verdict and step"

// Local times of the night the clocks change (semantics 1.6), and dates alone.
func TestTimes(t *testing.T) {
	down := func(header, occurred, until string) sla.Intake {
		return read(t, "in.ndjson", header+"\n"+fmt.Sprintf(`{"kind":"outage","id":"I","service":"erp","occurred":%q,"until":%q}`, occurred, until)+"\n"+
			`{"kind":"outage","id":"J","service":"erp","occurred":"2026-10-25T00:30:00Z","until":"2026-10-25T01:30:00Z"}`)
	}
	for header, want := range map[string]struct{ occurred, until string }{
		`{"file":{"localTimes":"first"}}`:                                 {"2026-10-25 02:30", "2026-10-25 03:00"},
		`{"file":{"localTimes":"second"}}`:                                {"2026-10-25 02:30", "2026-10-25 03:00"},
		`{"file":{"timezone":"Europe/London"}}`:                           {"2026-10-25 02:30", "2026-10-25T02:30:01Z"},
		`{"file":{"source":"x"}}`:                                         {"2026-10-25T02:30:00+02:00", "2026-10-25 02:30:00+01:00"},
		`{"file":{"source":"m"}}`:                                         {"2026-10-25T02:30+02:00", "2026-10-25 01:30Z"},
		`{"file":{"source":"l"}}`:                                         {"2026-10-24 09:00", "2026-10-24T09:30"},
		`{"file":{"source":"y"}}`:                                         {"2026-10-25", "2026-10-25"},
		`{"file":{"covered":{"from":"2026-10-25","until":"2026-10-25"}}}`: {"2026-10-25T02:30:00.5+02:00", "2026-10-25 03:00"},
	} {
		assert.Empty(t, said(down(header, want.occurred, want.until)), header)
	}
	var day collector
	zone := engine(t).Zone()
	require.NoError(t, facts.Read(&day, "in.ndjson", strings.NewReader(`{"kind":"outage","id":"I","service":"erp","occurred":"2026-10-25","until":"2026-10-25"}`), facts.Options{Zone: zone}))
	assert.Equal(t, []sla.Fact{&sla.Outage{Head: head("I", "2026-10-24T22:00:00Z"), Service: "erp", Until: at("2026-10-25T23:00:00Z")}}, day.facts,
		"a date alone is the whole day, 25 hours long here")
}

// A collector is a sink that keeps everything.
type collector struct {
	facts    []sla.Fact
	refusals []sla.Refusal
}

// AddFrom keeps a fact.
func (c *collector) AddFrom(f sla.Fact, _ string, _ int) *sla.Refusal {
	c.facts = append(c.facts, f)
	return nil
}

// Refuse keeps a refusal.
func (c *collector) Refuse(no sla.Refusal) { c.refusals = append(c.refusals, no) }

func at(s string) time.Time {
	v, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return v
}

func head(id, occurred string) sla.Head { return sla.Head{ID: id, Occurred: at(occurred)} }

// A file may be long, have a line that is no fact of this world, and end
// without a line end.
func TestLongLines(t *testing.T) {
	in := read(t, "in.ndjson", strings.Repeat("x", 3<<20)+"\n\n"+`{"kind":"outage","id":"I","service":"erp","occurred":"2026-03-10"}`)
	assert.Equal(t, []string{"in.ndjson:1: the line is longer than 1 MB"}, said(in))
	assert.Equal(t, 1, in.Accepted)
}

// A folder is read in the order of names; what is no file of facts is left.
func TestLoad(t *testing.T) {
	fsys := fstest.MapFS{
		"facts/a.ndjson":         {Data: []byte(`{"kind":"outage","id":"A","service":"erp","occurred":"2026-03-10"}`)},
		"facts/2026/outages.CSV": {Data: []byte("id,service,occurred\nB,erp,2026-03-11\n")},
		"facts/readme.md":        {Data: []byte("# not facts")},
		"one.jsonl":              {Data: []byte(`{"kind":"outage","id":"C","service":"erp","occurred":"2026-03-12"}`)},
	}
	run, err := engine(t).Open(nil)
	require.NoError(t, err)
	var bytesRead int64
	o := facts.Options{Progress: func(n int64) { bytesRead += n }}
	require.NoError(t, facts.Load(context.Background(), run, fsys, o, "facts", "one.jsonl"))
	assert.Equal(t, 3, run.Intake().Accepted)
	assert.Equal(t, int64(len(fsys["facts/a.ndjson"].Data)+len(fsys["facts/2026/outages.CSV"].Data)+len(fsys["one.jsonl"].Data)), bytesRead)

	require.ErrorContains(t, facts.Load(context.Background(), run, fsys, o, "nowhere"), "nowhere")
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, facts.Load(stopped, run, fsys, o, "facts"), context.Canceled)
}

// The same id with other content is refused twice, each with its place,
// whichever came first; the same content again changes nothing.
func TestConflict(t *testing.T) {
	a := `{"kind":"outage","id":"I","service":"erp","occurred":"2026-03-10"}` + "\n"
	b := `{"kind":"outage","id":"I","service":"erp","occurred":"2026-03-11"}` + "\n"
	const why = "another fact has this id and revision and says something else; neither is used. A later version needs a higher revision"
	for _, text := range []string{a + b + a, b + a + a} {
		in := read(t, "in.ndjson", text)
		assert.Equal(t, []string{"in.ndjson:1: " + why, "in.ndjson:2: " + why}, said(in))
		assert.Equal(t, []int{0, 1, 2}, []int{in.Accepted, in.Repeated, in.Refused})
	}
	in := read(t, "in.ndjson", a+a+b)
	assert.Equal(t, []int{0, 1, 2}, []int{in.Accepted, in.Repeated, in.Refused})
}

// Every fact written is read back as it was.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFact(t)
		line := facts.AppendNDJSON(nil, f)
		assert.True(t, json.Valid(line), string(line))
		assert.Equal(t, 1, bytes.Count(line, []byte("\n")))
		var back collector
		require.NoError(t, facts.Read(&back, "a.ndjson", bytes.NewReader(line), facts.Options{}))
		assert.Empty(t, back.refusals, string(line))
		assert.Equal(t, []sla.Fact{f}, back.facts, string(line))
	})
}

// drawFact fills every field of a fact of any kind.
func drawFact(t *rapid.T) sla.Fact {
	f := rapid.SampledFrom([]sla.Fact{
		&sla.Outage{}, &sla.Coverage{}, &sla.Maintenance{}, &sla.TicketEvent{}, &sla.PriorityChange{}, &sla.Proof{}, &sla.Contest{}, &sla.Claim{}, &sla.Correction{},
		&sla.Probe{}, &sla.Counter{}, &sla.Measured{}, &sla.Delivery{}, &sla.Survey{}, &sla.Volume{}, &sla.AgreedFee{}, &sla.Invoice{},
		&sla.TicketCount{}, &sla.Item{}, &sla.Sample{}, &sla.PartLife{},
	}).Draw(t, "kind")
	v := reflect.New(reflect.TypeOf(f).Elem()).Elem()
	fill(t, v, "")
	return v.Addr().Interface().(sla.Fact)
}

func fill(t *rapid.T, v reflect.Value, name string) {
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		if name == "Occurred" || rapid.Bool().Draw(t, name+" set") {
			*p = time.Unix(0, rapid.Int64Range(-1<<62, 1<<62).Draw(t, name)).UTC()
		}
	case *string:
		*p = rapid.StringN(0, 12, -1).Draw(t, name)
	case *sla.FactKind:
		*p = rapid.SampledFrom([]sla.FactKind{"", sla.FactOutage, sla.FactProof}).Draw(t, name)
	case *sla.Verdict:
		*p = rapid.SampledFrom([]sla.Verdict{"", sla.Met, sla.NotMeasured}).Draw(t, name)
	case *bool:
		*p = rapid.Bool().Draw(t, name)
	case *int:
		*p = rapid.IntRange(-1000, 1000).Draw(t, name)
	case *int64:
		*p = rapid.Int64().Draw(t, name)
	case *time.Duration:
		*p = time.Duration(rapid.Int64Range(0, 1<<50).Draw(t, name))
	case **time.Duration:
		if rapid.Bool().Draw(t, name+" set") {
			d := time.Duration(rapid.Int64Range(0, 1<<50).Draw(t, name))
			*p = &d
		}
	case **credits.Share:
		if rapid.Bool().Draw(t, name+" set") {
			s := credits.MustShare(rapid.SampledFrom([]string{"99.5%", "1/3", "0%", "100%", "99.99999%"}).Draw(t, name))
			*p = &s
		}
	case *decimal.Decimal:
		*p = decimal.RequireFromString(rapid.SampledFrom([]string{"0", "5", "4.25", "0.1", "100"}).Draw(t, name))
	case **decimal.Decimal:
		if rapid.Bool().Draw(t, name+" set") {
			d := decimal.RequireFromString(rapid.SampledFrom([]string{"0", "5", "4.25"}).Draw(t, name))
			*p = &d
		}
	case *map[string]string:
		if rapid.Bool().Draw(t, name+" set") {
			*p = map[string]string{"latency": rapid.SampledFrom([]string{"2.3", "yes"}).Draw(t, name), "status": "200"}
		}
	case *credits.Money: // a fact that is there for an amount says one
		*p = credits.MustMoney(rapid.SampledFrom([]string{"0.00 EUR", "300.00 EUR", "-1.50 CHF"}).Draw(t, name))
	default:
		for i := range v.NumField() {
			fill(t, v.Field(i), v.Type().Field(i).Name)
		}
	}
}

// What a fact is there for is said: an empty cell is not zero, nor a failed check.
func TestNumbersThatAreNotSaid(t *testing.T) {
	for row, want := range map[string]string{
		`{"kind":"probe","service":"erp","occurred":"2026-03-10 09:00"}`:                                                           "it has no ok",
		`{"kind":"sample","service":"erp","of":"delay","occurred":"2026-03-10 09:00"}`:                                             "it has no value",
		`{"kind":"sample","service":"erp","of":"delay","occurred":"2026-03-10 09:00","value":""}`:                                  "it has no value",
		`{"kind":"counter","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 10:00","failed":3}`:                   "it has no total",
		`{"kind":"survey","id":"S","service":"erp","occurred":"2026-03-10 09:00"}`:                                                 "it has no score",
		`{"kind":"volume","id":"V","service":"erp","occurred":"2026-03-10 09:00"}`:                                                 "it has no units",
		`{"kind":"quantity","id":"Q","what":"late-value","period":"2026-03","occurred":"2026-03-10"}`:                              "it has no value",
		`{"kind":"charge","id":"C","what":"night","service":"erp","period":"2026-03","occurred":"2026-03-10"}`:                     "it has no amount",
		`{"kind":"fee","id":"F","service":"erp","period":"2026-03","occurred":"2026-03-10"}`:                                       "it has no amount",
		`{"kind":"ticket-count","id":"T","service":"erp","measure":"restore","period":"2026-03","occurred":"2026-03-31","late":1}`: "it has no total",
	} {
		in := read(t, "a.ndjson", row)
		require.NotEmpty(t, said(in), row)
		assert.Contains(t, said(in)[0], want, row)
		assert.Equal(t, 1, in.Refused, row)
	}
}

// A file whose name does not say what is in it is refused, in words that name
// what can be read; one without an extension is NDJSON.
func TestUnknownType(t *testing.T) {
	files := fstest.MapFS{"a.xlsx": {Data: []byte("PK")}, "plain": {}, "folder/b.xlsx": {Data: []byte("PK")}}
	run, err := engine(t).Open(nil)
	require.NoError(t, err)
	err = facts.Load(context.Background(), run, files, facts.Options{}, "a.xlsx")
	var unknown *facts.UnknownTypeError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, "a.xlsx: files of facts end in .ndjson or .jsonl (one fact a line, in JSON), or in .csv or .tsv (one fact a row); save the sheet as CSV (in UTF-8)", err.Error())
	require.NoError(t, facts.Load(context.Background(), run, files, facts.Options{}, "plain", "folder"))
	assert.Empty(t, run.Intake().Refusals)
}
