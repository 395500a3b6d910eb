package sla_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/sla"
)

// What nobody saw, what may still come, and what is left out.

func overMonth(name, measure string, lines ...string) string {
	return "objective " + name + " of erp {\n  measure        " + measure + "\n  source         outages \"monitoring\"\n  " + strings.Join(lines, "\n  ") + "\n  report only\n}\n"
}

const aprilSeen = `{"file":{"source":"monitoring","covered":{"from":"2026-04-01","until":"%s"}}}`

// Time that nobody saw may have been down for everybody, however few an outage
// beside it affected.
func TestUnseenTimeWeighsWhole(t *testing.T) {
	const weigh = "count          each outage by the share of users affected"
	r := ruled(t, overMonth("unsaid", "downtime each calendar month", weigh, "target         at most 1 h"),
		overMonth("deemed", "downtime each calendar month", weigh, "without        data, the time is down", "target         at most 1 h"))
	r.fact(aprilSeen, "2026-04-20")
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-10 00:00","until":"2026-04-10 02:00","affected":"10%%"}`)
	rep := r.report("2026-04", "2026-04", "2026-06-01", nil)
	assert.Equal(t, sla.NotMeasured, result(t, rep, "unsaid", "").Verdict)
	deemed := result(t, rep, "deemed", "") // ten days, and a tenth of two hours
	assert.Equal(t, sla.Missed, deemed.Verdict)
	assert.Equal(t, "864720", deemed.Measured.Exact)
}

// What may still come is not bounded where it may come in many pieces.
func TestNothingIsCertainOfPieces(t *testing.T) {
	r := ruled(t, overMonth("often", "number of outages each calendar month", "target         at most 3"),
		overMonth("hours", "downtime each calendar month", "count          each outage in started 1 h", "target         at most 40 h"),
		overMonth("capped", "downtime each calendar month", "count          at most 1 h each outage", "target         at most 2 h"),
		overMonth("weighed", "downtime each calendar month", "count          each outage by the share of users affected", "target         at most 20 h"),
		overMonth("daily", "downtime each calendar month", "count          at most 1 h each day", "target         at most 2 h"),
		overMonth("plain", "downtime each calendar month", "target         at most 25 h"))
	r.fact(aprilSeen, "2026-04-30")
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-10 00:00","until":"2026-04-10 00:06","affected":"10%%"}`)
	rep := r.report("2026-04", "2026-04", "2026-04-30", nil) // 24 h are left
	for name, certain := range map[string]bool{"often": false, "hours": false, "capped": false, "weighed": false, "daily": true, "plain": true} {
		got := result(t, rep, name, "")
		assert.Equal(t, sla.Met, got.SoFar, name)
		assert.Equal(t, certain, got.Certain, name)
	}
}

// What nobody saw so far and what is left may have been down both.
func TestNothingIsCertainOfUnseenTime(t *testing.T) {
	r := ruled(t, overMonth("two", "downtime each calendar month", "target         at most 50 h"), overMonth("three", "downtime each calendar month", "target         at most 72 h"))
	r.fact(aprilSeen, "2026-04-27")
	rep := r.report("2026-04", "2026-04", "2026-04-29", nil) // a day was not seen, and two are left
	for name, certain := range map[string]bool{"two": false, "three": true} {
		got := result(t, rep, name, "")
		assert.Equal(t, sla.Met, got.SoFar, name)
		assert.Equal(t, certain, got.Certain, name)
	}
}

