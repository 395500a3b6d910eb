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
	target, fivePercent := credits.MustShare("99.50%"), credits.MustShare("5%")
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
