package bench

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
)

// A year of 200 objectives and 10,000 outages, which miss most of its 2,400
// windows: what settling costs beside evaluating, and beside a straightforward
// settlement in big.Rat.

const (
	yearObjectives = 200
	yearOutages    = 10_000
)

// yearEngine is the contract; with credits each objective pays by a table, one
// incident counts once, and caps of the month and the year cut. Without, the
// same is measured and nothing is owed.
func yearEngine(b *testing.B, withCredits bool) *sla.Engine {
	var t strings.Builder
	t.WriteString("sla 1\ncontract \"YEAR\" {\n  kind fragment\n  timezone UTC\n  currency EUR\n  term 12 months from 2026-01-01\n}\ncalendar always open 24x7\n")
	for i := range yearObjectives {
		fmt.Fprintf(&t, "service s%d \"S\" {\n  fee %d.00 EUR per month\n}\n", i, 1000+i)
		pays := "  report only\n"
		if withCredits {
			pays = fmt.Sprintf("  credit share of the fee of s%d {\n    | below | credit |\n    | 99.95%% | 5%% |\n    | 99.90%% | 10%% |\n    | 99.80%% | 25%% |\n  }\n", i)
		}
		fmt.Fprintf(&t, "objective a%d of s%d {\n  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.95%%\n%s}\n", i, i, pays)
	}
	if withCredits {
		t.WriteString("credits {\n  settled each calendar month, 8 days after month end\n  same incident counts once, for the highest credit\n  cap monthly 8% of the fees of the month\n  cap yearly 6% of the fees of the contract year\n}\n")
	}
	a := dsl.Analyze("year.sla", t.String())
	e, err := sla.Prepare(a.Contract)
	if err != nil {
		b.Fatal(err, a.Diagnostics)
	}
	return e
}

func yearFacts() []sla.Fact {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var out []sla.Fact
	for n := range yearOutages {
		at := start.Add(365 * 24 * time.Hour / yearOutages * time.Duration(n))
		out = append(out, &sla.Outage{
			Head: sla.Head{ID: fmt.Sprint("o", n), Occurred: at, Source: "m"}, Service: fmt.Sprint("s", n*7%yearObjectives), Until: at.Add(time.Duration(n%50+1) * time.Minute), Incident: fmt.Sprint("i", n/2),
		})
	}
	return out
}

func yearReport(b *testing.B, e *sla.Engine, facts []sla.Fact) *sla.Report {
	from, _, _ := sla.ParsePeriods("2026-01")
	_, to, _ := sla.ParsePeriods("2026-12")
	rep, err := sla.Evaluate(context.Background(), e, slices.Values(facts), sla.Options{From: from, To: to})
	if err != nil || rep.Intake.Refused > 0 {
		b.Fatal(err, rep.Intake)
	}
	return rep
}

// settleNaively settles what was measured: the table, the caps, the cents left
// over, all in big.Rat. One incident that is counted once, explanations,
// claims, corrections and a ledger it does not have.
func settleNaively(rep *sla.Report, fees map[string]*big.Rat) (total *big.Rat, lines int) {
	levels := []struct{ below, pays *big.Rat }{
		{big.NewRat(9995, 10000), big.NewRat(5, 100)}, {big.NewRat(9990, 10000), big.NewRat(10, 100)}, {big.NewRat(9980, 10000), big.NewRat(25, 100)},
	}
	all := new(big.Rat)
	for _, fee := range fees {
		all.Add(all, fee)
	}
	months := map[string][]*big.Rat{}
	var names []string
	for i := range rep.Results {
		r := &rep.Results[i]
		if r.Verdict != sla.Missed {
			continue
		}
		value, _ := new(big.Rat).SetString(r.Measured.Exact)
		pays := new(big.Rat)
		for _, l := range levels {
			if value.Cmp(l.below) < 0 {
				pays = l.pays
			}
		}
		if months[r.Period.Name] == nil {
			names = append(names, r.Period.Name)
		}
		months[r.Period.Name] = append(months[r.Period.Name], toCents(new(big.Rat).Mul(fees[r.For], pays)))
	}
	slices.Sort(names)
	total = new(big.Rat)
	year := new(big.Rat).Mul(all, big.NewRat(6*12, 100))
	for _, name := range names {
		room := new(big.Rat).Mul(all, big.NewRat(8, 100))
		for _, room := range []*big.Rat{room, new(big.Rat).Sub(year, total)} {
			cutNaively(months[name], room)
		}
		for _, l := range months[name] {
			total.Add(total, l)
			lines++
		}
	}
	return total, lines
}

func toCents(r *big.Rat) *big.Rat {
	n := new(big.Rat).Mul(r, big.NewRat(100, 1))
	n.Add(n, big.NewRat(1, 2))
	return new(big.Rat).SetFrac(new(big.Int).Quo(n.Num(), n.Denom()), big.NewInt(100))
}

func cutNaively(lines []*big.Rat, room *big.Rat) {
	sum := new(big.Rat)
	for _, l := range lines {
		sum.Add(sum, l)
	}
	if sum.Cmp(room) <= 0 {
		return
	}
	left := new(big.Rat).Set(room)
	rest := make([]*big.Rat, len(lines))
	order := make([]int, len(lines))
	for i, l := range lines {
		exact := new(big.Rat).Mul(l, room)
		exact.Quo(exact, sum)
		cents := new(big.Rat).Mul(exact, big.NewRat(100, 1))
		floor := new(big.Rat).SetFrac(new(big.Int).Quo(cents.Num(), cents.Denom()), big.NewInt(100))
		rest[i], order[i] = exact.Sub(exact, floor), i
		left.Sub(left, floor)
		lines[i] = floor
	}
	slices.SortStableFunc(order, func(a, b int) int { return rest[b].Cmp(rest[a]) })
	cent := big.NewRat(1, 100)
	for _, i := range order {
		if left.Cmp(cent) < 0 {
			break
		}
		lines[i] = new(big.Rat).Add(lines[i], cent)
		left.Sub(left, cent)
	}
}

// BenchmarkSettlement settles a year, in processor time. The bar: less than
// evaluating it.
func BenchmarkSettlement(b *testing.B) {
	facts := yearFacts()
	engine, owed := yearEngine(b, false), yearEngine(b, true)
	b.Run("evaluate", func(b *testing.B) {
		measured(b, 1, "year", func() { yearReport(b, engine, facts) })
	})
	b.Run("evaluate and settle", func(b *testing.B) {
		lines := 0
		measured(b, 1, "year", func() {
			lines = 0
			for _, s := range yearReport(b, owed, facts).Settlements {
				lines += len(s.Lines)
			}
		})
		b.ReportMetric(float64(lines), "lines")
	})
	rep, fees := yearReport(b, engine, facts), map[string]*big.Rat{}
	for i := range yearObjectives {
		fees[fmt.Sprint("s", i)] = big.NewRat(int64(1000+i), 1)
	}
	b.Run("settle naively", func(b *testing.B) {
		lines := 0
		measured(b, 1, "year", func() { _, lines = settleNaively(rep, fees) })
		b.ReportMetric(float64(lines), "lines")
	})
}
