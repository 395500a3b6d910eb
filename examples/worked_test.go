package examples

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla/expect"
)

// statedCases is how many of the worked cases the tests beside the contracts
// state at least; it only grows.
const statedCases = 166

// A workedCase is what a published agreement comes to by hand.
type workedCase struct {
	ID       string `json:"id"`
	Contract string `json:"contract_id"`
	Expected struct {
		Attained *struct {
			Decimal decimal.Decimal `json:"decimal"`
		} `json:"attained_pct"`
		Credit *amount `json:"credit"`
		Due    *amount `json:"due"`
		Waived *amount `json:"waived_amount"`
		Value  *amount `json:"postpay_value"`
		Deduct *amount `json:"deduction"`
		Right  *bool   `json:"termination_right"`
	} `json:"expected"`
}

type amount struct {
	Rounded  string `json:"rounded"`
	Currency string `json:"currency"`
}

// UnmarshalJSON reads an amount, and nothing from what is none: a deadline is
// called due as well.
func (a *amount) UnmarshalJSON(b []byte) error {
	type plain amount
	if b[0] != '{' {
		return nil
	}
	return json.Unmarshal(b, (*plain)(a))
}

// The worked cases of published agreements are stated in the tests beside
// their contracts, which other tests run: here it is counted how many, so that
// none is lost. A case counts as stated where one test expects its amount and
// its share, as far as it has them; one with neither, where its contract has
// tests.
func TestWorkedCases(t *testing.T) {
	folder := os.Getenv("SLA_CASES")
	if folder == "" {
		t.Skip("SLA_CASES is not set")
	}
	text, err := os.ReadFile(filepath.Join(folder, "worked_credits.json"))
	require.NoError(t, err)
	var file struct{ Cases []workedCase }
	require.NoError(t, json.Unmarshal(text, &file))
	suites, stated := map[string]*expect.Suite{}, 0
	for i := range file.Cases {
		c := &file.Cases[i]
		path := "published/" + c.Contract + "/" + c.Contract + "_test.sla"
		if _, seen := suites[path]; !seen {
			suites[path], err = dsl.CompileTests(os.DirFS("."), path)
			if err != nil {
				t.Log("no tests: ", path)
			}
		}
		if suites[path] != nil && c.stated(suites[path]) {
			stated++
		} else {
			t.Log("not stated:", c.ID)
		}
	}
	t.Logf("%d of %d worked cases are stated", stated, len(file.Cases))
	assert.GreaterOrEqual(t, stated, statedCases)
}

func (c *workedCase) stated(s *expect.Suite) bool {
	for i := range s.Tests {
		said := s.Tests[i].Name
		for _, e := range s.Tests[i].Expectations {
			said += "\n" + e.Text
		}
		if c.in(said) {
			return true
		}
	}
	return false
}

// percentages are those that a test speaks of.
var percentages = regexp.MustCompile(`\d+(\.\d+)?%`)

func (c *workedCase) in(said string) bool {
	for _, a := range []*amount{c.Expected.Credit, c.Expected.Due, c.Expected.Waived, c.Expected.Value, c.Expected.Deduct} {
		if a != nil && a.Rounded != "" && !strings.Contains(said, " "+a.Rounded+" "+a.Currency) {
			return false
		}
	}
	if right := c.Expected.Right; right != nil && strings.Contains(said, "not open") == *right {
		return false
	}
	if c.Expected.Attained == nil {
		return true
	}
	for _, p := range percentages.FindAllString(said, -1) {
		v := decimal.RequireFromString(strings.TrimSuffix(p, "%"))
		if c.Expected.Attained.Decimal.Round(-v.Exponent()).Equal(v) {
			return true
		}
	}
	return false
}
