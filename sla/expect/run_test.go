package expect

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// unevaluated is a claim about something that no report carries.
type unevaluated struct{}

func (unevaluated) judge(*world) judgement { return unready("the future") }

func engine(t *testing.T) *sla.Engine {
	t.Helper()
	e, err := sla.Prepare(&sla.Contract{Schema: sla.ContractSchema, Edition: sla.Edition, ID: "X", Kind: sla.KindFragment, Timezone: "Europe/Paris"})
	require.NoError(t, err)
	return e
}

// What cannot be decided is never a pass.
func TestNeverPassed(t *testing.T) {
	from, to, err := sla.ParsePeriods("2026-03")
	require.NoError(t, err)
	march := Test{Name: "x", From: from, To: to}
	with := func(change func(t *Test)) Test {
		t := march
		change(&t)
		return t
	}
	expects := []Expectation{{Text: "it is so", Claim: None{sla.Error}}}
	for name, c := range map[string]struct {
		test   Test
		status Status
		code   string
	}{
		"no expectation": {march, Broken, "no-expectation"},
		"not evaluated":  {with(func(t *Test) { t.Expectations = []Expectation{{Text: "it is so", Claim: unevaluated{}}} }), Unready, "not-evaluable"},
		"a change that breaks the contract": {with(func(t *Test) {
			t.Changed, t.Facts = true, []sla.Fact{&sla.Outage{}}
			t.Expectations = expects
		}), Broken, "contract-broken"},
		"a ledger of another contract": {with(func(t *Test) {
			t.Ledger = &sla.Ledger{Schema: "sla-ledger/0"}
			t.Expectations = expects
		}), Broken, "facts-unusable"},
		"a file, and nobody to read it": {with(func(t *Test) { t.Files, t.Expectations = []string{"a.csv"}, expects }), Broken, "facts-unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			out := Run(&Suite{Engine: engine(t)}, &c.test, Options{})
			assert.Equal(t, c.status, out.Status)
			require.NotEmpty(t, out.Failures)
			assert.Equal(t, c.code, out.Failures[0].Code)
		})
	}
}

// The gravest thing says how a test came out.
func TestGravestStatus(t *testing.T) {
	for _, c := range []struct {
		statuses []Status
		want     Status
	}{
		{nil, Passed},
		{[]Status{Unready}, Unready},
		{[]Status{Unready, Failed, Unready}, Failed},
		{[]Status{Failed, Broken, Unready}, Broken},
	} {
		out := Outcome{Status: Passed}
		for _, s := range c.statuses {
			out.Fail(Failure{Status: s})
		}
		assert.Equal(t, c.want, out.Status)
	}
}
