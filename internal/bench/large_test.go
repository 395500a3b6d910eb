package bench

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sla-lang/sla/dsl"
)

// BenchmarkLarge reads files that are large in one respect: whatever there is
// much of, twice as much of it must cost twice as much. ns/item of the two
// sizes are to be alike.
func BenchmarkLarge(b *testing.B) {
	for _, large := range largeFiles {
		for _, n := range []int{1000, 16000} {
			text := head + large.before + repeat(n, large.item) + large.after
			b.Run(fmt.Sprintf("%s/%d", large.name, n), func(b *testing.B) {
				for b.Loop() {
					dsl.Analyze("large.sla", text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/item")
			})
		}
	}
}

const (
	oneService = "service a {\n  fee 1.00 EUR per month\n}\n"
	objective  = "  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.9%\n"
	twoCaps    = "credits {\n  cap monthly 15% of the fees of the month\n  cap yearly 10% of the fees of the contract year\n}\n"
)

var largeFiles = []struct {
	name, before string
	item         func(i int) string
	after        string
}{
	{"unknown-words", "", func(i int) string { return fmt.Sprintf("wrod%d this and that\n", i) }, ""},
	{"unknown-names", "", func(i int) string { return fmt.Sprintf("service s%d {\n  tier t%d\n}\n", i, i) }, ""},
	{"same-names", "", func(int) string { return oneService }, ""},
	{"unclosed-quotes", "", func(int) string { return "service \"abc\n" }, ""},
	{"open-blocks", "", func(int) string { return "a {\n" }, ""},
	{"closed-blocks", "", func(int) string { return "}\n" }, ""},
	{"list", "service s {\n  excludes \"first\"", func(i int) string { return fmt.Sprintf(", \"x%d\"", i) }, "\n}\n"},
	{"services", "", func(i int) string { return fmt.Sprintf("service s%d {\n  fee 1.00 EUR per month\n}\n", i) },
		"objective av of each service {\n" + objective + "  credit 5% of the fee of the service\n}\n" + twoCaps},
	{"objectives", oneService, func(i int) string {
		return fmt.Sprintf("objective o%d of a {\n%s  credit 5%% of the fee of a\n}\n", i, objective)
	}, twoCaps},
	{"accepts", oneService, func(i int) string {
		return fmt.Sprintf("objective o%d of a {\n%s  accept no-consequence \"yes\"\n}\n", i, objective)
	}, ""},
	{"bands", oneService + "objective o of a {\n" + objective + "  credit share of the fee of a {\n    | below | credit |\n",
		func(i int) string { return fmt.Sprintf("    | %d.%04d%% | 5%% |\n", 90-i/10000, 9999-i%10000) }, "  }\n}\n"},
	{"caps", oneService + "credits {\n", func(i int) string { return fmt.Sprintf("  cap c%d %d%% of the fees of the month\n", i, i%100+1) }, "}\n"},
	{"priorities", "tier g {\n  | priority | restore within | clock |\n", func(i int) string { return fmt.Sprintf("  | P%d | %d h | always |\n", i, i+1) }, "}\n"},
	{"calendars", "", func(i int) string { return fmt.Sprintf("calendar c%d open when any of c%d, always\n", i, i-1) }, ""},
	{"closed-dates", "calendar z {\n  open Mon-Fri 08:00-18:00\n",
		func(i int) string { return fmt.Sprintf("  closed 20%02d-%02d-%02d\n", i%50, i%12+1, i%28+1) }, "}\n"},
	{"raci-columns", "raci {\n  | activity", func(i int) string { return fmt.Sprintf(" | p%d", i) }, " |\n}\n"},
	{"raci-rows", "raci {\n  | activity | provider |\n", func(i int) string { return fmt.Sprintf("  | \"a%d\" | A R |\n", i) }, "}\n"},
	{"sites", "", func(i int) string { return fmt.Sprintf("site s%d \"S\" {\n  instead requests x within 8 h\n}\n", i) }, ""},
	{"conditions", "party customer \"C\"\ntermination by customer {\n",
		func(i int) string { return fmt.Sprintf("  when w%d erp is missed in 3 calendar months in a row\n", i) }, "}\n"},
}

func repeat(n int, item func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(item(i))
	}
	return b.String()
}
