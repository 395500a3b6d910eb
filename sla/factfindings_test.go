package sla_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/facts"
	"github.com/sla-lang/sla/sla/words"
)

// badFacts evaluates facts that something is wrong with, and gives the report
// and what it says about them.
func badFacts(t *testing.T, objectives string, lines ...string) (*sla.Report, []string) {
	t.Helper()
	r := ruledBy(t, "sla 1\n\ncontract \"BAD\" {\n  kind           fragment\n  timezone       Europe/Paris\n  term           12 months from 2026-01-01\n}\n"+
		"party provider \"P\"\nservice hub \"Hub\"\nevent request of hub\n"+objectives)
	run, err := r.engine.Open(nil)
	require.NoError(t, err)
	require.NoError(t, facts.Read(run, "bad.ndjson", strings.NewReader(strings.Join(lines, "\n")), facts.Options{}))
	day := time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC)
	rep, err := run.Report(sla.Options{From: dateOf(day), To: dateOf(day.AddDate(0, 0, 1)), AsOf: sla.AsOf{Valid: day.AddDate(0, 0, 20)}})
	require.NoError(t, err)
	var said []string
	for _, f := range rep.Findings {
		said = append(said, words.English().Finding(f.Code, f.Args).Title)
	}
	for _, no := range rep.Intake.Refusals {
		said = append(said, string(no.Reason))
	}
	return rep, said
}

const checkedDaily = `objective up of hub {
  measure        availability each day
  source         checks "probe" every 1 h
  down           after 2 failed checks, counted from the first
  without        data, the time is up
  target         at least 99.00%
  report only
}
`

// Two series that overlap and contradict each other: of an instant at which
// they do, nothing is known, and the answers around it are not in a row.
func TestContradictoryProbes(t *testing.T) {
	rep, said := badFacts(t, checkedDaily,
		`{"kind":"probe","id":"A","service":"hub","source":"probe","occurred":"2026-06-10 00:00","series":"1x3 0x3 1x15","every":"1 h"}`,
		`{"kind":"probe","id":"B","service":"hub","source":"probe","occurred":"2026-06-10 05:00","series":"1 0","every":"1 h"}`)
	assert.Equal(t, []string{"1 of the answers of probe about hub contradict each other, the first at 2026-06-10 05:00"}, said)
	// 04:00 failed, 05:00 unknown, 06:00 and 07:00 failed: down from 06:00.
	assert.Equal(t, "91.6667%", result(t, rep, "up", "").Measured.Shown)
}

// An answer that is given twice is one answer.
func TestAnswersTwice(t *testing.T) {
	rep, said := badFacts(t, checkedDaily,
		`{"kind":"probe","id":"A","service":"hub","source":"probe","occurred":"2026-06-10 00:00","series":"1x3 0 1x18","every":"1 h"}`,
		`{"kind":"probe","id":"B","service":"hub","source":"probe","occurred":"2026-06-10 04:00","series":"0","every":"1 h"}`)
	assert.Empty(t, said)
	assert.Equal(t, "100.0000%", result(t, rep, "up", "").Measured.Shown)
}

// A counter that goes on behind its slot counts in the slot in which it begins.
func TestCountersAcrossSlots(t *testing.T) {
	objective := "objective bad of hub {\n  measure downtime each day\n  source requests \"gateway\" counted every 1 h\n  down when error rate above 5%\n  without data, the time is up\n  target at most 2 h\n  report only\n}\n" +
		"objective mean of hub {\n  measure share of good requests each day, averaged over 1 h slots\n  source requests \"gateway\" counted every 1 h\n  without requests, a slot is up\n  target at least 90%\n  report only\n}\n"
	rep, said := badFacts(t, objective,
		`{"kind":"counter","id":"C-1","service":"hub","source":"gateway","occurred":"2026-06-10 00:30","until":"2026-06-10 02:30","total":100,"failed":50}`,
		`{"kind":"counter","id":"C-2","service":"hub","source":"gateway","occurred":"2026-06-10 03:00","until":"2026-06-10 04:00","total":100,"failed":50}`)
	assert.Equal(t, []string{
		"1 of the counters of hub in 2026-06-10 00:00 to 2026-06-11 00:00 go on after the end of their slot",
		"1 of the counters of hub in 2026-06-10 00:00 to 2026-06-11 00:00 go on after the end of their slot",
	}, said)
	assert.Equal(t, "2 h", result(t, rep, "bad", "").Measured.Shown)
}

