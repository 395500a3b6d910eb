package ci_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/sla-lang/sla/internal/ci"
)

var update = flag.Bool("update", false, "write the golden files anew")

// results have one of everything, with characters that each form must keep
// from doing harm.
func results() *ci.Results {
	broken := ci.Span{File: "contracts/été, 1.sla", Line: 3, Column: 5, EndLine: 3, EndColumn: 9}
	test := ci.Span{File: "acme_test.sla", Line: 7, Column: 1, EndLine: 9, EndColumn: 2}
	return &ci.Results{
		Tool: ci.Tool{Name: "sla", Version: "1.0", URI: "https://example.org/sla"}, Command: "sla test",
		Rule: func(code string) ci.Rule { return ci.Rule{Title: "About " + code + ".", Help: "## " + code} },
		Suites: []ci.Suite{
			{File: broken.File, Cases: []ci.Case{{
				Name: broken.File, Span: ci.Span{File: broken.File}, Status: ci.Broken,
				Findings: []ci.Finding{
					{
						Code: "decimal-comma", Level: ci.Error, Span: broken, Title: "99,5% is written with a decimal comma", Text: "write 99.5%",
						Related: []ci.Related{{Span: ci.Span{File: "other.sla", Line: 1, Column: 1, EndLine: 2, EndColumn: 1}, Text: "said here"}, {Span: broken}},
						Fix:     &ci.Fix{Span: broken, Replace: "99.5%", Text: "replace by `99.5%`"},
					},
					{Code: "dead-cap", Level: ci.Warning, Span: broken, Title: "a: b, c"},
				},
			}}},
			{File: "acme_test.sla", Cases: []ci.Case{
				{Name: "bands # TODO \\ \"and\" <more> ]]> é\nnext", Span: test, Status: ci.Failed, Findings: []ci.Finding{
					{Code: "test-failed", Level: ci.Error, Span: test, Title: "expected 50%: \"a\"; got b\x01", Text: "because\n  1 ]]> 2\n\n  ::error::no"},
				}},
				{Name: "passes", Span: test, Findings: []ci.Finding{{Code: "note", Level: ci.Note, Span: ci.Span{File: "/contracts/whole.sla"}, Title: "a note"}}},
				{Name: "passes too", Span: test},
			}},
			{File: "empty_test.sla"},
		},
	}
}

func written(t *testing.T, format string, r *ci.Results) string {
	var b bytes.Buffer
	require.NoError(t, ci.Formats()[format](&b, r))
	return b.String()
}

// Each form is a file that somebody can read, always the same.
func TestGolden(t *testing.T) {
	for format, name := range map[string]string{"sarif": "all.sarif", "github": "github.txt", "junit": "junit.xml", "tap": "all.tap"} {
		got := written(t, format, results())
		golden := filepath.Join("testdata", name)
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, format)
	}
	assert.Len(t, ci.Formats(), 4)
}

// The subset of the schema is what SARIF 2.1.0 asks of the properties that are written: those
// that must be there, and the types, values and bounds of all.
func TestSARIF(t *testing.T) {
	text, err := os.ReadFile("testdata/sarif-subset.schema.json")
	require.NoError(t, err)
	schema, err := validator.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := validator.NewCompiler()
	require.NoError(t, c.AddResource("sarif.json", schema))
	s, err := c.Compile("sarif.json")
	require.NoError(t, err)
	for _, r := range []*ci.Results{results(), {}} {
		doc, err := validator.UnmarshalJSON(strings.NewReader(written(t, "sarif", r)))
		require.NoError(t, err)
		require.NoError(t, s.Validate(doc))
	}

	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(written(t, "sarif", results())), &log))
	require.Len(t, log.Runs[0].Results, 4)
	for _, r := range log.Runs[0].Results {
		assert.Equal(t, r.RuleID, log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID)
	}
}

// A command stays on its line, whatever a message holds.
func TestGitHub(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(written(t, "github", results()), "\n"), "\n")
	require.Len(t, lines, 4)
	for _, line := range lines {
		assert.Regexp(t, `^::(error|warning|notice) file=[^:,]+(,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?)?,title=[^:,]+::`, line)
	}
	assert.Contains(t, lines[0], "file=contracts/été%2C 1.sla,line=3,endLine=3,col=5,endColumn=9,title=decimal-comma::99,5%25 is written")
	assert.Contains(t, lines[2], "line=7,endLine=9,title=", "columns are for one line")
}

// What is written is read back whole.
func TestJUnit(t *testing.T) {
	type fault struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Tests int    `xml:"tests,attr"`
			Cases []struct {
				Name    string `xml:"name,attr"`
				Class   string `xml:"classname,attr"`
				File    string `xml:"file,attr"`
				Line    int    `xml:"line,attr"`
				Failure *fault `xml:"failure"`
				Error   *fault `xml:"error"`
				Out     string `xml:"system-out"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(written(t, "junit", results())), &got))
	assert.Equal(t, [3]int{4, 1, 1}, [3]int{got.Tests, got.Failures, got.Errors})
	require.Len(t, got.Suites, 3)
	failed, passed := got.Suites[1].Cases[0], got.Suites[1].Cases[1]
	assert.Equal(t, "bands # TODO \\ \"and\" <more> ]]> é\nnext", failed.Name)
	assert.Equal(t, "acme_test", failed.Class)
	assert.Equal(t, 7, failed.Line)
	assert.Equal(t, "\nacme_test.sla:7:1: error: expected 50%: \"a\"; got b\ufffd\nbecause\n  1 ]]> 2\n\n  ::error::no\n", failed.Failure.Text)
	assert.Nil(t, passed.Failure)
	assert.Contains(t, passed.Out, "/contracts/whole.sla: note: a note")
	assert.NotNil(t, got.Suites[0].Cases[0].Error)
	assert.Contains(t, got.Suites[0].Cases[0].Error.Text, "a: b, c")
}

// Each case is one line, and what is below it is YAML.
func TestTAP(t *testing.T) {
	lines := strings.Split(written(t, "tap", results()), "\n")
	assert.Equal(t, []string{"TAP version 14", "1..4"}, lines[:2])
	points, block := 0, []string(nil)
	for _, line := range lines[2:] {
		switch {
		case line == "  ---":
			block = []string{}
		case line == "  ...":
			var got struct {
				Message, Severity, Findings string
				At                          struct {
					File string
					Line int
				}
			}
			require.NoError(t, yaml.Unmarshal([]byte(strings.Join(block, "\n")), &got))
			assert.NotEmpty(t, got.Message)
			assert.NotEmpty(t, got.At.File)
			assert.Contains(t, got.Findings, got.At.File)
			block = nil
		case block != nil:
			block = append(block, line)
		case line != "":
			points++
			assert.Regexp(t, `^(not )?ok \d+ - `, line)
			assert.NotRegexp(t, `[^\\]#`, line, "no directive")
		}
	}
	assert.Equal(t, 4, points)
}
