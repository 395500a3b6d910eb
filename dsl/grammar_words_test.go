package dsl_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/sla/words"
)

// No message tells the name of a rule of the grammar, whatever word, number or
// text stands where something else belongs: each word of each kind of line of
// the specification, and each cell of its tables, is replaced once.
func TestMessagesTellNoGrammar(t *testing.T) {
	text, err := os.ReadFile("spec.md")
	require.NoError(t, err)
	leak := regexp.MustCompile(`\bvalue [a-z]+[A-Z]?\w* is expected|\b[a-z]+[A-Z]\w+ is expected`)
	seen, n := map[string]bool{}, 0
	prelude := ""
	for _, b := range fences(string(text)) {
		if b.kind == "sla prelude" {
			prelude = b.text
		}
		if b.kind != "sla" {
			continue
		}
		whole := b.text
		if !strings.HasPrefix(whole, "sla 1") {
			whole = prelude + whole
		}
		lines := strings.Split(whole, "\n")
		head := ""
		for i, line := range lines {
			parts, mark := strings.Fields(line), " "
			if strings.HasPrefix(strings.TrimSpace(line), "|") {
				parts, mark = strings.Split(line, "|"), "|"
				if !strings.HasPrefix(strings.TrimSpace(lines[i-1]), "|") {
					head = line
					continue
				}
			} else if len(parts) > 0 {
				head = parts[0]
			}
			for at := range parts {
				for _, other := range []string{"5", `"x"`, "zzz"} {
					key := fmt.Sprint(head, len(parts), at, other)
					if at == 0 || seen[key] || strings.TrimSpace(parts[at]) == "" {
						continue
					}
					seen[key] = true
					mutated := append([]string{}, parts...)
					mutated[at] = other
					if mark == "|" {
						mutated[at] = " " + other + " "
					}
					try := append([]string{}, lines...)
					try[i] = strings.Join(mutated, mark)
					said := dsl.Analyze("a.sla", strings.Join(try, "\n")).Diagnostics.Draw(words.English(), strings.Join(try, "\n"), false)
					assert.NotRegexp(t, leak, said, try[i])
					n++
				}
			}
		}
	}
	assert.Greater(t, n, 500)
}
