package sla_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/calendar"
	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// What the reference contract remembers over several months.

func (r *record) verdict(objective string, v sla.Verdict, months ...string) {
	for _, m := range months {
		r.facts = append(r.facts, &sla.Measured{Head: sla.Head{ID: objective + m, Occurred: r.at(m + "-28 00:00")}, Objective: objective, Period: m, Verdict: v})
	}
}

func (r *record) delivered(what, period, at string) {
	r.facts = append(r.facts, &sla.Delivery{Head: sla.Head{ID: what + period, Occurred: r.at(at)}, What: what, Period: period})
}

func (r *record) down(objective, month string, minutes int) {
	r.facts = append(r.facts, &sla.Measured{
		Head: sla.Head{ID: objective + month, Occurred: r.at(month + "-28 00:00")}, Objective: objective, Period: month, Down: ptr(time.Duration(minutes) * time.Minute),
	})
}

func TestLenoirEarnBack(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	o := month(t, "2026-06")
	through := day("2026-04-01")
	o.Ledger = &sla.Ledger{Contract: "CS-2026-014", SettledThrough: &through, Posted: []sla.PostedCredit{
		{Period: day("2026-03-01"), Objective: "erp-availability", For: "erp", Amount: credits.MustMoney("300.00 EUR")},
	}}
	r.verdict("erp-availability", sla.Met, "2026-04", "2026-05", "2026-06")
	s := r.report(o).Settlements[0]
	require.Len(t, s.EarnedBack, 1)
	assert.Equal(t, "150.00 EUR", s.EarnedBack[0].Amount.String())
	assert.Equal(t, "-150.00 EUR", s.Due.String())
	assert.Equal(t, "0.00 EUR", s.Total.String(), "nothing is netted for a cap")

	r.facts = nil
	r.verdict("erp-availability", sla.Met, "2026-04", "2026-06")
	assert.Empty(t, r.report(o).Settlements[0].EarnedBack, "May is not measured, which breaks the row")
}

func TestLenoirTermination(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.verdict("erp-availability", sla.Missed, "2026-01", "2026-02", "2026-03")
	waiting := r.report(sla.Options{}).Rights
	require.Len(t, waiting, 1)
	assert.Equal(t, sla.RightWaits, waiting[0].State)

	r.delivered("report", "2026-03", "2026-04-08 17:00")
	right := r.report(sla.Options{}).Rights[0]
	assert.Equal(t, []any{sla.RightOpen, "2026-04-08 17:00", "2026-06-07", "three-in-a-row"},
		[]any{right.State, right.From.Format("2006-01-02 15:04"), right.LastDay.String(), strings.Join(right.Triggers, " ")})

	lapsed := r.report(sla.Options{AsOf: sla.AsOf{Valid: r.at("2026-06-08 00:00")}}).Rights
	assert.Equal(t, sla.RightLapsed, lapsed[0].State)

	r.delivered("termination/customer/notice", "2026-03", "2026-05-04 10:00")
	right = r.report(sla.Options{}).Rights[0]
	assert.Equal(t, []any{sla.RightNoticed, "2026-06-03"}, []any{right.State, right.Ends.String()})
	r.delivered("termination/customer/cure", "2026-03", "2026-06-03 23:00")
	right = r.report(sla.Options{}).Rights[0]
	assert.Equal(t, sla.RightCured, right.State)
}

func TestLenoirCollapse(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.down("erp-availability", "2026-04", 2161) // of 43200 min: 94.998%
	r.delivered("report/monthly", "2026-04", "2026-05-08 09:00")
	assert.Equal(t, []string{"collapse"}, r.report(month(t, "2026-04")).Rights[0].Triggers)
	r.facts = nil
	r.down("erp-availability", "2026-04", 2160)
	assert.Empty(t, r.report(month(t, "2026-04")).Rights)
}

func TestLenoirBonus(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	for i, m := range []string{"2026-04", "2026-05", "2026-06"} {
		r.down("erp-availability", m, 21-i)
	}
	b := r.report(month(t, "2026-06")).Settlements[0].Bonuses
	require.Len(t, b, 1)
	assert.Equal(t, []string{"erp-excellence", "2026-Q2", "180.00 EUR"}, []string{b[0].Bonus, b[0].Window, b[0].Posted.String()})
	r.p1("T-1", "", "2026-05-05 10:00", "2026-05-05 13:01")
	b = r.report(month(t, "2026-06")).Settlements[0].Bonuses
	assert.Equal(t, "0.00 EUR", b[0].Posted.String())
	assert.Equal(t, "bonus-not-earned", b[0].Why[0].Code)
}

