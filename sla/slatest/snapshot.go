package slatest

import (
	"slices"
	"strings"

	"github.com/sla-lang/sla/sla/expect"
)

// maxDifferences is how many lines of a snapshot are told apart.
const maxDifferences = 20

// differences pairs the lines of a snapshot that are not the same any more:
// each begins with what it is about, up to "is", "took" or "are".
func differences(stored, now string) (out []expect.Failure) {
	was, is := lines(stored), lines(now)
	for _, line := range was {
		if slices.Contains(is, line) {
			continue
		}
		out = append(out, expect.Failure{Status: expect.Failed, Code: "differs", Expected: line, Got: about(is, line)})
	}
	for _, line := range is {
		if !slices.Contains(was, line) && about(was, line) == "" {
			out = append(out, expect.Failure{Status: expect.Failed, Code: "not-expected", Got: line})
		}
	}
	return out[:min(len(out), maxDifferences)]
}

func lines(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' })
}

// about finds the line that is about the same as another.
func about(lines []string, other string) string {
	for _, line := range lines {
		if subject(line) == subject(other) {
			return line
		}
	}
	return ""
}

func subject(line string) string {
	for _, verb := range []string{" is ", " took ", " are "} {
		if before, _, found := strings.Cut(line, verb); found {
			return before
		}
	}
	return line
}
