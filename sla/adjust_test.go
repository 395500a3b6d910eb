package sla_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/sla"
)

// Facts that come after the settlement.

// again says that a month was measured anew, later.
func (r *ruling) again(objective, service, month string, revision, minutes int, recorded string) {
	r.fact(`{"kind":"measured","id":"%s %s %s","revision":%d,"recorded":"%s","occurred":"%[3]s-28","objective":"%[1]s","for":"%[2]s","period":"%[3]s","down":"%[6]d min"}`, objective, service, month, revision, recorded, minutes)
}

// sums adds up money by a name, those of nothing left out.
type sums map[string]string

func summed(lines map[string][]string) sums {
	out := sums{}
	for name, amounts := range lines {
		sum := rat(0, 1)
		for _, a := range amounts {
			r := rat(0, 1)
			if _, ok := r.SetString(strings.TrimSuffix(a, " EUR")); !ok {
				panic(a)
			}
			sum = add(sum, r)
		}
		if sum.Sign() != 0 {
			out[name] = sum.FloatString(2)
		}
	}
	return out
}

// settledMonths are credits, shares earned back and bonuses of each month, as a
// report over all months says, and as a ledger does.
func settledMonths(rep *sla.Report) sums {
	lines := map[string][]string{}
	for _, s := range rep.Settlements {
		for _, l := range s.Lines {
			name := fmt.Sprint(s.Period.From, " ", l.Objective, " ", l.For)
			lines[name] = append(lines[name], l.Posted.String())
		}
		for _, b := range s.EarnedBack {
			name := fmt.Sprint(s.Period.From, " back of ", b.Of, " ", b.Objective, " ", b.For)
			lines[name] = append(lines[name], b.Amount.String())
		}
		for _, b := range s.Bonuses {
			name := fmt.Sprint(s.Period.From, " bonus ", b.Bonus, " ", b.Window)
			lines[name] = append(lines[name], b.Posted.String())
		}
	}
	return summed(lines)
}

func bookedMonths(l *sla.Ledger) sums {
	lines := map[string][]string{}
	for _, p := range l.Posted {
		name := fmt.Sprint(p.Period, " ", p.Objective, " ", p.For)
		lines[name] = append(lines[name], p.Amount.String())
	}
	for _, b := range l.EarnedBack {
		name := fmt.Sprint(b.Period, " back of ", b.Of, " ", b.Objective, " ", b.For)
		lines[name] = append(lines[name], b.Amount.String())
	}
	for _, b := range l.Bonuses {
		name := fmt.Sprint(b.Period, " bonus ", b.Bonus, " ", b.Window)
		lines[name] = append(lines[name], b.Amount.String())
	}
	return summed(lines)
}

// Month by month, with figures that are corrected months later, the credits,
// what is earned back of them and the bonuses come to what they are at once by
// all that is known in the end; and what the reports say is due is the same
// sum. Caps of several months aside: what one month took of them is not given
// back to another.
func TestCorrectionsComeToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSlow(t)
		c.caps = slices.DeleteFunc(c.caps, func(l slowCap) bool { return l.window != "calendar month" })
		text := c.text()
		if rapid.Bool().Draw(t, "earn back") {
			text = strings.Replace(text, "credits {\n", fmt.Sprintf("credits {\n  earn back 40%% of a credit when the objective is met in each of the %d following months\n", rapid.IntRange(1, 3).Draw(t, "months")), 1)
		}
		if rapid.Bool().Draw(t, "bonus") {
			text += "bonus good {\n  when o0 is at least 99.50% in each calendar month of a calendar quarter\n  pay 1% of the fees of erp during the calendar quarter\n  cap good-quarterly 20.00 EUR each calendar quarter\n}\n"
		}
		r := ruledBy(t, text)
		c.record(r)
		asOf := func(m int) string { return june(0).AddDate(0, m-4, 44).Format("2006-01-02") }
		for i := range rapid.IntRange(1, 6).Draw(t, "corrections") {
			o := rapid.SampledFrom(c.objectives).Draw(t, "objective")
			m := rapid.IntRange(0, 10).Draw(t, "month")
			known := rapid.IntRange(m+1, 11).Draw(t, "known in the report of")
			if o.down[m] < 0 {
				continue
			}
			r.again(o.name, o.service, fmt.Sprintf("2026-%02d", m+1), i+1, rapid.SampledFrom([]int{0, 215, 217, 300, 1000, 3000}).Draw(t, "down"), asOf(known)[:8]+"01")
		}
		due := rat(0, 1)
		var led *sla.Ledger
		for m := range 12 {
			month := fmt.Sprintf("2026-%02d", m+1)
			rep := r.reportBy(t, month, month, asOf(m), led)
			require.Equal(t, sla.PeriodSettled, rep.Settlements[0].State)
			due = add(due, amountOf(rep.Settlements[0].Due))
			led = throughJSON(t, rep.Ledger)
		}
		whole := r.reportBy(t, "2026-01", "2026-12", asOf(11), nil)
		require.Equal(t, settledMonths(whole), bookedMonths(led), text)
		at := rat(0, 1)
		for _, s := range whole.Settlements {
			at = add(at, amountOf(s.Due))
		}
		require.Equal(t, at.FloatString(2), due.FloatString(2), text)
	})
}