func TestLenoirPlans(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.down("erp-availability", "2026-04", 300)
	r.delivered("report", "2026-04", "2026-05-07 17:00")
	r.delivered("root-cause", "2026-04", "2026-05-20 09:00")
	d := r.report(sla.Options{From: day("2026-04-01"), To: day("2026-05-01"), AsOf: sla.AsOf{Valid: r.at("2026-05-21 00:00")}}).Duties
	require.Len(t, d, 2)
	assert.Equal(t, []any{"remedy-plan/root-cause", sla.DutyLate, "2026-05-18"}, []any{d[0].Clause, d[0].State, d[0].Due.Format("2006-01-02")}) // 8 May and 14 May are holidays
	assert.Equal(t, []any{"remedy-plan/corrective", sla.DutyOpen}, []any{d[1].Clause, d[1].State})
}

// Month by month with the ledger gives the same settlements and the same
// ledger as a year at once, for the same knowledge at each step (semantics 7).
func TestMonthByMonth(t *testing.T) {
	e := lenoir(t)
	rapid.Check(t, func(t *rapid.T) {
		r := &record{e: e}
		for m := 1; m <= 12; m++ {
			name := fmt.Sprintf("2026-%02d", m)
			if down := rapid.SampledFrom([]int{-1, 0, 10, 20, 217, 433, 865, 2400}).Draw(t, "down "+name); down >= 0 {
				r.facts = append(r.facts, &sla.Measured{
					Head: sla.Head{ID: "erp" + name, Occurred: atOf(e, name+"-28 00:00")}, Objective: "erp-availability", Period: name, Down: ptr(time.Duration(down) * time.Minute),
				})
			}
			if rapid.Bool().Draw(t, "report "+name) {
				r.facts = append(r.facts, &sla.Delivery{Head: sla.Head{ID: name, Occurred: atOf(e, name+"-28 12:00")}, What: "report", Period: name})
			}
			if rapid.IntRange(0, 3).Draw(t, "late "+name) == 0 {
				for _, ev := range []string{"received 05 09:00", "responded 05 09:10", "restored 05 15:00", "closed 06 09:00"} {
					w := strings.SplitN(ev, " ", 2)
					r.facts = append(r.facts, &sla.TicketEvent{Head: sla.Head{Occurred: atOf(e, name+"-"+w[1])}, Ticket: "T" + name, Event: w[0], Service: "erp", Priority: "P1", Channel: "phone"})
				}
			}
		}
		known := atOf(e, "2027-03-01 00:00")
		ask := func(from, to string, valid string, ledger *sla.Ledger) *sla.Report {
			run, err := e.Open(ledger)
			require.NoError(t, err)
			for _, f := range r.facts {
				run.Add(f)
			}
			rep, err := run.Report(sla.Options{From: day(from), To: day(to), AsOf: sla.AsOf{Valid: atOf(e, valid), Known: known}})
			require.NoError(t, err)
			return rep
		}
		whole := ask("2026-01-01", "2027-01-01", "2027-02-20 00:00", nil)
		var ledger *sla.Ledger
		for m := 1; m <= 12; m++ {
			from, next := time.Date(2026, time.Month(m), 1, 0, 0, 0, 0, time.UTC), time.Date(2026, time.Month(m)+1, 1, 0, 0, 0, 0, time.UTC)
			rep := ask(from.Format("2006-01-02"), next.Format("2006-01-02"), next.AddDate(0, 0, 20).Format("2006-01-02")+" 00:00", ledger)
			assert.Equal(t, bytesOf(t, whole.Settlements[m-1]), bytesOf(t, rep.Settlements[0]))
			ledger = rep.Ledger
		}
		ledger = ask("2026-12-01", "2027-01-01", "2027-02-20 00:00", ledger).Ledger
		assert.Equal(t, bytesOf(t, whole.Ledger), bytesOf(t, ledger))
	})
}

func atOf(e *sla.Engine, local string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", local, e.Zone().Location())
	if err != nil {
		panic(err)
	}
	return at
}

