package sla_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

const joinedNumbers = `part zone of erp {
  has            users in users
}
event call of zone
`

// numbersOf are objectives over the calls and delays of zones.
func numbersOf(join string) string {
	return fmt.Sprintf(`objective good-%[1]s of erp {
  measure        share of good calls each calendar month, %[2]s
  source         calls "gateway" counted every 1 h
  report only
}
objective delay-%[1]s of erp {
  measure        maximum delay each calendar month, %[2]s
  source         samples of delay in ms "gateway" every 1 h
  report only
}
`, map[bool]string{true: "weighted", false: join[:6]}[join == "weighted by users over zones"], join)
}

// The numbers of parts become one as is written, whatever they are numbers of;
// against a twin that has them in a table. A zone in which nothing happened has
// no number.
func TestNumbersOfPartsAgainstTwin(t *testing.T) {
	written := ruled(t, joinedNumbers+numbersOf("lowest among zones")+numbersOf("highest among zones")+numbersOf("averaged over zones")+numbersOf("weighted by users over zones")+numbersOf("pooled over zones"))
	rapid.Check(t, func(t *rapid.T) {
		r := &ruling{t: written.t, engine: written.engine}
		var shares, delays, users []*big.Rat
		good, total := int64(0), int64(0)
		for zone := range rapid.IntRange(1, 4).Draw(t, "zones") {
			n := int64(rapid.IntRange(1, 9).Draw(t, "users"))
			r.fact(`{"kind":"part","id":"z%d","what":"zone","service":"erp","occurred":"2026-01-01","has":"users %d"}`, zone, n)
			all, ok, worst := int64(0), int64(0), int64(0)
			for hour := range rapid.IntRange(1, 3).Draw(t, "hours") {
				calls := rapid.Int64Range(0, 5).Draw(t, "calls")
				failed := rapid.Int64Range(0, calls).Draw(t, "failed")
				delay := rapid.Int64Range(1, 50).Draw(t, "delay")
				r.fact(`{"kind":"counter","id":"C-%d-%d","service":"erp","part":"z%[1]d","source":"gateway","occurred":"2026-04-10 %02[2]d:00","until":"2026-04-10 %02[2]d:59","total":%d,"failed":%d}`, zone, hour, calls, failed)
				r.fact(`{"kind":"sample","service":"erp","part":"z%d","of":"delay","source":"gateway","occurred":"2026-04-10 %02d:00","value":"%d"}`, zone, hour, delay)
				all, ok, worst = all+calls, ok+calls-failed, max(worst, delay)
			}
			users, delays = append(users, rat(n, 1)), append(delays, rat(worst, 1))
			shares = append(shares, nil)
			if good, total = good+ok, total+all; all > 0 {
				shares[zone] = rat(ok, all)
			}
		}
		want := map[string]*big.Rat{"delay-pooled": slowJoin("highest", delays, users)}
		if total > 0 {
			want["good-pooled"] = rat(good, total)
		}
		for _, kind := range []string{"lowest", "highest", "averag", "weighted"} {
			name := kind[:min(6, len(kind))]
			if kind == "weighted" {
				name = kind
			}
			want["good-"+name], want["delay-"+name] = slowJoin(kind, shares, users), slowJoin(kind, delays, users)
		}
		for _, got := range r.report("2026-04", "2026-04", "2026-06-01", nil).Results {
			switch w := want[got.Objective]; {
			case w == nil && got.Objective == "good-pooled":
				assert.Equal(t, sla.NotMeasured, got.Verdict, got.Objective)
			case w == nil:
				assert.Equal(t, sla.NotApplicable, got.Verdict, got.Objective)
			default:
				assert.Equal(t, w.RatString(), got.Measured.Exact, got.Objective)
			}
		}
	})
}

// slowJoin is the lowest, highest, mean or weighted mean of numbers, nil where
// there are none.
func slowJoin(kind string, numbers, weights []*big.Rat) (out *big.Rat) {
	sum, all := rat(0, 1), rat(0, 1)
	for i, n := range numbers {
		weight := rat(1, 1)
		if kind == "weighted" {
			weight = weights[i]
		}
		if n == nil {
			continue
		}
		sum, all = add(sum, mul(n, weight)), add(all, weight)
		if out == nil || kind == "lowest" && n.Cmp(out) < 0 || kind == "highest" && n.Cmp(out) > 0 {
			out = n
		}
	}
	if out == nil || kind == "lowest" || kind == "highest" {
		return out
	}
	return mul(sum, new(big.Rat).Inv(all))
}

// Counts and values are averaged with the month before as well; a month before
// of which nothing is known makes the mean unknown.
func TestNumbersWithTheMonthBefore(t *testing.T) {
	r := ruled(t, "event call of erp\n", `objective good of erp {
  measure        share of good calls each calendar month, averaged with the month before
  source         calls "gateway" counted every 1 h
  without        data, the time is left out
  without        a month before, the first is alone
  target         at least 90.00%
  report only
}
`)
	count := func(month string, failed int) {
		r.fact(`{"kind":"counter","id":"C-%s","service":"erp","source":"gateway","occurred":"%[1]s-10 08:00","until":"%[1]s-10 09:00","total":10,"failed":%d}`, month, failed)
	}
	count("2026-04", 2)
	assert.Equal(t, sla.NotMeasured, result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "good", "").Verdict)
	count("2026-03", 0)
	got := result(t, r.report("2026-04", "2026-04", "2026-06-01", nil), "good", "")
	assert.Equal(t, "9/10", got.Measured.Exact)
	assert.Contains(t, codes(got.Why), "with-before")
	count("2026-01", 1) // the first month of the term stands alone
	assert.Equal(t, "9/10", result(t, r.report("2026-01", "2026-01", "2026-06-01", nil), "good", "").Measured.Exact)
}

// A mean of answers is rounded before it is compared where that is written.
func TestSurveyRounded(t *testing.T) {
	survey := func(name, how string) string {
		return "objective " + name + " of erp {\n  measure        average survey score each calendar quarter" + how + "\n  source         answers \"survey\" one by one\n  target         at least 4.2 out of 5\n  report only\n}\n"
	}
	r := ruled(t, survey("exact", ""), survey("rounded", ", rounded to 1 decimal"), survey("cut", ", truncated to 1 decimal"))
	for i, score := range []int{4, 4, 4, 4, 4, 5} { // 25/6 is 4.166…
		r.fact(`{"kind":"survey","id":"S-%d","service":"erp","occurred":"2026-04-08 14:00","score":"%d"}`, i, score)
	}
	rep := r.report("2026-04", "2026-06", "2026-08-01", nil)
	for name, v := range map[string]sla.Verdict{"exact": sla.Missed, "rounded": sla.Met, "cut": sla.Missed} {
		assert.Equal(t, v, result(t, rep, name, "").Verdict, name)
		assert.Equal(t, "25/6", result(t, rep, name, "").Measured.Exact)
	}
}
