package dsl_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// readAgain is a contract that was written to JSON and read again.
func readAgain(t *testing.T, c *sla.Contract) *sla.Contract {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, c.WriteJSON(&b))
	again, err := sla.ReadContract(&b)
	require.NoError(t, err)
	return again
}

// Whatever a contract comes from, its examples are read and run alike: the
// same mistakes, in the same sentences.
func TestExamplesOfAnyContract(t *testing.T) {
	for _, name := range []string{"example-wrong", "example-undecided", "not-in-example"} {
		a := dsl.Analyze(name, strings.ReplaceAll(readFile(t, "testdata/broken/"+name+".sla"), "Names are checked as anywhere", "Names"))
		var fromText, fromJSON []string
		for _, d := range a.Diagnostics {
			if strings.HasPrefix(d.Clause, "example/") && d.Code != "said-twice" {
				fromText = append(fromText, string(d.Code)+" "+d.Clause+" "+d.Message(words.English())+"\n"+d.Help(words.English()))
			}
		}
		for _, d := range dsl.CheckExamples(readAgain(t, a.Contract)) {
			fromJSON = append(fromJSON, string(d.Code)+" "+d.Span.File+" "+d.Message(words.English())+"\n"+d.Help(words.English()))
		}
		require.NotEmpty(t, fromText)
		assert.Equal(t, fromText, fromJSON, name)
	}
}

// An example built in Go is told where it is wrong, in its own text.
func TestExampleBuiltInGo(t *testing.T) {
	c := dsl.Analyze("acme.sla", readFile(t, "testdata/tests/acme.sla")).Contract
	c.Examples = []sla.Example{{Title: "Two hours", Text: "given outage erp 2026-03-10 09:00 to 11:00\nexpect downtime of erp-availability is 119 min"}}
	ds := dsl.CheckExamples(c)
	require.Len(t, ds, 1)
	assert.Equal(t, `example/two-hours:2:8: error: the contract says otherwise than this example  [example-wrong]

    2 | expect downtime of erp-availability is 119 min
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  expected  downtime of erp-availability is 119 min
  got       downtime of erp-availability is 2 h 00
`, strings.Split(ds[0].Draw(words.English(), c.Examples[0].Text, false), "  because")[0])

	c.Examples[0].Text = strings.Replace(c.Examples[0].Text, "119", "120", 1)
	assert.Empty(t, dsl.CheckExamples(c))
	c.Examples[0].Text = "given outage erp 2026-03-10 09:00 to 11:00 {"
	assert.True(t, dsl.CheckExamples(c).HasErrors(), "the block is not closed")
	c.Examples[0].Text = "\xff"
	assert.Len(t, dsl.CheckExamples(c), 1, "no text at all")
	c.Timezone = "Nowhere/Land"
	assert.Empty(t, dsl.CheckExamples(c), "the contract has errors of its own")
}

// An example adds nothing to what a contract means, and comments and layout
// nothing to the example.
func TestExampleAndMeaning(t *testing.T) {
	contract := readFile(t, "testdata/tests/acme.sla")
	bare := dsl.Analyze("acme.sla", contract)
	with := dsl.Analyze("acme.sla", contract+`example "Two hours" { # why not
      month    2026-03

  given { # a comment
     outage erp 2026-03-10 09:00   to 11:00 }
  expect downtime of erp-availability is 120 min  # another
}
`)
	require.False(t, with.Diagnostics.HasErrors(), with.Diagnostics)
	assert.Equal(t, bare.Contract.MeaningHash(), with.Contract.MeaningHash())
	assert.Equal(t, []sla.Example{{Title: "Two hours", Text: `month 2026-03
given {
  outage erp 2026-03-10 09:00 to 11:00 }
expect downtime of erp-availability is 120 min`}}, with.Contract.Examples)
	assert.Equal(t, sla.Evaluated, sla.UseOf(with.Contract, "example/two-hours"))
}

// Reading a contract ends soon, whatever its examples ask to be evaluated.
func TestHostileExamples(t *testing.T) {
	contract := strings.NewReplacer("  term           36 months from 2026-01-01\n", "", "each calendar month during", "each clock hour during").
		Replace(readFile(t, "testdata/tests/acme.sla"))
	for name, body := range map[string]string{
		"centuries":       "period 1700-01-01 to 2250-12-31\nexpect erp-availability in 2026-03 is 100.0000%",
		"three years":     "period 2026\nexpect erp-availability in 2026-03 is 100.0000%\n}\nexample \"y\" {\nperiod 2026-01-01 to 2028-12-31\nexpect erp-availability in 2026-03 is 100.0000%",
		"far apart":       "given outage erp 1700-01-01 10:00 to 11:00\ngiven outage erp 2250-01-01 10:00 to 11:00\nexpect erp-availability in 2026-03 is 100.0000%",
		"posted long ago": "month 2026-03\ngiven credits posted 1.00 EUR in 1701\nexpect total credit is 0.00 EUR",
		"long outage":     "month 2026-03\ngiven outage erp 1700-01-01 to 2250-01-01\nexpect erp-availability is 0.0000%",
		"open ticket":     "given ticket T-1 of erp priority P1 { received 1700-01-01 10:00, responded 2250-01-01 }\nexpect respond of T-1 took 1 h",
		"many rows":       "month 2026-03\n| given erp down | erp-availability is |\n" + strings.Repeat("| 1 min | 0.0000% |\n", 2000),
	} {
		begun := time.Now()
		analysisLaws(t, contract+"example \"x\" {\n"+body+"\n}\n")
		assert.Less(t, time.Since(begun), 30*time.Second, name)
		t.Log(name, time.Since(begun))
	}
}
