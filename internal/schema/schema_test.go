package schema_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/credits"
	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/internal/schema"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/slatest"
	"github.com/sla-lang/sla/sla/words"
)

var update = flag.Bool("update", false, "write the schemas anew")

func compiled(t *testing.T, name string) *validator.Schema {
	text, err := schema.JSON(name)
	require.NoError(t, err)
	doc, err := validator.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := validator.NewCompiler()
	require.NoError(t, c.AddResource(name+".json", doc))
	s, err := c.Compile(name + ".json")
	require.NoError(t, err)
	return s
}

// accepts checks a document, and that it is refused once it is spoilt: by a
// name nobody knows, and by a number in the place of its first text.
func accepts(t *testing.T, s *validator.Schema, text []byte) {
	doc, err := validator.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	require.NoError(t, s.Validate(doc))
	object, ok := doc.(map[string]any)
	if !ok {
		object = doc.([]any)[0].(map[string]any)
	}
	object["unheard-of"] = true
	assert.Error(t, s.Validate(doc), "a name nobody knows")
	delete(object, "unheard-of")
	for key, value := range object {
		if text, isText := value.(string); isText {
			object[key] = json.Number("7")
			assert.Error(t, s.Validate(doc), key)
			object[key] = text
		}
	}
}

func TestContract(t *testing.T) {
	s := compiled(t, "contract")
	c, err := dsl.Compile(os.DirFS("../../examples/groupe-lenoir"), "groupe-lenoir.sla")
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, c.WriteJSON(&b))
	accepts(t, s, b.Bytes())
	files, err := filepath.Glob("../../sla/testdata/check/*.sla")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var b bytes.Buffer
		a := dsl.Analyze(file, string(text))
		require.NoError(t, a.Contract.WriteJSON(&b))
		if slices.ContainsFunc(a.Diagnostics, func(d dsl.Diagnostic) bool { return d.Code == sla.CodeMeasureMissing }) {
			continue // a schema asks for the measure too
		}
		accepts(t, s, b.Bytes())
	}
}

func TestReportAndLedger(t *testing.T) {
	report, ledger := compiled(t, "report"), compiled(t, "ledger")
	files, err := filepath.Glob("../../examples/*/expected/report.json")
	require.NoError(t, err)
	require.Len(t, files, 3)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		accepts(t, report, text)
		var r struct{ Ledger json.RawMessage }
		require.NoError(t, json.Unmarshal(text, &r))
		accepts(t, ledger, r.Ledger)
	}
}

// Lines of credit notes, of the reference contract and its report.
func TestCreditNotes(t *testing.T) {
	c, err := dsl.Compile(os.DirFS("../../examples/groupe-lenoir"), "groupe-lenoir.sla")
	require.NoError(t, err)
	engine, err := sla.Prepare(c)
	require.NoError(t, err)
	text, err := os.ReadFile("../../examples/groupe-lenoir/expected/report.json")
	require.NoError(t, err)
	var report sla.Report
	require.NoError(t, json.Unmarshal(text, &report))
	report.Settlements[0].EarnedBack = []sla.EarnedBack{{Objective: "erp-availability", Of: report.Settlements[0].Period.From, Amount: credits.MustMoney("12.50 EUR")}}
	notes := engine.CreditNotes(&report)
	require.Greater(t, len(notes), 1)
	s, negative := compiled(t, "credit-note"), 0
	for _, n := range notes {
		line, err := json.Marshal(n)
		require.NoError(t, err)
		accepts(t, s, line)
		if n.Amount.Sign() < 0 {
			negative++
		}
	}
	assert.Equal(t, 1, negative, "what is earned back")
}

func TestDiagnostics(t *testing.T) {
	a := dsl.Analyze("x.sla", "sla 1\ncontract \"X\" {\n  kindd fragment\n  kind fragment\n}\nservice erp {\n fee 5,00 EUR per month\n fee 5.00 EUR per month\n}\n")
	b, err := a.Diagnostics.JSON(words.English())
	require.NoError(t, err)
	accepts(t, compiled(t, "diagnostics"), b)
}

// Results of tests: one that passes, one that fails with its reasons, one that
// is wrong itself, and a file that is not run.
func TestTests(t *testing.T) {
	shop := "sla 1\ncontract \"SHOP\" {\n  kind fragment\n  timezone UTC\n}\ncalendar always open 24x7\nservice shop \"Shop\"\n" +
		"objective up of shop {\n  measure availability each calendar month during always\n  source outages \"m\"\n  target at least 99.50%\n  report only\n}\n"
	tests := "sla 1\ntest of \"shop.sla\"\ntest \"a\" {\n  month 2026-04\n  given shop down 216 min\n  expect up is 99.5000%, met\n}\n" +
		"test \"b\" {\n  month 2026-04\n  given shop down 217 min\n  expect up is 99.5000%, met\n}\n" +
		"test \"c\" {\n  month 2026-04\n  given facts \"nowhere.csv\"\n  expect up is 99.5000%, met\n}\n"
	fsys := fstest.MapFS{"shop.sla": {Data: []byte(shop)}, "a_test.sla": {Data: []byte(tests)}, "b_test.sla": {Data: []byte("sla 1\n")}}
	r, err := slatest.RunFiles(context.Background(), fsys, []string{"a_test.sla", "b_test.sla"}, slatest.Options{})
	require.NoError(t, err)
	assert.Equal(t, [2]int{1, 2}, [2]int{r.Passed, r.Failed})
	var b bytes.Buffer
	require.NoError(t, slatest.WriteJSON(&b, r, words.English()))
	accepts(t, compiled(t, "tests"), b.Bytes())
}

func TestFacts(t *testing.T) {
	s := compiled(t, "fact")
	files, err := filepath.Glob("../../examples/groupe-lenoir/facts/*.ndjson")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.Lines(string(text)) {
			accepts(t, s, []byte(line))
		}
	}
}

// The schemas are published: they change only on purpose.
func TestGolden(t *testing.T) {
	for _, name := range schema.Names() {
		got, err := schema.JSON(name)
		require.NoError(t, err)
		golden := filepath.Join("testdata", name+".schema.json")
		if *update {
			require.NoError(t, os.WriteFile(golden, got, 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got))
	}
	_, err := schema.JSON("contracts")
	assert.Error(t, err)
}