// A month before that nobody saw is not up; parts may be joined first.
func TestMonthBefore(t *testing.T) {
	const alone = "without        a month before, the first is alone"
	r := ruled(t, "part zone of erp\n", overMonth("mean", "availability each calendar month, pooled over zones, averaged with the month before", alone, "target         at least 98.50%"))
	for _, id := range []string{"a", "b"} {
		r.fact(`{"kind":"part","id":"%s","what":"zone","service":"erp","occurred":"2026-01-01"}`, id)
	}
	r.fact(aprilSeen, "2026-04-30")
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","part":"a","occurred":"2026-04-10 00:00","until":"2026-04-11 00:00"}`)
	got := result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "mean", "")
	assert.Equal(t, sla.NotMeasured, got.Verdict)
	assert.Contains(t, codes(got.Why), "before-unobserved")
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-03-31"}}}`)
	r.fact(`{"kind":"outage","id":"O-2","service":"erp","part":"b","occurred":"2026-03-10 00:00","until":"2026-03-10 12:00"}`)
	got = result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "mean", "")
	assert.Equal(t, sla.Met, got.Verdict)
	assert.Equal(t, mean(rat(1440-24, 1440), rat(1488-12, 1488)), got.Measured.Exact)
	r.fact(`{"kind":"measured","id":"M-1","objective":"mean","period":"2026-03","share":"90%%","occurred":"2026-04-01"}`)
	got = result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "mean", "")
	assert.Equal(t, mean(rat(1440-24, 1440), rat(9, 10)), got.Measured.Exact)
}

// The agreed time that must remain is that of all parts together.
func TestJoinedTimeThatRemains(t *testing.T) {
	r := ruled(t, "part zone of erp\nexclusions {\n  theirs         \"Their own doing\"\n  judged         only if at least 100 h of agreed time remain\n}\n",
		overMonth("up", "availability each calendar month, pooled over zones", "exclude        theirs", "target         at least 99.00%"))
	r.fact(aprilSeen, "2026-04-30")
	for _, id := range []string{"a", "b"} {
		r.fact(`{"kind":"part","id":"%s","what":"zone","service":"erp","occurred":"2026-01-01"}`, id)
		r.fact(`{"kind":"outage","id":"O-%s","service":"erp","part":"%[1]s","occurred":"2026-04-01 00:00","until":"2026-04-28 21:59","cause":"theirs"}`, id)
	}
	assert.Equal(t, sla.Met, result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "up", "").Verdict) // 50 h 01 min each
	r.fact(`{"kind":"outage","id":"O-c","service":"erp","part":"a","occurred":"2026-04-28 21:59","until":"2026-04-28 22:02","cause":"theirs"}`)
	assert.Equal(t, sla.NotApplicable, result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "up", "").Verdict)
}

// Time that nobody observed is left out; an outage that is known all the same
// is not, and the explanation adds up.
func TestKnownOutagesAreNotLeftOut(t *testing.T) {
	r := ruled(t, "maintenance planned {\n  notice         at least 24 h\n}\n",
		overMonth("up", "availability each day", "without        data, the time is left out", "exclude        planned-maintenance, down or not", "target         at least 99.00%"))
	r.fact(`{"kind":"coverage","id":"C-1","source":"monitoring","occurred":"2026-04-10 00:00","until":"2026-04-10 12:00"}`)
	r.fact(`{"kind":"maintenance","id":"W-1","service":"erp","work":"planned","occurred":"2026-04-10 00:00","until":"2026-04-10 02:00","announced":"2026-04-01 09:00"}`)
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-10 01:00","until":"2026-04-10 03:00"}`)
	r.fact(`{"kind":"outage","id":"O-2","service":"erp","occurred":"2026-04-10 11:00","until":"2026-04-10 14:00"}`)
	got := result(t, r.report("2026-04-10", "2026-04-10", "2026-06-01", nil), "up", "")
	assert.Equal(t, "2/3", got.Measured.Exact) // 4 h of the 12 h that are left of 24 h: 2 h of work and 10 h that nobody saw
	amounts := map[string]string{}
	for _, s := range got.Why {
		amounts[s.Code] = argOf(s, "time")
	}
	assert.Equal(t, []string{"86400", "-7200", "-36000"}, []string{amounts["agreed"], amounts["away-work"], amounts["away-unobserved"]})
	assert.NotContains(t, amounts, "overlap")
}

