package sla_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// A slowRatchet is a ratchet by the text: each month is looked at, one after
// the other.
type slowRatchet struct {
	above         bool
	count         int
	share         *big.Rat
	goal, most    *big.Rat // in percent; nil: the average, no limit
	start         int      // months of start-up
	shares        [12]int  // of 1/1000 of a percent, −1 where nothing is known
	notApplicable [12]bool
}

func drawRatchet(t *rapid.T) *slowRatchet {
	r := &slowRatchet{above: rapid.Bool().Draw(t, "above"), count: rapid.IntRange(1, 4).Draw(t, "count"), share: rat(int64(rapid.IntRange(1, 100).Draw(t, "share")), 100), start: rapid.SampledFrom([]int{0, 0, 2}).Draw(t, "start-up")}
	if rapid.Bool().Draw(t, "goal") {
		r.goal = rat(100, 1)
	}
	if rapid.Bool().Draw(t, "limited") {
		r.most = rat(int64(rapid.IntRange(1, 50).Draw(t, "most")), 100)
	}
	for m := range r.shares {
		r.shares[m] = rapid.SampledFrom([]int{-1, 99400, 99500, 99501, 99600, 99650, 99700, 99900, 99950, 99999, 100000}).Draw(t, "share")
		r.notApplicable[m] = rapid.IntRange(0, 9).Draw(t, "not applicable") == 0
	}
	return r
}

func (r *slowRatchet) text() string {
	when, goal, more := "met", "the average of those months", ""
	if r.above {
		when = "above the target"
	}
	if r.goal != nil {
		goal = r.goal.FloatString(0) + "%"
	}
	if r.most != nil {
		more = fmt.Sprintf(", at most %s%% of the way to 100%%", mul(r.most, rat(100, 1)).FloatString(0))
	}
	lines := []string{
		fmt.Sprintf("ratchet when %s in %d calendar months in a row, target moves %s%% of the way to %s%s", when, r.count, mul(r.share, rat(100, 1)).FloatString(0), goal, more),
		"credit 1% of the fee of erp for each 0.1 points below the target, in proportion",
	}
	if r.start > 0 {
		lines = append(lines, fmt.Sprintf("start-up %d months", r.start))
	}
	return twoServices + available("rising", "erp", lines...)
}

// targets are those in force in each month, and whether it was missed.
func (r *slowRatchet) targets() (out [12]*big.Rat, missed [12]bool) {
	level := rat(995, 10)
	var row []*big.Rat
	for m, thousandths := range r.shares {
		out[m] = level
		value := rat(int64(thousandths), 1000)
		known := thousandths >= 0 && !r.notApplicable[m]
		missed[m] = known && value.Cmp(level) < 0
		switch {
		case r.notApplicable[m] || m < r.start:
			continue
		case !known || value.Cmp(level) < 0 || r.above && value.Cmp(level) == 0:
			row = nil
			continue
		}
		if row = append(row, value); len(row) < r.count {
			continue
		}
		goal := r.goal
		if goal == nil {
			goal = new(big.Rat)
			for _, v := range row {
				goal = add(goal, v)
			}
			goal = mul(goal, rat(1, int64(len(row))))
		}
		next := add(level, mul(r.share, minus(goal, level)))
		if r.most != nil {
			if limit := add(level, mul(r.most, minus(rat(100, 1), level))); next.Cmp(limit) > 0 {
				next = limit
			}
		}
		level, row = next, nil
	}
	return out, missed
}

func (r *slowRatchet) record(to *ruling) {
	for m, thousandths := range r.shares {
		month := fmt.Sprintf("2026-%02d", m+1)
		verdict := fmt.Sprintf(`"share":"%s%%"`, rat(int64(max(thousandths, 0)), 1000).FloatString(3))
		if r.notApplicable[m] {
			verdict = `"verdict":"not applicable"`
		} else if thousandths < 0 {
			verdict = `"verdict":"not measured"`
		}
		to.fact(`{"kind":"measured","id":"%s","occurred":"%s-28","objective":"rising","period":"%s",%s}`, month, month, month, verdict)
	}
}

