package sla_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/sla"
)

// The fee for the time lost is a part of a month, of an outage and of an hour as
// well, which may be lost whole: three hours of 43,200 minutes of April.
func TestLostTimeOfShortWindows(t *testing.T) {
	for lines, want := range map[string][]string{
		"measure downtime each outage\n  target at most 1 h\n  credit 300% of the fee of erp during the lost time":                                        {"o/erp/A 75.00 EUR"},
		"measure downtime each outage\n  target at most 1 h\n  credit 300% of the fee of erp during the lost time beyond the allowance":                   {"o/erp/A 50.00 EUR"},
		"measure downtime each outage\n  target at most 1 h\n  credit 300% of the fee of erp during the calendar month for the lost time":                 {"o/erp/A 75.00 EUR"},
		"measure downtime each outage\n  target at most 1 h\n  credit 1000% of the fee of erp during the previous calendar month for the lost time":       {"o/erp/A 90.00 EUR"},
		"measure downtime each clock hour\n  target at most 59 min\n  credit 100% of the fee of erp during the lost time":                                 {"o/erp/2026-04-20T09 8.33 EUR", "o/erp/2026-04-20T10 8.33 EUR", "o/erp/2026-04-20T11 8.33 EUR"},
		"measure downtime each day\n  target at most 1 h\n  credit 300% of the fee of erp during the lost time":                                           {"o/erp/2026-04-20 75.00 EUR"},
		"measure downtime each day\n  target at most 1 h\n  credit 300% of the fee of erp during the calendar quarter for the lost time":                  {"o/erp/2026-04-20 74.18 EUR"},
		"measure availability each calendar month\n  target at least 99.90%\n  credit 300% of the fee of erp during the calendar month for the lost time": {"o/erp/2026-04 75.00 EUR"},
	} {
		r := ruled(t, "objective o of erp {\n  source outages \"monitoring\"\n  "+lines+"\n}\n", settledSoon)
		r.fact(`{"file":{"source":"monitoring","covered":{"from":"2026-04-01","until":"2026-04-30"}}}`)
		r.fact(`{"kind":"outage","id":"A","service":"erp","occurred":"2026-04-20 09:00","until":"2026-04-20 12:00"}`)
		r.fact(`{"kind":"fee","id":"F-1","service":"erp","period":"2026-03","amount":"2160.00 EUR","occurred":"2026-03-31"}`)
		assert.Equal(t, want, posted(r.report("2026-04", "2026-04", "2026-05-10", nil)), lines)
	}
}

// Amounts in another currency, fees for what is no month and quantities below 0
// are refused and never dropped; and what an invoice takes off makes no credit
// below 0.
func TestMoneyOfFactsIsRefusedOrCounted(t *testing.T) {
	r := ruled(t, "quantity value in EUR\n", available("a", "erp", "credit 10% of the charges of erp", "plus 100% of value"), available("b", "mail", "credit 10% of the fee of mail"), settledSoon)
	r.down("a", "erp", "2026-03", 300)
	r.down("b", "mail", "2026-03", 300)
	r.fact(`{"kind":"charge","id":"C-1","occurred":"2026-03-31","what":"compute","service":"erp","period":"2026-03","amount":"100.00 EUR"}`)
	r.fact(`{"kind":"charge","id":"C-2","occurred":"2026-03-31","what":"rebate","service":"erp","period":"2026-03","amount":"-500.00 EUR"}`)
	r.fact(`{"kind":"charge","id":"C-3","occurred":"2026-03-31","what":"disk","service":"erp","period":"2026-03","amount":"70.00 USD"}`)
	r.fact(`{"kind":"quantity","id":"Q-1","occurred":"2026-03-31","what":"value","period":"2026-03","value":"12.34"}`)
	r.fact(`{"kind":"quantity","id":"Q-2","occurred":"2026-03-31","what":"value","period":"2026-03","value":"-50"}`)
	r.fact(`{"kind":"fee","id":"F-1","occurred":"2026-03-31","service":"mail","period":"2026-03","amount":"900.00 USD"}`)
	r.fact(`{"kind":"fee","id":"F-2","occurred":"2026-03-31","service":"mail","period":"2026-Q1","amount":"900.00 EUR"}`)
	rep := r.report("2026-03", "2026-03", "2026-04-10", nil)
	assert.Equal(t, []string{"a/erp/2026-03 12.34 EUR", "b/mail/2026-03 300.00 EUR"}, posted(rep))
	var said []string
	for _, refused := range rep.Intake.Refusals {
		said = append(said, refused.ID+" "+string(refused.Reason))
	}
	assert.Equal(t, []string{"C-3 other-currency", "Q-2 value-impossible", "F-1 other-currency", "F-2 value-impossible"}, said)
}

// What a credit is a part of is shown as it is, however credits are rounded.
func TestBasesAreNotRoundedLikeCredits(t *testing.T) {
	r := ruledBy(t, strings.Replace(twoServices, "currency EUR", "currency EUR, each credit rounded down to 0.50", 1)+"service net {\n  fee 99.99 EUR per month\n}\n"+
		available("a", "net", "credit 1000% of the fee of net during the lost time")+settledSoon)
	r.t = t
	r.down("a", "net", "2026-04", 432)
	line := r.report("2026-04", "2026-04", "2026-05-10", nil).Settlements[0].Lines[0]
	assert.Equal(t, "9.50 EUR", line.Posted.String())
	assert.Equal(t, sla.Money("fee", credits.MustMoney("99.99 EUR")), line.Why[0].Args[0])
}
