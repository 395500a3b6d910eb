package dsl_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/sla"
)

// What holds of every example of spec.md.

// The steps that an explanation prints add up to the downtime it prints.
func TestSpecStepsAddUp(t *testing.T) {
	text, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	var prelude string
	var engine *sla.Engine
	checked := 0
	for _, b := range fences(string(text)) {
		switch b.kind {
		case "sla prelude":
			prelude = b.text
		case "sla":
			engine = compiled(t, "spec.md", b.text, prelude)
		case "facts":
			for _, r := range evaluated(t, "spec.md", engine, b.text).Results {
				if r.Measured == nil || r.Measured.Down == "" {
					continue
				}
				if sum, ok := sumOfSteps(t, r.Why); ok {
					checked++
					assert.Equal(t, seconds(t, r.Measured.Down), sum, "spec.md:%d: %s %s %s: %+v", b.line, r.Objective, r.For, r.Period.Name, r.Why)
				}
			}
		}
	}
	assert.Greater(t, checked, 60)
}

// sumOfSteps adds up what each step says of downtime: outages that count,
// what was found down, overlaps, and what each step of the counting changed;
// of parts, what each of them was down. It is false where a step is about
// something else that was supplied.
func sumOfSteps(t *testing.T, steps []sla.Step) (sum time.Duration, ok bool) {
	uncounted := regexp.MustCompile(`^outage-(excluded.*|of-part|other-cause|credited-before|not-reported|reported-late)$`)
	for _, s := range steps {
		switch {
		case s.Code == "supplied", s.Code == "more-outages", s.Code == "joined":
			return 0, false
		case uncounted.MatchString(s.Code):
		case strings.HasPrefix(s.Code, "outage-"), strings.HasPrefix(s.Code, "count-"), s.Code == "down-found", s.Code == "overlap":
			sum += seconds(t, valueOf(s, "time"))
			ok = true
		case s.Code == "agreed":
			ok = true
		}
	}
	return sum, ok
}

func valueOf(s sla.Step, name string) string {
	for _, a := range s.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return "0"
}

// seconds reads a duration of a report.
func seconds(t *testing.T, text string) time.Duration {
	d, err := time.ParseDuration(strings.TrimSuffix(text, "s") + "s")
	require.NoError(t, err, text)
	return d
}

// Every mechanism of the table of measures names sections that exist, have an executed
// example, and use the form in it.
func TestSpecMechanisms(t *testing.T) {
	text, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	examples, executed := map[string]string{}, map[string]bool{}
	section, kind := "", ""
	for _, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			if kind == "" {
				kind = strings.TrimPrefix(line, "```")
			} else {
				executed[section] = executed[section] || kind == "results"
				kind = ""
			}
		case kind == "" && strings.HasPrefix(line, "#"):
			section = strings.TrimLeft(line, "# 0123456789")
		case kind != "":
			examples[section] += strings.Join(strings.Fields(line), " ") + "\n"
		}
	}
	_, table, found := strings.Cut(string(text), "| mechanism | form | executed in |")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n#")
	rows := 0
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if len(cells) != 3 {
			continue
		}
		rows++
		used := ""
		for _, name := range splitList(cells[2], examples) {
			assert.True(t, executed[name], "%s: nothing is executed in %q", cells[0], name)
			used += examples[name]
		}
		for _, form := range regexp.MustCompile("`[^`]+`").FindAllString(cells[1], -1) {
			fixed := regexp.MustCompile(`^[^A-Z…|{]*`).FindString(strings.Trim(form, "`"))
			assert.Contains(t, used, strings.TrimSpace(fixed), "%s: no example of %s", cells[0], form)
		}
	}
	assert.Greater(t, rows, 35)
}

// splitList splits a list of headings, which may have commas themselves.
func splitList(list string, known map[string]string) (out []string) {
	for rest := list; rest != ""; {
		best := ""
		for name := range known {
			if name != "" && strings.HasPrefix(rest, name) && len(name) > len(best) {
				best = name
			}
		}
		if best == "" {
			return append(out, rest)
		}
		out = append(out, best)
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, best), ", ")
	}
	return out
}
