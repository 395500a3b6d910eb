package main

import (
	"fmt"
	"strings"

	"github.com/sla-lang/sla/dsl"
	"github.com/sla-lang/sla/internal/spelling"
	"github.com/sla-lang/sla/sla/words"
)

type explainCommand struct {
	Code string `arg:"" optional:"" help:"The code in brackets behind a message, or the first word of a kind of line; without one all codes are listed."`
}

// Help shows examples.
func (*explainCommand) Help() string {
	return `Examples:
  sla explain credit-inversion
  sla explain measure            how such lines are written
  sla explain                    all codes`
}

// Run tells about a code, or about a kind of line.
func (c *explainCommand) Run(t *terminal) error {
	w := words.English()
	codes := w.Explained()
	if c.Code == "" {
		for _, code := range codes {
			fmt.Fprintln(t.out, code)
		}
		return nil
	}
	code := strings.Trim(c.Code, "[]`")
	if text, ok := w.Explain(code); ok {
		fmt.Fprint(t.out, text)
		return nil
	}
	if text := aboutLines(w, code); text != "" {
		fmt.Fprint(t.out, text)
		return nil
	}
	hint := ""
	if near := spelling.Nearest(code, codes); near != "" {
		hint = fmt.Sprintf("; did you mean %s?", near)
	}
	return fail(exitUsage, "no message has the code %s, and no line begins with it%s", code, hint)
}

// aboutLines shows the kinds of line that begin with a word.
func aboutLines(w *words.Catalogue, word string) string {
	var b strings.Builder
	for _, s := range dsl.Statements() {
		if s.Words != word && !strings.HasPrefix(s.Words, word+" ") {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s, in %s\n\n  %s\n\n", s.Words, w.Phrase(s.Block), wrapped(s.Pattern))
		for _, line := range s.Examples {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	return b.String()
}

// wrapped breaks a long pattern where a choice or an addition begins.
func wrapped(pattern string) string {
	if len(pattern) <= 100 {
		return pattern
	}
	return strings.NewReplacer(" | ", "\n    | ", " [, ", "\n    [, ").Replace(pattern)
}
