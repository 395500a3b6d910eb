package dsl_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/words"
)

// faultLine is a row of the table of faults in spec.md: agreement, fault, and
// either a code with its fixture, or why the language cannot have it.
var faultLine = regexp.MustCompile("^\\| ([a-z0-9-]+) \\| (.+) \\| (?:`([a-z0-9-]+)` \\| `(check|broken)/([a-z-]+)`(?: ([a-z/-]*))?|cannot be (?:told|written): [^|]+\\|) \\|$")

// Each fault of published agreements that a contract can show is told at the
// clause that is wrong; of a schedule, with a value that shows it.
func TestFaultsOfPublishedAgreements(t *testing.T) {
	text, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(text), "| agreement | fault | told as | fixture |\n|---|---|---|---|\n")
	require.True(t, found)
	told := 0
	for line := range strings.Lines(section) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		m := faultLine.FindStringSubmatch(strings.TrimSpace(line))
		if !assert.NotNil(t, m, line) {
			continue
		}
		assert.DirExists(t, filepath.Join("../examples/published", m[1]))
		if m[3] == "" {
			continue
		}
		told++
		file := map[string]string{"check": "../sla/testdata/check/", "broken": "testdata/broken/"}[m[4]] + m[5] + ".sla"
		d := faultIn(t, file, sla.Code(m[3]), strings.TrimSpace(m[6]))
		if !assert.NotNil(t, d, "%s of %s: %s", m[3], m[1], m[2]) {
			continue
		}
		if slices.Contains([]string{"credit-gap", "credit-without-miss", "unstated-row", "rows-overlap"}, m[3]) {
			assert.True(t, slices.ContainsFunc(d.Args, func(a sla.Arg) bool { return a.Name == "example" && a.Value != "" }), "%s of %s gives no value", m[3], m[1])
		}
		assert.NotEmpty(t, d.Message(words.English()))
	}
	assert.Greater(t, told, 40)
}

// faultIn finds a diagnostic of a fixture about a clause or the block named.
func faultIn(t *testing.T, file string, code sla.Code, name string) *dsl.Diagnostic {
	text := readFile(t, file)
	from, to := blockOf(text, name)
	ds := dsl.Analyze(filepath.Base(file), text).Diagnostics
	for i := range ds {
		d := &ds[i]
		if d.Code == code && (name == "" || strings.HasPrefix(d.Clause, name) || from <= d.Span.Line && d.Span.Line <= to) {
			return d
		}
	}
	return nil
}

// blockOf is the lines of the block of an objective; none where there is none.
func blockOf(text, name string) (from, to int) {
	for i, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "objective "+name+" "):
			from, to = i+1, 1<<30
		case line == "}" && to == 1<<30:
			to = i + 1
		}
	}
	return from, to
}
