package dsl_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tables that say by which form a mechanism is written name sections that
// are executed and that use the form.
func TestMechanismsAreExecuted(t *testing.T) {
	text, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	sections := map[string]string{}
	for _, part := range regexp.MustCompile(`(?m)^##+ `).Split(string(text), -1) {
		name, body, _ := strings.Cut(part, "\n")
		sections[strings.TrimLeft(name, "0123456789 ")] += body
	}
	rows := 0
	for table, body := range sections {
		if !strings.HasPrefix(table, "What published agreements measure") && !strings.HasPrefix(table, "Clocks of tickets") {
			continue
		}
		for line := range strings.Lines(body) {
			cells := strings.Split(strings.Trim(line, "| \n"), " | ")
			if len(cells) != 3 || cells[0] == "mechanism" {
				continue
			}
			rows++
			used := sectionsOf(t, sections, cells)
			for _, form := range regexp.MustCompile("`[^`]+`").FindAllString(cells[1], -1) {
				if words := longestPlain(form); words != "" {
					assert.Contains(t, used, words, "%s: %s", cells[0], form)
				}
			}
		}
	}
	assert.Greater(t, rows, 50)
}

// sectionsOf is what stands in the sections that a row names; names may hold
// commas.
func sectionsOf(t *testing.T, sections map[string]string, cells []string) (all string) {
	t.Helper()
	name := ""
	for _, piece := range strings.Split(cells[2], ", ") {
		if name += piece; sections[name] == "" {
			name += ", "
			continue
		}
		assert.Regexp(t, "```(results|watch|findings|export)", sections[name], cells[0])
		all += strings.Join(strings.Fields(sections[name]), " ")
		name = ""
	}
	assert.Empty(t, name, "%s: no such section", cells[0])
	return all
}

// longestPlain is the longest run of words of a form that stand for themselves.
func longestPlain(form string) (best string) {
	run := ""
	for _, w := range append(strings.Fields(strings.Trim(form, "`")), "…") {
		if strings.ToLower(w) == w && !strings.ContainsAny(w, "…{}[]\"|0123456789") {
			run = strings.TrimSpace(run + " " + w)
			continue
		}
		if run = strings.TrimRight(run, ","); len(run) > len(best) {
			best = run
		}
		run = ""
	}
	return best
}