// adjusted are the adjustments of the last period of a report.
func adjusted(rep *sla.Report) (out []string) {
	for _, a := range rep.Settlements[len(rep.Settlements)-1].Adjustments {
		out = append(out, strings.Join(strings.Fields(fmt.Sprint(a.Period, " ", a.Kind, " ", a.Objective, " ", a.Amount, " by ", strings.Join(a.Facts, ", "))), " "))
	}
	return out
}

const settledSoon = "credits {\n  settled each calendar month, 8 days after month end\n  claim not needed\n}\n"

// A miss that is known later is one that comes again, and makes the next one
// come again.
func TestCorrectionOfARepeatedMiss(t *testing.T) {
	for later, want := range map[string][]string{
		"2026-01": {"2026-01-01 a 300.00 EUR by a erp 2026-01", "2026-02-01 a 300.00 EUR by a erp 2026-01"},
		"2026-02": {"2026-02-01 a 600.00 EUR by a erp 2026-02"},
	} {
		r := ruled(t, available("a", "erp", "credit 5% of the fee of erp", "repeat 2 times from the 2nd miss in a row"), settledSoon)
		for _, m := range []string{"2026-01", "2026-02"} {
			r.down("a", "erp", m, map[bool]int{true: 0, false: 300}[m == later])
		}
		led := r.report("2026-01", "2026-02", "2026-03-15", nil).Ledger
		r.again("a", "erp", later, 1, 300, "2026-03-20")
		assert.Equal(t, want, adjusted(r.report("2026-03", "2026-03", "2026-04-15", led)), later)
	}
}

// An outage of January that is recorded in April concerns the quarter that was
// settled with March, and the thirty days that end in February.
func TestCorrectionOfALongerWindow(t *testing.T) {
	for window, want := range map[string]string{"calendar quarter": "2026-03-01 a 900.00 EUR by O-2", "30 days": "2026-02-01 a 300.00 EUR by O-2"} {
		r := ruled(t, strings.Replace(available("a", "erp", "credit 300.00 EUR"), "calendar month", window, 1), settledSoon)
		if window == "calendar quarter" {
			r = ruled(t, strings.Replace(available("a", "erp", "credit 5% of the fee of erp"), "calendar month", window, 1), settledSoon)
		}
		r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-01-01","until":"2026-04-30"}}}`)
		r.fact(`{"kind":"outage","id":"O-1","service":"erp","occurred":"2026-03-10 09:00","until":"2026-03-10 10:00"}`)
		led := r.report("2026-01", "2026-03", "2026-04-10", nil).Ledger
		r.fact(`{"kind":"outage","id":"O-2","service":"erp","recorded":"2026-04-20","occurred":"2026-01-31 09:00","until":"2026-01-31 23:00"}`)
		assert.Contains(t, adjusted(r.report("2026-04", "2026-04", "2026-05-10", led)), want)
	}
}

// A report whose delivery was recorded after the settlement was not late.
func TestCorrectionByALateRecordOfTheReport(t *testing.T) {
	r := ruled(t, available("a", "erp", "credit 5% of the fee of erp", "late report counts as missed, 5 days after the window ends"), settledSoon)
	r.down("a", "erp", "2026-03", 0)
	led := r.report("2026-03", "2026-03", "2026-04-10", nil).Ledger
	r.fact(`{"kind":"delivery","id":"D-1","recorded":"2026-04-20","occurred":"2026-04-03","what":"report","period":"2026-03"}`)
	r.fact(`{"kind":"delivery","id":"D-2","recorded":"2026-04-20","occurred":"2026-04-03","what":"a/or/other","period":"2026-03"}`)
	assert.Equal(t, []string{"2026-03-01 a -300.00 EUR by D-1"}, adjusted(r.report("2026-04", "2026-04", "2026-05-10", led)))
}

// What went back to the provider comes again where it was not earned; it is no
// credit, and takes no room of one.
func TestCorrectionOfWhatWentBack(t *testing.T) {
	r := ruled(t, available("a", "erp", "credit 5% of the fee of erp"),
		strings.Replace(settledSoon, "}", "  earn back 50% of a credit when the objective is met in each of the 2 following months\n  cap 500.00 EUR each contract year\n}", 1),
		"bonus good {\n  when a is at least 99.95% in each calendar month of a calendar quarter\n  pay 1% of the fees of erp during the calendar quarter\n}\n")
	r.down("a", "erp", "2026-03", 300)
	for _, m := range []string{"2026-04", "2026-05", "2026-06"} {
		r.down("a", "erp", m, 0)
	}
	led := r.report("2026-03", "2026-06", "2026-07-10", nil).Ledger
	assert.Equal(t, "180.00 EUR", led.Bonuses[len(led.Bonuses)-1].Amount.String())
	assert.Len(t, led.EarnedBack, 1)
	r.again("a", "erp", "2026-05", 1, 300, "2026-07-20")
	rep := r.report("2026-07", "2026-07", "2026-08-10", led)
	assert.Equal(t, []string{"2026-05-01 a 200.00 EUR by a erp 2026-05", "2026-05-01 earned back a 150.00 EUR by a erp 2026-05", "2026-06-01 bonus bonus/good 180.00 EUR by a erp 2026-05"}, adjusted(rep))
	assert.Equal(t, "530.00 EUR", rep.Settlements[0].Due.String())
	notes := r.engine.CreditNotes(rep)
	assert.Len(t, notes, 3)
	again := r.report("2026-08", "2026-08", "2026-09-10", rep.Ledger)
	assert.Empty(t, again.Settlements[0].Adjustments, "adjusted once")
}