func bytesOf(t require.TestingT, x any) string {
	b, err := json.MarshalIndent(x, "", " ")
	require.NoError(t, err)
	return string(b)
}

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// A fact that comes after the settlement adjusts the first open period; the
// settled one stays.
func TestAdjustment(t *testing.T) {
	r := &record{t: t, e: lenoir(t)}
	r.covered("2026-03-01", "2026-05-01")
	r.outage("INC-1", "provider", "2026-03-10 09:00", "2026-03-10 12:50", "")
	ask := func(name, valid, known string, ledger *sla.Ledger) *sla.Report {
		o := month(t, name)
		o.Ledger, o.AsOf = ledger, sla.AsOf{Valid: r.at(valid), Known: r.at(known)}
		return r.report(o)
	}
	march := ask("2026-03", "2026-04-20 00:00", "2026-04-20 00:00", nil)
	require.Equal(t, sla.PeriodSettled, march.Settlements[0].State)
	require.Equal(t, "300.00 EUR", march.Settlements[0].Total.String())

	late := r.outage("INC-2", "provider", "2026-03-12 09:00", "2026-03-12 14:00", "")
	late.Recorded = r.at("2026-04-25 10:00")
	before := ask("2026-04", "2026-05-20 00:00", "2026-04-24 00:00", march.Ledger)
	assert.Empty(t, before.Settlements[0].Adjustments, "not known yet")
	april := ask("2026-04", "2026-05-20 00:00", "2026-05-20 00:00", march.Ledger)
	s := april.Settlements[0]
	require.Len(t, s.Adjustments, 1)
	assert.Equal(t, []string{"300.00 EUR", "600.00 EUR", "300.00 EUR", "INC-2"},
		[]string{s.Adjustments[0].Was.String(), s.Adjustments[0].Now.String(), s.Adjustments[0].Amount.String(), s.Adjustments[0].Facts[0]})
	assert.Equal(t, "300.00 EUR", s.Due.String())
	assert.Equal(t, "0.00 EUR", s.Total.String())
	require.Equal(t, sla.PeriodSettled, s.State)

	may := ask("2026-05", "2026-06-20 00:00", "2026-06-20 00:00", april.Ledger)
	assert.Empty(t, may.Settlements[0].Adjustments, "adjusted once")

	r.facts = r.facts[1:] // the record is no longer the one March was settled by
	april = ask("2026-04", "2026-05-20 00:00", "2026-05-20 00:00", march.Ledger)
	assert.Empty(t, april.Settlements[0].Adjustments)
	assert.Equal(t, sla.CodeSettledFact, april.Findings[0].Code)
}

// What a party must have done by a date, before it, at its end, after it, and
// as it was known in between.
func TestDatedDuties(t *testing.T) {
	for _, c := range []struct {
		done, asOf string
		want       sla.DutyState
	}{
		{"", "2026-05-31 23:00", sla.DutyOpen},
		{"", "2026-06-01 00:00", sla.DutyOpen},
		{"", "2026-06-01 00:01", sla.DutyLate},
		{"2026-05-31 23:59", "2026-06-10 00:00", sla.DutyMet},
		{"2026-06-01 00:00", "2026-06-10 00:00", sla.DutyLate},
		{"2026-06-02 09:00", "2026-06-10 00:00", sla.DutyLate},
		{"2026-06-02 09:00", "2026-05-20 00:00", sla.DutyOpen},
	} {
		contract := lenoir(t).Contract()
		contract.Parties[0].Duties = append(contract.Parties[0].Duties, sla.Duty{Name: "handover", Text: "Hand over", By: ptr(day("2026-05-31"))})
		e, err := sla.Prepare(contract)
		require.NoError(t, err)
		r := &record{t: t, e: e}
		if c.done != "" {
			r.delivered("handover", "", c.done)
		}
		d := r.report(sla.Options{From: day("2026-05-01"), To: day("2026-06-01"), AsOf: sla.AsOf{Valid: r.at(c.asOf)}}).Duties
		require.Len(t, d, 1, c)
		assert.Equal(t, []any{"party/provider/must/handover", c.want, "2026-06-01 00:00"}, []any{d[0].Clause, d[0].State, d[0].Due.Format("2006-01-02 15:04")}, c)
		if c.want == sla.DutyMet {
			d = r.report(sla.Options{From: day("2026-06-01"), To: day("2026-07-01"), AsOf: sla.AsOf{Valid: r.at("2026-07-01 00:00")}}).Duties
			assert.Empty(t, d, "told in May")
		}
	}
}