// A ratchet follows its text, at once and month by month from a ledger.
func TestRatchetAgainstTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawRatchet(t)
		r := ruledBy(t, c.text())
		c.record(r)
		whole := r.reportBy(t, "2026-01", "2026-12", "2027-06-01", nil)
		targets, missed := c.targets()
		var led *sla.Ledger
		for m, res := range whole.Results {
			want := "at least 99.50%"
			if targets[m].Cmp(rat(995, 10)) != 0 {
				want = "at least " + shownPercent(targets[m])
			}
			require.Equal(t, want, res.Target, "%s\n%s", res.Period.Name, c.text())
			require.Equal(t, missed[m], res.Verdict == sla.Missed, "%s\n%s", res.Period.Name, c.text())
			month := fmt.Sprintf("2026-%02d", m+1)
			rep := r.reportBy(t, month, month, june(0).AddDate(0, m-4, 44).Format("2006-01-02"), led)
			require.Equal(t, res, rep.Results[0], month)
			led = throughJSON(t, rep.Ledger)
		}
	})
}

// shownPercent is a level with the decimals it has, of a share at least two;
// one that does not end is shown with four.
func shownPercent(level *big.Rat) string {
	for places := 2; places <= 10; places++ {
		s := level.FloatString(places)
		if exact, _ := new(big.Rat).SetString(s); exact.Cmp(level) == 0 {
			return s + "%"
		}
	}
	return credits.ShowPercent(credits.RatioOf(mul(level, rat(1, 100))))
}

// A ratchet of a share in time sets how many may be late; the report says what
// moved the target in the month that did it and in those after.
func TestRatchetOfTickets(t *testing.T) {
	r := ruled(t, "priorities {\n  | priority | when |\n  | P1 | \"down\" |\n}\ntier gold {\n  | priority | restore within | in time |\n  | P1 | 4 h | 90% |\n}\n",
		"objective restored of tier gold {\n  measure share of restore in time each calendar month\n  target at least 90%\n"+
			"  ratchet when met in 2 calendar months in a row, target moves 50% of the way to 100%\n  report only\n}\n")
	for m := 1; m <= 3; m++ {
		r.fact(`{"kind":"measured","id":"C-%d","occurred":"2026-%02[1]d-28","objective":"restored","period":"2026-%02[1]d","total":20,"late":2}`, m)
	}
	rep := r.report("2026-01", "2026-03", "", nil)
	var said []string
	for _, res := range rep.Results {
		said = append(said, strings.Join([]string{res.Period.Name, res.Target, string(res.Verdict)}, ", "))
	}
	assert.Equal(t, []string{"2026-01, at least 90%, met", "2026-02, at least 90%, met", "2026-03, at least 95.00%, missed"}, said)
	assert.NotContains(t, codes(rep.Results[0].Why), "ratcheted")
	assert.Contains(t, codes(rep.Results[1].Why), "ratcheted")
	assert.Contains(t, codes(rep.Results[2].Why), "ratcheted")
}

// A settled month that is corrected moves the target of those not settled.
func TestRatchetAfterCorrection(t *testing.T) {
	r := ruled(t, available("rising", "erp", "ratchet when above the target in 2 calendar months in a row, target moves 50% of the way to 100%", "report only"),
		"credits {\n  settled each calendar month, 8 days after month end\n}\n")
	fact := func(month, share, recorded string, revision int) {
		r.fact(`{"kind":"measured","id":"%s","occurred":"%s-28","recorded":"%s","revision":%d,"objective":"rising","period":"%[1]s","share":"%[5]s"}`, month, month, recorded, revision, share)
	}
	fact("2026-01", "99.90%", "2026-02-01", 0)
	fact("2026-02", "99.90%", "2026-03-01", 0)
	led := r.report("2026-01", "2026-02", "2026-03-10", nil).Ledger
	fact("2026-02", "99.10%", "2026-03-20", 1)
	fact("2026-03", "99.90%", "2026-04-01", 0)
	assert.Equal(t, "at least 99.50%", r.report("2026-03", "2026-03", "2026-04-05", led).Results[0].Target)
	assert.Equal(t, "at least 99.75%", r.report("2026-03", "2026-03", "2026-03-15", led).Results[0].Target)
}