// mean of two numbers, as it is written.
func mean(a, b *big.Rat) string { return mul(add(a, b), rat(1, 2)).RatString() }

// argOf is the value of an argument of a step; "" where it has none.
func argOf(s sla.Step, name string) string {
	for _, a := range s.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// A slot of which the source says nothing counts as is written.
func TestSlotsWithoutData(t *testing.T) {
	slots := func(name, without string) string {
		return "objective " + name + " of erp {\n  measure        share of good calls each day, averaged over 6 h slots\n  source         calls \"gateway\" counted every 6 h\n" +
			"  without        calls, a slot is up\n  " + without + "\n  target         at least 60.00%\n  report only\n}\n"
	}
	r := ruled(t, "event call of erp\n", slots("unsaid", ""), slots("up", "without        data, the time is up"), slots("down", "without        data, the time is down"), slots("left", "without        data, the time is left out"))
	r.fact(`{"kind":"counter","id":"C-1","service":"erp","source":"gateway","occurred":"2026-04-10 00:00","until":"2026-04-10 06:00","total":10,"failed":5}`)
	r.fact(`{"kind":"counter","id":"C-2","service":"erp","source":"gateway","occurred":"2026-04-10 06:00","until":"2026-04-10 12:00","total":0}`)
	rep := r.report("2026-04-10", "2026-04-10", "2026-06-01", nil)
	assert.Equal(t, sla.NotMeasured, result(t, rep, "unsaid", "").Verdict)
	for name, exact := range map[string]string{"up": "7/8", "down": "3/8", "left": "3/4"} {
		assert.Equal(t, exact, result(t, rep, name, "").Measured.Exact, name)
	}
}

// What is announced and left out down or not, is left out of every number.
func TestAnnouncedWorkLeavesEveryNumber(t *testing.T) {
	of := func(name, measure, source string) string {
		return "objective " + name + " of erp {\n  measure        " + measure + "\n  source         " + source + "\n  exclude        planned-maintenance, down or not\n  report only\n}\n"
	}
	r := ruled(t, "event call of erp\nmaintenance planned {\n  notice         at least 24 h\n}\n",
		of("good", "share of good calls each day", `calls "gateway" counted every 6 h`), of("failed", "number of failed calls each day", `calls "gateway" counted every 6 h`),
		of("slots", "share of good calls each day, averaged over 6 h slots", `calls "gateway" counted every 6 h`+"\n  without        calls, a slot is down"),
		of("delay", "average delay each day", `samples of delay in ms "gateway" every 1 h`))
	r.fact(`{"kind":"maintenance","id":"W-1","service":"erp","work":"planned","occurred":"2026-04-10 00:00","until":"2026-04-10 06:00","announced":"2026-04-01 09:00"}`)
	for i, failed := range []int{8, 1, 0, 2} {
		r.fact(`{"kind":"counter","id":"C-%d","service":"erp","source":"gateway","occurred":"2026-04-10 %02d:00","until":"2026-04-10 %02d:59","total":10,"failed":%d}`, i, 6*i, 6*i+5, failed)
	}
	r.fact(`{"kind":"sample","service":"erp","of":"delay","source":"gateway","occurred":"2026-04-10 05:59:59","value":"90"}`)
	r.fact(`{"kind":"sample","service":"erp","of":"delay","source":"gateway","occurred":"2026-04-10 06:00","value":"5"}`)
	rep := r.report("2026-04-10", "2026-04-10", "2026-06-01", nil)
	for name, exact := range map[string]string{"good": "9/10", "failed": "3", "slots": "9/10", "delay": "5"} {
		assert.Equal(t, exact, result(t, rep, name, "").Measured.Exact, name)
	}
}

// All of a missed week is down, on both sides of the end of the month; of one
// that is not over only what is certain.
func TestMissedWindowsAreCut(t *testing.T) {
	r := ruled(t, overMonth("weekly", "availability each week", "target         at least 99.00%"),
		overMonth("months", "downtime each calendar month", "down when      weekly is missed", "target         at most 0 min"))
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-03-01","until":"2026-06-30"}}}`)
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-28 00:00","until":"2026-04-28 01:00"}`)
	early := result(t, r.report("2026-04", "2026-04", "2026-05-01", nil), "months", "")
	assert.Equal(t, "3600", early.Measured.Exact) // the outage itself: an hour in a week is no miss yet
	assert.True(t, early.Provisional)
	r.fact(`{"kind":"outage","id":"O-2","service":"erp","occurred":"2026-05-02 00:00","until":"2026-05-02 01:00"}`)
	rep := r.report("2026-04", "2026-05", "2026-06-01", nil)
	down := map[string]string{}
	for _, got := range rep.Results {
		if got.Objective == "months" {
			down[got.Period.Name] = got.Measured.Exact
			assert.False(t, got.Provisional)
		}
	}
	assert.Equal(t, map[string]string{"2026-04": "345600", "2026-05": "259200"}, down) // 27 to 30 April, 1 to 3 May
}

// A condition on samples holds of a service where it holds of any of its parts.
func TestSamplesOfParts(t *testing.T) {
	r := ruled(t, "part sensor of erp\n", `objective heat of erp {
  measure        downtime each day
  source         samples of temperature in degC "sensors" every 1 h
  down when      temperature above 27 degC
  without        data, the time is left out
  target         at most 0 min
  report only
}
`)
	for i, value := range []int{30, 20, 26, 28} {
		r.fact(`{"kind":"sample","service":"erp","part":"%s","of":"temperature","source":"sensors","occurred":"2026-04-10 %02d:30","value":"%d"}`, []string{"a", "b"}[i%2], i/2, value)
	}
	got := result(t, r.report("2026-04-10", "2026-04-10", "2026-06-01", nil), "heat", "")
	assert.Equal(t, "7200", got.Measured.Exact) // a from 00:30, b from 01:30 on
}

// Credits by the outage or the hour know the outages of parts that were joined:
// those of all, or of the part that decides.
func TestCreditsOfJoinedOutages(t *testing.T) {
	of := func(name, measure, target, credit string) string {
		return "objective " + name + " of erp {\n  measure        " + measure + "\n  source         outages \"monitoring\"\n  target         " + target + "\n  credit         " + credit + "\n}\n"
	}
	r := ruled(t, "part zone of erp\n",
		of("pooled", "downtime each calendar month, pooled over zones", "at most 1 h", "10.00 EUR for each outage"),
		of("lowest", "availability each calendar month, lowest among zones", "at least 99.90%", "10.00 EUR for each started 1 h of downtime"),
		of("all", "availability each calendar month, pooled over zones", "at least 99.90%", "10.00 EUR for each started 1 h of each outage"))
	for _, id := range []string{"a", "b"} {
		r.fact(`{"kind":"part","id":"%s","what":"zone","service":"erp","occurred":"2026-01-01"}`, id)
	}
	r.fact(aprilSeen, "2026-04-30")
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","part":"a","occurred":"2026-04-10 05:00","until":"2026-04-10 07:30"}`)
	r.fact(`{"kind":"outage","id":"O-2","service":"erp","part":"b","occurred":"2026-04-10 06:40","until":"2026-04-10 08:00"}`)
	assert.ElementsMatch(t, []string{"pooled/erp/2026-04 20.00 EUR", "lowest/erp/2026-04 30.00 EUR", "all/erp/2026-04 50.00 EUR"}, posted(r.report("2026-04", "2026-04", "2026-06-01", nil)))
}

// A limit of a year is used up month by month, though each month is evaluated
// with its own facts and the ledger alone.
func TestYearlyLimitThroughTheLedger(t *testing.T) {
	written := ruled(t, "credits {\n  claim          not needed\n  settled        each calendar month, 5 days after month end\n}\nmaintenance planned {\n  window         at any time\n  limit          5 h each calendar year, the excess is downtime\n}\n",
		overMonth("up", "downtime each calendar month", "exclude        planned-maintenance", "target         at most 0 min"))
	months := []string{"2026-01", "2026-02", "2026-03", "2026-04"}
	whole := &ruling{t: t, engine: written.engine}
	var ledger *sla.Ledger
	got := map[string]string{}
	for i, month := range months {
		own := &ruling{t: t, engine: written.engine}
		for _, r := range []*ruling{own, whole} {
			r.fact(`{"kind":"coverage","id":"C-%s","source":"monitoring","occurred":"%[1]s-01","until":"%[1]s-%d"}`, month, []int{31, 28, 31, 30}[i])
			r.fact(`{"kind":"outage","id":"O-%s","service":"erp","occurred":"%[1]s-10 08:00","until":"%[1]s-10 10:00:00.5","cause":"planned-maintenance"}`, month)
		}
		rep := own.report(month, month, []string{"2026-02-10", "2026-03-10", "2026-04-10", "2026-05-10"}[i], ledger)
		ledger, got[month] = rep.Ledger, result(t, rep, "up", "").Measured.Exact
	}
	assert.Equal(t, map[string]string{"2026-01": "0", "2026-02": "0", "2026-03": "7203/2", "2026-04": "14401/2"}, got)
	rep := whole.report("2026-01", "2026-04", "2026-05-10", nil)
	for _, r := range rep.Results {
		assert.Equal(t, got[r.Period.Name], r.Measured.Exact, r.Period.Name)
	}
	assert.Equal(t, ledger.Work, rep.Ledger.Work)
}

// Of three points of which two must fail, one that is silent leaves nothing
// unknown while both others answer, nor where both fail.
func TestQuorumWithASilentPoint(t *testing.T) {
	r := ruled(t, "part point of erp\n", `objective up of erp {
  measure        availability each day
  source         checks "probe" every 1 h
  down           after 1 failed checks, counted from the first
  down when      at least 2 points down
  target         at least 95.00%
  report only
}
`)
	point := func(id, series string) {
		r.fact(`{"kind":"part","id":"%s","what":"point","service":"erp","occurred":"2026-01-01"}`, id)
		r.fact(`{"kind":"probe","id":"P-%s","service":"erp","part":"%[1]s","source":"probe","occurred":"2026-04-10 00:00","series":"%s","every":"1 h"}`, id, series)
	}
	point("a", "1x10 0 1x11")   // fails at 11:00
	point("b", "1x10 0x1 1x10") // fails at 11:00 and 12:00
	point("c", "1x8 _x12 1x2")  // silent from 09:00 to 21:00
	got := result(t, r.report("2026-04-10", "2026-04-10", "2026-06-01", nil), "up", "")
	assert.Equal(t, sla.NotMeasured, got.Verdict) // at 12:00 the silent one decides
	r.fact(`{"kind":"probe","id":"P-d","service":"erp","part":"c","source":"probe","occurred":"2026-04-10 12:00","ok":true}`)
	got = result(t, r.report("2026-04-10", "2026-04-10", "2026-06-01", nil), "up", "")
	assert.Equal(t, sla.Met, got.Verdict)
	assert.Equal(t, "23/24", got.Measured.Exact)
}

// Outages of the provider are those of which nobody says another cause.
func TestOnlyOutagesOfTheProvider(t *testing.T) {
	r := ruled(t, "exclusions {\n  theirs         \"Their own doing\"\n}\n", overMonth("up", "downtime each calendar month", "count          outages caused by provider", "target         at most 0 min"))
	r.fact(aprilSeen, "2026-04-30")
	for i, cause := range []string{"", "provider", "theirs", "nobody-knows"} {
		r.fact(`{"kind":"outage","id":"O-%d","service":"erp","occurred":"2026-04-10 %02d:00","until":"2026-04-10 %02d:01","cause":"%s"}`, i, i, i, cause)
	}
	assert.Equal(t, "120", result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "up", "").Measured.Exact)
}

