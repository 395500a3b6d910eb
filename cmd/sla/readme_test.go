package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla/words"
)

// Every command of README.md succeeds and says something, its contract
// compiles without a word, and its Go code is that of examples/embed, which a
// test runs.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	t.Chdir("../..")
	commands := 0
	for i, part := range strings.Split(string(text), "\n```") {
		if i%2 == 0 {
			continue // prose
		}
		kind, block, _ := strings.Cut(part, "\n")
		switch kind {
		case "sh":
			for line := range strings.Lines(block + "\n") {
				commands++
				shell(t, strings.TrimSpace(line))
			}
		case "sla":
			a := dsl.Analyze("README.md", block+"\n")
			for _, d := range a.Diagnostics {
				t.Error(d.Draw(words.English(), block, false))
			}
			formatted, _ := dsl.Format(block + "\n")
			assert.Equal(t, formatted, block+"\n")
		case "go":
			program, err := os.ReadFile(filepath.Join("examples", "embed", "main.go"))
			require.NoError(t, err)
			assert.Contains(t, squeezed(string(program)), squeezed(strings.ReplaceAll(block, `os.DirFS("examples/groupe-lenoir")`, "folder")))
		case "yaml": // TestRecipes
		default:
			t.Errorf("nothing executes a block of %q", kind)
		}
	}
	assert.Greater(t, commands, 5)
}

// squeezed is a text with all white space made one space.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// shell runs a command of the README; the command of the tests is this one.
func shell(t *testing.T, line string) {
	if line == "go test ./..." {
		return
	}
	args, ok := strings.CutPrefix(line, "go run ./cmd/sla ")
	if !assert.True(t, ok, "nothing executes %q", line) {
		return
	}
	var out, errs bytes.Buffer
	status := run(context.Background(), strings.Fields(args), terminal{out: &out, err: &errs, now: time.Now})
	assert.Zero(t, status, "%s: %s", line, errs.String())
	if strings.Contains(line, " eval ") || strings.Contains(line, " explain ") {
		assert.NotEmpty(t, out.String(), line)
	}
}