// Facts outside the term count for nothing, and the report says so.
func TestFactsOutsideTheTerm(t *testing.T) {
	objective := "objective up of hub {\n  measure availability each day\n  source outages \"monitoring\"\n  target at least 99%\n  report only\n}\n"
	_, said := badFacts(t, objective,
		`{"kind":"outage","id":"O-1","service":"hub","occurred":"2025-12-31 10:00","until":"2025-12-31 11:00"}`,
		`{"kind":"outage","id":"O-2","service":"hub","occurred":"2025-12-31 23:00","until":"2026-01-01 01:00"}`,
		`{"kind":"sample","service":"hub","of":"load","occurred":"2025-06-10 10:00","value":"3"}`)
	assert.Equal(t, []string{
		"1 fact of kind sample about hub, of load is of no source that an objective names, and counts for nothing",
		"1 fact of kind outage lies outside the term and counts for nothing, the first, O-1, at 2025-12-31 10:00",
		"1 fact of kind sample lies outside the term and counts for nothing, the first at 2025-06-10 10:00",
	}, said)
}

// What is replaced or withdrawn later is told with the date and the reason.
func TestCorrectionsAreTold(t *testing.T) {
	objective := "objective up of hub {\n  measure downtime each day\n  source outages \"monitoring\"\n  target at most 0 min\n  report only\n}\n"
	rep, said := badFacts(t, objective, `{"file":{"source":"monitoring","covered":{"from":"2026-06-10","until":"2026-06-10"}}}`,
		`{"kind":"outage","id":"O-1","service":"hub","occurred":"2026-06-10 10:00","until":"2026-06-10 11:00"}`,
		`{"kind":"outage","id":"O-2","service":"hub","occurred":"2026-06-10 10:00","until":"2026-06-10 10:20","supersedes":"O-1","author":"provider","reason":"the log of the switch","recorded":"2026-06-15 09:00"}`,
		`{"kind":"outage","id":"O-3","service":"hub","occurred":"2026-06-10 12:00","until":"2026-06-10 13:00"}`,
		`{"kind":"correction","id":"K-1","of":"O-3","ofKind":"outage","author":"Jeanne Martin","occurred":"2026-06-16 10:00","reason":"wrong customer"}`)
	assert.ElementsMatch(t, []string{
		"O-2 of 2026-06-15 09:00 by provider takes the place of outage O-1, or takes it back: the log of the switch",
		"K-1 of 2026-06-16 10:00 takes the place of outage O-3, or takes it back: wrong customer",
	}, said)
	assert.Equal(t, "20 min", result(t, rep, "up", "").Measured.Shown)
	assert.NotContains(t, fmt.Sprint(said), "Jeanne")
}

// Facts of a source that no objective names are told, with the nearest name; so
// are samples of a quantity that none has.
func TestFactsOfNoSource(t *testing.T) {
	_, said := badFacts(t, checkedDaily+`objective slow of hub {
  measure        maximum latency each day
  source         samples of latency in ms "probe" every 1 h
  target         at most 200 ms
  report only
}
`,
		`{"kind":"probe","id":"A","service":"hub","source":"prob","occurred":"2026-06-10 00:00","series":"1x23","every":"1 h"}`,
		`{"kind":"probe","id":"B","service":"hub","occurred":"2026-06-10 00:00","ok":true}`,
		`{"kind":"sample","service":"hub","of":"latency","source":"probe","occurred":"2026-06-10 00:00","value":"5"}`,
		`{"kind":"sample","service":"hub","of":"latencies","source":"probe","occurred":"2026-06-10 00:00","value":"5"}`,
		`{"kind":"counter","id":"C-1","service":"hub","source":"gateway","occurred":"2026-06-10 06:00","until":"2026-06-10 07:00","total":10,"failed":1}`)
	assert.ElementsMatch(t, []string{
		"1 fact of kind probe about hub, by prob is of no source that an objective names, and counts for nothing",
		"1 fact of kind sample about hub, of latencies, by probe is of no source that an objective names, and counts for nothing",
		"1 fact of kind counter about hub, by gateway is of no source that an objective names, and counts for nothing",
	}, said)
}