// A cause is proved by the party that must, at the latest at the end of the day
// written.
func TestProofByTheParty(t *testing.T) {
	r := ruled(t, "party provider \"P\"\nparty customer \"C\"\nexclusions {\n  storm          \"Weather\"\n  proof          of storm by provider within 5 days of the end of the outage, otherwise the time counts\n}\n",
		overMonth("up", "downtime each day", "exclude        storm", "target         at most 0 min"))
	r.fact(aprilSeen, "2026-04-30")
	for i, by := range []string{"provider", "customer", "", "provider"} {
		r.fact(`{"kind":"outage","id":"O-%d","service":"erp","occurred":"2026-04-%d 08:00","until":"2026-04-%[2]d 09:00","cause":"storm"}`, i, 10+i)
		by = map[bool]string{true: `"by":"` + by + `",`}[by != ""]
		r.fact(`{"kind":"proof","id":"P-%d","of":"O-%[1]d",%s"occurred":"2026-04-%d %s"}`, i, by, 15+i+i/3, "23:59")
	}
	down := map[string]string{}
	for _, got := range r.report("2026-04", "2026-04", "2026-06-01", nil).Results {
		down[got.Period.Name] = got.Measured.Exact
	}
	assert.Equal(t, []string{"0", "3600", "0", "3600"}, []string{down["2026-04-10"], down["2026-04-11"], down["2026-04-12"], down["2026-04-13"]})
}

