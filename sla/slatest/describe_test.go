package slatest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla/expect"
)

// Whatever the facts, what the report comes to is what a test may expect, word
// for word; and with any single digit changed it does not pass.
func TestDescribedHolds(t *testing.T) {
	text, err := os.ReadFile("../../examples/groupe-lenoir/groupe-lenoir.sla")
	require.NoError(t, err)
	contract := dsl.NewSubject(dsl.Analyze("groupe-lenoir.sla", string(text)))
	require.NotNil(t, contract.Engine)
	rapid.Check(t, func(t *rapid.T) {
		given := someFacts(t)
		described := described(t, contract, given)
		passes(t, contract, given, described, true)
		digits := digitsOf(described)
		for range 8 {
			at := rapid.SampledFrom(digits).Draw(t, "digit")
			other := (described[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "more")))%10 + '0'
			passes(t, contract, given, described[:at]+string(other)+described[at+1:], false)
		}
	})
}

// someFacts are the lines of a test: a month, or an instant of it, and facts
// of all families.
func someFacts(t *rapid.T) string {
	var b strings.Builder
	month := rapid.SampledFrom([]string{"2026-03", "2026-04", "2026-10"}).Draw(t, "month")
	day := func(name string) string { return fmt.Sprintf("%s-%02d", month, rapid.IntRange(1, 26).Draw(t, name)) }
	clock := func(name string, from, to int) string {
		return fmt.Sprintf("%02d:%02d", rapid.IntRange(from, to).Draw(t, name), rapid.IntRange(0, 59).Draw(t, name+" minute"))
	}
	if rapid.Bool().Draw(t, "live") {
		fmt.Fprintf(&b, "  at %s-27 12:00\n", month)
	} else {
		fmt.Fprintf(&b, "  month %s\n", month)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "outages") {
		cause := rapid.SampledFrom([]string{"", ", cause provider", ", cause customer-cause"}).Draw(t, "cause")
		fmt.Fprintf(&b, "  given outage %s %s %s to %s, incident INC-%d%s\n", rapid.SampledFrom([]string{"erp", "messaging"}).Draw(t, "service"),
			day("outage"), clock("from", 4, 10), clock("to", 11, 23), i, cause)
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "tickets") {
		on := day("ticket")
		fmt.Fprintf(&b, "  given ticket T-%d of %s priority %s {\n    received %s %s by phone\n", i, rapid.SampledFrom([]string{"erp", "messaging"}).Draw(t, "of"),
			rapid.SampledFrom([]string{"P1", "P2", "P3"}).Draw(t, "priority"), on, clock("received", 4, 9))
		if rapid.Bool().Draw(t, "waits") {
			fmt.Fprintf(&b, "    waiting-on-customer %s %s to %s note \"asked\"\n", on, clock("asked", 10, 11), clock("answered", 12, 13))
		}
		if rapid.Bool().Draw(t, "restored") {
			fmt.Fprintf(&b, "    restored %s %s\n", on, clock("restored", 14, 23))
		}
		b.WriteString("  }\n")
	}
	return b.String()
}

// described runs the facts and gives what the report says.
func described(t *rapid.T, contract *dsl.Subject, given string) string {
	suite := suiteOf(t, contract, given+"  expect snapshot \"x.txt\"\n")
	out := expect.Run(suite, &suite.Tests[0], expect.Options{})
	if out.Snapshot == nil || len(out.Failures) > 0 {
		t.Fatalf("%s\n%v", given, out.Failures)
	}
	return out.Snapshot.Text
}

// passes says whether a test with these sentences does what is wanted; one
// that is not even compiled does not pass.
func passes(t *rapid.T, contract *dsl.Subject, given, sentences string, want bool) {
	a := dsl.AnalyzeTests("x_test.sla", testFile(given+"  expect {\n"+sentences+"  }\n"), func(string) *dsl.Subject { return contract })
	passed := !a.Diagnostics.HasErrors() && len(a.Suite.Tests) == 1 && expect.Run(a.Suite, &a.Suite.Tests[0], expect.Options{}).Status == expect.Passed
	if passed != want {
		t.Fatalf("passed: %v, wanted: %v\n%s\n%s\n%v", passed, want, given, sentences, a.Diagnostics)
	}
}

func suiteOf(t *rapid.T, contract *dsl.Subject, body string) *expect.Suite {
	a := dsl.AnalyzeTests("x_test.sla", testFile(body), func(string) *dsl.Subject { return contract })
	if a.Diagnostics.HasErrors() {
		t.Fatalf("%s\n%v", body, a.Diagnostics)
	}
	return a.Suite
}

func testFile(body string) string {
	return "sla 1\ntest of \"groupe-lenoir.sla\"\ntest \"x\" {\n" + body + "}\n"
}

// digitsOf are the places of the digits of what comes out, behind the names of
// what it is about: another name may well have the same result.
func digitsOf(text string) (out []int) {
	from := 0
	for line := range strings.Lines(text) {
		verb := max(strings.Index(line, " is "), strings.Index(line, " took "), strings.Index(line, " are "))
		for i := verb; i < len(line); i++ {
			if line[i] >= '0' && line[i] <= '9' {
				out = append(out, from+i)
			}
		}
		from += len(line)
	}
	return out
}
