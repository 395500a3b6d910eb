package dsl_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla"
	"github.com/sla-lang/sla/sla/expect"
	"github.com/sla-lang/sla/sla/words"
)

// `sla explain CODE` has a section for every code, with an example that has
// the mistake and one that has not.
func TestEveryCodeIsExplained(t *testing.T) {
	withoutExample := []string{
		"not-text", "file-too-large", "too-many-problems", "snapshot-orphaned", // nothing to read
		"duplicate-name", "bands-in-opposite-directions", "negative-amount", "part-missing", // a text cannot say it
		"lock-differs", "lock-incomplete", "lock-unreadable", // of another file; see lock.txtar of the command
	}
	var known []string
	for _, code := range dsl.Codes() {
		known = append(known, string(code))
		text, ok := words.English().Explain(string(code))
		if !assert.True(t, ok, "%s is not explained", code) {
			continue
		}
		wrong, right := examples(t, text)
		if wrong == "" {
			assert.Contains(t, withoutExample, string(code), "without an example")
			continue
		}
		name := string(code) + ".sla"
		if strings.Contains(wrong, "test ") || strings.Contains(wrong, "cases ") {
			name = string(code) + "_test.sla"
		}
		codes, said := drawn(name, wrong)
		assert.True(t, codes[code], "the wrong example of %s has other mistakes:\n%s", code, said)

		codes, said = drawn(name, right)
		assert.False(t, codes[code], "the right example of %s:\n%s", code, said)
		if dsl.IsTest(name) {
			passes(t, name, right)
			continue
		}
		_, err := sla.Prepare(dsl.Analyze("right.sla", right).Contract)
		assert.NoError(t, err, "the right example of %s:\n%s", code, said)
		formatted, _ := dsl.Format(right)
		assert.Equal(t, formatted, right, "the right example of %s is not laid out", code)
	}
	assert.ElementsMatch(t, known, words.English().Explained())
}

// examples are the two files in an explanation; what does not begin with its
// edition stands behind the prelude of the specification.
func examples(t *testing.T, text string) (wrong, right string) {
	t.Helper()
	for _, b := range fences(text) {
		if !strings.HasPrefix(b.text, "sla") {
			b.text = specPrelude(t) + b.text
		}
		switch b.kind {
		case "sla wrong", "tests wrong":
			wrong = b.text
		case "sla right", "tests right":
			right = b.text
		default:
			require.Fail(t, "what is a block of "+b.kind+"?")
		}
	}
	return wrong, right
}

func specPrelude(t *testing.T) string {
	t.Helper()
	for _, b := range fences(readFile(t, "spec.md")) {
		if b.kind == "sla prelude" {
			return b.text
		}
	}
	require.Fail(t, "spec.md has no prelude")
	return ""
}

// passes says that a file of tests is laid out, compiles, and passes.
func passes(t *testing.T, name, text string) {
	t.Helper()
	formatted, _ := dsl.Format(text)
	assert.Equal(t, formatted, text, "%s is not laid out", name)
	a := dsl.AnalyzeTests(name, text, subject)
	require.Empty(t, a.Diagnostics, name)
	for i := range a.Suite.Tests {
		out := expect.Run(a.Suite, &a.Suite.Tests[i], expect.Options{})
		assert.Equal(t, expect.Passed, out.Status, "%s: %v", name, out.Failures)
	}
}

// Whatever value may be expected somewhere, a message can say what it is.
func TestEveryValueHasAPhrase(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	reads := regexp.MustCompile(`(?m)^func \(n \*(\w+)\) Parse\(lx \*lexer`)
	n := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range reads.FindAllStringSubmatch(string(text), -1) {
			key := "value " + m[1]
			assert.NotEqual(t, key, words.English().Phrase(key), file)
			n++
		}
	}
	assert.Greater(t, n, 30)
}