// A day of another objective that was not measured may have been missed: unknown
// is not zero. Both bounds are computed, and it matters only where they differ.
func TestWindowsOfOthersThatWereNotMeasured(t *testing.T) {
	text := "objective daily of erp {\n  measure        availability each day\n  source         outages \"monitoring\"\n  target         at least 99.00%\n  report only\n}\n"
	for name, hours := range map[string]string{"strict": "24", "generous": "96"} {
		text += "objective " + name + " of erp {\n  measure        downtime each calendar month\n  source         outages \"desk\"\n  down when      daily is missed\n  target         at most " + hours + " h\n  report only\n}\n"
	}
	r := ruled(t, text)
	r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-04-01","until":"2026-04-27"}}}`) // three days were not seen
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-10 00:00","until":"2026-04-10 06:00"}`)
	r.fact(`{"kind":"coverage","id":"c","source":"desk","service":"erp","occurred":"2026-04-01","until":"2026-05-01"}`)
	rep := r.report("2026-04", "2026-04", "2026-06-01", nil)
	assert.Equal(t, sla.NotMeasured, result(t, rep, "strict", "").Verdict)
	generous := result(t, rep, "generous", "")
	assert.Equal(t, sla.Met, generous.Verdict)
	assert.Equal(t, "86400", generous.Measured.Exact)
}

// Within the tolerance a miss costs nothing: where nobody knows whether it is,
// nobody knows what is owed.
func TestUnseenTimeAcrossTheTolerance(t *testing.T) {
	r := ruled(t, "objective up of erp {\n  measure        availability each calendar month\n  source         outages \"monitoring\"\n  target         at least 99.50%\n  tolerance      0.05 points\n  credit         10% of the fee of erp\n}\n")
	r.fact(aprilSeen, "2026-04-29")
	r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-04-10 00:00","until":"2026-04-10 03:40"}`) // 220 minutes; 237 are tolerated
	got := result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "up", "")
	assert.Equal(t, sla.NotMeasured, got.Verdict)
	r.fact(aprilSeen, "2026-04-30")
	got = result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "up", "")
	assert.Equal(t, sla.Missed, got.Verdict)
	assert.Equal(t, "0.00 EUR", got.Credit.String())
}
