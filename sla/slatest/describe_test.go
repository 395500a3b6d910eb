package slatest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla/expect"
)

// Whatever the facts, what the report comes to is what a test may expect, word
// for word; and with any single digit changed it does not pass. Sentences of
// every form with a number come up.
func TestDescribedHolds(t *testing.T) {
	changed := map[string]bool{}
	text, err := os.ReadFile("../../examples/groupe-lenoir/groupe-lenoir.sla")
	require.NoError(t, err)
	contract := dsl.NewSubject(dsl.Analyze("groupe-lenoir.sla", string(text)))
	require.NotNil(t, contract.Engine)
	rapid.Check(t, func(t *rapid.T) {
		given := someFacts(t)
		described := described(t, contract, given)
		passes(t, contract, given, described, true)
		digits := digitsOf(described)
		for _, form := range formsWithNumbers {
			if len(digits[form]) == 0 {
				continue
			}
			at := rapid.SampledFrom(digits[form]).Draw(t, "digit")
			other := (described[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "more")))%10 + '0'
			passes(t, contract, given, described[:at]+string(other)+described[at+1:], false)
			changed[form] = true
		}
	})
	if testing.Short() {
		return // too few cases to say that each form came up
	}
	for _, form := range formsWithNumbers {
		assert.True(t, changed[form], "no digit of %q was changed", form)
	}
}

// formsWithNumbers are the forms of sentences in which a digit decides.
var formsWithNumbers = []string{
	"agreed service time of", "excluded time of", "downtime of", "credit of", "posted credit of", "total credit", "total credit before caps", "earn back of",
	"termination by", "pauses of", "took", "late by", "left", "over", "due", "%",
}

// formOf is the form of the sentence with a digit, and of the part of it.
func formOf(text string, at int) string {
	begin, end := strings.LastIndexByte(text[:at], '\n')+1, at+strings.IndexByte(text[at:], '\n')
	line, form := text[begin:end], ""
	for _, f := range formsWithNumbers[:10] {
		if strings.HasPrefix(line, f) && len(f) > len(form) {
			form = f
		}
	}
	if form != "" {
		return form
	}
	part := line[strings.LastIndex(text[begin:at], ", ")+1:]
	if next := strings.Index(part[1:], ", "); next >= 0 {
		part = part[:next+1]
	}
	for _, f := range formsWithNumbers[10:] {
		if strings.Contains(part, f) {
			form = f
		}
	}
	return form
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
		fmt.Fprintf(&b, "  given ticket T-9 of erp priority P3 { received %s-27 %s by phone }\n", month, clock("just now", 8, 11))
	} else {
		fmt.Fprintf(&b, "  month %s\n", month)
	}
	earlier := map[string][3]string{
		"2026-03": {"2025-12", "2026-01", "2026-02"}, "2026-04": {"2026-01", "2026-02", "2026-03"}, "2026-10": {"2026-07", "2026-08", "2026-09"},
	}[month]
	switch rapid.IntRange(0, 3).Draw(t, "months before") {
	case 0:
		fmt.Fprintf(&b, "  given erp-availability missed in %s\n", strings.Join(earlier[:], ", "))
		fmt.Fprintf(&b, "  given report of %s delivered %s %s\n", earlier[2], day("report"), clock("report", 8, 18))
	case 1:
		fmt.Fprintf(&b, "  given credit of erp-availability posted %d.00 EUR for %s\n", rapid.IntRange(1, 600).Draw(t, "posted"), earlier[0])
		fmt.Fprintf(&b, "  given erp-availability met in %s, %s, %s\n", earlier[1], earlier[2], month)
		return b.String()
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

// digitsOf are the places of the digits of what comes out, by the form of the
// sentence, behind the names of what it is about: another name may well have
// the same result.
func digitsOf(text string) map[string][]int {
	out, from := map[string][]int{}, 0
	for line := range strings.Lines(text) {
		verb := max(strings.Index(line, " is "), strings.Index(line, " took "), strings.Index(line, " are "))
		for i := verb; i < len(line); i++ {
			if line[i] >= '0' && line[i] <= '9' {
				form := formOf(text, from+i)
				out[form] = append(out[form], from+i)
			}
		}
		from += len(line)
	}
	return out
}

// A miss without its number has a credit that the facts do not determine; it is
// not described as nothing.
func TestDescribedSilence(t *testing.T) {
	_, said := ran(t, lenoir(t, map[string]string{
		"a_test.sla": testFile("  month 2026-02\n  given erp-availability missed in 2026-02\n  expect snapshot \"a.txt\"\n"),
		"a.txt":      "",
	}), "a_test.sla")
	assert.Contains(t, said, "posted credit of erp-availability of erp in 2026-02 is not determined")
}
