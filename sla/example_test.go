package sla_test

import (
	"context"
	"fmt"
	"slices"
	"testing/fstest"
	"time"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

const shop = `sla 1
contract "SHOP" {
  kind           fragment
  timezone       UTC
  currency       EUR
}
calendar always open 24x7
service shop "Web shop" {
  fee            6000.00 EUR per month
}
objective uptime of shop {
  measure        availability each calendar month during always
  source         outages "monitoring"
  target         at least 99.50%
  credit         share of the fee of shop {
    | below  | credit |
    | 99.50% | 5%     |
    | 99.00% | 10%    |
  }
}
`

// march is when the shop was watched, and five hours without it.
func march() []sla.Fact {
	first := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	down := time.Date(2026, 3, 9, 7, 0, 0, 0, time.UTC)
	return []sla.Fact{
		&sla.Coverage{Head: sla.Head{ID: "c1", Occurred: first, Source: "monitoring"}, Until: first.AddDate(0, 1, 0)},
		&sla.Outage{Head: sla.Head{ID: "o1", Occurred: down}, Service: "shop", Until: down.Add(5 * time.Hour)},
	}
}

// From the text of a contract and some facts to what is owed.
func ExampleEvaluate() {
	files := fstest.MapFS{"shop.sla": {Data: []byte(shop)}} // or os.DirFS("contracts")
	contract, err := dsl.Compile(files, "shop.sla")
	if err != nil {
		fmt.Println(err) // what is wrong, where, and what to do about it
		return
	}
	engine, err := sla.Prepare(contract) // for any number of goroutines
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := sla.Evaluate(context.Background(), engine, slices.Values(march()), sla.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range report.Results {
		fmt.Println(r.Objective, r.Period.Name, r.Verdict, r.Credit)
	}
	// Output:
	// uptime 2026-03 missed 300.00 EUR
}

// A report explains each amount: by codes with arguments, which package words
// turns into sentences.
func ExampleReport_explained() {
	contract, err := dsl.Compile(fstest.MapFS{"shop.sla": {Data: []byte(shop)}}, "shop.sla")
	if err != nil {
		fmt.Println(err)
		return
	}
	engine, err := sla.Prepare(contract)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := sla.Evaluate(context.Background(), engine, slices.Values(march()), sla.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	english := words.English()
	for _, step := range report.Results[0].Why {
		said := english.Step(step)
		fmt.Println(said.Label, "|", said.Amount, "|", said.Text, step.Facts)
	}
	// Output:
	// agreed time | 44,640 min | 31 days, always []
	// counted | 300 min | o1, 2026-03-09 07:00 to 12:00: cause provider [o1]
	// availability | 99.3280% | 1 − 300 min ÷ 44,640 min []
	// target |  | at least 99.50%, which allows 223 min 12 s down here and 2,628 min in a year; 300 min were []
	// credit | 300.00 EUR | below 99.50% pays 5% of 6,000.00 EUR (shop); below 99.00% does not apply []
}

// A contract is plain data: it may be built in Go, or read from JSON, and
// passes the same checks as one that was written as a text.
func ExamplePrepare() {
	target, fivePercent := credits.MustShare("99.50%"), credits.MustPay("5%")
	contract := &sla.Contract{
		Schema: sla.ContractSchema, Edition: sla.Edition, ID: "SHOP", Kind: sla.KindFragment, Timezone: "UTC",
		Currency: &sla.CurrencyRule{Code: "EUR"},
		Services: []sla.Service{{Name: "shop", Fee: &sla.Fee{Amount: credits.MustMoney("6000.00 EUR"), Per: sla.PerMonth}}},
		Objectives: []sla.Objective{{
			Name:    "uptime",
			Scope:   sla.ObjectiveScope{Service: "shop"},
			Measure: sla.Measure{Kind: sla.MeasureAvailability, Window: sla.CalendarMonth},
			Sources: []sla.Source{{Kind: sla.SourceOutages, Name: "monitoring"}},
			Target:  &sla.Target{Op: credits.AtLeast, Share: &target},
			Credit:  &sla.Credit{Pays: &fivePercent, Base: sla.Base{Service: "shp"}},
		}},
	}
	_, err := sla.Prepare(contract)
	fmt.Println(err)

	contract.Objectives[0].Credit.Base.Service = "shop"
	engine, err := sla.Prepare(contract)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := sla.Evaluate(context.Background(), engine, slices.Values(march()), sla.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range report.Results {
		fmt.Println(r.Objective, r.Period.Name, r.Verdict, r.Credit)
	}
	// Output:
	// the contract has errors: uptime/credit/base: unknown-name
	// uptime 2026-03 missed 300.00 EUR
}

const desk = `sla 1
contract "DESK" {
  kind           fragment
  timezone       Europe/Paris
}
calendar always open 24x7
priorities {
  | priority | when   |
  | P1       | "down" |
}
clocks {
  start          when received
  pause          while waiting-on-customer
  warn           at 75% of restore
}
tier gold {
  | priority | restore within | clock  |
  | P1       | 2 h            | always |
}
service erp {
  tier           gold
}
escalation {
  | level | who              | P1   |
  | L2    | "Engineer on call" | 1 h  |
}
`

// A product that follows tickets as they live: it adds events as they come,
// tells its users what changes, and sets one timer for the next change.
func ExampleRun_Watch() {
	engine, err := sla.Prepare(dsl.Analyze("desk.sla", desk).Contract)
	if err != nil {
		fmt.Println(err)
		return
	}
	run, _ := engine.Open(nil)
	at := func(clock string) time.Time {
		t, _ := time.ParseInLocation("2006-01-02 15:04", "2026-03-10 "+clock, engine.Zone().Location())
		return t
	}
	w, err := run.Watch(at("08:00"))
	if err != nil {
		fmt.Println(err)
		return
	}
	tell := func(now time.Time) {
		changes, _ := w.Advance(now)
		for _, c := range changes {
			fmt.Println(c.At.Format("15:04"), c.Ticket, c.Clock, c.What, c.Verdict, c.Percent)
		}
	}
	w.Add(&sla.TicketEvent{Head: sla.Head{Occurred: at("09:00")}, Ticket: "T-1", Event: "received", Service: "erp", Priority: "P1"})
	tell(at("09:00"))
	w.Add(&sla.TicketEvent{Head: sla.Head{Occurred: at("09:30")}, Ticket: "T-1", Event: "waiting-on-customer"})
	w.Add(&sla.TicketEvent{Head: sla.Head{Occurred: at("10:00")}, Ticket: "T-1", Event: "resumed"})
	tell(at("10:00"))
	next, _ := w.Next() // the product sets its timer
	fmt.Println("next", next.Format("15:04"))
	tell(at("11:15"))
	// Output:
	// 09:00 T-1 restore [verdict due] running 0.00%
	// 09:30 T-1 restore [verdict due] paused 25.00%
	// 10:00 T-1 restore [verdict due] running 25.00%
	// next 10:30
	// 10:30 T-1 restore [level] running 50.00%
	// 11:00 T-1 restore [warned] running 75.00%
}
